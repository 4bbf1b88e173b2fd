"""YAML and CSV text → nodes that keep the author's text and its place. Nothing is constructed: what a text means is
decided later by its contract. Everything that content has no use for is refused here, with a sentence and a position.
The only module that knows ruamel.yaml, and of it only the events of its C parser (no recursion anywhere).
"""

from __future__ import annotations

import re
import sys

from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.documents.files import FORBIDDEN_VALUE, MAX_NODES, decode
from generator.documents.nodes import COLUMN_BITS, Broken, Document, Mapping, Node, Scalar, Sequence, mark_at
from generator.documents.yaml_errors import explain

# Stated limits (security.md of the project's design: the C parser itself has none).
MAX_DEPTH = 12
MAX_REFUSALS = 100  # in one file; the rest of it is then unknown


def parse_yaml(path: str, data: bytes) -> tuple[Document, list[Diagnostic]]:
    """Text of a YAML file → document. Every refusal has a position; after a syntax error the root is None."""
    text, diagnostics = decode(path, data)
    if text is None:
        return Document(path, None), diagnostics
    composer = _Composer(path)
    root = composer.compose(text)
    if root is None and not composer.diagnostics:  # an empty file says nothing; it is not unknown
        root = Scalar("", mark_at(1, 1))
    return Document(path, root), diagnostics + composer.diagnostics


class _TooMany(Exception):
    """A file in which so much is refused that the rest is not worth reading."""


