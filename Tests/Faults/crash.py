#!/usr/bin/env python3
"""Kills and starves the built program at random moments, and looks what is left: no feed that was
acknowledged may be lost, none may be half there, and the next command has to recover by itself.

crash.py PROGRAM [--kills N] [--faults N] [--seed S]

Feed n of a source holds courses whose titles end in n. A feed counts as acknowledged when the command
that read it ended with status 0. Prints a table of what was injected, survived and lost; ends with
status 1 when anything was lost. Mounts small disks when it may (as root).
"""

import argparse
import http.server
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from xml.etree import ElementTree

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parent.parent / "catalog"
COURSES = 40
TODAY = "2026-11-24"


class Lost(Exception):
    """What a fault cost."""


def feed(source, number, courses=COURSES, padding=0):
    """An XCRI-CAP feed whose courses all say which feed they are from, with so many bytes each that
    cannot be packed."""
    filling = random.Random(number)
    text = "".join(
        f"<course><dc:identifier>{source}-{n}</dc:identifier><dc:title>{source} {n} feed {number}"
        f"</dc:title><mlo:abstract>{filling.randbytes(padding).hex()} {number}</mlo:abstract><presentation>"
        f"<dc:identifier>{source}-{n}-1</dc:identifier><mlo:start dtf=\"2027-03-01\">2027</mlo:start>"
        f"<venue><provider><dc:title>Lokaal</dc:title><mlo:location><mlo:postcode>3991 AA"
        f"</mlo:postcode></mlo:location></provider></venue></presentation></course>"
        for n in range(courses))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<catalog generated="2026-11-24T00:00:00Z" '
        'xmlns="http://xcri.org/profiles/1.2/catalog" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:mlo="http://purl.org/net/mlo"><provider>'
        f"<dc:identifier>{source}</dc:identifier><dc:title>School {source}</dc:title>{text}"
        "</provider></catalog>\n")


class Workspace:
    """A catalogue with a source that is a file and one that has an address."""

    def __init__(self, program, folder, address=None):
        self.program, self.folder, self.address = program, Path(folder), address
        self.acknowledged = {}
        self.number = {}
        for name in ("places", "skills"):
            (self.folder / name).symlink_to(SAMPLE / name)
        sources = [("school", "feed.xml")] + ([("web", address)] if address else [])
        self.sources = [source for source, _ in sources]
        text = '[name]\nnl = "Proef"\n[limits]\nmax-loss = 1.0\n'
        for source, location in sources:
            text += (
                f'[[partner]]\nid = "{source}"\nname = "{source}"\nroles = ["provider"]\n'
                f'[[partner.source]]\nid = "{source}"\nfeed = "{location}"\nformat = "xcri-cap"\n')
            if location == address:
                text += "allow-private = true\n"
        (self.folder / "catalog.toml").write_text(text)

    def command(self, *words):
        return [self.program, *words, "--catalog", str(self.folder), "--today", TODAY, "--lang", "en"]

    def run(self, *words, seconds=120, **variables):
        done = subprocess.run(
            self.command(*words), capture_output=True, text=True, timeout=seconds,
            env={**os.environ, "HOME": str(self.folder), **variables})
        return done

    def next_feed(self, source="school", **size):
        """Writes the next feed; its number."""
        number = self.number.get(source, 0) + 1
        self.number[source] = number
        path = self.folder / "feed.xml" if source == "school" else Web.folder / "feed.xml"
        fresh = path.with_suffix(".new")
        fresh.write_text(feed(source, number, **size))
        fresh.rename(path)
        return number

    def acknowledge(self, source):
        self.acknowledged[source] = self.number[source]

    def check(self):
        """What a user sees after a crash: the next command, whatever it is, answers."""
        answer = self.run(
            "search", "--format", "json", "--limit", "1000", "--all", "--sort", "start")
        if not self.acknowledged and answer.returncode != 0:
            return
        if answer.returncode != 0:
            raise Lost(f"the next command failed with {answer.returncode}: {answer.stderr[-400:]}")
        seen = {}
        for row in json.loads(answer.stdout)["results"]:
            source = row["course"].split(":")[0]
            seen.setdefault(source, []).append(int(row["title"].rsplit(" ", 1)[1]))
        for source, numbers in seen.items():
            if len(set(numbers)) != 1:
                raise Lost(f"{source}: feeds {sorted(set(numbers))} are mixed")
            if len(numbers) != COURSES:
                raise Lost(f"{source}: {len(numbers)} of {COURSES} courses are there")
        for source, number in self.acknowledged.items():
            if source not in seen:
                raise Lost(f"{source}: the acknowledged feed {number} is gone")
            if seen[source][0] < number:
                raise Lost(f"{source}: feed {seen[source][0]} after {number} was acknowledged")
        with sqlite3.connect(f"file:{self.folder}/.leerwijzer/catalog.sqlite?mode=ro", uri=True) as db:
            faults = [row[0] for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
            if faults:
                raise Lost(f"the store is damaged: {faults[:3]}")
        left = [name for name in os.listdir(self.folder / ".leerwijzer") if name == "writing"]
        if left:
            raise Lost("the next command did not clear up")


class Web:
    """A school's server, on this machine."""

    folder = None

    def __init__(self, folder):
        Web.folder = Path(folder)
        handler = type(
            "Handler", (http.server.SimpleHTTPRequestHandler,),
            {"log_message": lambda *_: None,
             "__init__": lambda self, *words: http.server.SimpleHTTPRequestHandler.__init__(
                 self, *words, directory=str(folder))})
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_port}/feed.xml"


