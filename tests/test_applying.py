"""A filled form → the value written where it stands, and every other byte as it was; or a sentence, and nothing written."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

import corrections
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import ROOT, copy_base, replace, write
from test_requests import ASKED, body

from generator.authoring.form import Form, Refusal, answers, read_form
from generator.commands import cli
from generator.layout import FORM, FORM_FIELDS, FORMS

PLANTS = "content/botanique/plantes"
PROSE = "Semer au chaud, *repiquer* en mai ; voir [le manuel](ouvrage:manuel)\net [la courge](plante:courge)."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_base(tmp_path / "projet")


def applied(root: Path, text: str | None, *options: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """The exit code and the report, its invisible signs and narrow spaces made plain."""
    demand = root.parent / "demande.md"
    demand.write_bytes((text or "").encode())
    exit_code = cli.main(["apply", str(demand), "-C", str(root), *options])
    told = capsys.readouterr().out
    return exit_code, re.sub(r"\\(?=[^\w\s])", "", told).replace("\u2060", "").replace("\u202f", " ")


def state(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (body("botanique", "varietes", "tomate/roma", "jours_min", "", "un an", "x"), "n’est pas un nombre entier"),
        (body("botanique", "varietes", "tomate/rona", "jours_min", "", "3", "x"), "n’a pas de ligne « tomate/rona »"),
        (body("botanique", "varietes", "tomate/roma", "jours", "", "3", "x"), "n’a pas de colonne « jours »"),
        (body("../../etc", "varietes", "tomate/roma", "nom", "Roma", "Rome", "x"), "Il n’y a pas de jeu de données"),
        (body(*ASKED[:5], "90\n\n### Table\n\nfamilles", "x"), "Le titre « Table » est plus d’une fois"),
        (body(*ASKED[:5], "$(touch PIRATE) `touch PIRATE` {{ 7 * 7 }}", "x"), "n’est pas un nombre entier"),
        (body(*ASKED[:4], "84", "90", "x"), "la valeur d’aujourd’hui est « 85 »"),
        (body(*ASKED[:5], "85", "x"), "est déjà celle d’aujourd’hui"),
        (body(*ASKED[:5], "", "x"), "la nouvelle valeur est vide"),
        (body(*ASKED[:3], "id", "coeur-de-boeuf", "coeur", "x"), "fait l’identifiant de la ligne"),
        (body(*ASKED[:3], "rang", "1", "2", "x"), "est remplie par le générateur"),
        ("Bonjour, c’est faux. @equipe <img src=x>", "n’a pas la partie « Jeu de données »"),
        ("", "n’a pas la partie"),
                ("a" * 70_000, "dépasse 65536 caractères"),
        ("é" * 70_000, "dépasse 65536 caractères"),
        ("x" + body(*ASKED), "n’a pas la partie « Jeu de données »"),
        ("Bonjour.\n" + body(*ASKED), "n’est plus celui que donne le formulaire"),
        (body(*ASKED[:5], "90\u202e", "x"), "U+202E"),
    ],
)  # fmt: skip
def test_a_form_that_cannot_be_applied_is_one_sentence(
    root: Path, text: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state(root)
    exit_code, told = applied(root, text, "--oui", capsys=capsys)
    assert exit_code == 1
    assert told.startswith("## Rien n’a été écrit\n")
    assert said in told, told
    assert state(root) == before


def test_it_is_shown_then_written(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, path = state(root), f"{PLANTS}/tomate.yaml"
    exit_code, told = applied(root, body(*ASKED), capsys=capsys)
    assert (exit_code, state(root)) == (0, before)
    assert told.startswith("## La correction est prête\n")
    (root / path).chmod(0o640)
    exit_code, told = applied(root, body(*ASKED), "--oui", capsys=capsys)
    assert exit_code == 0
    assert told.startswith("## La correction est faite\n")
    assert f"| Fichier | `{path}:15:16` |" in told
    assert state(root) == before | {path: before[path].replace(b"jours_max: 85", b"jours_max: 90")}
    assert stat.S_IMODE((root / path).stat().st_mode) == 0o640


MAIL = """From: Une Lectrice <lectrice@exemple.fr>
To: contact@exemple.fr
Subject: =?utf-8?q?Une_erreur_=C3=A0_corriger?=
MIME-Version: 1.0
Content-Type: text/plain; charset="utf-8"

Bonjour,

> Paquet\u202f: {}
Table : {}
ligne: {}
Champ : {}
Valeur actuelle : {}
Nouvelle valeur :
{}
Source : {}

