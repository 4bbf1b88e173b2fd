"""What the default page of a record shows, in order: what it says of itself, group by group, the lists nested in it, however deep, and
the rows that name it, each said by what stands at its other end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from generator.catalogue.listed import columns, key_of, naming
from generator.catalogue.listings import has_page
from generator.contracts.model import Field, ForeignKey, Resource
from generator.contracts.pages import Page
from generator.pages.draft import Ground
from generator.pages.views import View
from generator.text.interface import say
from generator.text.names import BRACED
from generator.values.types import canonical

LONG = 300  # letters of a prose that stands under a heading of its own


@dataclass(frozen=True, slots=True)
class Told:
    """What a record says of itself: the column that sums it up, the others that come first, the groups (title, anchor, columns), the long
    proses, and what names it for machines.
    """

    resume: Field | None
    colonnes: list[str]
    groupes: list[tuple[str, str, list[str]]]
    proses: list[Field]
    reperes: list[Field]


class Telling:
    """The same, sorted when a template asks for it: those of packages rather name what they show."""

    def __init__(self, view: View, page: Page) -> None:
        self._asked = view, page

    @cached_property
    def _told(self) -> Told:
        return told(*self._asked)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._told, name)


@dataclass(frozen=True, slots=True)
class Nested:
    """Rows nested in a record, of one table: `niveau` is that of their heading; below the first, each says what holds it."""

    table: Resource
    niveau: int
    lignes: list[View]
    colonnes: list[str]
    dans: str  # the title of what holds these rows, "" for the record itself


@dataclass(frozen=True, slots=True)
class Naming:
    """Rows that name a record by one of their columns. Those that have a page of their own are a list of links, each with its words; the
    others show their columns.
    """

    table: Resource
    titre: str
    ancre: str
    lignes: list[View]
    colonnes: list[str]
    liens: list[tuple[View, str]]


def told(view: View, page: Page) -> Told:
    """What a record says of itself."""
    resource = view.record.resource
    elsewhere = (page.picture, page.picture_text)
    filled = [f for f in resource.shown if view[f.name] is not None and f.name not in elsewhere]
    summary = _summary(page, filled, resource)
    rest = [f for f in filled if f is not summary]
    technical = [f for f in rest if _technical(f, resource)]
    proses = [f for f in rest if f.prose and f.name != resource.label and _long(view, f)]
    plain = [f for f in rest if f not in technical and f not in proses]
    groups = {name: [f.name for f in plain if f.group == name] for name in dict.fromkeys(f.group for f in plain)}
    apart = {name: own for name, own in groups.items() if name and len(own) > 1}
    first = [f for f in plain if f.group not in apart]
    first.sort(key=lambda f: (f.name != resource.label, f.prose))
    titles = [(_title(name), f"groupe-{name}", own) for name, own in apart.items()]
    return Told(summary, [f.name for f in first], titles, proses, technical)


def _summary(page: Page, filled: Sequence[Field], resource: Resource) -> Field | None:
    """The column that is all the page says of a record in short (`description: "{resume}"`)."""
    ways = BRACED.findall(page.description)
    alone = ways[0] if len(ways) == 1 and page.description.strip() == f"{{{ways[0]}}}" else ""
    return next((f for f in filled if f.name == alone and alone != resource.label), None)


def _technical(field: Field, resource: Resource) -> bool:
    linked = any(field.name in key.fields for key in resource.foreign_keys)
    key = field.name in resource.primary_key and field.name != resource.label and not linked
    return key or field.format == "uuid" or (field.placed and not linked)


def _long(view: View, field: Field) -> bool:
    text = str(view[field.name])
    return len(text) > LONG or "\n" in text.strip()


def _title(group: str) -> str:
    words = group.replace("_", " ")
    return words[:1].upper() + words[1:]


def nested(view: View, ground: Ground, level: int = 2) -> Iterator[Nested]:
    """The lists nested in a record, each followed by those nested in its rows."""
    yield from _nested([view], view.record.resource, ground, level, "")


def _nested(views: Sequence[View], resource: Resource, ground: Ground, level: int, holder: str) -> Iterator[Nested]:
    for child in ground.project.catalogue.contracts.children(resource.name):
        rows = [row for view in views for row in ground.views.children(view.record, child.name)]
        if rows:
            yield Nested(child, min(level, 4), rows, own_columns(child, rows), holder)
            yield from _nested(rows, child, ground, level + 1, _heading(child))


def _heading(resource: Resource) -> str:
    """How the column that says what holds a row is headed: by what names that."""
    own = own_naming(resource)
    return ", ".join(resource.field(name).title for name in own)


def holder(view: View, ground: Ground) -> str:
    """How what holds a row is named, among what the same record holds."""
    above = view.record.parent
    if above is None:
        return ""
    filled = [f.name for f in above.resource.fields if f.filled]
    return end(ground.views.of(above), ground, filled)


def own_naming(resource: Resource) -> list[str]:
    """The columns that name a row among those that the same row holds."""
    names = naming(resource)
    return [n for n in names if not (resource.field(n).filled and resource.parent)] or list(names[-1:])


def own_columns(child: Resource, rows: Sequence[View]) -> list[str]:
    """The columns of nested rows that their place does not fill: those that name them first, then the others, proses last."""
    told = [f for f in child.shown if not f.placed]
    first = own_naming(child)
    told.sort(key=lambda f: (f.name not in first, f.prose))
    return [f.name for f in told if any(row[f.name] is not None for row in rows)] or first


def referring(view: View, ground: Ground) -> Iterator[Naming]:
    """The rows that name a record, key by key; those that it holds are already shown."""
    name = view.record.resource.name
    for resource in ground.project.catalogue.contracts.naming(name):
        keys = [key for key in resource.foreign_keys if key.resource == name and not _held(key, resource, name)]
        for key in keys:
            rows = ground.views.referring(view.record, resource.name, key.fields[-1])
            if rows:
                yield _naming(
                    rows, key, resource, len(keys) > 1 or resource.name == name or resource.parent == name, ground
                )


def _held(key: ForeignKey, resource: Resource, name: str) -> bool:
    """Whether a key only says what holds a row."""
    return resource.parent == name and all(resource.field(field).filled for field in key.fields)


def _naming(rows: list[View], key: ForeignKey, resource: Resource, said: bool, ground: Ground) -> Naming:
    column = resource.field(key.fields[-1])
    title = say("{table}, par « {column} »", table=resource.title, column=column.title) if said else resource.title
    anchor = f"renvois-{resource.name}" + (f"-{column.name}" if said else "")
    contracts = ground.project.catalogue.contracts
    place = ground.addresses.places.get(resource.name)
    if place is not None and not place.anchored:
        return Naming(resource, title, anchor, rows, [], [(row, end(row, ground, key.fields)) for row in rows])
    here = place is not None and place.page.per_record
    shown = columns(resource, None, here or not has_page(resource, contracts))
    others = [n for n in shown if n not in key.fields and any(row[n] is not None for row in rows)]
    return Naming(resource, title, anchor, rows, others or list(naming(resource)), [])


def end(view: View, ground: Ground, without: Sequence[str] = ()) -> str:
    """What a row is, seen from one of its ends: its name or, when its key is all that names it, what the rest of its key names."""
    resource = view.record.resource
    own = [name for name in naming(resource) if name not in without]
    return " – ".join(_words(view, name, ground) for name in own) if resource.unnamed and own else str(view)


def _words(view: View, column: str, ground: Ground) -> str:
    key = key_of(view.record.resource, column)
    target = ground.views.target(view.record, key) if key is not None else None
    return str(target) if target is not None else canonical(view[column])
