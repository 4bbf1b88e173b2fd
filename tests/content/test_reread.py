"""The draws of this content that were read against its sources (fidelity/): whole, and hardly any of them wrong."""

from __future__ import annotations

from fidelity.drawing import rows
from fidelity.verdicts import FACTS, HERE, ROWS, counted, key, names, read
from samples import ROOT

from generator.catalogue.project import read_project


def test_the_draws_that_were_read_are_whole() -> None:
    """What each is, not whether its rows have changed: `make fidelity` says that."""
    every = rows(read_project(ROOT).catalogue)
    draws = list(read(HERE))
    assert {told.kind for told in draws} == {"lignes", "faits"}
    for told in draws:
        assert len(told.entries) == told.number == 200, told.name
        assert set(counted(told)) <= set(ROWS if told.kind == "lignes" else FACTS), told.name
        if told.kind == "faits":
            assert all(entry["lieu"] and entry["fait"] for entry in told.entries)
            assert [name for entry in told.entries for name in names(entry) if key(name) not in every] == []
            exact = counted(told)["exact"]
            assert exact / (len(told.entries) - counted(told)["sans-fait"]) >= 0.98
        assert counted(told)["faux"] == 0
        assert counted(told)["imprecis"] <= 4
