"""MkDocs, standing: `python -m generator.site.warm_mkdocs NUMBER` reads messages (framed.py) from the descriptor of this number
and answers on its standard output, until there is no message any more. Nothing of ours imports it: MkDocs stays out of our process.

A whole build is MkDocs's own, in a process forked for it from one that has only imported: no build inherits from another. This
process keeps what the build knew of the site; a page whose text changes goes through MkDocs's own functions for one page.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import io
import logging
import os
import sys
import time
import traceback
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from mkdocs.__main__ import State
from mkdocs.commands import build
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.utils import CountHandler

from generator.site.framed import Message, receive, send
from generator.site.mkdocs_ahead import Watch, ahead, configured, text_of
from generator.site.mkdocs_pages import Pages

_ANOTHER = 100  # the exit code of a process that was asked for another whole build
_SHOWN = (
    "icon",
    "status",
    "subtitle",
)  # what Material's navigation shows of the front matter of other pages, besides the title


class Site:
    """A site that was built, of which pages can be made again."""

    def __init__(self) -> None:
        """Build it from the current folder, as `mkdocs build --strict` does. Raises what MkDocs raises."""
        self.watch = Watch()
        self.config = configured(self.watch)
        try:
            build.build(self.config)
        finally:
            self.config.plugins.on_shutdown()
        self.all = Pages(self.watch.files)
        self.menu = {page.file.src_uri for page in self.watch.nav.pages}
        self.linking = set[str]()
        for page in self.all.by_name.values():
            self._settle(page)
        own = Path(self.config.theme.custom_dir or "absent")
        for path in own.rglob("*.html"):
            self.watch.env.get_template(path.relative_to(own).as_posix())  # the folder may be gone when a page needs it

    def again(self, texts: Mapping[str, bytes], gone: Collection[str] = ()) -> Message:
        """The HTML of pages by its path, from their new texts, some being `gone`, and what lists all pages; or why the whole site is to be
        built, and nothing is changed.
        """
        former, added = self.all, [name for name in texts if name not in self.all.by_name]
        shown = [name for name in (*gone, *added) if name in self.menu or self.config.nav is None]
        if shown:
            return Message({"whole": "gone" if shown[0] in gone else "added", "page": shown[0]})
        if added or gone:
            self.all = former.but(added, gone, self.config)
        pages = [self.all.by_name[name] for name in sorted(texts, key=self.all.order.__getitem__)]
        before = [(page, vars(page).copy()) for page in pages]
        kept = False
        try:
            answer = self._again(pages, texts, listed=former is not self.all)
            kept = "whole" not in answer.told
        finally:
            if not kept:
                self.all = former
            for page, state in () if kept else before:
                vars(page).clear()
                vars(page).update(state)
        self.linking.difference_update(gone if kept else ())
        return answer

    def _again(self, pages: list[Any], texts: Mapping[str, bytes], listed: bool) -> Message:
        warned = CountHandler()
        warned.setLevel(logging.WARNING)
        logging.getLogger("mkdocs").addHandler(warned)
        self.watch.made = {}
        try:
            for page in pages:
                shown = self._shown(page)
                page.file._content = text_of(texts[page.file.src_uri])
                try:
                    build._populate_page(page, self.config, self.all.files)
                finally:
                    page.file._content = None
                if self._shown(page) != shown:
                    return Message({"whole": "menu", "page": page.file.src_uri})
            for page in pages:
                build._build_page(page, self.config, self.all.doc_files, self.watch.nav, self.watch.env)
            self.watch.made |= self._lists() if listed else {}
            self._follow(page.file.src_uri for page in pages)
            if counts := warned.get_counts():  # as the end of a whole build
                raise Abort(f"Aborted with {', '.join(f'{n} {level.lower()}s' for level, n in counts)} in strict mode!")
            for page in pages:
                self._settle(page)
            return Message({}, self.watch.made)
        finally:
            self.watch.made = None
            logging.getLogger("mkdocs").removeHandler(warned)

    def _shown(self, page: Any) -> tuple[object, ...]:
        """What other pages show of one: nothing, outside the navigation."""
        name = page.file.src_uri
        return (page.title, *(page.meta.get(key) for key in _SHOWN)) if name in self.menu else ()

    def _lists(self) -> dict[str, bytes]:
        """What the theme makes of all pages together: the map of the site."""
        found = dict[str, bytes]()
        for name in sorted(self.config.theme.static_templates):
            template = self.watch.env.get_template(name)
            text = build._build_template(name, template, self.all.files, self.config, self.watch.nav)
            if text.strip():
                found[name] = text.encode("utf-8")
        return found

    def _follow(self, changed: Iterable[str]) -> None:
        """Check the links to anchors that may be new, or lost: those of the pages, and those of others."""
        level = self.config.validation.links.anchors
        pages = self.all
        for name in sorted(pages.by_name.keys() & self.linking.union(changed), key=pages.order.__getitem__):
            pages.by_name[name].validate_anchor_links(files=pages.files, log_level=level)

    def _settle(self, page: Any) -> None:
        """Forget of a page what no other page reads."""
        name = page.file.src_uri
        others = any(file is not page.file for file in page.links_to_anchors or ())
        (self.linking.add if others else self.linking.discard)(name)
        page.markdown = page.content = ""
        page.toc = []
        if name not in self.menu:
            page.meta = {}


def _give_back() -> None:
    """Give back to the system the memory that the build no longer needs, where the C library can: at 7,451 pages, 270 of 375 MB."""
    with contextlib.suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def _run(work: Callable[[], Any]) -> tuple[Any, int, str]:
    """What a work gives (None when it fails), the exit code that the command would have, and all that it said."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        state = State()  # type: ignore[no-untyped-call]
        try:
            return work(), 0, said.getvalue()
        except MkDocsException as error:
            error.show()
            return None, error.exit_code, said.getvalue()
        except Exception:
            traceback.print_exc()
            return None, 1, said.getvalue()
        finally:
            state.logger.removeHandler(state.stream)


