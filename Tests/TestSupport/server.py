#!/usr/bin/env python3
"""A web server that misbehaves in named ways, for the tests of fetching.

It prints the port that it listens on, and that of TLS when a certificate is given, and serves until
its standard input ends. An address is /WAY/NAME/feed.xml; its first request is answered with a good
feed of twenty courses, every later one in the way that is named. /good/… is always good, and
/always/WAY/… never is. /log tells what was asked: one line a request.
"""

import gzip
import http.client
import socket
import ssl
import sys
import threading
import time
from collections import Counter

asked = Counter()
log = []
lock = threading.Lock()
own_port = 0


def feed(courses, first=0, prefix="c"):
    """A feed of courses that start in February 2027."""
    body = "".join(
        f"<course><dc:identifier>{prefix}{n}</dc:identifier><dc:title>Cursus {n}</dc:title>"
        f"<presentation><dc:identifier>{prefix}p{n}</dc:identifier>"
        '<mlo:start dtf="2027-02-02">2027-02-02</mlo:start></presentation></course>'
        for n in range(first, first + courses)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<catalog xmlns="http://xcri.org/profiles/1.2/catalog"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:mlo="http://purl.org/net/mlo"'
        ' generated="2026-11-24T00:00:00Z"><provider><dc:identifier>p</dc:identifier>'
        f"<dc:title>School</dc:title>{body}</provider></catalog>"
    ).encode()


def answer(status, body=b"", **headers):
    """A whole answer; a header of None is left out."""
    fields = {"Content-Type": "application/xml", "Content-Length": str(len(body))}
    fields.update({name.replace("_", "-"): value for name, value in headers.items()})
    lines = [f"HTTP/1.1 {status} {http.client.responses.get(status, '')}"]
    lines += [f"{name}: {value}" for name, value in fields.items() if value is not None]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


GOOD = feed(20)
LATER = feed(19) + b"<!-- later -->"


def drip(connection, data, pause):
    for byte in data:
        connection.sendall(bytes([byte]))
        time.sleep(pause)


