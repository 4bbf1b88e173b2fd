"""CSV files: recognised whatever their cells hold, read as their contract says they are written, told in the words of a
spreadsheet; what they lose in silence is said; what they publish is executed by no spreadsheet.
"""

from __future__ import annotations

import csv
import html
import io
import json
import random
import re
from pathlib import Path

import pytest
from samples import BASE, DATE, ROOT, checked, copy_base, replace, write

from generator.commands.check import checked_project
from generator.diagnostics.finding import Diagnostic
from generator.documents.csv import parse_csv
from generator.documents.dialect import DELIMITERS, Dialect
from generator.documents.encodings import ENCODINGS, NARROW, recognised
from generator.documents.manner import AS_USUAL, Manner
from generator.documents.nodes import Broken, Document, Mapping, Scalar, Sequence
from generator.packages import folder as export
from generator.packages import validation
from generator.values.formulas import executed

CONTRACT, ROWS = "datapackages/jardins/datapackage.yaml", "content/jardins/releves.csv"
COLUMNS = {"code": "Code", "libelle": "Libellé", "montant": "Montant"}


def read(
    text: str | bytes, dialect: Dialect = AS_USUAL.dialect, encoding: str = "utf-8", columns: dict[str, str] = COLUMNS
) -> tuple[Document, list[Diagnostic]]:
    data = text if isinstance(text, bytes) else text.encode()
    return parse_csv("f.csv", data, Manner(dialect, encoding, columns))


def rows(document: Document) -> list[dict[str, str]] | None:
    """The cells of each row by their columns, "?" for what is broken."""
    if not isinstance(document.root, Sequence):
        return None
    return [
        {name: cell.text for name, cell in item.nodes.items() if isinstance(cell, Scalar)}
        if isinstance(item, Mapping)
        else {"?": ""}
        for item in document.root.items
    ]


def told(found: list[Diagnostic]) -> list[str]:
    return [f"{d.code} {d.position.line}:{d.position.column}" for d in found]


# --- Recognition ---

CELLS = [
    ["un", "2"],
    ["un; deux", "2"],
    ["un, deux, trois", "2,5"],
    ["a|b|c", "2"],
    ["un\tdeux", "2"],
    ['dit "oui; non"', "2"],
    ["sur\ndeux; lignes, oui", "2"],
    ["l’été d'hier", ""],
    ["", "2"],
]


def written(cells: list[list[str]], delimiter: str, quote: str = '"', every: bool = False) -> str:
    stream = io.StringIO()
    quoting = csv.QUOTE_ALL if every else csv.QUOTE_MINIMAL
    csv.writer(stream, delimiter=delimiter, quotechar=quote, quoting=quoting, lineterminator="\n").writerows(cells)
    return stream.getvalue()


TABLE = [["code", "libelle", "montant"], *([str(number), *cells] for number, cells in enumerate(CELLS))]
READ = [
    {name: cell for name, cell in zip(TABLE[0], row, strict=True) if cell} for row in TABLE[1:]
]  # what the table says


@pytest.mark.parametrize("every", [False, True])
@pytest.mark.parametrize("quote", ['"', "'"])
@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_a_dialect_is_recognised_then_read_as_declared(delimiter: str, quote: str, every: bool) -> None:
    text = written(TABLE, delimiter, quote, every)
    document, found = read(text)
    if (delimiter, quote) == (",", '"'):
        assert (rows(document), found) == (READ, [])
        return
    assert document.root is None
    place = f"1:{7 if every else 5}" if delimiter != "," else "1:1"
    assert told(found) == [f"csv-mal-forme {place}"]
    declared = Dialect(delimiter=delimiter, quote=quote)
    document, found = read(text, declared)
    assert (rows(document), found) == (READ, [])


@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize("cells", CELLS, ids=lambda cells: repr(cells[0]))
def test_one_row_is_enough(delimiter: str, cells: list[str]) -> None:
    document, found = read(written([TABLE[0], ["1", *cells]], delimiter))
    assert told(found) == ([] if delimiter == "," else ["csv-mal-forme 1:5"])
    assert (document.root is None) == (delimiter != ",")


