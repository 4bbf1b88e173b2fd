"""Lighthouse, on the site served as a host does (compressed, kept by the browser): four scores for each kind of page."""

from __future__ import annotations

import functools
import gzip
import http.server
import json
import socket
import statistics
import subprocess
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser import FLAGS, Server, executable
from tests.clients.programs import node_program
from tests.readers.places import LOST, Place
from tests.readers.visiting import Report, Window

COMPLETS = Path(__file__).resolve().parent.parent / "complets"
SCRIPT = COMPLETS / "lighthouse.mjs"
RUNS = 5
ASKED = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
_TEXTS = ("text/", "application/json", "application/javascript", "image/svg")


class _Host(http.server.SimpleHTTPRequestHandler):
    """A host of static files that compresses texts and lets them be kept."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        kind, body = self.guess_type(str(path)), path.read_bytes()
        self.send_response(200)
        if kind.startswith(_TEXTS):
            body = gzip.compress(body, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Cache-Control", "max-age=31536000")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def hosted(folder: Path) -> Iterator[str]:
    """A folder served as a host does; gives the address of its root."""
    server = Server(("127.0.0.1", 0), functools.partial(_Host, directory=str(folder)))  # type: ignore[arg-type]
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def listening() -> Iterator[int]:
    """A Chromium that listens to a port, with a profile of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="lighthouse-", ignore_cleanup_errors=True) as profile:
        command = [
            executable() or "chromium",
            *FLAGS,
            "--headless=new",
            f"--remote-debugging-port={port}",
            f"--user-data-dir={profile}",
        ]
        chromium = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            _wait(port)
            yield port
        finally:
            chromium.terminate()
            chromium.wait(30)


def _wait(port: int) -> None:
    for _ in range(200):
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("Chromium n’écoute pas : Lighthouse ne peut pas être lancé.")


def scores(site: Path, addresses: Iterable[str], runs: int = RUNS) -> Iterator[tuple[str, dict[str, int], list[str]]]:
    """(address, scores, audits missed) of each run, as it ends."""
    if not (COMPLETS / "node_modules" / "lighthouse").is_dir():
        raise SystemExit("Lighthouse est absent : python -m tests.complets.prepare l’installe.")
    with hosted(site) as root, listening() as port:
        command = [str(node_program()), str(SCRIPT), str(port), str(runs), *(root + address for address in addresses)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as running:
            for line in running.stdout or ():
                told = json.loads(line)
                yield told["url"].removeprefix(root), told["scores"], told["missed"]


def measure(window: Window, places: Iterable[Place], runs: int = RUNS) -> Report:
    """The medians of each place, and what they miss. The page for missing addresses is not one that a search engine should keep."""
    found: dict[str, list[dict[str, int]]] = defaultdict(list)
    missed: dict[str, set[str]] = defaultdict(set)
    for address, told, audits in scores(
        window.site, [place.address for place in places if place.address != LOST], runs
    ):
        found[address].append(told)
        missed[address] |= set(audits)
    lines, faults = [], 0
    for address, every in found.items():
        middle = {name: round(statistics.median(told[name] for told in every)) for name in ASKED}
        low = any(middle[name] < least for name, least in ASKED.items())
        faults += low
        lines.append(
            f"{' '.join(f'{name} {value}' for name, value in middle.items())} /{address} {' '.join(sorted(missed[address]))}".rstrip()
        )
    return Report(
        "Lighthouse", (f"{len(found)} pages, {runs} passages, {faults} sous ce qui est demandé", *lines), not faults
    )
