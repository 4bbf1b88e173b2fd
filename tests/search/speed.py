"""How long a reader waits: from the opening of the search page to its first answer, then from one question to the next, on a built site
of any size. `python -m tests.search.speed SITE` prints the medians, in milliseconds.
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

from .asking import ask, questions, reading

ASKED = 10  # questions, spread over those that there are
OPENED = "() => performance.now()"


def main(site: Path) -> int:
    """1 when the first answer takes a second or more."""
    asked = questions()
    first, then = [], []
    with reading(site) as page:
        for question in asked[:: len(asked) // ASKED]:
            page.goto(f"recherche/?q={question.text}")
            page.locator("#recherche-resultats:not([aria-busy]) .resultats").wait_for(state="attached")
            first.append(page.evaluate(OPENED))
            began = page.evaluate(OPENED)
            ask(page, question.text + " france")
            then.append(page.evaluate(OPENED) - began)
    print(
        f"première réponse {statistics.median(first):.0f} ms (au plus {max(first):.0f}), suivante {statistics.median(then):.0f} ms"
    )
    return int(statistics.median(first) >= 1000)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
