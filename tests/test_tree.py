"""A tree of files that changes by parts, and the folders where its files are published."""

from __future__ import annotations

from pathlib import Path

from generator.commands.making.tree import Tree, linked, publish
from generator.writing import Writer, entries


def contents(folder: Path) -> dict[str, str]:
    return {path: (folder / path).read_text(encoding="utf-8") for path, _ in entries(folder)}


def make(**files: str) -> object:
    def write(folder: Path) -> None:
        for name, text in files.items():
            Writer(folder).write(f"a/{name}", text)

    return write


def test_what_a_stage_no_longer_makes_is_removed(tmp_path: Path) -> None:
    tree = Tree(tmp_path / "tree")
    tree.put("autre", "un")
    tree.remake("part", make(x="1", y="2"))
    tree.remake("part", make(y="3"))
    assert contents(tree.root) == {"autre": "un", "a/y": "3"}
    assert tree.put("autre", "un") is False
    assert tree.put("autre", "deux") is True


def test_what_is_published_changes_only_where_the_tree_does(tmp_path: Path) -> None:
    tree, place = Tree(tmp_path / "tree"), tmp_path / "place"
    tree.remake("part", make(x="1", y="2"))
    linked(tree.root, place)
    kept = (place / "a/y").stat().st_ino
    tree.remake("part", make(y="2", z="3"))
    assert contents(place) == {"a/x": "1", "a/y": "2"}, "what was published stays until it is replaced"
    assert publish(tree.root, place) == ("a/x",)
    assert contents(place) == contents(tree.root) == {"a/y": "2", "a/z": "3"}
    assert (place / "a/y").stat().st_ino == kept


def test_only_what_is_named_is_published(tmp_path: Path) -> None:
    tree, place = Tree(tmp_path / "tree"), tmp_path / "place"
    tree.remake("part", make(x="1", y="1"))
    linked(tree.root, place)
    tree.remake("part", make(x="2", y="2"))
    assert publish(tree.root, place, ["a/x"]) == ()
    assert contents(place) == {"a/x": "2", "a/y": "1"}


def test_what_another_put_there_is_replaced(tmp_path: Path) -> None:
    tree, place = Tree(tmp_path / "tree"), tmp_path / "place"
    tree.remake("part", make(x="1"))
    Writer(place).write("a/x", "d’un autre")
    Writer(place).write("b/c/w", "d’un autre")
    publish(tree.root, place)
    assert contents(place) == {"a/x": "1"}
    assert not (place / "b").exists()