class Table:
    """What was injected, and what came of it."""

    def __init__(self):
        self.rows, self.lost = {}, []

    def note(self, kind, workspace, struck=True):
        row = self.rows.setdefault(kind, [0, 0, 0])
        row[0] += struck
        try:
            workspace.check()
            row[1] += struck
        except Lost as loss:
            row[2] += 1
            self.lost.append(f"{kind}: {loss}")
            print("LOST", kind, loss, flush=True)
            # What is gone is not missed again.
            workspace.acknowledged = {}

    def show(self):
        print(f"{'fault':42}{'injected':>10}{'survived':>10}{'lost':>6}")
        for kind, (injected, survived, lost) in self.rows.items():
            print(f"{kind:42}{injected:10}{survived:10}{lost:6}")
        total = [sum(row[n] for row in self.rows.values()) for n in range(3)]
        print(f"{'all':42}{total[0]:10}{total[1]:10}{total[2]:6}")
        for loss in self.lost:
            print("LOST", loss)


def killed(workspace, words, after):
    """Runs a command and kills it after so many seconds; whether it had ended before that."""
    process = subprocess.Popen(
        workspace.command(*words), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**os.environ, "HOME": str(workspace.folder)}, start_new_session=True)
    try:
        return process.wait(after) == 0, False
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        return False, True


def took(workspace, *words):
    start = time.monotonic()
    done = workspace.run(*words)
    if done.returncode != 0:
        sys.exit(f"{words} failed before any fault: {done.stderr}")
    return time.monotonic() - start


def kill(table, workspace, count, draw):
    """kill -9 during ingest and index, publication and sync."""
    workspace.next_feed()
    workspace.next_feed("web")
    span = {"ingest": took(workspace, "ingest", str(workspace.folder / "feed.xml"), "--source", "school")}
    workspace.acknowledge("school")
    span["sync"] = took(workspace, "sources", "sync")
    workspace.acknowledge("web")
    out = workspace.folder / "out.xml"
    publish = ("publish", "--as", "xcri-cap", "--out", str(out), "--all")
    span["publish"] = took(workspace, *publish)
    workspace.check()
    done = 0
    while done < count:
        what = draw.choices(("ingest", "sync", "publish"), (5, 3, 2))[0]
        after = draw.uniform(0, 1.1 * span[what])
        if what == "publish":
            finished, struck = killed(workspace, publish, after)
            # The old feed or the new one, whole.
            ElementTree.parse(out)
        else:
            source = "school" if what == "ingest" else "web"
            workspace.next_feed(source)
            words = (
                ("ingest", str(workspace.folder / "feed.xml"), "--source", "school")
                if what == "ingest" else ("sources", "sync", "web"))
            finished, struck = killed(workspace, words, after)
            if finished:
                workspace.acknowledge(source)
        if struck:
            done += 1
            table.note(f"kill -9 during {what}", workspace)
            if done % 100 == 0:
                print(f"{done} kills, {len(table.lost)} lost", flush=True)
        # How long it takes depends on what else the machine does.
        span[what] = span[what] * (0.9 if not struck else 1.02)
        span[what] = max(span[what], 0.02)


def writers(table, workspace, count, draw):
    """Several processes write at once, and some of them are killed."""
    for _ in range(count):
        workspace.next_feed()
        words = workspace.command("ingest", str(workspace.folder / "feed.xml"), "--source", "school")
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        both = [subprocess.Popen(words, **quiet) for _ in range(3)]
        time.sleep(draw.uniform(0, 0.3))
        both[0].kill()
        both[0].wait()
        if all([process.wait() == 0 for process in both[1:]]):
            workspace.acknowledge("school")
        else:
            table.lost.append("two writers: one of them failed")
        table.note("three writers, one killed", workspace)


