"""A release of packages: for each, what changed since its last version, the number that this asks for, and the record to write. A
release that cannot be is a sentence, and nothing of it is written.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

from generator.authoring.together import Change
from generator.catalogue.project import Project
from generator.changes.columns import Names
from generator.changes.noting import Asked, Difference, asked, difference
from generator.changes.past import Past
from generator.changes.questions import alike_columns
from generator.changes.recording import recorded
from generator.changes.release import following
from generator.changes.schemas import Weight
from generator.changes.states import State, state_of
from generator.contracts.contract import VERSIONS
from generator.contracts.model import Package, Version
from generator.contracts.versions import number
from generator.diagnostics.finding import Position
from generator.documents.files import read_bytes
from generator.layout import PACKAGES
from generator.packages.fingerprint import of_data
from generator.text.interface import Sentence, sentence
from generator.text.names import way

FIRST = "1.0.0"


class NoRelease(Exception):
    """A release that cannot be; the sentence says why."""

    def __init__(self, told: Sentence) -> None:
        super().__init__(str(told))
        self.told = told


@dataclass(frozen=True, slots=True)
class Wish:
    """What who releases says: why, on which date (AAAA-MM-JJ), and, if they like, which packages, which number, from which state,
    and which columns have another name (`renamed`: old names and new ones by tables).
    """

    reason: str
    date: str
    packages: tuple[str, ...] = ()
    version: str = ""
    since: str = ""
    renamed: Names = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Planned:
    """The record of a package to be written: `last` is the version before it, "" for none; `asked` is None when no state of it is
    known; `doubts`: what is not certain.
    """

    package: Package
    last: str
    version: Version
    asked: Asked | None
    change: Change
    doubts: tuple[Sentence, ...] = ()


class _Release:
    """A release being worked out; what is read of the past is read once."""

    def __init__(self, project: Project, wish: Wish, stack: ExitStack) -> None:
        self.project = project
        self.wish = wish
        self.catalogue = project.catalogue
        self.past = Past(project.root, stack)
        self.given = state_of(project.root, wish.since, stack) if wish.since else None
        self._compared: dict[int, Difference] = {}

    def plans(self) -> Iterator[Planned]:
        """The records of the packages that are named; or of all that changed, or of all when none has a version yet."""
        known = self.catalogue.contracts.packages
        named = self.wish.packages or (() if any(package.versions for package in known.values()) else tuple(known))
        for name in named or known:
            planned = self._plan(known[name], bool(named))
            if planned is not None:
                yield planned

    def _plan(self, package: Package, named: bool) -> Planned | None:
        print_ = of_data(package, self.catalogue)
        if not package.versions:
            return self._planned(package, print_, None, None, ()) if named else None
        last = package.versions[0]
        state, doubts = self._state(package, last)
        if state is None:
            if not named and last.fingerprint == print_:
                return None
            if last.fingerprint or not self.wish.version:
                raise NoRelease(_lost(package, last))
            return self._planned(package, print_, last, None, doubts)
        compared = self._difference(state)
        found = asked(package.name, compared)
        if not found.reasons and last.fingerprint == print_:
            if named:
                message = "Rien n’a changé dans « {package} » depuis sa version {version}."
                raise NoRelease(sentence(message, package=package.name, version=last.version))
            return None
        return self._planned(
            package, print_, last, found, (*doubts, *_renamed(package, compared), *_untold(package, compared))
        )

    def _state(self, package: Package, last: Version) -> tuple[State | None, tuple[Sentence, ...]]:
        """The state of the last version of a package, and what is not certain of it."""
        if self.given is None:
            found = self.past.of(package.name, last)
            return (None, ()) if found is None else (found[1], _unread(found[1], last))
        before = self.given.catalogue.contracts.packages.get(package.name)
        if before is None:
            return None, ()
        doubts = _unread(self.given, last)
        if last.fingerprint and of_data(before, self.given.catalogue) != last.fingerprint:
            message = (
                "{state} n’a pas l’empreinte de {package} {version} : ce qui change est dit par rapport à cet état-là."
            )
            told = sentence(message, state=self.given.name, package=package.name, version=last.version)
            doubts = (*doubts, told)
        return self.given, doubts

    def _difference(self, state: State) -> Difference:
        found = self._compared.get(id(state))
        if found is None:
            self._check_names(state)
            found = difference(state.catalogue, self.catalogue, self.wish.renamed, state.published)
            self._compared[id(state)] = found
        return found

    def _check_names(self, state: State) -> None:
        """Raise NoRelease for a column that is said to have another name, and has not."""
        before, after = state.catalogue.contracts.resources, self.catalogue.contracts.resources
        for table, names in self.wish.renamed.items():
            for old, new in names.items():
                was, now = before[table].index if table in before else {}, after[table].index if table in after else {}
                if old in was and new not in was and new in now and old not in now:
                    continue
                message = (
                    "« {table}.{old}={new} » n’est pas une colonne renommée : il faut que « {old} » ait été dans « {table} » et n’y soit "
                    "plus, et que « {new} » y soit et n’y ait pas été."
                )
                raise NoRelease(sentence(message, table=table, old=old, new=new))

    def _planned(
        self, package: Package, print_: str, last: Version | None, found: Asked | None, doubts: tuple[Sentence, ...]
    ) -> Planned:
        chosen = self._number(package, last, found)
        if last is not None and self.wish.date < last.date:
            message = "La version {version} de « {package} » est du {last} : la suivante ne peut pas être du {date}."
            values = {"version": last.version, "package": package.name, "last": last.date, "date": self.wish.date}
            raise NoRelease(sentence(message, **values))
        notes = found.notes if found is not None else ()
        version = Version(chosen, self.wish.date, self.wish.reason, Position(""), print_, notes)
        path = f"{PACKAGES}/{package.name}/{VERSIONS}"
        before = read_bytes(self.project.root, path)[0] if (self.project.root / path).exists() else None
        after = recorded(path, before, version)
        if after is None:
            message = (
                "{path} ne peut pas recevoir cette version sans être récrit : chaque version y commence par « - », à la ligne, et la "
                "raison n’a pas de caractère invisible."
            )
            raise NoRelease(sentence(message, path=path))
        return Planned(package, last.version if last else "", version, found, Change(path, before, after), doubts)

    def _number(self, package: Package, last: Version | None, found: Asked | None) -> str:
        """The number of the version: the one that is wished, if it is enough, or the least that is."""
        wished = self.wish.version
        if last is None:
            return wished or FIRST
        least = following(last.version, found.weight or Weight.PATCH) if found is not None else ""
        if wished and number(wished) <= number(last.version):
            message = "« {package} » est déjà à la version {last} : {version} ne peut pas la suivre."
            raise NoRelease(sentence(message, package=package.name, last=last.version, version=wished))
        if wished and number(wished) < number(least):
            message = "Ce changement de « {package} » demande au moins la version {least} : {version} ne suffit pas."
            raise NoRelease(sentence(message, package=package.name, least=least, version=wished))
        return wished or least


def _lost(package: Package, last: Version) -> Sentence:
    message = (
        "L’état de la version {version} de « {package} » ne se retrouve pas dans l’historique de git. Donnez-le par « --depuis » : une "
        "révision, un dossier, ou les jeux publiés alors."
    )
    if not last.fingerprint:
        message = (
            "L’état de la version {version} de « {package} » ne se retrouve pas dans l’historique de git. Donnez-le par « --depuis » "
            "(une révision, un dossier, ou les jeux publiés alors), ou donnez le nouveau numéro par « --version »."
        )
    return sentence(message, version=last.version, package=package.name)


def _renamed(package: Package, compared: Difference) -> Iterator[Sentence]:
    """The columns that seem to have another name, which nobody said."""
    for resource, old, new in alike_columns(compared.old, compared.new):
        if resource.package == package.name:
            message = "« {table}.{old} » semble s’appeler maintenant « {new} » : si c’est le cas, ajoutez « --renomme {asked} »."
            asked = shlex.quote(f"{way((resource.name, old))}={way((new,))}")
            yield sentence(message, table=resource.name, old=old, new=new, asked=asked)


def _untold(package: Package, compared: Difference) -> Iterator[Sentence]:
    """Why the rows of large tables of a package could not be compared."""
    yield from (told for name in package.resources if name in compared.tables for told in compared.tables[name].told)


def _unread(state: State, last: Version) -> tuple[Sentence, ...]:
    """What is said of a state that is not read whole."""
    if not state.faults:
        return ()
    message = (
        "{state}, d’où vient la version {version}, ne se lit pas sans faute : ce qui n’a pu être lu n’est pas comparé."
    )
    return (sentence(message, state=state.name, version=last.version),)


def plan(project: Project, wish: Wish, stack: ExitStack) -> Sequence[Planned]:
    """The records to write. Raises NoRelease, and NoState for a state that is none. The project has no fault, and declares the
    packages that are named.
    """
    found = tuple(_Release(project, wish, stack).plans())
    if not found:
        raise NoRelease(sentence("Rien n’a changé dans les données depuis les dernières versions."))
    return found
