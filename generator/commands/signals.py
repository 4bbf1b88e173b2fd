"""A request to stop is heard as Ctrl-C is: what is under way is left in order, a sentence says it, and the exit code names the
signal.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_ASKED = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


class Stopped(KeyboardInterrupt):
    """A signal that asks to stop."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


def hear() -> None:
    """From now on each of these signals raises Stopped; one that is ignored (nohup) stays so."""
    for number in _ASKED:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)


@contextmanager
def later() -> Iterator[None]:
    """A block, in the main thread, at whose end these signals and Ctrl-C are heard: what they raise inside a finalizer is lost."""
    heard = list[int]()
    before = {number: signal.signal(number, lambda told, _: heard.append(told)) for number in (*_ASKED, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    for number in heard:
        signal.raise_signal(number)


def over() -> None:
    """The work is done and its exit code known: these signals, and Ctrl-C, change nothing any more."""
    for number in (*_ASKED, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)


def exit_code(stopped: BaseException | None) -> int:
    """128 and the number of the signal: 143 for SIGTERM, 130 for Ctrl-C."""
    _leave()
    return 128 + (stopped.number if isinstance(stopped, Stopped) else signal.SIGINT)


def _stop(number: int, frame: FrameType | None) -> None:
    _leave()
    raise Stopped(number)


def _leave() -> None:
    """What is stopped half written cannot close in order (an archive whose file is gone): nobody is told of it."""
    sys.unraisablehook = lambda _: None
