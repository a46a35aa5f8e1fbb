#!/usr/bin/env python3
"""Looks whether anything of a learner's profile stays behind or goes elsewhere.

check.py PROGRAM

Runs match, path, batch and serve (with the most talkative log) under strace, with a profile of words
that stand nowhere else, and looks for them in whatever left the process by a system call, beside the
answer itself: files, names of files, other connections; then in every file of the catalogue, in the
log and in the folder for temporary files. Ends with status 1 when there is one.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

SAMPLE = Path(__file__).resolve().parent.parent.parent / "catalog"
TODAY = "2026-11-24"
WORDS = ["Truusjexyl", "kwakzalvster", "vuurspuwer", "jongleren", "koorddansen", "degenslikken"]
# A postcode that is in the gazetteer and in no feed; on the way out it would be someone's home.
HOME = "9981 AA"
PROFILE = (
    '{"name":"Truusjexyl","audience":"worker","occupation":{"current":"kwakzalvster",'
    '"wanted":"vuurspuwer"},"skills":{"has":["jongleren"],"wants":["koorddansen","degenslikken",'
    '"snoeien"]},"home":{"place":"9981 AA","within":"60km"},"money":{"budget":"1234 EUR"}}')
FORM = "skills.wants=koorddansen&occupation.wanted=vuurspuwer&home.place=9981+AA"
CALLS = (
    "trace=write,writev,pwrite64,pwritev,pwritev2,sendto,sendmsg,sendmmsg,connect,open,openat,creat,"
    "rename,renameat,renameat2,symlink,symlinkat,link,linkat,mkdir,mkdirat,execve")

faults = []


def hold(is_so, what):
    if not is_so:
        faults.append(what)
        print("FAULT", what, flush=True)


def found(text):
    return [word for word in [*WORDS, HOME] if word in text]


class Traced:
    """A command under strace, with a folder of its own for temporary files."""

    def __init__(self, program, work, name):
        self.temporary = work / f"{name}.tmp"
        self.temporary.mkdir()
        self.calls = work / f"{name}.calls"
        # -D: the process that is started is the program's own, and can be told to stop.
        self.command = [
            "strace", "-D", "-f", "-yy", "-s", "1000000", "-o", str(self.calls), "-e", CALLS, program]
        self.environment = {**os.environ, "TMPDIR": str(self.temporary), "LANG": "C.UTF-8"}

    def check(self, name, allowed):
        """What left the process beside what is allowed: a pattern of whole lines."""
        for _ in range(100):
            text = self.calls.read_text(errors="replace")
            if re.search(r"\+\+\+ (exited|killed)[^\n]*\n*\Z", text):
                break
            time.sleep(0.1)
        hold("openat(" in text, f"{name}: nothing was traced")
        answers = 0
        for line in text.splitlines():
            if not found(line):
                continue
            if re.search(allowed, line):
                answers += 1
            else:
                hold(False, f"{name}: {found(line)} left the program: {line[:300]}")
        hold(not any(self.temporary.iterdir()), f"{name}: a temporary file stays")
        return answers


def check_catalogue(catalogue, name):
    for path in [*catalogue.rglob("*")]:
        hold(not found(str(path)), f"{name}: {path} is named after a profile")
        if path.is_file() and "places" not in path.parts:
            content = path.read_bytes()
            for word in WORDS:
                hold(word.encode() not in content, f"{name}: “{word}” stands in {path}")


def commands(program, work, catalogue):
    profile = work / "profile.json"
    profile.write_text(PROFILE + "\n")
    for command in ("match", "path", "batch"):
        traced = Traced(program, work, command)
        done = subprocess.run(
            [*traced.command, command, str(profile), "--catalog", str(catalogue), "--today", TODAY],
            capture_output=True, text=True, env=traced.environment)
        hold(done.returncode == 0, f"{command} ends with {done.returncode}: {done.stderr}")
        hold("snoei" in done.stdout or "prun" in done.stdout, f"{command} did not read the profile")
        hold(not found(done.stderr), f"{command} says {found(done.stderr)} on standard error")
        # It is given the profile's name, may say the words on standard output, and nothing else.
        answers = traced.check(command, r" write\(1<")
        hold(command == "path" or answers > 0, f"{command}: its answer was not seen by the trace")
        check_catalogue(catalogue, command)


def ask(address, body=None, form="application/json"):
    request = urllib.request.Request(
        address, data=body.encode() if body else None, headers={"Content-Type": form})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.read()
    except urllib.error.HTTPError as error:
        return error.read()


def serve(program, work, catalogue):
    traced = Traced(program, work, "serve")
    log = work / "log"
    with open(log, "wb") as file:
        process = subprocess.Popen(
            [*traced.command, "serve", "--catalog", str(catalogue), "--today", TODAY, "--port", "0",
             "--log", "trace"], stdout=file, stderr=file, env=traced.environment)
    try:
        for _ in range(600):
            address = re.search(r"(http://127\.0\.0\.1:\d+)", log.read_text(errors="replace"))
            if address or process.poll() is not None:
                break
            time.sleep(0.1)
        if not address:
            sys.exit(f"the service does not start: {log.read_text()}")
        base = address[1]
        answer = ask(base + "/v1/match", PROFILE)
        hold(b"koorddansen" in answer, "serve did not read the profile")
        ask(base + "/v1/path", PROFILE)
        ask(base + "/en/profile", FORM, "application/x-www-form-urlencoded")
        # What is wrong with a profile is told to its sender only.
        ask(base + "/v1/match", '{"name":"Truusjexyl","vuurspuwer":"jongleren"}')
        ask(base + "/v1/match", '{"name":"Truusjexyl')
        # A search stands in the address of the page.
        for path in ("/v1/search?q=koorddansen&near=9981%20AA", "/en?q=vuurspuwer", "/en/Truusjexyl"):
            ask(base + path)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
    text = log.read_text(errors="replace")
    hold("match" in text, "serve logs no request")
    hold(not found(text), f"serve logs {found(text)}")
    answers = traced.check("serve", r"<(TCP|socket)")
    hold(answers > 0, "serve: its answers were not seen by the trace")
    check_catalogue(catalogue, "serve")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    program = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        catalogue = work / "catalog"
        shutil.copytree(SAMPLE, catalogue, ignore=shutil.ignore_patterns(".leerwijzer"))
        subprocess.run(
            [program, "ingest", "--catalog", str(catalogue), "--today", TODAY], check=True,
            capture_output=True)
        commands(program, work, catalogue)
        serve(program, work, catalogue)
    print(f"privacy: match, path, batch and serve, {len(faults)} faults")
    sys.exit(1 if faults else 0)


main()
