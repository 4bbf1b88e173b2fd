"""The colours of a site: measured as WCAG 2.2 says, on the papers of the theme."""

from __future__ import annotations

import re

import pytest
from samples import ROOT

from generator.contracts.face import DARK, LIGHT, Face
from generator.values import colours

SHEET = (ROOT / "generator" / "theme" / "assets" / "site.css").read_text(encoding="utf-8")


def test_contrast_is_that_of_wcag() -> None:
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colours.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert colours.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("#ABC", "#aabbcc"),
        ("#17545e", "#17545e"),
        (" Deep_Purple ", "#7e56c2"),
        ("tile", ""),
        ("#12", ""),
        ("#17545ef", ""),
    ],
)
def test_what_a_text_names(text: str, colour: str) -> None:
    assert colours.read(text, colours.PRIMARY) == colour


@pytest.mark.parametrize("papers", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    "colour", [*colours.PRIMARY.values(), *colours.ACCENT.values(), "#ffffff", "#808080", "#0000ff"]
)
def test_the_nearest_can_be_read(colour: str, papers: tuple[str, ...]) -> None:
    near = colours.nearest(colour, papers)
    assert colours.readable(near, papers)
    assert (near == colour) == colours.readable(colour, papers)


def test_the_papers_are_those_of_the_theme() -> None:
    light, dark = re.findall(r":root \{\s+color-scheme: \w+;(.*?)\}", SHEET, re.DOTALL)[:2]
    for papers, rules in ((LIGHT, light), (DARK, dark)):
        declared = dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", rules))
        assert set(papers) <= {declared[name] for name in ("--papier", "--papier-2", "--papier-3")}
        assert colours.readable(declared["--primaire"], papers)
        assert colours.contrast(colours.nearest("#4051b5", papers), declared["--sur-primaire"]) >= colours.READABLE


def test_the_sheet_of_colours() -> None:
    assert Face().sheet() == ""
    sheet = Face(accent="#a3421d").sheet()
    assert sheet.startswith(":root{--accent:#a3421d;}\n@media screen and (prefers-color-scheme:dark){:root{--accent:#")
    assert "--primaire" not in sheet
    assert "--primaire-fonce:" in Face(primary="#17545e").sheet()
