"""Every kind of fault has its file in tests/diagnostics/: faulty files laid over a small valid project, and the exact
text that a contributor reads. One mistake, one message, at its place.

A case is a section of `<code>.md`, written as tests/cases.py says. What an editor would spoil (unseen characters, other
line ends, bytes that are not UTF-8) and what a section does not say (links, pipes, huge files) is a folder
`<code>/<case>/`: `attendu.txt`, files that replace those of `_base`, a `gestes.txt`, or both. A line of `gestes.txt` is
one of
    remplace FICHIER :: ANCIEN => NOUVEAU     (\\n for a line end)
    ajoute FICHIER :: TEXTE                   at its end
    supprime CHEMIN
    lien CHEMIN :: CIBLE                      a symbolic link
    tube CHEMIN                               a named pipe, which nobody can read as a file
    repete FICHIER :: NOMBRE TEXTE            a file made of so many times a text
    falsifie FICHIER :: ANCIEN => NOUVEAU     in a built package, before its validation, or in the theme
    fautes NOMBRE                             how many mistakes the case holds (one by default)
    etape ETAPE                               check (by default), depuis (since the base), frictionless, site or
                                              paquet (the built package `jardins`, as that of somebody else)
`REFAIRE=1 pytest tests/test_diagnostics.py` writes every expected text anew: read what changed.
"""

from __future__ import annotations

import io
import os
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from cases import INPUTS, Case, Gesture, read_file, rewrite
from samples import BASE, CASES, DATE, REFRESH, ROOT, checked, commit, compare, copy_base, replace, series, shown, write

from generator.catalogue.project import Project
from generator.commands.check import checked_project, proven, since
from generator.commands.frame import examined
from generator.commands.making.pipeline import build
from generator.commands.validate import from_here
from generator.diagnostics.codes import CODES
from generator.diagnostics.finding import Diagnostic
from generator.packages import folder as export
from generator.packages import validation
from generator.packages.frames.book import data
from generator.packages.frames.frame import frame
from generator.packages.frames.opening import opened
from generator.standard.validating import validate


def folders() -> Iterator[Case]:
    """The cases that are folders."""
    for path in sorted(CASES.rglob("*")):
        held = {entry.name for entry in path.iterdir()} & {*INPUTS, "gestes.txt"} if path.is_dir() else set()
        name = path.relative_to(CASES).as_posix()
        if not held or BASE in (path, *path.parents) or INPUTS & set(Path(name).parts[1:]):
            continue
        inside = [each for top in held & INPUTS for each in (path / top, *(path / top).rglob("*")) if each.is_file()]
        files = {each.relative_to(path).as_posix(): each.read_bytes() for each in inside}
        yield Case(name, path, 0, files, tuple(gestures(path / "gestes.txt")), "")


def gestures(path: Path) -> Iterator[Gesture]:
    """The lines of gestes.txt: verb, file, texts."""
    for line in path.read_bytes().decode().splitlines() if path.exists() else ():
        verb, _, rest = line.partition(" ")
        name, _, more = rest.partition(" :: ")
        old, _, new = more.partition(" =>")
        yield Gesture(verb, name, *(part.replace("\\n", "\n") for part in (old, new.removeprefix(" "))))


ALL = [*(case for path in sorted(CASES.glob("*.md")) for case in read_file(path)), *folders()]


def apply(root: Path, gesture: Gesture) -> None:
    path = root / gesture.path
    if gesture.verb == "remplace":
        replace(root, gesture.path, gesture.old, gesture.new)
    elif gesture.verb == "ajoute":
        path.write_bytes(path.read_bytes() + gesture.old.encode())
    elif gesture.verb == "supprime":
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    elif gesture.verb == "lien":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(gesture.old)
    elif gesture.verb == "tube":
        os.mkfifo(path)
    elif gesture.verb == "repete":
        number, _, text = gesture.old.partition(" ")
        path.write_bytes((text * int(number)).encode())
    else:
        raise AssertionError(f"geste inconnu : {gesture.verb}")


def lay(case: Case, root: Path) -> None:
    """Lay a case over the base."""
    write(copy_base(root, theme=False), case.files)
    for gesture in case.gestures:
        if gesture.verb not in {"etape", "fautes", "falsifie", "cellule"}:
            apply(root, gesture)


