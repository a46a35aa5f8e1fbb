#!/usr/bin/env python3
"""Rewrite the sample feeds around a base day.

What can be learnt stands in content/*.toml, one file a partner, written by hand. This program adds
only what follows from the calendar and the map - runs, course days, deadlines, states, prices of a
year, venues - and the form: EDU-DEX or XCRI-CAP 1.2.

    ./renew.py                      base day: today
    ./renew.py --base 2027-05-01    another base day
    ./renew.py --check              write nothing; exit 1 if a feed on disk differs
    ./renew.py --list               the partners, with their courses and runs, and nothing written

The calendar of a course does not depend on the base day: it is a fixed, endless series of starts.
The base day only cuts a window out of it, from 2 months before to 26 months after. So renewing a
month later keeps ids and dates, drops what is long past and adds what is new, as a school does.
The same base day always gives the same bytes: chance comes from a hash of the record's id.

Needs Python 3.11 or newer, and nothing outside its standard library.
"""

import argparse
import datetime
import sys
from pathlib import Path

if sys.version_info < (3, 11):
    sys.exit("renew.py needs Python 3.11 or newer (it reads TOML with tomllib)")

from renewal import content, edudex, schedule, xcri

HERE = Path(__file__).resolve().parent
WRITERS = {
    "edudex": edudex.directory,
    "edudex-list": edudex.list_of_programs,
    "xcri-cap": xcri.catalog,
}


def day(text):
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a day such as 2027-05-01")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--base",
        type=day,
        default=datetime.date.today(),
        metavar="DATE",
        help="the day around which the runs lie (default: today)",
    )
    parser.add_argument("--check", action="store_true", help="write nothing, only compare")
    parser.add_argument("--list", action="store_true", help="write nothing, only count")
    options = parser.parse_args()

    window = schedule.Window(options.base)
    total_courses = total_runs = differing = 0
    for partner in content.partners(HERE / "content"):
        files = WRITERS[partner["format"]](partner, window)
        runs = sum(len(schedule.runs(course, partner, window)) for course in partner["course"])
        total_courses += len(partner["course"])
        total_runs += runs
        print(row(partner["id"], partner["format"], len(partner["course"]), runs))
        if options.list:
            continue
        differing += write(HERE / partner["id"], files, options.check)
    print(row("together", "", total_courses, total_runs))
    if differing:
        verb = "differ from" if options.check else "changed for"
        print(f"{differing} files {verb} base day {options.base}")
    return 1 if options.check and differing else 0


def row(name, format, courses, runs):
    return f"{name:32} {format:12} {courses:4} courses {runs:5} runs"


def write(folder, files, only_compare):
    """Bring `folder` to hold exactly `files` (path -> bytes).

    Returns how many files differed.
    """
    stale = {p for p in folder.rglob("*.xml")} - {folder / name for name in files}
    differing = len(stale)
    for path in sorted(stale):
        if not only_compare:
            path.unlink()
    for name, data in files.items():
        path = folder / name
        if path.is_file() and path.read_bytes() == data:
            continue
        differing += 1
        if not only_compare:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    return differing


if __name__ == "__main__":
    sys.exit(main())
