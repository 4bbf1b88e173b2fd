"""What rules ask of a row, one file per kind: read once from its contract, it says what a row breaks and what a new row must hold."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping as Map
from functools import cache
from types import ModuleType

from generator.diagnostics.finding import Diagnostic, fault
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed
from generator.documents.reader import Reader
from generator.rules.rule import Declared, Rule, Table


@cache
def kinds() -> tuple[ModuleType, ...]:
    """The kinds of rule: the modules of this folder that have `KEYWORDS` and `read`, in the order of their names."""
    modules = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    return tuple(module for module in modules if hasattr(module, "KEYWORDS"))


def read_rule(declared: Declared, table: Table, tables: Map[str, Table], diagnostics: list[Diagnostic]) -> Rule | None:
    """The rule that a contract declares on a table; None when it is wrong, which is said."""
    kind = next((k for k in kinds() if any(word in declared.node.nodes for word in k.KEYWORDS)), None)
    if kind is None:
        known = [word for k in kinds() for word in k.KEYWORDS]
        given = next((word for word in declared.node.nodes if word not in ("when", "message")), "")
        message, hint = "Cette règle ne dit pas ce qu’elle vérifie.", "Mots possibles : {choices}."
        diagnostics.append(
            fault("contrat-faux", declared.position, message, hint, nearest(given, known), choices=listed(known))
        )
        return None
    reader = Reader(declared.document, declared.node, [])
    rule: Rule | None = kind.read(reader, declared.message, table, tables)
    diagnostics += reader.diagnostics
    return None if reader.diagnostics else rule
