"""What somebody could well write in a contract, key by key: most of it passes, and is then built."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from .fragments import PATTERNS, VALUES, texts
from .trees import Pairs, Tree

TYPES = ("string", "number", "integer", "boolean", "date", "datetime", "time", "year", "yearmonth", "any")
NAMES = (
    "id",
    "nom",
    "titre",
    "annee",
    "famille",
    "plante",
    "rang",
    "note",
    "record",
    "items",
    "values",
    "keys",
    "self",
    "none",
    "mro",
    "date",
    "label",
)
TABLES = (
    "plantes",
    "familles",
    "varietes",
    "ouvrages",
    "jardins",
    "orgues",
    "claviers",
    "jeux",
    "edifices",
    "communes",
    "facteurs",
    "mesures",
)
ADDRESSES = (
    "https://exemple.fr/",
    "http://a.fr:8080/x?y=z#t",
    "data/a.csv",
    "../a",
    "/a",
    "a b",
    "mailto:a@b.fr",
    "a@b.fr",
    "",
)

_names = st.sampled_from(NAMES)
_tables = st.sampled_from(TABLES)
_values = st.sampled_from(VALUES[:40] + PATTERNS + ("a", "b", "tomate", "un texte", "true"))
_switch = st.sampled_from(("true", "false"))


def some(strategy: st.SearchStrategy[Tree], least: int = 0, most: int = 3) -> st.SearchStrategy[Tree]:
    """A list."""
    return st.lists(strategy, min_size=least, max_size=most)


@st.composite
def keys(draw: st.DrawFn, known: dict[str, st.SearchStrategy[Tree]]) -> Tree:
    """A mapping of some of these keys."""
    chosen = draw(st.lists(st.sampled_from(sorted(known)), unique=True, max_size=4))
    return Pairs((key, draw(known[key])) for key in chosen)


_ADDRESS = st.sampled_from(ADDRESSES)
_PERSON = {
    "title": texts, "path": _ADDRESS, "email": _ADDRESS, "roles": some(texts), "givenName": texts, "organization": texts, "version": texts, "name": texts,
}  # fmt: skip
_CONSTRAINTS = {
    "required": _switch, "unique": _switch, "enum": some(_values), "pattern": st.sampled_from((*PATTERNS, "[a-z]+", ".+", "[A-Z]{2}|[0-9]+")),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), _values),
    **dict.fromkeys(("minLength", "maxLength"), st.sampled_from(("0", "1", "3", "99999", "-1", "9" * 5000))),
}  # fmt: skip
_KEY = keys({"fields": some(_names, 1, 2), "reference": keys({"resource": _tables, "fields": some(_names, 1, 2)})})
_WHEN = keys(dict.fromkeys(NAMES[:6], _values))
_RULE = keys({
    "message": texts, "when": _WHEN, "order": some(_names, 2, 2), "sum": some(_names, 2), "equals": _names, "tolerance": _values,
    **dict.fromkeys(("require", "forbid", "require_one", "exactly_one", "at_most_one", "together"), some(_names)), "formula": _names,
    "operands": keys({"table": _tables, "name": _names, "record": _names, "column": _names}),
})  # fmt: skip
_OPTIONS = {
    "groupe": _names, "rang": st.sampled_from(("1", "0", "-1", "٣", "²", "9" * 5000)), "accueil": st.sampled_from(("accueil.html", "x.html", "../x.html")),
    "vedettes": st.one_of(keys({name: some(st.sampled_from(("tomate", "saint-leu", "a/b", "", "/"))) for name in TABLES}), some(texts), texts),
}  # fmt: skip

# A mapping that has this key may have those.
KINDS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "resources": {
        "id": texts, "homepage": _ADDRESS, "image": _ADDRESS, "keywords": some(texts), "licenses": some(keys(_PERSON)), "sources": some(keys(_PERSON)),
        "contributors": some(keys(_PERSON)), "dct:temporal": keys({"start": _values}), "x:y": some(some(_values)), ":": _values, "resources": st.just([]),
    },
    "type": {
        "name": _names, "type": st.sampled_from(TYPES), "format": st.sampled_from(("default", "any", "email", "uri", "uuid", "binary", "%d/%m/%Y")),
        "example": _values, "prose": _switch, "categoriesOrdered": _switch, "missingValues": some(_values), "constraints": keys(_CONSTRAINTS),
        "categories": st.one_of(some(_values), some(keys({"value": _values, "label": texts}))), "x:y": _values, "title": texts, "description": texts,
    },
    "schema": {
        "name": st.one_of(_tables, _names), "label": _names, "scheme": st.sampled_from(("plante", "page", "nombre", "a", "javascript", "data")),
        "quoted": some(_names), "former_ids": _names, "cited_as": keys({"title": _names, "author": _names, "date": _names, "approximate": keys({"statut": _names}), "path": _names, "version": _names}), "x:y": _values,
        "content": st.one_of(
            st.builds(lambda table, key, rank: Pairs([("within", table), ("key", key), ("rank", rank)]), _tables, _names, _names),
            st.builds(lambda kind, path: Pairs([(kind, path)]), st.sampled_from(("records", "list", "csv")),
                      st.sampled_from(("botanique/plantes/*.yaml", "**", "*", "pages/*.md", "jardins/*.yaml", "[a", "a\\b", ".", "a/../b", "botanique/"))),
        ), "title": texts,
    },
    "primaryKey": {
        "primaryKey": some(_names, 0, 2), "uniqueKeys": some(some(_names, 0, 2)), "foreignKeys": some(_KEY, 1, 2), "missingValues": some(_values),
        "rules": some(_RULE, 1, 2),
    },
    "kind": {
        "kind": st.sampled_from(("index", "record", "page")), "resource": _tables, "anchors": some(_tables), "options": keys(_OPTIONS),
        "path": st.sampled_from(("a/", "plantes/{id}/", "{nom}/", "{record}/", "donnees/x/", "con/", "a//", "-/", "{}/", "{{id}}/", "..a/", "x" * 300 + "/")),
        "title": st.sampled_from(("{nom}", "{record}", "{", "{{", " ", "{inconnu}", "<b>{id}", "# x")), "template": st.sampled_from(("x.html", "recoltes.html", "../x")),
    },
}  # fmt: skip
