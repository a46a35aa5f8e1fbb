"""How many searches a second does the service answer, and how long does one wait at worst?

load.py PROGRAM CATALOGUE QUERIES [--constant PROGRAM] [--peer NAME=URL]… [--seconds 10] [--connections 16]

PROGRAM serves CATALOGUE on loopback; wrk asks every search of QUERIES (JSON lines of the generator: terms, and
perhaps lat, lon, km, levels) in turn. Then ConstantService answers as many bytes as a search on average, which is
the limit of the server itself, and each peer the same searches. All in one run, three rounds by turns, the best
of each told; load comes from this machine, so wrk takes its share of the processors from each of them alike.
"""

import argparse
import json
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

parser = argparse.ArgumentParser()
parser.add_argument("program")
parser.add_argument("catalogue")
parser.add_argument("queries")
parser.add_argument("--constant")
parser.add_argument("--peer", action="append", default=[])
parser.add_argument("--seconds", type=int, default=10)
parser.add_argument("--connections", type=int, default=16)
parser.add_argument("--rounds", type=int, default=3)
options = parser.parse_args()


def path(query):
    fields = {"q": " ".join(query["terms"]), "limit": "10", "facet": "level"}
    if "km" in query:
        fields["near"] = f'{query["lat"]},{query["lon"]}'
        fields["within"] = f'{query["km"]}km'
    if "levels" in query:
        fields["level"] = "-".join(map(str, query["levels"]))
    return "/v1/search?" + urllib.parse.urlencode(fields)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def resident(pid):
    text = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", text).group(1)) // 1024


def wait(address):
    for _ in range(600):
        try:
            urllib.request.urlopen(address, timeout=5).read()
            return
        except OSError:
            time.sleep(0.1)
    sys.exit(f"{address} does not answer")


paths = [path(json.loads(line)) for line in open(options.queries)]
with tempfile.TemporaryDirectory() as work:
    script = pathlib.Path(work) / "searches.lua"
    script.write_text(
        "local paths = {" + ",".join(json.dumps(path) for path in paths) + "}\n"
        "local at = 0\n"
        "local threads = 0\n"
        "function setup(thread) thread:set('first', threads * 500) threads = threads + 1 end\n"
        "function init() at = first end\n"
        "function request() at = at % #paths + 1 return wrk.format('GET', paths[at]) end\n"
        "function done(summary, latency)\n"
        "  local faults = summary.errors\n"
        "  io.write(string.format('RESULT %.1f %d %d %d %d\\n', summary.requests / summary.duration * 1e6,\n"
        "    latency:percentile(50), latency:percentile(99), summary.bytes / summary.requests,\n"
        "    faults.status + faults.connect + faults.read + faults.write + faults.timeout))\n"
        "end\n"
    )

    def load(address):
        run = subprocess.run(
            ["wrk", "-t2", f"-c{options.connections}", f"-d{options.seconds}s", "-s", str(script), address],
            capture_output=True, text=True, check=True,
        )
        return tuple(map(float, re.search(r"RESULT (.*)", run.stdout).group(1).split()))

    log = (pathlib.Path(work) / "log").open("w+")
    port = free_port()
    service = subprocess.Popen(
        [options.program, "serve", "--catalog", options.catalogue, "--port", str(port), "--rate", "0", "--log",
         "warning"],
        stderr=log,
    )
    running = [service]
    try:
        addresses = {"leerwijzer": f"http://127.0.0.1:{port}"}
        wait(addresses["leerwijzer"] + paths[0])
        sizes = [len(urllib.request.urlopen(addresses["leerwijzer"] + path).read()) for path in paths[:100]]
        mean = sum(sizes) // len(sizes)
        if options.constant:
            port = free_port()
            running.append(subprocess.Popen([options.constant, str(port), str(mean)]))
            addresses["constant"] = f"http://127.0.0.1:{port}"
            wait(addresses["constant"])
        addresses |= dict(peer.split("=", 1) for peer in options.peer)
        best, faults = {}, {}
        for _ in range(options.rounds):
            for name, address in addresses.items():
                result = load(address)
                faults[name] = faults.get(name, 0) + int(result[4])
                best[name] = max(best.get(name, result), result)
        ours = best["leerwijzer"]
        print(f"answer of a search: {mean} bytes; resident after the load: {resident(service.pid)} MB")
        for name, (rate, p50, p99, size, _) in best.items():
            print(
                f"RESULT {name}\trequests_s={rate:.0f}\tp50_us={p50:.0f}\tp99_us={p99:.0f}\tbytes={size:.0f}"
                f"\tfaults={faults[name]}\tours/this={ours[0] / rate:.2f}"
            )
    finally:
        for process in running:
            process.terminate()
            process.wait()
    if any(faults.values()):
        sys.exit("some requests failed")
