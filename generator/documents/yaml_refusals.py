"""What YAML permits and content has no use for, refused in a sentence at its place: one mistake, one message."""

from __future__ import annotations

from dataclasses import replace

from generator.diagnostics.finding import SLIP, Diagnostic, fault
from generator.documents.files import too_many
from generator.documents.manner import AS_USUAL, Manner
from generator.documents.nodes import COLUMN_BITS, Broken, Document, Mapping, mark_at
from generator.documents.yaml_errors import long_dash
from generator.documents.yaml_texts import cut_at, is_dashed, parted, quoted_line, watched
from generator.text.patching import Edit

# Stated limits (security.md of the project's design: the C parser itself has none).
SEVERAL = 3  # keys of one group given twice
MAX_REFUSALS = 100  # in one file; the rest of it is then unknown


class Unreadable(Exception):
    """A file that is too deep or too big, or in which so much is refused that the rest is not worth reading."""


class Refusals:
    """What is refused in a file, and its texts that are not read as they were meant."""

    def __init__(self, path: str, text: str, manner: Manner = AS_USUAL) -> None:
        self.path = path
        self.text = text
        self.manner = manner
        self.end = mark_at(text.count("\n") + 1, len(text) - text.rfind("\n"))  # after which nothing is placed
        self.watched = watched(text)
        self.diagnostics: list[Diagnostic] = []
        self._lines: list[str] = []
        self.doubles: dict[int, list[int]] = {}  # the diagnostics of keys given twice, by what holds them

    def begin(self) -> None:
        """The text is read from its start: what was refused in it is forgotten."""
        self.diagnostics.clear()
        self.doubles.clear()

    @property
    def lines(self) -> list[str]:
        """The lines of the file."""
        self._lines = self._lines or self.text.split("\n")
        return self._lines

    def _refuse(
        self,
        mark: int,
        code: str,
        message: str,
        hint: str = "",
        /,
        *,
        length: int = 1,
        suggestion: str = "",
        **values: object,
    ) -> None:
        position = Document(self.path, None).at(mark, length)
        self.diagnostics.append(fault(code, position, message, hint, suggestion, **values))
        if len(self.diagnostics) >= MAX_REFUSALS:
            raise Unreadable

    def _quoted(self, mark: int) -> str:
        """The line of a text that begins at a mark, with this text between quotes."""
        line, column = mark >> COLUMN_BITS, mark & ((1 << COLUMN_BITS) - 1)
        indent, key, _ = parted(self.lines[line - 1])
        return quoted_line(self.lines, line) if column == len(indent + key) + 1 else ""

    def told(self) -> list[Diagnostic]:
        """What is refused, the keys that follow each other in one group and are all given twice told once: the line that begins
        another element is missing before them.
        """
        merged: dict[int, Diagnostic] = {}
        dropped: set[int] = set()
        for places in self.doubles.values():
            if len(places) >= SEVERAL:
                first = self.diagnostics[places[0]]
                message = "« {key} » et {n} autres clés sont déjà données plus haut, à partir de la ligne {line}."
                hint = "Si un autre élément commence ici, il manque sa première ligne, avec son tiret ; sinon, gardez une seule fois chaque clé."
                values = dict(first.message.values) | {"n": len(places) - 1}
                merged[places[0]] = fault(first.code, first.position, message, hint, **values)
                dropped.update(places[1:])
        return [merged.get(n, d) for n, d in enumerate(self.diagnostics) if n not in dropped]

    def cut(self, value: str, row: int, column: int) -> Broken | None:
        """A plain text that ends at a row and a column (from 0), where a « # » may have cut it; nothing may be left of it."""
        line = self.lines[row]
        place = cut_at(value, line[column:]) if value else cut_at("", " " + line[column:].lstrip(" \t"))
        if place < 0:
            return None
        hint = "Mettez le texte entre guillemets."
        suggestion = "" if parted(line)[2][:1] in "[{" else quoted_line(self.lines, row + 1)
        if not value:
            mark = mark_at(row + 1, line.index("#", column) + 1)
            message = "Un texte ne peut pas commencer par « # » : c’est un commentaire."
            self._refuse(mark, "yaml-mal-forme", message, hint, suggestion=suggestion)
            return Broken(mark)
        mark = mark_at(row + 1, column + place + 1)
        message = "Le texte s’arrête avant « # » : après une espace, ce signe commence un commentaire."
        position = Document(self.path, None).at(mark, len(line.rstrip()) - column - place)
        self.diagnostics.append(fault("texte-coupe", position, message, hint, suggestion))
        return None

    def dash(self, mark: int, quoted: bool) -> None:
        """A key that a long dash precedes, as the item of a list would be."""
        line, column = mark >> COLUMN_BITS, mark & ((1 << COLUMN_BITS) - 1)
        if line - 1 in self.watched and not quoted and is_dashed(self.lines[line - 1][column - 1 :]):
            self.diagnostics.append(long_dash(Document(self.path, None).at(mark), self.lines[line - 1]))
            raise Unreadable

    def no_dash(self, mark: int) -> None:
        """An item of a list that begins without its dash, right after another."""
        line, column = mark >> COLUMN_BITS, mark & ((1 << COLUMN_BITS) - 1)
        text = self.lines[line - 1]
        message = "Il manque un tiret devant « {key} » : un autre élément de la liste commence ici."
        hint = "Écrivez « - » et une espace devant sa première clé, au retrait des autres tirets."
        said = fault(SLIP, Document(self.path, None).at(mark), message, hint, key=text[column - 1 :].partition(":")[0])
        if column > 2 and not text[: column - 1].strip():
            written = f"{text[: column - 3]}- {text[column - 1 :]}"
            edit = Edit(self.path, (line, column - 2), (line, column), "- ")
            said = replace(said, suggestion=written, edits=(edit,))
        self.diagnostics.append(said)

    def depth(self, mark: int) -> None:
        """Lists and groups in too many others."""
        message = "Ce contenu est imbriqué sur plus de {limit} niveaux."
        hint = "Aplatissez-le ou partagez-le entre plusieurs fiches."
        self._refuse(mark, "trop-profond", message, hint, limit=self.manner.limits.depth)
        raise Unreadable

    def size(self, mark: int) -> None:
        """Too many values."""
        self.diagnostics.append(too_many(Document(self.path, None).at(mark), self.manner))
        raise Unreadable

    def directive(self, mark: int) -> None:
        """`%TAG`, which makes types; `%YAML` changes nothing here."""
        message = "Une directive YAML (« % » en début de ligne) n’a pas sa place ici."
        self._refuse(mark, "directive", message, "Supprimez la ligne qui commence par « % ».")

    def second_document(self, mark: int) -> None:
        """A document after another."""
        message = "Un second document YAML commence ici (« --- »)."
        hint = "Un fichier contient un seul document : faites-en deux fichiers."
        if self.manner.taken:
            hint = "Faites-en deux fichiers, ou permettez-le dans le contrat de la table : content: {{list: …, documents: true}}"
        self._refuse(mark, "plusieurs-documents", message, hint)

    def alias(self, name: str, mark: int) -> Broken:
        """`*name`."""
        message = "« *{name} » est un alias YAML : le contenu n’en utilise pas."
        hint = "Recopiez la valeur ; si le texte commence vraiment par « * », mettez-le entre guillemets."
        meant = "" if f"&{name}" in self.text else self._quoted(mark)
        self._refuse(mark, "ancre-ou-alias", message, hint, length=len(name) + 1, suggestion=meant, name=name)
        return Broken(mark)

    def properties(self, anchor: object, tag: object, mark: int) -> None:
        """`&anchor` and `!tag` before a value or a key."""
        if anchor is not None:
            message = "« &{name} » est une ancre YAML : le contenu n’en utilise pas."
            hint = "Supprimez-la ; si le texte commence vraiment par « & », mettez-le entre guillemets."
            meant = "" if f"*{anchor}" in self.text else self._quoted(mark)
            length = len(str(anchor)) + 1
            self._refuse(mark, "ancre-ou-alias", message, hint, length=length, suggestion=meant, name=anchor)
        if tag is not None:
            written = str(tag).replace("tag:yaml.org,2002:", "!!")
            message = "« {tag} » est une étiquette YAML : le type d’une valeur vient du contrat, pas du fichier."
            hint = "Supprimez-la ; si le texte commence vraiment par « ! », mettez-le entre guillemets."
            meant = "" if written.startswith("!!") else self._quoted(mark)
            self._refuse(mark, "etiquette-yaml", message, hint, length=len(written), suggestion=meant, tag=written)

    def escape(self, value: str, mark: int) -> Broken:
        """A text between double quotes whose escapes make a character that no file may hold."""
        message = (
            "Ce texte contient un caractère invisible ou de commande (U+{code}), écrit avec une barre oblique inverse."
        )
        hint = "Retirez-le ; si la barre oblique inverse doit se lire telle quelle, doublez-la."
        found = self.manner.forbidden_value.search(value)
        self._refuse(mark, "caractere-interdit", message, hint, code=f"{ord(found.group()):04X}" if found else "")
        return Broken(mark)

    def composed_key(self, mark: int) -> None:
        """A list or a group as a key."""
        self._refuse(mark, "cle-composee", "Une clé doit être un mot simple, pas une liste ni un groupe.")

    def key(self, container: Mapping, text: str, mark: int, quoted: bool) -> None:
        """A key that is empty, already given, or that merges another group."""
        if not text:
            self._refuse(mark, "cle-vide", "Une clé est vide.", "Donnez-lui un nom devant les deux-points.")
        elif text == "<<" and not quoted:
            message = "La clé de fusion « << » n’est pas permise."
            self._refuse(mark, "cle-de-fusion", message, "Recopiez les clés voulues.", length=2)
        else:
            message, hint = "La clé « {key} » est déjà donnée à la ligne {line}.", "Gardez une seule des deux."
            line, length = container.key_mark(text) >> COLUMN_BITS, len(text) + 2 * quoted
            self.doubles.setdefault(id(container), []).append(len(self.diagnostics))
            self._refuse(mark, "cle-en-double", message, hint, length=length, key=text, line=line)
