"""The workflows, audited by two programs that look at them from two sides: what is dangerous (zizmor), what GitHub refuses
(actionlint). Neither asks the network.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ZIZMOR = ("zizmor", "--offline", "--persona", "pedantic", "--no-progress", "--color", "never")
ACTIONLINT = ("actionlint", "-no-color", "-shellcheck", "", "-pyflakes", "")

WRONG = """on: pull_request_target
jobs:
  a:
    runs-on: ubuntu-latest
    needs: b
    steps:
      - run: echo ${{ github.event.pull_request.title }}
"""


def audited(command: tuple[str, ...], *paths: Path) -> subprocess.CompletedProcess[str]:
    """A program of the environment of the tests, on files."""
    program = Path(sys.executable).with_name(command[0])
    done = [str(program), *command[1:], *map(str, paths)]
    return subprocess.run(done, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("command", [ZIZMOR, ACTIONLINT], ids=lambda command: command[0])
def test_the_workflows_are_clean(command: tuple[str, ...]) -> None:
    github = ROOT / ".github"
    paths = [github] if command is ZIZMOR else sorted((github / "workflows").glob("*.yml"))
    done = audited(command, *paths)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("command", [ZIZMOR, ACTIONLINT], ids=lambda command: command[0])
def test_a_wrong_one_is_seen(command: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / ".github" / "workflows" / "wrong.yml"
    path.parent.mkdir(parents=True)
    path.write_text(WRONG, encoding="utf-8")
    done = audited(command, path)
    assert done.returncode != 0
    assert "pull_request.title" in done.stdout


def test_what_is_set_aside_says_why() -> None:
    aside = [
        line
        for path in (ROOT / ".github").rglob("*.yml")
        for line in path.read_text(encoding="utf-8").splitlines()
        if "zizmor: ignore" in line
    ]
    assert len(aside) == 1
    assert aside[0].strip().startswith("workflow_run:")
    assert len(aside[0].split("] ", 1)[1]) > 30
