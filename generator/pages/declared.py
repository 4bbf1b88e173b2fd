"""The pages that packages declare: `record` (one per record), `index` (the records of a table) and `page` (anything)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.contracts.model import Page as Declared
from generator.contracts.types import canonical
from generator.pages import addresses
from generator.pages.page import Page, finish
from generator.pages.renderer import Renderer
from generator.pages.views import View
from generator.prose.markdown import plain
from generator.text import links
from generator.text.french import french
from generator.text.links import without_links


def render(declared: Declared, renderer: Renderer) -> Iterator[Page]:
    """The page or pages of a declaration."""
    template = declared.template_name
    if declared.kind != "record":
        fiches = renderer.views.table(declared.resource) if declared.resource else []
        blame = addresses.taken(declared.path, declared)
        yield finish(
            renderer, declared.path, declared.title, template, declared.description, "", blame,
            fiches=fiches, page=declared, options=declared.options, ancrees=_anchored(declared, renderer),
            vedettes=put_forward(declared, renderer),
        )  # fmt: skip
        return
    fiches = renderer.views.table(declared.resource)
    steps = _steps(declared, renderer)
    for rank, fiche in enumerate(fiches):
        record = fiche.record
        path = addresses.fill(declared.path, record)
        named = re.sub(r"\{([a-z0-9_]+)\}", lambda m, r=record: canonical(r[m.group(1)]), declared.title)  # type: ignore[misc]
        title = without_links(named)
        description = _description(fiche) or declared.description
        yield finish(
            renderer, path, title, template, description, record.document.path, addresses.taken(path, record),
            fiche=fiche, page=declared, options=declared.options,
            etapes=steps, enfants=lambda view: _nested(view, renderer), renvois_de=lambda view: _referring(view, renderer),
            precedent=fiches[rank - 1] if rank else None, suivant=fiches[rank + 1] if rank + 1 < len(fiches) else None,
        )  # fmt: skip


def moved(resource: str, renderer: Renderer) -> Iterator[Page]:
    """The pages left at the old addresses of the records of a table: each leads to the new one."""
    for view in renderer.views.table(resource):
        for path in renderer.addresses.former(view.record):
            blame = addresses.taken(path, view.record, former=True)
            title = f"{view} : nouvelle adresse"
            new = links.relative(path, renderer.addresses.of(view.record))
            yield finish(
                renderer, path, french(title), "moved.html", "", "", blame, {"nouvelle_adresse": new}, fiche=view
            )


def put_forward(declared: Declared, renderer: Renderer) -> list[View]:
    """The records that a page puts forward, in the order in which its contract names them."""
    named = (renderer.views.named(resource, key) for resource, keys in declared.put_forward.items() for key in keys)
    return [view for view in named if view is not None]


def _steps(declared: Declared, renderer: Renderer) -> list[tuple[str, str]]:
    """The index page above a record, when its package declares one there."""
    package = renderer.views.catalogue.contracts.packages[declared.package]
    return [
        (p.title, p.path) for p in package.pages if p.kind != "record" and p.path and declared.path.startswith(p.path)
    ]


def _anchored(declared: Declared, renderer: Renderer) -> list[dict[str, object]]:
    """The other tables that an index page shows whole, so that their records have an address."""
    found: list[dict[str, object]] = []
    for name in declared.anchors:
        rows = renderer.views.table(name)
        if name != declared.resource and rows:
            resource = rows[0].record.resource
            columns = [f.name for f in resource.shown if any(row[f.name] is not None for row in rows)]
            first = [resource.label] if resource.label in columns else []
            found.append(
                {"table": resource, "lignes": rows, "colonnes": first + [c for c in columns if c not in first]}
            )
    return found


def _nested(fiche: View, renderer: Renderer) -> list[dict[str, object]]:
    """The lists nested in a record: the resource, the rows, and the columns to show (those that are not filled by us)."""
    found: list[dict[str, object]] = []
    for child in renderer.views.catalogue.contracts.children(fiche.record.resource.name):
        rows = renderer.views.children(fiche.record, child.name)
        columns = [f.name for f in child.shown if not f.filled and any(row[f.name] is not None for row in rows)]
        found.append({"table": child, "lignes": rows, "colonnes": columns})
    return found


def _referring(fiche: View, renderer: Renderer) -> list[dict[str, object]]:
    """The records that name this one, table by table; nested rows are already shown."""
    found: list[dict[str, object]] = []
    for resource in renderer.views.catalogue.contracts.resources.values():
        if resource.rows.kind == "within" and resource.rows.parent == fiche.record.resource.name:
            continue
        if any(key.resource == fiche.record.resource.name for key in resource.foreign_keys):
            rows = renderer.views.referring(fiche.record, resource.name)
            if rows:
                found.append({"table": resource, "lignes": rows})
    return found


def _description(fiche: View) -> str:
    """The first prose of a record, for search engines and shared links."""
    for place, field in enumerate(fiche.record.resource.fields):
        value = fiche.record.values[place]
        if field.prose and isinstance(value, str):
            text = plain(value)
            return text if len(text) <= 200 else text[:199].rsplit(" ", 1)[0] + "…"
    return ""
