"""The page where the rows of a table are filtered, sorted, paged through and downloaded as they are seen: in the browser, from parts of
its Parquet file (theme/assets/parcourir.js). Its first rows and its files are there without a script.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice

from generator import layout
from generator.catalogue.explored import explored
from generator.catalogue.records import Catalogue
from generator.contracts.model import Field, Package, Resource
from generator.packages.built import Built, File, Written
from generator.packages.numbers import NUMBERS, numbers
from generator.packages.sheets import Row
from generator.pages.draft import Draft, told
from generator.text.interface import say
from generator.text.spoken import date, number
from generator.values.types import Value, canonical

FORMAT, EXACT = "parquet", "csv"  # which the script reads; whose writing it gives
SHOWN = 25  # rows of a page
LONGEST = 160  # characters of a cell


@dataclass(frozen=True, slots=True)
class Column:
    """A column as the page shows it: what it is to a filter (`genre`: nombre, date, choix, texte), whether its digits are those of a
    number that is counted with, the words of its codes, and how many decimals its CSV writes at least (`Numbers.written`).
    """

    field: Field
    genre: str
    compte: bool
    etiquettes: dict[str, str]
    decimales: int | None = None

    @property
    def titre(self) -> str:
        """Its title."""
        return self.field.title or self.field.name

    def model(self) -> dict[str, object]:
        """The same, for the script."""
        known: dict[str, object] = {
            "nom": self.field.name,
            "titre": self.titre,
            "genre": self.genre,
            "compte": self.compte,
        }
        if self.etiquettes:
            known["etiquettes"] = self.etiquettes
        if self.decimales is not None:
            known["decimales"] = self.decimales
        return known

    def shown(self, value: Value | None) -> str:
        """A value in words, as the script writes it."""
        text = canonical(value)
        if value is None or text in self.etiquettes:
            return self.etiquettes.get(text, text)
        if self.genre == "date":
            return date(value)
        if isinstance(value, Decimal) and self.genre == "nombre":
            whole, _, rest = text.partition(".")
            rest = rest.rstrip("0").ljust(self.decimales or 0, "0")
            text = f"{whole}.{rest}" if rest else whole
        return number(text) if self.compte else text


@dataclass(frozen=True, slots=True)
class Context:
    """What the template of the page of a table receives."""

    paquet: Package = told("Le jeu de données de la table.")
    table: Written = told("La table écrite : `sheet`, `files`.")
    colonnes: list[Column] = told("Ses colonnes : `titre`, `genre`, `compte` (des nombres), `field`.")
    lignes: list[list[str]] = told("Ses premières lignes, en textes.")
    modele: str = told("Les colonnes, en JSON, pour le script.")
    source: File | None = told("Le fichier que lit le script ; rien quand ce site n’a pas ce format.")
    publie: File | None = told(
        "Le CSV publié, dont la vue à télécharger garde l’écriture ; rien quand ce site ne l’a pas."
    )
    telecharge: Callable[[str, str], str] = told("`telecharge(paquet, chemin)` : l’adresse d’un fichier.")
    fichiers: list[tuple[str, str, int]] = told("Ses fichiers entiers : l’adresse, le nom du format, la taille.")
    par_page: int = told("Combien de lignes a une page de ses lignes.")
    pages: int = told("Combien de pages ont toutes ses lignes.")
    derivees: list[tuple[str, str]] = told(
        "Les tables que le contrat tire d’elle (des comptes, des sommes) : l’adresse, le titre."
    )


def used(packages: Iterable[Built], catalogue: Catalogue) -> bool:
    """Whether a page has the script: a table is browsed, and its package has the file that the script reads."""
    return any(
        table.sheet.name in names and _file(table, FORMAT) is not None
        for built in packages
        for names in [set(explored(built.package, catalogue))]
        for table in built.tables
    )


def drafts(built: Built, catalogue: Catalogue, titles: Map[str, str]) -> Iterator[Draft]:
    """The pages of the tables of a package; `titles`: those of the formats, by their names."""
    known = {table.sheet.name: table for table in built.tables}
    for name in explored(built.package, catalogue):
        if name in known:
            yield _draft(built.package, known[name], catalogue, titles)


def _draft(package: Package, table: Written, catalogue: Catalogue, titles: Map[str, str]) -> Draft:
    sheet = table.sheet
    columns = [
        replace(_column(field, sheet.resource), decimales=need.written if field.type in NUMBERS else None)
        for field, need in zip(sheet.columns, numbers(sheet), strict=True)
    ]
    context = Context(
        paquet=package,
        table=table,
        colonnes=columns,
        lignes=[_shown(columns, row) for row in islice(sheet.rows(), SHOWN)],
        modele=json.dumps([column.model() for column in columns], ensure_ascii=False, separators=(",", ":")),
        source=_file(table, FORMAT),
        publie=_file(table, EXACT),
        telecharge=layout.download,
        fichiers=[(layout.download(package.name, file.path), titles[file.format], file.size) for file in table.files],
        par_page=SHOWN,
        pages=-(-sheet.count // SHOWN),
        derivees=list(_derived(sheet.resource, catalogue)),
    )
    title = say("Parcourir : {title}", title=sheet.title)
    return Draft(
        layout.table(package.name, sheet.name), title, "table.html", context, sheet.description,
        source=package.position.path, more={"script": layout.ROWS_SCRIPT} if context.source is not None else {},
    )  # fmt: skip


def _file(table: Written, name: str) -> File | None:
    return next((file for file in table.files if file.format == name), None)


def _column(field: Field, resource: Resource) -> Column:
    labels = dict(field.categories) or ({"true": say("oui"), "false": say("non")} if field.type == "boolean" else {})
    counted = field.type in ("number", "integer") and not resource.coded(field)
    if labels:
        return Column(field, "choix", False, labels)
    if field.type in ("number", "integer", "year"):
        return Column(field, "nombre", counted, {})
    return Column(field, "date" if field.type == "date" else "texte", False, {})


def _shown(columns: Sequence[Column], row: Row) -> list[str]:
    return [_cut(column.shown(value)) for column, value in zip(columns, row, strict=True)]


def _cut(text: str) -> str:
    """A text of which a cell shows the beginning, as the script cuts it."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _derived(resource: Resource, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """The tables that are made from its rows."""
    for other in catalogue.contracts.resources.values():
        if other.derive is not None and resource.name in other.derive.origins:
            yield f"{layout.package(other.package)}#{other.name}_", other.title
