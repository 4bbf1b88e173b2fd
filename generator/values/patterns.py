"""The pattern of a column: an expression that every reader of the package reads alike, that matches the whole text (XML Schema
anchoring, as Table Schema asks) and whose time no text makes explode.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from generator.text.interface import Sentence, sentence
from generator.values.backtracking import Branches, Node, Repeat, Steps, Symbol, explodes, is_quadratic

MAX_LENGTH = 500  # of a pattern
MAX_REPEATS = 60  # in one pattern: what decides whether it explodes costs their fourth power
MAX_REPEAT = 1_000  # the numbers between braces
MAX_COMPARED = 1_000  # characters of a text, when the time of a pattern grows as their square

# What Python, JavaScript, R and the validators of JSON Schema read alike: no reference to a group, no look around, no option
# within parentheses, no escape that one of them alone knows.
_ESCAPE = r"\\(?:[dDwWsSnrtfv]|[\^$\\.*+?()\[\]{}|/]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4})"
_SET = rf"\[\^?(?:{_ESCAPE}|\\-|[^\\\[\]])(?:{_ESCAPE}|\\-|[^\\\]])*\]"
_PIECE = re.compile(
    rf"(?P<symbol>{_ESCAPE}|{_SET}|\.|[^\\\[\](){{}}*+?|^$])|(?P<edge>[\^$]|\\[bB])|(?P<open>\((?:\?:)?(?!\?))|(?P<close>\))"
    r"|(?P<or>\|)|(?P<repeat>[*+?]|\{[0-9]{1,4}(?:,[0-9]{0,4})?\})\??+(?![*+?{])",
    re.DOTALL,
)
# One character at least of each class that an expression can name.
_SAMPLE = (*"09azAZ_-", *map(chr, (0x0A, 0x20, 0xA0, 0xE9, 0x663, 0x4E00, 0x1F600)))


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern: as it is written, compiled, and the length of the longest text that it may be compared with, 0 without limit."""

    written: str
    compiled: re.Pattern[str]
    longest: int = 0

    def matches(self, text: str) -> bool:
        """Whether it matches the whole text."""
        return self.compiled.match(text) is not None


def read_pattern(written: str) -> Pattern | tuple[Sentence, Sentence]:
    """The pattern that a text writes; else what is wrong with it, and what to do."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # of what the next Python will read otherwise
            compiled = re.compile(f"(?:{written})\\Z")
    except (re.error, Warning, OverflowError, RecursionError):
        return _wrong("Le motif « {pattern} » n’est pas une expression régulière valable.", "", pattern=written)
    if len(written) > MAX_LENGTH:
        told, hint = (
            "Ce motif a {n} caractères, {max} au plus sont permis.",
            "Raccourcissez-le, ou listez les valeurs dans « enum ».",
        )
        return _wrong(told, hint, n=len(written), max=MAX_LENGTH)
    pieces = list(_pieces(written))
    repeats = sum(kind == "repeat" for kind, _ in pieces)
    if repeats > MAX_REPEATS:
        told, hint = "Ce motif a {n} répétitions, {max} au plus sont permises.", "Simplifiez-le."
        return _wrong(told, hint, n=repeats, max=MAX_REPEATS)
    if pieces and pieces[-1][0] == "":
        told = "Le motif emploie « {piece} », que tous les logiciels ne lisent pas de la même façon."
        return _wrong(told, _ADVICE, piece=pieces[-1][1], sample="[a-z] (?: ) | * + ? {2,5} \\d")
    tree = _Parser(pieces).alternatives()
    if explodes(tree):
        told = "Le motif « {pattern} » peut lire un même texte de trop de façons : sa durée deviendrait sans limite."
        return _wrong(told, _SIMPLER, pattern=written)
    return Pattern(written, compiled, MAX_COMPARED if is_quadratic(tree) else 0)


def of_one_line(written: str) -> bool:
    """Whether a pattern takes no line end and looks at nothing around what it takes: texts on lines of their own can be compared with it
    together.
    """
    pieces = list(_pieces(written))
    return all(
        kind in ("open", "close", "or", "repeat") or (kind == "symbol" and re.fullmatch(text, "\n") is None)
        for kind, text in pieces
    )


_ADVICE = "Gardez ce que tous lisent ({sample}). Un caractère ordinaire s’écrit sans « \\ » ; une accolade ou un crochet, avec."
_SIMPLER = "Ne répétez pas ce qui se répète déjà : « (a+)+ » s’écrit « a+ », « (a+,?)+ » s’écrit « a+(,a+)* »."


def _wrong(message: str, hint: str, **values: object) -> tuple[Sentence, Sentence]:
    return sentence(message, **values), sentence(hint, **values)


def _pieces(written: str) -> Iterator[tuple[str, str]]:
    """(kind, text) of each piece; the last one has the kind "" when it is none of those that all read."""
    place = 0
    while place < len(written):
        found = _PIECE.match(written, place)
        numbers = re.findall("[0-9]+", found[0]) if found and found.lastgroup == "repeat" else []
        if found is None or any(int(number) > MAX_REPEAT for number in numbers):
            yield "", found[0] if found else re.match(r"(?s)\\.|\(\?P?<?.|.{1,6}", written[place:])[0]  # type: ignore[index]
            return
        yield str(found.lastgroup), found[0]
        place = found.end()


class _Parser:
    """The tree of an expression that Python compiles, whose pieces are all known."""

    def __init__(self, pieces: list[tuple[str, str]]) -> None:
        text = "".join(text for _, text in pieces)
        near = {chr(code) for c in text for code in (ord(c) - 1, ord(c), ord(c) + 1) if 0 <= code < 0x11_0000}
        named = {chr(int(code, 16)) for code in re.findall(r"\\[xu]([0-9a-fA-F]+)", text)}
        self.sample = sorted({*near, *named, *_SAMPLE})
        self.symbols: dict[str, Symbol] = {}
        self.pieces = pieces
        self.place = 0

    def alternatives(self) -> Node:
        """What stands between parentheses."""
        branches = [self._sequence()]
        while self._kind() == "or":
            self.place += 1
            branches.append(self._sequence())
        return Branches(tuple(branches))

    def _kind(self) -> str:
        return self.pieces[self.place][0] if self.place < len(self.pieces) else "close"

    def _sequence(self) -> Node:
        steps: list[Node] = []
        while (kind := self._kind()) not in ("or", "close"):
            text = self.pieces[self.place][1]
            self.place += 1
            if kind == "symbol":
                steps.append(self._symbol(text))
            elif kind == "open":
                steps.append(self.alternatives())
                self.place += 1
            elif kind == "edge":
                steps.append(Steps(()))
            else:
                steps[-1] = Repeat(steps[-1], *_numbers(text))
        return Steps(tuple(steps))

    def _symbol(self, text: str) -> Symbol:
        """The characters of the sample that a symbol matches, a bit each."""
        if text not in self.symbols:
            matches = re.compile(text).fullmatch
            self.symbols[text] = Symbol(sum(1 << n for n, c in enumerate(self.sample) if matches(c)))
        return self.symbols[text]


def _numbers(repeat: str) -> tuple[int, int | None]:
    """The least and the most of a repetition; None without limit."""
    known: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
    least, comma, most = repeat.strip("?{}").partition(",")
    return known.get(repeat[0]) or (int(least), int(most) if most else None if comma else int(least))