ERRORS = {"EIO": 5, "ENOSPC": 28, "EDQUOT": 122}


def faults(table, workspace, count, draw, library):
    """The N-th write, sync, rename, … fails, once or from then on."""
    log = workspace.folder.parent / "fault.log"
    for _ in range(count):
        kind = draw.choice(["write", "sync", "rename", "truncate", "open", "any"])
        name = draw.choice(list(ERRORS))
        number = draw.randint(1, {"write": 30, "any": 50, "sync": 4}.get(kind, 2))
        fault = f"{kind}:{ERRORS[name]}:{number}{draw.choice(['', ':on'])}"
        log.unlink(missing_ok=True)
        workspace.next_feed()
        done = workspace.run(
            "ingest", str(workspace.folder / "feed.xml"), "--source", "school", LD_PRELOAD=library,
            FAULT=fault, FAULT_UNDER=str(workspace.folder / ".leerwijzer"), FAULT_LOG=str(log))
        struck = log.exists()
        if done.returncode == 0:
            workspace.acknowledge("school")
        elif done.returncode not in (65, 73, 74, 75):
            table.lost.append(f"{fault}: status {done.returncode}: {done.stderr[-200:]}")
        elif "leerwijzer:" not in done.stderr:
            table.lost.append(f"{fault}: status {done.returncode} without a word")
        table.note(f"{kind} fails with {name}", workspace, struck)


def clock(table, workspace, count, library):
    """The wall clock jumps by an hour, a day and ten years, there and back."""
    for turn in range(count):
        workspace.next_feed()
        done = workspace.run(
            "ingest", str(workspace.folder / "feed.xml"), "--source", "school", LD_PRELOAD=library,
            CLOCK_JUMP=str((3_600, 86_400, 315_360_000)[turn % 3]))
        if done.returncode == 0:
            workspace.acknowledge("school")
        else:
            table.lost.append(f"clock: status {done.returncode}: {done.stderr[-200:]}")
        table.note("the clock jumps", workspace)


def full_disk(table, program, count, draw):
    """The disk is full at some point of an ingest; then room is made."""
    if os.geteuid() != 0:
        print("full disk: left out, mounting one needs root")
        return
    for _ in range(count):
        with tempfile.TemporaryDirectory() as folder:
            if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", folder],
                              capture_output=True).returncode:
                print("full disk: left out, no disk can be mounted here")
                return
            try:
                workspace = Workspace(program, folder)
                ingest = ("ingest", f"{folder}/feed.xml", "--source", "school")
                workspace.next_feed()
                took(workspace, *ingest)
                workspace.acknowledge("school")
                workspace.next_feed(padding=20_000)
                room = draw.randint(1, 600) * 4_096
                free = shutil.disk_usage(folder).free - room
                subprocess.run(["fallocate", "-l", str(max(free, 4_096)), f"{folder}/filler"], check=True)
                done = workspace.run(*ingest, TMPDIR=folder)
                if done.returncode == 0:
                    workspace.acknowledge("school")
                elif done.returncode not in (73, 74):
                    table.lost.append(f"full disk: status {done.returncode}: {done.stderr[-200:]}")
                struck = done.returncode != 0
                os.unlink(f"{folder}/filler")
                table.note("the disk is full", workspace, struck)
                took(workspace, *ingest)
                workspace.acknowledge("school")
                workspace.check()
            finally:
                subprocess.run(["umount", "--lazy", folder], check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program")
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--faults", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    program, draw = os.path.abspath(options.program), random.Random(options.seed)
    table = Table()
    with tempfile.TemporaryDirectory() as work:
        library = f"{work}/faults.so"
        subprocess.run(
            [shutil.which("cc") or "clang", "-O1", "-shared", "-fPIC", "-o", library,
             str(HERE / "faults.c"), "-ldl"], check=True)
        for name in ("web", "catalog"):
            os.mkdir(f"{work}/{name}")
        workspace = Workspace(program, f"{work}/catalog", Web(f"{work}/web").address)
        kill(table, workspace, options.kills, draw)
        writers(table, workspace, max(1, options.kills // 20), draw)
        faults(table, workspace, options.faults, draw, library)
        clock(table, workspace, max(3, options.faults // 20), library)
        full_disk(table, program, max(2, options.faults // 20), draw)
    table.show()
    sys.exit(1 if table.lost else 0)


main()
