"""A publication that lasts: the stages of a build, in a process that keeps what each made and what it read for it. After an edit each
makes again what the edit touches: first what a reader sees of it, then what is told of many rows, packages, images and search. What
cannot be narrowed is made whole, and said.
"""

from __future__ import annotations

import gc
import hashlib
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import process_time

from generator.catalogue.difference import NOTHING, difference
from generator.catalogue.explored import browsed
from generator.catalogue.project import Done, Project
from generator.commands.check import checked_project
from generator.commands.making import pipeline, shares
from generator.commands.making.lasting import Lasting
from generator.commands.making.narrow import Narrow, Paused
from generator.commands.making.tree import linked
from generator.contracts.hosting import hosted
from generator.diagnostics.finding import Diagnostic, sort
from generator.documents.keeping import Kept as Documents
from generator.layout import BUILD, GUIDES, MACHINE, SITE, TEMPLATES, theme
from generator.pages.templates import misread
from generator.site import publication
from generator.site.published import refuse
from generator.site.workshop import WORKSHOP
from generator.text.interface import Sentence, count, say, sentence
from generator.writing import entries

PLACE = "direct"  # in the working folder: what lasts from one round to the next
Tell = Callable[[Sequence[str]], None]


@dataclass(frozen=True, slots=True)
class Watch:
    """Who follows a round: told of the pages that are `seen`, their addresses, as soon as they are; of the stages that are `done`; of how
    many packages and pages a `whole` site has; of where a stage is (`at`: which, how many are made, among how many); and asked whether
    it is to stop where it can be taken up again (`pause`).
    """

    seen: Tell = lambda pages: None
    done: Done = lambda stage, counts: None
    whole: Callable[[int, int], None] = lambda packages, pages: None
    at: shares.Going = shares.quiet
    pause: Callable[[], bool] = lambda: False


@dataclass(frozen=True, slots=True)
class Round:
    """What a round found and made: whether it is faulty (then nothing was published), the files of the site that show the edit, what was
    made whole and why, the CPU seconds of each stage; whether the rest is left for the next round.
    """

    diagnostics: tuple[Diagnostic, ...]
    faulty: bool = False
    seen: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    spent: dict[str, float] = field(default_factory=dict)
    unfinished: bool = False


NOBODY = Watch()
CHECKED, SEEN, INDEXED = sentence("contrôle"), sentence("vu"), sentence("indexé")  # the stages of a round


