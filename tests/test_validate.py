"""`generator validate`: packages of anybody, judged by the standard alone. Each rule of the standard is a small package with its verdict
(packages_of_others.py); what is told of all of them is in golden/validate.txt (`REFAIRE=1` writes it anew: read it aloud).
"""

from __future__ import annotations

from pathlib import Path

import pytest
from packages_of_others import CASES, Case, make
from samples import GOLDEN, compare

from generator.standard.validating import Validation, validate


def told(found: Validation) -> list[str]:
    """`code place : message → hint` of each diagnostic, but for the line and the column of what the test writes itself."""
    return [f"{d.code} {d.position.path} : {d.message} {d.hint}".rstrip() for d in found.diagnostics]


@pytest.mark.parametrize("case", [each for cases in CASES.values() for each in cases], ids=lambda case: case[0])
def test_verdict(case: Case, tmp_path: Path) -> None:
    _, valid, changes = case
    found = validate(make(tmp_path, changes), engine="python")
    assert found.faulty is not valid, "\n".join(told(found))


def test_what_is_told(tmp_path: Path) -> None:
    out = []
    for name, cases in CASES.items():
        out.append(f"# {name}\n")
        for rank, (title, valid, changes) in enumerate(cases):
            found = validate(make(tmp_path / f"{name}{rank}", changes), engine="python")
            lines = [f"  {line}" for line in told(found)]
            out.append("\n".join([f"{'valide' if valid else 'refusé'} · {title}", *lines]))
    compare(GOLDEN / "validate.txt", "\n".join(out) + "\n")
