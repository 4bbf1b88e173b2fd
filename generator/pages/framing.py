"""The blank spreadsheets of tables, as pages show them: those of a package, and a link to that of a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from generator import layout
from generator.contracts.model import Contracts
from generator.packages.built import Built, File
from generator.pages.cells import download
from generator.pages.markup import url_mark
from generator.text.interface import say
from generator.text.spoken import typeset


def frames(built: Built) -> list[tuple[str, File]]:
    """What is filled for each blank spreadsheet of a package, and its file."""
    tables = {layout.frame(table.sheet.name): table.sheet.resource for table in built.own}
    return [(tables[file.path].title, file) for file in built.frames]


def functions(contracts: Contracts) -> dict[str, Callable[..., Any]]:
    """What templates call this function."""

    def blank(table: str, text: str = "") -> object:
        resource = contracts.resources.get(table)
        if resource is None or resource.frame is None:
            return ""
        address = url_mark(layout.download(resource.package, layout.frame(table)))
        return download(address, typeset(text) or say("Le cadre à remplir, dans un tableur (XLSX)"))

    return {"cadre_vierge": blank}
