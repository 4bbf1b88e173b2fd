"""The style sheet that is published: comments left out, nothing else changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.site.styles import lean, publish


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("/* a */\na { color: red } /* b */\n\n  b { c: d }\n", "a { color: red }\nb { c: d }\n"),
        ('a::after { content: "/* kept */" }', 'a::after { content: "/* kept */" }\n'),
        ("a::after { content: '\\'/* kept */' } /* \" */", "a::after { content: '\\'/* kept */' }\n"),
        ("/* never closed\n", "/* never closed\n"),
        ("", ""),
    ],
)
def test_comments_are_left_out_of_rules_only(written: str, published: str) -> None:
    assert lean(written) == published


def test_a_site_without_a_style_sheet_is_left_alone(tmp_path: Path) -> None:
    publish(tmp_path)
    assert not list(tmp_path.iterdir())
