"""A frame as a value: all that its spreadsheet holds, whatever writes it. Its `print` says of which contract it is; that of its lists,
whether somebody has changed them since.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator import layout
from generator.catalogue.records import Catalogue
from generator.contracts.derivable import copied
from generator.contracts.frames import Frame as Declared
from generator.contracts.framing import Page, pages, series
from generator.contracts.model import Field, Package, Resource
from generator.contracts.settings import Settings
from generator.packages.frames.choices import Choices, choices
from generator.packages.frames.formulas import LINES, Grid, Unrolled
from generator.packages.making import making
from generator.rules.presence import Presence
from generator.rules.rule import Rule
from generator.text.interface import say
from generator.text.spoken import date, typeset
from generator.values.constraints import counted, limits
from generator.values.several import separated
from generator.values.types import in_words

LISTS, READ_ME = "Listes", "Lisez-moi"  # the names of the sheets that every frame has
KEYS = ("table", "empreinte", "version", "listes")  # what the first sheet of the two says, and in this order
HEAD = ("Colonne", "Titre", "Obligatoire", "Ce qu’elle attend", "Exemple")

Lines = list[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Frame:
    """The blank spreadsheet of a table: the sheets that are filled, those that follow from them, and the lists of columns, by sheet
    and by column.
    """

    resource: Resource
    declared: Declared
    package: Package
    settings: Settings
    pages: tuple[Page, ...]
    unrolled: tuple[Unrolled, ...]
    lists: dict[tuple[str, str], Choices]
    rules: dict[str, tuple[Rule, ...]]  # of its tables

    @property
    def title(self) -> str:
        """What it is called."""
        return typeset(self.declared.title) or say("Cadre à remplir : {title}", title=typeset(self.resource.title))

    @property
    def version(self) -> str:
        """The version of the package whose contract it follows, "" when it has none."""
        return self.package.versions[0].version if self.package.versions else ""

    @property
    def created(self) -> str:
        """The date of that version (AAAA-MM-JJ): a frame is the same bytes on any day."""
        return self.package.versions[0].date if self.package.versions else layout.EARLIEST

    @property
    def print(self) -> str:
        """Of which sheets, columns and categories it is made (SHA-256, 16 digits)."""
        told = [
            (page.resource.name, column.name, column.type, page.required(column), str(column.categories))
            for page in self.pages
            for column in page.columns
        ]
        return digest(told)

    def required(self, page: Page, column: Field) -> bool:
        """Whether every row must have a value, as its contract or one of its rules says."""
        return page.required(column) or column.name in always(self.rules[page.resource.name], "require")

    def grid(self, page: Page) -> Grid:
        """Where the calculations of a sheet find their numbers."""
        return Grid(page, None if page is self.pages[0] else self.pages[0])


def frame(resource: Resource, catalogue: Catalogue, settings: Settings) -> Frame:
    """The frame of a table whose contract declares one."""
    declared = resource.frame
    assert declared is not None
    filled = pages(resource, catalogue.contracts)
    found = {(page.name, column.name): choices(page, column, catalogue) for page in filled for column in page.columns}
    unrolled = tuple(
        Unrolled(
            steps, Grid(steps.of, None if steps.of is filled[0] else filled[0]), copied(steps.resource, steps.series)
        )
        for steps in series(filled, catalogue.contracts)
    )
    package = catalogue.contracts.packages[resource.package]
    lists = {place: known for place, known in found.items() if known}
    rules = {page.resource.name: catalogue.contracts.rules.get(page.resource.name, ()) for page in filled}
    return Frame(resource, declared, package, settings, filled, unrolled, lists=lists, rules=rules)


def always(rules: Sequence[Rule], keyword: str) -> set[str]:
    """The columns that a keyword names in the rules that hold for all rows."""
    found = [rule for rule in rules if isinstance(rule, Presence) and not rule.when.wanted]
    return {name for rule in found for name in getattr(rule, keyword)}


def digest(told: object) -> str:
    """The print of a value that JSON can hold."""
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode("utf-8", "backslashreplace")).hexdigest()[:16]


def read_me(frame: Frame) -> Lines:
    """What to read first: pairs (what, in words), then a line of five cells for each column of each sheet."""
    return [
        *((what, typeset(told)) for what, told in _about(frame) if told),
        *(line for page in frame.pages for line in _sheet(frame, page)),
    ]


def _about(frame: Frame) -> Iterator[tuple[str, str]]:
    calculated = frame.unrolled or any(c.computed is not None for page in frame.pages for c in page.columns)
    settings, package = frame.settings, frame.package
    yield say("Ce cadre"), frame.title
    for part in frame.declared.read_me.strip().split("\n\n"):
        yield say("À quoi il sert"), " ".join(part.split())
    yield (
        say("Comment le remplir"),
        say("Une ligne par fiche, à partir de la ligne 3, dans la feuille « {name} ».", name=frame.pages[0].name),
    )
    for page in frame.pages[1:]:
        told = say(
            "La feuille « {name} » en dit plus : sa première colonne reprend l’identifiant de la fiche.", name=page.name
        )
        yield say("Les listes d’une fiche"), told
    yield (
        say("Les cellules"),
        say("Blanche : à remplir. Orange : il y manque une valeur. Une liste s’ouvre dans la cellule."),
    )
    if calculated:
        yield (
            say("Ce qui se calcule"),
            say("Grise : elle se calcule seule. C’est un résultat d’hypothèses, pas un chiffre relevé."),
        )
    for each in frame.unrolled:
        told = say("La feuille « {name} » suit les autres, {lines} lignes au plus.", name=each.steps.name, lines=LINES)
        yield say("Pas à pas"), told
    yield (
        say("Ne changez pas"),
        say("Les noms de la ligne 2, par lesquels le fichier se relit. Les colonnes, elles, peuvent être déplacées."),
    )
    yield (
        say("Pour le rendre"),
        say("« generator frame --read » le relit et dit, cellule par cellule, ce qui est à corriger."),
    )
    licence = settings.data_licence
    yield say("Licence"), " ".join(filter(None, (licence.title or licence.name, licence.url)))
    if frame.version:
        yield say("Version"), say("{version}, du {date}", version=frame.version, date=date(frame.created))
    yield say("Adresse"), settings.absolute(layout.package(package.name))


def _sheet(frame: Frame, page: Page) -> Lines:
    told = typeset(" ".join(page.resource.description.split()))
    return [
        ("",),
        (say("Feuille « {name} »", name=page.name), told),
        tuple(map(say, HEAD)),
        *(_column(frame, page, column) for column in page.columns),
    ]


def _column(frame: Frame, page: Page, column: Field) -> tuple[str, ...]:
    if column.computed is not None:
        return column.name, typeset(column.title), say("calculée"), asked(page, column), ""
    status = say("oui" if frame.required(page, column) else "non")
    return column.name, typeset(column.title), status, asked(page, column), column.example


def asked(page: Page, column: Field) -> str:
    """What a column asks for, in one text."""
    parts: list[str] = [typeset(" ".join(column.description.split()))]
    if column.computed is not None:
        return " ".join((*parts, *map(_sentence, making(page.resource, column))))
    if page.holds(column):
        parts.append(say("L’identifiant de la fiche, tel qu’il est dans la première feuille."))
    elif not column.categories:
        parts.append(_sentence(in_words(column.type, column.format)))
    bounds: Sequence[str] = limits(column.constraints, counted(column.type))
    parts += [_sentence(", ".join(bounds))] if bounds else []
    parts += [_sentence(separated(column.separator))] if column.separator else []
    if column.unit:
        parts.append(say("L’unité est dans la colonne « {column} ».", column=column.unit))
    return " ".join(filter(None, parts))


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""
