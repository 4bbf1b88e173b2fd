"""SVG → PNG: the only module that knows resvg. Only the font of the machine is used, so that an image has the same bytes anywhere;
one that was already made from the same drawing is taken again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping as Map
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from generator.site.letters import BOLD, FAMILY, REGULAR
from generator.site.store import NONE, Store
from generator.writing import Writer, inside

SUFFIX = ".png"


@cache
def available() -> bool:
    """Whether the library of images is installed."""
    return find_spec("resvg_py") is not None


def png(svg: str) -> bytes:
    """An SVG as an image of the size that it says. Raises ValueError for what is no SVG."""
    from resvg_py import svg_to_bytes

    return bytes(
        svg_to_bytes(
            svg_string=svg, skip_system_fonts=True, font_files=[str(REGULAR), str(BOLD)],
            font_family=FAMILY, sans_serif_family=FAMILY, serif_family=FAMILY, monospace_family=FAMILY,
        )
    )  # fmt: skip


def write(drawings: Map[str, str], site: Path, kept: Path, before: Path, store: Store = NONE) -> int:
    """Write the image of each drawing, by its path in a site, and keep it under the print of what it is made from: those that a
    former build kept, in the folder `before` or in the store, are not made again. How many were not in the folder.
    """
    writer, keeper, known, made = Writer(site), Writer(kept), dict[str, bytes](), 0
    for path, svg in drawings.items():
        name = f"{_print(svg)}{SUFFIX}"
        if name not in known:
            old = inside(before, name) if before.is_dir() and not before.is_symlink() else None
            again = old is not None and old.is_file()
            known[name] = old.read_bytes() if old is not None and again else _made(svg, store)
            keeper.write(name, known[name])
            made += not again
        writer.write(path, known[name])
    return made


def _made(svg: str, store: Store) -> bytes:
    made = store.get("image", svg.encode())
    if made is None:
        made = png(svg)
        store.put("image", svg.encode(), made)
    return made


def _print(svg: str) -> str:
    """What an image is made from, in short: the drawing, the letters, the program."""
    return hashlib.sha256(f"{_tools()}\n{svg}".encode()).hexdigest()


@cache
def _tools() -> str:
    fonts = b"".join(path.read_bytes() for path in (REGULAR, BOLD))
    return f"{metadata.version('resvg-py')} {hashlib.sha256(fonts).hexdigest()}"
