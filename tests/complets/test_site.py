"""The site of the real content, by each engine, read by programs that judge sites: axe-core on every kind of page, vnu on every page,
Lighthouse on the heaviest page of each kind. Its performance is measured apart (`python -m tests.readers lighthouse`): a machine that
does something else gives another figure.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.site.engine import ENGINES
from tests.bench.compare import DATE, _copy, _run
from tests.clients.programs import modules
from tests.complets.prepare import JAVA, MODULES, runs
from tests.readers import keyboard, layout, lighthouse, markup, rules, visiting
from tests.readers.places import heaviest, places

WHOLE = ("accessibility", "best-practices", "seo")


@pytest.fixture(scope="module", params=ENGINES)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a project that is built."""
    tree = tmp_path_factory.mktemp(f"site-{request.param}") / "projet"
    _copy(tree)
    _run(
        tree,
        "-m",
        "generator",
        "build",
        "-C",
        str(tree),
        "--date",
        DATE,
        "--engine",
        request.param,
        "--sans-frictionless",
    )
    return tree


@pytest.fixture(scope="module")
def seen(built: Path) -> Iterator[visiting.Window]:
    with visiting.window(built / "site") as window:
        yield window


def test_axe_finds_nothing_on_any_kind_of_page(built: Path, seen: visiting.Window) -> None:
    modules()
    assert rules.measure(seen, places(built, seen.site)).lines[1:] == ()


def test_the_keyboard_walks_through_every_kind_of_page(built: Path, seen: visiting.Window) -> None:
    assert keyboard.measure(seen, heaviest(reversed(places(built, seen.site)))).lines[1:] == ()


def test_no_page_overflows(built: Path, seen: visiting.Window) -> None:
    assert layout.zoom(seen, places(built, seen.site)).lines[1:] == ()


def test_the_html_is_valid(built: Path) -> None:
    if not MODULES.ready or not runs(*JAVA.shown):
        pytest.skip("VNU ABSENT : il lui faut Java et npm")
    known = tuple(each["message"] for each in markup.tolerated())
    assert [said for said in markup.errors(built / "site") if not said.startswith(known)] == []


def test_lighthouse_gives_all_the_points(built: Path) -> None:
    if not MODULES.ready:
        pytest.skip("LIGHTHOUSE ABSENT : python -m tests.complets.prepare l’installe")
    addresses = [place.address for place in heaviest(places(built, built / "site")) if place.address != "404.html"]
    missed = {
        address: audits
        for address, scores, audits in lighthouse.scores(built / "site", addresses, 1)
        if any(scores[name] < 100 for name in WHOLE)
    }
    assert missed == {}
