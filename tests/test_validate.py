"""`generator validate`: packages of anybody, judged by the standard alone. Each rule of the standard is a small package with its verdict
(packages_of_others.py); what is told of all of them is in validate/regles.txt (`REFAIRE=1` writes it anew: read it aloud).
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from guides import BOTH, blocks, read
from packages_of_others import CASES, SCHEMA, TABLE, Case, asked, column, make
from samples import DATE, ROOT, SECOND, compare

from generator.catalogue.project import read_project
from generator.commands.cli import main
from generator.commands.validate import FORMS
from generator.packages import folder as export
from generator.site import html
from generator.standard.reports import REPORTS
from generator.standard.validating import Validation, validate

AWAITED = ROOT / "tests" / "validate"


def told(found: Validation) -> list[str]:
    """`code place : message → hint` of each diagnostic, but for the line and the column of what the test writes itself."""
    return [f"{d.code} {d.position.path} : {d.message} {d.hint}".rstrip() for d in found.diagnostics]


@pytest.mark.parametrize("case", [each for cases in CASES.values() for each in cases], ids=lambda case: case[0])
def test_verdict(case: Case, tmp_path: Path) -> None:
    _, valid, changes = case
    found = validate(make(tmp_path, changes), engine="python")
    assert found.faulty is not valid, "\n".join(told(found))


def test_what_is_told(tmp_path: Path) -> None:
    out = []
    for name, cases in CASES.items():
        out.append(f"# {name}\n")
        for rank, (title, valid, changes) in enumerate(cases):
            found = validate(make(tmp_path / f"{name}{rank}", changes), engine="python")
            lines = [f"  {line}" for line in told(found)]
            out.append("\n".join([f"{'valide' if valid else 'refusé'} · {title}", *lines]))
    compare(AWAITED / "regles.txt", "\n".join(out) + "\n")


# --- What a stranger cannot do ------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["lien.csv", "dossier/serres.csv"])
def test_a_link_is_not_followed(path: str, tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "serres.csv").write_text("id,n,v\nsecret,1,x\n", encoding="utf-8")
    root = make(tmp_path / "paquet", {f"{TABLE}.path": path})
    (root / "lien.csv").symlink_to(tmp_path / "secret" / "serres.csv")
    (root / "dossier").symlink_to(tmp_path / "secret")
    found = validate(root)
    assert [d.code for d in found.diagnostics] == ["paquet-chemin"]
    assert "lien symbolique" in str(found.diagnostics[0].message)
    assert not found.tables


def test_nothing_refused_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = ["/etc/passwd", "../x.csv", ".h/x.csv", "https://exemple.fr/x.csv", "C:\\x.csv", "file:///etc/passwd"]
    roots = [make(tmp_path / str(n), {f"{TABLE}.path": p, SCHEMA: p}) for n, p in enumerate(refused)]
    opened: list[str] = []
    real = os.open
    monkeypatch.setattr(
        os, "open", lambda path, *more, **named: opened.append(Path(path).name) or real(path, *more, **named)
    )
    for root in roots:
        assert validate(root).diagnostics
    assert set(opened) == {"datapackage.json"}


def test_a_pattern_that_explodes_is_not_tried(tmp_path: Path) -> None:
    for rank, pattern in enumerate(("(a+)+b", "(?=(a+)+b)a*", r"(\\p{L}+)+1", "(a|a)*b")):
        found = validate(make(tmp_path / str(rank), asked("string", "a" * 5_000, pattern=pattern)))
        assert [d.code for d in found.diagnostics] == ["paquet-non-verifie"], pattern


def test_a_json_schema_asks_nothing_of_the_network(tmp_path: Path) -> None:
    schema = {"properties": {"n": {"$ref": "https://exemple.fr/schema.json"}}}
    found = validate(make(tmp_path, asked("object", "{}", jsonSchema=schema)))
    assert [d.code for d in found.diagnostics] == ["paquet-non-verifie"]


DEEP = [
    b"",
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b"\xff\xfe{\x00}\x00",
    b'{"resources": [{"bytes": 1e999999999999}]}',
    b"1",
]


@pytest.mark.parametrize("data", DEEP, ids=range(len(DEEP)))
def test_any_bytes_are_a_sentence(data: bytes, tmp_path: Path) -> None:
    found = validate(make(tmp_path, {"datapackage.json": data}), strict=True)
    assert found.faulty
    assert all(str(d.message) for d in found.diagnostics)


VALUES = [None, True, -1, 1.5, 10**400, "", "\0", [], {}, [[]], [{}], {"a": 1}, [1, "2", None], "../x", "[", [[["a"]]]]


def test_any_value_anywhere_is_a_sentence(tmp_path: Path) -> None:
    """Each value of a whole descriptor replaced by each of these, one at a time."""
    whole = asked("number", "1", minimum=0, enum=[1], required=True) | {
        f"{SCHEMA}.primaryKey": ["id"],
        f"{SCHEMA}.foreignKeys": [{"fields": ["v"], "reference": {"resource": "serres", "fields": ["n"]}}],
        f"{SCHEMA}.uniqueKeys": [["id", "n"]],
        f"{SCHEMA}.missingValues": [{"value": "", "label": "rien"}],
        f"{TABLE}.dialect": {"delimiter": ",", "headerRows": [1], "commentChar": "#"},
        f"{TABLE}.hash": "md5:00",
    }
    text = (make(tmp_path, whole) / "datapackage.json").read_text(encoding="utf-8")
    for path in places(json.loads(text)):
        for value in VALUES:
            descriptor = json.loads(text)
            put(descriptor, path, value)
            (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
            found = validate(tmp_path, strict=True)
            assert all(str(d.message) and str(d.position) for d in found.diagnostics)


def places(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The path of every value in another."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [each for key, part in inner for each in ((*path, key), *places(part, (*path, key)))]


def put(value: object, path: tuple[str | int, ...], new: object) -> None:
    *steps, last = path
    for step in steps:
        value = value[step]  # type: ignore[index]
    value[last] = new  # type: ignore[index]


# --- Reports and the command ---------------------------------------------------------------------------------------

BAD = column("integer", "1", "<script>x</script>") | {"created": "hier"}


def test_reports(tmp_path: Path) -> None:
    assert tuple(REPORTS) == FORMS
    found = validate(make(tmp_path, BAD))
    compare(AWAITED / "rapport.html", REPORTS["html"](found, tmp_path))
    out = [f"# {name}\n\n{REPORTS[name](found, tmp_path)}" for name in ("text", "github", "json", "markdown")]
    compare(AWAITED / "rapports.txt", "\n\n".join(out) + "\n")


def test_the_page_runs_and_loads_nothing(tmp_path: Path) -> None:
    page = html.parse(REPORTS["html"](validate(make(tmp_path, BAD)), tmp_path).encode())
    assert page.policed
    assert {part.kind for part in page.inline} == {"style"}
    assert not [link for link in page.links if not link.url.startswith("#")]


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad, bare = (tmp_path / name for name in ("bon", "mauvais", "nu"))
    make(good, {})
    make(bad, BAD)
    make(bare, {"id": "https://exemple.fr/", "name": "Les Serres"})
    root = ["-C", str(tmp_path)]
    assert main(["validate", *root, str(good)]) == 0
    assert capsys.readouterr().out.endswith("est valide (1 table lue, 2 lignes).\n")
    assert main(["validate", *root, str(bad / "datapackage.json"), "--langue", "en"]) == 1
    assert capsys.readouterr().out.endswith("The package “serres” is not valid (2 errors, 1 table read, 2 rows).\n")
    assert main(["validate", *root, str(bad), "--format", "github"]) == 1
    assert "file=mauvais/serres.csv,line=3,col=6" in capsys.readouterr().out
    assert main(["validate", *root, str(bare)]) == 0
    assert main(["validate", *root, str(bare), "--strict"]) == 1
    assert main(["validate", *root, str(tmp_path / "rien")]) == 2
    assert main(["validate", *root, str(tmp_path)]) == 1
    assert "datapackage.json" in capsys.readouterr().out


def test_what_we_publish_is_valid(tmp_path: Path) -> None:
    project = read_project(SECOND)
    for built in export.write(project.catalogue, project.settings, DATE, tmp_path):
        found = validate(built.folder, strict=True, engine="python")
        assert not told(found)
        assert sum(table.rows for table in found.tables)


@BOTH
def test_the_guide_shows_what_is_told(folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    title = "## Validating a package" if folder else "## Valider un paquet"
    part = re.split(r"^## ", read(f"{folder}publier-vos-donnees.md").partition(title)[2], flags=re.MULTILINE)[0]
    given = {block.language: block.text for block in blocks(part)}
    name = "libraries.csv" if folder else "bibliotheques.csv"
    (tmp_path / "datapackage.json").write_text(given["json"], encoding="utf-8")
    (tmp_path / name).write_text(given["csv"], encoding="utf-8")
    assert main(["validate", str(tmp_path), "--langue", "en" if folder else "fr"]) == 1
    assert capsys.readouterr().out == given["text"]