class _Composer:
    """Events → nodes with an explicit stack. What is refused is reported and replaced by Broken; the rest goes on."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.diagnostics: list[Diagnostic] = []

    def refuse(self, mark: int, code: str, message: str, hint: str = "", length: int = 1, /, **values: object) -> None:
        position = Document(self.path, None).at(mark, length)
        self.diagnostics.append(fault(code, position, message, hint, "", **values))
        if len(self.diagnostics) >= MAX_REFUSALS:
            raise _TooMany

    def compose(self, text: str) -> Node | None:
        from ruamel.yaml import events as ev
        from ruamel.yaml.error import MarkedYAMLError, YAMLError

        try:
            from _ruamel_yaml import CParser
        except ImportError as error:  # never fall back on the pure parser: it reads some texts differently
            raise RuntimeError("Le lecteur C de ruamel.yaml manque : installez ruamel.yaml.clib.") from error
        try:
            return self._compose(CParser(text).get_event, ev)
        except _TooMany:
            return None
        except MarkedYAMLError as error:
            unclosed = re.search(
                "end of stream|expected ',' or|expected ':'", error.problem or ""
            )  # blame where it was opened
            mark = (error.context_mark if unclosed else error.problem_mark) or error.problem_mark
            position = Position(self.path, mark.line + 1, mark.column + 1) if mark else Position(self.path)
            self.diagnostics.append(explain(error.problem or "", error.context or "", position, text))
            return None
        except YAMLError as error:
            self.diagnostics.append(explain(str(error), "", Position(self.path), text))
            return None

    def _compose(self, get_event, ev) -> Node | None:  # type: ignore[no-untyped-def]  # ruamel's C parser has no types
        scalar_event, mapping_event, sequence_event = ev.ScalarEvent, ev.MappingStartEvent, ev.SequenceStartEvent
        ends = (ev.MappingEndEvent, ev.SequenceEndEvent)
        stack: list[tuple[Mapping | Sequence, str | None]] = []
        root: Node | None = None
        container: Mapping | Sequence | None = None
        key: str | None = None  # the key whose value is awaited; "" discards the value
        count = 0
        while True:
            event = get_event()
            kind = type(event)
            node: Node
            if kind is scalar_event:
                start = event.start_mark
                mark = (start.line + 1) << COLUMN_BITS | (start.column + 1)
                if event.anchor is not None or event.ctag is not None:
                    self._refuse_properties(event, mark)
                style = event.style
                quoted = style is not None and style != ""
                if key is None and type(container) is Mapping:
                    key = self._key(container, event.value, mark, quoted)
                    continue
                if style == '"' and FORBIDDEN_VALUE.search(event.value):
                    node = self._refuse_escape(event.value, mark)
                else:
                    node = Scalar(event.value, mark, quoted)
            elif kind is mapping_event or kind is sequence_event:
                start = event.start_mark
                mark = (start.line + 1) << COLUMN_BITS | (start.column + 1)
                if event.anchor is not None or event.ctag is not None:
                    self._refuse_properties(event, mark)
                opened: Mapping | Sequence = Mapping(mark) if kind is mapping_event else Sequence(mark)
                if len(stack) >= MAX_DEPTH:
                    self.refuse(
                        mark,
                        "trop-profond",
                        "Ce contenu est imbriqué sur plus de {limit} niveaux.",
                        "Aplatissez-le ou partagez-le entre plusieurs fiches.",
                        limit=MAX_DEPTH,
                    )
                    return None
                if key is None and type(container) is Mapping:
                    self.refuse(mark, "cle-composee", "Une clé doit être un mot simple, pas une liste ni un groupe.")
                    stack.append((container, ""))  # its value, which follows, is discarded
                elif container is None:
                    root = opened
                    stack.append((opened, None))
                else:
                    self._place(container, key, opened)
                    stack.append((container, None))
                container, key = opened, None
                count += 1
                continue
            elif kind in ends:
                container, key = stack.pop()
                if not stack:
                    container = None
                continue
            elif kind is ev.AliasEvent:
                mark = mark_at(event.start_mark.line + 1, event.start_mark.column + 1)
                self.refuse(
                    mark,
                    "ancre-ou-alias",
                    "« *{name} » est un alias YAML : le contenu n’en utilise pas.",
                    "Recopiez la valeur ; si le texte commence vraiment par « * », mettez-le entre guillemets.",
                    len(event.anchor) + 1,
                    name=event.anchor,
                )
                node = Broken(mark)
                if key is None and type(container) is Mapping:
                    key = ""
                    continue
            elif kind is ev.DocumentStartEvent:
                mark = mark_at(event.start_mark.line + 1, event.start_mark.column + 1)
                if event.version or event.tags:
                    self.refuse(
                        mark,
                        "directive",
                        "Une directive YAML (« % » en début de ligne) n’a pas sa place ici.",
                        "Supprimez la ligne qui commence par « % ».",
                    )
                if root is not None:
                    self.refuse(
                        mark,
                        "plusieurs-documents",
                        "Un second document YAML commence ici (« --- »).",
                        "Un fichier contient un seul document : faites-en deux fichiers.",
                    )
                    return root
                continue
            elif kind is ev.StreamEndEvent:
                return root
            else:
                continue
            count += 1
            if count > MAX_NODES:
                self.refuse(
                    mark,
                    "fichier-trop-gros",
                    "Ce fichier contient plus de {limit} valeurs.",
                    "Partagez son contenu entre plusieurs fichiers.",
                    limit=MAX_NODES,
                )
                return None
            if container is None:
                root = node
            elif type(container) is Sequence:
                container.items.append(node)
            elif type(container) is Mapping:
                if key:
                    container.nodes[key] = node
                key = None

    def _place(self, container: Mapping | Sequence, key: str | None, node: Node) -> None:
        if isinstance(container, Sequence):
            container.items.append(node)
        elif key:
            container.nodes[key] = node

    def _key(self, container: Mapping, text: str, mark: int, quoted: bool) -> str:
        """Note a key and its place; "" when it is refused, so that its value is discarded."""
        if text == "<<" and not quoted:
            self.refuse(
                mark, "cle-de-fusion", "La clé de fusion « << » n’est pas permise.", "Recopiez les clés voulues.", 2
            )
            return ""
        if not text:
            self.refuse(mark, "cle-vide", "Une clé est vide.", "Donnez-lui un nom devant les deux-points.")
            return ""
        if text in container.nodes:
            first = container.key_mark(text) >> COLUMN_BITS
            self.refuse(
                mark,
                "cle-en-double",
                "La clé « {key} » est déjà donnée à la ligne {line}.",
                "Gardez une seule des deux.",
                len(text) + 2 * quoted,
                key=text,
                line=first,
            )
            return ""
        text = sys.intern(text)  # the same few keys in every record
        container.nodes[text] = _AWAITED
        container.key_marks.append(mark)
        return text

    def _refuse_properties(self, event: object, mark: int) -> None:
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor is not None:
            self.refuse(
                mark,
                "ancre-ou-alias",
                "« &{name} » est une ancre YAML : le contenu n’en utilise pas.",
                "Supprimez-la ; si le texte commence vraiment par « & », mettez-le entre guillemets.",
                len(str(anchor)) + 1,
                name=anchor,
            )
        if tag is not None:
            written = str(tag).replace("tag:yaml.org,2002:", "!!")
            self.refuse(
                mark,
                "etiquette-yaml",
                "« {tag} » est une étiquette YAML : le type d’une valeur vient du contrat, pas du fichier.",
                "Supprimez-la ; si le texte commence vraiment par « ! », mettez-le entre guillemets.",
                len(written),
                tag=written,
            )

    def _refuse_escape(self, value: str, mark: int) -> Broken:
        """A text between double quotes whose escapes make a character that no file may hold."""
        found = FORBIDDEN_VALUE.search(value)
        self.refuse(
            mark,
            "caractere-interdit",
            "Ce texte contient un caractère invisible ou de commande (U+{code}), écrit avec une barre oblique inverse.",
            "Retirez-le ; employez des apostrophes si la barre oblique inverse doit se lire telle quelle.",
            code=f"{ord(found.group()):04X}" if found else "",
        )
        return Broken(mark)


_AWAITED = Broken(0)
