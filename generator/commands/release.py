"""`generator release`: the packages whose data changed get a version: its number, its date, why, and what changed, written in the
file that lists their versions.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.catalogue.project import Project
from generator.commands.check import checked_project, proven
from generator.commands.proposed import Proposal, agreed, shown, written
from generator.commands.usage import YES, Argument, Command, Date, Misuse, Option
from generator.contracts.versions import is_version
from generator.diagnostics.reports import summary as summed
from generator.text.characters import on_one_line
from generator.text.interface import Sentence, count, say, sentence
from generator.text.names import apart, bare, steps
from generator.text.spoken import typeset

if TYPE_CHECKING:
    from generator.changes.releasing import Planned, Wish


def run(
    root: Path,
    paquets: tuple[str, ...],
    raison: str | None,
    version: str | None,
    date: str | None,
    *,
    depuis: str | None,
    renomme: tuple[str, ...],
    yes: bool,
) -> int:
    """Work out the versions, show them, write them if the person agrees."""
    from generator.changes.releasing import NoRelease, Wish, plan  # slow imports: not for the help
    from generator.changes.states import NoState

    wish = Wish(
        reason=_reason(raison),
        date=date or datetime.datetime.now(datetime.UTC).date().isoformat(),
        packages=tuple(dict.fromkeys(paquets)),
        version=_version(version),
        since=depuis or "",
        renamed=_renamed(renomme),
    )
    project = proven(checked_project(root))
    _check(project, wish)
    if project.faulty:
        message = "Corrigez d’abord les fautes que dit « generator check » : {summary}"
        return _refused(sentence(message, summary=summed(project.diagnostics)))
    with ExitStack() as stack:
        try:
            plans = plan(project, wish, stack)
        except NoState as error:
            raise Misuse(error.told) from error
        except NoRelease as error:
            return _refused(error.told)
        return _offered(root, project, plans, wish, yes)


def _offered(root: Path, project: Project, plans: Sequence[Planned], wish: Wish, yes: bool) -> int:
    """Show the records, and write them all if the person agrees."""
    if wish.version and len(plans) > 1:
        message = "« --version » donne le numéro d’un seul jeu : nommez-le. Ont changé : {names}."
        return _refused(sentence(message, names=", ".join(planned.package.name for planned in plans)))
    for planned in plans:
        click.echo(on_one_line(_told(planned, project)))
        for doubt in planned.doubts:
            click.echo(on_one_line(str(doubt)), err=True)
    proposals = [Proposal(planned.change) for planned in plans]
    click.echo(shown(proposals))
    if not agreed(yes):
        return 0
    if not written(root, proposals):
        return 1
    click.echo(count(len(plans), "version écrite.", "versions écrites."), err=True)
    return 0


def _told(planned: Planned, project: Project) -> str:
    """« jardins : 1.1.0 → 1.2.0, mineure : … »"""
    from generator.changes.story_after import because

    name, new = planned.package.name, planned.version.version
    if not planned.last:
        return say("{name} : {new}, première version", name=name, new=new)
    moved = say("{name} : {old} → {new}", name=name, old=planned.last, new=new)
    if planned.asked is None:
        return say("{moved}, sans comparaison avec la version d’avant", moved=moved)
    if not planned.asked.reasons:
        return say("{moved}, mêmes données, qui ont désormais une empreinte", moved=moved)
    told = because(planned.asked.weight, planned.asked.reasons, project.catalogue.contracts)
    return say("{moved}, {told}", moved=moved, told=told)


def _refused(said: Sentence) -> int:
    click.echo(on_one_line(str(said)), err=True)
    click.echo(say("Rien n’a été écrit."), err=True)
    return 1


def _reason(text: str | None) -> str:
    """The reason, on one line. Raises Misuse for none."""
    reason = " ".join((text or "").split())
    if not re.search(r"\w", reason):
        raise Misuse(sentence("--raison : dites en une phrase pourquoi les données ont changé"))
    return typeset(reason)


def _version(text: str | None) -> str:
    if text is not None and not is_version(text):
        raise Misuse(
            sentence("--version : « {text} » n’est pas un numéro, trois nombres séparés par des points", text=text)
        )
    return text or ""


def _renamed(texts: Sequence[str]) -> dict[str, dict[str, str]]:
    """`livres.prix=prix_eur` → the new names of columns. Raises Misuse."""
    found: dict[str, dict[str, str]] = {}
    for text in texts:
        left, *right = apart(text, "=")
        whose = steps(left)
        if len(whose) != 2 or len(right) != 1 or not all((*whose, *right)):
            raise Misuse(sentence("--renomme : « {text} » n’est pas de la forme TABLE.ANCIENNE=NOUVELLE", text=text))
        found.setdefault(whose[0], {})[whose[1]] = bare(right[0])
    return found


def _check(project: Project, wish: Wish) -> None:
    """Raise Misuse for a package or a table that the project does not declare."""
    contracts = project.catalogue.contracts
    for asked, known in ((wish.packages, contracts.packages), (wish.renamed, contracts.resources)):
        for name in asked:
            if name not in known and not contracts.unread:
                choices = ", ".join(sorted(known))
                raise Misuse(
                    sentence("« {name} » n’existe pas dans ce projet (choix : {choices})", name=name, choices=choices)
                )


_REASON = sentence("pourquoi les données ont changé, en une phrase : elle est publiée")
_VERSION = sentence("le numéro de la version (par défaut : le moindre que demande le changement)")
_DATE = sentence("la date de la version, AAAA-MM-JJ (par défaut : aujourd’hui)")
_SINCE = sentence(
    "l’état de la dernière version, quand git ne le donne pas : une révision, un projet ou des jeux publiés"
)
_NAMES = sentence(
    "une colonne qui a changé de nom, et non une retirée et une autre ajoutée ; autant de fois qu’il le faut"
)
_PARAMETERS = (
    Argument(
        "paquets", sentence("les jeux de données (par défaut : tous ceux qui ont changé)"), required=False, nargs=-1
    ),
    Option(["--raison"], metavar="PHRASE", told=_REASON),
    Option(["--version"], metavar="X.Y.Z", told=_VERSION),
    Option(["--date"], type=Date(), metavar="DATE", told=_DATE),
    Option(["--depuis"], metavar="ÉTAT", told=_SINCE),
    Option(["--renomme"], multiple=True, metavar="TABLE.ANCIENNE=NOUVELLE", told=_NAMES),
    YES,
)
command = Command(
    "release",
    run,
    "Donne une version aux jeux dont les données ont changé : son numéro, sa date, sa raison et ce qui change.",
    *_PARAMETERS,
)
