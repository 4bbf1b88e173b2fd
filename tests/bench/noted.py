"""`make bench OPTIONS=--noter`: a table is written in CONTRIBUTING.md, between its two marks and never by hand."""

from __future__ import annotations

import datetime
import os
import platform
import re
import subprocess
from importlib import metadata
from pathlib import Path

from tests.bench.table import Table

PLACE = "CONTRIBUTING.md"
LIBRARIES = ("mkdocs", "jinja2", "pagefind", "frictionless")


def write(root: Path, table: Table, origin: str) -> None:
    """Replace what stands between the marks of a table. Raises SystemExit where it has none."""
    path = root / PLACE
    text = replaced(path.read_text(encoding="utf-8"), table.name, f"{table.markdown()}\n\n{origin}")
    path.write_text(text, encoding="utf-8", newline="")


def revision(root: Path) -> str:
    """The revision that the table of before and after was measured beside, if git still has it; nothing else."""
    found = re.search(r"à la révision ([0-9a-f]{7,40}) et ici", (root / PLACE).read_text(encoding="utf-8"))
    if found is None:
        return ""
    known = subprocess.run(
        ("git", "-C", str(root), "cat-file", "-e", f"{found[1]}^{{commit}}"), capture_output=True, check=False
    )
    return found[1] if known.returncode == 0 else ""


def replaced(text: str, name: str, told: str) -> str:
    """A text, with something between two marks."""
    opened, closed = f"<!-- mesures : {name} -->", f"<!-- fin : {name} -->"
    found = re.search(f"{re.escape(opened)}.*?{re.escape(closed)}", text, re.DOTALL)
    if found is None:
        raise SystemExit(f"{PLACE} n’a pas les marques « {opened} » et « {closed} » : la table n’a pas où s’écrire.")
    return f"{text[: found.start()]}{opened}\n{told}\n{closed}{text[found.end() :]}"


def origin(today: datetime.date) -> str:
    """When, on what, with what: a machine is told by its cores alone."""
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in LIBRARIES)
    machine = f"une machine de {os.cpu_count()} cœurs, avec Python {platform.python_version()}, {versions}"
    return f"Écrit le {today.isoformat()} par `make bench OPTIONS=--noter`, sur {machine}."
