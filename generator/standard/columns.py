"""A schema of the standard → what is asked of a table, in the terms that every engine reads; messages speak of a schema, never of a contract."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from generator.standard.json_schemas import judged
from generator.standard.model import Field, Resource, Schema
from generator.tables.shape import Column, Key, Reference, Shape
from generator.text.interface import NOTHING, Sentence, sentence
from generator.values.conversion import Convert
from generator.values.problem import Problem
from generator.values.types import Value


def shape_of(resource: Resource, name: str, references: Iterable[Reference], named: Iterable[str]) -> Shape:
    """What is asked of the table of a resource. `named`: the columns that others name in it, should it have no schema."""
    schema = resource.schema
    if schema is None:
        columns = tuple(Column(each, each) for each in dict.fromkeys(named))
        return Shape(name, columns, match="subset", title=resource.name)
    null = (resource.dialect.null,) if resource.dialect.null is not None else ()
    columns = tuple(column_of(each, null) for each in _once(schema.fields))
    return Shape(name, columns, tuple(_keys(schema)), tuple(references), schema.match, resource.name)


def _once(fields: Iterable[Field]) -> Iterable[Field]:
    """Columns by different names: those of version 1 may have the same, and nothing then names the later ones."""
    known: set[str] = set()
    for each in fields:
        name = each.name
        while name in known:
            name += "′"
        known.add(name)
        yield replace(each, name=name)


def _keys(schema: Schema) -> Iterable[Key]:
    if schema.primary_key:
        yield Key(schema.primary_key, True)
    unique = [(each.name,) for each in schema.fields if each.constraints.unique]
    for columns in dict.fromkeys([*unique, *schema.unique_keys]):
        if columns != schema.primary_key:
            yield Key(columns)


def column_of(field: Field, null: tuple[str, ...] = ()) -> Column:
    """A column, whose problems are told in the words of a schema. `null`: the sequence that its file writes for an absence."""
    column = Column(
        field.name,
        field.name.rstrip("′"),
        field.type,
        writing=field.writing,
        constraints=field.constraints,
        categories=field.categories,
        missing=(*field.missing, *null),
    )
    object.__setattr__(column, "convert", _telling(column.convert, field))
    return column


def _telling(read: Convert, field: Field) -> Convert:
    """A reader, its problems in the words of a schema, and the constraint `jsonSchema` after its own."""
    schema = field.json_schema

    def convert(text: str) -> tuple[Value | None, Problem | None]:
        value, problem = read(text)
        if problem is not None:
            key = Sentence(problem.message.key)
            message = Sentence(_WORDS.get(key, key).key, problem.message.values)
            return None, replace(problem, message=message, hint=hint_of(problem, field))
        if schema is not None and value is not None:
            told = judged(schema, text)
            if told is not None:
                message = sentence("« {text} » ne suit pas « jsonSchema » : {told}", text=text[:60], told=told)
                return None, Problem("forme", message)
        return value, None

    return convert


# What is said of contents of ours → the same of the data of somebody else.
_WORDS = {
    sentence("« {text} » n’a pas la forme que le contrat donne à cette colonne."): sentence(
        "« {text} » n’a pas la forme que demande le schéma."
    ),
    sentence("« {text} » n’est pas une adresse web."): sentence("« {text} » n’est pas une adresse (URI)."),
}
_OURS = ("contrat", "{absent}", "{absence}", "YAML")
_HINTS = {
    "number": sentence("Un nombre s’écrit en chiffres, avec un point pour les décimales : -1.23, 1e6."),
    "integer": sentence("Un nombre entier s’écrit en chiffres, sans décimales ni espaces."),
    "boolean": sentence("Valeurs permises : {words}."),
    "date": sentence("Une date s’écrit AAAA-MM-JJ."),
    "time": sentence("Une heure s’écrit HH:MM:SS."),
    "datetime": sentence("Une date avec heure s’écrit AAAA-MM-JJTHH:MM:SSZ."),
    "object": sentence('Un objet s’écrit en JSON : {{"cle": "valeur"}}.'),
    "array": sentence("Un tableau s’écrit en JSON : [1, 2, 3]."),
}


def hint_of(problem: Problem, field: Field) -> Sentence:
    """What to do with a problem: what our contracts say of theirs does not go with a schema of somebody else."""
    hint = problem.hint
    if field.writing.format == "uri" and field.type == "string":
        return sentence("Une adresse commence par son genre (https:, urn:, mailto:…) et ne contient pas d’espace.")
    if not hint or not any(word in _whole(hint) for word in _OURS):
        return hint
    writing = field.writing
    if field.type == "number" and writing.decimal != ".":
        return sentence("Dans cette colonne, les décimales suivent « {mark} ».", mark=writing.decimal)
    if writing.format and field.type in ("date", "time", "datetime"):
        return sentence("Le schéma demande cette forme : {form}", form=writing.format)
    told = _HINTS.get(field.type, NOTHING)
    return told.within(words=", ".join((*writing.true, *writing.false)))


def _whole(told: Sentence) -> str:
    return told.key + "".join(_whole(value) for _, value in told.values if isinstance(value, Sentence))
