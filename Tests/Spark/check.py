"""Does the Spark job count what one process counts, whatever the partitions, and what does Spark cost?

check.py PROGRAM PYTHON-BIN [PROFILES] [CATALOGUE]

Profiles are drawn from the sample's places and occupations, with a line that is none in between. The job runs with
pyspark of PYTHON-BIN on local[1] and local[2]; times are told, and nothing fails for being slow.
"""

import os
import pathlib
import random
import json
import shutil
import subprocess
import sys
import tempfile
import time

top = pathlib.Path(__file__).parents[2]
program = os.path.abspath(sys.argv[1])
python = os.path.abspath(sys.argv[2])
number = int(sys.argv[3]) if len(sys.argv) > 3 else 2000
catalogue = pathlib.Path(sys.argv[4]) if len(sys.argv) > 4 else top / "catalog"
job = top / "Sources/Service/Deployment/spark/demand.py"

sys.path.insert(0, str(job.parent))
import demand  # noqa: E402

draw = random.Random(7)
places = ["Houten", "Utrecht", "Zeist", "Nieuwegein", "Bunnik", "Culemborg", "Amersfoort", "Groningen", "Maastricht"]
occupations = ["boomverzorger", "hovenier", "bloemist", "groenvoorziener", "teamleider groen", "iets anders"]

with tempfile.TemporaryDirectory() as work:
    folder = pathlib.Path(work)
    # A catalogue of its own: what it writes must not reach the sample's folder.
    copy = folder / "catalog"
    shutil.copytree(catalogue, copy, symlinks=True)
    profiles = folder / "profiles.ndjson"
    with profiles.open("w") as file:
        for index in range(number):
            if index == number // 2:
                print('{"home": 7', file=file)
            profile = {
                "name": str(index),
                "home": {"place": draw.choice(places), "within": f"{draw.choice([5, 15, 40])} km"},
                "occupation": {"wanted": draw.choice(occupations)},
            }
            print(json.dumps(profile), file=file)
    subprocess.run([program, "search", "--catalog", copy, "--limit", "1"], check=True, capture_output=True)

    began = time.monotonic()
    alone = subprocess.run(
        [program, "batch", "--limit", "1", "--courses", "--catalog", copy, profiles], capture_output=True, text=True
    )
    one = time.monotonic() - began
    if alone.returncode != 65:
        sys.exit(f"batch ended with {alone.returncode} instead of 65: {alone.stderr}")
    totals = {}
    for line in alone.stdout.splitlines():
        for group, (count, missed) in demand.counted(line, "labourRegion"):
            before = totals.get(group, (0, 0))
            totals[group] = (before[0] + count, before[1] + missed)
    if demand.write(totals, folder / "alone.csv") != 1:
        sys.exit("one process: not one line was found to be no profile")
    expected = (folder / "alone.csv").read_bytes()
    if expected.count(b"\n") < 10:
        sys.exit("one process: too few groups to compare")
    print(f"one process, all cores: {number} profiles in {one:.1f} s")

    for cores, partitions in [(1, 2), (2, 2), (2, 7)]:
        out = folder / f"spark-{cores}-{partitions}.csv"
        began = time.monotonic()
        run = subprocess.run(
            [f"{python}/spark-submit", "--master", f"local[{cores}]", "--conf", "spark.ui.enabled=false",
             "--conf", "spark.driver.bindAddress=127.0.0.1", "--conf", "spark.driver.host=127.0.0.1",
             job, profiles, out, "--catalog", copy, "--program", program, "--partitions", str(partitions)],
            capture_output=True, text=True,
            env=os.environ | {"PYSPARK_PYTHON": f"{python}/python", "PYSPARK_DRIVER_PYTHON": f"{python}/python"},
        )
        took = time.monotonic() - began
        if run.returncode != 65:
            sys.exit(f"spark-submit ended with {run.returncode} instead of 65: {run.stderr[-3000:]}")
        if out.read_bytes() != expected:
            sys.exit(f"local[{cores}], {partitions} partitions: other counts than those of one process")
        print(f"local[{cores}], {partitions} partitions: the same counts in {took:.1f} s")
