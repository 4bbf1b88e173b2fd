"""JSON on several lines is that of the standard library."""

from __future__ import annotations

import json
from json.encoder import encode_basestring_ascii

from hypothesis import given
from hypothesis import strategies as st

from generator.packages.indenting import indented

LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
SAID = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)


@given(SAID, st.integers(1, 4))
def test_it_is_that_of_the_library(said: object, width: int) -> None:
    assert indented(said, width) == json.dumps(said, ensure_ascii=False, indent=width)
    assert indented(said, width, encode_basestring_ascii) == json.dumps(said, ensure_ascii=True, indent=width)
