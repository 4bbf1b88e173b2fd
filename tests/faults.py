"""`make faults`: whatever happens at any file call of a publication, `build/` and `site/` are each old or new, whole; what is
told of them is true; and the next run has them agree. Every call is counted, then made to fail in turn, each time in a process
of its own: killed there, interrupted, or refused by the disk (before the call or after it took effect; once, or from then on).

The calls are those of `os`, replaced in the child, and the two system calls that the standard library lacks. Flushing is
counted but not done: it waits for the disk of the whole machine. `strace`, where it is installed, then does the same from
outside (tracing.py).
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import json
import os
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.site import disk, publication
from generator.site.publication import Staging, finish, publish, replaced
from generator.site.published import MARKER, PUBLISHED
from generator.site.workshop import WORKSHOP
from tests import tracing

CHANGING = {"write", "mkdir", "chmod", "rename", "replace", "unlink", "rmdir", "fsync", "swap", "sync_disk"}
CALLS = CHANGING | {"open", "close", "read", "scandir", "listdir", "stat", "lstat"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
DISK = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS)

WAYS = ("d’un coup", "en deux temps")  # Linux, and elsewhere
STARTS = ("rien", "ancien", "à moitié")  # nothing published yet, something, an exchange that was stopped


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens at the call of that number: a kill (0), an interruption (-1), or an error of the disk."""

    at: int
    what: int
    after: bool = False
    lasting: bool = False

    @property
    def kind(self) -> str:
        """How it is told."""
        if self.what <= 0:
            return "interruption" if self.what else "kill"
        return (
            errno.errorcode[self.what]
            + (" (effet fait)" if self.after else "")
            + (" (dès lors)" if self.lasting else "")
        )


def faults(at: int, call: str, whole: bool) -> Iterator[Fault]:
    """What is tried at a call: everything, or what differs most at those that change the disk."""
    if not whole and call not in CHANGING | {"open"}:
        return
    yield Fault(at, 0)
    yield Fault(at, -1, after=True)
    if not whole:
        yield Fault(at, errno.EIO)
        yield Fault(at, errno.ENOSPC, lasting=True)
        return
    yield Fault(at, -1)
    for number in DISK:
        yield from (Fault(at, number, after, lasting) for after in (False, True) for lasting in (False, True))


class Calls:
    """Counts the file calls of this process, and lets one fail."""

    def __init__(self, fault: Fault | None, way: str) -> None:
        self.fault, self.count, self.broken = fault, 0, False
        self.names: list[str] = []
        for name in CALLS - {"swap", "sync_disk"}:
            setattr(os, name, self._counting(name, getattr(os, name)))
        once = way == WAYS[0]
        publication.swap = self._counting("swap", disk.swap if once else lambda one, other: False)  # type: ignore[attr-defined]
        publication.sync_disk = self._counting("sync_disk", lambda folder: once)  # type: ignore[attr-defined]

    def _counting(self, name: str, function: Callable[..., object]) -> Callable[..., object]:
        def called(*arguments: object, **options: object) -> object:
            self.count += 1
            self.names.append(name)
            now = self.fault is not None and self.count == self.fault.at
            if self.broken and self._changes(name, arguments):
                self._fail()
            if not now or self.fault is None:
                return function(*arguments, **options)
            self.broken = self.fault.lasting
            if self.fault.after or (
                name == "close" and self.fault.what > 0
            ):  # a file that is refused is closed all the same
                function(*arguments, **options)
            self._fail()
            return None

        return called

    def _changes(self, name: str, arguments: tuple[object, ...]) -> bool:
        return name in CHANGING or (name == "open" and bool(int(str(arguments[1])) & WRITING))

    def _fail(self) -> None:
        assert self.fault is not None
        if self.fault.what == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        if self.fault.what < 0:
            raise KeyboardInterrupt
        raise OSError(self.fault.what, os.strerror(self.fault.what))


