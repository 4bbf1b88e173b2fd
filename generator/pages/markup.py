"""Rendered HTML → the Markdown that engines read: headings that travel marked through the HTML, finished fragments between
them, front matter above. The one owner of the marks that HTML carries until then: characters that no content can hold
(text/characters.py), so that what is made of a record is the same on every page, and kept.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable
from collections.abc import Mapping as Map

from generator.text.characters import without_line_ends
from generator.text.interface import say
from generator.text.links import above

# A heading, between two marks: its level, its anchor, its text.
_HEADING = re.compile("\x02([1-6])\\|([^|\x02\x03]*)\\|([^\x02\x03]*)\x03")


# Before a URL: the address of the page that it leads to, from the root of the site; what stands after its path.
_URL, _END = "\x04", re.compile(r"[#\"'<>\s]|\Z")


def url_mark(address: str) -> str:
    """The URL of a page or file of the site, made relative when the page that holds it is finished."""
    return f"{_URL}{address}"


# What differs on the page where a record stands: the address of that page, the HTML there, the HTML elsewhere.
_PART = "([^\x06\x07\x0e]*)"
_THERE = re.compile(f"\x06{_PART}\x07{_PART}\x07{_PART}\x0e")


def there_mark(page: str, there: str, elsewhere: str) -> str:
    """HTML that is `there` on the page of an address, and `elsewhere` on any other; both may hold such marks."""
    return f"\x06{page}\x07{there}\x07{elsewhere}\x0e"


def settled(rendered: str, here: str) -> str:
    """The HTML of a page, its URLs relative to its address, its older anchors in place; headings stay marked."""
    made = 1
    while made and "\x06" in rendered:  # those inside others first
        rendered, made = _THERE.subn(lambda found: found[2] if found[1] == here else found[3], rendered)
    return settle(_nearer(rendered, here) if _URL in rendered else rendered)


def _nearer(rendered: str, here: str) -> str:
    """Its URLs as `relative` writes them on the page of an address: all those of a folder at once, the nearest folder first."""
    rendered = rendered.replace(f"{_URL}{here}#", "#")
    for folder, up in above(here):
        if up:
            rendered = rendered.replace(_URL + folder, up)
        else:
            first, *others = rendered.split(_URL + folder)
            rendered = "".join((first, *[f"./{each}" if _END.match(each) else each for each in others]))
    return rendered


def markdown_text(text: str) -> str:
    """Short text as Markdown that reads as itself: one line, every ASCII punctuation a numeric entity."""
    return _PUNCTUATION.sub(_entity, without_line_ends(text))


_PUNCTUATION = re.compile(r"[^\w\s]|_")


def _entity(found: re.Match[str]) -> str:
    character = found.group()
    return f"&#{ord(character)};" if character.isascii() else character


_LEVELS = range(1, 7)
_ANCHOR = re.compile(r"[^\W_][\w.-]*\Z")  # as generator/fragments.py reads it


def heading(level: int, text: str, anchor: str) -> str:
    """A heading marked for `cut`, which encodes its text. Raises ValueError for a level or an anchor that is none."""
    if level not in _LEVELS or not _ANCHOR.match(str(anchor)) or not str(text).strip():
        raise ValueError(
            say(
                "un titre a un niveau, de 1 à 6, des mots et une ancre : {level}, « {text} », {anchor}",
                level=level,
                text=text,
                anchor=anchor,
            )
        )
    return "\x02{}|{}|{}\x03".format(level, anchor, str(text).replace("\x03", ""))


def cut(rendered: str) -> str:
    """Marked HTML → Markdown: headings with their ids, and between them fragments that no parser reads again."""
    pieces = _HEADING.split(rendered)
    out = [_fragment(pieces[0])]
    for place in range(1, len(pieces), 4):
        level, anchor, text, body = pieces[place : place + 4]
        out.append(f"{'#' * int(level)} {markdown_text(text)} {{#{anchor}}}\n")
        out.append(_fragment(body))
    return "\n".join(part for part in out if part)


START, END = "debut_", "fin_"  # around what a template makes, in a document by itself


def document(title: str, rendered: str, top: str) -> str:
    """Marked HTML as a document by itself, as a browser would read the page without its theme; `top` is the anchor of its
    title.
    """
    opening = f'<title>{html.escape(title)}</title><h1 id="{top}">{html.escape(title)}</h1>'
    body = _HEADING.sub(lambda found: f'<h{found[1]} id="{found[2]}">{html.escape(found[3])}</h{found[1]}>', rendered)
    inside = f'<article id="{START}">{body}<div id="{END}"></div></article>'
    return f'<!doctype html><meta charset="utf-8">{opening}{inside}'


# Around a fragment that no parser reads again, and what holds its place meanwhile (generator/fragments.py): noncharacters of
# Unicode, which Markdown gives no meaning.
OPEN = "<!--fragment-->"
CLOSE = "<!--fin-->"
HELD = "\ufdd0{}\ufdd1"
_BLANK = re.compile(r"\n(?:[ \t]*\n)+")  # the ends of lines around lines that hold nothing


def _fragment(body: str) -> str:
    body = body.strip() if "<pre" in body else _BLANK.sub("\n", body).strip()
    if "<!--" in body:
        body = body.replace(OPEN, "").replace(CLOSE, "")  # of a template, not ours
    return f"{OPEN}\n{_plain(body)}\n{CLOSE}\n" if body else ""


def _plain(text: str) -> str:
    """HTML in which nothing has the form of a link of Markdown: Zensical looks for them everywhere, code and attributes too."""
    return text.replace("](", "]&#40;").replace("]:", "]&#58;") if "]" in text else text


def front_matter(links: Iterable[Map[str, str]] = (), data: str = "", /, **properties: str) -> str:
    """YAML front matter: HTML-escaped (the theme prints it as it is), quoted as JSON; empty ones are left out. `data` is the text of
    a script, in which nothing is escaped again.
    """
    lines = [f"{name}: {_quoted(_printed(text))}" for name, text in properties.items() if text]
    linked = [{name: _printed(text) for name, text in link.items()} for link in links]
    lines += [f"liens: {_quoted(linked)}"] if linked else []
    lines += [f"donnees: {_quoted(data)}"] if data else []
    return "---\n" + "\n".join(lines) + "\n---\n"


def _printed(text: str) -> str:
    return _plain(html.escape(without_line_ends(text)))


_quoted = json.JSONEncoder(ensure_ascii=False).encode


# After an anchor, the anchors that the record had before.
MARK = "\x05"
_ID = re.compile(rf'(\bid="[^"{MARK}]*){MARK}([^"]*)("[^>]*(?:>|\Z)(?:\s*<t[hd][^>]*>)?)')
_REST = re.compile(rf"{MARK}[^\"#'<>\s{MARK}]*(?:{MARK}[^\"#'<>\s{MARK}]*)*")


def with_former(anchor: str, olds: Iterable[str]) -> str:
    """An anchor followed by those that the record had."""
    return MARK.join((anchor, *olds))


def settle(rendered: str) -> str:
    """The HTML of a page whose anchors carry older ones: each gets an empty element of its own, and links lose them."""
    if MARK not in rendered:
        return rendered

    def place(found: re.Match[str]) -> str:
        olds = "".join(f'<span id="{old}"></span>' for old in found[2].split(MARK))
        return found[1] + found[3] + olds

    return _REST.sub("", _ID.sub(place, rendered))
