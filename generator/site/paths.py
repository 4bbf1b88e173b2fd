"""The paths of all files of a site, which come and go: what is at an address, and what a disk would take for another."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from generator.text.interface import say


class Paths:
    """The paths of the files of a site, `a/b/index.html`."""

    def __init__(self, files: Iterable[str] = ()) -> None:
        self._files = set[str]()
        self._folders = dict[str, int]()  # how many files and folders are right in each
        self._first = dict[str, str]()  # a path, by what a disk blind to case and to accents' encoding calls it
        self._others = dict[str, set[str]]()  # those that such a disk would call the same, where there are
        for name in files:
            self.add(name)

    def __contains__(self, name: object) -> bool:
        return name in self._files

    def add(self, name: str) -> None:
        """A file that comes; nothing if it is there."""
        if name not in self._files:
            self._files.add(name)
            self._come(name)
            while folder := name.rpartition("/")[0]:
                self._folders[folder] = self._folders.get(folder, 0) + 1
                if self._folders[folder] > 1:
                    break
                self._come(folder)
                name = folder

    def remove(self, name: str) -> None:
        """A file that goes; nothing if it is not there."""
        if name in self._files:
            self._files.remove(name)
            self._go(name)
            while folder := name.rpartition("/")[0]:
                self._folders[folder] -= 1
                if self._folders[folder]:
                    break
                del self._folders[folder]
                self._go(folder)
                name = folder

    def twins(self) -> Iterator[tuple[str, str]]:
        """Each path, of a file or of a folder, that such a disk would take for another, and that other: the first in order."""
        for key, others in self._others.items():
            first, *later = sorted((self._first[key], *others))
            yield from ((path, first) for path in later)

    def wrong(self, path: str) -> str:
        """Why there is no file at a path, in French; "" where there is one."""
        if path in self._files:
            return ""
        if f"{path}/index.html" in self._files:
            return say("dossier sans barre finale : écrivez l’adresse avec « / »")
        key = _key(path)
        alike = {self._first.get(key, ""), *self._others.get(key, ())} & self._files
        if alike:
            return say("la casse ou les accents diffèrent : le fichier est « {other} »", other=min(alike))
        return say("rien à cette adresse dans le site")

    def _come(self, path: str) -> None:
        key = _key(path)
        if self._first.setdefault(key, path) != path:
            self._others.setdefault(key, set()).add(path)

    def _go(self, path: str) -> None:
        key = _key(path)
        others = self._others.get(key)
        if others is None:
            self._first.pop(key, None)
            return
        if path in others:
            others.remove(path)
        else:
            self._first[key] = others.pop()
        if not others:
            del self._others[key]


def _key(path: str) -> str:
    """A path as such a disk reads it: itself, when it is plain."""
    key = path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()
    return path if key == path else key
