"""What a page reads is known from its making: rows and questions are noted, and it is made again when one of them changes."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from readings import DATE, Readings
from samples import SECOND, replace

from generator.catalogue.declaring import Declarations
from generator.catalogue.difference import NOTHING, difference, row
from generator.catalogue.project import read_project
from generator.catalogue.reads import Memo, Reads, noting, watched
from generator.catalogue.records import Record
from generator.catalogue.relations import Relations
from generator.pages.all import Pages
from generator.pages.draft import Draft
from generator.pages.figures.relations import drawing, relations
from generator.pages.likeness import Likeness
from tests.edits.judge import copied

BOOKS = "content/bibliographie/ouvrages.yaml"


def test_an_edit_makes_again_the_pages_that_show_it_and_no_other(tmp_path: Path) -> None:
    readings = Readings(copied(SECOND, tmp_path / "ici"))
    assert readings.texts() == readings.whole()
    assert readings.again() == set()
    replace(readings.root, BOOKS, "Carnet d’un accordeur", "Carnet d’une accordeuse")
    changed = readings.again()
    assert 0 < len(changed) < len(readings.texts()) / 2
    assert readings.texts() == readings.whole()


def test_pages_may_be_made_ahead_of_the_others(tmp_path: Path) -> None:
    readings = Readings(copied(SECOND, tmp_path / "ici"))
    replace(readings.root, BOOKS, "Carnet d’un accordeur", "Carnet d’une accordeuse")
    old, new = readings.project, readings.read()
    changed = difference(old.catalogue, new.catalogue)
    assert [key for _, key in changed.own] == [key for _, key in changed.said]
    pages = Pages(new, DATE)
    made = readings.pages.round(pages, pages.shown(), readings.helping, changed)
    every = {page.path for page in readings.pages.round(pages, pages.shown(), readings.helping, changed).early()}
    first = sorted(every)[:2]
    assert {page.path for page in made.early([*first, "nulle-part/"])} == {*first}
    assert {page.path for page in made.early()} == every - {*first}
    assert not [*made.early()]
    assert every.isdisjoint(page.path for page in made.late(readings.helping))
    made.settle()
    assert readings.texts() == readings.whole()


def test_a_line_above_changes_no_page_that_does_not_tell_lines(tmp_path: Path) -> None:
    readings = Readings(copied(SECOND, tmp_path / "ici"))
    old = readings.project
    (readings.root / BOOKS).write_text(
        "# Une ligne.\n" + (readings.root / BOOKS).read_text(encoding="utf-8"), encoding="utf-8"
    )
    assert readings.again() == set()
    found = difference(old.catalogue, readings.project.catalogue)
    assert not found.said
    assert found.moved >= {row(record) for record in readings.project.catalogue["ouvrages"]}


def test_rows_that_are_read_are_noted_and_what_an_index_reads_is_not() -> None:
    project = read_project(SECOND)
    first, *others = project.catalogue["ouvrages"]
    relations, reads = Relations(project.catalogue), Reads()
    with watched({Record: {"values": "rows", "mark": "places"}}), noting(reads):
        assert first.label
        assert others[0].mark
        relations.referring(first, "orgues")
    assert (reads.rows, reads.places) == ({first}, {others[0]})
    ((question, (about, _)),) = reads.asked.items()
    assert question[:2] == (Relations, "referring")
    assert about == (first, "orgues")
    assert isinstance(Record.__dict__["values"], type(Record.__dict__["node"])), "nothing is watched any more"


def test_who_takes_what_was_made_has_read_the_same() -> None:
    first = read_project(SECOND).catalogue["ouvrages"][0]
    memo: Memo[str, str] = Memo()
    found = []
    with watched({Record: {"values": "rows"}}):
        for _ in range(2):
            reads = Reads()
            with noting(reads):
                assert memo("a", lambda: first.label) == first.label
            found.append(reads.rows)
    assert found == [{first}, {first}]


def test_a_table_is_known_by_its_name_whatever_reading_it_is_of() -> None:
    """A package that is not written again keeps the tables of an older reading, of the same words at other lines."""
    older, newer = (read_project(SECOND).catalogue.contracts.resources for _ in range(2))
    mine = [table for table in older.values() if table.package == older["communes"].package]
    drawn = [drawing("x", own, relations(own, newer)) for own in (mine, [newer[table.name] for table in mine])]
    assert drawn[0] == drawn[1]
    assert drawn[0].count('class="relations__table"') == len(mine)


def test_the_likeness_of_a_value_is_that_of_what_it_says() -> None:
    project = read_project(SECOND)
    like = Likeness(Declarations(project))
    one, two = project.catalogue, read_project(SECOND).catalogue
    assert like(one["ouvrages"]) == like(two["ouvrages"])
    assert like({"a": [1, "b"]}) == like({"a": [1, "b"]})
    assert like({"a": [1, "b"]}) != like({"a": [1, "c"]})
    assert like(object()) != like(object()), "what cannot be compared is like nothing"


def test_what_cannot_be_compared_is_made_again_and_counted(tmp_path: Path) -> None:
    readings = Readings(copied(SECOND, tmp_path / "ici"))
    pages, counted = Pages(readings.project, DATE), []
    first, *others = [*pages.shown(), *pages.helping()]
    assert isinstance(first, Draft)
    odd = dataclasses.replace(first, more={**first.more, "chose": Odd()})  # type: ignore[dict-item]
    for _ in range(3):
        made = readings.pages.round(pages, [odd, *others], (), NOTHING)
        made.early()
        counted.append((len({page.path for page in made.early()} - {odd.path}), made.unknown, made.likeness.unlike))
        made.settle()
    assert counted == [(0, 1, {"Odd"})] * 3


class Odd:
    """Something that a page can show, and that is of no kind that is known."""

    def strip(self) -> str:
        return "étrange"
