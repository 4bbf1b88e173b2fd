"""`new`, `rename`, `format`: what they write, what they refuse, and that nothing else changes."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from samples import BASE, ROOT, SECOND, checked, commit, copy_base, replace, write

from generator.authoring.formatting import Formatted, formatted
from generator.authoring.together import Change
from generator.catalogue.project import Project
from generator.changes.copies import new_ones
from generator.changes.renaming import Renaming, renaming
from generator.commands import cli
from generator.commands.check import checked_project
from generator.commands.trial import tried
from generator.documents.dialect import Dialect
from generator.documents.manner import Manner
from generator.documents.places import Files
from generator.text.patching import patched

Ask = Callable[..., tuple[int, str, str]]
TOMATO = "content/botanique/plantes/tomate.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_base(tmp_path)


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Ask:
    """The command line with lines on its standard input: its exit code, its output, its errors."""

    def run(*arguments: str | Path, lines: tuple[str, ...] = ()) -> tuple[int, str, str]:
        name = tmp_path / ".reponses"
        name.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        with name.open(encoding="utf-8") as stream:
            monkeypatch.setattr(sys, "stdin", stream)
            code = cli.main([str(a) for a in arguments])
        name.unlink()
        out, err = capsys.readouterr()
        return code, out.replace("\u202f", " "), err.replace("\u202f", " ")

    return run


def state(root: Path) -> dict[str, bytes]:
    """Every file of a project."""
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


# --- format ------------------------------------------------------------------------------------------------------

MESSY = """\ufeff

# tête
-   id:   a  # c\x20\x20\x20
    culture: >-
        texte


          plus loin



    nom :  "x  y"\x20\x20
    # note e\u0301
    suite: plain
     encore  # z
    source: {ouvrage: a,
      page: 1}\x20
    liste:
    # dedans
    - x
    -   - y
        - z
    m:
      k: |2
          deux
         # pas un commentaire
     # après
# fin"""

CLEAN = """\
# tête
- id: a  # c
  culture: >-
    texte


      plus loin

  nom: "x  y"
  # note é
  suite: plain
   encore  # z
  source: {ouvrage: a,
    page: 1}
  liste:
    # dedans
    - x
    - - y
      - z
  m:
    k: |2
        deux
       # pas un commentaire
   # après
# fin
"""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_file_is_set_out(end: str, form: str) -> None:
    data = unicodedata.normalize(form, MESSY).replace("\n", end).encode()
    made = formatted("a.yaml", data, None)
    assert not made.left
    assert made.data.decode() == CLEAN
    assert formatted("a.yaml", made.data, None).data == made.data


@pytest.mark.parametrize(
    "text", ["", "# rien\n", "a: b\n", "a:\n  - b\n", "- a\n\n- b\n", "{a: b}\n", "---\na: b\n", "a: |+\n  b\n\n\n"]
)
def test_what_is_set_out_stays(text: str) -> None:
    assert formatted("a.yaml", text.encode(), None) == Formatted(text.encode())


@pytest.mark.parametrize("text", ["a: b: c\n", "a: [\n", "a: b\na: c\n", "\tb: c\n", "a: &x b\n"])
def test_a_file_that_is_not_read_is_left(text: str) -> None:
    made = formatted("a.yaml", text.encode(), None)
    assert made.data == text.encode()
    assert made.left


def test_a_table_keeps_all_but_its_line_ends() -> None:
    manner = Manner(Dialect(delimiter=";"), "windows-1252")
    made = formatted("a.csv", 'a;b\r\né ;"x\r\ny"  \r\n\r\n'.replace('"  ', '"').encode("windows-1252"), manner)
    assert made.data == 'a;b\né ;"x\ny"\n'.encode("windows-1252")
    assert formatted("a.csv", "\ufeffa,b\r\n1,2".encode(), Manner()).data == "\ufeffa,b\n1,2\n".encode()


def test_a_page_keeps_the_spaces_that_break_its_lines() -> None:
    assert (
        formatted("a.md", b"---\r\ntitle: T\r\n---\r\nun  \r\ndeux\r\n\r\n\r\n", None).data
        == b"---\ntitle: T\n---\nun  \ndeux\n"
    )


