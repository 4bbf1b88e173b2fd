"""The rules of a case, read as those of a contract are."""

from __future__ import annotations

import json
from collections.abc import Mapping as Map
from dataclasses import dataclass

from generator.documents.nodes import Mapping
from generator.documents.yaml import read_yaml
from generator.rules import read_rule
from generator.rules.rule import Declared, Rule
from generator.tables.shape import Column, Shape
from generator.text.expressions import Expression


@dataclass(frozen=True)
class _Table:
    """What a rule asks of a table while it is read."""

    shape: Shape
    foreign_keys: tuple[()] = ()
    parent: str = ""

    @property
    def name(self) -> str:
        return self.shape.name

    @property
    def index(self) -> Map[str, int]:
        return {column.name: rank for rank, column in enumerate(self.shape.columns)}

    def field(self, name: str) -> Column:
        return self.shape.column(name)

    def value(self, name: str, text: str) -> object:
        return self.shape.column(name).convert(text)[0]

    def calculations(self, of: str) -> tuple[Expression, ...]:
        return ()


def read(said: object, shape: Shape) -> Rule:
    """The rule that a case declares on a table."""
    document, wrong = read_yaml("contrat.yaml", json.dumps(said, ensure_ascii=False))
    assert isinstance(document.root, Mapping)
    message, table = str(said["message"]) if isinstance(said, dict) else "", _Table(shape)
    declared = Declared(document.root, document, document.at(document.root.mark), message)
    found = read_rule(declared, table, {shape.name: table}, wrong)
    assert found is not None, wrong
    assert found.alone() is not None
    return found
