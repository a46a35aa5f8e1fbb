"""EDU-DEX: a directory with an institute and one file a programme, or one list of programmes.

Element order is that of the schema (alphabetical within a group). Resource URLs in the directory
are relative to the directory itself.
"""

from . import content, kinds, schedule, texts
from .xml import Element, document, english, nl

SPACE = "http://studieData.nl/schema/edudex/"
GENERATOR = "renew.py 1.0"
INSTRUCTION = {
    "classroom": ["classroom teaching", "practicum"],
    "blended": ["blended learning", "self study"],
    "online": ["virtual classroom", "self study"],
    "workplace": ["internship", "individual guidance"],
}
LABELS = texts.skill_labels()


def directory(partner, window):
    """The files of a partner that publishes the usual way: path -> bytes."""
    files = {"institute.xml": document(institute(partner, window))}
    resources = []
    for course in partner["course"]:
        name = f"programs/{course['id']}.xml"
        files[name] = document(program(course, partner, window))
        resources.append(
            Element(
                "programResource",
                Element("lastEdited", _stamp(window)),
                Element("programId", course["id"]),
                Element("resourceUrl", name),
            )
        )
    files["directory.xml"] = document(
        Element(
            "edudexDirectory",
            Element("editor", partner["email"]),
            Element("generator", GENERATOR),
            Element("version", "1.0"),
            Element("lastEdited", _stamp(window)),
            Element("instituteDataResource", "institute.xml"),
            Element("orgUnitId", _org(partner)),
            *resources,
            xmlns=SPACE + "directory",
        )
    )
    return files


def list_of_programs(partner, window):
    """The files of a partner that sends everything in one list."""
    programs = [program(course, partner, window) for course in partner["course"]]
    return {
        "programs.xml": document(Element("programsList", *programs, xmlns=SPACE + "programsList")),
        "institute.xml": document(institute(partner, window)),
    }


def _org(partner):
    return partner["website"].split("/")[2].split(".")[0]


def _stamp(window):
    return f"{window.base.isoformat()}T06:00:00Z"


def institute(partner, window):
    locations = []
    for key, venue in partner["venue"].items():
        locations.append(
            Element(
                "instituteLocation",
                Element("id", key),
                Element(
                    "address",
                    Element("addressType", "visitation"),
                    Element("city", venue["place"]),
                    Element("country", "nl"),
                    Element("house_number", venue["number"]),
                    Element("street", venue["street"]),
                    Element("zipcode", venue["postcode"]),
                ),
                nl("name", venue["name"]),
            )
        )
    return Element(
        "instituteData",
        Element("editor", partner["email"]),
        Element("expires", schedule.months(window.base, 27).isoformat()),
        Element("format", "EDU-DEX 1.0"),
        Element("generator", GENERATOR),
        Element("orgUnitId", _org(partner)),
        Element("lastEdited", _stamp(window)),
        _contact(partner, with_subjects=False),
        nl("instituteDescriptionText", partner["about"]),
        Element("instituteKvK", "00000000"),
        *locations,
        nl("instituteName", partner["name"]),
        nl("instituteSummaryText", partner["about"].split(". ")[0].rstrip(".") + "."),
        nl("webLink", partner["website"]),
        xmlns=SPACE + "institute",
    )


def program(course, partner, window):
    return Element(
        "program",
        Element("editor", partner["email"]),
        Element("expires", schedule.months(window.base, 27).isoformat()),
        Element("format", "EDU-DEX 1.0"),
        Element("generator", GENERATOR),
        Element("inPublication", "true"),
        Element("lastEdited", _stamp(window)),
        _basic_profile(course),
        _admission(course),
        _classification(course, partner),
        Element("programContacts", _contact(partner, with_subjects=True)),
        _curriculum(course),
        _descriptions(course, partner),
        _acknowledgements(course),
        _funding(course),
        _schedule(course, partner, window),
        xmlns=SPACE + "program",
    )


