"""The engines of large tables: on each case of tests/tables, the verdict of the engine in Python, place for place; what an engine says that
it is sure of, Python takes too; what the machine refuses is a sentence, and what was found before it is kept.
"""

from __future__ import annotations

import csv
import random
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from generator.standard.patterns import read_foreign
from generator.tables import engines
from generator.tables.duck import engine as duck
from generator.tables.files import copying
from generator.tables.files.plain import Plain, plain
from generator.tables.python import rows
from generator.tables.shape import FOREIGN, Column, Key, Shape
from generator.tables.source import Source, Table, files
from generator.tables.sql import asking, laying
from generator.tables.sql import expressions as sql
from generator.tables.sql.portable import portable
from generator.tables.sql.queries import combinations
from generator.tables.sql.ruling import kept
from generator.tables.sql.sure import same, sure, token
from generator.values.constraints import Constraints
from generator.values.types import TYPES
from generator.values.writing import PLAIN
from tests.tables import Case, cases, told
from tests.tables.rules import read as read_rule

CASES = list(cases())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_duckdb_finds_what_python_finds(case: Case, tmp_path: Path) -> None:
    tables = case.tables(tmp_path)
    found = duck.check(tables, threads=1)
    assert told(found[0]) == case.verdict
    assert found == rows.check(tables)


# --- What an engine is sure of ---

_WRITINGS = (
    FOREIGN,
    PLAIN,
    replace(FOREIGN, decimal=","),
    replace(FOREIGN, true=("oui", "1"), false=("non",)),
    replace(PLAIN, format="email"),
    replace(FOREIGN, format="uri"),
    replace(FOREIGN, format="uuid"),
    replace(FOREIGN, format="binary"),
)
_SEEDS = (
    *("0", "-0", "7", "007", "-12", "+5", "1.5", "1.50", "-0.0", "0.0", "1,5", "1e3", "123456789012345678901", "1.", ".5"),
    *("2024-01-05", "2024-02-29", "2023-02-29", "0000-01-01", "2024-13-01", "2024-1-5", "2024-06-31", "9999-12-31"),
    *("12:00:00", "24:00:00", "2024-01-05T12:00:00Z", "2024-01-05T12:00:00", "2024-01-05T24:00:00Z", "2024-01", "0000-01"),
    *("true", "TRUE", "oui", "1", "2.5, 48.1", "180, 90", "181, 0", "-0, 0", "179.9,89", "2.5,48", "a@b.fr", "a..b@c.fr"),
    *("https://a.fr/b?c#d", "http://a", "HTTPS://É.fr", "123e4567-e89b-12d3-a456-426614174000", "YWJj", "YWI=", "YQ==", "a"),
    *("Foyer", "Fixme", "TODO", "à faire", "en attente", "NA", "null", "=1+1", "a;=b", "-3 %", "a\n=b", "xxx", "AAAA-MM-JJ"),
    *(" a", "a ", "a\u00a0", "é", "E\u0301", "a(b)", "…", "nom@domaine", "identifiant-a-choisir", "٣", "1\n", "a\u2028"),
)  # fmt: skip


def _texts() -> Iterator[str]:
    drawn = random.Random(3)
    yield from _SEEDS
    for _ in range(3_000):  # one sign changed, added or removed
        text = drawn.choice(_SEEDS)
        place = drawn.randrange(len(text) + 1)
        yield text[:place] + drawn.choice("019-+.,:TZe é\n\t=;@/…") + text[place + drawn.randrange(2) :]


