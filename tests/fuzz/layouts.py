"""YAML laid out in all the ways that people and editors lay it out, and rows of a small project renamed in files so laid out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from generator.authoring.formatting import formatted
from generator.documents.reader import plain
from generator.documents.yaml import parse_yaml

WORDS = (
    "a",
    "Été",
    "l’eau",
    "12,50 €",
    "3.4",
    "-",
    "2020-01",
    "oui",
    "x: y",
    "a #b",
    "« b »",
    "e\u0301te\u0301",
    "[c",
    "'d",
    '"',
)
KEYS = ("id", "nom", "valeur", "source", "é", "note", "z-1", "liste")
PLAIN = tuple(word for word in WORDS if word not in ("-", "x: y", "a #b", "[c", "'d", '"'))


@dataclass(slots=True)
class _Layout:
    """A text being laid out by chance; its comments are numbered."""

    draw: st.DrawFn
    lines: list[str] = field(default_factory=list)
    comments: int = 0

    def one_of(self, *choices: Any) -> Any:
        return self.draw(st.sampled_from(choices))

    def comment(self) -> str:
        self.comments += 1
        return f"# n{self.comments} : é, « - a: b »"

    def tail(self) -> str:
        """What may end a line."""
        end = self.one_of("", "", "", " ", "   ", "c")
        return f"{self.one_of(' ', '   ')}{self.comment()}" if end == "c" else end

    def between(self, indent: int) -> None:
        """What may stand before a line."""
        for _ in range(self.one_of(0, 0, 0, 1, 2)):
            blank = self.one_of(True, False)
            self.lines.append(
                self.one_of("", "", "  ") if blank else " " * self.one_of(indent, indent, 0) + self.comment()
            )

    def scalar(self, indent: int) -> tuple[str, list[str]]:
        """A text: what stands on the first line, and the lines that follow, as they are."""
        kind = self.one_of("plain", "plain", "plain", "single", "double", "block", "several", "flow", "flows", "quoted")
        word = self.one_of(*WORDS)
        deeper = " " * (indent + self.one_of(1, 2, 3, 6))
        if kind == "single":
            return "'" + word.replace("'", "''") + "'", []
        if kind == "double":
            return '"' + word.replace('"', '\\"') + '"', []
        if kind == "several":
            return self.one_of(*PLAIN), [deeper + self.one_of(*PLAIN) for _ in range(self.one_of(1, 2))]
        if kind == "quoted":
            return '"' + self.one_of(*PLAIN), ["", deeper + self.one_of(*PLAIN) + '"']
        if kind == "flow":
            return "{k: " + self.one_of("a", "b c") + ",  l: [1,2 , 3]}", []
        if kind == "flows":
            return "{k: a,", [deeper + "l: [1,", deeper + "  2]}"]
        if kind == "block":
            return self.block(indent)
        return self.one_of(*PLAIN), []

    def block(self, indent: int) -> tuple[str, list[str]]:
        more = self.one_of(1, 2, 4)
        figure = self.one_of("", "", str(more))
        pad = " " * (max(indent, 0) + more)
        extra = "  " if figure else ""
        lines = [pad + extra + self.one_of("un texte", "é # non", "- x", "a: b")]
        for _ in range(self.one_of(0, 1, 3)):
            lines.append(self.one_of("", pad + "# dedans", pad + "   plus loin", pad + "fin"))
        return self.one_of("|", ">") + figure + self.one_of("-", "", "+"), lines

    def node(self, indent: int, depth: int, led: bool = True) -> None:
        """A list or a group at an indent; `led`: lines may stand before its first one."""
        is_list = depth > 0 and self.one_of(True, False)
        keys = self.draw(st.lists(st.sampled_from(KEYS), min_size=1, max_size=3, unique=True))
        for number, key in enumerate(keys):
            if number or led:
                self.between(indent)
            if is_list:
                self.item(indent, depth)
            else:
                self.entry(indent, key, depth)

    def entry(self, indent: int, key: str, depth: int) -> None:
        colon = self.one_of(":", ":", ":", " :")
        if depth > 0 and self.one_of(True, False):
            self.lines.append(" " * indent + key + colon + self.tail())
            self.node(indent + self.one_of(1, 2, 2, 3, 4), depth - 1)
            return
        first, rest = self.scalar(indent)
        self.lines.append(
            " " * indent + key + colon + self.one_of(" ", " ", "   ") + first + ("" if rest else self.tail())
        )
        self.lines += rest

    def item(self, indent: int, depth: int) -> None:
        gap = self.one_of(1, 1, 2, 3)
        if depth > 0 and self.one_of(True, False):
            place = len(self.lines)
            self.node(indent + 1 + gap, depth - 1, led=False)
            self.lines[place] = " " * indent + "-" + " " * gap + self.lines[place][indent + 1 + gap :]
            return
        first, rest = self.scalar(indent)
        self.lines.append(" " * indent + "-" + " " * gap + first + ("" if rest else self.tail()))
        self.lines += rest


@st.composite
def laid_out(draw: st.DrawFn) -> bytes:
    """A YAML file that is read without a fault, laid out by chance."""
    layout = _Layout(draw)
    layout.node(0, draw(st.integers(0, 3)))
    layout.between(0)
    text = "\n".join(layout.lines) + draw(st.sampled_from(("", "\n", "\n\n\n")))
    return dressed(text, draw)


def dressed(text: str, draw: st.DrawFn) -> bytes:
    """A text with the line ends, the mark and the letters of some editor."""
    text = text.replace("\n", draw(st.sampled_from(("\n", "\n", "\r\n", "\r"))))
    text = unicodedata.normalize(draw(st.sampled_from(("NFC", "NFC", "NFD"))), text)
    return (draw(st.sampled_from(("", "", "\ufeff"))) + text).encode()


def check_layout(data: bytes) -> None:
    """What is set out says the same, keeps each comment and each sign, and setting it out again changes nothing."""
    before, found = parse_yaml("a.yaml", data)
    if before.root is None or any(d.severity == "erreur" for d in found):
        assert formatted("a.yaml", data, None).data == data
        return
    made = formatted("a.yaml", data, None)
    assert not made.left, str(made.left)
    after, again = parse_yaml("a.yaml", made.data)
    assert after.root is not None
    assert plain(after.root) == plain(before.root)
    assert [d.code for d in again] == [d.code for d in found]
    old, new = (unicodedata.normalize("NFC", each.decode().removeprefix("\ufeff")) for each in (data, made.data))
    assert "".join(new.split()) == "".join(old.split())
    assert re.findall(r"# n\d+ .*?(?=\s*$)", new, re.M) == re.findall(
        r"# n\d+ .*?(?=\s*$)", old.replace("\r", "\n"), re.M
    )
    assert formatted("a.yaml", made.data, None).data == made.data
    assert new.endswith("\n") or re.split("[\r\n]", old)[-1].startswith(
        " "
    )  # a text in a block that is not ended stays so
