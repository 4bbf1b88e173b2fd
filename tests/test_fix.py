"""`generator fix`: what leaves nothing to choose is corrected, a changed figure is changed wherever it is quoted, and every other
byte stays. Each suggestion of the cases of tests/diagnostics is followed: the fault is gone, and nothing new appears.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import copy_base, replace, series, write
from test_diagnostics import ALL, Case, lay

from generator.authoring.fixing import Lines, edits_of, fixed, sure_edits
from generator.commands.check import checked_project
from generator.commands.cli import main
from generator.diagnostics.finding import Diagnostic
from generator.text.patching import Edit, patched


def fix(root: Path, *options: str) -> int:
    return main(["fix", "-C", str(root), *options])


def test_nothing_is_written_without_agreement(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = copy_base(tmp_path)
    path = root / "content/botanique/plantes/courge.yaml"
    replace(root, "content/botanique/plantes/courge.yaml", "nom: Courge", "nom:Courge")
    before = path.read_bytes()
    assert fix(root) == 0
    assert path.read_bytes() == before
    out, err = capsys.readouterr()
    assert "- nom:C" in out
    assert "+ nom: C" in out
    assert "--oui" in err


def test_what_needs_a_choice_is_left_and_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = copy_base(tmp_path)
    path = "content/botanique/plantes/courge.yaml"
    replace(root, path, "famille: ", "famille: x")
    before = (root / path).read_bytes()
    assert fix(root, "--oui") == 1
    assert (root / path).read_bytes() == before
    assert "1 faute reste à corriger" in capsys.readouterr().err


def test_comments_order_and_line_ends_stay(tmp_path: Path) -> None:
    root = copy_base(tmp_path)
    text = "\ufeff# note\r\nid: navet   # l’identifiant\r\nnom:Navet\r\nfamille: brassicacees\r\nsource: {ouvrage: manuel}\r\n"
    write(root, {"content/botanique/plantes/navet.yaml": text.encode()})
    fix(root, "--oui")
    assert (root / "content/botanique/plantes/navet.yaml").read_bytes().decode() == text.replace("nom:", "nom: ")


def test_a_file_of_many_slips_is_corrected_whole(tmp_path: Path) -> None:
    root = copy_base(tmp_path)
    rows = "".join(f"- id: f{rank}\n  nom:Famille {rank}\n" for rank in range(220))  # twenty are told at a time
    write(
        root, {"content/botanique/familles.yaml": (root / "content/botanique/familles.yaml").read_text("utf-8") + rows}
    )
    assert fix(root, "--oui") == 0
    written = (root / "content/botanique/familles.yaml").read_text("utf-8")
    assert written.endswith(rows.replace("nom:", "nom: "))


def test_corrections_that_undo_each_other_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, asked = "content/botanique/familles.yaml", []

    def turned(root: Path, edits: object) -> dict[str, bytes]:
        asked.append(edits)
        before = (root / path).read_bytes()
        return {path: before.removesuffix(b"# fin\n") if before.endswith(b"# fin\n") else before + b"# fin\n"}

    monkeypatch.setattr("generator.commands.fix.fixed", turned)
    fix(copy_base(tmp_path), "--oui")
    assert len(asked) == 3


# Suggestions that leave something to the person: words to complete, files to rename, rows of a contract to adapt.
LEFT = {
    "valeur-manquante",  # « … » stands for what only the author knows
    "csv-en-tete",  # a line to add, or to move
    "fichier-sans-table",  # a file to move
    "contrat-faux",  # the rest of the contract, or of the content, may have to follow
    "groupe-attendu",
}
OTHERWISE = {  # a suggestion that mends one fault and shows another, which was there
    "identifiant/accent", "identifiant/majuscule",  # the file has then to be renamed
    "regle/formula-terme-inconnu",  # the formula can then be computed
    "yaml-mal-forme/coupe-dans-un-groupe",  # the reference can then be looked for
    "texte-mal-lu/plusieurs",  # the next passage
    "mise-en-page-perdue/puces", "markdown-inconnu/case-a-cocher",  # the next line
    "lien-casse/renomme-imbrique",  # its words then quote nothing
    *("texte-coupe/mot", "texte-coupe/nombre", "yaml-mal-forme/commence-par-un-diese"),  # the number is then read
    "yaml-mal-forme/tiret-long-en-tete",  # the rows that the list has not
    "nombre-libre/suggestion-en-mots",  # the same number again
}  # fmt: skip
FOLLOWED = [
    case
    for case in ALL
    if case.told("etape", "check") == "check" and case.code not in LEFT and case.name not in OTHERWISE
]


def key(d: Diagnostic) -> tuple[str, str, str]:
    return d.code, d.position.path, str(d.message)


@pytest.mark.parametrize("case", series(3, FOLLOWED, lambda case: case.name))
def test_following_a_suggestion_mends_and_harms_nothing(case: Case, tmp_path: Path) -> None:
    lay(case, tmp_path)
    before = checked_project(tmp_path).diagnostics
    lines = Lines(tmp_path)
    for d in before:
        edits = edits_of(d, lines)
        if not edits:
            continue
        path = tmp_path / edits[0].path
        written = path.read_bytes()
        path.write_bytes(patched(written, edits))
        after = {key(each) for each in checked_project(tmp_path).diagnostics}
        path.write_bytes(written)
        assert key(d) not in after, (d.suggestion, edits)
        assert after <= {key(each) for each in before}, (d.suggestion, edits)


WORDS = st.text(alphabet="aé: -#[]{}\"'<>|\u202f0123456789,.", max_size=12)


@settings(max_examples=60, deadline=None)
@given(WORDS, st.sampled_from(["nom", "famille", "culture"]), st.sampled_from(["\n", "\r\n"]))
def test_only_the_lines_that_are_told_change(value: str, name: str, end: str) -> None:
    """Whatever a value is, what is written elsewhere in the file keeps its bytes."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        root = copy_base(Path(folder))
        lines = [
            "# note",
            "id: navet",
            "nom: Navet  # un nom",
            "famille: brassicacees",
            "source: {ouvrage: manuel}",
            "",
        ]
        place = {"nom": 2, "famille": 3, "culture": 4}[name]
        lines[place : place + (name != "culture")] = [f"{name}: {value}"]
        data = end.join(lines).encode()
        write(root, {"content/botanique/plantes/navet.yaml": data})
        edits = sure_edits(checked_project(root).diagnostics, root)
        for path, made in fixed(root, edits).items():
            touched = {n for e in edits if e.path == path for n in range(e.start[0], e.end[0] + 1)}
            old, new = data.decode().split(end), made.decode().split(end)
            assert path == "content/botanique/plantes/navet.yaml"
            first = min(touched)
            assert old[: first - 1] == new[: first - 1]
            assert old[max(touched) :] == new[len(new) - len(old) + max(touched) :]


def test_two_edits_of_one_passage_make_the_first(tmp_path: Path) -> None:
    write(tmp_path, {"a.yaml": "a: bcd\n"})
    edits = [Edit("a.yaml", (1, 4), (1, 6), "x"), Edit("a.yaml", (1, 5), (1, 7), "y")]
    assert fixed(tmp_path, edits) == {"a.yaml": b"a: xd\n"}
