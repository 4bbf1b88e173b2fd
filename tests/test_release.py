"""`generator release`: the version that a change asks for, written from a real repository, or nothing at all; what the pages, the
feed and the descriptor make of it.
"""

from __future__ import annotations

import datetime
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree
from samples import DATE, checked, commit, copy_base, replace, write
from steps import doubled, steps

from generator import layout
from generator.catalogue.project import read_project
from generator.changes.noting import asked, difference
from generator.changes.past import Past
from generator.changes.recording import recorded
from generator.commands import cli
from generator.commands.check import checked_project
from generator.commands.making.pipeline import write_pages
from generator.contracts.descriptors import read_contracts
from generator.contracts.model import Version
from generator.contracts.noted import SHAPES, Noted, written
from generator.diagnostics.finding import Position
from generator.packages import folder, metadata
from generator.packages.built import Built, Published
from generator.packages.fingerprint import of_data, of_files

VERSIONS = "datapackages/botanique/versions.yaml"
CONTRACT = "datapackages/botanique/datapackage.yaml"
TOMATO = "content/botanique/plantes/tomate.yaml"
FAMILIES = "content/botanique/familles.yaml"


def release(root: Path, *options: str, reason: str = "Relu.", date: str = "2026-06-01") -> int:
    return cli.main(["release", "-C", str(root), "--raison", reason, "--date", date, "--oui", *options])


def versions(root: Path, package: str = "botanique") -> tuple[Version, ...]:
    return read_contracts(root)[0].packages[package].versions


