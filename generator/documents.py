"""YAML and CSV text → nodes that keep the author's text and its place. Nothing is constructed: what a text means is
decided later by its contract. Everything that content has no use for is refused here, with a sentence and a position.
The only module that knows ruamel.yaml, and of it only the events of its C parser (no recursion anywhere).
"""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
import unicodedata
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostics import Diagnostic, Position, fault, reason
from generator.syntax import explain

# Stated limits (security.md of the project's design: the C parser itself has none).
MAX_BYTES = 1_000_000
MAX_DEPTH = 12
MAX_NODES = 100_000
MAX_REFUSALS = 100  # in one file; the rest of it is then unknown

_COLUMN_BITS = 21  # a column never exceeds MAX_BYTES


class Scalar:
    """A text as written, `quoted` when it was between quotes or in a block."""

    __slots__ = ("mark", "quoted", "text")

    def __init__(self, text: str, mark: int, quoted: bool = False) -> None:
        self.text = text
        self.mark = mark
        self.quoted = quoted


class Mapping:
    """Keys and nodes in written order; `key_marks` are the places of the keys, in the same order."""

    __slots__ = ("key_marks", "mark", "nodes")

    def __init__(self, mark: int) -> None:
        self.mark = mark
        self.nodes: dict[str, Node] = {}
        self.key_marks = array("q")  # half the memory of a list

    def key_mark(self, key: str) -> int:
        """The place of a key, or of the mapping when it has no such key."""
        for mark, name in zip(self.key_marks, self.nodes, strict=True):
            if name == key:
                return mark
        return self.mark


class Sequence:
    """Items in written order."""

    __slots__ = ("items", "mark")

    def __init__(self, mark: int) -> None:
        self.mark = mark
        self.items: list[Node] = []


class Broken:
    """Stands where something was refused: later stages pass over it, so that one mistake gives one message."""

    __slots__ = ("mark",)

    def __init__(self, mark: int) -> None:
        self.mark = mark


Node = Scalar | Mapping | Sequence | Broken


@dataclass(frozen=True, slots=True)
class Document:
    """A file of the content. `root` is None when it could not be read: what it holds is unknown, not absent."""

    path: str
    root: Node | None
    header: tuple[str, ...] = ()  # the columns of a CSV file

    def at(self, mark: int, length: int = 1) -> Position:
        """The position of a mark of this document."""
        return Position(self.path, mark >> _COLUMN_BITS, mark & ((1 << _COLUMN_BITS) - 1), length)


DATA = (".yaml", ".csv")
PROSE = ".md"


def read_folder(root: Path, folder: str, prose: str) -> Iterator[tuple[Document | None, list[Diagnostic]]]:
    """Read every data file under `root/folder`, in the order of their paths. Symbolic links are refused, never followed.
    Markdown under the folder `prose`, and any README.md, is left to others; a file of another kind is a fault, so that
    nothing is passed over in silence.
    """
    for path, is_link in _walk(root, folder):
        if is_link:
            message, hint = "Ceci est un lien symbolique : il n’est pas suivi.", "Remplacez-le par le fichier lui-même."
            yield None, [fault("lien-symbolique", Position(path), message, hint)]
        elif path.endswith(DATA) or (root / path).is_dir():  # a folder comes here when it cannot be listed
            yield read_file(root, path)
        elif not (path.endswith(PROSE) and (path.startswith(f"{prose}/") or path.endswith("/README.md"))):
            message = "Ce fichier n’est ni du YAML ni du CSV : rien ne le lit."
            hint = "Renommez-le en .yaml ou .csv (une page en Markdown se place dans {prose}), ou supprimez-le."
            yield None, [fault("fichier-sans-table", Position(path), message, hint, _data_name(path), prose=prose)]


def _data_name(path: str) -> str:
    """`fiche.yml` or `fiche.yaml.txt` → `fiche.yaml`."""
    found = re.match(r"(.*\.)(ya?ml|csv)(\.txt)?\Z", path, re.IGNORECASE)
    return found.group(1) + ("csv" if found.group(2).lower() == "csv" else "yaml") if found else ""


def _walk(root: Path, folder: str) -> list[tuple[str, bool]]:
    """The files under a folder, sorted, and whether each is a symbolic link; hidden ones are left out. A folder that
    cannot be listed stands in the list as itself.
    """
    pending, found = [folder], []
    while pending:
        current = pending.pop()
        if (root / current).is_symlink():
            found.append((current, True))
            continue
        try:
            with os.scandir(root / current) as entries:
                for entry in entries:
                    path = f"{current}/{entry.name}"
                    if entry.name.startswith("."):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        pending.append(path)
                    else:
                        found.append((path, entry.is_symlink()))
        except OSError:
            found.append((current, False))
    return sorted(found)


def read_file(root: Path, path: str) -> tuple[Document, list[Diagnostic]]:
    """Read one YAML or CSV file; one that cannot be read is a diagnostic and a document without a root."""
    data, diagnostics = _bytes(root, path)
    if data is None:
        return Document(path, None), diagnostics
    parse = parse_csv if path.endswith(".csv") else parse_yaml
    return parse(path, data)


