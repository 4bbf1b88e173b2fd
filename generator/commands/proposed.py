"""What a command that helps to write would change: shown line by line, then written if the person agrees, all of it or nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import click

from generator.authoring.together import Change, ChangedError, replace_together
from generator.documents.cleaning import normal
from generator.text.characters import on_one_line
from generator.text.interface import count, say
from generator.writing import OutsideError

MOST_LINES = 300  # lines of changes that are shown
WIDTH = 160  # characters of a line that is shown


@dataclass(frozen=True, slots=True)
class Proposal:
    """A file that a command would write; `moved_to`: its new place, when it gets another name."""

    change: Change
    moved_to: str = ""
    encoding: str = "utf-8"

    def changes(self) -> Iterator[Change]:
        """What becomes of each place."""
        if not self.moved_to:
            yield self.change
            return
        yield Change(self.moved_to, None, self.change.after)
        yield Change(self.change.path, self.change.before, None)


def shown(proposals: Sequence[Proposal]) -> str:
    """What would change: each file, and in it each line as it is and as it would be, with its number."""
    lines = [line for proposal in proposals for line in _lines(proposal)]
    if len(lines) > MOST_LINES:
        more = say("… et {rest}", rest=count(len(lines) - MOST_LINES, "autre ligne", "autres lignes"))
        lines = [*lines[:MOST_LINES], more]
    return "\n".join(lines)


def _lines(proposal: Proposal) -> Iterator[str]:
    change = proposal.change
    before, after = (_text(data, proposal.encoding).splitlines() for data in (change.before, change.after))
    if proposal.moved_to:
        yield say("{path} devient {new}", path=change.path, new=proposal.moved_to)
    else:
        yield change.path if change.before is not None else say("{path} (nouveau)", path=change.path)
    if before == after and not proposal.moved_to:
        yield "        " + say("fins de ligne ou lettres accentuées, écrites autrement")
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            yield from (f"  {number + 1:>5} - {_cut(before[number])}".rstrip() for number in range(a, b))
            yield from (f"  {number + 1:>5} + {_cut(after[number])}".rstrip() for number in range(c, d))


def _text(data: bytes | None, encoding: str) -> str:
    return normal((data or b"").decode(encoding, "replace"))


def _cut(line: str) -> str:
    """A line as it is shown: the spaces at its end are seen."""
    words = line.rstrip(" \t")
    line = on_one_line(words) + "·" * (len(line) - len(words))
    return line if len(line) <= WIDTH else line[: WIDTH - 1] + "…"


def agreed(yes: bool) -> bool:
    """Whether to write: the option says so, or the person does on a terminal. Elsewhere nothing is written, which is said."""
    if yes:
        return True
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        click.echo(say("Rien n’a été écrit : ajoutez « --oui » pour écrire."), err=True)
        return False
    click.echo(say("Écrire ? [o/N] "), nl=False)
    if sys.stdin.readline().strip().lower() in ("o", "oui", "y", "yes"):
        return True
    click.echo(say("Rien n’a été écrit."), err=True)
    return False


def written(root: Path, proposals: Sequence[Proposal]) -> bool:
    """Write all the files, or none; False, said, when one of them is not what was read, or is no ordinary file."""
    try:
        replace_together(root, [change for proposal in proposals for change in proposal.changes()])
    except ChangedError as error:
        message = "{path} a changé entre-temps : rien n’a été écrit. Recommencez."
        click.echo(say(message, path=error.path), err=True)
        return False
    except OutsideError as error:
        message = "{path} est un lien symbolique, ou n’est pas un fichier ordinaire : rien n’a été écrit."
        click.echo(say(message, path=error.path or proposals[0].change.path), err=True)
        return False
    return True
