"""What is compared: a revision of a project, a folder that is a project, or published packages; each read as a project."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.catalogue.project import Project, read_project
from generator.catalogue.records import Catalogue
from generator.changes.published import NotPublished, has_packages, lay_out
from generator.changes.revision import UnknownRevision, at_revision
from generator.contracts.descriptors import read_contracts
from generator.contracts.model import Contracts
from generator.layout import CONTENT, PACKAGES
from generator.text.interface import Sentence, sentence
from generator.writing import Writer


class NoState(Exception):
    """What is asked for is no state of a project; the sentence says why."""

    def __init__(self, told: Sentence) -> None:
        super().__init__(str(told))
        self.told = told


@dataclass(frozen=True, slots=True)
class State:
    """A state: how it is named in a sentence, what was read, whether it is known by its published packages only, and the contracts
    that say what packages do not (its own, or those of the project at hand).
    """

    name: Sentence
    project: Project
    published: bool
    known: Contracts

    @property
    def catalogue(self) -> Catalogue:
        """Its rows."""
        return self.project.catalogue

    @property
    def faults(self) -> int:
        """How many faults were found in reading it."""
        return sum(1 for d in self.project.diagnostics if d.severity == "erreur")


@contextmanager
def states(root: Path, old: str, new: str) -> Iterator[tuple[State, State]]:
    """The two states that are named, for as long as the context lasts: `new` may be "" for the project at `root` as it is.
    Raises NoState.
    """
    with ExitStack() as stack:
        yield state_of(root, old, stack), state_of(root, new, stack)


def state_of(root: Path, name: str, stack: ExitStack) -> State:
    """The state of a name: of a file or a folder if there is one, from the current folder; else of a revision; "" is the project
    as it is. It lasts as long as the stack. Raises NoState.
    """
    if not name:
        if not _is_project(root):
            message = "« {name} » n’est pas un projet : il y manque « {content} » ou « {packages} »"
            raise NoState(sentence(message, name=root, content=CONTENT, packages=PACKAGES))
        return _read(sentence("le dossier de travail"), root)
    place = Path(name)
    if not _exists(place):
        return at(root, name, stack)
    if _is_project(place):
        return _read(sentence("le dossier « {name} »", name=name), place)
    if has_packages(place):
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        known = read_contracts(root)[0] if _is_project(root) else Contracts({}, {})
        try:
            lay_out(place, Writer(folder / "projet"), known)
        except NotPublished as error:
            raise NoState(sentence("« {name} » : {told}", name=name, told=error.told)) from error
        project = read_project(folder / "projet")
        contracts = project.catalogue.contracts
        if contracts.unread or contracts.faulty:
            told = next(d.message for d in project.diagnostics if d.severity == "erreur")
            message = "« {name} » : ces paquets ne sont pas de ceux que publie un projet ({told})"
            raise NoState(sentence(message, name=name, told=told))
        return State(sentence("les paquets de « {name} »", name=name), project, True, known)
    return at(root, name, stack)


def at(root: Path, name: str, stack: ExitStack) -> State:
    """The state of a revision, for as long as the stack lasts. Raises NoState."""
    try:
        folder = stack.enter_context(at_revision(root, name))
    except UnknownRevision as error:
        message = "« {name} » n’est ni une révision du dépôt de ce projet, ni un projet, ni des paquets publiés"
        raise NoState(sentence(message, name=name)) from error
    if not _is_project(folder):
        message = "à la révision « {name} », il n’y a pas encore de projet"
        raise NoState(sentence(message, name=name))
    return _read(sentence("la révision « {name} »", name=name), folder, root)


def _read(name: Sentence, root: Path, lender: Path | None = None) -> State:
    project = read_project(root, lender=lender)
    return State(name, project, False, project.catalogue.contracts)


def _exists(place: Path) -> bool:
    try:
        return place.exists()
    except OSError:  # a name that is too long, a folder that is closed to us
        return False


def _is_project(folder: Path) -> bool:
    return (folder / CONTENT).is_dir() and (folder / PACKAGES).is_dir()
