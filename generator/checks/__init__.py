"""The checks that follow loading: one file per kind. Each yields diagnostics from the catalogue and knows only contracts."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.project import Project
from generator.checks import formula, keys, order, pages, presence, prose_links, prose_numbers, references, total
from generator.diagnostics.finding import Diagnostic, fault
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed
from generator.prose.passages import Lines

# The kinds of declared rule, in the order in which a rule's keywords are looked for. A new kind is one file and one line here.
RULES = (formula, presence, order, total)


def check(project: Project) -> Iterator[Diagnostic]:
    """Every fault of keys, references, declared rules and pages, and of the links and figures of the prose."""
    catalogue, lines = project.catalogue, Lines(project.root)
    yield from pages.check(catalogue, project.templates)
    yield from prose_links.check(project, lines)
    yield from prose_numbers.check(catalogue, project.articles, lines)
    yield from keys.check(catalogue)
    yield from references.check(catalogue)
    for resource in catalogue.contracts.resources.values():
        for rule in resource.rules:
            kind = next((k for k in RULES if any(word in rule.node.nodes for word in k.KEYWORDS)), None)
            if kind is None:
                known = [word for k in RULES for word in k.KEYWORDS]
                given = next((word for word in rule.node.nodes if word not in ("when", "message")), "")
                message, hint = "Cette règle ne dit pas ce qu’elle vérifie.", "Mots possibles : {choices}."
                suggestion = nearest(given, known)
                yield fault("contrat-faux", rule.position, message, hint, suggestion, choices=listed(known))
            else:
                yield from kind.check(rule, resource, catalogue)
