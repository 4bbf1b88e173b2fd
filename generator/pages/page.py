"""A page, finished: what reaches the engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator import layout
from generator.diagnostics.finding import Diagnostic
from generator.pages.markup import cut, front_matter, markdown_text, together
from generator.pages.renderer import Renderer


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site at `path` (ends with /, or is empty for the home page)."""

    path: str
    title: str
    text: str  # Markdown, as the engine reads it
    blame: Diagnostic | None = None  # the fault to report when its address is already taken

    @property
    def file(self) -> str:
        """Its file under build/docs."""
        return f"{self.path}index.md"


def finish(
    renderer: Renderer,
    path: str,
    title: str,
    template: str,
    description: str = "",
    source: str = "",
    blame: Diagnostic | None = None,
    more: Mapping[str, str] | None = None,
    **context: object,
) -> Page:
    """Render a template into a page. `source` is the file of the repository to correct it in; `more` are properties for the
    theme.
    """
    body = together(cut(renderer.render(template, path, path=path, titre_de_page=title, fichier=source, **context)))
    edition = renderer.settings.edit_url(source) if source else ""
    weight = "0.3" if path.startswith((layout.DATA, layout.DOCUMENTATION)) else ""  # of a page about the pages
    head = front_matter(
        title=title, description=description, edition=edition, fichier=source, poids=weight, **(more or {})
    )
    heading = f"# {markdown_text(title)} {{#haut_de_page}}\n"
    return Page(path, title, f"{head}{heading}\n{body}", blame)
