"""Texts of contracts that are given in several languages: `title: {fr: Orgues, en: Organs}`."""

from __future__ import annotations

import re

from generator.documents.nodes import Mapping, Node
from generator.text.language import spoken

_TOLD = ("title", "description", "label", "message")  # keys whose texts people read
_CODE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?\Z")  # of a language (BCP 47)


def in_language(key: str, node: Node | None) -> Node | None:
    """Of a text given in several languages, `{fr: Orgues, en: Organs}`, that of the site, or else the first."""
    if key not in _TOLD or not isinstance(node, Mapping) or not node.nodes or not all(map(_CODE.match, node.nodes)):
        return node
    return node.nodes.get(spoken()) or next(iter(node.nodes.values()))
