#!/usr/bin/env python3
"""Speaks the table interface of OSRM, well or badly: /WAY/table/v1/PROFILE/LON,LAT;….

Prints its port and serves until its standard input ends. A time is 60 seconds for each hundredth of a
degree of latitude between two points, so that tests can reckon it.
"""

import http.server
import json
import sys
import threading
import time


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        way, _, _, _, rest = self.path[1:].split("/", 4)
        points, query = rest.split("?")
        points = [tuple(map(float, point.split(","))) for point in points.split(";")]
        options = dict(part.split("=") for part in query.split("&"))
        sources = [int(number) for number in options["sources"].split(";")]
        destinations = [int(number) for number in options["destinations"].split(";")]
        rows = [[round(abs(points[a][1] - points[b][1]) * 6000, 1) for b in destinations]
                for a in sources]
        status, body = 200, {"code": "Ok", "durations": rows}
        if way == "slow" or (way == "later" and rows[0][0] > 150):
            time.sleep(3)
        elif way == "status":
            status = 500
        elif way == "null":
            body["durations"] = [[None] * len(destinations)]
        elif way == "fewer":
            body["durations"] = [rows[0][:-1]]
        elif way == "norows":
            body["durations"] = []
        elif way == "negative":
            body["durations"] = [[-1] * len(destinations)]
        elif way == "code":
            body = {"code": "TooBig", "message": "too many coordinates"}
        elif way == "limit" and len(points) > 5:
            status, body = 400, {"code": "TooBig"}
        text = b"<html>" if way == "html" else json.dumps(body).encode()
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)
        except BrokenPipeError:
            pass

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
