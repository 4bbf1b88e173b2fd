"""Table Schema (Data Package v2) of a published table: its columns, and its keys, turned to the tables of the same package."""

from __future__ import annotations

import re
from collections.abc import Mapping as Map
from decimal import Decimal

from generator.contracts.model import Field, ForeignKey, Resource
from generator.packages.sheets import Sheet
from generator.values.types import Value, Year, canonical

SCHEMA = "https://datapackage.org/profiles/2.0/tableschema.json"
MARKDOWN = "text/markdown"
# What Table Schema has no word for, as properties of their own vocabularies.
SEPARATOR, MEDIA, REFINING = "csvw:separator", "dct:format", "sql:foreignKeys"
COMPUTED = (
    "odf:formula"  # the calculation from other columns of the row that gives the values (OpenFormula names it so)
)
NAMED = re.compile("[-a-z0-9._/]+")  # a name of a schema, to readers of version 1
FORMULAS = "csv:formulas"  # that a spreadsheet may execute what the column holds


def filled(properties: Map[str, object]) -> dict[str, object]:
    """Properties without what is not said; 0 is said."""
    return {name: value for name, value in properties.items() if value is not False and value not in ("", [], None, {})}


def sheet_schema(sheet: Sheet) -> dict[str, object]:
    """The schema of a table as it is published. A flat one stands alone: it names no other table."""
    if sheet.flat:
        return schema(sheet.resource, sheet.columns, keys=())
    return schema(sheet.resource, sheet.columns)


def schema_file(sheet: Sheet) -> str:
    """Where the schema of a table stands alone, in its package."""
    return f"schemas/{sheet.name}.json"


def standalone(sheet: Sheet) -> dict[str, object]:
    """The schema of a table that is read without the others, with what it says of itself."""
    name = sheet.name if NAMED.fullmatch(sheet.name) else ""
    said = {"$schema": SCHEMA, "name": name, "title": sheet.title, "description": sheet.description}
    return filled(said | schema(sheet.resource, sheet.columns, keys=()))


def schema(
    resource: Resource, columns: tuple[Field, ...] | None = None, keys: tuple[ForeignKey, ...] | None = None
) -> dict[str, object]:
    """The schema of a resource, or of some of its columns; foreign keys are its own unless they are given."""
    fields = resource.fields if columns is None else columns
    named = resource.foreign_keys if keys is None else keys
    strict = [_key(key, resource) for key in named if not resource.refines(key)]
    # Where the last column only refines, a reader of Table Schema would refuse the rows without it; SQL does not.
    loose = [_key(key, resource) for key in named if resource.refines(key)]
    return filled(
        {
            "fields": [_field(field) for field in fields],
            "missingValues": [""],  # whatever the content writes for an absence, an empty cell is published
            "primaryKey": list(resource.primary_key),
            "uniqueKeys": [list(columns) for columns in resource.unique_keys],
            "foreignKeys": strict,
            REFINING: loose,
        }
    )


def _key(key: ForeignKey, resource: Resource) -> dict[str, object]:
    reference: dict[str, object] = {"fields": list(key.reference)}
    if key.resource != resource.name:  # a self reference omits it (v2)
        reference = {"resource": key.resource} | reference
    return {"fields": list(key.fields), "reference": reference}


def _field(field: Field) -> dict[str, object]:
    c = field.constraints
    constraints: dict[str, object] = {
        "required": c.required,
        "unique": c.unique,
        "enum": [_listed(field, text) for text in c.enum or [value for value, _ in field.categories]],
        "pattern": f"^({c.pattern.written})$" if c.pattern else "",
        "minimum": _bound(c.minimum),
        "maximum": _bound(c.maximum),
        "exclusiveMinimum": _bound(c.exclusive_minimum),
        "exclusiveMaximum": _bound(c.exclusive_maximum),
        "minLength": c.min_length,
        "maxLength": c.max_length,
    }
    return filled(
        {
            "name": field.name,
            "type": field.type,
            "format": field.published_format,
            "title": field.title,
            "description": field.description,
            "example": field.published(field.example) if field.example else "",
            "categories": [{"value": _listed(field, text), "label": label} for text, label in field.categories],
            "categoriesOrdered": field.categories_ordered,
            **_listing(field),
            SEPARATOR: field.separator,
            MEDIA: MARKDOWN if field.prose else "",
            FORMULAS: field.formulas,
            COMPUTED: field.computed.text if field.computed is not None else "",
            "constraints": filled(constraints),
            **field.properties,
        }
    )


def _listed(field: Field, text: str) -> object:
    """A value of a closed list as the profile of v2 wants it: JSON has whole numbers and truth, the rest is text."""
    value = field.read(text)[0]
    return value if isinstance(value, int) and not isinstance(value, Year) else field.published(text)


def _listing(field: Field) -> dict[str, object]:
    """What separates the values of a list, and their type."""
    if field.type != "list":
        return {}
    return {"delimiter": field.writing.delimiter, "itemType": field.writing.item}


def _bound(value: Value | None) -> object:
    """A bound as JSON: numbers as numbers, when JSON holds them as they are; the rest as text."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else _float(value)
    return value if value is None or (isinstance(value, int) and not isinstance(value, Year)) else canonical(value)


def _float(value: Decimal) -> object:
    return float(value) if Decimal(repr(float(value))) == value else canonical(value)
