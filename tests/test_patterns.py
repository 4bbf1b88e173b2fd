"""Every pattern of ours is linear: each is fed long hostile texts, made from its own letters, and its time may not grow faster
than their length. The ratio of two CPU times is judged, never a time.
"""

from __future__ import annotations

import ast
import importlib
import itertools
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

import generator
from generator.contracts.model import Rows
from generator.documents import cells, garbled
from generator.documents.dialect import Dialect
from generator.pages import unbroken
from generator.prose import claims, coverage, near_links
from generator.tables import source
from generator.tables.files import places
from generator.tables.python import quick
from generator.text import numerals, query
from generator.text.language import LANGUAGES
from generator.text.lexicons import LEXICONS
from generator.text.vocabulary import Vocabulary

parser = importlib.import_module("re._parser")

SHORT, TIMES = 1_000, 8  # letters, and how many times as many
ENDLESS = 0.1  # seconds for some hundreds of letters, a thousand times what a linear pattern takes: no need to go on
LIMIT = 3 * TIMES  # a quadratic pattern takes TIMES² as long
WORDS = Vocabulary(("tuyaux", "jeux d’anches", "pas"), ("buffet", "salle des fêtes"))
PARTIAL = ("match", "fullmatch")  # read from one place; the other methods start again at each letter

# Patterns that functions make, with what they make them of. `read_pattern` reads those of contracts, which are not ours;
# `quotes` and `in_templates` escape a text between two marks of a word.
MADE: dict[tuple[str, str], Callable[[], list[re.Pattern[str]]]] = {
    ("generator.text.numerals", "forms"): lambda: [*numerals.forms(Vocabulary()).values(), *numerals.forms(WORDS).values()],
    ("generator.text.query", "_amount"): lambda: [query._amount(code) for code in LEXICONS],
    ("generator.prose.coverage", "_precise"): lambda: [coverage._precise(WORDS)],
    ("generator.prose.claims", "_forms"): lambda: [pattern for pattern, _ in claims._forms()],
    ("generator.pages.unbroken", "_keeping"): lambda: [unbroken._keeping(WORDS, code) for code in LANGUAGES],
    ("generator.contracts.model", "paths"): lambda: [
        Rows("records", glob).paths for glob in ("a/*.yaml", "*/b/*.csv", "*a*a*a*a*.yaml", "a**b", "a/**/*.md")
    ],
    ("generator.documents.cells", "_cell"): lambda: [
        cells._cell(Dialect(delimiter, quote, skip_initial_space=space))
        for delimiter in ",;\t|" for quote in "\"'" for space in (False, True)
    ],
    ("generator.documents.garbled", "_seen"): lambda: list(garbled._SEEN.values()),
    ("generator.prose.near_links", "_patterns"): lambda: list(near_links._patterns(frozenset(("page", "livre")))[:2]),
    ("generator.checks.quotations", "quotes"): lambda: [],
    ("generator.changes.mentions", "in_templates"): lambda: [],
    ("generator.values.patterns", "read_pattern"): lambda: [],
    ("generator.standard.patterns", "read_foreign"): lambda: [],  # of schemas of others: what could take long is not tried
    ("generator.tables.files.places", "_cell"): lambda: [
        places._cell(source.Dialect(",", quote=quote, escape=escape, double=not escape, skip_initial_space=space))
        for quote in ("\"", "") for escape in ("", "\\") for space in (False, True)
    ],
    ("generator.tables.python.quick", "lines"): lambda: [quick.lines(each) for each in ("[0-9]{9}", "[a-z]+(?:-[a-z]+)*", "a|ab?")],
}  # fmt: skip


def of_texts(pattern: re.Pattern[str] | re.Pattern[bytes]) -> re.Pattern[str]:
    """The same pattern, of texts if it is of bytes: it takes as long."""
    said = pattern.pattern
    return pattern if isinstance(said, str) else re.compile(said.decode("latin-1"), pattern.flags)  # type: ignore[return-value]


@dataclass(frozen=True)
class Used:
    """A pattern, where it is written and whether it is only read from one place."""

    place: str
    pattern: re.Pattern[str]
    partial: bool

    def read(self, text: str) -> None:
        if self.partial:
            self.pattern.match(text)
        else:
            for _ in self.pattern.finditer(text):
                pass


SPARK = (
    "generator.tables.spark.engine",
    "generator.tables.spark.lines",
)  # what needs libraries that only `make test-spark` installs


