"""Catalogue → the descriptor of each data package (Data Package v2), complete: its own tables and those that its foreign
keys reach. A published package needs nothing but itself.
"""

from __future__ import annotations

from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from generator import layout
from generator.catalogue.records import Catalogue
from generator.contracts.model import Contracts, Field, Package, Resource
from generator.contracts.settings import Settings
from generator.packages.formats import csv, formats
from generator.values.types import TYPES, Value, canonical

DESCRIPTOR = "datapackage.json"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


@dataclass(frozen=True, slots=True)
class File:
    """A written file: the name of its format, where it stands in its package, its size in bytes and its SHA-256."""

    format: str
    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Written:
    """A written table: its number of rows, and its files, the canonical one first."""

    resource: str
    rows: int
    files: tuple[File, ...]

    @property
    def path(self) -> str:
        """Where the canonical file stands in its package."""
        return self.files[0].path

    @property
    def size(self) -> int:
        """The size of the canonical file, in bytes."""
        return self.files[0].size


@dataclass(frozen=True, slots=True)
class Built:
    """A written package: its folder and its tables, its own first."""

    package: Package
    folder: Path
    tables: tuple[Written, ...]

    @property
    def own(self) -> tuple[Written, ...]:
        """The tables that the package itself declares."""
        return self.tables[: len(self.package.resources)]


def describe(
    package: Package, catalogue: Catalogue, settings: Settings, date: str, tables: Sequence[Written]
) -> dict[str, object]:
    """The `datapackage.json` of a package. Order and choices: what every reader of v2 agrees on."""
    version = package.versions[0] if package.versions else None
    home = settings.absolute(layout.package(package.name))
    publisher = {"title": settings.publisher, "path": settings.publisher_url, "email": settings.contact}
    licence = settings.data_licence
    descriptor: dict[str, object] = {
        "$schema": PROFILE,
        "name": package.name,
        "id": home,
        "title": package.title,
        "description": package.description,
        "homepage": home,
        "version": version.version if version else "",
        "created": f"{version.date if version else date}T00:00:00Z",
        "keywords": list(package.keywords),
        "languages": ["fr"],
        "licenses": [_filled({"name": licence.name, "path": licence.url, "title": licence.title})]
        if licence.name
        else [],
        "contributors": [_filled(publisher) | {"roles": ["creator", "contact"]}] if settings.publisher else [],
        "sources": _sources(package, catalogue),
        "resources": [_resource(catalogue.contracts, table) for table in tables],
    }
    return _filled(descriptor | dict(package.properties))


def _filled(properties: Map[str, object]) -> dict[str, object]:
    """Without what is not said; 0 is said."""
    return {name: value for name, value in properties.items() if value is not False and value not in ("", [], None, {})}


def _sources(package: Package, catalogue: Catalogue) -> list[dict[str, object]]:
    """The records that the package's own rows name in the resource which its contract declares as sources."""
    found: dict[str, dict[str, object]] = {}
    for resource in (catalogue.contracts.resources[name] for name in package.resources):
        for key in resource.foreign_keys:
            target = catalogue.contracts.resources.get(key.resource)
            if target is None or not target.cited_as:
                continue
            for record in catalogue[resource.name]:
                source = catalogue.target(record, key)
                if source is not None:
                    columns = target.cited_as.items()
                    found[source.label] = _filled({name: canonical(source[column]) for name, column in columns})
    return [found[title] for title in sorted(found)]


def _resource(contracts: Contracts, table: Written) -> dict[str, object]:
    resource = contracts.resources[table.resource]
    return _filled(
        {
            "name": resource.name,
            "type": "table",
            "profile": "tabular-data-resource",
            "path": table.path,
            "title": resource.title,
            "description": resource.description,
            **_file(table.files[0], encoding="utf-8"),
            "dialect": dict(csv.DIALECT),
            "alternatives": [{"path": file.path, **_file(file)} for file in table.files[1:]],
            "schema": schema(resource),
            **resource.properties,
        }
    )


def _file(file: File, **more: object) -> dict[str, object]:
    """What every file of a resource says of itself."""
    mediatype = formats()[file.format].MEDIATYPE
    measured = {"bytes": file.size, "hash": f"sha256:{file.sha256}"}
    return {"format": file.format, "mediatype": mediatype, **more, **measured}


def schema(resource: Resource) -> dict[str, object]:
    """The Table Schema of a resource, foreign keys turned to the tables of the same package."""
    keys = []
    for key in resource.foreign_keys:
        if resource.refines(key):  # checked by us: a reader of Table Schema would refuse the rows without it
            continue
        reference: dict[str, object] = {"fields": list(key.reference)}
        if key.resource != resource.name:  # a self reference omits it (v2)
            reference = {"resource": key.resource} | reference
        keys.append({"fields": list(key.fields), "reference": reference})
    unique = [list(columns) for columns in resource.unique_keys]
    return _filled(
        {
            "fields": [_field(field) for field in resource.fields],
            "missingValues": [""],  # whatever the content writes for an absence, an empty cell is published
            "primaryKey": list(resource.primary_key),
            "uniqueKeys": unique,
            "foreignKeys": keys,
        }
    )


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
    return _filled(
        {
            "name": field.name,
            "type": field.type,
            "format": field.format,
            "title": field.title,
            "description": field.description,
            "example": field.example,
            "categories": [{"value": _listed(field, text), "label": label} for text, label in field.categories],
            "categoriesOrdered": field.categories_ordered,
            "constraints": _filled(constraints),
            **field.properties,
        }
    )


def _listed(field: Field, text: str) -> object:
    """A value of a closed list as the profile of v2 wants it: JSON has whole numbers and truth, the rest is text."""
    value = TYPES[field.type].read(text, field.format)[0]
    return value if isinstance(value, int) else text


def _bound(value: Value | None) -> object:
    """A bound as JSON: numbers as numbers, when JSON holds them as they are; the rest as text."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else _float(value)
    return value if value is None or isinstance(value, int) else canonical(value)


def _float(value: Decimal) -> object:
    return float(value) if Decimal(repr(float(value))) == value else canonical(value)
