"""A page, finished: what reaches the engine."""

from __future__ import annotations

from dataclasses import dataclass

from generator import layout
from generator.packages.extracts import table_file, whole_files
from generator.pages.cells import downloads_beside
from generator.pages.draft import Draft, Ground, names, told
from generator.pages.heads import Heads
from generator.pages.markup import cut, front_matter, markdown_text
from generator.pages.renderer import Renderer
from generator.pages.unbroken import together
from generator.text.interface import say
from generator.text.spoken import lowered


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site at `path` (ends with /, or is empty for the home page)."""

    path: str
    title: str
    text: str  # Markdown, as the engine reads it

    @property
    def file(self) -> str:
        """Its file under build/docs."""
        return f"{self.path}index.md"


@dataclass(frozen=True, slots=True)
class ExtractContext:
    """What the template receives that leads, under a page, to the files that hold what it shows."""

    ensemble: str = told("Les liens vers les fichiers qui contiennent tout, en HTML.")
    tables: str = told("Ceux des autres, un par table, avec leur nombre de lignes, en HTML.")
    edition: str = told("La version des données de la page et sa date, ou rien.")
    adresse: str = told("L’adresse publique de la page, ou rien si le site n’en a pas.")


HERE = ""  # the folder of a page, from which its own files are named
ABOUT = "0.3"  # how much a page about others counts in the search


def finish(renderer: Renderer, draft: Draft, ground: Ground, heads: Heads) -> Page:
    """Render a draft into a page."""
    rendered = renderer.render(draft.template, draft.path, draft.names())
    rendered += _extract(renderer, draft, ground, heads)
    body = together(cut(rendered), renderer.settings.vocabulary)
    edition = renderer.settings.edit_url(draft.source) if draft.source else ""
    linked = [
        {"rel": link.relation, "type": link.mediatype, "href": link.path, "title": link.title} for link in draft.links
    ]
    picture = heads.properties(draft)
    version = heads.version(draft.shared) if draft.shared is not None else ""
    head = front_matter(
        linked, heads.data(draft, picture.get("image", "")), title=draft.title, description=draft.description,
        edition=edition, fichier=draft.source, edition_donnees=version,
        **(_kind(draft) | dict(draft.more)), **picture,
    )  # fmt: skip
    heading = f"# {markdown_text(draft.title)} {{#{layout.TOP}}}\n"
    return Page(draft.path, draft.title, f"{head}{heading}\n{body}")


def _kind(draft: Draft) -> dict[str, str]:
    """What a page is to readers who search, unless its draft says it: those about other pages count less, and what is for those who
    write is in no answer.
    """
    if draft.path.startswith(layout.words().documentation):
        return {"cherche": "non"}
    if draft.path.startswith(layout.words().drawings):
        return {"genre": say("Dessin"), "poids": ABOUT}
    if draft.path.startswith(layout.words().data):
        return {"genre": say("Données à télécharger"), "poids": ABOUT}
    return {"genre": say("Page")}


def _extract(renderer: Renderer, draft: Draft, ground: Ground, heads: Heads) -> str:
    """What leads to the files that hold what a page shows, and says where it stands; "" when it shows no row."""
    path, shared = draft.path, draft.shared
    counts = ground.extracts.counts(path)
    if not counts:
        return ""
    resources = ground.project.catalogue.contracts.resources
    whole = downloads_beside((file, title, None) for file, title in whole_files(HERE))
    tables = downloads_beside((table_file(HERE, name), lowered(resources[name].title), rows) for name, rows in counts)
    edition = heads.version(shared) if shared is not None else ""
    context = ExtractContext(whole, tables, edition, renderer.settings.absolute(path))
    return renderer.render("extract.html", path, names(context))
