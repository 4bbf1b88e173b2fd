"""A source, a file or a folder → what it holds as tables: each kind of file by its own reader, the others left alone and counted."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from generator.importing import descriptor, records, sheets
from generator.importing.books import read_book
from generator.importing.csv_files import read_csv
from generator.importing.keys import find_keys
from generator.importing.model import Refused, Source
from generator.importing.naming import slug, titled
from generator.importing.types import infer, tell_empty
from generator.text.interface import count, sentence

BOOKS = (".xlsx", ".ods")
NESTED = (".yaml", ".yml", ".json", ".md")
MOST_FILES = 20_000


def read_source(path: Path) -> Source:
    """What a file or a folder holds. Raises Refused when nothing of it can be read."""
    if path.is_symlink() or not path.exists():
        raise Refused(sentence("« {path} » n’existe pas, ou est un lien.", path=str(path)))
    name = path.resolve().name if path.is_dir() else path.stem
    source = Source(slug(name), titled(name))
    described = next((path / name for name in descriptor.NAMES if (path / name).is_file()), None)
    if path.name in descriptor.NAMES:
        described = path
    if described is not None:
        source.name, source.title = slug(described.resolve().parent.name), titled(described.resolve().parent.name)
        descriptor.read_package(described, source)
    else:
        _files(path, source)
    if not source.tables:
        told = [str(note.told) for note in source.notes if note.kind == "refused"]
        raise Refused(sentence("« {path} » : aucune table. {why}", path=str(path), why=" ".join(told[:3])))
    for table in source.tables:
        for column in table.columns:
            infer(column, table.name, source, table.absent)
        tell_empty(table, source)
    find_keys(source)
    return source


def _files(path: Path, source: Source) -> None:
    """The tables of a file, or of the files of a folder."""
    folder = path if path.is_dir() else path.parent
    found = _walk(path) if path.is_dir() else [path.name]
    for place in found:
        end = Path(place).suffix.lower()
        try:
            if end == ".csv":
                sheets.add(source, read_csv(folder, place, source), place)
            elif end in BOOKS:
                read_book(folder, place, source)
        except Refused as refusal:
            source.note("refused", place, refusal.told)
    records.read_records(folder, [place for place in found if Path(place).suffix.lower() in NESTED], source)
    _left(found, source)


def _walk(folder: Path) -> Sequence[str]:
    """The files of a folder, in order; neither hidden ones nor links."""
    found = []
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name[0] not in "._" and not Path(base, name).is_symlink())
        for name in sorted(names):
            place = Path(base, name)
            if name[0] != "." and not place.is_symlink() and place.is_file():
                found.append(place.relative_to(folder).as_posix())
        if len(found) > MOST_FILES:
            raise Refused(sentence("Plus de {n} fichiers. Importez un dossier plus petit.", n=MOST_FILES))
    return found


def _left(found: Sequence[str], source: Source) -> None:
    """Say which files nothing reads, by their ends."""
    ends = Counter(
        Path(place).suffix.lower() for place in found if Path(place).suffix.lower() not in (".csv", *BOOKS, *NESTED)
    )
    for end, amount in sorted(ends.items()):
        source.note(
            "left", end or "?", sentence("De ce genre, laissé de côté : {files}.", files=count(amount, "fichier"))
        )