@contextlib.contextmanager
def unflushed() -> Iterator[None]:
    """Nothing waits for the disk."""
    kept = os.fsync, publication.sync_disk
    os.fsync, publication.sync_disk = (lambda descriptor: None), (lambda folder: True)
    try:
        yield
    finally:
        os.fsync, publication.sync_disk = kept


@contextlib.contextmanager
def scratch() -> Iterator[Path]:
    """An empty folder, in memory where there is one: no other disk is waited for."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="fautes-", dir=memory if memory.is_dir() else None) as name:
        yield Path(name)


def output(folder: Path, text: str) -> None:
    """A folder to publish."""
    folder.mkdir()
    (folder / "index.html").write_text(text, encoding="utf-8")
    (folder / "page").mkdir()
    (folder / "page" / "index.html").write_text(text, encoding="utf-8")


def build(project: Path, text: str, tell: Callable[[str], None] = lambda told: None) -> None:
    """A build: it finishes what was stopped, makes both folders, publishes them."""
    with replaced(project):
        finish(project, tell)
        with Staging(project, tell) as folder:
            for name in PUBLISHED:
                output(folder / name, text)
            publish(folder)


def resume(project: Path) -> None:
    """A run that goes no further than finishing what was stopped: the content is faulty."""
    with replaced(project):
        finish(project, lambda told: None)


def state(project: Path) -> tuple[str, str]:
    """What each of the two folders says: one text when it is whole, "" when it is not there."""

    def said(folder: Path) -> str:
        if not folder.exists():
            return ""
        texts = {path.read_text(encoding="utf-8") for path in folder.rglob("index.html")}
        whole = sorted(p.name for p in folder.rglob("*")) == [MARKER, "index.html", "index.html", "page"]
        return texts.pop() if whole and len(texts) == 1 else "à moitié"

    first, second = (said(project / name) for name in PUBLISHED)
    return first, second


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a child ended: `code` is 0 (done), 1 (stopped, and what it noted) or minus the number of a signal."""

    code: int
    calls: tuple[str, ...]
    note: str


def child(run: Callable[[Path], None], project: Path, fault: Fault | None, way: str) -> Outcome:
    """Run in a process of its own, where a call fails."""
    reader, writer = os.pipe()
    process = os.fork()
    if process == 0:
        code, note = 99, ""
        write, leave = os.write, os._exit
        calls = Calls(fault, way)
        try:
            run(project)
            code = 0
        except (OSError, KeyboardInterrupt) as error:
            code, note = 1, " ".join(getattr(error, "__notes__", ()))
        finally:
            write(writer, json.dumps([calls.names, note]).encode())
            leave(code)
    os.close(writer)
    with os.fdopen(reader, "rb") as stream:
        told = stream.read()
    code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    names, note = json.loads(told) if told else ([], "")
    return Outcome(code, tuple(names), note)


def prepare(folder: Path, start: str, way: str) -> Path:
    """A project from where to start."""
    project = folder / "projet"
    shutil.rmtree(project, ignore_errors=True)
    project.mkdir()
    if start != "rien":
        build(project, "ancien")
    if start == "à moitié":
        calls = child(lambda root: build(root, "nouveau"), project, None, way).calls
        moves = [at for at, name in enumerate(calls, 1) if name == ("swap" if way == WAYS[0] else "rename")]
        first = moves[0] + 1 if way == WAYS[0] else moves[-3]  # after the first folder, before the second
        shutil.rmtree(project)
        project.mkdir()
        build(project, "ancien")
        child(lambda root: build(root, "nouveau"), project, Fault(first, 0), way)
        assert state(project) == ("nouveau", "ancien"), state(project)
    return project


