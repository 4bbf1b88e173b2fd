"""The command line: parses, calls one function, prints. Exit codes: 0 clean or warnings, 1 faults in the content, 2 wrong
use; a fault of ours is a traceback.
"""

from __future__ import annotations

import argparse
import datetime
import errno
import gc
import re
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from generator.catalogue.project import Project
from generator.commands.check import checked_project
from generator.diagnostics.reports import RENDERERS, summary
from generator.diagnostics.wording import reason
from generator.text.french import french

ENGINES = ("mkdocs", "zensical")
EARLIEST = "1980-01-01"  # the first date that an archive can hold


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    gc.disable()  # a short-lived process whose data has no cycles worth collecting
    options = parser().parse_args(arguments)
    try:
        code: int = options.command(options)
    except KeyboardInterrupt:
        print(french("\nInterrompu : rien n’a été remplacé."), file=sys.stderr)
        return 130
    except OSError as error:
        found = re.search(r"\[Errno ([0-9]+)\]", str(error))  # shutil gathers several in one that has no number
        number = error.errno or (int(found[1]) if found else 0)
        if number not in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES):
            raise
        message = french(
            "Impossible d’écrire ({reason}) : rien n’a été remplacé. Libérez de la place ou vérifiez vos droits."
        )
        print(message.format(reason=reason(OSError(number, ""))), file=sys.stderr)
        return 1
    return code


def check(options: argparse.Namespace) -> int:
    """`generator check`."""
    project = checked_project(options.racine)
    _print(project.diagnostics, options.format, options.racine)
    return 1 if project.faulty else 0


def coverage(options: argparse.Namespace) -> int:
    """`generator coverage`."""
    from generator.prose.coverage import as_text
    from generator.prose.coverage import coverage as count_all

    project = checked_project(options.racine)
    print(as_text(count_all(project.catalogue, project.articles)))
    if project.faulty:  # what could not be read is not counted
        print(summary(project.diagnostics), file=sys.stderr)
    return 1 if project.faulty else 0


def build(options: argparse.Namespace) -> int:
    """`generator build`."""
    from generator.commands.build import build as build_all
    from generator.site.publication import PublicationError

    stages = _Stages()
    project: Project = checked_project(options.racine, stages)
    try:
        result = build_all(project, options.engine, options.date or "", stages, not options.sans_frictionless)
    except PublicationError as error:
        print(french(str(error)), file=sys.stderr)
        return 1
    _print(result.diagnostics, "text", options.racine)
    if not result.pages:
        print(french("Rien n’a été écrit : l’ancien site et les anciens paquets sont intacts."), file=sys.stderr)
        return 1
    made = french("{packages} jeux de données dans build/packages/, {pages} pages dans site/ ({engine}).")
    print(made.format(packages=result.packages, pages=result.pages, engine=options.engine))
    return 0


def serve(options: argparse.Namespace) -> int:
    """`generator serve`."""
    from generator.commands.serve import serve as serve_site

    return serve_site(options.racine, options.engine, options.port)


class _Stages:
    """Prints each stage as it ends, with its counts and its time."""

    def __init__(self) -> None:
        self.started = time.perf_counter()

    def __call__(self, stage: str, counts: str) -> None:
        now = time.perf_counter()
        print(f"  {stage:<14}{counts:<44}{now - self.started:6.2f} s".replace(".", ","), file=sys.stderr, flush=True)
        self.started = now


def _print(diagnostics: Sequence[object], form: str, root: Path) -> None:
    text = RENDERERS[form](diagnostics, root)  # type: ignore[arg-type]
    if text:
        print(text)
    if form == "text":
        print(summary(diagnostics), file=sys.stderr)  # type: ignore[arg-type]


