"""How to cite each package, its tables and its rows, in the formats of programs that manage references."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from types import ModuleType

from generator import layout
from generator.contracts.model import Package
from generator.packages.biblio import formats, of_rows, rows_file
from generator.packages.built import Published
from generator.packages.citation import Citation
from generator.packages.cited import Citations

Cited = Callable[[], list[Citation]]  # made once for all formats

TITLE = "Citations"
DESCRIPTION = "Pour citer chaque jeu, chaque table et chaque ligne : BibTeX, RIS, CSL-JSON, CITATION.cff"


def files(published: Published) -> Iterator[tuple[str, Callable[[], str]]]:
    """The files of every package, then of each of its tables whose rows have a place on the site."""
    citations = Citations.of(published.catalogue, published.settings)
    for package in (built.package for built in published.packages):
        cited: Cited = cache(partial(_package, citations, package))
        for module in formats().values():
            yield layout.download(package.name, module.FILE), partial(_text, module, cited)
        for name in filter(citations.listed, package.resources):
            cited = cache(partial(_rows, citations, name))
            for module in of_rows():
                yield layout.download(package.name, rows_file(module, name)), partial(_text, module, cited)


def _package(citations: Citations, package: Package) -> list[Citation]:
    tables = (citations.table(citations.catalogue.contracts.resources[name]) for name in package.resources)
    return [citations.package(package), *tables]


def _rows(citations: Citations, table: str) -> list[Citation]:
    return list(citations.rows(citations.catalogue.contracts.resources[table]))


def _text(module: ModuleType, cited: Cited) -> str:
    text: str = module.document(cited())
    return text
