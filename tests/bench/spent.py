"""What a command costs, in a process of its own: it and those it waits for."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO


@dataclass(frozen=True, slots=True)
class Spent:
    """The exit code of a command, its CPU seconds, and the bytes it held at its fullest."""

    code: int
    seconds: float
    memory: int


def spent(
    command: Sequence[str], cwd: Path, out: IO[bytes] | int, environment: Mapping[str, str] | None = None
) -> Spent:
    """Run a command; `out` takes all that it prints."""
    started = subprocess.Popen(command, cwd=cwd, env=environment, stdout=out, stderr=out)
    _, status, usage = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    return Spent(started.returncode, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)
