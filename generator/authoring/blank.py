"""Annotated templates: the text that a contributor copies to write a new row of a table. A line that starts with « ## »
explains; one that starts with « # » is an optional key put aside, which taking « # » off brings back: what is copied as it
is contains only what is required.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from generator.authoring.asks import (
    brief,
    choices,
    ended,
    explain,
    explain_group,
    explain_list,
    folder_of,
    holder,
    place,
    rules,
    where,
)
from generator.authoring.editors import opening
from generator.authoring.kinds import as_kind
from generator.authoring.placeholders import demanded, placeholder, values
from generator.catalogue.levels import Level
from generator.catalogue.plan import Plan, make_plan
from generator.contracts.model import Contracts, Field, Resource
from generator.documents.dialect import Dialect
from generator.documents.kinds import kind_of
from generator.documents.places import cell, scalar
from generator.documents.places import key as quoted
from generator.text.interface import say
from generator.text.spoken import typeset

WIDTH = 100
ANY_NAME = "nom-au-choix"

_LEGEND = (
    "Remplacez chaque « … » et chaque modèle : le contrôle refuse ceux qui restent. Un texte qui contient"
    " « : » ou « # » se met entre guillemets.",
    "Ce qui suit « ## » explique la ligne d’en dessous ; effacez-le quand vous avez fini.",
)
_OPTIONAL = "Facultatif : pour employer une clé, retirez « # » et l’espace devant ses lignes. Effacez les autres."
_BY_RULE = " (une règle le demande)"
_REFUSED = "Ce que le contrôle dit quand une règle de « {title} » n’est pas suivie :"


@dataclass(frozen=True, slots=True)
class Specimen:
    """`path`: the file, from the root of the project, named after a placeholder where the name is to be chosen. `text`:
    what to write there. `notes`: the columns of a CSV or JSON file, which holds no comment, and what each asks for.
    """

    path: str
    text: str
    notes: tuple[tuple[str, tuple[str, ...]], ...] = ()


def specimen(resource: Resource, contracts: Contracts, site: str = "") -> Specimen:
    """The annotated template of a table: a whole file when it has one per row, else an element of a list, or a header and
    a line of CSV. That of a nested table is that of the record that holds it. `site`: where the schemas are published.
    """
    resource = holder(resource, contracts)
    plan = make_plan(resource, contracts)
    texts = values(plan)
    name = place(resource).rpartition("/")[2]
    chosen = ANY_NAME
    if plan.id_place is not None and resource.primary_key[0] in texts:  # the name of the file is the identifier
        column = resource.primary_key[0]
        chosen = texts[column]
        texts[column] = name.replace("*", chosen).rpartition(".")[0]
    path = f"{folder_of(resource).replace('*', ANY_NAME)}/{name.replace('*', chosen)}"
    dash = resource.rows.kind == "list"
    record = _Record(plan, texts, contracts, WIDTH - 2 * dash)
    if resource.rows.kind == "csv":
        return Specimen(path, record.csv(), tuple(record.notes()))
    title = ended(f"{resource.title}. {resource.description}")
    head = comment([title, where(resource, contracts), *map(say, _LEGEND)], WIDTH)
    body = record.under_key() if dash and resource.rows.keys else record.lines(dash)
    foot = comment([text for each in _family(resource, contracts) for text in _refused(each)], WIDTH)
    lines = [*opening(resource, path, site), *head, "", *body, *([""] if foot else []), *foot]
    notes = tuple(record.notes()) if kind_of(path) == "json" else ()  # which holds no comment either
    text = as_kind(path, "\n".join(lines) + "\n")
    return Specimen(path, f"{text}\n…\n" if resource.rows.body else text, notes)


def _family(resource: Resource, contracts: Contracts) -> list[Resource]:
    """A table and those that its rows hold."""
    found = [resource]
    for each in found:
        found += contracts.children(each.name)
    return found


def aside(lines: Iterable[str]) -> list[str]:
    """Lines put aside, for who wants them to take « # » off."""
    return [f"# {line}" if line else "#" for line in lines]


def indented(lines: Iterable[str]) -> list[str]:
    """Lines two spaces further."""
    return [f"  {line}" if line else "" for line in lines]


def comment(paragraphs: Iterable[str], width: int) -> list[str]:
    """Paragraphs as lines that explain; those that start with spaces or a dash go on under their first word."""
    lines = []
    for text in paragraphs:
        under = " " * (len(text) - len(text.lstrip(" -")))
        options = {"break_long_words": False, "break_on_hyphens": False, "subsequent_indent": under}
        lines += [f"## {line}" for line in textwrap.wrap(text, width - 3, **options)] or ["##"]  # type: ignore[arg-type]
    return lines


def _refused(resource: Resource) -> list[str]:
    found = rules(resource)
    return [say(_REFUSED, title=typeset(resource.title)), *(f"- {text}" for text in found)] if found else []


