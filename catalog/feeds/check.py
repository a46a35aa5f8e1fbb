#!/usr/bin/env python3
"""Check the sample workspace: content, vocabulary, profiles, feeds.

    ./check.py                      ids, counts, texts, postcodes, feeds well formed and linked
    ./check.py --places FILE        another table of postcodes than ../places/postcodes.tsv:
                                    tab separated, with the columns pc4 and place
    ./check.py --edudex DIR --xcri FILE
                                    also: xmllint against the schemas of both formats; DIR holds
                                    program*.xsd and directory*.xsd

Prints a summary of what there is. Exit status 1 if anything is wrong.
"""

import argparse
import collections
import csv
import re
import subprocess
import sys
import tempfile
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

from renewal import content

HERE = Path(__file__).resolve().parent
WORKSPACE = HERE.parent
EDUDEX = "{http://studieData.nl/schema/edudex/program}"
XCRI = "{http://xcri.org/profiles/1.2/catalog}"
LEAST = {
    "partners": 8,
    "courses": 240,
    "offerings": 700,
    "skills": 220,
    "occupations": 45,
    "profiles": 6,
}
faults = []


def fault(text):
    faults.append(text)


def rows(path):
    with open(path, encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def vocabulary(counts):
    skills, occupations = rows(WORKSPACE / "skills/skills.tsv"), rows(
        WORKSPACE / "skills/occupations.tsv"
    )
    relations = rows(WORKSPACE / "skills/occupation-skills.tsv")
    ids = {row["id"] for row in skills}
    for name, table in (("skills", skills), ("occupations", occupations)):
        if len({row["id"] for row in table}) != len(table):
            fault(f"{name}.tsv: an id is used twice")
    for row in skills:
        if row["broader"] and row["broader"] not in ids:
            fault(f"skills.tsv: {row['id']} has an unknown broader {row['broader']}")
        if row["type"] not in ("skill", "knowledge"):
            fault(f"skills.tsv: {row['id']} has type {row['type']}")
    for row in occupations:
        if not re.fullmatch(r"\d{4}", row["isco08"]):
            fault(f"occupations.tsv: {row['id']} has isco08 {row['isco08']}")
    known = {row["id"] for row in occupations}
    for row in relations:
        if (
            row["skill"] not in ids
            or row["occupation"] not in known
            or row["importance"] not in ("essential", "optional")
        ):
            fault(f"occupation-skills.tsv: {row}")
    for occupation in sorted(known - {row["occupation"] for row in relations}):
        fault(f"occupation-skills.tsv: {occupation} has no skills")
    counts.update(skills=len(skills), occupations=len(occupations), relations=len(relations))
    return skills, occupations


def contents(counts, skills, places):
    ids = {row["id"].removeprefix("skill:") for row in skills}
    used = collections.Counter()
    texts = {}
    partners = list(content.partners(HERE / "content"))
    for partner in partners:
        if "(fictief)" not in partner["name"] or not partner["website"].split("/")[2].endswith(
            ".example"
        ):
            fault(f"{partner['id']}: not recognisably invented")
        for key, venue in partner["venue"].items():
            if not re.fullmatch(r"[1-9]\d{3} [A-Z]{2}", venue["postcode"]):
                fault(f"{partner['id']}: venue {key} has postcode {venue['postcode']}")
            elif places and venue["place"] not in places.get(venue["postcode"][:4], ()):
                fault(f"{partner['id']}: {venue['postcode']} does not lie in {venue['place']}")
        for course in partner["course"]:
            for skill in course["skills"]:
                used[skill] += 1
                if skill not in ids:
                    fault(f"{course['id']}: unknown skill {skill}")
            if course["id"] in texts:
                fault(f"{course['id']}: used by two partners")
            texts[course["id"]] = course["text"]
            sentences = len(re.findall(r"[.!?](?:\s|$)", course["text"]))
            if not 2 <= sentences <= 6:
                fault(f"{course['id']}: {sentences} sentences")
    openings = collections.Counter(
        sentence for text in texts.values() for sentence in set(re.split(r"(?<=[.!?])\s", text))
    )
    for sentence, number in openings.items():
        if number > 1:
            fault(f"a sentence stands in {number} courses: {sentence}")
    counts["skills used by a course"] = len(used)
    return partners


def workspace(counts, partners):
    with open(WORKSPACE / "catalog.toml", "rb") as file:
        catalog = tomllib.load(file)
    listed = {partner["id"]: partner for partner in catalog["partner"]}
    counts["partners"] = len(listed)
    for partner in partners:
        if partner["id"] not in listed:
            fault(f"catalog.toml: {partner['id']} is missing")
        elif (listed[partner["id"]]["name"], listed[partner["id"]]["website"]) != (
            partner["name"],
            partner["website"],
        ):
            fault(f"catalog.toml: {partner['id']} has another name or website than its content")
    for partner in catalog["partner"]:
        for source in partner["source"]:
            if not (WORKSPACE / source["feed"]).is_file():
                fault(f"catalog.toml: no such feed {source['feed']}")
    return catalog


def feeds(counts, catalog):
    """Count courses and offerings in the feeds as a reader finds them, by way of catalog.toml."""
    programs = []
    seen = collections.Counter()
    for partner in catalog["partner"]:
        for source in partner["source"]:
            path = WORKSPACE / source["feed"]
            root = ET.parse(path).getroot()
            if source["format"] == "xcri-cap":
                counts["courses"] += len(root.findall(f".//{XCRI}course"))
                counts["offerings"] += len(root.findall(f".//{XCRI}presentation"))
            elif root.tag.endswith("}edudexDirectory"):
                for resource in root.iter():
                    if resource.tag.endswith("}resourceUrl"):
                        programs.append(ET.parse(path.parent / resource.text).getroot())
            else:
                programs += root.findall(f"{EDUDEX}program")
    for program in programs:
        counts["courses"] += 1
        runs = program.findall(f"{EDUDEX}programSchedule/{EDUDEX}programRun")
        # A programme without runs is one offering that starts when agreed.
        counts["offerings"] += len(runs) or 1
        for run in runs:
            seen[run.find(f"{EDUDEX}id").text] += 1
            counts["status " + run.find(f"{EDUDEX}status").text] += 1
    for key, number in seen.items():
        if number > 1:
            fault(f"run {key} occurs {number} times")


def profiles(counts, skills, occupations, places):
    words = collections.defaultdict(set)
    for name, table in (("skill", skills), ("occupation", occupations)):
        for row in table:
            for text in (
                row["label_nl"],
                row["label_en"],
                *row["alt_nl"].split("|"),
                *row["alt_en"].split("|"),
            ):
                words[name].add(text.lower())
    allowed = {
        "": {
            "name",
            "audience",
            "language",
            "occupation",
            "skills",
            "level",
            "home",
            "work",
            "future-work",
            "time",
            "money",
            "preferences",
            "team",
            "needs",
        },
        "occupation": {"current", "wanted"},
        "skills": {"has", "wants"},
        "level": {"has", "wants"},
        "home": {"place", "within", "by"},
        "work": {"place", "within", "by"},
        "future-work": {"place", "within", "by"},
        "time": {"hours-per-week", "start-after", "start-before", "deadline", "free"},
        "money": {"budget", "funding"},
        "preferences": {"modes", "languages", "kinds", "must"},
        "team": {"size", "member"},
        "needs": {"accessibility", "childcare"},
    }
    all_places = {place for group in places.values() for place in group}
    for path in sorted((WORKSPACE / "profiles").glob("*.toml")):
        counts["profiles"] += 1
        with open(path, "rb") as file:
            profile = tomllib.load(file)
        for key, value in profile.items():
            if key not in allowed[""]:
                fault(f"{path.name}: unknown key {key}")
            elif isinstance(value, dict):
                for inner in value.keys() - allowed[key]:
                    fault(f"{path.name}: unknown key {key}.{inner}")
        for skill in profile["skills"]["has"] + profile["skills"]["wants"]:
            if skill.lower() not in words["skill"]:
                print(f"note: {path.name}: '{skill}' is no label as it stands; a stem must find it")
        for occupation in profile["occupation"].values():
            if occupation.lower() not in words["occupation"]:
                print(f"note: {path.name}: '{occupation}' is no occupation as it stands")
        for key in ("home", "work", "future-work"):
            place = profile.get(key, {}).get("place")
            known = place is None or place in all_places or place[:4] in places
            if places and not known:
                fault(f"{path.name}: unknown place {place}")


def schemas(edudex, xcri):
    def lint(schema, files):
        for start in range(0, len(files), 200):
            run = subprocess.run(
                ["xmllint", "--noout", "--nonet", "--schema", schema, *files[start : start + 200]],
                capture_output=True,
                text=True,
            )
            for line in run.stderr.splitlines():
                if not line.endswith(" validates"):
                    fault(line)

    if edudex:
        programs, directories = next(edudex.glob("program*.xsd")), next(
            edudex.glob("directory*.xsd")
        )
        lint(programs, sorted(HERE.glob("*/programs/*.xml")))
        lint(directories, sorted(HERE.glob("*/directory.xml")))
        with tempfile.TemporaryDirectory() as folder:
            ET.register_namespace("", EDUDEX.strip("{}"))
            for path in HERE.glob("*/programs.xml"):
                for number, program in enumerate(
                    ET.parse(path).getroot().findall(f"{EDUDEX}program")
                ):
                    ET.ElementTree(program).write(
                        f"{folder}/{path.parent.name}-{number}.xml", encoding="utf-8"
                    )
            lint(programs, sorted(Path(folder).iterdir()))
    if xcri:
        lint(xcri, sorted(HERE.glob("*/catalog.xml")))


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--places", type=Path, default=WORKSPACE / "places/postcodes.tsv")
    parser.add_argument("--edudex", type=Path)
    parser.add_argument("--xcri", type=Path)
    options = parser.parse_args()
    places = collections.defaultdict(set)
    for row in rows(options.places):
        places[row["pc4"]].add(row["place"])
    counts = collections.Counter()
    skills, occupations = vocabulary(counts)
    partners = contents(counts, skills, places)
    catalog = workspace(counts, partners)
    feeds(counts, catalog)
    profiles(counts, skills, occupations, places)
    schemas(options.edudex, options.xcri)
    for name, least in LEAST.items():
        if counts[name] < least:
            fault(f"only {counts[name]} {name}; the sample should hold {least}")
    for what in ("kind", "sector", "level", "mode", "lang"):
        tally = collections.Counter(
            str(c.get(what, {"mode": "classroom", "lang": "nl"}.get(what, "none")))
            for p in partners
            for c in p["course"]
        )
        print(f"{what}: " + ", ".join(f"{key} {number}" for key, number in sorted(tally.items())))
    print(", ".join(f"{number} {name}" for name, number in counts.items()))
    for text in faults:
        print("fault:", text, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
