"""`python -m tests.calculators`: hypotheses drawn with a seed, computed by the build, by the script of the calculator pages and by a
spreadsheet that LibreOffice computes, with the formulas that the contracts of a project declare; 1 when two of them differ.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from html import escape
from pathlib import Path

from generator.catalogue.project import read_project
from generator.contracts.computed import in_order
from generator.contracts.derive import Series
from generator.contracts.model import Contracts
from generator.text.expressions import Expression, parse, renamed, rounded

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = ROOT / "generator/theme/assets/decimales.js"
SETS, SEED, STEPS = 50, 20261128, 12


@dataclass(slots=True)
class Trial:
    """Numbers, by their names, and what is computed of them in turn: a name, a formula, the decimals (None: what is not rounded, but
    only carried to the next step).
    """

    numbers: dict[str, Decimal]
    steps: list[tuple[str, Expression, int | None]] = field(default_factory=list)


def trials(contracts: Contracts, sets: int, seed: int) -> list[Trial]:
    """As many sets of hypotheses, for each calculation of the contracts in turn."""
    chance = random.Random(seed)
    tables = [r for r in contracts.resources.values() if in_order(r) or _unrolled(r.derive)]
    return [trial for rank in range(sets) for trial in (_drawn(contracts, tables[rank % len(tables)].name, chance),)]


def _unrolled(derive: object) -> bool:
    return isinstance(derive, Series) and not derive.ending


def _drawn(contracts: Contracts, name: str, chance: random.Random) -> Trial:
    table = contracts.resources[name]
    trial = Trial({})
    if isinstance(table.derive, Series):
        _unroll(table.derive, table.field(table.derive.value).decimals, trial, chance)
    for column in in_order(table):
        assert column.computed is not None
        for operand in column.computed.names:
            known = {step for step, _, _ in trial.steps}
            if operand not in known:
                trial.numbers.setdefault(operand, number(chance))
        trial.steps.append((column.name, column.computed, column.decimals))
    return trial


def number(chance: random.Random) -> Decimal:
    """A number as people write them: small or large, round or not, below zero at times; never zero, by which nothing is divided. A
    product of three has at most the 15 digits that a spreadsheet knows.
    """
    digits, decimals = chance.choice(((1, 0), (2, 0), (3, 0), (4, 0), (5, 0), (2, 1), (3, 2), (1, 2), (1, 3)))
    value = Decimal(chance.randint(1, 10**digits - 1)) + Decimal(chance.randint(0, 10**decimals - 1)).scaleb(-decimals)
    return -value if chance.random() < 0.15 else value


def _unroll(series: Series, decimals: int, trial: Trial, chance: random.Random) -> None:
    """The start of a series and its next values, each from the one before by one of its ways."""
    way = chance.choice(series.following)
    for name in {*series.start.names, *way.names} - {series.value, series.at}:
        small = name in way.names and name not in series.start.names
        trial.numbers[name] = Decimal(chance.randint(-300, 300)).scaleb(-1) if small else number(chance)
    formula = series.start
    for step in range(STEPS):
        carried = f"{series.value}_{step}"
        trial.steps.append((carried, formula, None))
        trial.steps.append((f"{carried}_dit", _read(carried), decimals))
        formula = _read(renamed(way.text, series.value, carried))


def _read(text: str) -> Expression:
    found = parse(text)
    assert found is not None
    return found


def built(trial: Trial) -> list[str]:
    """What the build prints."""
    known, said = dict(trial.numbers), list[str]()
    for name, formula, decimals in trial.steps:
        value = formula.value(known)
        known[name] = value if decimals is None else rounded(value, decimals)
        said += [] if decimals is None else [f"{known[name]:f}"]
    return said


def scripted(all: list[Trial]) -> list[list[str]]:
    """What the script of the pages prints, in Node."""
    from clients.programs import node_program, ran

    told = [
        {
            "nombres": {name: f"{value:f}" for name, value in trial.numbers.items()},
            "etapes": [[name, formula.tree(), decimals] for name, formula, decimals in trial.steps],
        }
        for trial in all
    ]
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "calculs.mjs"
        program.write_text(
            f"""import {{ arrondir, calculer, lire }} from {json.dumps(SCRIPT.as_uri())};
