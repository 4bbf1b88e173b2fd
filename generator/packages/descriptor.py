"""Catalogue → the descriptor of each data package (Data Package v2), complete: its own tables and those that its foreign
keys reach. A published package needs nothing but itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator import layout
from generator.catalogue.freshness import reachable
from generator.catalogue.records import Catalogue, Record
from generator.contracts.model import Package, Resource
from generator.contracts.origins import sourced
from generator.contracts.settings import Settings
from generator.packages.built import File, Written
from generator.packages.cited import author_of, date_of
from generator.packages.fingerprint import numbered, of_files
from generator.packages.formats import csv, formats
from generator.packages.table_schema import filled, sheet_schema
from generator.text.language import spoken
from generator.values.types import canonical

DESCRIPTOR = "datapackage.json"
AUTHOR, DATE = "dct:creator", "dct:date"  # of a source
FLAT_OF = "dct:isFormatOf"  # of a flat table: the table whose rows it shows
FILLED_BY = "dct:relation"  # of a table: the blank spreadsheet that people fill with its rows
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


def describe(
    package: Package,
    catalogue: Catalogue,
    settings: Settings,
    date: str,
    tables: Sequence[Written],
    *,
    frames: Sequence[File] = (),
) -> dict[str, object]:
    """The `datapackage.json` of a package. Order and choices: what every reader of v2 agrees on."""
    version, created = state(package, tables, date)
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
        "version": version,
        "created": f"{created}T00:00:00Z",
        "dct:issued": package.versions[-1].date if package.versions else "",
        "keywords": list(package.keywords),
        "languages": [spoken()],
        "licenses": [filled({"name": licence.name, "path": licence.url, "title": licence.title})]
        if licence.name
        else [],
        "contributors": [filled(publisher) | {"roles": ["creator", "contact"]}] if settings.publisher else [],
        "sources": _united(sources(catalogue, catalogue.contracts.resources[name]) for name in package.resources),
        "skos:scopeNote": list(package.cautions),
        "resources": [_resource(table, catalogue, package, frames) for table in tables],
    }
    return filled(descriptor | dict(package.properties))


def state(package: Package, tables: Iterable[Written], date: str) -> tuple[str, str]:
    """The version of the tables of a package and its date: that of the record, or of the build when the data are others."""
    number = numbered(package, of_files(package, tables))
    released = package.versions and number == package.versions[0].version
    return number, package.versions[0].date if released else date


_Sources = dict[str, dict[str, object]]


def sources(catalogue: Catalogue, resource: Resource) -> _Sources:
    """The records that the rows of a table name in the resource which its contract declares as sources, by their titles."""
    found: _Sources = {}
    for key, _ in sourced(resource, catalogue.contracts):
        for record in catalogue[resource.name]:
            source = catalogue.target(record, key)
            if source is not None and source.label not in found:
                found[source.label] = _source(source, catalogue)
    return found


def _source(record: Record, catalogue: Catalogue) -> dict[str, object]:
    """A source in the words of the standard; who made it and when, which it has no word for, in those of Dublin Core."""
    cited = record.resource.cited_as
    assert cited is not None
    columns = {"title": cited.title, "version": cited.version}
    told = {word: canonical(record[column]) for word, column in columns.items() if column}
    told["path"] = reachable(record, cited.path)
    return filled(told | {AUTHOR: author_of(record, catalogue), DATE: date_of(record)})


def _united(several: Iterable[_Sources]) -> list[dict[str, object]]:
    found = {title: source for each in several for title, source in each.items()}
    return [found[title] for title in sorted(found)]


def _resource(table: Written, catalogue: Catalogue, package: Package, frames: Sequence[File]) -> dict[str, object]:
    sheet = table.sheet
    own = sheet.resource.package == package.name
    return filled(
        {
            "name": sheet.name,
            "type": "table",
            "profile": "tabular-data-resource",
            "path": table.path,
            "title": sheet.title,
            "description": sheet.description,
            **_file(table.files[0], encoding="utf-8"),
            "dialect": dict(csv.DIALECT),
            "alternatives": [{"path": file.path, **_file(file)} for file in table.files[1:]],
            "sources": _united([sources(catalogue, sheet.resource)]) if own else [],
            FLAT_OF: sheet.resource.name if sheet.flat else "",
            FILLED_BY: [{"path": f.path, **_file(f)} for f in frames if f.path == layout.frame(sheet.name)],
            "schema": sheet_schema(sheet),
            **sheet.resource.properties,
        }
    )


def _file(file: File, **more: object) -> dict[str, object]:
    """What every file of a resource says of itself."""
    mediatype = formats()[file.format].MEDIATYPE
    measured = {"bytes": file.size, "hash": f"sha256:{file.sha256}"}
    return {"format": file.format, "mediatype": mediatype, **more, **measured}
