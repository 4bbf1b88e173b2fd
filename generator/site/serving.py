"""What `serve` answers: the files of `site/` and nothing else, to this machine and nobody else.

A page of another site can make a browser ask here under a name of its own (DNS rebinding): only the names of this machine are
answered. Single ranges of bytes are known (RFC 9110, section 14); only GET and HEAD are served.
"""

from __future__ import annotations

import http.server
import io
import mimetypes
import os
import re
import stat
import sys
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote, unquote_to_bytes

from generator.layout import SITE
from generator.site.board import NO_SITE, ONLY_OURS, PARTS, STATE, Board
from generator.text.interface import Sentence, sentence
from generator.text.language import spoken
from generator.writing import SAFE, OutsideError, inside

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")

_CALL = b'<script src="/__panneau.js"></script></body>'
_HTML = "text/html; charset=utf-8"
_TEXT = "text/plain; charset=utf-8"
_SPAN = re.compile(r"bytes=([0-9]*)-([0-9]*)", re.ASCII)
_CHUNK = 1 << 16

_SAID: dict[int, Sentence] = {
    HTTPStatus.BAD_REQUEST: sentence("Cette demande ne se lit pas."),
    HTTPStatus.NOT_FOUND: sentence("Pas encore de site."),
    HTTPStatus.METHOD_NOT_ALLOWED: sentence("Seuls GET et HEAD sont servis."),
    HTTPStatus.REQUEST_URI_TOO_LONG: sentence("Cette adresse est trop longue."),
    HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE: sentence("Ce fichier n’a pas ces octets."),
    HTTPStatus.MISDIRECTED_REQUEST: sentence(
        "Ce serveur ne répond qu’aux adresses de cette machine : localhost et 127.0.0.1."
    ),
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: sentence("Les en-têtes de cette demande sont trop longs."),
    HTTPStatus.HTTP_VERSION_NOT_SUPPORTED: sentence("Cette version de HTTP n’est pas servie."),
}


