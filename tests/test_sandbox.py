"""Hostile projects among watched neighbours: what a command may write, it writes in three folders of the project alone. The
whole list is `make sandbox`.
"""

from __future__ import annotations

import pytest
from samples import series
from sandbox import INPUTS, trials

SAMPLE = (
    *("sans faute", "site_dir: ../public", "docs_dir: content", "crochet", "clé ../../../../voisin/x", "page a\u202eb.md"),
    *("modèle qui écrit", "modèle qui inclut", "lien datapackages", "lien build", "lien .atelier/.gitignore", "lien dans le thème"),
)  # fmt: skip


@pytest.mark.parametrize("name", series(2, SAMPLE))
def test_nothing_is_touched_nor_shown_outside(name: str) -> None:
    assert name in INPUTS
    assert [(verb, wrong) for _, verb, _, wrong in trials(iter([name])) if wrong] == []
