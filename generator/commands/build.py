"""`generator build`: check, then make the data packages and the site; each stage is told as it ends."""

from __future__ import annotations

import datetime
import os
import shutil
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.check import checked_project, tell
from generator.commands.usage import Command, Date, Misuse, Option, engine_option
from generator.contracts.hosting import hosted
from generator.diagnostics.reports import shown
from generator.layout import BUILD, CONTENT, EARLIEST, LATEST, PACKAGES, SITE
from generator.site.store import NONE, StaleError, Store
from generator.text.characters import on_one_line
from generator.text.interface import count, say, sentence
from generator.text.spoken import number

if TYPE_CHECKING:
    from generator.commands.making.pipeline import Result


def run(
    root: Path,
    engine: str,
    date: str | None,
    sans_frictionless: bool,
    apercu: bool,
    *,
    cache: str | None,
    cache_verifie: bool,
) -> int:
    """Build and tell."""
    from generator.commands.making import pipeline, shares  # slow imports: only when needed
    from generator.site import publication
    from generator.site.failure import PublicationError

    day, stages = date or source_date(os.environ), Stages()
    with publication.replaced(root):
        try:
            store = _store(root, cache, cache_verifie)
            publication.finish(root, pipeline.resumed(stages))
            project = checked_project(root, stages, hosted(os.environ))
            way = shares.Way(stages.at, store)
            result = pipeline.build(project, engine, day, stages, not sans_frictionless, from_disk=apercu, way=way)
            store.close()
        except PublicationError as error:
            click.echo(shown(error), err=True)
            return 1
        except StaleError as stale:
            message = "Le cache ne rend pas ce que le générateur fait ({kind}) : supprimez-le. Rien n’a été écrit."
            click.echo(say(message, kind=stale), err=True)
            return 1
        finally:
            stages.erase()
        return _told(result, engine, root)


def _store(root: Path, folder: str | None, proven: bool) -> Store:
    """What is taken from former builds, and what was wrong there is told. Raises PublicationError."""
    if folder is None:
        if proven:
            raise Misuse(sentence("--cache-verifie va avec --cache"))
        return NONE
    place = Path(folder).resolve()
    for own in (CONTENT, PACKAGES, BUILD, SITE):
        if place.is_relative_to((root / own).resolve()):
            raise Misuse(
                sentence("--cache : {path} est dans {folder}/, qui sert à autre chose", path=folder, folder=own)
            )
    store = Store(Path(folder), proven)
    for told in store.told:
        click.echo(told, err=True)
    return store


def source_date(environment: Mapping[str, str]) -> str:
    """The date (AAAA-MM-JJ, UTC) that SOURCE_DATE_EPOCH gives, in seconds since 1970, as other programs take it; "" without it.
    https://reproducible-builds.org/specs/source-date-epoch/
    """
    text = environment.get("SOURCE_DATE_EPOCH", "")
    if not text:
        return ""
    if text.isdecimal() and len(text) < 12:
        found = datetime.datetime.fromtimestamp(int(text), datetime.UTC).date().isoformat()
        if EARLIEST <= found <= LATEST:
            return found
    message = "SOURCE_DATE_EPOCH : « {text} » n’est pas un nombre de secondes depuis 1970, du {earliest} au {latest}"
    raise Misuse(sentence(message, text=text, earliest=EARLIEST, latest=LATEST))


def _told(result: Result, engine: str, root: Path) -> int:
    """Tell what was made, or why nothing was; the exit code."""
    tell(result.diagnostics, "text", root)
    if not result.pages:
        click.echo(say("Rien n’a été écrit : l’ancien site et les anciens paquets sont intacts."), err=True)
        return 1
    click.echo(made(result.packages, result.pages, engine))
    return 0


def made(packages: int, pages: int, engine: str) -> str:
    """What a whole site has, in a sentence."""
    told = "{packages} dans build/packages/, {pages} dans site/ ({engine})."
    sets = count(packages, "jeu de données", "jeux de données")
    return say(told, packages=sets, pages=count(pages, "page"), engine=engine)


FIRST, LOOK = 1.0, 0.2  # seconds of a stage before a line says where it is, then between two such lines


class Stages:
    """Prints each stage as it ends, with its counts and its time; on a terminal, one line says where the one that runs is."""

    def __init__(self) -> None:
        self.started = time.perf_counter()
        self.next = self.started + FIRST
        self.live = sys.stderr.isatty() and os.environ.get("TERM", "dumb") != "dumb"
        self.written = False

    def begin(self) -> None:
        """A stage begins now: what was waited for before is not counted to it."""
        self.started = time.perf_counter()
        self.next = self.started + FIRST

    def at(self, stage: str, made: int, among: int) -> None:
        """Say on a terminal where a stage is: how many are made, their share, the time left if it goes on so."""
        now = time.perf_counter()
        if not self.live or not made or now < self.next:
            return
        self.next = now + LOOK
        left = max(1, round((now - self.started) / made * (among - made)))
        told = {"made": number(made), "among": number(among), "share": 100 * made // among, "left": number(left)}
        where = say("{made} sur {among}, {share} %, encore {left} s", **told)
        line = f"  {stage:<14}{on_one_line(where)}"[: shutil.get_terminal_size().columns - 1]
        click.echo(f"\r{line}\x1b[K", nl=False, err=True)
        self.written = True

    def erase(self) -> None:
        """Take away what said where a stage is."""
        if self.written:
            click.echo("\r\x1b[K", nl=False, err=True)
        self.written = False

    def __call__(self, stage: str, counts: str) -> None:
        """Print the stage that ends now."""
        self.erase()
        now = time.perf_counter()
        taken = f"{now - self.started:.2f}"
        click.echo(f"  {stage:<14}{on_one_line(counts):<44}{number(taken):>6} s", err=True)
        self.started, self.next = now, now + FIRST


_DATE = sentence("date de référence, AAAA-MM-JJ (par défaut : SOURCE_DATE_EPOCH, ou celle du dernier commit)")
_FRICTIONLESS = sentence("ne fait pas relire les paquets par Frictionless")
_PREVIEW = sentence("fait un site à ouvrir depuis le disque, sans serveur, pour le relire")
_CACHE = sentence("garde là ce qui est long à faire, et le reprend quand ce dont il dépend n’a pas changé")
_PROVEN = sentence("refait tout ce que le cache garde, et compare")
_OPTIONS = (
    engine_option(),
    Option(["--date"], type=Date(), metavar="DATE", told=_DATE),
    Option(["--sans-frictionless"], is_flag=True, told=_FRICTIONLESS),
    Option(["--apercu"], is_flag=True, told=_PREVIEW),
    Option(["--cache"], metavar="DOSSIER", told=_CACHE),
    Option(["--cache-verifie"], is_flag=True, told=_PROVEN),
)
command = Command(
    "build", run, "Contrôle, puis construit les jeux de données (build/packages/) et le site (site/).", *_OPTIONS
)
