"""Rows of the small projects renamed, in files that are laid out as people and editors lay them out."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from generator.catalogue.project import Project, read_project
from generator.changes.renaming import own_column, renaming
from generator.checks import check
from generator.documents.places import Files
from generator.documents.reader import plain
from generator.documents.yaml import parse_yaml
from generator.pages.figures.kinds import figure_kinds
from generator.pages.kinds import page_kinds
from generator.text.patching import patched
from generator.values.types import canonical

from .layouts import dressed
from .oracle import laid_over

NEW = "zznouveaunom"  # which no file says


@cache
def rows_of(site: Path) -> tuple[tuple[str, int], ...]:
    """The rows that can be renamed: a table and a rank in it."""
    catalogue = read_project(site).catalogue
    named = [
        r for r in catalogue.contracts.resources.values() if own_column(r) and r.identifies(r.field(own_column(r)))
    ]
    return tuple((r.name, rank) for r in named for rank in range(len(catalogue[r.name])))


@st.composite
def renamed_rows(draw: st.DrawFn, sites: tuple[Path, ...]) -> tuple[int, dict[str, bytes], tuple[str, int]]:
    """(site, its files laid out otherwise, the row to rename)."""
    number = draw(st.integers(0, len(sites) - 1))
    site = sites[number]
    files = {}
    paths = [p for p in sorted((site / "content").rglob("*")) if p.suffix in (".yaml", ".md")]
    for path in draw(st.lists(st.sampled_from(paths), max_size=6, unique=True)):
        text = path.read_bytes().decode()
        if path.suffix == ".yaml":
            text = _scattered(text, draw)
        files[path.relative_to(site).as_posix()] = dressed(text, draw)
    return number, files, draw(st.sampled_from(rows_of(site)))


def _scattered(text: str, draw: st.DrawFn) -> str:
    """A YAML text with comments, blank lines and spaces that change nothing of what it says; itself where they would."""
    lines = text.split("\n")
    for _ in range(draw(st.integers(0, 6))):
        place = draw(st.integers(0, len(lines) - 1))
        kind = draw(st.sampled_from(("#", "", " ", "c")))
        before = list(lines)
        if kind == " ":
            lines[place] += "  "
        elif kind == "c" and lines[place] and not lines[place].endswith(" "):
            lines[place] += "  # é, « tomate »"
        else:
            lines.insert(place, "  # une note : a" if kind == "#" else "")
        if not _alike(text, "\n".join(lines)):
            lines = before
    return "\n".join(lines)


def _alike(a: str, b: str) -> bool:
    (one, _), (two, said) = parse_yaml("a.yaml", a.encode()), parse_yaml("a.yaml", b.encode())
    return not said and two.root is not None and one.root is not None and plain(one.root) == plain(two.root)


def check_renaming(root: Path, files: dict[str, bytes], row: tuple[str, int]) -> None:
    """Nothing of the files changes but the identifier, wherever it is; the check has nothing new to say."""
    given: dict[str, bytes | None] = dict(files)
    with laid_over(root, given):
        before = read_project(root)
        said = _said(before)
        record = before.catalogue[row[0]][row[1]]
        old = canonical(record[own_column(record.resource)])
        known = Files(root, before.catalogue.contracts.manner)
        made = renaming(before, record, NEW, known)
        changed: dict[str, bytes] = {}
        for path in {edit.path for edit in made.edits}:
            data = (root / path).read_bytes()
            encoding = known(path).manner.encoding if path.endswith(".csv") else "utf-8"
            after = patched(data, [edit for edit in made.edits if edit.path == path], encoding)
            assert data in _undone(after, old, encoding), path
            changed[path] = after
        assert changed
        moved = {made.moved[1]: changed.pop(made.moved[0])} if made.moved else {}
        removed = {made.moved[0]: None} if made.moved else {}
        with laid_over(root, {**changed, **moved, **removed}):
            after_all = read_project(root)
            assert _said(after_all) == said
            found = [r for r in after_all.catalogue[row[0]] if canonical(r[own_column(r.resource)]) == NEW]
            assert len(found) == 1


def _said(project: Project) -> list[str]:
    return sorted(d.code for d in (*project.diagnostics, *check(project, page_kinds(), figure_kinds())))


def _undone(after: bytes, old: str, encoding: str) -> list[bytes]:
    """What a file was before the identifier was another one and the old one was noted, whichever way it was."""
    text = after.decode(encoding).replace(NEW, old)
    noted = rf"\w*anciens?_\w*: {re.escape(old)}"
    ways = [text]
    for pattern in (
        rf"(?:\r\n|\r|\n) *{noted}(?=[\r\n]|\Z)",
        rf" *{noted}(?:\r\n|\r|\n)",
        rf", {noted}",
        rf" {re.escape(old)}(?=[\s}}]|\Z)",
    ):
        ways += [text[: found.start()] + text[found.end() :] for found in re.finditer(pattern, text)]
    return [each.encode(encoding) for each in ways]
