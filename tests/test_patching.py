"""Passages of a file are replaced; every other byte stays."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text.patching import Edit, OverlapError, patched

LINES = st.lists(st.text(alphabet="aé\u0301 :-#\u202f€𝄞", max_size=8), min_size=1, max_size=6)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])


def edit(line: int, column: int, length: int, text: str) -> Edit:
    return Edit("a.yaml", (line, column), (line, column + length), text)


def test_a_value_is_replaced() -> None:
    data = b"id: a # note\nvaleur: 12\n"
    assert patched(data, [edit(2, 9, 2, "13")]) == b"id: a # note\nvaleur: 13\n"


def test_bom_line_ends_and_composition_stay() -> None:
    data = "\ufeffe\u0301te\u0301: a\r\nb: c\r\n".encode()
    assert patched(data, [edit(1, 6, 1, "z\ny")]) == "\ufeffe\u0301te\u0301: z\r\ny\r\nb: c\r\n".encode()


def test_an_accent_that_no_letter_takes_is_a_character_like_another() -> None:
    data = "::\u0301a\u0301".encode()
    assert patched(data, [edit(1, 3, 2, "X")]) == b"::X"
    assert patched(data, [edit(1, 4, 1, "X")]) == "::\u0301X".encode()


def test_insertions_at_both_ends() -> None:
    data = b"a: b\n"
    assert patched(data, [edit(1, 1, 0, "x: y\n"), edit(2, 1, 0, "c: d\n")]) == b"x: y\na: b\nc: d\n"
    assert patched(b"a: b", [edit(1, 5, 0, "\nc: d")]) == b"a: b\nc: d"


@pytest.mark.parametrize("wrong", [edit(3, 1, 0, ""), edit(1, 9, 0, ""), edit(0, 1, 0, ""), edit(1, 0, 0, "")])
def test_outside(wrong: Edit) -> None:
    with pytest.raises(OverlapError):
        patched(b"a: b\n", [wrong])


def test_overlap() -> None:
    with pytest.raises(OverlapError):
        patched(b"a: bcd\n", [edit(1, 4, 2, "x"), edit(1, 5, 2, "y")])


@given(LINES, ENDS, st.data())
def test_every_other_byte_stays(lines: list[str], end: str, data: st.DataObject) -> None:
    """The text as it is read, edited, is what is read of the edited bytes; what stands before and after has its bytes."""
    lines = [line for line in lines if not line.startswith("\u0301")] or ["a"]
    read = [unicodedata.normalize("NFC", line) for line in lines]
    number = data.draw(st.integers(1, len(lines)))
    line = read[number - 1]
    start = data.draw(st.integers(0, len(line)))
    stop = data.draw(st.integers(start, len(line)))
    if stop < len(line) and unicodedata.combining(line[stop]):
        stop = len(line)
    written = end.join(lines).encode()
    found = patched(written, [edit(number, start + 1, stop - start, "X")])
    expected = [*read[: number - 1], line[:start] + "X" + line[stop:], *read[number:]]
    assert [unicodedata.normalize("NFC", each) for each in found.decode().split(end)] == [
        unicodedata.normalize("NFC", each) for each in expected
    ]
    before = end.join(lines[: number - 1]).encode()
    after = end.join(lines[number:]).encode()
    assert found.startswith(before)
    assert found.endswith(after)


@given(LINES, ENDS)
def test_nothing_changes_nothing(lines: list[str], end: str) -> None:
    written = end.join(lines).encode()
    assert patched(written, []) == written
