"""Counts, on Apache Spark, what learners of each region ask for and which wishes meet no offer.

spark-submit demand.py PROFILES OUT --catalog DIR [--program leerwijzer] [--each labourRegion] [--partitions N]

PROFILES has a profile a line, as for `leerwijzer batch`; each partition of it is piped through that program, which
every node has, with the same catalogue. OUT becomes a CSV file: region code, wanted occupation (empty for all of the
region), profiles, profiles without any offer. Counts of fewer than ten profiles are left out, and so are parts that
leave fewer than ten of their whole, so that nobody can be made out; nothing of a profile is written.

Spark divides the work, starts it again where a node fails and adds up; what a profile fits is decided by the same
program as everywhere, so the result is that of one process. Exit status: 0 done; 65 when at least one line was no
profile (the others are counted); 1 when Spark gave up.
"""

import argparse
import csv
import json
import shlex
import sys

LEAST = 10


def counted(line, each):
    """What a line of `batch` adds: ((region, occupation), (profiles, without offer)) for each of its groups."""
    answer = json.loads(line)
    if "error" in answer:
        return [(("", "fault"), (1, 0))]
    region = (answer.get("regions") or {}).get(each, "")
    missed = int(answer["total"] == 0)
    wanted = answer["query"]["wantedOccupation"] or {}
    groups = [((region, ""), (1, missed))]
    if wanted.get("id"):
        groups.append(((region, wanted["id"]), (1, missed)))
    return groups


def told(count, whole):
    """Whether a count may be told beside its whole."""
    return count >= LEAST and (whole == count or whole - count >= LEAST)


def rows(totals):
    """The rows that may be told, in order, of the sums by region and occupation."""
    for (region, occupation), (profiles, missed) in sorted(totals.items()):
        whole = totals[region, ""][0] if (region, "") in totals else 0
        if not region or not told(profiles, whole):
            continue
        yield region, occupation, profiles, missed if told(missed, profiles) else ""


def write(totals, path):
    """Writes what may be told, and gives the number of lines that were no profiles."""
    faults = totals.pop(("", "fault"), (0, 0))[0]
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["region", "occupation", "profiles", "withoutOffer"])
        writer.writerows(rows(totals))
    return faults


def command(options):
    """What a partition is piped through; a line that is no profile does not fail its partition."""
    batch = shlex.join([options.program, "batch", "--limit", "1", "--courses", "--catalog", options.catalog])
    return shlex.join(["sh", "-c", f"{batch}; status=$?; [ $status -eq 65 ] || exit $status"])


def arguments(words):
    parser = argparse.ArgumentParser()
    parser.add_argument("profiles")
    parser.add_argument("out")
    parser.add_argument("--catalog", required=True)
    parser.add_argument("--program", default="leerwijzer")
    parser.add_argument("--each", default="labourRegion", choices=["municipality", "province", "labourRegion", "corop"])
    parser.add_argument("--partitions", type=int, help="as many as Spark finds sensible unless told")
    return parser.parse_args(words)


def main(words):
    from pyspark.sql import SparkSession

    options = arguments(words)
    spark = SparkSession.builder.appName("leerwijzer demand").getOrCreate()
    try:
        lines = spark.sparkContext.textFile(options.profiles, minPartitions=options.partitions)
        each = options.each
        totals = (
            lines.pipe(command(options), checkCode=True)
            .flatMap(lambda line: counted(line, each))
            .reduceByKey(lambda one, other: (one[0] + other[0], one[1] + other[1]))
            .collectAsMap()
        )
    finally:
        spark.stop()
    faults = write(totals, options.out)
    if faults:
        print(f"{faults} lines were no profiles; leerwijzer batch says why", file=sys.stderr)
    return 65 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