class Spent:
    """The CPU seconds of stages, as each ends."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = process_time()

    def passed(self, stage: Sentence, beside: float = 0.0) -> None:
        """A stage ends, for which another process took so much."""
        now = process_time()
        self.seconds[stage.key] = self.seconds.get(stage.key, 0.0) + now - self._last + beside
        self._last = now


@dataclass(frozen=True, slots=True)
class _State:
    """What was published last: the project, the prints of what decides of all and of the templates, the reference date, and what lasts."""

    project: Project
    known: bytes
    templates: bytes
    date: str
    lasting: Lasting


class Session:
    """The publication of the project at `root` by an engine; `date` as in `pipeline.build`. To be closed."""

    def __init__(self, root: Path, engine: str, *, date: str = "", watch: Watch = NOBODY) -> None:
        self.root, self.engine, self.date, self.watch = root, engine, date, watch
        self.documents = Documents()
        self._state: _State | None = None
        self._left = NOTHING  # what differed in the readings since then, of which some pages are made
        self._lasting: Lasting | None = None

    def close(self) -> None:
        """End what runs beside."""
        if self._lasting is not None:
            self._lasting.close()
        self._lasting = self._state = None

    def read(self) -> Project:
        """The project as it is, checked: files that have not changed since the last reading are not parsed again."""
        self.documents = Documents(self.documents)
        return checked_project(self.root, hosted=hosted(os.environ), keep=self.documents)

    def round(self, project: Project | None = None) -> Round:
        """Bring what is published up to date with the project as it is, which may be read already."""
        collecting, spent = gc.isenabled(), Spent()
        gc.disable()  # what a round leaves is collected when nobody waits
        try:
            return self._round(project, spent)
        finally:
            if collecting:
                gc.enable()

    def _round(self, project: Project | None, spent: Spent) -> Round:
        if project is None:
            project = self.read()
            spent.passed(CHECKED)
        if project.faulty:
            return Round(project.diagnostics, faulty=True, spent=spent.seconds)
        try:
            with publication.Staging(self.root) as staging:
                return self._brought(project, staging, spent)
        except pipeline.Refused as refused:
            self.close()
            return _refused(project, refused, spent)
        except BaseException:
            self.close()  # what lasts may be half made
            raise

    def _brought(self, project: Project, staging: Path, spent: Spent) -> Round:
        refuse(self.root)
        known, templates = deciding(self.root)
        date = self.date or pipeline.dated(project)
        old = self._state
        why = _why(old, project, known, date)
        if old is None or why:
            lasting, whole = self._whole(project, staging, date), [why]
            seen: tuple[str, ...] = ()
            self.watch.seen(())
            spent.passed(SEEN, lasting.beside())
        else:
            changed = difference(old.project.catalogue, project.catalogue).and_also(self._left)
            lasting, made = old.lasting, Narrow(changed, project, date, old.lasting, self.watch.pause)
            try:
                seen, whole = made.seen(all_pages=old.templates != templates), made.whole
            except pipeline.Refused as refused:
                if made.broken:
                    raise
                return _refused(project, refused, spent)  # what lasts is as it was
            self.watch.seen(made.addresses(seen))
            if made.round.unknown:
                kinds, pages = ", ".join(sorted(made.round.likeness.unlike)), count(made.round.unknown, "page")
                whole.append(say("{kinds} ne se compare pas : {pages} de plus à refaire", kinds=kinds, pages=pages))
            spent.passed(SEEN, lasting.beside())
            self.watch.done(str(SEEN), count(len(seen), "page"))
            try:
                made.rest()
            except Paused:  # the next round starts from the same reading as this one
                self._left = changed
                return Round(project.diagnostics, seen=seen, whole=tuple(whole), spent=spent.seconds, unfinished=True)
            spent.passed(INDEXED, lasting.beside())
            self.watch.done(str(INDEXED), count(len(made.again), "autre page", "autres pages"))
        self._state, self._left = _State(project, known, templates, date, lasting), NOTHING
        return Round(project.diagnostics, seen=seen, whole=tuple(whole), spent=spent.seconds)

    def _whole(self, project: Project, staging: Path, date: str) -> Lasting:
        """All stages, from nothing."""
        self.close()
        place = self.root / WORKSHOP / PLACE
        if place.is_symlink():
            place.unlink()
        shutil.rmtree(place, ignore_errors=True)
        lasting = self._lasting = Lasting(place, self.engine, self.watch.at)
        if wrong := tuple(misread(project.root, project.templates)):
            raise pipeline.Refused(wrong)
        try:
            made = pipeline.make(project, place, self.engine, date, self.watch.done, validate=False, way=lasting)
            lasting.made(project, made, date)
            for name in (BUILD, SITE):
                linked(place / name, staging / name)
        except KeyboardInterrupt as stopped:
            stopped.add_note(say("rien n’a été remplacé"))
            raise
        with publication.replaced(self.root):
            publication.publish(staging)
        self.watch.whole(len(made.built), made.count)
        return lasting


def _refused(project: Project, refused: pipeline.Refused, spent: Spent) -> Round:
    return Round(tuple(sort([*project.diagnostics, *refused.diagnostics])), faulty=True, spent=spent.seconds)


def deciding(root: Path) -> tuple[bytes, bytes]:
    """The prints of what decides of all that a project publishes (its settings, its contracts, the theme, the guides), and of the templates
    of pages, which decide of these alone.
    """
    found, templates = map(hashlib.sha256, shares.contracts(root))
    for folder, into in ((theme(root), found), (MACHINE / GUIDES, found), (TEMPLATES, templates)):
        for path, _ in entries(folder):  # many, and seldom changed
            known = (folder / path).lstat()
            into.update(f"\n{path} {known.st_mtime_ns} {known.st_size}".encode())
    return found.digest(), templates.digest()


def _why(old: _State | None, project: Project, known: bytes, date: str) -> str:
    """Why all is made from nothing, "" when it is not."""
    if old is None:
        return say("tout est fait une première fois")
    if old.known != known:
        return say("les réglages, un contrat ou le thème ont changé : tout est refait")
    if old.date != date:
        return say("la date de référence a changé : tout est refait")
    if browsed(old.project.catalogue) != browsed(project.catalogue):
        return say("une première page où parcourir une table est apparue, ou la dernière est partie : tout est refait")
    return ""
