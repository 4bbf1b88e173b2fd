"""What an import makes of a source: the files of a project, by their paths from its root."""

from __future__ import annotations

from collections.abc import Iterator

from generator import layout
from generator.authoring import starting
from generator.authoring.starting import Wish
from generator.importing.contract import contract
from generator.importing.model import Source, Table
from generator.importing.naming import slug, titled
from generator.importing.yaml_text import dumped, scalar
from generator.layout import CONTENT, FRONT, PACKAGES, PAGES, SETTINGS
from generator.text.interface import say
from generator.text.language import speaking

MOST_ENTRIES = 5  # of the menu, besides the home page and the data


def files(source: Source, wish: Wish) -> dict[str, bytes]:
    """The contract, the content, the settings and the home page, and what any new site has beside them."""
    own = (f"{CONTENT}/", f"{PACKAGES}/", SETTINGS)
    made = {path: data for path, data in starting.files(wish).items() if not path.startswith(own)}
    made |= {f"{CONTENT}/{path}": data for path, data in source.files.items()}
    made[f"{PACKAGES}/{slug(source.name)}/datapackage.yaml"] = contract(source).encode()
    with speaking(wish.language):
        made[SETTINGS] = _settings(source, wish).encode()
        made[f"{PAGES}/{FRONT}"] = _home(source).encode()
    return made


def _indexes(source: Source) -> Iterator[tuple[str, Table]]:
    """The tables that have an index, and its address."""
    yield from ((slug(table.name), table) for table in source.tables if not table.parent)


def _title(table: Table) -> str:
    return table.title or titled(table.name)


def _settings(source: Source, wish: Wish) -> str:
    """`mkdocs.yml`; what is not known is there to be filled."""
    shown = list(_indexes(source))[:MOST_ENTRIES]
    nav: list[object] = [{say("Accueil"): FRONT}]
    nav += [{_title(table): f"{path}/index.md"} for path, table in shown]
    nav.append({say("Données"): f"{layout.words().data}index.md"})
    said = dumped({"site_name": wish.title, "theme": {"language": wish.language}, "nav": nav})
    told = (
        say("À remplir quand vous les connaissez : l’adresse publique du site et celle du dépôt."),
        "site_url: https://exemple.fr/",
        "repo_url: https://github.com/exemple/donnees",
        say("Qui publie, et sous quelle licence."),
        "extra:",
        "  publication:",
        f"    producteur: {{nom: {scalar(say('Votre organisation'))}}}",
        '    licence_donnees: {nom: etalab-2.0, titre: Licence Ouverte 2.0, url: "https://www.etalab.gouv.fr/licence-ouverte-open-licence"}',
    )
    return said + "\n" + "".join(f"# {line}\n" for line in told)


def _home(source: Source) -> str:
    """The home page: what the data are, and what leads to each table."""
    head = dumped({"title": source.title, **({"description": source.description} if source.description else {})})
    lines = [f"- [{_plain(_title(table))}](page:{path}/)" for path, table in _indexes(source)]
    text = _plain(source.description) or say("Les données, table par table.")
    return f"---\n{head}---\n\n{text}\n\n" + "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """A text of somebody, in Markdown that shows it as it is."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#|~" else sign for sign in " ".join(text.split()))