def behave(way, count, path, headers, connection):
    """Answers in a way; returns False when the connection ends with it."""
    send = connection.sendall
    if way == "slow":
        send(answer(200, LATER)[:200])
        drip(connection, LATER, 0.2)
    elif way == "silent":
        time.sleep(8)
    elif way == "hangs-up":
        return False
    elif way == "resets":
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        return False
    elif way == "truncated":
        send(answer(200, LATER)[:-900])
        return False
    elif way == "truncated-chunks":
        send(answer(200, b"", Content_Length=None, Transfer_Encoding="chunked"))
        send(b"400\r\n" + LATER[:1024] + b"\r\n400\r\n" + LATER[1024:1500])
        return False
    elif way == "length-too-short":
        send(answer(200, LATER, Content_Length=str(len(LATER) - 700)))
        return False
    elif way == "no-length-cut":
        send(answer(200, LATER[:-700], Content_Length=None, Connection="close"))
        return False
    elif way == "length-absurd":
        send(answer(200, LATER, Content_Length=str(1 << 50)))
        return False
    elif way == "endless":
        send(answer(200, b"", Content_Length=None, Connection="close"))
        send(LATER[:-len(b"</provider></catalog>")])
        while True:
            send(b" " * 65536)
    elif way == "redirect-loop":
        send(answer(302, Location="/always/redirect-back" + path))
    elif way == "redirect-back":
        send(answer(302, Location=path.removeprefix("/always/redirect-back")))
    elif way == "redirects-many":
        send(answer(302, Location=f"/always/redirects-many/{count}/{time.monotonic_ns()}"))
    elif way == "redirect-to-file":
        send(answer(302, Location="file:///etc/passwd"))
    elif way == "redirect-nowhere":
        send(answer(302))
    elif way == "redirect-good":
        send(answer(301, Location="/good/moved/feed.xml"))
    elif way == "web-page":
        page = b"<!DOCTYPE html><html><head><title>Inloggen</title></head><body></body></html>"
        send(answer(200, page, Content_Type="text/html"))
    elif way == "picture":
        send(answer(200, b"\x89PNG\r\n\x1a\n" + bytes(500), Content_Type="image/png"))
    elif way == "gzip-bomb":
        bomb = gzip.compress(LATER[:-10] + b" " * (12 << 20), 9)
        send(answer(200, bomb, Content_Encoding="gzip"))
    elif way == "gzip-truncated":
        send(answer(200, gzip.compress(LATER)[:-40], Content_Encoding="gzip"))
    elif way == "gzip-untrue":
        send(answer(200, LATER, Content_Encoding="gzip"))
    elif way == "brotli":
        send(answer(200, LATER, Content_Encoding="br"))
    elif way == "gzip":
        send(answer(200, gzip.compress(GOOD), Content_Encoding="gzip"))
    elif way == "gzip-file":
        send(answer(200, gzip.compress(GOOD), Content_Type="application/gzip"))
    elif way == "304-with-body":
        send(answer(304, LATER[:300]))
    elif way == "304-unasked":
        send(answer(304))
    elif way == "unchanged":
        if headers.get("if-none-match") == '"1"':
            send(answer(304))
        else:
            send(answer(200, GOOD, ETag='"1"'))
    elif way in ("changed-this-second", "changed-before"):
        second = "41" if way == "changed-this-second" else "40"
        send(answer(
            200, GOOD, Date="Tue, 24 Nov 2026 10:00:41 GMT",
            Last_Modified=f"Tue, 24 Nov 2026 10:00:{second} GMT"))
    elif way == "empty":
        send(answer(200))
    elif way == "no-courses":
        send(answer(200, feed(0)))
    elif way == "half":
        send(answer(200, feed(10)))
    elif way == "other-ids":
        send(answer(200, feed(20, prefix="new-")))
    elif way == "broken-xml":
        send(answer(200, b"<catalog><<<<" + bytes(range(32, 99)) * 20))
    elif way == "headers-endless":
        send(b"HTTP/1.1 200 OK\r\n")
        while True:
            send(b"X-More: " + b"x" * 900 + b"\r\n")
    elif way == "not-http":
        send(b"220 mail.example ESMTP ready\r\n")
        return False
    elif way == "status-garbage":
        send(b"HTTP/9.9 abc What\r\n\r\n")
        return False
    elif way == "busy-then-good":
        if count < 4:
            send(answer(503, Retry_After="0"))
        else:
            send(answer(200, LATER))
    elif way == "wait-an-hour":
        send(answer(503, Retry_After="3600"))
    elif way == "too-many":
        send(answer(429, Retry_After="0"))
    elif way.isdigit():
        send(answer(int(way), b"<html><body>error</body></html>", Content_Type="text/html"))
    elif way == "good":
        if headers.get("if-none-match") == '"good"':
            send(answer(304))
        else:
            send(answer(200, GOOD, ETag='"good"'))
    elif way == "later":
        send(answer(200, LATER))
    elif way == "password":
        # user:geheim
        if headers.get("authorization") == "Basic dXNlcjpnZWhlaW0=":
            send(answer(200, GOOD))
        else:
            send(answer(401))
    elif way == "token":
        if headers.get("authorization") == "Bearer abc":
            send(answer(302, Location=f"http://localhost:{own_port}/always/no-token/x"))
        else:
            send(answer(401))
    elif way == "no-token":
        send(answer(500 if "authorization" in headers else 200, GOOD))
    else:
        send(answer(404))
    return True


