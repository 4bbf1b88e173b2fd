"""A page, finished: what reaches the engine."""

from __future__ import annotations

from dataclasses import dataclass

from generator import layout
from generator.pages.draft import Draft
from generator.pages.markup import cut, front_matter, markdown_text, together
from generator.pages.renderer import Renderer


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


def finish(renderer: Renderer, draft: Draft) -> Page:
    """Render a draft into a page."""
    rendered = renderer.render(draft.template, draft.path, draft.names())
    body = together(cut(rendered), renderer.settings.vocabulary)
    edition = renderer.settings.edit_url(draft.source) if draft.source else ""
    about = draft.path.startswith((layout.DATA, layout.DOCUMENTATION))  # a page about the pages
    head = front_matter(
        title=draft.title, description=draft.description, edition=edition, fichier=draft.source,
        poids="0.3" if about else "", **draft.more,
    )  # fmt: skip
    heading = f"# {markdown_text(draft.title)} {{#{layout.TOP}}}\n"
    return Page(draft.path, draft.title, f"{head}{heading}\n{body}")
