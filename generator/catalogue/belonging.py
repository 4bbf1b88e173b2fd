"""The table to which a file, or a row, belongs by its keys, when it stands in the place of another."""

from __future__ import annotations

from collections.abc import Mapping as Map
from collections.abc import Sequence as Many

from generator.catalogue.plan import Plan
from generator.contracts.model import Resource
from generator.documents.nodes import Document, Mapping, Node, Sequence

FEW_KEYS = 3  # below, nothing says of which table a row is


class Belonging:
    """The tables whose rows stand in files, and the plans of all."""

    def __init__(self, plans: Map[str, Plan], resources: Many[Resource]) -> None:
        self.plans = plans
        self.resources = resources

    def file_of(self, resource: Resource, root: Node | None) -> Resource | None:
        """The table of which a file is a record, when it is not one of that which reads it."""
        if not isinstance(root, Mapping) or len(root.nodes) < FEW_KEYS or self._opaque(resource):
            return None
        if resource.rows.kind == "records" and self._known(resource, root) * 2 > len(root.nodes):
            return None
        others = (r for r in self.resources if r.rows.kind == "records" and r is not resource)
        best = max(others, key=lambda other: self._known(other, root), default=None)
        return best if best is not None and self._known(best, root) * 4 >= len(root.nodes) * 3 else None

    def row_of(self, plan: Plan, node: Node) -> Resource | None:
        """The table of which an element of a list is a row, when it is none of that which reads it."""
        if not isinstance(node, Mapping) or len(node.nodes) < FEW_KEYS or plan.lenient:
            return None
        if len(node.nodes) - self._known(plan.resource, node) <= 1:
            return None  # it is one of the table that reads it: the others are not asked
        others = (r for r in self.resources if r is not plan.resource and self._known(r, node) == len(node.nodes))
        return next(others, None)

    def likely(self, document: Document) -> list[Resource]:
        """The tables of which a file that no table reads seems to hold rows, by their keys."""
        root = document.root
        row = next(iter(root.items), None) if isinstance(root, Sequence) else root
        if not isinstance(row, Mapping) or len(row.nodes) < FEW_KEYS:
            return []
        kind = "list" if isinstance(root, Sequence) else "records"
        counted = [(self._known(r, row), r) for r in self.resources if r.rows.kind == kind]
        best = max((count for count, _ in counted), default=0)
        return [r for count, r in counted if count == best] if best * 4 >= len(row.nodes) * 3 else []

    def _opaque(self, resource: Resource) -> bool:
        """Whether the keys of a file say nothing of the table of which it is."""
        return self.plans[resource.name].lenient or bool(resource.rows.keys)

    def _known(self, resource: Resource, root: Mapping) -> int:
        """How many keys of a group are those of a table."""
        return sum(map(self.plans[resource.name].knows, root.nodes))
