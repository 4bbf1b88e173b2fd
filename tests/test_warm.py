"""MkDocs kept at hand: a page made again alone has the bytes of a whole build, and what cannot be made alone is said."""

from __future__ import annotations

import json
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import fragment, markdown
from samples import DATE, ROOT, SECOND, STRANGE, write

from generator.commands.check import read_project
from generator.contracts.settings import read_settings
from generator.layout import DOCS, SETTINGS, THEME
from generator.pages.all import Pages
from generator.site import engine
from generator.site.engine import EngineError
from generator.site.warm import POSSIBLE, Warm

pytestmark = pytest.mark.skipif(not POSSIBLE, reason="il n’y a pas de fork")

EPOCH = 1_767_312_000
HOME, OTHER, MORE = "index.md", "essai/index.md", "essai/autre/index.md"


def staged(root: Path, staging: Path) -> dict[str, str]:
    """What an engine needs to build the pages of a project, with pages of our own; their texts by their paths."""
    configuration = read_settings(root)[0].for_engine() | {"site_url": "https://exemple.fr/depot/"}
    engine.prepare(root, staging, configuration)
    texts = {f"{page.path}index.md": page.text for page in Pages(read_project(root), DATE).pages((), ())}
    texts |= {
        OTHER: markdown("Essai", fragment("<p>Un</p>"), "## Deux {#deux}\n"),
        MORE: markdown("Autre", "Voir [deux](../index.md#deux)."),
    }
    put(staging, texts)
    return texts


def put(staging: Path, texts: dict[str, str]) -> None:
    write(staging / DOCS, dict(texts))


