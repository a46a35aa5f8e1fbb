#!/usr/bin/env python3
"""Scores search on the judged set, beside SQLite FTS5 and Tantivy on the same documents.

usage: evaluate.py [--program .build/debug/leerwijzer] [--distractors N] [--scorer SCORE.PY]
                   [--pool FILE] [--least NDCG] [--runs FOLDER]

Copies the sample catalogue, adds N courses that no query asks for (distractors.py), reads it with the
program, and asks every query of queries.tsv of each engine. The peers index the program's own
schema.org export. Tantivy is taken when it can be imported (pip install tantivy).
--scorer also scores with another program that takes SET and RUN; --pool writes what some engine has
among its first ten and nobody judged, to be read and judged by guide.md; --least fails below a bound.
"""

import argparse
import collections
import json
import math
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.abspath(os.path.join(HERE, "..", "..", ".."))
TODAY = "2026-11-24"
DEPTH = 50


def rows(name):
    with open(os.path.join(HERE, name), encoding="utf-8") as file:
        next(file)
        for line in file:
            yield line.rstrip("\n").split("\t")


def concept(course):
    """What a judgement calls a course: the end of its id."""
    return course.split(":")[-1].split("/")[-1].lower()


def texts(value, languages=("nl", "en")):
    """The wordings of a text of the export, whatever its form."""
    if value is None:
        return []
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for item in value for text in texts(item)]
    if "@value" in value:
        return [value["@value"]]
    return [text for item in value.values() for text in texts(item)]


def documents(export):
    """The courses of the export as fields of plain text."""
    with open(export, encoding="utf-8") as file:
        graph = json.load(file)["@graph"]
    names = {item["@id"]: " ".join(texts(item.get("name"))) for item in graph if "@id" in item}
    for item in graph:
        if item.get("@type") != "Course":
            continue
        instances = item.get("hasCourseInstance", [])
        instances = instances if isinstance(instances, list) else [instances]
        towns = {
            place.get("address", {}).get("addressLocality", "")
            for instance in instances
            for place in instance.get("location", [])
            if isinstance(place, dict)
        }
        yield {
            "id": concept(item["@id"]),
            "title": " ".join(texts(item.get("name"))),
            "skills": " ".join(texts(item.get("teaches"))),
            "subject": " ".join(texts(item.get("keywords"))),
            "provider": names.get((item.get("provider") or {}).get("@id"), ""),
            "description": " ".join(
                texts(item.get("abstract")) + texts(item.get("description"))
                + [text for part in item.get("hasPart", []) if isinstance(part, dict)
                   for text in texts(part.get("text"))]
            ),
            "place": " ".join(sorted(towns)),
        }


FIELDS = [("title", 4.0), ("skills", 2.0), ("subject", 2.0), ("provider", 1.0), ("description", 1.0),
          ("place", 1.0)]


def ours(program, folder, queries):
    """The program itself, as a learner types."""
    for qid, text in queries:
        answer = subprocess.run(
            [program, "search", "--catalog", folder, "--lang", "nl", "--today", TODAY, "--all",
             "--courses", "--limit", str(DEPTH), "--format", "json", "--", *text.split()],
            capture_output=True, text=True, check=True)
        results = json.loads(answer.stdout)["results"]
        yield qid, [concept(result["course"]) for result in results]


def fts5(docs, queries, joined):
    """SQLite FTS5: accents folded, BM25 with our weights; it has no Dutch stemmer."""
    base = sqlite3.connect(":memory:")
    names = ", ".join(name for name, _ in FIELDS)
    base.execute(f"create virtual table d using fts5(id unindexed, {names}, "
                 "tokenize = \"unicode61 remove_diacritics 2\")")
    marks = ", ".join("?" * (len(FIELDS) + 1))
    for doc in docs:
        base.execute(f"insert into d values ({marks})",
                     [doc["id"]] + [doc[name] for name, _ in FIELDS])
    weights = ", ".join(str(weight) for _, weight in FIELDS)
    for qid, text in queries:
        words = re.findall(r"\w+", text)
        match = f" {joined} ".join(f'"{word}"' for word in words)
        found = base.execute(
            f"select id from d where d match ? order by bm25(d, 0, {weights}) limit {DEPTH}",
            [match])
        yield qid, [row[0] for row in found]


def tantivy_peer(docs, queries):
    """Tantivy with its Dutch stemmer and stop words, fields weighted as ours."""
    import tantivy

    analyzer = (tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
                .filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.ascii_fold())
                .filter(tantivy.Filter.stopword("dutch")).filter(tantivy.Filter.stemmer("dutch"))
                .build())
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    for name, _ in FIELDS:
        builder.add_text_field(name, tokenizer_name="nl")
    index = tantivy.Index(builder.build())
    index.register_tokenizer("nl", analyzer)
    writer = index.writer()
    for doc in docs:
        writer.add_document(tantivy.Document(**doc))
    writer.commit()
    index.reload()
    searcher = index.searcher()
    for qid, text in queries:
        words = " ".join(re.findall(r"\w+", text.lower()))
        query = index.parse_query(words, [name for name, _ in FIELDS],
                                  field_boosts=dict(FIELDS))
        hits = searcher.search(query, DEPTH).hits
        yield qid, [searcher.doc(address)["id"][0] for _, address in hits]


