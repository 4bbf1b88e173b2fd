"""From the form to the comment, on a real repository: the steps of the workflows, run as they are written."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import zipfile
from pathlib import Path

import pytest
from samples import commit, copy_base, replace
from workflows import Machine

from generator.authoring.form import Form, read_form
from generator.commands import cli
from generator.commands.cli import group

ISSUE = {"github.repository": "exemple/jardins", "github.token": "jeton", "github.event.issue.number": "12"}
ISSUE |= {"github.event.sender.login": "relectrice", "github.event.repository.default_branch": "main"}
RUN = {"github.repository": "exemple/jardins", "github.token": "jeton", "github.event.workflow_run.id": "99"}
RUN |= {
    "github.event.workflow_run.html_url": "https://forge.exemple.fr/exemple/jardins/actions/runs/99",
    "github.event.workflow_run.conclusion": "success",
    "github.event.workflow_run.head_sha": "abc",
    "github.event.workflow_run.head_repository.full_name": "ailleurs/jardins",
}
PLANT = "content/botanique/plantes/tomate.yaml"
ASKED = ("botanique", "varietes", "tomate/coeur-de-boeuf", "jours_max", "85", "90", "Manuel, p. 3 (merci @equipe)")


def body(*told: str) -> str:
    """What GitHub makes of a filled form."""
    form = read_form(Path())
    assert isinstance(form, Form)
    return "".join(
        f"### {label}\r\n\r\n{text or '_No response_'}\r\n\r\n"
        for label, text in zip(form.labels.values(), told, strict=True)
    )


def git(root: Path, *arguments: str) -> str:
    environment = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    command = ("git", "-C", str(root), *arguments)
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8", env=environment).stdout


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A clone of a repository that holds the small project, on a machine of continuous integration."""
    origin, root = tmp_path / "origine.git", tmp_path / "clone"
    copy_base(root)
    (root / ".gitignore").write_text(".venv/\nmessages/\n", encoding="utf-8")
    commit(root)
    git(root, "branch", "-M", "main")
    git(tmp_path, "init", "-q", "--bare", str(origin))
    git(root, "remote", "add", "origin", str(origin))
    git(root, "push", "-q", "origin", "main")
    made = Machine(root, tmp_path / "machine")
    made.answers("/permission ", "write")
    return made


def labelled(machine: Machine, text: str | None) -> dict[str, int]:
    """The label is put on an issue of that text."""
    (machine.folder / "evenement.json").write_text(json.dumps({"issue": {"body": text}}), encoding="utf-8")
    return machine.run("appliquer.yml", "appliquer", ISSUE)


def test_a_filled_form_becomes_a_pull_request(machine: Machine) -> None:
    before = (machine.root / PLANT).read_bytes()
    codes = labelled(machine, body(*ASKED))
    assert codes["Corriger"] == codes["Contrôler"] == codes["Ouvrir la demande, ou dire ce qui manque"] == 0, (
        machine.said
    )
    changed = git(machine.root, "diff", "--stat", "main", "origin/correction/issue-12", "--", ".")
    assert "1 file changed, 1 insertion(+), 1 deletion(-)" in changed
    after = git(machine.root, "show", f"origin/correction/issue-12:{PLANT}").encode()
    assert after == before.replace(b"jours_max: 85", b"jours_max: 90")
    asked = machine.asked()
    assert [words for words, *_ in asked[1:]] == [
        "issue edit 12 --remove-label à appliquer",
        "auth setup-git",
        "pr create --base main --head correction/issue-12 --title Correction demandée par le ticket #12 --body-file "
        + str(machine.folder / "tmp" / "reponse.md"),
    ]
    told = asked[-1][1]
    assert "| Avant | `85` |" in told
    assert "| Après | `90` |" in told
    assert "| Source donnée | `Manuel, p. 3 (merci @equipe)` |" in told
    assert "Aucune faute" in told
    assert told.endswith("\nCorrige #12.\n")
    if "diff" in group().commands:
        assert "### Ce qui change" in told


