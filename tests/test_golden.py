"""What comes out, to be read: the pages, packages and addresses of the small site, and the addresses of the real one.

REFAIRE=1 pytest tests/test_golden.py writes tests/golden anew; the difference is what a change does to a site.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from samples import BASE, DATE, GOLDEN, REFRESH, ROOT, compare, copy_base

from generator.commands.check import checked_project
from generator.commands.making.pipeline import write_pages
from generator.packages import folder

# A page of each kind. The documentation, the same on every site, and the pages of data are read elsewhere.
PAGES = {
    "accueil": "index.md",
    "article": "methode/index.md",
    "index": "jardins/index.md",
    "index-par-groupes": "plantes/index.md",
    "fiche": "plantes/tomate/index.md",
    "fiche-avec-lignes": "jardins/clos-vert/index.md",
    "libre": "recoltes/index.md",
}


def made(root: Path, out: Path) -> list[str]:
    """Write packages and pages; the address of every page and file."""
    project = checked_project(root)
    assert not project.faulty
    built = folder.write(project.catalogue, project.settings, DATE, out / "packages")
    write_pages(project, built, (), out / "docs")
    pages = [path.relative_to(out / "docs").as_posix() for path in (out / "docs").rglob("*.md")]
    files = [path.relative_to(out / "packages").as_posix() for path in (out / "packages").rglob("*") if path.is_file()]
    addresses = [f"/{name.removesuffix('index.md')}" for name in pages if name != "404.md"]
    return sorted([*addresses, *(f"/donnees/{name}" for name in files)])


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    out = tmp_path_factory.mktemp("petit")
    return out, made(copy_base(out / "projet"), out)


@pytest.mark.parametrize("name", PAGES)
def test_page(small: tuple[Path, list[str]], name: str) -> None:
    compare(GOLDEN / "pages" / f"{name}.md", (small[0] / "docs" / PAGES[name]).read_bytes().decode())


def test_packages(small: tuple[Path, list[str]]) -> None:
    written = small[0] / "packages"
    kinds = ("data/*.csv", "datapackage.json")  # what the others hold, tests/test_downloads.py sees
    names = {path.relative_to(written).as_posix() for kind in kinds for path in written.glob(f"*/{kind}")}
    for name in sorted(names):
        compare(GOLDEN / "packages" / name, (written / name).read_bytes().decode())
    kept = {
        path.relative_to(GOLDEN / "packages").as_posix() for path in (GOLDEN / "packages").rglob("*") if path.is_file()
    }
    assert kept == names


def test_addresses(small: tuple[Path, list[str]]) -> None:
    own = [address for address in small[1] if not address.startswith("/documentation/")]
    compare(GOLDEN / "adresses.txt", "".join(f"{address}\n" for address in own))


def test_addresses_of_the_real_site(tmp_path: Path) -> None:
    """Every address is of one known shape, and every shape is used: what leads to the site from elsewhere keeps leading
    there. In `adresses-du-site.txt`, `{id}` stands for an identifier.
    """
    addresses = made(ROOT, tmp_path)
    catalogue = checked_project(ROOT).catalogue
    ids = {str(part) for record in catalogue.records() for part in record.id}
    shapes = sorted({re.sub(r"(?<=/)([a-z0-9-]+)(?=/$)", lambda m: _shape(m[1], ids, addresses), a) for a in addresses})
    compare(GOLDEN / "adresses-du-site.txt", "".join(f"{shape}\n" for shape in shapes))


def _shape(last: str, ids: set[str], addresses: list[str]) -> str:
    """The last part of an address: itself, or `{id}` when it is that of a record."""
    return "{id}" if last in ids and f"/{last}/" not in addresses else last


def test_golden_files_are_all_used() -> None:
    used = {f"pages/{name}.md" for name in PAGES} | {"adresses.txt", "adresses-du-site.txt", "gabarits/plantes.yaml"}
    kept = {path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*") if path.is_file()}
    assert {name for name in kept if not name.startswith("packages/")} == used
    assert BASE.is_dir()
    assert not REFRESH, "REFAIRE=1 récrit ce qui est attendu : relancez sans."
