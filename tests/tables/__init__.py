"""Cases of tables: what is asked and what is written, in text; what every engine must find, in text. Each is decided from the words of the
standard (Data Package v2: Table Schema, Table Dialect), or, where it says nothing, from what the case says.

A case has `texts` of one column (`type` and its properties, `good` and `wrong` texts), or a `schema`, a `csv` (or `rows`, inline), a
`dialect`, an `encoding`, and its `verdict`: one line a cause, « kind columns count places », of which the last are line:column, with
« < line:column » for the first of a key, and after the columns of a rule « > column » that it blames; « = n » for the number of rows,
« stopped code line:column » when not all was read.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from generator.standard.patterns import read_foreign
from generator.tables.shape import FOREIGN, Column, Key, Reference, Shape
from generator.tables.source import Dialect, Source, Table, files
from generator.tables.verdict import Cause, Place, Verdict
from generator.values.constraints import Constraints
from generator.values.patterns import Pattern
from generator.values.types import TYPES
from generator.values.writing import Writing
from tests.tables.rules import read

FOLDER = Path(__file__).parent / "cases"
_BOUNDS = {
    "minimum": "minimum",
    "maximum": "maximum",
    "exclusiveMinimum": "exclusive_minimum",
    "exclusiveMaximum": "exclusive_maximum",
}
_WRITING = {
    "decimalChar": "decimal",
    "groupChar": "group",
    "bareNumber": "bare",
    "delimiter": "delimiter",
    "itemType": "item",
}
_DIALECT = {
    "delimiter": "delimiter",
    "lineTerminator": "terminator",
    "quoteChar": "quote",
    "doubleQuote": "double",
    "escapeChar": "escape",
    "skipInitialSpace": "skip_initial_space",
    "headerJoin": "header_join",
    "commentChar": "comment",
    "caseSensitiveHeader": "case",
}


@dataclass(frozen=True)
class Case:
    """A case: its name, what it says, and the tables that it makes."""

    name: str
    said: dict[str, Any] = field(repr=False)

    def tables(self, folder: Path) -> list[Table]:
        """Its tables, whose files are written in a folder; the first is the one that is judged."""
        if "texts" in self.said:
            return [_of_texts(self.said["texts"], folder)]
        others = self.said.get("others", {})
        return [_of("table", self.said, folder), *(_of(name, said, folder) for name, said in others.items())]

    @property
    def verdict(self) -> str:
        """What is to be found, as `told` says it."""
        if "texts" in self.said:
            return _awaited(self.said["texts"])
        return str(self.said["verdict"]).strip()


@cache
def cases() -> tuple[Case, ...]:
    """All the cases."""
    return tuple(
        Case(f"{path.stem} : {said['case']}", said)
        for path in sorted(FOLDER.glob("*.yaml"))
        for said in YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    )


def told(verdict: Verdict) -> str:
    """A verdict, as the cases write it."""
    found = [f"= {verdict.rows}"] + [_cause(cause) for cause in verdict.causes]
    stops = [f"stopped {d.code} {d.position.line}:{d.position.column}" for d in verdict.stopped]
    return "\n".join((*found, *stops))


def _cause(cause: Cause) -> str:
    places = " ".join(map(_place, cause.places))
    columns = f"{'+'.join(cause.columns) or '-'}{f'>{cause.blamed}' if cause.rule else ''}"
    return f"{cause.kind} {columns} {cause.count} {places}"


def _place(place: Place) -> str:
    own = f"{place.line}:{place.column}" if place.line else f"n{place.record}"
    return own if place.other is None else f"{own}<{_place(place.other)}"


# --- One column ---


def _of_texts(said: dict[str, Any], folder: Path) -> Table:
    """A table of a number and of a text a row, between quotes."""
    field = {key: value for key, value in said.items() if key not in ("good", "wrong", "kind")}
    schema = {"fields": [{"name": "n", "type": "integer"}, {"name": "v", **field}]}
    texts = [*said.get("good", ()), *said.get("wrong", ())]
    lines = ["n,v", *('{},"{}"'.format(n, text.replace('"', '""')) for n, text in enumerate(texts, 1))]
    return _of("table", {"schema": schema, "csv": "\n".join(lines) + "\n"}, folder)


def _awaited(said: dict[str, Any]) -> str:
    good, wrong = said.get("good", ()), said.get("wrong", ())
    line, places = 2, []
    for n, text in enumerate((*good, *wrong), 1):
        if n > len(good):
            places.append(f"{line}:{len(str(n)) + 2}")
        line += 1 + text.count("\n")
    kind = said.get("kind", "valeur-du-mauvais-type")
    found = [f"{kind} v {len(wrong)} {' '.join(places[:20])}"] if wrong else []
    return "\n".join([f"= {len(good) + len(wrong)}", *found])


# --- Tables ---


def _of(name: str, said: dict[str, Any], folder: Path) -> Table:
    shape = shape_of(name, said.get("schema", {"fields": [{"name": "a"}]}))
    shape = replace(shape, rules=tuple(read(rule, shape) for rule in said.get("rules", ())))
    dialect = _dialect(said.get("dialect", {}))
    null = said.get("dialect", {}).get("nullSequence")
    if null is not None:
        columns = tuple(replace(column, missing=(*column.missing, null)) for column in shape.columns)
        shape = replace(shape, columns=columns)
    if "rows" in said:
        return Table(shape, Source((), dialect, rows=said["rows"], name="datapackage.json"))
    encoding, packed = said.get("encoding", "utf-8"), said.get("compression", "")
    texts = said["csv"] if isinstance(said["csv"], list) else [said["csv"]]
    names = [f"{name}-{n}.csv" for n, _ in enumerate(texts, 1)]
    for path, text in zip(names, texts, strict=True):
        data = bytes.fromhex(text["hex"]) if isinstance(text, dict) else text.encode(said.get("written", encoding))
        data = gzip.compress(data) if packed else data
        (folder / path).write_bytes(data[: len(data) - said.get("cut", 0)])
    return Table(shape, Source(files(folder, *names), dialect, encoding, packed))


def _dialect(said: dict[str, Any]) -> Dialect:
    values = {_DIALECT[key]: value for key, value in said.items() if key in _DIALECT}
    rows = () if said.get("header") is False else tuple(said.get("headerRows", (1,)))
    return Dialect(header_rows=rows, comment_rows=tuple(said.get("commentRows", ())), **values)


def shape_of(name: str, schema: dict[str, Any]) -> Shape:
    """What a schema that is right asks of a table."""
    missing = _missing(schema.get("missingValues", [""]))
    columns = tuple(_column(each, missing) for each in schema["fields"])
    unique = [[each["name"]] for each in schema["fields"] if each.get("constraints", {}).get("unique")]
    keys = [Key(tuple(schema["primaryKey"]), True)] if "primaryKey" in schema else []
    keys += (Key(tuple(each)) for each in (*unique, *schema.get("uniqueKeys", ())))
    references = tuple(
        Reference(tuple(each["fields"]), each["reference"].get("resource", ""), tuple(each["reference"]["fields"]))
        for each in schema.get("foreignKeys", ())
    )
    return Shape(name, columns, tuple(keys), references, schema.get("fieldsMatch", "exact"))


def _missing(said: list[Any]) -> tuple[str, ...]:
    return tuple(each["value"] if isinstance(each, dict) else each for each in said)


def _column(said: dict[str, Any], missing: tuple[str, ...]) -> Column:
    kind = said.get("type", "any")
    own = {_WRITING[key]: value for key, value in said.items() if key in _WRITING}
    form = said.get("format", "").replace("default", "")
    words = {key: tuple(said[name]) for key, name in (("true", "trueValues"), ("false", "falseValues")) if name in said}
    writing = replace(FOREIGN, format=form, **own, **words)
    categories = [each if isinstance(each, dict) else {"value": each} for each in said.get("categories", ())]
    return Column(
        said["name"],
        said["name"],
        kind,
        said.get("title", ""),
        writing,
        _constraints(said.get("constraints", {}), kind, writing),
        tuple((str(each["value"]), each.get("label", "")) for each in categories),
        _missing(said["missingValues"]) if "missingValues" in said else missing,
    )


def _constraints(said: dict[str, Any], kind: str, writing: Writing) -> Constraints:
    read = TYPES[kind].written(writing)
    values: dict[str, Any] = {own: read(str(said[word]))[0] for word, own in _BOUNDS.items() if word in said}
    if "pattern" in said:
        values["pattern"] = read_foreign(said["pattern"])
        assert isinstance(values["pattern"], Pattern), said["pattern"]
    return Constraints(
        required=said.get("required", False),
        unique=said.get("unique", False),
        enum=tuple(map(str, said.get("enum", ()))),
        min_length=said.get("minLength"),
        max_length=said.get("maxLength"),
        **values,
    )