def read_text(root: Path, path: str) -> tuple[str | None, list[Diagnostic]]:
    """Read one text file as clean NFC text; None when it cannot be read."""
    data, diagnostics = _bytes(root, path)
    return (None, diagnostics) if data is None else _decode(path, data)


def _bytes(root: Path, path: str) -> tuple[bytes | None, list[Diagnostic]]:
    try:
        descriptor = os.open(root / path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "rb") as stream:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise OSError(errno.ENXIO, "")
            return stream.read(MAX_BYTES + 1), []
    except OSError as error:
        if error.errno == errno.ELOOP:
            message, hint = "Ceci est un lien symbolique : il n’est pas suivi.", "Remplacez-le par le fichier lui-même."
            return None, [fault("lien-symbolique", Position(path), message, hint)]
        return None, [
            fault(
                "fichier-illisible",
                Position(path),
                "Ce fichier ne peut pas être lu ({reason}).",
                "Vérifiez qu’il existe et que vous avez le droit de le lire.",
                reason=reason(error),
            )
        ]


def parse_yaml(path: str, data: bytes) -> tuple[Document, list[Diagnostic]]:
    """Text of a YAML file → document. Every refusal has a position; after a syntax error the root is None."""
    text, diagnostics = _decode(path, data)
    if text is None:
        return Document(path, None), diagnostics
    composer = _Composer(path)
    root = composer.compose(text)
    if root is None and not composer.diagnostics:  # an empty file says nothing; it is not unknown
        root = Scalar("", mark_at(1, 1))
    return Document(path, root), diagnostics + composer.diagnostics


def mark_at(line: int, column: int) -> int:
    """A place as one integer: 1-based line and column."""
    return line << _COLUMN_BITS | column


# Control, surrogate and noncharacters; bidirectional and invisible controls; line separators that are not \n.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufdd0-\ufdef\ufeff\ufff9-\uffff]"
)
# What an escape between double quotes would bring into a value.
_FORBIDDEN_VALUE = re.compile(_FORBIDDEN.pattern.replace("]", "\r]"))
# Lines are found by the \n before them, several times faster than by ^: these two are searched in "\n" + text.
_BAD_INDENT = re.compile(r"\n *([\u00a0\u2000-\u200a\u202f\u205f\u3000]+) *[^\s]")
# The marks of a merge left in a file; « ======= » alone underlines a title in Markdown.
_CONFLICT = re.compile(r"\n(?:<{7}|>{7}|\|{7}(?= ))(?=[ \n]|\Z)")


def _decode(path: str, data: bytes) -> tuple[str | None, list[Diagnostic]]:
    """Bytes → NFC text with \\n line ends, or None; one BOM is taken off."""
    if len(data) > MAX_BYTES:
        hint = "Partagez son contenu entre plusieurs fichiers."
        return None, [
            fault(
                "fichier-trop-gros",
                Position(path),
                "Ce fichier dépasse {limit} octets, la taille permise.",
                hint,
                limit=MAX_BYTES,
            )
        ]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        return None, [
            fault(
                "pas-en-utf8",
                _position_at(path, before, len(before)),
                "Ce fichier n’est pas en UTF-8 (octet {byte} ici).",
                "Enregistrez-le de nouveau en choisissant l’encodage UTF-8.",
                byte=f"{data[error.start]:02X}",
            )
        ]
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    conflict = _CONFLICT.search("\n" + text)
    if conflict:
        message = "Une marque de conflit de fusion est restée dans le fichier."
        hint = "Gardez l’une des deux versions et supprimez les lignes <<<<<<<, ======= et >>>>>>>."
        return None, [fault("conflit-git", _position_at(path, text, conflict.start(), 7), message, hint)]
    diagnostics = []
    if _FORBIDDEN.search(text):
        for found in _FORBIDDEN.finditer(text):
            diagnostics.append(
                fault(
                    "caractere-interdit",
                    _position_at(path, text, found.start()),
                    "Un caractère invisible ou de commande (U+{code}) se trouve ici.",
                    "Supprimez-le : retapez le passage au clavier plutôt que de le coller.",
                    code=f"{ord(found.group()):04X}",
                )
            )
            if len(diagnostics) >= 20:
                break
        text = _FORBIDDEN.sub(" ", text)
    for found in _BAD_INDENT.finditer("\n" + text) if not text.isascii() else ():
        diagnostics.append(
            fault(
                "espace-insecable",
                _position_at(path, text, found.start(1) - 1),
                "La ligne commence par une espace insécable (U+{code}), que YAML ne compte pas comme un retrait.",
                "Remplacez-la par des espaces ordinaires.",
                code=f"{ord(found.group(1)[0]):04X}",
            )
        )
    return (None if any(d.code == "espace-insecable" for d in diagnostics) else text), diagnostics