@pytest.mark.here
def test_the_content_is_set_out(ask) -> None:
    assert ask("format", "--check", "-C", ROOT) == (0, "", "Tout est déjà mis en forme.\n")
    for site in (BASE, ROOT / "tests" / "second_site"):
        code, out, _ = ask("format", "--check", "-C", site)
        assert (code, out) == (0, "")


def test_format_shows_asks_and_writes(root: Path, ask: Ask) -> None:
    path = "content/botanique/familles.yaml"
    replace(root, path, "  nom: Cucurbitacées", "  nom:   Cucurbitacées  ")
    before = state(root)
    code, out, err = ask("format", "--check", "-C", root)
    assert (code, out, err) == (1, f"{path}\n", "1 fichier n’est pas mis en forme : lancez « generator format ».\n")
    code, out, err = ask("format", "-C", root)
    assert (code, err) == (0, "Rien n’a été écrit : ajoutez « --oui » pour écrire.\n")
    assert out == f"{path}\n      3 -   nom:   Cucurbitacées··\n      3 +   nom: Cucurbitacées\n"
    assert state(root) == before
    code, _, err = ask("format", "-C", root, "--oui")
    assert (code, err) == (0, "1 fichier mis en forme.\n")
    assert state(root) == state(BASE)
    assert ask("format", "-C", root, "--oui")[2] == "Tout est déjà mis en forme.\n"