@pytest.mark.parametrize("text", ["libelle\nun; deux\ntrois; quatre\n", "libelle\na|b\n", 'libelle\n"a, b"\nl\'eau\n'])
def test_a_single_column_has_no_separator(text: str) -> None:
    document, found = read(text, columns={"libelle": "Libellé"})
    assert rows(document)
    assert found == []


def test_another_dialect_than_the_declared_one_is_told() -> None:
    text = written(TABLE, ",")
    document, found = read(text, Dialect(delimiter=";"))
    assert (document.root, told(found)) == (None, ["csv-mal-forme 1:5"])
    assert "déclare le contrat" in str(found[0].hint)


def test_every_file_that_is_declared_is_read_at_its_places() -> None:
    text = "Titre; à sauter\n# commentaire; oui\ncode; libelle; montant\n1; 'un; l''eau'; 2\n"
    dialect = Dialect(delimiter=";", quote="'", comment="#", header_row=3, skip_initial_space=True)
    document, found = read(text.encode("utf-16"), dialect, "utf-16")
    assert (rows(document), found) == ([{"code": "1", "libelle": "un; l'eau", "montant": "2"}], [])
    assert isinstance(document.root, Sequence)
    row = document.root.items[0]
    assert isinstance(row, Mapping)
    assert [str(document.at(cell.mark)) for cell in row.nodes.values()] == ["f.csv:4:1", "f.csv:4:4", "f.csv:4:18"]


@pytest.mark.parametrize("encoding", [name for name in ENCODINGS if name != "utf-8"])
def test_an_encoding_is_recognised_then_read_as_declared(encoding: str) -> None:
    text = "code,libelle,montant\n1,un été à l’œuvre,2\n"
    if encoding in ("iso-8859-1", "iso-8859-15", "ibm850"):
        text = text.replace("’", "'").replace("œ", "é")
    data = text.encode(encoding)
    document, found = read(data)
    assert document.root is None
    assert [d.code for d in found] == ["pas-en-utf8"]
    seen = recognised(data)
    assert f"encoding: {seen}" in str(found[0].hint)
    assert data.decode(seen) == text.removeprefix("\ufeff"), "what is proposed reads the text"
    document, found = read(data, encoding=encoding)
    assert (rows(document), found) == ([{"code": "1", "libelle": text.split(",")[3], "montant": "2"}], [])


@pytest.mark.parametrize("encoding", NARROW)
def test_utf_8_under_another_name_is_told(encoding: str) -> None:
    document, found = read("code,libelle,montant\n1,été,2\n", encoding=encoding)
    assert (document.root, told(found)) == (None, ["pas-en-utf8 1:1"])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_lines_of_an_unknown_encoding_are_counted_as_they_will_be_read(end: str) -> None:
    data = f"code,libelle,montant{end}1,un,2{end}2,dé,3{end}".encode("windows-1252")
    assert told(read(data)[1]) == ["pas-en-utf8 3:4"]
    assert told(read(b"\xef\xbb\xbf" + data)[1]) == ["pas-en-utf8 3:4"]
    assert told(read(b"\xef\xbb\xbf\xe9")[1])[0] == "pas-en-utf8 1:1"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("1,u\rn,2", ["csv-mal-forme 2:1"]),
        ("1,un,2\rdeux", ["csv-mal-forme 2:1"]),
        ('1,"u\nn",2\rdeux', ["csv-mal-forme 3:1"]),
        ('1,"u\rn",2', []),
        ("1,un,2\r2,deux,3", []),
        ("1,un", ["csv-mal-forme 2:1"]),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_return_alone_that_cuts_a_row_is_told(row: str, said: list[str], end: str) -> None:
    """Once for both halves; between quotes it ends a line of the text, and between two rows it ends the first."""
    found = read(end.join(("code,libelle,montant", row, "3,trois,4", "")))[1]
    assert told(found) == said
    assert [d for d in found if "(CR)" in str(d.message)] == (found if "\r" in row else [])


