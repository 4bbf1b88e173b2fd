"""`python -m tests.mistakes [FICHIER…] [--seul MOTIF] [--tout]`: tries every mistake, lists what is not told as awaited, and counts."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TESTS))

from mistakes.judging import Trial, Verdict, count  # noqa: E402
from mistakes.reading import read  # noqa: E402

WANTED = 95  # per cent of the mistakes


def main() -> int:
    """Try, list, count; 0 when enough is told rightly."""
    parser = argparse.ArgumentParser(prog="python -m tests.mistakes", description=__doc__)
    parser.add_argument("fichiers", nargs="*", type=Path)
    parser.add_argument("--seul", default="")
    parser.add_argument("--tout", action="store_true", help="montre aussi ce qui est dit justement")
    options = parser.parse_args()
    files = options.fichiers or sorted((TESTS / "content" / "mistakes").glob("*.md"))
    cases = [case for file in files for case in read(file) if options.seul in case.name]
    if not cases:
        print("Aucune faute à essayer : elles s’écrivent dans tests/content/mistakes/.")
        return 0
    verdicts = []
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(TESTS.parent, Path(folder))
        for case in cases:
            verdict = trial.judge(case)
            verdicts.append(verdict)
            if options.tout or verdict.kind != "juste":
                _show(verdict)
    mistakes = [v for v in verdicts if v.mistake.expected and v.kind != "périmé"]
    controls = [v for v in verdicts if not v.mistake.expected and v.kind != "périmé"]
    right, alarms = count(mistakes, "juste"), count(controls, "alerte")
    share = 100 * right / max(1, len(mistakes))
    print(
        f"{len(mistakes)} fautes : {right} dites justement ({share:.1f} %, voulu {WANTED} %), "
        f"{count(mistakes, 'partie')} en partie, {count(mistakes, 'muet')} sans un mot, {count(verdicts, 'trace')} trace(s)."
    )
    print(
        f"{len(controls)} modifications permises : {alarms} fausse(s) alerte(s). {count(verdicts, 'périmé')} essai(s) périmé(s)."
    )
    return int(share < WANTED or alarms > 0)


def _show(verdict: Verdict) -> None:
    print(f"--- {verdict.kind} : {verdict.mistake.name}")
    for why in verdict.why:
        print(f"    {why}")
    if verdict.told:
        print("\n".join(f"      | {line}" for line in verdict.told.rstrip().split("\n")))


if __name__ == "__main__":
    sys.exit(main())
