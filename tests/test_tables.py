"""Tables of any size: each case of tests/tables is found as the standard says, told in the words of `check`, in a memory that does not grow."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.tables import rows
from tests.tables import Case, cases, told

CASES = list(cases())


def test_there_are_enough_cases_and_each_has_a_name() -> None:
    assert len(CASES) >= 80
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case(case: Case, tmp_path: Path) -> None:
    assert told(rows.check(case.tables(tmp_path))[0]) == case.verdict