def numbers(root: Path, package: str = "botanique") -> list[str]:
    return [version.version for version in versions(root, package)]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The base in a repository, its first package released as it stands."""
    root = copy_base(tmp_path_factory.mktemp("publie") / "projet")
    commit(root)
    assert release(root, "botanique", reason="Première empreinte.", date="2026-05-02") == 0
    commit(root)
    return root


@pytest.fixture
def root(first: Path, tmp_path: Path) -> Path:
    """A copy of it, in which a test may write."""
    return Path(shutil.copytree(first, tmp_path / "projet"))


def everything(root: Path) -> dict[str, bytes]:
    return {
        p.relative_to(root).as_posix(): p.read_bytes()
        for p in sorted(root.rglob("*"))
        if p.is_file() and ".git" not in p.parts
    }


# --- What is written ---


def test_the_first_fingerprint_is_a_record_at_the_top_and_the_rest_stays(root: Path) -> None:
    text = (root / VERSIONS).read_text(encoding="utf-8")
    assert text.endswith((copy_base(root.parent / "autre") / VERSIONS).read_text(encoding="utf-8"))
    [first, *_] = versions(root)
    catalogue = checked_project(root).catalogue
    assert (first.version, first.date, first.summary, first.changes) == (
        "1.1.1",
        "2026-05-02",
        "Première empreinte.",
        (),
    )
    assert first.fingerprint == of_data(catalogue.contracts.packages["botanique"], catalogue)
    assert numbers(root) == ["1.1.1", "1.1.0", "1.0.0"]


def test_a_corrected_value_is_a_patch_that_says_both_values_and_why(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(root, TOMATO, "jours_max: 85", "jours_max: 90")
    assert release(root, reason="Le manuel, p. 12 : relu") == 0
    [newest, *_] = versions(root)
    assert (newest.version, newest.date, newest.summary) == ("1.1.2", "2026-06-01", "Le manuel, p. 12\u202f: relu")
    changed = Noted("value", "varietes", "tomate/coeur-de-boeuf", "jours_max", old="85", new="90")
    assert newest.changes == (changed,)
    assert "botanique\u202f: 1.1.1 → 1.1.2, correctif" in capsys.readouterr().out
    assert [code for code in checked(root) if "version" in code] == []


def test_rows_ask_for_a_minor_version_and_columns_for_a_major_one(root: Path) -> None:
    write(root, {FAMILIES: (root / FAMILIES).read_text(encoding="utf-8") + "- id: apiacees\n  nom: Apiacées\n"})
    assert release(root) == 0
    [newest, *_] = versions(root)
    assert (newest.version, newest.changes) == ("1.2.0", (Noted("added", "familles", rows=("apiacees",)),))
    commit(root)
    text = (root / CONTRACT).read_text(encoding="utf-8")
    write(root, {CONTRACT: re.sub(r"\n *- \{name: code, .*", "", text)})
    for path in root.glob("content/botanique/plantes/*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"\n    code: .*|, code: XYZ", "", text), encoding="utf-8", newline="")
    assert release(root, "botanique") == 0
    [newest, *_] = versions(root)
    assert newest.version == "2.0.0"
    assert Noted("column_removed", "varietes", column="code") in newest.changes


def test_a_renamed_row_and_its_former_identifiers(root: Path) -> None:
    (root / "content/botanique/plantes/tomate-cerise.yaml").unlink()
    write(root, {"content/botanique/plantes/tomate-groseille.yaml": (
        "id: tomate-groseille\nnom: Tomate cerise\nfamille: solanacees\nparente: tomate\n"
        "anciens_ids: cerisette tomate-cerise\nsource: {ouvrage: flore}\n"
    )})  # fmt: skip
    replace(root, TOMATO, "compagnes: [tomate-cerise", "compagnes: [tomate-groseille")
    assert release(root) == 0
    [newest, *_] = versions(root)
    assert Noted("renamed", "plantes", row="tomate-cerise", new="tomate-groseille") in newest.changes
    assert newest.version == "2.0.0", "other rows named it"


def test_a_renamed_column_keeps_its_old_name_and_its_values_are_compared(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(root, CONTRACT, "{name: nom, type: string, title: Nom, constraints: {required: true, unique: true}}",
            "{name: libelle, type: string, title: Nom, constraints: {required: true, unique: true}}")  # fmt: skip
    replace(root, CONTRACT, "content: {list: botanique/familles.yaml}\n    label: nom",
            "content: {list: botanique/familles.yaml}\n    label: libelle")  # fmt: skip
    text = (root / FAMILIES).read_text(encoding="utf-8").replace("  nom:", "  libelle:")
    write(root, {FAMILIES: text.replace("Solanacées", "Solanées")})
    assert checked(root) == [f"version-a-donner {VERSIONS}:1:3"]
    assert cli.main(["release", "-C", str(root), "--raison", "Relu."]) == 0
    assert "--renomme" not in capsys.readouterr().err, "not all the values are the same"
    assert release(root, "--renomme", "familles.nom=libelle") == 0
    [newest, *_] = versions(root)
    assert newest.version == "2.0.0"
    assert newest.changes == (
        Noted("column_renamed", "familles", column="nom", new="libelle"),
        Noted("value", "familles", "solanacees", "libelle", old="Solanacées", new="Solanées"),
    )


def test_a_column_that_seems_renamed_is_said(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace(root, CONTRACT, "{name: jours_max,", "{name: jours_plus,")
    replace(root, CONTRACT, "{order: [jours_min, jours_max]", "{order: [jours_min, jours_plus]")
    replace(root, TOMATO, "jours_max: 85", "jours_plus: 85")
    assert not checked_project(root).faulty, checked(root)
    assert cli.main(["release", "-C", str(root), "--raison", "Relu."]) == 0
    assert "--renomme varietes.jours_max=jours_plus" in capsys.readouterr().err


def test_what_the_rows_alone_do_not_show_is_noted(root: Path) -> None:
    """References to a renamed row of another package, and rows in another order."""
    assert release(root, "jardins", reason="Première.") == 0
    commit(root)
    text = (root / FAMILIES).read_text(encoding="utf-8").split("- id: ")
    write(root, {FAMILIES: "- id: ".join((text[0], text[2], text[1]))})
    for path in root.rglob("content/**/*.*"):
        data = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"\bcourge\b", "potiron", data), encoding="utf-8", newline="")
    (root / "content/botanique/plantes/courge.yaml").rename(root / "content/botanique/plantes/potiron.yaml")
    place = root / "content/botanique/plantes/potiron.yaml"
    place.write_text(place.read_text(encoding="utf-8") + "anciens_ids: courge\n", encoding="utf-8", newline="")
    assert not checked_project(root).faulty, checked(root)
    assert release(root) == 0
    kinds = {noted.kind for name in ("botanique", "jardins") for noted in versions(root, name)[0].changes}
    assert "renamed" in kinds
    assert Noted("moved", "familles", more=2) in versions(root)[0].changes


def test_too_many_changes_are_counted(root: Path) -> None:
    rows = "".join(f"- id: f{n}\n  nom: Famille {n}\n" for n in range(250))
    write(root, {FAMILIES: (root / FAMILIES).read_text(encoding="utf-8") + rows})
    assert release(root) == 0
    [noted] = versions(root)[0].changes
    assert (len(noted.rows), noted.more) == (100, 150)


def test_all_packages_or_none_and_one_that_never_was_must_be_named(root: Path) -> None:
    replace(root, TOMATO, "jours_max: 85", "jours_max: 90")
    assert release(root) == 0
    assert not (root / "datapackages/jardins/versions.yaml").exists()
    assert release(root, "jardins", reason="Première publication.") == 0
    assert numbers(root, "jardins") == ["1.0.0"]
    assert (root / "datapackages/jardins/versions.yaml").read_text(encoding="utf-8").startswith("# Versions")


@pytest.mark.parametrize("given", ["révision", "dossier", "paquets", "zip"])
def test_the_last_state_may_be_given(root: Path, tmp_path: Path, given: str) -> None:
    before = tmp_path / "avant"
    shutil.copytree(root, before)
    project = checked_project(root)
    folder.write(project.catalogue, project.settings, DATE, tmp_path / "paquets")
    archive = shutil.make_archive(str(tmp_path / "paquets"), "zip", tmp_path / "paquets")
    state = {"révision": "HEAD", "dossier": str(before), "paquets": str(tmp_path / "paquets"), "zip": archive}[given]
    replace(root, TOMATO, "jours_max: 85", "jours_max: 90")
    if given != "révision":
        shutil.rmtree(root / ".git")
    assert release(root, "botanique", "--depuis", state) == 0
    [newest, *_] = versions(root)
    assert newest.version == "1.1.2"
    assert [noted.new for noted in newest.changes] == ["90"]


def test_the_state_is_found_at_its_tag_after_it_and_with_its_data_only(root: Path, tmp_path: Path) -> None:
    """A record that was committed before its data."""
    from contextlib import ExitStack

    replace(root, TOMATO, "jours_max: 85", "jours_max: 90")
    assert release(root) == 0
    record = (root / VERSIONS).read_text(encoding="utf-8")
    replace(root, TOMATO, "jours_max: 90", "jours_max: 85")
    commit(root, "la version")
    replace(root, TOMATO, "jours_max: 85", "jours_max: 90")
    commit(root, "les données")
    replace(root, TOMATO, "jours_max: 90", "jours_max: 95")
    commit(root, "après")
    assert record == (root / VERSIONS).read_text(encoding="utf-8")
    with ExitStack() as stack:
        found = Past(root, stack).of("botanique", versions(root)[0])
        assert found is not None
        row = found[1].catalogue.tables["varietes"].by_key[("tomate", "coeur-de-boeuf")]
        assert row["jours_max"] == 90


# --- What is refused: nothing is written ---


def refused(root: Path, capsys: pytest.CaptureFixture[str], *options: str, code: int = 1, **said: str) -> str:
    before = everything(root)
    capsys.readouterr()
    assert release(root, *options, **said) == code
    assert everything(root) == before
    return capsys.readouterr().err


@pytest.mark.parametrize("reason", ["", " ", "…", "\u200b", "- !"])
def test_no_reason(root: Path, capsys: pytest.CaptureFixture[str], reason: str) -> None:
    replace(root, TOMATO, "jours_max: 85", "jours_max: 90")
    assert "--raison" in refused(root, capsys, reason=reason, code=2)
    before = everything(root)
    assert cli.main(["release", "-C", str(root), "--oui"]) == 2
    assert everything(root) == before


def test_a_reason_that_a_file_cannot_hold(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace(root, TOMATO, "jours_max: 85", "jours_max: 90")
    assert "caractère invisible" in refused(root, capsys, reason="Relu\u202egor")


def test_nothing_changed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Rien n’a changé" in refused(root, capsys)
    assert "depuis sa version 1.1.1" in refused(root, capsys, "botanique")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--version", "1.1.1"), "est déjà à la version 1.1.1"),
        (("--version", "1.0.9"), "est déjà à la version 1.1.1"),
        (("--version", "1.1.9"), "au moins la version 1.2.0"),
        (("--date", "2026-05-01"), "ne peut pas être du 2026-05-01"),
        (("--renomme", "familles.nom=rien"), "n’est pas une colonne renommée"),
        (("--depuis", "rien"), "n’est ni une révision"),
        (("--renomme", "familles"), "TABLE.ANCIENNE=NOUVELLE"),
        (("--renomme", "rien.a=b"), "n’existe pas"),
        (("--version", "1.2"), "n’est pas un numéro"),
        (("rien",), "n’existe pas"),
    ],
)
def test_what_does_not_suit(
    root: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], told: str
) -> None:
    write(root, {FAMILIES: (root / FAMILIES).read_text(encoding="utf-8") + "- id: apiacees\n  nom: Apiacées\n"})
    before = everything(root)
    assert cli.main(["release", "-C", str(root), "--raison", "Relu.", "--date", "2026-06-01", "--oui", *options]) in (
        1,
        2,
    )
    assert everything(root) == before
    assert told in capsys.readouterr().err


def test_one_number_for_several_packages(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert release(root, "jardins", reason="Première.") == 0
    commit(root)
    replace(root, TOMATO, "jours_max: 85", "jours_max: 90")
    replace(root, "content/jardins/clos-vert.yaml", "annee: 1998", "annee: 1997")
    assert "d’un seul jeu" in refused(root, capsys, "botanique", "jardins", "--version", "3.0.0")


def test_a_content_with_faults(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace(root, TOMATO, "famille: solanacees", "famille: rien")
    assert "Corrigez d’abord" in refused(root, capsys)


def test_versions_with_faults(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace(root, TOMATO, "jours_max: 85", "jours_max: 90")
    replace(root, VERSIONS, "version: 1.1.1", "version: 1.1")
    assert "Corrigez d’abord" in refused(root, capsys)


def test_a_last_state_that_is_not_found(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace(root, TOMATO, "jours_max: 85", "jours_max: 90")
    shutil.rmtree(root / ".git")
    assert "--depuis" in refused(root, capsys)


def test_not_agreed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replace(root, TOMATO, "jours_max: 85", "jours_max: 90")
    before = everything(root)
    assert cli.main(["release", "-C", str(root), "--raison", "Relu."]) == 0
    assert everything(root) == before
    said = capsys.readouterr()
    assert "--oui" in said.err
    assert '+     - {table: varietes, ligne: "tomate/coeur-de-boeuf"' in said.out.replace(
        "ligne: tomate/coeur-de-boeuf", 'ligne: "tomate/coeur-de-boeuf"'
    )


# --- The record ---


def test_every_kind_is_written_as_it_is_read(tmp_path: Path) -> None:
    parts = {
        "table": "t",
        "row": "a/b",
        "column": "c",
        "what": "type",
        "old": 'dit "non"\\',
        "new": "1",
        "rows": ("no", "2", "é, b"),
        "more": 3,
    }
    changes = []
    for kind, (need, may) in SHAPES.items():
        blank, full = Noted(kind), Noted(kind, **parts)  # type: ignore[arg-type]
        used = {
            name: getattr(full, name)
            for name in parts
            if getattr(_read(tmp_path, full, {*need, *may}), name) != getattr(blank, name)
        }
        changes.append(Noted(kind, **used))  # type: ignore[arg-type]
    version = Version("1.2.0", "2026-06-01", "Tout : «\u202foui\u202f»", Position(""), "a" * 64, tuple(changes))
    data = recorded("versions.yaml", b"- {version: 1.1.0, date: 2026-01-01, resume: x}\r\n", version)
    assert data is not None
    assert data.endswith(b"- {version: 1.1.0, date: 2026-01-01, resume: x}\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")


def _read(root: Path, noted: Noted, keys: set[str]) -> Noted:
    """What is read again of a change."""
    from generator.contracts.noted import read_noted
    from generator.documents.reader import Reader
    from generator.documents.yaml import parse_yaml

    document, said = parse_yaml("x.yaml", written(noted).encode())
    wrong = list(said)
    found = read_noted(Reader(document, document.root, wrong))
    assert not wrong
    assert found is not None
    assert keys >= set(re.findall(r"(?:\{|, )([a-z_]+): ", written(noted)))
    return found


@pytest.mark.parametrize("data", [b"[]\n", b"[{version: 1.0.0, date: 2026-01-01, resume: x}]\n", b"\xff", b"a: b\n"])
def test_a_file_that_would_have_to_be_written_anew_is_left(data: bytes) -> None:
    assert recorded("versions.yaml", data, Version("1.2.0", "2026-06-01", "x", Position(""), "a" * 64)) is None


# --- What is made of it ---


@pytest.fixture(scope="module")
def third(first: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A figure corrected in a version, then a plant renamed in the next; its pages, and what describes its packages."""
    root = Path(shutil.copytree(first, tmp_path_factory.mktemp("deux-fois") / "projet"))
    replace(root, TOMATO, "jours_max: 85", "jours_max: 90")
    assert release(root, reason="Le manuel, relu.") == 0
    commit(root)
    (root / TOMATO).rename(root / "content/botanique/plantes/pomme-d-amour.yaml")
    for path in [*root.glob("content/**/*.yaml"), *root.glob("content/**/*.md"), *root.glob("content/**/*.csv")]:
        data = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"(?<![\w-])tomate(?![\w-])", "pomme-d-amour", data), encoding="utf-8", newline="")
    place = "content/botanique/plantes/pomme-d-amour.yaml"
    replace(root, place, "famille: solanacees", "famille: solanacees\nanciens_ids: tomate")
    assert not checked_project(root).faulty, checked(root)
    assert release(root, "botanique", reason="Son autre nom.", date="2026-07-01") == 0
    pages(root)
    return root


