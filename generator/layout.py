"""Where things stand, in a project and on its site: folders, files, and the fixed words of the URL scheme, which are of the
language that is spoken.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from generator.text.language import ENGLISH, FRENCH, spoken

# The generator itself. Its theme and its extension `generator.fragments` keep their places: users' mkdocs.yml name them.
DISTRIBUTION = "solidarites-ouvertes"  # as it is installed
MACHINE = Path(__file__).resolve().parent
TEMPLATES = MACHINE / "templates"
FONTS = MACHINE / "site" / "fonts"
GUIDES = "documentation"  # under the machine; those of another language than French, in the folder of its code
GUIDES_READ = (
    "publier-vos-donnees",
    "fiches",
    "contrats",
    "dessins",
    "modeles",
    "commandes",
    "json",
    "grandes-tables",
    "sans-make",
)  # in this order
THEME = "generator/theme"  # under a project
ROWS_SCRIPT = "parcourir"  # of the theme, by its name: what shows the rows of a table

# A project.
CONTENT = "content"
PAGES = f"{CONTENT}/pages"
FILES = f"{CONTENT}/fichiers"  # published as they are, under FILES_SHOWN
PACKAGES = "datapackages"
SETTINGS = "mkdocs.yml"
BUILD = "build"
DOCS = f"{BUILD}/docs"  # what the engine reads
PACKAGES_MADE = f"{BUILD}/packages"
MADE = f"{BUILD}/site"  # what it writes, before it is published
SCHEMAS_MADE = f"{BUILD}/schemas"  # what an editor reads
IMAGES_MADE = f"{BUILD}/images"  # by the prints of what they are made from
SITE = "site"
INDEX = "index.html"  # of a page, in its folder

# The form by which an error is told on the repository of a project, and the identifiers of its fields: links fill them.
FORMS = ".github/ISSUE_TEMPLATE"
FORM = "4-signaler-une-erreur.yml"
FORM_FIELDS = ("paquet", "table", "ligne", "champ", "valeur", "nouvelle", "source")

# The dates of a build: the first that an archive can hold (ZIP), the last that a compressed file can (gzip, 32 bits).
EARLIEST, LATEST = "1980-01-01", "2106-02-06"

# Its site.
TOP = "haut_de_page"  # the anchor of the title of a page
VERSION_ANCHOR = "version-"  # before the number of a version, on the page of those of a package
HOME = ""
FRONT = "index.md"  # the prose file of the home page, which is there without it
API = "api/v1/"
CATALOGUE = "catalogue.jsonld"
LLMS = "llms.txt"
ROBOTS = "robots.txt"
SITE_MAP = "sitemap.xml"  # the engine makes it, when the site has an address
FILES_SHOWN = "fichiers/"


@dataclass(frozen=True, slots=True)
class Words:
    """The fixed words of the addresses of a site in one language: folders, each with its slash, and files."""

    search: str
    alphabet: str
    by_hand: str  # the form on paper, and by mail
    data: str
    drawings: str
    documentation: str
    messages: str
    specimens: str
    architecture: str
    schemas: str
    frames: str  # in the folder of a package: the blank spreadsheets of its tables
    extract: str  # under the address of a page: its workbook, and the folder of its other files
    whole: str  # what holds all the packages, beside them
    image: str  # of a page, under its address
    manifest: str


_WORDS = {
    FRENCH: Words(
        search="recherche/",
        alphabet="a-z/",
        by_hand="corriger-sans-compte/",
        data="donnees/",
        drawings="dessins/",
        documentation="documentation/",
        messages="documentation/messages/",
        specimens="documentation/gabarits/",
        architecture="documentation/architecture/",
        schemas="documentation/schemas/",
        frames="cadres/",
        extract="donnees",
        whole="tout",
        image="partage.png",
        manifest="manifeste.json",
    ),
    ENGLISH: Words(
        search="search/",
        alphabet="a-z/",
        by_hand="correct-without-account/",
        data="data/",
        drawings="drawings/",
        documentation="documentation/",
        messages="documentation/messages/",
        specimens="documentation/templates/",
        architecture="documentation/architecture/",
        schemas="documentation/schemas/",
        frames="spreadsheets/",
        extract="data",
        whole="all",
        image="share.png",
        manifest="manifest.json",
    ),
}
# The addresses of the guides that are not the names of their files.
_GUIDES: dict[str, dict[str, str]] = {
    FRENCH: {},
    ENGLISH: {
        "publier-vos-donnees": "publish-your-data",
        "fiches": "records",
        "contrats": "contracts",
        "dessins": "drawings",
        "modeles": "page-templates",
        "commandes": "commands",
        "grandes-tables": "large-tables",
        "sans-make": "without-make",
    },
}
MANIFESTS = tuple(words.manifest for words in _WORDS.values())  # of a site in any language

# Top names that the engine or the site uses: no page may be there.
RESERVED = (
    "api",
    "assets",
    "fichiers",
    "pagefind",
    "search",
    "templates",
    "sitemap.xml",
    "404",
    "404.html",
    *MANIFESTS,
)


def words() -> Words:
    """The fixed words of the addresses, in the language that is spoken."""
    return _WORDS[spoken()]


def fixed(address: str) -> str:
    """A fixed address as French writes it, in the language that is spoken; any other as it is."""
    known = zip(asdict(_WORDS[FRENCH]).values(), asdict(words()).values(), strict=True)
    return next((here for french, here in known if french == address), address)


def theme(root: Path) -> Path:
    """The folder of the theme of a project: its own, unless it is a link, or that of the machine for a project elsewhere."""
    own = root / THEME
    linked = own.is_symlink() or own.parent.is_symlink()
    return own if own.is_dir() and not linked else MACHINE / "theme"


@cache
def rooms() -> tuple[str, ...]:
    """The folders of the machine that hold modules, each with its page under that of the architecture."""
    inner = (folder for folder in sorted(MACHINE.iterdir()) if folder.is_dir())
    return tuple(folder.name for folder in inner if any(path.stem != "__init__" for path in folder.rglob("*.py")))


def package(name: str) -> str:
    """The page of a package."""
    return f"{words().data}{name}/"


def table(package_name: str, sheet: str) -> str:
    """The page where the rows of a published table are filtered and sorted."""
    return f"{package(package_name)}tables/{sheet}/"


def versions(package_name: str) -> str:
    """The page of the versions of a package."""
    return f"{package(package_name)}versions/"


def version(package_name: str, number: str) -> str:
    """The place of a version on that page."""
    return f"{versions(package_name)}#{VERSION_ANCHOR}{number}_"


def feed(package_name: str) -> str:
    """The feed of the versions of a package."""
    return f"{package(package_name)}versions.atom"


def archive(package_name: str, version: str, date: str) -> str:
    """The archive of a version of a package, which never changes."""
    return f"{versions(package_name)}{date}-{version}/{package_name}-{version}.zip"


def drawing(package_name: str, key: str) -> str:
    """The page of a drawing, by the name of its declaration and the key of its record, with bars between."""
    return f"{words().drawings}{package_name}/{key}/"


def specimens(package_name: str) -> str:
    """The page of the annotated templates of a package."""
    return f"{words().specimens}{package_name}/"


def schema(table: str) -> str:
    """The JSON Schema of the files of a table."""
    return f"{words().schemas}{table}.json"


def guide(name: str) -> str:
    """The page of a guide of the generator."""
    return f"{words().documentation}{_GUIDES[spoken()].get(name, name)}/"


def download(package_name: str, path: str) -> str:
    """A file of a package."""
    return f"{words().data}{package_name}/{path}"


def frame(table: str) -> str:
    """The blank spreadsheet of a table, in the folder of its package."""
    return f"{words().frames}{table}.xlsx"


def article(path: str) -> str:
    """The page of a prose file, by its path under content/pages: `methode.md` → `methode/`."""
    stem = path.removesuffix(".md")
    return re.sub(r"(^|/)index$", r"\1", stem) + ("" if stem == "index" or stem.endswith("/index") else "/")
