"""The lists that contracts lay out: by a page that lists its table, as a tree that has no loop and hides nothing, with facets that choose;
and the pictures of records.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.addresses import Addresses
from generator.catalogue.listings import has_page
from generator.catalogue.records import Catalogue
from generator.catalogue.trees import loops, tree_key
from generator.contracts.model import Resource
from generator.contracts.pages import Page
from generator.diagnostics.finding import Diagnostic, fault
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed

FILES_SHOWN = "fichiers/"  # where the files of content/fichiers/ are on the site
MOST_CHOICES = 200  # values of a facet: beyond, it chooses nothing


def check(catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Lists that cannot be laid out as their contract says."""
    places = catalogue.once(Addresses)
    for package in catalogue.contracts.packages.values():
        for page in package.pages:
            yield from _picture(page, catalogue)
            if not page.lists:
                yield from _idle(page)
            elif page.resource in catalogue.tables:
                resource = catalogue.contracts.resources[page.resource]
                yield from _tree(page, resource, catalogue)
                yield from _facets(page, resource, places)


def _picture(page: Page, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Pictures without words, or that are neither a file of the site nor an address of the web."""
    table = catalogue.tables.get(page.resource)
    if not page.picture or table is None or page.picture not in table.resource.index:
        return
    if not page.picture_text:
        message = "L’image de chaque fiche (« picture ») n’a pas de mots : qui ne la voit pas n’en saurait rien."
        hint = "Nommez la colonne qui dit ce qu’elle montre : « picture_text: … »."
        yield fault("contrat-faux", page.at(page.picture), message, hint)
        return
    for row in table.records:
        path = row[page.picture]
        if path is None:
            continue
        if not str(path).startswith((FILES_SHOWN, "https://", "http://")):
            message = "« {path} » n’est ni un fichier du site, ni une adresse du web."
            hint = "Placez l’image sous content/fichiers/, et écrivez « {meant} »."
            meant = FILES_SHOWN + str(path).removeprefix("content/").removeprefix(FILES_SHOWN).lstrip("/")
            yield fault("image-sans-mots", row.at(page.picture), message, hint, meant, path=str(path), meant=meant)
        elif page.picture_text in table.resource.index and row[page.picture_text] is None:
            message, hint = (
                "Cette image n’a pas de mots : qui ne la voit pas n’en saurait rien.",
                "Dites ce qu’elle montre : {name}.",
            )
            yield fault("image-sans-mots", row.at(page.picture), message, hint, name=page.picture_text)


def _idle(page: Page) -> Iterator[Diagnostic]:
    """What is laid out for nothing."""
    if page.layout.declared and page.kind:
        message = (
            "Cette page ne se sert pas de {keys} : ces clés rangent la liste que fait le genre « index » sans modèle."
        )
        hint = "Retirez-les, ou retirez le modèle de la page (« template »)."
        yield fault("contrat-faux", page.position, message, hint, keys=listed(page.layout.declared, "et"))


def _tree(page: Page, resource: Resource, catalogue: Catalogue) -> Iterator[Diagnostic]:
    placed, asked = has_page(resource, catalogue.contracts), page.layout.tree
    key = tree_key(resource, page, catalogue[resource.name], placed)
    if key is None:
        if asked in resource.index:
            own = [k.fields[0] for k in resource.foreign_keys if k.resource == resource.name and len(k.fields) == 1]
            message = "« {name} » ne désigne pas une ligne de « {table} » : elle ne peut pas en faire un arbre."
            hint = (
                "Colonnes qui le peuvent : {choices}."
                if own
                else "Il faut une clé étrangère de cette table vers elle-même."
            )
            values = {"name": asked, "table": resource.name, "choices": listed(own)}
            yield fault("contrat-faux", page.at(asked), message, hint, nearest(asked, own), **values)
        return
    if not placed:
        message = "Un arbre ne montre que des noms : les autres valeurs de « {table} » ne se liraient nulle part."
        hint = "Donnez une page à chaque ligne (« kind: record »), ou retirez « tree »."
        yield fault("contrat-faux", page.at(asked), message, hint, table=resource.name)
    for loop in loops(catalogue[resource.name], key, catalogue):
        row, way = loop[0], " → ".join(each.label for each in loop)
        message = "Cette ligne est au-dessous d’elle-même : {way}."
        hint = "Corrigez l’une de ces valeurs : la liste « {page} » est un arbre."
        yield fault("boucle", row.at(key.fields[0]), message, hint, way=way, page=page.title)


def _facets(page: Page, resource: Resource, places: Addresses) -> Iterator[Diagnostic]:
    for name in page.layout.facets or ():
        if name not in resource.index:
            continue
        if resource.field(name).prose:
            message, hint = (
                "« {name} » est un texte suivi : personne n’y choisit une valeur.",
                "Retirez-la de « facets ».",
            )
            yield fault("contrat-faux", page.at(name), message, hint, name=name)
            continue
        found = next((facet for facet in places.listings.facets(page) if facet.column.name == name), None)
        if found is not None and len(found.choices) > MOST_CHOICES:
            message = "« {name} » a {count} valeurs : c’est trop pour choisir ({most} au plus)."
            hint = "Retirez-la de « facets », ou découpez une page par elle (« kind: split »)."
            values = {"name": name, "count": len(found.choices), "most": MOST_CHOICES}
            yield fault("contrat-faux", page.at(name), message, hint, **values)
