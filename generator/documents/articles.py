"""Hand-written prose pages: Markdown files with a small front matter, read with the same strictness as the data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.documents.files import decode, read_bytes
from generator.documents.heads import head_of, misplaced_head, read_head
from generator.documents.keeping import Keep, anew
from generator.documents.nodes import Broken, Document, Mapping, Scalar, mark_at
from generator.documents.reader import Reader
from generator.layout import PAGES
from generator.text.characters import blank


@dataclass(frozen=True, slots=True)
class Article:
    """A prose page: its path under the folder, its title and description, its Markdown and the line where it starts; `words` are those
    by which readers look for it.
    """

    file: str
    name: str
    title: str
    description: str
    text: str
    first_line: int
    words: tuple[str, ...] = ()


def article_names(root: Path, folder: str = PAGES) -> list[str]:
    """The paths of the prose files under a folder, in order. Links are reported with the other files of the content."""
    place = root / folder
    if place.is_symlink() or not place.is_dir():
        return []
    found = (path.relative_to(place) for path in place.rglob("*.md") if not path.is_symlink())
    return sorted(path.as_posix() for path in found if not any(part.startswith(".") for part in path.parts))


def read_articles(root: Path, folder: str = PAGES, keep: Keep = anew) -> tuple[list[Article], list[Diagnostic]]:
    """Every Markdown file under a folder, in the order of the paths."""
    articles: list[Article] = []
    diagnostics: list[Diagnostic] = []
    for name in article_names(root, folder):
        file = f"{folder}/{name}"
        data, found = read_bytes(root, file)
        diagnostics += found
        if data is not None:
            article, found = keep(_read, file, data, name)
            diagnostics += found
            if article is not None:
                articles.append(article)
    return articles, diagnostics


def _read(file: str, data: bytes, name: str) -> tuple[Article | None, list[Diagnostic]]:
    text, diagnostics = decode(file, data)
    return (None if text is None else _article(file, name, text, diagnostics)), diagnostics


def _article(file: str, name: str, text: str, diagnostics: list[Diagnostic]) -> Article | None:
    head = head_of(text)
    if head is None:
        diagnostics.append(_headless(file, text))
        return None
    document, problems = read_head(file, head)
    diagnostics += problems
    if document.root is None:
        return None
    root = document.root
    if not isinstance(root, Mapping | Broken) and not (isinstance(root, Scalar) and not root.text):
        message, hint = "L’en-tête s’écrit avec des clés.", "Écrivez « title: … » entre les deux lignes « --- »."
        diagnostics.append(fault("en-tete", document.at(root.mark), message, hint))
        return None
    root = root if isinstance(root, Mapping) else Mapping(mark_at(1, 1))
    reader = Reader(Document(file, root), root, diagnostics, "en-tete")
    title, description = (_line(reader, key) for key in ("title", "description"))
    words = reader.texts("words", distinct=True)
    reader.close("l’en-tête d’une page")
    return Article(file, name, title, description, head.text, head.first_line, words=words)


def _headless(file: str, text: str) -> Diagnostic:
    """A page that does not begin with a head: it has none, another line is before it, or it is not closed."""
    message, hint = "Cette page n’a pas d’en-tête.", "Commencez-la par trois lignes : « --- », « title: … », « --- »."
    return misplaced_head(file, text) or fault("en-tete", Position(file, 1, 1), message, hint)


def _line(reader: Reader, key: str) -> str:
    """A text of a head, on one line, which shows something; the title must be there."""
    text = reader.text(key, required=key == "title")
    if "\n" in text.strip():
        reader.fault(key, "« {key} » s’écrit sur une seule ligne.", "Supprimez le passage à la ligne.", key=key)
    elif isinstance(reader.node.nodes.get(key), Scalar) and blank(text) and (text or key != "title"):
        hint = "Donnez-lui une valeur." if key == "title" else "Donnez-lui une valeur, ou supprimez la ligne."
        reader.fault(key, "« {key} » est vide.", hint, key=key)
    return text
