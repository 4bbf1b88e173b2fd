"""What a prose shows raw or not at all: links that are none, HTML, images, the marks of other flavours of Markdown."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import chain

from generator.catalogue.project import Project
from generator.catalogue.records import Catalogue
from generator.checks.prose_layout import lost, may_be_lost
from generator.diagnostics.finding import Diagnostic, fault
from generator.layout import FILES, FILES_SHOWN
from generator.prose.markdown import read
from generator.prose.near_links import NearLink, near_links
from generator.prose.oddities import Oddity, dashes, oddities
from generator.prose.passages import Lines, Passage, passages
from generator.prose.targets import COUNT, PAGE, quotable, record_of, schemes
from generator.text.memory import TEXTS
from generator.values.identifiers import short_identifier

# Each kind of oddity: code, message, hint.
_TOLD = {
    "html": (
        "html-dans-un-texte",
        "Le HTML n’est pas repris dans un texte : « {text} » s’y lirait tel quel.",
        "Écrivez en Markdown, ou retirez ces signes ; pour les montrer, mettez-les entre accents graves.",
    ),
    "image": (
        "markdown-inconnu",
        "Cette image ne serait pas reprise : il n’en resterait que ses mots.",
        "Une page montre les images de {files}/ : ![mots]({shown}plan.png). Sinon, écrivez un lien : sans le point d’exclamation.",
    ),
    "caractere": (
        "caractere-interdit",
        "« {text} » écrit un caractère invisible ou de commande (U+{code}).",
        "Supprimez-le.",
    ),
    "modele": (
        "markdown-inconnu",
        "« {text} » est la marque d’un modèle : dans un texte, elle se lirait telle quelle.",
        "Écrivez la valeur elle-même ; pour montrer ces signes, mettez-les entre accents graves.",
    ),
    "attributs": (
        "markdown-inconnu",
        "« {text} » se lirait tel quel : un texte ne donne ni ancre ni classe.",
        "Supprimez-le : l’ancre d’un titre se déduit de ses mots.",
    ),
    "note": (
        "markdown-inconnu",
        "Les notes de bas de page ne sont pas reprises : « {text} » se lirait tel quel.",
        "Écrivez la note entre parenthèses, ou dans une phrase.",
    ),
    "double-crochet": (
        "markdown-inconnu",
        "« {text} » n’est pas un lien : ses crochets se liraient tels quels.",
        "Un lien s’écrit [mots](page.md).",
    ),
    "definition-absente": (
        "markdown-inconnu",
        "« {text} » n’est pas un lien : il manque la définition de ce que nomment ses seconds crochets.",
        "Un lien s’écrit [mots](adresse).",
    ),
    "definition-inutile": (
        "markdown-inconnu",
        "Cette ligne définit un lien que rien n’emploie : elle ne se lirait nulle part.",
        "Supprimez-la, ou écrivez le lien là où il sert : [mots](adresse).",
    ),
    "crochets": (
        "markdown-inconnu",
        "« {text} » n’est pas un lien : ses crochets se liraient tels quels.",
        "Un lien s’écrit [mots](adresse), d’un seul tenant, et son adresse ne contient pas d’espace.",
    ),
    "encadre": (
        "markdown-inconnu",
        "Les encadrés ne sont pas repris : « {text} » se lirait tel quel.",
        "Écrivez un paragraphe, ou une citation qui commence par « > ».",
    ),
    "tache": (
        "markdown-inconnu",
        "Les cases à cocher ne sont pas reprises : « {text} » se lirait tel quel.",
        "Retirez les crochets.",
    ),
    "diese": (
        "titre-de-partie",
        "« {text} » ne serait pas un titre : il manque une espace après les dièses.",
        "Un titre s’écrit « ## Mots ».",
    ),
    "bloc-ouvert": (
        "mise-en-page-perdue",
        "Ce bloc de code n’est jamais refermé : tout ce qui suit se lirait comme du code.",
        "Fermez-le par une ligne qui répète cette marque, seule.",
    ),
    "barre": (        "markdown-inconnu",
        "« {text} » se lirait tel quel : un texte n’est ni barré ni surligné.",
        "Écrivez **gras** ou *italique*, ou retirez ces signes.",
    ),
    "ligne-de-tableau": (
        "mise-en-page-perdue",
        "Cette ligne a la forme d’un tableau, mais n’en fait pas un.",
        "Sous l’en-tête, écrivez une ligne de tirets avec autant de cases : |---|---|",
    ),
    "case-perdue": (
        "mise-en-page-perdue",
        "« {text} » dépasse de l’en-tête du tableau : cette cellule ne se lirait nulle part.",
        "Donnez à chaque ligne les cellules de l’en-tête ; une barre qui ne sépare rien s’écrit \\|.",
    ),
    "tiret": (
        "mise-en-page-perdue",
        "Un tiret long ou une puce n’ouvre pas un élément de liste : ces lignes n’en feraient qu’une.",
        "Commencez chaque élément par « - » ; si ce tiret ouvre un dialogue, écrivez-le &mdash;.",
    ),
}  # fmt: skip

# What to write instead of some elements of HTML; a comment has no name.
_INSTEAD = {
    "b strong": "Écrivez **mots**.",
    "i em": "Écrivez *mots*.",
    "br": "Passez une ligne pour un paragraphe ; pour aller seulement à la ligne, finissez celle-ci par « \\ ».",
    "a": "Écrivez [mots](adresse).",
    "img svg picture": "Les images ne sont pas reprises : retirez-la.",
    "code kbd pre samp tt": "Écrivez le code entre accents graves.",
    "ul ol li": "Commencez chaque élément de liste par « - » ou « 1. ».",
    "table thead tbody tr th td": "Écrivez le tableau avec des barres : | a | b |, puis |---|---|, puis ses lignes.",
    "h1 h2 h3 h4 h5 h6": "Commencez le titre par « ## ».",
    "blockquote": "Commencez les lignes de la citation par « > ».",
    "": "Supprimez-le : un texte n’a pas de commentaire.",
}


def check(project: Project, lines: Lines) -> Iterator[Diagnostic]:
    """Near-links, then what Markdown does not read as it was meant."""
    known = schemes(project.catalogue)
    for passage in passages(project.catalogue, project.articles):
        if _unmarked(passage.text, known):
            continue
        near = near_links(passage.text, known)
        starts = [link.offset for link in near]
        for link in near:
            yield _near(link, passage, project.catalogue, lines)
        joined = lost(passage, lines)
        own = _own_images(passage.text)
        if joined is not None:
            yield joined
        for odd in (*oddities(passage.text), *dashes(passage.text)):
            if odd.kind == "image" and passage.is_page and odd.offset in own:
                continue  # checks/pictures.py
            if joined is not None and _TOLD[odd.kind][0] == joined.code:
                continue
            before = bisect_right(starts, odd.offset + odd.length) - 1
            if before < 0 or odd.offset >= near[before].offset + near[before].length:
                yield _odd(odd, passage, lines, project.targets)


@lru_cache(maxsize=TEXTS)
def _unmarked(text: str, known: frozenset[str]) -> bool:
    """Whether a prose has none of the signs that are looked for, whatever its file and its owner."""
    odd = next(chain(oddities(text), dashes(text)), None)
    return odd is None and not may_be_lost(text) and not near_links(text, known)


def _own_images(text: str) -> frozenset[int]:
    """Where the images of content/fichiers/ begin in a prose."""
    found = read(text).images if "![" in text else ()
    return frozenset(image.offset for image in found if image.target.startswith(FILES_SHOWN))


def _odd(odd: Oddity, passage: Passage, lines: Lines, names: Collection[str] = ()) -> Diagnostic:
    code, message, hint = _TOLD[odd.kind]
    suggestion = _instead(odd, passage.text[odd.offset :].partition("\n")[0], names)
    spaced = re.fullmatch(r"(\[[^\[\]]+\])\((https?:[^()<>\"]+)\)", odd.text) if odd.kind == "crochets" else None
    if spaced:
        suggestion = f"{spaced[1]}({re.sub(' +', '%20', spaced[2].strip())})"
    if odd.kind == "html":
        element = re.sub(r"</?([A-Za-z]*).*", r"\1", odd.text, flags=re.DOTALL).lower()
        hint = next((said for names, said in _INSTEAD.items() if element in names.split()), hint)
    place = passage.at(odd.offset, odd.length, lines)
    character = f"{ord(odd.meant[0]):04X}" if odd.meant else ""
    return fault(code, place, message, hint, suggestion, text=odd.text, code=character, files=FILES, shown=FILES_SHOWN)


def _instead(odd: Oddity, rest: str, names: Collection[str]) -> str:
    """What to write instead of an oddity, "" when that is not clear; `rest`: its line, from it on; `names`: of the pages."""
    if odd.kind == "tiret":
        return re.sub(r"^\S+\s+", "- ", odd.text)
    if odd.kind == "tache":
        return re.sub(r"\[[ xX]\]\s*", "", rest, count=1)
    if odd.kind == "diese":
        return re.sub(r"^(#+)", r"\1 ", odd.text)
    defined = re.match(r"(\[[^\[\]]+\])\[([^\[\]]*)\]", odd.text) if odd.kind == "definition-absente" else None
    if defined:
        page = f"{short_identifier(defined[2] or defined[1])}.md"
        return f"{defined[1]}({page})" if page in names else ""
    marked = re.match(r"<(b|strong|i|em)>([^<>]+)</\1>", rest) if odd.kind == "html" else None
    if marked:
        mark = "**" if marked[1] in ("b", "strong") else "*"
        return f"{mark}{marked[2]}{mark}"
    return ""


def _near(link: NearLink, passage: Passage, catalogue: Catalogue, lines: Lines) -> Diagnostic:
    """A link that is none, with the link to write when what it names is known."""
    place = passage.at(link.offset, link.length, lines)
    written = " ".join(passage.text[link.offset : link.offset + link.length].split())
    target = _target(link, catalogue)
    record = record_of(target, catalogue)
    said = link.words
    if not said and record is not None:
        said = next(quotable(record), "") or record.label
    message = "« {text} » ressemble à un lien, mais n’en est pas un."
    if re.match(r"\[[^\]]*\(", written):
        message = "« {text} » n’est pas un lien : il manque le crochet qui ferme ses mots."
    elif re.search(r"\]\s+\(", written):
        message = "« {text} » n’est pas un lien : une espace sépare les crochets de la parenthèse."
    hint = (
        "Un lien s’écrit [mots]({target}), d’un seul tenant ; pour montrer ces signes, mettez-les entre accents graves."
    )
    suggestion = f"[{said}]({target})" if said and target else ""
    shown = target or f"{link.scheme}:…"
    return fault("lien-mal-forme", place, message, hint, suggestion, text=written, target=shown)


def _target(link: NearLink, catalogue: Catalogue) -> str:
    """The target that a near-link was meant to have; "" when what it names is not known."""
    rest = link.rest
    if f"{link.scheme}:" == COUNT:
        return COUNT + rest if not rest or rest in catalogue.tables else ""
    if f"{link.scheme}:" == PAGE:
        return f"{PAGE}{rest}" if rest and not re.search(r"\s", rest) else ""
    tries = (rest, short_identifier(rest), rest.split(" ")[0])
    targets = (f"{link.scheme}:{key}" for key in tries if key)
    return next((target for target in targets if record_of(target, catalogue) is not None), "")
