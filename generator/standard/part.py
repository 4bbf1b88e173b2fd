"""A group of a descriptor, read key by key: what is not of the kind that the standard asks is said at its place, and read as absent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed
from generator.documents.nodes import Broken, Document, Mapping, Node, Scalar, Sequence
from generator.text.interface import Sentence, sentence

# What is wrong with a property of a descriptor, with what a schema says; what could not be checked.
PROPERTY, SCHEMA, UNCHECKED = "paquet-propriete", "paquet-schema", "paquet-non-verifie"
_LONGEST = 18  # digits of a whole number that a property holds, and signs of its writing
JSON_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?\Z")
_WORDS = ("true", "false")
_REQUIRED = ("resources", "fields", "path")  # lists that cannot go away

TEXT, FLAG = sentence("un texte entre guillemets"), sentence("true ou false, sans guillemets")
WHOLE, LIST, GROUP = sentence("un nombre entier"), sentence("une liste"), sentence("un groupe de clés")


@dataclass
class File:
    """A file of descriptors, and what is said of it."""

    document: Document
    said: list[Diagnostic] = field(default_factory=list)

    def at(self, node: Node) -> Position:
        """The place of a node; a text is underlined."""
        length = len(node.text) + 2 * node.quoted if isinstance(node, Scalar) else 1
        return self.document.at(node.mark, max(1, length))


def is_text(node: Node) -> bool:
    """Whether a node is a text of JSON."""
    return isinstance(node, Scalar) and (node.quoted or not (node.text == "null" or is_flag(node) or is_number(node)))


def is_number(node: Node) -> bool:
    """Whether a node is a number of JSON."""
    return isinstance(node, Scalar) and not node.quoted and JSON_NUMBER.match(node.text) is not None


def is_flag(node: Node) -> bool:
    """Whether a node is true or false."""
    return isinstance(node, Scalar) and not node.quoted and node.text in _WORDS


def is_null(node: Node) -> bool:
    """Whether a node is null; nothing at all, in YAML, is too."""
    return isinstance(node, Scalar) and not node.quoted and node.text in ("null", "")


def named(node: Node) -> Sentence:
    """What a node is, in words."""
    if isinstance(node, Mapping):
        return GROUP
    if isinstance(node, Sequence):
        return LIST
    if is_null(node):
        return sentence("null")
    if is_flag(node):
        return sentence("vrai ou faux")
    return sentence("un nombre") if is_number(node) else sentence("un texte")


def whole(node: Node) -> int | None:
    """A node as a whole number; 3.0 is one (JSON Schema). None for anything else, or for one that nothing counts."""
    if not isinstance(node, Scalar) or not is_number(node) or len(node.text) > _LONGEST:
        return None
    try:
        value = Decimal(node.text)
    except InvalidOperation:  # an exponent that nothing counts
        return None
    if value.adjusted() > _LONGEST or value != value.to_integral_value():
        return None
    return int(value)


def _label(item: Node) -> str:
    """The name of an item of a list, by which people know it; "" when it has none."""
    name = item.nodes.get("name") if isinstance(item, Mapping) else None
    return name.text if isinstance(name, Scalar) and is_text(name) else ""


class Part:
    """A group of keys; `path` names it in messages, as `resources[2].schema`."""

    def __init__(self, node: Mapping, file: File, path: str = "") -> None:
        self.node = node
        self.file = file
        self.path = path

    def __contains__(self, key: str) -> bool:
        return key in self.node.nodes

    def at(self, key: str) -> Position:
        """The place of the value of a key; of the key when it was refused; of the group when it is absent."""
        node = self.node.nodes.get(key)
        if node is None or (isinstance(node, Broken) and not node.mark):
            return self.file.document.at(self.node.key_mark(key))
        return self.file.at(node)

    def key_at(self, key: str) -> Position:
        """The place of a key, or of the group when it is absent."""
        return self.file.document.at(self.node.key_mark(key), len(key) + 2 if key in self else 1)

    def within(self, key: str) -> str:
        """The path of a key."""
        return f"{self.path}.{key}" if self.path else key

    def tell(self, diagnostic: Diagnostic) -> None:
        """Say a fault."""
        self.file.said.append(diagnostic)

    def fault(self, key: str, message: str, hint: str = "", suggestion: str = "", /, **values: object) -> None:
        """Say what is wrong with the value of a key, in the words of a property."""
        self.tell(fault(PROPERTY, self.at(key), message, hint, suggestion, key=self.within(key), **values))

    def unfit(self, place: Position, path: str, wanted: Sentence, node: Node) -> None:
        """Say that a value is not of the kind that is asked."""
        message, hint = "« {key} » attend {wanted}, et non {found}.", "Corrigez-le, ou retirez la clé."
        self.tell(fault(PROPERTY, place, message, hint, key=path, wanted=wanted, found=named(node)))

    def missing(self, key: str, hint: str, **values: object) -> None:
        """Say that a key is required and absent."""
        place = self.file.document.at(self.node.mark)
        self.tell(fault(PROPERTY, place, "Il manque « {key} ».", hint, key=self.within(key), **values))

    def get(self, key: str) -> Node | None:
        """The node of a key; None when it is absent or was refused by the reader."""
        node = self.node.nodes.get(key)
        return None if isinstance(node, Broken) else node

    def text(self, key: str) -> str:
        """The text of a key, "" when it is absent."""
        node = self.get(key)
        if node is None:
            return ""
        if isinstance(node, Scalar) and is_text(node):
            return node.text
        self.unfit(self.at(key), self.within(key), TEXT, node)
        return ""

    def flag(self, key: str, default: bool = False) -> bool:
        """Whether a key is true."""
        node = self.get(key)
        if node is None:
            return default
        if isinstance(node, Scalar) and is_flag(node):
            return node.text == "true"
        self.unfit(self.at(key), self.within(key), FLAG, node)
        return default

    def whole(self, key: str, least: int = 0) -> int | None:
        """The whole number of a key, None when it is absent."""
        node = self.get(key)
        if node is None:
            return None
        value = whole(node)
        if value is None:
            self.unfit(self.at(key), self.within(key), WHOLE, node)
        elif value < least:
            self.fault(key, "« {key} » attend un nombre entier, {least} au moins.", "", least=least)
            return None
        return value

    def word(self, key: str, choices: tuple[str, ...]) -> str:
        """One of a few words; "" when it is absent or another."""
        text = self.text(key)
        if not text or text in choices:
            return text
        message, hint = "« {key} » ne peut pas être « {text} ».", "Valeurs permises : {choices}."
        self.fault(key, message, hint, nearest(text, choices), text=text, choices=listed(choices))
        return ""

    def items(self, key: str, least: int = 0) -> list[tuple[str, Node]]:
        """The items of a list, each with its path."""
        node = self.get(key)
        if node is None:
            return []
        if not isinstance(node, Sequence):
            self.unfit(self.at(key), self.within(key), LIST, node)
            return []
        if len(node.items) < least:
            hint = "Donnez-lui un élément." if key in _REQUIRED else "Donnez-lui un élément, ou retirez la clé."
            self.fault(key, "La liste « {key} » est vide.", hint)
        path = self.within(key)
        items = ((n, item) for n, item in enumerate(node.items, 1) if not isinstance(item, Broken))
        return [(f"{path}[{_label(item) or n}]", item) for n, item in items]

    def texts(self, key: str, least: int = 0) -> list[tuple[str, Position]]:
        """The texts of a list, each with its place; those that are none are said and left out."""
        found = []
        for path, node in self.items(key, least):
            if isinstance(node, Scalar) and is_text(node):
                found.append((node.text, self.file.at(node)))
            else:
                self.unfit(self.file.at(node), path, TEXT, node)
        return found

    def group(self, key: str) -> Part | None:
        """The group of a key."""
        node = self.get(key)
        if node is None or isinstance(node, Mapping):
            return None if node is None else Part(node, self.file, self.within(key))
        self.unfit(self.at(key), self.within(key), GROUP, node)
        return None

    def groups(self, key: str, least: int = 0) -> Iterator[Part]:
        """The groups of a list."""
        for path, node in self.items(key, least):
            if isinstance(node, Mapping):
                yield Part(node, self.file, path)
            else:
                self.unfit(self.file.at(node), path, GROUP, node)

    def wholes(self, key: str, least: int) -> tuple[int, ...] | None:
        """The whole numbers of a list; None when one of them is not a number or is too small."""
        found: list[int] = []
        for path, node in self.items(key):
            value = whole(node)
            if value is None or value < least:
                message = "« {key} » attend un nombre entier, {least} au moins."
                self.tell(fault(PROPERTY, self.file.at(node), message, "Corrigez-le.", key=path, least=least))
                return None
            found.append(value)
        return tuple(found)
