"""Whether a file of CSV is written so plainly that all readers cut it into the same cells; any other is read by ours, and copied.

The readers of engines take what ours refuses (a quote astray, a NUL), strip what ours keeps (a space before a quote), or stop at what
ours reads (two kinds of line ends): none of that is plain. The number of records is a witness: an engine that counts others is not
believed.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.tables.source import NEWLINES, Dialect, Source

_CHUNK = 1 << 22
_PATTERNED = frozenset("*?[]{}")  # signs that engines read as patterns of names
_CONTROLS = bytes(byte for byte in range(0x20) if byte not in b"\t\n\r") + b"\x7f"


def plain_dialect(source: Source) -> bool:
    """Whether a source is of files that an engine may read itself, as far as its descriptor says."""
    d = source.dialect
    usual = Dialect(
        d.delimiter, d.terminator, header_rows=(1,) if d.header else (), header_join=d.header_join, case=d.case
    )
    return bool(
        source.files
        and d == usual
        and len(source.files) == 1
        and _PATTERNED.isdisjoint(str(source.files[0].path))
        and len(d.delimiter) == 1
        and d.delimiter not in '"\n\r'
        and d.terminator in NEWLINES[:2]
        and source.encoding.lower() in ("utf-8", "utf8")
        and not source.compression
        and not source.blank
    )


@dataclass(frozen=True, slots=True)
class Plain:
    """A plain file: how many records it has, its header among them, and how many lines."""

    records: int
    lines: int


def plain(path: Path, delimiter: str) -> Plain | None:
    """What is known of a plain file; None when it is not plain, or cannot be read."""
    try:
        return _plain(path, delimiter)
    except (UnicodeDecodeError, OSError):
        return None


def _plain(path: Path, delimiter: str) -> Plain | None:
    mark, inside, before, count, lines = delimiter.encode(), False, b"\n", 0, 0
    decode = codecs.getincrementaldecoder("utf-8")("strict").decode
    for chunk in _chunks(path):
        decode(chunk)
        if len(chunk.translate(None, _CONTROLS)) != len(chunk):
            return None
        outside = [chunk]
        if inside or b'"' in chunk:
            parts = chunk.split(b'"')
            outside = parts[inside::2]
            if any(b"\r" in part for part in parts[not inside :: 2]) or not _placed(before, parts, inside, mark):
                return None
            inside ^= len(parts) % 2 == 0
        ends = _ends(outside)
        if ends is None or (before == b"\n" and chunk[:1] in (b"\n", b"\r")):
            return None
        count, lines, before = count + ends, lines + chunk.count(b"\n"), chunk[-1:]
    decode(b"", True)
    left = before != b"\n"
    return None if inside else Plain(count + left, lines + left)


def _chunks(path: Path) -> Iterator[bytes]:
    """The bytes of a file by pieces, none of which parts a line of two bytes, nor two quotes; with no mark of byte order."""
    with path.open("rb") as file:
        chunk = file.read(_CHUNK).removeprefix(codecs.BOM_UTF8)
        while chunk:
            while chunk[-1:] in (b"\r", b'"') and (more := file.read(1)):
                chunk += more
            yield chunk
            chunk = file.read(_CHUNK)


def _placed(before: bytes, parts: list[bytes], inside: bool, mark: bytes) -> bool:
    """Whether each quote stands at an end of its cell, or is one of two within."""
    outside = parts[inside::2]
    starts, ends = (b"\n", mark), (b"\n", b"\r", mark)
    last = len(outside) - 1
    opens = not inside  # whether the first of the parts outside begins the chunk
    closes = (len(parts) - 1) % 2 == inside  # whether the last of them ends it
    for rank, part in enumerate(outside):
        first, final = rank == 0 and opens, rank == last and closes
        if not part and not first and not final:
            continue  # two quotes within a cell
        if not first and part and part[:1] not in ends:
            return False
        if not final and (part[-1:] or before) not in starts:
            return False
    return True


def _ends(parts: list[bytes]) -> int | None:
    """How many lines end in what is outside quotes; None when a line is blank, or ends by a return alone."""
    count = 0
    for part in parts:
        returns = part.count(b"\r")
        if returns and (returns != part.count(b"\r\n") or returns != part.count(b"\n")):
            return None
        if b"\n\n" in part or b"\n\r" in part:
            return None
        count += part.count(b"\n")
    return count
