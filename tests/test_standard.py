"""`generator validate` decides as the text of the Data Package standard says: our own cases, and the tool that reads the others'.

The examples of the standard itself and of the projects around it are not here: `python -m tests.standard FOLDER…` reads local copies.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

from tests.standard import files, prose, rows
from tests.standard.__main__ import kind
from tests.standard.completing import cell, headed, package, table
from tests.standard.example import DESCRIPTOR, LISTS, SILENT, VALID, VERDICTS, Awaited, Example, awaited
from tests.standard.files import parsed
from tests.standard.judging import BROKEN, CHANGED, decided, judge
from tests.standard.literals import NotRead, is_plain, python, script
from tests.standard.own import Case, cases

CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.example.name)
def test_a_case_is_decided_as_the_standard_says(case: Case) -> None:
    found, said = decided(case.example)
    assert found != BROKEN, said
    assert case.verdict in (found, SILENT), f"{case.rule} : {said}"


@pytest.mark.parametrize("case", [one for one in CASES if one.strict], ids=lambda case: case.example.name)
def test_what_should_be_is_asked_when_strict(case: Case) -> None:
    found, said = decided(case.example, strict=True)
    assert found == case.strict, f"{case.rule} : {said}"


def test_cases_have_names_of_their_own_and_cover_every_type() -> None:
    names = [case.example.name for case in CASES]
    assert len(set(names)) == len(names) >= 120
    types = "string number integer boolean object array list datetime date time year yearmonth duration geopoint geojson any"
    shown = " ".join(names)
    assert [one for one in types.split() if f"type: {one}" not in shown] == []


@pytest.mark.parametrize("path", sorted(LISTS.glob("*.csv")), ids=lambda path: path.stem)
def test_lists_say_a_verdict_and_why(path: Path) -> None:
    if path.stem == "formes":
        assert {form.kind for form in prose.forms().values()} <= {*prose.KINDS, "suite", "lignes"}
        return
    told = awaited(path.stem)
    assert told
    assert all(one.verdict in VERDICTS and one.why and len(one.print) == 8 for one in told.values())


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("""["a", 'b\\n', 1_000, -1.5, true, null]""", ["a", "b\n", 1000, -1.5, True, None]),
        ("{ a: 1, 'b': [2,], c: undefined, // so\n }", {"a": 1, "b": [2]}),
        ('{ type: "string" as const }', {"type": "string"}),
    ],
)
def test_literals_of_scripts_are_read(text: str, value: Any) -> None:
    assert script(text)[0] == value


@pytest.mark.parametrize("text", ["[new Date(2, 3)]", "{a: call(1, [2])}", "{...options}", "[1 + 2]", "[name]"])
def test_what_is_computed_is_no_literal(text: str) -> None:
    assert not is_plain(script(text)[0])
    assert not is_plain(python(ast.parse("{'a': call(1)}", mode="eval").body))


def test_a_text_that_is_no_literal_is_refused() -> None:
    with pytest.raises(NotRead):
        script("{-a}")


def test_fragments_are_completed() -> None:
    schema = {
        "fields": [{"name": "a"}],
        "foreignKeys": [{"fields": "a", "reference": {"resource": "u", "fields": "b"}}],
    }
    assert set(table(schema)) == {DESCRIPTOR, "t.csv"}
    assert headed(schema) == b"a\n"
    assert b'"u"' in table(schema)[DESCRIPTOR]
    assert b'"data"' in cell({"type": "integer"}, 1)[DESCRIPTOR]
    assert parsed("data/a b.csv (table data/s.json)") == ("data/a b.csv", "table", "data/s.json")


def test_an_example_that_changed_is_not_judged(tmp_path: Path) -> None:
    example = Example("x", package([{"name": "t", "data": [1]}]), b"new")
    assert judge([(example, Awaited(VALID, "00000000"))])[0].found == CHANGED
    assert judge([(example, Awaited(VALID, example.print))])[0].agrees


def test_the_blocks_of_a_text_are_read_with_their_form(tmp_path: Path) -> None:
    path = tmp_path / "content/docs/standard/table-dialect.mdx"
    path.parent.mkdir(parents=True)
    block = "```json\n{}\n```\n"
    path.write_text(
        block * 4 + "```csv\n1,x\n```\n```json\n{\"header\": false}\n```\n```javascript\n{a: 1, b: 'x'}\n```\n",
        encoding="utf-8",
    )
    found = {one.name: one for one in prose.examples(tmp_path)}
    assert "table-dialect.mdx#5" not in found
    assert b'"enum"' in found["table-dialect.mdx#6"].files[DESCRIPTOR]
    assert found["table-dialect.mdx#6"].files["t.csv"] == b"1,x\n"


def _copy(folder: Path, files: dict[str, str]) -> list[str]:
    """What is found in a made-up copy of a project, as `name: what is shown`."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return [f"{one.name}: {one.shown}" for one in rows.examples(folder, kind(folder))]


