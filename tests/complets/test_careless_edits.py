"""The judge of the edits itself: a session that forgets is caught, and the edit that shows it is found alone."""

from __future__ import annotations

from pathlib import Path

from samples import SECOND

from tests.edits.judge import copied
from tests.edits.series import Series
from tests.edits.sessions import WHOLE, Opened, Reference, Round, opened


class Careless:
    """A session that forgets what a page says once it has written it: the mutation that a judge must see."""

    def __init__(self, root: Path, engine: str) -> None:
        self.session, self.root, self.begun = opened(WHOLE)(root, engine), root, False

    def round(self) -> Round:
        """All is made again, and the first page stays as it was."""
        page = self.root / "site/index.html"
        before = page.read_bytes() if self.begun else b""
        made = self.session.round()
        if self.begun and not made.faulty:
            page.write_bytes(before)
        self.begun = True
        return made

    def close(self) -> None:
        """Nothing is held."""


def test_a_session_that_forgets_is_caught_and_the_edit_alone_shows_it(tmp_path: Path) -> None:
    root = copied(SECOND, tmp_path / "ici")
    careless: Opened = Careless
    series = Series(root, "mkdocs", careless, Reference(tmp_path / "neuf", tmp_path / "cache", "mkdocs"), 1)
    found = [step for step in series.run(1, ["réglage"]) if step.wrong]
    assert [step.family for step in found] == ["réglage"]
    assert any(line.startswith("site/index.html : ") for line in found[0].wrong)
    assert series.smallest(tmp_path / "rejeu") == found
