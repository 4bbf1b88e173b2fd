"""What people ask of the data is answered on one file, as the content has it, without putting tables together."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from questions.answering import answered, shown
from questions.asked import QUESTIONS, Question
from samples import DATE, ROOT

from generator.commands.check import checked_project
from generator.packages import folder


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("paquets")
    project = checked_project(ROOT)
    folder.write(project.catalogue, project.settings, DATE, place)
    return place


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.asked)
def test_a_question_is_answered_on_one_file(question: Question, packages: Path) -> None:
    pytest.importorskip({"SQLite": "sqlite3"}.get(question.tool, question.tool.lower()))
    found = answered(question, packages)
    assert found
    assert found == question.expected()
    assert len(re.findall(r"[.](?:csv|sqlite)\b", shown(question))) == 1, "one file"
    assert "join(" not in question.command.lower().replace("join(' ; ')", "")
    assert " join " not in question.command.lower()


def test_there_are_thirteen() -> None:
    assert len(QUESTIONS) == len({question.asked for question in QUESTIONS}) == 13
    assert {question.tool for question in QUESTIONS} == {"pandas", "DuckDB", "SQLite"}
