"""What is wrong in a template is told in the words of the interface, whoever found it: Jinja2 or Python."""

from __future__ import annotations

from pathlib import Path

import pytest
from samples import write

from generator.pages.templates import TemplateFault, environment, rendering
from generator.pages.unread import told

FILE = "datapackages/jardins/templates/fiche.html"
MACRO = "{% macro f(a) %}{% endmacro %}"
FAULTS = {
    "{% if x %}": "« {% if %} » n’est jamais fermé.",
    "{% for a in b %}{% endif %}": "« {% endif %} » vient avant la fin de « {% for %} ».",
    "{% for a in b %}{% if a %}{% endfor %}{% endif %}": "« {% endfor %} » vient avant la fin de « {% if %} ».",
    "{% endif %}": "« {% endif %} » ne ferme rien.",
    "{% fi x %}": "« {% fi %} » n’est pas une instruction de modèle.",
    "{% if %}": "Il manque une valeur avant « %} ».",
    "{{ 1 + }}": "Il manque une valeur avant « }} ».",
    "{{ a ) }}": "« ) » est de trop ici.",
    "{{ (a ] }}": "Il faut ici « ) », et non « ] ».",
    "{{ a b }}": "Il faut ici « }} », et non « b ».",
    "{{ a 'b' }}": "Il faut ici « }} », et non un texte entre guillemets.",
    "{{ a 3 }}": "Il faut ici « }} », et non un nombre.",
    "{% set = 3 %}": "« = » est de trop ici.",
    "{{ a": "Il faut ici « }} », et non la fin du modèle.",
    "{{ a ? b }}": "« ? » ne s’écrit pas dans une instruction de modèle.",
    "{{ 'abc }}": "Un texte entre guillemets n’est pas fermé.",
    "{% %}": "Il manque le nom d’une instruction.",
    "{% block a %}{% endblock %}{% block a %}{% endblock %}": "Le bloc « a » est défini deux fois.",
    "{% from 'x' import _a %}": "Un nom qui commence par « _ » ne s’importe pas.",
    "{% for loop in [1] %}{% endfor %}": "« loop » est pris : choisissez un autre nom.",
    "{% set 3 = 4 %}": "Ce qui est écrit ici ne reçoit pas de valeur.",
    "{% macro f(a=1, b) %}{% endmacro %}": "Les valeurs sans nom viennent avant celles qui en ont un.",
    "{{ a | inconnu }}": "Le filtre « inconnu » n’existe pas.",
    "{{ a is inconnu }}": "Le test « inconnu » n’existe pas.",
    f"{MACRO}{{{{ f(1, 2) }}}}": "La macro « f » reçoit ici trop de valeurs.",
    f"{MACRO}{{{{ f(b=2) }}}}": "La macro « f » ne connaît pas « b ».",
    "{{ [1] | join(3, 4, 5, 6) }}": "Il y a ici trop de valeurs.",
    "{{ 'a' | replace('b') }}": "Il manque ici une valeur.",
    "{{ 1 | round(zut=3) }}": "« zut » n’existe pas.",
    "{{ x }}": "« x » n’existe pas.",
    "{% set x = none %}{{ x.y }}": "« y » n’existe pas.",
    "{{ range(1, 2).__class__ }}": "« __class__ » n’est pas à la portée d’un modèle.",
    "{% include 'jardins/autre.html' %}": "Le modèle « jardins/autre.html » n’existe pas.",
    "{% for x in 3 %}{% endfor %}": "Ce qui est parcouru ici n’est pas une liste.",
    "{{ 3() }}": "Ce qui est appelé ici n’est ni une fonction ni une macro.",
    "{{ 1 / 0 }}": "Ce calcul divise par zéro.",
    "{{ 'a' + 1 }}": "Ces valeurs ne se calculent ni ne se comparent ensemble : un nombre et un texte, une valeur absente.",
    "{{ 'a' < 1 }}": "Ces valeurs ne se calculent ni ne se comparent ensemble : un nombre et un texte, une valeur absente.",
    "{% for x in range(100000000) %}{% endfor %}": "Ce modèle est trop grand : il imbrique ou répète trop de choses.",
}  # fmt: skip
CLOSED = {"{% if x %}": "if", "{% for a in b %}{% endif %}": "for"}


def spaced(text: object) -> str:
    return str(text).replace("\u00a0", " ").replace("\u202f", " ")


def fault(root: Path, text: str) -> TemplateFault:
    write(root, {FILE: text})
    with pytest.raises(TemplateFault) as caught:
        rendering(environment(root, ["jardins"]), "jardins/fiche.html", {}, root)
    return caught.value


@pytest.mark.parametrize(("text", "said"), FAULTS.items(), ids=list(FAULTS))
def test_a_fault_of_a_template_is_told(tmp_path: Path, text: str, said: str) -> None:
    found = fault(tmp_path, text).diagnostic
    assert spaced(found.message) == said
    assert (found.position.path, found.position.line) == (FILE, 1)


@pytest.mark.parametrize(("text", "tag"), CLOSED.items())
def test_what_closes_is_told(tmp_path: Path, text: str, tag: str) -> None:
    assert spaced(fault(tmp_path, text).diagnostic.hint) == f"Fermez « {{% {tag} %}} » par « {{% end{tag} %}} »."


@pytest.mark.parametrize("text", ["something else", "f() takes 1 positional argument " * 10_000])
def test_what_is_not_known_is_quoted(text: str) -> None:
    found = told(text)
    assert spaced(found.message.format(**found.values)) == f"Ce modèle ne se lit pas ({text})."
