"""Colours: what a text names, how far two are apart for the eye (WCAG 2.2, contrast ratio), the nearest that can be read."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterable

READABLE = 4.5  # the least contrast of a text (WCAG 2.2, 1.4.3, level AA)
_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_STEPS = 200  # of lightness, between black and white

# Names of Material for MkDocs: its colours for headers and links, then for what is pointed at
# (https://squidfunk.github.io/mkdocs-material/setup/changing-the-colors/).
PRIMARY = {
    "red": "#ef5552", "pink": "#e92063", "purple": "#ab47bd", "deep purple": "#7e56c2", "indigo": "#4051b5",
    "blue": "#2094f3", "light blue": "#02a6f2", "cyan": "#00bdd6", "teal": "#009485", "green": "#4cae4f",
    "light green": "#8bc34b", "lime": "#cbdc38", "yellow": "#ffec3d", "amber": "#ffc105", "orange": "#ffa724",
    "deep orange": "#ff6e42", "brown": "#795649", "grey": "#757575", "blue grey": "#546d78", "black": "#000000",
}  # fmt: skip
ACCENT = {
    "red": "#ff1947", "pink": "#f50056", "purple": "#df41fb", "deep purple": "#7c4dff", "indigo": "#526cfe",
    "blue": "#4287ff", "light blue": "#0091eb", "cyan": "#00bad6", "teal": "#00bda4", "green": "#00c753",
    "light green": "#63de17", "lime": "#b0eb00", "yellow": "#ffd500", "amber": "#ffaa00", "orange": "#ff9100",
    "deep orange": "#ff6e42",
}  # fmt: skip


def read(text: str, names: dict[str, str]) -> str:
    """`#17545e`, `#abc` or one of the names → `#rrggbb`; "" for what is no colour."""
    written = text.strip().lower()
    if _HEX.fullmatch(written):
        return written if len(written) == 7 else "#" + "".join(2 * digit for digit in written[1:])
    return names.get(re.sub(r"[-_ ]+", " ", written), "")


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black and white)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def readable(colour: str, papers: Iterable[str], least: float = READABLE) -> bool:
    """Whether a text of this colour can be read on each paper."""
    return all(contrast(colour, paper) >= least for paper in papers)


def nearest(colour: str, papers: Iterable[str], least: float = READABLE) -> str:
    """The colour of the same hue, and of the nearest lightness, that can be read on papers that are all light, or all dark."""
    known = tuple(papers)
    if readable(colour, known, least):
        return colour
    hue, light, saturation = colorsys.rgb_to_hls(*_parts(colour))
    end = 0.0 if _luminance(known[0]) > 0.18 else 1.0  # half way for the eye
    for step in range(1, _STEPS + 1):
        found = _written(colorsys.hls_to_rgb(hue, light + (end - light) * step / _STEPS, saturation))
        if readable(found, known, least):
            return found
    return "#000000" if end == 0 else "#ffffff"


def stronger(colour: str, by: float) -> str:
    """A colour nearer to black (`by` under 0) or to white, as a share of the way there."""
    end = 0.0 if by < 0 else 1.0
    return _written(tuple(part + (end - part) * abs(by) for part in _parts(colour)))


def _parts(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))


def _written(parts: Iterable[float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def _luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
