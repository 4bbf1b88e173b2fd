"""`python -m tests.bench --parcourir`: what a reader waits for and downloads on the page of a large table, in Chromium, from the local
server. The table is made here by a seed, in the order of its municipalities; its page is one of the second site, whose table it takes.
"""

from __future__ import annotations

import gzip
import random
import re
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from generator import layout
from generator.catalogue.project import Project
from generator.commands.check import checked_project
from generator.commands.making.pipeline import build
from generator.commands.making.shares import Way
from generator.contracts.field import Field
from generator.packages.built import Built, File
from generator.packages.formats import parquet
from generator.packages.sheets import Row, Sheet
from generator.packages.sums import digest
from generator.site.board import Board
from generator.site.serving import Server
from tests.bench.table import number, verdict
from tests.browser import FLAGS, executable

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROWS = 1_000_000
FIRST, SECONDS, BYTES = 150_000, 2.0, 5_000_000  # at most: before data; of a filter on the column of the order
SECOND = Path(__file__).resolve().parent.parent / "second_site"
PACKAGE, TABLE = "orgues", "mesures"
COLUMNS = {
    "numero": "string", "commune": "string", "raison": "string", "statut": "string", "places": "integer",
    "ouverture": "date", "prix": "number", "public": "boolean", "postes": "number", "annee": "year",
}  # fmt: skip
WORDS = ("Résidence", "Maison", "Foyer", "Centre", "Institut", "Service", "Les Tilleuls", "Bellevue", "du Parc")
STATUSES = ("public", "associatif", "commercial", "mutualiste")

# What is asked: in words, then the column, the condition and the value; the first two are on the column of the order.
ASKED = (
    ("une commune", "commune", "est", "33063"),
    ("le début d’une commune", "commune", "commence par", "33"),
    ("un nombre au moins, sans ordre", "prix", "au moins", "119,99"),
    ("un mot d’un texte", "raison", "contient", "bellevue"),
)
ORDERED = 2
QUIET = 1_000  # milliseconds after which nothing more comes


def rows(count: int, seed: int = 1) -> Iterator[Row]:
    """The rows of the table."""
    drawn, day = random.Random(seed), date(1960, 1, 1)
    for rank in range(count):
        yield [
            f"{rank * 7 + 10_000_000:09d}",
            f"{1001 + rank * 94_000 // count:05d}",
            " ".join((*drawn.choices(WORDS, k=3), str(drawn.randrange(10_000)))),
            drawn.choice(STATUSES),
            drawn.randrange(1, 400),
            day + timedelta(days=drawn.randrange(23_000)),
            Decimal(drawn.randrange(4_000, 12_000)).scaleb(-2),
            drawn.random() < 0.5,
            Decimal(drawn.randrange(10, 3_000)).scaleb(-1),
            drawn.randrange(2000, 2026),
        ]


@dataclass(frozen=True)
class Replacing(Way):
    """A build whose table is replaced by the large one, in the file that the page reads."""

    count: int = ROWS

    def packaged(self, project: Project, date: str, packages: Path) -> tuple[Built, ...]:
        """Write the packages, then that file."""
        return tuple(self._replaced(built) for built in super().packaged(project, date, packages))

    def _replaced(self, built: Built) -> Built:
        if built.package.name != PACKAGE:
            return built
        small = next(table for table in built.tables if table.sheet.name == TABLE)
        columns = tuple(Field(name, kind, (name,), small.sheet.columns[0].position) for name, kind in COLUMNS.items())
        sheet = replace(small.sheet, columns=columns, count=self.count, read=lambda: rows(self.count))
        files = tuple(self._written(built, file, sheet) if file.format == "parquet" else file for file in small.files)
        table = replace(small, sheet=sheet, files=files)
        return replace(built, tables=tuple(table if each is small else each for each in built.tables))

    def _written(self, built: Built, file: File, sheet: Sheet) -> File:
        path = built.folder / file.path
        parquet.write(path, sheet)
        return replace(file, size=path.stat().st_size, sha256=digest(path))


