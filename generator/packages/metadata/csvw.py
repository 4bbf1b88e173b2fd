"""CSV on the Web (W3C, https://www.w3.org/TR/tabular-metadata/): the tables of each package, at the place where this standard looks for
their description. It stands beside the files, which it names by themselves: it holds wherever they are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from generator import layout
from generator.contracts.model import Field, ForeignKey, Package, Resource
from generator.contracts.settings import Settings
from generator.packages.built import Built, Published
from generator.packages.datasets import Dataset, dataset
from generator.packages.formats import csv
from generator.packages.metadata import Link
from generator.packages.sheets import Sheet
from generator.packages.table_schema import MARKDOWN, filled
from generator.text.interface import say
from generator.text.language import spoken
from generator.text.names import in_template
from generator.values.types import canonical

TITLE = "CSVW"
DESCRIPTION = "La description des tables de chaque jeu selon CSV on the Web"

PLACE = "data/csv-metadata.json"  # « directory metadata » of the standard
CONTEXT = "http://www.w3.org/ns/csvw"
# The types of the standard that are those of our columns; the others are texts.
_TYPES = {
    "string": "string", "any": "string", "number": "decimal", "integer": "integer", "boolean": "boolean", "date": "date",
    "datetime": "dateTime", "time": "time", "year": "gYear", "yearmonth": "gYearMonth", "duration": "duration",
    "object": "json", "array": "json", "geojson": "json",
}  # fmt: skip
_BOUNDED = ("decimal", "integer", "date", "dateTime")  # that every reader of the standard takes with bounds

Node = dict[str, object]


def files(published: Published) -> Iterator[tuple[str, Callable[[], str]]]:
    """A description for each package."""
    for built in published.packages:
        yield layout.download(built.package.name, PLACE), partial(_text, built, published.settings)


def links(settings: Settings, package: Package | None) -> Iterator[Link]:
    """The page of a package leads to it."""
    if package is not None:
        path = layout.download(package.name, PLACE)
        yield Link(path, "describedby", "application/csvm+json", say("Description des tables (CSV on the Web)"))


def _text(built: Built, settings: Settings) -> str:
    one = dataset(built, settings)
    node = (
        {"@context": [CONTEXT, {"@language": spoken()}]}
        | _said(one)
        | {"tables": [_table(table.sheet) for table in built.tables]}
    )
    return json.dumps(node, ensure_ascii=False, indent=1) + "\n"


def _said(one: Dataset) -> Node:
    """What the package says of itself; `dc` is the terms of Dublin Core there."""
    licence = {"@id": one.licence.url} if one.licence.url else {}
    return filled(
        {
            "@id": one.identifier if one.identifier.startswith(("http://", "https://")) else "",
            "@type": "TableGroup",
            "dc:title": one.title,
            "dc:description": one.told,
            "dc:license": licence,
            "dc:publisher": one.publisher.name,
            "dc:modified": {"@value": one.modified, "@type": "xsd:date"} if one.modified else {},
        }
    )


def _table(sheet: Sheet) -> Node:
    resource = sheet.resource
    keys = () if sheet.flat else [key for key in resource.foreign_keys if not resource.refines(key)]
    return filled(
        {
            "url": _file(sheet.name),
            "dc:title": sheet.title,
            "dc:description": sheet.description,
            "dialect": {"lineTerminators": csv.DIALECT["lineTerminator"]},
            "tableSchema": filled(
                {
                    "columns": [_column(field) for field in sheet.columns],
                    "primaryKey": _names(resource.primary_key),
                    "foreignKeys": [_key(key, resource) for key in keys],
                }
            ),
        }
    )


def _file(table: str) -> str:
    return f"{table}{csv.SUFFIX}"


def _names(columns: Iterable[str]) -> list[str]:
    return list(map(in_template, columns))


def _key(key: ForeignKey, resource: Resource) -> Node:
    target = key.resource or resource.name
    reference = {"resource": _file(target), "columnReference": _names(key.reference)}
    return {"columnReference": _names(key.fields), "reference": reference}


def _column(field: Field) -> Node:
    """A column. Its title there is the first cell of its file: what people call it is its `dc:title`."""
    return filled(
        {
            "name": in_template(field.name),
            "titles": field.name,
            "dc:title": field.title,
            "dc:description": field.description,
            "dc:format": MARKDOWN if field.prose else "",
            "datatype": _datatype(field),
            "required": field.required,
            "separator": field.writing.delimiter if field.type == "list" else field.separator,
        }
    )


def _datatype(field: Field) -> object:
    """The type of a column and its bounds; the lengths and the pattern of a cell that holds several values are not those of each."""
    base, c = _TYPES.get(field.writing.item if field.type == "list" else field.type, "string"), field.constraints
    told: Node = {}
    if base in _BOUNDED:
        bounds = {"minimum": c.minimum, "maximum": c.maximum}
        bounds |= {"minExclusive": c.exclusive_minimum, "maxExclusive": c.exclusive_maximum}
        told = {name: canonical(value) for name, value in bounds.items()}
    elif field.type == "string" and not field.separator:
        told = {"format": c.pattern.written if c.pattern else "", "minLength": c.min_length, "maxLength": c.max_length}
    told = filled(told)
    return {"base": base} | told if told else base
