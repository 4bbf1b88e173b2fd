"""The stages of a build that are shared between processes: pages, what each of them gives to download, images; where each one is."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from generator.catalogue.project import Project
from generator.catalogue.records import Catalogue
from generator.commands.making.workers import Part, share
from generator.layout import GUIDES, IMAGES_MADE, MACHINE, PACKAGES, SETTINGS, TEMPLATES, theme
from generator.packages import extracts, folder, sums
from generator.packages.built import Built, Published
from generator.packages.validation import Verdict, validate
from generator.pages.all import Pages
from generator.site import engine, gate, images
from generator.site.links import Finding
from generator.site.store import NONE, Store
from generator.text.interface import say
from generator.writing import Writer, entries

_OWN = "templates"  # the folder of the templates of a package
T = TypeVar("T")
Rendered = tuple[
    int, Map[str, str]
]  # how many pages, and the drawings of the images that they name, by their paths on the site
Going = Callable[[str, int, int], None]  # told of a stage that runs: how many are made, among how many


def quiet(stage: str, made: int, among: int) -> None:
    """Nobody is told where a stage is."""


@dataclass(frozen=True)
class Way:
    """How a build is made: who is told where its stages are, what it takes from former ones, and who makes those that a warm process
    makes in its own way (warm.py): pages, their HTML, what they give to download.
    """

    going: Going = quiet
    store: Store = NONE

    def packaged(self, project: Project, date: str, packages: Path) -> tuple[Built, ...]:
        """Write every package under a folder."""
        return folder.write(project.catalogue, project.settings, date, packages)

    def rendered(self, pages: Pages, built: tuple[Built, ...], reports: tuple[Verdict, ...], docs: Path) -> Rendered:
        """Write every page under `docs`."""
        return rendered(pages, built, reports, docs, self)

    def engine(self, staging: Path, name: str, epoch: int) -> engine.Made:
        """Build the site of the pages in a work directory."""
        return engine.build(staging, name, epoch)

    def extracted(self, published: Published, pages: Pages, site: Path) -> int:
        """Write what each page shows, to download; how many files."""
        return extracted(published, pages.ground.extracts, site, pages.project.root, self)

    def settled(self, site: Path, coming: Collection[str]) -> tuple[Finding, ...]:
        """Write the policy into every page of a site; all that is wrong in it."""
        return gate.settle(site, coming)


AS_USUAL = Way()


def followed(pieces: Iterable[T], stage: str, among: int, going: Going) -> Iterator[T]:
    """What comes one by one, each told."""
    for made, piece in enumerate(pieces, 1):
        going(stage, made, among)
        yield piece


def rendered(pages: Pages, built: tuple[Built, ...], reports: tuple[Verdict, ...], docs: Path, way: Way) -> Rendered:
    """Write every page under `docs`. Raises TemplateFault."""
    drafts, writer = tuple(pages.later(built, reports)), Writer(docs)

    def write(part: Part) -> Map[str, str]:
        for page in map(pages.finished, part.of(drafts)):
            writer.write(page.file, page.text)
        return pages.heads.drawings

    found = share(write, len(drafts), lambda made: way.going("pages", made, len(drafts)))
    return len(drafts), {path: drawing for each in found for path, drawing in each.items()}


def verdicts(built: tuple[Built, ...], catalogue: Catalogue, way: Way) -> tuple[Verdict, ...]:
    """What Frictionless says of packages; one whose files are all those that it found sound is not read again."""
    found: dict[str, Verdict] = {}
    prints = {each.package.name: (each.folder / sums.NAME).read_bytes() for each in built}
    for name, source in prints.items():
        known = _known(way.store.get("frictionless", source))
        if known is not None:
            found[name] = Verdict(name, True, *known, diagnostics=())
    left = tuple(each for each in built if each.package.name not in found)
    for verdict in followed(validate(left, catalogue) if left else (), "frictionless", len(left), way.going):
        found[verdict.package] = verdict
        if verdict.valid and not verdict.diagnostics:
            way.store.put("frictionless", prints[verdict.package], f"{verdict.tables} {verdict.rows}".encode())
    return tuple(found[each.package.name] for each in built)


def _known(kept: bytes | None) -> tuple[int, int] | None:
    """How many tables and rows were found sound, if that is what was kept."""
    found = re.fullmatch(rb"([0-9]{1,9}) ([0-9]{1,12})", kept or b"")
    return (int(found[1]), int(found[2])) if found else None


def extracted(published: Published, found: Map[str, extracts.Extract], site: Path, root: Path, way: Way) -> int:
    """Write what each page shows, to download; how many files."""
    known = contracts(root) if way.store else b""
    told = say("extraits")

    def write(part: Part) -> int:
        return extracts.write(published, part.of(found.values()), site, way.store, known)

    return sum(share(write, len(found), lambda made: way.going(told, made, len(found))))


def drawn(pictures: Map[str, str], site: Path, staging: Path, root: Path, way: Way) -> int:
    """Write the images; how many were not made before."""
    alike: dict[str, dict[str, str]] = {}  # the same image is made once
    for path, drawing in pictures.items():
        alike.setdefault(drawing, {})[path] = drawing

    def write(part: Part) -> int:
        own = {path: drawing for each in part.of(alike.values()) for path, drawing in each.items()}
        return images.write(own, site, staging / IMAGES_MADE, root / IMAGES_MADE, way.store)

    return sum(share(write, len(alike), lambda made: way.going(say("images"), made, len(alike))))


def contracts(root: Path) -> bytes:
    """The print of what says how the tables of a project are published: its settings, its contracts."""
    found = hashlib.sha256((root / SETTINGS).read_bytes())
    for path, ordinary in entries(root / PACKAGES):
        if ordinary and path.split("/")[1:2] != [_OWN]:
            found.update(f"\n{path}\n".encode() + (root / PACKAGES / path).read_bytes())
    return found.digest()


def templates(root: Path) -> dict[str, bytes]:
    """The prints of the templates of pages, by their names: those of the machine, then those of the packages of a project."""
    found = {path: _dated(TEMPLATES / path) for path, _ in entries(TEMPLATES)}
    for path, ordinary in entries(root / PACKAGES):
        package, *folder = path.split("/")
        if ordinary and folder[:1] == [_OWN]:
            found["/".join((package, *folder[1:]))] = hashlib.sha256((root / PACKAGES / path).read_bytes()).digest()
    return found


def deciding(root: Path) -> bytes:
    """The print of what decides of all that a project publishes, and that no reading tells apart: the theme, the guides."""
    found = hashlib.sha256()
    for under in (theme(root), MACHINE / GUIDES):
        for path, _ in entries(under):
            found.update(f"\n{path} ".encode() + _dated(under / path))
    return found.digest()


def _dated(file: Path) -> bytes:
    """The print of a file of which there are many, seldom changed: it is not read."""
    known = file.lstat()
    return f"{known.st_mtime_ns} {known.st_size}".encode()
