"""A change told to a program: everything, uncut. The guide of the commands says what each key is."""

from __future__ import annotations

import json
from decimal import Decimal

from generator.catalogue.records import Record
from generator.changes.diff import Cell, Pair, TableDiff
from generator.changes.lines import name_of, place_of
from generator.changes.review import Review
from generator.changes.states import State
from generator.changes.story import summary
from generator.documents.articles import Article
from generator.text.characters import visible
from generator.values.types import Value, canonical

Object = dict[str, object]


def as_json(review: Review) -> str:
    """One object. Values are as the published files have them: texts, true, false and null; numbers are texts, exact."""
    reached = review.reached
    told = {
        "old": _state(review.old),
        "new": _state(review.new),
        "summary": summary(review),
        "tables": [_table(table, review) for table in review.tables],
        "contract": [
            {
                "package": c.package, "table": c.table, "column": c.column, "what": c.what,
                "old": c.old, "new": c.new, "release": c.weight.name.lower(),
            }
            for c in review.contract
        ],
        "consequences": {
            "derived": [
                _row(d.row, review.new)
                | {"column": d.column, "old": _value(d.old), "new": _value(d.new)}
                | {"of": [{"table": row.resource.name, "key": _key(row)} for row in d.of]}
                for d in reached.derived
            ],
            "quotes": [
                {"table": q.row.resource.name, "key": _key(q.row), "words": q.words, "sentence": q.sentence}
                | {"path": "" if review.new.published else q.position.path, "line": q.position.line}
                | {"page": q.owner.name if isinstance(q.owner, Article) else ""}
                for q in reached.quotes
            ],
            "pages": list(reached.pages),
            "packages": [{"name": name, "own": own} for name, own in reached.packages],
            "lost": [{"address": lost.address, "table": lost.row.resource.name, "key": _key(lost.row)} for lost in reached.lost],
        },
        "questions": [
            {"kind": q.kind, "told": str(q.told), "column": q.column}
            | (_row(q.row, review.new) if q.row is not None else {})
            for q in review.questions
        ],
        "releases": [
            {"package": r.package, "release": r.weight.name.lower(), "old": r.old, "new": r.new, "proposed": r.proposed}
            | {"reasons": [{"release": x.weight.name.lower(), "table": x.table, "what": x.what, "rows": x.count} for x in r.reasons]}
            for r in review.releases
        ],
    }  # fmt: skip
    return visible(json.dumps(told, ensure_ascii=False, indent=2)).replace("##[", "\\u0023#[") + "\n"


def _state(state: State) -> Object:
    return {"name": str(state.name), "published": state.published, "faults": state.faults}


def _table(table: TableDiff, review: Review) -> Object:
    return {
        "table": table.name,
        "added": [_row(row, review.new) | {"values": _values(row)} for row in table.added],
        "removed": [_row(row, review.old) | {"values": _values(row)} for row in table.removed],
        "changed": [_pair(pair, review) for pair in table.changed],
        "renamed": [_pair(pair, review) | {"old_key": _key(pair.old), "how": pair.how} for pair in table.renamed],
        "moved": [_pair(pair, review) for pair in table.moved],
        "unread": table.unread,
    } | _counts(table)


def _counts(table: TableDiff) -> Object:
    """How many rows and values a large table changes in all: its first rows alone are listed."""
    totals = table.totals
    if totals is None:
        return {"not_compared": [str(told) for told in table.told]} if table.told else {}
    rows = {"added": totals.added, "removed": totals.removed, "changed": totals.changed}
    return {"counts": {**rows, "cells": dict(totals.cells)}}


def _row(row: Record, state: State) -> Object:
    """What names a row, and where it stands."""
    place, _, line = place_of(row, "", state).rpartition(":")
    named = {"table": row.resource.name, "key": _key(row), "name": name_of(row)}
    return named | {"path": place, "line": int(line or 0)}


def _pair(pair: Pair, review: Review) -> Object:
    return _row(pair.new, review.new) | {"cells": [_cell(pair, cell, review) for cell in pair.cells]}


def _cell(pair: Pair, cell: Cell, review: Review) -> Object:
    kind, gap = review.kind(pair.new, cell.column), review.gap(pair, cell)
    told: Object = {"column": cell.column, "kind": kind, "old": _value(cell.old), "new": _value(cell.new)}
    if gap is not None:
        told |= {"difference": format(gap.difference, "f"), "unit": gap.unit}
        told |= {"percent": format(gap.percent, "f")} if isinstance(gap.percent, Decimal) else {}
    return told


def _key(row: Record) -> list[object]:
    return [_value(part) for part in row.id]


def _values(row: Record) -> Object:
    return {name: _value(row[name]) for name in row.resource.index if row[name] is not None}


def _value(value: Value | None) -> object:
    return value if value is None or isinstance(value, bool) else canonical(value)
