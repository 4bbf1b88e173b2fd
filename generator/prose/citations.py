"""Who quotes what: the proses that hold a link to a record."""

from __future__ import annotations

from collections.abc import Sequence

from generator.catalogue.reads import question
from generator.catalogue.records import Catalogue, Record
from generator.documents.articles import Article
from generator.prose.markdown import links
from generator.prose.passages import passages
from generator.prose.targets import record_of, terms


class Citations:
    """For each record, the pages and the records whose prose names it, in reading order, each once."""

    def __init__(self, catalogue: Catalogue, articles: Sequence[Article]) -> None:
        self._catalogue = catalogue
        self._articles = articles
        self._found: dict[int, dict[int, Record | Article]] | None = None

    @question
    def of(self, record: Record) -> list[Record | Article]:
        """Those that name a record; a record does not count as naming itself, what holds it or what it holds."""
        if self._found is None:
            self._found = {}
            for passage in passages(self._catalogue, self._articles):
                for written in (term for link in links(passage.text) for term in terms(link.target)):
                    target = record_of(written, self._catalogue)
                    if target is not None:
                        self._found.setdefault(id(target), {})[id(passage.owner)] = passage.owner
        named = self._found.get(id(record), {}).values()
        kin = {id(record), id(record.parent)}
        return [o for o in named if id(o) not in kin and id(getattr(o, "parent", None)) != id(record)]
