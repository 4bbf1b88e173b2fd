"""Where a character of a prose stands in its file, however the file cuts, indents, quotes and escapes it."""

from __future__ import annotations

from pathlib import Path

import pytest
from samples import checked, copy_base, replace, write

from generator.commands.check import checked_project
from generator.documents.articles import Article
from generator.prose.passages import Lines, Passage, passages

CARD = "content/botanique/plantes/navet.yaml"
HEAD = "id: navet\nnom: Navet\nfamille: solanacees\n"
TAIL = "source: {ouvrage: manuel}\n"

# How a value is written in YAML; the numbers to find are those of five digits, in order, wherever they stand.
WAYS = {
    "plain": "culture: il en faut 10001, puis 10002\n",
    "plain, several lines": "culture: il en faut 10001,\n  puis\n\n  10002 et 10003\n",
    "plain, on the next line": "culture:\n  il en faut 10001\n  puis 10002\n",
    "first word": "culture: 10001 puis 10002\n",
    "folded": "culture: >-\n  il en faut 10001,\n  puis 10002\n",
    "folded, with a comment": "culture: >- # 10001 et 10002\n  il en faut 10001,\n  puis 10002\n",
    "folded, indented by hand": "culture: >2-\n  il en faut 10001,\n    puis 10002\n\n  10003\n",
    "folded, kept lines": "culture: >+\n  il en faut 10001,\n\n\n  puis 10002\n\n",
    "literal": "culture: |-\n  il en faut 10001\n\n    - 10002\n    - 10003\n",
    "literal, hashes": "culture: |\n  # 10001\n  il en faut 10002 # et 10003\n",
    "double quotes": 'culture: "il en faut 10001, puis 10002"\n',
    "double quotes, escapes": 'culture: "l\\u00e9ger \\"10001\\" \\\\ \\x41\\t10002\\n10003"\n',
    "double quotes, an escaped digit": 'culture: "\\u0031\\x30001 et 10002"\n',
    "double quotes, several lines": 'culture: "il en\n  faut 10001, \\\n  puis 10002\n\n  10003"\n',
    "single quotes": "culture: 'l''an : 10001, l''autre : 10002'\n",
    "single quotes, several lines": "culture: 'il en faut 10001\n\n  ''10002'' enfin'\n",
    "the same in other texts": "culture: il en faut 10001\nvarietes:\n  - {id: hiver, nom: Le 10001}\n",
    "the same in a link": 'culture: "[10001](nombre:) et 10001, [10002](nombre:) et 10002"\n',
    "accents and narrow spaces": "culture: Œillet d’été\u202f; 10001\u00a0€, déjà 10002\u202f!\n",
    "decomposed accents": "culture: e\u0301te\u0301 10001, de\u0301ja\u0300 10002\n",
}


def found(root: Path, path: str = CARD) -> list[str]:
    """What stands at the place of each bare number of a file: as many characters as the diagnostic says."""
    lines = [line.rstrip("\r") for line in Lines(root)(path)]
    return [
        lines[d.position.line - 1][d.position.column - 1 :][: d.position.length]
        for d in checked_project(root).diagnostics
        if d.code == "nombre-libre" and d.position.path == path
    ]


def expected(text: str) -> list[str]:
    if "nombre:" in text:
        return ["10001", "10002"]
    first = "\\u0031\\x30001" if "\\u0031" in text else "10001"
    return [first, *(n for n in ("10002", "10003") if n in text)]


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["unix", "windows"])
@pytest.mark.parametrize("way", WAYS)
def test_a_number_is_found_where_it_is_written(tmp_path: Path, way: str, ends: str) -> None:
    root = copy_base(tmp_path)
    text = HEAD + WAYS[way] + TAIL
    write(root, {CARD: text.replace("\n", ends).encode()})
    assert found(root) == expected(WAYS[way])


def test_the_second_number_is_not_the_first(tmp_path: Path) -> None:
    root = write(copy_base(tmp_path), {CARD: HEAD + "culture: >-\n  11 puis 1, et 1\n  puis 11\n" + TAIL})
    assert [place.split(":", 1)[1] for place in checked(root)] == ["5:3", "5:11", "5:17", "6:8"]


def test_a_text_of_a_csv_file(tmp_path: Path) -> None:
    root = copy_base(tmp_path)
    name = "datapackages/jardins/datapackage.yaml"
    replace(
        root,
        name,
        "{name: remarque, type: string, title: Remarque}",
        "{name: remarque, type: string, title: Remarque, prose: true}",
    )
    path = "content/jardins/releves.csv"
    text = 'id,jardin,jour,temperature,remarque\nr1,clos-vert,2020-01-05,1,"gel de ""10001"",\nou 10002"\nr2,clos-vert,2020-01-06,1,gel ’ 10003\n'
    write(root, {path: text})
    assert found(root, path) == ["10001", "10002", "10003"]


def test_a_link_on_two_lines_is_shown_on_the_first(tmp_path: Path) -> None:
    root = write(
        copy_base(tmp_path), {CARD: HEAD + "culture: >-\n  Voir [le grand\n  radis](plante:radis) noir.\n" + TAIL}
    )
    (said,) = checked_project(root).diagnostics
    assert (said.code, said.position.line, said.position.column, said.position.length) == ("lien-casse", 5, 8, 9)


def test_what_is_not_found_is_blamed_at_the_value(tmp_path: Path) -> None:
    root = copy_base(tmp_path)
    record = next(r for r in checked_project(root).catalogue["plantes"] if r["culture"])
    passage = Passage(str(record["culture"]), record, "culture")
    replace(root, record.document.path, "Semer au chaud", "Semer au frais")
    assert passage.at(len(passage.text) - 4, 4, Lines(root)) == record.at("culture")
    (root / record.document.path).unlink()
    assert passage.at(0, 4, Lines(root)) == record.at("culture")


def test_pages_come_first_then_records_in_the_order_of_the_contracts(tmp_path: Path) -> None:
    project = checked_project(copy_base(tmp_path))
    owners = [passage.owner for passage in passages(project.catalogue, project.articles)]
    assert [o.name if isinstance(o, Article) else o.id for o in owners] == [
        "index.md",
        "methode.md",
        ("tomate",),
        ("repos",),
    ]
