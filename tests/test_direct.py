"""Templates say what Jinja2 alone would make them say: each is rendered by both, with what it makes or how it fails."""

from __future__ import annotations

from collections import Counter, namedtuple
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from types import SimpleNamespace
from typing import Any

import jinja2
import pytest
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from generator.pages import templates
from generator.pages.direct import declared
from generator.pages.templates import environment


class Slotted:
    __slots__ = ("empty", "title")

    def __init__(self) -> None:
        self.title = "<b>slot</b>"

    @property
    def made(self) -> Markup:
        return Markup("<i>property</i>")

    @property
    def broken(self) -> str:
        raise AttributeError("broken")

    @cached_property
    def never(self) -> str:
        return "needs a dictionary"

    def said(self, what: str, *, loud: bool = False, **more: Any) -> str:
        return f"{what}{'!' if loud else ''}{sorted(more)}"

    def __getitem__(self, name: str) -> str:
        if name == "key":
            return "by its key"
        raise KeyError(name)


@dataclass
class Open:
    name: str = "open & shut"
    call: Callable[..., str] = lambda *values: f"called with {values}"
    rows: list[int] = field(default_factory=lambda: [1, 2, 3])

    def changed(self) -> str:
        return "method"


Pair = namedtuple("Pair", "first second")

NAMES: dict[str, Any] = {
    "slot": Slotted(), "open": Open(), "pair": Pair("one", "<two>"), "space": SimpleNamespace(name="in space", items=1),
    "words": {"name": "in words", "class": "taught", "élan": "accent"}, "text": "a {} text", "html": "<p>", "none": None,
    "safe": Markup("<hr>"), "number": 4, "f": lambda *a, **k: f"{a}{sorted(k.items())}", "count": Counter("aab"),
    "rows": [Open("a"), Open("b")], "pairs": [("x", 1), ("y", 2)], "held": "a name that the code writes", "Markup": "none of ours",
}  # fmt: skip

SAMPLES = (
    *("{{ slot.title }}|{{ slot.made }}|{{ slot.key }}", "{{ open.name }}|{{ open.rows }}", "{{ pair.first }}{{ pair.second }}"),
    *("{{ space.name }}{{ space.items }}", "{{ words.name }}{{ words.class }}{{ words.élan }}", "{{ words.items() | list }}"),
    *("{{ slot.empty }}", "{{ slot.broken }}", "{{ slot.nothing }}", "{{ none.x }}", "{{ nothing.x }}", "{{ nothing }}"),
    *("{{ slot.empty is defined }}", "{{ slot.nothing is defined }}", "{{ slot.nothing | default('other') }}", "{{ slot.never }}"),
    *("{{ slot.__class__ }}", "{{ slot._x }}", "{{ open.__dataclass_fields__ }}", "{{ f.__globals__ }}", "{{ text.__class__.__mro__ }}"),
    *("{{ text.format('x') }}", "{{ text.upper() }}", "{{ html }}{{ safe }}{{ number }}{{ none }}", "{{ held }}{{ Markup }}"),
    *("{{ f() }}{{ f(1) }}{{ f(1, a=2) }}{{ f(*rows | map(attribute='name')) }}", "{{ f(**words) }}", "{{ f(1, class=2, a=3) }}"),
    *("{{ slot.said('x') }}{{ slot.said('x', loud=true) }}", "{{ slot.said() }}", "{{ slot.said('x', 1, 2) }}", "{{ open.call(open.name) }}"),
    *("{{ open.changed }}", "{{ open.changed() }}", "{{ number() }}", "{{ none() }}", "{{ 'a'() }}", "{{ f()() }}", "{{ (f)(2) }}"),
    *("{{ open.rows.append(4) }}", "{{ open.rows.pop() }}", "{{ count.most_common(1) }}", "{{ count.update('b') }}", "{{ count.a }}"),
    "{% for r in rows %}{{ loop.index }}{{ r.name }}{{ ', ' if not loop.last }}{{ loop.first }}{{ f(loop.index0) }}{% endfor %}",
    "{% for r in rows recursive %}{{ r.name }}{{ loop(r.rows[:0]) }}{{ loop.depth }}{{ loop.nextitem.name if not loop.last }}{% endfor %}",
    "{% for a, b in pairs if b > 1 %}{{ a }}{{ loop.length }}{% else %}none{% endfor %}{{ cycler('a', 'b').next() }}",
    "{% set n = namespace(x=1) %}{% for r in rows %}{% set n.x = n.x + 1 %}{% endfor %}{{ n.x }}{% set t = joiner('; ') %}{{ t() }}{{ t() }}",
    "{% macro m(a, b='<d>', c=a) %}{{ a }}-{{ b }}-{{ c }}{% endmacro %}{{ m(1) }}{{ m(1, 2) }}{{ m(b=3, a=1) }}{{ m() }}",
    "{% macro m(a, b='<d>', c=b) %}{{ a }}-{{ b }}-{{ c }}{% endmacro %}{{ m(html) }}{{ m(html, safe, open.name) }}{{ m('x', c=none) }}",
    *("{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, 2) }}", "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, x=2) }}"),
    *("{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, a=2) }}", "{% macro m(a) %}{{ a }}{% endmacro %}{{ [1, 2] | map(m) | list }}"),
    "{% macro m(a) %}{{ a }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, 3, x=4) }}{{ m.name }}{{ m.arguments }}",
    "{% macro m(a) %}<{{ a }}>{{ caller() }}{% endmacro %}{% call m(html) %}{{ html }}{{ safe }}{% endcall %}{{ m(1) }}",
    "{% macro m(a) %}{% for r in a %}{{ caller(r, loop.index) }}{% endfor %}{% endmacro %}{% call(r, i) m(rows) %}{{ i }}{{ r.name }}{% endcall %}",
    "{% macro m(a, caller=none) %}{{ a }}{{ caller() if caller }}{% endmacro %}{{ m(1) }}{% call m(2) %}in{% endcall %}",
    "{% macro m(a) %}{{ a }}{% endmacro %}{% call m(2) %}nobody asks{% endcall %}",
    "{% macro m() %}{{ caller() }}{% endmacro %}{% call m(x=2) %}in{% endcall %}",
    "{% macro m(n) %}{{ n }}{{ m(n - 1) if n }}{% endmacro %}{{ m(3) }}{{ m(3) is string }}{{ (m(1) ~ html) }}{{ m(0) + html }}",
    *("{% autoescape false %}{{ html }}{{ f(html) }}{{ slot.title }}{% endautoescape %}{{ html }}", "{{ html | safe }}{{ html | e | e }}"),
    "{% block b %}{{ slot.title }}{{ f(1) }}{{ self.c() }}{% endblock %}{% block c %}{{ open.name }}{% endblock %}",
    *("{% filter upper %}{{ open.name }}{{ f('x') }}{% endfilter %}", "{% set x %}{{ html }}{{ safe }}{% endset %}{{ x }}{{ x | length }}"),
    *("{{ open['name'] }}{{ words['name'] }}{{ pairs[0][1] }}{{ rows[0].name }}{{ rows[5] }}", "{{ rows | map(attribute='name') | join(html) }}"),
    "{% import 'exports.html' as p %}{{ p.most }}{{ p.shown is defined }}{{ p.shown.name }}{{ p.shown(html) }}{{ p._body_stream }}",
    *("{% import 'exports.html' as p %}{{ p.nothing }}", "{% import 'exports.html' as p %}{{ p.nothing() }}", "{{ words.x }}"),
    "{% from 'exports.html' import most as x, nothing %}{{ x }}{{ nothing }}",
    *("{{ ' open' if none }}{{ '<i>' if number }}{{ 'a' if none else '&' }}", "{% for r in rows %}{{ loop.index0 }}{{ loop.x }}{% endfor %}"),
    *("{{ 'yes' if open.name else 'no' }}{{ 'yes' if none }}", "{{ number * 2 }}{{ 2 + 3 }}", "{% if slot.made.x %}x{% endif %}"),
    "{% with x = open.rows, y = f(open.name) %}{{ x }}{{ y }}{% endwith %}{{ open.rows | sum }}{{ open.rows[1:] }}{{ pair[0] }}",
)  # fmt: skip

