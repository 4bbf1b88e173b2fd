"""A package as catalogues know it: a dataset, who answers for it, what it covers, and each of its files, which is a distribution.
Every description of the packages is written from it, in the words of its own vocabulary.

A dataset has the tables that its package declares, and their flat forms: those that its keys reach are of another dataset, and a
harvester must find each file once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator import layout
from generator.contracts.extent import FREQUENCY, PERIOD, PLACE, THEMES
from generator.contracts.settings import Licence, Settings
from generator.packages.built import Built, File, Written
from generator.packages.citation import Citation
from generator.packages.formats import CANONICAL, formats
from generator.packages.said import Said, mapping, mappings, text, texts
from generator.packages.table_schema import schema_file
from generator.text.interface import say


@dataclass(frozen=True, slots=True)
class Agent:
    """A person or an organisation; "" for what is unknown."""

    name: str
    url: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Distribution:
    """A file of a dataset. Paths are those of the site; `schema` is that of its Table Schema, for the canonical file of a table."""

    title: str
    description: str
    path: str
    file: File
    schema: str = ""

    @property
    def mediatype(self) -> str:
        """Its media type (IANA)."""
        return str(formats()[self.file.format].MEDIATYPE)


@dataclass(frozen=True, slots=True)
class Dataset:
    """A package; "" or nothing for what is not said. `page` is its page on the site; dates are AAAA-MM-JJ; `period` is its start
    and its end; `place`, its name and its address; `sources`, their titles and their addresses.
    """

    built: Built
    page: str
    identifier: str
    title: str
    description: str
    keywords: tuple[str, ...]
    version: str
    issued: str
    modified: str
    licence: Licence
    publisher: Agent
    creators: tuple[Agent, ...]
    contacts: tuple[Agent, ...]
    period: tuple[str, str]
    place: tuple[str, str]
    frequency: str
    themes: tuple[str, ...]
    sources: tuple[tuple[str, str], ...]
    distributions: tuple[Distribution, ...]

    @property
    def name(self) -> str:
        """The name of its package."""
        return self.built.package.name

    @property
    def tables(self) -> tuple[Written, ...]:
        """Its tables: those that are its own, then their flat forms."""
        return (*self.built.own, *self.built.flat)

    @property
    def told(self) -> str:
        """Its description, then what must not be done with its data: a catalogue often shows nothing else."""
        cautions = [say("Attention : {caution}", caution=caution) for caution in self.built.package.cautions]
        return "\n\n".join((self.description, *cautions))

    @property
    def citation(self) -> Citation | None:
        """How it is cited."""
        return self.built.citation


def datasets(packages: Sequence[Built], settings: Settings) -> tuple[Dataset, ...]:
    """The datasets of a site."""
    return tuple(dataset(built, settings) for built in packages)


def dataset(built: Built, settings: Settings) -> Dataset:
    """A written package, as a dataset."""
    package, said = built.package, built.descriptor
    page = layout.package(package.name)
    period, place = mapping(said.get(PERIOD)), mapping(said.get(PLACE))
    contributors = mappings(said.get("contributors"))
    modified = text(said, "created")[:10]
    return Dataset(
        built=built,
        page=page,
        identifier=text(said, "id"),
        title=text(said, "title") or package.title,
        description=text(said, "description") or package.description,
        keywords=texts(said, "keywords"),
        version=text(said, "version"),
        issued=text(said, "dct:issued") or modified,
        modified=modified,
        licence=_licence(said),
        publisher=publisher(settings),
        creators=tuple(_agents(contributors, "creator")),
        contacts=tuple(_agents(contributors, "contact")),
        period=(text(period, "start"), text(period, "end")),
        place=(text(place, "title"), text(place, "path")),
        frequency=text(said, FREQUENCY),
        themes=texts(said, THEMES),
        sources=tuple((text(s, "title"), text(s, "path")) for s in mappings(said.get("sources")) if text(s, "title")),
        distributions=tuple(_distributions(built)),
    )


def publisher(settings: Settings) -> Agent:
    """Who publishes the site; a site whose publisher is not said has at least a name."""
    return Agent(settings.publisher or settings.site_name, settings.publisher_url, settings.contact)


def _agents(contributors: Sequence[Said], role: str) -> Iterator[Agent]:
    """The contributors that have a role; one of whom no role is said has them all."""
    for one in contributors:
        given = (text(one, "givenName"), text(one, "familyName"))
        name = text(one, "title") or " ".join(filter(None, given)) or text(one, "organization")
        if name and (role in texts(one, "roles") or not texts(one, "roles")):
            yield Agent(name, _web(text(one, "path")), text(one, "email"))


def _licence(said: Said) -> Licence:
    first = next(iter(mappings(said.get("licenses"))), {})
    return Licence(text(first, "name"), text(first, "title"), _web(text(first, "path")))


def _web(path: str) -> str:
    return path if path.startswith(("https://", "http://")) else ""


def _distributions(built: Built) -> Iterator[Distribution]:
    """The files of a package: those that hold all of it, then those of its flat tables, then those of the others."""
    name = built.package.name
    for file in built.files:
        kind = formats()[file.format]
        title = say("{title} ({format})", title=built.package.title, format=kind.TITLE)
        yield Distribution(title, say(kind.DESCRIPTION), layout.download(name, file.path), file)
    for table in (*built.flat, *built.own):
        for file in table.files:
            title = say("{title} ({format})", title=table.sheet.title, format=formats()[file.format].TITLE)
            schema = layout.download(name, schema_file(table.sheet)) if file.format == CANONICAL else ""
            yield Distribution(title, table.sheet.description, layout.download(name, file.path), file, schema)
