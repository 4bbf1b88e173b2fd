"""The rounds of `serve`: a check, its messages to the open pages and to the terminal; then, if there is no fault, what the edit touches
is made again, in this process, which keeps the rest. What changes meanwhile is checked at once.
"""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NoReturn

from generator.catalogue.project import Project
from generator.commands.build import Stages, made
from generator.commands.check import tell
from generator.commands.making.warm import Session
from generator.commands.making.watching import Round, Watch
from generator.commands.signals import later
from generator.diagnostics.finding import Diagnostic
from generator.diagnostics.panel import amounts, log, panel
from generator.diagnostics.reports import shown
from generator.layout import MACHINE
from generator.site.board import Board
from generator.site.failure import Failure
from generator.site.tools import run
from generator.text.interface import count, say

IDLE = 0.5  # seconds without a change before the memory is tidied


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

    def some(self) -> bool:
        """Whether something changed."""
        return self._some.is_set()

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
        self.faulty = False
        self.warnings = ""
        self.again = False  # whether what changed during a round is to be made as well
        self.stages = Stages()
        watch = Watch(self._seen, self.stages, self._whole, self._at, looked=board.looked, pause=changes.some)
        self.session = Session(root, engine, watch=watch)

    def run(self) -> NoReturn:
        """Until interrupted."""
        try:
            while True:
                self.again = True
                while self.again:
                    self.again = False
                    self._round()
                if not self.changes.wait(IDLE):
                    with later():
                        gc.collect()  # of what the rounds left; not while somebody waits for one
                    gc.enable()
                    self.changes.wait()
        finally:
            self.session.close()

    def _round(self) -> None:
        """Check, and if there is no fault bring the site up to date."""
        gc.disable()
        self.changes.wait(0)  # what is read from here on is all that has changed
        self.stages.begin()
        project = self.check()
        if self.faulty:
            return
        self.board.tell("busy", say("Reconstruction…"))
        if project is None:
            self.session.close()
            self._elsewhere()
            return
        try:
            found = self.session.round(project)
        except Failure as failure:
            self._failed(shown(failure))
        except Exception:
            self._failed(traceback.format_exc())
        else:
            self._told(found)
        finally:
            self.stages.erase()

    def check(self) -> Project | None:
        """Check the project as it is now, and tell: the pages what was found, the terminal its faults. None when only a fresh process can
        say, as our code changed or is at fault.
        """
        self.board.tell("busy", say("Contrôle en cours…"))
        self.faulty, self.warnings = False, ""
        if self.changes.code:
            return None
        try:
            project = self.session.read()
        except Exception:
            traceback.print_exc()
            return None
        self._tell(project.diagnostics)
        self.stages(say("contrôle"), count(len(project.diagnostics), "message"))
        return project

    def _tell(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.faulty = any(each.severity == "erreur" for each in diagnostics)
        errors, self.warnings = amounts(diagnostics)
        self.board.tell("fault" if errors else "", errors, panel(diagnostics, self.root))
        if errors:
            tell(diagnostics, "text", self.root)

    # --- A round, as it goes -------------------------------------------------------------------------------------------------

    def _seen(self, pages: Sequence[str], files: Collection[str] | None) -> None:
        """The pages of an edit are published: those that are open show it."""
        self.board.published(files)
        self.board.tell("" if self.faulty else "busy", "", pages=pages)

    def _whole(self, packages: int, pages: int) -> None:
        """A whole site is published."""
        print(made(packages, pages, self.engine), flush=True)

    def _at(self, stage: str, made: int, among: int) -> None:
        """What changes during a stage is checked at once."""
        self.stages.at(stage, made, among)
        if self.changes.some() and self.changes.wait(0):
            self.again = True
            self.check()
            if not self.faulty:
                self.board.tell("busy", say("Reconstruction…"))

    def _told(self, found: Round) -> None:
        """Tell how a round ended."""
        if found.faulty:
            self._tell(found.diagnostics)
            return
        for sentence in found.whole:
            print(f"  {sentence}", file=sys.stderr, flush=True)
        if found.unfinished:
            self.again = True
            return
        calm = say("À jour, {warnings}", warnings=self.warnings) if self.warnings else say("À jour")
        if not self.faulty:
            self.board.tell("warning" if self.warnings else "calm", calm)

    def _failed(self, said: str) -> None:
        if not self.faulty:
            print(said, file=sys.stderr, flush=True)
            title = say("La reconstruction a échoué")
            self.board.tell("fault", title, log(f"{title}.", said))

    def _elsewhere(self) -> None:
        """Make the site in a fresh process: this one runs the old code. Frictionless waits for a real build."""
        command = (sys.executable, "-m", "generator", "build", "-C", str(self.root), "--engine", self.engine)
        done = run((*command, "--sans-frictionless"), subprocess.STDOUT)
        print(done.stdout, end="", flush=True)
        if done.returncode == 0:
            self._seen((), None)
            self.board.tell("calm", say("À jour"))
        else:
            self._failed(done.stdout or say("Le terminal dit pourquoi."))
