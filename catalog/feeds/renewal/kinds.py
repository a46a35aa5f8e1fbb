"""What a kind of course, a level and a sector are called in each format."""

# kind: EDU-DEX programType, degree, XCRI dc:type, product of the basic profile
KINDS = {
    "course": ("training", "certificate of participation", "Cursus", "guided study"),
    "training": ("training", "certificate", "Training", "guided study"),
    "module": ("regular", "module certificate", "Module", "guided study"),
    "keuzedeel": ("mbo module", "module certificate", "Keuzedeel", "guided study"),
    "mbo-certificaat": ("regular", "mbo-certificaat", "Mbo-certificaat", "guided study"),
    "mbo-verklaring": ("regular", "mbo-verklaring", "Mbo-verklaring", "guided study"),
    "diploma-bbl": ("regular", "diploma", "Diploma-opleiding (BBL)", "guided study"),
    "diploma-bol": ("regular", "diploma", "Diploma-opleiding (BOL)", "guided study"),
    "associate-degree": ("regular", "Ad", "Associate degree", "guided study"),
    "bachelor": ("regular", "B", "Bachelor", "guided study"),
    "master": ("regular", "M", "Master", "guided study"),
    "workshop": ("workshop", "none", "Workshop", "guided study"),
    "webinar": ("webinar", "none", "Webinar", "guided study"),
    "masterclass": ("master class", "certificate of participation", "Masterclass", "guided study"),
    "lecture": ("lecture", "none", "Lezing", "guided study"),
    "conference": ("conference", "certificate of participation", "Congres", "guided study"),
    "self-study": ("self study", "certificate on request", "Zelfstudie", "self study"),
    "coaching": ("coaching", "none", "Loopbaanbegeleiding", "guided study"),
    "exam": ("exam", "certificate", "Examen", "exam"),
    "internship": ("internship", "none", "Stage", "internship"),
    "apprenticeship": ("traineeship", "none", "Leerbaan (BBL)", "internship"),
    "project": ("research", "none", "Project", "internship"),
}

# The places at an employer: a learner works there, and no tuition is charged.
WORKPLACE_KINDS = {"internship", "apprenticeship", "project"}

# sector: Dutch name, EDU-DEX themes, target sector (SBI section), SBI code, ISCO major group
SECTORS = {
    "groen": ("Groen", ["manufacturing engineering and construction"], "N", "8130", "6"),
    "natuur": ("Bos en natuur", ["government and non-profit"], "A", "02", "6"),
    "water": ("Waterbeheer", ["government and non-profit"], "E", "36", "3"),
    "dier": ("Dier", ["care and personal care"], "A", "014", "5"),
    "bloem": ("Bloem en tuincentrum", ["sales"], "G", "4776", "7"),
    "tuinbouw": (
        "Land- en tuinbouw",
        ["manufacturing engineering and construction"],
        "A",
        "01",
        "6",
    ),
    "zorg": ("Zorg en welzijn", ["care and personal care"], "Q", "87", "5"),
    "techniek": (
        "Techniek en energie",
        ["manufacturing engineering and construction"],
        "F",
        "43",
        "7",
    ),
    "bouw": ("Bouw", ["manufacturing engineering and construction"], "F", "41", "7"),
    "logistiek": ("Logistiek", ["procurement and logistics"], "H", "52", "8"),
    "ict": ("ICT", ["automation and it"], "J", "62", "2"),
    "horeca": ("Horeca", ["tourism, recreation and hospitality"], "I", "56", "5"),
    "onderwijs": ("Onderwijs", ["training and education"], "P", "85", "2"),
    "taal": ("Taal", ["languages"], "P", "8559", "4"),
    "leiding": ("Leidinggeven", ["leadership", "management"], "M", "70", "1"),
    "administratie": ("Administratie", ["secretarial and office work"], "M", "69", "4"),
    "veiligheid": ("Veiligheid", ["health and safety"], "N", "80", "9"),
    "loopbaan": ("Loopbaan", ["personal development"], "P", "8560", "2"),
}


def edudex_level(course):
    """The EDU-DEX programLevel of a course (its NLQF level goes in the registration)."""
    level, kind = course.get("level"), course["kind"]
    if kind == "associate-degree":
        return "associate"
    if kind == "bachelor":
        return "bachelor"
    if kind == "master":
        return "master"
    if level is None:
        return "none"
    return {
        1: "mbo niveau 1",
        2: "mbo niveau 2",
        3: "mbo niveau 3",
        4: "mbo niveau 4",
        5: "associate",
        6: "hbo",
        7: "wo",
        8: "PhD",
    }[level]


def edudex_degree(course):
    level, kind = course.get("level"), course["kind"]
    if kind.startswith("diploma-") and level in (1, 2, 3, 4):
        return f"mbo niveau {level}"
    return KINDS[kind][1]


FUNDING = {
    "bbl": "Je werkt en leert tegelijk: je werkgever betaalt loon volgens de cao en meestal ook "
    "het cursusgeld. De werkgever kan een bijdrage voor praktijkleren aanvragen.",
    "slim": "Mkb-werkgevers kunnen nagaan of deze scholing past in een SLIM-aanvraag. Vraag ons om "
    "een offerte en een korte toelichting voor de aanvraag.",
    "sector": "Werk je in deze sector? Het opleidingsfonds van de sector vergoedt soms een deel "
    "van de kosten; je werkgever dient de aanvraag in.",
    "free": "Deelname is gratis.",
    "stage": "Deelname is gratis. Je krijgt een stagevergoeding volgens de regels van het bedrijf.",
}


def funding(course):
    """The funding text of a course: one of the above, or the course's own sentence."""
    return FUNDING.get(course.get("fund"), course.get("fund"))


# The schemes of ../../funding.toml that a funding text speaks of.
SCHEMES = {"bbl": "bbl", "slim": "slim", "sector": "sector-fund"}


def schemes(course):
    """The ways to pay that a course names, as the partnership's funding.toml calls them."""
    found = []
    if course["kind"] in ("diploma-bbl", "apprenticeship"):
        found.append("bbl")
    scheme = SCHEMES.get(course.get("fund"))
    if scheme and scheme not in found:
        found.append(scheme)
    return found