def directory(path, count, headers):
    """An EDU-DEX directory of five programmes, for /directory/WAY/…; None for what is not there.

    From the second time on, the way says what is wrong: `lost` misses one programme, `away` fails
    for one, `broken` breaks one.
    """
    parts = path.strip("/").split("/")
    way, name = parts[1], parts[-1]
    seen = count > 1
    if name == "directory.xml":
        entries = "".join(
            f"<programResource><programId>P{n}</programId>"
            f"<resourceUrl>programs/P{n}.xml</resourceUrl></programResource>"
            for n in range(5)
        )
        return answer(
            200,
            (
                '<edudexDirectory xmlns="http://studieData.nl/schema/edudex/directory">'
                "<editor>a@b.example</editor><generator>test</generator><version>1.0</version>"
                "<lastEdited>2026-11-24T06:00:00Z</lastEdited><orgUnitId>school</orgUnitId>"
                f"{entries}</edudexDirectory>"
            ).encode(),
        )
    number = name.removeprefix("P").removesuffix(".xml")
    if number == "3" and seen:
        if way == "lost":
            return answer(404)
        if way == "away":
            return answer(503, Retry_After="0")
        if way == "broken":
            return answer(200, b"<program><oops")
    tag = f'"{number}"'
    if headers.get("if-none-match") == tag:
        return answer(304)
    body = (
        '<program xmlns="http://studieData.nl/schema/edudex/program">'
        "<editor>a@b.example</editor><generator>test</generator><version>1.0</version>"
        "<lastEdited>2026-11-24T06:00:00Z</lastEdited>"
        f"<programClassification><orgUnitId>school</orgUnitId><programId>P{number}</programId>"
        "</programClassification><programDescriptions>"
        f'<programName xml:lang="nl">Programma {number}</programName></programDescriptions>'
        f"<programSchedule><programRun><id>r{number}</id><startDate>2027-03-01</startDate>"
        "</programRun></programSchedule></program>"
    )
    return answer(200, body.encode(), ETag=tag)


def repository(path, count):
    """An OAI-PMH repository of nine records in pages of four, for /oai/WAY?verb=….

    A later harvest says that record 1 has changed, 2 is deleted and 9 is new. `loop` repeats a
    token, `forgets` refuses a token once, `cut` stops halfway through a page, `error` names no
    format, `page` is none.
    """
    way, _, query = path.removeprefix("/oai/").partition("?")
    asked_for = dict(part.partition("=")[::2] for part in query.split("&"))
    verb = asked_for.get("verb")
    token = asked_for.get("resumptionToken", "")

    def record(number, title=None, deleted=False):
        header = f"<identifier>oai:school:{number}</identifier><datestamp>2026-11-20</datestamp>"
        if deleted:
            return f'<record><header status="deleted">{header}</header></record>'
        course = (
            f"<xc:course><dc:identifier>c{number}</dc:identifier>"
            f"<dc:title>{title or f'Cursus {number}'}</dc:title><xc:presentation>"
            f"<dc:identifier>p{number}</dc:identifier>"
            '<mlo:start dtf="2027-02-02">2027-02-02</mlo:start></xc:presentation></xc:course>'
        )
        # The prefixes are declared far above, as repositories do.
        return (
            f"<record><header>{header}</header><metadata>"
            '<xc:catalog generated="2026-11-20T00:00:00Z"><xc:provider>'
            f"<dc:identifier>p</dc:identifier><dc:title>School</dc:title>{course}"
            "</xc:provider></xc:catalog></metadata></record>"
        )

    def envelope(inner):
        return (
            '<?xml version="1.0" encoding="UTF-8"?>'
            '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"'
            ' xmlns:xc="http://xcri.org/profiles/1.2/catalog" xmlns:mlo="http://purl.org/net/mlo"'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<responseDate>2026-11-24T0{min(count, 9)}:00:00Z</responseDate><request/>{inner}"
            "</OAI-PMH>"
        ).encode()

    def error(code):
        return envelope(f'<error code="{code}">{code}</error>')

    if way == "page":
        return b"<html><body>moved</body></html>"
    if verb == "Identify":
        return envelope(
            "<Identify><repositoryName>x</repositoryName><deletedRecord>persistent</deletedRecord>"
            "<granularity>YYYY-MM-DDThh:mm:ssZ</granularity></Identify>"
        )
    if verb == "ListMetadataFormats":
        return envelope(
            "<ListMetadataFormats><metadataFormat><metadataPrefix>oai_dc</metadataPrefix>"
            "<metadataNamespace>http://www.openarchives.org/OAI/2.0/oai_dc/</metadataNamespace>"
            "</metadataFormat><metadataFormat><metadataPrefix>xcri</metadataPrefix>"
            "<metadataNamespace>http://xcri.org/profiles/1.2/catalog</metadataNamespace>"
            "</metadataFormat></ListMetadataFormats>"
        )
    if verb != "ListRecords":
        return error("badVerb")
    if way == "error":
        return error("cannotDisseminateFormat")
    if way == "forgets" and token == "4" and count == 1:
        return error("badResumptionToken")
    if "from" in asked_for:
        if way == "quiet":
            return error("noRecordsMatch")
        changed = record(1, "Cursus 1, vernieuwd") + record(2, deleted=True) + record(9)
        return envelope(f"<ListRecords>{changed}</ListRecords>")
    if asked_for.get("metadataPrefix") == "oai_dc":
        header = "<header><identifier>oai:school:0</identifier></header>"
        return envelope(
            f"<ListRecords><record>{header}<metadata><oai_dc><dc:title>x</dc:title></oai_dc>"
            "</metadata></record></ListRecords>"
        )
    first = int(token or 0)
    last = min(first + 4, 9)
    more = f"<resumptionToken>{last}</resumptionToken>" if last < 9 else "<resumptionToken/>"
    if way == "loop":
        more = "<resumptionToken>4</resumptionToken>"
    records = "".join(record(n) for n in range(first, last))
    page = envelope(f"<ListRecords>{records}{more}</ListRecords>")
    return page[:900] if way == "cut" and first == 4 and count == 1 else page


