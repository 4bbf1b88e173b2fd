"""A new row being written: what is still to be asked, whether an answer is a value of its column, what identifier it may bear."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.authoring.asks import wanted
from generator.authoring.choices import Choice, choices
from generator.authoring.placeholders import demanded
from generator.catalogue.plan import Plan, make_plan
from generator.catalogue.records import Catalogue, Record
from generator.contracts.model import Field, Resource
from generator.rules.presence import Presence
from generator.text.interface import Sentence, say, sentence
from generator.text.links import without_links
from generator.text.spoken import typeset
from generator.values.identifiers import short_identifier
from generator.values.types import canonical

LONGEST_ID = 48  # characters of an identifier that is proposed


@dataclass(frozen=True, slots=True)
class Question:
    """A column to be asked: what it is, the values among which it is chosen (None when it is free), what Enter would take."""

    column: Field
    text: str
    required: bool
    choices: tuple[Choice, ...] | None
    proposed: str


@dataclass(slots=True)
class Draft:
    """The answers that were given for a new row of a table, in a row that holds it or not; `complete` asks for all columns,
    `given` for these.
    """

    catalogue: Catalogue
    resource: Resource
    parent: Record | None
    complete: bool = False
    given: frozenset[str] = frozenset()
    answers: dict[str, str] = field(default_factory=dict)
    passed: set[str] = field(default_factory=set)
    plan: Plan = field(init=False)

    def __post_init__(self) -> None:
        self.plan = make_plan(self.resource, self.catalogue.contracts)

    @property
    def columns(self) -> list[Field]:
        """The columns that a row writes, in the order in which they are asked: an identifier after the title that it is made of."""
        former = self.resource.former_ids
        found = [f for f in self.resource.fields if not f.filled and f.name != former]
        own, label = self.own, self.resource.label
        names = [f.name for f in found]
        if own and label in names and label != own:
            place = found.pop(names.index(own))
            found.insert([f.name for f in found].index(label) + 1, place)
        return found

    @property
    def own(self) -> str:
        """The column of its identifier, "" when it has none of its own."""
        return next((f.name for f in self.resource.fields if self.resource.identifies(f) and not f.filled), "")

    @property
    def held(self) -> dict[str, str]:
        """The answers, and the values that the row that holds it gives."""
        found = dict(self.answers)
        if self.parent is not None:
            for place, source in self.plan.parent_places:
                found[self.resource.fields[place].name] = canonical(self.parent.values[source])
        return found

    def next(self) -> Question | None:
        """What is asked now; None when nothing is any more."""
        rules = self.catalogue.contracts.rules.get(self.resource.name, ())
        asked = demanded(self.resource, rules, self.held, self.answers)
        needed = asked - set(self._alternatives())
        asked |= set(self._open()) | self.given
        barred = set(self._barred())
        for column in self.columns:
            name = column.name
            if name in self.answers or name in self.passed or (name in barred and name not in self.given):
                continue
            if self.complete or name in asked:
                return self._question(column, name in needed)
        return None

    def _question(self, column: Field, required: bool) -> Question:
        known = choices(self.resource, column, self.held, self.catalogue)
        status = say("obligatoire" if required else "facultatif")
        label = say("{title} ({status}).", title=typeset(column.title or column.name), status=status)
        example = (
            say("Par exemple {example}.", example=column.example)
            if column.example and known is None and column.name != self.own
            else ""
        )
        text = " ".join(filter(None, (*wanted(self.resource, column, label), example)))
        return Question(column, text, required, known, self.proposal() if column.name == self.own else "")

    def answer(self, name: str, text: str) -> tuple[Sentence, str] | None:
        """Take an answer; what is wrong with it, and what was probably meant, when it is none."""
        text = text.strip()
        value, problem = self.plan.readers[name](text)
        if problem is not None:
            absent = sentence("laissez vide")
            values = (
                (*problem.hint.values, ("absent", absent)) if "{absent}" in problem.hint.key else problem.hint.values
            )
            hint = Sentence(problem.hint.key, values)
            title = self.resource.field(name).title
            told = sentence("{title} : {problem} {hint}", title=title, problem=problem.message, hint=hint)
            return told, problem.suggestion
        if name == self.own and self._taken(text):
            return sentence("« {text} » est déjà l’identifiant d’une autre ligne.", text=text), self._free(text)
        if value is None:
            self.passed.add(name)
        else:
            self.answers[name] = text
        return None

    def pass_over(self, name: str) -> None:
        """Leave a column without a value."""
        self.passed.add(name)

    def again(self, name: str) -> None:
        """Ask a column once more."""
        self.answers.pop(name, None)
        self.passed.discard(name)

    # --- What rules say of several columns ---

    def _presences(self) -> Iterator[Presence]:
        """The rules on presence that hold for these answers."""
        held = self.held
        values = {name: self.resource.value(name, text) for name, text in held.items()}
        for rule in self.catalogue.contracts.rules.get(self.resource.name, ()):
            if isinstance(rule, Presence) and rule.when.may_hold(values, set(values)):
                yield rule

    def _alternatives(self) -> Iterator[str]:
        """The columns of which one is enough."""
        for rule in self._presences():
            for names in (rule.require_one, rule.exactly_one):
                yield from (name for name in names if not self.resource.field(name).required)

    def _open(self) -> Iterator[str]:
        """The next one of several columns of which one is awaited."""
        for rule in self._presences():
            for names in (rule.require_one, rule.exactly_one):
                if not any(name in self.answers for name in names):
                    yield from (name for name in names if name not in self.passed)

    def _barred(self) -> Iterator[str]:
        """The columns that these answers exclude."""
        for rule in self._presences():
            yield from rule.forbid
            for names in (rule.exactly_one, rule.at_most_one):
                if any(name in self.answers for name in names):
                    yield from names

    # --- Its identifier ---

    def proposal(self) -> str:
        """An identifier made of its title, that no other row has."""
        title = without_links(self.answers.get(self.resource.label, ""))
        made = short_identifier(title) or short_identifier(
            re.sub(r"\A[\W\d_]+", "", title)
        )  # « 40 % des postes » → `des-postes`
        if len(made) > LONGEST_ID:
            made = made[: LONGEST_ID + 1].rpartition("-")[0] or made[:LONGEST_ID]
        fallback = short_identifier(self.resource.rows.step or self.resource.name)
        rows = self.resource.rows
        if rows.kind == "records":
            name = rows.pattern.rpartition("/")[2].rpartition(".")[0]
            made = name.replace("*", made, 1) if made and "*" in name else made
        return self._free(made or fallback)

    def _free(self, name: str) -> str:
        """An identifier, followed by a number when another row has it."""
        count, made = 1, name
        while made and self._taken(made):
            count += 1
            made = f"{name}-{count}"
        return made

    def _taken(self, text: str) -> bool:
        held = {**self.held, self.own: text}
        wanted = tuple(self.resource.value(name, held.get(name, "")) for name in self.resource.primary_key)
        return wanted in self.catalogue.tables[self.resource.name].by_key
