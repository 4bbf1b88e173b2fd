"""What a sentence claims of records in words (« près d’un tiers », « a doublé »), held against their numbers of today."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from generator.catalogue.records import Catalogue, Record
from generator.checks.places import Blame
from generator.checks.quotations import quotes
from generator.diagnostics.finding import fault
from generator.prose.claims import Claim, claimed, words_of
from generator.prose.intervals import Interval
from generator.prose.measures import TIMES, Measure, measured
from generator.prose.targets import AGAINST, quotable, record_of, terms
from generator.text.interface import Sentence, sentence
from generator.text.numerals import NUMBER
from generator.text.spoken import number

_DIGITS = 4  # of a ratio, in a message


@dataclass(frozen=True, slots=True)
class _Term:
    """A record that a claim is about: how the link writes it, what it says, its number."""

    written: str
    value: str
    measure: Measure


def claims(text: str, target: str, catalogue: Catalogue) -> bool:
    """Whether a link claims something: it compares two records, or says in words the share or the growth that a quoted record
    gives and does not quote it.
    """
    if len(terms(target)) > 1:
        return True
    record, claim = record_of(target, catalogue), claimed(text)
    if record is None or not record.resource.quoted or claim is None or claim.figure or quotes(text, record):
        return False
    return measured(record, catalogue) is not None


def denied(text: str, target: str, catalogue: Catalogue, doubtful: Set[int]) -> Blame | None:
    """What is wrong with a claim whose records are there; None when it is true, or when what they say is not known."""
    claim, named = claimed(text), terms(target)
    records = [record for term in named if (record := record_of(term, catalogue)) is not None]
    if any(id(record) in doubtful or _unread(record, catalogue) for record in records):
        return None
    if claim is None or len(named) > 2:
        return _unknown(text, named)
    found = list[_Term]()
    for term in named:
        record = record_of(term, catalogue)
        measure = measured(record, catalogue) if record is not None else None
        if record is None or measure is None:
            return _numberless(text, term)
        found.append(_Term(term, _said(record), measure))
    ratio = _alone(claim, found[0].measure) if len(found) == 1 else found[0].measure.against(found[1].measure)
    if ratio is None:
        return _apart(text, *found) if len(found) > 1 else _relative(text, found[0])
    return None if all(map(claim.interval.holds, ratio)) else _false(text, claim, found, ratio)


def _unread(record: Record, catalogue: Catalogue) -> bool:
    """Whether a value that a sentence may quote, or its unit, is written and could not be read, which is said of it."""
    units = {field.unit for field in record.resource.fields if field.unit}
    keys = [
        key for key in record.resource.foreign_keys if key.fields[-1] in units and record[key.fields[-1]] is not None
    ]
    if any(catalogue.target(record, key) is None for key in keys):
        return True
    return any(record[name] is None and record.writes(name) for name in record.resource.quoted)


def _said(record: Record) -> str:
    """What a record says that has its number: the first of what is quoted that has one in digits, else the first."""
    values = list(quotable(record))
    return next(filter(NUMBER.search, values), values[0] if values else record.label)


def _alone(claim: Claim, measure: Measure) -> tuple[Fraction, Fraction] | None:
    """The ratio that one number gives by itself: a share, or what an evolution makes of a number; None when it gives none."""
    if claim.compares or not measure.bare:
        return None
    if claim.change and measure.unit != TIMES:
        return 1 + measure.low, 1 + measure.high
    ends = sorted((abs(measure.low), abs(measure.high)))
    return ends[0], ends[1]


# --- What is said ------------------------------------------------------------------------------------------------


def _unknown(text: str, named: Sequence[str]) -> Blame:
    """Words that are no claim, or more than two records."""
    message = "« {text} » n’est pas une comparaison que le contrôle sait vérifier."
    hint = "Ne mettez entre crochets que les mots qui comparent, par exemple « près d’un tiers », « a doublé », « trois fois plus »."
    if len(named) > 2:
        message, hint = "« {text} » compare plus de deux lignes.", "Un rapport a deux termes : [{text}]({target})."
    target = AGAINST.join(named[:2])
    return lambda place: fault("affirmation", place, message, hint, text=text, target=target)


def _numberless(text: str, target: str) -> Blame:
    message = "La phrase dit « {text} », mais « {target} » n’a pas de nombre."
    hint = "Comparez des lignes qui ont un nombre, ou écrivez la phrase sans lien de comparaison."
    return lambda place: fault("affirmation", place, message, hint, text=text, target=target)


def _relative(text: str, term: _Term) -> Blame:
    """A claim on one number that is no share and no growth."""
    message = "La phrase dit « {text} », mais « {target} » dit « {value} », qui n’est ni une part ni une évolution."
    hint = "Dites à quoi ce nombre est comparé : [{text}]({target}{against}…)."
    values = {"target": term.written, "value": term.value, "against": AGAINST}
    return lambda place: fault("affirmation", place, message, hint, text=text, **values)


def _apart(text: str, one: _Term, other: _Term) -> Blame:
    """Two numbers whose ratio says nothing."""
    message = "La phrase dit « {text} », mais « {a} » ({one}) et « {b} » ({other}) ne se comparent pas."
    hint = "Un rapport demande deux nombres positifs, de la même unité ; écrivez la phrase sans ce lien, ou liez-en d’autres."
    values = {"a": one.written, "one": one.value, "b": other.written, "other": other.value}
    return lambda place: fault("affirmation", place, message, hint, text=text, **values)


def _false(text: str, claim: Claim, found: Sequence[_Term], ratio: tuple[Fraction, Fraction]) -> Blame:
    """A claim that the numbers deny, with words that would be true when it tells a share."""
    message = "La phrase dit « {text} », mais « {a} » dit « {one} » : un rapport {ratio}."
    if len(found) > 1:
        message = (
            "La phrase dit « {text} », mais « {a} » dit « {one} » et « {b} » dit « {other} » : un rapport {ratio}."
        )
    hint = "Ces mots demandent un rapport {wanted}. Corrigez les mots, ou les nombres s’ils sont faux."
    one, other = found[0], found[-1]
    values = {"a": one.written, "one": one.value, "b": other.written, "other": other.value}
    words = "" if claim.change or claim.compares or ratio[0] != ratio[1] else words_of(ratio[0])
    suggestion = f"[{words}]({AGAINST.join(term.written for term in found)})" if words else ""
    told = {"ratio": _within(Interval(*ratio)), "wanted": _within(claim.interval)}
    return lambda place: fault("affirmation-fausse", place, message, hint, suggestion, text=text, **values, **told)


def _within(interval: Interval) -> Sentence:
    """« de 0,3 à 0,35 », « de plus de 2 »."""
    low, high = _rounded(interval.low), _rounded(interval.high or Fraction(0))
    if interval.high is None:
        return sentence("de plus de {low}" if interval.low_open else "d’au moins {low}", low=low)
    if interval.low == interval.high:
        return sentence("de {low}", low=low)
    if interval.low == 0 and not interval.low_open:
        return sentence("de moins de {high}" if interval.high_open else "d’au plus {high}", high=high)
    told = "de {low} à moins de {high}" if interval.high_open else "de {low} à {high}"
    return sentence("de plus de {low} à {high}" if interval.low_open else told, low=low, high=high)


def _rounded(ratio: Fraction) -> str:
    return number(Decimal(format(float(ratio), f".{_DIGITS}g")))