def test_both_faults_of_a_french_export_are_told_at_once() -> None:
    found = read("code;libelle;montant\n1;été;2\n".encode("windows-1252"))[1]
    assert told(found) == ["pas-en-utf8 2:3", "csv-mal-forme 1:5"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('code,libelle,montant\n1,"un,2\n2,deux,3\n', "2:3"),
        ('code,libelle,montant\n1,"un,2\n2,"deux",3\n', "2:3"),
        ('code,libelle,montant\n1,un,2\n2,"' + "x\n" * 5000, "3:3"),
        ('code,libelle,montant\n1,"un" et deux,2\n', "2:3"),
    ],
)
def test_a_quote_is_told_where_it_opens(text: str, place: str) -> None:
    assert told(read(text)[1]) == [f"csv-mal-forme {place}"]


@pytest.mark.parametrize(
    "text", ["a;" * 3000, '"' * 9000, "'" * 9000, "a,b\n" * 3000, 'a,"' * 3000, "\n" * 9000, "sep=,"]
)
def test_odd_files_have_an_answer(text: str) -> None:
    for dialect in (Dialect(), Dialect(delimiter=";", quote="'", comment="#", header_row=2, skip_initial_space=True)):
        _, found = read(text, dialect)
        assert all(1 <= d.position.line <= text.count("\n") + 1 for d in found)


# --- What is published does not depend on how it is written ---


def packages(root: Path) -> dict[str, bytes]:
    project = checked_project(root)
    assert [str(d) for d in project.diagnostics] == []
    export.write(project.catalogue, project.settings, DATE, root / "build" / "packages")
    place = root / "build" / "packages"
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*.*")}


DECLARED = {  # what the contract says, and the file that says the same as that of the base
    "semicolons": ('dialect: {delimiter: ";"}', lambda table: written(table, ";").encode()),
    "tabs in utf-16": (
        'encoding: utf-16\n    dialect: {delimiter: "\\t"}',
        lambda t: written(t, "\t").encode("utf-16"),
    ),
    "windows": ("encoding: windows-1252", lambda table: written(table, ",").replace("\n", "\r\n").encode("cp1252")),
    "apostrophes": ('dialect: {quoteChar: "\'"}', lambda table: written(table, ",", "'").encode()),
    "a title": ("dialect: {headerRows: [3]}", lambda table: b"Titre,,\n\n" + written(table, ",").encode()),
}


@pytest.mark.parametrize("name", DECLARED)
def test_the_package_is_the_same_however_the_file_is_written(name: str, tmp_path: Path) -> None:
    declared, make = DECLARED[name]
    usual, other = copy_base(tmp_path / "usual"), copy_base(tmp_path / "other")
    table = list(csv.reader(io.StringIO((BASE / ROWS).read_text(encoding="utf-8"))))
    table[1][-1] += " d’été"
    write(usual, {ROWS: written(table, ",")})
    write(other, {ROWS: make(table)})
    replace(
        other,
        CONTRACT,
        "    content: {csv: jardins/releves.csv}",
        f"    content: {{csv: jardins/releves.csv}}\n    {declared}",
    )
    assert packages(usual) == packages(other)


# --- The header ---


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Un titre\n\ncode,libelle,montant\n1,un,2\n", ["csv-en-tete 1:1"]),
        (",,\ncode,libelle,montant\n1,un,2\n", []),
        ("# note\n# note\ncode,libelle,montant\n1,un,2\n", ["csv-en-tete 1:1"]),
        ("sep=,\ncode,libelle,montant\n1,un,2\n", ["csv-en-tete 1:1"]),
        ('"sep=;"\ncode;libelle;montant\n', ["csv-en-tete 1:1"]),
        ("1,un,2\n2,deux,3\n", ["csv-en-tete 1:1"]),
        ("1;un;2\n2;deux;3\n", ["csv-mal-forme 1:2", "csv-en-tete 1:1"]),
        ("code,libelle,montant\n1,un,2\ncode,libelle,montant\n2,deux,3\n", ["csv-en-tete 3:1"]),
        ("code,libelle,montant,\n1,un,2,\n", ["csv-en-tete 1:22"]),
        ("code,libelle,code\n1,un,2\n", ["cle-en-double 1:14"]),
        ("Code,Libellé,Montant\n1,un,2\n", []),
        ("cod,libele,montan\n1,un,2\n", []),
        ("\ufeffcode,libelle,montant\n1,un,2\n", []),
        ("# rien\n# de plus\n", []),
        ("", []),
    ],
)
def test_the_first_line_is_the_header(text: str, said: list[str]) -> None:
    assert told(read(text)[1]) == said


