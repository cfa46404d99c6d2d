"""What answers a browser on this machine."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

from generator.serve.preview import Answer, Preview

NEWER = "proekt-preview"
"""Where a page asks whether there is something newer; the answer waits until there is."""
PATIENCE = 25.0
"""Seconds after which a page asks again: a browser gives up on an answer that takes a minute."""


@contextmanager
def open_server(preview: Preview, address: tuple[str, int]) -> Iterator[ThreadingHTTPServer]:
    """Yield a server of the preview that listens already; raises OSError for a port that is taken."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET

    class Handler(_Handler):
        shown = preview

    with Server(address, Handler) as server:
        yield server


class _Handler(BaseHTTPRequestHandler):
    shown: Preview
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:  # the base class calls it so
        asked = urlsplit(self.path)
        folder = self.shown.folder
        path = unquote(asked.path)
        if not path.startswith(folder):
            self._lead(folder)
            return
        name = path.removeprefix(folder)
        if name == NEWER:
            since = int("0" + "".join(filter(str.isdigit, parse_qs(asked.query).get("version", ["0"])[0])))
            newest = self.shown.wait_for_newer(since, PATIENCE)
            self._send(Answer(HTTPStatus.OK, "text/plain; charset=utf-8", str(newest).encode()))
            return
        answer = self.shown.answer(name)
        is_folder = answer.status == HTTPStatus.NOT_FOUND and name and not name.endswith("/")
        if is_folder and self.shown.answer(f"{name}/").status == HTTPStatus.OK:
            self._lead(f"{asked.path}/")
            return
        self._send(answer)

    do_HEAD = do_GET  # noqa: N815  # likewise

    def _lead(self, path: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", path)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.type)
        self.send_header("Content-Length", str(len(answer.content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.content)

    def log_message(self, format: str, *args: object) -> None:  # the base class names it so
        """Say nothing of each request: what an editor should read would drown."""
