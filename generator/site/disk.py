"""What the standard library does not ask of the disk: swapping two names in one move, having everything on it."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

from generator.diagnostics.wording import MACHINE

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
# What renameat2 answers where the kernel or the file system cannot exchange.
_CANNOT_EXCHANGE = frozenset({errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.EPERM})


def swap(one: Path, other: Path) -> bool:
    """Linux: each of two folders takes the place of the other, in one move. False where the call is not to be had."""
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    names = os.fsencode(one), os.fsencode(other)
    if call(_AT_FDCWD, names[0], _AT_FDCWD, names[1], ctypes.c_uint(_RENAME_EXCHANGE)) == 0:
        return True
    code = ctypes.get_errno()
    if code in _CANNOT_EXCHANGE:
        return False
    raise OSError(code, os.strerror(code), str(other))


def sync_disk(folder: Path) -> bool:
    """Linux: everything written to the disk of a folder is on it. False where the call is not to be had."""
    call = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if call is None:
        return False
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        code = ctypes.get_errno() if call(descriptor) != 0 else 0
    finally:
        os.close(descriptor)
    if code in MACHINE - {errno.EPERM}:
        raise OSError(code, os.strerror(code), str(folder))
    return code == 0


def flush_folder(folder: Path) -> None:
    """Have a folder's names on the disk; where folders cannot be opened (Windows), the system sees to it."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # a file system that flushes no folder
            raise
    finally:
        os.close(descriptor)
