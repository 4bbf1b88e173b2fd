"""What the site says of itself, once, in mkdocs.yml: name, addresses, publisher, licences. What is unset is left out
with a warning, never invented.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote

from generator.contracts.configuration import Configuration, read_configuration
from generator.contracts.face import picture
from generator.contracts.hosting import file_url, issue_url
from generator.contracts.large import read_folder_name
from generator.contracts.metadata import SHORT_NAME
from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.documents.attachments import MOST as HEAVY
from generator.documents.folder import read_file
from generator.documents.keeping import Keep, anew
from generator.documents.reader import Reader, is_mapping
from generator.documents.signatures import SHARED
from generator.layout import SETTINGS
from generator.text.spoken import number
from generator.text.vocabulary import LONGEST, MOST, WORD, Vocabulary
from generator.values.types import TYPES

HEAVIEST = 100_000_000  # bytes: what hosts of pages take of one file
NOWHERE: Map[str, str] = MappingProxyType({})  # what no host says
_URI = "/#?:@!$&'()*+,;=~%"  # what an address keeps, besides letters and digits of ASCII


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence: its short name (SPDX), its title and its address."""

    name: str = ""
    title: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a site; "" for what is not said."""

    site_name: str = ""
    site_description: str = ""
    site_url: str = ""
    repo_url: str = ""
    branch: str = "main"
    publisher: str = ""
    publisher_url: str = ""
    contact: str = ""
    data_licence: Licence = Licence()
    guides: bool = False  # whether the guides of the generator are published
    picture: str = ""  # the file of content/fichiers/ that others show of a page without a picture of its own
    heaviest: int = HEAVY  # bytes of a file of content/fichiers/
    large_tables: str = ""  # the folder of the files of large tables
    taken: tuple[str, ...] = ()  # the addresses that mkdocs.yml leaves out and that its host gave
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    configuration: Configuration = field(default_factory=Configuration)

    def absolute(self, path: str) -> str:
        """The public address of a path of the site, or ""; letters that a URI has not are written by their bytes."""
        return f"{self.site_url.rstrip('/')}/{quote(path, safe=_URI)}" if self.site_url else ""

    def for_engine(self) -> dict[str, object]:
        """All that the engine receives."""
        return self.configuration.for_engine(
            {
                "site_name": self.site_name,
                "site_description": self.site_description,
                "site_url": self.site_url,
                "repo_url": self.repo_url,
            }
        )

    def edit_url(self, path: str) -> str:
        """Where a file of the repository is edited in the browser, or ""."""
        return file_url(self.repo_url, "edit", self.branch, path)

    def line_url(self, path: str, line: int) -> str:
        """Where a line of a file of the repository is shown, or ""."""
        url = file_url(self.repo_url, "blob", self.branch, path)
        return f"{url}#L{line}" if url and line else url

    def report_url(self, title: str, values: Map[str, str]) -> str:
        """Where an error is told, its form filled in, or ""; `values`: by the fields of the form."""
        return issue_url(self.repo_url, self.contact, title, values)

    def mail_url(self, title: str, values: Map[str, str]) -> str:
        """A message to the publisher that tells an error, or "" when they give no address."""
        return issue_url("", self.contact, title, values)


def read_settings(root: Path, hosted: Map[str, str] = NOWHERE, keep: Keep = anew) -> tuple[Settings, list[Diagnostic]]:
    """Read mkdocs.yml, whole: what nothing knows is a fault. `hosted`: the addresses to take when it leaves them out."""
    if not (root / SETTINGS).exists():
        message, hint = (
            "Il n’y a pas de mkdocs.yml ici.",
            "Lancez la commande à la racine du projet, ou créez ce fichier.",
        )
        return Settings(), [fault("reglage", Position(SETTINGS), message, hint)]
    document, diagnostics = read_file(root, SETTINGS, keep=keep)
    if not is_mapping(document, diagnostics, "reglage"):
        return Settings(), diagnostics
    top = Reader(document, document.root, diagnostics, "reglage")
    extra = top.mapping("extra").mapping("publication")
    publisher = extra.mapping("producteur")
    words = extra.mapping("mots")
    taken = {key: address for key, address in hosted.items() if not top.has(key)}
    settings = Settings(
        site_name=top.text("site_name", required=True).strip(),
        site_description=top.text("site_description"),
        site_url=_address(top, "site_url") or taken.get("site_url", ""),
        repo_url=_address(top, "repo_url") or taken.get("repo_url", ""),
        taken=tuple(taken),
        branch=extra.text("branche") or "main",
        publisher=publisher.text("nom"),
        publisher_url=_address(publisher, "url"),
        contact=_email(publisher, "contact"),
        data_licence=_licence(extra.mapping("licence_donnees")),
        guides=extra.boolean("guides"),
        picture=picture(extra, "image", root, SHARED),
        heaviest=_heaviest(extra.mapping("fichiers")),
        large_tables=read_folder_name(extra),
        vocabulary=Vocabulary(counted=_words(words, "comptes"), numbered=_words(words, "numerotes")),
        configuration=read_configuration(top, root),
    )
    _licence(extra.mapping("licence_code"))  # shown by the theme, which reads it itself
    publisher.close("« producteur »")
    words.close("« mots »")
    extra.close("« publication »")
    top.close("mkdocs.yml")
    if top.text("site_name") and not settings.site_name:
        top.fault("site_name", "« site_name » est vide.", "Donnez un nom au site.")
    diagnostics += _absent(settings, [key for key in ("site_url", "repo_url") if not top.has(key) and key not in taken])
    misspelt = {d.suggestion for d in diagnostics} & {"producteur", "licence_donnees", "publication"}
    if (not settings.publisher or not settings.data_licence.name) and not misspelt:
        message = "Le producteur ou la licence des données n’est pas renseigné : les jeux de données sortiront sans."
        hint = "Remplissez « extra: publication: » dans mkdocs.yml."
        diagnostics.append(fault("reglage-absent", Position(SETTINGS), message, hint))
    return settings, diagnostics


def _absent(settings: Settings, keys: Iterable[str]) -> Iterator[Diagnostic]:
    """What is lost without an address; without that of the repository nor a contact, nobody is told of an error."""
    for key in keys:
        message = (
            "« site_url » n’est pas renseigné : les identifiants et adresses complètes des jeux de données sont omis, et avec eux "
            "leur catalogue (DCAT), leurs flux et le plan du site."
        )
        hint = "Ajoutez « {key}: https://… » dans mkdocs.yml."
        if key == "repo_url" and settings.contact:
            message = (
                "« repo_url » n’est pas renseigné : les liens « Corriger cette fiche » et « voir la ligne » sont omis."
            )
        elif key == "repo_url":
            message = (
                "« repo_url » n’est pas renseigné : les liens « Corriger cette fiche », « voir la ligne » et « Signaler une "
                "erreur » sont omis."
            )
            hint = (
                "Ajoutez « {key}: https://… » dans mkdocs.yml ; sans dépôt, « contact: nom@domaine » sous « producteur » dit "
                "au moins à qui signaler une erreur."
            )
        yield fault("reglage-absent", Position(SETTINGS), message, hint, key=key)


def _heaviest(reader: Reader) -> int:
    """How many bytes a file that is published as it is may have."""
    text = reader.text("octets")
    reader.close("« fichiers »")
    if not text or (text.isascii() and text.isdecimal() and 0 < int(text) <= HEAVIEST):
        return int(text or HEAVY)
    message, hint = "« {text} » n’est pas un nombre d’octets.", "Écrivez un nombre entier, {most} au plus."
    reader.fault("octets", message, hint, text=text, most=number(HEAVIEST))
    return HEAVY


def _licence(reader: Reader) -> Licence:
    licence = Licence(reader.text("nom"), reader.text("titre"), _address(reader, "url"))
    if licence.name and not SHORT_NAME.fullmatch(licence.name):
        message, hint = (
            "« {text} » n’est pas le nom court d’une licence.",
            "Écrivez un sigle sans espace : {sample}. Le titre va dans « titre ».",
        )
        reader.fault("nom", message, hint, text=licence.name, sample="etalab-2.0, CC-BY-4.0, ODbL-1.0")
    reader.close("une licence")
    return licence


def _words(reader: Reader, key: str) -> tuple[str, ...]:
    """The declared words that go with numbers; a word that is not one is reported and left out."""
    words = reader.texts(key)
    if len(words) == 1 and "," in words[0]:
        message, hint = "« {key} » attend une liste de mots, entre crochets.", "Mettez-la entre « [ ] »."
        reader.fault(key, message, hint, f"[{words[0]}]", key=key)
        words = tuple(word.strip() for word in words[0].split(","))
    if len(words) > MOST:
        message, hint = "« {key} » a {count} mots : {most} suffisent.", "Gardez les plus fréquents."
        reader.fault(key, message, hint, key=key, count=len(words), most=MOST)
        return ()
    known = []
    for word in words:
        if not WORD.fullmatch(word):
            message, hint = "« {word} » n’est pas un mot.", "Écrivez une liste de mots, sans chiffre ni signe."
        elif len(word) > LONGEST:
            message, hint = "« {word} » est trop long.", "Un mot a {longest} caractères au plus."
        else:
            known.append(word)
            continue
        reader.faults(reader.spot(key, word), message, hint, word=word, longest=LONGEST)
    return tuple(known)


def _address(reader: Reader, key: str) -> str:
    text = reader.text(key)
    problem = TYPES["string"].read(text, "uri")[1] if text else None
    if problem is not None:
        message, hint = "« {text} » n’est pas une adresse web.", "Une adresse commence par https://."
        meant = problem.suggestion and problem.suggestion.rstrip("/") + "/"
        reader.fault(key, message, hint, meant, text=text)
        return ""
    return text


def _email(reader: Reader, key: str) -> str:
    text = reader.text(key)
    if text and TYPES["string"].read(text, "email")[1]:
        message, hint = "« {text} » n’est pas une adresse électronique.", "Écrivez nom@domaine."
        reader.fault(key, message, hint, text.removeprefix("mailto:") if text.startswith("mailto:") else "", text=text)
        return ""
    return text
