"""A publication whose system calls are made to fail from outside, by strace: what the replacement of Python's functions
(faults.py) could miss. strace counts the calls by their name: each is found in a first run, then struck in one of its own.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

NAMES = ("openat", "write", "mkdir", "chmod", "rename", "renameat2", "unlink", "unlinkat", "rmdir", "fsync", "syncfs")
HEART = ("rename", "renameat2", "unlink", "fsync", "syncfs")  # the exchange itself
WHAT = ("signal=SIGKILL", "error=EIO", "error=ENOSPC")
SCRIPT = """
import os, sys
sys.path[:0] = [sys.argv[1]]
from tests.faults import build
try:
    build(__import__("pathlib").Path(sys.argv[2]), "nouveau")
except OSError as error:
    print(" ".join(getattr(error, "__notes__", ())))
    sys.exit(1)
"""


@cache
def there() -> bool:
    """Whether strace is installed, and may trace here."""
    found = shutil.which("strace")
    return bool(found) and subprocess.run([found or "", "-o", "/dev/null", "true"], capture_output=True).returncode == 0


def traced(project: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Publish in a process that strace follows."""
    command = [sys.executable, "-X", "utf8", "-c", SCRIPT, str(ROOT), str(project)]
    return subprocess.run(
        ["strace", "-qq", "-y", *options, *command],
        capture_output=True,
        encoding="utf-8",
        env={"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "PATH": "/usr/bin:/bin"},
    )


def calls(project: Path, log: Path) -> Iterator[tuple[str, int]]:
    """Each call of a publication that touches the project: its name, and its number among those of this name."""
    done = traced(project, "-o", str(log), "-e", "trace=" + ",".join(NAMES))
    assert done.returncode == 0, done.stderr
    counts = Counter[str]()
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        name = line.partition("(")[0]
        counts[name] += 1
        reading = name == "openat" and not re.search("O_WRONLY|O_RDWR|O_CREAT|O_DIRECTORY", line)
        if str(project) in line and not reading:
            yield name, counts[name]


def tried(folder: Path, brief: bool) -> Iterator[tuple[str, list[str]]]:
    """Each call struck, and what is wrong afterwards."""
    from tests.faults import WAYS, Fault, Outcome, prepare, state, wrong

    found = list(calls(prepare(folder, "ancien", WAYS[0]), folder / "journal"))
    assert {"renameat2", "rename", "fsync", "syncfs", "unlink"} <= {name for name, _ in found}, found
    for name, number in found:
        for what in WHAT[: 2 if brief else 3]:
            if brief and name not in HEART:
                continue
            project = prepare(folder, "ancien", WAYS[0])
            old = state(project)
            injected = f"{name}:{what}:when={number}"
            done = traced(project, "-o", "/dev/null", "-e", f"trace={name}", "-e", f"inject={injected}")
            outcome = Outcome(-9 if done.returncode in (-9, 137) else done.returncode, (), done.stdout)
            missed = ["le coup n’a pas porté"] if "KILL" in what and outcome.code != -9 else []
            yield (
                injected,
                [*missed, *(told + done.stderr for told in wrong(project, old, outcome, Fault(0, 0), WAYS[0]))],
            )
