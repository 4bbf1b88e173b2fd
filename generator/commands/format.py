"""`generator format`: content files set out the same way; what they say does not change."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from generator.authoring.formatting import formatted
from generator.authoring.together import Change
from generator.commands.proposed import Proposal, agreed, shown, written
from generator.commands.usage import YES, Argument, Command, Misuse, Option
from generator.contracts.descriptors import read_contracts
from generator.contracts.model import Contracts
from generator.documents.articles import article_names
from generator.documents.files import read_whole, walk
from generator.documents.kinds import DATA
from generator.layout import CONTENT, FILES, PAGES
from generator.text.interface import count, say, sentence


def run(root: Path, fichiers: tuple[str, ...], check: bool, yes: bool) -> int:
    """Set out, or with `check` only say which files are not; the exit code."""
    contracts = read_contracts(root)[0]
    proposals = list(_proposals(root, _asked(root, fichiers), contracts))
    if not proposals:
        click.echo(say("Tout est déjà mis en forme."), err=True)
        return 0
    if check:
        for proposal in proposals:
            click.echo(proposal.change.path)
        amount = count(len(proposals), "fichier n’est pas mis en forme", "fichiers ne sont pas mis en forme")
        click.echo(say("{amount} : lancez « generator format ».", amount=amount), err=True)
        return 1
    click.echo(shown(proposals))
    if not agreed(yes):
        return 0
    if not written(root, proposals):
        return 1
    click.echo(count(len(proposals), "fichier mis en forme.", "fichiers mis en forme."), err=True)
    return 0


def _asked(root: Path, names: Sequence[str]) -> list[str]:
    """The files that were named, from the root of the project or from here; else all those of the content."""
    known = [path for path, is_link in walk(root, CONTENT) if not is_link and path.endswith(DATA)]
    known = [path for path in known if not path.startswith(f"{FILES}/")]
    known += [f"{PAGES}/{name}" for name in article_names(root)]
    if not names:
        return sorted(known)
    found = []
    for name in names:
        path = Path(os.path.normpath(name))
        inside = next((p for p in (path, _from_here(root, path)) if p is not None and p.as_posix() in known), None)
        if inside is None:
            message = "FICHIERS : « {path} » n’est pas un fichier de données ni une page de « {folder} »"
            raise Misuse(sentence(message, path=name, folder=CONTENT))
        found.append(inside.as_posix())
    return sorted(set(found))


def _from_here(root: Path, path: Path) -> Path | None:
    """A path of this folder, from the root of the project; None when it is elsewhere."""
    try:
        return Path(os.path.abspath(path)).relative_to(os.path.abspath(root))  # noqa: PTH100  # links are not followed
    except ValueError:
        return None


def _proposals(root: Path, paths: Sequence[str], contracts: Contracts) -> Iterator[Proposal]:
    """The files that would change; what is left as it is, and why, is said."""
    for path in paths:
        data = read_whole(root, path)
        if data is None:
            click.echo(say("{path} : laissé tel quel, il ne se lit pas.", path=path), err=True)
            continue
        manner = contracts.manner(path)
        made = formatted(path, data, manner)
        if made.left:
            click.echo(say("{path} : laissé tel quel, {why}.", path=path, why=made.left), err=True)
        elif made.data != data:
            yield Proposal(Change(path, data, made.data), encoding=manner.encoding if manner is not None else "utf-8")


_CHECK = sentence("n’écrit rien : nomme les fichiers qui changeraient, et finit par le code 1 s’il y en a")
command = Command(
    "format",
    run,
    "Met en forme les fichiers du contenu, sans changer ce qu’ils disent.",
    Argument("fichiers", sentence("les fichiers à mettre en forme (par défaut : tous ceux du contenu)"), False, -1),
    Option(["--check"], is_flag=True, told=_CHECK),
    YES,
)