def test_what_is_wrong_with_a_header_is_told_once(tmp_path: Path) -> None:
    root = copy_base(tmp_path)
    lines = "".join(f"r{number},clos-vert,2020-01-05,x\n" for number in range(50))
    write(root, {ROWS: "id,jardin,Jour,autre\n" + lines})
    assert checked(root)[:2] == [f"cle-inconnue {ROWS}:1:11", f"cle-inconnue {ROWS}:1:16"]
    assert len(checked(root)) == 2


# --- The words of a spreadsheet ---

OTHER_WORDS = re.compile(
    r"(?<!\.)\byaml\b|\bclés?\b|retrait|supprimez la ligne|deux-points|tiret|accolade", re.IGNORECASE
)
FAULTY = {
    "missing": "id,jardin,jour,temperature,remarque\nr1,,2020-01-05,1,\n",
    "missing column": "id,jardin\nr1,clos-vert\n",
    "unknown column": "id,jardin,jour,Température\nr1,clos-vert,2020-01-05,1\n",
    "no-break column": "\u00a0id,jardin,jour\nr1,clos-vert,2020-01-05\n",
    "no-break cell": "id,jardin,jour\n\u00a0r1,clos-vert,2020-01-05\n",
    "indented rows": "id,jardin,jour\n  \u00a0r1,clos-vert,2020-01-05\n",
    "words for absence": "id,jardin,jour,temperature,remarque\nr1,clos-vert,2020-01-05,nd,NA\nr2,clos-vert,null,…,…\n",
    "types": "id,jardin,jour,temperature,remarque\nr1,clos-vert,5 mai 2020,tiède,\n",
    "bounds": "id,jardin,jour,temperature,remarque\nr1,clos-vert,2020-01-05,99,\n",
    "identifier": "id,jardin,jour\nR 1,clos-vert,2020-01-05\n",
    "reference": "id,jardin,jour\nr1,clos-bleu,2020-01-05\n",
    "twins": "id,jardin,jour\nr1,clos-vert,2020-01-05\nr1,clos-vert,2020-01-05\n",
    "formula": 'id,jardin,jour,temperature,remarque\nr1,clos-vert,2020-01-05,,"a;=1"\nr2,clos-vert,2020-01-06,,-\nr3,clos-vert,2020-01-07,,=1\n',
    "uneven": "id,jardin,jour\nr1,clos-vert\n",
    "separator": "id;jardin;jour\nr1;clos-vert;2020-01-05\n",
    "header": "rien\n\nid,jardin,jour\nr1,clos-vert,2020-01-05\n",
    "quote": 'id,jardin,jour\n"r1,clos-vert,2020-01-05\n',
    "invisible": "id,jardin,jour\nr1,clos-vert,2020-01-05\u200b\n",
    "empty": "id,jardin,jour\n",
    "leftovers": "id,jardin,jour,temperature,remarque\nr1,clos-vert,2020-01-05,#REF!,#REF!\nr2,clos-vert,2020-01-06,,7.92E+13\n",
    "misread": "id,jardin,jour,temperature,remarque\nr1,clos-vert,2020-01-05,,Ã©tÃ©\n",
}


@pytest.mark.parametrize("name", FAULTY)
def test_a_csv_is_told_in_words_of_cells(name: str, tmp_path: Path) -> None:
    root = write(copy_base(tmp_path), {ROWS: FAULTY[name]})
    found = checked_project(root).diagnostics
    assert found
    assert [f"{d.message} {d.hint}" for d in found if OTHER_WORDS.search(f"{d.message} {d.hint}")] == []


def test_rules_and_incomplete_references_are_told_in_words_of_cells(tmp_path: Path) -> None:
    root = copy_base(tmp_path)
    rule = '      rules:\n        - {when: {temperature: "0"}, forbid: [remarque], message: "Rien à zéro."}\n'
    rule += '        - {when: {temperature: "1"}, require: [remarque], message: "Une remarque à un."}\n'
    replace(root, CONTRACT, "      uniqueKeys: [[jardin, jour]]\n", rule + "      uniqueKeys: [[jardin, jour]]\n")
    table = "id,jardin,jour,temperature,remarque\nr1,clos-vert,2020-01-05,0,gel\nr2,clos-vert,2020-01-06,1,\n"
    found = checked_project(write(root, {ROWS: table})).diagnostics
    assert [str(d.hint) for d in found] == [
        "Retirez la valeur de «\u202fremarque\u202f».",
        "Donnez une valeur à «\u202fremarque\u202f».",
    ]


