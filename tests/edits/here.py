"""A project as it is on the disk, for who edits it: its rows, its files with their places, and how an edit is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random
from types import MappingProxyType

from generator.catalogue.project import Project
from generator.catalogue.records import Record
from generator.changes.renaming import own_column
from generator.commands.check import checked_project
from generator.documents.heads import head_of
from generator.documents.keeping import Kept
from generator.documents.manner import Manner
from generator.documents.nodes import Mapping as Group
from generator.documents.nodes import Node, Scalar
from generator.documents.places import Files, Written, place_of
from generator.documents.yaml import read_yaml
from generator.layout import CONTENT, PACKAGES, PAGES, SETTINGS
from generator.text.patching import Edit as Passage
from generator.text.patching import patched
from generator.values.types import canonical

State = Mapping[str, bytes]  # a project, by the paths of its files


@dataclass(frozen=True, slots=True)
class Edit:
    """What it does, in a sentence, and the files that it writes; None for one that it removes. The same bytes are a touch."""

    said: str
    files: Mapping[str, bytes | None]

    def apply(self, root: Path) -> None:
        """Write it."""
        for path, data in self.files.items():
            if data is None:
                (root / path).unlink()
            else:
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_bytes(data)


class Here:
    """A project on the disk, read when it is first asked for."""

    def __init__(self, root: Path, kept: Kept | None = None) -> None:
        self.root, self.kept = root, Kept(kept)

    @cached_property
    def project(self) -> Project:
        """As a check finds it."""
        return checked_project(self.root, keep=self.kept)

    @cached_property
    def files(self) -> Files:
        """The files of the content, with the places of what they say."""
        return Files(self.root, self.project.catalogue.contracts.manner)

    @cached_property
    def records(self) -> list[Record]:
        """The rows that people write."""
        return [record for record in self.project.catalogue.records() if record.resource.derive is None]

    @cached_property
    def named(self) -> set[tuple[str, tuple[object, ...]]]:
        """The rows that others name, by their table and the values by which they are named."""
        found = set[tuple[str, tuple[object, ...]]]()
        for record in self.project.catalogue.records():
            for key in record.resource.foreign_keys:
                if tuple(key.fields) != record.resource.primary_key[: len(key.fields)] or record.parent is None:
                    found.add((key.resource, record.key(key.fields)))
        return found

    def file(self, path: str) -> Written:
        """A file that is not of the content: a contract, the settings, a page of prose."""
        return Written(path, (self.root / path).read_bytes(), Manner())

    def tree(self, path: str) -> Node | None:
        """What a file of YAML, or the head of a page, says."""
        text = (self.root / path).read_text(encoding="utf-8")
        head = head_of(text) if path.endswith(".md") else None
        return read_yaml(path, text if head is None else head.yaml)[0].root

    def paths(self, *patterns: str) -> list[str]:
        """The files of some patterns, in order."""
        found = {path for pattern in patterns for path in self.root.glob(pattern) if path.is_file()}
        return sorted(path.relative_to(self.root).as_posix() for path in found)

    @property
    def data(self) -> list[str]:
        """The YAML files of the content."""
        return [path for path in self.paths(f"{CONTENT}/**/*.yaml") if not path.startswith(f"{PAGES}/")]

    @property
    def pages(self) -> list[str]:
        """The pages of prose."""
        return self.paths(f"{PAGES}/**/*.md")

    @property
    def contracts(self) -> list[str]:
        """The contracts of packages."""
        return self.paths(f"{PACKAGES}/*/datapackage.yaml")

    @property
    def templates(self) -> list[str]:
        """The templates of packages."""
        return self.paths(f"{PACKAGES}/*/templates/**/*.html")

    def write(self, said: str, passages: Iterable[Passage | None]) -> Edit | None:
        """The edit that writes passages of files; None when one of them cannot be."""
        asked = list(passages)
        found = [passage for passage in asked if passage is not None]
        if not found or len(found) < len(asked):
            return None
        made: dict[str, bytes | None] = {}
        for path in sorted({passage.path for passage in found}):
            file = self.files(path) if path.startswith(f"{CONTENT}/") else self.file(path)
            own = [passage for passage in found if passage.path == path]
            try:
                made[path] = patched(file.data, own, file.manner.encoding if file.is_csv else "utf-8")
            except UnicodeEncodeError:
                return None
        return Edit(said, made)

    def replace(self, file: Written, node: Node | None, text: str, said: str) -> Edit | None:
        """The edit that writes another text in the place of one."""
        if not isinstance(node, Scalar) or not node.mark:
            return None
        return self.write(f"{file.path} : {said}", [file.replacing(place_of(node.mark), text)])


Maker = Callable[[Here, Random], Edit | None]


def at(node: Node | None, *way: str) -> Node | None:
    """What stands at the end of a way through groups."""
    for step in way:
        node = node.nodes.get(step) if isinstance(node, Group) else None
    return node


def some(rng: Random, among: Iterable[Record], most: int = 200) -> list[Record]:
    """Rows, at random."""
    found = list(among)
    return rng.sample(found, min(most, len(found)))


def identifier(record: Record) -> str:
    """The identifier of a row that has one of its own, as text; "" for any other."""
    column = own_column(record.resource)
    return canonical(record[column]) if column and record[column] is not None else ""


def state(root: Path, known: State = MappingProxyType({})) -> State:
    """The bytes of all that people write; those that are `known` already are not held twice."""
    found = [root / SETTINGS]
    for top in (CONTENT, PACKAGES):
        found += [path for path in (root / top).rglob("*") if path.is_file()]
    read = {path.relative_to(root).as_posix(): path.read_bytes() for path in found}
    return {path: known[path] if known.get(path) == data else data for path, data in read.items()}


def between(before: State, after: State, said: str) -> Edit:
    """The edit that goes from one state of a project to another."""
    changed = {path: data for path, data in after.items() if before.get(path) != data}
    return Edit(said, {**changed, **{path: None for path in before if path not in after}})
