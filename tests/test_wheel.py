"""The generator installs as any library: a wheel holds the command, the theme, the templates, the guides, and is all that a project
elsewhere needs. It is built and installed without the network, in an environment that does not know this repository.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest
from samples import copy_base

ROOT = Path(__file__).resolve().parent.parent
MACHINE = ROOT / "generator"
SOURCES = ("pyproject.toml", "README.md", "LICENSE", "LICENCE-DONNEES.md")
UNWANTED = shutil.ignore_patterns("__pycache__", "*.pyc", "*.egg-info")
OFFLINE = ("--no-deps", "--no-index", "--disable-pip-version-check", "--quiet")
ENGINES = ("mkdocs", "zensical")


def run(*command: object, folder: Path) -> str:
    """What a command prints, in an environment of ours: no other PYTHON… but what it says itself."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PIP_", "GITHUB_"))}
    environment = {**kept, "PYTHONUTF8": "1", "SOURCE_DATE_EPOCH": "1767312000"}
    done = subprocess.run(
        [str(part) for part in command], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy: building leaves folders behind."""
    source, made = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in SOURCES:
        shutil.copy(ROOT / name, source / name)
    shutil.copytree(MACHINE, source / "generator", ignore=UNWANTED)
    run(sys.executable, "-m", "pip", "wheel", *OFFLINE, "--no-build-isolation", "-w", made, source, folder=made)
    [found] = made.iterdir()
    return found


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment that has the wheel, and the libraries of this one but not the link to this repository."""
    home = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", "--without-pip", home, folder=home)
    installed = home / "bin" / "python"
    packages = Path(run(installed, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", folder=home).strip())
    (packages / "bibliotheques.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    run(sys.executable, "-m", "pip", "--python", installed, "install", *OFFLINE, wheel, folder=home)
    return installed


def test_the_wheel_has_every_file_of_the_machine(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if name.startswith("generator/")}
    ours = {path for path in MACHINE.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    assert held == {path.relative_to(ROOT).as_posix() for path in ours}


def test_a_project_elsewhere_is_checked_and_built(python: Path, tmp_path: Path) -> None:
    """By the command itself; the theme and the extension that the engines read are those of the wheel."""
    project, command = tmp_path / "site-d-ailleurs", python.with_name("generator")
    copy_base(project)
    told = "import generator, sys; print(generator.__file__); print(*sys.path, sep='\\n')"
    origin, *path = run(python, "-c", told, folder=tmp_path).splitlines()
    assert Path(origin).is_relative_to(python.parent.parent)
    assert str(ROOT) not in path
    assert "Aucune faute" in run(command, "check", "-C", project, folder=tmp_path)
    for engine in ENGINES:
        run(command, "build", "-C", project, "--engine", engine, "--sans-frictionless", folder=tmp_path)
        assert "pied__colonnes" in (project / "site" / "index.html").read_text(encoding="utf-8")
        assert (project / "site" / "documentation" / "commandes" / "index.html").is_file()
        assert not (project / "generator").exists()


def test_a_site_installs_the_generator_by_its_fingerprint(wheel: Path, python: Path, tmp_path: Path) -> None:
    """As its workflows do, with the line that `init` writes; another fingerprint is refused by pip."""
    fingerprint = hashlib.sha256(wheel.read_bytes()).hexdigest()
    address = f"https://exemple.fr/{wheel.name}#sha256={fingerprint}"
    run(python.with_name("generator"), "init", "site", "--generateur", address, folder=tmp_path)
    written = (tmp_path / "site" / "requirements-generator.txt").read_text(encoding="utf-8")
    assert address in written
    here = tmp_path / "ici.txt"
    options = (*OFFLINE, "--require-hashes", "--target", tmp_path / "lib", "-r", here)
    here.write_text(written.replace("https://exemple.fr/", f"{wheel.parent.as_uri()}/"), encoding="utf-8")
    run(sys.executable, "-m", "pip", "install", *options, folder=tmp_path)
    here.write_text(here.read_text(encoding="utf-8").replace(fingerprint, "0" * 64), encoding="utf-8")
    with pytest.raises(AssertionError, match="DO NOT MATCH"):
        run(sys.executable, "-m", "pip", "install", *options, "--upgrade", folder=tmp_path)
