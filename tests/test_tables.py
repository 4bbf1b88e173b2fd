"""Tables of any size: each case of tests/tables is found as the standard says, told in the words of `check`, in a memory that does not grow."""

from __future__ import annotations

import csv
import gzip
import io
import random
import re
import shutil
import tracemalloc
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from samples import SECOND, write

from generator.catalogue.contracted import shape_of, source_of
from generator.commands.check import checked_project
from generator.diagnostics.finding import Diagnostic, sort
from generator.tables.files import decoding, records
from generator.tables.python import quick, rows
from generator.tables.shape import Column, Reference, Shape
from generator.tables.source import Source, Table, files
from generator.tables.telling import diagnostics
from generator.tables.verdict import PLACES, Place, Verdict
from tests.bench import validating
from tests.tables import Case, cases, told
from tests.tables import shape_of as shape_of_schema

CASES = list(cases())


def test_there_are_enough_cases_and_each_has_a_name() -> None:
    assert len(CASES) >= 80
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case(case: Case, tmp_path: Path) -> None:
    assert told(rows.check(case.tables(tmp_path))[0]) == case.verdict


# --- The same words as check ---

COMMUNES = "content/lieux/communes.csv"
HEAD = "Les communes;;\ncode;nom;chef_lieu\n# relevées sur place\n01001;Ombreville;\n"
VALUES = """\
2A04;Haut-Ombre;01001
01040;"Saint-Leu, le Vieux";01001
01041;Ombreville;01001
01040;=1+1;01001
01042; Brume;
01043;"Deux
lignes";01001
01044;NA;01001

01045;…;01001
;Sans code;01001
01047;Pré;01001
"""
NAMES = "01040;Saint-Leu;01001\n01041;Val;absente\n01042;Mont;01042\n"  # of which one is not there
UNEVEN = "01040;Saint-Leu;01001\n01041;Val\n01042;Mont;01001\n"


@pytest.mark.parametrize("text", [VALUES, NAMES, UNEVEN])
def test_a_table_of_our_content_is_told_as_check_tells_it(text: str, tmp_path: Path) -> None:
    root = tmp_path / "projet"
    shutil.copytree(SECOND, root)
    write(root, {COMMUNES: (HEAD + text).encode("windows-1252")})
    project = checked_project(root)
    own = sort(d for d in project.diagnostics if d.position.path == COMMUNES)
    contracts = project.catalogue.contracts
    resource = contracts.resources["communes"]
    shape = shape_of(resource, contracts)
    verdict = rows.check([Table(shape, source_of(resource, root, [COMMUNES]))])[0]
    found = sort(diagnostics(shape, verdict, {"communes": shape}))
    assert [_line(d) for d in found] == [_line(d) for d in own]
    assert found
    assert verdict.rows == len([row for row in re.split(r"\n(?!lignes)", HEAD + text)[2:] if row and row[0] != "#"])


def _line(d: Diagnostic) -> str:
    """All that is told; check says a missing value at the beginning of its row, and has more advice on a row that is too short."""
    place = str(d.position) if d.code != "valeur-manquante" else f"{d.position.path}:{d.position.line}"
    return f"{place} {d.code} {d.message}" + (f" {d.hint}" if d.code != "csv-mal-forme" else "")


# --- Bad input ---


def _verdict(folder: Path, text: str, packed: bool = False) -> Verdict:
    schema = {"fields": [{"name": "a"}, {"name": "b", "type": "number"}], "primaryKey": ["a"]}
    data = text.encode()
    (folder / "t.csv").write_bytes(gzip.compress(data, 1) if packed else data)
    source = Source(files(folder, "t.csv"), compression="gz" if packed else "")
    return rows.check([Table(shape_of_schema("t", schema), source)])[0]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('"' + "x" * 6_000_000 + '"\n2,3\n', "t.csv:3:1"),
        ("x" * 6_000_000 + "\n2,3\n", "t.csv:3:1"),
        ('2,"x\n' + "a,1\n" * 1_500_000, "t.csv:3:3"),
    ],
    ids=["quoted", "bare", "never closed"],
)
def test_a_cell_without_end_stops_the_reading_and_what_was_read_is_told(text: str, place: str, tmp_path: Path) -> None:
    verdict = _verdict(tmp_path, "a,b\n1,x\n" + text)
    assert verdict.partial
    assert (verdict.rows, [cause.count for cause in verdict.causes]) == (1, [1])
    assert [(d.code, str(d.position)) for d in verdict.stopped] == [("csv-mal-forme", place)]


