"""The places in a source that are a number alone, in a column of texts: nothing says whether it counts pages, articles or notes. A
column of numbers says it by its title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.catalogue.records import Catalogue
from generator.contracts.origins import sourced
from generator.diagnostics.finding import Diagnostic, fault

_ALONE = re.compile(r"[0-9]+(?: ?[-–] ?[0-9]+)?")


def check(catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Every place of which nothing says what its number counts; a column whose contract says its form or its values is left alone."""
    for resource in catalogue.contracts.resources.values():
        if resource.derive is not None or resource.name in catalogue.contracts.faulty:
            continue
        places = {place.name: place for _, place in sourced(resource, catalogue.contracts) if place is not None}
        for place in places.values():
            if place.type != "string" or place.constraints.pattern or place.categories:
                continue
            for record in catalogue[resource.name]:
                text = record[place.name]
                if isinstance(text, str) and _ALONE.fullmatch(text):
                    message = "{title} : rien ne dit ce que compte « {text} »."
                    hint = "Écrivez « p. {text} » si c’est une page ; sinon, dites si c’est une section, un article, une note."
                    yield fault("endroit-en-nombre", record.at(place.name), message, hint, title=place.title, text=text)
