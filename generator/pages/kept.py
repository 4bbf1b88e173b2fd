"""The pages of a site from one reading of its project to the next: each is kept with what was read to make it, and made again when
some of it changed. What is asked of indexes is asked again, and compared.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from generator import layout
from generator.catalogue.declaring import WATCHED, Declarations
from generator.catalogue.difference import Difference, Fact, Row, row
from generator.catalogue.reads import Question, Reads, noting, watched
from generator.catalogue.records import Record
from generator.pages.all import Pages
from generator.pages.answers import Answered, Answers, Named, Placed, declared, is_late
from generator.pages.draft import Draft, Later
from generator.pages.likeness import Likeness
from generator.pages.page import Page

_WATCHED = {**WATCHED, Record: {"values": "rows", "document": "places", "mark": "places"}}
GONE = object()  # the answer to a question about a row that is no more


@dataclass(frozen=True, slots=True)
class _Made:
    """A page, what its draft was like, or was to be about, the rows that it tells, those whose places it tells, the questions
    that it depends on, what it tells of declarations, the drawing of its image, "" without one."""

    page: Page
    likeness: Any
    rows: frozenset[Row]
    places: frozenset[Row]
    questions: frozenset[Question]
    facts: frozenset[Fact | None]
    picture: str


class Kept:
    """The pages that were made last."""

    def __init__(self) -> None:
        self.made: dict[str, _Made] = {}  # by their paths
        self.answers = Answers()
        self.moved: set[Question] = set()  # the late ones that have another answer, until their pages are made again
        self.doubted: set[str] = set()  # the paths of those to be made again whatever they were made of

    @property
    def pictures(self) -> dict[str, str]:
        """The drawings of the images that pages name, by their paths."""
        image = layout.words().image
        return {f"{path}{image}": made.picture for path, made in self.made.items() if made.picture}

    def anew(self) -> Kept:
        """The same pages, of which nothing is known but their text: all of them are to be made again."""
        found = Kept()
        found.made, found.doubted = dict(self.made), set(self.made)
        return found

    def round(
        self, pages: Pages, drafts: Iterable[Draft | Later], still: Iterable[Draft], changed: Difference
    ) -> Round:
        """Another reading: the drafts that it makes, those that it takes from the one before, and what `changed` since. It is kept once settled."""
        return Round(self, pages, drafts, still, changed)


class Round:
    """The pages of one reading: those that are not as they were are made again, first what its rows say, then what is told of many rows."""

    def __init__(
        self, kept: Kept, pages: Pages, drafts: Iterable[Draft | Later], still: Iterable[Draft], changed: Difference
    ) -> None:
        self.pages = pages
        self._declarations = Declarations(pages.project)
        self.likeness = Likeness(self._declarations)
        self._odd: set[str] = set()  # the paths of the drafts that cannot be compared
        self._kept, self._made, self._answers = kept, ChainMap({}, kept.made), ChainMap({}, kept.answers)
        self.drafts: dict[str, tuple[Draft | Later, Any]] = {}
        self.drafts |= {draft.path: (draft, kept.made[draft.path].likeness) for draft in still}
        self.drafts |= {draft.path: (draft, self._like(draft)) for draft in drafts}
        self._changed = changed
        self.unknown = 0  # pages that are made again as nothing tells whether they would be the same
        self._fresh: set[str] = set()  # the paths of the pages that are of this reading
        # The questions, late or not, that have another answer.
        self._moved: dict[bool, set[Question]] = {False: set(), True: set(kept.moved)}
        self._ending = False
        self._ahead: set[str] = set()  # the paths of those asked for before all others
        self._rows: dict[Record, Row] = {}
        self._alike: dict[frozenset[Fact | None], frozenset[Fact | None]] = {}  # pages of a template tell the same
        self._asked: set[Question] = set()  # of which the answer is that of this reading
        ground = pages.ground
        owners = (
            ground.project.catalogue, ground.views.relations, ground.addresses, ground.addresses.divisions, ground.citations,
            ground.gallery, ground.related, ground.extracts, pages.renderer, pages.renderer.citations, pages.heads,
        )  # fmt: skip
        self._owners: dict[type, object] = {type(owner): owner for owner in owners}

    def about(self) -> list[str]:
        """The paths of the pages that are new or about something else, then of those that tell other declarations, or rows
        that are gone: those that tell few rows first.
        """
        made, tables = self._kept.made, self.pages.project.catalogue.tables
        gone = {row for row in self._changed.said if row[1] not in tables[row[0]].by_key}
        found = [path for path, (_, like) in self.drafts.items() if path not in made or made[path].likeness != like]
        told = (at for at, page in made.items() if self._told_otherwise(page.facts) or page.rows & gone)
        return [*found, *sorted(self.drafts.keys() & told, key=lambda at: (len(made[at].rows), at))]

    def early(self, ahead: Collection[str] | None = None) -> Iterator[Page]:
        """The pages whose text changed, but for those that a late question alone changed: some `ahead` of the others, then these."""
        now = self.drafts.items()
        asked = {path: each for path, each in now if path not in self._ahead and (ahead is None or path in ahead)}
        self._ahead.update(() if ahead is None else asked)
        told = (self._made[path].questions for path in asked if path in self._made)
        self._ask(late=False, those=None if ahead is None else frozenset[Question]().union(*told))
        return self._again(asked, self._moved[False])

    def late(self, drafts: Iterable[Draft] = ()) -> Iterator[Page]:
        """The others. `drafts`: those of pages that are not what they were meanwhile."""
        self._ending = True
        self._ask(late=True)
        self.drafts |= {draft.path: (draft, self._like(draft)) for draft in drafts}
        return self._again(self.drafts, self._moved[True])

    def gone(self, others: frozenset[str]) -> list[str]:
        """The paths of the pages that are no more; `others`: those of drafts that come late."""
        return sorted(self._kept.made.keys() - others - self.drafts.keys())

    def settle(self, gone: Iterable[str] = ()) -> None:
        """Keep what was made so far, and forget the pages that are gone."""
        kept = self._kept
        kept.made.update(self._made.maps[0])
        kept.answers.keep(self._answers.maps[0])
        kept.doubted -= self._made.maps[0].keys()
        kept.moved = set() if self._ending else self._moved[True]
        for path in gone:
            del kept.made[path]
        self._made, self._answers = ChainMap({}, kept.made), ChainMap({}, kept.answers)

    def _like(self, page: Draft | Later) -> Any:
        """The likeness of a draft; of one that is not made, that of what it is about: what else it reads is noted with what its page does."""
        met = self.likeness.met
        found = self.likeness(page.about if isinstance(page, Later) else page)
        if self.likeness.met > met:
            self._odd.add(page.path)
        return found

    def _again(self, drafts: dict[str, tuple[Draft | Later, Any]], moved: set[Question]) -> Iterator[Page]:
        with watched(_WATCHED):
            for path, (draft, like) in drafts.items():
                former = self._made.get(path)
                if former is None or self._differs(former, like, moved):
                    made = self._made[path] = self._make(draft, like)
                    self._fresh.add(path)
                    self.unknown += former is not None and path in self._odd
                    if former is None or former.page.text != made.page.text:
                        yield made.page

    def _differs(self, made: _Made, like: Any, moved: set[Question]) -> bool:
        told = made.page.path not in self._fresh and not (
            made.page.path not in self._kept.doubted
            and made.rows.isdisjoint(self._changed.said)
            and made.places.isdisjoint(self._changed.moved)
            and not self._told_otherwise(made.facts)
        )
        return told or made.likeness != like or not made.questions.isdisjoint(moved)

    def _told_otherwise(self, facts: frozenset[Fact | None]) -> bool:
        """Whether some of what was told of declarations may be other."""
        return bool(self._changed.facts) and (None in facts or not facts.isdisjoint(self._changed.facts))

    def _ask(self, late: bool, those: Collection[Question] | None = None) -> None:
        """Ask again all that may have another answer, or those of them."""
        for question in self._kept.answers.doubtful(self._changed):
            if (
                question in self._asked
                or is_late(question) is not late
                or (those is not None and question not in those)
            ):
                continue
            former = self._kept.answers[question]
            answer = self._answer(question, former.about)
            self._asked.add(question)
            if answer != former.answer:
                self._answers[question] = replace(former, answer=answer)
                self._moved[late].add(question)

    def _answer(self, question: Question, about: tuple[Any, ...]) -> Any:
        tables = self.pages.project.catalogue.tables
        things: list[Any] = []
        for each in about:
            if isinstance(each, Named):
                record = tables[each.row[0]].by_key.get(each.row[1])
                if record is None:
                    return GONE
                things.append(record)
            elif isinstance(each, Placed):
                things.append(self._declarations.at(each.place))
            else:
                things.append(each)
        return self.likeness(declared(question)(self._owners[question[0]], *things))

    def _make(self, draft: Draft | Later, like: Any) -> _Made:
        """The page of a draft, with what is read to make it."""
        reads = Reads()
        with noting(reads):
            page = self.pages.finished(draft)
        facts = frozenset(map(self._declarations.fact, reads.facts))
        picture = self.pages.heads.drawings.get(f"{draft.path}{layout.words().image}", "")
        return _Made(
            page,
            like,
            rows=frozenset(map(self._row, reads.rows)),
            places=frozenset(map(self._row, reads.places)),
            questions=frozenset(self._questions(reads)),
            facts=self._alike.setdefault(facts, facts),
            picture=picture,
        )

    def _questions(self, reads: Reads) -> Iterator[Question]:
        for (kind, name, *places), (about, answer) in reads.asked.items():
            named = tuple(map(self._named, about))
            where = (one if isinstance(one, Named | Placed) else at for one, at in zip(named, places, strict=True))
            question = kind, name, *where
            if question not in self._asked:
                self._asked.add(question)
                now, known = self.likeness(answer), self._answers.get(question)
                by = getattr(declared(question), "by", None)
                tables = frozenset(by(self._owners[kind], *about)) if by is not None else None
                self._answers[question] = Answered(named, now, tables)
                if known is not None and known.answer != now:
                    self._moved[is_late(question)].add(question)
            yield question

    def _named(self, thing: object) -> object:
        """What a question is about, as the next reading knows it."""
        if isinstance(thing, Record):
            return Named(self._row(thing))
        place = self._declarations.place(thing)
        return thing if place is None else Placed(place)

    def _row(self, record: Record) -> Row:
        found = self._rows.get(record)
        if found is None:
            with noting(None):
                found = self._rows[record] = row(record)
        return found
