"""Does the service go on for long, with ingests running? Asks all the time and counts what fails.

soak.py PROGRAM CATALOGUE [MINUTES]    the catalogue is copied first; its feeds are changed and ingested
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

program, catalogue = sys.argv[1:3]
minutes = float(sys.argv[3]) if len(sys.argv) > 3 else 10
paths = [
    "/v1/search?q=boom&limit=20", "/v1/search?near=52.03,5.17&within=20km", "/nl?q=zorg",
    "/v1/courses?limit=50", "/feeds/csv", "/oai?verb=ListIdentifiers&metadataPrefix=oai_dc", "/nl/regios",
    "/v1/changes?since=0&limit=20", "/sitemap-1.xml",
]
answered, faults, generations = 0, [], set()
lock = threading.Lock()

with tempfile.TemporaryDirectory() as work:
    folder = pathlib.Path(work) / "catalog"
    shutil.copytree(catalogue, folder, symlinks=True)
    log = pathlib.Path(work) / "log"
    service = subprocess.Popen(
        [program, "serve", "--catalog", str(folder), "--port", "0", "--rate", "0", "--log", "warning",
         "--lang", "en"],
        stderr=log.open("w"),
    )
    address = None
    while not address:
        time.sleep(0.1)
        found = re.search(r"listening on (\S+)", log.read_text())
        address = found and found.group(1)
        if service.poll() is not None:
            sys.exit("the service did not start: " + log.read_text())
    end = time.monotonic() + 60 * minutes

    def ask(number):
        global answered
        while time.monotonic() < end:
            path = paths[number % len(paths)]
            number += 1
            try:
                with urllib.request.urlopen(address + path, timeout=60) as answer:
                    body = answer.read()
                    found = re.search(rb'"generation":(\d+)', body)
                with lock:
                    answered += 1
                    if found:
                        generations.add(int(found.group(1)))
            except Exception as fault:
                with lock:
                    faults.append(f"{path}: {fault}")

    def resident():
        text = pathlib.Path(f"/proc/{service.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", text).group(1)) // 1024

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    feeds = [file for file in sorted((folder / "feeds").rglob("*.xml")) if b"<dc:title" in file.read_bytes()]
    ingests = 0
    while time.monotonic() < end:
        for _ in range(10):
            time.sleep(1)
            if time.monotonic() >= end:
                break
        file = feeds[ingests % len(feeds)]
        text = file.read_text()
        file.write_text(re.sub(r"(?s)(<course\b.*?<dc:title[^>]*>)", rf"\g<1>{ingests} ", text, count=1))
        run = subprocess.run(
            [program, "ingest", "--catalog", str(folder)], capture_output=True, text=True
        )
        ingests += 1
        if run.returncode not in (0, 75):
            faults.append(f"ingest: {run.stderr[-200:]}")
        print(
            f"{60 * minutes - (end - time.monotonic()):5.0f} s: {answered} answered, {len(faults)} failed, "
            f"{resident()} MB, {ingests} ingests, generations {len(generations)}",
            flush=True,
        )
    for thread in threads:
        thread.join()
    service.terminate()
    status = service.wait(60)
    errors = [line for line in log.read_text().splitlines() if " error " in line]
    print(f"{answered} answered, {len(faults)} failed, exit status {status}, {len(errors)} errors in the log")
    for text in (faults + errors)[:5]:
        print(text)
    sys.exit(1 if faults or errors or status else 0)