def _basic_profile(course):
    kind, mode = course["kind"], course.get("mode", "classroom")
    acknowledged = (
        "crebo"
        if kind.startswith("diploma") or kind.startswith("mbo-")
        else (
            "croho"
            if kind in ("associate-degree", "bachelor", "master")
            else "nlqf/eqf" if "level" in course else "none"
        )
    )
    place = {"online": "fully online", "blended": "blended"}.get(mode, "fixed location")
    when = {"agreed": "agreed dates", "direct": "own pace"}.get(course.get("start"), "fixed dates")
    return Element(
        "programBasicProfile",
        Element(
            "examination",
            (
                "institute exam"
                if kinds.edudex_degree(course) not in ("none", "certificate of participation")
                else "no exam"
            ),
        ),
        Element("location", place),
        Element("mainExternalAcknowledgement", acknowledged),
        Element("offer", "application requirements" if "needs" in course else "open to all"),
        Element("product", kinds.KINDS[kind][3]),
        Element("schedule", when),
    )


def _admission(course):
    low, high = course.get("places", [6, 14])
    start = {"agreed": "agreed starting date", "direct": "direct start"}.get(
        course.get("start"), "fixed starting date"
    )
    return Element(
        "programAdmission",
        Element("applicationOpen", "true"),
        Element("applicationType", "individual"),
        Element("maxNumberOfParticipants", str(high)),
        Element("minNumberOfParticipants", str(low)),
        Element("paymentDue", "installments" if "per" in course else "up-front"),
        Element("requiredLevel", course["requires"]) if "requires" in course else None,
        Element("startDateDetermination", start),
    )


def _forms(course):
    mode, kind = course.get("mode", "classroom"), course["kind"]
    if kind in ("diploma-bbl", "apprenticeship"):
        return ["dual"]
    if kind in ("diploma-bol", "internship"):
        return ["full-time"]
    forms = {"online": ["virtual classroom"]}.get(mode, ["part-time"])
    if mode == "online" and course.get("start") == "direct":
        forms = ["e-learning"]
    if schedule.pattern(course)[1] == "evening" and mode != "online":
        forms = ["evening education"]
    return forms


def _classification(course, partner):
    mode = course.get("mode", "classroom")
    number, unit = schedule.length(course)
    _, themes, section, sbi, isco = kinds.SECTORS[course["sector"]]
    requirement = None
    if "needs" in course:
        words = course["needs"].lower()
        kind = (
            "professional experience"
            if "werk" in words or "ervaring" in words
            else (
                "minimum age"
                if "jaar oud" in words or "leeftijd" in words
                else (
                    "previous education"
                    if "diploma" in words or "opleiding" in words or "mbo" in words
                    else (
                        "intake" if "intake" in words or "gesprek" in words else "knowledge minimum"
                    )
                )
            )
        )
        requirement = Element(
            "applicationRequirement",
            nl("requirementSummary", course["needs"]),
            Element("requirementType", kind),
        )
    if mode == "online":
        places = [Element("programLocation", "Online")]
    else:
        places = [
            Element(
                "programLocation",
                f"{partner['venue'][v]['place']}, {partner['venue'][v]['name']}",
                id=v,
            )
            for v in course["venues"]
        ]
    return Element(
        "programClassification",
        requirement,
        Element("credits", f"{course['ects']:g}", system="ECTS") if "ects" in course else None,
        Element("degree", kinds.edudex_degree(course)),
        Element("fullyOnline", "true" if mode == "online" else "false"),
        Element("orgUnitId", _org(partner)),
        Element("programDuration", str(number), unit=unit),
        *[Element("programForm", form) for form in _forms(course)],
        Element("programId", course["id"]),
        Element("programLevel", kinds.edudex_level(course)),
        *places,
        Element("programType", kinds.KINDS[course["kind"]][0]),
        Element("superProgramId", course["family"]) if "family" in course else None,
        Element("targetProfession", isco),
        Element("targetSector", section),
        Element("targetSectorSBI", sbi),
        *[Element("theme", theme) for theme in themes],
    )


def _contact(partner, with_subjects):
    return Element(
        "contactData",
        Element("contactName", partner.get("desk", "Opleidingenloket")),
        Element("email", partner["email"]),
        Element("role", "informatie"),
        Element("subject", "enrollment") if with_subjects else None,
        Element("telephone", partner["phone"]),
    )


