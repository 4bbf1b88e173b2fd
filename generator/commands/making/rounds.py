"""The rounds of `serve`: a check in this process, where the files that have not changed are not parsed again; its messages to the
open pages and to the terminal; then, if there is no fault, the site in a fresh process. What changes meanwhile is checked at once.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from generator.catalogue.project import Project
from generator.commands.check import checked_project, proven, tell
from generator.contracts.hosting import hosted
from generator.diagnostics.panel import amounts, log, panel
from generator.documents.keeping import Kept
from generator.layout import MACHINE
from generator.site.board import Board
from generator.site.tools import end, started
from generator.site.workshop import CACHE, WORKSHOP
from generator.text.interface import say

PATIENCE = 5.0  # seconds given to a build that is asked to stop
IDLE = 0.5  # seconds without a change before the memory is tidied
TICK = 0.1  # seconds between two looks at a build that runs


class Changes:
    """What changed in a project since it was last looked at; noted by one thread, waited for by another."""

    def __init__(self, quiet: float) -> None:
        self.quiet = quiet
        self.code = False  # whether a module of ours changed: this process runs the old one
        self._some = threading.Event()

    def note(self, *paths: str) -> None:
        """Files changed."""
        self.code = self.code or any(path.endswith(".py") and MACHINE in Path(path).resolve().parents for path in paths)
        self._some.set()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for a change, and until nothing more has changed for a while; False when none comes in so many seconds."""
        if not self._some.wait(seconds):
            return False
        while self._some.is_set():
            self._some.clear()
            time.sleep(self.quiet)
        return True


class Rounds:
    """The work of `serve`, in the main thread."""

    def __init__(self, root: Path, engine: str, board: Board, changes: Changes) -> None:
        self.root, self.engine, self.board, self.changes = root, engine, board, changes
        self.kept = Kept()
        self.project: Project | None = None  # by the last check, until its templates are proven
        self.faulty = False
        self.warnings = ""

    def run(self) -> NoReturn:
        """Until interrupted."""
        while True:
            wanted = self.check()
            while wanted:
                wanted = self.build()
            if not self.changes.wait(IDLE):
                gc.collect()  # of what the checks left; not while somebody waits for one
                gc.enable()
                self.changes.wait()

    def check(self) -> bool:
        """Check the project as it is now and tell; whether the site is to be made again."""
        self.board.tell("busy", say("Contrôle en cours…"))
        self.faulty, self.warnings = False, ""
        self.kept = Kept(self.kept)
        gc.disable()
        self.project = self._here(lambda: checked_project(self.root, hosted=hosted(os.environ), keep=self.kept))
        if self.project is not None:
            self._tell(self.project)
        return not self.faulty

    def _here(self, work: Callable[[], Project]) -> Project | None:
        """A project that is read in this process; None when only a fresh one can say, as our code changed or is at fault."""
        if self.changes.code:
            return None
        try:
            return work()
        except Exception:
            traceback.print_exc()
            return None

    def _tell(self, project: Project) -> None:
        """Tell the pages what was found, and the terminal if there are faults: else the build does."""
        self.faulty = project.faulty
        errors, self.warnings = amounts(project.diagnostics)
        report = panel(project.diagnostics, self.root)
        self.board.tell("fault" if errors else "", errors, report)
        if errors:
            tell(project.diagnostics, "text", self.root)

    def build(self) -> bool:
        """Make the site in a fresh process, so that changes of templates and code count; Frictionless waits for a real build.
        Whether what changed meanwhile is to be made as well.
        """
        self.board.tell("busy", say("Reconstruction…"))
        command = [sys.executable, "-m", "generator", "build", "-C", str(self.root), "--engine", self.engine]
        workshop = self.root / WORKSHOP
        if workshop.is_dir() and not workshop.is_symlink():  # from the second build on
            command += ["--cache", str(workshop / CACHE)]
        again = False
        with started([*command, "--sans-frictionless"], subprocess.PIPE) as process:
            said: list[str] = []
            reading = threading.Thread(target=lambda: said.append(process.stdout.read() if process.stdout else ""))
            reading.start()
            try:
                self._prove(process)
                while process.poll() is None:
                    if self.changes.wait(TICK):
                        again = self.check()
                        if again:
                            self.board.tell("busy", say("Reconstruction…"))
            except KeyboardInterrupt:
                end(process, signal.SIGTERM)  # it says so, and leaves in order
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(PATIENCE)
                raise
            reading.join()
            self._built(process.returncode == 0, said[0])
        return again

    def _prove(self, process: subprocess.Popen[str]) -> None:
        """Read what the templates of packages make, while the site is being made; if it is faulty, there is no need to go on."""
        project, self.project = self.project, None
        if project is None:
            return
        found = self._here(lambda: proven(project))
        if found is not None and found.faulty:
            self._tell(found)
            end(process, signal.SIGTERM)

    def _built(self, made: bool, said: str) -> None:
        """Tell how a build ended."""
        print(said, end="", flush=True)
        if made:
            calm = say("À jour, {warnings}", warnings=self.warnings) if self.warnings else say("À jour")
            kind = "warning" if self.warnings else "calm"
            self.board.tell(*(("", "") if self.faulty else (kind, calm)), built=True)
        elif not self.faulty:
            title = say("La reconstruction a échoué")
            self.board.tell("fault", title, log(f"{title}.", said or say("Le terminal dit pourquoi.")))
