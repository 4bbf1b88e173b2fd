"""Work shared between as many processes as there are cores: each takes its part of what is to be made from what all have in
memory; what it gives, or the fault that stops it, comes back whole.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import TypeVar

Tell = Callable[[int], None]  # told of how many pieces are made
R = TypeVar("R")
T = TypeVar("T")

WORTH = 64  # pieces of work under which another process costs more than it spares
_LOOK = 0.5  # seconds between two looks at who shares the work
_BLOCK = 8  # pieces that are taken together: neighbours have much in common


class WorkerError(Exception):
    """A process that stopped without a word, or whose fault cannot be told otherwise than by its text."""


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a work that is for the process `number`, from 0, of so many."""

    number: int = 0
    among: int = 1
    tell: Tell = lambda rank: None

    def of(self, pieces: Iterable[T]) -> Iterator[T]:
        """The pieces that are for it; what is told of each is its rank among all: the other parts go on as fast."""
        for rank, piece in enumerate(pieces):
            if rank // _BLOCK % self.among == self.number:
                self.tell(rank)
                yield piece


def share(work: Callable[[Part], R], pieces: int, tell: Tell = lambda rank: None) -> list[R]:
    """What the work gives for each part of so many pieces, in the order of the parts; the first is done in this process, which tells
    where it is. Raises what stopped a part.
    """
    among = min(cores(), pieces // WORTH)
    if among < 2 or sys.platform != "linux":  # elsewhere, a process that is forked may not run, or not be sound
        return [work(Part(tell=tell))]
    with _workers(work, among) as receivers:
        found = [work(Part(0, among, tell))]
        answers: list[tuple[list[R], Exception | None]] = [_answer(each) for each in receivers]
    for made, fault in answers:
        if fault is not None:
            raise fault
        found += made
    return found


def cores() -> int:
    """How many processes can run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _workers(work: Callable[[Part], R], among: int) -> Iterator[list[Connection]]:
    """The ends where the answers of the other processes are received; none outlives the block."""
    made = multiprocessing.get_context("fork")
    processes = list[BaseProcess]()
    receivers = list[Connection]()
    try:
        for number in range(1, among):
            receiver, sender = made.Pipe(duplex=False)
            process: BaseProcess = made.Process(target=_work, args=(work, Part(number, among), sender), daemon=True)
            process.start()
            sender.close()
            processes.append(process)
            receivers.append(receiver)
        yield receivers
    finally:
        for process in processes:
            process.kill()  # one that has answered has nothing more to do
            process.join()
        for receiver in receivers:
            receiver.close()


def _work(work: Callable[[Part], R], part: Part, sender: Connection) -> None:
    """Do a part in a process of its own, and answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who shares the work stops those that help
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_follow, args=(os.getppid(),), daemon=True).start()
    try:
        answer = pickle.dumps(([work(part)], None))
    except Exception as error:
        answer = _told(error)
    sender.send_bytes(answer)


def _follow(parent: int) -> None:
    """End this process when the one that shares the work is no more, whatever ended it."""
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os._exit(1)


def _told(error: Exception) -> bytes:
    """A fault, as it can be sent: itself, with its steps, or its text."""
    steps = traceback.format_exc()
    error.add_note(steps)
    try:
        told = pickle.dumps(([], error))
        pickle.loads(told)
    except Exception:
        return pickle.dumps(([], WorkerError(steps)))
    return told


def _answer(receiver: Connection) -> tuple[list[R], Exception | None]:
    try:
        made, fault = pickle.loads(receiver.recv_bytes())  # of a process of ours, by a pipe of its own
    except EOFError:
        return [], WorkerError("a process stopped without an answer")
    return made, fault
