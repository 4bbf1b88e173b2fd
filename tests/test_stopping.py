"""Asked to stop, or killed, at any moment: no process stays behind, a sentence is said, and the site is the old one or the new
one. Every process of a test carries a mark in its environment, by which /proc finds it whoever its parent has become.
"""

from __future__ import annotations

import errno
import gc
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from browser import prepare
from samples import series

from generator.commands.signals import later
from generator.site import tools
from generator.site.published import MARKER
from generator.site.warm import POSSIBLE, Warm

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0  # seconds: how long to wait on a busy machine before calling it a failure

pytestmark = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="/proc est celui de Linux")


@pytest.fixture
def mark(monkeypatch: pytest.MonkeyPatch) -> str:
    """In the environment of whatever this test starts."""
    text = f"ESSAI={uuid.uuid4()}"
    monkeypatch.setenv(*text.split("="))
    return text


def alive(mark: str) -> list[str]:
    """The commands of the processes that carry the mark, but for this one."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if int(folder.name) != os.getpid() and mark.encode() in (folder / "environ").read_bytes().split(b"\0"):
                found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:  # it ended
            continue
    return found


def wait_until(condition: Callable[[], bool], told: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, told()
        time.sleep(0.02)


def wait_for(mark: str, number: int) -> None:
    """Until so many processes carry the mark: one that begins shows its environment only once it has become its program."""
    wait_until(lambda: len(alive(mark)) == number, lambda: alive(mark))


def nobody_is_left(mark: str) -> None:
    wait_until(lambda: not alive(mark), lambda: alive(mark))


# --- programs ---

# A program that starts another, and neither ends; both say nothing to who asks them to stop.
STUBBORN = """
import signal, time
for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP): signal.signal(number, signal.SIG_IGN)
print("prêt", flush=True)
time.sleep(600)
"""
PARENT = """
import subprocess, sys
subprocess.Popen([sys.executable, "-c", sys.argv[1]])
exec(sys.argv[1])
"""
HOLDER = """
import subprocess, sys
from generator.site.tools import started
with started([sys.executable, "-c", sys.argv[1], sys.argv[2]], subprocess.PIPE) as process:
    print(process.stdout.readline(), end="", flush=True)
    process.wait()