# --- Words for absence ---

COUNTRIES = """
  - name: pays
    title: Pays
    content: {csv: jardins/pays.csv}
    schema:
      fields:
        - {name: code, type: string, title: Code, constraints: {pattern: "[A-Z]{2}"}}
        - {name: nom, type: string, title: Nom}
      primaryKey: [code]

  - name: semences
    title: Semences
    content: {csv: jardins/semences.csv}
    schema:
      fields:
        - {name: id, type: string, title: Identifiant}
        - {name: pays, type: string, title: Pays}
        - {name: sac, type: string, title: Sac%s}
      primaryKey: [id]
      foreignKeys:
        - {fields: [pays], reference: {resource: pays, fields: [code]}}

pages:
"""


def with_countries(root: Path, sac: str = "", bag: str = "") -> Path:
    replace(copy_base(root), CONTRACT, '\n"dct:temporal"', COUNTRIES.removesuffix("pages:\n") % sac + '"dct:temporal"')
    return write(
        root,
        {
            "content/jardins/pays.csv": "code,nom\nNA,Namibie\nFR,France\n",
            "content/jardins/semences.csv": f"id,pays,sac\ns1,NA,{bag}\n",
        },
    )


def test_a_word_that_its_contract_permits_is_a_value(tmp_path: Path) -> None:
    project = checked_project(with_countries(tmp_path))
    assert project.diagnostics == ()
    assert [record["code"] for record in project.catalogue["pays"]] == ["NA", "FR"]
    assert project.catalogue["semences"][0]["pays"] == "NA", "what names it takes it too"


def test_what_a_contract_permits_is_taken_by_frictionless(tmp_path: Path) -> None:
    root = with_countries(tmp_path, ", categories: [{value: NA, label: Namibie}]", "NA")
    project = checked_project(root)
    built = export.write(project.catalogue, project.settings, DATE, root / "build" / "packages")
    assert [d for report in validation.validate(built, project.catalogue) for d in report.diagnostics] == []


@pytest.mark.parametrize(
    ("sac", "value", "said"),
    [
        ("", None, ["mot-reserve content/jardins/semences.csv:2:7"]),
        (', missingValues: ["", NA]', None, []),
        (", constraints: {enum: [NA, petit]}", "NA", []),
        (", categories: [{value: NA, label: Namibie}]", "NA", []),
        (", constraints: {pattern: '[A-Z]+'}", "NA", []),
        (", constraints: {pattern: '[a-z]+'}", None, ["mot-reserve content/jardins/semences.csv:2:7"]),
    ],
)
def test_a_word_for_absence_obeys_its_contract(sac: str, value: str | None, said: list[str], tmp_path: Path) -> None:
    root = with_countries(tmp_path, sac, "NA")
    assert checked(root) == said
    assert checked_project(root).catalogue["semences"][0]["sac"] == value


def test_readers_are_told_of_words_that_are_values(tmp_path: Path) -> None:
    from generator.commands.making.pipeline import write_pages

    root = with_countries(tmp_path / "p")
    project = checked_project(root)
    built = export.write(project.catalogue, project.settings, DATE, root / "build" / "packages")
    write_pages(project, built, (), root / "build" / "docs")
    pages = {name: (root / "build" / "docs" / "donnees" / f"{name}.md") for name in ("jardins", "botanique")}
    shown = {
        name: (path if path.exists() else path.with_suffix("") / "index.md").read_text("utf-8")
        for name, path in pages.items()
    }
    for page in shown.values():
        assert "keep_default_na=False" in page
        assert 'na.strings = ""' in html.unescape(page)
    assert "(NA)" in shown["jardins"]
    assert "prennent pour une absence" not in shown["botanique"]
    descriptor = json.loads((root / "build" / "packages" / "jardins" / "datapackage.json").read_text("utf-8"))
    assert {tuple(table["schema"]["missingValues"]) for table in descriptor["resources"]} == {("",)}


