"""DCAT-AP 3 (https://semiceu.github.io/DCAT-AP/releases/3.0.1/), in JSON-LD: the catalogue that portals harvest. All of its
identifiers are addresses: without that of the site, there is no catalogue.

It is written for two readers that contradict each other, the official shapes and the harvester of data.gouv.fr: in ASCII, since a host
of files does not say how a text is encoded; with its context inside, so that nothing else is fetched; without checksums, which the
shapes want of a type that makes the harvester refuse the whole dataset (they are in the descriptors); with a period that has no
address, since it would be fetched.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator

from generator import layout
from generator.contracts.extent import AUTHORITY, first_day, last_day
from generator.contracts.model import Package
from generator.contracts.settings import Licence, Settings
from generator.packages.built import Published
from generator.packages.datasets import Agent, Dataset, Distribution, datasets, publisher
from generator.packages.descriptor import PROFILE
from generator.packages.formats import formats
from generator.packages.metadata import Link
from generator.packages.table_schema import filled
from generator.text.interface import say
from generator.text.language import ENGLISH, FRENCH, spoken
from generator.text.spoken import semicolon

TITLE = "DCAT"
DESCRIPTION = "Le catalogue de tous les jeux, que moissonnent les portails de données"

MEDIA_TYPE = "https://www.iana.org/assignments/media-types/"
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

Node = dict[str, object]


def files(published: Published) -> Iterator[tuple[str, Callable[[], str]]]:
    """The catalogue."""
    if published.settings.site_url:
        yield layout.CATALOGUE, lambda: _text(published)


def links(settings: Settings, package: Package | None) -> Iterator[Link]:
    """Every page of data leads to it."""
    if settings.site_url:
        yield Link(layout.CATALOGUE, "alternate", "application/ld+json", say("Catalogue des jeux de données (DCAT)"))


def _text(published: Published) -> str:
    settings = published.settings
    each = datasets(published.packages, settings)
    node = (
        {"@context": CONTEXT} | _catalogue(settings, each) | {"dcat:dataset": [_dataset(one, settings) for one in each]}
    )
    return json.dumps(node, ensure_ascii=True, indent=1) + "\n"


def _catalogue(settings: Settings, each: tuple[Dataset, ...]) -> Node:
    told = settings.site_description or say("Les jeux de données de « {site} »", site=settings.site_name)
    return filled(
        {
            "@id": settings.absolute(layout.CATALOGUE),
            "@type": "dcat:Catalog",
            "dct:title": _words(settings.site_name),
            "dct:description": _words(told),
            "dct:publisher": _agent(publisher(settings)),
            "dct:language": _language(),
            "dct:license": _licence(settings.data_licence),
            "dct:issued": _day(min(filter(None, (one.issued for one in each)), default="")),
            "dct:modified": _day(max((one.modified for one in each), default="")),
            "foaf:homepage": _page(settings.absolute(layout.words().data)),
            "dcat:themeTaxonomy": {"@id": f"{AUTHORITY}data-theme", "@type": "skos:ConceptScheme"},
        }
    )


def _dataset(one: Dataset, settings: Settings) -> Node:
    contacts = [agent for agent in one.contacts if agent.email or agent.url] or [one.publisher]
    return filled(
        {
            "@id": settings.absolute(one.page),
            "@type": "dcat:Dataset",
            "dct:identifier": one.identifier,
            "dct:title": _words(one.title),
            "dct:description": _words(one.told),
            "dcat:keyword": [_words(word) for word in one.keywords],
            "dcat:theme": [_term(theme, "skos:Concept") for theme in one.themes],
            "dct:publisher": _agent(one.publisher),
            "dct:creator": [_agent(agent) for agent in one.creators],
            "dcat:contactPoint": [_contact(agent, settings) for agent in contacts],
            "dct:license": _licence(one.licence),
            "dct:accessRights": _term(f"{AUTHORITY}access-right/PUBLIC", "dct:RightsStatement"),
            "dct:issued": _day(one.issued),
            "dct:modified": _day(one.modified),
            "dct:temporal": _period(*one.period),
            "dct:spatial": _place(*one.place),
            "dct:accrualPeriodicity": _term(one.frequency, "dct:Frequency"),
            "dct:conformsTo": {"@id": PROFILE, "@type": "dct:Standard", "dct:title": "Data Package 2.0"},
            "dct:provenance": _provenance(title for title, _ in one.sources),
            "dct:language": _language(),
            "dcat:version": one.version,
            "dcat:landingPage": _page(settings.absolute(one.page)),
            "dcat:distribution": [_distribution(file, one, settings) for file in one.distributions],
        }
    )


def _distribution(distribution: Distribution, one: Dataset, settings: Settings) -> Node:
    address = settings.absolute(distribution.path)
    schema = settings.absolute(distribution.schema) if distribution.schema else ""
    return filled(
        {
            "@id": f"{address}#distribution",
            "@type": "dcat:Distribution",
            "dct:title": _words(distribution.title),
            "dct:description": _words(distribution.description) if distribution.description else {},
            "dcat:accessURL": {"@id": address},
            "dcat:downloadURL": {"@id": address},
            "dct:format": _format(distribution.file.format),
            "dcat:mediaType": _term(f"{MEDIA_TYPE}{distribution.mediatype}", "dct:MediaType"),
            "dcat:byteSize": {"@value": str(distribution.file.size), "@type": "xsd:nonNegativeInteger"},
            "dct:license": _licence(one.licence),
            "dct:language": _language(),
            "dcatap:availability": _term(f"{AUTHORITY}planned-availability/STABLE", "skos:Concept"),
            "dct:conformsTo": {"@id": schema, "@type": "dct:Standard", "dct:title": "Table Schema"} if schema else {},
        }
    )


def _format(name: str) -> Node:
    """A format, by its term when there is one."""
    module = formats()[name]
    code = getattr(module, "FILE_TYPE", "")
    told: Node = {"@type": "dct:MediaTypeOrExtent", "rdfs:label": module.TITLE}
    return {"@id": f"{AUTHORITY}file-type/{code}"} | told if code else told


_CODES = {FRENCH: "FRA", ENGLISH: "ENG"}  # of the languages, in the vocabulary of the European Union


def _words(text: str) -> Node:
    return {"@value": text, "@language": spoken()}


def _day(date: str) -> Node:
    return {"@value": date, "@type": "xsd:date"} if date else {}


def _term(address: str, kind: str) -> Node:
    """A term of a vocabulary, with its class, which the shapes ask for."""
    return {"@id": address, "@type": kind} if address else {}


def _page(address: str) -> Node:
    return {"@id": address, "@type": "foaf:Document"}


def _language() -> Node:
    return _term(f"{AUTHORITY}language/{_CODES[spoken()]}", "dct:LinguisticSystem")


def _licence(licence: Licence) -> Node:
    """A licence by its address; else by its name."""
    named = licence.title or licence.name
    if not licence.url and not named:
        return {}
    return filled({"@id": licence.url, "@type": "dct:LicenseDocument", "rdfs:label": "" if licence.url else named})


def _agent(agent: Agent) -> Node:
    mail = {"@id": f"mailto:{agent.email}"} if agent.email else {}
    home = _page(agent.url) if agent.url else {}
    return filled({"@type": "foaf:Agent", "foaf:name": agent.name, "foaf:mbox": mail, "foaf:homepage": home})


def _contact(agent: Agent, settings: Settings) -> Node:
    """Whom to ask: their message box, else their page, else the site, where errors are told."""
    page = agent.url or ("" if agent.email else settings.site_url)
    return filled(
        {
            "@type": ["vcard:Kind", "vcard:Organization"],
            "vcard:fn": agent.name,
            "vcard:hasEmail": {"@id": f"mailto:{agent.email}"} if agent.email else {},
            "vcard:hasURL": {"@id": page} if page else {},
        }
    )


def _period(start: str, end: str) -> Node:
    told = filled(
        {
            "dcat:startDate": _day(first_day(start)) if start else {},
            "dcat:endDate": _day(last_day(end)) if end else {},
        }
    )
    return {"@type": "dct:PeriodOfTime"} | told if told else {}


def _place(name: str, address: str) -> Node:
    return filled({"@id": address, "@type": "dct:Location", "rdfs:label": _words(name)}) if name else {}


def _provenance(titles: Iterable[str]) -> Node:
    listed = semicolon().join(titles)
    told = _words(say("Relevé dans : {sources}.", sources=listed))
    return {"@type": "dct:ProvenanceStatement", "rdfs:label": told} if listed else {}
