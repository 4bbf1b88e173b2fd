"""Whether an expression can read one text in many ways, which is what a reader that tries them all pays for: exponentially
many when a loop has two ways round for the same text, or when many places in turn have two ways on; as many as the square
of its length when two loops can share it.
(A. Weber, H. Seidl, « On the degree of ambiguity of finite automata », 1991; the automaton is that of Glushkov.)
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from itertools import product
from typing import TypeVar


@dataclass(frozen=True, slots=True)
class Symbol:
    """One character: those that it may be, a bit each."""

    characters: int


@dataclass(frozen=True, slots=True)
class Steps:
    """One after the other."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Branches:
    """One of several."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """From `least` to `most` times; None without limit."""

    node: Node
    least: int
    most: int | None


Node = Symbol | Steps | Branches | Repeat
State = TypeVar("State", bound=Hashable)

MAX_STATES = 40_000  # of a product of states; what is larger counts as ambiguous
MAX_CHOICES = 8  # places outside loops where one text may go two ways that meet again: each doubles the readings
MAX_COPIES = 10  # of what is repeated a given number of times


def explodes(tree: Node) -> bool:
    """Whether a text can have exponentially many readings, or as many as the cube of its length."""
    automaton = _Automaton(tree)
    everywhere = frozenset(range(len(automaton.follow)))
    if automaton.hollow or any(_choices(automaton, loop) for loop in automaton.loops):
        return True
    if _choices(automaton, everywhere) > MAX_CHOICES:
        return True
    shared = automaton.shared
    return any(b == c for (_, b), (c, _) in product(shared, shared))


def is_quadratic(tree: Node) -> bool:
    """Whether a text can have as many readings as the square of its length."""
    return bool(_Automaton(tree).shared)


class _Automaton:
    """A state before the text, then one for each symbol that is written; a repetition with a bound is taken for one without.
    `hollow`: what may be empty is wanted several times, so that a text chooses which of them are.
    """

    def __init__(self, tree: Node) -> None:
        self.symbols = [0]
        self.follow = [Counter[int]()]  # the states after each, and by how many ways
        self.hollow = False
        _, first, _ = self._build(tree)
        self._join([0], first)
        self.loops = self._loops()

    def _build(self, node: Node) -> tuple[bool, list[int], list[int]]:
        """Whether a node may be empty, its first states and its last ones."""
        if isinstance(node, Symbol):
            self.symbols.append(node.characters)
            self.follow.append(Counter())
            return False, [len(self.symbols) - 1], [len(self.symbols) - 1]
        if isinstance(node, Branches):
            parts = [self._build(branch) for branch in node.nodes]
            return any(p[0] for p in parts), [s for p in parts for s in p[1]], [s for p in parts for s in p[2]]
        if isinstance(node, Steps):
            return self._in_order(node.nodes)
        if node.most == node.least and node.least != 1:
            self.hollow = self.hollow or (node.least > 1 and self._build(node.node)[0])
            return self._in_order((node.node,) * min(node.least, MAX_COPIES))
        empty, first, last = self._build(node.node)
        self.hollow = self.hollow or (node.least > 1 and empty)
        if node.most != 1:
            self._join(last, first)
        return empty or node.least == 0, first, last

    def _in_order(self, nodes: Iterable[Node]) -> tuple[bool, list[int], list[int]]:
        empty, first, last = True, list[int](), list[int]()
        for node in nodes:
            may, starts, ends = self._build(node)
            self._join(last, starts)
            first = [*first, *starts] if empty else first
            last = [*last, *ends] if may else ends
            empty = empty and may
        return empty, first, last

    def _join(self, last: Iterable[int], first: list[int]) -> None:
        for state in last:
            self.follow[state].update(first)

    def _loops(self) -> list[frozenset[int]]:
        """The sets of states from each of which one can come to all."""
        after = [_reached([s], self.follow.__getitem__) for s in range(len(self.follow))]
        return list({frozenset(t for t in after[s] if s in after[t]): None for s in range(len(after)) if s in after[s]})

    @property
    def shared(self) -> set[tuple[frozenset[int], frozenset[int]]]:
        """The pairs of loops between which one text can be shared in as many ways as it has characters."""
        return {(a, b) for a, b in product(self.loops, self.loops) if a != b and _may_share(self, a, b)}


def _reached(starts: Iterable[State], after: Callable[[State], Iterable[State]]) -> set[State]:
    """All that one comes to, by one step at least; no more of them than are worth counting."""
    pending, found = list(starts), set[State]()
    while pending and len(found) <= MAX_STATES:
        for state in after(pending.pop()):
            if state not in found:
                found.add(state)
                pending.append(state)
    return found


def _choices(automaton: _Automaton, among: frozenset[int]) -> int:
    """From how many of these states two ways lead, by one text, to where they meet again among them."""
    follow, symbols = automaton.follow, automaton.symbols
    doubled = {state for state in among if any(n > 1 for after, n in follow[state].items() if after in among)}
    before = defaultdict[tuple[int, int], list[tuple[int, int]]](list)

    def after(pair: tuple[int, int]) -> Iterable[tuple[int, int]]:
        for next_pair in product(follow[pair[0]], follow[pair[1]]):
            if among.issuperset(next_pair) and symbols[next_pair[0]] & symbols[next_pair[1]]:
                before[next_pair].append(pair)
                yield next_pair

    same = [(state, state) for state in among]
    found = _reached(same, after)
    if len(found) > MAX_STATES:
        return len(found)
    parted = {(a, b) for a, b in found if a != b}
    back = _reached(same, before.__getitem__)
    met = parted & back
    return len(doubled | {a for pair in met for a, b in before[pair] if a == b})


def _may_share(automaton: _Automaton, left: frozenset[int], right: frozenset[int]) -> bool:
    """Whether one text goes round `left`, round `right`, and from the one to the other."""
    follow, symbols = automaton.follow, automaton.symbols
    if not right <= _reached(left, follow.__getitem__):
        return False
    if len(left) ** 2 * len(right) ** 2 * len(follow) > MAX_STATES * 10:
        return True

    def after(states: tuple[int, int, int]) -> Iterable[tuple[int, int, int]]:
        for a, middle, b in product(*(follow[state] for state in states)):
            if a in left and b in right and symbols[a] & symbols[middle] & symbols[b]:
                yield a, middle, b

    return any((a, b, b) in _reached([(a, a, b)], after) for a, b in product(left, right))
