"""What a series is told as: what is wrong, and what each family of edits costs, beside what is asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

from tests.edits.series import Step

LARGE = 2000  # pages from which the targets are those of a large content
MEDIAN, WORST = 0.6, 1.0  # CPU seconds until a page is seen: of all edits, and of the family that costs most
QUICK = ("valeur", "prose", "renvoi")  # families whose worst is held under WORST however large the content is


def wrong(series: Sequence[Step], smallest: Sequence[Step]) -> str:
    """A round that is wrong: why, and the shortest series that shows it."""
    lines = ["", f"FAUX après : {series[-1].said}", *(f"    {each}" for each in series[-1].wrong)]
    if len(smallest) == 1:
        return "\n".join([*lines, "  Cette modification le montre seule, sur une session neuve."])
    alone = "  Seule, elle ne le montre pas. La plus courte suite trouvée :"
    return "\n".join([*lines, alone, *(f"    {n}. {step.said}" for n, step in enumerate(smallest, 1))])


def times(steps: Iterable[Step], pages: int, held: bool) -> tuple[str, int]:
    """The table of CPU seconds by family, and how many targets are missed; `held`: whether there are targets."""
    families: dict[str, list[Step]] = {}
    for step in steps:
        families.setdefault(step.family, []).append(step)
    lines = [
        "",
        f"{'secondes de calcul':<14}{'fois':>6}{'vu, médiane':>14}{'vu, pire':>11}{'partout, médiane':>19}{'indexé, médiane':>18}",
    ]
    for family, found in families.items():
        seen = [step.seen for step in found]
        everywhere, indexed = (median(taken) for taken in zip(*((s.everywhere, s.indexed) for s in found), strict=True))
        shown = (median(seen), max(seen), everywhere, indexed)
        lines.append(f"{family:<18}{len(found):>6}{{:>14}}{{:>11}}{{:>19}}{{:>18}}".format(*map(_number, shown)))
    edited = {family: found for family, found in families.items() if family != "départ"}
    missed = 0
    for name, found_value, most in _targets(edited, pages) if held and edited else ():
        reached = found_value < most
        missed += not reached
        verdict = "atteint    " if reached else "NON ATTEINT"
        lines.append(f"  {verdict}  {name} : {_number(found_value)} s (moins de {_number(most)})")
    return "\n".join(lines), missed


def _targets(families: dict[str, list[Step]], pages: int) -> list[tuple[str, float, float]]:
    if pages >= LARGE:
        quick = {family: found for family, found in families.items() if family in QUICK}
        return [(f"{family}, le pire", max(step.seen for step in found), WORST) for family, found in quick.items()]
    middles = {family: median([step.seen for step in found]) for family, found in families.items()}
    worst = max(middles, key=lambda family: middles[family])
    every = median([step.seen for found in families.values() for step in found])
    return [("page vue, médiane", every, MEDIAN), (f"genre le plus long ({worst})", middles[worst], WORST)]


def whole(steps: Iterable[Step]) -> str:
    """What was made whole, and why, with how many times."""
    counts: dict[str, int] = {}
    for step in steps:
        for sentence in step.made.whole:
            counts[sentence] = counts.get(sentence, 0) + 1
    told = sorted(counts.items(), key=lambda item: -item[1])
    return (
        "\n".join(["", "Refait en entier :", *(f"{count:>6} fois  {sentence}" for sentence, count in told)])
        if told
        else ""
    )


def _number(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")
