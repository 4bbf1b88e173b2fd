"""The site on this machine, made again at each change: watch, rebuild in a fresh process, serve, and tell the open pages.
The only module that knows watchdog.
"""

from __future__ import annotations

import functools
import http.server
import subprocess
import sys
import threading
import time
from pathlib import Path

import click
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from generator.diagnostics.wording import reason
from generator.layout import CONTENT, PACKAGES, SETTINGS, SITE
from generator.text.interface import say

WATCHED = (CONTENT, PACKAGES, "generator", SETTINGS)
QUIET = 0.3  # seconds without a change before rebuilding

_RELOAD = b"""let v;setInterval(async()=>{try{const t=await(await fetch("/__version")).text();if(v&&t!==v)location.reload();v=t}catch{}},1000);"""


class _State:
    """What the server and the watcher share: when something last changed, and which build is shown."""

    def __init__(self) -> None:
        self.changed = threading.Event()
        self.version = 0


class _Watcher(FileSystemEventHandler):
    def __init__(self, state: _State) -> None:
        self.state = state

    def on_any_event(self, event: FileSystemEvent) -> None:
        path = str(event.src_path)
        if event.event_type in ("created", "modified", "moved", "deleted") and "__pycache__" not in path:
            self.state.changed.set()


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the site; adds to each HTML page a script that reloads it after a build (never written to disk)."""

    def __init__(self, *arguments: object, state: _State, **options: object) -> None:
        self.state = state
        super().__init__(*arguments, **options)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        if self.path in ("/__version", "/__rechargement.js"):
            body = _RELOAD if self.path.endswith(".js") else str(self.state.version).encode()
            self._send(200, "text/javascript" if self.path.endswith(".js") else "text/plain", body)
            return
        file = Path(self.translate_path(self.path))
        if file.is_dir() and self.path.split("?")[0].endswith("/"):
            file = file / "index.html"
        if file.suffix == ".html" and file.is_file():
            self._send(200, "text/html; charset=utf-8", _with_reload(file.read_bytes()))
        elif file.exists():
            super().do_GET()
        else:
            missing = Path(self.directory) / "404.html"
            body = _with_reload(missing.read_bytes()) if missing.is_file() else say("Pas encore de site.").encode()
            self._send(404, "text/html; charset=utf-8", body)

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing of each request."""


def _with_reload(page: bytes) -> bytes:
    return page.replace(b"</body>", b'<script src="/__rechargement.js"></script></body>')


def serve(root: Path, engine: str, port: int) -> int:
    """Build, serve on 127.0.0.1 and rebuild until interrupted. A failed build leaves the previous site shown."""
    state = _State()
    handler = functools.partial(_Handler, directory=str((root / SITE).resolve()), state=state)
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        message = "Le port {port} ne peut pas être ouvert ({reason}). Choisissez-en un autre avec --port."
        click.echo(say(message, port=port, reason=reason(error)), err=True)
        return 2
    observer = Observer()
    for name in WATCHED:
        path = root / name
        if path.exists():
            observer.schedule(_Watcher(state), str(path), recursive=path.is_dir())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    observer.start()
    click.echo(say("Le site est sur http://127.0.0.1:{port}/ (Ctrl-C pour arrêter).", port=server.server_port))
    try:
        while True:
            state.changed.clear()
            _rebuild(root, engine, state)
            state.changed.wait()
            while state.changed.is_set():  # an editor writes several times
                state.changed.clear()
                time.sleep(QUIET)
    except KeyboardInterrupt:
        return 0
    finally:
        observer.stop()
        server.shutdown()


def _rebuild(root: Path, engine: str, state: _State) -> None:
    """Build in a fresh process, so that changes of templates and code count; Frictionless waits for a real build."""
    command = [sys.executable, "-m", "generator", "build", "-C", str(root), "--engine", engine, "--sans-frictionless"]
    if subprocess.run(command, check=False).returncode == 0:
        state.version += 1
