"""What templates say of how to cite: a package, a table, a row, in every style for people and every format for programs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

from generator import layout
from generator.contracts.model import Package, Resource, Version
from generator.packages.biblio import formats, of_rows, rows_file
from generator.packages.citation import Citation
from generator.packages.cited import Citations
from generator.packages.styles import styles
from generator.pages.views import View


@dataclass(frozen=True, slots=True)
class Shown:
    """How to cite something: its name, pairs (title of a style, text), (title of a format, text), (title of a format, address of the file that
    holds it), and the key by which it is found there.
    """

    nom: str
    textes: tuple[tuple[str, str], ...]
    formats: tuple[tuple[str, str], ...]
    fichiers: tuple[tuple[str, str], ...]
    cle: str


def functions(citations: Citations) -> dict[str, Callable[..., Shown]]:
    """What templates call these functions."""

    def shown(what: View | Package | Resource, version: Version | None = None) -> Shown:
        if isinstance(what, Package):
            return _package(citations, what, version)
        if isinstance(what, Resource):
            return _shown(citations.table(what), (), _files(what.package))
        resource = what.record.resource
        files = _rows_files(resource) if citations.listed(resource.name) else ()
        return _shown(citations.row(what.record), of_rows(), files)

    return {"citation": shown}


def _package(citations: Citations, package: Package, version: Version | None) -> Shown:
    """The files are those of the newest version."""
    cited = citations.package(package, version)
    newest = version is None or version == package.versions[0]
    return _shown(cited, tuple(formats().values()) if newest else of_rows(), _files(package.name) if newest else ())


def _shown(citation: Citation, kinds: tuple[ModuleType, ...], files: tuple[tuple[str, str], ...]) -> Shown:
    return Shown(
        nom=citation.work.title,
        textes=tuple((module.TITLE, module.text(citation)) for module in styles()),
        formats=tuple((module.TITLE, module.document([citation])) for module in kinds),
        fichiers=files,
        cle=citation.work.key,
    )


def _files(package: str) -> tuple[tuple[str, str], ...]:
    return tuple((module.TITLE, layout.download(package, module.FILE)) for module in formats().values())


def _rows_files(resource: Resource) -> tuple[tuple[str, str], ...]:
    return tuple(
        (module.TITLE, layout.download(resource.package, rows_file(module, resource.name))) for module in of_rows()
    )