def _stand(order: Message, requests: BinaryIO, answers: BinaryIO) -> int:
    """Build a site, then make again the pages that are asked for; or make some pages, and no site. The exit code of this process."""
    os.chdir(order.told["folder"])
    os.environ["SOURCE_DATE_EPOCH"] = str(order.told["epoch"])
    if "ahead" in order.told:
        made, code, said = _run(partial(ahead, order.told["ahead"], order.files))
        send(answers, Message({"code": code, "said": said, "spent": time.process_time()}, made or {}))
        return _ANOTHER
    site, code, said = _run(Site)
    send(answers, Message({"code": code, "said": said, "spent": time.process_time()}))
    gc.freeze()
    _give_back()
    while (message := receive(requests)) is not None:
        if site is None or not (message.files or message.told):
            send(answers, Message({}))
            return _ANOTHER
        made, code, said = _run(partial(site.again, message.files, message.told.get("gone", ())))
        answer = made or Message({})
        spent = {"spent": time.process_time()}
        send(answers, Message({"code": code, "said": said, **spent, **answer.told}, answer.files))
    return 0


def main(requests: BinaryIO, answers: BinaryIO) -> int:
    """Fork a process for each whole build that is asked for: the one before was told to end, by a message without pages."""
    code = _ANOTHER
    while code == _ANOTHER and (order := receive(requests)) is not None:
        child = os.fork()
        if child == 0:
            code = 1
            try:
                code = _stand(order, requests, answers)
            finally:
                os._exit(code)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return 0 if code == _ANOTHER else abs(code)


if __name__ == "__main__":
    # What anything prints is no answer: the output is kept for those alone.
    with os.fdopen(int(sys.argv[1]), "rb") as requests, os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)
        sys.exit(main(requests, answers))
