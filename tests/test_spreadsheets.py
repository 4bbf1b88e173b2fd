"""What a spreadsheet, a database or a tool of analysis could misread: hostile tables, whose every cell comes back as it was, or as text
with a word about it on the first sheet.
"""

from __future__ import annotations

import csv
import datetime
import gc
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest
from clients.office import libreoffice_to_csv
from clients.published import Site, publish
from hypothesis import given
from hypothesis import strategies as st
from samples import checked, copy_base, replace, write
from test_downloads import assert_same, file

from generator.contracts.model import Field, Resource
from generator.contracts.places import Rows
from generator.diagnostics.finding import Position
from generator.packages import worksheets
from generator.packages.formats import formats, parquet, xlsx
from generator.packages.numbers import numbers
from generator.packages.sheets import Row, Sheet
from generator.packages.worksheets import CELL, exact, fitted
from generator.values.formulas import executed
from generator.values.types import Value, canonical
from generator.values.writing import Writing

HERE = Position("essai.yaml")
KINDS = ("string", "number", "integer", "boolean", "date", "datetime", "time", "year", "yearmonth")
DAY, MOMENT = datetime.date(2024, 2, 29), datetime.datetime(2024, 2, 29, 12, 30, tzinfo=datetime.UTC)
TEXTS = (
    "emoji 👩‍🌾", "عربي", "_x0041_", "1e5", "2A004", "00012", "12/2024", "2024-03", "TRUE", "=1+1", "@SUM(A1)", "-2+3",
    "</script>&<b>", 'l’« œuvre » "q"', "deux\nlignes", "\ttabulation", "<r>", "<r><t>balise</t></r>", "<r>_x0041_&</r>", "<r></r>",
    "https://exemple.fr/" + "a" * 3000, "mailto:x@exemple.fr", "internal:Feuille!A1", "#N/A", "{=1}", "x" * CELL,
)  # fmt: skip
NUMBERS = [
    Decimal(text) for text in ("0", "-0.5", "1234.50", "0.1", "123456789012345", "-99999999999.999", "0.0000001")
]
LONG = [Decimal(text) for text in ("1234567890123456", "0.1234567890123456789", "1e29", "-98765432109876543210.5")]


def columns(*kinds: str, formulas: bool = False) -> tuple[Field, ...]:
    return tuple(
        Field(
            f"c{rank}_{kind}",
            kind,
            (),
            HERE,
            title=kind,
            writing=Writing(allow=frozenset({"formulas"} if formulas and kind == "string" else ())),
        )
        for rank, kind in enumerate(kinds)
    )


def table(fields: Sequence[Field], rows: Sequence[Row], name: str = "essai") -> Sheet:
    fields = tuple(fields)
    resource = Resource(
        name, "p", "Essai", "", Rows("csv", "t.csv"), "", fields, (fields[0].name,), (), (), (), ("",), HERE
    )
    return Sheet(name, "Essai", "", resource, fields, len(rows), lambda: iter(rows))


def hostile() -> Sheet:
    rows = [[text, *[None] * (len(KINDS) - 1)] for text in TEXTS]
    rows += [
        [f"n{n}", number, None, True, DAY, MOMENT, datetime.time(8), 2024, "2024-02"]
        for n, number in enumerate(NUMBERS)
    ]
    rows += [
        [f"g{n}", number, 2**70, False, datetime.date(1899, 12, 31), None, None, 1789, None]
        for n, number in enumerate(LONG)
    ]
    return table(columns(*KINDS, formulas=True), rows)


def unescaped(cell: object) -> object:
    """openpyxl reads the texts of a streamed workbook without what escapes `_x0041_`."""
    return cell.replace("_x005F_", "_") if isinstance(cell, str) else cell


def sheets_of(path: Path) -> dict[str, list[list[object]]]:
    import openpyxl

    book = openpyxl.load_workbook(path)
    assert not any(
        cell.data_type in "fe" for page in book for row in page.iter_rows() for cell in row if cell.value != "#N/A"
    )
    return {page.title: [[*map(unescaped, row)] for row in page.iter_rows(values_only=True)] for page in book}


def write_sheets(path: Path, sheets: Sequence[Sheet]) -> None:
    with path.open("wb") as stream:
        xlsx.write_sheets(stream, sheets)


