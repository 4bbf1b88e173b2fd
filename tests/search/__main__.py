"""Ask the questions of the built site, and print those whose right page is not first, then how many are."""

from __future__ import annotations

import sys
from pathlib import Path

from .asking import AMONG, FIRST, SHOWN, ask, questions, reading

ROOT = Path(__file__).resolve().parent.parent.parent


def main(arguments: list[str]) -> int:
    """1 when fewer questions than must be are answered. Arguments: another file of questions, another site."""
    asked = questions(Path(arguments[0])) if arguments else questions()
    site = Path(arguments[1]) if len(arguments) > 1 else ROOT / "site"
    if not asked:
        print("Aucune question : elles s’écrivent dans tests/content/search/asked.txt.")
        return 0
    ranks, empty = [], 0
    with reading(site) as page:
        for question in asked:
            found = ask(page, question.text)
            ranks.append(question.rank(found))
            empty += not found
            if ranks[-1] != 1:
                print(f"{ranks[-1] or '—':>3}  {question.persona} : {question.text}\n       {' '.join(found[:SHOWN])}")
    first, among = (100 * sum(0 < rank <= most for rank in ranks) / len(ranks) for most in (1, SHOWN))
    print(
        f"{len(asked)} questions : {first:.0f} % premières, {among:.0f} % parmi les {SHOWN} premières, {empty} sans réponse"
    )
    return int(first < FIRST or among < AMONG or empty > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
