"""What `make test` has programs read of small projects, they read here of the project of this repository: every cell, in every format."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import test_catalogues
import test_clients
import test_downloads
import test_json
import test_spreadsheets
from clients.published import Site
from samples import ROOT
from test_flat import views
from test_snippets import Served, serving, test_javascript, test_python  # noqa: F401 (tests, of the packages served here)

from generator.commands.check import checked_project

MODULES = (test_catalogues, test_clients, test_downloads, test_json, test_spreadsheets)


def reading(module: Any) -> Iterator[tuple[str, Any]]:
    """The tests of a module that read what a project publishes, each by a name that says whose it is."""
    for name, test in inspect.getmembers(module, inspect.isfunction):
        if name.startswith("test_") and "published" in inspect.signature(test).parameters:
            yield f"{module.__name__}_{name.removeprefix('test_')}", test


@pytest.fixture(scope="module")
def published(here: Site) -> Site:
    """Here alone: `make test` has read the others."""
    return here


globals().update(each for module in MODULES for each in reading(module))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(ROOT, tmp_path_factory.mktemp("site")) as found:
        yield found


def test_the_views_say_the_same(tmp_path: Path) -> None:
    for name, rows, seen in views(checked_project(ROOT), tmp_path):
        assert seen == rows, name
