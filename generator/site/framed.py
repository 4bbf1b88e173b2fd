"""Messages between two processes of ours: a line of JSON, which says what is told and names files, then their bytes, in order."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO


@dataclass(frozen=True, slots=True)
class Message:
    """What is `told` (values of JSON), and the bytes of files by their names."""

    told: dict[str, Any]
    files: Mapping[str, bytes] = field(default_factory=dict)


def send(stream: BinaryIO, message: Message) -> None:
    """Write a message, whole. Raises OSError when nobody reads any more."""
    sizes = [(name, len(data)) for name, data in message.files.items()]
    head = json.dumps({"told": message.told, "files": sizes}).encode()
    stream.write(b"".join((head, b"\n", *message.files.values())))
    stream.flush()


def receive(stream: BinaryIO) -> Message | None:
    """The next message; None when there is none any more, or when it is cut short."""
    line = stream.readline()
    if not line.endswith(b"\n"):
        return None
    head = json.loads(line)
    files = {name: stream.read(size) for name, size in head["files"]}
    if any(len(files[name]) != size for name, size in head["files"]):
        return None
    return Message(head["told"], files)
