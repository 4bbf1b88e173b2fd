"""Print each question, its file, its command and its answer."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from generator.commands.check import checked_project
from generator.packages import folder

from .answering import answered, shown
from .asked import QUESTIONS
from .content import ROOT

SHOWN = 6  # rows of an answer


def main() -> int:
    """How many answers are not those of the content."""
    wrong = 0
    with tempfile.TemporaryDirectory() as place:
        project = checked_project(ROOT)
        folder.write(project.catalogue, project.settings, "2026-01-02", Path(place))
        for number, question in enumerate(QUESTIONS, 1):
            found, expected = answered(question, Path(place)), question.expected()
            right = found == expected
            wrong += not right
            print(f"{number}. {question.asked}\n   {question.file}\n")
            print("\n".join(f"     {line}" for line in shown(question).splitlines()), end="\n\n")
            for row in found[:SHOWN]:
                print("   →", " | ".join("" if value is None else str(value) for value in row))
            if len(found) > SHOWN:
                print(f"   → … {len(found) - SHOWN} autres lignes")
            print("   conforme au contenu\n" if right else f"   le contenu dit : {expected}\n")
    print(f"{len(QUESTIONS) - wrong} réponses justes sur {len(QUESTIONS)}, chacune sur un fichier, sans jointure.")
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main())
