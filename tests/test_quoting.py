"""Texts of strangers in Markdown: nothing of them acts. What a reader of CommonMark makes of them is the witness."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from generator.text.language import speaking
from generator.text.quotes import quoted
from generator.text.quoting import MARK, code, plain, tamed

CUT = "\u2060"
HOSTILE = (
    *(
        "@equipe",
        "[lien](https://exemple.fr)",
        "![image](https://exemple.fr/x.png)",
        "<img src=x onerror=y>",
        "<!-- -->",
    ),
    *(
        "https://exemple.fr",
        "www.exemple.fr",
        "a@exemple.fr",
        "#12",
        "o/r#12",
        "GH-12",
        "&#64;equipe",
        "&commat;equipe",
    ),
    *(
        "`@a`",
        "``@a` ``",
        "\\`@a`",
        "`a\\\\|@b`",
        "| a | `b|@c` |",
        "```\n@a\n```",
        "~~~\n@a",
        "> [!NOTE]",
        "[^1]",
        "[a]: x",
    ),
    *(
        "$`x`$",
        "$$x$$",
        "\\@equipe",
        "https:\\/\\/x",
        "- [ ] a",
        "# Titre @a",
        "*a*",
        "\u202e",
        "\x1b[31m",
        "\r",
        "    @a",
        "<https://x>",
    ),
)
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
# The tags of what is tamed: neither links, pictures, HTML nor blocks of code that a program would draw.
PERMITTED = {
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "em",
    "strong",
    "code",
    "pre",
    "hr",
    "br",
    "blockquote",
}
PERMITTED |= {"table", "thead", "tbody", "tr", "th", "td"}


def acts(markdown: str) -> list[str]:
    """What GitHub would act on in a Markdown text: tags, and signs in the text outside code."""
    shown = READER.render(markdown)
    tags = set(re.findall(r"</?([a-z0-9]+)", shown)) - PERMITTED
    text = re.sub(r"<code[^>]*>.*?</code>", "", shown, flags=re.DOTALL)
    text = (
        re.sub(r"<[^>]*>", "", text)
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", '"')
        .replace("&amp;", "&")
    )
    return [*tags, *re.findall(r"@\w|#\w|://|www\.|(?i:GH-)[0-9]", text), *re.findall("<!--", shown)]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_acts(text: str) -> None:
    assert acts(tamed(text, 1_000)) == []
    assert acts(plain(text, 1_000)) == []
    assert acts(f"| a |\n|---|\n| {plain(text, 1_000)} {code(text, 1_000)} |") == []


@given(
    st.lists(
        st.sampled_from([*HOSTILE, "\n", " ", "`", "``", "\\", "|", "a", "\n\n", "\n| a |\n|---|\n"]), max_size=8
    ).map("".join)
)
def test_nothing_acts_however_it_is_put_together(text: str) -> None:
    told = tamed(text, 1_000)
    assert acts(told) == []
    assert tamed(told, 5_000) == told
    assert acts(plain(text, 1_000)) == []


def test_what_is_harmless_stays() -> None:
    text = "## Titre\n\n| Où | Quoi |\n|---|---|\n| `a.yaml:1` | **deux** *mots* |\n\n- un\n  - deux\n"
    assert tamed(text, 1_000) == text.strip()
    assert plain("L’été : 12,5 % des lits", 1_000) == "L’été : 12,5 % des lits"


def test_all_is_bounded() -> None:
    assert len(tamed("@" * 100_000, 1_000)) <= 1_000 + len(MARK) + 1
    assert tamed("a\n" * 10_000, 1_000).endswith(f"\n{MARK}")
    assert plain("a" * 2_000, 10) == f"{'a' * 10}{MARK}"
    assert code("`" * 2_000, 10) == f"`{chr(39) * 10}{MARK}`"


# --- What a text cites -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text", "cited"),
    [
        ("fr", "« Un titre », puis « l’autre « au-dedans » »", ["Un titre", "l’autre « au-dedans »"]),
        ("fr", "“Ailleurs”, « jamais fermé", []),
        ("en", "“A title”, then “the other “within””", ["A title", "the other “within”"]),
        ("en", "« Un titre » and “a title", ["Un titre"]),
    ],
)
def test_a_text_cites_what_stands_between_the_marks_of_its_language(language: str, text: str, cited: list[str]) -> None:
    with speaking(language):
        assert list(quoted(text)) == cited
