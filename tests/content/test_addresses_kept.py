"""Every address of this site: what leads to it from elsewhere keeps leading there. REFAIRE=1 writes `adresses.txt` anew."""

from __future__ import annotations

import re
from pathlib import Path

from samples import ROOT, compare
from test_golden import made

from generator.commands.check import checked_project


def test_addresses_of_the_real_site(tmp_path: Path) -> None:
    """Every address is of one known shape, and every shape is used: what leads to the site from elsewhere keeps leading
    there. In `adresses.txt`, `{id}` stands for an identifier.
    """
    addresses = made(ROOT, tmp_path)
    catalogue = checked_project(ROOT).catalogue
    ids = {str(part) for record in catalogue.records() for part in record.id}
    shapes = sorted({re.sub(r"(?<=/)([a-z0-9-]+)(?=/$)", lambda m: _shape(m[1], ids, addresses), a) for a in addresses})
    compare(Path(__file__).with_name("adresses.txt"), "".join(f"{shape}\n" for shape in shapes))


def _shape(last: str, ids: set[str], addresses: list[str]) -> str:
    """The last part of an address: itself, or `{id}` when it is that of a record."""
    return "{id}" if last in ids and f"/{last}/" not in addresses else last
