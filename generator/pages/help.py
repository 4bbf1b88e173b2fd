"""The documentation of the generator, on every site it makes: the guides of generator/documentation/, and reference
pages made from the code itself (messages, command line, architecture), which therefore cannot lie.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator import layout
from generator.contracts.conversion import identifier
from generator.diagnostics.codes import CODES
from generator.documents.articles import Article, read_articles
from generator.layout import GUIDES, MACHINE
from generator.pages import specimens
from generator.pages.page import Page, finish
from generator.pages.renderer import Renderer
from generator.prose.markdown import render_parts
from generator.text import links

# The linter sees that every module and every public name has a docstring; parsing the code would cost twenty times more.
_OPENING = re.compile(r'"""(.*?)"""', re.DOTALL)
_PUBLIC = re.compile(r'^(?:def|class) ([A-Za-z]\w*).*?^    """(.*?)"""', re.DOTALL | re.MULTILINE)
ORDER = ("publier-vos-donnees.md", "fiches.md", "contrats.md", "modeles.md", "commandes.md", "sans-make.md")


def guides() -> list[Article]:
    """The guides, in the order of reading."""
    articles, diagnostics = read_articles(MACHINE, GUIDES)
    if diagnostics:
        raise ValueError(f"a guide of the generator is faulty: {diagnostics[0]}")
    return sorted(articles, key=lambda article: ORDER.index(article.name))


def render(renderer: Renderer) -> Iterator[Page]:
    """The index, the guides and the reference pages."""
    written = guides()
    listed = [
        (article.title, layout.DOCUMENTATION + layout.article(article.name), article.description) for article in written
    ]
    listed += [
        (specimens.TITLE, layout.SPECIMENS, specimens.DESCRIPTION),
        ("Messages", layout.MESSAGES, "Chaque message du contrôle : ce qu’il veut dire et que faire."),
        ("Architecture", layout.DOCUMENTATION + "architecture/", "Les pièces du générateur et ce que fait chacune."),
    ]
    yield finish(
        renderer, layout.DOCUMENTATION, "Documentation du générateur", "help-index.html",
        "Publier ses propres données, les contrats, les commandes, les messages, l’architecture.", guides=listed,
    )  # fmt: skip
    for article in written:
        path = layout.DOCUMENTATION + layout.article(article.name)

        def target(url: str, path: str = path) -> str:
            name, hash_mark, anchor = url.partition("#")
            if not name.endswith(".md"):
                return url
            return links.relative(path, layout.DOCUMENTATION + layout.article(name) + hash_mark + anchor)

        parts = [
            (part.level, part.heading, identifier(part.heading) or f"partie-{rank}", part.html)
            for rank, part in enumerate(render_parts(article.text, target))
        ]
        yield finish(renderer, path, article.title, "article.html", article.description, parties=parts)
    yield finish(
        renderer, layout.MESSAGES, "Messages du contrôle", "messages.html",
        "Chaque message du contrôle : ce qu’il veut dire et que faire.", codes=sorted(CODES.items()),
    )  # fmt: skip
    yield finish(
        renderer, layout.DOCUMENTATION + "architecture/", "Architecture du générateur", "architecture.html",
        "Les modules du générateur, dans l’ordre où les données les traversent.", modules=modules(),
    )  # fmt: skip
    yield from specimens.render(renderer)


def modules() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Every module of the generator: its name, its docstring and those of its public functions and classes."""
    found = []
    for path in sorted(MACHINE.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        opening = _OPENING.match(source)
        public = [(name, " ".join(text.split())) for name, text in _PUBLIC.findall(source)]
        name = path.relative_to(MACHINE).as_posix()
        found.append((name, " ".join(opening[1].split()) if opening else "", public))
    return found
