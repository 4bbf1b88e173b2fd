"""The page of a table: what its scripts read of a Parquet file that we write, by Node; the page itself, in a real browser."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browser import Visit, moved_by
from clients.programs import node_program, ran
from samples import copy_base

from generator import layout
from generator.catalogue.explored import MANY, explored
from generator.commands.check import checked_project
from generator.commands.making.pipeline import build
from generator.contracts.field import Field
from generator.diagnostics.finding import Position
from generator.packages.folder import planned
from generator.packages.formats import csv as csv_format
from generator.packages.formats import parquet
from generator.packages.numbers import numbers
from generator.packages.sheets import Row, Sheet
from generator.pages import exploring
from generator.pages.all import Pages
from generator.site import engine, preview, scripts
from generator.site.board import Board
from generator.site.serving import Server
from generator.values.types import TYPES, Value
from tests.edits.sessions import WARM, opened
from tests.readers.rules import violations

if TYPE_CHECKING:
    from playwright.sync_api import Route

Visiting = Callable[..., Visit]
ROOT = Path(__file__).resolve().parent
SECOND = ROOT / "second_site"
ASSETS = ROOT.parent / "generator/theme/assets"

# The libraries of others, unchanged: the SHA-256 of the names and the bytes of each folder.
VENDORED = {
    "fzstd-0.1.1": "4e6f9faeb594912ff14d25c0ee33edb4dbc7b1ec7b4e604f7e89c6b64f644e03",
    "hyparquet-1.33.0": "72a8d483dfdf09f4f34cec3a681fe4bf903fcd81ff709b01eabb49fa1e9594e8",
}


@pytest.mark.parametrize("name", VENDORED)
def test_the_libraries_of_others_are_unchanged(name: str) -> None:
    files = sorted((ASSETS / name).iterdir())
    found = hashlib.sha256(b"".join(file.name.encode() + b"\0" + file.read_bytes() for file in files)).hexdigest()
    assert found == VENDORED[name]
    assert "Permission is hereby granted, free of charge" in (ASSETS / name / "LICENSE.txt").read_text(encoding="utf-8")
    knowing = [file.name for file in ASSETS.glob("*.js") if name in file.read_text(encoding="utf-8")]
    assert knowing == ["parquet.js"]


# --- The rows, by Node -------------------------------------------------------------------------------------------

GENRES = {"number": "nombre", "integer": "nombre", "date": "date", "boolean": "choix", "string": "texte"}
COLUMNS = {
    "commune": "string",
    "nom": "string",
    "places": "integer",
    "prix": "number",
    "ouvert": "date",
    "public": "boolean",
    "code": "integer",  # its words are in its contract: a choice among numbers
    "geant": "integer",  # more than 64 bits: a text in Parquet
}
CHOSEN = {"code": "choix"}
NAMES = ("Île d’Yeu", "ile", 'L\'Haÿ, "les Roses"', "Œuvre\nsur deux lignes", "zèbre", "Ａ")


def rows(count: int) -> list[Row]:
    """Rows in the order of their first column; absences, accents, marks of CSV, large and negative numbers."""
    found: list[Row] = []
    for rank in range(count):
        price = Decimal(rank * 37 % 1000 - 500) / 100 if rank % 11 else Decimal("12345678901234567890.25")
        found.append(
            [
                f"{rank // 7:05d}",
                NAMES[rank % len(NAMES)] if rank % 5 else None,
                rank * 7919 % 997 if rank % 13 else None,
                price,
                date(1899, 12, 25) + timedelta(days=rank * 31) if rank % 3 else None,
                (None, True, False)[rank % 3],
                2 + rank * 9 // count,
                (10**20, 9 * 10**19)[rank % 2],
            ]
        )
    return found


def table(found: list[Row], types: dict[str, str] = COLUMNS) -> Sheet:
    columns = tuple(Field(name=name, type=kind, key=(name,), position=Position("x")) for name, kind in types.items())
    return Sheet("t", "T", "", None, columns, len(found), lambda: iter(found))  # type: ignore[arg-type]


PROGRAM = """
import fs from "node:fs/promises";
const [dossier, chemin, demandes] = process.argv.slice(2);
const { plages } = await import(`${dossier}/plages.js`);
const { ouvrir } = await import(`${dossier}/parquet.js`);
const { texte, vue } = await import(`${dossier}/vue.js`);
const { modele, vues } = JSON.parse(demandes);
const octets = await fs.readFile(chemin);
async function chercher(adresse, { headers }) {
  const [, debut, fin] = /bytes=(\\d+)-(\\d+)/.exec(headers.Range).map(Number);
  return new Response(octets.subarray(debut, fin + 1), { status: 206, headers: { "Content-Range": `bytes ${debut}-${fin}/${octets.length}` } });
}
const fichier = plages("x", octets.length, chercher);
const donnees = await ouvrir(fichier);
const toutes = vue(donnees, modele);
const faites = [];
for (const { conditions, tri, publie = null } of vues) {
  const avant = fichier.lus;
  const cout = toutes.cout(conditions, tri);
  const seen = await toutes.demander(conditions, tri);
  const lus = fichier.lus - avant;
  const premieres = (await seen.lignes(0, 3)).map((valeurs) => valeurs.map((v, rang) => texte(donnees.colonnes[rang], v)));
  const csv = (await seen.csv(publie)).join("");
  faites.push({ total: seen.total, csv, premieres, cout, lus, exacte: toutes.exacte });
}
console.log(JSON.stringify(faites));
"""


MODEL: list[dict[str, object]] = [{"genre": CHOSEN.get(name, GENRES[kind])} for name, kind in COLUMNS.items()]
MODEL[list(COLUMNS).index("prix")]["decimales"] = 0


def seen(
    path: Path, views: list[dict[str, Any]], folder: Path, model: list[dict[str, object]] = MODEL
) -> list[dict[str, Any]]:
    """What the scripts see of a file."""
    program = folder / "voir.mjs"
    program.write_text(PROGRAM, encoding="utf-8")
    asked = {"modele": model, "vues": views}
    done = ran(node_program(), program, ASSETS.as_uri(), path, json.dumps(asked))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def condition(column: str, what: str, value: str = "") -> dict[str, object]:
    return {"rang": list(COLUMNS).index(column), "quoi": what, "valeur": value}


def asked(*conditions: dict[str, object], by: str = "", down: bool = False) -> dict[str, Any]:
    order = {"rang": list(COLUMNS).index(by), "baisse": down} if by else None
    return {"conditions": list(conditions), "tri": order}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Row]]:
    """A file of eight groups."""
    path, found = tmp_path_factory.mktemp("table") / "t.parquet", rows(800)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parquet, "GROUP", 100)
        parquet.write(path, table(found))
    return path, found


# What each condition keeps, said again in Python.
KEPT: dict[str, tuple[dict[str, Any], Callable[[Row], bool]]] = {
    "all": (asked(), lambda row: True),
    "is": (asked(condition("commune", "est", "00042")), lambda row: row[0] == "00042"),
    "begins": (asked(condition("commune", "commence", "0004")), lambda row: str(row[0]).startswith("0004")),
    "accent": (asked(condition("nom", "commence", "Œ")), lambda row: str(row[1]).startswith("Œ")),
    "contains": (asked(condition("nom", "contient", "ÎLE")), lambda row: row[1] in ("Île d’Yeu", "ile")),
    "least": (asked(condition("places", "min", "900")), lambda row: row[2] is not None and int(str(row[2])) >= 900),
    "most": (asked(condition("prix", "max", "-4.99")), lambda row: Decimal(str(row[3])) <= Decimal("-4.99")),
    "equal": (asked(condition("prix", "est", "0.12")), lambda row: row[3] == Decimal("0.12")),
    "from": (asked(condition("ouvert", "min", "1960-01-01")), lambda row: row[4] is not None and str(row[4]) >= "1960-01-01"),
    "until": (asked(condition("ouvert", "max", "1899-12-31")), lambda row: row[4] is not None and str(row[4]) <= "1899-12-31"),
    "true": (asked(condition("public", "est", "true")), lambda row: row[5] is True),
    "absent": (asked(condition("nom", "vide")), lambda row: row[1] is None),
    "there": (asked(condition("places", "rempli"), condition("nom", "rempli")), lambda row: row[2] is not None and row[1] is not None),
    "code": (asked(condition("code", "est", "9")), lambda row: row[6] == 9),
    "giant": (asked(condition("geant", "min", "95000000000000000000")), lambda row: row[7] == 10**20),
    "none": (asked(condition("commune", "est", "99999")), lambda row: False),
}  # fmt: skip


def test_every_condition_keeps_what_it_says(written: tuple[Path, list[Row]], tmp_path: Path) -> None:
    path, found = written
    for (name, (_, keeps)), view in zip(
        KEPT.items(), seen(path, [view for view, _ in KEPT.values()], tmp_path), strict=True
    ):
        kept = [row for row in found if keeps(row)]
        assert view["total"] == len(kept), name
        assert view["csv"] == csv_format.text(table(kept)), name


# A column of each type that a contract may give, and numbers as people write them: always two decimals, at least one, without order.
EVERY = {kind: kind for kind in sorted(TYPES)} | dict.fromkeys(("two", "one", "giants"), "number")
WRITTEN: dict[str, tuple[str, ...]] = {
    "any": ("a;b", "007"),
    "array": ("[1,2.50]", '["à, b"]'),
    "boolean": ("true", "false"),
    "date": ("0001-01-01", "1969-12-31", "9999-12-31"),
    "datetime": ("2024-02-29T23:59:59Z", "2024-02-29T23:59:59.5Z"),
    "duration": ("P1Y2M", "PT0.5S"),
    "geojson": ('{"type":"Point","coordinates":[1.5,2]}',),
    "geopoint": ("1.50, 2", "-180, 90"),
    "integer": ("0", "-9223372036854775808", "9007199254740993"),
    "list": ("a,b", "c"),
    "number": ("0", "-0.05", "12345678901234567.25"),
    "object": ('{"a":1.50}', "{}"),
    "string": (" à, b ", 'dit "x"', "deux\r\nlignes", "=1+1", "\u0661", "é\u0301", "007"),
    "time": ("23:59:59", "00:00:00"),
    "year": ("1789", "2024"),
    "yearmonth": ("2024-02",),
    "two": ("1.50", "0.00", "-12.25"),
    "one": ("1.0", "2.5", "3.125"),
    "giants": ("1" * 40 + ".10", "2.5"),  # too long for a decimal: texts
}


def every(count: int = 12) -> Sheet:
    """A table of each type; one row in four is empty."""

    def value(name: str, rank: int) -> Value | None:
        texts = WRITTEN[name]
        text = texts[rank % len(texts)]
        found, problem = (text, None) if EVERY[name] == "string" else TYPES[EVERY[name]].read(text)
        assert problem is None or EVERY[name] == "number", (name, text, problem)
        return Decimal(text) if problem else found

    return table([[None if rank % 4 == 3 else value(name, rank) for name in EVERY] for rank in range(count)], EVERY)


def test_the_view_downloaded_is_the_published_csv_cell_for_cell(tmp_path: Path) -> None:
    sheet = every()
    parquet.write(tmp_path / "t.parquet", sheet)
    published = csv_format.text(sheet)
    model = [
        {"genre": "texte"} | ({} if need.written is None else {"decimales": need.written}) for need in numbers(sheet)
    ]
    whole, last = seen(
        tmp_path / "t.parquet", [asked(), asked({"rang": 0, "quoi": "vide", "valeur": ""})], tmp_path, model
    )
    assert whole["exacte"]
    assert whole["csv"] == published
    assert last["csv"].splitlines()[1:] == ["," * (len(EVERY) - 1)] * 3
    cells = list(csv.DictReader(io.StringIO(whole["csv"], newline="")))
    for name in ("boolean", "date", "two", "one", "string", "giants"):  # as they were written
        assert {row[name] for row in cells} == {*WRITTEN[name], ""}


@pytest.mark.parametrize(
    ("texts", "least"),
    [("1.5 2", 0), ("1.50 2.25", 2), ("1.0 2.5 3.125", 1), ("1.50 2.5", None), ("1 2.0", None), ("-0.0 1.5", None)],
)
def test_decimals_are_written_again_from_their_values_when_one_rule_tells_their_zeros(
    texts: str, least: int | None
) -> None:
    found: list[Row] = [[Decimal(text)] for text in texts.split()]
    assert numbers(table(found, {"n": "number"}))[0].written == least


def test_numbers_whose_zeros_follow_no_rule_are_taken_from_the_published_csv(tmp_path: Path) -> None:
    rows: list[Row] = [[f'a\n"{rank}', Decimal(text)] for rank, text in enumerate(("1.50", "2.5", "3", "-0.0"))]
    sheet = table(rows, {"t": "string", "n": "number"})
    parquet.write(tmp_path / "t.parquet", sheet)
    published, order = csv_format.text(sheet), {"rang": 1, "baisse": True}
    view = {"conditions": [{"rang": 1, "quoi": "min", "valeur": "2"}], "tri": order, "publie": published}
    (found,) = seen(tmp_path / "t.parquet", [view], tmp_path, [{"genre": "texte"}, {"genre": "nombre"}])
    assert not found["exacte"]
    assert found["csv"] == csv_format.text(table([rows[2], rows[1]], {"t": "string", "n": "number"}))


def test_a_filter_on_a_sorted_column_reads_little(written: tuple[Path, list[Row]], tmp_path: Path) -> None:
    path, _ = written
    few, all_of_it = seen(
        path, [asked(condition("commune", "est", "00042")), asked(condition("nom", "contient", "z"))], tmp_path
    )
    assert 0 < few["cout"] < all_of_it["cout"]
    assert few["premieres"][0][0] == "00042"


def test_a_sort_puts_numbers_in_their_order_and_absences_last(written: tuple[Path, list[Row]], tmp_path: Path) -> None:
    path, found = written
    up, down = seen(path, [asked(by="places"), asked(condition("places", "rempli"), by="places", down=True)], tmp_path)
    read = list(csv.reader(io.StringIO(up["csv"])))[1:]
    numbers = [int(row[2]) for row in read if row[2]]
    assert numbers == sorted(numbers)
    assert [row[2] for row in read[len(numbers) :]] == [""] * sum(row[2] is None for row in found)
    last = list(csv.reader(io.StringIO(down["csv"])))[1:]
    assert all(int(a[2]) >= int(b[2]) for a, b in pairwise(last))


def test_a_large_table_has_few_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pyarrow.parquet

    monkeypatch.setattr(parquet, "GROUP", 1)
    parquet.write(tmp_path / "t.parquet", table(rows(500)))
    read = pyarrow.parquet.ParquetFile(tmp_path / "t.parquet").metadata
    assert read.num_row_groups == 167  # of three rows: at most two hundred
    assert read.row_group(0).column(0).statistics.has_min_max


HOSTS = """
const [dossier] = process.argv.slice(2);
const { ENTIER, plages } = await import(`${dossier}/plages.js`);
const grand = ENTIER + 1;
let demandes = 0;
const donner = (statut, taille, tete = {}) => async () => {
  demandes += 1;
  return new Response(new Uint8Array(taille), { status: statut, headers: tete });
};
const essais = {
  morceau: [100, donner(206, 10, { "Content-Range": "bytes 0-9/100" })],
  sansTete: [100, donner(206, 10)],
  entier: [100, donner(200, 100)],
  gros: [grand, donner(200, 5)],
  change: [100, donner(206, 10, { "Content-Range": "bytes 0-9/99" })],
  court: [100, donner(206, 7)],
  absent: [100, donner(404, 10)],
  dehors: [100, donner(416, 0)],
  panne: [100, async () => { throw new TypeError("Failed to fetch"); }],
};
const dits = {};
for (const [nom, [taille, chercher]] of Object.entries(essais)) {
  demandes = 0;
  const fichier = plages("x", taille, chercher);
  dits[nom] = await Promise.all([fichier.slice(0, 10), fichier.slice(2, 5)]).then(
    (lus) => [lus.map((l) => l.byteLength).join(" "), demandes], (refus) => refus.raison);
}
console.log(JSON.stringify(dits));
"""


def test_hosts_that_know_no_parts_and_files_that_changed(tmp_path: Path) -> None:
    program = tmp_path / "hotes.mjs"
    program.write_text(HOSTS, encoding="utf-8")
    done = ran(node_program(), program, ASSETS.as_uri())
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "morceau": ["10 3", 1],
        "sansTete": ["10 3", 1],
        "entier": ["10 3", 1],
        "gros": "plages",
        "change": "change",
        "court": "change",
        "absent": "panne",
        "dehors": "change",
        "panne": "panne",
    }


BROKEN = """
import fs from "node:fs/promises";
const [dossier, chemin] = process.argv.slice(2);
const { Refus } = await import(`${dossier}/plages.js`);
const { ouvrir } = await import(`${dossier}/parquet.js`);
const { vue } = await import(`${dossier}/vue.js`);
const octets = await fs.readFile(chemin);
let panne = false;
const slice = async (debut, fin = octets.length) => {
  if (panne) throw new Refus("panne");
  return new Uint8Array(octets.subarray(debut, fin)).buffer;
};
const donnees = await ouvrir({ byteLength: octets.length, slice, prendre: slice });
const toutes = vue(donnees, donnees.colonnes.map(() => ({ genre: "texte", decimales: 0 })));
const dits = [];
for (panne of [true, false]) {
  dits.push(await toutes.demander([{ rang: 0, quoi: "contient", valeur: "42" }], null).then((v) => v.total, (refus) => refus.raison));
  dits.push(await toutes.tout.lignes(0, 3).then((lues) => lues.length, (refus) => refus.raison));
}
console.log(JSON.stringify(dits));
"""


def test_what_failed_is_read_again(written: tuple[Path, list[Row]], tmp_path: Path) -> None:
    program = tmp_path / "panne.mjs"
    program.write_text(BROKEN, encoding="utf-8")
    done = ran(node_program(), program, ASSETS.as_uri(), written[0])
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == ["panne", "panne", sum("42" in str(row[0]) for row in written[1]), 3]


# --- Which tables have a page ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "many", "pages"), [("", False, 0), ("true", False, 1), ("", True, 1), ("false", True, 0)]
)
def test_tables_that_have_a_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, word: str, many: bool, pages: int
) -> None:
    monkeypatch.setattr("generator.catalogue.explored.MANY", 1 if many else MANY)
    root = copy_base(tmp_path)
    contract = root / "datapackages/jardins/datapackage.yaml"
    text = contract.read_text(encoding="utf-8")
    if word:
        text = text.replace("  - name: jardins\n", f"  - name: jardins\n    explorer: {word}\n", 1)
        assert word in text
    contract.write_text(text, encoding="utf-8", newline="")
    project = checked_project(root)
    assert project.diagnostics == ()
    package = project.catalogue.contracts.packages["jardins"]
    found = [name for name in explored(package, project.catalogue) if name.startswith("jardins")]
    assert len(found) == pages


def test_the_scripts_of_the_page_are_only_where_there_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    theme = layout.theme(tmp_path)
    alone = scripts.only(theme, layout.ROWS_SCRIPT)
    libraries = {path.relative_to(theme).as_posix() for name in VENDORED for path in (ASSETS / name).iterdir()}
    assert alone == libraries | {f"assets/{name}.js" for name in ("parcourir", "parquet", "plages", "vue")}
    assert scripts.only(theme, "explorer") == {"assets/explorer.js"}
    assert scripts.only(theme, "absent") == frozenset()
    root = copy_base(tmp_path)
    assert result_of(root) == set()
    monkeypatch.setattr("generator.catalogue.explored.MANY", 1)
    assert result_of(root) == alone


def result_of(root: Path) -> set[str]:
    """The files of the page that the site of a project has, once built."""
    result = build(checked_project(root), engine.ENGINES[0], "2026-01-02", lambda stage, told: None, validate=False)
    assert result.diagnostics == ()
    site = root / "site"
    return {path for path in scripts.only(layout.theme(root), layout.ROWS_SCRIPT) if (site / path).is_file()}


def test_a_session_gives_the_scripts_to_a_first_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "site"
    shutil.copytree(SECOND, root)
    catalogue = checked_project(root).catalogue
    most = max(len(catalogue[name]) for name in catalogue.tables) + 1
    monkeypatch.setattr("generator.catalogue.explored.MANY", most)
    session = opened(WARM)(root, engine.ENGINES[0])
    try:
        assert session.round().diagnostics == ()
        assert not (root / "site/assets/parcourir.js").exists()
        with (root / "content/orgues/mesures.csv").open("a", encoding="utf-8", newline="") as file:
            for rank in range(10, 10 + most):
                file.write(f"m{rank},saint-leu,positif,,x,,inventaire,\n")
        assert session.round().diagnostics == ()
        assert (root / "site" / PAGE / "index.html").is_file()
        assert (root / "site/assets/parcourir.js").is_file()
    finally:
        session.close()


def test_a_script_that_another_loads_too_stays(tmp_path: Path) -> None:
    written = {
        "a.js": 'import { x } from "./lib/x.js";\nconst y = () => import("./y.js");\nimport "./b.js";',
        "b.js": "import {z} from './lib2/z.js'",
        "y.js": "",
        "seul.js": 'export { z } from "./lib2/z.js";',
        "lib/x.js": 'import "../b.js"',
        "lib/LICENSE": "",
        "lib2/z.js": "",
        "lib2/LICENSE": "",
    }
    for path, text in written.items():
        place = tmp_path / "assets" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    alone = {path.removeprefix("assets/") for path in scripts.only(tmp_path, "a")}
    assert alone == {"a.js", "b.js", "y.js", "lib/x.js", "lib/LICENSE"}


@pytest.mark.parametrize(
    "hostile",
    [
        b'import "../../../secret.js";',
        b'import "./lien.js";',
        b"\xff\xfe",
        b'import "./a.js/../../..";',
        b'import "./boucle.js";',
    ],
)
def test_what_a_script_of_anybody_names_is_looked_for_in_the_theme_alone(tmp_path: Path, hostile: bytes) -> None:
    (tmp_path / "secret.js").write_text('import "./site/assets/y.js"', encoding="utf-8")
    assets = tmp_path / "site" / "assets"
    assets.mkdir(parents=True)
    (assets / "a.js").write_text('import "./y.js"; import "../../secret.js"', encoding="utf-8")
    (assets / "y.js").write_text("", encoding="utf-8")
    (assets / "boucle.js").write_bytes(hostile)
    (assets / "lien.js").symlink_to(tmp_path / "secret.js")
    assert scripts.only(tmp_path / "site", "a") == {"assets/a.js", "assets/y.js"}


def test_without_parquet_the_page_says_what_to_download(tmp_path: Path) -> None:
    root = second(tmp_path)
    project = checked_project(root)
    built = next(b for b in planned(project.catalogue, project.settings) if b.package.name == "orgues")
    titles = {"csv": "CSV", "json": "JSON", "parquet": "Parquet"}
    with_it = next(iter(exploring.drafts(built, project.catalogue, titles)))
    assert with_it.more == {"script": layout.ROWS_SCRIPT}
    bare = tuple(replace(t, files=tuple(f for f in t.files if f.format != "parquet")) for t in built.tables)
    without = next(iter(exploring.drafts(replace(built, tables=bare), project.catalogue, titles)))
    assert without.more == {}
    assert without.names()["source"] is None
    said = Pages(project).renderer.render("table.html", without.path, without.names())
    assert "<button" not in said
    assert "<form" not in said
    assert re.search(r"Cette page montre 25.lignes sur 59\. ", said)
    assert without.path == with_it.path == layout.table("orgues", "mesures")


# --- The page, in a browser --------------------------------------------------------------------------------------

EVIL = '</td><script>x", y'


def second(folder: Path, rows: int = 60) -> Path:
    """The second site, whose measures are many and have a page; the author of one means harm."""
    root = folder / "site"
    shutil.copytree(SECOND, root)
    with (root / "content/orgues/mesures.csv").open("a", encoding="utf-8", newline="") as file:
        file.write(f'm04,saint-leu,positif,,"{EVIL.replace(chr(34), chr(34) * 2)}",,inventaire,\n')
        for rank in range(5, rows):
            file.write(f"m{rank:02d},saint-leu,grand-orgue,{400 + rank},{400 + rank} Hz,,inventaire,\n")
    contract = root / "datapackages/orgues/datapackage.yaml"
    text = contract.read_text(encoding="utf-8")
    contract.write_text(
        text.replace("- name: mesures\n", "- name: mesures\n    explorer: true\n", 1), encoding="utf-8", newline=""
    )
    return root


@pytest.fixture(scope="module", params=engine.ENGINES)
def organs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = second(tmp_path_factory.mktemp(request.param))
    result = build(checked_project(root), request.param, "2026-01-02", lambda stage, counts: None, validate=False)
    assert result.diagnostics == ()
    return root / "site"


PAGE = "donnees/orgues/tables/mesures/"
COUNT = 59


def told(visit: Visit) -> str:
    return visit.page.locator(".parcours__etat").inner_text().replace("\u00a0", " ").replace("\u202f", " ")


def shown(visit: Visit) -> list[str]:
    return visit.page.locator(".parcours__table tbody th").all_inner_texts()


def filtered(visit: Visit, column: str, what: str, value: str) -> str:
    visit.page.get_by_label("Colonne").select_option(label=column)
    visit.page.get_by_label("Condition").select_option(label=what)
    visit.page.get_by_label("Valeur").fill(value)
    visit.page.get_by_label("Valeur").press("Enter")
    visit.page.locator(".parcours__etat", has_text=" sur ").wait_for()
    return told(visit)


@pytest.mark.navigateur
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_the_first_rows_and_the_files_are_there_without_a_script(organs: Path, page: Visiting, width: int) -> None:
    visit = page(organs, PAGE, javascript=False, width=width)
    assert len(shown(visit)) == exploring.SHOWN
    assert not visit.page.locator(".parcours__filtres").is_visible()
    assert "ne montre que 25 lignes sur 59" in visit.page.locator("article").inner_text()
    assert visit.page.locator(".telechargements a").all_inner_texts() == ["CSV", "JSON", "Parquet"]
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.navigateur
def test_rows_are_filtered_and_the_address_keeps_it(organs: Path, page: Visiting) -> None:
    visit = page(organs, PAGE)
    before = visit.page.locator(".parcours__table tbody").inner_text()
    assert told(visit) == f"{COUNT} lignes."
    assert filtered(visit, "Diapason en hertz", "au moins", "450,5").startswith("9 lignes sur 59. ")
    assert shown(visit) == [f"m{rank}" for rank in range(51, 60)]
    assert "filtre=diapason_hz%3Amin%3A450.5" in visit.page.url
    visit.page.reload()
    visit.page.locator(".parcours__etat", has_text=" sur ").wait_for()
    assert shown(visit) == [f"m{rank}" for rank in range(51, 60)]
    assert visit.page.get_by_label("Valeur").input_value() == "450,5"
    assert filtered(visit, "Identifiant", "est", "M07").startswith("Aucune ligne sur 59. « contient »")
    visit.page.get_by_role("button", name="Tout montrer").click()
    visit.page.locator(".parcours__etat", has_text="59 lignes.").wait_for()
    assert visit.page.url.endswith(PAGE)
    assert visit.page.locator(".parcours__table tbody").inner_text() == before  # as the page was made
    assert visit.complaints == []
    assert visit.foreign == []


@pytest.mark.navigateur
def test_a_number_is_shown_with_the_decimals_of_its_file(organs: Path, page: Visiting) -> None:
    """Two in the file, the last of which is often a zero: as the page was made, then as the script shows it."""
    place = "thead th:has-text('Écart en pourcentage')"
    visit = page(organs, PAGE)
    rank = visit.page.locator(place).evaluate("e => [...e.parentNode.children].indexOf(e)")
    rows = (
        f"[...document.querySelectorAll('.parcours__table tbody tr')].map(tr => tr.children[{rank}].textContent.trim())"
    )
    made = visit.page.evaluate(rows)
    filtered(visit, "Identifiant", "contient", "m")
    seen = visit.page.evaluate(rows)
    assert seen[:5] == made[:5]
    assert {len(text.partition(",")[2]) for text in [*made, *seen] if text} == {2}
    assert any(text.endswith("0") for text in made)


@pytest.mark.navigateur
def test_a_text_that_is_no_number_is_told(organs: Path, page: Visiting) -> None:
    visit = page(organs, PAGE)
    visit.page.get_by_label("Colonne").select_option(label="Diapason en hertz")
    visit.page.get_by_label("Valeur").fill("beaucoup")
    visit.page.get_by_role("button", name="Filtrer").click()
    assert visit.page.get_by_label("Valeur").evaluate("e => e.validationMessage").startswith("Écrivez un nombre")
    assert told(visit) == f"{COUNT} lignes."


@pytest.mark.navigateur
def test_rows_are_sorted_and_paged_with_the_keyboard(organs: Path, page: Visiting) -> None:
    visit = page(organs, PAGE)
    head = visit.page.get_by_role("button", name="Diapason en hertz")
    head.press("Enter")
    visit.page.locator("th[aria-sort=ascending]").wait_for()
    head.press("Enter")
    visit.page.locator("tbody th", has_text="m59").wait_for()
    assert shown(visit)[0] == "m59"
    visit.page.get_by_role("button", name="Page d’après").press("Enter")
    visit.page.locator(".parcours__place", has_text="Page 2 sur 3").wait_for()
    assert len(shown(visit)) == exploring.SHOWN
    assert visit.page.evaluate("document.activeElement.textContent") == "Page d’après"
    visit.page.get_by_role("button", name="Fin").press("Enter")
    visit.page.locator(".parcours__place", has_text="Page 3 sur 3").wait_for()
    assert len(shown(visit)) == COUNT - 2 * exploring.SHOWN
    assert "tri=-diapason_hz" in visit.page.url
    assert "page=3" in visit.page.url


@pytest.mark.navigateur
def test_what_is_shown_is_downloaded_and_nothing_is_executed(organs: Path, page: Visiting, tmp_path: Path) -> None:
    visit = page(organs, PAGE)
    filtered(visit, "Mesure telle qu’imprimée", "contient", "SCRIPT")
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name="Télécharger ces lignes (CSV)").click()
    download.value.save_as(tmp_path / "vue.csv")
    head, row = csv.reader(io.StringIO((tmp_path / "vue.csv").read_text(encoding="utf-8")))
    whole = (organs / "donnees/orgues/data/mesures.csv").read_text(encoding="utf-8")
    assert [head, row] == [read for read in csv.reader(io.StringIO(whole)) if read[0] in ("id", "m04")]
    assert EVIL in row
    assert visit.complaints == []
    assert visit.foreign == []


@pytest.mark.navigateur
def test_several_filters_together(organs: Path, page: Visiting) -> None:
    visit = page(organs, PAGE)
    visit.page.get_by_role("button", name="Ajouter un filtre").click()
    second_one = visit.page.get_by_role("group", name="Filtre 2")
    second_one.get_by_label("Colonne").select_option(label="Diapason en hertz")
    second_one.get_by_label("Condition").select_option(label="est vide")
    assert second_one.get_by_label("Valeur").is_disabled()
    visit.page.get_by_role("group", name="Filtre 1").get_by_label("Valeur").fill("m0")
    visit.page.get_by_role("button", name="Filtrer").click()
    visit.page.locator(".parcours__etat", has_text=" sur ").wait_for()
    assert shown(visit) == ["m04"]


@pytest.mark.navigateur
def test_the_last_demand_is_the_one_that_is_answered(organs: Path, page: Visiting, tmp_path: Path) -> None:
    visit = page(organs, PAGE)
    held: list[Route] = []
    visit.page.route("**/*.parquet", lambda route: held.append(route))
    visit.page.get_by_label("Colonne").select_option(label="Diapason en hertz")
    for value in ("450", "430"):
        visit.page.get_by_label("Valeur").fill(value)
        visit.page.get_by_label("Valeur").press("Enter")
    assert told(visit) == "Lecture en cours…"
    visit.page.get_by_role("button", name="Identifiant").click()
    visit.page.get_by_role("button", name="Page d’après").click()  # of what is asked, though it is not there yet
    while not held:
        visit.page.wait_for_timeout(10)
    for route in held:
        route.continue_()
    visit.page.locator(".parcours__place", has_text="Page 2 sur 2").wait_for()
    assert told(visit).startswith("30 lignes sur 59. ")
    assert shown(visit) == [f"m{rank}" for rank in range(55, 60)]
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name="Télécharger ces lignes (CSV)").click()
    download.value.save_as(tmp_path / "vue.csv")
    assert len((tmp_path / "vue.csv").read_text(encoding="utf-8").splitlines()) == 31


@pytest.mark.navigateur
def test_on_paper_what_is_asked_is_told_and_nothing_is_to_be_pressed(organs: Path, page: Visiting) -> None:
    visit = page(organs, PAGE, width=718)
    asked = visit.page.locator(".parcours__demande")
    assert filtered(visit, "Diapason en hertz", "au moins", "430").startswith("30 lignes sur 59. ")
    assert not asked.is_visible()
    visit.page.emulate_media(media="print")
    assert asked.inner_text() == "Diapason en hertz au moins 430"
    assert visit.page.locator(".parcours__place").inner_text().replace("\u00a0", " ") == "Page 1 sur 2"
    assert visit.page.locator(".parcours").locator("form, nav button").locator("visible=true").count() == 0
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 718
    visit.page.emulate_media(media="screen")
    visit.page.get_by_role("button", name="Tout montrer").click()
    visit.page.locator(".parcours__etat", has_text="59 lignes.").wait_for()
    visit.page.emulate_media(media="print")
    assert not asked.is_visible()


@pytest.mark.navigateur
def test_a_file_that_does_not_come_is_told_and_asked_for_again(organs: Path, page: Visiting) -> None:
    visit = page(organs, PAGE)
    visit.page.route("**/*.parquet", lambda route: route.fulfill(status=404, body="absent"))
    visit.page.get_by_label("Valeur").fill("m5")
    visit.page.get_by_label("Valeur").press("Enter")
    visit.page.locator(".parcours__etat", has_text="pas pu être lu").wait_for()
    assert told(visit) == "Le fichier n’a pas pu être lu. Réessayez, ou téléchargez-le, ci-dessous."
    assert len(shown(visit)) == exploring.SHOWN
    visit.page.unroute("**/*.parquet")
    visit.page.get_by_role("button", name="Filtrer").click()
    visit.page.locator(".parcours__etat", has_text="10 lignes").wait_for()


@contextmanager
def local(root: Path) -> Iterator[str]:
    """The local server, which knows ranges of bytes."""
    server = Server(root, Board(), 0)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.navigateur
def test_only_parts_are_asked_of_a_server_that_gives_them(organs: Path, browser: Any) -> None:
    with local(organs.parent) as root:
        context = browser.new_context()
        tab, statuses = context.new_page(), list[tuple[int, str]]()
        tab.on("response", lambda answer: statuses.append((answer.status, answer.url)))
        tab.goto(f"{root}{PAGE}?filtre=id:est:m2")
        tab.locator(".parcours__etat", has_text="1 ligne sur 59.").wait_for()
        found = [status for status, url in statuses if url.endswith(".parquet")]
        context.close()
    assert found
    assert set(found) == {206}


@pytest.mark.navigateur
@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (768, "light"), (1280, "light")])
def test_nothing_overflows_nor_moves_and_axe_finds_nothing(
    organs: Path, page: Visiting, width: int, scheme: str
) -> None:
    from clients.programs import modules

    modules()
    visit = page(organs, "donnees/orgues/", width=width, scheme=scheme)
    assert moved_by(visit, layout.ROWS_SCRIPT, PAGE) == []
    assert filtered(visit, "Diapason en hertz", "au moins", "420").startswith("40 lignes sur 59. ")
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(visit.page) == []


@pytest.mark.navigateur
def test_a_host_without_parts_is_told_of_a_large_file(organs: Path, page: Visiting) -> None:
    visit = page(organs, "donnees/orgues/")  # the server of these tests gives whole files
    text = (organs / PAGE / "index.html").read_text(encoding="utf-8")
    large = re.sub(r'data-taille="[0-9]+"', 'data-taille="99000000"', text)
    visit.page.route(f"**/{PAGE}", lambda route: route.fulfill(body=large, content_type="text/html"))
    visit.page.goto(f"{visit.root}{PAGE}")
    visit.page.get_by_role("button", name="Diapason en hertz").click()
    visit.page.locator(".parcours__etat", has_text="99 Mo").wait_for()
    assert "qui ne donne que des fichiers entiers" in told(visit)
    assert len(shown(visit)) == exploring.SHOWN


@pytest.mark.navigateur
def test_from_the_disk_the_first_rows_are_there_and_nothing_seems_to_work(
    organs: Path, browser: Any, tmp_path: Path
) -> None:
    shutil.copytree(organs, tmp_path / "site")
    preview.apply(tmp_path / "site")
    context = browser.new_context()
    tab, complaints = context.new_page(), list[str]()
    tab.on("console", lambda message: complaints.append(message.text))
    tab.goto((tmp_path / "site" / PAGE / "index.html").as_uri())
    assert tab.locator(".parcours__table tbody tr").count() == exploring.SHOWN
    assert tab.locator(".parcours__filtres").count() == 0
    assert tab.locator("article .note", has_text="Filtrer et trier ont besoin d’un serveur").is_visible()
    context.close()
    assert complaints == []
