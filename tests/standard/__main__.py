"""`python -m tests.standard [FOLDER…]`: the examples of the standard and of the projects around it, decided as the standard says.

Each folder is a local copy of a public repository (the standard itself, frictionless-py, frictionless-ts, datapackage-js,
tableschema-js), told apart by what it holds. Without a folder: the project's own cases. `--liste` prints the examples found,
`--detail` what the validator says where it differs, `--frictionless` the figure of Frictionless beside
ours, `--moteur=duckdb` that of another engine. Nothing of these copies is kept: `lists/` has our verdicts, and prints of texts.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.standard import files, prose, rows
from tests.standard.example import INVALID, REFUSED, Awaited, Example, awaited
from tests.standard.judging import Judged, decided, decided_by_frictionless, judge
from tests.standard.own import cases

MARKS = {
    "content/docs/standard": "standard",
    "frictionless/fields/__spec__": "frictionless-py",
    "metadata/package/fixtures": "frictionless-ts",
    "src/package.js": "datapackage-js",
    "src/types": "tableschema-js",
}
Found = tuple[Example, Awaited]


def kind(folder: Path) -> str:
    """Which project a folder is a copy of; an error when it is none of those known."""
    for mark, name in MARKS.items():
        if (folder / mark).exists():
            return name
    raise SystemExit(f"{folder} : copie d’aucun dépôt connu ({', '.join(sorted(set(MARKS.values())))})")


def found(folder: Path) -> Iterator[Found]:
    """The examples of a copy, each with what is awaited; one that no list names is awaited nowhere, and said so."""
    name = kind(folder)
    told = awaited(name)
    examples = (
        prose.examples(folder)
        if name == "standard"
        else [*files.examples(folder, [one for one in told if "(" in one]), *rows.examples(folder, name)]
    )
    for example in examples:
        yield example, told.get(example.name, Awaited("illustration", "", "hors de la liste"))


def own() -> Iterator[Found]:
    """The project's own cases."""
    for case in cases():
        yield case.example, Awaited(case.verdict, "", case.rule)


def beside(examples: list[Found]) -> None:
    """Print the figure of Frictionless on the examples that name no address and of which the standard says something."""
    judged = [
        one for one in judge(examples, decided_by_frictionless) if not one.silent and one.awaited.verdict != REFUSED
    ]
    wrong = [one for one in judged if not one.agrees]
    missed = sum(one.awaited.verdict == INVALID for one in wrong)
    print(
        f"  Frictionless : {len(judged) - len(wrong)} sur {len(judged)} ; {missed} invalides admis, {len(wrong) - missed} autres écarts"
    )


def report(title: str, judged: list[Judged], detail: bool) -> int:
    """Print the figure of a set and its differences; how many there are."""
    spoken = [one for one in judged if not one.silent]
    wrong = [one for one in judged if not one.agrees]
    right = sum(one.agrees for one in spoken)
    print(
        f"{title} : {right} sur {len(spoken)} décidés comme le dit le standard ; {len(judged) - len(spoken)} où il se tait"
    )
    for one in wrong:
        print(f"  {one.example.name} : attendu {one.awaited.verdict}, trouvé {one.found} ({one.awaited.why})")
        if detail and one.said:
            print("    " + one.said.replace("\n", "\n    "))
    return len(wrong)


def main(arguments: list[str]) -> int:
    """The figures, set by set."""
    folders = [Path(one) for one in arguments if not one.startswith("--")]
    sets: list[tuple[str, list[Found]]] = [(kind(one), list(found(one))) for one in folders] or [
        ("cas du projet", list(own()))
    ]
    if "--liste" in arguments:
        for _, examples in sets:
            for example, told in examples:
                print(example.name, example.print, told.verdict, repr(example.shown[:2000]), sep="\t")
        return 0
    engine = next((one.partition("=")[2] for one in arguments if one.startswith("--moteur=")), "python")
    wrong = 0
    for title, examples in sets:
        wrong += report(title, judge(examples, partial(decided, engine=engine)), "--detail" in arguments)
        if "--frictionless" in arguments:
            beside(examples)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
