"""How complete the description of a package is: criteria that anyone can check again, each met or not, and what is missing.

They are those of the quality score of data.gouv.fr (https://guides.data.gouv.fr/, « Améliorer la qualité d’un jeu de données »:
description, licence, frequency, temporal and spatial coverage, formats, documented resources), and those that Data Package v2
recommends of a descriptor and its fields.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.diagnostics.wording import listed
from generator.packages.built import Built
from generator.text.interface import Sentence, sentence

SHORTEST = 100  # characters of a description that says something, as data.gouv.fr counts


@dataclass(frozen=True, slots=True)
class Criterion:
    """Something to be true of a package; `missing` says what is, when it is not."""

    told: Sentence
    met: bool
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Quality:
    """All the criteria of a package, and how many are met."""

    criteria: tuple[Criterion, ...]

    @property
    def met(self) -> int:
        """How many are met."""
        return sum(criterion.met for criterion in self.criteria)


def quality(built: Built, valid: bool | None) -> Quality:
    """What is true of a written package; `valid`: what the validator said, None when it did not run."""
    return Quality(tuple(_criteria(built, valid)))


def _criteria(built: Built, valid: bool | None) -> Iterator[Criterion]:
    said = built.descriptor
    yield Criterion(
        sentence("une description d’au moins cent caractères"), len(str(said.get("description", ""))) >= SHORTEST
    )
    for word, told in (
        ("keywords", sentence("des mots-clés")),
        ("licenses", sentence("une licence")),
        ("contributors", sentence("un producteur")),
        ("sources", sentence("des sources nommées")),
        ("version", sentence("un numéro de version")),
        ("id", sentence("une adresse publique")),
        ("dct:accrualPeriodicity", sentence("une fréquence de mise à jour")),
        ("dct:temporal", sentence("la période couverte")),
        ("dct:spatial", sentence("le territoire couvert")),
        ("skos:scopeNote", sentence("les précautions d’emploi")),
    ):
        yield Criterion(told, bool(said.get(word)))
    columns = [(table.sheet.name, field) for table in built.own for field in table.sheet.columns]
    tables = [table.sheet.name for table in built.own if not table.sheet.description]
    yield _all(sentence("une description pour chaque table"), tables)
    bare = [f"{table}.{field.name}" for table, field in columns if not field.description]
    yield _all(sentence("une description pour chaque colonne"), bare)
    yield Criterion(sentence("une table avec ses libellés, à plat"), bool(built.flat))
    if valid is not None:
        yield Criterion(sentence("des données conformes à leur description"), valid)


def _all(told: Sentence, without: list[str]) -> Criterion:
    return Criterion(told, not without, listed(without[:6]) + ("…" if len(without) > 6 else "") if without else "")
