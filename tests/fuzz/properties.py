"""The kinds of input, each with what it is laid in. A property is named in French, as `make fuzz` counts it."""

from __future__ import annotations

import json
import shutil
import tempfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from generator.values.constraints import Constraints
from generator.values.conversion import converter
from generator.values.types import TYPES, canonical, published_format
from generator.values.writing import Writing

from . import fragments as f
from .layouts import check_layout, laid_out
from .likely import KINDS
from .oracle import check_project, empty, laid_over, lay
from .readers import check_head, check_json
from .renames import check_renaming, renamed_rows
from .trees import Kinds, keys_of, mutated, read_tree

ROOT = Path(__file__).resolve().parent.parent.parent
SITES = (ROOT / "tests" / "diagnostics" / "_base", ROOT / "tests" / "second_site")
RENDERED = 25  # one example in so many is rendered too


@dataclass(frozen=True, slots=True)
class Property:
    """A kind of input: its name, how many of it in a round, how it is made, and what is done with one."""

    name: str
    share: int
    inputs: st.SearchStrategy[Any]
    run: Callable[[Any], None]


_FOLDER = tempfile.TemporaryDirectory(prefix="fuzz-")
_PLACES = [Path(shutil.copytree(site, Path(_FOLDER.name) / site.name)) for site in SITES]
_TREES = Path(_FOLDER.name) / "arbres"


def _documents(pattern: str) -> list[tuple[int, str, Any]]:
    """(site, path, tree) of each YAML file of the sites."""
    found = [(n, p.relative_to(site), read_tree(p)) for n, site in enumerate(SITES) for p in sorted(site.glob(pattern))]
    return [(number, path.as_posix(), tree) for number, path, tree in found]


def _changed(given: tuple[tuple[int, str], bytes]) -> None:
    (site, path), data = given
    with laid_over(_PLACES[site], {path: data}) as root:
        check_project(root, _by_chance(data))


def _by_chance(data: bytes) -> bool:
    """One input in RENDERED, always the same ones."""
    return zlib.crc32(data) % RENDERED == 0


def _mutations(pattern: str, words: tuple[str, ...] = (), likely: Kinds | None = None) -> st.SearchStrategy[Any]:
    documents = _documents(pattern)
    known = sorted({key for _, _, tree in documents for key in keys_of(tree)} | set(words))
    kinds = [
        st.tuples(
            st.just((site, path)), mutated(tree, known, likely or {}).map(lambda text: text.encode("utf-8", "replace"))
        )
        for site, path, tree in documents
    ]
    return st.one_of(kinds)


def _files(paths: tuple[tuple[int, str], ...], pieces: tuple[str, ...], before: str = "") -> st.SearchStrategy[Any]:
    text = f.joined(pieces).map(lambda told: before + told)
    return st.tuples(st.sampled_from(paths), f.encoded(text))


CONTRACT = (
    "options", "vedettes", "rang", "accueil", "groupe", "version", "created", "licenses", "contributors", "sources", "homepage", "image", "id", "dct:a",
    "x:y", "pattern", "enum", "minimum", "exclusiveMaximum", "minLength", "required", "unique", "missingValues", "categoriesOrdered", "former_ids",
    "scheme", "quoted", "cited_as", "when", "require", "sum", "equals", "formula", "operands", "apart", "together", "exactly_one", "order", "groups", "group",
)  # fmt: skip
SETTINGS = (
    "site_dir",
    "docs_dir",
    "plugins",
    "hooks",
    "nav",
    "theme",
    "extra",
    "custom_dir",
    "INHERIT",
    "markdown_extensions",
    "site_url",
    "repo_url",
)


# --- Values ---

_KINDS = [(name, form) for name, kind in TYPES.items() for form in ("", *kind.formats)]


def _value(given: tuple[tuple[str, str], str]) -> None:
    """What a type accepts, Frictionless reads too, and what is suggested is accepted."""
    import frictionless

    (kind, form), text = given
    value, problem = (
        converter(kind, Writing(form), Constraints())(text) if text else (None, None)
    )  # an empty text is never read
    if problem is not None:
        assert str(problem.message)
        if problem.suggestion and problem.code == "valeur-du-mauvais-type":
            assert converter(kind, Writing(form), Constraints())(problem.suggestion)[1] is None, problem.suggestion
    elif value is not None and not (kind == "year" and value < 0):  # which Frictionless does not know
        shown, form = canonical(value), published_format(form)
        field = frictionless.Field.from_descriptor({"name": "a", "type": kind, "format": form or "default"})
        read, notes = field.read_cell(shown)
        assert not notes, f"{kind} {form} : {shown!r} {notes}"
        assert read is not None, f"{kind} {form} : {shown!r}"
        assert converter(kind, Writing(form), Constraints())(shown)[0] == value


