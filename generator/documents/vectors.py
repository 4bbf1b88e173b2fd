"""SVG of others, published as it is: what in it would run, or load something, is found with its place. What may stand in it is
listed, not what may not: an image that is opened alone is a page of the site.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.parsers import expat

from generator.documents.sheets import loads
from generator.text.interface import Sentence, sentence

SVG, XHTML, MATHML, XLINK = (
    "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml", "http://www.w3.org/1998/Math/MathML",
    "http://www.w3.org/1999/xlink",
)  # fmt: skip
_LIVE = (XHTML, MATHML)  # other names than those of SVG that a browser runs
_FILTERS = "Blend ColorMatrix ComponentTransfer Composite ConvolveMatrix DiffuseLighting DisplacementMap DistantLight DropShadow Flood"
_FILTERS += " FuncA FuncB FuncG FuncR GaussianBlur Image Merge MergeNode Morphology Offset PointLight SpecularLighting SpotLight Tile"
_FILTERS += " Turbulence"
_SHAPES = (
    "svg g defs symbol use switch path rect circle ellipse line polyline polygon text tspan textPath title desc metadata style image "
    "linearGradient radialGradient stop pattern clipPath mask marker filter view"
)
_ELEMENTS = frozenset(_SHAPES.split()) | {f"fe{name}" for name in _FILTERS.split()}
_INSIDE = re.compile(r"\s*(?:#|\Z)")
_PICTURE = re.compile(r"\s*data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*\Z")

Wrong = tuple[int, int, Sentence]  # the line and the column from 1, and why


def wrong_in(data: bytes) -> Wrong | None:
    """The first thing that an SVG may not hold, None for one that is only a drawing."""
    return _Reading().read(data)


class _Reading:
    """One file: the parser stops at what is wrong."""

    def __init__(self) -> None:
        self.found: Wrong | None = None
        self.root = True
        self.style: list[str] | None = None
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._guarded(self._start)
        self.parser.EndElementHandler = self._guarded(self._end)
        self.parser.CharacterDataHandler = self._text
        self.parser.ProcessingInstructionHandler = self._guarded(self._instruction)
        self.parser.StartDoctypeDeclHandler = self._guarded(self._doctype)

    def read(self, data: bytes) -> Wrong | None:
        try:
            self.parser.Parse(data, True)
        except expat.ExpatError as error:
            reason = sentence("ce n’est pas du XML bien formé")
            self.found = self.found or (error.lineno, error.offset + 1, reason)
        except _Stop:
            pass
        return self.found

    def _guarded(self, handler: Callable[..., Sentence | None]) -> Callable[..., None]:
        """A handler that says why the file is refused, which ends the reading."""

        def run(*given: object) -> None:
            told = handler(*given)
            if told is not None:
                self.found = (self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1, told)
                raise _Stop

        return run

    def _start(self, tag: str, attributes: dict[str, str]) -> Sentence | None:
        space, _, name = tag.rpartition(" ")
        if self.root and (space, name) != (SVG, "svg"):
            return sentence('ce n’est pas un dessin SVG (xmlns="{space}")', space=SVG)
        self.root = False
        if space in _LIVE or (space in (SVG, "") and name not in _ELEMENTS):
            return sentence(
                "« <{name}> » n’y est pas permis : un dessin ne contient que des formes et du texte", name=name
            )
        if name == "style":
            self.style = []
        return next(filter(None, (_wrong_attribute(name, key, value) for key, value in attributes.items())), None)

    def _end(self, tag: str) -> Sentence | None:
        if self.style is None or tag.rpartition(" ")[2] != "style":
            return None
        css, self.style = "".join(self.style), None
        return _wrong_style(css)

    def _text(self, text: str) -> None:
        if self.style is not None:
            self.style.append(text)

    def _instruction(self, target: str, text: str) -> Sentence | None:
        return sentence("« <?{name}?> » n’y est pas permis", name=target)

    def _doctype(self, name: str, system: str | None, public: str | None, inner: int) -> Sentence | None:
        return sentence("il déclare des entités (<!DOCTYPE … [ … ]>)") if inner else None


class _Stop(Exception):
    """Enough is known."""


def _wrong_attribute(element: str, key: str, value: str) -> Sentence | None:
    """Why an attribute is refused."""
    name = key.rpartition(" ")[2]
    if name.lower().startswith("on"):
        return sentence("« {name} » lancerait un programme", name=name)
    if name in ("href", "src", "base") and not _INSIDE.match(value):
        if element in ("image", "feImage") and _PICTURE.match(value):
            return None
        return sentence("« {name} » mène hors du fichier", name=name)
    return _wrong_style(value) if "(" in value or "\\" in value else None


def _wrong_style(css: str) -> Sentence | None:
    """Why a style in the file is refused: it loads something that is not a part of the file."""
    found = next(loads(css), None)
    return None if found is None else sentence("« {text} » charge autre chose ou lance un programme", text=found.words)
