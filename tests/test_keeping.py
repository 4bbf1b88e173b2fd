"""What `serve` keeps from one check to the next changes nothing of what is said: warm or cold, the same project."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from samples import ROOT, copy_base, replace, shown

from generator.catalogue.project import Project
from generator.commands.check import checked_project
from generator.documents import folder
from generator.documents.keeping import Keep, Kept, anew

SECOND = ROOT / "tests" / "second_site"
FILES = sorted(
    path.relative_to(SECOND).as_posix()
    for path in SECOND.rglob("*")
    if path.suffix in (".yaml", ".csv", ".md", ".html", ".yml") and path.is_file()
)
PIECES = (
    "",
    "-",
    "\n",
    "id",
    ": ",
    "'",
    "é",
    "\u202e",
    "- x\n",
    "nom: ",
    "1",
    ",",
    ";",
    "#",
    "[a](orgue:saint-leu)",
    "title: T\n",
)

# An edit: a file, then what becomes of it. Places are parts of its length.
EDITS = st.lists(
    st.tuples(
        st.sampled_from(FILES),
        st.sampled_from(("insert", "insert", "cut", "cut", "remove", "restore", "restore", "other", "rename")),
        st.floats(0, 1),
        st.integers(1, 20),
        st.sampled_from(PIECES),
    ),
    min_size=1,
    max_size=6,
)


def edit(root: Path, path: str, verb: str, place: float, length: int, piece: str) -> None:
    """Change one file of the second site; a place that is gone stays so until it is restored."""
    file = root / path
    if verb == "restore":
        shutil.copyfile(SECOND / path, file)
    elif file.exists():
        data = file.read_bytes()
        at = int(place * len(data))
        if verb == "insert":
            file.write_bytes(data[:at] + piece.encode() + data[at:])
        elif verb == "cut":
            file.write_bytes(data[:at] + data[at + length :])
        elif verb == "other":
            shutil.copyfile(SECOND / FILES[at % len(FILES)], file)
        elif verb == "rename":
            file.rename(file.with_name(f"autre-{file.name}"))
        else:
            file.unlink()


def rows(project: Project) -> list[tuple[str, list[list[object]]]]:
    return [(name, [record.values for record in table.records]) for name, table in project.catalogue.tables.items()]


def same(warm: Project, cold: Project) -> None:
    assert warm.diagnostics == cold.diagnostics
    assert shown(warm.diagnostics, warm.root) == shown(cold.diagnostics, cold.root)
    assert rows(warm) == rows(cold)
    assert (warm.articles, warm.names, warm.templates) == (cold.articles, cold.names, cold.templates)


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(EDITS)
def test_a_warm_check_says_what_a_cold_one_says(edits: list[tuple[str, str, float, int, str]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(shutil.copytree(SECOND, Path(name) / "site"))
        kept = Kept()
        checked_project(root, keep=kept)
        for each in edits:
            edit(root, *each)
            kept = Kept(kept)
            same(checked_project(root, keep=kept), checked_project(root))


MARKS = (
    "<b>gras</b> ",
    "[Saint-Leu] (orgue:saint-leu) ",
    "#REF!",
    "{{ x }}",
    " 37 tuyaux ",
    "=1+1",
    "![x](y.png)",
    "\n- ",
    "est joue par ",
)


def forget() -> None:
    """What a process that starts has: nothing remembered of any text."""
    for name, module in [*sys.modules.items()]:
        for value in vars(module).values() if name.startswith("generator.") else ():
            if hasattr(value, "cache_clear"):
                value.cache_clear()


def series(root: Path) -> Iterator[None]:
    """The same edits at each call, one or several files at a time: values, marks in texts, lines, contracts, language."""
    dice = Random(14)
    settings = root / "mkdocs.yml"
    for rank in range(30):
        path = dice.choice(FILES)
        file = root / path
        lines = (file if file.exists() else SECOND / path).read_bytes().decode("latin-1").split("\n")
        at = dice.randrange(len(lines))
        words = lines[at].split(" ")
        words.insert(dice.randrange(len(words)) + 1, dice.choice(MARKS))
        edited = (" ".join(words), lines[at] + "\n" + lines[at], lines[dice.randrange(len(lines))])
        lines[at] = dice.choice((edited[0], *edited))
        file.write_bytes("\n".join(lines).encode("latin-1"))
        if rank % 10 == 5:
            text = settings.read_text(encoding="utf-8")
            english = "\ntheme:\n  language: en\n"
            settings.write_text(text.replace(english, "") if english in text else text + english, encoding="utf-8")
        yield
        if rank % 3:  # what is mended is known again
            shutil.copyfile(SECOND / path, file)


def told(root: Path, keep: Keep) -> list[str]:
    """All that is said of a project, in its order, in its language."""
    project = checked_project(root, keep=keep)
    return [f"{d.position} {d.code} {d.message} {d.hint} {d.suggestion} {d.edits}" for d in project.diagnostics]


def test_after_any_series_of_edits_a_process_that_lasts_says_what_a_new_one_says(tmp_path: Path) -> None:
    root = Path(shutil.copytree(SECOND, tmp_path / "site"))
    kept, warm = Kept(), []
    for _ in series(root):
        kept = Kept(kept)
        warm.append(told(root, kept))
    shutil.rmtree(root)
    shutil.copytree(SECOND, root)
    codes = set()
    for said, _ in zip(warm, series(root), strict=True):
        forget()
        assert said == told(root, anew)
        codes |= {line.split(" ")[1] for line in said}
    assert len(codes) > 8, "the edits break too little"


def test_a_text_that_its_file_lays_out_otherwise_is_looked_at_again(tmp_path: Path) -> None:
    root = Path(shutil.copytree(SECOND, tmp_path / "site"))
    name = "content/orgues/instruments/chapelle.yaml"
    replace(root, name, "etat: muet", "etat: muet\nhistoire: On y voit - un buffet - un banc.")
    kept = Kept()
    assert "mise-en-page-perdue" not in " ".join(told(root, kept))
    replace(root, name, "voit - un buffet - un", "voit\n  - un buffet\n  - un")  # the same text for YAML
    assert "mise-en-page-perdue" in " ".join(told(root, Kept(kept)))


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files of data and contracts that are parsed, as they are."""
    paths: list[str] = []

    def watching(parse: Callable) -> Callable:
        def watched(path: str, data: bytes, *more: object) -> object:
            paths.append(path)
            return parse(path, data, *more)

        return watched

    monkeypatch.setattr(folder, "parse", watching(folder.parse))
    return paths


