"""The link checker says what is wrong, where, and says nothing of what is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.site import gate, html

GOOD = '<!doctype html>\n<html lang="fr"><head><meta charset="utf-8"><title>T</title>{}</head>\n<body><h1 id="t">T</h1>\n{}</body></html>'


def write(site: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, encoding="utf-8", newline="")
    return site


def found(site: Path, body: str = "", head: str = "", **others: str) -> list[tuple[str, int, str, str]]:
    """What is said of a page a/index.html with this body, among a few files that are right."""
    files = {
        "index.html": GOOD.format("", '<p id="été">x</p>'),
        "a/index.html": GOOD.format(head, body),
        "a/b/index.html": GOOD.format("", '<p id="p">x</p>'),
        "d.csv": "a",
        "i.svg": "<svg/>",
    }
    return [
        (f.page, f.line, f.target, f.reason.replace("\u202f", " "))
        for f in gate.settle(write(site, {**files, **others}))
    ]


@pytest.mark.parametrize(
    "body",
    [
        '<a href="../">x</a> <a href="..">x</a> <a href="./">x</a> <a href="">x</a> <a href="#">x</a> <a href="#t">x</a>',
        '<a href="b/">x</a> <a href="b/#p">x</a> <a href="b/index.html#p">x</a> <a href="../a/b/?q=1#p">x</a>',
        '<a href="../#%C3%A9t%C3%A9">x</a> <a href="../#été">x</a> <a href="../d.csv">x</a> <a href="%62/">x</a>',
        '<a href="https://exemple.fr/">x</a> <a href="mailto:a@b.fr">x</a> <a href="tel:+33">x</a>',
        '<img src="../i.svg" alt=""> <img src="data:image/png;base64,AA==" alt=""> <img srcset="../i.svg 1x, ../i.svg 2x" alt="">',
        '<form action="./"></form> <form></form>',
        '<svg><use href="../i.svg#x"/><a href="../">x</a></svg>',
    ],
)
def test_nothing_is_said_of_what_is_right(tmp_path: Path, body: str) -> None:
    assert found(tmp_path, body) == []


@pytest.mark.parametrize(
    ("body", "target", "words"),
    [
        ('<a href="c/">x</a>', "c/", "rien à cette adresse"),
        ('<a href="b">x</a>', "b", "dossier sans barre finale"),
        ('<a href="B/">x</a>', "B/", "la casse ou les accents diffèrent : le fichier est « a/b/index.html »"),
        ('<a href="../D.csv">x</a>', "../D.csv", "le fichier est « d.csv »"),
        ('<a href="#rien">x</a>', "#rien", "l’ancre « #rien » n’existe pas dans a/index.html"),
        ('<a href="b/#t2">x</a>', "b/#t2", "l’ancre « #t2 » n’existe pas dans a/b/index.html"),
        ('<a href="../#rien">x</a>', "../#rien", "l’ancre « #rien » n’existe pas dans index.html"),
        ('<a href="/a/">x</a>', "/a/", "adresse absolue"),
        ('<a href="../../">x</a>', "../../", "l’adresse sort du site"),
        ('<a href="b\\c">x</a>', "b\\c", "barre oblique inverse"),
        ('<a href="//hote.fr/">x</a>', "//hote.fr/", "autre hôte, sans schéma"),
        ('<a href="javascript:alert(1)">x</a>', "javascript:alert(1)", "schéma d’adresse « javascript: »"),
        ('<a href="chiffre:x/y">x</a>', "chiffre:x/y", "schéma d’adresse « chiffre: »"),
        ('<a href="http://[x">x</a>', "http://[x", "mal formée"),
        ('<img src="https://h.fr/i.png">', "https://h.fr/i.png", "vient d’ailleurs"),
        ('<img srcset="../i.svg 1x, https://h.fr/i 2x">', "https://h.fr/i", "vient d’ailleurs"),
        ('<script src="https://h.fr/j.js"></script>', "https://h.fr/j.js", "vient d’ailleurs"),
        ('<iframe src="https://h.fr/"></iframe>', "https://h.fr/", "vient d’ailleurs"),
        ('<form action="https://h.fr/"></form>', "https://h.fr/", "vient d’ailleurs"),
        ('<button formaction="https://h.fr/">x</button>', "https://h.fr/", "vient d’ailleurs"),
        ('<a href="./" ping="https://h.fr/">x</a>', "https://h.fr/", "vient d’ailleurs"),
        ('<svg><image href="https://h.fr/i.png"/></svg>', "https://h.fr/i.png", "vient d’ailleurs"),
        ('<svg><use xlink:href="https://h.fr/i.svg#a"/></svg>', "https://h.fr/i.svg#a", "vient d’ailleurs"),
        ('<video poster="absent.png"></video>', "absent.png", "rien à cette adresse"),
        ('<p id="t">x</p>', "#t", "identifiant donné deux fois"),
        ('<p id="u">x</p><p id="u">y</p>', "#u", "identifiant donné deux fois"),
        ("<h1>encore</h1>", "<h1>", "un seul titre principal par page, et non 2"),
    ],
)
def test_what_is_wrong_is_said_once_with_its_line(tmp_path: Path, body: str, target: str, words: str) -> None:
    [(page, line, said, reason)] = found(tmp_path, body)
    assert (page, said) == ("a/index.html", target)
    assert line == (0 if target == "<h1>" else 4)
    assert words in reason


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ('<link rel="stylesheet" href="https://h.fr/s.css">', "vient d’ailleurs"),
        ('<link rel="preload" href="//h.fr/f.woff2">', "autre hôte"),
        ('<base href="../">', "<base> changerait"),
        ('<meta http-equiv="refresh" content="0; url=../absent/">', "rien à cette adresse"),
    ],
)
def test_the_head_is_read_too(tmp_path: Path, head: str, words: str) -> None:
    [(page, line, _, reason)] = found(tmp_path, head=head)
    assert (page, line) == ("a/index.html", 2)
    assert words in reason


def test_a_canonical_address_is_not_loaded(tmp_path: Path) -> None:
    assert found(tmp_path, head='<link rel="canonical" href="https://exemple.fr/a/">') == []


def test_a_redirection_needs_no_title(tmp_path: Path) -> None:
    moved = '<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=../a/">'
    assert found(tmp_path, **{"vieux/index.html": moved}) == []


def test_twins_on_a_disk_blind_to_case_or_accents(tmp_path: Path) -> None:
    others = {"x/É.csv": "1", "x/é.csv": "2", "y/Z/f.csv": "3", "y/z/g.csv": "4"}
    said = {(page, target) for page, _, target, reason in found(tmp_path, **others) if "confondrait" in reason}
    assert said == {("x/é.csv", "x/É.csv"), ("y/z", "y/Z")}


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("a { background: url(../i.svg) } b { mask: url('data:image/svg+xml,<svg/>') } /* url(https://h.fr/x) */", []),
        ("\na { background: url(https://h.fr/i.png) }", [(2, "https://h.fr/i.png", "vient d’ailleurs")]),
        ("a { background: url(http://[x) }", [(1, "http://[x", "mal formée")]),
        ("@import 'absent.css';", [(1, "absent.css", "rien à cette adresse")]),
        ('@font-face { src: url("/f.woff2") }', [(1, "/f.woff2", "adresse absolue")]),
    ],
)
def test_style_sheets(tmp_path: Path, style: str, expected: list[tuple[int, str, str]]) -> None:
    said = found(tmp_path, **{"assets/s.css": style})
    assert [(page, line, target) for page, line, target, _ in said] == [("assets/s.css", n, t) for n, t, _ in expected]
    assert all(words in reason for (*_, reason), (*_, words) in zip(said, expected, strict=True))


def test_findings_are_in_order_and_read_as_a_sentence(tmp_path: Path) -> None:
    write(tmp_path, {"index.html": GOOD.format("", '<a href="b/">x</a>\n<a href="a/">x</a>')})
    assert [str(finding).replace("\u202f", " ") for finding in gate.settle(tmp_path)] == [
        "index.html:4: « b/ » : rien à cette adresse dans le site",
        "index.html:5: « a/ » : rien à cette adresse dans le site",
    ]


@pytest.mark.parametrize("data", [b"", b"  ", b"<!doctype html>", b"<!-- x -->", b"texte", b"\xff\xfe", b"<html" * 9])
def test_any_bytes_can_be_read(data: bytes) -> None:
    assert html.parse(data).headings == ()


def test_what_is_written_in_a_page() -> None:
    page = html.parse(
        b'\n<html lang="fr"><title> Un\n titre </title><svg><title>dessin</title></svg><h1>A <b>b</b></h1>'
        b'<p style="x" OnClick="y">\n<script>a<b</script><script type="application/ld+json">{}</script>'
        b'<script src="s.js"></script><script type=module>m</script><style>c</style>'
    )
    assert (page.title, page.headings, page.language) == ("Un titre", ("A b",), "fr")
    assert [(part.kind, part.text, part.line) for part in page.inline] == [
        ("attribut style", "x", 3),
        ("attribut onclick", "y", 3),
        ("script", "a<b", 4),
        ("script", "m", 4),
        ("style", "c", 4),
    ]
