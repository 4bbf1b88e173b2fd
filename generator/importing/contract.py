"""What was decided of a source → the text of its contract: tables, columns, keys and pages, with the names that the source has."""

from __future__ import annotations

from collections.abc import Iterator

from generator.importing.asking import OPTIONS, guards
from generator.importing.model import Column, Source, Table
from generator.importing.naming import STRICT, slug, titled
from generator.importing.yaml_text import dumped
from generator.text import portable
from generator.text.french import fold

_LABELS = ("label", "libelle", "name", "nom", "title", "titre", "intitule", "designation", "denomination")
MISSING = "missingValues"  # of a table, beside what its contract says of it
_KEPT = ("description", "example", "rdfType")  # properties of a declared column that are copied as they are


def contract(source: Source) -> str:
    """The text of `datapackage.yaml`."""
    said: dict[str, object] = {"name": slug(source.name), "title": source.title}
    said["description"] = source.description or f"{source.title}."
    said.update(source.properties)
    if not all(STRICT.match(name) for table in source.tables for name in (table.name, *table.names())):
        said["names"] = "written"
    said["resources"] = [_table(table) for table in source.tables]
    said["pages"] = list(_pages(source))
    return dumped(said)


def _table(table: Table) -> dict[str, object]:
    said: dict[str, object] = {"name": table.name, "title": table.title or titled(table.name)}
    if table.description:
        said["description"] = table.description
    said["content"] = table.content
    label = label_of(table)
    if label:
        said["label"] = label
    said.update({key: value for key, value in table.more.items() if key != MISSING})
    schema: dict[str, object] = {"fields": [_column(column, table) for column in table.columns]}
    missing = table.more.get(MISSING) or ([""] if _empties(table) else None)
    if missing:
        schema["missingValues"] = missing
    schema["primaryKey"] = list(table.primary_key)
    if table.unique_keys:
        schema["uniqueKeys"] = [list(key) for key in table.unique_keys]
    if table.foreign_keys:
        schema["foreignKeys"] = [
            {"fields": list(key.fields), "reference": _reference(key.table, key.reference, table)}
            for key in table.foreign_keys
        ]
    return {**said, "schema": schema}


def _reference(target: str, reference: tuple[str, ...], table: Table) -> dict[str, object]:
    named: dict[str, object] = {} if target == table.name else {"resource": target}
    return {**named, "fields": list(reference)}


def _empties(table: Table) -> bool:
    """Whether an empty value of its files is an absence: in files of keys, where one may be written."""
    return "csv" not in table.content


def _column(column: Column, table: Table) -> dict[str, object]:
    said: dict[str, object] = {"name": column.name}
    if column.path and column.path != (column.name,):
        said["from"] = column.path[0] if len(column.path) == 1 else list(column.path)
    said["type"] = column.type
    said.update((word, column.declared[word]) for word in ("title", *_KEPT) if column.declared.get(word))
    said.update((word, value) for word, value in column.found.items() if word != "type")
    allowed = [] if "categories" in column.found else guards(_writing(column), set(column.filled))
    named = ["identifiers"] if column.name in table.primary_key and column.type == "string" else []
    if allowed or named or "allow" in said:
        said["allow"] = sorted({*allowed, *named})
    if column.declared.get("constraints"):
        said["constraints"] = column.declared["constraints"]
    return said


def _writing(column: Column) -> dict[str, object]:
    """How the texts of a column are written, as its contract says it."""
    return {word: value for word, value in column.found.items() if word in ("type", *OPTIONS)}


def label_of(table: Table) -> str:
    """The column that names a row to a reader, "" when none is better than its key."""
    texts = [c for c in table.columns if c.type == "string" and "categories" not in c.found]
    named = [c for c in sorted(texts, key=lambda c: -len(set(c.texts))) if set(fold(c.name).split()) & set(_LABELS)]
    return next(
        (c.name for c in named if c.name not in table.primary_key and sum(map(bool, c.texts)) * 2 > table.rows), ""
    )


def addressed(table: Table) -> bool:
    """Whether each row can have a page at its key."""
    if len(table.primary_key) != 1 or table.parent or "rank" in table.content:
        return False
    keys = table.column(table.primary_key[0]).texts
    return len(set(map(portable.fold, keys))) == len(keys) and not any(map(portable.unportable, keys))


def _pages(source: Source) -> Iterator[dict[str, object]]:
    for table in source.tables:
        if table.parent:
            continue
        path, title = slug(table.name), table.title or titled(table.name)
        yield {"kind": "index", "path": f"{path}/", "title": title, "resource": table.name}
        if addressed(table):
            key, label = table.primary_key[0], label_of(table) or table.primary_key[0]
            page: dict[str, object] = {"kind": "record", "path": f"{path}/{{{key}}}/", "title": f"{{{label}}}"}
            inner = [other.name for other in source.tables if _above(other, source) == table.name]
            yield {**page, "resource": table.name, **({"anchors": inner} if inner else {})}


def _above(table: Table, source: Source) -> str:
    """The table that is not nested and that holds a nested one, whatever is between; "" for one that is not nested."""
    above = table.parent
    while above:
        parent = next(other for other in source.tables if other.name == above)
        if not parent.parent:
            return above
        above = parent.parent
    return ""
