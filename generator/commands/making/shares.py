"""The stages of a build that are shared between processes: pages, what each of them gives to download, images; where each one is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Mapping as Map
from pathlib import Path
from typing import TypeVar

from generator.commands.making.workers import Part, share
from generator.layout import IMAGES_MADE
from generator.packages import extracts
from generator.packages.built import Built, Published
from generator.packages.validation import Verdict
from generator.pages.all import Pages
from generator.site import images
from generator.text.interface import say
from generator.writing import Writer

T = TypeVar("T")
Going = Callable[[str, int, int], None]  # told of a stage that runs: how many are made, among how many


def quiet(stage: str, made: int, among: int) -> None:
    """Nobody is told where a stage is."""


def followed(pieces: Iterable[T], stage: str, among: int, going: Going) -> Iterator[T]:
    """What comes one by one, each told."""
    for made, piece in enumerate(pieces, 1):
        going(stage, made, among)
        yield piece


def rendered(
    pages: Pages, built: tuple[Built, ...], reports: tuple[Verdict, ...], docs: Path, going: Going
) -> tuple[int, Map[str, str]]:
    """Write every page under `docs`; how many, and the drawings of the images that they name, by their paths on the site. Raises
    TemplateFault.
    """
    drafts, writer = tuple(pages.drafts(built, reports)), Writer(docs)

    def write(part: Part) -> Map[str, str]:
        for page in map(pages.finished, part.of(drafts)):
            writer.write(page.file, page.text)
        return pages.heads.drawings

    found = share(write, len(drafts), lambda made: going("pages", made, len(drafts)))
    return len(drafts), {path: drawing for each in found for path, drawing in each.items()}


def extracted(published: Published, found: Map[str, extracts.Extract], site: Path, going: Going) -> int:
    """Write what each page shows, to download; how many files."""
    told = say("extraits")

    def write(part: Part) -> int:
        return extracts.write(published, part.of(found.values()), site)

    return sum(share(write, len(found), lambda made: going(told, made, len(found))))


def drawn(pictures: Map[str, str], site: Path, staging: Path, root: Path, going: Going) -> int:
    """Write the images; how many were not made before."""
    alike: dict[str, dict[str, str]] = {}  # the same image is made once
    for path, drawing in pictures.items():
        alike.setdefault(drawing, {})[path] = drawing

    def write(part: Part) -> int:
        own = {path: drawing for each in part.of(alike.values()) for path, drawing in each.items()}
        return images.write(own, site, staging / IMAGES_MADE, root / IMAGES_MADE)

    return sum(share(write, len(alike), lambda made: going(say("images"), made, len(alike))))
