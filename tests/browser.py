"""A small site built from settings of its own (sample/mkdocs.yml) and the real theme, and a Chromium to read it with.

Fixtures, which conftest.py gives to every module: `browser`, `page` (a visit), `site` (the sample, by each engine in turn).

CHROMIUM names the browser; otherwise the first one found in PATH (a Chromium without windows opens a page at a quarter of the cost).
Without any, the tests are skipped, aloud.
"""

from __future__ import annotations

import functools
import http.server
import os
import re
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from generator import layout
from generator.contracts.settings import read_settings
from generator.site import engine, gate, search

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

SAMPLE = Path(__file__).resolve().parent / "sample"
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# With each window, Chromium prepares two pages for what its address bar may show: two thirds of what a page costs.
# It hears the last `--disable-features` alone: what Playwright asks of it comes again.
UNUSED = (
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup", "PreloadTopChromeWebUI"),
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable"),
    *("LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect"),
    *("OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch"),
)  # fmt: skip
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(UNUSED)}",
)

RICH = """
<p class="chapo">Une maïeutique &amp; des œuvres, à l’École qu’impose l’État.</p>
<nav class="fil" aria-label="Fil d’Ariane"><ol><li><a href="../">Accueil</a></li><li aria-current="page">Ici</li></ol></nav>
<div class="chiffres"><div class="chiffre"><p class="chiffre__valeur">71 %</p><p class="chiffre__libelle">des lieux</p>
<p class="source">Source : <a href="https://exemple.fr/etude">Une étude</a>, p. 4 <span class="ligne" data-pagefind-ignore>
<a href="https://exemple.fr/blob#L3">voir la ligne<span class="visuellement-cache"> de « 71 % » dans le dépôt</span></a>
<a href="https://exemple.fr/issues/new?a=1&amp;b=2">signaler une erreur<span class="visuellement-cache"> sur « 71 % »</span></a></span></p>
<details class="lien-a-ecrire" data-pagefind-ignore><summary>lien à écrire<span class="visuellement-cache"> pour citer « 71 % »</span></summary>
<code>[71 %]&#40;chiffre:difficultes-de-recrutement/une-observation-dont-l-identifiant-est-long)</code></details></div></div>
<dl class="fiche"><dt>Période</dt><dd>2020</dd><dt>Mots</dt>
<dd><ul class="etiquettes"><li><span class="etiquette etiquette--succes">vérifié</span></li>
<li><span class="etiquette etiquette--alerte">à revoir</span></li></ul></dd></dl>
<div class="face-a-face"><section class="chiffre"><p class="chiffre__valeur">1</p></section>
<section class="chiffre"><p class="chiffre__valeur">2</p></section></div>
<div class="attention"><p class="titre">Attention</p><p>Un <a href="#tableau">lien</a>, <code>code</code>.</p></div>
<ul class="cartes"><li><p class="carte__titre"><a href="../">Une carte</a></p><p>Texte</p></li></ul>
<ul class="compacte repliee"><li id="replie"><details><summary>Un nom</summary><p>Ce qui en est dit</p></details></li></ul>
<ul class="apercu"><li><a href="#dedans">3 lignes</a></li></ul><details><summary>Trois lignes</summary><ul class="elements">
<li id="dedans"><p class="element__texte">Une ligne</p><div class="element__pied"><p class="source">p. 4</p></div></li></ul></details>
<form method="get" action="./"><p class="champ"><label for="nom">Nom</label><input id="nom" name="nom"></p>
<p class="actions"><button type="submit">Envoyer</button> <a class="bouton bouton--second" href="../">Retour</a></p></form>
<pre tabindex="0"><code>\ttabulation   gardée\n\n\n  et lignes vides</code></pre>
"""
TABLE = (
    '<div class="tableau" role="region" tabindex="0" aria-labelledby="legende"><table><caption id="legende">Douze années</caption>'
    + '<thead><tr><th scope="col">Lieu</th>'
    + "".join(f'<th scope="col" class="nombre">Année {year}</th>' for year in range(2010, 2022))
    + '</tr></thead><tbody><tr id="ligne-1"><th scope="row">France</th>'
    + "".join(f'<td class="nombre">{year} 000,5</td>' for year in range(2010, 2022))
    + "</tr></tbody></table></div>"
)
SEARCH = """
<form class="recherche" role="search" method="get" action="./"><label for="recherche-champ">Que cherchez-vous ?</label>
<input id="recherche-champ" name="q" type="search"><button type="submit">Rechercher</button></form>
<div id="recherche-reponse">
<p id="recherche-etat" role="status" data-en-cours="Recherche en cours…" data-panne="La recherche n’a pas pu être chargée."
  data-aucune="Aucune page trouvée pour « {question} »." data-une="1 page trouvée pour « {question} »."
  data-plusieurs="{combien} pages trouvées pour « {question} »." data-suite="Afficher la suite ({suite})" data-source="Source : {source}"
  data-relachee="Aucun résultat avec tous les mots." data-corrigee="Aucune page n’a « {ecrit} » : voici pour « {lu} »." data-tous="Tout"></p>
<p id="recherche-genres" hidden><label for="recherche-genre">Montrer</label> <select id="recherche-genre"></select></p>
<div id="recherche-resultats"></div></div>
<noscript><p>Sans JavaScript : <a href="../">l’accueil</a>.</p></noscript>
"""


