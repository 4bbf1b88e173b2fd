"""Questions asked one after the other on the standard input, and the answers that options give: each is checked at once, as the
check of the content does, and asked again until it is right.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping as Map
from collections.abc import Sequence

import click

from generator.authoring.choices import Choice, chosen
from generator.authoring.draft import Draft, Question
from generator.diagnostics.suggestions import Words
from generator.text.interface import count, say

SHOWN = 20  # values of a list that are shown at once


class NoAnswer(Exception):
    """There is no answer to a question, or the one that an option gives is wrong: `told` says which."""

    def __init__(self, told: str) -> None:
        super().__init__(told)
        self.told = told


def line(prompt: str) -> str:
    """A line of the standard input, after a prompt. Raises NoAnswer at its end."""
    click.echo(prompt, nl=False)
    text = sys.stdin.readline()
    if not text:
        click.echo("")
        raise NoAnswer("")
    return text.strip()


def fill(draft: Draft, given: Map[str, str]) -> None:
    """Ask all that is to be asked. Raises NoAnswer."""
    while (question := draft.next()) is not None:
        name = question.column.name
        if name in given and name not in draft.answers:
            _take(draft, question, given[name])
        else:
            ask(draft, question)


def _take(draft: Draft, question: Question, text: str) -> None:
    """The answer that an option gives."""
    name = question.column.name
    value = text
    if question.choices is not None:
        found = chosen(text, question.choices)
        if len(found) != 1:
            raise NoAnswer(_unclear(question, text, found))
        value = found[0].value
    wrong = draft.answer(name, value)
    if wrong is not None:
        raise NoAnswer(str(wrong[0]) + (say(" Peut-être : {meant}.", meant=wrong[1]) if wrong[1] else ""))


def _unclear(question: Question, text: str, found: Sequence[Choice]) -> str:
    """What to say of a text that names none of the values, or several."""
    title = question.column.title
    if found:
        several = ", ".join(choice.told for choice in found[:SHOWN])
        return say("{title} : « {text} » en désigne plusieurs : {choices}.", title=title, text=text, choices=several)
    known = question.choices or ()
    near = Words([c.value for c in known], [c.label for c in known]).nearest(text)
    if near:
        return say(
            "{title} : « {text} » n’est pas dans la liste (peut-être {near}).", title=title, text=text, near=near
        )
    return say("{title} : « {text} » n’est pas dans la liste.", title=title, text=text)


def ask(draft: Draft, question: Question) -> None:
    """Ask a question until it has an answer, or is passed over. Raises NoAnswer at the end of the input."""
    name, listed = question.column.name, list[Choice]()
    click.echo(f"\n{question.text}")
    if question.choices is not None:
        listed = _listed(question.choices)
    proposed = question.proposed
    while True:
        try:
            text = line(f"{question.column.title} [{proposed}] > " if proposed else f"{question.column.title} > ")
        except NoAnswer:
            if not proposed:
                message = "Il manque la réponse à « {title} » ({name})."
                raise NoAnswer(say(message, title=question.column.title, name=name)) from None
            text = proposed
        text = text or proposed
        if not text and not question.required:
            draft.pass_over(name)
            return
        if not text:
            click.echo(say("Il faut une réponse."))
            continue
        if question.choices is not None:
            found = chosen(text, question.choices, listed)
            if not found:
                click.echo(_unclear(question, text, found))
                continue
            if len(found) > 1:
                listed = _listed(found)
                continue
            text = found[0].value
            click.echo(f"  {found[0].told}")
        wrong = draft.answer(name, text)
        if wrong is None:
            return
        click.echo(str(wrong[0]))
        proposed = wrong[1] if question.choices is None else proposed


def _listed(found: Sequence[Choice]) -> list[Choice]:
    """Show values with their numbers; those that are shown."""
    for number, choice in enumerate(found[:SHOWN], 1):
        click.echo(f"  {number:>3}. {choice.told}")
    if len(found) > SHOWN:
        rest = count(len(found) - SHOWN, "autre", "autres")
        click.echo(say("  … et {rest} : tapez une partie du nom pour chercher.", rest=rest))
    elif len(found) > 1:
        click.echo(say("  Un numéro, ou une partie du nom."))
    return list(found[:SHOWN])


def pick(title: str, known: Sequence[Choice], given: str = "") -> Choice:
    """One of several values, which is not a column. Raises NoAnswer."""
    if given or len(known) == 1:
        found = chosen(given, known) if given else list(known)
        if len(found) == 1:
            return found[0]
        raise NoAnswer(say("{title} : « {text} » n’est pas dans la liste.", title=title, text=given))
    click.echo(f"\n{title}")
    listed = _listed(known)
    while True:
        try:
            text = line("> ")
        except NoAnswer:
            raise NoAnswer(say("Il manque la réponse à « {title} ».", title=title)) from None
        found = chosen(text, known, listed)
        if len(found) == 1:
            return found[0]
        listed = _listed(found or known)
