"""check-datapackage, strict: the profile, the keys from table to table, and all that the standard only recommends."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from clients.programs import ran, said
from clients.published import Site
from complets.prepare import CHECK_DATAPACKAGE


def check_datapackage(descriptor: Path) -> list[str]:
    """What it says of a descriptor."""
    if not CHECK_DATAPACKAGE.ready:
        pytest.skip("CHECK-DATAPACKAGE ABSENT : il lui faut Python 3.12 ou plus récent")
    return said(ran(CHECK_DATAPACKAGE.program("check-datapackage"), "check", "--strict", descriptor))


def test_it_accepts_every_descriptor(published: Site) -> None:
    assert [line for path in published.descriptors for line in check_datapackage(path)] == []


def test_it_sees_a_key_to_a_column_that_is_not_there(gardens: Site, tmp_path: Path) -> None:
    place = Path(shutil.copytree(gardens.packages["botanique"], tmp_path / "botanique"))
    text = (place / "datapackage.json").read_text(encoding="utf-8")
    wanted = '"reference": {\n              "resource": "familles",\n              "fields": [\n                "id"'
    assert wanted in text
    (place / "datapackage.json").write_text(text.replace(wanted, wanted.replace('"id"', '"code"')), encoding="utf-8")
    assert any("familles" in line or "code" in line for line in check_datapackage(place / "datapackage.json"))
