"""A frame that somebody filled → rows, each text with its cell. Columns are found by their names, wherever they were moved; what cannot
be placed is said at its cell, and nothing is lost in silence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.contracts.framing import Page
from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.diagnostics.suggestions import Words, nearest
from generator.diagnostics.wording import listed
from generator.packages.frames.choices import Choices, meant
from generator.packages.frames.formulas import NAMES, letters
from generator.packages.frames.frame import KEYS, LISTS, READ_ME, Frame, digest
from generator.packages.frames.opening import Cell, Opened
from generator.text.interface import say

HEADS = 10  # rows among which the names of the columns are looked for
UNKNOWN = "?"  # the name of a column that the frame has not
FAULT, DOUBT = "cadre-mal-rempli", "cadre-a-verifier"


@dataclass(frozen=True, slots=True)
class Text:
    """What was filled for a column: the text, as YAML has it, and its cell."""

    text: str
    place: Position


@dataclass(slots=True)
class Row:
    """A row of a table: its texts by column, the place of its first cell, the cells of its columns by the last word of their keys, the
    rows that it holds by the names of their tables.
    """

    place: Position
    texts: dict[str, Text]
    cells: dict[str, Position]
    held: dict[str, list[Row]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Filled:
    """What was read of a frame: its rows, and what is wrong with its sheets."""

    rows: tuple[Row, ...]
    diagnostics: tuple[Diagnostic, ...]


def table_of(sheets: Sequence[Opened]) -> str:
    """The name of the table of a frame, as its hidden sheet says it; "" when it does not."""
    return _said(sheets).get(KEYS[0], "")


def read(file: str, sheets: Sequence[Opened], frame: Frame) -> Filled:
    """The rows of a frame whose file is called so."""
    return _Reading(file, {sheet.name: sheet for sheet in sheets}, frame).read()


def _said(sheets: Sequence[Opened]) -> dict[str, str]:
    hidden = next((sheet for sheet in sheets if sheet.name == say(LISTS)), None)
    cells = hidden.cells if hidden is not None else {}
    return {cell.text: cells[row, 2].text for (row, column), cell in cells.items() if column == 1 and (row, 2) in cells}


@dataclass(slots=True)
class _Reading:
    file: str
    sheets: dict[str, Opened]
    frame: Frame
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def read(self) -> Filled:
        """The rows of the table, each with those that it holds."""
        self._hidden()
        known = {say(READ_ME), say(LISTS), *(page.name for page in self.frame.pages)}
        known |= {each.steps.name for each in self.frame.unrolled}
        for name, sheet in self.sheets.items():
            if name not in known and sheet.cells:
                first = min(sheet.cells)
                message = "La feuille « {name} » n’est pas du cadre : rien de ce qu’elle contient n’est lu."
                near = nearest(name, [page.name for page in self.frame.pages])
                self._fault(
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
            self._fault(
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
        told = say("{file}, feuille {sheet}, {cell}", file=self.file, sheet=sheet, cell=f"{letters(column - 1)}{row}")
        return Position(told)

    def _fault(self, place: Position, message: str, hint: str = "", near: str = "", /, **values: object) -> None:
        self.diagnostics.append(fault(FAULT, place, message, hint, near, **values))

    def _doubt(self, place: Position, message: str, hint: str = "", /, **values: object) -> None:
        self.diagnostics.append(fault(DOUBT, place, message, hint, "", **values))

    def _hidden(self) -> None:
        """What the hidden sheet says of the contract that the frame follows, and whether somebody has changed it."""
        said, name = _said(tuple(self.sheets.values())), say(LISTS)
        if not said:
            hint = "Les listes de choix manquent peut-être ; les valeurs, elles, sont contrôlées."
            self._doubt(Position(self.file), "La feuille masquée « {name} » manque, ou a été vidée.", hint, name=name)
            return
        if said.get("empreinte") != self.frame.print:
            message = "Le contrat a changé depuis que ce cadre a été fait (version {old} ; aujourd’hui {new})."
            hint = "Ses colonnes sont lues par leur nom. Pour les listes d’aujourd’hui, repartez d’un cadre vierge."
            old, new = said.get("version") or say("inconnue"), self.frame.version or say("sans numéro")
            self._doubt(self._at(name, 2, 2), message, hint, old=old, new=new)
        elif said.get("listes") != digest(_columns(self.sheets[name])):
            message = "La feuille masquée « {name} » a été modifiée : ses listes ne sont plus celles du cadre."
            self._doubt(
                self._at(name, 1, 4), message, "Les valeurs sont contrôlées par le contrat, non par elle.", name=name
            )

    # --- A sheet ---

    def _rows(self, page: Page) -> list[Row]:
        sheet = self.sheets.get(page.name)
        if sheet is None:
            message, hint = "La feuille « {name} » manque.", "Remettez-la telle qu’elle est dans un cadre vierge."
            self._fault(Position(self.file), message, hint, name=page.name)
            return []
        head = self._head(sheet, page)
        if head is None:
            message = "La feuille « {name} » n’a plus les noms de ses colonnes."
            hint = "Remettez-les à la ligne {row}, tels qu’ils sont dans un cadre vierge : {names}."
            names = listed((column.name for column in page.columns), "et")
            self._fault(self._at(page.name, NAMES, 1), message, hint, name=page.name, row=NAMES, names=names)
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
                self._fault(self._at(sheet.name, row, place), message, hint, name=name)
            elif name in known:
                found[place] = name
            else:
                near = words.nearest(name)
                likely.add(near)
                message = "Aucune colonne ne s’appelle « {name} » : ce qu’elle contient n’est pas lu."
                hint = "Écrivez le nom d’une colonne du cadre, ou retirez-la."
                self._fault(self._at(sheet.name, row, place), message, hint, near, name=name)
        for column in page.written:
            if column.name not in {*found.values(), *likely}:
                message, hint = "La colonne « {name} » manque.", "Remettez son nom à la ligne {row}."
                self._fault(self._at(sheet.name, head, 1), message, hint, name=column.name, row=head)
        return found

    def _merged(self, sheet: Opened, head: int) -> None:
        for cells in sheet.merged:
            first = cells.partition(":")[0]
            if int("".join(filter(str.isdigit, first)) or 0) >= head:
                message, hint = (
                    "Les cellules {cells} sont fusionnées.",
                    "Séparez-les, et écrivez la valeur dans chaque ligne.",
                )
                told = say("{file}, feuille {sheet}, {cell}", file=self.file, sheet=sheet.name, cell=first)
                self._fault(Position(told), message, hint, cells=cells)

    def _row(self, sheet: Opened, page: Page, number: int, places: dict[int, str]) -> Row | None:
        """A row that holds something, without what it does not write."""
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
                self._fault(at, message, "Écrivez-le dans une colonne du cadre.", text=cell.text)
            else:
                found = self._text(cell, at, self.frame.lists.get((page.name, name), {}))
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
            self._fault(at, message, hint, name=name)

    def _text(self, cell: Cell, at: Position, known: Choices) -> str:
        """The text of a cell that somebody fills; "" for one that holds no value, which is said."""
        if cell.kind == "formula":
            message = "Cette cellule contient une formule ({text}) : sa valeur n’est écrite nulle part."
            self._fault(
                at, message, "Remplacez-la par sa valeur (copier, puis collage spécial, valeurs).", text=cell.text
            )
            return ""
        if cell.kind == "error":
            self._fault(
                at, "Cette cellule contient une erreur du tableur : {text}.", "Écrivez la valeur.", text=cell.text
            )
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
                self._fault(
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
                self._fault(key.place, message, hint, nearest(key.text, by_key), **values)
            else:
                holder.held.setdefault(page.resource.name, []).append(row)


def _columns(sheet: Opened) -> list[list[str]]:
    """The lists of the hidden sheet, as its print was made of them."""
    found: dict[int, list[str]] = {}
    for (_, column), cell in sorted(sheet.cells.items(), key=lambda item: (item[0][1], item[0][0])):
        if column > 3:
            found.setdefault(column, []).append(cell.text)
    return list(found.values())