def _curriculum(course):
    languages = course.get("lang", "nl").split()
    share = 100 // len(languages)
    modes = list(INSTRUCTION[course.get("mode", "classroom")])
    if course["kind"] == "project":
        modes.insert(0, "project")
    elif course["kind"] == "apprenticeship":
        modes[0] = "traineeship"
    elif course.get("start") == "direct" and course.get("mode") == "online":
        modes = ["self study"]
    elif course["kind"] == "webinar":
        modes = ["webinar"]
    elif course["kind"] == "workshop":
        modes.insert(0, "workshop")
    number, unit = schedule.length(course)
    weekly = None
    if "load" in course and unit in ("week", "month", "year"):
        weeks = number * {"week": 1, "month": 4, "year": 40}[unit]
        weekly = max(1, round(course["load"] / weeks))
    return Element(
        "programCurriculum",
        *[
            Element(
                "instructionLanguage",
                Element("languageCode", code),
                Element("percentage", str(share)),
            )
            for code in languages
        ],
        *[Element("instructionMode", mode) for mode in modes],
        Element("studyLoad", str(course["load"]), period="program") if "load" in course else None,
        Element("studyLoad", str(weekly), period="week") if weekly else None,
    )


def _subject(subject, header, text):
    if not text:
        return None
    return Element(
        "subjectText",
        nl("descriptionText", text),
        nl("header1", header),
        Element("subject", subject),
    )


def _descriptions(course, partner):
    outcomes = " ".join(f"{line.rstrip('.')}." for line in course.get("can", []))
    site = partner["website"].rstrip("/")
    return Element(
        "programDescriptions",
        nl("programDescriptionHtml", texts.rich(course)) if partner.get("rich") else None,
        nl("programDescriptionText", course["text"]),
        english("programDescriptionText", course.get("about-en")),
        nl("programName", course["title"]),
        english("programName", course.get("en")),
        nl("programSummaryText", content.summary(course)),
        english("programSummaryText", course.get("about-en", "")[:200] or None),
        *[nl("searchword", word) for word in texts.search_words(course, LABELS)],
        _subject("objectives", "Wat je daarna kunt", outcomes),
        _subject("admission", "Toelating", course.get("needs")),
        _subject("tuition fee", "Kosten en vergoeding", kinds.funding(course)),
        nl("webLink", f"{site}/aanbod/{course['id'].lower()}"),
    )


def _funding(course):
    """EDU-DEX has no element for schemes; they stand in the part that it leaves free."""
    schemes = kinds.schemes(course)
    # What the learning path says already needs no saying.
    if schemes in ([], ["bbl"]):
        return None
    facts = [
        Element("fact", scheme, xmlns="urn:leerwijzer:edudex", name="funding")
        for scheme in schemes
    ]
    return Element("programFree", *facts)


def _acknowledgements(course):
    children = []
    kind, level = course["kind"], course.get("level")
    if kind.startswith("diploma-") or kind in ("mbo-certificaat", "apprenticeship", "keuzedeel"):
        # A letter in front: no such code is in the national register.
        code = f"Z{int(schedule.chance(course['id'], 'code') * 9000) + 1000}"
        path = (
            "BOL"
            if kind == "diploma-bol"
            else "BBL" if kind in ("diploma-bbl", "apprenticeship") else "OVO"
        )
        children.append(
            Element("creboRegistration", Element("creboCode", code), Element("learningPath", path))
        )
    if level:
        children.append(
            Element(
                "nlqfRegistration",
                Element("eqfLevel", str(level)),
                Element("nlqfLevel", str(level)),
                Element("nlqfRegisterCode", f"99-{level:02d}"),
            )
        )
    return Element("programExternalAcknowledgements", *children) if children else None


