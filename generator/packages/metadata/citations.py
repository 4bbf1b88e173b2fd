"""How to cite each package, its tables and its rows, in the formats of programs that manage references."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from types import ModuleType

from generator import layout
from generator.contracts.model import Package
from generator.packages.built import Published
from generator.packages.citation_formats import formats, of_rows, rows_file
from generator.packages.cited import Citations

TITLE = "Citations"
DESCRIPTION = "Pour citer chaque jeu, chaque table et chaque ligne : BibTeX, RIS, CSL-JSON, CITATION.cff"


def files(published: Published) -> Iterator[tuple[str, Callable[[], str]]]:
    """The files of every package, then of each of its tables whose rows have a place on the site."""
    citations = Citations(published.catalogue, published.settings)
    for package in (built.package for built in published.packages):
        for module in formats().values():
            yield layout.download(package.name, module.FILE), partial(_package, citations, package, module)
        for name in filter(citations.placed, package.resources):
            for module in of_rows():
                yield layout.download(package.name, rows_file(module, name)), partial(_rows, citations, name, module)


def _package(citations: Citations, package: Package, module: ModuleType) -> str:
    tables = (citations.table(citations.catalogue.contracts.resources[name]) for name in package.resources)
    text: str = module.document([citations.package(package), *tables])
    return text


def _rows(citations: Citations, table: str, module: ModuleType) -> str:
    text: str = module.document(list(citations.rows(citations.catalogue.contracts.resources[table])))
    return text
