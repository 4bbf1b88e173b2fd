"""A publication that lasts: what it keeps through a fault, a pause, another build beside it."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from samples import SECOND, replace, series

from generator.catalogue.project import Project
from generator.catalogue.records import Catalogue
from generator.commands.making.rounds import Changes, Rounds
from generator.commands.making.warm import Session
from generator.commands.making.watching import Round, Watch
from generator.site import engine
from generator.site.board import Board
from generator.site.gate import Gate, Settled
from tests.edits.judge import copied, differences, prints
from tests.edits.sessions import DATE, Reference, Whole

BOOKS = "content/bibliographie/ouvrages.yaml"
COLOUR = 'theme:\n  palette: {primary: "#7a1f1f"}\n'
TEMPLATE = "datapackages/orgues/templates/mesures.html"


class Opened:
    """A session on a copy of the second site, whose first round is made; what it tells of pages, with the files that were published then;
    the pages that are looked at; when it is asked to pause.
    """

    def __init__(self, root: Path, reference: Reference, engine: str = "mkdocs") -> None:
        self.root, self.reference = root, reference
        self.seen: list[list[str]] = []
        self.told: list[Collection[str] | None] = []
        self.published: list[dict[str, bytes]] = []
        self.looked: list[str] = []
        self.pausing = False
        watch = Watch(seen=self._see, looked=lambda: self.looked, pause=lambda: self.pausing)
        self.session = Session(root, engine, date=DATE, watch=watch)
        assert not self.session.round().faulty

    def _see(self, pages: Sequence[str], files: Collection[str] | None) -> None:
        self.seen.append(list(pages))
        self.told.append(files)
        self.published.append({path: self.page(path) for path in files or () if (self.root / "site" / path).exists()})

    def page(self, path: str) -> bytes:
        return (self.root / "site" / path).read_bytes()

    def clean(self) -> list[str]:
        """What differs from a clean build."""
        return differences(self.root, self.reference(self.root).root)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    made = Opened(copied(SECOND, tmp_path / "ici"), Reference(tmp_path / "neuf", tmp_path / "cache", "mkdocs"))
    yield made
    made.session.close()


def test_the_pages_of_the_rows_that_changed_are_told_first(opened: Opened) -> None:
    replace(opened.root, "content/orgues/instruments/chapelle.yaml", "\nnom: ", "\nnom: Le petit ")
    found = opened.session.round()
    first, others = opened.published[1:3]
    assert list(first) == ["orgues/chapelle/index.html"]
    assert first["orgues/chapelle/index.html"] == opened.page("orgues/chapelle/index.html")
    assert "orgues/index.html" in others
    assert first.keys().isdisjoint(others)
    assert opened.seen[-1][0] == "orgues/chapelle/"
    assert {*first, *others} == {*found.seen}, "what comes after, the search for one, is told apart"
    assert list(found.spent) == ["contrôle", "vu", "vu partout", "indexé"]
    assert opened.clean() == []
    opened.looked, told = ["orgues/", "nulle-part/"], len(opened.published)
    replace(opened.root, "content/orgues/instruments/chapelle.yaml", "\nnom: Le petit ", "\nnom: Le grand ")
    assert not opened.session.round().faulty
    assert set(opened.published[told]) == {"orgues/index.html", "orgues/chapelle/index.html"}, (
        "the page that is open too"
    )


def test_the_page_that_is_open_shows_another_setting_before_the_others(opened: Opened) -> None:
    opened.looked = ["orgues/chapelle/", "donnees/orgues/"]
    replace(opened.root, "mkdocs.yml", "site_name: Orgues du Val d’Ombre", "site_name: Orgues du Val Clair")
    found = opened.session.round()
    first, others = opened.published[1:3]
    assert {"orgues/chapelle/index.html", "donnees/orgues/index.html"} <= first.keys()
    assert len(first) < len(others)
    assert all("Val Clair" in page.decode() for page in first.values())
    assert first["orgues/chapelle/index.html"] == opened.page("orgues/chapelle/index.html")
    assert len(found.whole) == 1
    assert opened.clean() == []


def test_colours_come_with_the_first_pages(opened: Opened) -> None:
    opened.looked = ["orgues/"]
    settings = opened.root / "mkdocs.yml"
    settings.write_text(settings.read_text(encoding="utf-8") + COLOUR, encoding="utf-8")
    assert not opened.session.round().faulty
    first = opened.published[1]
    assert "orgues/index.html" in first
    assert b"#7a1f1f" in b"".join(first[path] for path in first if path.endswith(".css"))
    assert opened.clean() == []
    settings.write_text(settings.read_text(encoding="utf-8").replace(COLOUR, ""), encoding="utf-8")
    assert not opened.session.round().faulty
    assert opened.clean() == []


def test_the_row_that_held_one_that_is_gone_is_seen_first(opened: Opened) -> None:
    told = "      - {id: nasard, nom: Nasard, hauteur: 2 2/3, rangs: 2}\n"
    replace(opened.root, "content/orgues/instruments/saint-leu.yaml", told, "")
    assert not opened.session.round().faulty
    assert "orgues/saint-leu/index.html" in opened.published[1]
    assert len(opened.published[1]) < len(opened.published[2])


def test_a_page_that_leads_to_a_place_of_one_to_come_is_seen_before_it(opened: Opened) -> None:
    pages = opened.root / "content/pages"
    (pages / "zone.md").write_text("---\ntitle: Zone\ndescription: Une page.\n---\n\nUn texte.\n", encoding="utf-8")
    assert not opened.session.round().faulty
    told = len(opened.published)
    for name, more in (
        ("index", "[Ici](zone.md#la-place_)."),
        ("a-propos", "[Là](zone.md#la-place_)."),
        ("zone", "## La place\n\nUn mot."),
    ):
        path = pages / f"{name}.md"
        path.write_text(f"{path.read_text(encoding='utf-8')}\n{more}\n", encoding="utf-8")
    found = opened.session.round()
    assert not found.faulty, found.diagnostics
    first, others = opened.published[told : told + 2]
    assert set(first) == {"index.html", "a-propos/index.html"}
    assert b"zone/#la-place_" in first["index.html"]
    assert "zone/index.html" in others
    assert opened.clean() == []


def test_what_was_shown_before_a_fault_is_put_back(opened: Opened) -> None:
    before, about = prints(opened.root), opened.root / "content/pages/essai.md"
    good = (opened.root / TEMPLATE).read_text(encoding="utf-8")
    (opened.root / TEMPLATE).write_text(good + '<a href="../nulle-part/">rien</a>\n', encoding="utf-8")
    about.write_text("---\ntitle: Essai\ndescription: Un essai de page.\n---\n\nUn texte.\n", encoding="utf-8")
    replace(opened.root, "content/pages/a-propos.md", "title: À propos", "title: Tout à propos")
    assert opened.session.round().faulty
    assert {"essai/index.html", "a-propos/index.html"} <= opened.published[-2].keys(), "they were shown"
    assert opened.seen[-1] == []
    assert opened.published[-1].keys() == opened.published[-2].keys() - {"essai/index.html"}, (
        "those open are read again"
    )
    assert prints(opened.root) == before
    (opened.root / TEMPLATE).write_text(good, encoding="utf-8")
    assert not opened.session.round().faulty
    assert opened.clean() == []


@pytest.mark.parametrize(
    ("path", "old", "new"),
    series(
        2,
        [
            ("content/orgues/instruments/chapelle.yaml", "\nnom: ", "\nnom: Le petit "),
            ("mkdocs.yml", "site_name: Orgues du Val d’Ombre", "site_name: Orgues du Val Clair"),
        ],
    ),
)
def test_an_engine_that_is_gone_costs_one_whole_site(opened: Opened, path: str, old: str, new: str) -> None:
    opened.looked = ["orgues/"]
    lasting = opened.session._lasting
    assert lasting is not None
    assert lasting.warm is not None
    os.killpg(lasting.warm.number, signal.SIGKILL)
    replace(opened.root, path, old, new)
    found = opened.session.round()
    assert not found.faulty, found.diagnostics
    assert len(found.whole) == 1
    assert opened.clean() == []


def test_who_stops_between_the_first_pages_and_the_others_finds_the_site_as_it_was(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = prints(opened.root)
    monkeypatch.setattr(Gate, "given", _stopped_twice(Gate.given))
    replace(opened.root, "content/orgues/instruments/chapelle.yaml", "\nnom: ", "\nnom: Le petit ")
    with pytest.raises(KeyboardInterrupt):
        opened.session.round()
    assert opened.published[-1].keys() == {"orgues/chapelle/index.html"}, "it was shown"
    assert prints(opened.root) == before


def _stopped_twice(given: Callable[..., Any]) -> Callable[..., Any]:
    """What is stopped the second time."""
    times = []

    def stopped(*told: Any, **more: Any) -> Any:
        times.append(told)
        if len(times) == 2:
            raise KeyboardInterrupt
        return given(*told, **more)

    return stopped


def test_open_pages_are_told_of_what_comes_after(opened: Opened) -> None:
    """The page of a package that was written again; a drawing; a page that is gone."""
    drawing = opened.root / "content/fichiers/plan.svg"
    drawing.parent.mkdir()
    drawing.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>\n', encoding="utf-8")
    about = opened.root / "content/pages/a-propos.md"
    about.write_text(about.read_text(encoding="utf-8") + "\n![Un plan](fichiers/plan.svg)\n", encoding="utf-8")
    (opened.root / "content/pages/essai.md").write_text(
        "---\ntitle: Essai\ndescription: Un essai de page.\n---\n\nUn texte.\n", encoding="utf-8"
    )
    found = opened.session.round()
    assert not found.faulty, found.diagnostics
    told = len(opened.told)
    drawing.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9"/>\n', encoding="utf-8")
    (opened.root / "content/pages/essai.md").unlink()
    replace(opened.root, BOOKS, "Carnet d’un accordeur", "Carnet d’une accordeuse")
    assert not opened.session.round().faulty
    *_, after = opened.told[told:]
    assert after is not None
    assert {"a-propos/index.html", "essai/index.html", "donnees/bibliographie/index.html"} <= set(after)
    assert opened.clean() == []


def test_a_page_that_is_wrong_by_itself_is_never_shown(opened: Opened) -> None:
    template = opened.root / "datapackages/orgues/templates/orgue.html"
    told = len(opened.seen)
    template.write_text(template.read_text(encoding="utf-8") + "<p onclick='x()'>rien</p>\n", encoding="utf-8")
    replace(opened.root, "content/orgues/instruments/chapelle.yaml", "\nnom: ", "\nnom: Le petit ")
    assert opened.session.round().faulty
    assert len(opened.seen) == told


def test_a_joined_file_that_leaves_while_a_page_leads_to_it_stays(opened: Opened) -> None:
    plan, front = opened.root / "content/fichiers/plan.txt", opened.root / "datapackages/orgues/templates/accueil.html"
    plan.parent.mkdir()
    plan.write_text("Un plan.\n", encoding="utf-8")
    front.write_text(front.read_text(encoding="utf-8") + '<a href="fichiers/plan.txt">Plan</a>\n', encoding="utf-8")
    assert not opened.session.round().faulty
    before = prints(opened.root)
    plan.unlink()
    assert opened.session.round().faulty
    assert prints(opened.root) == before
    plan.write_text("Un autre plan.\n", encoding="utf-8")
    found = opened.session.round()
    assert (found.faulty, found.whole) == (False, ())
    assert opened.clean() == []


def test_a_template_that_is_faulty_costs_nothing_of_what_lasts(opened: Opened) -> None:
    before, good = prints(opened.root), (opened.root / TEMPLATE).read_text(encoding="utf-8")
    for bad in ('<a href="../nulle-part/">rien</a>\n', "{{ fiche.rien }}\n", "{% if fiche %}\n"):
        (opened.root / TEMPLATE).write_text(good + bad, encoding="utf-8")
        found = opened.session.round()
        assert found.faulty
        assert prints(opened.root) == before
    (opened.root / TEMPLATE).write_text(good + "<p>Une phrase de plus.</p>\n", encoding="utf-8")
    found = opened.session.round()
    assert not found.faulty
    assert not found.whole, "the pages that it makes, and no others"
    assert found.seen
    assert opened.clean() == []


def test_the_rest_of_a_round_is_made_by_the_next(opened: Opened) -> None:
    replace(opened.root, BOOKS, "Carnet d’un accordeur", "Carnet d’une accordeuse")
    opened.pausing = True
    found = opened.session.round()
    assert found.unfinished
    assert found.seen
    replace(opened.root, BOOKS, "annee: 1987", "annee: 1988")
    opened.pausing = False
    assert not opened.session.round().unfinished
    assert opened.clean() == []


def test_what_is_undone_during_a_pause_is_undone(opened: Opened) -> None:
    replace(opened.root, BOOKS, "Carnet d’un accordeur", "Carnet d’une accordeuse")
    opened.pausing = True
    assert opened.session.round().unfinished
    replace(opened.root, BOOKS, "Carnet d’une accordeuse", "Carnet d’un accordeur")
    opened.pausing = False
    assert not opened.session.round().unfinished
    assert opened.clean() == []


def test_a_page_that_is_gone_before_a_pause_is_told_to_those_who_have_it_open(opened: Opened) -> None:
    replace(opened.root, "content/orgues/instruments/chapelle.yaml", "\nnom: ", "\nnom: Le petit ")
    opened.pausing = True
    assert opened.session.round().unfinished
    assert (opened.root / "site/a-z/o/index.html").exists()
    assert not any("a-z/o/index.html" in (files or ()) for files in opened.told)
    opened.pausing = False
    assert not opened.session.round().unfinished
    assert "a-z/o/index.html" in (opened.told[-1] or ())
    assert not (opened.root / "site/a-z/o/index.html").exists()


def test_nothing_stays_in_memory_of_an_older_reading(opened: Opened) -> None:
    held, titles = [], ["Carnet d’un accordeur", "Carnet d’une accordeuse"]
    for _ in range(5):
        replace(opened.root, BOOKS, *titles)
        titles.reverse()
        assert not opened.session.round().faulty
        gc.collect()
        held.append(sum(type(each) is Catalogue for each in gc.get_objects()))
    assert held[2:] == held[1:-1], "as many after an edit as after another"


def test_what_another_build_replaced_is_mended(opened: Opened) -> None:
    replace(opened.root, BOOKS, "Carnet d’un accordeur", "Carnet d’une accordeuse")
    assert not Whole(opened.root, "mkdocs").round().faulty
    replace(opened.root, BOOKS, "Carnet d’une accordeuse", "Carnet d’un accordeur")
    assert not opened.session.round().faulty
    assert opened.clean() == []


def test_a_row_that_a_version_tells_of_may_go(tmp_path: Path) -> None:
    """The page of versions leads to rows: it is made again with the pages that the rows leave."""
    root, versions = copied(SECOND, tmp_path / "ici"), "datapackages/orgues/versions.yaml"
    told = "{table: jeux, ligne: saint-leu/grand-orgue/nasard, colonne: rangs, avant: 1, apres: 2}"
    text = (root / versions).read_text(encoding="utf-8")
    (root / versions).write_text(
        f"- version: 1.1.0\n  date: 2026-01-02\n  resume: Un jeu recompté.\n  changements:\n    - {told}\n{text}",
        encoding="utf-8",
    )
    made = Opened(root, Reference(tmp_path / "neuf", tmp_path / "cache", "mkdocs"))
    try:
        replace(
            root,
            "content/orgues/instruments/saint-leu.yaml",
            "      - {id: nasard, nom: Nasard, hauteur: 2 2/3, rangs: 2}\n",
            "",
        )
        found = made.session.round()
        assert not found.faulty, found.diagnostics
        assert "donnees/orgues/versions/index.html" in found.seen
        assert made.clean() == []
    finally:
        made.session.close()


def test_an_engine_that_makes_all_pages_makes_them_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[int] = []
    build, given = engine.build, Gate.given

    def counted(staging: Path, name: str, epoch: int) -> engine.Made:
        runs.append(0)
        return build(staging, name, epoch)

    def read(gate: Gate, changed: Mapping[str, bytes], *others: Any, **more: Any) -> Settled:
        runs[-1] = len(changed)
        return given(gate, changed, *others, **more)

    monkeypatch.setattr(engine, "build", counted)
    monkeypatch.setattr(Gate, "given", read)
    root = copied(SECOND, tmp_path / "ici")
    made = Opened(root, Reference(tmp_path / "neuf", tmp_path / "cache", "zensical"), "zensical")
    try:
        for old, new in (("titre: Carnet", "titre: Petit carnet"), ("titre: Petit carnet", "titre: Vieux carnet")):
            replace(root, BOOKS, old, new)
            found = made.session.round()
            assert found.whole == ("zensical refait toutes les pages",)
            assert made.clean() == []
        assert len(runs) == 3
        pages = sum(path.endswith(".html") for path in prints(root))
        assert 0 < runs[2] < pages / 2 < runs[1]  # it is not asked again what is wrong in the others
        template = root / TEMPLATE
        sound = template.read_text(encoding="utf-8")
        template.write_text(sound + "{{ inconnu }}", encoding="utf-8")
        assert made.session.round().faulty
        made.pausing = True
        template.write_text(sound + "<p>Relu.</p>", encoding="utf-8")
        assert made.session.round().unfinished
        made.pausing = False
        assert not made.session.round().faulty
        assert made.clean() == []
        assert len(runs) == 4  # neither the fault nor the pause cost one
    finally:
        made.session.close()


def test_the_title_of_a_page_is_told_by_those_under_it(tmp_path: Path) -> None:
    root = copied(SECOND, tmp_path / "ici")
    for name, title in (("guide.md", "Un guide"), ("guide/suite.md", "La suite")):
        page = root / "content" / "pages" / name
        page.parent.mkdir(exist_ok=True)
        page.write_text(f"---\ntitle: {title}\ndescription: Pour lire la suite.\n---\n\nUn texte.\n", encoding="utf-8")
    made = Opened(root, Reference(tmp_path / "neuf", tmp_path / "cache", "mkdocs"))
    try:
        replace(root, "content/pages/guide.md", "title: Un guide", "title: Un autre guide")
        assert not made.session.round().faulty
        assert made.clean() == []
    finally:
        made.session.close()


def test_a_page_counts_the_rows_that_name_it(tmp_path: Path) -> None:
    """What a page gives to download holds rows of which its template says nothing."""
    root = copied(SECOND, tmp_path / "ici")
    template = root / "datapackages/orgues/templates/orgue.html"
    before, _, after = template.read_text(encoding="utf-8").partition("{% set mesures")
    template.write_text(before + after[after.index("{% for projection") :], encoding="utf-8")
    made = Opened(root, Reference(tmp_path / "neuf", tmp_path / "cache", "mkdocs"))
    try:
        replace(root, "content/orgues/mesures.csv", "m1,saint-leu,grand-orgue", "m1,chapelle,unique")
        found = made.session.round()
        assert {"orgues/chapelle/index.html", "orgues/saint-leu/index.html"} <= set(found.seen)
        assert made.clean() == []
    finally:
        made.session.close()


def test_what_comes_during_the_rest_is_taken_up_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest stops as something changed; the next round begins with all that has."""
    root, changes, paused = copied(SECOND, tmp_path / "ici"), Changes(0.0), []
    rounds = Rounds(root, "mkdocs", Board(), changes)

    def made(project: Project) -> Round:
        paused.append(changes.some())
        if len(paused) == 1:
            changes.note("content/a.yaml")
        return Round(project.diagnostics, unfinished=changes.some())

    monkeypatch.setattr(rounds.session, "round", made)
    for _ in range(2):
        rounds.again = False
        rounds._round()
        assert len(paused) == 2 or rounds.again
    assert paused == [False, False]
    assert not rounds.again
