"""The command line: French, with three exit codes, and four forms of messages."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from samples import ROOT, copy_base, replace, write

from generator.commands import cli
from generator.commands.making import pipeline
from generator.diagnostics.wording import MACHINE

ENGLISH = re.compile(
    r"\b(?:invalid|argument\w*: |expected|choose|required|unrecognized|error|usage: |options?: .*help|show|the"
    r"|following|file|line|warning|not|found|denied|directory|space)\b",
    re.IGNORECASE,
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_base(tmp_path)


def run(*arguments: str | Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    try:
        code = cli.main([str(a) for a in arguments])
    except SystemExit as exit_:
        code = int(exit_.code or 0)
    out, err = capsys.readouterr()
    return code, out, err


def test_check_of_what_is_right(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "-C", root, capsys=capsys) == (0, "", "Aucune faute\u202f: le contenu est valide.\n")


def test_warnings_are_not_faults(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(root, {"mkdocs.yml": "site_name: Jardins\n"})
    code, out, err = run("check", "-C", root, capsys=capsys)
    assert (code, out.count("avertissement"), err) == (0, 3, "3 avertissements\u202f: le contenu est valide.\n")


def test_faults_of_the_content(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace(root, "content/botanique/familles.yaml", "  nom: Solanacées", "  nom: =1")
    code, out, err = run("check", "-C", root, capsys=capsys)
    assert (code, err) == (1, "1 erreur.\n")
    assert out.startswith("content/botanique/familles.yaml:5:8\u202f: erreur [formule]\n")
    assert not (root / "build").exists()


@pytest.mark.parametrize("form", ["text", "github", "json", "markdown"])
def test_the_four_forms(root: Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    replace(root, "content/botanique/familles.yaml", "  nom: Solanacées", "  nom: =1")
    code, out, err = run("check", "-C", root, "--format", form, capsys=capsys)
    assert code == 1
    assert {
        "text": out.startswith("content/"),
        "github": out.startswith("::error file=content/botanique/familles.yaml,line=5,col=8,title=formule::"),
        "json": out.startswith("[") and json.loads(out)[0]["line"] == 5,
        "markdown": out.startswith("## 1 erreur.\n"),
    }[form]
    assert err == ("1 erreur.\n" if form == "text" else "")


WRONG = [
    *(
        (),
        ("chek",),
        ("check", "x"),
        ("check", "--format"),
        ("check", "--format", "xml"),
        ("check", "-C", "nulle-part"),
    ),
    *(("check", "-x"), ("check", "--form", "json"), ("build", "--engine", "jekyll"), ("build", "--date", "hier")),
    *(("build", "--date", "2026-02-30"), ("build", "--date", "20260101"), ("build", "--sans-frictionless=1")),
    *(
        ("diff", "--format", "github"),
        ("diff", "HEAD", "HEAD", "HEAD"),
        ("diff", "rien"),
    ),
    ("coverage", "--format", "json"),
    *(("apply",), ("apply", "nulle-part.md"), ("comment",), ("comment", "nulle-part"), ("comment", ".", "--numero")),
    *(("serve", "--port", "abc"), ("serve", "--port"), ("-x",), ("check", "--engine", "mkdocs")),
]


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_wrong_use(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(*arguments, capsys=capsys)
    assert (code, out) == (2, "")
    assert err.startswith("usage\u202f: generator")
    said = err.splitlines()[-1]
    assert not ENGLISH.search(said), said


@pytest.mark.parametrize(("asked", "near"), [("chek", ", peut-être check"), ("usage", ""), ("cli", ""), ("xyz", "")])
def test_a_command_that_does_not_exist(asked: str, near: str, capsys: pytest.CaptureFixture[str]) -> None:
    """All of them are named, of a file of the folder that is none too, and the one that was probably meant."""
    _, _, err = run(asked, capsys=capsys)
    assert (
        f"la commande «\u202f{asked}\u202f» n’existe pas{near} (commandes\u202f: apply, archive, build, check, " in err
    )


@pytest.mark.parametrize(
    "command",
    ["", "apply", "build", "check", "comment", "coverage", "diff", "format", "identities", "new", "rename", "serve"],
)
def test_help_is_french(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(*command.split(), "-h", capsys=capsys)
    assert (code, err) == (0, "")
    assert "affiche cette aide" in out
    words = re.sub(r"--?[a-z-]+|\b[A-Z]+\b|options:", "", out)
    assert not ENGLISH.search(words), ENGLISH.findall(words)


def test_differences_are_counted(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("identities", "-C", root, capsys=capsys) == (0, "", "")  # no rule of the base compares two numbers
    code, out, err = run("identities", "-C", ROOT / "tests" / "second_site", capsys=capsys)
    assert (code, err) == (0, "")
    assert out.split("\n") == ["Accords\u202f: 2", "  Juste\u202f: 1", "  Faux\u202f: 1", ""]


def test_coverage_is_said_whatever_the_faults(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run("coverage", "-C", root, capsys=capsys)
    assert (code, err) == (0, "")
    assert out.splitlines()[0].split() == ["manuel", "2", "lignes", "0", "chiffre"]
    replace(root, "content/botanique/familles.yaml", "  nom: Solanacées", "  nom: =1")
    code, again, err = run("coverage", "-C", root, capsys=capsys)
    assert (code, again, err) == (1, out, "1 erreur.\n")
    assert not (root / "build").exists()


def test_build_says_its_stages_and_what_it_made(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def made(
        project: object, engine: str, date: str, done: cli.Callable[[str, str], None], validate: bool, **more: bool
    ) -> pipeline.Result:
        done("paquets", "2 paquets")
        return pipeline.Result((), 2, 17)

    monkeypatch.setattr(pipeline, "build", made)
    code, out, err = run("build", "-C", root, capsys=capsys)
    assert (code, out) == (0, "2 jeux de données dans build/packages/, 17 pages dans site/ (mkdocs).\n")
    stages = [line.split()[0] for line in err.splitlines() if line.endswith(" s")]
    assert stages == ["lecture", "chargement", "contrôle", "paquets"]


def test_a_build_of_faulty_content_writes_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace(root, "content/botanique/familles.yaml", "  nom: Solanacées", "  nom: =1")
    code, out, err = run("build", "-C", root, capsys=capsys)
    assert code == 1
    assert "[formule]" in out
    assert err.endswith("Rien n’a été écrit\u202f: l’ancien site et les anciens paquets sont intacts.\n")
    assert not (root / "build").exists()
    assert not (root / "site").exists()


@pytest.mark.parametrize("number", sorted(MACHINE))
def test_a_full_disk_is_a_sentence(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def full(*arguments: object, **more: object) -> pipeline.Result:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(pipeline, "build", full)
    code, _, err = run("build", "-C", root, capsys=capsys)
    assert code == 1
    said = err.splitlines()[-1]
    assert said.startswith("Impossible d’écrire (")
    assert not ENGLISH.search(said)


def test_control_c_is_a_sentence(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*arguments: object, **more: object) -> pipeline.Result:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "build", stop)
    code, _, err = run("build", "-C", root, capsys=capsys)
    assert code == 130
    assert err.endswith("Interrompu\u202f: rien n’a été remplacé.\n")


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EEXIST, errno.ENOTDIR, errno.EINVAL, errno.EBADF])
def test_a_fault_of_ours_is_a_traceback(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def broken(*arguments: object, **more: object) -> pipeline.Result:
        raise OSError(number, "x")

    monkeypatch.setattr(pipeline, "build", broken)
    with pytest.raises(OSError, match="x"):
        run("build", "-C", root, capsys=capsys)


def test_any_terminal_can_show_it(root: Path) -> None:
    """An ASCII terminal, without Python's UTF-8 mode: no traceback, and the same exit code."""
    replace(root, "content/botanique/familles.yaml", "  nom: Solanacées", "  nom: =1")
    environment = {**os.environ, "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "generator", "check", "-C", str(root)]
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert done.returncode == 1
    assert "[formule]" in done.stdout.decode("utf-8")


def test_check_imports_nothing_slow() -> None:
    """What only a build or a server needs is imported by them alone."""
    slow = {"frictionless", "jinja2", "lxml", "mkdocs", "pagefind", "watchdog", "zensical"}
    script = f"import sys; from generator.commands.cli import main; main(['check', '-h']); print({slow} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.stdout.endswith("set()\n"), done.stdout + done.stderr
