"""What the written pages of this content show: snippets that run, names that exist, a message as it is."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from guides import blocks
from samples import DATE, ROOT

from generator.catalogue.project import Project
from generator.catalogue.records import Catalogue
from generator.contracts.flats import name_of
from generator.diagnostics.finding import Diagnostic, Position
from generator.diagnostics.reports import as_text
from generator.packages import folder
from generator.values.constraints import Constraints
from generator.values.conversion import converter
from generator.values.writing import PLAIN


def test_the_snippets_for_re_users_run(project: Project, tmp_path: Path) -> None:
    """Each Python block of « Réutiliser les données », in a folder where the packages have been unpacked."""
    folder.write(project.catalogue, project.settings, DATE, tmp_path)
    snippets = [
        block.text
        for block in blocks((ROOT / "content" / "pages" / "reutiliser.md").read_text(encoding="utf-8"))
        if block.language == "python"
    ]
    assert snippets
    for snippet in snippets:
        done = subprocess.run(
            [sys.executable, "-X", "utf8", "-c", snippet],
            cwd=tmp_path, capture_output=True, encoding="utf-8", check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, f"{snippet}\n{done.stderr}"
        assert done.stdout.strip(), snippet


def test_what_the_snippets_in_r_name_exists(catalogue: Catalogue) -> None:
    contracts = catalogue.contracts
    text = (ROOT / "content" / "pages" / "reutiliser.md").read_text(encoding="utf-8")
    for block in blocks(text):
        for package, table in re.findall(r"([\w-]+)/data/(\w+)\.csv", block.text):
            flat = {name_of(r) for r in contracts.resources.values() if r.flat is not None and r.package == package}
            assert table in (*contracts.reached(package), *flat), f"{package}/data/{table}.csv"


def test_the_message_that_contributors_learn_to_read_is_the_real_one() -> None:
    text = (ROOT / "content" / "pages" / "contribuer.md").read_text(encoding="utf-8")
    [sample] = [block.text for block in blocks(text) if block.language == "text"]
    problem = converter("number", PLAIN, Constraints())("71 %")[1]
    assert problem is not None
    shown = Diagnostic(problem.code, Position("x.yaml"), problem.message, problem.hint, problem.suggestion)
    for line in as_text([shown], ROOT).splitlines()[1:]:
        assert line.removeprefix("  ") in sample, line
    assert f"[{problem.code}]" in sample
