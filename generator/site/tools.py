"""Running another program: it never outlives us, what it says is one text, and a disk that it found full is an OSError."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from generator.diagnostics.wording import MACHINE

_KEEPER = Path(__file__).resolve().with_name("keeper.py")
# How the programs that we run write the number of what the system refused them.
_REFUSED = re.compile(r"\[Errno ([0-9]+)\]|\(os error ([0-9]+)\)|No space left on device")


def run_tool(
    *arguments: str, folder: Path | None = None, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `python …` to its end, without input; standard output and error are both in `stdout`."""
    done = run((sys.executable, *arguments), errors=subprocess.STDOUT, folder=folder, environment=environment)
    if done.returncode != 0:
        told_by(done.stdout)
    return done


def told_by(said: str) -> None:
    """Raise the OSError of the machine (a disk that is full…) that a program which failed has told of."""
    for found in _REFUSED.finditer(said):
        if (number := int(found[1] or found[2] or errno.ENOSPC)) in MACHINE:
            raise OSError(number, os.strerror(number))


def run(
    command: Sequence[str],
    errors: int = subprocess.DEVNULL,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end, without input; what it writes on its output, and on its `errors` if asked, is `stdout`."""
    with started(command, subprocess.PIPE, errors, folder, environment) as process:
        assert process.stdout is not None
        said = process.stdout.read()
        return subprocess.CompletedProcess(list(command), process.wait(), said)


@contextlib.contextmanager
def started(
    command: Sequence[str],
    output: int | None = None,
    errors: int | None = None,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
    *,
    descriptors: Sequence[int] = (),
) -> Iterator[subprocess.Popen[str]]:
    """A program, alone in its session, that is killed with all it started when we leave, for whatever reason; also when we
    are killed ourselves, where there are process groups. It is given `descriptors` of ours, under their numbers, where a
    process can be. Raises OSError when it cannot be started.
    """
    line, held = os.pipe()
    grouped = os.name == "posix"
    try:
        process = subprocess.Popen(
            (sys.executable, "-I", "-S", str(_KEEPER), *command) if grouped else command,
            cwd=folder,
            env=environment,
            stdin=line if grouped else subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
            encoding="utf-8",
            errors="replace",
            start_new_session=grouped,
            pass_fds=descriptors,
        )
    except BaseException:
        os.close(held)
        raise
    finally:
        os.close(line)
    try:
        yield process
    finally:
        try:
            if process.poll() is None:
                end(process, signal.SIGKILL if grouped else signal.SIGTERM)
        finally:
            os.close(held)
            process.wait()
            if process.stdout is not None:
                process.stdout.close()


def end(process: subprocess.Popen[str], number: signal.Signals) -> None:
    """Send a signal to a program and to all it started."""
    if os.name == "posix":
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)
    else:
        process.terminate()