# --- What a spreadsheet leaves ---


def leftovers(root: Path, *values: str) -> list[str]:
    lines = "".join(f'r{n},clos-vert,2020-01-{n + 1:02},,"{value}"\n' for n, value in enumerate(values))
    project = checked_project(write(copy_base(root), {ROWS: "id,jardin,jour,temperature,remarque\n" + lines}))
    return [f"{d.code} {d.position.line} {d.suggestion}".strip() for d in project.diagnostics]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (["#REF!"], ["reste-de-tableur 2"]),
        (["voir #NOM?", "#VALEUR!"], ["reste-de-tableur 2"]),
        (["#####"], ["reste-de-tableur 2"]),
        (["Err:502"], ["reste-de-tableur 2"]),
        (["7,92E+13", "7.92E+13"], ["reste-de-tableur 2"]),
        (["01001", "1002", "2A004"], ["reste-de-tableur 3 01002"]),
        (["10001", "69123", "1001", "75056"], ["reste-de-tableur 4"]),
        (["9998", "9999", "10000", "10001"], []),
        (["8", "9", "10", "11"], []),
        (["01001", "mille deux"], []),
        (["75056", "01001", "#"], []),
        (["0,5", "12", "1E5", "2E05"], []),
        (["n° 3", "#3", "C#", "##"], []),
        (["Ã©tÃ©"], ["texte-mal-lu 2 été"]),
        (["dâ€™Å“uvre", "Ã©tÃ©"], ["texte-mal-lu 2 d’œuvre"]),
        (["√©t√© d‚Äôhiver"], ["texte-mal-lu 2 été"]),
        (["├®t├®"], ["texte-mal-lu 2 été"]),
        (["2¬∞", "l’≈ìuvre"], ["texte-mal-lu 2 2°"]),
        (["√2", "a ¬ b", "≈ 3", "├─ a", "ÔÇ"], []),
        (["MANHÃ", "Âge", "Ålesund", "garçon", "« É »", "CAFÉ\u00a0!", "Å"], []),
    ],
)
def test_a_leftover_is_told_once(values: list[str], said: list[str], tmp_path: Path) -> None:
    assert leftovers(tmp_path, *values) == said


def test_a_code_that_lost_its_zeros_is_given_back(tmp_path: Path) -> None:
    root = with_countries(tmp_path, ', constraints: {pattern: "[0-9]{5}"}', "1001")
    found = checked_project(root).diagnostics
    assert [(d.code, d.suggestion) for d in found] == [("forme", "01001")]
    assert "tableur" in str(found[0].hint)


def test_a_table_that_is_gone_is_told_unless_its_file_is_elsewhere(tmp_path: Path) -> None:
    root = copy_base(tmp_path)
    (root / ROWS).rename(root / "content" / "releves.csv")
    assert [place.split()[0] for place in checked(root)] == ["fichier-sans-table"]
    (root / "content" / "releves.csv").unlink()
    assert checked(root) == [f"table-vide {CONTRACT}:74:20"]
    write(root, {ROWS: "", "content/bilans/voisinages.yaml": "[]\n"})
    assert checked(root) == [f"table-vide {ROWS}"], "an empty list that is written is meant"


# --- No formula leaves ---

AFTER = [
    *("x;=cmd|' /C calc'!A0;y", "a\n=1+1", "a\t@SUM(1)", "a; =1", 'a;"=1', "a;'=1", "a;-un", "a\n-A1", "a\n- A1"),
    *("a;+SUM(A1)", "a\n- SOMME(A1)", "a\n- un +cmd|' /C calc'!A0", "a;|calc", "a\n|' /C calc'!A0", "a;%a", "a;＝1"),
    *("a\n＋A1", "a;-1+1", "a\n- 2+3", "a ; @b", "x;[=1](plante:a)", "a\n- Feuil1!A1", "a\n- (1+1)", "a\n-\u00a0A1"),
    *("a\n\n\n=1", "a;;=1", "a;\t=1", "a\n- 2024-01-15", "a;--1", "a\n+1 mot +cmd|'x'!A0"),
]
KEPT = [
    *(
        "a\n- un\n- deux",
        "a ; - un",
        "a\n- 3 000 places",
        "a\n- A4 paysage",
        "a\n- 14h30",
        "a\n- les mot(s) utiles",
        "a\n- bravo !",
    ),
    *("a\n| x | y |\n|---|---|\n| 1 | 2 |", "a\n====", "a\n-----", "a; % du total", "a\n+ 12 %", "a;-1", "a;-;b"),
    *("a\n+33 1 23 45 67 89", "a\n- **gras** : b", "a\n* un", "a\n1. un", "a=b; c = d", "a ; b@c.fr", "a\n- « un »"),
    *("a\n- [un](plante:a) ; - deux", "a;−5 points", "un ; deux"),
]


