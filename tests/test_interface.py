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
SCRIPT = re.compile(r"<script\b[^>]*>(.*?)</script>", re.DOTALL)
OTHERS = re.compile(r"-\d+\.\d+\.\d+\Z")  # a folder of the library of others, named by its version
SCRIPTS = sorted(path for path in MACHINE.rglob("*.js") if not OTHERS.search(path.parent.name))
HUMAN = re.compile(r"""\b(?:aria-label|title|alt|placeholder)=(["'])(.*?)\1""")
HANDED = re.compile(
    r"""\b(?:value|content|data-[\w-]+)=(["'])([^"']*[^\W\d_]{2} [^\W\d_]{2}[^"']*)\1"""
)  # words, to a script
TITLE = re.compile(r"""\btitre\(\s*\d\s*,\s*(["'])([^"'/]*)\1""")  # a folder has a slash
NAMES = {"datapackage", "json"}  # of files, in a text


def unsaid(template: str) -> Iterator[str]:
    """The texts of a template that a reader would see and that do not go through the function."""
    text = re.sub(r"\{#.*?#\}", "", template, flags=re.DOTALL)
    for script in SCRIPT.findall(text):
        yield from written(script)
    text = VERBATIM.sub("", text)
    shown = re.sub(r"\{[{%].*?[%}]\}", " ", text, flags=re.DOTALL)
    yield from (words for _, words in HUMAN.findall(shown) if re.search(r"[^\W\d_]", words))
    yield from (words for _, words in HANDED.findall(shown))
    yield from (words for _, words in TITLE.findall(text))
    for tag in re.findall(r"\{[{%](.*?)[%}]\}", text, re.DOTALL):
        said = re.sub(r'(\bcompte\((?:[^"()]|\([^()"]*\))*?)"[^"]*"(?:\s*,\s*"[^"]*")?', r"\1", tag)
        said = re.sub(r'\b_\((?:\s*"(?:[^"\\]|\\.)*")+', "", said)
        for string in re.findall(r'"((?:[^"\\]|\\.)*)"|\'([^\']*)\'', said):
            words = string[0] or string[1]
            if re.search(r"[À-ÿœ’«»]|^[A-Z][a-z]+(?: |$)|[a-z] [a-z]", words) and not re.match(r" \w+=", words):
                yield words
    bare = re.sub(r"<!doctype[^>]*>|<[^>]*>", " ", shown)
    yield from (word for word in re.findall(r"[^\W\d_]+", bare) if word not in NAMES)
    filled = re.sub(r"<[^>]*>", "", re.sub(r"\{[{%].*?[%}]\}", "x", text, flags=re.DOTALL))
    yield from re.findall(r"\S [:;!?»](?=\s)", filled)  # a space that is of French alone


def written(script: str) -> Iterator[str]:
    """The sentences that a script holds; those of the interface come from the page, in its data-… attributes."""
    code = re.sub(r"(^|\s)//.*$", "", script, flags=re.MULTILINE)
    for strings in re.findall(r'"([^"\n]*)"|\'([^\'\n]*)\'|`([^`]*)`', code):
        if re.search(r"[«»]|[À-ÿœ]\w|\w[À-ÿœ]|^[A-Z][a-z]+(?: |$)|[a-z] [a-z]", "".join(strings)):
            yield "".join(strings)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(MACHINE).as_posix())
