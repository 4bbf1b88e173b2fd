"""Running a tool in a Python process of its own: its output is one text, and a disk that it found full is an OSError."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path


def run_tool(
    *arguments: str, folder: Path | None = None, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `python …` to its end, without input; standard output and error are both in `stdout`."""
    done = subprocess.run(
        (sys.executable, *arguments),
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode != 0 and re.search(r"\[Errno 28\]|No space left on device|os error 28", done.stdout):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    return done