"""


def python(code: str, *arguments: str) -> list[str]:
    return [sys.executable, "-X", "utf8", "-c", code, *arguments]


def test_a_program_is_run_to_its_end() -> None:
    done = tools.run(python("import sys; print('é', sys.argv[1]); print('x', file=sys.stderr); sys.exit(3)", "a b"))
    assert (done.returncode, done.stdout) == (3, "é a b\n")
    done = tools.run(python("print(repr(input()))"), subprocess.STDOUT)
    assert "EOFError" in done.stdout, "it has no input"
    assert tools.run(["un-programme-qui-n-existe-pas"]).returncode == 127
    assert tools.run(python("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")).returncode == 137
    assert len(tools.run(python("print('x' * 1_000_000)")).stdout) == 1_000_001


def test_a_program_is_stopped_with_all_it_started_when_we_leave(mark: str) -> None:
    def work() -> None:
        with tools.started(python(PARENT, STUBBORN), subprocess.PIPE) as process:
            assert process.stdout is not None
            assert [process.stdout.readline() for _ in range(2)] == ["prêt\n", "prêt\n"]
            wait_for(mark, 3)  # who keeps it, the program, what it started
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work()
    nobody_is_left(mark)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_program_does_not_outlive_us(mark: str, number: signal.Signals) -> None:
    holder = subprocess.Popen(
        python(HOLDER, PARENT, STUBBORN), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT, encoding="utf-8"
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "prêt\n"
    holder.send_signal(number)
    holder.wait(PATIENCE)
    nobody_is_left(mark)
    holder.stdout.close()


WARM = """
import time
from generator.site.warm import Warm
warm = Warm()
print("prêt", flush=True)
time.sleep(600)
"""


@pytest.mark.skipif(not POSSIBLE, reason="il n’y a pas de fork")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_an_engine_kept_at_hand_does_not_outlive_us(mark: str, number: signal.Signals) -> None:
    holder = subprocess.Popen(
        python(WARM), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT, encoding="utf-8"
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "prêt\n"
    wait_for(mark, 3)  # the holder, who keeps the engine, the engine
    holder.send_signal(number)
    holder.wait(PATIENCE)
    nobody_is_left(mark)
    holder.stdout.close()


@pytest.mark.skipif(not POSSIBLE, reason="il n’y a pas de fork")
def test_an_engine_that_is_interrupted_while_it_builds_is_ended(mark: str, tmp_path: Path) -> None:
    prepare(tmp_path)
    warm = Warm()

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        with pytest.raises(KeyboardInterrupt):
            warm.build(tmp_path, 0)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    nobody_is_left(mark)


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("OSError: [Errno 28] No space left on device: 'x'", errno.ENOSPC),
        ("Error: Input/output error (os error 5)", errno.EIO),
        ("[Errno 2] No such file, then [Errno 122] Disk quota exceeded", errno.EDQUOT),
        ("[Errno 30] Read-only file system", errno.EROFS),
        ("write: No space left on device", errno.ENOSPC),
    ],
)
def test_what_the_disk_refused_to_a_program_is_told_as_ours(said: str, number: int) -> None:
    with pytest.raises(OSError, match=rf"\[Errno {number}\]"):
        tools.run_tool("-c", f"print({said!r}); raise SystemExit(1)")
    assert tools.run_tool("-c", f"print({said!r})").returncode == 0
    assert tools.run_tool("-c", "print('[Errno 2] No such file'); raise SystemExit(1)").returncode == 1


class _Cycle:
    """What only a collection ends, where it is asked to stop."""

    def __init__(self) -> None:
        self.own = self

    def __del__(self) -> None:
        signal.raise_signal(signal.SIGINT)


def test_what_asks_to_stop_while_memory_is_tidied_is_heard() -> None:
    gc.disable()
    try:
        _Cycle()
        with pytest.raises(KeyboardInterrupt), later():
            gc.collect()
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        gc.enable()


# --- builds ---


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, float]:
    """The second site, built once; and how long that takes here."""
    root = tmp_path_factory.mktemp("arret") / "site"
    shutil.copytree(ROOT / "tests" / "second_site", root)
    started = time.monotonic()
    run = subprocess.run(command(root), env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, check=False)
    assert run.returncode == 0, run.stderr
    return root, time.monotonic() - started


def command(root: Path, engine: str = "mkdocs") -> list[str]:
    return [
        *python("from generator.__main__ import run; raise SystemExit(run())"),
        "build",
        "-C",
        str(root),
        "--engine",
        engine,
    ]


def versions(root: Path) -> tuple[str, str]:
    """Which text each of the two folders was made from; each is whole."""
    for name in ("site", "build"):
        assert (root / name / MARKER).is_file()
    pages = (root / "site/a-propos/index.html", root / "build/docs/a-propos/index.md")
    first, second = ("new" if "Ajouté" in page.read_text(encoding="utf-8") else "old" for page in pages)
    assert len(list((root / "site").rglob("*.html"))) == len(list((root / "build/docs").rglob("*.md"))) + 1
    return first, second


MOMENTS = [(signal.SIGTERM, 1), (signal.SIGKILL, 2), (signal.SIGHUP, 5)]  # an odd seed: Zensical


@pytest.mark.parametrize(("number", "seed"), series(2, MOMENTS, str))
def test_a_build_stopped_at_any_moment_leaves_no_process_and_a_whole_site(
    built: tuple[Path, float], tmp_path: Path, mark: str, number: signal.Signals, seed: int
) -> None:
    reference, seconds = built
    root = tmp_path / "site"
    shutil.copytree(reference, root)
    page = root / "content" / "pages" / "a-propos.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nAjouté.\n", encoding="utf-8")
    engine = ("mkdocs", "zensical")[seed % 2]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command(root, engine), env=environment, stderr=subprocess.PIPE, encoding="utf-8")
    time.sleep(random.Random(seed).uniform(0.1, 1.0) * seconds)
    process.send_signal(number)
    assert process.stderr is not None
    said = process.stderr.read()
    code = process.wait(PATIENCE)
    assert code in (0, -9 if number == signal.SIGKILL else 128 + number), said
    assert "Traceback" not in said
    nobody_is_left(mark)
    first, second = versions(root)
    if code > 0:
        assert "Interrompu" in said
        assert ("rien n’a été remplacé" in said or said.endswith("Interrompu.\n")) == (
            (first, second) == ("old", "old")
        )
    elif code == 0:
        assert (first, second) == ("new", "new")
    last = subprocess.run(command(root, engine), env=environment, capture_output=True, encoding="utf-8", check=False)
    assert last.returncode == 0, last.stderr
    assert versions(root) == ("new", "new")
    assert sorted(path.name for path in (root / ".atelier").iterdir()) == [".gitignore", "verrou"]


def test_serve_asked_to_stop_says_so_and_leaves_no_process(tmp_path: Path, mark: str) -> None:
    root = tmp_path / "site"
    shutil.copytree(ROOT / "tests" / "second_site", root)
    for number in (signal.SIGTERM, signal.SIGKILL):
        serving = [
            *python("from generator.__main__ import run; raise SystemExit(run())"),
            "serve",
            "-C",
            str(root),
            "--port",
            "0",
        ]
        process = subprocess.Popen(
            serving,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        assert process.stdout is not None
        assert process.stderr is not None
        assert "Le site est sur" in process.stdout.readline()
        for line in process.stderr:  # the engine runs
            if line.split()[:1] == ["pages"]:
                break
        process.send_signal(number)
        said = process.stderr.read()
        code = process.wait(PATIENCE)
        nobody_is_left(mark)
        assert "Traceback" not in said
        if number == signal.SIGTERM:
            assert code == 143
            assert "Interrompu\u202f: rien n’a été remplacé\u202f; le serveur s’arrête." in said
