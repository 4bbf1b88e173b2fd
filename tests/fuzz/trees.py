"""YAML documents as trees, mutated: a key removed, twice, renamed, of another kind, a value swapped for a hostile one. Written
with a key a line, so that places differ.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from generator.documents.nodes import Mapping, Node, Scalar
from generator.documents.nodes import Sequence as Items
from generator.documents.yaml import parse_yaml

from .fragments import scalars

Tree = Any  # a text, a list of trees, or a Pairs
Kinds = dict[str, dict[str, st.SearchStrategy[Tree]]]


class Pairs(list[tuple[str, Tree]]):
    """The keys of a mapping, which may be there twice."""


def read_tree(path: Path) -> Tree:
    """The tree of a YAML file without a fault."""
    document, faults = parse_yaml(path.name, path.read_bytes())
    assert document.root is not None, path
    assert not faults, path
    return _tree(document.root)


def _tree(node: Node) -> Tree:
    if isinstance(node, Mapping):
        return Pairs((key, _tree(value)) for key, value in node.nodes.items())
    if isinstance(node, Items):
        return [_tree(item) for item in node.items]
    assert isinstance(node, Scalar)
    return node.text


def keys_of(tree: Tree) -> Iterator[str]:
    """Every key of a tree."""
    if isinstance(tree, list):
        for item in tree:
            if isinstance(tree, Pairs):
                yield item[0]
            yield from keys_of(item[1] if isinstance(tree, Pairs) else item)


def _holders(tree: Tree) -> Iterator[list[Any]]:
    """Every list and mapping of a tree that holds something."""
    if isinstance(tree, list):
        if tree:
            yield tree
        for item in tree:
            yield from _holders(item[1] if isinstance(tree, Pairs) else item)


def written(tree: Tree, indent: int = 0) -> str:
    """A tree in YAML. A text that begins with a line end is written as it is, without its quotes."""
    margin = " " * (indent + 1)
    if isinstance(tree, Pairs):
        lines = [f"{margin}{_quoted(key)}: {written(value, indent + 1)}" for key, value in tree]
        return "{\n" + ",\n".join(lines) + "}" if lines else "{}"
    if isinstance(tree, list):
        return "[\n" + ",\n".join(margin + written(item, indent + 1) for item in tree) + "]" if tree else "[]"
    return _quoted(tree)


def _quoted(text: str) -> str:
    return text[1:] if text.startswith("\n") and text.isprintable() else json.dumps(text, ensure_ascii=False)


@st.composite
def mutated(draw: st.DrawFn, tree: Tree, words: Sequence[str], likely: Kinds) -> str:
    """A document with one to three mutations; `words` are the keys to add or to rename to, `likely` what a mapping that has
    a key may well hold: half of the mutations are such ones.
    """
    tree = copy.deepcopy(tree)
    keys = st.sampled_from(words) | scalars
    values: st.SearchStrategy[Tree] = st.one_of(
        scalars,
        st.sampled_from(([], Pairs(), [[]], [""], [Pairs()], "")),
        scalars.map(lambda text: [text]),
        scalars.map(lambda text: [[text, text]]),
        st.tuples(keys, scalars).map(lambda pair: Pairs([pair])),
        st.tuples(keys, scalars).map(lambda pair: [Pairs([pair])]),
        st.tuples(keys, scalars).map(lambda pair: Pairs([(pair[0], [[pair[1]]])])),
    )
    for _ in range(draw(st.integers(1, 3))):
        holders = list(_holders(tree))
        if not holders:
            return written(draw(values))
        known = [(h, likely[key]) for h in holders if isinstance(h, Pairs) for key, _ in h if key in likely]
        if known and draw(st.booleans()):
            _write(draw, *draw(st.sampled_from(known)))
            continue
        _mutate(draw, holders, keys, values)
    return written(tree)


def _write(draw: st.DrawFn, holder: Pairs, known: dict[str, st.SearchStrategy[Tree]]) -> None:
    """Give a mapping one of the keys that it may well have, in place of its own."""
    key = draw(st.sampled_from(sorted(known)))
    holder[:] = [pair for pair in holder if pair[0] != key] + [(key, copy.deepcopy(draw(known[key])))]


def _mutate(
    draw: st.DrawFn, holders: list[list[Any]], keys: st.SearchStrategy[str], values: st.SearchStrategy[Tree]
) -> None:
    holder = draw(st.sampled_from(holders))
    place = draw(st.integers(0, len(holder) - 1))
    key, value = holder[place] if isinstance(holder, Pairs) else ("", holder[place])
    verb = draw(st.sampled_from(("swap", "swap", "swap", "remove", "double", "rename", "add", "add", "other", "wrap")))
    if verb == "remove":
        del holder[place]
        return
    if verb == "double":
        holder.insert(place, copy.deepcopy(holder[place]))
        return
    if verb == "rename":
        key = draw(keys)
    elif verb == "wrap":
        value = [value] if draw(st.booleans()) else Pairs([(draw(keys), value)])
    elif verb == "other":  # of another place of the document
        other = draw(st.sampled_from(holders))
        found = other[draw(st.integers(0, len(other) - 1))]
        value = copy.deepcopy(found[1] if isinstance(other, Pairs) else found)
    else:
        value = copy.deepcopy(draw(values))  # what is drawn is shared
    made = (draw(keys) if verb == "add" else key, value) if isinstance(holder, Pairs) else value
    if verb == "add":
        holder.insert(place, made)
    else:
        holder[place] = made
