"""Texts that name nobody: `nameless: [propos, sujet]`. What names a person, or leads to one, is said: a civility and a name, a first
name and a name or its initial, an address of mail, a telephone number. A first name alone is not known: the reviewer sees it.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from collections.abc import Mapping as Map
from dataclasses import dataclass

from generator.diagnostics.finding import Diagnostic
from generator.documents.reader import Reader
from generator.rules.rule import Condition, Row, Table, broken, read_columns
from generator.text import persons
from generator.text.links import without_links

KEYWORDS = ("nameless",)


@dataclass(frozen=True, slots=True)
class Nameless:
    """`columns`: those whose texts name nobody."""

    message: str
    when: Condition
    columns: tuple[str, ...]

    def check(self, row: Row) -> Iterator[Diagnostic]:
        """What names a person, once a column."""
        for column in self.columns if self.when(row) else ():
            text = row[column]
            if isinstance(text, str):
                yield from self._found(row, column, without_links(text))

    def asks(self, row: Map[str, object], written: Set[str]) -> Set[str]:
        """Nothing."""
        return frozenset()

    def alone(self) -> tuple[str, ...] | None:
        """The columns that it reads."""
        return self.when.with_columns(*self.columns)

    def _found(self, row: Row, column: str, text: str) -> Iterator[Diagnostic]:
        hint, found = "« {found} » est une adresse électronique : ôtez-la.", persons.mail(text)
        if not found:
            hint, found = "« {found} » est un numéro de téléphone : ôtez-le.", persons.phone(text)
        if not found:
            hint, found = (
                "« {found} » nomme une personne : dites son rôle (« une habitante », « un parent »), sans son nom.",
                persons.named(text),
            )
        if not found:
            hint, found = (
                "« {found} » ressemble au nom d’une personne : dites son rôle (« une habitante », « un parent »). Si c’est un organisme "
                "ou un lieu, dites-le dans la colonne qui est faite pour lui, ou sans majuscules.",
                persons.alike(text),
            )
        if found:
            yield broken(self.message, row.at(column), hint, found=found)


def read(reader: Reader, message: str, table: Table, tables: Map[str, Table]) -> Nameless | None:
    """The rule that a contract declares."""
    named, when = read_columns(reader, table, KEYWORDS)
    return None if reader.diagnostics else Nameless(message, when, named["nameless"])
