"""The workflows, audited by two programs that look at them from two sides: what is dangerous (zizmor), what GitHub refuses
(actionlint), neither of which asks the network; and by us: what is published takes nothing that another run left.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from ruamel.yaml import YAML

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


# --- Caches ------------------------------------------------------------------------------------------------------

OURS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
STARTED = sorted((ROOT / "generator" / "authoring" / "start").glob("*/_github/workflows/*.yml"))
PUBLISHES = ("actions/upload-pages-artifact@", "actions/deploy-pages@")
LEFT = ("actions/cache@", "actions/cache/restore@", "actions/cache/save@")


def cached(name: str, text: str) -> Iterator[str]:
    """What a workflow takes of other runs, where it must not: a site that is published is built from nothing; any other workflow
    has caches of its own, whose keys begin with its name.
    """
    steps = [step for job in YAML(typ="safe", pure=True).load(text)["jobs"].values() for step in job.get("steps", ())]
    publishes = any(step.get("uses", "").startswith(PUBLISHES) for step in steps)
    for step in steps:
        used, given = step.get("uses", ""), step.get("with", {})
        if used.startswith(LEFT):
            keys = [line.strip() for part in ("key", "restore-keys") for line in given.get(part, "").splitlines()]
            if publishes:
                yield f"{name} : « {used} » dans ce qui publie"
            yield from (f"{name} : la clé « {key} » n’est pas à lui" for key in keys if not key.startswith(f"{name}-"))
        if used.startswith("actions/setup-") and given.get("cache"):
            yield f"{name} : « {used} » garde d’une fois à l’autre"
        if publishes and ("--cache" in step.get("run", "") or ".atelier" in step.get("run", "")):
            yield f"{name} : ce qui publie reprend ce qu’une construction a laissé"
        if publishes and used.startswith("actions/download-artifact@") and {"run-id", "repository"} & given.keys():
            yield f"{name} : ce qui publie reprend ce qu’une autre exécution a laissé"


@pytest.mark.parametrize("path", [*OURS, *STARTED], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_is_published_takes_nothing_that_another_run_left(path: Path) -> None:
    assert not list(cached(path.stem, path.read_text(encoding="utf-8")))


def test_what_publishes_is_known() -> None:
    publishing = [path for path in (*OURS, *STARTED) if any(used in path.read_text("utf-8") for used in PUBLISHES)]
    assert {path.stem for path in publishing} == {"publier", "publish"}
    builds = {"make site", ".venv/bin/generator build"}
    for path in publishing:
        jobs = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))["jobs"]
        runs = [step["run"].strip() for job in jobs.values() for step in job["steps"] if "run" in step]
        assert builds & set(runs), path


KEPT = """\
jobs:
  a:
    steps:
      - uses: actions/cache@0
        with: {path: .cache, key: KEY, restore-keys: verifier-}
      - run: generator build --cache .cache
"""
PUBLISHED = "      - uses: actions/upload-pages-artifact@0\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (KEPT.replace("KEY", "verifier-1"), 0),
        (KEPT.replace("KEY", "site-1"), 1),  # another workflow may read it
        (KEPT.replace("KEY", "verifier-1") + PUBLISHED, 2),
        ("jobs: {a: {steps: [{uses: actions/setup-python@0, with: {cache: pip}}]}}", 1),
        ("jobs: {a: {steps: [{uses: actions/deploy-pages@0}, {run: make site OPTIONS=--cache=x}]}}", 1),
        (
            "jobs: {a: {steps: [{uses: actions/deploy-pages@0}, {uses: actions/download-artifact@0, with: {run-id: 1}}]}}",
            1,
        ),
    ],
)
def test_a_cache_that_is_not_ones_own_is_seen(text: str, said: int) -> None:
    assert len(list(cached("verifier", text))) == said
