"""In a fork whose content is the library of the tutorial, `.ci/run` passes: reading of the code and whole suite, nothing skipped."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from forks import fork, run
from samples import ROOT


def test_the_continuous_integration_of_a_fork_is_green(tmp_path: Path) -> None:
    if not (Path(sys.prefix) / ".pret-test").is_file() or not (ROOT / "tests/clients/node_modules").is_dir():
        pytest.skip("ENVIRONNEMENT DE make ABSENT : « make test-complet » le prépare")
    done = run(fork(tmp_path), ".ci/run")
    assert done.returncode == 0, done.stdout[-6000:]
    assert " passed" in done.stdout.rstrip().rsplit("\n", 1)[-1]