def _value(key: str, text: str, prose: bool) -> list[str]:
    """A key and its value; prose starts on the next line, where nothing needs quotes."""
    key = quoted(key)
    return [f"{key}: >-", *indented(text.splitlines())] if prose else [f"{key}: {scalar(text)}"]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A key of a record: what explains it, its lines, and whether they are to be written."""

    comments: list[str]
    lines: list[str]
    written: bool

    def shown(self) -> list[str]:
        """All its lines."""
        return [*self.comments, *(self.lines if self.written else aside(self.lines))]


@dataclass(frozen=True, slots=True)
class _Record:
    """The template of one record, its columns' texts given."""

    plan: Plan
    texts: dict[str, str]
    contracts: Contracts
    width: int

    def lines(self, dash: bool, nested: bool = False) -> list[str]:
        """The record, what is required first; with `dash` as an element of a list, whose first key must be a written one."""
        entries = sorted(
            self._entries(self.plan.top, self._demanded(), self.width), key=lambda entry: not entry.written
        )
        required = [entry for entry in entries if entry.written] or entries[:1]
        optional = entries[len(required) :]
        lines = [line for entry in required for line in entry.shown()]
        if optional and not nested:
            lines += ["", *comment([say(_OPTIONAL)], self.width)]
        lines += [line for entry in optional for line in entry.shown()]
        if not dash or not entries:
            return lines
        head = required[0]
        key, *rest = [*head.lines, *lines[len(head.shown()) :]]
        return [*head.comments, f"- {key}", *indented(rest)]

    def _demanded(self, *start: str) -> set[str]:
        """The columns that must be written, and those that follow from writing these."""
        resource = self.plan.resource
        return demanded(resource, self.contracts.rules.get(resource.name, ()), self.texts, start)

    def _entries(self, level: Level, written: set[str], width: int) -> Iterator[_Entry]:
        """The keys of the record, or of a group in it, in the order of the contract."""
        for key in self.plan.keys(level):
            if key in level.columns:
                yield self._column(level.columns[key][1], written, width)
            if key in level.groups:
                yield self._group(level.groups[key], written, width)
            for name in level.nested.get(key, ()):
                yield self._nested(key, self.contracts.resources[name])

    def _column(self, column: Field, written: set[str], width: int) -> _Entry:
        lines = _value(column.key[-1], self.texts[column.name], column.prose)
        status = say(_BY_RULE) if column.name in written and not column.required else ""
        told = brief(self.plan.resource, column, self.contracts, status, width - 3)
        return _Entry(comment([told], width), lines, column.name in written)

    def _explained(self, column: Field, written: set[str]) -> list[str]:
        status = say(
            "obligatoire" if column.required else "une règle le demande" if column.name in written else "facultatif"
        )
        label = say("{title} ({status}).", title=typeset(column.title), status=status)
        return [explain(self.plan.resource, column, label, self.contracts), *choices(column)]

    def _group(self, level: Level, written: set[str], width: int) -> _Entry:
        """Columns written together; an optional group holds what it needs once its first key is written."""
        columns = [column.name for _, column, _ in level.all()]
        used = any(name in written for name in columns)
        inner = written if used else self._demanded(*columns[:1])
        entries = list(self._entries(level, inner, width - (2 if used else 4)))
        if not used:
            entries[0] = replace(next(self._entries(level, set(), width - 4)), written=True)
        lines = [f"{quoted(level.name)}:", *(line for entry in entries for line in indented(entry.shown()))]
        return _Entry(comment([explain_group(level.name)], width), lines, used)

    def _nested(self, key: str, child: Resource) -> _Entry:
        plan = make_plan(child, self.contracts)
        inner = _Record(plan, values(plan), self.contracts, self.width - 6)
        told = comment([explain_list(child, bool(plan.single))], self.width)
        if plan.single:
            column = plan.columns[plan.single][1]
            told += comment([brief(child, column, self.contracts, "", self.width - 3)], self.width)
        if child.rows.keys:
            return _Entry(told, [f"{quoted(key)}:", *indented(inner.under_key())], False)
        if plan.single and not child.rows.single:
            text = scalar(inner.texts[plan.columns[plan.single][1].name], True)
            return _Entry(told, [f"{quoted(key)}: [{text}]"], False)
        return _Entry(told, [f"{quoted(key)}:", *indented(inner.lines(not child.rows.single, nested=True))], False)

    def under_key(self) -> list[str]:
        """The record as one of a map: its key, then what stands under it."""
        resource = self.plan.resource
        key = scalar(placeholder(resource, resource.field(resource.rows.keys)), True)
        if self.plan.single:
            return [f"{key}: {scalar(self.texts[self.plan.columns[self.plan.single][1].name])}"]
        return [f"{quoted(key)}:", *indented(self.lines(False, nested=True))]

    def csv(self) -> str:
        """The header and a line that holds only what is required."""
        columns = [column for column in self.plan.resource.fields if not column.filled]
        written = self._demanded()
        cells = [self.texts[column.name] if column.name in written else "" for column in columns]
        dialect = self.plan.resource.rows.dialect or Dialect()
        rows = ([column.key[0] for column in columns], [cell(text, dialect) for text in cells])
        return "".join(dialect.delimiter.join(row) + "\n" for row in rows)

    def notes(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Each column of a CSV file and what it asks for, in paragraphs."""
        written = self._demanded()
        for column in self.plan.resource.fields:
            if not column.filled:
                first, *others = self._explained(column, written)
                shown = column.example and column.name not in written
                yield (
                    column.name,
                    (first + (say(" Par exemple {example}.", example=column.example) if shown else ""), *others),
                )
