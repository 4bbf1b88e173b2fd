"""A build of MkDocs that is watched, and some pages made ahead of one: for warm_mkdocs.py alone."""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from mkdocs.__main__ import _enable_warnings
from mkdocs.commands import build
from mkdocs.config import load_config
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from generator.layout import SETTINGS


class Watch(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """Keeps what the build makes of the site, and takes pages that are made again in place of the disk."""

    def __init__(self) -> None:
        self.made: dict[str, bytes] | None = None

    def on_nav(self, nav: Any, *, files: Any, **_: object) -> None:
        """The menu is known."""
        self.nav, self.files = nav, files

    def on_env(self, env: Any, **_: object) -> None:
        """The templates are."""
        self.env = env

    def on_post_page(self, output: str, *, page: Any, **_: object) -> str | None:
        """A page is made."""
        if self.made is None:
            return None
        if output.strip():
            self.made[page.file.dest_uri] = output.encode("utf-8", errors="xmlcharrefreplace")
        return ""  # MkDocs writes nothing of an empty page


def configured(watch: Watch) -> Any:
    """The configuration of the current folder, as `mkdocs build --strict` reads it, with who watches the build."""
    _enable_warnings()  # type: ignore[no-untyped-call]
    with Path(SETTINGS).open("rb") as settings:
        config = load_config(config_file=settings, strict=True)
    config.plugins["generator"] = watch
    config.plugins.on_startup(command="build", dirty=False)
    return config


def ahead(names: Collection[str], texts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The HTML of some pages of the current folder, before a whole build makes them all; `texts`: those that are not on the disk."""
    watch = Watch()
    config = configured(watch)
    try:
        config = config.plugins.on_config(config)
        files = get_files(config)
        env = config.theme.get_env()
        files.add_files_from_theme(env, config)
        files = config.plugins.on_files(files, config=config)
        set_exclusions(files, config)
        nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
        asked = [file.page or Page(None, file, config) for file in files.documentation_pages() if file.src_uri in names]
        pages = {page.file.src_uri: page for page in (*nav.pages, *asked)}  # the menu shows the titles of its own
        for name, page in pages.items():
            if name in texts:
                page.file._content = text_of(texts[name])
            build._populate_page(page, config, files)
        env = config.plugins.on_env(env, config=config, files=files)
        watch.made = {}
        for page in asked:
            build._build_page(page, config, files.documentation_pages(), nav, env)
        return watch.made
    finally:
        config.plugins.on_shutdown()


def text_of(data: bytes) -> str:
    """The text of a file, as MkDocs reads it."""
    return io.StringIO(data.decode("utf-8-sig"), newline=None).read()
