"""The pages of a site as MkDocs knows them, to which some are added and of which some leave: for warm_mkdocs.py alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, _file_sort_key, set_exclusions
from mkdocs.structure.pages import Page


class Pages:
    """The pages of a site among its files, by their names, in the order in which MkDocs has them."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self.doc_files = list(files.documentation_pages())
        self.by_name: dict[str, Any] = {file.src_uri: file.page for file in self.doc_files}
        self.order = {name: number for number, name in enumerate(self.by_name)}

    def but(self, added: Iterable[str], gone: Collection[str], config: MkDocsConfig) -> Pages:
        """The same with pages more, in no menu, and others less."""
        fresh = [File(name, config.docs_dir, config.site_dir, config.use_directory_urls) for name in added]
        set_exclusions(fresh, config)
        for file in fresh:
            Page(None, file, config)
        left = [file for file in self.files if file.src_uri not in gone]
        written = [file for file in left if file.src_dir == config.docs_dir]  # the others are those of the theme
        others = [file for file in left if file.src_dir != config.docs_dir]
        return Pages(Files([*sorted([*written, *fresh], key=_walked), *others]))


def _walked(file: File) -> tuple[tuple[bool, object], ...]:
    """Where the walk of a folder meets a file: before the folders that stand beside it, the index first."""
    *folders, name = file.src_uri.split("/")
    return (*((True, folder) for folder in folders), (False, _file_sort_key(name)))