def wrong(project: Path, old: tuple[str, str], outcome: Outcome, fault: Fault, way: str) -> Iterator[str]:
    """What is not as it should be after a fault, then after the next runs."""
    killed, now = outcome.code < 0, state(project)
    for before, found in zip(old, now, strict=True):
        stepped_aside = (
            (killed or fault.lasting) and way == WAYS[1] and found == ""
        )  # nothing is there between two moves
        if found not in (before, "nouveau") and not stepped_aside:
            yield f"un dossier est « {found} »"
    if outcome.code not in (0, 1, -signal.SIGKILL):
        yield f"code {outcome.code}"
    if outcome.code == 0 and now != ("nouveau", "nouveau"):
        yield f"« fait », et {now}"
    changed = [name for name, a, b in zip(PUBLISHED, old, now, strict=True) if a != b != ""]
    named = outcome.note.split("la prochaine")[0]
    if outcome.code == 1 and [name for name in PUBLISHED if f"{name}/" in named] != changed:
        yield f"changé : {changed}, dit : « {outcome.note} »"
    told: list[str] = []
    finish(project, told.append)
    after = state(project)
    if len(set(after)) != 1 or after[0] not in (*old, "nouveau"):
        yield f"la suite laisse {after}"
    if after != now and not told:
        yield "la suite ne dit pas qu’elle a remplacé"
    build(project, "suivant")
    if state(project) != ("suivant", "suivant"):
        yield f"la construction suivante laisse {state(project)}"
    left = sorted(path.name for path in (project / WORKSHOP).iterdir())
    if left != [".gitignore", "verrou"]:
        yield f"il reste {left}"


def tried(folder: Path, way: str, start: str, whole: bool) -> Iterator[tuple[Fault, str, list[str]]]:
    """Each fault, the call that it strikes, and what is wrong afterwards."""
    run = resume if start == "à moitié" else lambda root: build(root, "nouveau")
    calls = child(run, prepare(folder, start, way), None, way).calls
    assert calls
    for at, name in enumerate(calls, 1):
        for fault in faults(at, name, whole):
            project = prepare(folder, start, way)
            old = state(project)
            yield fault, name, list(wrong(project, old, child(run, project, fault, way), fault, way))


def main() -> int:
    """Try everything, or what is asked for; print the counts."""
    options = argparse.ArgumentParser("make faults", description="Fait échouer chaque appel d’une publication.")
    options.add_argument("--bref", action="store_true", help="ce que les tests essaient")
    options.add_argument("--facon", nargs="*", choices=WAYS, default=WAYS, help="comment les dossiers sont échangés")
    options.add_argument("--depart", nargs="*", choices=STARTS, default=STARTS, help="ce qui est déjà publié")
    options.add_argument("--sans-strace", action="store_true", help="sans l’essai de l’extérieur")
    given = options.parse_args()
    bad = 0
    for way in given.facon:
        for start in given.depart:
            counts, struck = Counter[str](), set[int]()
            with scratch() as folder, unflushed():
                for fault, call, found in tried(folder, way, start, not given.bref):
                    counts[fault.kind] += 1
                    struck.add(fault.at)
                    bad += bool(found)
                    for told in found:
                        print(f"  FAUTE {way}, départ {start}, appel {fault.at} ({call}), {fault.kind} : {told}")
            total = sum(counts.values())
            print(f"{way}, départ « {start} » : {len(struck)} appels, {total} essais ({dict(counts)})")
    if given.sans_strace:
        print("strace : non demandé")
    elif tracing.there():
        counts = Counter[str]()
        with scratch() as folder:
            for struck_, found in tracing.tried(folder, given.bref):
                counts[struck_.split(":")[1]] += 1
                bad += bool(found)
                for told in found:
                    print(f"  FAUTE strace {struck_} : {told}")
        print(f"strace : {sum(counts.values())} essais ({dict(counts)})")
    else:
        print("strace : ABSENT, ou interdit ici ; rien n’a été essayé par lui")
    print(f"{bad} faute(s)" if bad else "100 % : ancien ou nouveau, entiers, dit vrai, d’accord après la suite.")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
