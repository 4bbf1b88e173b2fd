"""What is judged, and what judges it: a session that stays open, one that makes all again at each round, and the clean build."""

from __future__ import annotations

import gc
import multiprocessing
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Protocol

from generator.commands.check import checked_project
from generator.commands.making import pipeline, shares
from generator.diagnostics.finding import Diagnostic
from generator.site.store import Store
from tests.edits.judge import Clean, copied

DATE = "2026-01-02"
WARM, WHOLE = "chaude", "entiere"
CHECKED, SEEN, EVERYWHERE, INDEXED = "contrôle", "vu", "vu partout", "indexé"


class Round(Protocol):
    """What a round made: what was found; the files of the pages that changed; what was made whole, and why, in sentences; CPU
    seconds by stage.
    """

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]: ...
    @property
    def faulty(self) -> bool: ...
    @property
    def seen(self) -> tuple[str, ...]: ...
    @property
    def whole(self) -> tuple[str, ...]: ...
    @property
    def spent(self) -> Mapping[str, float]: ...


class Session(Protocol):
    """Brings what is published up to date with the project on the disk."""

    def round(self) -> Round:
        """Read, make, publish."""

    def close(self) -> None:
        """Give back what is held."""


Opened = Callable[[Path, str], Session]


def opened(name: str) -> Opened:
    """How a session of a kind is opened on a project, for an engine."""
    if name == WHOLE:
        return Whole
    from generator.commands.making.warm import Session as Warm
    from generator.commands.making.watching import Watch

    return lambda root, engine: Warm(
        root, engine, date=DATE, watch=Watch(looked=lambda: ("",))
    )  # the home page is open


@dataclass(frozen=True, slots=True)
class Made:
    """A round of a session that makes all again."""

    diagnostics: tuple[Diagnostic, ...]
    faulty: bool
    seen: tuple[str, ...]
    whole: tuple[str, ...]
    spent: Mapping[str, float]


class Whole:
    """A session that makes all again at each round, in this process: what the harness itself is tried with."""

    def __init__(self, root: Path, engine: str) -> None:
        self.root, self.engine = root, engine

    def round(self) -> Made:
        """Check and build."""
        started = time.process_time()
        project = checked_project(self.root)
        checked = time.process_time()
        result = pipeline.build(project, self.engine, DATE, lambda stage, counts: None, validate=False)
        spent = {CHECKED: checked - started, SEEN: time.process_time() - checked, INDEXED: 0.0}
        return Made(result.diagnostics, not result.pages, (), ("tout : rien n’est gardé",), spent)

    def close(self) -> None:
        """Nothing is held."""


class Reference:
    """Clean builds, each in a fresh process, of a fresh copy. Images alone, and the workbooks of pages, are taken from one to the next
    when what they are made from is the same: `cache` is their folder.
    """

    def __init__(self, place: Path, cache: Path, engine: str) -> None:
        self.place, self.cache, self.engine = place, cache, engine
        self.fresh = multiprocessing.get_context(
            "forkserver"
        )  # forks of a process that has read no project, only the guides
        self.fresh.set_forkserver_preload([__name__, "tests.edits.guides", "generator.site.engine"])

    def __call__(self, root: Path) -> Clean:
        """Build a copy of a project."""
        return self.begun(root)()

    def begun(self, root: Path) -> Callable[[], Clean]:
        """Copy a project and begin to build the copy, in another process; gives what waits for it."""
        copy = copied(root, self.place)
        receiver, sender = self.fresh.Pipe(duplex=False)
        process = self.fresh.Process(target=_clean, args=(copy, self.engine, self.cache, sender))
        process.start()
        sender.close()

        def ended() -> Clean:
            diagnostics, faulty = receiver.recv()  # EOFError: it failed, and told why
            process.join()
            return Clean(copy, diagnostics, faulty)

        return ended


def _clean(root: Path, engine: str, cache: Path, sender: Connection) -> None:
    gc.disable()  # as the command line does
    store = Store(cache)
    project = checked_project(root)
    way = shares.Way(store=store)
    result = pipeline.build(project, engine, DATE, lambda stage, counts: None, validate=False, way=way)
    store.close()
    sender.send((result.diagnostics, not result.pages))
