"""Fragments of packages completed: a resource, a schema, a dialect or a field becomes a whole package, and nothing more is said."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from tests.standard.example import DESCRIPTOR

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
Files = dict[str, bytes]


def dumped(value: object) -> bytes:
    """A descriptor as JSON."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def csv_text(rows: Sequence[Sequence[object]]) -> bytes:
    """Rows as CSV, all the texts between quotes but those that are empty."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue().encode()


def package(resources: object, **properties: object) -> Files:
    """A package of the second version that has these resources."""
    return {DESCRIPTOR: dumped({"$schema": PROFILE, **properties, "resources": resources})}


def table(
    schema: object = None, dialect: object = None, content: bytes | None = None, path: str = "t.csv", **more: object
) -> Files:
    """A package of one table; without content, its file has the header that the schema asks and no row."""
    resource: dict[str, object] = {"name": "t", "type": "table", "path": path}
    resource |= {"schema": schema} if schema is not None else {}
    resource |= {"dialect": dialect} if dialect is not None else {}
    return {**package([resource | more, *aimed(schema)]), path: headed(schema) if content is None else content}


def aimed(schema: object) -> list[dict[str, object]]:
    """The tables that a schema alone refers to, without a row: what a fragment cannot hold is no fault of its own."""
    found: dict[str, dict[str, object]] = {}
    for key in schema.get("foreignKeys") or [] if isinstance(schema, Mapping) else []:
        target = key.get("reference") if isinstance(key, Mapping) else None
        name, fields = (target.get("resource"), target.get("fields")) if isinstance(target, Mapping) else (None, None)
        if isinstance(name, str) and name and fields:
            names = fields if isinstance(fields, list) else [fields]
            columns = {"fields": [{"name": one} for one in names]}
            found.setdefault(name, {"name": name, "type": "table", "schema": columns, "data": [names]})
    return list(found.values())


def inline(schema: object, rows: object, **more: object) -> Files:
    """A package of one table whose rows stand in the descriptor."""
    return package([{"name": "t", "type": "table", "schema": schema, "data": rows} | more])


def headed(schema: object) -> bytes:
    """The header that a schema asks, one empty column when it asks none."""
    fields = schema.get("fields") if isinstance(schema, Mapping) else None
    names = (
        [str(one["name"]) for one in fields if isinstance(one, Mapping) and "name" in one]
        if isinstance(fields, list)
        else []
    )
    return csv_text([names or ["a"]])


def fields_of(rows: Sequence[Mapping[str, Any]]) -> dict[str, object]:
    """A schema that these rows follow and no others: each column has no other value than theirs."""
    return {"fields": [_field(name, [row.get(name) for row in rows]) for name in rows[0]]}


def _field(name: str, values: list[Any]) -> dict[str, object]:
    known = [one for one in values if one is not None]
    kind = "integer" if all(isinstance(one, int) for one in known) else "string"
    return {"name": name, "type": kind, "constraints": {"enum": known}}


def cell(descriptor: Mapping[str, Any], value: object) -> Files:
    """A table of one cell beside its number: CSV when the value is a text, the descriptor's own rows otherwise."""
    schema = {"fields": [{"name": "n"}, {**descriptor, "name": "v"}]}
    if isinstance(value, str):
        return table(schema, content=csv_text([["n", "v"], ["1", value]]))
    return inline(schema, [{"n": 1, "v": value}])


def listed(resource: object) -> list[Mapping[str, Any]]:
    """The resources of a descriptor that can be looked into, whatever it holds."""
    found = resource.get("resources") if isinstance(resource, Mapping) else None
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def mentioned(descriptor: object) -> list[str]:
    """The files that a descriptor points at: paths of data, of schemas and of dialects."""
    found: list[object] = []
    for resource in listed(descriptor):
        path = resource.get("path")
        found += path if isinstance(path, list) else [path]
        found += [resource.get("schema"), resource.get("dialect")]
    return [one for one in found if isinstance(one, str)]