def test_format_takes_the_files_that_are_named(root: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    replace(root, TOMATO, "nom: Tomate\n", "nom:  Tomate\n")
    replace(root, "content/jardins/petit-pre.yaml", "statut: projet", "statut:  projet")
    monkeypatch.chdir(root / "content" / "botanique")
    assert ask("format", "-C", root, "--check", "plantes/tomate.yaml")[1] == f"{TOMATO}\n"
    assert ask("format", "-C", root, "--check", TOMATO)[1] == f"{TOMATO}\n"
    code, out, err = ask("format", "-C", root, "../../mkdocs.yml")
    assert (code, out) == (2, "")
    assert err.endswith("n’est pas un fichier de données ni une page de « content »\n")


def test_format_says_what_it_leaves(root: Path, ask: Ask) -> None:
    replace(root, TOMATO, "nom: Tomate\n", "nom: Tomate: rouge\n")
    code, out, err = ask("format", "-C", root, "--check")
    assert (code, out) == (0, "")
    assert err.startswith(
        f"{TOMATO} : laissé tel quel, le contrôle y trouve une faute de lecture, à corriger d’abord.\n"
    )


# --- rename ------------------------------------------------------------------------------------------------------


def test_a_row_is_renamed_with_all_that_names_it(root: Path, ask: Ask) -> None:
    write(
        root,
        {
            "content/pages/autre.md": "---\ntitle: Autre\n---\nVoir [elle](page:plantes/tomate/), [là](page:plantes/tomate/#roma)"
            " et [ça][t].\n\n[t]: plante:tomate\n"
        },
    )
    replace(
        root,
        "mkdocs.yml",
        "  - Données: donnees/index.md",
        "  - Tomate: plantes/tomate/index.md\n  - Données: donnees/index.md",
    )
    assert checked(root) == []
    before = state(root)
    code, out, err = ask("rename", "-C", root, "Plantes", "tomate", "tomate-rouge")
    assert (code, state(root)) == (0, before)
    code, again, err = ask("rename", "-C", root, "plantes", "tomate", "tomate-rouge", "--oui")
    assert (code, err) == (0, "« tomate » s’appelle maintenant « tomate-rouge » : 3 renvois suivis, 6 liens suivis.\n")
    assert again == out
    assert checked(root) == []
    after = state(root)
    new = "content/botanique/plantes/tomate-rouge.yaml"
    assert TOMATO not in after
    assert "anciens_ids: tomate\n" in after[new].decode()
    moved = before.pop(TOMATO), after.pop(new)
    undone = re.sub(r"anciens_ids: tomate\n", "", moved[1].decode()).replace("tomate-rouge", "tomate")
    assert undone == moved[0].decode()
    for path in changed(before, after):
        assert after[path].decode().replace("tomate-rouge", "tomate") == before[path].decode()
    assert changed(before, after) == {
        "content/botanique/plantes/tomate-cerise.yaml",
        "content/jardins/clos-vert.yaml",
        "content/jardins/petit-pre.yaml",
        "content/pages/autre.md",
        "content/pages/methode.md",
        "mkdocs.yml",
    }


def test_a_nested_row_is_renamed(root: Path, ask: Ask) -> None:
    page = "content/pages/autre.md"
    write(root, {page: "---\ntitle: Autre\n---\nVoir [là](page:plantes/tomate/#roma).\n"})
    assert ask("rename", "-C", root, "varietes", "tomate/roma", "rome", "--oui")[0] == 0
    assert checked(root) == []
    assert "(page:plantes/tomate/#rome)" in (root / page).read_text(encoding="utf-8"), "son ancre est suivie"
    assert "variete: rome}}" in (root / "content/jardins/petit-pre.yaml").read_text(encoding="utf-8")
    assert ask("rename", "-C", root, "varietes", "tomate/rome", "tomate/roma", "--oui")[0] == 0
    assert "anciens_ids: rome\n" in (root / TOMATO).read_text(encoding="utf-8"), (
        "l’identifiant repris n’est plus un ancien"
    )
    assert checked(root) == []


def test_a_cell_is_renamed(root: Path, ask: Ask) -> None:
    path = "content/jardins/releves.csv"
    before = (root / path).read_bytes()
    assert ask("rename", "-C", root, "releves", "r1", "r10", "--oui")[0] == 0
    assert (root / path).read_bytes() == before.replace(b"\nr1,", b"\nr10,")
    assert ask("rename", "-C", root, "jardins", "clos-vert", "clos", "--oui")[0] == 0
    assert (root / path).read_bytes() == before.replace(b"\nr1,", b"\nr10,").replace(b"clos-vert", b"clos")
    assert checked(root) == []


def test_a_term_is_renamed_in_its_calculation(root: Path, ask: Ask) -> None:
    assert ask("rename", "-C", root, "termes", "repos/clos", "enclos", "--oui")[0] == 0
    assert "formule: enclos / 2\n" in (root / "content/bilans/bilans.yaml").read_text(encoding="utf-8")
    assert checked(root) == []
    assert ask("rename", "-C", root, "termes", "repos/enclos", "mon-clos", "--oui")[0] == 0
    assert 'formule: "`mon-clos` / 2"\n' in (root / "content/bilans/bilans.yaml").read_text(encoding="utf-8")
    assert checked(root) == []


def test_what_contracts_name_is_renamed(root: Path, ask: Ask) -> None:
    contract = "datapackages/botanique/datapackage.yaml"
    replace(
        root,
        contract,
        "options: {groupe: rusticite}",
        "options: {groupe: rusticite, vedettes: {varietes: [tomate/roma], plantes: [tomate]}}",
    )
    replace(
        root,
        contract,
        "        - {fields: [parente], reference: {fields: [id]}}\n",
        "        - {fields: [parente], reference: {fields: [id]}}\n      rules:\n"
        "        - {when: {parente: tomate}, require: [nom], message: Un nom.}\n",
    )
    assert checked(root) == []
    assert ask("rename", "-C", root, "plantes", "tomate", "tomate-rouge", "--oui")[0] == 0
    assert checked(root) == []
    text = (root / contract).read_text(encoding="utf-8")
    assert "{varietes: [tomate-rouge/roma], plantes: [tomate-rouge]}" in text
    assert "when: {parente: tomate-rouge}" in text


def test_a_template_that_names_it_is_said(root: Path, ask: Ask) -> None:
    page = "datapackages/jardins/templates/recoltes.html"
    write(root, {page: (root / page).read_text(encoding="utf-8") + "{% if 'tomate' == 'tomates' %}{% endif %}\n"})
    line = len((root / page).read_text(encoding="utf-8").splitlines())
    code, _, err = ask("rename", "-C", root, "plantes", "tomate", "tomate-rouge", "--oui")
    assert (code, err.splitlines()[0]) == (0, f"{page}:{line} : ce modèle nomme « tomate » ; vérifiez-le.")


REFUSED = [
    ("plante", "tomate", "x", "Aucune table ne s’appelle « plante » (peut-être plantes)."),
    ("plantes", "tomatte", "x", "« tomatte » n’est pas dans « Plantes » (peut-être tomate)."),
    ("plantes", "tomate", "Tomate rouge", "« Tomate rouge » ne peut pas servir d’identifiant."),
    ("plantes", "tomate", "courge", "« courge » est déjà l’identifiant de « Courge »."),
    ("plantes", "tomate", "tomate", "« tomate » est déjà son identifiant."),
    (
        "varietes",
        "coeur",
        "x",
        "Une ligne de « Variétés » se désigne par « plante/id », par exemple courge/potimarron.",
    ),
    ("varietes", "tomate/roma", "courge/roma", "« courge/roma » est sous une autre fiche : renommer ne déplace pas."),
    ("voisinages", "clos-vert/petit-pre", "x", "Les lignes de « Voisinages » n’ont pas d’identifiant à elles"),
]


@pytest.mark.parametrize(("table", "old", "new", "said"), REFUSED, ids=[f"{case[0]} {case[2]}" for case in REFUSED])
def test_what_cannot_be_renamed_is_said(root: Path, ask: Ask, table: str, old: str, new: str, said: str) -> None:
    before = state(root)
    code, out, err = ask("rename", "-C", root, table, old, new, "--oui")
    assert (code, out) == (1, "")
    assert err.startswith(said), err
    assert state(root) == before


def test_a_faulty_project_is_not_renamed(root: Path, ask: Ask) -> None:
    replace(root, TOMATO, "nom: Tomate\n", "nom: =1\n")
    code, _, err = ask("rename", "-C", root, "plantes", "tomate", "rouge", "--oui")
    assert (code, err) == (1, "Corrigez d’abord les fautes que dit « generator check » : 1 erreur.\n")


def edited(project: Project, made: Renaming, files: Files) -> list[Change]:
    """The files of a renaming, before and after it."""
    changes = []
    for path in sorted({edit.path for edit in made.edits}):
        data = (project.root / path).read_bytes()
        encoding = files(path).manner.encoding if files(path).is_csv else "utf-8"
        after = patched(data, [edit for edit in made.edits if edit.path == path], encoding)
        moved = made.moved is not None and made.moved[0] == path
        changes += (
            [Change(made.moved[1], None, after), Change(path, data, None)] if moved else [Change(path, data, after)]
        )
    return changes


OTHER_NAMES = {"communes": "2A999"}  # codes


def test_a_row_that_others_name_is_renamed_in_every_table() -> None:
    """Of each table of the second site, the row that is most named; nothing new for the check to say."""
    project = checked_project(SECOND)
    files = Files(SECOND, project.catalogue.contracts.manner)
    renamed = []
    for table in project.catalogue.tables.values():
        made = [
            renaming(project, record, OTHER_NAMES.get(table.resource.name, "zz-autre-nom"), files)
            for record in table.records[:3]
            if table.resource.rows.in_files
        ]
        best = max(made, key=lambda one: one.references + one.links, default=None)
        if best is None or not best.references + best.links:
            continue
        with tried(SECOND, edited(project, best, files), pages=False) as found:
            assert new_ones(project.diagnostics, found.diagnostics) == [], table.resource.name
        renamed.append(table.resource.name)
    assert len(renamed) > 3


# --- new ---------------------------------------------------------------------------------------------------------


def test_a_nested_row_is_asked_for_and_written(root: Path, ask: Ask) -> None:
    before = (root / TOMATO).read_bytes()
    code, out, err = ask("new", "-C", root, "Variétés", "tomate", "--oui", lines=("Noire de Crimée", ""))
    assert code == 0, out + err
    assert out.splitlines()[:2] == ["", "Nom (obligatoire). 3 caractères au moins, 30 caractères au plus."]
    after = (root / TOMATO).read_bytes().decode()
    assert after.replace("  - id: noire-de-crimee\n    nom: Noire de Crimée\n", "").encode() == before
    assert err.endswith(f"Écrit : {TOMATO}. Aucune faute : le contenu est valide.\n")
    assert checked(root) == []


def test_answers_are_checked_at_once(root: Path, ask: Ask) -> None:
    code, out, err = ask("new", "-C", root, "varietes", "tomate", "--oui", lines=("No", "Roma", "roma", ""))
    assert "Nom : ce texte est trop court : 3 caractères au moins." in out
    assert "« roma » est déjà l’identifiant d’une autre ligne." in out
    assert code == 1, "la règle d’unicité du nom"
    assert "[cle-unique-en-double]" in err
    assert err.endswith("Rien n’a été écrit.\n")
    assert state(root) == state(BASE)


def test_a_file_is_written_with_all_that_options_give(root: Path, ask: Ask) -> None:
    given = (
        "nom=Navet long : d’Auvergne",
        "famille=Cucurbitacées",
        "source.ouvrage=flore",
        "source_page=12",
        "rusticite=très rustique",
    )
    options = [word for text in given for word in ("--valeur", text)]
    code, _, err = ask("new", "-C", root, "plantes", *options, "--oui")
    assert code == 0, err
    path = root / "content/botanique/plantes/navet-long-d-auvergne.yaml"
    assert path.read_text(encoding="utf-8") == (
        'id: navet-long-d-auvergne\nnom: "Navet long : d’Auvergne"\nfamille: cucurbitacees\nrusticite: tres-rustique\n'
        "source: {ouvrage: flore, page: 12}\n"
    )
    assert "Pour y ajouter « Variétés » : generator new varietes navet-long-d-auvergne" in err
    assert checked(root) == []
    assert ask("format", "-C", root, "--check")[0] == 0


def test_a_row_of_a_list_a_cell_and_a_plain_element(root: Path, ask: Ask) -> None:
    assert ask("new", "-C", root, "familles", "--valeur", "nom=Fabacées", "--oui")[0] == 0
    text = (root / "content/botanique/familles.yaml").read_text(encoding="utf-8")
    assert text.endswith("- id: solanacees\n  nom: Solanacées\n- id: fabacees\n  nom: Fabacées\n")
    given = (
        "--valeur",
        "id=r4",
        "--valeur",
        "jardin=petit",
        "--valeur",
        "jour=2020-02-01",
        "--valeur",
        'remarque=beau, "doux"',
    )
    assert ask("new", "-C", root, "releves", *given, "--oui")[0] == 0
    assert (
        (root / "content/jardins/releves.csv")
        .read_text(encoding="utf-8")
        .endswith('r4,petit-pre,2020-02-01,,"beau, ""doux"""\n')
    )
    assert ask("new", "-C", root, "compagnes", "courge", "--valeur", "compagne=Tomate", "--oui")[0] == 0
    assert ask("new", "-C", root, "compagnes", "courge", "--valeur", "compagne=tomate-cerise", "--oui")[0] == 0
    assert checked(root) == []
    assert ask("new", "-C", root, "termes", "repos", "--valeur", "nom=pre", "--valeur", "jardin=petit-pre")[0] == 1, (
        "un terme qui ne sert pas"
    )


def test_rules_ask_for_what_they_want(root: Path, ask: Ask) -> None:
    given = ("--valeur", "nom=Le Pré", "--valeur", "departement=75", "--valeur", "statut=Fermé")
    code, out, err = ask("new", "-C", root, "jardins", *given, "--oui", lines=("", "2001", "hier", "2020-12-31"))
    assert code == 0, out + err
    assert "Fermeture (obligatoire)" in out
    assert (root / "content/jardins/le-pre.yaml").read_text(encoding="utf-8").splitlines() == [
        "id: le-pre", "nom: Le Pré", "departement: 75", "annee: 2001", "fermeture: 2020-12-31", "statut: ferme",
    ]  # fmt: skip


def test_a_key_of_two_columns_is_chosen_in_two_steps(root: Path, ask: Ask) -> None:
    given = ("--valeur", "id=est", "--valeur", "plante=Tomate", "--valeur", "variete=cœur de bœuf")
    assert ask("new", "-C", root, "parcelles", "petit-pre", *given, "--oui")[0] == 0
    text = (root / "content/jardins/petit-pre.yaml").read_text(encoding="utf-8")
    assert text.endswith("  - {id: est, plante: tomate, variete: coeur-de-boeuf}\n")
    given = ("--valeur", "id=ouest", "--valeur", "plante=Courge", "--valeur", "variete=coeur-de-boeuf")
    code, _, err = ask("new", "-C", root, "parcelles", "petit-pre", *given, "--oui")
    assert (code, err) == (1, "Variété : « coeur-de-boeuf » n’est pas dans la liste. Rien n’a été écrit.\n")


def test_a_table_in_its_own_dialect_and_encoding_takes_a_row(tmp_path: Path, ask: Ask) -> None:
    root = shutil.copytree(ROOT / "tests" / "second_site", tmp_path / "site")
    path = root / "content" / "lieux" / "communes.csv"
    before = path.read_bytes().decode("windows-1252")
    given = ("--valeur", "code=07010", "--valeur", "nom=Saint-Œuf ; l’Été")
    assert ask("new", "-C", root, "communes", *given, "--oui")[0] == 0
    assert path.read_bytes().decode("windows-1252") == before + '07010;"Saint-Œuf ; l’Été";\n'
    assert ask("rename", "-C", root, "communes", "07010", "07019", "--oui")[0] == 0
    assert path.read_bytes().decode("windows-1252") == before + '07019;"Saint-Œuf ; l’Été";\n'
    code, _, err = ask("new", "-C", root, "communes", "--valeur", "code=07011", "--valeur", "nom=Łódź", "--oui")
    assert code == 1
    assert "content/lieux/communes.csv est en windows-1252, qui ne peut pas écrire ces lettres." in err
    assert checked(root) == checked(ROOT / "tests" / "second_site")


def test_a_row_of_a_row_is_added_in_the_style_of_its_neighbours(tmp_path: Path, ask: Ask) -> None:
    root = shutil.copytree(ROOT / "tests" / "second_site", tmp_path / "site")
    given = ("--valeur", "id=flute", "--valeur", "nom=Flûte")
    assert ask("new", "-C", root, "jeux", "chapelle/unique", *given, "--oui")[0] == 0
    assert ask("new", "-C", root, "jeux", "saint-leu/positif", *given, "--oui")[0] == 0
    assert (
        ask("new", "-C", root, "claviers", "chapelle", "--valeur", "id=second", "--valeur", "nom=Second", "--oui")[0]
        == 0
    )
    folder = root / "content" / "orgues" / "instruments"
    text = (folder / "chapelle.yaml").read_text(encoding="utf-8")
    assert (
        "jeux: [{id: bourdon, nom: Bourdon, hauteur: 8}, {id: flute, nom: Flûte}]}\n  - {id: second, nom: Second}\n"
        in text
    )
    text = (folder / "saint-leu.yaml").read_text(encoding="utf-8")
    assert "hauteur: 4, d_origine: false, rangs: 1}\n      - {id: flute, nom: Flûte}\n" in text
    assert checked(root) == checked(ROOT / "tests" / "second_site")


WRONG = [
    (("plantes", "--valeur", "x"), 2, "--valeur : « x » n’est pas de la forme champ=texte"),
    (("plantes", "--valeur", "nomm=x"), 2, "--valeur : « nomm » n’est pas une colonne de « Plantes » (peut-être nom)"),
    (
        ("plantes", "tomate"),
        1,
        "Les lignes de « Plantes » ne sont pas dans une fiche : n’en nommez pas. Rien n’a été écrit.",
    ),
    (("varietes", "tomatte"), 1, "« tomatte » n’est pas dans « Plantes » (peut-être tomate). Rien n’a été écrit."),
    (
        ("plantes", "--valeur", "nom=A", "--valeur", "famille=solanaces"),
        1,
        "Famille : « solanaces » n’est pas dans la liste (peut-être solanacees). Rien n’a été écrit.",
    ),
    (("plantes", "--valeur", "nom=A"), 1, "Il manque la réponse à « Famille » (famille). Rien n’a été écrit."),
    (
        ("plantes", "--fichier", "ailleurs/a.yaml"),
        2,
        "--fichier : « ailleurs/a.yaml » n’est pas de la forme « content/botanique/plantes/*.yaml »",
    ),
    ((), 2, "il manque : TABLE"),
]


@pytest.mark.parametrize(("arguments", "code", "said"), WRONG, ids=[" ".join(case[0]) for case in WRONG])
def test_what_new_cannot_do_is_said(root: Path, ask: Ask, arguments: tuple[str, ...], code: int, said: str) -> None:
    found, _, err = ask("new", "-C", root, *arguments, "--oui")
    assert (found, err.splitlines()[-1]) == (code, said)
    assert state(root) == state(BASE)


def test_nothing_is_written_without_an_agreement(root: Path, ask: Ask) -> None:
    code, _, err = ask("new", "-C", root, "familles", "--valeur", "nom=Fabacées")
    assert (code, err) == (0, "Rien n’a été écrit : ajoutez « --oui » pour écrire.\n")
    assert state(root) == state(BASE)


def typed(root: Path, arguments: tuple[str, ...], exchanges: tuple[tuple[str, str], ...]) -> tuple[int, str]:
    """A command on a real terminal, where each answer is typed once what it answers is shown: its exit code, what it showed."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "generator", *arguments, "-C", str(root)],
        stdin=theirs, stdout=theirs, stderr=theirs, env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True, preexec_fn=_own_terminal,
    )  # fmt: skip
    os.close(theirs)
    said, seen = "", 0
    for awaited, answer in exchanges:
        while awaited not in said[seen:]:
            said += os.read(ours, 4096).decode(errors="replace")
        seen = len(said)
        os.write(ours, answer.encode())
    with suppress(OSError):
        while more := os.read(ours, 4096):
            said += more.decode(errors="replace")
    os.close(ours)
    return process.wait(), said


@pytest.mark.parametrize(("answer", "code", "done"), [("o\n", 0, True), ("\n", 0, False), ("\x03", 130, False)])
def test_a_terminal_is_asked(root: Path, answer: str, code: int, done: bool) -> None:
    """The last answer agrees, declines or interrupts."""
    exchanges = (("Nom > ", "Fabacées\n"), ("[fabacees] > ", "\n"), ("[o/N] ", answer))
    assert typed(root, ("new", "familles"), exchanges)[0] == code
    assert (state(root) != state(BASE)) == done


def test_what_the_check_refuses_is_asked_again(root: Path) -> None:
    exchanges = (("Nom > ", "Roma\n"), ("[roma-2] > ", "\n"), ("Nom > ", "Rose\n"), ("[o/N] ", "o\n"))
    code, said = typed(root, ("new", "varietes", "tomate"), exchanges)
    assert code == 0
    assert "[cle-unique-en-double]" in said
    assert "  - id: roma-2\n    nom: Rose\n" in (root / TOMATO).read_text(encoding="utf-8")


def _own_terminal() -> None:
    import fcntl
    import signal
    import termios

    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell that runs the tests in the background has it ignored
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def test_the_repository_shows_only_the_new_lines(root: Path, ask: Ask) -> None:
    commit(root)
    ask("new", "-C", root, "varietes", "tomate", "--oui", lines=("Noire de Crimée", ""))
    done = subprocess.run(
        ["git", "-C", str(root), "diff", "--numstat"], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout == f"2\t0\t{TOMATO}\n"
