"""`python -m tests.bench --images`: what each image costs on the real content, in CPU milliseconds, none being kept from before."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from generator.commands.check import checked_project
from generator.packages import folder
from generator.pages import drawings
from generator.pages.all import Pages
from generator.site import images

ROOT = Path(__file__).resolve().parent.parent.parent
LIMIT = 60.0  # CPU milliseconds of an image
PASSES = 5


def measure() -> int:
    """Print the table; how many images miss the target."""
    drawings = drawn()
    images.png(next(iter(drawings.values())))  # the library is loaded once, and is no part of the measure
    found = {path: _one(svg) for path, svg in drawings.items()}
    spent = [milliseconds for milliseconds, _ in found.values()]
    slow = [path for path, (milliseconds, _) in found.items() if milliseconds > LIMIT]
    print(f"\nimages : contenu réel, {PASSES} passages, le moindre")
    for path, (milliseconds, size) in sorted(found.items()):
        print(f"  {_number(milliseconds):>6} ms{size / 1000:>6.0f} ko  {path}")
    print(
        f"  {len(found)} images, {_number(sum(spent) / 1000)} s de calcul en tout, {sum(s for _, s in found.values()) / 1e6:.1f} Mo"
    )
    print(f"  médiane {_number(statistics.median(spent))} ms, la plus longue {_number(max(spent))} ms")
    kinds = {
        "partage": [p for p in found if p.endswith("/partage.png")],
        "dessins": [p for p in found if p.startswith("dessins/")],
    }
    for kind, paths in kinds.items():
        times = [found[path][0] for path in paths]
        print(
            f"  {kind} : {len(times)}, médiane {_number(statistics.median(times))} ms, au plus {_number(max(times))} ms"
        )
    print(f"  {'MANQUÉ' if slow else 'atteint'}  {_number(LIMIT)} ms au plus par image")
    return len(slow)


def drawn() -> dict[str, str]:
    """The drawings of all the images that the pages of the real content name."""
    project = checked_project(ROOT)
    pages = Pages(project)
    for _ in pages.pages(folder.planned(project.catalogue, project.settings), ()):
        pass
    return {**pages.heads.drawings, **drawings.pictured(pages.ground)}


def _one(svg: str) -> tuple[float, int]:
    """The least of several passes, in milliseconds, and the bytes of the image."""
    spent = []
    for _ in range(PASSES):
        started = time.process_time()
        image = images.png(svg)
        spent.append(1000 * (time.process_time() - started))
    return min(spent), len(image)


def _number(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")
