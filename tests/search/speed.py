"""How long a reader waits: from the opening of the search page to its first answer, on a built site of any size. `python -m
tests.search.speed SITE` prints the median, and the processor time of the browser, which a busy machine does not lengthen as much.
"""

from __future__ import annotations

import os
import statistics
import sys
from pathlib import Path

from .asking import questions, reading

ASKED = 10  # questions, spread over those that there are
LONGEST = 1000  # milliseconds
TICKS = os.sysconf("SC_CLK_TCK")


def spent() -> float:
    """The processor time of all the processes below this one, in milliseconds (Linux)."""
    above, ticks = {}, {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:  # it ended
            continue
        number = int(path.parent.name)
        above[number], ticks[number] = int(fields[1]), int(fields[11]) + int(fields[12])
    return sum(ticks[number] for number in ticks if _below(number, above)) * 1000 / TICKS


def _below(number: int, above: dict[int, int]) -> bool:
    while number > 1:
        number = above.get(number, 0)
        if number == os.getpid():
            return True
    return False


def main(site: Path) -> int:
    """1 when the first answer takes too long."""
    asked = questions()
    if not asked:
        print("Aucune question : elles s’écrivent dans tests/content/search/asked.txt.")
        return 0
    waited, worked = [], []
    with reading(site) as page:
        for question in asked[:: len(asked) // ASKED]:
            before = spent()
            page.goto(f"recherche/?q={question.text}")
            page.locator("#recherche-resultats:not([aria-busy]) .resultats").wait_for(state="attached")
            waited.append(page.evaluate("() => performance.now()"))
            worked.append(spent() - before)
    wait, work = statistics.median(waited), statistics.median(worked)
    print(
        f"première réponse en {wait:.0f} ms, dont {work:.0f} ms de processeur, machine chargée à {os.getloadavg()[0]:.0f}"
    )
    return int(min(wait, work) >= LONGEST)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
