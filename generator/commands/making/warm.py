"""A publication that lasts: the stages of a build, in a process that keeps what each made and what it read for it. After an edit each
makes again what the edit touches: first what a reader sees of it, then what is told of many rows, packages, images and search. What
cannot be narrowed is made whole, and said.
"""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Mapping as Map
from dataclasses import dataclass
from pathlib import Path

from generator.catalogue.declaring import TEMPLATE, declared
from generator.catalogue.difference import NOTHING, Difference, difference
from generator.catalogue.explored import browsed
from generator.catalogue.project import Project
from generator.commands.check import checked_project
from generator.commands.making import pipeline, shares
from generator.commands.making.lasting import Lasting
from generator.commands.making.narrow import Narrow, Paused
from generator.commands.making.tree import linked
from generator.commands.making.watching import CHECKED, EVERYWHERE, INDEXED, NOBODY, SEEN, Round, Spent, Watch
from generator.contracts.hosting import hosted
from generator.diagnostics.finding import sort
from generator.documents.keeping import Kept as Documents
from generator.layout import BUILD, SITE
from generator.pages.templates import misread
from generator.site import publication
from generator.site.published import refuse
from generator.site.workshop import WORKSHOP
from generator.text.interface import Sentence, count, say

PLACE = "direct"  # in the working folder: what lasts from one round to the next


@dataclass(frozen=True, slots=True)
class _Reading:
    """A project as it was read, with the prints of what decides of all and of each template, and its reference date."""

    project: Project
    known: bytes
    templates: Map[str, bytes]
    date: str

    def why(self, new: _Reading) -> str:
        """Why all of another is to be made from nothing; "" when it need not be."""
        ours, theirs = self.project.catalogue, new.project.catalogue
        if self.known != new.known:
            return say("le thème a changé : tout est refait")
        if self.date != new.date:
            return say("la date de référence a changé : tout est refait")
        if ours.tables.keys() != theirs.tables.keys() or self.templates.keys() != new.templates.keys():
            return say("une table ou un modèle est apparu, ou est parti : tout est refait")
        if browsed(ours) != browsed(theirs):
            return say(
                "une première page où parcourir une table est apparue, ou la dernière est partie : tout est refait"
            )
        return ""

    def since(self, old: _Reading) -> Difference | None:
        """What differs from another; None when that decides of other pages."""
        rows = difference(old.project.catalogue, self.project.catalogue)
        changed = declared(old.project, self.project, rows)
        others = (name for name, known in self.templates.items() if old.templates[name] != known)
        if changed is None:
            return None
        return changed._replace(facts=changed.facts.union((TEMPLATE, name) for name in others))


class Session:
    """The publication of the project at `root` by an engine; `date` as in `pipeline.build`. To be closed."""

    def __init__(self, root: Path, engine: str, *, date: str = "", watch: Watch = NOBODY) -> None:
        self.root, self.engine, self.date, self.watch = root, engine, date, watch
        self.documents = Documents()
        self._last: _Reading | None = None  # what was published last, of which `_lasting` keeps what was made
        self._left = NOTHING  # what differed in the readings since then, of which some pages are made
        self._lasting: Lasting | None = None

    def close(self) -> None:
        """End what runs beside."""
        if self._lasting is not None:
            self._lasting.close()
        self._lasting = self._last = None

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
        now = _Reading(
            project, shares.deciding(self.root), shares.templates(self.root), self.date or pipeline.dated(project)
        )
        why = say("tout est fait une première fois")
        if self._last is not None and self._lasting is not None:
            why = self._last.why(now)
            changed = now.since(self._last) if not why else None
            if changed is not None:
                changed = changed.and_also(self._left)
                try:
                    return self._narrow(now, changed, self._lasting, spent)
                except pipeline.Refused:
                    if self._lasting.lost:
                        why = say("le moteur s’est arrêté : tout est refait")
                    elif not changed.declared:  # else what is refused on the way may not be when all is made
                        raise
        self._whole(now, staging)
        self.watch.seen((), None)
        spent.passed(SEEN, self._lasting.beside() if self._lasting is not None else 0.0)
        why = why or say("un contrat ou un réglage décide d’autres pages : tout est refait")
        return Round(project.diagnostics, whole=(why,), spent=spent.seconds)

    def _narrow(self, now: _Reading, changed: Difference, lasting: Lasting, spent: Spent) -> Round:
        """What an edit touches. Raises Refused when that cannot be made without the rest."""
        diagnostics, made = now.project.diagnostics, Narrow(changed, now.project, now.date, lasting, self.watch.pause)
        ahead: tuple[str, ...] = ()
        try:
            ahead = made.ahead(self.watch.looked())
            if ahead:
                self.watch.seen(made.addresses(ahead), ahead)
                spent.passed(SEEN, lasting.beside())
                self.watch.done(str(SEEN), count(len(ahead), "page"))
            seen = made.seen()
        except pipeline.Refused as refused:
            spent.passed(_second(ahead), lasting.beside())
            if ahead:
                self.watch.seen((), ahead)  # they are as they were
            if made.showing.broken or lasting.lost:
                raise
            return _refused(now.project, refused, spent)  # what lasts is as it was
        whole = made.showing.whole
        if seen or not ahead:
            self.watch.seen(made.addresses((*ahead, *seen)), seen)
        if made.round.unknown:
            kinds, pages = ", ".join(sorted(made.round.likeness.unlike)), count(made.round.unknown, "page")
            whole.append(say("{kinds} ne se compare pas : {pages} de plus à refaire", kinds=kinds, pages=pages))
        spent.passed(_second(ahead), lasting.beside())
        if seen or not ahead:
            self.watch.done(str(_second(ahead)), count(len(seen), "page"))
        seen = tuple(dict.fromkeys((*ahead, *seen)))
        try:
            made.rest()
        except Paused:  # the next round starts from the same reading as this one
            self._left = changed
            self._late(made, seen, made.again)
            return Round(diagnostics, seen=seen, whole=tuple(whole), spent=spent.seconds, unfinished=True)
        self._late(made, seen, made.late)
        spent.passed(INDEXED, lasting.beside())
        self.watch.done(str(INDEXED), count(len(made.again), "autre page", "autres pages"))
        self._last, self._left = now, NOTHING
        return Round(diagnostics, seen=seen, whole=tuple(whole), spent=spent.seconds)

    def _late(self, made: Narrow, seen: tuple[str, ...], files: tuple[str, ...]) -> None:
        """Have open pages show what came after those that are seen."""
        if files:
            self.watch.seen(made.addresses((*seen, *made.again)), files)

    def _whole(self, now: _Reading, staging: Path) -> None:
        """All stages, from nothing."""
        project, date = now.project, now.date
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
        self._last, self._left = now, NOTHING


def _second(ahead: tuple[str, ...]) -> Sentence:
    """The stage of the pages that come after those ahead, if there are any."""
    return EVERYWHERE if ahead else SEEN


def _refused(project: Project, refused: pipeline.Refused, spent: Spent) -> Round:
    return Round(tuple(sort([*project.diagnostics, *refused.diagnostics])), faulty=True, spent=spent.seconds)