def _columns() -> Iterator[Column]:
    for kind in TYPES:
        for writing in _WRITINGS:
            yield Column("v", "v", kind, writing=writing)
    for kind, low, high in (("integer", "-5", "10"), ("number", "0.5", "12.25"), ("year", "1900", "2030")):
        read = TYPES[kind].written(FOREIGN)
        bounds = Constraints(minimum=read(low)[0], exclusive_maximum=read(high)[0])
        yield Column("v", "v", kind, constraints=bounds)
    for kind, low in (
        ("date", "2024-01-05"),
        ("time", "11:30:00"),
        ("datetime", "2024-01-05T12:00:00Z"),
        ("yearmonth", "2024-01"),
    ):
        bounds = Constraints(exclusive_minimum=TYPES[kind].written(FOREIGN)(low)[0])
        yield Column("v", "v", kind, constraints=bounds)
    for written in (
        r"\d+",
        "[A-Z].*",
        "^a|b$",
        r"(?=1)1\d*",
        r"\w+",
        "[^;]*",
        r"\u00e9",
        r"[0-9]{4}-.{2}-[\d]+",
        r"\S+",
        "(a|1)*",
    ):
        pattern = read_foreign(written)
        assert not isinstance(pattern, tuple), written
        yield Column("v", "v", "string", constraints=Constraints(pattern=pattern))
    yield Column("v", "v", "string", constraints=Constraints(min_length=2, max_length=4))
    yield Column("v", "v", "number", constraints=Constraints(enum=("1.5", "7")))
    yield Column("v", "v", "string", writing=PLAIN, is_id=True)
    yield Column("v", "v", "string", categories=(("a", ""), ("TODO", "")))


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duck.Duck]:
    engine = duck.Duck(tmp_path_factory.mktemp("duck"), threads=1)
    engine.load("texts", ["c0"], [[text] for text in dict.fromkeys(_texts())])
    yield engine
    engine.close()


def test_what_duckdb_is_sure_of_is_so(texts: duck.Duck) -> None:
    value, held = sql.column("c0"), 0
    for column in _columns():
        condition = sure(column, value)
        if condition is None:
            continue
        compared = same(column, value)
        asked = sql.exp.select(value, compared or sql.exp.null()).from_(sql.table("texts")).where(condition)
        for text, key in texts.rows(asked):
            read, problem = column.convert(str(text))
            assert problem is None, (column.type, column.writing, column.constraints, text)
            assert compared is None or token(read) == key, (column.type, text)  # type: ignore[arg-type]
            held += 1
    assert held > 10_000


_RULES: list[dict[str, object]] = [
    {"order": ["a", "b"], "message": "L’ordre."},
    {"order": ["a", "b"], "when": {"c": ["oui", ""]}, "message": "L’ordre de certaines."},
    {"forbid": ["a"], "when": {"c": ["oui"]}, "message": "Aucun."},
    {"exactly_one": ["a", "b", "c"], "message": "Un seul."},
    {"at_most_one": ["a", "b"], "message": "Un au plus."},
    {"together": ["a", "c"], "message": "Ensemble."},
]


@pytest.mark.parametrize("kind", ["string", "number", "integer", "date", "time", "datetime", "year", "yearmonth"])
def test_rules_find_what_python_finds_whatever_is_written(kind: str, tmp_path: Path) -> None:
    drawn, writing = random.Random(kind), PLAIN if kind in ("string", "number") else FOREIGN
    texts = [text for text in _texts() if "\n" not in text and "\u2028" not in text]
    values = [text for text in texts if Column("v", "v", kind, writing=writing).convert(text)[1] is None]
    pools = [texts, values, values, ["", "-"]]
    lines = [
        [drawn.choice(drawn.choice(pools)) for _ in "ab"] + [drawn.choice(("oui", "non", "", "-"))]
        for _ in range(1_000)
    ]
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, quoting=csv.QUOTE_ALL).writerows([["a", "b", "c"], *lines])
    columns = (
        *(Column(name, name, kind, writing=writing, missing=("", "-")) for name in "ab"),
        Column("c", "c", "string", missing=("", "-")),
    )
    shape = Shape("table", columns)
    said = [*_RULES, *([_SUM] if kind in ("number", "integer") else [])]
    shape = replace(shape, rules=tuple(read_rule(each, shape) for each in said))
    table = Table(shape, Source(files(tmp_path, "a.csv")))
    (found,) = duck.check([table], threads=1)
    assert {cause.rule for cause in found.causes} == set(range(len(said) + 1))
    assert (found,) == rows.check([table])


_SUM = {"sum": ["a", "b"], "equals": ["b"], "tolerance": "1.5", "message": "La somme."}