def fragment(html: str) -> str:
    return f"<!--fragment-->\n{html}\n<!--fin-->\n"


def markdown(title: str, *blocks: str, meta: str = "") -> str:
    """One page as the generator writes it; `title` is taken as already encoded."""
    head = f'---\ntitle: "{title}"\ndescription: "Une page d’essai"\n{meta}---\n# {title} {{#titre}}\n'
    return "\n".join((head, *blocks))


def write_docs(docs: Path) -> None:
    """The pages that the settings name (menu and footer), a rich one, the search page and the one for lost addresses."""
    configuration = (SAMPLE / layout.SETTINGS).read_text(encoding="utf-8")
    named = re.findall(r": ([a-z0-9/-]*index\.md)\s*$", configuration, re.MULTILINE)
    named += [f"{folder}index.md" for folder in re.findall(r"page: ([a-z0-9/-]+/)\}", configuration)]
    pages = {
        path: markdown(f"Page {number}", fragment("<p>Un texte.</p>"), meta='genre: "Page"\n')
        for number, path in enumerate(named)
    }
    pages["riche/index.md"] = markdown(
        "Œuvre &#38; &#60;b&#62;maïeutique&#60;&#47;b&#62;",
        fragment(RICH),
        "## Le tableau {#tableau}\n",
        fragment(TABLE),
        "### Détail {#detail}\n\n## Fin {#fin}\n",
        meta='genre: "Essai"\ncontexte: "&lt;b&gt;Suite&lt;/b&gt;"\nchiffres: "71 %"\nselon: "Une étude"\n'
        'edition: "https://exemple.fr/edit/main/content/x.yaml"\nfichier: "content/x.yaml"\n'
        'signaler: "https://exemple.fr/issues/new?ligne=x&amp;valeur=71%20%25"\nlien: "[71 %]&#40;chiffre:x/y)"\n',
    )
    pages["guide/index.md"] = markdown("Guide", fragment("<p>Les coulisses.</p>"), meta='cherche: "non"\n')
    pages["recherche/index.md"] = markdown("Rechercher", fragment(SEARCH))
    for path, text in pages.items():
        (docs / path).parent.mkdir(parents=True, exist_ok=True)
        (docs / path).write_text(text, encoding="utf-8", newline="")


def prepare(staging: Path) -> None:
    """The sample pages, with its configuration and the theme."""
    engine.prepare(SAMPLE, staging, read_settings(SAMPLE)[0].for_engine())
    write_docs(staging / layout.DOCS)


def build_sample(staging: Path, name: str) -> Path:
    """The sample, built and finished as the real site is; its folder."""
    prepare(staging)
    site = engine.build(staging, name, 1_700_000_000).site
    search.index(site)
    wrong = gate.settle(site, (layout.words().manifest,))
    assert wrong == (), wrong
    (site / layout.words().manifest).write_text("{}", encoding="utf-8", newline="")  # every page leads to it
    return site


