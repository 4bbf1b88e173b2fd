"""`make fuzz MINUTES=5 SEED=1`: rounds of hostile inputs until the time is over; the smallest one that fails is shown."""

from __future__ import annotations

import argparse
import random
import sys
import time
import traceback
from collections import Counter

from hypothesis import HealthCheck, Phase, given, seed, settings

from generator.text.spoken import number

from .oracle import bounded
from .properties import PROPERTIES, Property

ROUND = 20  # inputs of each kind in a round, times its share


def run(each: Property, count: int, start: int | None, counted: Counter[str]) -> str:
    """Try a property on so many inputs; what it says of the smallest that fails, or "". Without a start, always the same."""
    failing: list[object] = []

    def once(value: object) -> None:
        counted[each.name] += not failing
        try:
            with bounded():
                each.run(value)
        except Exception:
            failing[:] = [value]
            raise

    chosen = settings(
        max_examples=count, deadline=None, database=None, derandomize=start is None, phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck), print_blob=False, report_multiple_bugs=False,
    )  # fmt: skip
    test = chosen(given(each.inputs)(once))
    try:
        test() if start is None else seed(start)(test)()
    except Exception:
        return f"{each.name} : {failing[0]!r}\n\n{traceback.format_exc()}" if failing else traceback.format_exc()
    return ""


def main() -> int:
    """Run, and say how much was tried; 1 when something failed."""
    options = argparse.ArgumentParser("make fuzz", description="Essaie des contenus hostiles.")
    options.add_argument("--minutes", type=float, default=1)
    options.add_argument("--seed", type=int, default=None, help="pour refaire les mêmes essais")
    options.add_argument("--essais", type=int, default=0, help="s’arrête après ce nombre d’essais de chaque genre")
    options.add_argument("--seul", default="", help="un genre d’essai : le début de son nom")
    chosen = options.parse_args()
    start = random.randrange(10**6) if chosen.seed is None else chosen.seed
    end, counted, turn = time.monotonic() + 60 * chosen.minutes, Counter[str](), 0
    print(f"SEED={start}", flush=True)
    tried = [each for each in PROPERTIES if each.name.startswith(chosen.seul)]
    while time.monotonic() < end and (
        left := [e for e in tried if not chosen.essais or counted[e.name] < chosen.essais]
    ):
        for each in left:
            if time.monotonic() < end:
                most = chosen.essais - counted[each.name] if chosen.essais else ROUND * each.share
                said = run(each, min(most, ROUND * each.share), start + turn, counted)
                if said:
                    print(f"\n{said}\n{_summary(counted)} : 1 trace (SEED={start}).")
                    return 1
        turn += 1
    print(f"{_summary(counted)} : 0 trace.")
    return 0


def _summary(counted: Counter[str]) -> str:
    return ", ".join(f"{number(count)} {name}" for name, count in counted.items())


if __name__ == "__main__":
    sys.exit(main())