def pages(root: Path) -> Path:
    project = checked_project(root)
    assert not project.faulty, checked(root)
    built = folder.write(project.catalogue, project.settings, DATE, root / "paquets")
    write_pages(project, built, (), root / "docs")
    metadata.write(Published(project.catalogue, project.settings, DATE, built), root / "docs")
    return root / "docs"


def text_of(path: Path) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", path.read_text(encoding="utf-8")))


def test_the_page_of_a_row_says_what_changed_whatever_its_name_was(third: Path) -> None:
    text = text_of(third / "docs/plantes/pomme-d-amour/index.md")
    assert "Historique" in text
    history = text.split("Historique", 1)[1]
    assert re.search(r"1\.1\.2 , 1er juin 2026 .*Jours au plus 85 90 Le manuel, relu\.", history.replace("\u00a0", " "))
    assert "tomate pomme-d-amour Son autre nom." in history
    assert "Historique" not in text_of(third / "docs/plantes/courge/index.md")


def test_the_page_of_versions_says_them_all(third: Path) -> None:
    text = (third / "docs/donnees/botanique/versions/index.md").read_text(encoding="utf-8")
    assert f"{{#{layout.version('botanique', '1.1.2').partition('#')[2]}}}" in text
    assert "85</td><td>90</td>" in text
    assert 'href="../../../plantes/pomme-d-amour/#coeur-de-boeuf">tomate/coeur-de-boeuf</a>' in text
    archive = "https://jardins.exemple.fr/donnees/botanique/versions/2026-06-01-1.1.2/botanique-1.1.2.zip"
    assert f'href="{archive}"' in text
    assert "botanique-1.1.0.zip" not in text, "no fingerprint, no archive"
    assert not (third / "docs/donnees/jardins/versions").exists()


