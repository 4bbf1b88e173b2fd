"""Table Schema: the columns of a table and its keys (https://datapackage.org/standard/table-schema/)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics.finding import Position, fault
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed
from generator.documents.nodes import Scalar, Sequence
from generator.standard.fields import read_field, read_missing
from generator.standard.metadata import ADVICE
from generator.standard.model import MISSING, Field, ForeignKey, Schema
from generator.standard.part import LIST, SCHEMA, TEXT, UNCHECKED, Part, is_text
from generator.tables.shape import MATCHES, Match
from generator.values.moments import ANY

_Named = tuple[tuple[str, Position], ...]


def read_schema(part: Part, strict: bool) -> Schema | None:
    """The schema that a group says; None without columns. `strict`: what is asked of who writes it, and no reader may refuse, is told."""
    part.text("$schema")
    if "fields" not in part:
        part.missing("fields", "Un schéma dit ses colonnes dans une liste « fields ».")
        return None
    missing = read_missing(part) if "missingValues" in part else MISSING
    groups = list(part.groups("fields", least=1))
    fields = tuple(read_field(each, missing) for each in groups)
    names = [each.name for each in fields]
    keys = _Keys(part, names)
    primary = keys.columns(part, "primaryKey")
    if strict:
        _say_twins(groups, fields)
        _advise(part, groups, fields, primary)
    return Schema(
        fields,
        _match(part),
        primary,
        tuple(filter(None, keys.unique())),
        tuple(keys.foreign()),
    )


def _say_twins(groups: list[Part], fields: tuple[Field, ...]) -> None:
    """Names of columns that are given twice: the standard has them unique, and no package refused for it, as version 1 permitted it."""
    known: set[str] = set()
    for group, column in zip(groups, fields, strict=True):
        if column.name and column.name in known:
            message, hint = "Deux colonnes s’appellent « {name} ».", "Donnez à chacune son nom."
            group.tell(fault(SCHEMA, group.at("name"), message, hint, name=column.name))
        known.add(column.name)


def _advise(part: Part, groups: list[Part], fields: tuple[Field, ...], primary: tuple[str, ...]) -> None:
    """Say what the standard recommends of a schema and this one has not."""
    for group, column in zip(groups, fields, strict=True):
        if column.writing.format == ANY:
            message, hint = (
                "La norme déconseille le format « any ».",
                "Dites la forme : « default », ou un motif comme « %d/%m/%Y ».",
            )
            group.tell(fault(ADVICE, group.at("format"), message, hint))
    names = [each.name for each in fields]
    if [names.index(name) for name in primary] != sorted(names.index(name) for name in primary):
        message, hint = (
            "La norme recommande de suivre l’ordre des colonnes dans la clé primaire.",
            "Écrivez : {choices}.",
        )
        choices = listed(sorted(primary, key=names.index), "et")
        part.tell(fault(ADVICE, part.at("primaryKey"), message, hint, choices=choices))


def _match(part: Part) -> Match:
    """How columns are matched with those of the data: a text, or a list of one, which the profile of 2.0 asks by mistake."""
    node = part.get("fieldsMatch")
    said = part.texts("fieldsMatch", least=1) if isinstance(node, Sequence) else []
    if isinstance(node, Sequence) and len(said) != 1:
        part.fault("fieldsMatch", "« {key} » attend un seul mot.", "Mots permis : {choices}.", choices=listed(MATCHES))
    word = said[0][0] if said else part.word("fieldsMatch", MATCHES) if not isinstance(node, Sequence) else ""
    return next((each for each in MATCHES if each == word), "exact")


class _Keys:
    """The keys of a schema, whose columns have these names."""

    def __init__(self, part: Part, names: list[str]) -> None:
        self.part = part
        self.names = names

    def columns(self, part: Part, key: str) -> tuple[str, ...]:
        """The columns of a key: a list, or one text as in version 1; none when one of them does not exist, which is said."""
        found = listed_names(part, key)
        return self._known(part, found)

    def _known(self, part: Part, found: _Named) -> tuple[str, ...]:
        for name, place in found:
            if name not in self.names:
                message, hint = "La colonne « {name} » n’est pas dans le schéma.", "Ses colonnes : {choices}."
                near = nearest(name, self.names)
                part.tell(fault(SCHEMA, place, message, hint, near, name=name, choices=listed(self.names, "et")))
                return ()
        say_twice(part, found)
        return tuple(dict.fromkeys(name for name, _ in found))

    def unique(self) -> Iterator[tuple[str, ...]]:
        """The columns of each unique key."""
        for path, node in self.part.items("uniqueKeys", least=1):
            if not isinstance(node, Sequence):
                self.part.unfit(self.part.file.at(node), path, LIST, node)
                continue
            found = tuple(_texts(self.part, path, node))
            if not found and not node.items:
                message = "« {key} » est une liste vide."
                place = self.part.file.at(node)
                self.part.tell(fault(SCHEMA, place, message, "Nommez-y les colonnes de la clé.", key=path))
            yield self._known(self.part, found)

    def foreign(self) -> Iterator[ForeignKey]:
        """The foreign keys; the columns that they name elsewhere are looked for once all is read."""
        for key in self.part.groups("foreignKeys", least=1):
            reference = key.group("reference")
            for word, group in (("fields", key), ("reference", key), ("fields", reference)):
                if group is not None and word not in group:
                    group.missing(word, "Une clé étrangère a « fields », et « reference » avec ses « fields ».")
            own = self.columns(key, "fields")
            if reference is None:
                continue
            named = listed_names(reference, "fields")
            say_twice(reference, named)
            if own and named and len(own) != len(named):
                message = "Cette clé a {n} colonnes et en désigne {m}."
                hint = "Il en faut autant dans « fields » et dans « reference.fields »."
                key.tell(fault(SCHEMA, reference.at("fields"), message, hint, n=len(own), m=len(named)))
                continue
            if "package" in reference:
                message = "Cette clé désigne un autre paquet : elle n’a pas été vérifiée."
                key.tell(fault(UNCHECKED, reference.key_at("package"), message, ""))
                continue
            resource = reference.text("resource")
            if own and named:
                yield ForeignKey(own, resource, tuple(name for name, _ in named), reference.at("fields"))


def listed_names(part: Part, key: str) -> _Named:
    """The names of a list, or of one text."""
    node = part.get(key)
    if isinstance(node, Scalar) and is_text(node):
        return ((node.text, part.at(key)),)
    return tuple(part.texts(key, least=1))


def _texts(part: Part, path: str, node: Sequence) -> Iterator[tuple[str, Position]]:
    for item in node.items:
        if isinstance(item, Scalar) and is_text(item):
            yield item.text, part.file.at(item)
        else:
            part.unfit(part.file.at(item), path, TEXT, item)


def say_twice(part: Part, found: _Named) -> None:
    """Say the names that a key has twice."""
    names = [name for name, _ in found]
    for rank, (name, place) in enumerate(found):
        if name in names[:rank]:
            message, hint = "La colonne « {name} » est deux fois dans la clé.", "Retirez-en une."
            part.tell(fault(SCHEMA, place, message, hint, name=name))
