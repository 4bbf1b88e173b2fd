"""Tables of any size: each case of tests/tables is found as the standard says, told in the words of `check`, in a memory that does not grow."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from samples import SECOND, write

from generator.commands.check import checked_project
from generator.diagnostics.finding import Diagnostic, sort
from generator.tables import rows
from generator.tables.contracted import shape_of, source_of
from generator.tables.source import Table
from generator.tables.telling import diagnostics
from tests.tables import Case, cases, told

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