def test_without_the_address_of_the_site_nothing_names_one(third: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(third, tmp_path / "sans-adresse", ignore=shutil.ignore_patterns("docs", "paquets")))
    replace(root, "mkdocs.yml", "site_url: https://jardins.exemple.fr/\n", "")
    docs = pages(root)
    text = (docs / "donnees/botanique/versions/index.md").read_text(encoding="utf-8")
    assert ".zip" not in text
    assert "flux" not in text
    assert not list(docs.rglob("*.atom"))


def test_the_feed_is_atom(third: Path) -> None:
    path = third / "docs/donnees/botanique/versions.atom"
    atom = "{http://www.w3.org/2005/Atom}"
    feed = etree.fromstring(path.read_bytes())
    assert feed.tag == f"{atom}feed"
    for element in (feed, *feed.iter(f"{atom}entry")):
        for name in ("id", "title", "updated"):
            [found] = element.findall(f"{atom}{name}")
            assert found.text
        datetime.datetime.fromisoformat(element.findtext(f"{atom}updated"))
        assert element.findtext(f"{atom}id").startswith("https://jardins.exemple.fr/donnees/botanique/versions/")
    assert feed.findtext(f"{atom}author/{atom}name") == "Les jardiniers"
    entries = feed.findall(f"{atom}entry")
    assert len({entry.findtext(f"{atom}id") for entry in entries}) == len(entries) == 5
    assert [link.get("rel") for link in feed.findall(f"{atom}link")] == ["self", "alternate"]
    corrected = entries[1]
    assert corrected.findtext(f"{atom}summary") == "Le manuel, relu."
    content = corrected.find(f"{atom}content")
    assert content.get("type") == "html"
    html = etree.fromstring(f"<div>{content.text}</div>")
    assert "85 → 90" in "".join(html.itertext())
    head = (third / "docs/donnees/botanique/index.md").read_text(encoding="utf-8").split("---")[1]
    assert '"type": "application/atom+xml", "href": "donnees/botanique/versions.atom"' in head