def run(case: Case, root: Path) -> tuple[Diagnostic, ...]:
    """Lay a case over the base and say what its stage finds."""
    stage = case.told("etape", "check")
    if stage == "depuis":
        commit(copy_base(root))
    lay(case, root)
    project = proven(checked_project(root))
    if stage == "depuis":
        return since(project, "HEAD").diagnostics
    if stage == "check":
        return project.diagnostics
    if stage == "cadre":
        return filled(case, project)
    assert not project.faulty, shown(project.diagnostics, root)
    if stage == "site":
        shutil.copytree(ROOT / "generator" / "theme", root / "generator" / "theme")
        falsify(case, root)
        return build(project, "mkdocs", DATE, lambda stage, counts: None, validate=False).diagnostics
    built = export.write(project.catalogue, project.settings, DATE, root / "build" / "packages")
    falsify(case, root / "build" / "packages")
    if stage == "paquet":
        return of_somebody(root, strict=case.code == "paquet-recommandation")
    assert stage == "frictionless"
    return tuple(d for report in validation.validate(built, project.catalogue) for d in report.diagnostics)


def of_somebody(root: Path, strict: bool) -> tuple[Diagnostic, ...]:
    """What `validate` says of the built package `jardins`."""
    found = validate(root / "build" / "packages" / "jardins", strict=strict, engine="python")
    return from_here(found, root)[0].diagnostics


def filled(case: Case, project: Project) -> tuple[Diagnostic, ...]:
    """What is said of the frame of plants, with the cells of a case."""
    blank = frame(project.catalogue.contracts.resources["plantes"], project.catalogue, project.settings)
    book = openpyxl.load_workbook(io.BytesIO(data(blank)))
    for gesture in case.gestures:
        if gesture.verb == "cellule":
            sheet, cell = gesture.path.split("!")
            book[sheet][cell] = gesture.old or None
    made = io.BytesIO()
    book.save(made)
    return tuple(examined(project, blank, opened(made.getvalue()), Path("cadre.xlsx"))[1])


def falsify(case: Case, root: Path) -> None:
    """What no content can do: a built package altered before its validation, a theme altered before the engine reads it."""
    for gesture in case.gestures:
        if gesture.verb == "falsifie":
            replace(root, gesture.path, gesture.old, gesture.new)


def expected(case: Case) -> str:
    """What a contributor reads of a case."""
    path = case.source / "attendu.txt"
    return path.read_text(encoding="utf-8") if path.is_file() else case.expected


def expect(case: Case, text: str) -> None:
    """Compare with the expected text of a case, or write it when REFAIRE=1."""
    if case.source.is_dir():
        compare(case.source / "attendu.txt", text)
    elif not REFRESH:
        assert text == case.expected, f"{case.source.name}:{case.line}"
    elif text != case.expected:
        rewrite(case, text)


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_case(case: Case, tmp_path: Path) -> None:
    found = run(case, tmp_path)
    text = re.sub(r"(site/\S+\.html):[0-9]+:", r"\1:…:", shown(found, tmp_path))  # lines of the theme may move
    expect(case, text)
    assert {d.code for d in found} == {case.code}
    assert len(found) == int(case.told("fautes", "1")), "une faute, un message"
    assert all(d.code in CODES for d in found)


def passing() -> Iterator[Case]:
    """Of the cases of a code that leave the content valid, the last: each is a whole build."""
    valid: dict[str, Case] = {}
    for case in ALL:
        if case.told("etape", "check") == "check" and "erreur [" not in (expected(case) or "erreur ["):
            valid[case.code] = case
    yield from valid.values()


PASSING = list(passing())


@pytest.mark.parametrize("case", series(4, PASSING, lambda case: case.name))
def test_what_check_passes_builds(case: Case, tmp_path: Path) -> None:
    """Neither Frictionless, nor the engine, nor the last reading of the site finds what check has not."""
    lay(case, tmp_path)
    project = proven(checked_project(tmp_path))
    result = build(project, "mkdocs", DATE, lambda stage, counts: None)
    assert shown(result.diagnostics, tmp_path) == shown(project.diagnostics, tmp_path)
    assert result.pages


def test_every_code_has_its_case() -> None:
    assert {case.code for case in ALL} == set(CODES)


def test_every_case_is_told_once() -> None:
    assert not [name for name, times in Counter(case.name for case in ALL).items() if times > 1]


def test_every_expected_text_has_its_case() -> None:
    expected = {path.parent for path in CASES.rglob("attendu.txt")}
    assert expected == {case.source for case in ALL if case.source.is_dir()}


def test_the_base_has_no_fault(tmp_path: Path) -> None:
    assert checked(copy_base(tmp_path)) == []