@cache
def modules() -> dict[str, ModuleType]:
    names = [found.name for found in pkgutil.walk_packages(generator.__path__, "generator.")]
    return {name: importlib.import_module(name) for name in names if name not in ("generator.__main__", *SPARK)}


@cache
def tree(module: ModuleType) -> ast.Module:
    return ast.parse(Path(module.__file__ or "").read_text(encoding="utf-8"))


def calls(module: ModuleType) -> Iterator[tuple[str, ast.Call]]:
    """The calls of a module, each with the function that it is in, or ""."""
    for top in tree(module).body:
        inside = top.name if isinstance(top, ast.FunctionDef) else ""
        for node in ast.walk(top):
            if isinstance(node, ast.Call):
                yield inside, node


def methods() -> dict[str, set[str]]:
    """The methods that are called on each name."""
    found: dict[str, set[str]] = {}
    for module in modules().values():
        for node in ast.walk(tree(module)):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                own = node.value.id if not node.value.id.startswith("_") else f"{module.__name__}.{node.value.id}"
                found.setdefault(own, set()).add(node.attr)
    return found


def patterns() -> Iterator[Used]:
    """All of them: global, written where they are used, asked of a reader of contracts, made by functions."""
    used = methods()
    for name, module in modules().items():
        for variable, value in vars(module).items():
            if isinstance(value, re.Pattern) and f"\n{variable} = " in Path(module.__file__ or "").read_text(
                encoding="utf-8"
            ):
                asked = used.get(f"{name}.{variable}" if variable.startswith("_") else variable, set())
                yield Used(f"{name}.{variable}", of_texts(value), bool(asked) and asked <= {*PARTIAL, "pattern"})
        for inside, call in calls(module):
            place = f"{name}:{call.lineno}"
            for word in call.keywords:
                if word.arg == "pattern" and isinstance(word.value, ast.Constant) and inside != "make_plan":
                    yield Used(place, re.compile(str(word.value.value)), True)
            if not (
                isinstance(call.func, ast.Attribute)
                and isinstance(call.func.value, ast.Name)
                and call.func.value.id == "re"
            ):
                continue
            method = call.func.attr
            if method == "compile":
                assert not inside or (name, inside) in MADE, f"{place} : dites dans MADE de quoi ce motif est fait"
            elif method != "escape" and not isinstance(call.args[0], ast.Name):
                text = eval(compile(ast.Expression(call.args[0]), place, "eval"), dict(vars(module)))
                flags = re.DOTALL if "DOTALL" in ast.unparse(call) else 0
                yield Used(place, of_texts(re.compile(text, flags)), method in PARTIAL)
    for (name, function), make in MADE.items():
        for number, pattern in enumerate(make()):
            yield Used(
                f"{name}.{function}[{number}]", pattern, name.endswith(("model", "cells", "claims", "places", "quick"))
            )


# --- hostile texts ---

OTHER = "\x00"  # what no pattern takes


def letters(items: object) -> Iterator[str]:
    """Letters that a set holds: one of each of its parts."""
    for operation, value in items:  # type: ignore[attr-defined]
        if operation is parser.LITERAL:
            yield chr(value)
        elif operation is parser.RANGE:
            yield chr(value[0])
            yield chr(value[1])
        elif operation is parser.CATEGORY:
            yield {"CATEGORY_SPACE": " ", "CATEGORY_DIGIT": "1", "CATEGORY_WORD": "a"}.get(str(value), "a")


def sample(items: object, before: str, found: list[tuple[str, str]]) -> str:
    """A text that a part of a pattern takes; what it may repeat is put in `found`, after the text that comes before it."""
    text = ""
    for operation, value in items:  # type: ignore[attr-defined]
        name = str(operation)
        if name == "LITERAL":
            text += chr(value)
        elif name == "NOT_LITERAL":
            text += "a" if value != ord("a") else "b"
        elif name == "ANY":
            text += "a"
        elif name == "IN":
            some = list(letters(value))
            negative = str(value[0][0]) == "NEGATE"
            text += next((c for c in "a1 .-é" if c not in some), "z") if negative else some[0]
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            body = sample(value[2], before + text, found)
            some = list(letters(value[2][0][1])) if len(value[2]) == 1 and str(value[2][0][0]) == "IN" else []
            found += [(before + text, pump) for pump in (body, *some[:12])]
            text += body * max(1, min(value[0], 3))
        elif name in ("SUBPATTERN", "ATOMIC_GROUP"):
            text += sample(value[3] if name == "SUBPATTERN" else value, before + text, found)
        elif name == "BRANCH":
            branches = [sample(branch, before + text, found) for branch in value[1]]
            text += branches[0]
        elif name in ("ASSERT", "ASSERT_NOT"):
            sample(value[1], before + text, found)
        elif name == "CATEGORY":
            text += next(letters([(operation, value)]))
    return text


