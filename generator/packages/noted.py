"""What a version says that changed, in words: as published, with the titles that columns have today."""

from __future__ import annotations

from dataclasses import dataclass

from generator.contracts.model import Contracts, Resource
from generator.contracts.noted import Noted
from generator.text.interface import count, say
from generator.text.spoken import date, number


@dataclass(frozen=True, slots=True)
class Told:
    """A thing that changed: in which table, to which row (its key then, "" for none), what, before and after."""

    table: str
    row: str
    what: str
    old: str = ""
    new: str = ""

    def __str__(self) -> str:
        where = say("{table}, « {row} »", table=self.table, row=self.row) if self.row else self.table
        said = say("{where} : {what}", where=where, what=self.what) if where else self.what
        if self.old and self.new:
            return say("{said}, {old} → {new}", said=said, old=self.old, new=self.new)
        return say("{said}, {what}", said=said, what=self.old or self.new) if self.old or self.new else said


def told(noted: Noted, contracts: Contracts) -> Told:
    """A thing that changed, in words; a table or a column that is no longer there is called by its name."""
    resource = contracts.resources.get(noted.table)
    table = resource.title if resource is not None else noted.table
    column = resource.field(noted.column).title if resource is not None and noted.column in resource.index else ""
    column = column or noted.column
    if noted.kind == "value":
        old, new = (shown(resource, noted.column, text) for text in (noted.old, noted.new))
        return Told(table, noted.row, column, old, new)
    if noted.kind in ("added", "removed"):
        amount = len(noted.rows) + noted.more
        rows = ", ".join(noted.rows)
        rows = say("{rows}… et {left}", rows=rows, left=count(noted.more, "autre")) if noted.more else rows
        if noted.kind == "added":
            return Told(table, "", count(amount, "ligne ajoutée", "lignes ajoutées"), new=rows)
        return Told(table, "", count(amount, "ligne retirée", "lignes retirées"), old=rows)
    if noted.kind in _COUNTED:
        return Told(table, "", count(noted.more, *_COUNTED[noted.kind]))
    where = say("colonne « {title} »", title=column) if column else say("contrat")
    if noted.kind == "property":
        word = say(PROPERTIES.get(noted.what, noted.what))
        return Told(table, "", say("{where}, {property}", where=where, property=word), noted.old, noted.new)
    if noted.kind == "renamed":
        return Told(table, noted.new, say("ligne renommée"), noted.row, noted.new)
    if noted.kind == "column_renamed":
        return Told(table, "", say("colonne renommée"), noted.column, noted.new)
    return Told(table, "", say(_WORDS[noted.kind], where=where))


def shown(resource: Resource | None, column: str, text: str) -> str:
    """A value of a record of version as a person reads it, by the type that its column has today."""
    if not text:
        return say("(vide)")
    if resource is None or column not in resource.index:
        return text
    field, value = resource.field(column), resource.value(column, text)
    if value is None:
        return text
    if isinstance(value, bool):
        return say("oui") if value else say("non")
    if field.type in ("number", "integer"):
        return number(value)
    return date(value) if field.type == "date" else field.label(text)


# Properties of a contract, with the name of the standard for those that are not here.
PROPERTIES = {
    "package": "paquet",
    "order": "ordre des colonnes",
    "type": "type",
    "format": "format",
    "title": "titre",
    "description": "description",
    "example": "exemple",
    "keywords": "mots-clés",
    "categories": "libellés de la liste",
    "enum": "valeurs permises",
    "required": "valeur obligatoire",
    "unique": "valeur unique",
    "pattern": "motif",
    "minimum": "minimum",
    "maximum": "maximum",
    "exclusiveMinimum": "minimum exclu",
    "exclusiveMaximum": "maximum exclu",
    "minLength": "longueur minimale",
    "maxLength": "longueur maximale",
    "primaryKey": "clé primaire",
    "uniqueKeys": "clés uniques",
    "files": "fichiers",
    "foreignKeys": "renvois à d’autres tables",
}
_COUNTED = {
    "values": ("autre valeur changée", "autres valeurs changées"),
    "renames": ("autre ligne renommée", "autres lignes renommées"),
    "moved": ("ligne change de rang", "lignes changent de rang"),
    "followed": ("ligne suit un renvoi renommé", "lignes suivent un renvoi renommé"),
}
_WORDS = {
    "table_added": "table ajoutée",
    "table_removed": "table retirée",
    "column_added": "{where} ajoutée",
    "column_removed": "{where} retirée",
}
