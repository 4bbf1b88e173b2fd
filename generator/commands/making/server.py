"""The site on this machine, made again at each change: watch, rebuild in a fresh process, serve, and tell the open pages.
The only module that knows watchdog.
"""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import click
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from generator.commands.signals import Stopped
from generator.diagnostics.wording import reason
from generator.layout import CONTENT, PACKAGES, SETTINGS
from generator.site.serving import Server, Version
from generator.site.tools import end, started
from generator.text.interface import say

WATCHED = (CONTENT, PACKAGES, "generator", SETTINGS)
QUIET = 0.3  # seconds without a change before rebuilding
PATIENCE = 5.0  # seconds given to a build that is asked to stop


class _Watcher(FileSystemEventHandler):
    def __init__(self, changed: threading.Event) -> None:
        self.changed = changed

    def on_any_event(self, event: FileSystemEvent) -> None:
        path = str(event.src_path)
        if event.event_type in ("created", "modified", "moved", "deleted") and "__pycache__" not in path:
            self.changed.set()


def watched(root: Path) -> list[Path]:
    """What is watched of a project: no link, which could lead out of it."""
    return [path for name in WATCHED if (path := root / name).exists() and not path.is_symlink()]


def serve(root: Path, engine: str, port: int) -> int:
    """Build, serve on 127.0.0.1 and rebuild until interrupted. A failed build leaves the previous site shown."""
    changed, version = threading.Event(), Version()
    try:
        server = Server(root, version, port)
    except OSError as error:
        message = "Le port {port} ne peut pas être ouvert ({reason}). Choisissez-en un autre avec --port."
        click.echo(say(message, port=port, reason=reason(error)), err=True)
        return 2
    observer = Observer()
    for path in watched(root):
        observer.schedule(_Watcher(changed), str(path), recursive=path.is_dir())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    observer.start()
    click.echo(say("Le site est sur http://127.0.0.1:{port}/ (Ctrl-C pour arrêter).", port=server.server_port))
    try:
        while True:
            changed.clear()
            version.number += _rebuild(root, engine)
            changed.wait()
            while changed.is_set():  # an editor writes several times
                changed.clear()
                time.sleep(QUIET)
    except Stopped as stopped:
        stopped.add_note(say("le serveur s’arrête"))
        raise
    except KeyboardInterrupt:
        return 0
    finally:
        observer.stop()
        server.shutdown()
        server.server_close()


def _rebuild(root: Path, engine: str) -> bool:
    """Build in a fresh process, so that changes of templates and code count; Frictionless waits for a real build. Whether
    the site was made.
    """
    command = [sys.executable, "-m", "generator", "build", "-C", str(root), "--engine", engine, "--sans-frictionless"]
    with started(command) as process:
        try:
            return process.wait() == 0
        except KeyboardInterrupt:
            end(process, signal.SIGTERM)  # it says so, and leaves in order
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(PATIENCE)
            raise