def test_no_sentence_of_a_template_is_said_raw(path: Path) -> None:
    assert list(unsaid(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_sentence_is_written_in_a_script(path: Path) -> None:
    assert list(written(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "template",
    [
        "<p>Bonjour</p>",
        '<p aria-label="Le menu">{{ x }}</p>',
        '{{ titre(2, "Toutes les tables", "tables") }}',
        "{% if x %}Licence{% endif %}",
        '{{ x or "Autres" }}',
        "<p>à</p>",
        '<p aria-label="{{ x }} ouvert">{{ y }}</p>',
        '<p data-panne="Le site est en panne">{{ y }}</p>',
        '{{ titre(2, "tables", "tables") }}',
        '{{ compte(n, x or "Pas dit du tout") }} {{ "Pas dit non plus" }}',
        '{{ "a=b : le site est vide" }}',
        '{{ _("Bien dit : {x}", x="Pas dit du tout") }}',
        '<script>alert("Le site est en panne")</script>',
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
    "Interrupted",
    "PublicationError",
    "SearchError",
    "Code",
    "Command",
    "close",
    "_wrong",
    "wrong",
    "no_column",
    "halt",
    "refused_header",
    "one",
    "Option",
    "Argument",
    "missing",
    "_advise",
    "_said",
}
FRENCH = re.compile(
    r"[À-ÿœ’«»]|\b(?:le|la|les|un|une|des|du|est|pas|dans|pour|sur|avec|par)\b .*\b\w"
    r"|(?<!-)\b(?:introuvable|aucune?|sans|manque|vide|doit)\b"
)
TITLED = re.compile(r"\A[A-Z][a-z]+(?: |\Z)")  # « Pages »: in what is shown, a capital is enough
SHOWING = ("pages/", "commands/", "authoring/")
# What reads French rather than says it, by patterns; and the guide of templates, which is a document and not a sentence.
READING = {"text", "values/types.py", "values/meant.py", "values/conversion.py", "checks/prose_numbers.py"}
READING |= {
    "values/absence.py",
    "tables/sql/sure.py",
    "documents/encodings.py",
    "documents/csv_refusals.py",
    "documents/garbled.py",
    "values/unwritten.py",
    "prose/claims.py",
    "prose/coverage.py",
    "site/search.py",
    "pages/draft.py",
    "pages/figures/marks.py",
    "pages/unread.py",  # English
}
GIVEN = {"DESCRIPTION", "TITLE"}  # of a format: said by the templates that list them
TYPES = {"View"}  # classes made by the code, named
CODES = re.compile(r"\A[a-z][a-z0-9_/.:-]*\Z")


def raw(source: str, shown: bool = False) -> Iterator[tuple[int, str]]:
    """(line, text) of the French texts of a module that reach none of the functions of sentences, as their keys."""
    tree = ast.parse(source)
    said, parents = set[int](), dict[int, ast.AST]()
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            parents[id(child)] = node
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            said.add(id(node.value))  # a docstring
        given = [node.func, *node.args] if isinstance(node, ast.Call) else []
        if isinstance(node, ast.Call):
            said |= {id(word.value) for word in node.keywords if word.arg == "metavar"}  # said by the help
        if any(_name(part) in SAYING for part in given):
            said |= {id(part) for argument in given for part in _keys(argument)}
    names = _given(tree, said)
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in said else None
        if not isinstance(text, str) or len(text) < 3 or CODES.match(text) or text in TYPES:
            continue
        if (FRENCH.search(text) or (shown and TITLED.search(text))) and not _kept(node, parents, names):
            yield node.lineno, text


def _keys(argument: ast.AST) -> Iterator[ast.AST]:
    """What stands in an argument as a key: neither the pieces of an f-string or of a sum, nor values put in by name."""
    yield argument
    for part in ast.iter_child_nodes(argument):
        if not isinstance(part, ast.JoinedStr | ast.keyword) and not isinstance(argument, ast.JoinedStr | ast.BinOp):
            yield from _keys(part)


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
        below, above = above, parents.get(id(above))
        if isinstance(above, ast.Assign | ast.AnnAssign | ast.For | ast.comprehension) and _target(above, below):
            return False  # `groups["Pages"] = …`: a name of a place, not what is kept there
        if isinstance(above, ast.Assign | ast.AnnAssign | ast.For | ast.comprehension | ast.keyword):
            targets = above.targets if isinstance(above, ast.Assign) else [getattr(above, "target", above)]
            kept = {n.id for target in targets for n in ast.walk(target) if isinstance(n, ast.Name)}
            if kept & names:
                return True
    return False


def _target(kept: ast.AST, part: ast.AST) -> bool:
    return any(part is target for target in getattr(kept, "targets", [getattr(kept, "target", None)]))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(MACHINE).as_posix())
def test_no_sentence_of_the_code_is_said_raw(path: Path) -> None:
    name = path.relative_to(MACHINE).as_posix()
    if name.split("/")[0] in READING or name in READING:
        return
    assert list(raw(path.read_text(encoding="utf-8"), name.startswith(SHOWING))) == []


def test_a_raw_sentence_of_the_code_is_found() -> None:
    assert list(raw('print("Le site est prêt")'))
    assert list(raw('x = f"{n} pages dans le site"'))
    assert list(raw('raise ValueError("fichier introuvable")'))
    assert list(raw('say(f"Le site {x} est prêt")'))
    assert list(raw('say("Le site est prêt " + x)'))
    assert list(raw('say("{x}", x="Le site est prêt")'))
    assert list(raw('groups["Pages du site"] = x\nsay(groups)', shown=True))
    assert list(raw('x = "Pages"', shown=True))
    assert not list(raw('message = "Le site est prêt"\nsay(message)'))
    assert not list(raw('say("Le site est prêt")'))
