"""Compiled templates, kept in this process, and on the disk as Python keeps its compiled modules; so is what the code alone decides."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import zlib
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2

from generator.catalogue.reads import Memo
from generator.layout import MACHINE
from generator.writing import entries

_code: dict[str, tuple[str, CodeType]] = {}  # of templates, by what names each, with the print of its source


class Template(jinja2.Template):
    """A template of which the macros are made once, as all have the same globals: who takes them has read what they are made from."""

    @cached_property
    def _kept(self) -> Memo[str, Any]:
        return Memo()

    def _get_default_module(self, ctx: jinja2.runtime.Context | None = None) -> Any:
        return self._kept("", self._exporting)

    def _exporting(self) -> Any:
        """What the template exports, of a class of its own, which declares it (direct.py); faults name it as Jinja2 does."""
        module: Any = self.make_module()
        kind = type(module)
        declares = {"__module__": kind.__module__, "exported": frozenset(vars(module))}
        module.__class__ = type(kind.__name__, (Module,), declares)
        return module


class Module(jinja2.environment.TemplateModule):
    """What a template exports: a class for each."""

    exported: frozenset[str]


class Compiled(jinja2.BytecodeCache):
    """Those of the environment that modules write: another folder keeps them as soon as one is written otherwise. On the disk they are
    kept unless Python is told not to; a folder that cannot be written keeps nothing.
    """

    def __init__(self, *modules: Path) -> None:
        written = b"".join(module.read_bytes() for module in modules)
        self.folder = MACHINE / "__pycache__" / f"templates-{zlib.crc32(written):08x}"

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Fill the bucket if this very source was compiled before."""
        checksum, bucket.code = _code.get(bucket.key, ("", None))
        if checksum != bucket.checksum:
            bucket.reset()
        if bucket.code is None and not sys.dont_write_bytecode:
            with suppress(OSError), (self.folder / bucket.key).open("rb") as file:
                bucket.load_bytecode(file)
            self._keep(bucket)

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Keep what was compiled, in one move."""
        self._keep(bucket)
        if sys.dont_write_bytecode:
            return
        _write(self.folder / bucket.key, bucket.bytecode_to_string())

    def _keep(self, bucket: jinja2.bccache.Bucket) -> None:
        if bucket.code is not None:
            _code[bucket.key] = bucket.checksum, bucket.code


def kept(name: str, libraries: tuple[str, ...], make: Callable[[], Any]) -> Any:
    """What `make` gives, in JSON, from the files of the generator and these libraries alone: read again as long as none has changed (by
    its date and its size, as Python does for its modules). Nothing is kept where compiled templates are not.
    """
    if sys.dont_write_bytecode:
        return make()
    path, state = MACHINE / "__pycache__" / f"{name}.json", _state(libraries)
    with suppress(OSError, ValueError):
        found = json.loads(path.read_bytes())
        if isinstance(found, list) and len(found) == 2 and found[0] == state:
            return found[1]
    made = make()
    _write(path, json.dumps([state, made]).encode())
    return made


def _state(libraries: tuple[str, ...]) -> str:
    """A print of the files of the generator and of the versions of libraries; that of their bytes (site/store.py) costs what it spares."""
    found = hashlib.sha256(repr([(name, version(name)) for name in libraries]).encode())
    for path, ordinary in entries(MACHINE):
        if ordinary and "__pycache__" not in path:
            stat = (MACHINE / path).stat()
            found.update(f"{MACHINE}/{path} {stat.st_mtime_ns} {stat.st_size}\n".encode("utf-8", "surrogateescape"))
    return found.hexdigest()


def _write(path: Path, data: bytes) -> None:
    """Write a file in one move; a folder that cannot be written keeps nothing."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f"{path.name}.{os.getpid()}")
        unfinished.write_bytes(data)
        unfinished.replace(path)