def test_tables_of_values_are_found_in_scripts(tmp_path: Path) -> None:
    files = {
        "src/types/x.js": "",
        "test/types/year.js": "const TESTS = [\n  ['default', '1999', 1999],\n  ['default', made(1), 1],\n]\n",
        "test/x.js": "const one = { resources: [{ name: 'r', data: [1] }] }\nconst two = { resources: [call()] }\n",
    }
    assert _copy(tmp_path, files) == [
        'test/types/year.js#1: [{"format": "default", "type": "year"}, "1999"] → 1999',
        'test/x.js#d1: {"resources": [{"name": "r", "data": [1]}]}',
    ]


def test_tables_and_their_schemas_are_found_in_typescript(tmp_path: Path) -> None:
    files = {
        "metadata/package/fixtures/x.json": "",
        "table/field/types/year.spec.ts": """describe("parseYear", () => {
  it.each([["1999", 1999], ["x", null, { format: "any" }]])("", () => {
    const schema = { fields: [{ name: "name", type: "year" as const, ...options }] }
  })
})
""",
        "table/field/checks/x.spec.ts": """describe("x", () => {
  it("one", () => {
    const table = pl.DataFrame({ a: ["1", null] }).lazy()
    const schema: Schema = { fields: [{ name: "a", type: "integer" }] }
  })
})
""",
        "table/plugins/csv/table/load.spec.ts": """describe("load", () => {
  it("one", () => {
    const path = await writeTempFile("a|b\\n1|x")
    const table = await load({ path, dialect: { delimiter: "|" } })
    expect(read(table)).toEqual([{ a: 1, b: "x" }])
  })
})
""",
    }
    assert _copy(tmp_path, files) == [
        'table/field/checks/x.spec.ts#t1: it("one", () => { [{"fields": [{"name": "a", "type": "integer"}]}, {"a": ["1", null]}]',
        'table/field/types/year.spec.ts#1.1: [{"type": "year"}, "1999"] → 1999',
        'table/field/types/year.spec.ts#1.2: [{"format": "any", "type": "year"}, "x"] → None',
        'table/plugins/csv/table/load.spec.ts#f1: ["a|b\\n1|x", {"delimiter": "|"}, [{"a": 1, "b": "x"}]]',
    ]


def test_parameters_and_descriptors_are_found_in_python(tmp_path: Path) -> None:
    files = {
        "frictionless/fields/__spec__/test_year.py": """@pytest.mark.parametrize("format, source, target", [("default", "1999", 1999)])
def test(): ...
""",
        "frictionless/package/__spec__/test_x.py": """def test():
    source = [["a"], [1]]
    schema = Schema.from_descriptor({"fields": [{"name": "a"}]})
    key = {"fields": ["a"], "reference": {"resource": "", "fields": ["b"]}}
""",
    }
    assert _copy(tmp_path, files) == [
        'frictionless/fields/__spec__/test_year.py#1: [{"format": "default", "type": "year"}, "1999"] → 1999',
        'frictionless/package/__spec__/test_x.py#d1: {"fields": [{"name": "a"}]}',
        'frictionless/package/__spec__/test_x.py#s1: [{"fields": [{"name": "a"}]}, [["a"], [1]]]',
    ]


def test_files_are_read_as_the_list_says(tmp_path: Path) -> None:
    texts = {
        "p.yaml": "resources:\n  - {name: r, path: t.csv}\n  - {name: s, path: ../u.csv}\n",
        "t.csv": "a\n",
        "s.json": "{}",
    }
    for path, text in texts.items():
        (tmp_path / path).write_text(text, encoding="utf-8")
    names = [
        "p.yaml (paquet)",
        "t.csv (table s.json)",
        "t.csv (dialecte)",
        "absent.csv (table)",
        "s.json (schéma)",
        "t.csv (fichier)",
    ]
    found = {one.name: sorted(one.files) for one in files.examples(tmp_path, names)}
    assert found == {
        "p.yaml (paquet)": [DESCRIPTOR, "t.csv"],
        "t.csv (table s.json)": [DESCRIPTOR, "t.csv"],
        "t.csv (dialecte)": [DESCRIPTOR, "t.csv"],
        "s.json (schéma)": [DESCRIPTOR, "t.csv"],
        "t.csv (fichier)": [DESCRIPTOR, "f.csv"],
    }