def test_a_compressed_file_is_unpacked_by_pieces(tmp_path: Path) -> None:
    tracemalloc.start()
    verdict = _verdict(tmp_path, "a,b\n1,2\n" + "x" * 30_000_000, packed=True)
    tracemalloc.reset_peak()
    again = rows.check(
        [
            Table(
                shape_of_schema("t", {"fields": [{"name": "a"}, {"name": "b"}]}),
                Source(files(tmp_path, "t.csv"), compression="gz"),
            )
        ]
    )[0]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert verdict.rows == again.rows == 1
    assert again.partial
    assert peak < 25_000_000


def test_a_key_that_is_everywhere_is_counted_and_told_a_few_times(tmp_path: Path) -> None:
    verdict = _verdict(tmp_path, "a,b\n" + "x,1\n" * 50_000)
    (cause,) = verdict.causes
    assert (cause.count, len(cause.places)) == (49_999, PLACES)
    assert {place.other for place in cause.places} == {Place("t.csv", 1, 2, 1, 1)}
    shape = shape_of_schema("t", {"fields": [{"name": "a"}, {"name": "b"}], "primaryKey": ["a"]})
    said = diagnostics(shape, verdict, {})
    assert len(said) == PLACES + 1
    assert str(said[-1].message).replace("\u202f", " ") == f"a : {49_999 - PLACES} autres lignes ont cette même faute."


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    source = Source(files(tmp_path, "rien.csv"))
    verdict = rows.check([Table(shape_of_schema("t", {"fields": [{"name": "a"}]}), source)])[0]
    assert [(d.code, str(d.position)) for d in verdict.stopped] == [("fichier-illisible", "rien.csv")]


def test_the_table_of_the_bench_is_valid_and_its_faults_are_found(tmp_path: Path) -> None:
    validating.write(tmp_path, 2_000)
    shape = shape_of_schema("table", validating.SCHEMA)
    table = Table(shape, Source(files(tmp_path, "table.csv")))
    assert rows.check([table])[0] == Verdict(2_000)
    lines = (tmp_path / "table.csv").read_text(encoding="utf-8").split("\n")
    lines[1600] = lines[1200]
    lines[1700] = lines[1700].rpartition(",")[0] + ",999999999"
    (tmp_path / "table.csv").write_text("\n".join(lines), encoding="utf-8")
    first, last = rows.check([table])[0].causes
    assert (first.kind, first.count, first.places[0].line) == ("cle-primaire-en-double", 1, 1601)
    assert first.places[0].other == Place("table.csv", 1200, 1201, 1, 9)
    assert last.kind == "reference-introuvable"
    assert ("999999999",) in [place.texts for place in last.places]


# --- Whatever the pieces, whatever the texts ---


@pytest.mark.parametrize("size", [1, 2, 7])
def test_a_verdict_is_the_same_by_whatever_pieces_a_file_is_read(
    size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decoding, "PIECE", size)
    monkeypatch.setattr(records, "_BLOCK", size)
    wrong = []
    for number, case in enumerate(case for case in CASES if "csv" in case.said):
        folder = tmp_path / str(number)
        folder.mkdir()
        found = told(rows.check(case.tables(folder))[0])
        if found != case.verdict:
            wrong.append((case.name, found))
    assert not wrong


