"""What of mkdocs.yml the engine receives: written anew for it, from what this machine knows, so that no other setting (a hook, a
plugin, another folder) ever reaches it. What the machine fixes may be left out of the file, not changed there.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from pathlib import Path

from generator import layout
from generator.contracts.face import COLOURS, STYLE, Face, assets, read_face, styles
from generator.contracts.frozen import freeze
from generator.contracts.language import read_language
from generator.diagnostics.finding import Position
from generator.diagnostics.wording import listed
from generator.documents.nodes import Broken, Mapping, Node, Scalar, Sequence, plain
from generator.documents.reader import Reader
from generator.text.interface import say
from generator.text.language import FRENCH

# What the machine fixes: where the engine reads and writes, and what the theme and the pages rest on.
FIXED: Map[str, object] = {
    "docs_dir": layout.DOCS,
    "site_dir": layout.MADE,
    "use_directory_urls": True,
    "plugins": [{"search": {"enabled": False}}],
    "validation": {
        "nav": {"omitted_files": "ignore", "not_found": "warn", "absolute_links": "warn"},
        "links": {"not_found": "warn", "anchors": "warn", "absolute_links": "warn", "unrecognized_links": "warn"},
    },
}
THEME: Map[str, object] = {"name": "material", "variant": "classic", "font": False, "custom_dir": layout.THEME}
CONTENTS = {"permalink": "#", "toc_depth": 3}  # of the extension toc
_PERMALINK = "Lien permanent vers cette section"
FRAGMENTS = "generator.fragments"

PAGE = "index.md"  # how the menu writes the page of a folder
_OUTSIDE = re.compile(r"https?://[!-~]+\Z")


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading of the menu or of the foot of pages: its words, and the address that it leads to, of the site or of the web
    (`outside`). `written` is the address as the file has it.
    """

    title: str
    address: str
    written: str
    position: Position
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a site says to its engine besides its name and its publisher; `language` is the code of that of its interface."""

    language: str = FRENCH
    face: Face = field(default_factory=Face)
    styles: tuple[str, ...] = (STYLE,)
    scripts: tuple[str, ...] = ()
    contents: Map[str, object] = field(default_factory=dict)
    menu: tuple[Entry, ...] = ()
    foot: tuple[Entry, ...] = ()
    extra: Map[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        freeze(self, "contents", "extra")

    def for_engine(self, texts: Map[str, str]) -> dict[str, object]:
        """The whole configuration; `texts`: the name, the description and the addresses of the site, escaped for the theme."""
        said = {key: html.escape(text) for key, text in texts.items() if text}
        return {
            **said,
            **FIXED,
            "theme": {**THEME, "language": self.language, "favicon": self.face.favicon}
            | ({"logo": self.face.logo} if self.face.logo else {}),
            "markdown_extensions": [
                {"toc": {**CONTENTS, "permalink_title": say(_PERMALINK), **self.contents}},
                FRAGMENTS,
            ],
            "extra_css": [self.styles[0], *([COLOURS] if self.face.sheet() else []), *self.styles[1:]],
            "extra_javascript": list(self.scripts),
            "nav": [_nav(entry) for entry in self.menu]
            or [{say("Accueil"): PAGE}],  # without one, the engines make their own
            "extra": dict(self.extra),
        }


def _nav(entry: Entry) -> object:
    target = entry.address if entry.outside else f"{entry.address}{PAGE}"
    return {html.escape(entry.title): target} if entry.title else target


def read_configuration(top: Reader, root: Path) -> Configuration:
    """What mkdocs.yml says to the engine; what it may not say is a fault."""
    for key, value in FIXED.items():
        _fixed(top, key, value)
    theme = top.mapping("theme")
    for key, value in THEME.items():
        _fixed(theme, key, value)
    language = read_language(theme)
    face = read_face(theme, root)
    theme.close("« theme »")
    extra = top.mapping("extra")
    extra.skip("publication")  # read with the settings of the site
    foot = tuple(_foot(item) for item in extra.mappings("pied"))
    extra.close("« extra »")
    return Configuration(
        language=language,
        face=face,
        styles=styles(top, root),
        scripts=assets(top, "extra_javascript", root, ".js"),
        contents=_extensions(top),
        menu=_menu(top),
        foot=foot,
        extra={key: plain(node) for key, node in extra.node.nodes.items()},
    )


def _fixed(reader: Reader, key: str, value: object) -> None:
    """A key that may only say what the machine does."""
    reader.skip(key)
    node = reader.node.nodes.get(key)
    if node is None or isinstance(node, Broken) or plain(node) == _as_texts(value):
        return
    message = "« {key} » ne se change pas : le générateur le fixe pour écrire où il doit et garder ses pages justes."
    shown = value if isinstance(value, str) else str(value).lower()
    if isinstance(value, str | bool):
        reader.fault(key, message, "Supprimez la ligne, ou écrivez-y cette valeur.", shown, key=key)
        return
    wanted = _as_texts(value)
    several = isinstance(node, Sequence) and isinstance(wanted, list)
    added = [item for item in node.items if plain(item) not in wanted] if several else []  # type: ignore[operator, union-attr]
    if added and isinstance(added[0], Scalar):
        message = "« {text} » ne s’ajoute pas à « {key} » : le générateur le fixe pour garder ses pages justes."
        place = reader.document.at(added[0].mark, len(added[0].text))
        reader.faults(place, message, "Supprimez cette ligne.", key=key, text=added[0].text)
    else:
        reader.fault(key, message, "Supprimez ce passage.", key=key)


def _as_texts(value: object) -> object:
    """A value as a file writes it: texts, lists and groups of texts."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return {key: _as_texts(part) for key, part in value.items()}
    return [_as_texts(part) for part in value] if isinstance(value, list) else value


