"""`make kept REVISION=…`: the site of the real content as another revision built it, and as it is built here; every address, every
anchor and every column of a download that is no longer there is listed, unless the record of a version says where it went.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.compare import DATE, _check_out, _copy, _run

SHOWN = 40  # of what is lost
_ID = re.compile(rb"""\s(?:id|name)=["']?([^\s"'>]+)""")
_FILL = re.compile(rb"<pattern\b[^>]*>")  # what fills shapes of a drawing: its id leads nobody anywhere
_OURS = re.compile(r"pagefind/|assets/|.*sitemap")  # of the engine, which names some by their content
_CODE = "documentation/architecture/"  # drawn from the code: its anchors are those of modules


def main() -> int:
    """Compare; 1 when something is lost without a word."""
    options = argparse.ArgumentParser("make kept", description="Cherche ce qui n’est plus publié depuis une révision.")
    options.add_argument("revision", help="la révision de référence")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="kept-") as name:
        before, here = Path(name, "avant"), Path(name, "ici")
        _check_out(given.revision, before)
        _copy(here)
        for tree in (before, here):
            _run(tree, "-m", "generator", "build", "-C", str(tree), "--date", DATE, "--sans-frictionless")
        return report(before / "site", here / "site", explained(here))


def report(before: Path, after: Path, told: set[str]) -> int:
    """Print what is counted and what is lost; 1 when something is."""
    found = {kind: (set(of(before)), set(of(after))) for kind, of in KINDS.items()}
    lost = 0
    for kind, (old, new) in found.items():
        gone = sorted(old - new)
        silent = [name for name in gone if not _told(name, told)]
        lost += len(silent)
        counts = f"{len(old)} avant, {len(old & new)} gardés, {len(gone) - len(silent)} expliqués par une version"
        print(f"{kind} : {counts}, {len(silent)} perdus")
        for name in silent[:SHOWN]:
            print(f"  {name}")
    return 1 if lost else 0


def addresses(site: Path) -> Iterator[str]:
    """Every file that is published."""
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.is_file() and not _OURS.match(name):
            yield name


def anchors(site: Path) -> Iterator[str]:
    """`page#anchor`, for every anchor of every page that is ours to keep: those of the theme begin with two underscores."""
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        for found in _ID.findall(_FILL.sub(b"", path.read_bytes())):
            anchor = found.decode()
            if not anchor.startswith("__") and not name.startswith(_CODE):
                yield f"{name}#{anchor}"


def columns(site: Path) -> Iterator[str]:
    """`table.column`, for every CSV file that is published."""
    for path in sorted(site.glob("donnees/*/data/*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            for column in next(csv.reader(stream), []):
                yield f"{path.relative_to(site).as_posix()}:{path.stem}.{column}"


KINDS = {"adresses": addresses, "ancres": anchors, "colonnes": columns}


def explained(tree: Path) -> set[str]:
    """`table.column` of every column that the record of a version says renamed or removed, and the tables that it says removed."""
    script = (
        "import json; from pathlib import Path; from generator.catalogue.project import read_project\n"
        "packages = read_project(Path('.')).catalogue.contracts.packages.values()\n"
        "changes = [c for p in packages for v in p.versions for c in v.changes]\n"
        "print(json.dumps(sorted({f'{c.table}.{c.column}' for c in changes if c.kind in ('column_removed', 'column_renamed')})))"
    )
    return set(json.loads(_run(tree, "-c", script)))


def _told(name: str, told: set[str]) -> bool:
    """Whether a column is said to be gone."""
    return name.rpartition(":")[2] in told


if __name__ == "__main__":
    sys.exit(main())
