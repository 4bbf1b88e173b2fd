"""A frame that somebody filled → rows, each text with its cell. Columns are found by their names, wherever they were moved; what cannot
be placed is said at its cell, and nothing is lost in silence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.contracts.framing import Page
from generator.contracts.model import Field
from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.diagnostics.suggestions import Words, nearest
from generator.diagnostics.wording import listed
from generator.packages.frames.choices import Choices, meant
from generator.packages.frames.filled import FAULT, Filled, Row, Text, doubts, place_of
from generator.packages.frames.formulas import NAMES, letters
from generator.packages.frames.frame import LISTS, READ_ME, Frame
from generator.packages.frames.opening import Cell, Opened
from generator.packages.worksheets import CELL
from generator.text.interface import say
from generator.values.types import TYPES

HEADS = 10  # rows among which the names of the columns are looked for
UNKNOWN = "?"  # the name of a column that the frame has not


def read(file: str, sheets: Sequence[Opened], frame: Frame) -> Filled:
    """The rows of a frame whose file is called so."""
    return _Reading(file, {sheet.name: sheet for sheet in sheets}, frame).read()


@dataclass(slots=True)
class _Reading:
    file: str
    sheets: dict[str, Opened]
    frame: Frame
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def read(self) -> Filled:
        """The rows of the table, each with those that it holds."""
        self.diagnostics += doubts(self.file, self.sheets, self.frame)
        known = {say(READ_ME), say(LISTS), *(page.name for page in self.frame.pages)}
        known |= {each.steps.name for each in self.frame.unrolled}
        for name, sheet in self.sheets.items():
            if name not in known and sheet.cells:
                first = min(sheet.cells)
                message = "La feuille « {name} » n’est pas du cadre : rien de ce qu’elle contient n’est lu."
                near = nearest(name, [page.name for page in self.frame.pages])
                self.faults(
                    self._at(name, *first),
                    message,
                    "Feuilles du cadre : {names}.",
                    near,
                    name=name,
                    names=listed(known),
                )
        top, *others = self.frame.pages
        rows = self._rows(top)
        if not rows and not self.diagnostics:
            self.faults(
                self._at(top.name, NAMES, 1),
                "Ce cadre n’est pas rempli : la feuille « {name} » n’a aucune ligne.",
                name=top.name,
            )
        for page in others:
            self._held(page, rows)
        return Filled(tuple(rows), tuple(self.diagnostics))

    # --- What is wrong ---

    def _at(self, sheet: str, row: int, column: int) -> Position:
        """A cell, as it is told: « fiches.xlsx, feuille Variantes, C5 »."""
        return place_of(self.file, sheet, f"{letters(column - 1)}{row}")

    def faults(self, place: Position, message: str, hint: str = "", near: str = "", /, **values: object) -> None:
        self.diagnostics.append(fault(FAULT, place, message, hint, near, **values))

    # --- A sheet ---

    def _rows(self, page: Page) -> list[Row]:
        sheet = self.sheets.get(page.name)
        if sheet is None:
            message, hint = "La feuille « {name} » manque.", "Remettez-la telle qu’elle est dans un cadre vierge."
            self.faults(Position(self.file), message, hint, name=page.name)
            return []
        head = self._head(sheet, page)
        if head is None:
            message = "La feuille « {name} » n’a plus les noms de ses colonnes."
            hint = "Remettez-les à la ligne {row}, tels qu’ils sont dans un cadre vierge : {names}."
            names = listed((column.name for column in page.columns), "et")
            self.faults(self._at(page.name, NAMES, 1), message, hint, name=page.name, row=NAMES, names=names)
            return []
        places = self._places(sheet, page, head)
        unknown = {place for row, place in sheet.cells if row == head} - places.keys()
        self._merged(sheet, head)
        rows = []
        for number in sorted({row for row, _ in sheet.cells if row > head}):
            found = self._row(sheet, page, number, places | dict.fromkeys(unknown, UNKNOWN))
            if found is not None:
                rows.append(found)
        return rows

    @staticmethod
    def _head(sheet: Opened, page: Page) -> int | None:
        """The row that has the most names of columns."""
        names = {column.name for column in page.columns}
        counts = {
            row: len({c.text for (r, _), c in sheet.cells.items() if r == row} & names) for row in range(1, HEADS + 1)
        }
        best = max(counts, key=lambda row: (counts[row], -row))
        return best if counts[best] > len(names) // 3 else None

    def _places(self, sheet: Opened, page: Page, head: int) -> dict[int, str]:
        """The columns of a sheet that have a name, by their places; missing, unknown or doubled ones are said."""
        known, found = {column.name: column for column in page.columns}, dict[int, str]()
        likely: set[str] = set()
        words = Words([column.name for column in page.columns], [column.title for column in page.columns])
        for (row, place), cell in sorted(sheet.cells.items()):
            if row != head:
                continue
            name = cell.text.strip()
            if name in found.values():
                message, hint = "La colonne « {name} » est là deux fois.", "Gardez-en une, avec toutes ses valeurs."
                self.faults(self._at(sheet.name, row, place), message, hint, name=name)
            elif name in known:
                found[place] = name
            else:
                near = words.nearest(name)
                likely.add(near)
                message = "Aucune colonne ne s’appelle « {name} » : ce qu’elle contient n’est pas lu."
                hint = "Écrivez le nom d’une colonne du cadre, ou retirez-la."
                self.faults(self._at(sheet.name, row, place), message, hint, near, name=name)
        for column in page.written:
            if column.name not in {*found.values(), *likely}:
                message, hint = "La colonne « {name} » manque.", "Remettez son nom à la ligne {row}."
                self.faults(self._at(sheet.name, head, 1), message, hint, name=column.name, row=head)
        return found

    def _merged(self, sheet: Opened, head: int) -> None:
        for cells in sheet.merged:
            first = cells.partition(":")[0]
            if int("".join(filter(str.isdigit, first)) or 0) >= head:
                message, hint = (
                    "Les cellules {cells} sont fusionnées.",
                    "Séparez-les, et écrivez la valeur dans chaque ligne.",
                )
                self.faults(place_of(self.file, sheet.name, first), message, hint, cells=cells)

    def _row(self, sheet: Opened, page: Page, number: int, places: dict[int, str]) -> Row | None:
        """A row that holds something, without what it does not write."""
        columns = {column.name: column for column in page.columns}
        computed = {column.name for column in page.columns if column.computed is not None}
        texts: dict[str, Text] = {}
        for place in sorted(place for row, place in sheet.cells if row == number):
            cell, at, name = sheet.cells[number, place], self._at(sheet.name, number, place), places.get(place, "")
            if name == UNKNOWN:  # which is said of the whole column
                continue
            if name in computed:
                self._computed(cell, at, name)
            elif not name:
                message = "« {text} » n’est sous aucun nom de colonne : ce n’est pas lu."
                self.faults(at, message, "Écrivez-le dans une colonne du cadre.", text=cell.text)
            else:
                found = self._text(cell, at, self.frame.lists.get((page.name, name), {}))
                found = written(found, columns[name]) if cell.kind != "text" else found
                texts |= {name: Text(found, at)} if found else {}
        if not texts:
            return None
        keys = {column.name: column.key[-1] for column in page.columns}
        cells = {keys[name]: self._at(sheet.name, number, place) for place, name in places.items() if name in keys}
        return Row(next(iter(texts.values())).place, texts, cells)

    def _computed(self, cell: Cell, at: Position, name: str) -> None:
        if cell.kind != "formula":
            message, hint = (
                "« {name} » se calcule : ce qui est écrit ici n’est pas lu.",
                "Remettez la formule d’une autre ligne.",
            )
            self.faults(at, message, hint, name=name)

    def _text(self, cell: Cell, at: Position, known: Choices) -> str:
        """The text of a cell that somebody fills; "" for one that holds no value, which is said."""
        if cell.kind == "formula":
            message = "Cette cellule contient une formule ({text}) : sa valeur n’est écrite nulle part."
            self.faults(
                at, message, "Remplacez-la par sa valeur (copier, puis collage spécial, valeurs).", text=cell.text
            )
            return ""
        if cell.kind == "error":
            self.faults(
                at, "Cette cellule contient une erreur du tableur : {text}.", "Écrivez la valeur.", text=cell.text
            )
            return ""
        if len(cell.text) > CELL:
            message = "Cette cellule a {found} caractères, {most} au plus sont permis."
            self.faults(at, message, "Raccourcissez ce texte.", found=len(cell.text), most=CELL)
            return ""
        return meant(cell.text, known)

    # --- Rows that others hold ---

    def _held(self, page: Page, rows: Sequence[Row]) -> None:
        """Give the rows of a sheet to those that hold them, which they name."""
        assert page.key is not None
        name, reference = page.key.fields[0], page.key.reference[0]
        by_key = {row.texts[reference].text: row for row in reversed(rows) if reference in row.texts}
        for row in self._rows(page):
            key = row.texts.pop(name, None)
            holder = by_key.get(key.text.strip()) if key is not None else None
            if key is None:
                message = "Cette ligne ne dit pas de quelle fiche elle est."
                self.faults(
                    row.place,
                    message,
                    "Remplissez « {name} » : {keys}.",
                    name=name,
                    keys=listed(by_key) or say("aucune"),
                )
            elif holder is None:
                message, hint = (
                    "Aucune ligne de la première feuille n’a « {key} » pour identifiant.",
                    "Identifiants : {keys}.",
                )
                values = {"key": key.text, "keys": listed(by_key) or say("aucun")}
                self.faults(key.place, message, hint, nearest(key.text, by_key), **values)
            else:
                holder.held.setdefault(page.resource.name, []).append(row)


def written(text: str, column: Field) -> str:
    """A date, a number or a truth of a spreadsheet, in the form that the contract gives to its column."""
    problem = column.read(text)[1]
    known = problem is not None and TYPES[column.type].read(text)[1] is None
    return problem.suggestion or text if problem is not None and known else text