def test_one_edited_file_is_one_parse(tmp_path: Path, parsed: list[str]) -> None:
    root = copy_base(tmp_path)
    kept = Kept()
    checked_project(root, keep=kept)
    assert len(parsed) > 5
    parsed.clear()
    name = "content/botanique/familles.yaml"
    replace(root, name, "Solanacées", "Solanacees")  # the time of a file says nothing: its bytes do
    kept = Kept(kept)
    assert not checked_project(root, keep=kept).faulty
    assert parsed == [name]
    checked_project(root, keep=Kept(kept))
    assert parsed == [name]


def test_what_is_mended_is_no_longer_told(tmp_path: Path) -> None:
    root = copy_base(tmp_path)
    kept = Kept()
    good = checked_project(root, keep=kept).diagnostics
    name = "content/botanique/familles.yaml"
    for old, new, faulty in (
        ("nom: Solanacées", "mon: Solanacées", True),
        ("mon: Solanacées", "nom: Solanacées", False),
    ):
        replace(root, name, old, new)
        kept = Kept(kept)
        project = checked_project(root, keep=kept)
        assert project.faulty is faulty
    assert project.diagnostics == good


def test_a_csv_is_parsed_again_when_its_contract_says_otherwise(tmp_path: Path, parsed: list[str]) -> None:
    root = Path(shutil.copytree(SECOND, tmp_path / "site"))
    kept = Kept()
    checked_project(root, keep=kept)
    parsed.clear()
    contract = root / "datapackages/lieux/datapackage.yaml"
    contract.write_text(contract.read_text(encoding="utf-8").replace("title: Nom", "title: Le nom"), encoding="utf-8")
    checked_project(root, keep=Kept(kept))
    assert "content/lieux/communes.csv" in parsed


def test_what_is_no_longer_asked_for_is_forgotten() -> None:
    made: list[str] = []

    def make(path: str, data: bytes) -> list[str]:
        made.append(path)
        return [path]

    first = Kept()
    assert first(make, "a", b"1") is first(make, "a", b"1")
    first(make, "b", b"1")
    second = Kept(first)
    assert second(make, "a", b"1") == ["a"]
    third = Kept(second)
    assert third(make, "a", b"1") == ["a"]
    assert made == ["a", "b"]
    third(make, "b", b"1")
    third(make, "a", b"2")
    assert made == ["a", "b", "b", "a"]
