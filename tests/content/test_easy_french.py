"""What this content says in easy French: of every proposal and indicator, and nothing that their records do not say."""

from __future__ import annotations

import re

from generator.catalogue.records import Catalogue, Record
from generator.catalogue.relations import Relations
from generator.prose.markdown import links
from generator.text.french import fold
from generator.text.links import without_links
from generator.text.numerals import NUMBER, digits
from generator.text.quantities import quantities


def texts(catalogue: Catalogue) -> list[Record]:
    return [row for table in ("propositions", "indicateurs") for row in catalogue[table]]


def test_every_proposal_and_every_indicator_is_told_in_easy_french(catalogue: Catalogue) -> None:
    assert len(catalogue["propositions"]) == 21
    assert [row.label for row in texts(catalogue) if not row["en_clair"]] == []


def test_none_is_said_to_be_read_again_before_it_is(catalogue: Catalogue) -> None:
    """A date and a group, or neither: see the rules of the contracts."""
    assert [
        row.label for row in texts(catalogue) if (row["en_clair_relu_le"] is None) != (row["en_clair_relu_par"] is None)
    ] == []


PRINTED = {"titre", "libelle", "valeur", "valeur_imprimee", "periode", "periode_imprimee", "ventilation"}


def _said(row: Record, relations: Relations) -> set[str]:
    """The numbers of a record, in digits or in letters, and those of the rows that it holds."""
    held = [row]
    for record in held:
        for child in relations.catalogue.contracts.children(record.resource.name):
            held += relations.children(record, child.name)
    columns = [str(one[field.name]) for one in held for field in one.resource.fields
               if one[field.name] is not None and field.name != "en_clair" and (field.prose or field.name in PRINTED)]  # fmt: skip
    words = [without_links(text) for text in columns]
    found = {digits(number.group()) for text in words for number in NUMBER.finditer(text)}
    pieces = (piece for text in words for piece in re.findall(r"\w+ [^\s]+ [^\s]+|\w+", text))
    found |= {str(int(each.value)) for piece in pieces for each in quantities(piece) if each.value == int(each.value)}
    return found | {
        str(amount)
        for word, amount in {"decennie": 10, "double": 2, "deux": 2}.items()
        if word in fold(" ".join(words))
    }


COUNTED = re.compile(r"\[[0-9]\]\(nombre:\) (?:choses|chiffres)\b")  # of what the easy text itself lists


def test_an_easy_text_gives_no_number_that_its_record_does_not_give(catalogue: Catalogue) -> None:
    relations = Relations(catalogue)
    wrong = []
    for row in texts(catalogue):
        text, known = COUNTED.sub("", str(row["en_clair"])), _said(row, relations)
        for number in NUMBER.finditer(without_links(text)):
            if digits(number.group()) not in known:
                wrong.append(f"{row.id[0]} : {number.group()}")
    assert wrong == []


def test_an_easy_text_links_only_to_its_own_figures(catalogue: Catalogue) -> None:
    wrong = []
    for row in catalogue["indicateurs"]:
        for link in links(str(row["en_clair"])):
            if link.target.startswith("chiffre:") and not link.target.startswith(f"chiffre:{row.id[0]}/"):
                wrong.append(link.target)
    assert wrong == []