# --- Whole trees ---

_OWN = {p.relative_to(SITES[0]).as_posix(): p.read_bytes() for p in sorted(SITES[0].rglob("*")) if p.is_file()}
_DATA = f.encoded(
    st.one_of(
        f.joined(f.YAML), f.joined(f.CSV), f.joined(f.PROSE), f.joined(f.PROSE).map("---\ntitle: T\n---\n{}".format)
    )
)


@st.composite
def _tree(draw: st.DrawFn) -> tuple[dict[str, bytes], list[str]]:
    """(files of a project, links)."""
    files = dict(_OWN)
    paths = st.sampled_from(sorted(files))
    folders = st.sampled_from(sorted({path.rpartition("/")[0] for path in files}))
    name = st.tuples(folders, f.joined(f.NAMES, 4)).map("/".join)
    links = []
    for _ in range(draw(st.integers(1, 4))):
        verb = draw(st.sampled_from(("remove", "rename", "add", "add", "copy", "cut", "swap", "link")))
        old, new = draw(paths), draw(name)
        data = files.pop(old, b"") if verb in ("remove", "rename") else files.get(old, b"")
        if verb in ("rename", "copy"):
            files[new] = data
        elif verb == "add":
            files[new] = draw(_DATA)
        elif verb == "cut":
            files[old] = data[: draw(st.integers(0, len(data)))]
        elif verb == "swap":
            files[old] = files.get(draw(paths), b"")
        elif verb == "link":
            files.pop(old, None)
            links.append(old)
    return files, links


def _whole(given: tuple[dict[str, bytes], list[str]]) -> None:
    files, links = given
    empty(_TREES)
    _TREES.mkdir()
    lay(_TREES, files)
    for link in links:
        path = _TREES / link
        if path.parent.is_dir() and not path.exists():
            path.symlink_to(SITES[0] / "mkdocs.yml")
    check_project(_TREES, _by_chance(b"".join(files.values())))


def _named(given: tuple[str, bytes]) -> None:
    """A page of that name."""
    name, data = given
    before = set((_PLACES[0] / "content" / "pages").rglob("*"))
    try:
        lay(_PLACES[0], {f"content/pages/{name}": data})
        check_project(_PLACES[0], _by_chance(data))
    finally:
        for path in set((_PLACES[0] / "content" / "pages").rglob("*")) - before:
            empty(path) if path.is_dir() else path.unlink(missing_ok=True)
        lay(_PLACES[0], {path: data for path, data in _OWN.items() if path.startswith("content/pages/")})


def _renamed(given: tuple[int, dict[str, bytes], tuple[str, int]]) -> None:
    site, files, row = given
    check_renaming(_PLACES[site], files, row)


_LISTS = ((0, "content/botanique/familles.yaml"), (0, "content/botanique/plantes/courge.yaml"), (1, "content/orgues/facteurs.yaml"),
          (0, "datapackages/botanique/versions.yaml"), (0, "datapackages/jardins/datapackage.yaml"), (0, "mkdocs.yml"))  # fmt: skip
_HEAD = "---\ntitle: T\n---\n"
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda held: st.lists(held) | st.dictionaries(st.text(max_size=8), held),
    max_leaves=20,
).map(lambda told: json.dumps(told, ensure_ascii=False))

PROPERTIES = (
    Property("contrats mutés", 10, _mutations("datapackages/*/datapackage.yaml", CONTRACT, KINDS), _changed),
    Property("fichiers YAML", 10, _files(_LISTS, f.YAML), _changed),
    Property("fichiers CSV", 4, _files(((0, "content/jardins/releves.csv"), (1, "content/lieux/communes.csv")), f.CSV), _changed),
    Property("fichiers JSON", 20, f.encoded(st.one_of(_JSON, f.joined(f.JSON))), check_json),
    Property("en-têtes", 20, f.encoded(f.joined(f.HEADS).map("---\n{}".format)), check_head),
    Property("fiches mutées", 4, _mutations("content/**/*.yaml"), _changed),
    Property("valeurs", 10, st.tuples(st.sampled_from(_KINDS), st.one_of(st.sampled_from(f.VALUES), f.texts)), _value),
    Property("textes", 4, _files(((0, "content/pages/methode.md"), (1, "content/pages/a-propos.md")), f.PROSE, _HEAD), _changed),
    Property("noms de page", 2, st.tuples(f.joined(f.NAMES, 4), _DATA), _named),
    Property("réglages mutés", 2, _mutations("mkdocs.yml", SETTINGS), _changed),
    Property("arbres de contenu", 2, _tree(), _whole),
    Property("mises en forme", 10, laid_out(), check_layout),
    Property("renommages", 4, renamed_rows(SITES), _renamed),
)  # fmt: skip