def test_two_contents_never_have_one_version(root: Path, tmp_path: Path) -> None:
    def built(name: str) -> Built:
        project = checked_project(root)
        found = folder.write(project.catalogue, project.settings, DATE, tmp_path / name)
        return next(each for each in found if each.package.name == "botanique")

    def told(name: str) -> tuple[str, str]:
        data = json.loads((tmp_path / name / "botanique/datapackage.json").read_text(encoding="utf-8"))
        return data["version"], data["created"]

    one = built("un")
    assert of_files(one.package, one.tables) == one.package.versions[0].fingerprint
    assert told("un") == ("1.1.1", "2026-05-02T00:00:00Z")
    replace(root, TOMATO, "jours_max: 85", "jours_max: 90")
    other = built("deux")
    mark = of_files(other.package, other.tables)[:8]
    assert told("deux") == (f"1.1.1+{mark}", f"{DATE}T00:00:00Z")
    assert f"1.1.1+{mark}" in (pages(root) / "donnees/botanique/index.md").read_text(encoding="utf-8")
    replace(root, CONTRACT, "title: Plantes du potager", "title: Plantes")
    assert of_files(built("trois").package, built("quatre").tables) == of_files(other.package, other.tables)


# --- How far it goes ---


def test_the_work_of_a_release_follows_the_number_of_rows(tmp_path: Path) -> None:
    """All the rows are changed; what is noted stays short."""

    def work(count: int) -> Callable[[], object]:
        states = []
        for word in ("avant", "apres"):
            root = copy_base(tmp_path / f"{word}-{count}")
            rows = "".join(f"r{n},clos-vert,2020-01-05,{n % 40},{word}\n" for n in range(count))
            write(root, {"content/jardins/releves.csv": "id,jardin,jour,temperature,remarque\n" + rows})
            states.append(read_project(root).catalogue)
        found = asked("jardins", difference(*states, {}, published=False))
        changed = [noted for noted in found.notes if noted.table == "releves"]
        assert [noted.kind for noted in changed] == ["value"] * 100 + ["values"]
        return lambda: asked("jardins", difference(*states, {}, published=False))

    assert doubled(*(steps(work(count)) for count in (500, 1_000, 2_000)))
