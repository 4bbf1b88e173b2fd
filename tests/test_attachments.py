"""Files that are published as they are: what each kind may hold, by its name and by its bytes; nothing runs, nothing comes from
elsewhere.
"""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from samples import DATE, copy_base, replace, write

from generator.commands.check import checked_project
from generator.commands.making.pipeline import build
from generator.documents.attachments import read_attachments
from generator.documents.sheets import loads
from generator.documents.signatures import KINDS, RUN, TEXTS
from generator.documents.vectors import wrong_in
from generator.layout import FILES
from generator.site import manifest

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"{}>{}</svg>'
BYTES = {
    "png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff\xe0", "jpeg": b"\xff\xd8\xff\xe1", "gif": b"GIF89a", "webp": b"RIFF\0\0\0\0WEBP",
    "avif": b"\0\0\0\x20ftypavif", "pdf": b"%PDF-1.7", "woff2": b"wOF2", "ico": b"\0\0\1\0", "zip": b"PK\x03\x04", "ods": b"PK\x03\x04",
    "odt": b"PK\x03\x04", "odp": b"PK\x03\x04", "xlsx": b"PK\x03\x04", "docx": b"PK\x03\x04", "pptx": b"PK\x03\x04",
    "css": b"a{}", "csv": b"a,b", "json": b"{}", "geojson": b"{}", "txt": b"", "svg": SVG.format("", "").encode(),
}  # fmt: skip


def told(root: Path, files: dict[str, str | bytes], **options: int) -> list[tuple[str, str]]:
    write(root, {f"{FILES}/{name}": content for name, content in files.items()})
    found = read_attachments(root, **options).diagnostics
    return [(d.position.path.removeprefix(f"{FILES}/"), str(d.message)) for d in found]


def test_every_kind_is_read_by_its_bytes(tmp_path: Path) -> None:
    assert set(BYTES) == set(KINDS)
    assert not RUN & set(KINDS)
    assert told(tmp_path, {f"a.{kind}": data for kind, data in BYTES.items()}) == []
    assert read_attachments(tmp_path).paths == tuple(sorted(f"fichiers/a.{kind}" for kind in KINDS))


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"txt"}))
def test_no_kind_passes_for_another(kind: str, tmp_path: Path) -> None:
    other = b"MZ\x90\0\xff" if kind not in TEXTS else b"%PDF-1.7" if kind != "svg" else b"<html/>"
    assert [name for name, _ in told(tmp_path, {f"a.{kind}": other})] == [f"a.{kind}"]


