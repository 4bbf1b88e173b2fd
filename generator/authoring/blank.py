"""Annotated templates: the text that a contributor copies to write a new row of a table. A line that starts with « ## »
explains; one that starts with « # » is an optional key put aside, which taking « # » off brings back: what is copied as it
is contains only what is required.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from generator.authoring.asks import (
    choices,
    ended,
    explain,
    explain_group,
    explain_list,
    holder,
    place,
    rules,
    where,
)
from generator.authoring.editors import opening
from generator.authoring.placeholders import demanded, values
from generator.catalogue.plan import Plan, make_plan
from generator.contracts.model import Contracts, Field, Resource
from generator.documents.dialect import Dialect
from generator.text.french import french
from generator.text.interface import say

WIDTH = 100
ANY_NAME = "nom-au-choix"

_LEGEND = (
    "Remplacez chaque valeur par la vôtre, entre guillemets si elle contient « : » ou « # ».",
    "Une ligne qui commence par « ## » explique ce qui la suit. Effacez-la quand vous avez fini.",
    "Une clé facultative est mise de côté par « # » au début de ses lignes. Pour l’employer, retirez-y"
    " « # » et l’espace ; sinon, effacez-la.",
)
_BY_RULE = "une règle le demande avec les valeurs de ce gabarit"
_REFUSED = "Messages du contrôle quand une règle de cette table n’est pas suivie :"


@dataclass(frozen=True, slots=True)
class Specimen:
    """`path`: the file, from the root of the project, named after a placeholder where the name is to be chosen. `text`:
    what to write there. `notes`: the columns of a CSV file, which holds no comment, and what each asks for.
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
    folder, _, name = place(resource).rpartition("/")
    chosen = ANY_NAME
    if plan.id_place is not None:  # the name of the file is the identifier
        column = resource.primary_key[0]
        chosen = texts[column]
        texts[column] = name.replace("*", chosen).rpartition(".")[0]
    path = f"{folder.replace('*', ANY_NAME)}/{name.replace('*', chosen)}"
    dash = resource.rows.kind == "list"
    record = _Record(plan, texts, contracts, WIDTH - 2 * dash)
    if resource.rows.kind == "csv":
        return Specimen(path, record.csv(), tuple(record.notes()))
    title = ended(f"{resource.title}. {resource.description}")
    head = comment([title, where(resource, contracts), "", *map(say, _LEGEND), *_refused(resource)], WIDTH)
    return Specimen(path, "\n".join([*opening(resource, path, site), *head, "", *record.lines(dash)]) + "\n")


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
    return ["", say(_REFUSED), *(f"- {text}" for text in found)] if found else []


_PLAIN = re.compile(r"(?![-?:,\[\]{}#&*!|>'\"%@`\s](?![0-9]))(?!.*(?:: | #|:\Z|\s\Z))[^\n]+\Z")


def scalar(text: str, flow: bool = False) -> str:
    """A text as YAML writes it, between quotes where it must be; `flow` inside brackets."""
    plain = _PLAIN.match(text) and not (flow and re.search(r"[,:\[\]{}]", text))
    return text if plain else json.dumps(text, ensure_ascii=False)


def _value(key: str, text: str, prose: bool) -> list[str]:
    """A key and its value; prose starts on the next line, where nothing needs quotes."""
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

    def lines(self, dash: bool) -> list[str]:
        """The record; with `dash` as an element of a list, whose first key must then be a written one."""
        entries = list(self._entries())
        if not dash or not entries:
            return [line for n, entry in enumerate(entries) for line in ([""] * (n > 0) + entry.shown())]
        first = next((n for n, entry in enumerate(entries) if entry.written), 0)
        head = entries.pop(first)
        key, *rest = head.lines
        rest += [line for entry in entries for line in ("", *entry.shown())]
        return [*head.comments, f"- {key}", *indented(rest)]

    def _demanded(self, *start: str) -> set[str]:
        """The columns that must be written, and those that follow from writing these."""
        resource = self.plan.resource
        return demanded(resource, self.contracts.rules.get(resource.name, ()), self.texts, start)

    def _entries(self) -> Iterator[_Entry]:
        written = self._demanded()
        groups = set()
        for column in self.plan.resource.fields:
            group = column.key[0] if len(column.key) > 1 else ""
            if column.filled or group in groups:
                continue
            if group:
                groups.add(group)
                yield self._group(group, written)
            else:
                yield self._column(column, written, self.width)
        for key, name in self.plan.nested.items():
            yield self._nested(key, self.contracts.resources[name])

    def _column(self, column: Field, written: set[str], width: int) -> _Entry:
        lines = _value(column.key[-1], self.texts[column.name], column.prose)
        return _Entry(comment(self._explained(column, written), width), lines, column.name in written)

    def _explained(self, column: Field, written: set[str], label: str = "") -> list[str]:
        status = say("obligatoire" if column.required else _BY_RULE if column.name in written else "facultatif")
        label = label or say("{title} ({status}).", title=french(column.title), status=status)
        return [explain(self.plan.resource, column, label, self.contracts), *choices(column)]

    def _group(self, name: str, written: set[str]) -> _Entry:
        """Columns written together; an optional group holds what it needs once its first key is written."""
        columns = [column for _, column, _ in self.plan.groups[name].values()]
        used = any(column.name in written for column in columns)
        inner = written if used else self._demanded(columns[0].name)
        lines = [f"{name}:"]
        for column in columns:
            entry = self._column(column, inner, self.width - (2 if used else 4))
            if not used and column is columns[0]:
                entry = replace(self._column(column, set(), self.width - 4), written=True)
            lines += indented(entry.shown())
        return _Entry(comment([explain_group(name, columns)], self.width), lines, used)

    def _nested(self, key: str, child: Resource) -> _Entry:
        plan = make_plan(child, self.contracts)
        inner = _Record(plan, values(plan), self.contracts, self.width - 6)
        comments = [explain_list(child, bool(plan.single)), *_refused(child)]
        if plan.single:
            column = plan.columns[plan.single][1]
            comments += inner._explained(column, set(), say("Chaque élément :"))
            return _Entry(comment(comments, self.width), [f"{key}: [{scalar(inner.texts[column.name], True)}]"], False)
        return _Entry(comment(comments, self.width), [f"{key}:", *indented(inner.lines(True))], False)

    def csv(self) -> str:
        """The header and a line that holds only what is required."""
        columns = [column for column in self.plan.resource.fields if not column.filled]
        written = self._demanded()
        cells = [self.texts[column.name] if column.name in written else "" for column in columns]
        dialect = self.plan.resource.rows.dialect or Dialect()
        quote, delimiter = dialect.quote, dialect.delimiter
        special = (quote, delimiter, "\n")
        quoted = [
            quote + cell.replace(quote, quote * 2) + quote if any(sign in cell for sign in special) else cell
            for cell in cells
        ]
        return delimiter.join(column.name for column in columns) + "\n" + delimiter.join(quoted) + "\n"

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
