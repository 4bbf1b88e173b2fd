"""Whatever happens during a publication, at each of its file calls: old or new, whole, told as it is, and the next run has both
agree. `make faults` tries more errors and prints the counts.
"""

from __future__ import annotations

import os

import pytest

from tests import tracing
from tests.faults import STARTS, WAYS, scratch, tried, unflushed


@pytest.mark.skipif(not hasattr(os, "fork"), reason="pas de fork ici")
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("start", STARTS)
def test_at_every_call_old_or_new_and_never_half(way: str, start: str) -> None:
    wrong, struck = [], 0
    with scratch() as folder, unflushed():
        for fault, call, found in tried(folder, way, start, whole=False):
            struck += 1
            wrong += [f"appel {fault.at} ({call}), {fault.kind} : {told}" for told in found]
    assert wrong == []
    assert struck > 100


if tracing.there():  # otherwise the report says so (conftest.py)

    def test_at_every_system_call_of_the_exchange_too() -> None:
        with scratch() as folder:
            found = list(tracing.tried(folder, brief=True))
        assert [(struck, told) for struck, told in found if told] == []
        assert len(found) >= 20
