"""What templates say of how to cite: a package, a table, a row, in every style for people and every format for programs; where it is,
in which version, and the files that hold it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from types import ModuleType

from generator import layout
from generator.catalogue.records import Record
from generator.contracts.model import Package, Resource, Version
from generator.packages.biblio import formats, of_rows, rows_file
from generator.packages.citation import Citation
from generator.packages.cited import Citations
from generator.packages.extracts import table_file
from generator.packages.names import record_file
from generator.packages.styles import styles
from generator.pages.draft import Ground
from generator.pages.sharing import versioned
from generator.pages.views import View
from generator.text.language import spoken
from generator.values.types import canonical

_JSON, _CSV = "JSON", "CSV"
_Files = tuple[tuple[str, str], ...]  # the titles of formats, the addresses of files


@dataclass(frozen=True, slots=True)
class Shown:
    """How to cite something: its name, pairs (title of a style, text), (title of a format, text), (title of a format, address of the file that
    holds it), the key by which it is found there; its public address, "" when the site has none, its version with its date, ""
    without one, and pairs (title, address) of the files that hold a row.
    """

    _citation: Citation
    _kinds: tuple[ModuleType, ...]
    nom: str
    textes: tuple[tuple[str, str], ...]
    fichiers: _Files
    cle: str
    adresse: str = ""
    edition: str = ""
    donnees: _Files = ()

    @property
    def formats(self) -> tuple[tuple[str, str], ...]:
        """Made when they are asked for: where a page has many rows, files alone have theirs."""
        return tuple((module.TITLE, module.document([self._citation])) for module in self._kinds)


def functions(ground: Ground) -> dict[str, Callable[..., Shown]]:
    """What templates call these functions."""
    citations = ground.citations

    def shown(what: View | Package | Resource, version: Version | None = None) -> Shown:
        if isinstance(what, Package):
            return _package(citations, what, version)
        if isinstance(what, Resource):
            return _shown(citations.table(what), (), _files(what.package))
        resource = what.record.resource
        files = _rows_files(resource.package, resource.name, spoken()) if citations.listed(resource.name) else ()
        return _shown(citations.row(what.record), of_rows(), files, _held(what.record, ground))

    return {"citation": shown}


def _package(citations: Citations, package: Package, version: Version | None) -> Shown:
    """The files are those of the newest version."""
    cited = citations.package(package, version)
    newest = version is None or version == package.versions[0]
    return _shown(cited, tuple(formats().values()) if newest else of_rows(), _files(package.name) if newest else ())


def _shown(citation: Citation, kinds: tuple[ModuleType, ...], files: _Files, held: _Files = ()) -> Shown:
    work = citation.work
    return Shown(
        citation,
        kinds,
        nom=work.title,
        textes=tuple((module.TITLE, module.text(citation)) for module in styles()),
        fichiers=files,
        cle=work.key,
        adresse=work.url,
        edition=versioned(citation.package),
        donnees=held,
    )


def _held(record: Record, ground: Ground) -> _Files:
    """The files that hold a row: its JSON, or that of the row which holds it, and its table as its page shows it."""
    holder = record
    while holder.parent is not None:
        holder = holder.parent
    told = record_file(holder.resource.name, [canonical(part) for part in holder.id])
    page, table = ground.addresses.of(record).partition("#")[0], record.resource.name
    return ((_JSON, told), *(((_CSV, table_file(page, table)),) if ground.extracts.shows(page, table) else ()))


def _files(package: str) -> _Files:
    return tuple((module.TITLE, layout.download(package, module.FILE)) for module in formats().values())


@lru_cache(maxsize=1_000)
def _rows_files(package: str, table: str, language: str) -> _Files:
    """Those of the rows of a table, in the language that is spoken."""
    return tuple((module.TITLE, layout.download(package, rows_file(module, table))) for module in of_rows())
