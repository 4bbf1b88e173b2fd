"""The site on this machine: watch the project, and at each change check it here, tell the open pages, then make the site again in a
fresh process. The only module that knows watchdog.
"""

from __future__ import annotations

import threading
from pathlib import Path

import click
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from generator.commands.making.rounds import Changes, Rounds
from generator.commands.signals import Stopped
from generator.contracts.settings import read_settings
from generator.diagnostics.wording import reason
from generator.layout import CONTENT, PACKAGES, SETTINGS
from generator.site.board import Board
from generator.site.serving import Server
from generator.text.interface import say

WATCHED = (CONTENT, PACKAGES, "generator", SETTINGS)
QUIET = 0.1  # seconds without a change before a check: an editor writes several times


class _Watcher(FileSystemEventHandler):
    def __init__(self, changes: Changes) -> None:
        self.changes = changes

    def on_any_event(self, event: FileSystemEvent) -> None:
        paths = [str(path) for path in (event.src_path, event.dest_path) if path and "__pycache__" not in str(path)]
        if event.event_type in ("created", "modified", "moved", "deleted") and paths:
            self.changes.note(*paths)


def watched(root: Path) -> list[Path]:
    """What is watched of a project, its large tables among it: no link, which could lead out of it."""
    names = filter(None, (*WATCHED, read_settings(root)[0].large_tables))
    return [path for name in names if (path := root / name).exists() and not path.is_symlink()]


def serve(root: Path, engine: str, port: int) -> int:
    """Check, build, serve on 127.0.0.1, and again at each change, until interrupted. What is faulty leaves the previous site
    shown.
    """
    board = Board()
    try:
        server = Server(root, board, port)
    except OSError as error:
        message = "Le port {port} ne peut pas être ouvert ({reason}). Choisissez-en un autre avec --port."
        click.echo(say(message, port=port, reason=reason(error)), err=True)
        return 2
    changes = Changes(QUIET)
    observer = Observer()
    for path in watched(root):
        observer.schedule(_Watcher(changes), str(path), recursive=path.is_dir())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    observer.start()
    click.echo(say("Le site est sur http://127.0.0.1:{port}/ (Ctrl-C pour arrêter).", port=server.server_port))
    try:
        Rounds(root, engine, board, changes).run()
    except Stopped as stopped:
        stopped.add_note(say("le serveur s’arrête"))
        raise
    except KeyboardInterrupt:
        return 0
    finally:
        observer.stop()
        server.shutdown()
        server.server_close()