@pytest.mark.parametrize("text", AFTER)
def test_a_formula_after_a_separator_is_refused(text: str) -> None:
    for prose in (False, True):
        sign, starts = executed(text, prose)
        assert (bool(sign), starts) == (True, False)


@pytest.mark.parametrize("text", KEPT)
def test_lists_tables_and_figures_after_a_separator_are_kept(text: str) -> None:
    assert executed(text) == executed(text, prose=True) == ("", False)


def test_a_prose_may_start_with_a_list_or_a_table() -> None:
    for text in ("- un\n- deux", "+ un", "| a | b |\n|---|---|"):
        assert executed(text, prose=True) == ("", False)
        assert executed(text)[0], "a plain text does not"
    for text in ("=1", "@a", "- A1", "-A1", "+SOMME(1)", "|a", "[=1](plante:a)", "=[-](\tx)1+1"):
        assert executed(text, prose=True) == (text.lstrip("[")[0], True)


@pytest.mark.parametrize(
    "root",
    [pytest.param(ROOT, marks=pytest.mark.here), ROOT / "tests" / "second_site", BASE],
    ids=lambda path: path.name,
)
def test_no_cell_of_an_export_is_executed(root: Path, tmp_path: Path) -> None:
    """Each cell, and each piece that a spreadsheet would make of it with another separator, starts as text or as a number."""
    project = checked_project(root)
    export.write(project.catalogue, project.settings, DATE, tmp_path)
    cells = 0
    for path in tmp_path.rglob("*.csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            for cell in (cell for row in csv.reader(stream) for cell in row):
                for piece in re.split(r"[;\t\r\n]", cell):
                    start = piece.lstrip(" \u00a0\u202f\"'")
                    cells += 1
                    assert start[:1] not in ("=", "@", "＝", "＋", "－", "＠"), (path.name, cell)
                    assert not re.match(r"[+-](?![0-9\s\u00a0\u202f-])", start), (path.name, cell)
                    assert not re.match(r"\|[^|]*\Z", start), (path.name, cell)
    assert cells


def test_what_is_broken_stays_apart() -> None:
    document, _ = read("code,libelle,montant\n1,un\n2,deux,3\n")
    assert isinstance(document.root, Sequence)
    assert isinstance(document.root.items[0], Broken)


def test_random_tables_are_recognised_and_read() -> None:
    """Hand-made property: whatever its cells hold, a table as usual gives no fault, another one is told, and read once declared."""
    pieces = ["a", "é", "; ", ",", "|", "\t", "\n", "'", '"', "1", "2,5", " mot", "=", "# "]
    for seed in range(400):
        chooser = random.Random(seed)
        names = ["code", "libelle", "montant", "jour", "note"][: chooser.randrange(2, 6)]
        cells = [["".join(chooser.choices(pieces, k=chooser.randrange(7))).strip(" ") for _ in names] for _ in range(9)]
        table = [names, *([str(number), *row[1:]] for number, row in enumerate(cells))]
        columns, delimiter = {name: name.title() for name in names}, chooser.choice(DELIMITERS)
        text = written(table, delimiter)
        said = told(read(text, columns=columns)[1])
        assert said == ([] if delimiter == "," else ["csv-mal-forme 1:5"]), (seed, text)
        document, found = read(text, Dialect(delimiter=delimiter), columns=columns)
        wanted = [{name: cell for name, cell in zip(names, row, strict=True) if cell} for row in table[1:]]
        assert (rows(document), found) == (wanted, []), (seed, text)
