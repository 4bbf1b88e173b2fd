"""What templates gather: rows chosen, put together, grouped, ordered, counted. A template in, its text out."""

from __future__ import annotations

import pytest
from samples import BASE

from generator.commands.check import checked_project
from generator.contracts.model import ForeignKey
from generator.pages.draft import ground
from generator.pages.renderer import Renderer
from generator.text.spoken import formula_words


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    project = checked_project(BASE)
    return Renderer(ground(project))


def said(renderer: Renderer, expression: str) -> str:
    """What an expression of a template gives, in words."""
    tables = {name: renderer.views.table(name) for name in ("plantes", "jardins", "parcelles")}
    return words(renderer.environment.compile_expression(expression, undefined_to_none=False)(**tables))


def words(value: object) -> str:
    """« a, b » for a list; of a group, its key then its rows."""
    return ", ".join(words(each) for each in value) if isinstance(value, list | tuple) else str(value)


ROWS = {
    # filled, a value, several, alone or in a list
    'avec(plantes, "rusticite")': "Courge, Tomate",
    'sans(plantes, "rusticite")': "Tomate cerise",
    'avec(plantes, "id", "courge")': "Courge",
    'avec(plantes, "id", "courge", "tomate")': "Courge, Tomate",
    'avec(plantes, "id", ("courge", "tomate"))': "Courge, Tomate",
    'sans(plantes, "id", ["courge", "tomate"])': "Tomate cerise",
    'avec(plantes, "id", [])': "",
    'sans(plantes, "id", [])': "Courge, Tomate cerise, Tomate",
    'avec(plantes, "rusticite", none)': "Tomate cerise",
    # a reference as it is written, or as the record that it names; nothing is no record
    'avec(plantes, "famille", "solanacees")': "Tomate cerise, Tomate",
    'avec(plantes, "famille", table("familles")[0])': "Courge",
    'avec(plantes, "famille", table("familles"))': "Courge, Tomate cerise, Tomate",
    'avec(plantes, "parente.famille", table("familles")[1])': "Tomate cerise",
    'avec(plantes, "parente.famille", "solanacees")': "Tomate cerise",
    'sans(plantes, "parente.nom")': "Courge, Tomate",
    # a nested list, a « no », a place in a tuple, a key of a mapping
    'avec(plantes, "varietes")': "Courge, Tomate",
    'avec(parcelles, "en_repos")': "sud",
    'avec([("a", 0), ("b", 2)], 1, 2)': "b, 2",
    'avec([{"mot": "a"}, {"mot": "b"}], "mot", "b") | length': "1",
    'avec([("a", 0), ("b", "")], 1)': "a, 0",
    # all that columns lead to, each once
    'reunis(plantes, "famille")': "Cucurbitacées, Solanacées",
    'reunis(plantes, "varietes")': "Potimarron, Cœur de bœuf, Roma",
    'reunis(plantes, "varietes.code")': "XYZ, AB123",
    'reunis(plantes, "rusticite")': "gelive",
    'reunis(jardins, "parcelles.plante.famille")': "Solanacées, Cucurbitacées",
    'reunis(table("voisinages"), "jardin_b", "jardin_a")': "Le petit pré, dit « no », Le Clos vert",
    'reunis([("a", [1, 2]), ("b", [2, 3])], 1)': "1, 2, 3",
    "reunis([], 1)": "",
    # lists end to end, and what is not among others
    "ensemble(plantes[:1], none, plantes[2], plantes)": "Courge, Tomate, Tomate cerise",
    'ensemble(("a", "b"), [("a", "b"), "c"])': "a, b, c",
    "ensemble()": "",
    "sauf(plantes, plantes[1:2])": "Courge, Tomate",
    "sauf(plantes, plantes[0], [plantes[1]])": "Tomate",
    # the other ends of links, and what is alike
    'bouts(table("voisinages"), jardins[0], "jardin_a", "jardin_b")': "Le petit pré, dit « no »",
    'bouts(table("voisinages"), plantes[0], "jardin_a", "jardin_b")': "",
    'bouts([], jardins[0], "jardin_a", "jardin_b")': "",
    'pareilles(plantes, plantes[1], "famille")': "Tomate cerise, Tomate",
    'pareilles(plantes, plantes[1], "famille", "parente")': "Tomate cerise",
    "pareilles(plantes, plantes[1])": "Courge, Tomate cerise, Tomate",
    # who names a record, or one of several
    'utilise_par(plantes[0], "parcelles")': "nord",
    'utilise_par(plantes, "parcelles", "compagnes")': "nord, courge, tomate-cerise, nord",
    'utilise_par(none, "parcelles")': "",
    'utilise_par(jardins, "termes", "voisinages") | length': "2",
    'colonne_vers(ressources["compagnes"], "plantes")': "plante",
    'colonne_vers(ressources["parcelles"], "varietes")': "avant_variete",  # of two, the first of the contract
    'colonne_vers(ressources["jardins"], "plantes")': "",
}

