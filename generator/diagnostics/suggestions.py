"""What a text was probably meant to be, among the words that are known."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cached_property

from generator.text.french import fold

LONGEST = 200  # characters of a text that is compared
LEAST = 4  # letters of a word that says something
ALIKE = 0.72  # from 0, nothing in common, to 1
EFFORT = 3_000_000  # letters compared: some hundreds of texts among a thousand words, a dozen among twenty thousand


class Effort:
    """What may still be spent on comparing spellings: the first mistakes have their suggestions, the others only those that cost
    nothing. It belongs to one table or one check, so that what is said never depends on what was checked before.
    """

    def __init__(self) -> None:
        self.left = EFFORT


class Words:
    """The words that are known somewhere, each with its label when `labels` are given in the same order; folded once."""

    def __init__(self, names: Iterable[str], labels: Iterable[str] = (), effort: Effort | None = None) -> None:
        self._names = names
        self._labels = labels
        self._effort = effort or Effort()

    @cached_property
    def _folded(self) -> tuple[dict[str, str], dict[str, str], dict[int, list[str]]]:
        """Each word by its folded text, then by its folded label; the folded texts by their length."""
        names = list(self._names)
        own, labelled, lengths = dict[str, str](), dict[str, str](), dict[int, list[str]]()
        for name in names:
            own.setdefault(fold(name), name)
        for name, label in zip(names, self._labels, strict=False):
            if label:
                labelled.setdefault(fold(label), name)
        for text in own:
            lengths.setdefault(len(text), []).append(text)
        return own, labelled, lengths

    def nearest(self, text: str) -> str:
        """The word that `text` was probably meant to be, or "": same once folded (itself or its label), else close in spelling."""
        own, labelled, _ = self._folded
        folded = fold(text)
        found = own.get(folded) or labelled.get(folded)
        if found or len(text) > LONGEST:
            return found or ""
        return self._holding(folded) or own.get(self._close(folded), "") or self._labelled(folded)

    def _holding(self, folded: str) -> str:
        """The only word that holds all the parts of a text, which is long enough to say something (`appelants`:
        nouveaux-appelants), or "".
        """
        if len(folded) <= LEAST or self._effort.left <= 0:
            return ""
        own, parts = self._folded[0], folded.split()
        self._effort.left -= sum(map(len, own))
        held = [name for text, name in own.items() if folded in text and all(part in text.split() for part in parts)]
        return held[0] if len(held) == 1 else ""

    def _labelled(self, folded: str) -> str:
        """The word of the only label that holds all the words of a text, but for their ends (`estimée`: « Valeur estimée »)."""
        stems = [stem(word) for word in folded.split()]
        labelled = self._folded[1]
        if not labelled or not any(len(each) >= LEAST for each in stems) or self._effort.left <= 0:
            return ""
        self._effort.left -= sum(map(len, labelled))
        held = {name for label, name in labelled.items() if _holds(label, stems)}
        return held.pop() if len(held) == 1 else ""

    def _close(self, folded: str) -> str:
        """The folded word of the closest spelling, "" when none is close or when too much was compared already."""
        match, best = SequenceMatcher(), (ALIKE, "")
        match.set_seq2(folded)
        for length, words in self._folded[2].items():
            if 2 * min(length, len(folded)) < ALIKE * (length + len(folded)):
                continue
            for word in words:
                if self._effort.left <= 0:
                    return ""
                self._effort.left -= length + len(folded)
                match.set_seq1(word)
                if match.quick_ratio() >= best[0]:
                    self._effort.left -= length * len(folded)
                    best = max(best, (match.ratio(), word))
        return best[1]


# Words that people use one for another when they name a column, folded.
_SYNONYMS = (
    "titre intitule libelle nom label name title appellation",
    "commentaire commentaires remarque remarques note notes observation precision",
    "annee year date periode millesime an",
    "valeur chiffre nombre montant value quantite",
    "description definition resume texte enonce presentation contenu text",
    "auteur organisme acteur organisation producteur editeur author",
    "lien url adresse site link web",
    "page pages localisation endroit emplacement passage location",
    "source document reference origine",
    "theme sujet rubrique categorie domaine",
    "type nature genre sorte kind",
    "identifiant id code cle ref",
    "unite mesure unit",
    "lieu territoire region zone",
    "statut etat status",
    "sigle acronyme abreviation",
)
_GROUPS = [group.split() for group in _SYNONYMS]


def synonym(text: str, candidates: Iterable[str], labels: Iterable[str] = ()) -> str:
    """The candidate that means the same as a word (`titre`: libelle), by its name or by its label; "" when none does, or several."""
    folded = fold(text)
    alike = {word for group in _GROUPS if folded in group for word in group}
    named = [(name, fold(name)) for name in candidates]
    found = {name for name, word in named if word in alike}
    found |= {name for (name, _), label in zip(named, labels, strict=False) if fold(label) in alike}
    return found.pop() if len(found) == 1 else ""


def stem(word: str) -> str:
    """A folded word without the marks of feminine and plural."""
    return word if len(word) < LEAST else word.rstrip("s").removesuffix("e")


def _holds(label: str, stems: list[str]) -> bool:
    words = [stem(word) for word in re.findall(r"\w+", label)]
    return all(each in words for each in stems)


def nearest(text: str, candidates: Iterable[str], labels: Iterable[str] = ()) -> str:
    """The same, among words that are looked up once."""
    return Words(candidates, labels).nearest(text)
