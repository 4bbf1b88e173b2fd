"""How a page is cut into parts, as a contract declares it: by the first letter of names, by years or decades, by what columns hold."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.diagnostics.finding import Position
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed
from generator.documents.reader import Reader
from generator.text.names import steps

BY = ("letter", "year", "decade", "column")
PART = "{part}"  # in a title: the name of the part
_PATH = "([a-z0-9][a-z0-9-]*/)*"


_NOWHERE = Position("")


@dataclass(frozen=True, slots=True)
class Parts:
    """What cuts the rows of a page: those of its table, which all have a part, and those of other `tables` that have a value.
    `columns` are paths (`jardin.commune`); `path` stands between the address of the page and that of a part; `title` has
    {part}; `only` are the values that make a part, all of them when it is empty; of more rows than `most` (0: any number), the
    others are in a part that continues it; `name` is what lists say above the parts of a row. What is not declared is empty.
    """

    by: str
    columns: tuple[tuple[str, ...], ...]
    path: str
    title: str = ""
    template: str = ""
    tables: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    most: int = 0
    name: str = ""
    position: Position = _NOWHERE

    @property
    def dated(self) -> bool:
        """Whether parts are years or decades: a row is then in those of the first column that it fills."""
        return self.by in ("year", "decade")


def read_parts(item: Reader) -> Parts:
    """The parts that a mapping declares."""
    by = item.text("by", required=True)
    if by and by not in BY:
        message, hint = "Une page ne se découpe pas par « {by} ».", "Découpages possibles : {choices}."
        item.fault("by", message, hint, nearest(by, BY), by=by, choices=listed(BY))
    columns = tuple(map(steps, item.texts("columns", distinct=True)))
    if by in BY and by != "letter" and not columns:
        item.faults(item.position, "Dites par quelles colonnes la page se découpe (« columns »).")
    title = item.text("title")
    if title and PART not in title:
        message = "Toutes les parties auraient le titre « {title} »."
        item.fault(
            "title", message, "Mettez-y le nom de la partie : {example}", "", title=title, example=f"{title} : {PART}"
        )
    path = item.text("path")
    if path and not re.fullmatch(_PATH, path):
        item.fault("path", "Le chemin « {path} » doit être en minuscules sans accent, et finir par « / ».", path=path)
    most = item.text("most", pattern="[1-9][0-9]{0,3}")
    parts = Parts(
        by=by,
        columns=columns,
        path=path,
        title=title,
        template=item.text("template"),
        tables=item.texts("tables", distinct=True),
        only=item.texts("only", distinct=True),
        most=int(most) if re.fullmatch("[1-9][0-9]{0,3}", most) else 0,
        name=item.text("name"),
        position=item.position,
    )
    item.close("un découpage")
    return parts
