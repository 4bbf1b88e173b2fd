"""What is written for a new file, in the kind that its name tells: YAML as it is, the head of a Markdown file, or JSON."""

from __future__ import annotations

from generator.documents.json_spans import in_json
from generator.documents.kinds import kind_of
from generator.documents.nodes import Mapping, Node, Scalar, Sequence
from generator.documents.yaml import read_yaml


def as_kind(path: str, yaml: str) -> str:
    """The text of a file that says what YAML says. JSON has no comments: they are lost."""
    kind = kind_of(path)
    if kind == "markdown":
        return f"---\n{yaml}---\n"
    if kind == "json":
        root = read_yaml(path, yaml)[0].root
        return yaml if root is None else _json(root, "") + "\n"
    return yaml


def _json(node: Node, margin: str) -> str:
    """A node, two spaces in for each level (no recursion deeper than the reader's limit)."""
    inner = margin + "  "
    if isinstance(node, Mapping) and node.nodes:
        pairs = (f"{inner}{in_json(key, True)}: {_json(value, inner)}" for key, value in node.nodes.items())
        return "{\n" + ",\n".join(pairs) + f"\n{margin}}}"
    if isinstance(node, Sequence) and node.items:
        return "[\n" + ",\n".join(inner + _json(item, inner) for item in node.items) + f"\n{margin}]"
    if isinstance(node, Scalar):
        return in_json(node.text, node.quoted)
    return "[]" if isinstance(node, Sequence) else "{}"
