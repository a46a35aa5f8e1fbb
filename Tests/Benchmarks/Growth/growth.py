"""How do ingest, index, search and match grow with the catalogue? Measures each size and fits exponents.

growth.py PROGRAM WORK NUMBER=FEEDS…    for example 10000=/data/1e4/feeds 100000=/data/1e5/feeds

FEEDS is a folder of XCRI-CAP feeds with NUMBER offerings. WORK holds a catalogue for each size and what was
measured; what is there already is not measured again, so a long run can be made in parts. Times are those of the
processor (user and system), so that other work disturbs them little; the exponent b of time = a·NUMBER^b is the
slope of the least-squares line through the logarithms.

Searches and matches are those of one process each: `batch` over many profiles, less `batch` over none; a search is
one of 1,000 asked of `serve`, by the processor time of the service.
"""

import json
import math
import os
import pathlib
import random
import resource
import shutil
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request

program, work = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
sample = pathlib.Path(__file__).parents[3] / "catalog"
words = ["zorg", "techniek", "veiligheid", "administratie", "boekhouding", "voertuig", "leidinggeven", "software"]
towns = ["Utrecht", "Groningen", "Eindhoven", "Zwolle", "Breda", "Leiden", "Almere", "Venlo"]
draw = random.Random(3)


def timed(arguments, text=None):
    """The processor seconds, the most memory in MB and the output of a process that ends."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    out, _ = process.communicate(text)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode not in (0, 65):
        sys.exit(f"{arguments[1]} ended with {process.returncode}")
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, after.ru_maxrss // 1024, out


def catalogue(number, feeds):
    folder = work / str(number)
    if not folder.exists():
        folder.mkdir(parents=True)
        for part in ("places", "skills"):
            shutil.copytree(sample / part, folder / part)
        (folder / "catalog.toml").write_text(
            f'languages = ["nl"]\nregion = "Nederland"\ncountry = "NL"\n[name]\nnl = "Groei"\n'
            f'[[partner]]\nid = "growth"\nname = "Growth"\nroles = ["provider"]\n[[partner.source]]\n'
            f'id = "growth"\nfeed = "{os.path.abspath(feeds)}"\nformat = "xcri-cap"\n'
        )
    return folder


def service_seconds(folder, number):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    service = subprocess.Popen(
        [program, "serve", "--catalog", folder, "--port", str(port), "--rate", "0", "--log", "error",
         "--remembered-bytes", "0"],
        stderr=subprocess.DEVNULL,
    )

    def used():
        fields = pathlib.Path(f"/proc/{service.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def ask(query):
        address = f"http://127.0.0.1:{port}/v1/search?" + urllib.parse.urlencode(query)
        urllib.request.urlopen(address, timeout=60).read()

    try:
        for _ in range(300):
            try:
                ask({"q": "zorg"})
                break
            except OSError:
                time.sleep(0.1)
        before = used()
        for _ in range(number):
            ask({"q": draw.choice(words), "near": draw.choice(towns), "within": "15km", "facet": "level", "limit": 10})
        return (used() - before) / number
    finally:
        service.terminate()
        service.wait()


def measure(number, feeds):
    folder = catalogue(number, feeds)
    kept = folder / "measured.json"
    found = json.loads(kept.read_text()) if kept.exists() else {}

    def note(name, value):
        found[name] = value
        kept.write_text(json.dumps(found))

    if "ingest" not in found:
        seconds, memory, _ = timed([program, "ingest", "--catalog", folder, "--format", "json"])
        note("ingest memory (MB)", memory)
        note("ingest", seconds)
    if "index" not in found:
        shutil.rmtree(folder / ".leerwijzer/index")
        seconds, _, _ = timed([program, "search", "--catalog", folder, "--limit", "1"])
        note("index", seconds)
    if "search" not in found:
        note("search", service_seconds(folder, 1000))
    if "match" not in found:
        profiles = "".join(
            json.dumps(
                {"home": {"place": draw.choice(towns), "within": "20 km"}, "skills": {"wants": [draw.choice(words)]}}
            ) + "\n"
            for _ in range(200)
        )
        batch = [program, "batch", "--catalog", folder]
        nothing = timed(batch, b"")[0]
        note("match", (timed(batch, profiles.encode())[0] - nothing) / 200)
    return found


sizes = []
for argument in sys.argv[3:]:
    number, feeds = argument.split("=", 1)
    sizes.append((int(number), measure(int(number), feeds)))
print("offerings\t" + "\t".join(f"{number:,}" for number, _ in sizes) + "\texponent")
for name, unit in [("ingest", "s"), ("index", "s"), ("search", "s"), ("match", "s"), ("ingest memory (MB)", "")]:
    points = [(math.log(number), math.log(max(found[name], 1e-9))) for number, found in sizes]
    x = sum(point[0] for point in points) / len(points)
    y = sum(point[1] for point in points) / len(points)
    spread = sum((point[0] - x) ** 2 for point in points)
    slope = sum((point[0] - x) * (point[1] - y) for point in points) / spread if spread else float("nan")
    print(f"{name}\t" + "\t".join(f"{found[name]:.4g} {unit}" for _, found in sizes) + f"\t{slope:.2f}")
