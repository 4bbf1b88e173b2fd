"""Texts that name nobody: `nameless: [propos, sujet]`. What names a person, or leads to one, is said: a civility and a name, a first
name and a name or its initial, an address of mail, a telephone number. A first name alone is not known: the reviewer sees it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from collections.abc import Mapping as Map
from dataclasses import dataclass

from generator.diagnostics.finding import Diagnostic
from generator.documents.reader import Reader
from generator.rules.rule import Condition, Row, Table, broken, read_columns
from generator.text.links import without_links

KEYWORDS = ("nameless",)

_CAPITAL = "[A-ZÀ-ÖØ-Ý]"
_NAME = rf"{_CAPITAL}[^\W\d_]+(?:-{_CAPITAL}[^\W\d_]+)*"
_CIVILITY = re.compile(
    rf"\b(?:[Mm]onsieur|[Mm]adame|[Mm]ademoiselle|M\.|Mme|Mlle|Dr|Pr|[Dd]octeur|[Mm]aître|Me)\s+{_CAPITAL}[\w.-]*"
)
_INITIAL = re.compile(rf"\b{_NAME}\s+{_CAPITAL}\.(?!\w)")
_PAIR = re.compile(rf"\b({_NAME})(?=(\s+{_CAPITAL}[^\W\d_]+)\b)")
_MAIL = re.compile(r"[^\s@<>]{1,64}@[^\s@<>]+\.\w+")
_PHONE = re.compile(r"(?<!\d)(?:\+33|0)\s?[1-9](?:[\s.-]?\d{2}){4}(?!\d)")
# What opens a sentence before a name of its own: « La Rochelle », « En Moselle ».
_OPENING = re.compile(
    "L[ae]s?|Une?|D[eu]s?|En|À|Aux?|Dans|Chez|Pour|Par|Sur|Selon|Avec|Sans|Et|Ou|Mais|Ils?|Elles?|On|[NV]ous|Ce|Cet|Cette|Ces"
    "|[MS]on|[MS]a|[MS]es|Leurs?|[NV]otre|[NV]os|Qui|Que|Quand|Si|Saint|Sainte"
)


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
            found, hint = _found(without_links(text)) if isinstance(text, str) else ("", "")
            if found:
                yield broken(self.message, row.at(column), hint, found=found)

    def asks(self, row: Map[str, object], written: Set[str]) -> Set[str]:
        """Nothing."""
        return frozenset()


def _found(text: str) -> tuple[str, str]:
    """What names a person in a text, and what to write; "" when nothing does."""
    for pattern, hint in (
        (_MAIL, "« {found} » est une adresse électronique : ôtez-la."),
        (_PHONE, "« {found} » est un numéro de téléphone : ôtez-le."),
        (
            _CIVILITY,
            "« {found} » nomme une personne : dites son rôle (« une habitante », « un parent »), sans son nom.",
        ),
        (_INITIAL, "« {found} » laisse reconnaître une personne : dites son rôle (« une habitante », « un parent »)."),
    ):
        if found := pattern.search(text):
            return found[0], hint
    pair = next((found for found in _PAIR.finditer(text) if not _OPENING.fullmatch(found[1])), None)
    hint = (
        "« {found} » ressemble au nom d’une personne : dites son rôle (« une habitante », « un parent »). Si c’est un organisme ou un "
        "lieu, dites-le dans la colonne qui est faite pour lui, ou sans majuscules."
    )
    return (pair[1] + pair[2], hint) if pair is not None else ("", "")


def read(reader: Reader, message: str, table: Table, tables: Map[str, Table]) -> Nameless | None:
    """The rule that a contract declares."""
    named, when = read_columns(reader, table, KEYWORDS)
    return None if reader.diagnostics else Nameless(message, when, named["nameless"])
