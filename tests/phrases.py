"""The keys of the sentences of the interface, from the code and the templates; and their catalogues, kept up to date:

    python -m tests.phrases           rewrites the catalogues, and prints the keys that no one has translated yet
    python -m tests.phrases --check   prints them, and writes nothing

A key is a French text that stands where a function of sentences takes one: there itself, or under a name that is given there.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import jinja2
from jinja2 import nodes

from generator.text.language import FRENCH, LANGUAGES
from generator.text.phrasebook import FOLDER, entries

MACHINE = Path(__file__).resolve().parent.parent / "generator"
TRANSLATED = tuple(code for code in LANGUAGES if code != FRENCH)

# Where each function takes keys, the first argument being 0; a method has its own place, as `reader.fault(key, message, hint)`.
FUNCTIONS: dict[str, tuple[int, ...]] = {
    **dict.fromkeys(("say", "sentence", "phrase", "worded", "Sentence"), (0,)),
    **dict.fromkeys(("Failure", "EngineError", "PublicationError", "SearchError"), (0,)),
    **{
        "count": (1, 2),
        "counted": (1, 2),
        "fault": (2, 3),
        "Code": (0, 1),
        "Command": (2,),
        "Option": (1,),
        "Argument": (1,),
    },
    **{"_wrong": (0, 1), "wrong": (0, 2), "broken": (2,), "told": (0,), "_told": (0, 1, 2, 3), "one": (0, 1, 2)},
    **{"halt": (1, 2), "refused_header": (1,)},
    "_advise": (2, 3),
    **{"_refuse": (0, 1, 2, 3, 4, 5), "refuse": (0, 1, 2, 3, 4)},
}
METHODS = {
    "missing": (1,),
    "fault": (1, 2),
    "faults": (1, 2),
    "close": (0,),
    "told": (1, 2),
    "_told": (0, 1, 2, 3),
    "say": (0,),
}
GIVEN = ("DESCRIPTION", "TITLE")  # of a format: said by the templates that list them
LISTED = re.compile(r"\A(?:packages|pages)/")
COUNTING = ("count", "counted", "compte")
# Words of programs that stand where keys may: `cle-vide`, `mkdocs.yml`, `maxLength`, `<!-- mark -->`.
NOT_KEYS = re.compile(
    r"\A(?:[a-z0-9]+(?:[-_][a-z0-9]+)+|[a-z_]+\.[a-z]+|[a-z]+[A-Z]\w*|<!--.*-->|true|false|warn|ignore|fr|en)\Z"
)
# A sentence by its look, wherever it stands: what names its module gives to another, or keeps in its own way.
SENTENCE = re.compile(r"\A[ («{]{0,4}[^\W\d_][^\\|^]* [^\\|^]*\Z|\A[ («{]{0,4}[^\W\d_](?:[^\\^]|\\ »)*[.]\Z")
WORDS = re.compile(
    r"[À-ÿœ’«»]|\b(?:le|la|les|un|une|des|du|est|pas|dans|pour|sur|avec|par|sans|aucune?)\b", re.IGNORECASE
)
EXPRESSIONS = "text/expressions.py"  # which has the sentences of calculations
READING = ("text/", "checks/prose_numbers.py", "prose/", "documents/garbled.py", "site/search.py", "values/absence.py")
_VALUE = re.compile(r"\{\w*\}")


def keys() -> dict[str, set[str]]:
    """The keys, each with the modules and templates that say it."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted(MACHINE.rglob("*")):
        if "__pycache__" in path.parts or path.suffix not in (".py", ".html"):
            continue
        name, text = path.relative_to(MACHINE).as_posix(), path.read_text(encoding="utf-8")
        for key in of_module(text, name) if path.suffix == ".py" else of_template(text):
            if is_key(key):
                found[key].add(name)
    return dict(found)


def is_key(text: str) -> bool:
    """Whether a text has anything to translate: letters, or the spaces and quotes that French puts beside signs."""
    return bool(re.search(r"[^\W\d_]|[«»]| [:;!?%]", _VALUE.sub("", text))) and not text.startswith("<!--")


# --- Templates ---


def of_template(text: str) -> Iterator[str]:
    """The keys of a template."""
    tree = jinja2.Environment().parse(text)
    for call in tree.find_all(nodes.Call):
        name = call.node.name if isinstance(call.node, nodes.Name) else ""
        if name == "_":
            yield from _texts(call.args[:1])
        elif name == "compte":
            words = list(_texts(call.args[1:]))
            yield from words if len(call.args) > 2 else (form for one in words for form in (one, f"{one}s"))


def _texts(arguments: Iterable[nodes.Node]) -> Iterator[str]:
    for argument in arguments:
        within = [argument] if isinstance(argument, nodes.Const) else argument.find_all(nodes.Const)
        yield from (const.value for const in within if isinstance(const.value, str))


# --- Code ---


def of_module(text: str, name: str) -> Iterator[str]:
    """The keys of a module, some more than once."""
    tree = list(ast.walk(ast.parse(text)))
    named = _Names(tree)
    for call in (node for node in tree if isinstance(node, ast.Call)):
        for place, argument in enumerate(call.args):
            if place in _places(call) or _named(argument) in ("say", "sentence", "phrase"):
                for key in named.texts(argument):
                    if _named(call.func) not in ("say", "phrase") and NOT_KEYS.match(key):
                        continue
                    yield key
                    if _named(call.func) in COUNTING and len(call.args) == 2 and not isinstance(argument, ast.Starred):
                        yield f"{key}s"
        if isinstance(call.func, ast.Name) and call.func.id == "Argument":  # the word that stands for it
            yield from (key.upper() for key in named.texts(call.args[0]))
        for keyword in call.keywords:
            written = keyword.arg == "metavar" and isinstance(keyword.value, ast.Constant)
            yield from named.texts(keyword.value) if written else ()
        if any(_named(argument) in ("say", "sentence", "phrase") for argument in call.args):  # map(say, texts)
            texts = (key for argument in call.args for key in named.texts(argument))
            yield from (key for key in texts if not NOT_KEYS.match(key))
    if name == EXPRESSIONS or not name.startswith(READING):
        lone = (text for text in _lone(tree) if not NOT_KEYS.match(text))
        yield from (text for text in lone if SENTENCE.match(text) and WORDS.search(text))
    if LISTED.match(name):
        texts = (key for kept in GIVEN for value in named.values.get(kept, ()) for key in named.texts(value))
        yield from (key for key in texts if not NOT_KEYS.match(key))


