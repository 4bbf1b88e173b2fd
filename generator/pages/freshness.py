"""What templates say of how sure rows still are on the reference date, and of where their sources are read."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from generator.catalogue.freshness import Kept, State, kept, origins, state
from generator.pages.views import View, Views


@dataclass(frozen=True, slots=True)
class Origin:
    """A source of a row and what is known of where it is read."""

    source: View
    lieu: Kept


def functions(views: Views, date: str) -> dict[str, Callable[..., Any]]:
    """What templates call these functions; `date`: the reference date, AAAA-MM-JJ."""
    today = datetime.date.fromisoformat(date)

    def of(view: View) -> State | None:
        return state(view.record, today)

    def overdue(rows: Iterable[View]) -> list[tuple[View, State]]:
        said = ((view, of(view)) for view in rows)
        return [(view, found) for view, found in said if found is not None and found.overdue]

    def sources(view: View) -> list[Origin]:
        found = ((source, kept(source)) for source in origins(view.record, views.catalogue))
        return [Origin(views.of(source), place) for source, place in found if place is not None]

    return {
        "fraicheur_de": of, "en_retard": overdue, "lieu_de": lambda view: kept(view.record), "sources_de": sources,
    }  # fmt: skip
