"""What comes out, to be read: the pages, packages and addresses of the small site.

REFAIRE=1 pytest tests/test_golden.py writes tests/golden anew; the difference is what a change does to a site.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from samples import BASE, DATE, GOLDEN, REFRESH, compare, copy_base

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


def test_golden_files_are_all_used() -> None:
    used = {f"pages/{name}.md" for name in PAGES} | {"adresses.txt", "gabarits/plantes.yaml"}
    kept = {path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*") if path.is_file()}
    assert {name for name in kept if not name.startswith("packages/")} == used
    assert BASE.is_dir()
    assert not REFRESH, "REFAIRE=1 récrit ce qui est attendu : relancez sans."
