"""Every sentence of the interface goes through one function, with its French text as its key: a sentence that does not is
found, in the templates of the machine and in its code.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import jinja2
import pytest

ROOT = Path(__file__).resolve().parent.parent
MACHINE = ROOT / "generator"
TEMPLATES = sorted([*(MACHINE / "templates").rglob("*.html"), *(MACHINE / "theme").rglob("*.html")])
MODULES = sorted(MACHINE.rglob("*.py"))

# --- Templates ---

# What is no sentence between tags: programs and styles, the code shown to programmers.
VERBATIM = re.compile(r"<(script|style|pre|svg)\b.*?</\1>", re.DOTALL)
HUMAN = re.compile(r"""\b(?:aria-label|title|alt|placeholder)=["']([^"'{]*[^\W\d_][^"'{]*)""")
NAMES = {"datapackage", "json"}  # of files, in a text


def unsaid(template: str) -> Iterator[str]:
    """The texts of a template that a reader would see and that do not go through the function."""
    text = re.sub(r"\{#.*?#\}", "", template, flags=re.DOTALL)
    text = VERBATIM.sub("", text)
    yield from HUMAN.findall(text)
    for tag in re.findall(r"\{[{%](.*?)[%}]\}", text, re.DOTALL):
        said = re.sub(r"\bcompte\((?:[^()]|\([^()]*\))*\)", "", tag)
        said = re.sub(r'\b_\((?:\s*"(?:[^"\\]|\\.)*")+', "", said)
        for string in re.findall(r'"((?:[^"\\]|\\.)*)"|\'([^\']*)\'', said):
            words = string[0] or string[1]
            if re.search(r"[À-ÿœ’«»]|^[A-Z][a-z]+(?: |$)|[a-z] [a-z]", words) and "=" not in words:
                yield words
    bare = re.sub(r"\{[{%].*?[%}]\}", " ", text, flags=re.DOTALL)
    bare = re.sub(r"<!doctype[^>]*>|<[^>]*>", " ", bare)
    yield from (word for word in re.findall(r"[^\W\d_]{2,}", bare) if word not in NAMES)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(MACHINE).as_posix())
def test_no_sentence_of_a_template_is_said_raw(path: Path) -> None:
    assert list(unsaid(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "template",
    [
        "<p>Bonjour</p>",
        '<p aria-label="Le menu">{{ x }}</p>',
        '{{ titre(2, "Toutes les tables", "tables") }}',
        "{% if x %}Licence{% endif %}",
        '{{ x or "Autres" }}',
    ],
)
def test_a_raw_sentence_is_found(template: str) -> None:
    assert list(unsaid(template))


def test_a_said_sentence_is_not() -> None:
    assert (
        list(unsaid('<p class="chapo">{{ _("Toutes les tables : {x}", x=y) }} {{ compte(n, "ligne", "lignes") }}</p>'))
        == []
    )
    assert jinja2.Environment().parse('{{ _("a" "b") }}')


# --- Code ---

# Who takes the key of a sentence: says it, keeps it, or raises with it.
SAYING = {
    "say",
    "sentence",
    "phrase",
    "count",
    "counted",
    "worded",
    "fault",
    "faults",
    "refuse",
    "_refuse",
    "broken",
    "told",
}
SAYING |= {
    "Failure",
    "EngineError",
    "PublicationError",
    "SearchError",
    "Code",
    "Command",
    "close",
    "_wrong",
    "no_column",
}
FRENCH = re.compile(r"[À-ÿœ’«»]|\b(?:le|la|les|un|une|des|du|est|pas|dans|pour|sur|avec|par)\b .*\b\w")
# What reads French rather than says it, by patterns; and the guide of templates, which is a document and not a sentence.
READING = {"text", "contracts/types.py", "contracts/meant.py", "contracts/conversion.py", "checks/prose_numbers.py"}
READING |= {"prose/coverage.py", "site/search.py", "pages/contexts.py", "pages/draft.py"}
GIVEN = {"DESCRIPTION", "TITLE"}  # of a format: said by the templates that list them
CODES = re.compile(r"\A[a-z][a-z0-9_/.:-]*\Z")


def raw(source: str) -> Iterator[tuple[int, str]]:
    """(line, text) of the French texts of a module that reach none of the functions of sentences."""
    tree = ast.parse(source)
    said, parents = set[int](), dict[int, ast.AST]()
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            parents[id(child)] = node
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            said.add(id(node.value))  # a docstring
        given = [node.func, *node.args] if isinstance(node, ast.Call) else []
        if any(_name(part) in SAYING for part in given):
            for part in ast.walk(node):
                said.add(id(part))
    names = _given(tree, said)
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in said else None
        french = isinstance(text, str) and len(text) > 2 and FRENCH.search(text) and not CODES.match(text)
        if isinstance(text, str) and french and not _kept(node, parents, names):
            yield node.lineno, text


def _given(tree: ast.Module, said: set[int]) -> set[str]:
    """The names that reach a function of sentences, from one to the next."""
    names = GIVEN | {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and id(n) in said}
    flows = []
    for node in ast.walk(tree):
        if isinstance(node, ast.For | ast.comprehension):
            flows.append(({n.id for n in ast.walk(node.target) if isinstance(n, ast.Name)}, node.iter))
        elif isinstance(node, ast.Assign):
            flows += [({n.id for n in ast.walk(t) if isinstance(n, ast.Name)}, node.value) for t in node.targets]
    while True:
        more = {n.id for left, right in flows if left & names for n in ast.walk(right) if isinstance(n, ast.Name)}
        if more <= names:
            return names
        names |= more


def _name(function: ast.expr) -> str:
    return (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )


def _kept(node: ast.AST, parents: dict[int, ast.AST], names: set[str]) -> bool:
    """Whether a text is kept under a name that a function of sentences is given, in the same module."""
    above: ast.AST | None = node
    while above is not None:
        above = parents.get(id(above))
        if isinstance(above, ast.Assign | ast.AnnAssign | ast.For | ast.comprehension | ast.keyword):
            targets = above.targets if isinstance(above, ast.Assign) else [getattr(above, "target", above)]
            kept = {n.id for target in targets for n in ast.walk(target) if isinstance(n, ast.Name)}
            if kept & names:
                return True
    return False


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(MACHINE).as_posix())
def test_no_sentence_of_the_code_is_said_raw(path: Path) -> None:
    name = path.relative_to(MACHINE).as_posix()
    if name.split("/")[0] in READING or name in READING:
        return
    assert list(raw(path.read_text(encoding="utf-8"))) == []


def test_a_raw_sentence_of_the_code_is_found() -> None:
    assert list(raw('print("Le site est prêt")'))
    assert list(raw('x = f"{n} pages dans le site"'))
    assert not list(raw('message = "Le site est prêt"\nsay(message)'))
    assert not list(raw('say("Le site est prêt")'))
