"""The files of descriptors of a package: its own, and those of schemas and dialects that it names, each read once."""

from __future__ import annotations

from pathlib import Path

from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.documents.files import read_bytes
from generator.documents.json import parse_json
from generator.documents.manner import Limits, Manner
from generator.documents.nodes import Broken, Document, Mapping, Scalar
from generator.documents.yaml import parse_yaml
from generator.standard.part import GROUP, PROPERTY, UNCHECKED, File, Part, is_text
from generator.standard.paths import is_remote, located, refused

_LIMITS = Limits(bytes=100_000_000, values=20_000_000, depth=60)  # they may hold data
MANNER = Manner(limits=_LIMITS, characters=True, foreign=True)
NAMES = ("datapackage.json", "datapackage.yaml", "datapackage.yml")
_YAML = (".yaml", ".yml")


class Descriptors:
    """The descriptors below a folder, and all that is said of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, File] = {}

    @property
    def said(self) -> list[Diagnostic]:
        """What was said of all of them, in the order in which they were read."""
        return [each for file in self.files.values() for each in file.said]

    def root(self, path: str) -> Part | None:
        """The group that a file holds; None when it cannot be read, or holds anything else, which is said."""
        if path in self.files:
            root = self.files[path].document.root
            return Part(root, self.files[path]) if isinstance(root, Mapping) else None
        data, told = read_bytes(self.folder, path, MANNER.limits.bytes)
        document = Document(path, None)
        if data is not None:
            document, told = (parse_yaml if path.endswith(_YAML) else parse_json)(path, data, MANNER)
        file = self.files[path] = File(document, list(told))
        root = document.root
        if isinstance(root, Mapping):
            return Part(root, file)
        if root is not None and not isinstance(root, Broken):
            message = "Un groupe de clés est attendu dans ce fichier."
            if isinstance(root, Scalar) and not root.text:
                message = "Ce fichier est vide."
            file.said.append(
                fault(PROPERTY, document.at(root.mark), message, "Il commence par « {{ » et finit par « }} ».")
            )
        return None

    def inner(self, part: Part, key: str) -> Part | None:
        """A schema or a dialect: written there, or in the file that a path names. None when it cannot be had, which is said."""
        node = part.get(key)
        if node is None or isinstance(node, Mapping):
            return None if node is None else Part(node, part.file, part.within(key))
        if not isinstance(node, Scalar) or not is_text(node):
            part.unfit(part.at(key), part.within(key), GROUP, node)
            return None
        text, place = node.text, part.at(key)
        if is_remote(text):
            message = (
                "« {path} » est sur une autre machine : « {key} » n’a pas été lu, et rien n’est vérifié d’après lui."
            )
            hint = "Mettez-en une copie dans le paquet."
            part.tell(fault(UNCHECKED, place, message, hint, path=text, key=part.within(key)))
            return None
        found = refused(text, place) or self._located(text, place)
        if isinstance(found, Diagnostic):
            part.tell(found)
            return None
        return self.root(text)

    def _located(self, text: str, place: Position) -> Diagnostic | None:
        found = located(self.folder, text, place)
        return found if isinstance(found, Diagnostic) else None
