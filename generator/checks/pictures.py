"""The images of prose pages: each is a file of content/fichiers/ that a browser shows, with words for who does not see it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.project import Project
from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.diagnostics.suggestions import nearest
from generator.documents.signatures import PICTURES, ending
from generator.layout import FILES, FILES_SHOWN
from generator.prose.markdown import Link, read
from generator.prose.passages import Lines, passages
from generator.text.characters import blank


def check(project: Project, lines: Lines) -> Iterator[Diagnostic]:
    """Images without words, files that are not there, or that are no image."""
    pictures = [path for path in project.files if ending(path) in PICTURES]
    for passage in passages(project.catalogue, project.articles):
        if passage.is_page and "![" in passage.text:
            for image in read(passage.text).images:
                if image.target.startswith(FILES_SHOWN):
                    yield from _wrong(image, passage.at(image.offset, image.length, lines), project, pictures)


def _wrong(image: Link, place: Position, project: Project, pictures: list[str]) -> Iterator[Diagnostic]:
    target = image.target
    if target not in project.files:
        message = "L’image « {target} » n’est pas dans {folder}/."
        hint = "Ajoutez-y le fichier, ou corrigez son nom."
        yield fault("image-de-page", place, message, hint, nearest(target, pictures), target=target, folder=FILES)
    elif target not in pictures:
        message = "« {target} » n’est pas une image."
        hint = "Écrivez un lien, sans le point d’exclamation."
        yield fault("image-de-page", place, message, hint, f"[{image.text}]({target})", target=target)
    elif blank(image.text):
        message = "Cette image n’a pas de mots : qui ne la voit pas n’en saurait rien."
        hint = "Écrivez entre les crochets ce qu’elle montre : ![ce qu’elle montre]({target})."
        yield fault("image-de-page", place, message, hint, target=target)
