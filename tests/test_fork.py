"""A fork whose content is the library of the tutorial is green: here, what reads the project of the repository, whatever it is; the
whole suite in tests/complets/test_fork_whole.py.
"""

from __future__ import annotations

import sys
from pathlib import Path

from forks import REPLACED, fork, run
from guides import ENGLISH, TUTORIAL, read
from samples import ROOT


def test_what_reads_the_project_of_a_fork_is_green(tmp_path: Path) -> None:
    if not (ROOT / "tests" / "content").is_dir():
        return  # this is a fork: what runs here says it
    copy = fork(tmp_path)
    pytest = (sys.executable, "-X", "warn_default_encoding", "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider")
    done = run(
        copy, *pytest, "-m", "here", TESTS_SANS_SAUT="1"
    )  # collects them all: one that cannot be read is an error
    assert done.returncode == 0, done.stdout[-6000:]
    assert " passed" in done.stdout


def test_what_a_fork_replaces_is_in_the_guide_and_in_the_readme() -> None:
    texts = [(ROOT / "README.md").read_text(encoding="utf-8"), read(TUTORIAL), read(ENGLISH + TUTORIAL)]
    assert [[each for each in REPLACED if f"`{each}`" not in text] for text in texts] == [[], [], []]
