#!/usr/bin/env python3
"""Is a score as often right as it says? A reliability table and the expected calibration error.

usage: calibration.py SET --corpus FILE [--program .build/release/leerwijzer] [--skills FOLDER]
                      [--bins 10] [--run FILE] [--most ECE]

Ranks the set with `leerwijzer evaluate`, or takes a run that was made before, and sets the score of each
first place against whether it is right: for a scorer that says "0.7", seven of ten should be. Prints for
each bin of scores how many queries there are, what the score says on average and what share is right, then
the expected calibration error (the mean difference, weighed by queries; Naeini et al. 2015), and the same
for every place among the first ten. --most fails above a bound. SET/qrels.tsv is read here and never by
the program; a set that no weight was chosen by gives the honest figure.
"""

import argparse
import collections
import gzip
import os
import subprocess
import sys
import tempfile

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", ".."))


def rows(path):
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as file:
        next(file)
        for line in file:
            yield line.rstrip("\n").split("\t")


def table(pairs, bins):
    """The reliability table of pairs (score, right), and the expected calibration error."""
    cells = collections.defaultdict(list)
    for score, right in pairs:
        cells[min(int(score * bins), bins - 1)].append((score, right))
    error = 0.0
    lines = []
    for number in sorted(cells):
        cell = cells[number]
        said = sum(score for score, _ in cell) / len(cell)
        right = sum(right for _, right in cell) / len(cell)
        error += abs(said - right) * len(cell) / len(pairs)
        lines.append(f"{number / bins:.2f}-{(number + 1) / bins:.2f} {len(cell):8} {said:8.3f} {right:8.3f}")
    return lines, error


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set")
    parser.add_argument("--corpus", required=True)
    parser.add_argument("--program", default=os.path.join(ROOT, ".build/release/leerwijzer"))
    parser.add_argument("--skills")
    parser.add_argument("--bins", type=int, default=10)
    parser.add_argument("--run")
    parser.add_argument("--most", type=float)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        run = arguments.run or os.path.join(scratch, "run")
        if not arguments.run:
            command = [arguments.program, "evaluate", "--set", arguments.set, "--corpus", arguments.corpus,
                       "--run", run]
            subprocess.run(command + (["--skills", arguments.skills] if arguments.skills else []), check=True)
        with open(run, encoding="utf-8") as file:
            ranking = [line.split() for line in file]
    concepts = {row[0]: row[1] for row in rows(arguments.corpus)}
    relevant = collections.defaultdict(set)
    for query, concept, grade in rows(os.path.join(arguments.set, "qrels.tsv")):
        if int(grade) > 0:
            relevant[query].add(concept)
    first, all_places = [], []
    for query, _, line, rank, score, *_ in ranking:
        if query not in relevant or int(rank) > 10:
            continue
        pair = (float(score), concepts.get(line, line) in relevant[query])
        all_places.append(pair)
        if int(rank) == 1:
            first.append(pair)
    if not first:
        sys.exit("the run has no query of the set")
    own = 0.0
    for title, pairs in (("first places", first), ("first ten places", all_places)):
        lines, error = table(pairs, arguments.bins)
        own = error if pairs is first else own
        print(f"{title}: {len(pairs)}")
        print(f"{'score':9} {'how many':>8} {'said':>8} {'right':>8}")
        print("\n".join(lines))
        print(f"expected calibration error {error:.4f}\n")
    if arguments.most is not None and own > arguments.most:
        sys.exit(f"the expected calibration error is above {arguments.most}")


if __name__ == "__main__":
    main()