def _extensions(top: Reader) -> Map[str, object]:
    """The options of the list of contents; no other extension of Markdown has anything to read in our pages."""
    top.skip("markdown_extensions")
    node = top.node.nodes.get("markdown_extensions")
    options: dict[str, object] = {}
    if node is None or isinstance(node, Broken):
        return options
    if not isinstance(node, Sequence):
        top.fault(
            "markdown_extensions", "« markdown_extensions » attend une liste.", "Commencez chaque élément par « - »."
        )
        return options
    for item in node.items:
        if isinstance(item, Mapping) and list(item.nodes) == ["toc"]:
            options = _contents(Reader(top.document, item, top.diagnostics, top.code).mapping("toc"))
        elif not isinstance(item, Scalar) or item.text not in ("toc", FRAGMENTS):
            message = "Le générateur n’emploie que les extensions {known} : les pages lui arrivent déjà mises en forme."
            top.faults(top.document.at(item.mark), message, "Retirez celle-ci.", known=listed(("toc", FRAGMENTS), "et"))
    return options


def _contents(toc: Reader) -> dict[str, object]:
    found: dict[str, object] = {key: toc.text(key) for key in ("permalink", "permalink_title", "title") if toc.has(key)}
    depth = toc.text("toc_depth", pattern="[1-6]")
    toc.close("« toc »")
    return found | ({"toc_depth": int(depth)} if re.fullmatch("[1-6]", depth) else {})


def _menu(top: Reader) -> tuple[Entry, ...]:
    """The headings of the menu: `- Titre: livres/index.md`, `- livres/index.md`, or a web address."""
    top.skip("nav")
    node = top.node.nodes.get("nav")
    if node is None or isinstance(node, Broken):
        return ()
    if not isinstance(node, Sequence):
        top.fault("nav", "« nav » attend une liste.", "Commencez chaque élément par « - ».")
        return ()
    found = [_entry(top, item) for item in node.items]
    return tuple(entry for entry in found if entry is not None)


def _entry(top: Reader, item: Node) -> Entry | None:
    title, target = "", item
    if isinstance(item, Mapping) and len(item.nodes) == 1:
        [(title, target)] = item.nodes.items()
    if isinstance(target, Broken):
        return None
    if not isinstance(target, Scalar) or not target.text or (isinstance(item, Mapping) and not title.strip()):
        message, hint = "Une entrée du menu s’écrit « - Titre: dossier/{page} ».", "Le menu n’a qu’un niveau."
        top.faults(top.document.at(item.mark or top.node.key_mark("nav")), message, hint, page=PAGE)
        return None
    text, position = target.text, top.document.at(target.mark, len(target.text))
    if _OUTSIDE.match(text):
        return Entry(title, text, text, position, outside=True)
    if not re.fullmatch(rf"(?:[^/]+/)*{re.escape(PAGE)}", text):
        message, hint = "« {text} » ne mène à aucune page.", "Une page du menu s’écrit dossier/{page}."
        folder = text.removeprefix("/").removesuffix("/").removesuffix(".md")
        top.faults(position, message, hint, f"{folder}/{PAGE}" if folder else PAGE, text=text, page=PAGE)
        return None
    return Entry(title, text.removesuffix(PAGE), text, position)


def _foot(item: Reader) -> Entry:
    """A link of the foot of pages: its words and the address of a page."""
    title, written = item.text("titre", required=True), item.text("page", required=True)
    position = item.spot("page", written)
    item.close("un lien du pied de page")
    return Entry(title, written, written, position)
