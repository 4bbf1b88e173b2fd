"""schema.org (https://schema.org/Dataset), in the page of each dataset and in their index: what search engines read, by the guide of
Google Dataset Search (https://developers.google.com/search/docs/appearance/structured-data/dataset). Without the address of the site,
those of files are relative to the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator import layout
from generator.contracts.settings import Licence, Settings
from generator.packages.built import Built
from generator.packages.datasets import Dataset, datasets, publisher
from generator.packages.linked import CONTEXT, Node, address_from, agent
from generator.packages.styles import styles
from generator.packages.table_schema import filled
from generator.text.interface import say
from generator.text.language import spoken
from generator.text.spoken import semicolon

TITLE = "schema.org"
DESCRIPTION = "Ce que les moteurs de recherche lisent dans la page de chaque jeu"

SHORTEST, LONGEST = 50, 5000  # characters of a description, by that guide
_MEASURED = ("integer", "number")


def embedded(packages: Sequence[Built], settings: Settings) -> Iterator[tuple[str, Node]]:
    """The catalogue, then each dataset."""
    each = datasets(packages, settings)
    yield layout.words().data, {"@context": CONTEXT} | _catalogue(each, settings)
    for one in each:
        yield one.page, {"@context": CONTEXT} | _dataset(one, settings)


def _catalogue(each: Sequence[Dataset], settings: Settings) -> Node:
    address = address_from(settings, layout.words().data)
    return filled(
        {
            "@type": "DataCatalog",
            "@id": settings.absolute(layout.words().data),
            "name": settings.site_name,
            "description": settings.site_description,
            "url": address(layout.words().data),
            "inLanguage": spoken(),
            "publisher": agent(publisher(settings)),
            "license": _licence(settings.data_licence),
            "dataset": [
                filled(
                    {
                        "@type": "Dataset",
                        "@id": settings.absolute(one.page),
                        "name": one.title,
                        "description": _description(one),
                        "url": address(one.page),
                        "license": _licence(one.licence),
                        "creator": [agent(creator) for creator in one.creators],
                    }
                )
                for one in each
            ],
        }
    )


def _dataset(one: Dataset, settings: Settings) -> Node:
    address = address_from(settings, one.page)
    return filled(
        {
            "@type": "Dataset",
            "@id": settings.absolute(one.page),
            "name": one.title,
            "description": _description(one),
            "url": address(one.page),
            "identifier": one.identifier,
            "keywords": list(one.keywords),
            "license": _licence(one.licence),
            "creator": [agent(creator) for creator in one.creators],
            "publisher": agent(one.publisher),
            "version": one.version,
            "datePublished": one.issued,
            "dateModified": one.modified,
            "temporalCoverage": _period(*one.period),
            "spatialCoverage": _place(*one.place),
            "inLanguage": spoken(),
            "isAccessibleForFree": True,
            "isBasedOn": [filled({"@type": "CreativeWork", "name": name, "url": url}) for name, url in one.sources],
            "creditText": styles()[0].text(one.citation) if one.citation is not None else "",
            "variableMeasured": _measured(one),
            "includedInDataCatalog": filled(
                {"@type": "DataCatalog", "@id": settings.absolute(layout.words().data), "name": settings.site_name}
                | {"url": address(layout.words().data)}
            ),
            "distribution": [
                filled(
                    {
                        "@type": "DataDownload",
                        "name": file.title,
                        "description": file.description,
                        "encodingFormat": file.mediatype,
                        "contentUrl": address(file.path),
                        "contentSize": f"{file.file.size} B",
                        "sha256": file.file.sha256,
                    }
                )
                for file in one.distributions
            ],
        }
    )


def _description(one: Dataset) -> str:
    """A description of the length that search engines take: a short one is followed by what the tables are."""
    if len(one.told) >= SHORTEST:
        return one.told if len(one.told) <= LONGEST else f"{one.told[: LONGEST - 1]}…"
    titles = semicolon().join(table.sheet.title for table in one.tables)
    told = say("{description} Les tables de ce jeu de données : {titles}.", description=one.told, titles=titles)
    return told[:LONGEST]


def _measured(one: Dataset) -> list[Node]:
    """The columns that hold numbers, each once."""
    columns = [
        field
        for table in one.built.own
        for field in table.sheet.columns
        if field.type in _MEASURED and field.name not in table.sheet.resource.primary_key
    ]
    return [
        filled(
            {
                "@type": "PropertyValue",
                "name": field.name,
                "alternateName": field.title,
                "description": field.description,
            }
        )
        for field in {field.name: field for field in reversed(columns)}.values()
    ][::-1]


def _licence(licence: Licence) -> object:
    """A licence by its address; else by its name."""
    named = licence.title or licence.name
    return licence.url or ({"@type": "CreativeWork", "name": named} if named else "")


def _period(start: str, end: str) -> str:
    """ISO 8601: from a date to another; `..` for what is open."""
    return f"{start or '..'}/{end or '..'}" if start or end else ""


def _place(name: str, address: str) -> Node:
    return filled({"@type": "Place", "name": name, "sameAs": address}) if name else {}
