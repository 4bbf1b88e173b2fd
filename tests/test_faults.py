"""Whatever happens during a publication, at each of its file calls: old or new, whole, told as it is, and the next run has both
agree. `make faults` tries more errors and prints the counts.
"""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys

import pytest
from samples import ROOT, series

from tests import tracing
from tests.faults import STARTS, WAYS, scratch


@pytest.mark.skipif(not hasattr(os, "fork"), reason="pas de fork ici")
@pytest.mark.parametrize(("way", "start"), series(2, itertools.product(WAYS, STARTS)))
def test_at_every_call_old_or_new_and_never_half(way: str, start: str) -> None:
    """In a small process, of which each trial is a copy: that of the tests is ten times as long to copy."""
    command = (sys.executable, "-m", "tests.faults", "--bref", "--sans-strace", "--facon", way, "--depart", start)
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, encoding="utf-8", env=os.environ | {"PYTHONUTF8": "1"}, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    tried = re.match(rf"{way}, départ « {start} » : \d+ appels, (\d+) essais ", done.stdout)
    assert tried is not None, done.stdout
    assert int(tried[1]) > 100


if tracing.there():  # otherwise the report says so (conftest.py)

    def test_at_every_system_call_of_the_exchange_too() -> None:
        with scratch() as folder:
            found = list(tracing.tried(folder, brief=True))
        assert [(struck, told) for struck, told in found if told] == []
        assert len(found) >= 20
