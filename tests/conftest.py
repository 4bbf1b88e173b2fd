"""TESTS_SANS_SAUT=1 (continuous integration): a test that would be skipped fails instead, so that nothing is left out
silently because a tool is missing.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Generator

import pytest
from browser import browser, page, site  # noqa: F401 (fixtures, once for all the modules)
from clients.published import gardens, here, organs, published, strange  # noqa: F401
from hypothesis import settings
from tracing import there

from generator.text.language import FRENCH, speak

# GitHub's own CI, where these tests run too, says where the project is kept: a build would take it from there.
os.environ.pop("GITHUB_ACTIONS", None)
# A test says what is made, never how fast: elsewhere than in CI, Hypothesis fails one that takes 200 ms.
settings.register_profile("here", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if "CI" in os.environ else "here"))
NOTHING_SKIPPED = os.environ.get("TESTS_SANS_SAUT") == "1"


# The files that take longest, longest first: each goes whole to one process, and one begun last would be waited for alone.
LONGEST = (
    "session", "diagnostics", "project_here", "requests", "tables_spark", "patterns", "manifest", "edits", "written", "readers",
    "table_page", "documentation", "declared", "mistakes", "tables_engines", "build", "serve", "fork", "stopping", "browser_theme",
    "catalogues", "shared_tables", "clients", "fix", "downloads", "release", "sandbox", "validation", "growth", "archive", "diff", "wheel",
    "hosting", "frames", "snippets", "panel", "watch", "engine", "seams", "faults",
)  # fmt: skip
RANKS = {f"test_{name}": rank for rank, name in enumerate(LONGEST)}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: RANKS.get(item.path.stem, len(RANKS)))


def pytest_collection_finish() -> None:
    """What was collected, twelve thousand tests and all our modules, lasts: it is not gone through again at each collection of garbage,
    an eighth of the time of a test that checks a small project.
    """
    gc.collect()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """What several tests share is made in French, whatever the test before spoke."""
    speak(FRENCH)


@pytest.fixture(autouse=True)
def _french() -> None:
    """Each test begins in French, whatever was spoken to make what it shares with others."""
    speak(FRENCH)


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if NOTHING_SKIPPED and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"TESTS_SANS_SAUT=1 : ce test ne doit pas être sauté ({reason})."


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was not even chosen."""
    if not there():
        terminalreporter.section("strace absent, ou interdit ici", yellow=True)
        terminalreporter.line("Aucun appel du système n’a été mis en échec de l’extérieur (tests/test_faults.py).")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _refuse_skip(report)
    return report
