"""Reads content/*.toml, and refuses what the writers could not express.

../README.md explains the keys.
"""

import re
import sys
import tomllib

from . import kinds

COURSE_KEYS = {
    "id": str,
    "title": str,
    "en": str,
    "about-en": str,
    "kind": str,
    "level": int,
    "sector": str,
    "text": str,
    "summary": str,
    "can": list,
    "needs": str,
    "skills": list,
    "words": list,
    "when": str,
    "length": str,
    "load": int,
    "contact": int,
    "ects": (int, float),
    "mode": str,
    "lang": str,
    "price": (int, float),
    "vat": int,
    "per": str,
    "extra": list,
    "fund": str,
    "places": list,
    "venues": list,
    "every": int,
    "starts": list,
    "start": str,
    "together": bool,
    "modules": list,
    "family": str,
    "requires": str,
    "age": str,
}
REQUIRED = ("id", "title", "kind", "text", "skills")


def partners(folder):
    """Every partner, in order of file name, its defaults filled in on each course."""
    for path in sorted(folder.glob("*.toml")):
        with open(path, "rb") as file:
            partner = tomllib.load(file)
        partner["id"] = path.stem
        defaults = partner.get("default", {})
        partner["course"] = [_flowing({**defaults, **course}) for course in partner["course"]]
        faults = list(_faults(partner))
        if faults:
            sys.exit("\n".join(f"{path.name}: {fault}" for fault in faults))
        yield partner


def _flowing(course):
    """The course with each text on one line; in the file they are broken to be readable."""
    return {
        key: " ".join(value.split()) if isinstance(value, str) else value
        for key, value in course.items()
    }


def _faults(partner):
    seen = set()
    for course in partner["course"]:
        name = course.get("id", course.get("title", "a course without id"))
        if name in seen:
            yield f"{name}: the id is used twice"
        seen.add(name)
        for key, value in course.items():
            if key not in COURSE_KEYS:
                yield f"{name}: unknown key '{key}'"
            elif not isinstance(value, COURSE_KEYS[key]):
                yield f"{name}: '{key}' has the wrong type"
        for key in REQUIRED:
            if key not in course:
                yield f"{name}: '{key}' is missing"
        if course.get("kind") not in kinds.KINDS:
            yield f"{name}: unknown kind '{course.get('kind')}'"
        for venue in course.get("venues", []):
            if venue not in partner["venue"]:
                yield f"{name}: unknown venue '{venue}'"
        if course.get("mode", "classroom") != "online" and not course.get("venues"):
            yield f"{name}: no venue, and not online"
        if course.get("sector") not in kinds.SECTORS:
            yield f"{name}: unknown sector '{course.get('sector')}'"
        if len(course.get("text", "")) > 1150 or len(summary(course)) > 200:
            yield f"{name}: the text or its summary is too long for EDU-DEX"


def summary(course):
    """The given summary, else the first sentences of the text: 200 characters at most."""
    if "summary" in course:
        return course["summary"]
    taken = ""
    for sentence in re.split(r"(?<=[.!?])\s+", course["text"]):
        longer = f"{taken} {sentence}".strip()
        if taken and (len(taken) >= 70 or len(longer) > 200):
            break
        taken = longer
    return taken