def parser() -> argparse.ArgumentParser:
    """The command line, in French; the reference page is made from it."""
    top = _Parser("generator", "Des fiches YAML aux jeux de données ouverts et au site.")
    commands = top.add_subparsers(title="commandes", metavar="COMMANDE", required=True, parser_class=_Parser)

    def command(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        added: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
        added.set_defaults(command=run)
        racine = "racine du projet (par défaut : le dossier courant)"
        added.add_argument("-C", "--racine", type=_folder, default=Path(), metavar="DOSSIER", help=french(racine))
        return added

    added = command("check", check, "Contrôle le contenu et dit chaque faute, avec sa place et sa correction.")
    forms = "forme des messages : text (par défaut), github, json ou markdown"
    added.add_argument("--format", choices=tuple(RENDERERS), default="text", help=french(forms), metavar="FORME")
    command(
        "coverage",
        coverage,
        "Compte ce qui est tiré de chaque source, et la part des chiffres situés et des nombres liés.",
    )
    added = command(
        "build", build, "Contrôle, puis construit les jeux de données (build/packages/) et le site (site/)."
    )
    engine = "moteur du site : mkdocs (par défaut) ou zensical"
    added.add_argument("--engine", choices=ENGINES, default=ENGINES[0], help=french(engine), metavar="MOTEUR")
    date = "date de référence, AAAA-MM-JJ (par défaut : celle du dernier commit)"
    added.add_argument("--date", type=_date, metavar="DATE", help=french(date))
    added.add_argument(
        "--sans-frictionless", action="store_true", help=french("ne fait pas relire les paquets par Frictionless")
    )
    added = command("serve", serve, "Montre le site sur cette machine et le reconstruit à chaque enregistrement.")
    added.add_argument("--engine", choices=ENGINES, default=ENGINES[0], help=french(engine), metavar="MOTEUR")
    added.add_argument(
        "--port", type=_port, default=8000, metavar="PORT", help=french("port local (par défaut : 8000)")
    )
    return top


class _Parser(argparse.ArgumentParser):
    """argparse, speaking French."""

    def __init__(self, prog: str = "", description: str = "", **more: object) -> None:
        super().__init__(prog=prog, description=description, add_help=False, allow_abbrev=False)
        self._positionals.title = "arguments"
        self._optionals.title = "options"
        self.add_argument("-h", "--help", action="help", help="affiche cette aide")

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", french("usage : "), 1)

    def format_usage(self) -> str:
        return super().format_usage().replace("usage: ", french("usage : "), 1)

    def error(self, message: str) -> NoReturn:
        for pattern, sentence in _ERRORS:
            found = re.search(pattern, message)
            if found:
                message = french(sentence).format(*(group.replace("'", "") for group in found.groups()))
                break
        self.exit(2, f"{self.format_usage()}{message}\n")


_ERRORS = (
    (r"unrecognized arguments: (.*)", "argument inconnu : {0}"),
    (r"the following arguments are required: (.*)", "il manque : {0}"),
    (
        r"argument COMMANDE: invalid choice: '(.*?)' \((?:choose from )?(.*)\)",
        "la commande « {0} » n’existe pas (commandes : {1})",
    ),
    (
        r"argument (\S+): invalid choice: '(.*?)' \((?:choose from )?(.*)\)",
        "{0} : « {1} » n’est pas possible (choix : {2})",
    ),
    (r"argument (\S+): expected one argument", "{0} attend une valeur"),
    (r"argument (\S+): ignored explicit argument '(.*)'", "{0} n’attend pas de valeur (« {1} »)"),
    (r"argument (\S+): invalid int value: '(.*)'", "{0} attend un nombre entier, pas « {1} »"),
    (r"argument (\S+): (.*)", "{0} : {1}"),
)


def _folder(text: str) -> Path:
    path = Path(text)
    if not path.is_dir():
        problem = "« {path} » n’est pas un dossier" if path.exists() else "le dossier « {path} » n’existe pas"
        raise argparse.ArgumentTypeError(french(problem).format(path=text))
    return path


def _port(text: str) -> int:
    if text.isdecimal() and int(text) < 65_536:
        return int(text)
    raise argparse.ArgumentTypeError(french("« {text} » n’est pas un port, de 0 à 65535").format(text=text))


def _date(text: str) -> str:
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text) and text >= EARLIEST:
            return datetime.date.fromisoformat(text).isoformat()
        raise ValueError(text)
    except ValueError:
        message = french("« {text} » n’est pas une date AAAA-MM-JJ, à partir de {earliest}")
        raise argparse.ArgumentTypeError(message.format(text=text, earliest=EARLIEST)) from None
