"""MkDocs kept at hand: after a whole build, the pages whose text changes are made again one by one, with the bytes of a whole build.

What pages alone cannot tell (one of the menu that comes or goes, its title) is said, and nothing is made: the caller builds the
whole site. So does it when the configuration, the theme or a file that is no page changes, which is not seen from here.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Collection
from collections.abc import Mapping as Map
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from generator.site.engine import (
    SITEMAP,
    EngineError,
    Made,
    believe,
    believe_whole,
    checked,
    environment,
    excerpt,
    html_of,
    listing,
)
from generator.site.framed import Message, receive, send
from generator.site.tools import started, told_by
from generator.text.interface import NOTHING, Sentence, sentence

POSSIBLE = hasattr(os, "fork")  # elsewhere, each build is a whole one
ENGINE = "mkdocs"
_CHILD = "generator.site.warm_mkdocs"


@dataclass(frozen=True, slots=True)
class Again:
    """The `pages` made again: their HTML by their paths in the site; or none, and why the `whole` site is to be built."""

    pages: Map[str, bytes] = field(default_factory=dict)
    whole: Sentence = NOTHING


def _whole(why: str, page: str) -> Again:
    if why == "gone":
        return Again(whole=sentence("{page} n’existe plus : le site entier est reconstruit", page=page))
    if why == "added":
        return Again(whole=sentence("{page} est une page de plus : le site entier est reconstruit", page=page))
    message = "le titre de {page}, que montre le menu, a changé : le site entier est reconstruit"
    return Again(whole=sentence(message, page=page))


def _said(answer: Message) -> tuple[int, str]:
    """The exit code that the command would have, and all that it said. Raises OSError for what the machine refused."""
    code, said = answer.told["code"], answer.told["said"]
    if code != 0:
        told_by(said)
    return code, said


class Warm:
    """One process, started at once, that imports MkDocs while its first build is being prepared; it ends with `close`, and with us."""

    def __init__(self) -> None:
        self.spent = 0.0  # CPU seconds of what was asked of it
        self._last = 0.0
        self._open = ExitStack()
        self._started = self._standing = self._built = False
        self._start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def standing(self) -> bool:
        """Whether pages can be made again from a whole build."""
        return self._built

    def close(self) -> None:
        """End the process; another build starts another one."""
        self._started = self._built = False
        self._open.close()

    def build(self, staging: Path, epoch: int) -> Made:
        """Build `staging/build/docs` into `staging/build/site`, exactly as `engine.build` does, and keep what is needed of it: the
        folder may go. Raises EngineError.
        """
        made = checked(staging, ENGINE, lambda: self._build(staging, epoch))
        self._built = True
        return made

    def pages(self, changed: Map[str, str | None]) -> Again:
        """Make again the pages whose Markdown changed: their new texts by their paths in `build/docs`, None when one is gone.

        What was made is what the next call starts from: a page that is put back as it was is a change too. Raises EngineError as
        the whole build would, and then nothing is changed; or when there is nothing to start from.
        """
        if not self._built:
            raise EngineError("{engine} n’a pas encore construit le site entier", engine=ENGINE)
        gone = [page for page, text in changed.items() if text is None]
        texts = {page: text.encode() for page, text in changed.items() if text is not None}
        if not changed:
            return Again()
        answer = self._ask(Message({"gone": gone} if gone else {}, texts))
        code, said = _said(answer)
        believe(ENGINE, code, said)
        if why := answer.told.get("whole"):
            return _whole(why, answer.told["page"])
        believe_whole(ENGINE, said, {path: page for page in texts if (path := html_of(page)) not in answer.files})
        return Again({path: data for path, data in answer.files.items() if path != SITEMAP or listing(data)})

    def ahead(self, staging: Path, epoch: int, pages: Collection[str], texts: Map[str, str]) -> Map[str, bytes]:
        """The HTML of some pages of `staging`, whose configuration changed, before all are built (`build` is to follow): by their paths in
        the site. `texts`: those of them that are not in `build/docs` yet. Nothing when the engine complains: the build will tell.
        """
        told = {"folder": str(staging.resolve()), "epoch": epoch, "ahead": [*pages]}
        try:
            self._end_standing()
            self._last = 0.0
            answer = self._ask(Message(told, {page: text.encode() for page, text in texts.items()}))
        except EngineError:
            return {}
        return answer.files if answer.told["code"] == 0 else {}

    def _build(self, staging: Path, epoch: int) -> tuple[int, str]:
        self._end_standing()
        self._standing = True
        self._last = 0.0  # a process that is new
        return _said(self._ask(Message({"folder": str(staging.resolve()), "epoch": epoch})))

    def _end_standing(self) -> None:
        """Have a process that has built nothing."""
        if not self._started:
            self._start()
        elif self._standing:
            self._ask(Message({}))
        self._built = self._standing = False

    def _start(self) -> None:
        self.close()
        read, write = os.pipe()
        try:
            self._open.enter_context(suppress(OSError))  # what nobody reads any more cannot be written
            self._requests = self._open.enter_context(os.fdopen(write, "wb"))
            self._errors = self._open.enter_context(tempfile.TemporaryFile())  # noqa: SIM115
            command = (sys.executable, "-m", _CHILD, str(read))
            process = self._open.enter_context(
                started(
                    command, subprocess.PIPE, self._errors.fileno(), environment=environment(0), descriptors=(read,)
                )
            )
        finally:
            os.close(read)
        assert isinstance(process.stdout, io.TextIOWrapper)
        self.number, self._answers = process.pid, process.stdout.buffer
        self._started, self._standing = True, False

    def _ask(self, message: Message) -> Message:
        """The answer of the process, which is ended when it gives none, or when we are interrupted."""
        answer = None
        try:
            send(self._requests, message)
            answer = receive(self._answers)
        except BrokenPipeError:
            pass
        except BaseException:
            self.close()
            raise
        if answer is not None:
            now = answer.told.get("spent", self._last)
            self.spent += now - self._last
            self._last = now
            return answer
        self._errors.seek(0)
        said = self._errors.read().decode("utf-8", "replace")
        self.close()
        told_by(said)
        raise EngineError("{engine} s’est arrêté au milieu de son travail", engine=ENGINE, log=excerpt(said))
