"""R reads every cell of what is published, whatever the locale of the machine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from clients.programs import ran
from clients.published import Site
from complets.prepare import R, runs


def rscript(script: str, *arguments: str | Path, locale: str) -> str:
    """What a script of this folder prints."""
    if not runs(*R.shown):
        pytest.skip(f"R ABSENT, ou l’une de ses bibliothèques : {', '.join(R.packages)}")
    done = ran("Rscript", Path(__file__).with_name(script), *arguments, LC_ALL=locale)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("locale", ["C.UTF-8", "C"])
def test_readr_reads_every_cell(published: Site, locale: str) -> None:
    packages = json.loads(rscript("read.R", *published.descriptors, locale=locale))
    for package, found in zip(published.packages, packages, strict=True):
        for table in published.tables(package):
            assert found[table.name]["columns"] == list(table.fields)
            assert [tuple(row) for row in found[table.name]["rows"]] == table.rows(), table.path
