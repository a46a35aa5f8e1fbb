"""Words and sums that both formats share."""

import re
from pathlib import Path
from xml.sax.saxutils import escape

COST_TYPES = {
    "examen": "examination",
    "lesmateriaal": "study material",
    "inschrijfgeld": "registration fee",
    "lunch": "lunch",
    "excursie": "excursions",
    "certificaat": "certificate",
    "coaching": "coaching",
    "kleding": "study material",
    "overnachting": "accommodation",
}


def skill_labels():
    """id -> Dutch label, from the vocabulary of the workspace."""
    path = Path(__file__).resolve().parents[2] / "skills" / "skills.tsv"
    with open(path, encoding="utf-8") as file:
        next(file)
        return {
            row[0].removeprefix("skill:"): row[2]
            for row in (line.rstrip("\n").split("\t") for line in file)
        }


def search_words(course, labels):
    """The course's own words and the labels of its skills, each once."""
    return list(
        dict.fromkeys(course.get("words", []) + [labels[skill] for skill in course["skills"]])
    )


def rich(course):
    """The description as a paragraph and a list, in the few elements of HTML that readers keep."""
    outcomes = "".join(f"<li>{escape(line)}</li>" for line in course.get("can", []))
    return f"<p>{escape(course['text'])}</p>" + (f"<ul>{outcomes}</ul>" if outcomes else "")


def extra_costs(course):
    """(type, Dutch name, amount, VAT percentage, required) of each "examen 125 0 verplicht"."""
    for text in course.get("extra", []):
        match = re.fullmatch(r"(\w+) (\d+)(?: (\d+))?( verplicht)?", text)
        if not match or match[1] not in COST_TYPES:
            raise SystemExit(f"{course['id']}: cannot read the extra cost {text!r}")
        yield COST_TYPES[match[1]], match[1], int(match[2]), int(match[3] or 0), bool(match[4])


MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]


def dutch_date(date):
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def euros(amount):
    return f"{amount:.2f}"


UNITS = {
    "hour": ("uur", "uur"),
    "day": ("dag", "dagen"),
    "week": ("week", "weken"),
    "month": ("maand", "maanden"),
    "year": ("jaar", "jaar"),
}


def dutch_length(number, unit):
    return f"{number} {UNITS[unit][number != 1]}"
