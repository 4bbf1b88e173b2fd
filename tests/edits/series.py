"""A series of edits, each followed by a round of the session that is judged; and, when a round is wrong, the shortest end of the series
that is wrong too on a session which has just been opened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from generator.documents.keeping import Kept
from tests.edits import edits
from tests.edits.here import State, between, state
from tests.edits.judge import copied, prints, verdict
from tests.edits.sessions import CHECKED, EVERYWHERE, INDEXED, SEEN, Opened, Reference, Round


@dataclass(frozen=True, slots=True)
class Step:
    """A round of a series: the family of its edit and what it did; the project before and after it; what is wrong (nothing when it was
    not judged); what the session told.
    """

    family: str
    said: str
    before: State = field(repr=False)
    after: State = field(repr=False)
    wrong: tuple[str, ...]
    judged: bool
    made: Round

    @property
    def seen(self) -> float:
        """CPU seconds until the page that was edited is seen."""
        return self.made.spent.get(CHECKED, 0.0) + self.made.spent.get(SEEN, 0.0)

    @property
    def everywhere(self) -> float:
        """CPU seconds until all the pages that show the edit are."""
        return self.seen + self.made.spent.get(EVERYWHERE, 0.0)

    @property
    def indexed(self) -> float:
        """CPU seconds until all is done."""
        return self.everywhere + self.made.spent.get(INDEXED, 0.0)


class Series:
    """Rounds of one session on one project. The clean build of a round is made meanwhile, in another process, unless the round is `alone`:
    its times are then its own.
    """

    def __init__(
        self, root: Path, engine: str, opened: Opened, reference: Reference, seed: int, *, alone: bool = False
    ) -> None:
        self.root, self.engine, self.opened, self.reference, self.alone = root, engine, opened, reference, alone
        self.rng = Random(seed)
        self.kept: Kept | None = None
        self.steps: list[Step] = []
        self.last: State = {}

    def run(self, number: int, families: Sequence[str] = edits.FAMILIES, every: int = 1) -> Iterator[Step]:
        """So many edits, each given once it is judged; the corrections of faulty ones are rounds too. One round in `every` is judged,
        and the last. The session begins by building the project, which is judged as well.
        """
        session = self.opened(self.root, self.engine)
        try:
            yield self._round(session.round, "départ", "le projet comme il est", self._state(), True)
            for count, (family, said, before) in enumerate(self._edits(number, families), 1):
                yield self._round(session.round, family, said, before, count % every == 0 or count >= number)
        finally:
            session.close()

    def _edits(self, number: int, families: Sequence[str]) -> Iterator[tuple[str, str, State]]:
        """Write edits one by one: the family, what was done, the project before. A round that is faulty is corrected by the next."""
        count = barren = 0
        turn: list[str] = []
        while count < number and barren < 5 * len(families):
            if not turn:
                turn = self.rng.sample(list(families), len(families))
            family, before = turn.pop(), self._state()
            said = self._edit(family)
            if said is None:
                barren += 1
                continue
            count, barren = count + 1, 0
            yield family, said, before
            if family in edits.FAULTY or self.steps[-1].made.faulty:
                spoilt = self._state()
                edits.back(self.root, before, "")
                yield edits.CORRECTED, f"corrigé : {said}", spoilt

    def _state(self) -> State:
        self.last = state(self.root, self.last)
        return self.last

    def _edit(self, family: str) -> str | None:
        """Write an edit of a family; what it did."""
        if family == edits.UNDONE:
            done = [step for step in self.steps if step.before != step.after and not step.made.faulty]
            done = [step for step in done if step.family != edits.CORRECTED]
            return edits.back(self.root, done[-1].before, f"annulé : {done[-1].said}") if done else None
        if family == edits.BURST:
            made = edits.burst(self.root, self.rng, self.kept)
        else:
            maker = self.rng.choice((edits.SOUND | edits.FAULTY)[family])
            made = edits.make(self.root, maker, self.rng, self.kept)
        if made is None:
            return None
        said, self.kept = made
        return said

    def _round(self, made: Callable[[], Round], family: str, said: str, before: State, judged: bool) -> Step:
        wrong, told = self._judged(self.root, made, judged)
        step = Step(family, said, before, self._state(), tuple(wrong), judged, told)
        self.steps.append(step)
        return step

    def _judged(self, root: Path, made: Callable[[], Round], judged: bool) -> tuple[list[str], Round]:
        if not judged:
            return [], made()
        before, clean = prints(root), None if self.alone else self.reference.begun(root)
        told = made()
        built = self.reference(root) if clean is None else clean()
        return verdict(root, told.diagnostics, told.faulty, before, built), told

    def smallest(self, place: Path) -> list[Step]:
        """The shortest end of the series, by doubling, whose last round is wrong on a session just opened at `place`; all of it when
        none is.
        """
        length = 1
        while length < len(self.steps):
            tried = self.steps[-length:]
            if self._fails(place, tried):
                return tried
            length *= 2
        return self.steps

    def _fails(self, place: Path, steps: Sequence[Step]) -> bool:
        root = copied(self.root, place)
        between(state(root), steps[0].before, "").apply(root)
        session = self.opened(root, self.engine)
        try:
            session.round()
            for step in steps[:-1]:
                between(state(root), step.after, "").apply(root)
                session.round()
            between(state(root), steps[-1].after, "").apply(root)
            return bool(self._judged(root, session.round, True)[0])
        finally:
            session.close()