Merci, et bravo.
--
Une Lectrice, 06 12 34 56 78
"""


def test_the_text_of_a_mail_is_read_like_the_form_and_nobody_is_named(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, path = state(root), f"{PLANTS}/tomate.yaml"
    exit_code, told = applied(root, MAIL.format(*ASKED).replace("\n", "\r\n"), "--oui", capsys=capsys)
    assert exit_code == 0, told
    assert state(root) == before | {path: before[path].replace(b"jours_max: 85", b"jours_max: 90")}
    assert "Lectrice" not in told
    assert "06 12" not in told
    copied = MAIL.format(*ASKED[:4], "90", "85", "x").partition("\n\n")[2]  # the words alone, in a file
    assert applied(root, copied, "--oui", capsys=capsys)[0] == 0
    assert state(root) == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (MAIL.format(*ASKED) + "", "La correction est prête"),
        (MAIL.replace("--\n", "Table : familles\n").format(*ASKED), "« Table » est plus d’une fois dans le message"),
        (MAIL.replace("Champ", "Colonne").format(*ASKED), "Le message ne dit pas « Champ »"),
        (MAIL.replace("Valeur actuelle : {}", "").format(*ASKED[:4], *ASKED[5:]), "rien n’est écrit|la demande n’en donne pas"),
        (MAIL.replace("text/plain", "text/html").format(*ASKED), "n’a pas de texte simple"),
        (MAIL.replace("utf-8\"", "inconnu-9\"").format(*ASKED), "n’a pas de texte simple|La correction est prête"),
        (MAIL.format(*ASKED[:5], "$(touch PIRATE) {{ 7 * 7 }} <script>", "x"), "n’est pas un nombre entier"),
        (MAIL.format("../../etc", *ASKED[1:]), "Il n’y a pas de jeu de données"),
        ("From: a@b.fr\n\n" + "x" * 70_000, "dépasse 65536 caractères"),
        ("From: a@b.fr\n", "n’a pas la partie|n’a pas de texte simple"),
    ],
)  # fmt: skip
def test_a_mail_that_cannot_be_applied_is_one_sentence(
    root: Path, text: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state(root)
    told = applied(root, text, capsys=capsys)[1]
    assert re.search(said, told), told
    assert state(root) == before


def test_a_sentence_that_quotes_the_figure_keeps_it_from_being_written(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state(root)
    text = body("botanique", "varietes", "tomate/coeur-de-boeuf", "jours_min", "70", "75", "")
    exit_code, told = applied(root, text, "--oui", capsys=capsys)
    assert (exit_code, state(root)) == (1, before)
    assert "`content/pages/methode.md:9:15` | La phrase dit « 70 »" in told
    assert "| Source donnée | (vide) |" in told
    exit_code, told = applied(root, text, "--oui", "--a-completer", capsys=capsys)
    assert exit_code == 1
    assert told.startswith("## La correction est faite, mais elle ne suffit pas\n")
    assert b"jours_min: 75" in (root / PLANTS / "tomate.yaml").read_bytes()


def test_faults_that_were_there_do_not_keep_it_from_being_written(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(root, "content/botanique/familles.yaml", "  nom: Solanacées", "  nom: =1")
    assert applied(root, body(*ASKED), "--oui", capsys=capsys)[0] == 0


def test_the_report_goes_to_a_file_or_the_request_comes_from_the_input(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    report = root.parent / "rapport.md"
    assert applied(root, body(*ASKED), "--rapport", str(report), capsys=capsys) == (0, "")
    assert report.read_text(encoding="utf-8").startswith("## La correction est prête\n")
    assert cli.main(["apply", str(root / "rien.md"), "-C", str(root)]) == 2
    assert "ne peut pas être lu (il n’existe pas)" in capsys.readouterr().err
    assert cli.main(["apply", "-C", str(root)]) == 2
    assert capsys.readouterr().err.endswith("il manque\u202f: DEMANDE.md\n")


def test_a_cell_of_a_sheet_in_another_encoding(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = "content/jardins/releves.csv"
    replace(
        root,
        "datapackages/jardins/datapackage.yaml",
        "content: {csv: jardins/releves.csv}",
        "content: {csv: jardins/releves.csv}\n    encoding: windows-1252\n    dialect: {delimiter: ';'}",
    )
    text = "id;jardin;jour;temperature;remarque\r\nr1;clos-vert;2020-01-05;7;gelé\r\nr2;petit-pre;2020-01-05;;\r\n"
    write(root, {path: text.encode("windows-1252")})
    told = ("jardins", "releves", "r2", "remarque", "", "dégel ; « redoux »", "x")
    assert applied(root, body(*told), "--oui", capsys=capsys)[0] == 0
    after = text.replace("-05;;\r", '-05;;"dégel ; « redoux »"\r')
    assert (root / path).read_bytes() == after.encode("windows-1252")
    refused = applied(root, body(*told[:4], told[5], "œuf ☃", "x"), "--oui", capsys=capsys)
    assert refused[0] == 1
    assert "ne peut pas être écrit dans content/jardins/releves.csv" in refused[1]


@pytest.mark.parametrize(
    ("path", "old", "told", "new"),
    [
        (
            "tomate.yaml",
            "  Semer au chaud, *repiquer* en mai ;",
            ("plantes", "tomate", "culture", PROSE, PROSE.replace("mai", "juin")),
            "  Semer au chaud, *repiquer* en juin ;",
        ),
        ("tomate.yaml", "page: 12}", ("plantes", "tomate", "source_page", "12", "13"), "page: 13}"),
        ("tomate-cerise.yaml", "  ouvrage: flore\n", ("plantes", "tomate-cerise", "source_page", "", "7"), "  ouvrage: flore\n  page: 7\n"),
        ("tomate-cerise.yaml", "parente: tomate\n", ("plantes", "tomate-cerise", "rusticite", "", "gelive"), "parente: tomate\nrusticite: gelive\n"),
        ("courge.yaml", "code: XYZ}", ("varietes", "courge/potimarron", "code", "XYZ", "AB123"), "code: AB123}"),
        ("courge.yaml", "code: XYZ}", ("varietes", "courge/potimarron", "jours_min", "", "90"), "code: XYZ, jours_min: 90}"),
        ("tomate.yaml", "    nom: Roma\n", ("varietes", "tomate/roma", "nom", "Roma", "Roma : la # vraie"), '    nom: "Roma : la # vraie"\n'),
    ],
)  # fmt: skip
def test_it_is_written_as_it_was(
    root: Path, path: str, old: str, told: tuple[str, ...], new: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (root / PLANTS / path).read_text(encoding="utf-8")
    _, report = applied(root, body("botanique", *told, "x"), "--oui", "--a-completer", capsys=capsys)
    assert "La correction est faite" in report, report
    assert (root / PLANTS / path).read_text(encoding="utf-8") == before.replace(old, new)


def test_a_link_in_the_place_of_the_file_is_never_followed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outside = root.parent / "dehors.yaml"
    (root / PLANTS / "tomate.yaml").rename(outside)
    (root / PLANTS / "tomate.yaml").symlink_to(outside)
    before = outside.read_bytes()
    assert applied(root, body(*ASKED), "--oui", capsys=capsys)[0] == 1
    assert outside.read_bytes() == before


def test_a_form_of_another_make_is_a_sentence(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(root, {f"{FORMS}/{FORM}": "body:\n  - {id: paquet, type: input, attributes: {label: Paquet}}\n"})
    exit_code, told = applied(root, body(*ASKED), "--oui", capsys=capsys)
    assert exit_code == 1
    assert "n’a pas les champs attendus : paquet, table, ligne, champ, valeur, nouvelle, source" in told
    form = read_form(ROOT)
    assert isinstance(form, Form)
    assert tuple(form.labels) == FORM_FIELDS


PIECES = [
    *body(*ASKED).splitlines(keepends=True),
    "### Table\n",
    "_No response_",
    "```\n",
    "<!--",
    "-->",
    "### ",
    "\r",
    "\u202e",
    "é\u0301",
    "\x00",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_text_is_read_or_refused(text: str) -> None:
    form = read_form(ROOT)
    assert isinstance(form, Form)
    told = answers(form, text.encode())
    assert isinstance(told, Refusal) or (tuple(told) == FORM_FIELDS and "\n" not in told["ligne"])
    if isinstance(told, Refusal):
        assert str(told.told)


def test_generated_corrections_touch_no_other_byte() -> None:
    outcomes = corrections.run(seed=2, amount=300)
    assert not [outcome for outcome in outcomes if outcome[:2].isupper()], outcomes
    assert outcomes["écrit"] > 150
    assert outcomes["ajouté"] > 25


def test_the_draft_of_a_file_is_never_left(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from generator.authoring import together

    def full(*arguments: object) -> None:
        raise OSError(28, os.strerror(28))

    before = state(root)
    monkeypatch.setattr(together, "fill", full)
    with pytest.raises(OSError, match="28"):
        together.replace(root, f"{PLANTS}/tomate.yaml", b"x")
    assert state(root) == before
