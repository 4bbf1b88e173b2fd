"""Every page carries its policy, first thing in its head; what the policy would stop is said."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest

from generator.site import gate

PAGE = '<!doctype html>\n<html><head>\n<meta charset="utf-8"><title>é</title>{}</head><body><h1>T</h1>{}</body></html>'


def apply(site: Path, name: str, text: str) -> tuple[str, list[tuple[int, str, str]]]:
    (site / name).parent.mkdir(parents=True, exist_ok=True)
    (site / name).write_text(text, encoding="utf-8", newline="")
    said = gate.settle(site)
    assert {finding.page for finding in said} <= {name}
    return (site / name).read_bytes().decode("utf-8"), [(f.line, f.target, f.reason) for f in said]


def declared(text: str) -> dict[str, str]:
    [content] = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', text)
    return dict(directive.split(" ", 1) for directive in content.split("; "))


def test_an_ordinary_page_runs_and_loads_only_what_is_of_this_site(tmp_path: Path) -> None:
    text, said = apply(tmp_path, "a/index.html", PAGE.format("", "<p>x</p>"))
    assert said == []
    assert declared(text) == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "worker-src": "'self'",
        "manifest-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
    }


def test_the_policy_comes_right_after_the_charset_and_nothing_else_changes(tmp_path: Path) -> None:
    before = PAGE.format("", "<p>x</p>\r\n\ty")
    text, _ = apply(tmp_path, "index.html", before)
    start = text.index('<meta http-equiv="Content-Security-Policy"')
    assert text[:start].endswith('<head>\n<meta charset="utf-8">')
    added = re.search(r'<meta http-equiv=[^>]*><meta name="referrer" content="no-referrer">', text)
    assert added is not None
    assert text.replace(added[0], "") == before


def test_twice_is_once(tmp_path: Path) -> None:
    first, _ = apply(tmp_path, "index.html", PAGE.format("", ""))
    gate.settle(tmp_path)
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == first


def test_only_the_search_page_may_run_webassembly(tmp_path: Path) -> None:
    text, _ = apply(
        tmp_path, "r/index.html", PAGE.format("", '<script type="module" src="../assets/recherche.js"></script>')
    )
    assert declared(text)["script-src"] == "'self' 'wasm-unsafe-eval'"


def test_the_page_for_lost_addresses_is_allowed_its_own_code_by_hash(tmp_path: Path) -> None:
    text, said = apply(tmp_path, "404.html", PAGE.format("<style>b</style>", "<script>\n é < 1\n</script>"))

    def digest(code: str) -> str:
        return base64.b64encode(hashlib.sha256(code.encode("utf-8")).digest()).decode("ascii")

    assert said == []
    assert declared(text)["script-src"] == f"'self' 'sha256-{digest(chr(10) + ' é < 1' + chr(10))}'"
    assert declared(text)["style-src"] == f"'self' 'sha256-{digest('b')}'"


@pytest.mark.parametrize(
    ("body", "line", "target", "words"),
    [
        ("<script>alert(1)</script>", 3, "alert(1)", "script en ligne"),
        ('\n<p style="color:red">', 4, "color:red", "attribut style en ligne"),
        ('<img src="data:image/png," onerror="alert(1)">', 3, "alert(1)", "attribut onerror en ligne"),
        ("<style>p{}</style>", 3, "p{}", "style en ligne"),
    ],
)
def test_what_the_policy_will_stop_is_said_and_never_allowed(
    tmp_path: Path, body: str, line: int, target: str, words: str
) -> None:
    text, [(at, what, reason)] = apply(tmp_path, "index.html", PAGE.format("", body))
    assert (at, what) == (line, target)
    assert words in reason
    assert "sha256" not in text


def test_data_is_not_code(tmp_path: Path) -> None:
    _, said = apply(tmp_path, "index.html", PAGE.format("", '<script type="application/ld+json">{"a": 1}</script>'))
    assert said == []


def test_a_page_without_charset_is_said(tmp_path: Path) -> None:
    text, [(_, target, _)] = apply(tmp_path, "index.html", "<html><head><title>x</title></head><h1>x</h1></html>")
    assert target == "<meta charset>"
    assert "Content-Security-Policy" not in text


def test_text_that_speaks_of_a_policy_does_not_stand_in_for_one(tmp_path: Path) -> None:
    body = "<pre>&lt;meta http-equiv=&quot;Content-Security-Policy&quot;&gt;</pre>"
    text, _ = apply(tmp_path, "index.html", PAGE.format("", body))
    assert declared(text)["script-src"] == "'self'"
