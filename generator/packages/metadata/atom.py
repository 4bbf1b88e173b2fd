"""Atom (RFC 4287): a feed for each package, an entry for each of its versions. Its identifiers are addresses, which must be of one
place in the world: without the address of the site, there is no feed.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from functools import partial

from generator import layout
from generator.contracts.model import Package, Version
from generator.contracts.settings import Settings
from generator.packages.built import Published
from generator.packages.metadata import Link
from generator.packages.noted import told
from generator.text.interface import count, say
from generator.text.language import spoken
from generator.text.spoken import date

TITLE = "Atom"
DESCRIPTION = "Les versions de chaque jeu de données, à suivre dans un lecteur de flux"

MOST = 40  # changes told of a version

escape = partial(html.escape, quote=False)  # of a text; `html.escape` in an attribute


def files(published: Published) -> Iterator[tuple[str, Callable[[], str]]]:
    """The feed of each package that has versions."""
    for built in published.packages if published.settings.site_url else ():
        package = built.package
        if package.versions:
            yield layout.feed(package.name), lambda package=package: _feed(package, published)  # type: ignore[misc]


def links(settings: Settings, package: Package | None) -> Iterator[Link]:
    """The page of a package that has versions leads to its feed."""
    if package is not None and package.versions and settings.site_url:
        yield Link(layout.feed(package.name), "alternate", "application/atom+xml", say("Les versions de ce jeu (Atom)"))


def _feed(package: Package, published: Published) -> str:
    settings = published.settings
    page = settings.absolute(layout.versions(package.name))
    author = [f"<name>{escape(settings.publisher or settings.site_name)}</name>"]
    author += [f"<uri>{escape(settings.publisher_url)}</uri>"] if settings.publisher_url else []
    licence = settings.data_licence.title or settings.data_licence.name
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{spoken()}">',
        f"  <title>{escape(say('{title} : les versions', title=package.title))}</title>",
        f"  <id>{escape(page)}</id>",
        f"  <updated>{_moment(package.versions[0])}</updated>",
        f"  <author>{''.join(author)}</author>",
        f'  <link rel="self" type="application/atom+xml" href="{html.escape(settings.absolute(layout.feed(package.name)))}"/>',
        f'  <link rel="alternate" type="text/html" href="{html.escape(page)}"/>',
        *([f"  <rights>{escape(licence)}</rights>"] if licence else []),
        *(line for version in package.versions for line in _entry(package, version, published)),
        "</feed>",
    ]
    return "\n".join(lines) + "\n"


def _entry(package: Package, version: Version, published: Published) -> Iterator[str]:
    settings = published.settings
    place = settings.absolute(layout.version(package.name, version.version))
    title = say("{title}, version {version}", title=package.title, version=version.version)
    yield "  <entry>"
    yield f"    <title>{escape(title)}</title>"
    yield f"    <id>{escape(place)}</id>"
    yield f"    <updated>{_moment(version)}</updated>"
    yield f'    <link rel="alternate" type="text/html" href="{html.escape(place)}"/>'
    if version.fingerprint:
        address = settings.absolute(layout.archive(package.name, version.version, version.date))
        yield f'    <link rel="enclosure" type="application/zip" href="{html.escape(address)}"/>'
    yield f"    <summary>{escape(version.summary)}</summary>"
    yield f'    <content type="html">{escape(_content(version, published))}</content>'
    yield "  </entry>"


def _content(version: Version, published: Published) -> str:
    """The reason and the changes of a version, in HTML."""
    changes = version.changes[:MOST]
    said = [escape(str(told(noted, published.catalogue.contracts))) for noted in changes]
    left = len(version.changes) - len(changes)
    said += [escape(say("… et {left}.", left=count(left, "autre changement", "autres changements")))] if left else []
    items = "".join(f"<li>{each}</li>" for each in said)
    head = f"<p>{escape(date(version.date))}. {escape(version.summary)}</p>"
    return f"{head}<ul>{items}</ul>" if items else head


def _moment(version: Version) -> str:
    return f"{version.date}T00:00:00Z"