def _position_at(path: str, text: str, offset: int, length: int = 1) -> Position:
    line_start = text.rfind("\n", 0, offset) + 1
    return Position(path, text.count("\n", 0, line_start) + 1, offset - line_start + 1, length)


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
                mark = (start.line + 1) << _COLUMN_BITS | (start.column + 1)
                if event.anchor is not None or event.ctag is not None:
                    self._refuse_properties(event, mark)
                style = event.style
                quoted = style is not None and style != ""
                if key is None and type(container) is Mapping:
                    key = self._key(container, event.value, mark, quoted)
                    continue
                if style == '"' and _FORBIDDEN_VALUE.search(event.value):
                    node = self._refuse_escape(event.value, mark)
                else:
                    node = Scalar(event.value, mark, quoted)
            elif kind is mapping_event or kind is sequence_event:
                start = event.start_mark
                mark = (start.line + 1) << _COLUMN_BITS | (start.column + 1)
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
            first = container.key_mark(text) >> _COLUMN_BITS
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
        found = _FORBIDDEN_VALUE.search(value)
        self.refuse(
            mark,
            "caractere-interdit",
            "Ce texte contient un caractère invisible ou de commande (U+{code}), écrit avec une barre oblique inverse.",
            "Retirez-le ; employez des apostrophes si la barre oblique inverse doit se lire telle quelle.",
            code=f"{ord(found.group()):04X}" if found else "",
        )
        return Broken(mark)


_AWAITED = Broken(0)

_CELL = re.compile(r'(?:"((?:[^"]|"")*)"|([^,"\n]*))(,|\n|\Z)')


def parse_csv(path: str, data: bytes) -> tuple[Document, list[Diagnostic]]:
    """Text of a CSV file (RFC 4180, comma, header) → a sequence of mappings, an empty cell being an absent key."""
    text, diagnostics = _decode(path, data)
    if text is None:
        return Document(path, None), diagnostics
    rows: list[list[Scalar]] = [[]]
    offset, line, line_start = 0, 1, 0
    while offset < len(text) or rows[-1]:
        found = _CELL.match(text, offset)
        if found is None:
            diagnostics.append(
                fault(
                    "csv-mal-forme",
                    Position(path, line, offset - line_start + 1),
                    "Un guillemet mal placé empêche de lire cette cellule.",
                    "Un texte qui contient une virgule ou un guillemet s’écrit entre guillemets, les guillemets intérieurs doublés.",
                )
            )
            return Document(path, None), diagnostics
        quoted = found.group(1) is not None
        value = found.group(1).replace('""', '"') if quoted else found.group(2)
        rows[-1].append(Scalar(value, mark_at(line, offset - line_start + 1), quoted))
        line += found.group().count("\n")
        if found.group().count("\n"):
            line_start = offset + found.group().rfind("\n") + 1
        offset = found.end()
        if found.group(3) == "\n":
            rows.append([])
        elif not found.group(3):
            break
    return _table(path, [row for row in rows if any(cell.text or cell.quoted for cell in row)], diagnostics)


def _table(path: str, rows: list[list[Scalar]], diagnostics: list[Diagnostic]) -> tuple[Document, list[Diagnostic]]:
    table = Sequence(mark_at(1, 1))
    if not rows:
        return Document(path, table), diagnostics
    header = rows[0]
    document = Document(path, table, tuple(cell.text for cell in header))
    if len(header) == 1 and ";" in header[0].text:
        message = "Les colonnes de ce fichier sont séparées par des points-virgules."
        hint = "Enregistrez-le de nouveau en choisissant la virgule comme séparateur."
        place = document.at(header[0].mark + header[0].text.index(";"))
        return Document(path, None), [*diagnostics, fault("csv-mal-forme", place, message, hint)]
    if len(rows) * len(header) > MAX_NODES:
        message, hint = "Ce fichier contient plus de {limit} valeurs.", "Partagez son contenu entre plusieurs fichiers."
        row = rows[MAX_NODES // len(header)]
        place = document.at(row[0].mark)
        return Document(path, None), [*diagnostics, fault("fichier-trop-gros", place, message, hint, limit=MAX_NODES)]
    for number, cell in enumerate(header):
        if cell.text in [other.text for other in header[:number]]:
            diagnostics.append(
                fault(
                    "cle-en-double",
                    document.at(cell.mark),
                    "La colonne « {key} » est donnée deux fois.",
                    "Gardez une seule des deux.",
                    key=cell.text,
                )
            )
            return Document(path, None), diagnostics
    for row in rows[1:]:
        if len(row) != len(header):
            diagnostics.append(
                fault(
                    "csv-mal-forme",
                    document.at(row[0].mark),
                    "Il y a {found} cellule{s} dans cette ligne, {expected} dans l’en-tête.",
                    "Ajoutez ou retirez des virgules ; un texte qui contient une virgule s’écrit entre guillemets.",
                    found=len(row),
                    s="s" if len(row) > 1 else "",
                    expected=len(header),
                )
            )
            table.items.append(Broken(row[0].mark))
            continue
        mapping = Mapping(row[0].mark)
        for name, cell in zip(header, row, strict=True):
            if cell.text:
                mapping.nodes[name.text] = cell
                mapping.key_marks.append(name.mark)  # what is wrong with a column is wrong in the header, once
        table.items.append(mapping)
    return document, diagnostics