def test_an_engine_knows_most_of_what_keeps_a_rule(tmp_path: Path) -> None:
    """Python judges what is left: no combination of a table of which all is right."""
    shape = Shape("table", tuple(Column(name, name, "date") for name in "ab"))
    shape = replace(shape, rules=(read_rule(_RULES[0], shape),))
    engine = duck.Duck(tmp_path, threads=1)
    try:
        days = [f"2024-01-{day:02}" for day in range(1, 29)]
        engine.load("raw_0", ["n", "c0", "c1"], [[str(n), day, days[-1]] for n, day in enumerate(days, 1)])
        left = combinations("raw_0", ["c0", "c1"], kept(shape.rules[0], shape, frozenset("ab")))
        assert not [*engine.rows(left)]
    finally:
        engine.close()


def test_a_pattern_is_portable_when_all_read_it_alike() -> None:
    assert portable("^[0-9]{5}$") == "[0-9]{5}"
    assert portable(r"\u00e9\/") == r"\x{00e9}/"
    for written in (r"\bA", "(?i)a", r"[^\d]", "a*+", "[[a]", "a{2,200}", "^a|b$", r"\D", "(?=a)b", r"(a)\1"):
        assert portable(written) == ""


# --- Files that an engine may read itself ---


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"a,b\n1,2\n", Plain(2, 2)),
        (b"\xef\xbb\xbfa,b\r\n1,2", Plain(2, 2)),
        (b'a,b\n"x\ny","say ""hi"""\n"",2\n', Plain(3, 4)),
        (b"", Plain(0, 0)),
        (b'a,b\nx"y,2\n', None),
        (b'a,b\n1, "2"\n', None),
        (b'a,b\n"x"y,2\n', None),
        (b'a,b\n"x,2\n', None),
        (b'a,b\n"x\r\ny",2\n', None),
        (b"a,b\n1,\x00\n", None),
        (b"a,b\n1,\xe9\n", None),
        (b"a,b\n\n1,2\n", None),
        (b"\na,b\n1,2\n", None),
        (b"a,b\r1,2\r", None),
    ],
)
def test_a_plain_file(data: bytes, found: Plain | None, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    assert plain(path, ",") == found


def test_pieces_of_a_plain_file_are_joined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = 'a,b\r\n"é ""x"", y","z"\r\n1,"2\n3"\r\n"",""\r\n'.encode()
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    for size in range(1, len(data) + 1):
        monkeypatch.setattr("generator.tables.files.plain._CHUNK", size)
        assert plain(path, ",") == Plain(4, 5), size


def test_rows_that_duckdb_does_not_count_as_we_do_are_read_by_us(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table, copies = many(tmp_path, 30), list[str]()
    write = copying.write

    def seen(path: Path, given: Iterable[Sequence[str | None]]) -> None:
        copies.append(path.name)
        write(path, given)

    monkeypatch.setattr(copying, "write", seen)
    found = duck.check([table], threads=1)
    assert not [name for name in copies if name.startswith("rows_")]  # read by DuckDB itself
    monkeypatch.setattr(laying, "plain", lambda *_: Plain(30, 31))
    assert duck.check([table], threads=1) == found == rows.check([table])
    assert [name for name in copies if name.startswith("rows_")]


def many(folder: Path, count: int, text: str = "{n}") -> Table:
    """A table of so many rows, `a.csv` in a folder: a key that a text makes of the number of each, and that number."""
    (folder / "a.csv").write_text(
        "a,b\n" + "".join(f"{text.format(n=n)},{n}\n" for n in range(count)), encoding="utf-8", newline=""
    )
    return table_of(folder)


def test_rows_are_numbered_in_their_order(tmp_path: Path) -> None:
    """Several threads read a file: the places are those of its lines all the same."""
    table = many(tmp_path, 200_000, "k{n}")
    path = tmp_path / "a.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    for place in (5, 77_777, 150_000, 199_999):
        lines[place] = f"k{place - 1},x\n"
    path.write_text("".join(lines), encoding="utf-8", newline="")
    (found,) = duck.check([table], threads=4)
    assert [place.line for place in found.causes[0].places] == [6, 77_778, 150_001, 200_000]


def test_one_key_for_all(tmp_path: Path) -> None:
    (found,) = duck.check([many(tmp_path, 50_000, "same")])
    (cause,) = found.causes
    assert (cause.kind, cause.count, len(cause.places)) == ("cle-primaire-en-double", 49_999, 20)
    assert {place.other.line for place in cause.places if place.other} == {2}


@pytest.mark.parametrize("name", ["a 'b' é.csv", "a*.csv", "a[1].csv", "a{b,c}.csv"])
def test_a_name_is_no_pattern(name: str, tmp_path: Path) -> None:
    table = many(tmp_path, 3)
    (tmp_path / "a1.csv").write_text("a,b\nx,x\n", encoding="utf-8")
    (tmp_path / "a.csv").rename(tmp_path / name)
    (found,) = duck.check([replace(table, source=Source(files(tmp_path, name)))])
    assert (found.rows, found.causes, found.stopped) == (3, (), ())


# --- What the machine refuses ---


def test_a_memory_that_is_too_small_is_a_sentence(tmp_path: Path) -> None:
    own = tmp_path / "spilled"
    own.mkdir()
    (found,) = duck.check([many(tmp_path, 300_000, "k{n}" * 5)], memory="2MB", threads=1, folder=own)
    (why,) = found.stopped
    assert found.partial
    assert "DuckDB" in str(why.message)
    assert list(own.iterdir()) == []


def test_a_full_disk_is_a_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    own = tmp_path / "spilled"
    own.mkdir()
    many(tmp_path, 400_000, "k{n}" * 10)
    program = f"""
import resource, signal
from pathlib import Path
from generator.tables.duck import engine as duck
from tests.test_tables_engines import table_of
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
found, = duck.check([table_of(Path({str(tmp_path)!r}))], memory="20MB", threads=1, folder=Path({str(own)!r}))
print(found.partial, [str(each.message) for each in found.stopped])
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=False)
    assert done.stdout.startswith("True"), done.stderr
    assert "partiels" in done.stdout
    assert list(own.iterdir()) == []


def table_of(folder: Path) -> Table:
    """The table of `many`, whose file is there."""
    columns = (Column("a", "a", "string"), Column("b", "b", "integer"))
    return Table(Shape("t", columns, (Key(("a",), True),)), Source(files(folder, "a.csv")))


class Stopping(duck.Duck):
    """An engine that stops when it comes to keys."""

    def rows(self, statement: sql.Expression) -> Iterator[tuple[object, ...]]:
        if "HAVING" in statement.sql("duckdb"):
            raise asking.Interrupted("Plus rien.")
        return super().rows(statement)


def test_what_was_found_before_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv").write_text("a,b\nx,1\ny,z\n", encoding="utf-8")
    monkeypatch.setattr(duck, "Duck", Stopping)
    (found,) = duck.check([table_of(tmp_path)])
    assert [(cause.kind, cause.count) for cause in found.causes] == [("valeur-du-mauvais-type", 1)]
    assert [str(each.message) for each in found.stopped] == ["Plus rien."]
    assert found.rows == 2


# --- Which engine ---


def test_the_engine_is_chosen_by_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = many(tmp_path, 10)
    assert engines.chosen("auto", [table]) == "python"
    monkeypatch.setattr(engines, "LARGE", 10)
    assert engines.chosen("auto", [table]) == "duckdb"
    assert engines.chosen("spark", [table]) == "spark"
    monkeypatch.setattr(engines, "find_spec", lambda name: None)
    assert engines.chosen("auto", [table]) == "python"
    monkeypatch.setattr(engines.metadata, "requires", lambda _: ['duckdb==2.0.1; extra == "tables"', "lxml>=6"])
    assert str(engines.lacking("duckdb")).endswith("(duckdb)\u202f: pip install duckdb==2.0.1")
    monkeypatch.setattr(engines.metadata, "requires", lambda _: None)
    assert str(engines.lacking("duckdb")).endswith(": pip install duckdb sqlglot")
    assert engines.lacking("python") is None


def test_an_engine_in_python_needs_no_library() -> None:
    program = "import sys; from generator.tables import engines; engines.checker('python'); print('duckdb' in sys.modules, 'sqlglot' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.split() == ["False", "False"]
