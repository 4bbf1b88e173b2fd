"""What is found by its folder: one file in a copy of the machine, and it is on the site, in the descriptor and in the help."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from samples import BASE, ROOT, write

MOST = 40  # lines of a new format

FORMAT = '''"""TSV: tabulations."""

from __future__ import annotations

from pathlib import Path

from generator.packages.sheets import Sheet
from generator.values.types import canonical

TITLE = "TSV"
SCOPE = "table"
SUFFIX = ".tsv"
MEDIATYPE = "text/tab-separated-values"
DESCRIPTION = "TSV, séparés par des tabulations"


def write(path: Path, sheet: Sheet) -> None:
    """Write a table."""
    rows = [[field.name for field in sheet.columns], *([canonical(value) for value in row] for row in sheet.rows())]
    text = "".join("\\t".join(row).replace("\\n", " ") + "\\n" for row in rows)
    path.write_text(text, encoding="utf-8", newline="")
'''

RULE = '''"""A column that says nothing of another: `differs: [a, b]`."""

from __future__ import annotations

from collections.abc import Iterator, Set
from collections.abc import Mapping as Map
from dataclasses import dataclass

from generator.diagnostics.finding import Diagnostic
from generator.documents.reader import Reader
from generator.rules.rule import Condition, Row, Table, broken, read_columns

KEYWORDS = ("differs",)


@dataclass(frozen=True, slots=True)
class Differs:
    message: str
    when: Condition
    names: tuple[str, ...]

    def check(self, row: Row) -> Iterator[Diagnostic]:
        values = [row[name] for name in self.names]
        if len(set(values)) < len(values) and self.when(row):
            yield broken(self.message, row.at(self.names[0]), "Changez l’une.")

    def asks(self, row: Map[str, object], written: Set[str]) -> Set[str]:
        return frozenset()


def read(reader: Reader, message: str, table: Table, tables: Map[str, Table]) -> Differs:
    named, when = read_columns(reader, table, KEYWORDS)
    return Differs(message, when, named["differs"])
'''

KIND = '''"""A page that only counts the records of its table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.contracts.pages import Page as Declared
from generator.contracts.pages import PageKind
from generator.pages.draft import Draft, Ground, told

KIND = PageKind(needs_table=True)


@dataclass(frozen=True, slots=True)
class Context:
    """What its template receives."""

    nombre: int = told("Combien de lignes.")


def drafts(declared: Declared, ground: Ground) -> Iterator[Draft]:
    """The page."""
    amount = len(ground.views.table(declared.resource))
    yield Draft(declared.path, declared.title, declared.template_name(KIND), Context(amount))
'''

DRAWING = '''"""A drawing that only counts."""

from __future__ import annotations

from generator.catalogue.figures import Picture
from generator.contracts.figures import FigureKind
from generator.pages.figures.drawing import Body, table
from generator.pages.figures.marks import text

KIND = FigureKind(roles={"label": "any"}, required=("label",))
DESCRIPTION = "Un compte."


def draw(picture: Picture) -> Body:
    """How many rows there are."""
    return Body(text(0, 12, str(len(picture.items))), 16, table(picture, KIND.roles))
