"""Which tables decide of what is told of others: those that rows name or stand in, those by which their addresses are found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from generator.contracts.figures import Drawn, Figure
from generator.contracts.model import Contracts
from generator.contracts.pages import Page
from generator.text.names import BRACED, alternatives, steps


def led(names: Iterable[str], contracts: Contracts) -> frozenset[str]:
    """Tables, those that their keys name, however far, and those whose rows hold theirs."""
    found = list(dict.fromkeys(names))
    for name in found:
        resource = contracts.resources.get(name)
        if resource is not None:
            named = (*(key.resource for key in resource.foreign_keys), resource.parent)
            found += [other for other in dict.fromkeys(named) if other and other not in found]
    return frozenset(name for name in found if name in contracts.resources)


def placing(page: Page, contracts: Contracts) -> Iterator[str]:
    """The tables whose rows say on which page of a list, or of its parts, a row stands: those that come before it there, and what
    their rows weigh.
    """
    if page.per_record:
        return
    if page.lists:
        for name in (page.resource, *page.anchors):
            yield from held(name, contracts)
    if page.parts is not None:
        for name in (page.resource, *page.parts.tables):
            for path in (*page.parts.columns, ()):
                yield from _along(name, path, contracts)


def drawn(figure: Figure, contracts: Contracts) -> frozenset[str]:
    """The tables whose rows decide of the drawings of a declaration: those of its rows, those to which its paths lead, and the names of
    their sources; those that its sentences may quote.
    """
    own = {figure.each, *(table for rows in figure.rows for table in _read(rows, contracts))}
    named = led(own, contracts)
    cited = ((name, contracts.resources[name].cited_as) for name in named)
    short = {
        table for name, as_ in cited if as_ for path in as_.short for table in _along(name, steps(path), contracts)
    }
    said = (figure.title, figure.description, figure.note)
    quoting = any("](" in text or (figure.each and BRACED.search(text)) for text in said)
    quoted = {name for name, resource in contracts.resources.items() if quoting and resource.scheme and resource.quoted}
    return led(named | short, contracts) | quoted


def _read(rows: Drawn, contracts: Contracts) -> Iterator[str]:
    """The tables that the roles of rows read."""
    yield rows.table
    for written in (path for paths in rows.roles.values() for path in paths):
        for path in alternatives(written):
            yield from _along(rows.table, steps(path), contracts)


def held(name: str, contracts: Contracts) -> Iterator[str]:
    """A table and those that are nested in it, however deep."""
    yield name
    for child in contracts.children(name):
        yield from held(child.name, contracts)


def _along(name: str, path: Sequence[str], contracts: Contracts) -> Iterator[str]:
    """A table, and those to which the steps of a path lead from it, through keys and nested lists."""
    yield name
    resource = contracts.resources.get(name)
    if path and resource is not None:
        nested = (child.name for child in contracts.children(name) if child.rows.step == path[0])
        named = (key.resource for key in resource.foreign_keys if path[0] in key.fields)
        for other in (*nested, *named):
            yield from _along(other, path[1:], contracts)