def measure(counts: tuple[int, ...]) -> list[str]:
    """The targets that are missed; prints what was measured."""
    from playwright.sync_api import sync_playwright

    path, missed = executable(), list[str]()
    if path is None:
        raise SystemExit("Aucun navigateur : installez Chromium, ou donnez son chemin dans CHROMIUM.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        for count in counts or (ROWS,):
            with tempfile.TemporaryDirectory(prefix="bench-") as folder:
                missed += _one(browser, _site(Path(folder), count), count)
        browser.close()
    told = verdict(not missed) + "".join(f"\n- {each}" for each in missed)
    print(
        f"\nAvant les données {number(FIRST / 1e3)} ko, un filtre sur la colonne de l’ordre {number(SECONDS)} s et "
        f"{number(BYTES / 1e6)} Mo, au plus : {told}"
    )
    return missed


def _site(folder: Path, count: int) -> Path:
    """The site of a project whose table has so many rows."""
    root = folder / "projet"
    shutil.copytree(SECOND, root)
    contract = root / f"datapackages/{PACKAGE}/datapackage.yaml"
    text = contract.read_text(encoding="utf-8")
    text = text.replace(f"- name: {TABLE}\n", f"- name: {TABLE}\n    explorer: true\n", 1)
    contract.write_text(text, encoding="utf-8", newline="")
    way = Replacing(count=count)
    build(checked_project(root), "mkdocs", "2026-01-02", lambda stage, told: None, validate=False, way=way)
    return root


def _one(browser: Browser, root: Path, count: int) -> list[str]:
    server = Server(root, Board(), 0)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    path = root / "site" / layout.download(PACKAGE, f"data/{TABLE}.parquet")
    print(f"\n{number(count)} lignes, {len(COLUMNS)} colonnes, Parquet de {number(path.stat().st_size / 1e6, 1)} Mo.")
    missed = _before(browser, address, root / "site", count)
    print("| Demande | Secondes | Mo lus | Lignes |\n|---|---:|---:|---|")
    for rank, asked in enumerate(ASKED):
        seconds, read, told = _asked(browser, address, asked)
        print(f"| {asked[0]} | {number(seconds, 2)} | {number(read / 1e6, 2)} | {told} |")
        if rank < ORDERED and (seconds > SECONDS or read > BYTES):
            missed.append(f"{asked[0]}, {number(count)} lignes")
    server.shutdown()
    server.server_close()
    return missed


def _opened(browser: Browser, address: str) -> tuple[Page, list[str], list[int]]:
    """The page in a new window, the addresses that it asks for, the bytes of the parts that it reads."""
    page = browser.new_context().new_page()
    asked, read = list[str](), list[int]()
    page.route("**/__panneau*", lambda route: route.abort())  # of the local server, which always asks for news
    page.on("request", lambda request: asked.append(request.url))
    page.on(
        "response",
        lambda answer: read.append(int(answer.headers["content-length"])) if ".parquet" in answer.url else None,
    )
    page.goto(address + layout.table(PACKAGE, TABLE), wait_until="networkidle")
    return page, asked, read


def _before(browser: Browser, address: str, site: Path, count: int) -> list[str]:
    """What is downloaded before any data: the page, then its reader, when one comes near the table."""
    page, asked, read = _opened(browser, address)
    first = list(asked)
    page.locator(".parcours__filtres").hover()
    known = -1
    while known != len(asked):  # its modules name others
        known = len(asked)
        page.wait_for_timeout(QUIET)
    page.context.close()
    sizes = [_sizes(site, [url.removeprefix(address) for url in urls]) for urls in (first, asked)]
    for name, (packed, plain) in zip(("la page", "la page et son lecteur"), sizes, strict=True):
        print(f"Avant les données, {name} : {number(packed / 1e3)} ko compressés, {number(plain / 1e3)} ko sinon.")
    return [] if sizes[1][0] <= FIRST and not read else [f"première vue, {number(count)} lignes"]


def _sizes(site: Path, names: list[str]) -> tuple[int, int]:
    """Bytes of files, as a host compresses them, and as they are; the panel of the local server is no part of the site."""
    paths = [site / unquote(name) for name in dict.fromkeys(names) if not name.startswith("__")]
    data = [(path / "index.html" if path.is_dir() else path).read_bytes() for path in paths]
    return sum(len(gzip.compress(each, 6, mtime=0)) for each in data), sum(map(len, data))


def _asked(browser: Browser, address: str, asked: tuple[str, str, str, str]) -> tuple[float, int, str]:
    """Seconds from the press of a key to the rows, bytes read, what the page says of them; the reader is loaded on the way."""
    page, _, read = _opened(browser, address)
    _, column, condition, value = asked
    page.get_by_label("Colonne").select_option(label=column)
    page.get_by_label("Condition").select_option(label=condition)
    page.get_by_label("Valeur").fill(value)
    started = time.perf_counter()
    page.get_by_label("Valeur").press("Enter")
    told = page.locator(".parcours__etat", has_text=re.compile("lus sur|Aucune"))
    told.wait_for()
    seconds = time.perf_counter() - started
    said = told.inner_text().partition(".")[0]
    page.context.close()
    return seconds, sum(read), said