REFUSED = {
    "page.html": "exécuterait", "page.XHTML": "exécuterait", "a.js": "exécuterait", "a.mjs": "exécuterait", "a.svgz": "exécuterait",
    "sans-fin": "genre", "a.png.exe": "exécuterait", "a.psd": "genre", ".png": None, "con.png": "Windows", "a b.txt": "espace",
    "e\u0301.txt": "décomposés", "index.html": "nom du fichier d’une page",
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_names(name: str, tmp_path: Path) -> None:
    found, reason = told(tmp_path, {name: b""}), REFUSED[name]
    assert found == [] if reason is None else len(found) == 1 and reason in found[0][1]


def test_twins_of_a_disk_blind_to_case(tmp_path: Path) -> None:
    assert [name for name, _ in told(tmp_path, {"Plan.txt": b"", "plan.txt": b""})] == ["plan.txt"]


def test_sizes_have_their_way_out(tmp_path: Path) -> None:
    assert told(tmp_path, {"a.txt": b"12345"}, most=5) == []
    assert "dépasse 4 octets" in told(tmp_path, {}, most=4)[0][1]


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path, {"secret.txt": b"", f"{FILES}/a.txt": b""})
    (tmp_path / FILES / "b.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / FILES / "c").symlink_to(tmp_path)
    found = read_attachments(tmp_path)
    assert [(d.code, d.position.path) for d in found.diagnostics] == [
        ("lien-symbolique", f"{FILES}/b.txt"), ("lien-symbolique", f"{FILES}/c")
    ]  # fmt: skip
    assert found.paths == ("fichiers/a.txt",)


# --- Drawings ----------------------------------------------------------------------------------------------------

HARMLESS = [
    SVG.format(' viewBox="0 0 9 9"', '<path d="M1 1h2" transform="rotate(3)" style="fill: url(#a); opacity: .5"/>'),
    SVG.format("", '<defs><linearGradient id="a"><stop offset="0"/></linearGradient></defs><use xlink:href="#a"/>'),
    SVG.format(
        "", "<style>/* @import */ .a { fill: url('#a') } @namespace svg url(http://www.w3.org/2000/svg);</style>"
    ),
    SVG.format("", '<image href="data:image/png;base64,iVBORw0KGgo="/><text>https://exemple.fr/ &amp; on = 1</text>'),
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    + SVG.format("", ""),
    SVG.format(' xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:version="1.2"', '<i:named x="1"/><metadata/>'),
]
HOSTILE = [
    SVG.format("", "<script>1</script>"),
    SVG.format("", '<script xlink:href="a.js"/>'),
    SVG.format("", "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>1</p></foreignObject>"),
    SVG.format(' xmlns:h="http://www.w3.org/1999/xhtml"', "<h:script>1</h:script>"),
    SVG.format(' onload="1"', ""),
    SVG.format("", '<g ONCLICK="1"/>'),
    SVG.format("", '<a href="javascript:1"><path/></a>'),
    SVG.format("", '<use href="autre.svg#a"/>'),
    SVG.format("", '<use xlink:href="data:image/svg+xml;base64,PHN2Zz4="/>'),
    SVG.format("", '<image href="//exemple.fr/a.png"/>'),
    SVG.format("", '<image href="data:image/svg+xml,&lt;svg/>"/>'),
    SVG.format("", '<animate attributeName="href" values="javascript:1"/>'),
    SVG.format("", '<set attributeName="onload" to="1"/>'),
    SVG.format("", '<path style="fill:url(https://exemple.fr/a)"/>'),
    SVG.format("", '<path fill="u&#x72;l(//exemple.fr/a)"/>'),
    SVG.format("", "<style>@import 'a.css';</style>"),
    SVG.format("", "<style>.a{fill:\\75 rl(//exemple.fr/a)}</style>"),
    SVG.format(' xml:base="https://exemple.fr/"', ""),
    "<?xml-stylesheet href='a.css'?>" + SVG.format("", ""),
    '<!DOCTYPE svg [<!ENTITY a "1">]>' + SVG.format("", "&a;"),
    "<svg/>",
    "<svg xmlns='http://www.w3.org/2000/svg'>",
    "",
]


@pytest.mark.parametrize("svg", HARMLESS, ids=range(len(HARMLESS)))
def test_a_drawing(svg: str) -> None:
    assert wrong_in(svg.encode()) is None


@pytest.mark.parametrize("svg", HOSTILE, ids=range(len(HOSTILE)))
def test_a_drawing_that_runs_or_loads(svg: str) -> None:
    assert wrong_in(svg.encode()) is not None


# --- Style sheets ------------------------------------------------------------------------------------------------

CALM = [
    "html { scroll-behavior: smooth; overscroll-behavior: none } /* @import 'a' */ .a::before { content: '\\201C' }",
    ".a { mask: url(#b) } @media print { a { color: red } }",
    '@namespace svg url("http://www.w3.org/2000/svg");',
]
LOADING = [
    ("@IMPORT 'a.css';", None), ("@\\69mport 'a.css';", None), ("a{width:expression(1)}", None), ("a{behavior:url(#b)}", None),
    ("a{-moz-binding:url(#b)}", None), ("a{b:url(//x.fr/a)}", "//x.fr/a"), ("a{b:URL( 'https://x.fr/a' )}", "https://x.fr/a"),
    ("a{b:u\\72l(https://x.fr)}", "https://x.fr"), ("a{b:url/**/(x)}", "x"), ("a{b:image-set('https://x.fr/a' 1x)}", "https://x.fr/a"),
    ("a{b:url(polices/a.woff2)}", "polices/a.woff2"), ("a{b:url(\"a\nb)}", "a\nb)}"),
]  # fmt: skip


@pytest.mark.parametrize("css", CALM, ids=range(len(CALM)))
def test_a_sheet_that_loads_nothing(css: str) -> None:
    assert list(loads(css)) == []


@pytest.mark.parametrize(("css", "address"), LOADING, ids=[css for css, _ in LOADING])
def test_what_a_sheet_loads(css: str, address: str | None) -> None:
    assert next(loads(css)).address == address


def test_a_sheet_loads_what_is_beside_it(tmp_path: Path) -> None:
    css = "@font-face { src: url('polices/a.woff2') } a { background: url(data:image/png;base64,aa) } b { mask: url(../../x.svg) }"
    found = told(tmp_path, {"site.css": css, "polices/a.woff2": BYTES["woff2"]})
    assert [name for name, _ in found] == ["site.css"]
    assert "../../x.svg" in found[0][1]


# --- On the site -------------------------------------------------------------------------------------------------


def photo() -> bytes:
    """A PNG of one pixel."""
    chunks = ((b"IHDR", b"\0\0\0\1\0\0\0\1\x08\0\0\0\0"), (b"IDAT", zlib.compress(b"\0\x80")), (b"IEND", b""))
    sums = (
        len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big") for name, data in chunks
    )
    return BYTES["png"] + b"".join(sums)


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_a_site_with_a_face_of_its_own(engine: str, tmp_path: Path) -> None:
    root = copy_base(tmp_path)
    files = {
        "logo.svg": BYTES["svg"],
        "photo.png": photo(),
        "guide.pdf": BYTES["pdf"],
        "beau/site.css": b".chapo { color: red }",
    }
    write(root, {f"{FILES}/{name}": data for name, data in files.items()})
    replace(
        root,
        "mkdocs.yml",
        "  favicon: assets/favicon.svg",
        "  favicon: fichiers/photo.png\n  logo: fichiers/logo.svg\n  palette: {primary: indigo}",
    )
    replace(root, "mkdocs.yml", "  - assets/site.css", "  - fichiers/beau/site.css")
    replace(root, "mkdocs.yml", "    branche: main", "    branche: main\n    image: fichiers/photo.png")
    page = "content/pages/methode.md"
    replace(
        root,
        page,
        "On compte",
        "![Deux *mains* & un « carnet »](fichiers/photo.png)\n\n[Le guide](fichiers/guide.pdf). On compte",
    )
    project = checked_project(root)
    assert project.diagnostics == ()
    assert build(project, engine, DATE, lambda stage, counts: None, validate=False).pages
    site = root / "site"
    assert {name: (site / "fichiers" / name).read_bytes() for name in files} == files
    assert {f"fichiers/{name}" for name in files} <= set(manifest.sums(site))
    html = (site / "methode" / "index.html").read_text(encoding="utf-8")
    for part in (
        '<img class="entete__logo" src="../fichiers/logo.svg" alt="Jardins ouverts">',
        '<link rel="icon" href="../fichiers/photo.png">',
        '<img src="../fichiers/photo.png" alt="Deux mains &amp; un « carnet »" loading="lazy">',
        '<a href="../fichiers/guide.pdf">Le guide</a>',
        'content="https://jardins.exemple.fr/fichiers/photo.png"',
    ):
        assert part in html, part
    sheets = [
        html.index(f'href="../{name}"') for name in ("assets/site.css", "assets/couleurs.css", "fichiers/beau/site.css")
    ]
    assert sheets == sorted(sheets)
    assert "--primaire:#4051b5" in (site / "assets" / "couleurs.css").read_text(encoding="utf-8")
