"""XCRI-CAP 1.2: one catalogue a partner. Element order is that of the schema.

The format has no state of a run: a full run has no places left, a cancelled one is left out, as a
school would do. Venues carry a postcode and no coordinates: the schema defines no type for those.
"""

from . import content, kinds, schedule, texts
from .xml import Element, Raw, document, english, nl

LABELS = texts.skill_labels()
ATTENDANCE = {
    "classroom": ("CM", "Op locatie"),
    "blended": ("MM", "Gecombineerd"),
    "online": ("ON", "Online"),
    "workplace": ("WB", "Op de werkplek"),
}
PATTERNS = {"DT": "Overdag", "EV": "Avond", "WE": "Weekend"}


def catalog(partner, window):
    return {
        "catalog.xml": document(
            Element(
                "catalog",
                nl("dc:description", f"Het aanbod van {partner['name']}."),
                nl("dc:title", f"{partner['name']}: aanbod"),
                _provider(partner, window),
                xmlns="http://xcri.org/profiles/1.2/catalog",
                xmlns__dc="http://purl.org/dc/elements/1.1/",
                xmlns__dcterms="http://purl.org/dc/terms/",
                xmlns__mlo="http://purl.org/net/mlo",
                xmlns__credit="http://purl.org/net/cm",
                generated=f"{window.base.isoformat()}T06:00:00Z",
            )
        )
    }


def _provider(partner, window):
    return Element(
        "provider",
        nl("dc:description", partner["about"]),
        Element("dc:identifier", partner["website"]),
        nl("dc:title", partner["name"]),
        Element("mlo:url", partner["website"]),
        *[_course(course, partner, window) for course in partner["course"]],
        _address(partner, next(iter(partner["venue"].values()))),
    )


def _address(partner, venue):
    return Element(
        "mlo:location",
        Element("mlo:street", f"{venue['street']} {venue['number']}"),
        Element("mlo:town", venue["place"]),
        Element("mlo:postcode", venue["postcode"]),
        Element("mlo:phone", partner["phone"]),
        Element("mlo:email", partner["email"]),
    )


def _course(course, partner, window):
    page = f"{partner['website'].rstrip('/')}/aanbod/{course['id'].lower()}"
    kind, level = course["kind"], course.get("level")
    text = course["text"]
    if partner.get("rich"):
        text = Raw(f'<div xmlns="http://www.w3.org/1999/xhtml">{texts.rich(course)}</div>')
    qualification = None
    degree = {
        "mbo-certificaat": "Mbo-certificaat",
        "diploma-bbl": f"Mbo-diploma niveau {level}",
        "diploma-bol": f"Mbo-diploma niveau {level}",
        "training": "Certificaat",
        "module": "Modulecertificaat",
        "exam": "Certificaat",
    }.get(kind)
    if degree:
        qualification = Element(
            "mlo:qualification",
            nl("dc:title", degree),
            Element("dcterms:educationLevel", f"NLQF {level}") if level else None,
            Element("awardedBy", partner["name"]),
        )
    credit = None
    if "ects" in course:
        credit = Element(
            "mlo:credit",
            Element("credit:scheme", "http://purl.org/net/cm/terms/ECTS"),
            Element("credit:value", f"{course['ects']:g}"),
        )
    presentations = [
        _presentation(course, partner, run, page)
        for run in schedule.runs(course, partner, window)
        if run["state"] != "cancelled"
    ]
    if course.get("start") in ("agreed", "direct"):
        presentations = [
            _open_presentation(course, partner, venue, page, window)
            for venue in course.get("venues") or [None]
        ]
    return Element(
        "course",
        nl("dc:description", text),
        english("dc:description", course.get("about-en")),
        Element("dc:identifier", page),
        nl("dc:subject", kinds.SECTORS[course["sector"]][0]),
        *[nl("dc:subject", word) for word in texts.search_words(course, LABELS)],
        nl("dc:title", course["title"]),
        english("dc:title", course.get("en")),
        nl("dc:type", kinds.KINDS[kind][2]),
        *[Element("dc:type", f"funding:{scheme}") for scheme in kinds.schemes(course)],
        Element("mlo:url", page),
        (
            nl("abstract", content.summary(course)[:140])
            if len(content.summary(course)) <= 140
            else None
        ),
        nl("applicationProcedure", kinds.funding(course)) if kinds.funding(course) else None,
        *[nl("learningOutcome", line) for line in course.get("can", [])],
        nl("mlo:prerequisite", course["needs"]) if "needs" in course else None,
        Element("mlo:level", f"NLQF {level}") if level else None,
        qualification,
        credit,
        *presentations,
    )