def hostile(pattern: re.Pattern[str]) -> Iterator[tuple[str, str, str]]:
    """Beginnings, what is repeated, and endings: what the pattern repeats where it repeats it, then from the start; its own
    beginnings, over and over; its letters, two by two.
    """
    found: list[tuple[str, str]] = []
    whole = sample(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE), "", found)
    found = list(dict.fromkeys(found))[:80]
    yield from ((start, pump, end) for start, pump in found if pump for end in (OTHER, "", "\n", " !x"))
    starts = (
        [start for start, _ in found] + [whole[:end] for end in range(1, min(len(whole), 10))] + [whole, whole[:-1]]
    )
    pumps = [*(pump for _, pump in found), *starts, " ", "\n", "a", "1"]
    yield from (("", pump, end) for pump in dict.fromkeys(pumps) if pump for end in (OTHER, "\n"))
    singles = [pump for pump in dict.fromkeys([*pumps, *whole]) if len(pump) == 1][:12]
    yield from (("", one + other, "") for one, other in itertools.permutations(singles, 2))


def seconds(used: Used, text: str, times: int) -> float:
    best = float("inf")
    for _ in range(times):
        started = time.process_time()
        used.read(text)
        best = min(best, time.process_time() - started)
    return best


def grows(used: Used, beginning: str, pump: str, ending: str) -> bool:
    """Whether a text takes more than its share of time when it gets longer, each time it is tried."""

    def text(size: int) -> str:
        return beginning + pump * (size // len(pump)) + ending

    if any(
        seconds(used, text(size), 1) > ENDLESS for size in (*range(16, 64, 3), *range(64, 400, 48), SHORT, 2 * SHORT)
    ):
        return True
    short, long = text(SHORT), text(SHORT * TIMES)
    return all(seconds(used, long, times) > LIMIT * max(seconds(used, short, times + 2), 2e-6) for times in (1, 3, 5))


ROOMS = sorted(found.name for found in pkgutil.iter_modules(generator.__path__) if found.name != "__main__")


@cache
def by_rooms() -> dict[str, list[Used]]:
    """All of them, each once, by the rooms of the generator in which they are. They take seconds to find: not asked while tests are
    collected, which each process does.
    """
    found: dict[str, list[Used]] = {room: [] for room in ROOMS}
    for used in {(used.pattern.pattern, used.pattern.flags, used.partial): used for used in patterns()}.values():
        found[used.place.partition(":")[0].split(".")[1]].append(used)
    assert sum(map(len, found.values())) > 400
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_a_pattern_takes_a_time_proportional_to_the_text(room: str) -> None:
    wrong = []
    for used in by_rooms()[room]:
        if re.search(r"[*+,]", used.pattern.pattern):  # otherwise nothing in it repeats
            longer = (text for text in hostile(used.pattern) if grows(used, *text))
            wrong += [f"{used.place}, {used.pattern.pattern!r} : {text}" for text in itertools.islice(longer, 1)]
    assert wrong == []


@pytest.mark.parametrize(
    "pattern",
    [
        r"^\s*[-+]\s",
        r"(?:a+)+b",
        r"a[^b]*?c",
        r"\s*\n\s*",
        r"(?:[0-9]+[.,]?)+€",
        r"x*y?x*z",
        r"(?!\+[0-9]+(?:[.]?[0-9]+)*(?:\Z| a))\+",
    ],
)
def test_this_test_sees_a_pattern_that_is_not(pattern: str) -> None:
    used = Used("", re.compile(pattern, re.MULTILINE), False)
    assert any(grows(used, *text) for text in hostile(used.pattern))


@pytest.mark.parametrize("name", SPARK)
def test_what_is_not_read_here_has_no_pattern(name: str) -> None:
    source = (Path(generator.__path__[0]).parent / f"{name.replace('.', '/')}.py").read_text(encoding="utf-8")
    assert set(re.findall(r"\bre\.[a-z]+", source)) <= {"re.escape"}
