#!/usr/bin/env python3
"""Scores matching on the judged profiles, beside a plain text search and two simple orders.

usage: evaluate.py [--program .build/debug/leerwijzer] [--only-ours] [--pool FILE] [--least NDCG]
                   [--runs FOLDER]

Copies the sample catalogue, reads it with the program, and asks for every profile of profiles.ndjson:
the program's own matches; SQLite FTS5 on the words of the profile (any of them, accents folded, BM25);
and of what that text search finds, the nearest first and the cheapest first. --pool writes what one of
them has among its first ten and nobody judged, to be read and judged by guide.md; --least fails below a
bound; --runs writes TREC runs; --only-ours leaves the others out, which takes a second.
"""

import argparse
import collections
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.abspath(os.path.join(HERE, "..", "..", ".."))
sys.path.insert(0, os.path.join(HERE, "..", "Search"))

from evaluate import DEPTH, TODAY, concept, documents, fts5, score  # noqa: E402


def profiles():
    """The profiles by name, each as the program reads it."""
    with open(os.path.join(HERE, "profiles.ndjson"), encoding="utf-8") as file:
        for line in file:
            profile = json.loads(line)
            yield profile["name"], profile


def judgements():
    grades = collections.defaultdict(dict)
    with open(os.path.join(HERE, "qrels.tsv"), encoding="utf-8") as file:
        next(file)
        for line in file:
            name, course, grade = line.rstrip("\n").split("\t")
            grades[name][course] = int(grade)
    return grades


def words(profile):
    """What a learner would type: the work and the skills that are wanted, else the work there is."""
    occupation = profile.get("occupation", {})
    wanted = profile.get("skills", {}).get("wants", [])
    named = [occupation.get("wanted") or ("" if wanted else occupation.get("current", ""))]
    return " ".join(named + wanted).strip()


def run_program(program, *arguments):
    answer = subprocess.run([program, *arguments], capture_output=True, text=True, check=True)
    return answer.stdout


def ours(program, folder):
    answer = run_program(program, "batch", os.path.join(HERE, "profiles.ndjson"), "--catalog", folder,
                         "--today", TODAY, "--courses", "--limit", str(DEPTH))
    for line in answer.splitlines():
        found = json.loads(line)
        yield found["name"], list(dict.fromkeys(concept(r["course"]) for r in found["results"]))


def offerings(program, folder, *arguments):
    """The offerings that can be taken up."""
    return [json.loads(line) for line in run_program(
        program, "search", "--catalog", folder, "--today", TODAY, "--offerings", "--limit", "1000",
        "--format", "ndjson", *arguments).splitlines()]


def facts(program, folder, everything, profile):
    """Of every course that can be taken up: how far and how dear its nearest and cheapest offering is."""
    known = {}
    for row in everything:
        old = known.setdefault(concept(row["course"]), {"row": row, "km": None, "price": None})
        price = row["price"] and float(row["price"]["amount"])
        if price is not None and (old["price"] is None or price < old["price"]):
            old["price"] = price
    place = next((profile[key]["place"] for key in ("future-work", "work", "home") if key in profile), None)
    near = ["--near", place, "--within", "1000km", "--sort", "distance"]
    for row in offerings(program, folder, *near) if place else []:
        old = known.get(concept(row["course"]))
        if old and row["distanceKm"] is not None and (old["km"] is None or row["distanceKm"] < old["km"]):
            old["km"], old["row"] = row["distanceKm"], row
    return known


def add_peers(program, folder, learners, runs, scratch):
    """Adds a plain text search, and what it finds the nearest and the cheapest first."""
    export = os.path.join(scratch, "export.json")
    run_program(program, "publish", "--as", "schema.org", "--catalog", folder, "--today", TODAY,
                "--all", "--out", export)
    docs = list(documents(export))
    everything = offerings(program, folder)
    known = {name: facts(program, folder, everything, profile)
             for name, profile in learners.items()}
    queries = [(name, words(profile)) for name, profile in learners.items()]
    text = {name: [course for course in found if course in known[name]]
            for name, found in fts5(docs, queries, "OR")}
    runs["SQLite FTS5, any word"] = text
    for title, key in (("nearest of those", "km"), ("cheapest of those", "price")):
        runs[title] = {
            name: sorted(found, key=lambda course: (known[name][course][key] is None,
                                                    known[name][course][key] or 0.0))
            for name, found in text.items()
        }
    return docs, known


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=os.path.join(ROOT, ".build/debug/leerwijzer"))
    parser.add_argument("--only-ours", action="store_true")
    parser.add_argument("--pool")
    parser.add_argument("--least", type=float)
    parser.add_argument("--runs")
    arguments = parser.parse_args()
    program = os.path.abspath(arguments.program)
    learners = dict(profiles())
    grades = judgements()
    with tempfile.TemporaryDirectory() as scratch:
        folder = os.path.join(scratch, "catalog")
        shutil.copytree(os.path.join(ROOT, "catalog"), folder,
                        ignore=shutil.ignore_patterns(".leerwijzer"))
        run_program(program, "ingest", "--catalog", folder, "--today", TODAY)
        runs = {"leerwijzer": dict(ours(program, folder))}
        docs, known = [], {}
        if not arguments.only_ours:
            docs, known = add_peers(program, folder, learners, runs, scratch)
    judged = [name for name in learners if any(grades[name].values())]
    print(f"{len(judged)} judged profiles of {len(learners)}")
    print(f"{'':24} {'nDCG@10':>8} {'recall@50':>10}")
    own = 0.0
    for title, run in runs.items():
        ndcg, recall = score(run, grades, judged) if judged else (0.0, 0.0)
        own = ndcg if title == "leerwijzer" else own
        print(f"{title:24} {ndcg:8.3f} {recall:10.3f}")
        if arguments.runs:
            os.makedirs(arguments.runs, exist_ok=True)
            path = os.path.join(arguments.runs, re.sub(r"\W+", "-", title) + ".run")
            with open(path, "w", encoding="utf-8") as file:
                for name, found in run.items():
                    for place, course in enumerate(found):
                        file.write(f"{name} Q0 {course} {place + 1} {DEPTH - place} x\n")
    if arguments.pool and docs:
        by_id = {doc["id"]: doc for doc in docs}
        with open(arguments.pool, "w", encoding="utf-8") as file:
            for name in learners:
                pool = dict.fromkeys(c for run in runs.values() for c in run.get(name, [])[:10])
                for course in sorted(pool):
                    if course in grades[name]:
                        continue
                    about = known[name].get(course, {"row": {}, "km": None, "price": None})
                    row = about["row"]
                    file.write("\t".join(str(cell) for cell in (
                        name, course, by_id[course]["title"], row.get("kind"), row.get("level"),
                        about["km"], about["price"], by_id[course]["skills"][:120])) + "\n")
    if arguments.least and own < arguments.least:
        sys.exit(f"nDCG@10 is below {arguments.least}")


if __name__ == "__main__":
    main()
