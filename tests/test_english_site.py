"""A site whose interface is in English: nothing of it is in French but the guides that are not translated yet, each of which says its
language. Its content (tests/english_site) is in English too, so that French words are those of the machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import lxml.html

ROOT = Path(__file__).resolve().parent.parent

# Words that a French sentence hardly does without, and that English does not have; its letters and its quotes.
FRENCH = re.compile(
    r"\b(?:le|la|les|une|des|du|est|sont|dans|avec|aux|et|qui|ne|cette|ces|aucune?|ligne|fiche|jeu|octets|oui|sans)\b|[àâçéèêëîïôûùœ«»]",
    re.IGNORECASE,
)
SAID = ("title", "alt", "aria-label", "placeholder", "content", "label", "summary")


def seen(page: str) -> Iterator[str]:
    """What a reader sees or hears of a page, but for its code and what is in another language."""
    tree = lxml.html.document_fromstring(page.encode())
    for element in [*tree.iter()]:
        if not isinstance(element.tag, str):
            continue
        above = [element, *element.iterancestors()]
        language = next((each.get("lang") for each in above if each.get("lang")), "")
        if language == "fr" or any(each.tag in ("script", "style", "code", "pre") for each in above):
            continue
        yield from (
            text.strip() for text in (element.text or "", *(child.tail or "" for child in element)) if text.strip()
        )
        yield from (
            value for name, value in element.items() if name in SAID or (name.startswith("data-") and " " in value)
        )


def leaks(text: str) -> list[str]:
    """The words of a text that are French."""
    return [found[0] for found in FRENCH.finditer(text)]
