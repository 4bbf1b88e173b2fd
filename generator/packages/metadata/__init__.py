"""One file per description of the packages for machines and people who seek them: catalogues, feeds, citations. A description is
a module of this folder that has `TITLE`, `DESCRIPTION` (a sentence for people), and some of these functions; nothing else names it:
- `files(published)`: the files that it makes: their paths on the site, and what makes their text;
- `links(settings, package)`: what the head of the page of a package (of the index of all of them, without one) says of its files;
- `embedded(packages, settings)`: JSON-LD that pages hold, by the paths of these pages.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType

from generator import layout
from generator.contracts.model import Package
from generator.contracts.settings import Settings
from generator.packages.built import Built, Published
from generator.writing import Writer

Files = Iterator[tuple[str, Callable[[], str]]]


@dataclass(frozen=True, slots=True)
class Link:
    """What the head of a page links to: the path of a file of the site, its relation to the page (HTML, « Link types »), its media
    type, and what it is, in words.
    """

    path: str
    relation: str
    mediatype: str
    title: str


@cache
def descriptions() -> dict[str, ModuleType]:
    """Every description by its name."""
    names = sorted(found.name for found in pkgutil.iter_modules(__path__))
    return {name: importlib.import_module(f"{__name__}.{name}") for name in names}


def write(published: Published, folder: Path, former: Path | None = None, same: Collection[str] = ()) -> int:
    """Write every description under a folder, as the site has it; how many files. Those about some packages alone (`same`, their
    names) are taken from a `former` folder as they are: of packages that are the same there, as well as the tables that their
    descriptions tell (needs.py).
    """
    writer, count = Writer(folder), 0
    for path, text in files(published):
        if former is not None and about(path, published) in same:
            writer.copy(former / path, path)
        else:
            writer.write(path, text())
        count += 1
    return count


def about(path: str, published: Published) -> str:
    """The package that a file describes; "" for one that tells of several."""
    contracts, data = published.catalogue.contracts, layout.words().data
    if path.startswith(layout.API):
        resource = contracts.resources.get(path.removeprefix(layout.API).partition("/")[0])
        return resource.package if resource is not None else ""
    name = path.removeprefix(data).partition("/")[0]
    return name if path.startswith(data) and name in contracts.packages else ""


def files(published: Published) -> Files:
    """Every file of every description."""
    for module in descriptions().values():
        if hasattr(module, "files"):
            yield from module.files(published)


def links(settings: Settings, package: Package | None = None) -> Iterator[Link]:
    """What the page of a package, or the index of all of them, links to."""
    for module in descriptions().values():
        if hasattr(module, "links"):
            yield from module.links(settings, package)


def embedded(packages: Sequence[Built], settings: Settings) -> dict[str, str]:
    """The JSON-LD that pages hold, by their paths. It may stand in an HTML script as it is."""
    found: dict[str, str] = {}
    for module in descriptions().values():
        if hasattr(module, "embedded"):
            found |= {path: scripted(data) for path, data in module.embedded(packages, settings)}
    return found


_compact = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode


def scripted(data: object) -> str:
    """JSON in which nothing can end a script, open a comment, or look like a link of Markdown, which an engine would rewrite."""
    text = _compact(data)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text.replace("](", "\\u005d(").replace("]:", "\\u005d:")