const essais = {json.dumps(told)};
console.log(JSON.stringify(essais.map(({{ nombres, etapes }}) => {{
  const connus = Object.fromEntries(Object.entries(nombres).map(([nom, texte]) => [nom, lire(texte)]));
  return etapes.flatMap(([nom, arbre, decimales]) => {{
    const brut = calculer(arbre, (autre) => connus[autre]);
    connus[nom] = decimales === null ? brut : arrondir(brut, decimales);
    return decimales === null ? [] : [connus[nom].texte(decimales)];
  }});
}})));
""",
            encoding="utf-8",
        )
        done = ran(node_program(), program)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def spread(all: list[Trial]) -> list[list[str]]:
    """What a spreadsheet prints, computed by LibreOffice: a row for each set, a cell for each number and each step."""
    from clients.office import libreoffice_to_csv

    rows, shown = list[str](), list[list[int]]()
    for rank, trial in enumerate(all, 1):
        cells, places, kept = list[str](), dict[str, str](), list[int]()
        for name, value in trial.numbers.items():
            places[name] = f"[.{_column(len(cells))}{rank}]"
            cells.append(f'<table:table-cell office:value-type="float" office:value="{value:f}"/>')
        for name, formula, decimals in trial.steps:
            written = formula.spreadsheet(places)
            written = written if decimals is None else f"ROUND({written};{decimals})"
            places[name] = f"[.{_column(len(cells))}{rank}]"
            cells.append(_cell(f"of:={written}"))
            if decimals is not None:
                kept.append(len(cells))
                shape = "0" + (f".{'0' * decimals}" if decimals else "")
                cells.append(_cell(f'of:=TEXT({places[name]};"{shape}")'))
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
        shown.append(kept)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "calculs.fods"
        path.write_text(_SHEET.format(rows="".join(rows)), encoding="utf-8")
        sheets = libreoffice_to_csv(path, Path(folder) / "lu", "en-US")
    read = next(iter(sheets.values()))
    return [[_zero(read[rank][place]) for place in kept] for rank, kept in enumerate(shown)]


def _zero(text: str) -> str:
    """Zero has no sign in a spreadsheet that is asked for its value; TEXT keeps that of what was rounded to it."""
    return text.lstrip("-") if not text.strip("-0.") else text


def _column(rank: int) -> str:
    name, rank = "", rank + 1
    while rank:
        rank, rest = divmod(rank - 1, 26)
        name = chr(65 + rest) + name
    return name


def _cell(formula: str) -> str:
    return f'<table:table-cell table:formula="{escape(formula)}"/>'


_SHEET = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:body><office:spreadsheet><table:table table:name="calculs">{rows}</table:table></office:spreadsheet></office:body>
</office:document>
"""


def differences(all: list[Trial]) -> Iterator[str]:
    """Where the three do not print the same."""
    for trial, script, sheet in zip(all, scripted(all), spread(all), strict=True):
        build = built(trial)
        if not build == script == sheet:
            last = next(rank for rank, said in enumerate(zip(build, script, sheet, strict=True)) if len(set(said)) > 1)
            numbers = ", ".join(f"{name} = {value:f}" for name, value in trial.numbers.items())
            yield f"{numbers} : construction {build[last]}, script {script[last]}, tableur {sheet[last]}"


def main(arguments: list[str]) -> int:
    """Argument: how many sets."""
    sys.path.insert(0, str(Path(__file__).resolve().parent))  # as pytest finds the clients
    all = trials(read_project(ROOT).catalogue.contracts, int(arguments[0]) if arguments else SETS, SEED)
    found = list(differences(all))
    print(*found, sep="\n", end="\n" if found else "")
    print(
        f"{len(all)} jeux d’hypothèses, {sum(len(built(trial)) for trial in all)} résultats : "
        f"{len(all) - len(found)} où construction, script et tableur impriment la même chose"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
