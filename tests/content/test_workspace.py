"""The settings of this workspace: those of the contracts of this content."""

from __future__ import annotations

from samples import ROOT

from generator.authoring import editors
from generator.contracts.descriptors import read_contracts


def test_the_settings_of_this_workspace_are_those_of_its_contracts() -> None:
    contracts, _ = read_contracts(ROOT)
    for path, made in (
        (editors.SETTINGS, lambda text: editors.settings(contracts, text)),
        (editors.EXTENSIONS, editors.extensions),
    ):
        text = (ROOT / path).read_text(encoding="utf-8")
        assert made(text) == text, f"{path} : lancez « generator schemas --vscode »"
