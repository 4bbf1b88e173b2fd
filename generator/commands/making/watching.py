"""Who follows the rounds of a publication that lasts, and what each of them tells."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from time import process_time

from generator.catalogue.project import Done
from generator.commands.making import shares
from generator.diagnostics.finding import Diagnostic
from generator.text.interface import Sentence, sentence

Tell = Callable[[Sequence[str], Collection[str] | None], None]


@dataclass(frozen=True, slots=True)
class Watch:
    """Who follows a round: told of the pages that are `seen` as soon as they are (the addresses of those that show the edit, the files of
    the site that changed: None for all); of the stages that are `done`; of how many packages and pages a `whole` site has; of where a
    stage is (`at`: which, how many are made, among how many); and asked which pages are `looked` at, their addresses, and whether it is
    to stop where it can be taken up again (`pause`).
    """

    seen: Tell = lambda pages, files: None
    done: Done = lambda stage, counts: None
    whole: Callable[[int, int], None] = lambda packages, pages: None
    at: shares.Going = shares.quiet
    looked: Callable[[], Collection[str]] = tuple
    pause: Callable[[], bool] = lambda: False


@dataclass(frozen=True, slots=True)
class Round:
    """What a round found and made: whether it is faulty (then what was published is as it was), the files of the site that show the edit,
    what was made whole and why, the CPU seconds of each stage; whether the rest is left for the next round.
    """

    diagnostics: tuple[Diagnostic, ...]
    faulty: bool = False
    seen: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    spent: dict[str, float] = field(default_factory=dict)
    unfinished: bool = False


NOBODY = Watch()
# The stages of a round: the pages that are seen first, all those that show the edit, the rest.
CHECKED, SEEN, EVERYWHERE, INDEXED = sentence("contrôle"), sentence("vu"), sentence("vu partout"), sentence("indexé")


class Spent:
    """The CPU seconds of stages, as each ends."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = process_time()

    def passed(self, stage: Sentence, beside: float = 0.0) -> None:
        """A stage ends, for which another process took so much."""
        now = process_time()
        self.seconds[stage.key] = self.seconds.get(stage.key, 0.0) + now - self._last + beside
        self._last = now