EXPORTS = "{% set most = 100 %}{% set _own = 1 %}{% macro shown(a) %}<b>{{ a }}</b>{% endmacro %}"


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[jinja2.Environment, jinja2.Environment]:
    """Our environment, and that of Jinja2 with the same options and the same limits."""
    ours = environment(tmp_path_factory.mktemp("nothing"), [])

    class Theirs(SandboxedEnvironment):
        def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
            return templates.permitted(obj, attr, value)

        def is_safe_callable(self, obj: Any) -> bool:
            return True

    same = {"trim_blocks": True, "lstrip_blocks": True, "optimized": False}
    ours.loader = jinja2.DictLoader({"exports.html": EXPORTS})
    return ours, Theirs(autoescape=True, undefined=jinja2.StrictUndefined, loader=ours.loader, **same)


def said(rendering: jinja2.Environment, text: str) -> tuple[str, str]:
    """What a template makes, or its fault in words; twice, as what is read once is read straight away the second time."""
    template, found = rendering.from_string(text), []
    for _ in range(2):
        try:
            found.append(template.render(NAMES))
        except Exception as error:
            found.append(f"{type(error).__name__}: {error}")
    return found[0], found[1]


@pytest.mark.parametrize("text", SAMPLES)
def test_a_template_says_what_jinja2_would(both: tuple[jinja2.Environment, jinja2.Environment], text: str) -> None:
    ours, theirs = (said(each, text) for each in both)
    assert ours == theirs


def test_what_a_class_declares_is_read_straight() -> None:
    read = [(Slotted, "title"), (Slotted, "made"), (Slotted, "empty"), (Open, "name"), (Open, "rows"), (Pair, "first")]
    assert all(declared(kind, name) for kind, name in read)
    asked = [
        (Slotted, "said"),
        (Slotted, "never"),
        (Open, "changed"),
        (SimpleNamespace, "name"),
        (dict, "items"),
        (str, "format"),
    ]
    assert not any(declared(kind, name) for kind, name in asked)


def test_the_types_that_are_read_straight_are_open(both: tuple[jinja2.Environment, jinja2.Environment]) -> None:
    ours = both[0]
    for text in SAMPLES:
        said(ours, text)
    assert isinstance(ours, templates.Environment)
    assert Slotted in ours.plain["title"]
    closed = {
        name: kinds for name, kinds in ours.plain.items() if name.startswith("_") or kinds & {str, dict, list, type}
    }
    assert not closed