def test_a_branch_that_is_there_is_left_as_it_is(machine: Machine) -> None:
    git(machine.root, "push", "-q", "origin", "main:correction/issue-12")
    assert labelled(machine, body(*ASKED))["Ouvrir la demande, ou dire ce qui manque"] == 1
    assert "La branche correction/issue-12 existe déjà." in machine.asked()[-1][0]
    assert git(machine.root, "ls-remote", "origin", "correction/issue-12").startswith(
        git(machine.root, "rev-parse", "main").strip()
    )


def test_a_figure_is_proposed_with_the_sentences_that_quote_it(machine: Machine) -> None:
    codes = labelled(machine, body("botanique", "varietes", "tomate/coeur-de-boeuf", "jours_min", "70", "75", "Manuel"))
    assert codes["Contrôler"] == 0
    words, _ = machine.asked()[-1]
    assert words.startswith("pr create --base main --head correction/issue-12 ")
    changed = git(machine.root, "diff", "--unified=0", "main", "correction/issue-12")
    assert "+    jours_min: 75" in changed
    assert "[75](variete:tomate/coeur-de-boeuf)" in changed


def test_what_still_needs_a_choice_is_answered_on_the_issue(machine: Machine) -> None:
    """More days at least than at most: which of the two is wrong is for somebody to say."""
    codes = labelled(machine, body("botanique", "varietes", "tomate/coeur-de-boeuf", "jours_min", "70", "90", "Manuel"))
    assert codes["Contrôler"] == 1
    words, told = machine.asked()[-1]
    assert words.startswith("issue comment 12 --body-file ")
    assert "La durée la plus courte dépasse la plus longue." in told
    assert "Rien n’est proposé." in told
    assert git(machine.root, "branch", "--all").split() == ["*", "main", "remotes/origin/main"]


@pytest.mark.parametrize(
    "text", [body(*ASKED[:5], "$(touch PIRATE) `touch PIRATE` {{ 7 * 7 }}", "x"), "@equipe <img>", None]
)
def test_a_form_that_cannot_be_applied_is_answered(machine: Machine, text: str | None) -> None:
    codes = labelled(machine, text)
    assert codes["Corriger"] == 1
    assert git(machine.root, "status", "--porcelain") == ""
    words, told = machine.asked()[-1]
    assert words.startswith("issue comment 12 ")
    assert "Rien n’a été écrit" in told
    assert not re.search(r"@\w|<img", told)
    assert not list(machine.root.rglob("PIRATE"))


def test_only_who_can_write_starts_it(machine: Machine) -> None:
    machine.replies.clear()
    machine.answers("/permission ", "read")
    assert labelled(machine, body(*ASKED)) == {"Vérifier qui le demande": 1}
    assert git(machine.root, "status", "--porcelain") == ""


# --- A pull request: verified without power, then answered ---


def verified(machine: Machine) -> bytes:
    """The archive of what a verification notes."""
    said = {
        "github.event.pull_request.number": "7",
        "github.event.pull_request.base.sha": git(machine.root, "rev-parse", "HEAD").strip(),
    }
    machine.run("verifier.yml", "contenu", said)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path in sorted((machine.root / "messages").iterdir()):
            archive.write(path, path.name)
    return packed.getvalue()


def commented(
    machine: Machine, archive: bytes, head: str = "abc ailleurs/jardins", before: str = ""
) -> list[list[str]]:
    """What is asked of GitHub when a verification has ended."""
    machine.answers(r"/actions/runs/99/artifacts", "5")
    machine.answers(r"/actions/artifacts/5/zip", archive)
    machine.answers(r"/pulls/7 ", head)
    machine.answers(r"--paginate .*/issues/7/comments", before)
    codes = machine.run("commenter.yml", "commenter", RUN)
    assert codes["Prendre les messages"] == 0
    return machine.asked()


