"""The figures of the bench as French tables, and the targets, each said to be reached or not."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from tests.bench import AGAIN, OURS
from tests.bench.table import number

Measures = dict[str, float]

# Row → the figures that it adds up. « programme » is what the other program spent, by itself.
ROWS: Mapping[str, tuple[str, ...]] = {
    **{stage: (stage,) for stage in OURS},
    "de la lecture aux pages": OURS,
    f"   {AGAIN}": (AGAIN,),
    "validation, par Frictionless": ("validation",),
    "   chaque paquet relu seul": ("frictionless seul",),
    "moteur : MkDocs": ("mkdocs", "mkdocs (programme)"),
    "   MkDocs seul": ("mkdocs (programme)",),
    "   Zensical seul": ("zensical (programme)",),
    "recherche, par Pagefind": ("recherche", "recherche (programme)"),
    "liens et sécurité": ("liens",),
}
MEMORY: Mapping[str, str] = {
    **{stage: stage for stage in OURS},
    "validation, par Frictionless": "validation",
    "   chaque paquet relu seul": "frictionless seul",
    "   MkDocs seul": "mkdocs (programme, ko)",
    "   Zensical seul": "zensical (programme, ko)",
    "recherche, par Pagefind": "recherche (programme, ko)",
    "liens et sécurité": "liens",
}
STAGES_OF_OURS = (*OURS, "liens")

CHECK_LIMIT, LOADING_LIMIT, ENGINE_LIMIT, GROWTH_LIMIT, CELL_LIMIT = 1.0, 2.0, 0.5, 1.05, 600
REREADING_LIMIT = 0.5


def print_report(found: Mapping[int, Measures], check: Measures, left_out: list[str], seconds: float) -> int:
    """Print everything; how many targets are missed."""
    _corpora(found)
    _table("Temps processeur, en secondes (utilisateur + système, le meilleur passage)", found, _seconds, 3)
    _table("Mémoire au plus haut, en Mo (démarrage compris)", found, _memory, 0)
    missed = _targets(found, check)
    for text in left_out:
        print(f"NON MESURÉ : {text}")
    print(f"Durée de ces mesures : {number(seconds / 60, 1)} min.")
    return missed


def _corpora(found: Mapping[int, Measures]) -> None:
    _head("Ce qui est mesuré", found)
    for name, key, scale, digits in (
        ("lignes de toutes les tables", "lignes", 1, 0),
        ("cellules remplies (*)", "cellules", 1, 0),
        ("Mo de YAML et de CSV", "octets", 1e6, 1),
        ("pages", "pages faites", 1, 0),
    ):
        print(f"  {name:<46}" + "".join(f"{number(m[key] / scale, digits):>12}" for m in found.values()))
    print("  (*) une valeur présente d’une colonne d’une ligne, clés du parent et rangs compris.")


def _table(
    title: str, found: Mapping[int, Measures], figure: Callable[[Measures, str], float | None], digits: int
) -> None:
    _head(title, found, "exposant" if 100 in found and digits else "")
    for row in ROWS:
        values = [figure(measures, row) for measures in found.values()]
        if any(value is not None for value in values):
            shown = "".join(f"{'–' if value is None else number(value, digits):>12}" for value in values)
            growth = _growth(found, row) if digits else None
            print(f"  {row:<46}{shown}" + (f"{number(growth, 2):>12}" if growth is not None else ""))


def _head(title: str, found: Mapping[int, Measures], more: str = "") -> None:
    sizes = "".join(f"{'réel' if size == 1 else f'×{size}':>12}" for size in found)
    print(f"\n{title}\n  {'':<46}{sizes}{more:>12}")


def _seconds(measures: Measures, row: str) -> float | None:
    parts = ROWS[row]
    return sum(measures[part] for part in parts) if all(part in measures for part in parts) else None


def _memory(measures: Measures, row: str) -> float | None:
    name = MEMORY.get(row, "")
    value = measures.get(name if name.endswith("ko)") else f"{name} (ko)")
    return None if value is None else value / 1000


def _growth(found: Mapping[int, Measures], row: str) -> float | None:
    """The power of the size by which a time grows from ×10 to ×100: 1 is proportional, 2 is quadratic."""
    if not {10, 100} <= found.keys():
        return None
    small, large = _seconds(found[10], row), _seconds(found[100], row)
    return None if small is None or large is None else math.log10(large / small)


def _targets(found: Mapping[int, Measures], check: Measures) -> int:
    largest = found[max(found)]
    print("\nObjectifs")
    results = [
        _target(f"{name} (démarrage compris)", value, CHECK_LIMIT, 2, "s au plus") for name, value in check.items()
    ]
    speed = min(m["octets"] / 1e6 / m["texte"] for m in found.values())
    results.append(_target("du texte aux nœuds", speed, LOADING_LIMIT, 1, "Mo/s au moins", above=True))
    with_load = min(m["octets"] / 1e6 / (m["lecture"] + m["chargement"]) for m in found.values())
    results.append(_target("du texte aux tables", with_load, LOADING_LIMIT, 1, "Mo/s au moins", above=True))
    for size, measures in found.items():
        name = "contenu réel" if size == 1 else f"×{size}"
        for row in ("de la lecture aux pages", f"   {AGAIN}"):
            spent = _seconds(measures, row)
            if spent is not None:
                ratio = spent / measures["mkdocs (programme)"]
                results.append(_target(f"{row.strip()} / MkDocs, {name}", ratio, ENGINE_LIMIT, 2, "au plus"))
        ratio = measures["validation"] / measures["frictionless seul"]
        results.append(_target(f"validation / chaque paquet relu seul, {name}", ratio, REREADING_LIMIT, 2, "au plus"))
        if "zensical (programme)" in measures:
            ratio = sum(measures[stage] for stage in OURS) / measures["zensical (programme)"]
            print(f"  pour info    de la lecture aux pages / Zensical, {name:<33}{number(ratio, 2):>8}")
    if 100 in found:
        rows = [row for row, parts in ROWS.items() if len(parts) == 1 and parts[0] in STAGES_OF_OURS]
        for row in rows:
            growth = _growth(found, row)
            if growth is not None:
                results.append(_target(f"exposant : {row}", growth, GROWTH_LIMIT, 2, "au plus"))
        for stage in ("contrôle", "pages"):
            used = (largest[f"{stage} (ko)"] - largest["depart (ko)"]) * 1024 / largest["cellules"]
            name = f"mémoire par cellule, de la lecture à : {stage} (×100)"
            results.append(_target(name, used, CELL_LIMIT, 0, "octets au plus"))
    return results.count(False)


def _target(name: str, value: float, limit: float, digits: int, unit: str, above: bool = False) -> bool:
    reached = value >= limit if above else value <= limit
    shown_limit = number(limit, 2 if limit % 1 else 0)
    print(
        f"  {'atteint    ' if reached else 'NON ATTEINT'}  {name:<66}{number(value, digits):>8}  ({shown_limit} {unit})"
    )
    return reached