'''

MAKE = """
import sys
from pathlib import Path
from generator.commands.check import checked_project
from generator.commands.making.pipeline import write_pages
from generator.diagnostics.reports import as_text
from generator.packages import folder
project = checked_project(Path("."))
print(as_text(project.diagnostics, Path(".")))
if not project.faulty:
    built = folder.write(project.catalogue, project.settings, "2026-01-02", Path("build/packages"))
    write_pages(project, built, (), Path("build/docs"))
"""


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A copy of the machine, beside a copy of the small project."""
    hidden = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "generator", tmp_path / "machine" / "generator", ignore=hidden)
    shutil.copytree(BASE, tmp_path / "projet")
    return tmp_path / "machine" / "generator"


def made(machine: Path) -> str:
    """Make packages and pages with the copy; what the check says."""
    environment = {**os.environ, "PYTHONPATH": str(machine.parent), "PYTHONSAFEPATH": "1", "PYTHONUTF8": "1"}
    project = machine.parent.parent / "projet"
    command = [sys.executable, "-c", MAKE]
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_download_format_is_one_file(machine: Path) -> None:
    assert FORMAT.count("\n") <= MOST
    write(machine, {"packages/formats/tsv.py": FORMAT})
    made(machine)
    build = machine.parent.parent / "projet" / "build"
    table = (build / "packages/botanique/data/plantes.tsv").read_text(encoding="utf-8")
    assert table.startswith("id\t")
    descriptor = json.loads((build / "packages/botanique/datapackage.json").read_text(encoding="utf-8"))
    [plants] = [resource for resource in descriptor["resources"] if resource["name"] == "plantes"]
    [other] = [file for file in plants["alternatives"] if file["format"] == "tsv"]
    assert (other["path"], other["mediatype"]) == ("data/plantes.tsv", "text/tab-separated-values")
    for page in ("donnees/index.md", "donnees/botanique/index.md"):
        text = (build / "docs" / page).read_text(encoding="utf-8")
        assert 'plantes.tsv" download' in text, page
        assert "TSV, séparés par des tabulations" in text, page


def test_a_kind_of_rule_is_one_file(machine: Path) -> None:
    write(machine, {"rules/differs.py": RULE})
    contract = machine.parent.parent / "projet/datapackages/botanique/datapackage.yaml"
    text = contract.read_text(encoding="utf-8")
    rule = "      rules:\n        - {differs: [id, nom], message: Le nom n’est pas l’identifiant.}\n"
    name = re.search(r"  - name: familles\n.*?      primaryKey: [^\n]*\n", text, re.DOTALL)
    assert name is not None
    contract.write_text(text.replace(name[0], name[0] + rule), encoding="utf-8", newline="")
    assert "[regle]" not in made(machine)
    rows = machine.parent.parent / "projet/content/botanique/familles.yaml"
    changed = rows.read_text(encoding="utf-8").replace("nom: Solanacées", "nom: solanacees")
    rows.write_text(changed, encoding="utf-8", newline="")
    assert "Le nom n’est pas l’identifiant." in made(machine)


def test_a_generic_kind_of_page_is_one_file(machine: Path) -> None:
    write(machine, {"pages/kinds/count.py": KIND})
    project = machine.parent.parent / "projet"
    contract = project / "datapackages/botanique/datapackage.yaml"
    page = "  - {kind: count, path: combien/, title: Combien, resource: plantes, template: combien.html}\n"
    contract.write_text(
        contract.read_text(encoding="utf-8").replace("pages:\n", f"pages:\n{page}", 1), encoding="utf-8", newline=""
    )
    write(project, {"datapackages/botanique/templates/combien.html": "<p>{{ nombre }} plantes</p>\n"})
    assert "erreur" not in made(machine)
    text = (project / "build/docs/combien/index.md").read_text(encoding="utf-8")
    assert re.search(r"<p>[0-9]+ plantes</p>", text)


def test_a_kind_of_drawing_is_one_file(machine: Path) -> None:
    write(machine, {"pages/figures/kinds/count.py": DRAWING})
    project = machine.parent.parent / "projet"
    contract = project / "datapackages/botanique/datapackage.yaml"
    figure = (
        "figures:\n  - {name: combien, kind: count, title: Combien, description: Les plantes., "
        "rows: [{table: plantes, roles: {label: nom}}]}\npages:\n"
    )
    contract.write_text(
        contract.read_text(encoding="utf-8").replace("pages:\n", figure, 1), encoding="utf-8", newline=""
    )
    assert "erreur" not in made(machine)
    text = (project / "build/docs/dessins/botanique/combien/index.md").read_text(encoding="utf-8")
    assert re.search(r'<text x="0" y="12">[0-9]+</text>', text)
