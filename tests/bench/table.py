"""A table of figures, printed for a terminal or written in Markdown: both say the same."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """Figures under their heads; `name` is its place in a document. The first column is text, the others are numbers."""

    name: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    missed: int = 0  # targets that are not reached

    def text(self) -> str:
        """For a terminal."""
        lines = [self.head, *self.rows]
        widths = [max(len(line[rank]) for line in lines) for rank in range(len(self.head))]
        shown = [
            "  "
            + "  ".join(
                _aligned(cell, width, rank) for rank, (cell, width) in enumerate(zip(line, widths, strict=True))
            )
            for line in lines
        ]
        return "\n".join((f"\n{self.title}", *(line.rstrip() for line in shown), *(f"  {note}" for note in self.notes)))

    def markdown(self) -> str:
        """For a document, its title apart."""
        bounds = ["---" if rank == 0 else "---:" for rank in range(len(self.head))]
        lines = (f"| {' | '.join(cell.strip() for cell in line)} |" for line in (self.head, bounds, *self.rows))
        told = (f"- {note.strip()}" for note in self.notes)
        return "\n\n".join((f"{self.title} :", "\n".join(lines), *(("\n".join(told),) if self.notes else ())))


def _aligned(cell: str, width: int, rank: int) -> str:
    return cell.ljust(width) if rank == 0 else cell.rjust(width)


def number(value: float, digits: int = 0) -> str:
    """A number as French writes it."""
    return f"{value:,.{digits}f}".replace(",", "\u202f").replace(".", ",")


def verdict(reached: bool) -> str:
    """What is said of a target."""
    return "atteint" if reached else "NON ATTEINT"
