"""The documentation of the generator, on a site that asks for it: the guides of generator/documentation/, and reference
pages made from the code itself (messages, command line, architecture), which therefore cannot lie.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, partial

from generator import layout
from generator.diagnostics.codes import CODES, Code
from generator.documents.articles import Article, read_articles
from generator.layout import GUIDES, MACHINE
from generator.pages import architecture, schemas, specimens
from generator.pages.compiled import kept
from generator.pages.draft import Draft, Ground, told
from generator.pages.fixed import ArticleContext, Part, parts
from generator.text.interface import say
from generator.text.language import FRENCH, spoken
from generator.text.links import relative

# The linter sees that every module and every public name has a docstring; parsing the code would cost twenty times more.
_OPENING = re.compile(r'"""(.*?)"""', re.DOTALL)
_PUBLIC = re.compile(r'^(?:def|class) ([A-Za-z]\w*+).{0,2000}?^    """(.*?)"""', re.DOTALL | re.MULTILINE)
Folder = tuple[str, str, list[tuple[str, str, str, list[tuple[str, str]]]]]


def guides() -> list[tuple[Article, str]]:
    """The guides, in the order of reading, each with its language: the one that is spoken or, for want of a translation, French."""
    articles, diagnostics = read_articles(MACHINE, GUIDES)
    if diagnostics:
        raise ValueError(f"a guide of the generator is faulty: {diagnostics[0]}")
    written = {article.name: article for article in articles}
    found = []
    for name in (f"{name}.md" for name in layout.GUIDES_READ):
        own = written.get(f"{spoken()}/{name}")
        found.append((replace(own, name=name), spoken()) if own is not None else (written[name], FRENCH))
    return found


@dataclass(frozen=True, slots=True)
class IndexContext:
    """What the template of the list of guides receives."""

    guides: list[tuple[str, str, str, str]] = told("Les guides : titre, adresse, description, langue.")


@dataclass(frozen=True, slots=True)
class MessagesContext:
    """What the template of the messages receives."""

    codes: list[tuple[str, Code]] = told("Les codes des messages, chacun avec ce qu’il veut dire.")


@dataclass(frozen=True, slots=True)
class ArchitectureContext:
    """What the template of the architecture receives."""

    etages: list[architecture.Room] = told("Les dossiers, de l’étage le plus haut au plus bas.")
    dessin: str = told("Leur dessin, en SVG.")
    dossiers: list[Folder] = told("Les modules qui ne sont dans aucun dossier, comme pour `modules.html`.")


@dataclass(frozen=True, slots=True)
class ModulesContext:
    """What the template of a folder of the code receives."""

    dossiers: list[Folder] = told("Le dossier et ceux qu’il contient, avec leurs modules : chemin, ancre, modules.")


MESSAGES = "Chaque message du contrôle : ce qu’il veut dire et que faire."


def drafts(ground: Ground) -> Iterator[Draft]:
    """The index, the guides and the reference pages, where the site asks for them; what helps those who write its content."""
    if ground.project.settings.guides:
        yield from _guides()
    yield from specimens.drafts(ground)
    yield from schemas.drafts(ground)


def _guides() -> Iterator[Draft]:
    written = guides()
    listed = [
        (article.title, layout.guide(article.name.removesuffix(".md")), article.description, language)
        for article, language in written
    ]
    listed += [
        (say(specimens.TITLE), layout.words().specimens, say(specimens.DESCRIPTION), spoken()),
        (say(schemas.TITLE), layout.words().schemas, say(schemas.DESCRIPTION), spoken()),
        (say("Messages"), layout.words().messages, say(MESSAGES), spoken()),
        (
            say("Architecture"),
            layout.words().architecture,
            say("Les pièces du générateur et ce que fait chacune."),
            spoken(),
        ),
    ]
    yield Draft(
        layout.words().documentation, say("Documentation du générateur"), "help-index.html", IndexContext(listed),
        say("Publier ses propres données, les contrats, les commandes, les messages, l’architecture."),
    )  # fmt: skip
    cut = _cut(spoken())
    for article, language in written:
        path = layout.guide(article.name.removesuffix(".md"))
        context = ArticleContext([(level, heading, anchor, html) for level, heading, anchor, html in cut[article.name]])
        yield Draft(path, article.title, "article.html", context, article.description, more=_other(language))
    codes = MessagesContext(sorted(CODES.items()))
    yield Draft(layout.words().messages, say("Messages du contrôle"), "messages.html", codes, say(MESSAGES))
    yield from _architecture(spoken())


@cache
def _cut(language: str) -> dict[str, list[Part]]:
    """The parts of each guide, on its page, on a site in a language: the same for every project."""
    cut: dict[str, list[Part]] = kept(f"guides-{language}", ("markdown-it-py", "nh3"), _cut_all)
    return cut


def _cut_all() -> dict[str, list[Part]]:
    return {
        article.name: parts(article.text, partial(_target, path=layout.guide(article.name.removesuffix(".md"))))
        for article, _ in guides()
    }


@cache
def _architecture(language: str) -> tuple[Draft, ...]:
    """What tells of the code that runs: the same for every project, on a site in a language."""
    return tuple(_floors())


def _floors() -> Iterator[Draft]:
    """The floors of the code, then a page for each folder: all the modules would be too long for one."""
    written = architecture.sources(MACHINE)
    rooms, listed = architecture.rooms(written), folders(written)
    alone = [folder for folder in listed if not folder[0]]
    yield Draft(
        layout.words().architecture, say("Architecture du générateur"), "architecture.html",
        ArchitectureContext(rooms, architecture.drawing(rooms), alone),
        say("Les dossiers du générateur, étage par étage, et ce que fait chacun de ses modules."),
    )  # fmt: skip
    for room in rooms:
        if room.modules:
            own = [folder for folder in listed if folder[0].split("/")[0] == room.name]
            title = say("Architecture : generator/{folder}", folder=room.title)
            yield Draft(
                f"{layout.words().architecture}{room.name}/", title, "modules.html", ModulesContext(own), room.opening
            )


def _other(language: str) -> dict[str, str]:
    """What the theme is told of a page in another language than that of the site."""
    return {} if language == spoken() else {"langue": language}


def _target(url: str, path: str) -> str:
    """The URL of a link of a guide, on its page."""
    name, hash_mark, anchor = url.partition("#")
    if not name.endswith(".md"):
        return url
    return relative(path, layout.fixed(layout.guide(name.removesuffix(".md"))) + hash_mark + anchor)


def folders(written: architecture.Sources) -> list[Folder]:
    """Every folder of the generator, its anchor and its modules: name, anchor, docstring, public functions and classes."""
    found: dict[str, list[tuple[str, str, str, list[tuple[str, str]]]]] = {}
    for path, opening, public in modules(written):
        folder, _, name = path.rpartition("/")
        if opening or public:
            found.setdefault(folder, []).append((name, f"m-{_anchor(path)}", opening, public))
    return [(folder, f"d-{_anchor(folder)}", own) for folder, own in sorted(found.items())]


def _anchor(path: str) -> str:
    return path.removesuffix(".py").replace("/", "-")


def modules(written: architecture.Sources) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Every module of the generator: its name, its docstring and those of its public functions and classes."""
    found = []
    for path, source in written:
        opening = _OPENING.match(source)
        public = [(name, " ".join(text.split())) for name, text in _PUBLIC.findall(source)]
        found.append((path.as_posix(), " ".join(opening[1].split()) if opening else "", public))
    return found
