"""Large tables of a project: rows that are never records, checked, counted, published and described where they are."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections import Counter
from dataclasses import replace as dc_replace
from pathlib import Path

import duckdb
import large
import pytest
from samples import DATE, commit, replace, write

from generator.authoring.choices import choices
from generator.catalogue import explored
from generator.catalogue.elsewhere import Elsewhere
from generator.catalogue.project import read_project
from generator.catalogue.sitemap import sitemap
from generator.changes import noting, schemas
from generator.changes.copies import copied
from generator.changes.diff import compare
from generator.changes.lines import Line
from generator.changes.release import releases
from generator.changes.review import review
from generator.changes.states import states
from generator.changes.story import summary, tell
from generator.checks import elsewhere as checks
from generator.commands.check import checked_project
from generator.diagnostics import excerpts
from generator.diagnostics.finding import Position
from generator.packages import folder, profile, validation, workbook_notes
from generator.packages.fingerprint import of_data
from generator.packages.sheets import sheet
from generator.pages.dictionary import entries, preview
from generator.pages.kinds import page_kinds
from generator.tables import engines, grouping
from generator.tables.changes import Changes
from generator.tables.duck import changes as duck_changes
from generator.tables.duck import engine as duck
from generator.tables.duck import groups as duck_groups
from generator.tables.python import rows
from generator.tables.source import Table
from generator.tables.values import values
from generator.values.types import canonical

Told = list[tuple[str, str, int, int]]


def said(root: Path) -> Told:
    """Code, file, line and column of all that is wrong."""
    return [(d.code, d.position.path, d.position.line, d.position.column) for d in checked_project(root).diagnostics]


def elsewhere_of(root: Path) -> Elsewhere:
    found = read_project(root).catalogue.tables["ruches"].elsewhere
    assert found is not None
    return found


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return large.project(tmp_path, large.usual())


# --- Checks ------------------------------------------------------------------------------------------------------


def test_a_large_table_without_fault_says_nothing_and_holds_no_record(root: Path) -> None:
    project = checked_project(root)
    assert project.diagnostics == ()
    table = project.catalogue.tables["ruches"]
    assert (table.records, table.lacking) == ([], False)
    assert table.elsewhere is not None
    assert table.elsewhere.size == 300


def test_its_rows_are_checked_with_the_words_of_any_table(tmp_path: Path) -> None:
    files = large.usual()
    lines = files["ruches/2024.csv"].decode().splitlines()
    lines[3] = lines[3].replace(",2024", ",24")
    lines[5] = lines[2]
    lines[7] = lines[7].replace("cucurbitacees", "rosacees").replace("solanacees", "rosacees")
    lines[9] += ",de trop"
    root = large.project(tmp_path, files | {"ruches/2024.csv": large.text(lines)}, visited="999999")
    path = "donnees/ruches/2024.csv"
    assert [(code, where, line) for code, where, line, _ in said(root)] == [
        ("reference-introuvable", "content/bilans/visites.yaml", 1),
        ("valeur-du-mauvais-type", path, 4),
        ("cle-primaire-en-double", path, 6),
        ("reference-introuvable", path, 8),
        ("csv-mal-forme", path, 10),
    ]


def test_a_small_table_that_lacks_rows_blames_no_reference_to_it(root: Path) -> None:
    write(root, {"content/botanique/familles.yaml": "- id: cucurbitacees\n  nom: [\n"})
    assert "reference-introuvable" not in {code for code, *_ in said(root)}


def test_a_file_that_is_absent_leaves_what_depends_on_it_in_peace(root: Path) -> None:
    (root / "donnees/ruches/2023.csv").unlink()
    assert [code for code, *_ in said(root)] == ["grande-table"]


def test_a_link_is_not_followed(root: Path) -> None:
    path = root / "donnees/ruches/2023.csv"
    path.rename(root / "donnees/ailleurs.csv")
    path.symlink_to(root / "donnees/ailleurs.csv")
    assert said(root) == [("lien-symbolique", "donnees/ruches/2023.csv", 0, 0)]


def test_a_compressed_file_is_read_as_the_other(tmp_path: Path) -> None:
    files = {f"{name}.gz": large.packed(data) for name, data in large.usual().items()}
    plain = large.project(tmp_path / "plain", large.usual())
    packed = large.project(tmp_path / "packed", files, "ruches/*.csv.gz")
    assert said(packed) == []
    assert list(elsewhere_of(packed).rows()) == list(elsewhere_of(plain).rows())


def parquet(root: Path, text: str, name: str) -> bytes:
    """A file of Parquet with types, of the rows of a file of CSV."""
    made = write(root, {"a.csv": text}) / name
    duckdb.execute(
        f"COPY (SELECT numero, nom, famille, posee::DATE AS posee, cadres::INTEGER AS cadres, annee::DOUBLE AS annee"
        f" FROM read_csv('{root / 'a.csv'}', all_varchar=true)) TO '{made}' (FORMAT parquet)"
    )
    return made.read_bytes()


def test_parquet_is_judged_and_read_as_csv(tmp_path: Path) -> None:
    lines = large.rows(200, 2024)
    lines[8] = lines[3]
    made = parquet(tmp_path / "made", "\n".join(lines), "a.parquet")
    as_parquet = large.project(tmp_path / "parquet", {"ruches/a.parquet": made}, "ruches/*.parquet")
    as_csv = large.project(tmp_path / "csv", {"ruches/a.csv": large.text(lines)})
    assert list(elsewhere_of(as_parquet).rows()) == list(elsewhere_of(as_csv).rows())
    told = [d for d in checked_project(as_parquet).diagnostics if d.position.path.endswith(".parquet")]
    assert [d.code for d in told] == ["cle-primaire-en-double"]
    assert str(told[0].message).startswith("Ligne 8")


@pytest.mark.parametrize("check", [rows.check, duck.check])
def test_a_parquet_that_is_cut_is_a_sentence(tmp_path: Path, check: engines.Check) -> None:
    made = parquet(tmp_path / "made", "\n".join(large.rows(200, 2024)), "a.parquet")
    for size in (0, 3, len(made) // 2, len(made) - 1):
        root = large.project(tmp_path / str(size), {"ruches/a.parquet": made[:size]}, "ruches/*.parquet")
        [verdict] = check([_alone(elsewhere_of(root).table)])
        assert [d.code for d in verdict.stopped] == ["fichier-illisible"]


def test_parquet_without_its_library_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = parquet(tmp_path / "made", "\n".join(large.rows(20, 2024)), "a.parquet")
    project = read_project(large.project(tmp_path / "site", {"ruches/a.parquet": made}, "ruches/*.parquet"))
    monkeypatch.setattr(engines, "lacking", lambda name: name == engines.DUCKDB)
    assert [d.code for d in checks.check(project.catalogue)] == ["fichier-illisible"]


def _alone(table: Table) -> Table:
    """A table that names no other."""
    from dataclasses import replace as with_

    return with_(table, shape=with_(table.shape, references=()))


# --- What comes of its rows ----------------------------------------------------------------------------------------


def test_rows_are_values_in_the_order_of_the_contract(root: Path) -> None:
    rows_of_file = list(csv.DictReader(io.StringIO(large.usual()["ruches/2023.csv"].decode())))
    found = list(elsewhere_of(root).rows())
    assert len(found) == 300
    for row, cells in zip(found, rows_of_file, strict=False):
        numero, nom, famille, posee, cadres, annee = row
        assert (numero, nom, famille, str(posee)) == tuple(cells[k] for k in ("numero", "nom", "famille", "posee"))
        assert (cadres, annee) == (int(cells["cadres"]) if cells["cadres"] else None, 2023)


def test_groups_are_a_table_like_others(root: Path) -> None:
    project = read_project(root)
    expected, filled = Counter[tuple[object, ...]](), Counter[tuple[object, ...]]()
    names = {"cucurbitacees": "Cucurbitacées", "solanacees": "Solanacées"}
    for row in elsewhere_of(root).rows():
        expected[row[5], names[str(row[2])]] += 1
        filled[row[5], names[str(row[2])]] += row[4] is not None
    assert [tuple(row.values) for row in project.catalogue["ruches_par_annee"]] == [
        (*key, count, filled[key]) for key, count in expected.items()
    ]
    assert str(project.catalogue["ruches_par_annee"][0].at()).startswith(large.CONTRACT)


@pytest.mark.parametrize("by", [["annee"], ["famille", "cadres"], ["numero"]])
def test_duckdb_counts_as_python_does(root: Path, by: list[str]) -> None:
    table = elsewhere_of(root).table
    found = list(duck_groups.texts_counted(table, by, ["cadres", "nom"], ["cadres", "posee"]))
    assert found == list(grouping.texts_counted(table, by, ["cadres", "nom"], ["cadres", "posee"]))
    assert sum(numbers[0] for _, numbers, _ in found) == 300


TWINS = [
    "1,nord,1.50,3,2024-01-02,2024",
    "2,nord,1.5,,2023-05-06,2023",
    "3,sud,0.105,4,,2024",
    "4,nord,007,5,2024-12-31,2022",
    "5,sud,1e3,,2024-02-29,2024",
    "6,sud,-0.5,10,2020-01-01,2021",
    "7,est,,,,",
    "8,ouest,123456789012345678.123456789,999999999999999999,1999-01-01,0999",
    "9,ouest,999999999999999999.9,999999999999999999,1999-01-01,1999",
    "10,ouest,-1.005,1,2001-01-01,2001",
]


@pytest.mark.parametrize("engine", [engines.PYTHON, engines.DUCKDB])
def test_groups_of_a_large_table_are_those_of_a_small_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: str
) -> None:
    small, big = large.twins(tmp_path, TWINS)
    monkeypatch.setattr(engines, "chosen", lambda name, tables: engine)
    found = [read_project(each) for each in (small, big)]
    assert [project.diagnostics for project in found] == [(), ()]
    cells = [[list(map(canonical, row.values)) for row in each.catalogue["pesees_par_lieu"]] for each in found]
    assert cells[0] == cells[1]
    assert " ".join(cells[0][0]) == "nord 3 10.00 3.33 4 1.5 7 8 2023-05-06 2024-12-31 2024"
    assert " ".join(cells[0][1]) == "sud 3 999.605 333.20 7 -0.5 1000 14 2020-01-01 2024-02-29 2024"
    assert cells[0][2] == ["est", "1", *[""] * 9]
    assert cells[0][3][2:5] == ["1123456789012345677.018456789", "374485596337448559.01", "666666666666666666"]


_RULES = """      primaryKey: [numero]
      rules:
        - {sum: [poids, poids], equals: [cadres], tolerance: 1, message: Deux fois le poids.}
        - {require: [poids], when: {lieu: [nord]}, message: "Au nord, tout se pèse."}
        - {nameless: [lieu], message: Un lieu n’est personne.}

  - name: pesees_par_lieu