def _lone(tree: list[ast.AST]) -> Iterator[str]:
    """The texts of a module, docstrings and pieces of others apart."""
    apart = {id(part) for node in tree if isinstance(node, ast.JoinedStr | ast.Expr) for part in _within(node)}
    for node in tree:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in apart:
            yield node.value


def _within(node: ast.AST) -> list[ast.AST]:
    return node.values if isinstance(node, ast.JoinedStr) else [node.value]


def _named(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _places(call: ast.Call) -> tuple[int, ...]:
    known = METHODS if isinstance(call.func, ast.Attribute) else FUNCTIONS
    return known.get(_named(call.func), ())


class _Names:
    """What the names of a module are given, wherever: their texts are those of each."""

    def __init__(self, tree: list[ast.AST]) -> None:
        self.values: dict[str, list[ast.expr]] = defaultdict(list)
        for node in tree:
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    self._bind(target, node.value)
            elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and node.value is not None:
                self._bind(node.target, node.value)
        for node in tree:
            if isinstance(node, ast.For | ast.comprehension):
                for row in self._rows(node.iter):
                    self._bind(node.target, row)

    def _rows(self, value: ast.expr) -> list[ast.expr]:
        """What a loop goes through: the items of a list that is written, here or under a name."""
        given = self.values.get(value.id, []) if isinstance(value, ast.Name) else []
        written = [each for each in [value, *given] if isinstance(each, ast.Tuple | ast.List)]
        return [item for each in written for item in each.elts] or [value]

    def _bind(self, target: ast.expr, value: ast.expr) -> None:
        """Give a value to a name, or each of several to its own."""
        if isinstance(target, ast.Name):
            self.values[target.id].append(value)
        elif isinstance(value, ast.IfExp):
            self._bind(target, value.body)
            self._bind(target, value.orelse)
        elif isinstance(target, ast.Tuple | ast.List):
            alike = isinstance(value, ast.Tuple | ast.List) and len(value.elts) == len(target.elts)
            for place, part in enumerate(target.elts):
                self._bind(part, value.elts[place] if alike else value)  # type: ignore[attr-defined]

    def texts(self, value: ast.expr, seen: frozenset[str] = frozenset()) -> Iterator[str]:
        """The texts that an expression may be."""
        if isinstance(value, ast.Constant):
            yield from [value.value] if isinstance(value.value, str) else []
        elif isinstance(value, ast.Name) and value.id not in seen:
            for given in self.values.get(value.id, ()):
                yield from self.texts(given, seen | {value.id})
        for part in _parts(value):
            yield from self.texts(part, seen)


def _parts(value: ast.expr) -> list[ast.expr]:
    """The expressions of which one is the value of this one, or holds it."""
    if isinstance(value, ast.IfExp):
        return [value.body, value.orelse]
    if isinstance(value, ast.BoolOp | ast.Dict):
        return list(value.values)
    if isinstance(value, ast.Tuple | ast.List | ast.Set):
        return list(value.elts)
    if isinstance(value, ast.Starred | ast.Subscript):
        return [value.value]
    if isinstance(value, ast.GeneratorExp | ast.ListComp):
        return [value.elt]
    if isinstance(value, ast.Call) and _named(value.func) in ("dict", "zip", "tuple"):
        return value.args
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
        return [value.func.value]  # `_WORDS.get(kind)`
    return []


# --- Catalogues ---


def catalogue(code: str, found: dict[str, set[str]]) -> str:
    """The text of a catalogue: the keys in their order, each with where it is said and what was translated so far."""
    path = FOLDER / f"{code}.po"
    known = dict(entries(path.read_text(encoding="utf-8"))) if path.exists() else {}
    head = (
        "# The sentences of the interface; the French texts, which the code and the templates hold, are the keys.\n"
        "# `make phrases` adds the new ones, empty, and removes those that nothing says any more.\n"
        f'msgid ""\nmsgstr ""\n"Language: {code}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    )
    order = sorted(found, key=lambda key: (min(found[key]), key))
    return head + "".join(
        f"\n#: {' '.join(sorted(found[key]))}\nmsgid {_quoted(key)}\nmsgstr {_quoted(known.get(key, ''))}\n"
        for key in order
    )


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'


def missing(text: str) -> list[str]:
    """The keys of a catalogue that have no text."""
    return [key for key, told in entries(text) if not told]


def main(arguments: list[str]) -> int:
    """Rewrite the catalogues, or look only; 1 when a key has no text."""
    found, lacking = keys(), 0
    for code in TRANSLATED:
        text = catalogue(code, found)
        if "--check" not in arguments:
            (FOLDER / f"{code}.po").write_text(text, encoding="utf-8")
        for key in missing(text):
            print(f"{code} : {key!r} ({', '.join(sorted(found[key]))})")
            lacking += 1
    print(f"{len(found)} phrases, {lacking} sans traduction")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
