#!/usr/bin/env python3
"""Kills and starves the built program at random moments, and looks what is left: no feed that was
acknowledged may be lost, none may be half there, and the next command has to recover by itself.

crash.py PROGRAM [--kills N] [--faults N] [--seed S]

Feed n of a source holds courses whose titles end in n. A feed counts as acknowledged when the command
that read it ended with status 0. A service answers from the same catalogue all the while, and may show
no half feed either. Prints a table of what was injected, survived and lost; ends with status 1 when
anything was lost. Mounts small disks when it may (as root).
"""

import argparse
import http.server
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
import urllib.request
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
        self.service = None
        # Copies: a restore writes to them.
        for name in ("places", "skills"):
            shutil.copytree(SAMPLE / name, self.folder / name)
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

    def look(self, rows):
        """The feed that each source shows, all of it."""
        seen = {}
        for row in rows:
            source = row["course"].split(":")[0]
            seen.setdefault(source, []).append(int(row["title"].rsplit(" ", 1)[1]))
        for source, numbers in seen.items():
            if len(set(numbers)) != 1:
                raise Lost(f"{source}: feeds {sorted(set(numbers))} are mixed")
            if len(numbers) != COURSES:
                raise Lost(f"{source}: {len(numbers)} of {COURSES} courses are there")
        return {source: numbers[0] for source, numbers in seen.items()}

    def check(self):
        """What a user sees after a crash: the next command, whatever it is, answers."""
        answer = self.run(
            "search", "--format", "json", "--limit", "1000", "--all", "--sort", "start")
        if not self.acknowledged and answer.returncode != 0:
            return
        if answer.returncode != 0:
            raise Lost(f"the next command failed with {answer.returncode}: {answer.stderr[-400:]}")
        seen = self.look(json.loads(answer.stdout)["results"])
        for source, number in self.acknowledged.items():
            if source not in seen:
                raise Lost(f"{source}: the acknowledged feed {number} is gone")
            if seen[source] < number:
                raise Lost(f"{source}: feed {seen[source]} after {number} was acknowledged")
        with sqlite3.connect(f"file:{self.folder}/.leerwijzer/catalog.sqlite?mode=ro", uri=True) as db:
            faults = [row[0] for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
            if faults:
                raise Lost(f"the store is damaged: {faults[:3]}")
        left = [name for name in os.listdir(self.folder / ".leerwijzer") if name == "writing"]
        if left:
            raise Lost("the next command did not clear up")
        if self.service:
            self.look(self.service.rows())
        return seen


class Service:
    """The program as a service over a workspace that others write to."""

    def __init__(self, workspace):
        self.workspace = workspace
        self.log = open(workspace.folder.parent / "serve.log", "w+")
        self.process = subprocess.Popen(
            workspace.command("serve", "--port", "0"), stdout=self.log, stderr=self.log,
            env={**os.environ, "HOME": str(workspace.folder)})
        for _ in range(600):
            if address := re.search(r"http://127\.0\.0\.1:\d+", self.said()):
                break
            time.sleep(0.1)
        else:
            sys.exit(f"the service does not start: {self.said()}")
        self.address = address[0]
        workspace.service = self

    def said(self):
        self.log.seek(0)
        return self.log.read()

    def rows(self):
        if self.process.poll() is not None:
            raise Lost(f"the service ended with {self.process.returncode}: {self.said()[-400:]}")
        try:
            with urllib.request.urlopen(
                    f"{self.address}/v1/search?limit=100&all=true&sort=start", timeout=60) as answer:
                return json.load(answer)["results"]
        except OSError as error:
            raise Lost(f"the service does not answer: {error}") from error

    def end(self):
        """Ends it, once it has seen the last feed of each source."""
        workspace, numbers = self.workspace, {}
        for _ in range(300):
            numbers = workspace.look(self.rows())
            if all(numbers.get(source, 0) >= n for source, n in workspace.acknowledged.items()):
                break
            time.sleep(0.1)
        else:
            raise Lost(f"the service shows {numbers}, not {workspace.acknowledged}")
        workspace.service = None
        self.process.terminate()
        if self.process.wait(60) != 0:
            raise Lost(f"the service ends with {self.process.returncode}")


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
        # Whoever is killed hangs up.
        self.server.handle_error = lambda *_: None
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
            seen = workspace.check()
            row[1] += struck
            return seen
        except Lost as loss:
            row[2] += 1
            self.lost.append(f"{kind}: {loss}")
            print("LOST", kind, loss, flush=True)
            # What is gone is not missed again.
            workspace.acknowledged = {}
            return None

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


class Kills:
    """kill -9 during all that writes: ingest, index, sync, publication, back-up, restore."""

    SHARES = {"ingest": 5, "index": 2, "sync": 3, "publish": 2, "back-up": 2, "restore": 2}

    def __init__(self, table, workspace, draw):
        self.table, self.workspace, self.draw = table, workspace, draw
        work = workspace.folder.parent
        self.out, self.kept, self.older = work / "out.xml", work / "kept.tgz", work / "older.tgz"
        self.words = {
            "ingest": ("ingest", str(workspace.folder / "feed.xml"), "--source", "school"),
            "index": ("search", "--limit", "1"),
            "sync": ("sources", "sync", "web"),
            "publish": ("publish", "--as", "xcri-cap", "--out", str(self.out), "--all"),
            "back-up": ("backup", str(self.kept)),
            "restore": ("restore", str(self.older), "--replace"),
        }
        self.span = {}

    def run(self, count):
        workspace = self.workspace
        workspace.next_feed()
        workspace.next_feed("web")
        for what, words in self.words.items():
            if what == "restore":
                shutil.copy(self.kept, self.older)
            self.prepare(what)
            self.span[what] = took(workspace, *words)
            if source := self.source(what):
                workspace.acknowledge(source)
        workspace.check()
        done = 0
        while done < count:
            what = self.draw.choices(list(self.SHARES), list(self.SHARES.values()))[0]
            done += self.once(what)
            if done % 100 == 0:
                print(f"{done} kills, {len(self.table.lost)} lost", flush=True)

    def source(self, what):
        return {"ingest": "school", "sync": "web"}.get(what)

    def prepare(self, what):
        workspace = self.workspace
        if source := self.source(what):
            workspace.next_feed(source)
        elif what == "index":
            shutil.rmtree(workspace.folder / ".leerwijzer" / "index", ignore_errors=True)

    def once(self, what):
        """Lets a command run and kills it at a random moment; whether that came before its end."""
        workspace, before = self.workspace, None
        if what == "restore":
            # A back-up, and then a newer feed: one of the two has to be there, whole.
            took(workspace, "backup", str(self.older))
            before = dict(workspace.acknowledged)
            workspace.next_feed()
            took(workspace, *self.words["ingest"])
        self.prepare(what)
        finished, struck = killed(
            workspace, self.words[what], self.draw.uniform(0, 1.1 * self.span[what]))
        # How long it takes depends on what else the machine does.
        self.span[what] = max(0.02, self.span[what] * (1.02 if struck else 0.9))
        if finished and (source := self.source(what)):
            workspace.acknowledge(source)
        if before is not None:
            workspace.acknowledged = before
        if struck or before is not None:
            seen = self.table.note(f"kill -9 during {what}", workspace, struck)
            if before is not None and seen:
                workspace.acknowledged.update(seen)
        self.check_files(what)
        return struck

    def check_files(self, what):
        """What a killed command wrote is there whole: the old or the new."""
        fault = None
        if what == "publish":
            ElementTree.parse(self.out)
        elif what == "back-up":
            with tarfile.open(self.kept) as archive:
                if archive.getnames()[-1] != "leerwijzer-backup-end.toml":
                    fault = "a back-up without its end"
            # The next one clears up, or nothing is left.
            for left in self.kept.parent.glob(".leerwijzer-backup-*"):
                left.unlink()
        elif what == "restore":
            left = self.workspace.folder / ".leerwijzer-replaced"
            if left.exists():
                done = self.workspace.run(*self.words["restore"])
                if done.returncode == 0 or str(left) not in done.stderr:
                    fault = f"a restore that was broken off is not told: {done.stderr[-200:]}"
                shutil.rmtree(left)
        if fault:
            self.table.lost.append(f"{what}: {fault}")


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
        # Something to serve, before a service starts.
        workspace.next_feed()
        took(workspace, "ingest", f"{work}/catalog/feed.xml", "--source", "school")
        service = Service(workspace)
        try:
            Kills(table, workspace, draw).run(options.kills)
            writers(table, workspace, max(1, options.kills // 20), draw)
            service.end()
        except Lost as loss:
            table.lost.append(f"service: {loss}")
        finally:
            workspace.service = None
            service.process.kill()
        faults(table, workspace, options.faults, draw, library)
        clock(table, workspace, max(3, options.faults // 20), library)
        full_disk(table, program, max(2, options.faults // 20), draw)
    table.show()
    sys.exit(1 if table.lost else 0)


main()
