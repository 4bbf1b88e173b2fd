"""What the drawings of the real content cost: CPU for all, time for each, bytes in a page."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

from generator.catalogue.figures import Picture
from generator.commands.check import checked_project
from generator.pages.figures.gallery import Gallery
from generator.pages.figures.kinds import kinds

ROOT = Path(__file__).resolve().parent.parent.parent
PASSES = 5  # the least of which counts
MOST_CPU = 0.3  # seconds, for all
MOST_MEDIAN = (0.001, 4_000)  # seconds and bytes of the median drawing
MOST_BYTES = 16_000  # of any


def measure() -> list[str]:
    """Print the figures; the targets that are missed."""
    project = checked_project(ROOT)
    whole = min(_all(Gallery(project.catalogue, project.settings)) for _ in range(PASSES))
    shown = list(Gallery(project.catalogue, project.settings).shown.values())
    each = median(_one(figure.picture) for figure in shown)
    sizes = sorted((len(figure.drawing.inline().encode()), figure.picture.key) for figure in shown)
    middle, (largest, name) = int(median(size for size, _ in sizes)), sizes[-1]
    rows = [
        ("tous les dessins, rangés, dessinés, écrits deux fois (page et fichier), processeur", whole, MOST_CPU, "s"),
        ("dessin médian, temps", each * 1000, MOST_MEDIAN[0] * 1000, "ms"),
        ("dessin médian, taille dans une page", middle, MOST_MEDIAN[1], "octets"),
        (f"le plus grand ({name})", largest, MOST_BYTES, "octets"),
    ]
    print(f"{len(shown)} dessins.")
    for told, found, most, unit in rows:
        print(f"{told} : {found:.4g} {unit} (au plus {most:g})".replace(".", ","))
    return [told for told, found, most, _ in rows if found > most]


def _all(gallery: Gallery) -> float:
    started = time.process_time()
    for figure in gallery.shown.values():
        figure.drawing.inline()
        figure.drawing.alone()
    return time.process_time() - started


def _one(picture: Picture) -> float:
    draw = kinds()[picture.figure.kind].draw
    started = time.process_time()
    draw(picture)
    return time.process_time() - started
