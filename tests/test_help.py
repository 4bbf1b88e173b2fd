"""The reference pages made from the code say what the code says."""

from __future__ import annotations

import ast
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from generator import layout
from generator.pages import architecture, compiled, help
from generator.text.language import FRENCH


def test_architecture_tells_every_public_docstring() -> None:
    told = {name: (opening, public) for name, opening, public in help.modules(architecture.sources(help.MACHINE))}
    for path in help.MACHINE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        public = [
            (node.name, _line(node))
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
        ]
        assert told[path.relative_to(help.MACHINE).as_posix()] == (_line(tree), public)


def _line(node: ast.Module | ast.FunctionDef | ast.ClassDef) -> str:
    return " ".join((ast.get_docstring(node) or "").split())


# --- The drawing of the floors -----------------------------------------------------------------------------------


def test_the_drawing_names_every_folder_and_leads_to_it() -> None:
    svg = etree.fromstring(architecture.drawing(architecture.rooms(architecture.sources(help.MACHINE))))
    said = " ".join(" ".join(text.itertext()) for text in svg.iter("text"))
    links = {link.get("href") for link in svg.iter("a")}
    pages = {draft.path.removeprefix(layout.words().architecture) for draft in help._architecture(FRENCH)}
    on_page = {
        f"#{anchor}"
        for folder, _, modules in help.folders(architecture.sources(help.MACHINE))
        if not folder
        for _, anchor, _, _ in modules
    }
    assert links <= pages | on_page
    for path in help.MACHINE.rglob("*.py"):
        for folder in path.relative_to(help.MACHINE).parts[:-1]:
            assert f"{folder}/" in said
    assert len(links) <= 20


def test_every_module_is_told_once_on_the_pages_of_the_architecture() -> None:
    told = [
        anchor
        for draft in help._architecture(FRENCH)
        for _, _, own in draft.context.dossiers
        for _, anchor, _, _ in own
    ]
    assert sorted(told) == sorted(
        anchor for _, _, own in help.folders(architecture.sources(help.MACHINE)) for _, anchor, _, _ in own
    )


def test_no_import_of_the_drawing_goes_up() -> None:
    rooms = architecture.rooms(architecture.sources(help.MACHINE))
    assert all(other.floor < room.floor for room in rooms for other in room.imports)
    boxes, _ = architecture.places(rooms)
    assert all(boxes[lower.name].top > boxes[upper.name].bottom for upper, lower in architecture.arrows(rooms))


def test_the_imports_are_those_that_python_reads() -> None:
    rooms = {room.name: room for room in architecture.rooms(architecture.sources(help.MACHINE))}
    for name, room in rooms.items():
        folder = help.MACHINE / name
        found = set()
        for path in folder.rglob("*.py") if folder.is_dir() else [folder.with_suffix(".py")]:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
                if isinstance(node, ast.ImportFrom):
                    assert node.level == 0, f"{path} : le dessin des étages ne lit pas un import relatif"
                    names = [f"{node.module}.{name}" for name in names]
                found |= {parts[1] for parts in (name.split(".") for name in names) if parts[0] == "generator"}
        assert {other.name for other in room.imports} == found - {name}


def test_what_other_imports_tell_is_not_drawn_again(tmp_path: Path) -> None:
    _write(
        tmp_path, {"low": "", "middle": "from generator.low import a\n", "high": "from generator import low, middle\n"}
    )
    rooms = architecture.rooms(architecture.sources(tmp_path))
    assert [(room.name, room.floor) for room in rooms] == [("high", 2), ("middle", 1), ("low", 0)]
    assert [(upper.name, lower.name) for upper, lower in architecture.arrows(rooms)] == [
        ("high", "middle"),
        ("middle", "low"),
    ]
    assert [room.name for room in rooms[0].imports] == ["low", "middle"]


def test_a_line_beside_the_floors_between(tmp_path: Path) -> None:
    _write(tmp_path, {"a": "", "b": "", "c": "from generator.a import x\n", "d": "from generator import b, c\n"})
    rooms = architecture.rooms(architecture.sources(tmp_path))
    ways = [
        path.get("d") for path in etree.fromstring(architecture.drawing(rooms)).iter("path") if path.get("marker-end")
    ]
    assert len(ways) == 3
    assert len([way for way in ways if "H" in way]) == 1


def test_a_module_and_its_import_change_the_drawing(tmp_path: Path) -> None:
    machine = tmp_path / "generator"
    shutil.copytree(help.MACHINE, machine, ignore=lambda _, names: [n for n in names if n in {"theme", "__pycache__"}])
    before = architecture.drawing(architecture.rooms(architecture.sources(machine)))
    assert before == architecture.drawing(architecture.rooms(architecture.sources(help.MACHINE)))
    _write(machine, {"weather": "from generator.commands import cli\n"})
    after = architecture.rooms(architecture.sources(machine))
    assert (after[0].name, after[0].modules) == ("weather", 1)
    assert architecture.drawing(after) != before


def _write(machine: Path, rooms: dict[str, str]) -> None:
    for name, source in rooms.items():
        (machine / name).mkdir()
        (machine / name / "__init__.py").write_text(f'"""What {name} is: nothing."""\n', encoding="utf-8")
        (machine / name / "module.py").write_text(source, encoding="utf-8")


# --- What is kept of the guides ---


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A generator of one guide."""
    (tmp_path / "documentation").mkdir()
    (tmp_path / "documentation" / "guide.md").write_text("Un mot.", encoding="utf-8")
    (tmp_path / "documentation" / ".#guide.md").symlink_to("quelqu’un@ici")  # as editors leave beside what they write
    monkeypatch.setattr(compiled, "MACHINE", tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path


def counted() -> tuple[list[list[list[str]]], Callable[[], list[list[str]]]]:
    made: list[list[list[str]]] = []

    def make() -> list[list[str]]:
        made.append([["é", "<p>"]])
        return made[-1]

    return made, make


def test_what_the_code_alone_decides_is_made_once(machine: Path) -> None:
    made, make = counted()
    assert compiled.kept("guides-fr", ("nh3",), make) == compiled.kept("guides-fr", ("nh3",), make) == [["é", "<p>"]]
    assert len(made) == 1
    assert [path.name for path in (machine / "__pycache__").iterdir()] == ["guides-fr.json"]


@pytest.mark.parametrize("change", ["a guide", "a library", "cut short", "another thing", "not kept"])
def test_it_is_made_again_when_what_it_comes_from_changes(
    machine: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    made, make = counted()
    compiled.kept("guides-fr", ("nh3",), make)
    place = machine / "__pycache__" / "guides-fr.json"
    if change == "a guide":
        (machine / "documentation" / "guide.md").write_text("Deux mots.", encoding="utf-8")
    elif change == "a library":
        monkeypatch.setattr(compiled, "version", lambda name: "0")
    elif change == "cut short":
        place.write_bytes(place.read_bytes()[:-3])
    elif change == "another thing":
        place.write_text("{}", encoding="utf-8")
    else:
        monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert compiled.kept("guides-fr", ("nh3",), make) == [["é", "<p>"]]
    assert len(made) == 2


def test_a_folder_that_cannot_be_written_keeps_nothing(machine: Path) -> None:
    (machine / "__pycache__").write_text("", encoding="utf-8")
    made, make = counted()
    assert [compiled.kept("guides-fr", (), make) for _ in range(2)] == [[["é", "<p>"]]] * 2
    assert len(made) == 2
