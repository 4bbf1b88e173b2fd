"""What a piece of work costs whatever the machine: the steps that Python takes for it, counted, never timed. What one step of C
does with a long text is not seen: `python -m tests.bench --growth` measures it, as CPU time.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def steps(work: Callable[[], object]) -> int:
    """The lines run and the calls made, to Python and to C, each turn of a loop or of a comprehension for itself."""
    count = 0

    def line(frame: FrameType, event: str, arg: Any) -> Any:
        nonlocal count
        count += 1
        return line

    def call(frame: FrameType, event: str, arg: Any) -> None:
        nonlocal count
        count += event == "c_call"

    before, profiled = sys.gettrace(), sys.getprofile()
    sys.settrace(line)
    sys.setprofile(call)
    try:
        work()
    finally:
        sys.setprofile(profiled)
        sys.settrace(before)
    return count


SLACK = 1.25  # what sorting and a cache that fills add to twice as many steps


def doubled(small: int, middle: int, large: int) -> bool:
    """Whether the steps for one, two and four times as much are those of a work that grows as what it is given: what is added the
    second time is twice what was added the first, and four times when each is compared with all.
    """
    return large - middle <= 2 * SLACK * (middle - small)