def _cost(kind, amount, vat, required, key, period=None, final=True):
    return Element(
        "cost",
        Element("amount", texts.euros(amount)),
        Element("amountIsFinal", "true" if final else "false"),
        Element("amountVAT", texts.euros(amount * vat / 100)),
        Element("costType", kind),
        Element("currency", "EUR"),
        Element("id", key),
        Element("isRequiredCost", "true" if required else "false"),
        Element("payableBy", "individual"),
        Element("period", period) if period else None,
        Element("VATCode", {0: "1", 9: "3", 21: "5"}[vat]),
        Element("VATCountry", "nl"),
        Element("VATPercentage", str(vat)),
    )


def _costs(course, amount, key, final=True):
    yield _cost(
        "tuition fee", amount, course.get("vat", 0), True, f"{key}.les", course.get("per"), final
    )
    for number, (kind, _, extra, vat, required) in enumerate(texts.extra_costs(course), 1):
        yield _cost(kind, extra, vat, required, f"{key}.x{number}")


def _location(partner, key):
    venue = partner["venue"][key]
    return Element(
        "location",
        Element("address", f"{venue['street']} {venue['number']}"),
        Element("city", venue["place"]),
        Element("country", "nl"),
        Element("id", key),
        nl("locationName", venue["name"]),
        Element("zipcode", venue["postcode"]),
    )


def _schedule(course, partner, window):
    days, part = schedule.pattern(course)
    first, last = schedule.part_times(course)
    number, unit = schedule.length(course)
    names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    online = course.get("mode") == "online"
    open_start = course.get("start") in ("agreed", "direct")
    weekly = []
    if unit in ("week", "month", "year") and course.get("start") != "direct":
        weekly = [
            Element(
                "courseDay",
                Element("dayOfTheWeek", names[day]),
                Element("endTime", last),
                Element("id", f"{course['id']}.{schedule.DAYS[day]}"),
                Element("startTime", first),
                Element("weekNumber", "1"),
            )
            for day in days
        ]
    modules = []
    for text in course.get("modules", []):
        name, _, summary = text.partition(" | ")
        modules.append(
            Element(
                "genericModule", nl("name", name), nl("summaryText", summary) if summary else None
            )
        )
    free_pace = course.get("start") == "direct" and online
    generic = Element(
        "genericProgramRun",
        Element("contactHoursPartOfDay", schedule.PARTS[part][0]) if not free_pace else None,
        *_costs(course, schedule.price(course, window.base.year), course["id"]),
        *weekly,
        *modules,
        (
            _location(partner, course["venues"][0])
            if not online and (open_start or len(course["venues"]) == 1)
            else None
        ),
        Element("numberOfContactSessions", str(course["contact"])) if "contact" in course else None,
    )
    return Element(
        "programSchedule",
        generic,
        *[
            _run(course, partner, run, part, first, last, online)
            for run in schedule.runs(course, partner, window)
        ],
    )


def _run(course, partner, run, part, first, last, online):
    listed = run["days"] if len(run["days"]) <= schedule.MAX_LISTED_DAYS else []
    states = {
        "open": "application opened",
        "full": "application closed",
        "closed": "application closed",
        "cancelled": "canceled",
    }
    return Element(
        "programRun",
        Element("applicationDeadline", run["deadline"].isoformat()),
        Element("contactHoursPartOfDay", schedule.PARTS[part][0]),
        *_costs(course, run["price"], run["id"], run["final"]),
        *[
            Element(
                "courseDay",
                Element("date", date.isoformat()),
                Element("endTime", last),
                Element("id", f"{run['id']}.{number}"),
                Element("startTime", first),
            )
            for number, date in enumerate(listed, 1)
        ],
        Element("endDate", run["end"].isoformat(), isFinal="true" if run["final"] else "false"),
        Element("fullyOnline", "true" if online else "false"),
        Element("id", run["id"]),
        None if online else _location(partner, run["venue"]),
        Element("maxNumberOfParticipants", str(run["max"])),
        Element("minNumberOfParticipants", str(run["min"])),
        Element("numberOfContactSessions", str(len(run["days"]))) if run["days"] else None,
        Element("openTo", "public"),
        Element("startDate", run["start"].isoformat(), isFinal="true" if run["final"] else "false"),
        Element("status", states[run["state"]]),
    )
