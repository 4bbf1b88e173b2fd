"""`serve`: the real server, a real change of a file, and what the pages are told."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from local import ROOT, Local, served, site
from samples import replace


@pytest.fixture
def second(tmp_path: Path) -> Path:
    """A copy of the second site, which is small: each of its builds is waited for."""
    return Path(shutil.copytree(ROOT / "tests" / "second_site", tmp_path / "site"))


@pytest.fixture
def local(second: Path) -> Iterator[Local]:
    with served(second) as found:
        yield found


def test_serve_shows_the_site_and_follows_each_saved_file(second: Path, local: Local) -> None:
    local.wait_for_site(1)
    status, page = local.get()
    assert status == 200
    assert "__panneau.js" in page
    assert local.get("nulle-part/")[0] == 404

    prose = second / "content/pages/a-propos.md"
    prose.write_text(prose.read_text(encoding="utf-8") + "\nUne phrase ajoutée pendant la visite.\n", encoding="utf-8")
    local.wait_for_site(2)
    assert "Une phrase ajoutée pendant la visite." in local.get("a-propos/")[1]

    contract = second / "datapackages/lieux/datapackage.yaml"
    text = contract.read_text(encoding="utf-8")
    contract.write_text(text.replace("title: Lieux\n", "title: Lieux relus\n", 1), encoding="utf-8")
    local.wait_until_calm(4)
    assert "Lieux relus" in local.get("donnees/")[1]


def test_a_faulty_file_is_told_and_leaves_the_previous_site_shown(second: Path) -> None:
    prose = second / "content/pages/a-propos.md"
    good = prose.read_text(encoding="utf-8")
    with served(second) as local:
        local.wait_for_site(1)
        before = local.get("a-propos/")[1]
        prose.write_text("sans en-tête\n", encoding="utf-8")
        state = local.wait_for_fault()
        assert state["text"] == "1 erreur"
        assert [message["code"] for message in state["report"]["errors"]["messages"]] == ["en-tete"]
        assert site(state) == 1
        prose.write_text(good, encoding="utf-8")
        state = local.wait_until_calm(2)
        assert (state["text"], state["report"]["errors"]) == ("À jour", None)
        assert local.get("a-propos/")[1] == before
    assert "content/pages/a-propos.md:1:1\u202f: erreur [en-tete]" in local.printed[0]


def test_what_is_saved_during_a_build_is_checked_at_once_and_built_after(second: Path) -> None:
    page = "content/pages/a-propos.md"
    with served(second) as local:
        local.wait(lambda state: state["text"] == "Reconstruction…")
        replace(second, page, "title: À propos\n", "titre: À propos\n")
        assert site(local.wait_for_fault()) == 0, "told while the first site is being made"
        replace(second, page, "titre: À propos\n", "title: Tout à propos\n")
        local.wait(lambda state: state["kind"] == "calm")
        assert "Tout à propos" in local.get("a-propos/")[1]


def test_a_faulty_template_is_told_of_its_place(second: Path) -> None:
    with served(second) as local:
        local.wait_for_site(1)
        template = second / "datapackages/orgues/templates/mesures.html"
        good = template.read_text(encoding="utf-8")
        template.write_text(good + '<a href="../nulle-part/">rien</a>\n', encoding="utf-8")
        state = local.wait_for_fault()
        assert site(state) == 1
        (message,) = state["report"]["errors"]["messages"]
        assert message["code"] == "modele-faux"
        assert message["excerpt"][1] == "../nulle-part/"
        template.write_text(good, encoding="utf-8")
        local.wait_until_calm(2)


def test_a_project_that_never_had_a_site_says_why(second: Path) -> None:
    replace(second, "content/pages/a-propos.md", "title: À propos\n", "titre: À propos\n")
    with served(second) as local:
        local.wait_for_fault()
        status, page = local.get()
        assert (status, "Pas encore de site." in page, "__panneau.js" in page) == (404, True, True)
        replace(second, "content/pages/a-propos.md", "titre: À propos\n", "title: À propos\n")
        local.wait_for_site(1)
        assert local.get()[0] == 200


def test_a_taken_port_is_wrong_use(second: Path) -> None:
    with served(second) as local:
        command = [sys.executable, "-m", "generator", "serve", "-C", str(second), "--port", str(local.port)]
        run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False)
        assert run.returncode == 2
        assert f"Le port {local.port} ne peut pas être ouvert" in run.stderr
