"""llms.txt (https://llmstxt.org/): what the site holds, in a text that a language model reads before it looks for anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator import layout
from generator.packages.built import Published
from generator.packages.datasets import Dataset, datasets
from generator.packages.descriptor import DESCRIPTOR
from generator.text.interface import count, say
from generator.text.spoken import date

TITLE = "llms.txt"
DESCRIPTION = "Ce que contient le site, pour les modèles de langue"


def files(published: Published) -> Iterator[tuple[str, Callable[[], str]]]:
    """The text."""
    yield layout.LLMS, lambda: _text(published)


def _text(published: Published) -> str:
    settings, each = published.settings, datasets(published.packages, published.settings)

    def link(title: str, path: str, told: str) -> str:
        """A line of a list; the address is whole when the site has one, else from its root."""
        words = f"- [{_line(title).translate(_BRACKETS)}]({settings.absolute(path) or f'/{path}'})"
        return f"{words}: {_line(told)}" if told else words

    licence = settings.data_licence.title or settings.data_licence.name
    rights = say("Licence des données : {licence}", licence=f"{licence} {settings.data_licence.url}".strip())
    pages = [page for built in published.packages for page in built.package.pages if page.path and not page.per_record]
    whole = [(layout.CATALOGUE, say("Catalogue de tous les jeux (DCAT)"))] if settings.site_url else []
    parts = [
        f"# {_line(settings.site_name)}",
        f"> {_line(settings.site_description)}" if settings.site_description else "",
        rights if licence else "",
        say(
            "Chaque valeur d’un jeu vient d’une ligne de ses tables. Une cellule vide est une absence. Citez la source de la ligne."
        ),
        f"## {say('Jeux de données')}",
        "\n".join(link(one.title, one.page, _told(one)) for one in each),
        f"## {say('Descriptions pour les logiciels')}",
        "\n".join(
            [
                *(link(title, path, "") for path, title in whole),
                link(say("Toutes les fiches en JSON"), f"{layout.API}index.json", ""),
                *(link(f"{one.title} (Data Package)", layout.download(one.name, DESCRIPTOR), "") for one in each),
            ]
        ),
        f"## {say('Pages')}" if pages else "",
        "\n".join(link(page.title, page.path, page.description) for page in pages),
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _told(one: Dataset) -> str:
    tables = count(len(one.built.own), "table")
    version = say("version {version}, du {date}", version=one.version, date=date(one.modified)) if one.version else ""
    return f"{one.told} ({', '.join(filter(None, (tables, version)))})"


def _line(text: str) -> str:
    return " ".join(text.split())


_BRACKETS = str.maketrans({"[": "\\[", "]": "\\]"})  # what would end the words of a link