@pytest.fixture(params=[False, True], ids=["in memory", "streamed"])
def book(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The workbook of the hostile table, written in either way."""
    monkeypatch.setattr(xlsx, "STREAMED", 0 if request.param else 10**9)
    write_sheets(tmp_path / "essai.xlsx", [hostile()])
    return tmp_path / "essai.xlsx"


# --- Workbooks ---------------------------------------------------------------------------------------------------


def test_openpyxl_reads_a_hostile_workbook(book: Path) -> None:
    head, *rows = sheets_of(book)["essai"]
    assert head == [column.name for column in hostile().columns]
    assert_same(rows, hostile(), "openpyxl")


def test_pandas_reads_a_hostile_workbook(book: Path) -> None:
    import pandas

    frame = pandas.read_excel(book, sheet_name="essai", dtype=object, keep_default_na=False, na_values=[""])
    rows = [
        [None if value is pandas.NaT or value != value else unescaped(value) for value in row]
        for row in frame.values.tolist()
    ]
    assert_same(rows, hostile(), "pandas")


def test_libreoffice_in_french_shows_a_hostile_workbook(book: Path) -> None:
    head, *rows = libreoffice_to_csv(book, book.parent / "vu")["essai"]
    assert head == [column.name for column in hostile().columns]
    for found, wanted in zip(rows, hostile().rows(), strict=True):
        for cell, value in zip(found, wanted, strict=True):
            shown = {True: "VRAI", False: "FAUX"}[value] if isinstance(value, bool) else canonical(value)
            if isinstance(value, int | Decimal) and exact(value):
                shown = shown.replace(".", ",")
            assert cell == shown


def test_what_looks_like_a_formula_is_still_text_once_typed_in(book: Path) -> None:
    import openpyxl

    page = openpyxl.load_workbook(book)["essai"]
    found = {row[0].value: row[0] for row in page.iter_rows(min_row=2)}
    assert found["=1+1"].quotePrefix
    assert not page["B30"].quotePrefix


LARGE = {"min_value": -(10**12), "max_value": 10**12}
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.decimals(allow_nan=False, allow_infinity=False, places=6, **LARGE),
    st.dates(datetime.date(1000, 1, 1)),
    st.times().map(lambda time: time.replace(microsecond=0)),
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=40),
    st.sampled_from(TEXTS),
).filter(lambda value: "x005F_" not in str(value))  # which openpyxl removes wherever it stands


@given(st.lists(st.tuples(CELLS, CELLS), max_size=6))
def test_any_cell_comes_back(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[Value | None, ...]]) -> None:
    path = tmp_path_factory.mktemp("cellules") / "a.xlsx"
    sheet = table(columns("integer", "any", "any"), [(rank, *row) for rank, row in enumerate(rows)])
    write_sheets(path, [sheet])
    head, *found = sheets_of(path)["essai"]
    told = [dict(zip(head, row, strict=True)) for row in found]
    assert_same([[row.get(column.name) for column in sheet.columns] for row in told], sheet, "any")


def test_a_text_is_cut_where_excel_cuts_and_marked() -> None:
    assert fitted("x" * CELL) == "x" * CELL
    assert fitted("x" * 40_000) == "x" * (CELL - 1) + "…"
    emoji = fitted("🌱" * 20_000)  # of two units each
    assert len(emoji.encode("utf-16-le")) // 2 <= CELL
    assert emoji == "🌱" * 16_383 + "…"


def test_the_rows_that_a_sheet_cannot_hold_go_to_another(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(worksheets, "ROWS", 4)
    long = "a" * 31
    tables = [table(columns("integer"), [[n] for n in range(7)], name) for name in (f"{long}b", f"{long}c")]
    write_sheets(tmp_path / "a.xlsx", tables)
    found = sheets_of(tmp_path / "a.xlsx")
    assert [[row[0] for row in rows[1:]] for rows in found.values()] == [[0, 1, 2], [3, 4, 5], [6]] * 2
    assert len({name.lower() for name in found}) == 6
    assert all(len(name) <= 31 for name in found)


def test_a_workbook_leaves_no_garbage(tmp_path: Path) -> None:
    """Commands collect none: each page of a site has a workbook."""
    write_sheets(tmp_path / "a.xlsx", [hostile()])
    gc.collect()
    gc.disable()
    try:
        write_sheets(tmp_path / "b.xlsx", [hostile()])
        gc.set_debug(gc.DEBUG_SAVEALL)
        gc.collect()
        assert not [one for one in gc.garbage if type(one).__module__.startswith("xlsxwriter")]
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()


# --- JSON, Parquet, numbers --------------------------------------------------------------------------------------


def test_json_and_csv_hold_a_hostile_table(tmp_path: Path) -> None:
    formats()["json"].write(tmp_path / "a.json", hostile())
    told = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"), parse_float=Decimal)
    assert_same([list(row.values()) for row in told["rows"]], hostile(), "json")
    formats()["csv"].write(tmp_path / "a.csv", hostile())
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as stream:
        assert list(csv.reader(stream))[1:] == [[canonical(value) for value in row] for row in hostile().rows()]


def test_parquet_holds_a_hostile_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import duckdb
    import pandas
    import pyarrow.parquet

    monkeypatch.setattr(parquet, "GROUP", 5)
    path = tmp_path / "a.parquet"
    parquet.write(path, hostile())
    read = pyarrow.parquet.ParquetFile(path)
    assert read.num_row_groups > 5
    assert_same([list(row.values()) for row in read.read().to_pylist()], hostile(), "pyarrow")
    with duckdb.connect() as base:
        assert_same([list(row) for row in base.read_parquet(str(path)).fetchall()], hostile(), "duckdb")
    frame = pandas.read_parquet(path, dtype_backend="pyarrow")
    rows = [[None if value is pandas.NA else value for value in row] for row in frame.itertuples(index=False)]
    assert_same(rows, hostile(), "pandas")
    assert read.schema_arrow.field(0).metadata[b"title"] == b"string"


@given(st.lists(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20), max_size=20))
def test_decimals_have_the_digits_that_they_need(
    tmp_path_factory: pytest.TempPathFactory, found: list[Decimal]
) -> None:
    import pyarrow.parquet

    written = [Decimal(format(value, "f")) for value in found if len(format(value, "f")) <= 30]
    path = tmp_path_factory.mktemp("nombres") / "a.parquet"
    parquet.write(path, table(columns("number"), [[value] for value in written]))
    read = pyarrow.parquet.read_table(path).column(0).to_pylist()
    assert [Decimal(value) for value in read] == written


def test_numbers_say_what_holds_them() -> None:
    sheet = table(
        columns("number", "integer", "string"), [[Decimal("0.1"), 2**63 - 1, "x"], [Decimal("-12.345"), None, None]]
    )
    first, second, _ = numbers(sheet)
    assert (first.before, first.after, first.real, second.small) == (2, 3, True, True)
    assert not numbers(table(columns("number"), [[LONG[1]]]))[0].real
    assert not numbers(table(columns("integer"), [[2**63]]))[0].small


# --- Databases, first sheet, contracts ---------------------------------------------------------------------------

CONTRACT = "datapackages/jardins/datapackage.yaml"


@pytest.fixture(scope="module")
def let_through(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The small project, with a column that lets formulas through, numbers and dates that no spreadsheet holds."""
    root = copy_base(tmp_path_factory.mktemp("projet"))
    replace(
        root,
        CONTRACT,
        "{name: remarque, type: string, title: Remarque}",
        "{name: remarque, type: string, title: Remarque, allow: [formulas]}",
    )
    replace(root, CONTRACT, "constraints: {minimum: -40, maximum: 60}", "constraints: {minimum: -40}")
    name = "{name: nom, type: string, title: Nom, constraints: {required: true, unique: true}}"
    plants = "datapackages/botanique/datapackage.yaml"
    replace(root, plants, name, name.replace("title: Nom,", "title: Nom, allow: [formulas],"))
    families = (root / "content/botanique/familles.yaml").read_text(encoding="utf-8")
    rows = [
        "r1,clos-vert,1850-01-05,1.5,=1+1",
        "r2,clos-vert,1900-02-28,12345678901234567.25,@SOMME(A1)",
        "r3,clos-vert,2020-01-05,,-A1",
    ]
    text = "id,jardin,jour,temperature,remarque\n" + "\n".join(rows) + "\n"
    write(
        root,
        {
            "content/jardins/releves.csv": text,
            "content/botanique/familles.yaml": families + '- {id: f1, nom: "=1+1"}\n',
        },
    )
    return publish(root, tmp_path_factory.mktemp("site"))


def test_what_a_contract_lets_through_is_held_as_it_is_and_told(let_through: Site) -> None:
    gardens = let_through.published.packages[1]
    place = let_through.packages["jardins"]
    texts = ["=1+1", "@SOMME(A1)", "-A1"]
    with (place / "data/releves.csv").open(encoding="utf-8", newline="") as stream:
        assert [row["remarque"] for row in csv.DictReader(stream)] == texts
    rows = json.loads((place / "data/releves.json").read_text(encoding="utf-8"))["rows"]
    assert [row["remarque"] for row in rows] == texts
    book = sheets_of(file(let_through, gardens, ".xlsx"))
    head, *found = book["releves"]
    assert [row[head.index("remarque")] for row in found] == texts
    said = {row[1]: row[5] for row in book["Dictionnaire"] if row[0] == "releves"}
    assert "exécuter" in str(said["remarque"])
    assert "exécuter" not in str(said["jour"])
    descriptor = json.loads((place / "datapackage.json").read_text(encoding="utf-8"))
    fields = {
        field["name"]: field
        for table in descriptor["resources"]
        if table["name"] == "releves"
        for field in table["schema"]["fields"]
    }
    assert fields["remarque"]["csv:formulas"] is True


def test_the_first_sheet_tells_what_no_spreadsheet_holds(let_through: Site) -> None:
    first = sheets_of(file(let_through, let_through.published.packages[1], ".xlsx"))["Lisez-moi"]
    said = {str(row[0]): str(row[1]) for row in first}
    assert "releves.jour" in said["Dates en texte"]
    assert "2 cellules" in said["Dates en texte"].replace("\u00a0", " ").replace("\u202f", " ")
    assert "releves.temperature" in said["Nombres en texte"]


def test_a_database_holds_what_no_binary_fraction_does(let_through: Site) -> None:
    with closing(sqlite3.connect(file(let_through, let_through.published.packages[1], ".sqlite"))) as base:
        kinds = dict(base.execute("SELECT colonne, stockage FROM _dictionnaire WHERE nom_table = 'releves'"))
        assert kinds["temperature"] == "TEXT"
        assert base.execute("SELECT temperature FROM releves ORDER BY id").fetchall() == [
            ("1.5",),
            ("12345678901234567.25",),
            (None,),
        ]


def test_a_database_refuses_what_a_contract_refuses(let_through: Site) -> None:
    with closing(sqlite3.connect(file(let_through, let_through.published.packages[1], ".sqlite"))) as base:
        base.execute("PRAGMA foreign_keys = ON")
        for wrong in (
            "SET statut = 'autre'",
            "SET ouvert = 2",
            "SET departement = '99'",
            "SET nom = NULL",
            "SET annee = 'x'",
        ):
            with pytest.raises(sqlite3.IntegrityError):
                base.execute(f"UPDATE jardins {wrong}")
        with pytest.raises(sqlite3.IntegrityError):
            base.execute("UPDATE parcelles SET plante = 'absente'")


def test_words_that_come_from_a_column_are_told_with_it(let_through: Site) -> None:
    """The names of rows stand beside the keys that lead to them: theirs may be run too."""
    plants = let_through.published.packages[0]
    labelled = {sheet.resource.name: sheet for sheet in plants.labelled}
    told = {column.name: column.formulas for column in labelled["plantes"].columns}
    assert told["famille_libelle"]
    assert not told["parente_libelle"]


def test_no_cell_that_is_published_is_run(published: Site) -> None:
    for built in published.published.packages:
        for sheet in (*(table.sheet for table in built.tables), *built.labelled):
            free = [column.formulas for column in sheet.columns]
            prose = [column.prose for column in sheet.columns]
            for row in sheet.rows():
                for place, value in enumerate(row):
                    if isinstance(value, str) and not free[place]:
                        assert executed(value, prose[place])[0] == "", (sheet.name, sheet.columns[place].name, value)


def test_the_words_of_a_list_are_not_run_either(tmp_path: Path) -> None:
    root = copy_base(tmp_path)
    replace(root, CONTRACT, "{value: projet, label: En projet}", '{value: projet, label: "=1+1"}')
    assert [found.partition(" ")[0] for found in checked(root)] == ["contrat-faux"]


def same_bytes(sheet: Sheet, folder: Path) -> Iterator[bytes]:
    for rank in range(2):
        write_sheets(folder / f"{rank}.xlsx", [sheet])
        yield (folder / f"{rank}.xlsx").read_bytes()


def test_a_streamed_workbook_has_the_same_bytes_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(xlsx, "STREAMED", 0)
    first, second = same_bytes(hostile(), tmp_path)
    assert first == second