SIGNS = "0123456789-+.eE_ \n,\"'aéZ:TP٣NFI\u0301{}[]"
FIELDS = [
    {"type": "string", "constraints": {"pattern": "[0-9]+a?|é", "minLength": 1, "maxLength": 3}},
    {"type": "string", "constraints": {"pattern": "[^a]*"}},
    {"type": "integer"},
    {"type": "integer", "constraints": {"minimum": -3, "exclusiveMaximum": 50}},
    {"type": "number"},
    {"type": "number", "constraints": {"exclusiveMinimum": 0, "maximum": "7.5"}},
    {"type": "date", "constraints": {"minimum": "2000-01-01"}},
    {"type": "time", "constraints": {"maximum": "12:00:00"}},
    {"type": "datetime", "constraints": {"minimum": "2000-01-01T00:00:00Z"}},
    {"type": "year", "constraints": {"maximum": "2030"}},
]
LIKE = {
    "date": ("2024-01-05", "1999-12-31", "2024-02-30", "2024-1-5", "0000-01-01"),
    "time": ("10:20:30", "12:00:01", "24:00:00", "10:20", "23:59:60"),
    "datetime": ("2024-01-05T10:20:30Z", "1999-12-31T23:59:59Z", "2024-02-30T00:00:00Z", "2024-01-05T24:00:00Z"),
    "year": ("2024", "2031", "0800", "-0044", "2024Z"),
}


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: f"{field['type']} {len(field)}")
def test_what_is_read_at_once_is_what_is_read_text_by_text(field: dict[str, Any]) -> None:
    column = shape_of_schema("t", {"fields": [{"name": "v", **field}]}).columns[0]
    drawn, test = random.Random(1), quick.quick(column)
    assert test is not None
    sizes, agreed = (1, 1, 1, 2, 3), 0
    for _ in range(5_000):
        texts = {
            "".join(drawn.choices(SIGNS[:12] if drawn.random() < 0.7 else SIGNS, k=drawn.choice(sizes)))
            for _ in range(2)
        }
        texts = (
            set(drawn.choices(LIKE[field["type"]], k=drawn.choice(sizes)))
            if drawn.random() < 0.5 and field["type"] in LIKE
            else texts
        )
        refused = [text for text in texts if column.convert(text)[1] is not None]
        if test(texts):
            assert not refused, texts
            agreed += 1
    assert agreed > 50


@pytest.mark.parametrize("seed", range(20))
def test_rows_of_chance_are_found_as_one_would_find_them(seed: int, tmp_path: Path) -> None:
    drawn = random.Random(seed)
    written = [[drawn.choice(("", "1", "2", "x", "a,b", "a\nb", '"', " 3")) for _ in range(3)] for _ in range(40)]
    text = io.StringIO()
    csv.writer(text, lineterminator=drawn.choice(("\n", "\r\n"))).writerows([["a", "b", "c"], *written])
    (tmp_path / "t.csv").write_bytes(text.getvalue().encode())
    fields = [{"name": "a", "type": "integer"}, {"name": "b"}, {"name": "c", "constraints": {"required": True}}]
    keys = {"primaryKey": ["b", "c"], "foreignKeys": [{"fields": ["a"], "reference": {"fields": ["b"]}}]}
    shape = shape_of_schema("t", {"fields": fields, **keys})
    verdict = rows.check([Table(shape, Source(files(tmp_path, "t.csv")))])[0]
    counts = Counter((cause.kind, cause.columns) for cause in verdict.causes for _ in range(cause.count))
    seen: set[tuple[str, str]] = set()
    awaited: Counter[tuple[str, tuple[str, ...]]] = Counter()
    for a, b, c in written:
        awaited["valeur-du-mauvais-type", ("a",)] += a not in ("", "1", "2")
        awaited["valeur-manquante", ("b",)] += not b
        awaited["valeur-manquante", ("c",)] += not c
        awaited["reference-introuvable", ("a",)] += a in ("1", "2")  # an integer is no text: nothing holds it
        awaited["cle-primaire-en-double", ("b", "c")] += bool(b and c) and (b, c) in seen
        seen.add((b, c))
    assert counts == +awaited


def test_tables_that_others_name_are_read_first() -> None:
    def shape(name: str, *named: str) -> Shape:
        return Shape(name, (Column("a", "a"),), (), tuple(Reference(("a",), other, ("a",)) for other in named))

    shapes = (shape("a", "b", "c"), shape("b", "c", "d"), shape("c", ""), shape("d", "a", "rien"))
    readings = {each.name: rows.Reading(Table(each, Source())) for each in shapes}
    order = list(rows.named_first(readings))
    assert sorted(order) == ["a", "b", "c", "d"]
    assert order.index("c") < order.index("b") < order.index("a")
