"""Runs a program that must not outlive who asked for it: `python keeper.py PROGRAM…`, by its path, alone in its session.

Standard input is the life line: it ends when who holds its other end leaves or is killed, whatever the way, and then this
process and all those of its group are killed. The program itself has no input. Imports nothing of ours.
"""

from __future__ import annotations

import os
import signal
import sys
import threading

# What asks to stop is for the program to obey; this process ends with it.
_FOR_THE_PROGRAM = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_NOT_FOUND = 127


def keep(command: list[str]) -> int:
    """Run a program to its end; its exit code, 128 and a number when a signal ended it, as in a shell."""
    for number in _FOR_THE_PROGRAM:
        signal.signal(number, signal.SIG_IGN)
    default = (*_FOR_THE_PROGRAM, signal.SIGPIPE, signal.SIGXFSZ)
    no_input = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0)]
    try:
        child = os.posix_spawnp(command[0], command, os.environ, file_actions=no_input, setsigdef=default)
    except FileNotFoundError:
        return _NOT_FOUND
    threading.Thread(target=_watch, daemon=True).start()
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return code if code >= 0 else 128 - code


def _watch() -> None:
    while os.read(0, 1):
        pass
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(keep(sys.argv[1:]))