class _Handler(http.server.SimpleHTTPRequestHandler):
    """A host of static files: under a sub-folder, and with 404.html for what it does not have."""

    def __init__(self, *args: object, prefix: str, directory: str) -> None:
        self.prefix = prefix
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        plain = urlsplit(path).path
        if not plain.startswith(self.prefix):
            return str(Path(self.directory, "hors-du-site"))
        return super().translate_path("/" + plain.removeprefix(self.prefix))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory, "404.html")
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


class Server(http.server.ThreadingHTTPServer):
    """A server that says nothing of those who leave before the end."""

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@contextmanager
def served(folder: Path, prefix: str = "/") -> Iterator[str]:
    """Serve `folder` on localhost, at `prefix`; gives the address of its root, with the final slash."""
    handler = functools.partial(_Handler, prefix=prefix, directory=str(folder))
    server = Server(("127.0.0.1", 0), handler)  # type: ignore[arg-type]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{prefix}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def executable() -> str | None:
    names = (os.environ["CHROMIUM"],) if os.environ.get("CHROMIUM") else BROWSERS
    return next((found for name in names if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = executable()
    if path is None:
        pytest.skip(
            "AUCUN NAVIGATEUR : installez Chromium ou donnez son chemin dans CHROMIUM ; le site n’a pas été essayé"
        )
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield chromium
        chromium.close()


@dataclass
class Visit:
    """One page in the browser, and what happened while it was read."""

    page: Page
    root: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @property
    def foreign(self) -> list[str]:
        return [url for url in self.requests if not url.startswith((self.root, "data:", "blob:"))]


@pytest.fixture
def page(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """`page(folder, "address/", width=360, scheme="dark", javascript=False, prefix="/sous/")` → Visit."""
    closing: list[Callable[[], object]] = []

    def visit(
        folder: Path,
        address: str = "",
        *,
        width: int = 1280,
        scheme: str = "light",
        javascript: bool = True,
        prefix: str = "/",
    ) -> Visit:
        server = served(folder, prefix)
        root = server.__enter__()
        closing.append(lambda: server.__exit__(None, None, None))
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,  # type: ignore[arg-type]
            java_script_enabled=javascript,
        )
        closing.append(context.close)
        seen = Visit(context.new_page(), root)
        seen.page.on("request", lambda request: seen.requests.append(request.url))
        seen.page.on("console", lambda message: seen.complaints.append(message.text))
        seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        seen.page.goto(root + address)
        if "?q=" in address and javascript:
            seen.page.locator("#recherche-etat", has_text="trouvée").wait_for()
        return seen

    yield visit
    for close in reversed(closing):
        close()


_WATCH = """() => {
  window.deplacements = [];
  const noter = (seen) => window.deplacements.push(...seen.map((each) => each.value));
  window.guet = new PerformanceObserver((list) => noter(list.getEntries()));
  window.guet.observe({ type: "layout-shift" });
}"""
_PAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
_MOVED = "() => [...window.deplacements, ...window.guet.takeRecords().map((each) => each.value)]"


def moved_by(visit: Visit, script: str, address: str) -> list[float]:
    """How far what is on a page moves when a script of the theme comes after all the rest was painted. What moves before, while a
    page is half there (the columns of a table, as its rows come), is not the doing of the script.
    """
    held: list[Route] = []
    visit.page.route(f"**/assets/{script}.js", lambda route: held.append(route))
    visit.page.goto(visit.root + address, wait_until="commit")
    visit.page.locator("#__pied").wait_for(state="attached")
    while not held:
        visit.page.wait_for_timeout(10)
    visit.page.evaluate(_PAINTED)
    visit.page.evaluate(_WATCH)
    held[0].continue_()
    visit.page.wait_for_load_state("load")
    visit.page.evaluate(_PAINTED)
    moved: list[float] = visit.page.evaluate(_MOVED)
    return moved


@pytest.fixture(scope="session", params=engine.ENGINES)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site, by each engine in turn."""
    return build_sample(tmp_path_factory.mktemp(request.param), request.param)