def serve(connection):
    connection.settimeout(20)
    reader = connection.makefile("rb")
    try:
        while True:
            line = reader.readline().decode("latin-1").split()
            if len(line) < 2:
                break
            headers = {}
            while True:
                field = reader.readline().decode("latin-1").strip()
                if not field:
                    break
                name, _, value = field.partition(":")
                headers[name.lower()] = value.strip()
            body = reader.read(int(headers.get("content-length", 0)))
            path = line[1]
            if path == "/log":
                with lock:
                    connection.sendall(answer(200, "\n".join(log).encode()))
                continue
            with lock:
                asked[path] += 1
                count = asked[path]
                log.append(
                    f"{line[0]} {path} {headers.get('if-none-match', '-')} "
                    f"{headers.get('webhook-id', '-')} {headers.get('webhook-timestamp', '-')} "
                    f"{headers.get('webhook-signature', '-')} {body.decode('latin-1')}"
                )
            if path.startswith("/directory/"):
                connection.sendall(directory(path, count, headers))
                continue
            if path.startswith("/hook/"):
                failing = path.startswith("/hook/failing-once/") and count == 1
                connection.sendall(answer(500 if failing else 204))
                continue
            if path.startswith("/oai/"):
                connection.sendall(answer(200, repository(path, count)))
                continue
            parts = path.strip("/").split("/")
            always = parts[0] == "always" and len(parts) > 1
            way = parts[1] if always else parts[0]
            if not always and count == 1 and way != "good":
                connection.sendall(answer(200, GOOD, ETag='"first"'))
            elif not behave(way, count, path, headers, connection):
                break
    except OSError:
        pass
    finally:
        try:
            connection.close()
        except OSError:
            pass


def listen(context=None):
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)

    def accept():
        while True:
            connection, _ = listener.accept()

            def run(connection=connection):
                if context:
                    try:
                        connection.settimeout(20)
                        connection = context.wrap_socket(connection, server_side=True)
                    except OSError:
                        return
                serve(connection)

            threading.Thread(target=run, daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return listener.getsockname()[1]


if __name__ == "__main__":
    own_port = listen()
    tls = 0
    if len(sys.argv) > 1:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[1])
        tls = listen(context)
    print(own_port, tls, flush=True)
    sys.stdin.read()