def test_a_faulty_request_gets_its_comment(machine: Machine) -> None:
    replace(machine.root, "content/botanique/familles.yaml", "  nom: Solanacées", "  nom: =1 @equipe")
    words, told = commented(machine, verified(machine))[-1]
    assert (
        words
        == f"api --silent repos/exemple/jardins/issues/7/comments -F body=@{machine.folder / 'tmp' / 'commentaire.md'}"
    )
    assert told.startswith("<!-- verification -->\n")
    assert "1 erreur." in told
    assert "`content/botanique/familles.yaml:5:8`" in told
    assert "https://forge.exemple.fr/exemple/jardins/actions/runs/99" in told
    assert not re.search(r"@\w", told.split("| `content")[1].split("|")[1])
    assert "1 erreur." in (machine.folder / "resume.md").read_text(encoding="utf-8")


def test_the_comment_is_updated_in_place(machine: Machine) -> None:
    words, _ = commented(machine, verified(machine), before="41\n42\n")[-1]
    assert words.startswith("api --silent --method PATCH repos/exemple/jardins/issues/comments/41 ")


@pytest.mark.parametrize("head", ["def ailleurs/jardins", "abc autre/jardins", ""])
def test_another_request_is_not_answered(machine: Machine, head: str) -> None:
    words, *_ = commented(machine, verified(machine), head)[-1]
    assert words.startswith("api repos/exemple/jardins/pulls/7 ")


def packed(**files: str | bytes) -> bytes:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return found.getvalue()


def test_a_forged_number_posts_nothing(machine: Machine) -> None:
    words, *_ = commented(machine, packed(numero__txt="7; rm -rf /"))[-1]
    assert words.endswith("/actions/artifacts/5/zip")


@pytest.mark.parametrize(
    "archive",
    [
        b"",
        b"PK",
        packed(numero__txt="7\n8"),
        packed(numero__txt="٧"),
        packed(numero__txt="../8"),
        packed(diagnostics__json="[]"),
        packed(**{"../numero.txt": "7"}),
    ],
    ids=["vide", "tronquée", "deux", "autre chiffre", "chemin", "absent", "dehors"],
)
def test_what_is_no_number_is_a_sentence(archive: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "messages.zip").write_bytes(archive)
    assert cli.main(["comment", str(tmp_path / "messages.zip"), "--numero"]) == 2
    assert capsys.readouterr().out == ""


ROW = {
    "code": "x",
    "severity": "erreur",
    "path": "a",
    "line": 1,
    "column": 1,
    "message": "m",
    "hint": "",
    "suggestion": "",
    "count": 1,
}


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("{}", "Aucune faute"),
        ("[1]", "ne se lisent pas"),
        ("[" * 100_000, "ne se lisent pas"),
        (json.dumps([ROW | {"line": "1"}]), "ne se lisent pas"),
        (json.dumps([ROW | {"severity": "<b>"}]), "ne se lisent pas"),
        (json.dumps([ROW | {"message": "[a](https://x) @b <img>\n\n# c"}]), r"\[a\](https:" + "\u2060//x) @\u2060b"),
        (json.dumps([ROW] * 5_000), "4\u202f950 messages de plus."),
        ("0" * 3_000_000, "ne se lisent pas"),
    ],
)
def test_forged_messages_stay_texts(told: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hostile = "![x](https://x/y.png) @equipe\n" * 9_000
    archive = packed(numero__txt="7", diagnostics__json=told, diff__md=hostile, rapport__md="@equipe", autre__md="x")
    (tmp_path / "messages.zip").write_bytes(archive)
    assert cli.main(["comment", str(tmp_path / "messages.zip")]) == 0
    text = capsys.readouterr().out
    assert said in text
    assert len(text) < 65_536
    assert not re.search(r"@\w|(?<!\\)!\[|(?<!\\)<(?!!-- verification)", text)
    assert "equipe" not in text.split("### Ce qui change")[0]


def test_a_link_that_is_no_run_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for link in ("javascript:x", "https://exemple.fr/", "https://forge.exemple.fr/a/b/actions/runs/1) [x](y"):
        assert cli.main(["comment", str(tmp_path), "--lien", link]) == 2
    assert "n’est pas l’adresse d’une exécution" in capsys.readouterr().err
