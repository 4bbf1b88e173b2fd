"""What kinds of file a site publishes as they are, each known by the end of its name and by its first bytes."""

from __future__ import annotations

from dataclasses import dataclass

PICTURES = ("png", "jpg", "jpeg", "gif", "webp", "avif", "svg")
SHARED = ("png", "jpg", "jpeg")  # what is shown elsewhere of a page (https://ogp.me)
TEXTS = ("css", "csv", "json", "geojson", "svg", "txt")
# What a browser or a server would run, whatever it holds.
_RUN = (
    "html htm xhtml xht shtml mht mhtml js mjs cjs wasm xml xsl xslt hta php phtml asp aspx jsp cgi pl py rb sh bash bat cmd ps1 exe "
    "dll msi com scr jar app apk dmg vbs swf htaccess svgz webmanifest"
)
RUN = frozenset(_RUN.split())


@dataclass(frozen=True, slots=True)
class _Mark:
    """Bytes at a place of a file."""

    at: int
    bytes: bytes


# Source of each: its specification; for those of images and fonts, https://mimesniff.spec.whatwg.org/.
_MARKS: dict[str, tuple[tuple[_Mark, ...], ...]] = {
    "png": ((_Mark(0, b"\x89PNG\r\n\x1a\n"),),),
    "jpg": ((_Mark(0, b"\xff\xd8\xff"),),),
    "gif": ((_Mark(0, b"GIF87a"),), (_Mark(0, b"GIF89a"),)),
    "webp": ((_Mark(0, b"RIFF"), _Mark(8, b"WEBP")),),
    "avif": ((_Mark(4, b"ftypavif"),), (_Mark(4, b"ftypavis"),), (_Mark(4, b"ftypmif1"),)),
    "pdf": ((_Mark(0, b"%PDF-"),),),
    "woff2": ((_Mark(0, b"wOF2"),),),
    "ico": ((_Mark(0, b"\0\0\1\0"),),),
    "zip": ((_Mark(0, b"PK\x03\x04"),),),
}
_SAME = {"jpeg": "jpg"} | dict.fromkeys(("xlsx", "docx", "pptx", "ods", "odt", "odp"), "zip")
KINDS = (*_MARKS, *_SAME, *TEXTS)


def ending(path: str) -> str:
    """How the name of a file ends, without its full stop, in lower case; "" for a name that has no end."""
    _, dot, end = path.rpartition("/")[2].rpartition(".")
    return end.lower() if dot else ""


def kind_of(data: bytes) -> str:
    """The kind of file that bytes begin, "" when they are of none that is known."""
    fits = (kind for kind, ways in _MARKS.items() if any(all(_has(data, mark) for mark in way) for way in ways))
    return next(fits, "")


def _has(data: bytes, mark: _Mark) -> bool:
    return data[mark.at : mark.at + len(mark.bytes)] == mark.bytes


def agrees(end: str, data: bytes) -> bool:
    """Whether bytes are of the kind that the end of a name says; those of a text are read by others."""
    found = kind_of(data)
    return found == _SAME.get(end, end) if end not in TEXTS else not found