def score(run, grades, qids):
    """nDCG@10 with gain 2^grade - 1 and recall@50, means over queries."""
    ndcg = recall = 0.0
    for qid in qids:
        wanted = grades[qid]
        found = run.get(qid, [])
        gain = sum((2 ** wanted.get(course, 0) - 1) / math.log2(place + 2)
                   for place, course in enumerate(found[:10]))
        ideal = sum((2 ** grade - 1) / math.log2(place + 2)
                    for place, grade in enumerate(sorted(wanted.values(), reverse=True)[:10]))
        relevant = {course for course, grade in wanted.items() if grade > 0}
        ndcg += gain / ideal
        recall += len(relevant & set(found[:DEPTH])) / len(relevant)
    return ndcg / len(qids), recall / len(qids)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=os.path.join(ROOT, ".build/debug/leerwijzer"))
    parser.add_argument("--distractors", type=int, default=0)
    parser.add_argument("--scorer")
    parser.add_argument("--pool")
    parser.add_argument("--least", type=float)
    parser.add_argument("--runs")
    parser.add_argument("--only-ours", action="store_true")
    arguments = parser.parse_args()
    program = os.path.abspath(arguments.program)
    queries = [(qid, text) for qid, text, _ in rows("queries.tsv")]
    parts = {qid: part for qid, _, part in rows("queries.tsv")}
    grades = collections.defaultdict(dict)
    for qid, course, grade in rows("qrels.tsv"):
        grades[qid][course] = int(grade)
    with tempfile.TemporaryDirectory() as scratch:
        folder = os.path.join(scratch, "catalog")
        shutil.copytree(os.path.join(ROOT, "catalog"), folder,
                        ignore=shutil.ignore_patterns(".leerwijzer"))
        if arguments.distractors:
            subprocess.run([sys.executable, os.path.join(HERE, "distractors.py"), folder,
                            str(arguments.distractors)], check=True)
        export = os.path.join(scratch, "export.json")
        # Anything that is not zero is a fault: the sample has none.
        subprocess.run([program, "ingest", "--catalog", folder, "--today", TODAY], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        subprocess.run([program, "publish", "--as", "schema.org", "--catalog", folder, "--today",
                        TODAY, "--all", "--out", export], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        docs = list(documents(export))
        runs = {"leerwijzer": dict(ours(program, folder, queries))}
        if not arguments.only_ours:
            runs["SQLite FTS5, all words"] = dict(fts5(docs, queries, "AND"))
            runs["SQLite FTS5, any word"] = dict(fts5(docs, queries, "OR"))
            try:
                runs["Tantivy, Dutch"] = dict(tantivy_peer(docs, queries))
            except ImportError:
                print("Tantivy is not there: pip install tantivy", file=sys.stderr)
    print(f"{len(docs)} courses, {len(queries)} queries "
          f"({sum(part == 'held' for part in parts.values())} held out)")
    print(f"{'':24} {'nDCG@10':>8} {'recall@50':>10} {'held nDCG':>10} {'held recall':>12}")
    held = [qid for qid, part in parts.items() if part == "held"]
    for name, run in runs.items():
        everything, own = score(run, grades, list(parts)), score(run, grades, held)
        print(f"{name:24} {everything[0]:8.3f} {everything[1]:10.3f} {own[0]:10.3f} {own[1]:12.3f}")
        if arguments.runs or arguments.scorer:
            target = arguments.runs or tempfile.mkdtemp()
            os.makedirs(target, exist_ok=True)
            path = os.path.join(target, re.sub(r"\W+", "-", name) + ".run")
            with open(path, "w", encoding="utf-8") as file:
                for qid, found in run.items():
                    for place, course in enumerate(found):
                        file.write(f"{qid} Q0 {course} {place + 1} {DEPTH - place} x\n")
            if arguments.scorer:
                subprocess.run([sys.executable, arguments.scorer, HERE, path], check=True)
    if arguments.pool:
        by_id = {doc["id"]: doc for doc in docs}
        with open(arguments.pool, "w", encoding="utf-8") as file:
            for qid, text in queries:
                pool = dict.fromkeys(c for run in runs.values() for c in run.get(qid, [])[:10])
                for course in pool:
                    if course in grades[qid] or course.startswith("distractor-"):
                        continue
                    doc = by_id[course]
                    file.write(f"{qid}\t{text}\t{course}\t{doc['title']}\t"
                               f"{doc['description'][:240]}\n")
    if arguments.least and score(runs["leerwijzer"], grades, list(parts))[0] < arguments.least:
        sys.exit(f"nDCG@10 is below {arguments.least}")


if __name__ == "__main__":
    main()