"""


@pytest.mark.parametrize("engine", [engines.PYTHON, engines.DUCKDB])
def test_rules_of_a_large_table_say_what_those_of_a_small_one_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: str
) -> None:
    lines = ["1,nord,,3000,2024-01-01,2024", "2,nord,1.5,7,,2024", "3,chez Mme Dupont,2,-,2024-01-01,", "4,sud,,,,2030"]
    pair = large.twins(tmp_path, [*lines, *(f"{n},nord,,,,2024" for n in range(5, 30))])
    for each in pair:
        replace(each, large.CONTRACT, "      primaryKey: [numero]\n\n  - name: pesees_par_lieu\n", _RULES)
    monkeypatch.setattr(engines, "chosen", lambda name, tables: engine)
    monkeypatch.setattr(engines, "HELD", 0)
    small, big = (checked_project(each).diagnostics for each in pair)
    words = [(d.code, d.position.line, str(d.message), str(d.hint), d.suggestion) for d in big if d.code == "regle"]
    told = {(d.code, d.position.line, str(d.message), str(d.hint), d.suggestion) for d in small}
    assert [each for each in words if each not in told] == [
        ("regle", 0, "Au nord, tout se pèse. 6 autres lignes ont cette même faute.", "", "")
    ]
    assert len(words) == 23
    assert "Mme Dupont" in " ".join(hint for _, _, _, hint, _ in words)


def test_a_rule_that_reads_other_rows_is_not_for_a_large_table(root: Path) -> None:
    rule = (
        "{transitions: famille, date: posee, after: {cucurbitacees: [], solanacees: []}, message: L’une suit l’autre.}"
    )
    choices = "title: Famille, categories: [cucurbitacees, solanacees]}\n        - {name: posee"
    replace(root, large.CONTRACT, "title: Famille}\n        - {name: posee", choices)
    key = "        - {fields: [famille], reference: {resource: familles, fields: [id]}}\n"
    replace(
        root,
        large.CONTRACT,
        f"{key}\n  - name: ruches_par_annee",
        f"{key}      rules:\n        - {rule}\n\n  - name: ruches_par_annee",
    )
    (found,) = checked_project(root).diagnostics
    assert (found.code, str(found.message)) == (
        "contrat-faux",
        "Cette règle lit d’autres lignes que celle qu’elle juge\u202f: elle ne va pas avec une grande table.",
    )


_SELECTED = """  - name: pesees_choisies
    title: Pesées choisies
    derive: {selected: {of: pesees, where: {%s}}}
    label: numero
    schema:
      fields:
        - {name: numero, type: string, title: Numéro}
        - {name: lieu, type: string, title: Lieu}
        - {name: poids, type: number, title: Poids}
        - {name: jour, type: date, title: Jour}
        - {name: double, type: number, title: Double, decimals: 1, computed: poids * 2}
      primaryKey: [numero]

  - name: pesees_par_lieu