def _money(course, amount):
    """XCRI's cost is free text. It is all that must be paid; `_price_note` tells what is in it."""
    if amount == 0:
        return "Gratis"
    vat = course.get("vat", 0)
    total, rates = amount * (100 + vat) / 100, {vat}
    for _, _, extra, rate, required in texts.extra_costs(course):
        if required:
            total += extra * (100 + rate) / 100
            rates.add(rate)
    if rates == {0}:
        return f"EUR {texts.euros(total)} btw-vrijgesteld"
    return f"EUR {texts.euros(total)} inclusief " + (f"{vat}% btw" if len(rates) == 1 else "btw")


def _price_note(course):
    """What the price holds beside the lessons, and what may be added to it."""
    inside, beside = [], []
    for _, name, extra, rate, required in texts.extra_costs(course):
        (inside if required else beside).append(
            f"{name} ({texts.euros(extra * (100 + rate) / 100)} euro)"
        )
    notes = []
    if inside:
        notes.append(f"In de prijs zit ook: {', '.join(inside)}.")
    if beside:
        notes.append(f"Niet verplicht: {', '.join(beside)}.")
    return " ".join(notes)


def _common(course, partner, run_price, venue):
    mode = course.get("mode", "classroom")
    code, label = ATTENDANCE["workplace" if course["kind"] in kinds.WORKPLACE_KINDS else mode]
    study = (
        "FT"
        if course["kind"] in ("diploma-bol", "internship")
        else "FL" if "start" in course else "PT"
    )
    pattern = schedule.PARTS[schedule.pattern(course)[1]][3]
    if course.get("start") == "direct" and mode == "online":
        pattern = "CS"
    languages = course.get("lang", "nl").split()
    head = [
        Element("mlo:engagement", f"{course['load']} uur studielast") if "load" in course else None,
        Element(
            "studyMode",
            {"FT": "Voltijd", "PT": "Deeltijd", "FL": "Flexibel"}[study],
            identifier=study,
        ),
        Element("attendanceMode", label, identifier=code),
        Element("attendancePattern", PATTERNS.get(pattern, "In eigen tempo"), identifier=pattern),
        *[Element("mlo:languageOfInstruction", code) for code in languages],
    ]
    tail = [
        Element("mlo:cost", _money(course, run_price)),
        Element("age", course["age"]) if "age" in course else None,
        _venue(partner, venue) if venue and mode != "online" else None,
    ]
    return head, tail


def _venue(partner, key):
    venue = partner["venue"][key]
    return Element(
        "venue",
        Element(
            "provider",
            Element("dc:identifier", f"{partner['website'].rstrip('/')}/locatie/{key}"),
            nl("dc:title", venue["name"]),
            _address(partner, venue),
        ),
    )


def _duration(course):
    number, unit = schedule.length(course)
    interval = f"PT{number}H" if unit == "hour" else f"P{number}{unit[0].upper()}"
    return Element("mlo:duration", texts.dutch_length(number, unit), interval=interval)


def _presentation(course, partner, run, page):
    head, tail = _common(course, partner, run["price"], run["venue"])
    first, last = schedule.part_times(course)
    days = [f"{texts.dutch_date(date)} {first[:5]}-{last[:5]}" for date in run["days"]]
    notes = []
    if 0 < len(days) <= schedule.MAX_LISTED_DAYS:
        notes.append(f"Lesdagen: {', '.join(days)}.")
    if course.get("extra"):
        notes.append(_price_note(course))
    return Element(
        "presentation",
        nl("dc:description", " ".join(notes)) if notes else None,
        Element("dc:identifier", f"{page}/{run['id'].lower()}"),
        Element("mlo:start", texts.dutch_date(run["start"]), dtf=run["start"].isoformat()),
        Element("end", texts.dutch_date(run["end"]), dtf=run["end"].isoformat()),
        _duration(course),
        Element("applyFrom", texts.dutch_date(run["opens"]), dtf=run["opens"].isoformat()),
        Element("applyUntil", texts.dutch_date(run["deadline"]), dtf=run["deadline"].isoformat()),
        Element("applyTo", f"{page}/aanmelden"),
        *head,
        Element("mlo:places", str(run["left"])),
        *tail,
    )


def _open_presentation(course, partner, venue, page, window):
    head, tail = _common(course, partner, schedule.price(course, window.base.year), venue)
    text = (
        "Direct, wanneer je wilt"
        if course["start"] == "direct"
        else "In overleg, het hele jaar door"
    )
    return Element(
        "presentation",
        Element("dc:identifier", f"{page}/doorlopend" + (f"-{venue}" if venue else "")),
        Element("mlo:start", text),
        _duration(course),
        Element("applyTo", f"{page}/aanmelden"),
        *head,
        *tail,
    )
