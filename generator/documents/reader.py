"""Reading a descriptor node by node: each key is asked for with its kind; what is missing, of another kind or left over
becomes a diagnostic on its line. Serves the contracts and mkdocs.yml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.diagnostics.suggestions import Words, synonym
from generator.diagnostics.wording import listed
from generator.documents.languages import in_language
from generator.documents.nodes import Broken, Document, Mapping, Node, Scalar, Sequence, mark_at, plain, scalars
from generator.text.french import fold
from generator.text.interface import sentence


class Reader:
    """A mapping of a descriptor being read, with the place to report what is wrong with it."""

    def __init__(
        self, document: Document, node: Node | None, diagnostics: list[Diagnostic], code: str = "contrat-faux"
    ) -> None:
        self.document = document
        self.diagnostics = diagnostics
        self.code = code
        self.asked: set[str] = set()
        self._absent: dict[str, Diagnostic] = {}  # what was said of the keys that are required and missing
        self.unread = node is not None and not isinstance(node, Mapping)  # which has its own message
        self._spots: dict[str, dict[str, int]] = {}
        if node is not None and not isinstance(node, Mapping):
            if not isinstance(node, Broken):
                message = "Un groupe de clés « cle: valeur » est attendu ici."
                diagnostics.append(fault(code, document.at(node.mark), message))
            node = Mapping(node.mark)
        self.node: Mapping = node if node is not None else Mapping(mark_at(1, 1))

    @property
    def position(self) -> Position:
        """Where the mapping starts."""
        return self.document.at(self.node.mark)

    def faults(
        self, position: Position, message: str, hint: str = "", suggestion: str = "", /, **values: object
    ) -> None:
        """Report a fault at a position."""
        self.diagnostics.append(fault(self.code, position, message, hint, suggestion, **values))

    def fault(self, key: str, message: str, hint: str = "", suggestion: str = "", /, **values: object) -> None:
        """Report a fault at the value of a key."""
        self.faults(self._place(key), message, hint, suggestion, **values)

    def spot(self, key: str, text: str) -> Position:
        """The place of a text under a key, however deep in lists; else of the key's value."""
        if key not in self._spots:
            nodes = scalars(self.node.nodes[key]) if key in self.node.nodes else ()
            found = self._spots[key] = {}
            for node in nodes:
                found.setdefault(node.text, node.mark)  # the last that is written: of two, it is the one to blame
        mark = self._spots[key].get(text)
        return (
            self._place(key) if mark is None else self.document.at(mark or self.node.key_mark(key), max(1, len(text)))
        )

    def key_place(self, key: str) -> Position:
        """The place of a key."""
        return self.document.at(self.node.key_mark(key), max(1, len(key)))

    def _place(self, key: str) -> Position:
        node = in_language(key, self.node.nodes.get(key))
        mark = node.mark if node is not None and node.mark else self.node.key_mark(key)
        length = len(node.text) + 2 * node.quoted if isinstance(node, Scalar) and "\n" not in node.text else 1
        return self.document.at(mark, max(1, length))

    def spots(self) -> dict[str, Position]:
        """Every text under the keys of this mapping and its place, to blame one later."""
        return {
            node.text: self.document.at(node.mark, max(1, len(node.text) + 2 * node.quoted))
            for node in scalars(self.node)
            if node.mark
        }

    def has(self, key: str) -> bool:
        """Whether the key is written."""
        return key in self.node.nodes

    def skip(self, *keys: str) -> None:
        """Take keys as known without reading them."""
        self.asked.update(keys)

    def _get(self, key: str, required: bool) -> Node | None:
        self.asked.add(key)
        node = self.node.nodes.get(key)
        if node is None and required and not self.unread:
            self.faults(self.position, "La clé « {key} » manque.", "Ajoutez-la.", key=key)
            self._absent[key] = self.diagnostics[-1]
        return None if isinstance(node, Broken) else node

    def text(self, key: str, required: bool = False, pattern: str = "") -> str:
        """A text; "" when absent. What people read may be given in several languages: it is then that of the site, or the first."""
        node = in_language(key, self._get(key, required))
        if node is None or isinstance(node, Broken):
            return ""
        if not isinstance(node, Scalar):
            self.fault(key, "« {key} » attend un texte.", key=key)
            return ""
        if required and not node.text:
            self.fault(key, "« {key} » est vide.", "Donnez-lui une valeur.", key=key)
        if pattern and node.text and not re.fullmatch(pattern, node.text):
            message, hint = "« {text} » n’a pas la forme attendue pour « {key} ».", "Forme attendue : {pattern}"
            meant = re.sub(r"[^a-z0-9]+", "_", fold(node.text).replace(" ", "_")).strip("_")
            suggestion = meant if meant and re.fullmatch(pattern, meant) else ""
            self.fault(key, message, hint, suggestion, text=node.text, key=key, pattern=pattern)
        return node.text

    def boolean(self, key: str) -> bool:
        """`true` or `false`; False when absent."""
        text = self.text(key)
        if text not in ("", "true", "false"):
            meant = {"oui": "true", "vrai": "true", "yes": "true", "non": "false", "faux": "false", "no": "false"}
            message, suggestion = (
                "« {key} » attend « true » ou « false », et non « {text} ».",
                meant.get(text.lower(), ""),
            )
            self.fault(key, message, "", suggestion, key=key, text=text)
        return text == "true"

    def texts(self, key: str, required: bool = False, distinct: bool = False) -> tuple[str, ...]:
        """A list of texts, or one text; `distinct` texts are each there once and not empty."""
        node = self._get(key, required)
        if node is None:
            return ()
        if isinstance(node, Scalar):
            return (node.text,)
        if isinstance(node, Sequence) and all(isinstance(item, Scalar) for item in node.items):
            if required and not node.items:
                self.fault(key, "« {key} » attend au moins un texte.", key=key)
            found = tuple(item.text for item in node.items if isinstance(item, Scalar))
            return self._distinct(key, found) if distinct else found
        self.fault(key, "« {key} » attend une liste de textes.", key=key)
        return ()

    def _distinct(self, key: str, texts: tuple[str, ...]) -> tuple[str, ...]:
        """Texts of a key, each once; what is there twice or is empty is reported."""
        seen: set[str] = set()
        for text in texts:
            if not text:
                self.fault(key, "« {key} » contient un texte vide.", "Retirez-le.", key=key)
            elif text in seen:
                message, hint = "« {text} » est deux fois dans « {key} ».", "Gardez-en un seul."
                self.faults(self.spot(key, text), message, hint, text=text, key=key)
            seen.add(text)
        return tuple(filter(None, dict.fromkeys(texts)))

    def text_lists(self, key: str) -> tuple[tuple[str, ...], ...]:
        """A list of lists of texts."""
        node = self._get(key, False)
        if node is None:
            return ()
        found = []
        for item in node.items if isinstance(node, Sequence) else ():
            if isinstance(item, Sequence) and item.items and all(isinstance(text, Scalar) for text in item.items):
                found.append(self._distinct(key, tuple(text.text for text in item.items if isinstance(text, Scalar))))
        if not isinstance(node, Sequence) or len(found) != len(node.items):
            self.fault(key, "« {key} » attend une liste de listes de textes.", key=key)
        return tuple(found)

    def mapping(self, key: str, required: bool = False) -> Reader:
        """A nested mapping; empty when absent."""
        node = self._get(key, required)
        return Reader(self.document, node if node is not None else Mapping(self.node.mark), self.diagnostics, self.code)

    def mappings(self, key: str, required: bool = False) -> Iterator[Reader]:
        """A list of mappings."""
        node = self._get(key, required)
        if node is None:
            return
        if not isinstance(node, Sequence):
            several = isinstance(node, Scalar) and "," in node.text and "\n" not in node.text
            meant = f"[{node.text}]" if several and isinstance(node, Scalar) else ""
            self.fault(key, "« {key} » attend une liste.", "Commencez chaque élément par « - ».", meant, key=key)
            return
        if required and not node.items:
            self.fault(key, "« {key} » attend au moins un élément.", "Ajoutez-le.", key=key)
        for item in node.items:
            yield Reader(self.document, item, self.diagnostics, self.code)

    def entries(self, key: str, word: str) -> Iterator[Reader]:
        """A list of mappings, in which a plain text stands for `{word: text}`."""
        node = self.node.nodes.get(key)
        if not isinstance(node, Sequence):
            yield from self.mappings(key)
            return
        self.asked.add(key)
        for item in node.items:
            if isinstance(item, Scalar):
                short = Mapping(item.mark)
                short.nodes[word] = item
                short.key_marks.append(item.mark)
                yield Reader(self.document, short, self.diagnostics, self.code)
            else:
                yield Reader(self.document, item, self.diagnostics, self.code)

    def plain(self, key: str) -> dict[str, object]:
        """A nested mapping as plain dictionaries, lists and texts."""
        node = self._get(key, False)
        value = plain(node) if node is not None else {}
        return value if isinstance(value, dict) else {}

    def close(self, what: str, /, **values: object) -> None:
        """Report the keys that nothing asked for, in what is named so: a sentence and its values."""
        if self.asked.issuperset(self.node.nodes):
            return
        names = sorted(self.asked)
        known, choices = Words(names), listed(names)
        for key, mark in zip(self.node.nodes, self.node.key_marks, strict=True):
            if key not in self.asked:
                message, hint = "La clé « {key} » est inconnue dans {what}.", "Clés possibles : {choices}."
                near = known.nearest(key) or synonym(key, self._absent)
                near = near if near not in self.node.nodes else ""
                if near in self._absent and self._absent[near] in self.diagnostics:
                    self.diagnostics.remove(self._absent[near])  # it is there, under another name
                self.faults(
                    self.document.at(mark, len(key)),
                    message,
                    hint,
                    near,
                    key=key,
                    what=sentence(what, **values),
                    choices=choices,
                )


def is_mapping(document: Document, diagnostics: list[Diagnostic], code: str) -> bool:
    """Whether a file that was read holds keys; one that is empty, or holds something else, is reported."""
    root = document.root
    if isinstance(root, Scalar) and not root.text:
        message, hint = "Ce fichier est vide.", "Remplissez-le ou supprimez-le."
        diagnostics.append(fault(code, Position(document.path), message, hint))
    elif root is not None and not isinstance(root, Mapping | Broken):
        message = "Ce fichier doit contenir des clés « cle: valeur »."
        diagnostics.append(fault(code, document.at(root.mark), message))
    return isinstance(root, Mapping)