"""
_PAGE = '  - {kind: record, path: "pesees/{numero}/", title: "Pesée {numero}", resource: pesees_choisies}\n'


@pytest.mark.parametrize("engine", [engines.PYTHON, engines.DUCKDB])
@pytest.mark.parametrize(
    ("where", "found"),
    [
        ('lieu: [nord, ""]', "1 4 5"),
        ("cadres: [7]", "2 5"),
        ('poids: ["1.50"]', "2"),
        ('lieu: [nord], jour: [2024-01-01, ""]', "1 4"),
        ("annee: [1999]", ""),
    ],
)
def test_rows_of_a_large_table_that_are_selected_are_those_of_a_small_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: str, where: str, found: str
) -> None:
    lines = ["1,nord,2,3,2024-01-01,2024", "2,sud,1.50,7,,2024", "3,est,,,,", "4,nord,,,,", "5,,3,07,2024-01-02,2024"]
    pair = large.twins(tmp_path, lines)
    for each in pair:
        replace(each, large.CONTRACT, "  - name: pesees_par_lieu\n", _SELECTED % where)
        replace(each, large.CONTRACT, "pages:\n", f"pages:\n{_PAGE}")
        replace(each, large.CONTRACT, "title: Cadres, unit: lieu}", "title: Cadres, allow: [numbers]}")
    monkeypatch.setattr(engines, "chosen", lambda name, tables: engine)
    projects = [checked_project(each) for each in pair]
    assert [project.diagnostics for project in projects] == [(), ()]
    cells = [[list(map(canonical, row.values)) for row in each.catalogue["pesees_choisies"]] for each in projects]
    assert cells[0] == cells[1]
    assert " ".join(row[0] for row in cells[0]) == found
    pages = [
        [
            each.path
            for each in sitemap(of.catalogue, of.names, page_kinds(), guides=False)
            if each.path.startswith("pesees/")
        ]
        for of in projects
    ]
    assert pages[0] == pages[1] == [f"pesees/{name}/" for name in found.split()]


def test_values_of_one_meaning_are_one_group(tmp_path: Path) -> None:
    lines = [line.replace(",10,", ",010,") if rank % 2 else line for rank, line in enumerate(large.rows(100, 2024))]
    root = large.project(tmp_path, {"ruches/a.csv": large.text(lines)})
    replace(root, large.CONTRACT, "title: Cadres, constraints", "title: Cadres, allow: [numbers], constraints")
    table = elsewhere_of(root).table
    keys = [group.values for group in grouping.grouped(table, ["cadres"], [])]
    assert len(keys) == len(set(keys))
    assert list(values(table)) == list(elsewhere_of(root).rows())


def test_a_sentence_may_count_them(root: Path) -> None:
    page = root / "content/pages/methode.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nIl y a [300 ruches](nombre:ruches).\n", encoding="utf-8")
    assert said(root) == []
    page.write_text(page.read_text(encoding="utf-8").replace("[300", "[299"), encoding="utf-8")
    assert [code for code, *_ in said(root)] == ["citation-perimee"]


def test_a_sentence_may_quote_what_its_rows_come_to(tmp_path: Path) -> None:
    _, root = large.twins(tmp_path, TWINS)
    derived = "    derive: {grouped: {of: pesees, by: [lieu]}}\n"
    replace(root, large.CONTRACT, derived, f"{derived}    scheme: pesee\n    quoted: [poids, moyenne]\n")
    page = root / "content/pages/methode.md"
    text = f"{page.read_text(encoding='utf-8')}\nAu sud, [999,605](pesee:sud) kg, [333,20](pesee:sud) en moyenne.\n"
    page.write_text(text, encoding="utf-8")
    assert said(root) == []
    page.write_text(text.replace("999,605", "999,6"), encoding="utf-8")
    assert [code for code, *_ in said(root)] == ["citation-perimee"]


def test_nobody_is_asked_to_choose_among_them(root: Path) -> None:
    catalogue = read_project(root).catalogue
    resource = catalogue.contracts.resources["visites"]
    assert choices(resource, resource.field("ruche"), {}, catalogue) is None


# --- What is published ---------------------------------------------------------------------------------------------


def test_packages_hold_all_its_rows(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validation, "FIRST", 50)
    monkeypatch.setattr(workbook_notes, "LARGE", 100)
    project = checked_project(root)
    built = folder.write(project.catalogue, project.settings, DATE, root / "paquets")
    [package] = [each for each in built if each.package.name == "jardins"]
    [written] = [table for table in package.own if table.sheet.name == "ruches"]
    with (package.folder / written.path).open(encoding="utf-8", newline="") as stream:
        published = list(csv.reader(stream))
    sources = [list(csv.reader(io.StringIO(data.decode())))[1:] for data in large.usual().values()]
    assert published[1:] == [row for rows_of_file in sources for row in rows_of_file]
    assert [file.format for file in written.files] == ["csv", "parquet"]
    with sqlite3.connect(package.folder / "jardins.sqlite") as base:
        assert base.execute("SELECT count(*), count(cadres) FROM ruches").fetchone()[0] == 300
    assert [sheet.name for sheet in validation.begun(package)] == ["ruches"]
    [verdict] = [each for each in validation.validate(built, project.catalogue) if each.package == "jardins"]
    assert verdict.valid
    assert verdict.rows < 300


def test_its_rows_have_a_page_to_go_through_them_once_they_are_many(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = read_project(root).catalogue
    package = catalogue.contracts.packages["jardins"]
    assert "ruches" not in explored.explored(package, catalogue)
    monkeypatch.setattr(explored, "MANY", 300)
    assert "ruches" in explored.explored(package, catalogue)


def test_its_fingerprint_follows_its_files(tmp_path: Path) -> None:
    prints = []
    for name, year in (("une", 2023), ("autre", 2022), ("encore", 2023)):
        root = large.project(tmp_path / name, {"ruches/a.csv": large.text(large.rows(40, year))})
        catalogue = read_project(root).catalogue
        prints.append(of_data(catalogue.contracts.packages["jardins"], catalogue))
    assert prints[0] == prints[2] != prints[1]


def test_no_line_of_a_very_large_file_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a.csv": "a,b\n1,2\n", "b.csv.gz": large.packed(b"a,b\n1,2\n")})
    shown = excerpts.Excerpts(tmp_path)(Position("a.csv", 2, 1))
    assert shown is not None
    assert shown.text == "1,2"
    assert excerpts.Excerpts(tmp_path)(Position("b.csv.gz", 2, 1)) is None
    monkeypatch.setattr(excerpts, "LARGEST", 4)
    assert excerpts.Excerpts(tmp_path)(Position("a.csv", 2, 1)) is None


def test_the_dictionary_says_what_the_values_are(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = read_project(root).catalogue
    ruches = sheet(catalogue, catalogue.contracts.resources["ruches"])
    rows_of_it = list(elsewhere_of(root).rows())
    frames = Counter(row[4] for row in rows_of_it if row[4] is not None)
    found = dict(zip((column.name for column in ruches.columns), profile.profiles(ruches), strict=True))
    assert (found["numero"].distinct, found["numero"].frequent) == (300, None)
    assert (found["cadres"].least, found["cadres"].greatest) == (min(frames), max(frames))
    assert (found["cadres"].filled, found["cadres"].distinct) == (frames.total(), len(frames))
    assert found["cadres"].frequent == frames.most_common(1)[0]
    days = [str(row[3]) for row in rows_of_it]
    assert list(profile.in_words(found["posee"]))[1] == f"de {min(days)} à {max(days)}"
    entry = {each.column.name: each for each in entries(ruches, catalogue.contracts)}["annee"]
    assert [text.replace("\u202f", " ").replace("\xa0", " ") for text in entry.values] == [
        "2 valeurs différentes",
        "de 2023 à 2024",
        "la plus fréquente : 2023 (60 % des valeurs)",
    ]
    monkeypatch.setattr(profile, "DISTINCT", 20)
    assert profile.profiles(ruches)[0].distinct is None
    assert preview(ruches)[0][0] == "000001"


# --- Other states of the project -----------------------------------------------------------------------------------


def test_a_copy_of_the_project_reads_the_files_where_they_are(root: Path) -> None:
    with copied(root) as writer:
        assert not (writer.root / large.FOLDER).exists()
        assert checked_project(writer.root, lender=root).diagnostics == ()


def test_a_former_state_has_the_files_that_have_not_changed(root: Path) -> None:
    write(root, {".gitignore": f"/{large.FOLDER}/\n"})
    commit(root)
    write(root, {"content/bilans/visites.yaml": '- {id: une, ruche: "000002"}\n'})
    with states(root, "HEAD", "") as (old, new):
        assert (old.faults, new.faults) == (0, 0)
        [changed] = compare(old.catalogue, new.catalogue)
        assert changed.name == "visites"


CHANGED = [
    "1,nord,1.500,3,2024-01-02,2024",
    "2,nord bis,1.6,,2023-05-06,2023",
    "4,nord,7,5,2024-12-31,2022",
    *TWINS[4:],
    "11,sud,3,2,,",
    "12,sud,,2,,",
]


def changed(root: Path, lines: list[str]) -> Path:
    """A committed project of `large.twins` with other rows; the former file of the large table is kept under another name."""
    write(root, {".gitignore": f"/{large.FOLDER}/\n"})
    commit(root)
    data = large.text([large.TWIN, *lines])
    if (root / large.FOLDER).is_dir():
        write(root, {f"{large.FOLDER}/avant/2023.csv": (root / large.FOLDER / "pesees/a.csv").read_bytes()})
        large.change(root, "pesees/a.csv", data)
    else:
        write(root, {"content/pesees/a.csv": data})
    return root


def as_told(line: Line) -> Line:
    """A line, wherever the files are: a group stands in its contract, or at the first of its rows."""
    place = "" if line.table == "Pesées par lieu" else line.place.replace("donnees/", "content/")
    return dc_replace(line, place=place)


def test_a_change_of_a_large_table_is_told_as_that_of_a_small_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, noted, reasons = [], [], []
    for root in large.twins(tmp_path, TWINS):
        with states(changed(root, CHANGED), "HEAD", "") as (old, new):
            assert (old.faults, new.faults) == (0, 0)
            found = review(old, new)
            sections = [
                (part.title, part.total, [as_told(line) for line in part.lines])
                for part in tell(found).sections
                if part.name != "contract"
            ]
            told.append(sections)
            asked = noting.asked("jardins", noting.difference(old.catalogue, new.catalogue, {}, False))
            noted.append(asked.notes)
            reasons.append(asked.reasons)
            if root.name == "grande":
                monkeypatch.setattr(duck_changes, "MOST", 1)
                short = review(old, new)
                assert summary(short) == summary(found)
                assert [part.total for part in tell(short).sections] == [part.total for part in tell(found).sections]
                again = noting.difference(old.catalogue, new.catalogue, {}, False)
                notes = [note for note in noting.asked("jardins", again).notes if note.table == "pesees"]
                [rows] = [note for note in notes if note.kind == "added"]
                assert (rows.rows, rows.more) == (("11",), 1)
    assert told[0] == told[1]
    assert noted[0] == noted[1]
    assert reasons[0] == reasons[1]


def test_rows_of_a_large_table_that_others_named_weigh(root: Path) -> None:
    write(root, {".gitignore": f"/{large.FOLDER}/\n"})
    commit(root)
    before = (root / large.FOLDER / "ruches/2023.csv").read_bytes()
    lines = before.decode().splitlines()
    large.change(root, "ruches/2023.csv", large.text([lines[0], *lines[3:]]))
    write(root, {"content/bilans/visites.yaml": '- {id: une, ruche: "000003"}\n'})
    with states(root, "HEAD", "") as (old, new):
        [told] = [table for table in compare(old.catalogue, new.catalogue) if table.told]
        assert (told.name, told.totals) == ("ruches", None)
        assert f"path: ruches/2023.csv, bytes: {len(before)}" in str(told.told[0])
        contract = schemas.compare(old.catalogue.contracts, new.catalogue.contracts)
        found = {each.package: each for each in releases(old.catalogue, new.catalogue, [told], contract)}
        reasons = [(each.weight.name, each.what, each.table) for each in found["jardins"].reasons]
        assert reasons == [("MINOR", "files changed", "ruches")]  # its rows are not known: at least that
    write(root, {f"{large.FOLDER}/gardé.csv": before})
    with states(root, "HEAD", "") as (old, new):
        tables = compare(old.catalogue, new.catalogue)
        contract = schemas.compare(old.catalogue.contracts, new.catalogue.contracts)
        [release] = [
            each for each in releases(old.catalogue, new.catalogue, tables, contract) if each.package == "jardins"
        ]
        weighed = [(each.weight.name, each.what, each.count) for each in release.reasons if each.table == "ruches"]
        assert weighed == [("MAJOR", "removed, used", 1), ("MINOR", "removed", 1)]


def test_rows_in_another_order_or_with_another_key_are_said(tmp_path: Path) -> None:
    _, root = large.twins(tmp_path, TWINS)
    with states(changed(root, TWINS[::-1]), "HEAD", "") as (old, new):
        asked = noting.asked("jardins", noting.difference(old.catalogue, new.catalogue, {}, False))
        assert [(note.kind, note.more) for note in asked.notes if note.table == "pesees"] == [("moved", 10)]
    replace(
        root,
        large.CONTRACT,
        "{name: cadres, type: integer, title: Cadres, unit",
        "{name: rayons, from: cadres, type: integer, title: Rayons, unit",
    )
    for kind in ("mean", "sum"):
        replace(root, large.CONTRACT, f"{kind}: cadres", f"{kind}: rayons")
    with states(root, "HEAD", "") as (old, new):
        found = noting.difference(old.catalogue, new.catalogue, {"pesees": {"cadres": "rayons"}}, False)
        assert found.tables["pesees"].totals == Changes(10, moved=10, first_added=[], first_removed=[])
    key = "      primaryKey: [numero{}]\n\n  - name: pesees_par"
    replace(root, large.CONTRACT, key.format(""), key.format(", lieu"))
    with states(root, "HEAD", "") as (old, new):
        [table] = [table for table in compare(old.catalogue, new.catalogue) if table.name == "pesees"]
        assert "clé primaire" in str(table.told[0])


def test_a_former_state_whose_files_have_changed_is_not_wholly_known(root: Path) -> None:
    write(root, {".gitignore": f"/{large.FOLDER}/\n"})
    commit(root)
    large.change(root, "ruches/2024.csv", large.text(large.rows(130, 2024, 181)))
    with states(root, "HEAD", "") as (old, new):
        assert (old.faults, new.faults) == (1, 0)
        assert not any(table.added or table.removed for table in compare(old.catalogue, new.catalogue))
        [told] = schemas.compare(old.catalogue.contracts, new.catalogue.contracts)
        assert (told.what, told.table, told.weight) == ("files", "ruches", schemas.Weight.MINOR)