GROUPS = {
    'regroupe(plantes, "famille")': "Cucurbitacées, Courge, Solanacées, Tomate cerise, Tomate",
    'regroupe(plantes, "famille.nom")': "Cucurbitacées, Courge, Solanacées, Tomate cerise, Tomate",
    'regroupe(plantes, "parente")': "None, Courge, Tomate, Tomate, Tomate cerise",
    'regroupe(plantes, "parente", plantes)': "Tomate, Tomate cerise",
    'regroupe(plantes, "famille", table("familles") | reverse)': "Solanacées, Tomate cerise, Tomate, Cucurbitacées, Courge",
    'regroupe([("a", 1), ("b", 2), ("c", 1)], 1)': "1, a, 1, c, 1, 2, b, 2",
    'categories(jardins, "statut")': "projet, En projet, Le petit pré, dit « no », ferme, Fermé, Le Clos vert",
    'categories([], "statut")': "",
    "par_initiale(plantes)": "C, Courge, T, Tomate, Tomate cerise",
    'par_initiale(["élan", "Ours", "écu"])': "E, écu, élan, O, Ours",
    'par_date(jardins, "annee")': "1998, Le Clos vert",
    'par_date(ensemble(table("releves"), jardins), "ouverture", "jour")': (
        "1998-04-12, Le Clos vert, 2020-01-05, r1, 2020-01-06, r2, 2020-01-06, r3"
    ),
    'par_date(jardins, "fermeture", "ouverture")': "2020-10-31, Le Clos vert",
    'fondues(jardins, table("voisinages"), ("jardin_a", "jardin_b")) | map("length") | list': "2",
    'fondues(jardins, table("voisinages"), ("jardin_a", "jardin_b"), "statut") | map("length") | list': "1, 1",
    'fondues(jardins, [], ("jardin_a", "jardin_b")) | map("length") | list': "1, 1",
    "voisines(plantes, plantes[0])": "None, Tomate cerise",
    "voisines(plantes, plantes[1])": "Courge, Tomate",
    "voisines(plantes[:1], plantes[0])": "None, None",
}

NUMBERS = {
    'total(jardins, "superficie_m2")': "1250.50",
    'total(plantes, "varietes")': "3",
    'total([("a", 2), ("b", 3)], 1)': "5",
    'total([("a", [1, 2]), ("b", [3])], 1)': "3",
    'total([("a", {"x": 1}), ("b", {"y": 2})], 1, "x")': "1",
    "total([], 1)": "0",
    'accorde(1.6, "postes par an")': "poste par an",
    'accorde(-1, "points")': "point",
    'accorde(2, "postes par an")': "postes par an",
    'accorde(0, "prix")': "prix",
}


@pytest.mark.parametrize(("expression", "text"), [*ROWS.items(), *GROUPS.items(), *NUMBERS.items()])
def test_what_is_gathered(renderer: Renderer, expression: str, text: str) -> None:
    assert said(renderer, expression) == text


@pytest.mark.parametrize(
    ("formula", "read"),
    [
        ("(b - a)/a*100", "(<b> − <a>) ÷ <a> × 100"),
        ("a+1000*0.5", "<a> + 1\u202f000 × 0,5"),
        ("-(n_1)", "− (<n_1>)"),
        ("", ""),
    ],
)
def test_a_formula_reads_as_it_is_written_on_paper(formula: str, read: str) -> None:
    words_read = formula_words(formula)
    assert "".join((f"<{word}>" if name else word) + space for word, name, space in words_read) == read


def test_what_cites_a_record_save_some(renderer: Renderer) -> None:
    """The manual is cited by a page, a plant and a statement that has no place on the site."""
    cited = 'cites_dans(table("ouvrages")[0]{}) | map(attribute=0) | list'
    assert said(renderer, cited.format("")) == "Pages, Plantes"
    assert said(renderer, cited.format(", sauf=plantes")) == "Pages"


@pytest.mark.parametrize(
    "expression", ['avec(plantes, "rien")', 'reunis(plantes, "famille.rien")', 'total(plantes, "rien")']
)
def test_a_column_that_does_not_exist_is_a_fault(renderer: Renderer, expression: str) -> None:
    with pytest.raises(AttributeError, match="n’est ni une colonne ni une liste"):
        said(renderer, expression)


def test_an_empty_reference_names_no_row(renderer: Renderer) -> None:
    """Even by a key that a row leaves empty too."""
    views = renderer.views
    plants = views.catalogue.tables["plantes"].resource
    named = views._target(ForeignKey(("rusticite",), "plantes", ("rusticite",), plants.position), plants)
    assert [str(named(view)) for view in views.table("plantes")] == ["Courge", "None", "Courge"]
