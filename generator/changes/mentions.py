"""Where a renamed row is named outside the columns of rows: the links of sentences, the contracts, the menu."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from generator.catalogue.project import Project
from generator.catalogue.records import Record
from generator.changes.followed import Followed, holds
from generator.diagnostics.finding import Position
from generator.documents.files import read_text
from generator.documents.nodes import Document, Mapping, Node, Scalar, Sequence
from generator.documents.places import Files
from generator.layout import PACKAGES
from generator.prose.markdown import Link, links
from generator.prose.passages import Lines, Passage, passages
from generator.prose.targets import AGAINST, PAGE, record_of, target_of, terms
from generator.text.interface import Sentence, sentence
from generator.text.patching import Edit

Found = Iterator[tuple[Edit | None, Sentence]]  # an edit, or None and what the person has to do


def _by_hand(place: object, text: str) -> Sentence:
    return sentence("{place} : écrivez « {text} » à la main.", place=str(place), text=text)


# --- Sentences ---------------------------------------------------------------------------------------------------


def in_prose(project: Project, change: Followed, files: Files) -> Found:
    """The links of sentences that lead to rows whose keys change, or to their addresses."""
    lines = Lines(project.root)
    for passage in passages(project.catalogue, project.articles):
        done: set[tuple[int, str]] = set()
        for link in links(passage.text):
            new = _renamed(project, change, link.target)
            if not new:
                continue
            offset = _offset(passage.text, link)
            if (offset, new) in done:  # a definition that several links use
                continue
            done.add((offset, new))
            edit = None if offset < 0 else _in_passage(passage, offset, link.target, new, lines)
            yield edit, _by_hand(passage.at(link.offset, link.length, lines), new)


def _renamed(project: Project, change: Followed, target: str) -> str:
    """What the target of a link becomes, "" when it stays."""
    if any(record_of(term, project.catalogue) is not None for term in terms(target)):
        new = AGAINST.join(_rekeyed(project, change, term) for term in terms(target))
        return new if new != target else ""
    if not target.startswith(PAGE):
        return ""
    found = target_of(target, project.catalogue, ())
    new = _address(change, found.address) if found is not None else ""
    return PAGE + new if new else ""


def _rekeyed(project: Project, change: Followed, target: str) -> str:
    """The target of a row, or of what is none, with the key that the row takes."""
    record = record_of(target, project.catalogue)
    key = change.keys.get(id(record)) if record is not None else None
    return f"{target.partition(':')[0]}:{'/'.join(key)}" if key is not None else target


def _address(change: Followed, address: str) -> str:
    """What an address becomes, with its anchor when it has another one; "" when it stays."""
    page, hash_mark, anchor = address.partition("#")
    if address in change.addresses:
        return change.addresses[address]
    return change.addresses[page] + hash_mark + anchor if page in change.addresses else ""


def _offset(text: str, link: Link) -> int:
    """Where the target of a link stands in its prose: after its words, or in the definition that it uses; -1 when it cannot be
    told.
    """
    found = text.rfind(link.target, link.offset, link.offset + link.length)
    if found >= 0:
        return found
    return next((found.start(1) for found in _DEFINITION.finditer(text) if found[1] == link.target), -1)


_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]{1,200}\]:[ \t]{0,20}<?([^\s<>]+)", re.MULTILINE)


def _in_passage(passage: Passage, offset: int, old: str, new: str, lines: Lines) -> Edit | None:
    """Another target in the place of one, in the file of its prose; None when the file cuts it."""
    first, last = passage.at(offset, 1, lines), passage.at(offset + len(old) - 1, 1, lines)
    written = lines(first.path)[first.line - 1][first.column - 1 : last.column] if first.line else ""
    if first.line != last.line or written != old:
        return None
    return Edit(first.path, (first.line, first.column), (last.line, last.column + 1), new)


# --- The menu ----------------------------------------------------------------------------------------------------


def in_menu(project: Project, change: Followed, files: Files) -> Found:
    """The headings of the menu and of the foot of pages that lead to a page whose address changes."""
    configuration = project.settings.configuration
    for entry in (*configuration.menu, *configuration.foot):
        new = "" if entry.outside else _address(change, entry.address)
        if new:
            written = entry.written.replace(entry.address, new, 1)
            yield _at(entry.position, written, files), _by_hand(entry.position, written)


def _at(position: Position, text: str, files: Files) -> Edit | None:
    return files(position.path).replacing((position.line, position.column), text)


# --- Contracts ---------------------------------------------------------------------------------------------------


def in_contracts(project: Project, record: Record, names: tuple[str, str], change: Followed, files: Files) -> Found:
    """The rows that pages put forward and the values that rules wait for, when they are what is renamed."""
    contracts = project.catalogue.contracts
    keys = {
        (row.resource.name, "/".join(str(part) for part in row.id)): "/".join(change.keys[id(row)])
        for row, _ in change.values
        if id(row) in change.keys
    }
    for package in contracts.packages.values():
        for page in package.pages:
            for table, wanted in page.put_forward.items():
                for text in wanted:
                    if (table, text) in keys and text in page.places:
                        new = keys[table, text]
                        yield _at(page.places[text], new, files), _by_hand(page.places[text], new)
    column = record.resource.primary_key[-1]
    for table, document, scalar, name in _conditions(project):
        if scalar.text == names[0] and holds(contracts, table, name, (record.resource.name, column)):
            place = document.at(scalar.mark)
            if len(record.resource.primary_key) == 1:
                yield _at(place, names[1], files), _by_hand(place, names[1])
            else:
                message = (
                    "{place} : une règle nomme « {old} », qui peut aussi être celui d’une autre ligne ; vérifiez-la."
                )
                yield None, sentence(message, place=str(place), old=names[0])


def _conditions(project: Project) -> Iterator[tuple[str, Document, Scalar, str]]:
    """Each value that the condition of a rule waits for: the table of its column, its file, itself, the column."""
    for resource in project.catalogue.contracts.resources.values():
        for rule in resource.rules:
            apart = rule.node.nodes.get("apart")
            places: list[tuple[str, Node | None]] = [(resource.name, rule.node.nodes.get("when"))]
            if isinstance(apart, Mapping):
                table = apart.nodes.get("table")
                places.append((table.text if isinstance(table, Scalar) else "", apart.nodes.get("when")))
            for name, when in places:
                if isinstance(when, Mapping):
                    for column, node in when.nodes.items():
                        nodes = node.items if isinstance(node, Sequence) else [node]
                        for each in nodes:
                            if isinstance(each, Scalar):
                                yield name, rule.document, each, column


# --- Templates ---------------------------------------------------------------------------------------------------


def in_templates(root: Path, old: str) -> Found:
    """The lines of the templates of packages that name an identifier as a text, an anchor or a part of an address: nothing tells
    whether they mean this row, so that they are only said.
    """
    named = re.compile(rf"[\"'#/:]{re.escape(old)}(?![\w-])")
    message = "{path}:{line} : ce modèle nomme « {old} » ; vérifiez-le."
    for path in sorted((root / PACKAGES).glob("*/templates/**/*.html")):
        name = path.relative_to(root).as_posix()
        for number, line in enumerate((read_text(root, name)[0] or "").split("\n"), 1):
            if named.search(line):
                yield None, sentence(message, path=name, line=number, old=old)
