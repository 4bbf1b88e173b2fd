"""What a command costs, in a process of its own: it and those it waits for."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO


@dataclass(frozen=True, slots=True)
class Spent:
    """The exit code of a command, its CPU seconds, the bytes it held at its fullest, and the seconds that it was waited for."""

    code: int
    seconds: float
    memory: int
    wall: float


def spent(
    command: Sequence[str], cwd: Path, out: IO[bytes] | int, environment: Mapping[str, str] | None = None
) -> Spent:
    """Run a command; `out` takes all that it prints."""
    clock = time.perf_counter()
    started = subprocess.Popen(command, cwd=cwd, env=environment, stdout=out, stderr=out)
    _, status, usage = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    return Spent(
        started.returncode, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, time.perf_counter() - clock
    )
