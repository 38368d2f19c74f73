#!/usr/bin/env python3
"""An example career site: the files beside this one, and a proxy that keeps the key of the API on the server.

ROLECALL_URL=http://127.0.0.1:8000 ROLECALL_KEY=rs_... python3 serve.py 8080
"""

import os
import re
import sys
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

API = os.environ["ROLECALL_URL"].rstrip("/") + "/api/v1"
SITE = Path(__file__).parent / "site"
OPEN = re.compile(r"GET /vacancies(/[a-z0-9-]+)?(\?.*)?|POST /applications")  # what visitors may ask for, and no more
LARGEST = 30_000_000  # bytes of an application with its documents


class Site(SimpleHTTPRequestHandler):
    """GET and POST below /api go on to Rolecall with the key; all else is a file."""

    def do_GET(self) -> None:
        self.forward() if self.path.startswith("/api/") else super().do_GET()

    def do_POST(self) -> None:
        size = int(self.headers.get("Content-Length") or 0)
        self.send_error(413) if size > LARGEST else self.forward(self.rfile.read(size))

    def forward(self, body: bytes | None = None) -> None:
        path = self.path.removeprefix("/api")
        if not OPEN.fullmatch(f"{self.command} {path}"):
            self.send_error(404)
            return
        headers = {"Authorization": f"Bearer {os.environ['ROLECALL_KEY']}", "Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = self.headers.get("Content-Type", "")
        try:
            answer = urlopen(Request(API + path, data=body, headers=headers, method=self.command), timeout=30)
        except HTTPError as error:
            answer = error  # it has a status and a body as any other answer
        except URLError:
            self.send_error(502)
            return
        content = answer.read()
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.headers.get("Content-Type", "application/json"))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


if __name__ == "__main__":
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8080
    handler = lambda *arguments: Site(*arguments, directory=str(SITE))  # noqa: E731 - as short as an example can be
    ThreadingHTTPServer(("127.0.0.1", port), handler).serve_forever()
