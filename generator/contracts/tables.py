"""One table of a contract, as declared: where its rows come from, its columns, keys and rules. What is wrong is diagnosed
on its line.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from generator.contracts.columns import read_field, read_foreign_key
from generator.contracts.model import Field, ForeignKey, Resource, Rows
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed
from generator.documents.reader import Reader
from generator.rules.rule import Declared

SCHEMES = ("https", "http", "mailto", "page", "nombre")  # of links that name no record


@dataclass(frozen=True, slots=True)
class Group:
    """Columns written together under one key (`source: {document, localisation}`), declared once for all tables."""

    name: str
    fields: tuple[Field, ...]
    foreign_keys: tuple[ForeignKey, ...]
    faulty: bool


def read_resource(item: Reader, package: str, groups: dict[str, Group]) -> Resource:
    """The resource that a mapping declares; `groups` are the columns that contracts share, by name."""
    name = item.text("name", required=True, pattern=r"[a-z][a-z0-9_]*")
    title = item.text("title", required=True)
    description = item.text("description")
    rows = _read_rows(item.mapping("content", required=True)) if item.has("content") else Rows("list")
    if not item.has("content"):
        message, hint = "La clé « content » manque : elle dit d’où viennent les lignes.", "Exemple : {example}"
        item.faults(item.position, message, hint, example="content: {records: jardins/*.yaml}")
        item.skip("content")
    schema = item.mapping("schema", required=True)
    fields: list[Field] = []
    keys: list[ForeignKey] = []
    for entry in schema.mappings("fields", required=True):
        if entry.has("group"):
            wanted = entry.text("group")
            entry.close("un renvoi à un groupe")
            if wanted not in groups:
                message, hint = "Aucun groupe ne s’appelle « {name} ».", "Groupes déclarés : {choices}."
                entry.fault("group", message, hint, nearest(wanted, groups), name=wanted, choices=listed(groups))
                continue
            fields += (replace(f, position=entry.position) for f in groups[wanted].fields)
            keys += groups[wanted].foreign_keys
        else:
            fields.append(read_field(entry, ()))
    primary_key = schema.texts("primaryKey", required=True)
    unique_keys = schema.text_lists("uniqueKeys")
    missing = schema.texts("missingValues") or ("",)
    own_keys = [(k, read_foreign_key(k, name)) for k in schema.mappings("foreignKeys")]
    keys += (key for _, key in own_keys)
    rules = tuple(
        Declared(rule.node, item.document, rule.position, rule.text("message", required=True))
        for rule in schema.mappings("rules")
    )
    schema.close("un schéma")
    label = item.text("label") or (primary_key[-1] if primary_key else "")
    cited = item.mapping("cited_as")
    cited_as = {name: cited.text(name) for name in ("title", "path", "version") if cited.has(name)}
    cited.close("« cited_as »")
    scheme = item.text("scheme", pattern="[a-z]+")
    if scheme in SCHEMES:
        item.fault("scheme", "« {scheme} » a déjà un sens dans les liens.", "Choisissez un autre mot.", scheme=scheme)
    quoted = item.texts("quoted")
    former = item.text("former_ids")
    properties = item.others()
    item.close("une ressource")
    filled = _filled(rows, keys)
    fields = [
        replace(
            f,
            key=(f.name,) if rows.kind == "csv" else f.key,
            filled=f.name in filled,
            constraints=replace(f.constraints, required=True) if f.name in primary_key else f.constraints,
        )
        for f in fields
        if f.name
    ]
    index = {f.name: i for i, f in enumerate(fields)}
    for f in fields:
        if fields[index[f.name]] is not f:
            item.faults(f.position, "La colonne « {name} » est déclarée deux fois.", name=f.name)
    named: list[tuple[Reader, str, tuple[str, ...]]] = [
        (schema, "primaryKey", primary_key),
        *((schema, "uniqueKeys", columns) for columns in unique_keys),
        *((reader, "fields", key.fields) for reader, key in own_keys),
        (item, "label", (label,) if item.has("label") else ()),
        *((cited, word, (column,)) for word, column in cited_as.items()),
        (item, "quoted", quoted),
        (item, "former_ids", (former,) if former else ()),
    ]
    for reader, word, columns in named:
        for column in columns:
            if column not in index:
                message, hint = (
                    "« {name} » n’est pas une colonne de « {resource} ».",
                    "Colonnes de la table : {choices}.",
                )
                item.faults(
                    reader.spot(word, column), message, hint, nearest(column, index),
                    name=column, resource=name, choices=listed(index),
                )  # fmt: skip
    label = label if label in index else ""
    keys = [k for k in keys if k.fields and all(c in index for c in k.fields)]
    primary_key = tuple(c for c in primary_key if c in index)
    unique_keys = tuple(u for u in unique_keys if all(c in index for c in u))
    return Resource(
        name, package, title, description, rows, label, tuple(fields), primary_key, unique_keys, tuple(keys), rules,
        missing, item.position, index, cited_as, scheme, quoted, former, properties,
    )  # fmt: skip


def _filled(rows: Rows, keys: list[ForeignKey]) -> set[str]:
    """The columns that the generator fills: those of the key to the parent, and the rank."""
    if rows.kind != "within":
        return set()
    parent = next((k for k in keys if k.resource == rows.parent), None)
    return {*(parent.fields if parent else ()), *([rows.rank] if rows.rank else [])}


def _read_rows(item: Reader) -> Rows:
    kinds = [k for k in ("records", "list", "csv", "within") if item.has(k)]
    if len(kinds) != 1:
        message = "« content » dit d’où viennent les lignes par une seule de ces clés : records, list, csv ou within."
        item.faults(item.position, message, "Exemple : content: {{records: jardins/*.yaml}}")
        item.skip("records", "list", "csv", "within", "key", "rank")
        return Rows("list")
    kind = kinds[0]
    if kind == "within":
        rows = Rows("within", "", item.text("within", True), item.text("key", True), item.text("rank"))
    else:
        rows = Rows(kind, item.text(kind, True))  # type: ignore[arg-type]
        if rows.pattern and not inside(rows.pattern):
            item.fault(kind, "Le chemin « {path} » doit rester sous content/.", path=rows.pattern)
    item.close("« content »")
    return rows


def inside(pattern: str) -> bool:
    """Whether a pattern names files under content/."""
    return bool(pattern) and not pattern.startswith("/") and ".." not in pattern.split("/") and "\\" not in pattern
