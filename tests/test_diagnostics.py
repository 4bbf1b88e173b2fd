"""Every kind of fault has its folder in tests/diagnostics/: faulty files laid over a small valid project, and the exact
text that a contributor reads. One mistake, one message, at its place.

A case is a folder with files that replace those of `_base`, a `gestes.txt`, or both. A line of `gestes.txt` is one of
    remplace FICHIER :: ANCIEN => NOUVEAU     (\\n for a line end)
    ajoute FICHIER :: TEXTE                   at its end
    supprime CHEMIN
    lien CHEMIN :: CIBLE                      a symbolic link
    tube CHEMIN                               a named pipe, which nobody can read as a file
    repete FICHIER :: NOMBRE TEXTE            a file made of so many times a text
    falsifie FICHIER :: ANCIEN => NOUVEAU     in a built package, before its validation
    fautes NOMBRE                             how many mistakes the case holds (one by default)
    etape ETAPE                               check (by default), pages, frictionless or site
`REFAIRE=1 pytest tests/test_diagnostics.py` writes every `attendu.txt` anew: read what changed.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from samples import BASE, CASES, DATE, ROOT, checked, compare, copy_base, replace, shown

from generator.commands.build import build, write_pages
from generator.commands.check import checked_project
from generator.diagnostics.codes import CODES
from generator.diagnostics.finding import Diagnostic
from generator.packages import folder as export
from generator.packages import validation

INPUTS = {"content", "datapackages", "mkdocs.yml", "gestes.txt"}


def cases() -> list[str]:
    found = []
    for path in sorted(CASES.rglob("*")):
        if path.is_dir() and BASE not in (path, *path.parents) and INPUTS & {entry.name for entry in path.iterdir()}:
            found.append(path.relative_to(CASES).as_posix())
    return [name for name in found if not set(Path(name).parts[1:]) & INPUTS]


def gestures(case: Path) -> list[list[str]]:
    """The lines of gestes.txt: verb, file, arguments."""
    path = case / "gestes.txt"
    found = []
    for line in path.read_bytes().decode().splitlines() if path.exists() else ():
        verb, _, rest = line.partition(" ")
        name, _, more = rest.partition(" :: ")
        old, _, new = more.partition(" =>")
        found.append([verb, name, *(part.replace("\\n", "\n") for part in (old, new.removeprefix(" ")))])
    return found


def apply(root: Path, verb: str, name: str, old: str, new: str) -> None:
    path = root / name
    if verb == "remplace":
        replace(root, name, old, new)
    elif verb == "ajoute":
        path.write_bytes(path.read_bytes() + old.encode())
    elif verb == "supprime":
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    elif verb == "lien":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(old)
    elif verb == "tube":
        os.mkfifo(path)
    elif verb == "repete":
        number, _, text = old.partition(" ")
        path.write_bytes((text * int(number)).encode())
    else:
        raise AssertionError(f"geste inconnu : {verb}")


def run(case: Path, root: Path) -> tuple[Diagnostic, ...]:
    """Lay a case over the base and say what its stage finds."""
    stage, tampered = "check", []
    wanted = [entry.name for entry in case.iterdir() if entry.name in INPUTS - {"gestes.txt"}]
    copy_base(root, theme=False)
    for name in wanted:
        if (case / name).is_dir():
            shutil.copytree(case / name, root / name, dirs_exist_ok=True)
        else:
            shutil.copyfile(case / name, root / name)
    for verb, name, *more in gestures(case):
        if verb == "etape":
            stage = name
        elif verb == "falsifie":
            tampered.append((name, *more))
        elif verb != "fautes":
            apply(root, verb, name, *more)
    project = checked_project(root)
    if stage == "check":
        return project.diagnostics
    assert not project.faulty, shown(project.diagnostics, root)
    if stage == "site":
        shutil.copytree(ROOT / "generator" / "theme", root / "generator" / "theme")
        return build(project, "mkdocs", DATE, lambda stage, counts: None, validate=False).diagnostics
    built = export.write(project.catalogue, project.settings, DATE, root / "build" / "packages")
    for name, old, new in tampered:
        replace(root / "build" / "packages", name, old, new)
    if stage == "pages":
        return tuple(write_pages(project, built, (), root / "build" / "docs")[1])
    assert stage == "frictionless"
    return tuple(d for report in validation.validate(built, project.catalogue) for d in report.diagnostics)


@pytest.mark.parametrize("name", cases())
def test_case(name: str, tmp_path: Path) -> None:
    found = run(CASES / name, tmp_path)
    text = re.sub(r"(site/\S+\.html):[0-9]+:", r"\1:…:", shown(found, tmp_path))  # lines of the theme may move
    compare(CASES / name / "attendu.txt", text)
    assert {d.code for d in found} == {name.split("/")[0]}
    mistakes = next((int(g[1]) for g in gestures(CASES / name) if g[0] == "fautes"), 1)
    assert len(found) == mistakes, "une faute, un message"
    assert all(d.code in CODES for d in found)


def test_every_code_has_its_folder() -> None:
    assert {name.split("/")[0] for name in cases()} == set(CODES)


def test_every_expected_text_has_its_case() -> None:
    expected = {path.parent.relative_to(CASES).as_posix() for path in CASES.rglob("attendu.txt")}
    assert expected == set(cases())


def test_the_base_has_no_fault(tmp_path: Path) -> None:
    assert checked(copy_base(tmp_path)) == []
