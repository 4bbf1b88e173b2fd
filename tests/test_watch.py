"""The weekly workflow that looks after freshness, run as it is written: one request for what is verified, one issue for what is due."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from samples import commit, copy_base, replace
from workflows import Machine

SAID = {"github.repository": "exemple/jardins", "github.token": "jeton", "github.ref_name": "main"}
CONTRACT = "datapackages/botanique/datapackage.yaml"
BOOKS = "content/botanique/ouvrages.yaml"
VERIFY, TELL, PROPOSE, ISSUE = (
    "Vérifier les adresses",
    "Dire ce qui est à revoir",
    "Proposer ce qui est vérifié",
    "Ouvrir le ticket, le mettre à jour ou le fermer",
)
# What stands for `generator links`: no test asks a server.
VERIFIED = """#!/bin/sh
case "$*" in
  *"generator links"*) sed -i 's/annee: 1998/annee: 1999/' content/botanique/ouvrages.yaml; echo "- vu" > "$RUNNER_TEMP/adresses.md" ;;
  *) exec "{python}" "$@" ;;
esac
"""


def git(root: Path, *arguments: str) -> str:
    environment = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    command = ("git", "-C", str(root), *arguments)
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8", env=environment).stdout


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A clone of a repository that holds the small project, whose books say how sure they are."""
    origin, root = tmp_path / "origine.git", tmp_path / "clone"
    copy_base(root)
    replace(
        root,
        CONTRACT,
        "    cited_as: {title: titre,",
        "    freshness: {verified: relu_le}\n    cited_as: {title: titre,",
    )
    column = "        - {name: adresse, type: string, format: uri, title: Adresse}\n"
    replace(root, CONTRACT, column, column + "        - {name: relu_le, type: date, title: Relu le}\n")
    (root / ".gitignore").write_text(".venv/\n", encoding="utf-8")
    commit(root)
    git(root, "branch", "-M", "main")
    git(tmp_path, "init", "-q", "--bare", str(origin))
    git(root, "remote", "add", "origin", str(origin))
    git(root, "push", "-q", "origin", "main")
    return Machine(root, tmp_path / "machine")


def verifying(machine: Machine) -> None:
    """Servers say something: the content changes."""
    python = machine.root / ".venv" / "bin" / "python"
    python.write_text(VERIFIED.replace("{python}", sys.executable), encoding="utf-8")


def run(machine: Machine) -> list[list[str]]:
    """Run the workflow; what was asked of GitHub."""
    codes = machine.run("fraicheur.yml", "fraicheur", SAID)
    assert codes == dict.fromkeys((VERIFY, TELL, PROPOSE, ISSUE), 0), machine.said
    return [asked for asked in machine.asked() if not asked[0].startswith(("auth", "api", "pr list"))]


def test_what_is_due_is_one_issue(machine: Machine) -> None:
    [[asked, body]] = run(machine)
    assert asked.startswith("issue create --title Données à revoir")
    assert body.startswith("<!-- fraicheur -->\nAu ")
    assert "## Vérifications sans date (2)" in body
    assert "refs/heads/fraicheur" not in git(machine.root, "ls-remote", "origin")


def test_an_open_issue_is_updated_in_place(machine: Machine) -> None:
    machine.answers("^api --paginate repos/exemple/jardins/issues", "31\n")
    [[asked, body]] = run(machine)
    assert asked.startswith("issue edit 31 ")
    assert body.startswith("<!-- fraicheur -->\n")


def verified(machine: Machine) -> None:
    """Every book is verified."""
    path = machine.root / BOOKS
    text = path.read_text(encoding="utf-8").replace("- id:", "- relu_le: 2026-01-01\n  id:")
    path.write_text(text, encoding="utf-8", newline="")
    commit(machine.root)


def test_it_is_closed_when_nothing_is_due(machine: Machine) -> None:
    verified(machine)
    machine.answers("^api --paginate repos/exemple/jardins/issues", "31\n")
    [[asked]] = run(machine)
    assert asked.startswith("issue close 31 --comment Rien n’est plus à revoir.")


def test_nothing_due_and_no_issue_asks_nothing(machine: Machine) -> None:
    verified(machine)
    assert run(machine) == []


def test_what_is_verified_becomes_a_request(machine: Machine) -> None:
    verifying(machine)
    made, _ = run(machine)
    assert made[0].startswith("pr create --base main --head fraicheur/adresses --title Adresses des sources vérifiées")
    assert made[1] == "- vu\n"
    assert "annee: 1999" in git(machine.root, "show", f"origin/fraicheur/adresses:{BOOKS}")
    assert "annee: 1998" in git(machine.root, "show", f"origin/main:{BOOKS}")


def test_an_open_request_is_made_anew(machine: Machine) -> None:
    verifying(machine)
    machine.answers("^pr list", "12\n")
    made, _ = run(machine)
    assert made[0].startswith("pr edit 12 ")


def test_only_our_own_open_issue_is_taken(machine: Machine) -> None:
    """The filter that finds it, as jq reads it, on what GitHub answers."""
    run(machine)
    [asked] = [asked for asked, *_ in machine.asked() if asked.startswith("api --paginate")]
    assert "state=open" in asked
    for word in (
        "select(.pull_request | not)",
        '.user.login == "github-actions[bot]"',
        'startswith("<!-- fraicheur -->")',
    ):
        assert word in asked
