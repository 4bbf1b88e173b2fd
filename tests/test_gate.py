"""What is asked again after some files changed is what a whole reading would find, whatever changed, in any order; and what is not
published is forgotten.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.site import gate
from generator.site.gate import Gate

PAGE = '<!doctype html>\n<html><head><meta charset="utf-8">{}<title>{}</title></head><body><h1>T</h1>\n{}</body></html>'
COMING = ("manifeste.json",)
PAGES = ("index.html", "a/index.html", "a/b/index.html", "A/index.html", "c/e.html", "c/é/index.html")
PAGES += (unicodedata.normalize("NFD", "c/é/index.html"), "404.html")
OTHERS = ("s.css", "a/t.css", "d.csv", "a/D.csv", "a/d.csv", "i.svg")
URLS = (
    "#p", "#q", "#é", "#%C3%A9", "#:~:text=x", "./", "../", "../#p", "../#q", "b/", "b/#p", "b", "B/", "A/", "a/", "a/#q", "a/b/#p",
    "../b/#q", "../../", "../../#p", "d.csv", "D.csv", "a/d.csv", "../d.csv", "../D.csv", "e.html", "e.html#p", "c/e.html#q",
    "../c/e.html#%70", "c/é/", "c/%C3%A9/#p", "../c/e%CC%81/", "/x", "//h.fr/", "https://h.fr/#p", "javascript:x", "http://[", "b\\c",
    "?q=1#p", "manifeste.json", "../manifeste.json", "../i.svg#p", "404.html#p", "index.html", "a/index.html#p", "%2Fd.csv", "..//",
    "../a/../#p",
)  # fmt: skip


def page(chance: random.Random) -> bytes:
    """A page that has some places, and links to some."""
    body = "".join(f'<p id="{name}">x</p>\n' for name in chance.sample(["p", "q", "é", "p"], chance.randrange(4)))
    body += "".join(
        f'<a href="{url}">x</a>{chance.choice(["", chr(10)])}' for url in chance.choices(URLS, k=chance.randrange(9))
    )
    body += chance.choice(["", "", "", "<h1>U</h1>", '<img src="i.svg">', "<script>x</script>", '<base href="../">'])
    head = chance.choice(
        ["", "", '<link rel="stylesheet" href="../s.css">', '<meta http-equiv="refresh" content="0; url=../#q">']
    )
    return PAGE.format(head, chance.choice(["t", "t", ""]), body).encode()


def style(chance: random.Random) -> bytes:
    """A style sheet that asks for files."""
    return "\n".join(f"a {{ background: url({url}) }}" for url in chance.choices(URLS, k=3)).encode()


def made(name: str, chance: random.Random) -> bytes:
    return page(chance) if name.endswith(".html") else style(chance) if name.endswith(".css") else b"x"


def edit(there: Mapping[str, bytes], chance: random.Random) -> tuple[dict[str, bytes], list[str]]:
    """Some files made new or otherwise, some removed."""
    names = chance.sample(PAGES + OTHERS, chance.choice([1, 1, 1, 2, 5]))
    removed = [name for name in names if name in there and chance.random() < 0.4]
    return {name: made(name, chance) for name in names if name not in removed}, removed


def put(site: Path, changed: Mapping[str, bytes], removed: list[str]) -> None:
    for name in removed:
        (site / name).unlink()
    for name, data in changed.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(data)


def read(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


@pytest.mark.parametrize("seed", range(12))
def test_after_any_edits_it_finds_what_a_whole_reading_finds(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    put(tmp_path, {name: made(name, chance) for name in PAGES + OTHERS if chance.random() < 0.6}, [])
    warm, found = Gate(), set[str]()
    assert warm.whole(tmp_path, COMING) == gate.settle(tmp_path, COMING)
    for _ in range(20):
        changed, removed = edit(read(tmp_path), chance)
        told = warm.given(changed, removed)
        if chance.random() < 0.3:  # it is not published
            warm.undo()
            continue
        put(tmp_path, changed, removed)
        assert told.findings == gate.settle(tmp_path, COMING)
        assert {name: read(tmp_path)[name] for name in changed} == {**changed, **told.pages}
        found |= {finding.reason for finding in told.findings}
    assert len(found) > 10, "such sites have faults of most kinds"


def test_what_is_on_the_disk_is_settled_there(tmp_path: Path) -> None:
    chance = random.Random(7)
    put(tmp_path, {name: page(chance) for name in PAGES}, [])
    warm = Gate()
    warm.whole(tmp_path)
    put(tmp_path, {"c/e.html": PAGE.format("", "t", '<a href="../a/">x</a>').encode(), "n.csv": b"1"}, ["a/index.html"])
    found = warm.again(tmp_path, ["c/e.html", "n.csv"], ["a/index.html"])
    assert b"Content-Security-Policy" in (tmp_path / "c/e.html").read_bytes()
    assert found == gate.settle(tmp_path)
    assert ("c/e.html", "../a/") in {(each.page, each.target) for each in found}


def test_a_fault_that_is_mended_is_told_no_more() -> None:
    warm = Gate()
    right = {
        "index.html": PAGE.format("", "t", '<a href="a/#p">x</a>').encode(),
        "a/index.html": PAGE.format("", "t", '<p id="p">x</p>').encode(),
    }
    assert warm.given(right).findings == ()
    [lost] = warm.given({"a/index.html": right["a/index.html"].replace(b'"p"', b'"q"')}).findings
    assert (lost.page, lost.line, lost.target) == ("index.html", 3, "a/#p")
    [gone] = warm.given({}, ["a/index.html"]).findings
    assert "rien à cette adresse" in gone.reason
    assert warm.given({"a/index.html": right["a/index.html"]}).findings == ()


def test_it_knows_what_leads_to_a_file() -> None:
    warm = Gate()
    warm.given({
        "index.html": PAGE.format("", "t", '<img src="a/plan.svg" alt="">').encode(),
        "a/index.html": PAGE.format("", "t", '<a href="plan.svg">x</a>').encode(),
        "b/index.html": PAGE.format("", "t", '<a href="../a/">x</a>').encode(),
    }, coming=["a/plan.svg"])  # fmt: skip
    assert warm.leading(["a/plan.svg", "absent.svg"]) == ("index.html", "a/index.html")
    assert warm.leading(["absent.svg"]) == ()


def test_the_pages_that_did_not_change_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    files = {f"{number}/index.html": PAGE.format("", "t", '<a href="../0/#p">x</a>').encode() for number in range(20)}
    files["0/index.html"] = PAGE.format("", "t", '<p id="p">x</p>').encode()
    warm = Gate()
    assert warm.given(files).findings == ()
    parsed, parse = list[bytes](), gate.html.parse
    monkeypatch.setattr(gate.html, "parse", lambda data: parsed.append(data) or parse(data))
    other = files["0/index.html"].replace(b'"p"', b'"q"')
    assert len(warm.given({"0/index.html": other}).findings) == 19
    assert parsed == [other]


def test_what_nobody_writes_any_more_is_forgotten() -> None:
    warm = Gate()
    for number in range(50):
        warm.given({"index.html": PAGE.format("", "t", f'<a href="{number}/#x">x</a>').encode()})
    assert sum(map(len, warm._ways.values())) <= 2
