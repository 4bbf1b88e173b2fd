"""The reference pages made from the code say what the code says."""

from __future__ import annotations

import ast

from generator.pages import help


def test_architecture_tells_every_public_docstring() -> None:
    told = {name: (opening, public) for name, opening, public in help.modules()}
    for path in help.MACHINE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        public = [
            (node.name, _line(node))
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
        ]
        assert told[path.relative_to(help.MACHINE).as_posix()] == (_line(tree), public)


def _line(node: ast.Module | ast.FunctionDef | ast.ClassDef) -> str:
    return " ".join((ast.get_docstring(node) or "").split())
