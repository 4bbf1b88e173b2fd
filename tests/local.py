"""The real `serve` on a project, in a process of its own, and what it tells the pages that are open."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0  # seconds: how long to wait on a busy machine before calling it a failure


@dataclass
class Local:
    """A server: its address, with the final slash, its process, and once it has ended what it printed."""

    address: str
    process: subprocess.Popen[bytes]
    printed: list[str] = field(default_factory=list)

    @property
    def port(self) -> int:
        return int(self.address.rstrip("/").rsplit(":", 1)[1])

    def get(self, path: str = "") -> tuple[int, str]:
        """Status and text of an answer."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def told(self) -> dict:
        """What an open page is told."""
        return json.loads(self.get("__etat")[1])

    def wait(self, condition: Callable[[dict], bool]) -> dict:
        """The first state of which something is true."""
        deadline = time.monotonic() + PATIENCE
        while not condition(state := self.told()):
            assert time.monotonic() < deadline, state
            time.sleep(0.05)
        return state

    def wait_for_site(self, number: int) -> dict:
        """The first state in which so many sites were built."""
        return self.wait(lambda state: site(state) == number)

    def wait_until_calm(self, number: int) -> dict:
        """The first state in which so many sites were built and nothing is left to do: a file may be seen while it is being written."""
        return self.wait(lambda state: site(state) >= number and state["kind"] == "calm")

    def wait_for_fault(self) -> dict:
        """The first state that says a fault."""
        return self.wait(lambda state: state["kind"] == "fault")


def site(state: dict) -> int:
    """How many sites were built, by a state."""
    return int(state["site"].rpartition("-")[2])


@contextmanager
def served(project: Path, port: int = 0) -> Iterator[Local]:
    """Serve a project until the end, where Ctrl-C must be heard."""
    command = [sys.executable, "-m", "generator", "serve", "-C", str(project), "--port", str(port)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment) as process:
        assert process.stdout is not None
        line = process.stdout.readline().decode()
        found = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert found, line
        local = Local(found.group(), process)
        try:
            yield local
        finally:
            process.send_signal(signal.SIGINT)
            local.printed.append(process.stdout.read().decode())
            code = process.wait(PATIENCE)
        assert code == 0
