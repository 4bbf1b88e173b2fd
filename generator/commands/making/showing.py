"""Pages that are made again take their place on the site: the engine makes their HTML, the last gate judges them, they are published.
Some may be shown ahead of the others; when these are refused, they are put back as they were.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterable, Mapping
from types import MappingProxyType
from typing import TypeVar

from generator.catalogue.project import Project
from generator.commands.making import pipeline
from generator.commands.making.lasting import Lasting
from generator.commands.making.tree import Tree, publish
from generator.layout import DOCS, INDEX, SITE
from generator.pages.page import Page
from generator.pages.templates import TemplateFault
from generator.site import engine
from generator.text.interface import say
from generator.writing import entries, inside

T = TypeVar("T")
Make = Callable[[], Iterable[Page]]
NO_SHEETS: Mapping[str, bytes] = MappingProxyType({})


class Showing:
    """Of a newer reading of a project, on a date. `configured`: whether the engine reads other settings, with which it is to make all
    pages again; `broken`: whether what lasts is half made, and all is to be made when something is refused.
    """

    def __init__(self, project: Project, date: str, lasting: Lasting, *, configured: bool, broken: bool) -> None:
        self.project, self.date, self.lasting, self.configured, self.broken = project, date, lasting, configured, broken
        self.whole: list[str] = []  # what could not be narrowed
        self._changed: list[Page] = []  # those that are made, of which nothing is settled
        self._made: dict[str, bytes] = {}  # what the engine made of those that are ahead, by its paths on the site
        self._former: dict[str, bytes | None] = {}  # what these took the place of

    def ahead(
        self, make: Make, looked: Collection[str], sheets: Mapping[str, bytes], coming: Collection[str]
    ) -> tuple[str, ...]:
        """Show pages before all that is to be shown is made: those that are made, those that are `looked` at, when all change, with the style
        `sheets` that are others; `coming`: the files that are made later. The files that changed; none when the engine cannot make some
        without the others, or when something of them leads nowhere yet. Raises Refused, and nothing is changed.
        """
        lasting, warm = self.lasting, self.lasting.warm
        if warm is None:
            return ()
        self._changed = _sure(lambda: list(make()))
        texts = {page.file: page.text for page in self._changed}
        if not texts and not self.configured:
            return ()
        if self.configured:
            names = [*dict.fromkeys((*texts, *(f"{path}index.md" for path in looked)))]
            made = warm.ahead(lasting.place, pipeline.epoch(self.date), names, texts)
        else:
            made = self._made = {**_sure(lambda: warm.pages(texts)).pages}
        settled = lasting.gate.given({**made, **sheets}, coming=coming)
        lasting.gate.undo()
        later = {*coming} - made.keys()  # of which the places that others lead to are not known yet
        if any(finding.page in made and finding.path not in later for finding in settled.findings):
            return ()  # what is wrong is told once all is made
        shown = {**settled.pages, **sheets}
        self._former = {path: self._bytes(path) for path in shown}
        return self._publish(shown)

    def take(self, make: Make) -> None:
        """Make pages, to be shown with those that are made next. Raises Refused, and nothing is changed."""
        self._changed += _sure(lambda: list(make()))

    def all(
        self,
        make: Make,
        gone: Collection[str] = (),
        left: Collection[str] = (),
        sheets: Mapping[str, bytes] = NO_SHEETS,
        coming: Collection[str] = (),
    ) -> tuple[str, ...]:
        """Show all: the others too, and the style `sheets` that are others, but no more the pages that are gone (their paths), nor the
        files that `left`; `coming`: those that are made later. The files that changed. Raises Refused, and what lasts is as it was unless
        it is `broken`.
        """
        lasting = self.lasting
        try:
            self.take(make)
            made = {**self._made, **_sure(lambda: self._html(self._changed, gone)), **sheets}
            lost = [*left, *(path for page in gone if (path := f"{page}{INDEX}") not in made)]
            settled = lasting.gate.given(made, removed=lost, coming=coming)
            if settled.findings:
                lasting.gate.undo()
                raise pipeline.Refused(pipeline.blamed(self.project, settled.findings))
        except BaseException as error:
            self._files_back()
            if isinstance(error, pipeline.Refused):
                self._engine_back(gone)
            raise
        changed, self._changed, self._made, self._former = self._changed, [], {}, {}
        lasting.unindexed = lasting.unindexed or bool(changed or gone)
        self._write(changed, gone)
        names = self._publish({**made, **settled.pages})
        lasting.site.remove(lost)
        publish(lasting.docs.root, self.project.root / DOCS, [page.file for page in changed])
        return names

    def _html(self, changed: Collection[Page], gone: Collection[str]) -> Mapping[str, bytes]:
        """The HTML of pages that were not made ahead, by their paths on the site; of all pages, when the engine cannot make fewer."""
        lasting = self.lasting
        texts: dict[str, str | None] = {p.file: p.text for p in changed if f"{p.path}{INDEX}" not in self._made}
        texts |= {f"{page}index.md": None for page in gone}
        if not texts and not self.configured:
            return {}
        if self.configured:
            self.whole.append(say("mkdocs.yml a changé : le site entier est reconstruit"))
            self.configured = False
        elif lasting.warm is not None:
            again = lasting.warm.pages(texts)
            if not again.whole:
                return again.pages
            self.whole.append(str(again.whole))
        else:
            self.whole.append(say("{engine} refait toutes les pages", engine=lasting.name))
        self.broken = True
        self._write(changed, gone)
        made = lasting.engine(lasting.place, lasting.name, pipeline.epoch(self.date)).site
        found = {path: (made / path).read_bytes() for path, _ in entries(made) if path.endswith((".html", ".xml"))}
        shutil.rmtree(made)
        return lasting.others(found)

    def _write(self, changed: Collection[Page], gone: Collection[str]) -> None:
        """Have the texts of pages where the engine reads them."""
        for page in changed:
            self.lasting.docs.put(page.file, page.text)
        self.lasting.docs.remove([f"{page}index.md" for page in gone])

    def _publish(self, made: Mapping[str, bytes]) -> tuple[str, ...]:
        site = self.lasting.site
        names = [path for path, data in made.items() if site.put(path, data)]
        publish(site.root, self.project.root / SITE, names)
        return tuple(names)

    def _bytes(self, path: str) -> bytes | None:
        """The bytes of a file of the site, if it is there."""
        place = inside(self.lasting.site.root, path)
        return place.read_bytes() if place.is_file() else None

    def _files_back(self) -> None:
        """Have the pages that were shown ahead as they were."""
        self._publish({path: data for path, data in self._former.items() if data is not None})
        new = [path for path, data in self._former.items() if data is None]
        for tree in (self.lasting.site, Tree(self.project.root / SITE)):
            tree.remove(new)

    def _engine_back(self, gone: Collection[str]) -> None:
        """Have the engine as it was."""
        lasting, made = self.lasting, self.lasting.pages.made
        texts: dict[str, str | None] = {
            f"{path}index.md": made[path].page.text if path in made else None
            for path in (*(page.path for page in self._changed), *gone)
        }
        if not self.broken and lasting.warm is not None:
            try:
                lasting.warm.pages(texts)
            except (engine.EngineError, OSError):
                self.broken = True


def _sure(make: Callable[[], T]) -> T:
    """What is made. Raises Refused for a fault of a template, or what the engine complains of."""
    try:
        return make()
    except TemplateFault as error:
        raise pipeline.Refused([error.diagnostic]) from error
    except engine.EngineError as error:
        raise pipeline.Refused([pipeline.engine_fault(error)]) from error