class Server(http.server.ThreadingHTTPServer):
    """Serves a project on this machine; a client that goes away or is too slow is no event."""

    daemon_threads = True

    def __init__(self, root: Path, board: Board, port: int) -> None:
        self.root, self.board = root, board
        super().__init__((LOOPBACK[0], port), Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say what is a fault of ours; nothing of a lost connection."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers one request; adds to each HTML page the script of the panel (never written to disk)."""

    server: Server
    timeout = 30
    default_request_version = "HTTP/1.0"  # an answer always has its status, however odd the request

    def do_GET(self) -> None:
        """Send what is asked for."""
        path, _, query = self.path.partition("?")
        if not is_local(self.headers.get_all("Host") or [], self.server.server_port):
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
        elif path.startswith(STATE):
            told = self.server.board.since(query, asked(path.removeprefix(STATE)) or "")
            status = HTTPStatus.OK if told else HTTPStatus.NO_CONTENT
            self._send(status, "application/json", io.BytesIO(told), len(told), ONLY_OURS)
        elif path in PARTS:
            kind, part = PARTS[path]
            data = part.read_bytes()
            self._send(HTTPStatus.OK, kind, io.BytesIO(data), len(data), ONLY_OURS)
        else:
            self._send_file(asked(self.path))

    do_HEAD = do_GET

    def _send_file(self, path: str | None) -> None:
        """Send a file of the site, or the page for what is missing."""
        place = _place(self.server.root, path) if path is not None else None
        if place is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        if place.is_dir():
            self._send(HTTPStatus.MOVED_PERMANENTLY, _TEXT, io.BytesIO(), 0, {"Location": quote(f"/{path}/")})
            return
        stream = _opened(place)
        if stream is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        with stream:
            found = os.fstat(stream.fileno())
            kind, body, size = _shown(str(place), stream, found.st_size)
            tag = f'"{found.st_mtime_ns:x}-{size:x}"'
            headers = {
                "ETag": tag,
                "Last-Modified": self.date_time_string(int(found.st_mtime)),
                "Accept-Ranges": "bytes",
            }
            wanted = self.headers.get("Range", "") if self.command == "GET" else ""
            if self.headers.get("If-Range", tag) not in (tag, headers["Last-Modified"]):
                wanted = ""
            self._send_span(kind, body, size, wanted, headers)

    def _send_span(self, kind: str, body: BinaryIO, size: int, wanted: str, headers: Mapping[str, str]) -> None:
        """Send the wanted bytes, or all of them."""
        try:
            found = span(wanted, size)
        except ValueError:
            self.send_error(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers={"Content-Range": f"bytes */{size}"})
            return
        if found is None:
            self._send(HTTPStatus.OK, kind, body, size, headers)
            return
        start, end = found
        body.seek(start)
        more = {**headers, "Content-Range": f"bytes {start}-{end - 1}/{size}"}
        self._send(HTTPStatus.PARTIAL_CONTENT, kind, body, end - start, more)

    def send_error(
        self,
        code: int,
        message: str | None = None,
        explain: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Refuse, in a sentence; what is missing has the site's own page. The standard library calls this too."""
        more = dict(headers or {})
        if code == HTTPStatus.NOT_IMPLEMENTED:  # what it says of a method without a function
            code, more["Allow"] = HTTPStatus.METHOD_NOT_ALLOWED, "GET, HEAD"
        self.close_connection = True
        said = str(_SAID.get(code, _SAID[HTTPStatus.BAD_REQUEST]))
        body, kind = said.encode(), _TEXT
        if code == HTTPStatus.NOT_FOUND:
            page = _opened(_place(self.server.root, "404.html"))
            body, kind = NO_SITE.format(said=said, language=spoken()).encode(), _HTML
            if page is None:
                more |= ONLY_OURS
            else:
                with page:
                    body = page.read()
            body = body.replace(b"</body>", _CALL)
        self._send(code, kind, io.BytesIO(body), len(body), more)

    def _send(
        self, status: int, kind: str, body: BinaryIO, size: int, headers: Mapping[str, str] | None = None
    ) -> None:
        self.send_response(status)
        more = {"Content-Type": kind, "Cache-Control": "no-store", "Content-Length": str(size), **(headers or {})}
        for name, value in more.items():
            self.send_header(name, value)
        self.end_headers()
        while size and self.command != "HEAD" and (chunk := body.read(min(size, _CHUNK))):
            self.wfile.write(chunk)
            size -= len(chunk)

    def version_string(self) -> str:
        """Which server this is: its name is enough."""
        return "generator"

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing of each request."""


def is_local(hosts: list[str], port: int) -> bool:
    """Whether a request, by its Host lines, was made to this machine by one of its own names."""
    if len(hosts) != 1:
        return False
    name, colon, number = hosts[0].strip().lower().rpartition(":")
    if not colon or hosts[0].strip().endswith("]"):  # no port: that of HTTP
        name, number = hosts[0].strip().lower(), "80"
    return name in LOOPBACK and number == str(port)


def asked(target: str) -> str | None:
    """`/a%C3%A9/?q` → `aé/index.html`; None for what is no path of a site."""
    try:
        path = unquote_to_bytes(target.partition("?")[0].partition("#")[0].encode("latin-1")).decode("utf-8")
    except UnicodeError:
        return None
    if not path.startswith("/"):
        return None
    return f"{path[1:]}index.html" if path.endswith("/") else path[1:]


def span(wanted: str, size: int) -> tuple[int, int] | None:
    """The bytes that a Range asks for, from the first to before the last; None for all. ValueError when there are none."""
    found = _SPAN.fullmatch(wanted.strip())
    if found is None or not (found[1] or found[2]):  # several ranges, or something else: all may be sent
        return None
    if not found[1]:
        start, end = max(0, size - int(found[2])), size
    else:
        start, end = int(found[1]), min(size, int(found[2]) + 1) if found[2] else size
        if found[2] and int(found[2]) < int(found[1]):
            return None
    if start >= end:
        raise ValueError(wanted)
    return start, end


def _place(root: Path, path: str) -> Path | None:
    """Where a path of the site is; None when there is nothing, or when a link is on the way."""
    try:
        place = inside(root, f"{SITE}/{path}")
        place.lstat()
    except (OutsideError, OSError):
        return None
    return place


def _opened(place: Path | None) -> BinaryIO | None:
    """An ordinary file, open."""
    if place is None:
        return None
    try:
        descriptor = os.open(place, os.O_RDONLY | SAFE)
    except OSError:
        return None
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return os.fdopen(descriptor, "rb")
    os.close(descriptor)
    return None


def _shown(name: str, stream: BinaryIO, size: int) -> tuple[str, BinaryIO, int]:
    """What is sent of a file: its kind, its bytes, how many; a page with what reloads it."""
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if kind == "text/html":
        page = stream.read().replace(b"</body>", _CALL)
        return _HTML, io.BytesIO(page), len(page)
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind, stream, size
