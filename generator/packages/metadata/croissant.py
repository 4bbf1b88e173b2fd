"""Croissant 1.0 (MLCommons, https://docs.mlcommons.org/croissant/docs/croissant-spec.html): each package for tools of machine learning.
It asks for the address of the package: without that of the site, there is none.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from collections.abc import Mapping as Map
from functools import partial

from generator import layout
from generator.contracts.model import Field, Package, Resource
from generator.contracts.settings import Settings
from generator.packages.built import Built, Published, Written
from generator.packages.datasets import Agent, Dataset, dataset
from generator.packages.metadata import Link
from generator.packages.styles import styles
from generator.packages.table_schema import filled
from generator.text.interface import say
from generator.text.language import spoken
from generator.text.names import in_uri

TITLE = "Croissant"
DESCRIPTION = "La description de chaque jeu pour les outils d’apprentissage automatique"

FILE = "croissant.json"
CONFORMS = "http://mlcommons.org/croissant/1.0"
# That of the standard (« Appendix 1: JSON-LD context »), word for word, its language aside.
_OWN = (
    *("citeAs", "column", "equivalentProperty", "extract", "field", "fileProperty", "fileObject", "fileSet", "format"),
    *("includes", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references"),
    *("regex", "repeated", "replace", "samplingRate", "separator", "source", "subField", "transform"),
)
CONTEXT: Map[str, object] = {
    "@vocab": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "sc": "https://schema.org/",
} | {word: f"cr:{word}" for word in _OWN}
# The types of the standard that are those of our columns; the others are texts.
_TYPES = {
    "number": "sc:Float", "integer": "sc:Integer", "boolean": "sc:Boolean", "date": "sc:Date", "year": "sc:Integer",
}  # fmt: skip

Node = dict[str, object]


def files(published: Published) -> Iterator[tuple[str, Callable[[], str]]]:
    """A description for each package."""
    for built in published.packages if published.settings.site_url else ():
        yield layout.download(built.package.name, FILE), partial(_text, built, published.settings)


def links(settings: Settings, package: Package | None) -> Iterator[Link]:
    """The page of a package leads to it."""
    if package is not None and settings.site_url:
        path = layout.download(package.name, FILE)
        kind = f'application/ld+json; profile="{CONFORMS}"'
        yield Link(path, "alternate", kind, say("Description du jeu (Croissant)"))


def _text(built: Built, settings: Settings) -> str:
    one = dataset(built, settings)
    node = filled(
        {
            "@context": {"@language": spoken(), **CONTEXT},
            "@type": "sc:Dataset",
            "name": one.title,
            "conformsTo": CONFORMS,
            "description": one.told,
            "url": settings.absolute(one.page),
            "license": one.licence.url or one.licence.title or one.licence.name,
            "creator": [_agent(agent) for agent in one.creators or (one.publisher,)],
            "publisher": _agent(one.publisher),
            "keywords": list(one.keywords),
            "inLanguage": spoken(),
            "version": one.version,
            "datePublished": one.issued,
            "dateModified": one.modified,
            "citeAs": styles()[0].text(one.citation) if one.citation is not None else "",
            "distribution": [_file(table, one, settings) for table in one.tables],
            "recordSet": [_records(table, one) for table in one.tables if table.sheet.columns],
        }
    )
    return json.dumps(node, ensure_ascii=False, indent=1) + "\n"


def _agent(agent: Agent) -> Node:
    return filled({"@type": "sc:Organization", "name": agent.name, "url": agent.url, "email": agent.email})


def _file(table: Written, one: Dataset, settings: Settings) -> Node:
    """The canonical file of a table."""
    file = table.files[0]
    return filled(
        {
            "@type": "cr:FileObject",
            "@id": file.path,
            "name": file.name,
            "description": table.sheet.description,
            "contentUrl": settings.absolute(layout.download(one.name, file.path)),
            "contentSize": f"{file.size} B",
            "encodingFormat": "text/csv",
            "sha256": file.sha256,
        }
    )


def _records(table: Written, one: Dataset) -> Node:
    """The rows of a table."""
    sheet, resource = table.sheet, table.sheet.resource
    return filled(
        {
            "@type": "cr:RecordSet",
            "@id": sheet.name,
            "name": sheet.name,
            "description": sheet.description or sheet.title,
            "key": [{"@id": _id(sheet.name, name)} for name in resource.primary_key],
            "field": [
                _field(field, table, "" if sheet.flat else _named(field, resource, one)) for field in sheet.columns
            ],
        }
    )


def _id(table: str, column: str) -> str:
    return f"{table}/{in_uri(column)}"


def _field(field: Field, table: Written, named: str) -> Node:
    source = {"fileObject": {"@id": table.path}, "extract": {"column": field.name}}
    return filled(
        {
            "@type": "cr:Field",
            "@id": _id(table.sheet.name, field.name),
            "name": field.name,
            "description": field.description or field.title,
            "dataType": _TYPES.get(field.type, "sc:Text"),
            "source": source,
            "references": {"field": {"@id": named}} if named else {},
        }
    )


def _named(field: Field, resource: Resource, one: Dataset) -> str:
    """The column of a table of the same package that a column names by itself; "" when there is none."""
    for key in resource.foreign_keys:
        own = key.resource in one.built.package.resources
        if key.fields == (field.name,) and own and key.resource != resource.name:
            return _id(key.resource, key.reference[0])
    return ""
