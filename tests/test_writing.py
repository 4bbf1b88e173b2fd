"""The writer never leaves its root, whoever calls it: hostile paths, links on the way, links to copy, two outputs for one place."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from samples import DATE, copy_base

from generator.catalogue.project import Project
from generator.catalogue.records import Catalogue
from generator.commands.check import checked_project
from generator.commands.making.pipeline import write_pages
from generator.contracts.settings import read_settings
from generator.packages import folder
from generator.pages.all import Pages
from generator.pages.page import Page
from generator.site import engine, gate, search
from generator.writing import (
    OutsideError,
    TwiceError,
    Writer,
    entries,
    inside,
    segments,
)

OUTSIDE = [
    *("", "/", "/etc/x", "//x", "a//b", "a/", ".", "..", "./a", "a/./b", "../x", "a/../x", "a/../../x", "../../../x/"),
    *("a/..", "a\\b", "..\\x", "C:/x", "c:x", "a/C:/x", "a\0b", "\0"),
]


@pytest.fixture
def sandbox(tmp_path: Path) -> Path:
    """A root, `sandbox/in`, and around it what must not change."""
    (tmp_path / "in").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine", encoding="utf-8")
    return tmp_path


def around(sandbox: Path) -> dict[str, str]:
    """Everything but what is in the root."""
    found = (path for path in sandbox.rglob("*") if (sandbox / "in") not in path.parents)
    return {path.relative_to(sandbox).as_posix(): path.read_text(encoding="utf-8") for path in found if path.is_file()}


WAYS: dict[str, Callable[[Writer, str], object]] = {
    "write": lambda writer, path: writer.write(path, "x"),
    "new": lambda writer, path: writer.new(path),
    "folder": lambda writer, path: writer.folder(path),
    "rewrite": lambda writer, path: writer.rewrite(path, "x"),
    "copy": lambda writer, path: writer.copy(Path(__file__), path),
    "link": lambda writer, path: writer.link(Path(__file__), path),
    "link_tree": lambda writer, path: writer.link_tree(Path(__file__).parent / "second_site", path),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("path", OUTSIDE, ids=repr)
def test_no_path_leads_outside(sandbox: Path, way: str, path: str) -> None:
    before = around(sandbox)
    with pytest.raises(OutsideError):
        WAYS[way](Writer(sandbox / "in"), path)
    assert around(sandbox) == before
    assert list((sandbox / "in").iterdir()) == []


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("path", ["link/x", "link/a/b", "a/deep/x"])
def test_no_link_is_followed_on_the_way(sandbox: Path, way: str, path: str) -> None:
    writer = Writer(sandbox / "in")
    writer.write("a/first", "x")  # a folder already seen is looked at again
    (sandbox / "in" / "link").symlink_to(sandbox / "out")
    (sandbox / "in" / "a" / "deep").symlink_to("../../out")
    before = around(sandbox)
    with pytest.raises(OutsideError):
        WAYS[way](writer, path)
    assert around(sandbox) == before


@pytest.mark.parametrize("way", ["write", "new", "rewrite", "copy", "link"])
@pytest.mark.parametrize("there", [True, False])
def test_no_link_is_written_through(sandbox: Path, way: str, there: bool) -> None:
    link = sandbox / "in" / "link"
    link.symlink_to(sandbox / "out" / ("mine.txt" if there else "new.txt"))
    before = around(sandbox)
    with pytest.raises(OutsideError):
        WAYS[way](Writer(sandbox / "in"), "link")
    assert around(sandbox) == before
    assert link.is_symlink()


def test_rewriting_leaves_alone_another_name_of_the_file(sandbox: Path) -> None:
    os.link(sandbox / "out" / "mine.txt", sandbox / "in" / "same.txt")
    Writer(sandbox / "in").rewrite("same.txt", "new")
    assert (sandbox / "out" / "mine.txt").read_text(encoding="utf-8") == "mine"
    assert (sandbox / "in" / "same.txt").read_text(encoding="utf-8") == "new"


@pytest.mark.parametrize("way", ["write", "new", "copy", "link"])
def test_two_outputs_never_take_one_place(sandbox: Path, way: str) -> None:
    writer = Writer(sandbox / "in")
    writer.write("a/b", "first")
    with pytest.raises(TwiceError):
        WAYS[way](writer, "a/b")
    with pytest.raises(TwiceError):
        WAYS[way](writer, "a")
    with pytest.raises(TwiceError):
        WAYS[way](writer, "a/b/c")
    assert (sandbox / "in" / "a" / "b").read_text(encoding="utf-8") == "first"


def test_no_link_and_no_pipe_is_copied(sandbox: Path) -> None:
    writer = Writer(sandbox / "in")
    (sandbox / "out" / "link").symlink_to("mine.txt")
    os.mkfifo(sandbox / "out" / "pipe")
    for name in ("link", "pipe"):
        with pytest.raises(OutsideError):
            writer.copy(sandbox / "out" / name, name)
        with pytest.raises(OutsideError):
            writer.link(sandbox / "out" / name, name)
    with pytest.raises(OutsideError):
        writer.link_tree(sandbox / "out", "all")


def test_a_tree_is_whole_elsewhere_but_for_what_is_hidden(sandbox: Path) -> None:
    source = Writer(sandbox / "source")
    source.write("z.bin", b"\r\n\0")
    source.write("a/é.txt", "é\n")
    source.write(".hidden/x", "x")
    source.write("a/.x", "x")
    assert list(entries(sandbox / "source")) == [("a/é.txt", True), ("z.bin", True)]
    Writer(sandbox / "in").link_tree(sandbox / "source", "t/u")
    assert list(entries(sandbox / "in")) == [("t/u/a/é.txt", True), ("t/u/z.bin", True)]
    assert (sandbox / "in" / "t/u/z.bin").read_bytes() == b"\r\n\0"


@pytest.mark.parametrize("names", [True, False], ids=["two names", "one name a file"])
def test_a_file_that_stands_twice_is_never_written_through(
    sandbox: Path, names: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not names:

        def refused(*_: object, **__: object) -> None:
            raise OSError(errno.EPERM, os.strerror(errno.EPERM))

        monkeypatch.setattr(os, "link", refused)
    writer, own = Writer(sandbox / "in"), sandbox / "out" / "mine.txt"
    writer.link(own, "a/same.txt")
    assert own.samefile(sandbox / "in" / "a" / "same.txt") == names
    writer.rewrite("a/same.txt", "new")
    assert (own.read_text(encoding="utf-8"), (sandbox / "in" / "a" / "same.txt").read_text(encoding="utf-8")) == (
        "mine",
        "new",
    )


def test_what_is_neither_file_nor_folder_is_told_apart(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("nowhere")
    (tmp_path / "up").symlink_to("..")
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(tmp_path / "socket"))
        assert list(entries(tmp_path)) == [("link", False), ("pipe", False), ("socket", False), ("up", False)]
    assert list(entries(tmp_path / "nothing")) == [("", False)]


def test_ordinary_paths() -> None:
    assert segments("a/b.c/index.md") == ["a", "b.c", "index.md"]
    assert segments("été/...x/ab:c/CON") == ["été", "...x", "ab:c", "CON"]
    assert inside(Path("/r"), "a/b") == Path("/r/a/b")


# --- whoever calls it ---


def page(path: str) -> Page:
    return Page(path, "T", "# T\n")


def stands_for_all(monkeypatch: pytest.MonkeyPatch, *pages: Page) -> None:
    """A site has these pages."""
    monkeypatch.setattr(Pages, "later", lambda self, built, reports: iter(pages))
    monkeypatch.setattr(Pages, "finished", lambda self, draft: draft)


@pytest.mark.parametrize("path", ["../../../evil/", "/evil/", "a/../../../evil/", "a//b/", "lien/x/"])
def test_a_page_stays_in_its_folder(sandbox: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    project = checked_project(copy_base(sandbox / "projet"))
    docs = sandbox / "in" / "docs"
    docs.mkdir()
    (docs / "lien").symlink_to(sandbox / "out")
    stands_for_all(monkeypatch, page(path))
    before = around(sandbox)
    with pytest.raises(OutsideError):
        write_pages(project, (), (), docs)
    assert around(sandbox) == before
    assert [found.name for found in docs.iterdir()] == ["lien"]


def test_two_pages_of_one_address_are_told_by_the_writer_too(sandbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = checked_project(copy_base(sandbox / "projet"))
    stands_for_all(monkeypatch, page("a/"), page("a/"))
    with pytest.raises(TwiceError):
        write_pages(project, (), (), sandbox / "in")


def renamed(project: Project, name: str) -> Catalogue:
    """The catalogue of a project whose first package has another name."""
    contracts = project.catalogue.contracts
    first, *rest = contracts.packages.values()
    packages = {package.name: package for package in (replace(first, name=name), *rest)}
    return replace(project.catalogue, contracts=replace(contracts, packages=packages))


@pytest.mark.parametrize("name", ["..", ".", "", "/x", "a/../..", "..\\x", "a\0"])
def test_a_package_stays_in_its_folder(sandbox: Path, name: str) -> None:
    project = checked_project(copy_base(sandbox / "projet"))
    before = around(sandbox)
    with pytest.raises(OutsideError):
        folder.write(renamed(project, name), project.settings, DATE, sandbox / "in" / "packages")
    assert around(sandbox) == before


def test_the_policy_is_not_written_through_a_link(sandbox: Path) -> None:
    text = '<html><head><meta charset="utf-8"></head></html>'
    (sandbox / "out" / "page.html").write_text(text, encoding="utf-8")
    (sandbox / "in" / "page.html").symlink_to("../out/page.html")
    with pytest.raises(OutsideError):
        gate.settle(sandbox / "in")
    assert (sandbox / "out" / "page.html").read_text(encoding="utf-8") == text


def test_the_search_works_beside_the_site_and_leaves_nothing(tmp_path: Path) -> None:
    head, body = (
        '<head><meta charset="utf-8"><title>T</title></head>',
        "<body><article data-pagefind-body><p>L’école</p></article></body>",
    )
    Writer(tmp_path / "site").write("index.html", f'<!doctype html><html lang="fr">{head}{body}</html>')
    assert search.index(tmp_path / "site") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


# --- the theme and the configuration that reach the engine ---

WANDERING = "site_name: A\nsite_dir: ../ailleurs\ndocs_dir: /tmp\nplugins: []\n"
FORMS = {
    "last": WANDERING,
    "ended": f"---\n{WANDERING}...\n",
    "flow": "{site_name: A, site_dir: ../ailleurs, plugins: []}",
}


@pytest.mark.parametrize("name", engine.ENGINES)
@pytest.mark.parametrize("form", FORMS)
def test_the_engine_writes_in_the_staging_folder_whatever_the_configuration_says(
    tmp_path: Path, form: str, name: str
) -> None:
    project, staging, elsewhere = tmp_path / "projet", tmp_path / "travail", tmp_path / "ailleurs"
    Writer(project).write("mkdocs.yml", FORMS[form])
    Writer(elsewhere).write("precieux.txt", "x")
    engine.prepare(project, staging, read_settings(project)[0].for_engine())
    Writer(staging).write("build/docs/index.md", "# Accueil\n")
    assert engine.build(staging, name, 0).pages == 1
    assert [path.name for path in elsewhere.iterdir()] == ["precieux.txt"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ailleurs", "projet", "travail"]


ODD: dict[str, Callable[[Path, Path], object]] = {
    "a file": lambda theme, secret: (theme / "assets/fuite.txt").symlink_to(secret / "mine.txt"),
    "a folder": lambda theme, secret: (theme / "assets/fuite").symlink_to(secret),
    "a template": lambda theme, secret: (theme / "fuite.html").symlink_to(secret / "mine.txt"),
    "to nothing": lambda theme, secret: (theme / "fuite.css").symlink_to(secret / "absent"),
    "a pipe": lambda theme, secret: os.mkfifo(theme / "fuite.css"),
    "the theme": lambda theme, secret: (theme.rename(theme.with_name("vrai")), theme.symlink_to("vrai")),
    "its parent": lambda theme, secret: (
        theme.parent.rename(secret / "generator"),
        theme.parent.symlink_to(secret / "generator"),
    ),
}


@pytest.mark.parametrize("odd", ODD)
def test_what_a_link_of_the_theme_leads_to_is_not_published(sandbox: Path, odd: str) -> None:
    project = copy_base(sandbox / "projet", theme=True)
    before = [(d.code, str(d.position)) for d in checked_project(project).diagnostics]
    assert before == []
    ODD[odd](project / "generator" / "theme", sandbox / "out")
    if odd in ("the theme", "its parent"):  # ours takes its place
        engine.prepare(project, sandbox / "in", {})
    else:
        with pytest.raises(engine.EngineError, match="n’est pas un fichier ordinaire"):
            engine.prepare(project, sandbox / "in", {})
    assert not any(path.is_symlink() or path.name.startswith("mine") for path in (sandbox / "in").rglob("*"))
    found = [(d.code, d.position.path) for d in checked_project(project).diagnostics]
    assert len(found) == 1, found
    assert found[0][0] == ("fichier-illisible" if odd == "a pipe" else "lien-symbolique")
    assert found[0][1].startswith("generator")
