"""The pages and the files of drawings, and how templates show one (`dessin`): figure, sentence, source, the same data as a table, what
to take away.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from html import escape
from pathlib import Path

from generator import layout
from generator.catalogue.figures import pictures
from generator.catalogue.reads import Memo
from generator.catalogue.records import Catalogue, Record
from generator.contracts.figures import Figure
from generator.contracts.model import Package
from generator.contracts.settings import Settings
from generator.pages.draft import Draft, Ground, Later, told
from generator.pages.figures.drawing import Drawing, Table
from generator.pages.figures.gallery import Gallery, Shown
from generator.pages.figures.marks import WIDTH
from generator.pages.views import View, Views
from generator.site import images
from generator.text.interface import say
from generator.writing import Writer

SVG, CSV, PNG = ".svg", ".csv", images.SUFFIX


@dataclass(frozen=True, slots=True)
class Context:
    """What the template of a drawing receives, in a page of its own or in another."""

    dessin: Drawing = told(
        "Le dessin : `title`, `description`, `notes`, `source`, `made`, `name`, et `inline()`, son SVG."
    )
    titre: str = told("Son titre, une prose dont les liens mènent aux données ; rien quand la page le dit déjà.")
    donnees: Table = told("Les mêmes données : `columns` (`name`, `title`, `numeric`) et `rows`.")
    lignes: list[View | None] = told("La ligne du site dont parle chaque ligne du tableau, quand il y mène ; ou rien.")
    adresse_du_dessin: str = told("L’adresse de sa page.")
    fichiers: list[tuple[str, str]] = told("Ses fichiers : leur adresse, leur format.")
    integrer: list[tuple[str, str]] = told("Ce qu’on écrit pour l’intégrer à un autre site : un nom, du HTML.")
    seul: bool = told("Si la page est la sienne.")
    ligne: View | None = told("La ligne dont c’est le dessin, ou rien.")
    jeu: Package = told("Le jeu de données dont il est fait.")


@dataclass(frozen=True, slots=True)
class GalleryContext:
    """What the template of the page of all drawings receives."""

    jeux: list[tuple[str, list[Shown]]] = told("Pour chaque jeu de données qui en a, son titre et ses dessins.")
    largeur: int = told("La largeur d’un dessin.")


def later(ground: Ground) -> Iterator[Later]:
    """The page of all drawings, and one for each; none on a site whose contracts declare none."""
    pictures = ground.gallery.pictures
    if pictures:
        yield Later(layout.words().drawings, tuple(pictures), lambda: _all(ground))
    for key, picture in pictures.items():
        yield Later(
            layout.drawing(picture.figure.package, key), (), partial(_alone, picture.figure, picture.owner, ground)
        )


def _all(ground: Ground) -> Draft:
    groups: dict[str, list[Shown]] = {}
    for picture in ground.gallery.pictures.values():
        shown = ground.gallery.of(picture.figure.name, picture.owner)
        if shown is not None:
            groups.setdefault(ground.package(picture.figure.package).title, []).append(shown)
    title, description = say("Dessins"), say("Tous les dessins du site, chacun avec ses données, à reprendre.")
    return Draft(
        layout.words().drawings, title, "drawings.html", GalleryContext(list(groups.items()), WIDTH), description
    )


def _alone(figure: Figure, owner: Record | None, ground: Ground) -> Draft:
    """The page of a drawing."""
    shown = ground.gallery.of(figure.name, owner)
    assert shown is not None
    drawing = shown.drawing
    context = _context(shown, ground.gallery, ground.views, alone=True, titled=owner is not None)
    context = replace(context, ligne=ground.views.of(owner) if owner is not None else None)
    title = drawing.title if owner is None else owner.label
    source = figure.position.path
    picture = (shown.file(PNG), drawing.title) if images.available() else None
    return Draft(shown.path, title, "drawing.html", context, drawing.description, source=source, picture=picture)


def functions(gallery: Gallery, views: Views, show: Callable[[Context], str]) -> dict[str, Callable[..., object]]:
    """What templates call these functions. `show`: renders the template of a drawing, as safe HTML."""
    kept: Memo[tuple[str, bool], str] = Memo()

    def drawing(name: str, record: View | None = None, titre: bool = True) -> str:
        shown = gallery.of(name, record.record if record is not None else None)
        if shown is None:
            return ""
        return kept((shown.picture.key, titre), lambda: show(_context(shown, gallery, views, titled=titre)))

    return {"dessin": drawing, "dessins": lambda view: gallery.of_row(view.record)}


def _context(shown: Shown, gallery: Gallery, views: Views, *, alone: bool = False, titled: bool) -> Context:
    settings = gallery.settings
    return Context(
        dessin=shown.drawing,
        titre=shown.title if titled else "",
        donnees=shown.table,
        lignes=[views.of(row) if row is not None else None for row in shown.table.records],
        adresse_du_dessin=shown.path,
        fichiers=[(shown.file(suffix), suffix[1:].upper()) for suffix in _suffixes()],
        integrer=list(_embedding(shown, settings)) if settings.site_url else [],
        seul=alone,
        ligne=None,
        jeu=gallery.catalogue.contracts.packages[shown.picture.figure.package],
    )


def _embedding(shown: Shown, settings: Settings) -> Iterator[tuple[str, str]]:
    """What other sites write to show a drawing; nothing without an address of the site."""
    page, image = settings.absolute(shown.path), settings.absolute(shown.file(SVG))
    title = escape(shown.drawing.title)
    yield (
        say("L’image, qui mène à sa page"),
        f'<a href="{page}"><img src="{image}" alt="{title}" width="{2 * WIDTH}"></a>',
    )
    yield (
        say("La page entière"),
        f'<iframe src="{page}" title="{title}" width="100%" height="800" loading="lazy"></iframe>',
    )


def paths(catalogue: Catalogue) -> Iterator[str]:
    """The paths of these files, before any drawing is made."""
    figures = (figure for package in catalogue.contracts.packages.values() for figure in package.figures)
    for picture in (picture for figure in figures for picture in pictures(figure, catalogue)):
        page = layout.drawing(picture.figure.package, picture.key)
        yield from (f"{page.removesuffix('/')}{suffix}" for suffix in _suffixes())


def _suffixes() -> tuple[str, ...]:
    """Those of the files of a drawing."""
    return (SVG, PNG, CSV) if images.available() else (SVG, CSV)


def pictured(ground: Ground) -> dict[str, str]:
    """The drawings of which the site has an image, by the paths of these images."""
    return {shown.file(PNG): shown.drawing.alone() for shown in ground.gallery.shown.values()}


def files(ground: Ground) -> Iterator[tuple[str, str]]:
    """The files of drawings but their images: their paths on the site and their texts."""
    for shown in ground.gallery.shown.values():
        yield shown.file(SVG), shown.drawing.alone()
        yield shown.file(CSV), _csv(shown.table)


def _csv(table: Table) -> str:
    """The data of a drawing as packages write theirs (RFC 4180)."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows(table.codes)
    return stream.getvalue()


def write(ground: Ground, folder: Path) -> int:
    """Write the files of drawings under a folder, as the site has them; how many."""
    writer, made = Writer(folder), list(files(ground))
    for path, text in made:
        writer.write(path, text)
    return len(made)
