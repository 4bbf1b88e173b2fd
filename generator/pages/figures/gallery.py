"""All the drawings of a site, each made once: what its contract declares, with its title, its source and its date."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from generator import layout
from generator.catalogue.drawn_rows import Item, Reading
from generator.catalogue.figures import Picture, pictures
from generator.catalogue.placing import drawn
from generator.catalogue.reads import decided
from generator.catalogue.records import Catalogue, Record
from generator.contracts.figures import Figure
from generator.contracts.origins import sourced
from generator.contracts.settings import Settings
from generator.packages.cited import date_of
from generator.pages.figures.drawing import Column, Drawing, Table
from generator.pages.figures.kinds import kinds
from generator.text.interface import say
from generator.text.links import LINK, without_links
from generator.text.names import BRACED, bare
from generator.text.spoken import date, number, semicolon, typeset
from generator.values.types import canonical


@dataclass(frozen=True, slots=True)
class Shown:
    """A drawing and where it stands: its picture, itself, its sentences as proses (their links lead to the data), its table as a
    page and a file have it.
    """

    picture: Picture
    drawing: Drawing
    title: str
    description: str
    table: Table

    @property
    def path(self) -> str:
        """The address of its page."""
        return layout.drawing(self.picture.figure.package, self.picture.key)

    def file(self, suffix: str) -> str:
        """The address of a file of it, beside its page."""
        return f"{self.path.removesuffix('/')}{suffix}"


def _of_tables(gallery: Gallery, record: Record) -> frozenset[str]:
    """The tables that decide which drawings a row has."""
    table = record.resource.name
    return frozenset((table,)).union(
        *(gallery.deciding(figure.name) for figure in gallery.figures.values() if figure.each == table)
    )


class Gallery:
    """The drawings of a project, by their keys: `financeurs`, or `valeurs/taux` for one of a record."""

    def __init__(self, catalogue: Catalogue, settings: Settings) -> None:
        self.catalogue = catalogue
        self.settings = settings
        self._reading = Reading(catalogue)
        self._sources: dict[int, str] = {}
        self.figures = {figure.name: figure for p in catalogue.contracts.packages.values() for figure in p.figures}
        self._deciding: dict[str, frozenset[str]] = {}
        self._made: dict[str, Shown] = {}

    @cached_property
    def pictures(self) -> dict[str, Picture]:
        """Every drawing to be made, in the order of the contracts."""
        found = (picture for figure in self.figures.values() for picture in pictures(figure, self.catalogue))
        return {picture.key: picture for picture in found}

    @property
    def shown(self) -> dict[str, Shown]:
        """Every drawing, in the order of the contracts."""
        return {key: self._drawn(picture) for key, picture in self.pictures.items()}

    def deciding(self, name: str) -> frozenset[str]:
        """The tables whose rows decide of the drawings of this name."""
        if name not in self._deciding:
            figure, contracts = self.figures.get(name), self.catalogue.contracts
            self._deciding[name] = drawn(figure, contracts) if figure is not None else frozenset()
        return self._deciding[name]

    @decided(lambda gallery, name, record: gallery.deciding(name))
    def of(self, name: str, record: Record | None) -> Shown | None:
        """A drawing by its name and its record; None when that record has nothing to draw. Raises LookupError for a name that no
        contract declares.
        """
        if name not in self.figures:
            raise LookupError(say("aucun dessin ne s’appelle « {name} »", name=name))
        own = [canonical(part) for part in record.id] if record is not None else []
        picture = self.pictures.get("/".join((name, *own)))
        return self._drawn(picture) if picture is not None else None

    @decided(_of_tables)
    def of_row(self, record: Record) -> list[str]:
        """The names of the drawings of a record."""
        return self._owned.get(id(record), [])

    @cached_property
    def _owned(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for picture in self.pictures.values():
            found.setdefault(id(picture.owner), []).append(picture.figure.name)
        return found

    def _drawn(self, picture: Picture) -> Shown:
        if picture.key not in self._made:
            self._made[picture.key] = self._shown(picture)
        return self._made[picture.key]

    def _shown(self, picture: Picture) -> Shown:
        figure = picture.figure
        body = kinds()[figure.kind].draw(picture)
        title, description, note = (
            self._filled(text, picture) for text in (figure.title, figure.description, figure.note)
        )
        left_out = _left_out(picture)
        drawing = Drawing(
            name="dessin-" + re.sub(r"[^\w-]+", "-", picture.key),
            title=plain(title).removesuffix("."),
            description=plain(description),
            body=body,
            notes=tuple(filter(None, (plain(note), left_out))),
            source=self._source(picture.items),
            made=self._by(figure),
        )
        quoted = (title, description, note)
        return Shown(picture, drawing, title, description, _completed(body.table, list(self._quoted(quoted, picture))))

    def _filled(self, text: str, picture: Picture) -> str:
        """A sentence of a declaration with its columns and its counts."""
        counts = _counts(picture)

        def part(found: re.Match[str]) -> str:
            owner, name = picture.owner, bare(found[1])
            if name in counts:
                return number(counts[name])
            value = owner[name] if owner is not None and name in owner.resource.index else None
            return canonical(value) if value is not None else owner.label if owner is not None else found[0]

        return " ".join(BRACED.sub(part, text).split())

    def _source(self, items: Iterable[Item]) -> str:
        """« Source : Rapport annuel (2019) ; Enquête (sans date). »"""
        named = Counter(source for item in items for source in self._origins_of(item))
        if not named:
            return ""
        listed = semicolon().join(name for name, _ in named.most_common())
        return say("Source : {names}.", names=listed) if len(named) == 1 else say("Sources : {names}.", names=listed)

    def _origins_of(self, item: Item) -> Iterable[str]:
        """The sources of a row, else of what it shows."""
        if item.record is None:
            return ()
        own = list(self._origins(item.record))
        if own:
            return own
        shown = {id(cell.record): cell.record for cells in item.cells.values() for cell in cells}
        return dict.fromkeys(source for record in shown.values() for source in self._origins(record))

    def _origins(self, row: Record) -> Iterator[str]:
        for key, _ in sourced(row.resource, self.catalogue.contracts):
            source = self.catalogue.target(row, key)
            if source is not None:
                if id(source) not in self._sources:
                    self._sources[id(source)] = self._cited(source)
                yield self._sources[id(source)]

    def _cited(self, source: Record) -> str:
        """« Mairie, rapport (2019) », « Mairie, enquête (sans date) », « Mairie, bilan (vers 2020) »."""
        cited, when = source.resource.cited_as, date_of(source)
        about = cited is not None and cited.approximate is not None and cited.approximate(source)
        told = say("sans date") if not when else say("vers {date}", date=date(when)) if about else date(when)
        return say("{name} ({date})", name=self._reading.short(source), date=told)

    def _by(self, figure: Figure) -> str:
        """« Jardins ouverts, données du 2 mars 2024. »"""
        versions = self.catalogue.contracts.packages[figure.package].versions
        name = self.settings.site_name
        return say("{name}, données du {date}.", name=name, date=date(versions[0].date)) if versions else f"{name}."

    def _quoted(self, proses: Iterable[str], picture: Picture) -> Iterator[tuple[str, str]]:
        """What its sentences quote of rows that it does not draw: the name of each, and what is said of it."""
        drawn = {id(item.record) for item in picture.items}
        schemes = {r.scheme: r for r in self.catalogue.contracts.resources.values() if r.scheme and r.quoted}
        for prose in proses:
            for link in LINK.finditer(prose):
                scheme, _, key = link[2].partition(":")
                row = (
                    self.catalogue.tables[schemes[scheme].name].by_key.get(tuple(key.split("/")))
                    if scheme in schemes
                    else None
                )
                if row is not None and id(row) not in drawn:
                    yield row.label, link[1]


def plain(text: str) -> str:
    """A prose as an image says it: without links, typeset."""
    return typeset(without_links(text))


def _counts(picture: Picture) -> dict[str, int]:
    """What the sentences of a drawing may count: its rows, and those that have each value of what it counts by."""
    role = kinds()[picture.figure.kind].KIND.counts
    counted = Counter(item.code(role) for item in picture.items if role)
    return {"total": len(picture.items), **{code: amount for code, amount in counted.items() if code}}


def _left_out(picture: Picture) -> str:
    if picture.left_out == 0:
        return ""
    if picture.left_out == 1:
        return say("Une autre valeur n’est pas dessinée : elle ne se compare pas à celles-ci.")
    return say(
        "{count} autres valeurs ne sont pas dessinées : elles ne se comparent pas à celles-ci.", count=picture.left_out
    )


def _completed(table: Table, quoted: list[tuple[str, str]]) -> Table:
    """The table of a drawing with what its sentences quote besides."""
    more = dict.fromkeys(quoted)
    if not more:
        return table
    size = len(table.columns)
    columns = table.columns if size > 1 else (*table.columns, Column("cite", say("Cité")))
    rows = tuple((name, said, *[""] * (len(columns) - 2)) for name, said in more)
    widen = [""] * (len(columns) - size)
    records = (*table.records, *(None for _ in rows)) if table.records else ()
    told = (*((*row, *widen) for row in table.rows), *rows)
    return Table(columns, told, (*((*row, *widen) for row in table.codes), *rows), records)