def files(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


@pytest.fixture(scope="module", params=["second_site", "names_site"])
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    staging = tmp_path_factory.mktemp("projet")
    return staging, staged(ROOT / "tests" / request.param, staging)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few pages, whose menu takes its titles from the pages."""
    staging = tmp_path_factory.mktemp("petit")
    configuration = read_settings(STRANGE)[0].for_engine() | {"nav": [HOME, {"Essai": OTHER}]}
    engine.prepare(STRANGE, staging, configuration)
    put(
        staging,
        {
            HOME: markdown("Accueil"),
            OTHER: markdown("Essai", "## Deux {#deux}\n"),
            MORE: markdown("Autre", "[deux](../index.md#deux)"),
        },
    )
    return staging


@pytest.fixture(scope="module")
def warm(small: Path) -> Iterator[Warm]:
    with Warm() as warm:
        warm.build(small, EPOCH)
        yield warm


def edits(texts: dict[str, str]) -> Iterator[dict[str, str | None]]:
    """Edits, one after the other, each on the text that the ones before have left."""
    now = dict(texts)
    some = sorted(name for name in now if "fragment" in now[name])[:: max(1, len(now) // 12)]
    for name in some:
        yield {name: now[name].replace("<p>", "<p>Édité &amp; «\u202fneuf\u202f» ", 1)}
    yield {name: now[name].replace('description: "', 'description: "Dit &amp; redit. ', 1) for name in some}
    yield {
        OTHER: markdown(
            "Essai", fragment("<p>Un</p>"), "## Deux {#deux}\n", "### Trois {#trois}\n", "## Quatre {#quatre}\n"
        )
    }
    yield {
        OTHER: markdown(
            "Titre &#38; neuf", "    du code\n\n*Vif* [ici](autre/index.md) `x` <b>y</b>\n", "## Deux {#deux}\n"
        )
    }
    yield {
        MORE: "\ufeff"
        + markdown(
            "Autre", "Voir\r\n[deux](../index.md#deux)\ret [moi](#titre).\r\n", meta='langue: "en"\ncherche: "non"\n'
        )
    }
    yield {OTHER: texts[OTHER], MORE: texts[MORE] + "\n\n## Fin {#fin}\n"}
    more = ("essai/zéro/index.md", "essai/a.md", "essai-2/index.md", "aa/index.md", "essai.d/index.md")
    yield {name: markdown(f"Page {rank}") for rank, name in enumerate(more)}
    under = "essai/autre/plus/index.md"
    yield {"essai/a.md": None, MORE: None, OTHER: markdown("Essai", "## Deux {#deux}"), under: markdown("Dessous")}
    yield {under: None, "aa/index.md": markdown("Revue")}
    yield {"aa/index.md": None}


def test_pages_made_again_are_those_of_a_whole_build(project: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    staging, texts = project
    with Warm() as warm:
        made = warm.build(staging, EPOCH)
        assert made.pages == len(texts)
        now = files(made.site)
        (staging / THEME).rename(staging / "parti")  # nothing of the folder is read again
        for changed in edits(texts):
            again = warm.pages(changed)
            assert not again.whole
            others = changed.keys() != texts.keys() & {page for page, text in changed.items() if text is not None}
            made_again = {engine.html_of(page) for page, text in changed.items() if text is not None}
            assert set(again.pages) == made_again | ({"404.html", "sitemap.xml"} if others else set())
            now |= again.pages
            for page, text in changed.items():
                if text is None:
                    del texts[page], now[engine.html_of(page)]
                else:
                    texts[page] = text
        (staging / "parti").rename(staging / THEME)
    shutil.rmtree(staging / DOCS)
    put(staging, texts)
    assert files(engine.build(staging, "mkdocs", EPOCH).site) == now


def test_a_whole_build_is_that_of_the_engine(small: Path, warm: Warm) -> None:
    found = [
        files(warm.build(small, EPOCH).site),
        files(engine.build(small, "mkdocs", EPOCH).site),
        files(warm.build(small, EPOCH).site),
    ]
    assert found[0] == found[1] == found[2]


def test_a_build_inherits_nothing(small: Path, warm: Warm, tmp_path: Path) -> None:
    """Another configuration, another theme, other pages, elsewhere; and a page of the one before is one more."""
    configuration = json.loads((small / SETTINGS).read_text(encoding="utf-8")) | {
        "site_name": "Autre nom",
        "nav": [HOME],
    }
    engine.prepare(STRANGE, tmp_path, configuration)
    (tmp_path / THEME / "partials" / "menu.html").write_text("<p>Autre menu</p>", encoding="utf-8", newline="")
    put(tmp_path, {HOME: markdown("Accueil")})
    found = files(warm.build(tmp_path, EPOCH + 100_000).site)
    assert found == files(engine.build(tmp_path, "mkdocs", EPOCH + 100_000).site)
    assert "Autre menu" in found["index.html"].decode()
    assert "Autre menu" in warm.pages({OTHER: markdown("Essai")}).pages["essai/index.html"].decode()
    warm.build(small, EPOCH)


WHOLE = {
    OTHER: (None, "essai/index.md n’existe plus"),
    HOME: (markdown("Autre accueil"), "le titre de index.md, que montre le menu, a changé"),
}


@pytest.mark.parametrize("page", WHOLE)
def test_what_a_page_alone_cannot_tell_is_said(warm: Warm, page: str) -> None:
    text, said = WHOLE[page]
    again = warm.pages({MORE: markdown("Autre", fragment("<p>1</p>")), page: text})
    assert (dict(again.pages), str(again.whole)[: len(said)]) == ({}, said)


def test_a_page_that_comes_or_goes_in_a_menu_of_all_pages_is_said(small: Path, tmp_path: Path) -> None:
    configuration = json.loads((small / SETTINGS).read_text(encoding="utf-8"))
    del configuration["nav"]
    engine.prepare(STRANGE, tmp_path, configuration)
    put(tmp_path, {HOME: markdown("Accueil"), OTHER: markdown("Essai")})
    with Warm() as warm:
        warm.build(tmp_path, EPOCH)
        assert "nouvelle/index.md est une page de plus" in str(
            warm.pages({"nouvelle/index.md": markdown("Neuve")}).whole
        )
        assert "essai/index.md n’existe plus" in str(warm.pages({OTHER: None}).whole)


def test_a_title_that_the_menu_does_not_take_is_no_reason(warm: Warm) -> None:
    assert not warm.pages({OTHER: markdown("Autre essai", "## Deux {#deux}\n")}).whole


WRONG = {
    "link": {OTHER: markdown("Essai", "[x](absente/index.md) [y](../autre) ![z](/a.png)\n\n## Deux {#deux}\n")},
    "anchor": {MORE: markdown("Autre", "[deux](../index.md#trois)")},
    "lost": {OTHER: markdown("Essai", "## Trois {#trois}\n")},
    "both": {
        OTHER: markdown("Essai", "[x](y.md)"),
        MORE: markdown("Autre", "[x](y.md)"),
        HOME: markdown("Accueil", "[x](y.md)"),
    },
    "fragment": {OTHER: markdown("Essai", "<!--fragment-->\n<p>a</p>\n")},
    "template": {MORE: markdown("Autre", meta='template: "absent.html"\n')},
}


@pytest.mark.parametrize("fault", WRONG)
def test_what_the_whole_build_refuses_is_refused_alike(small: Path, warm: Warm, fault: str) -> None:
    kept = {name: (small / DOCS / name).read_text(encoding="utf-8") for name in WRONG[fault]}
    with pytest.raises(EngineError) as alone:
        warm.pages(dict(WRONG[fault]))
    put(small, WRONG[fault])
    with pytest.raises(EngineError) as whole:
        engine.build(small, "mkdocs", EPOCH)
    put(small, kept)
    assert str(alone.value) == str(whole.value)
    assert set(warm.pages(dict(kept)).pages) == {engine.html_of(page) for page in kept}


def test_a_whole_build_that_fails_is_told_and_starts_nothing(small: Path, warm: Warm, tmp_path: Path) -> None:
    engine.prepare(
        STRANGE, tmp_path, {**json.loads((small / SETTINGS).read_text(encoding="utf-8")), "nav": ["absent.md"]}
    )
    put(tmp_path, {HOME: markdown("Accueil")})
    said = []
    for build in (lambda: warm.build(tmp_path, EPOCH), lambda: engine.build(tmp_path, "mkdocs", EPOCH)):
        with pytest.raises(EngineError, match=r"absent\.md") as found:
            build()
        said.append(str(found.value))
    assert said[0] == said[1]
    with pytest.raises(EngineError, match="n’a pas encore construit"):
        warm.pages({HOME: markdown("Accueil")})
    warm.build(small, EPOCH)


def test_pages_made_ahead_of_a_whole_build_are_those_that_it_makes(tmp_path: Path) -> None:
    texts = staged(SECOND, tmp_path)
    settings = json.loads((tmp_path / SETTINGS).read_text(encoding="utf-8"))
    with Warm() as warm:
        for rank in range(2):
            warm.build(tmp_path, EPOCH)
            settings["site_name"] = f"Un autre nom, {rank}"
            (tmp_path / SETTINGS).write_text(engine.written(settings), encoding="utf-8")
            other = markdown("Essai", fragment(f"<p>Le {rank}</p>"), "## Deux {#deux}\n")
            made = warm.ahead(tmp_path, EPOCH, [HOME, OTHER, "absent/index.md"], {OTHER: other})
            put(tmp_path, {OTHER: other})
            with pytest.raises(EngineError, match="n’a pas encore construit"):
                warm.pages({OTHER: other})
            site = warm.build(tmp_path, EPOCH).site
            assert set(made) == {engine.html_of(HOME), engine.html_of(OTHER)}
            assert all((site / path).read_bytes() == page for path, page in made.items())
            assert f"Un autre nom, {rank}".encode() in made[engine.html_of(HOME)]
        settings["nav"] = ["absent.md", "//"]
        settings["theme"] = {"name": "absent"}
        (tmp_path / SETTINGS).write_text(engine.written(settings), encoding="utf-8")
        assert warm.ahead(tmp_path, EPOCH, [HOME], {}) == {}
        with pytest.raises(EngineError, match="absent"):
            warm.build(tmp_path, EPOCH)
    assert HOME in texts


def test_the_end_of_the_process_is_told_and_another_one_serves(small: Path, warm: Warm) -> None:
    os.killpg(warm.number, signal.SIGKILL)
    with pytest.raises(EngineError, match="mkdocs s’est arrêté au milieu"):
        warm.pages({MORE: markdown("Autre", "Un mot." * 200_000)})
    with pytest.raises(EngineError, match="n’a pas encore construit"):
        warm.pages({MORE: markdown("Autre", "Un mot.")})
    warm.build(small, EPOCH)
    assert b"Un mot." in warm.pages({MORE: markdown("Autre", "Un mot.")}).pages["essai/autre/index.html"]
