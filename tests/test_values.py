"""Text → value: what each type and constraint takes, what it refuses, and the correction that it proposes."""

from __future__ import annotations

import datetime
import random
from decimal import Decimal

import pytest

from generator.text.language import speaking
from generator.values.constraints import Constraints
from generator.values.conversion import converter
from generator.values.durations import Duration
from generator.values.identifiers import ID, identifier
from generator.values.patterns import Pattern, read_pattern
from generator.values.texts import MAX_TEXT
from generator.values.types import TYPES, Structured, canonical
from generator.values.writing import PLAIN, Writing

POINT = '{"type":"Point","coordinates":[2.35,48.85]}'
GOOD: dict[str, list[tuple[str, object]]] = {
    "number": [
        ("0", Decimal(0)),
        ("-1.5", Decimal("-1.5")),
        ("1.10", Decimal("1.10")),
        ("85.000", Decimal("85.000")),
        ("9" * 30, Decimal("9" * 30)),
    ],
    "integer": [("0", 0), ("-12", -12), ("9" * 30, int("9" * 30))],
    "boolean": [("true", True), ("false", False)],
    "date": [("2024-02-29", datetime.date(2024, 2, 29)), ("0001-01-01", datetime.date(1, 1, 1))],
    "datetime": [("2026-01-02T03:04:05Z", datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC))],
    "time": [("23:59:59", datetime.time(23, 59, 59))],
    "year": [("1998", 1998), ("1000", 1000), ("9999", 9999)],
    "yearmonth": [("2020-12", "2020-12")],
    "string": [
        (t, t)
        for t in (
            "01",
            "2A",
            "no",
            "12:30",
            "1.10",
            "1e5",
            "true",
            "é",
            "a\nb",
            "l’eau",
            "«\u202fmot\u202f»",
            "%",
            "nul",
            "Nan",
            "note\n",
        )
    ],
    "duration": [("P1Y", Duration(12, Decimal()))],
    "object": [('{"a":1}', Structured('{"a":1}', '{"a":1}', 1))],
    "array": [("[1]", Structured("[1]", "[1]", 1))],
    "list": [("a,b", Structured("a,b", '["a","b"]', 2))],
    "geopoint": [("2.35, 48.85", "2.35, 48.85")],
    "geojson": [(POINT, Structured(POINT, POINT, 2))],
    "any": [("12", "12")],
}
BAD = {
    "number": [
        "1e5",
        "1E5",
        ".5",
        "5.",
        "+5",
        "1_000",
        "0x1F",
        "012",
        "00",
        "1.2.3",
        "inf",
        "NaN",
        "--1",
        "1,5",
        "٣",
        "５",
        "1\xa0000",
    ],
    "integer": ["1.0", "1,5", "1e3", "012", "-", "²", "1\n"],
    "boolean": ["True", "yes", "oui", "1", "0", "vrai", "TRUE"],
    "date": [
        "2024-2-1",
        "20240201",
        "2024-02-30",
        "2024-13-01",
        "0000-01-01",
        "2024",
        "hier",
        "2024-02-01T00:00:00Z",
        "٢٠٢٤-01-01",
    ],
    "datetime": [
        "2026-01-02",
        "2026-01-02 03:04:05Z",
        "2026-01-02T03:04:05",
        "2026-01-02T25:04:05Z",
    ],
    "time": ["8:30", "08:30", "24:00:00", "08:60:00", "8h30"],
    "year": ["98", "20245", "-200", "deux mille", "١٩٩٨"],
    "duration": ["1 an"],
    "object": ["[]"],
    "array": ["{}"],
    "list": ["a,,b"],
    "geopoint": ["Paris"],
    "geojson": ["{}"],
    "yearmonth": ["2020", "2020-13", "2020-00", "2020-1", "2020-01-01"],
    "string": [
        "=1",
        "@a",
        "|a",
        "%a",
        "-a",
        " a",
        "a ",
        "\u00a0a",
        "a\u202f",
        "\ta",
        "NA",
        "n/a",
        "null",
        "~",
        "#N/A",
        "nan",
        "a" * (MAX_TEXT + 1),
    ],
    "any": ["=1"],
}


def test_every_type_is_tried() -> None:
    assert set(GOOD) == set(BAD) == set(TYPES)


@pytest.mark.parametrize("kind", TYPES)
def test_a_type_reads_what_it_should(kind: str) -> None:
    read = TYPES[kind].read
    for text, value in GOOD[kind]:
        found, problem = read(text, "")
        assert problem is None, (kind, text)
        assert (found, type(found)) == (value, type(value))
        assert canonical(found) == text or kind in ("year",), "what is published is what was written"
    for text in BAD[kind]:
        found, problem = read(text, "")
        assert found is None, (kind, text)
        assert problem is not None, (kind, text)


FORMATS = {
    "uri": (
        ["https://exemple.fr", "http://a.fr:80/b?c=d&e#f", "https://exemple.fr/%C3%A9"],
        [
            "www.a.fr",
            "ftp://a.fr",
            "https://",
            "https://a b",
            "https://é.fr/",
            "https://moi@a.fr/",
            "javascript:alert(1)",
            "https://a.fr/\n",
            "https://a.fr/<b>",
            "https://a.fr/" + "x" * 2000,
        ],
    ),
    "email": (["a@b.fr", "a.b+c@d-e.fr"], ["a", "a@b", "a@@b.fr", "a b@c.fr", "a@b.fr\n", "é@b.fr", "a@-b.fr"]),
    "uuid": (
        ["123e4567-e89b-12d3-a456-426614174000"],
        ["123", "123e4567e89b12d3a456426614174000", "123e4567-e89b-12d3-a456-42661417400g"],
    ),
}


@pytest.mark.parametrize("form", FORMATS)
def test_a_format_reads_what_it_should(form: str) -> None:
    good, bad = FORMATS[form]
    assert [TYPES["string"].read(text, form)[1] for text in good] == [None] * len(good)
    assert [text for text in bad if TYPES["string"].read(text, form)[1] is None] == []


def test_every_format_is_tried() -> None:
    assert {*FORMATS, "binary"} == set(TYPES["string"].formats)  # those of other types: test_types.py


# --- what a spreadsheet would execute ---

FORMULAS = [
    *("=1+1", "=cmd|'/C calc'!A0", "@SUM(A1)", "|x", "%x", "+A1", "-A1", "+SUM(A1)", "-(1)", "- item", "+", "-", "--1"),
    *(
        "-1+1",
        "+1+cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        "+5%+1",
        "-1*2",
        "+1/2",
        "-1^2",
        "-1&A1",
        "-1=2",
        "+1A1",
        "-1 SUM(A1)",
        "+5 A1",
        "-1%*2",
    ),
    *(
        "'=1",
        '"=1',
        " =1",
        "\n=1",
        "\u00a0=1",
        "\t=1",
        "\r=1",
        "' \"=1",
        "＝1",
        "＋A1",
        "－A1",
        "＠A1",
        "-1|2",
        "+1!A1",
    ),
]
HARMLESS = [
    *(
        "+ 141 %",
        "+141 %",
        "-1,5 point",
        "- 3 000 places",
        "+\u202f12,5\u202f%",
        "+33 1 23 45 67 89",
        "-1",
        "+ 9 % entre 2011 et 2015",
    ),
    *(
        "-0,3 point en un an",
        "+5 points",
        "-2 %, puis +3 %",
        "+ 3 000 €",
        "%",
        "a=b",
        "a@b",
        "1+1",
        "−5 points",
        "« = »",
        "+1 million d’euros (2018)",
    ),
]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_refused(text: str) -> None:
    problem = TYPES["string"].read(text, "")[1]
    assert problem is not None
    assert problem.code == "formule"


@pytest.mark.parametrize("text", HARMLESS)
def test_a_signed_figure_is_not_a_formula(text: str) -> None:
    assert TYPES["string"].read(text, "") == (text, None)


@pytest.mark.parametrize(
    "text",
    [
        *("[=1+1](plante:a)", "[@a](plante:a)", '["=1"](plante:a)', "[=1](a) fois", "[[=1]](a)"),
        *('"[=1](plante:a)"', "' [=1](<plante:a>)", "[ ](plante:a)=1", "[\u00a0](plante:a)@a", "[](plante:a)=1"),
    ],
)
def test_the_words_of_a_link_are_no_formula_either(text: str) -> None:
    """A cell of prose keeps the words of its links alone: they come first there."""
    problem = TYPES["string"].read(text, "")[1]
    assert (problem is not None) == (text != "[[=1]](a)"), "« [=1] » is what this one leaves"


@pytest.mark.parametrize("text", ["[+5 %](chiffre:a/b) en un an", "[-3 points](chiffre:a)", "[a = b](c)", "[", "[=1"])
def test_the_words_of_a_link_are_harmless(text: str) -> None:
    assert TYPES["string"].read(text, "") == (text, None)


# --- corrections ---


@pytest.mark.parametrize(
    ("kind", "text", "meant"),
    [
        ("number", "85 000,5", "85000.5"),
        ("number", "85\u00a0000", "85000"),
        ("number", "85\u202f000", "85000"),
        ("number", "85\u2009000", "85000"),
        ("number", "1'000", "1000"),
        ("number", "71 %", "71"),
        ("number", "1,6 milliard", "1600000000"),
        ("number", "2 millions", "2000000"),
        ("number", "3,25 millions", "3250000"),
        ("number", "12 mille", "12000"),
        ("number", "12,50 €", "12.50"),
        ("number", "+5", "5"),
        ("number", "-1,5", "-1.5"),
        ("number", "−1,5", "-1.5"),
        ("number", "012", "12"),
        ("number", "environ 300", "300"),
        ("number", "300 à 400", ""),
        ("number", "1.234.567", "1234567"),
        ("number", "1" * 31, ""),
        ("number", "1" * 31 + " €", ""),
        ("integer", "85 000", "85000"),
        ("integer", "1,5", ""),
        ("integer", "2,5 millions", "2500000"),
        ("date", "31/03/2025", "2025-03-31"),
        ("date", "1.3.2025", "2025-03-01"),
        ("date", "31 mars 2025", "2025-03-31"),
        ("date", "1er août 2025", "2025-08-01"),
        ("date", "1\u00a0février\u00a02025", "2025-02-01"),
        ("date", "31/02/2025", ""),
        ("date", "mars 2025", ""),
        ("number", "1,234.5", "1234.5"),
        ("number", "1.234,5", "1234.5"),
        ("number", "1,234", "1.234"),
        ("number", "1,234,567", "1234567"),
        ("number", "12,34,567", ""),
        ("number", "1.2.3", ""),
        ("integer", "18,000", ""),
        ("integer", "18.000", ""),
        ("integer", "+1,000,000 €", "1000000"),
        ("date", "15 March 1966", "1966-03-15"),
        ("date", "March 15, 1966", "1966-03-15"),
        ("date", "1st May 2020", "2020-05-01"),
        ("number", "1_000", "1000"),
        ("number", "1 2 3", ""),
        ("number", ".5", "0.5"),
        ("number", "½", ""),
        ("number", "1e5", ""),
        ("number", "7,92E+13", ""),
        ("number", "٣", "3"),
        ("integer", "12.0", "12"),
        ("date", "2026-1-5", "2026-01-05"),
        ("date", "2026/01/05", "2026-01-05"),
        ("date", "15/03/1966", "1966-03-15"),
        ("date", "2026-02-30", ""),
        ("yearmonth", "01/2026", "2026-01"),
        ("yearmonth", "2026/1", "2026-01"),
        ("yearmonth", "mars 2026", "2026-03"),
        ("yearmonth", "13/2026", ""),
        ("year", "2 024", "2024"),
        ("year", "2024.0", "2024"),
        ("year", "20-21", ""),
        ("time", "12:30", "12:30:00"),
        ("time", "12h30", "12:30:00"),
        ("time", "9 h", "09:00:00"),
        ("time", "24:00", ""),
        ("datetime", "2022-10-18T12:35:49+0000", "2022-10-18T12:35:49Z"),
        ("datetime", "2022-10-18 12:35:49", ""),
        ("datetime", "2026-01-01 00:00:00+02:00", "2025-12-31T22:00:00Z"),
        ("datetime", "18/10/2022 à 12h35", ""),
        ("datetime", "2022-10-18 12:35:49.123Z", ""),
        ("datetime", "0001-01-01T00:00:00+02:00", ""),
        ("datetime", "2022-10-18", ""),
        ("boolean", "oui", "true"),
        ("boolean", "Non", "false"),
        ("boolean", "TRUE", "true"),
        ("boolean", "peut-être", ""),
        ("string", " a ", "a"),
    ],
)
def test_the_correction(kind: str, text: str, meant: str) -> None:
    problem = TYPES[kind].read(text, "")[1]
    assert problem is not None
    assert problem.suggestion == meant
    if meant:
        assert TYPES[kind].read(meant, "")[1] is None, "what is proposed is taken"


@pytest.mark.parametrize(
    ("kind", "text", "meant"),
    [
        ("integer", "18,000", "18000"),
        ("number", "-1,234", "-1234"),
        ("number", "18,000 %", "18000"),
        ("number", "0,125", "0.125"),
    ],
)
def test_a_comma_parts_thousands_in_english(kind: str, text: str, meant: str) -> None:
    with speaking("en"):
        problem = TYPES[kind].read(text, "")[1]
    assert problem is not None
    assert problem.suggestion == meant


def test_a_number_written_in_french_is_understood_whatever_it_is() -> None:
    """Hand-made property: a number, shown with any French separator, is refused with the number itself as correction."""
    for seed in range(2000):
        chooser = random.Random(seed)
        number = chooser.randrange(0, 10 ** chooser.randrange(1, 13))
        decimals = chooser.choice(["", "," + str(chooser.randrange(1, 999))])
        shown = f"{number:,}".replace(",", chooser.choice("\u00a0\u202f\u2009 ")) + decimals
        value, problem = TYPES["number"].read(shown, "")
        written = str(number) + decimals.replace(",", ".")
        if problem is None:
            assert canonical(value) == shown
        else:
            assert problem.suggestion == written, (seed, shown)
            assert TYPES["number"].read(written, "") == (Decimal(written), None)


def test_what_is_read_is_published_as_written() -> None:
    """Hand-made property: canonical(read(text)) is text, for numbers and dates of every size."""
    for seed in range(2000):
        chooser = random.Random(seed)
        number = f"{chooser.choice(['', '-'])}{chooser.randrange(1, 10 ** chooser.randrange(1, 20))}"
        number += chooser.choice(["", f".{chooser.randrange(10**6):06}"])
        day = datetime.date.fromordinal(chooser.randrange(1, 3_000_000)).isoformat()
        for kind, text in (("number", number), ("date", day)):
            value, problem = TYPES[kind].read(text, "")
            assert problem is None, text
            assert canonical(value) == text


@pytest.mark.parametrize(
    ("text", "shown"), [("-0", "0"), ("-0.0", "0.0"), ("-0.00", "0.00"), ("0.0000001", "0.0000001")]
)
def test_zero_has_no_sign(text: str, shown: str) -> None:
    assert canonical(TYPES["number"].read(text, "")[0]) == shown
    assert canonical(TYPES["integer"].read("-0", "")[0]) == "0"


# --- constraints ---


def problem_of(text: str, kind: str = "string", **constraints: object) -> str:
    problem = converter(kind, PLAIN, Constraints(**constraints))(text)[1]  # type: ignore[arg-type]
    return problem.code if problem else ""


def test_bounds_on_both_sides() -> None:
    assert [problem_of(t, "integer", minimum=1, maximum=3) for t in "01234"] == [
        "hors-bornes",
        "",
        "",
        "",
        "hors-bornes",
    ]
    inside = {"exclusive_minimum": 1, "exclusive_maximum": 3}
    assert [problem_of(t, "integer", **inside) for t in "123"] == ["hors-bornes", "", "hors-bornes"]
    assert problem_of("0.1", "number", minimum=Decimal("0.1")) == ""
    assert problem_of("2023-12-31", "date", minimum=datetime.date(2024, 1, 1)) == "hors-bornes"
    assert problem_of("2020-02", "yearmonth", maximum="2020-01") == "hors-bornes"


def test_lengths_on_both_sides() -> None:
    lengths = {"min_length": 2, "max_length": 4}
    assert [problem_of("é" * n, **lengths) for n in range(1, 6)] == ["longueur", "", "", "", "longueur"]


def test_the_constraints_of_a_prose_are_those_of_its_words() -> None:
    convert = converter("string", Writing(prose=True), Constraints(min_length=3, pattern=pattern("[a-z ]+")))
    assert convert("un [mot](plante:a)")[1] is None
    assert [convert(text)[1].code for text in ("[mo](plante:a)", "un [MOT](plante:a)")] == ["longueur", "forme"]  # type: ignore[union-attr]


def test_a_prose_may_begin_with_a_list() -> None:
    convert = converter("string", Writing(prose=True), Constraints())
    for text in ("- un\n- deux", "- « Un » : deux", "- **un** et [deux](a:b)", "+ un"):
        assert convert(text) == (text, None)
        assert converter("string", PLAIN, Constraints())(text)[1].code == "formule"  # type: ignore[union-attr]
    for text in (
        "- cmd|' /C calc'!A0",
        "-un",
        "- =1+1",
        "- 1+1",
        "- HYPERLINK(1)",
        "- un\n- F(A1)",
        "- Feuille!A1",
        "- - 1",
    ):
        assert convert(text)[1].code == "formule", text  # type: ignore[union-attr]
    assert convert("- un ")[1].code == "espace-en-trop"  # type: ignore[union-attr]


def test_the_longest_text() -> None:
    assert problem_of("a" * 32_767) == ""
    assert problem_of("a" * 32_768) == "texte-trop-long"


def pattern(written: str) -> Pattern:
    found = read_pattern(written)
    assert isinstance(found, Pattern), str(found[0])
    return found


def test_a_pattern_holds_for_the_whole_text() -> None:
    whole = pattern("a|bc")
    assert [problem_of(t, pattern=whole) for t in ("a", "bc", "ab", "abc", "a\n", "xa")] == ["", ""] + ["forme"] * 4


@pytest.mark.parametrize(
    "written",
    [
        "", "a|", ".+", "[a-z0-9]+(-[a-z0-9]+)*", "([0-9]{4})*", "(lun|mar|mer)(, (lun|mar|mer))*", r"(\d+,)*\d+", "(ab|ac)*",
        "[^@]+@[^@]+\\.[a-z]+", r"\d{1,3}(\.\d{1,3}){3}", "([0-9]{1,3}[.]){1,3}[0-9]", "(a|b)*?c", "(a|ab|abc){12}",
        "(?:(?:^|,)(^[A-Z]{2}[A-Z0-9]{4,33}$|Non concerné))", r"^(\+33|0|0033)[1-9]([-. ]?[0-9]{2}){4}$",
        r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}([.]\d+)?)?Z?", "|".join(f"mot{n}" for n in range(70)), "[0-9]{5}|2[AB][0-9]{3}",
        "(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?", r"[\u00e0-\u00ff]+", r"[a\-\]]{2,}", r"\$\{a\}\|",
    ],
)  # fmt: skip
def test_a_pattern_that_all_read(written: str) -> None:
    assert pattern(written).written == written
    assert pattern(written).longest == 0


@pytest.mark.parametrize(
    "written",
    [
        "(a+)+", "(a*)*", "(a|a)*", "(a|aa)+", "(.*)*", "(((a+)+)+)+", "(a{1,5}){2,9}", "(a?b?)*", r"(\w|\d)+", r"(\d+,?)+",
        "([A-Za-z]+ ?)+", "(a|b|ab)*", ".*.*.*x", "(a?){30}a{30}", "a?" * 30 + "a" * 30, "([a-z]+[0-9]*)*", "(.{1,5}){1,9}",
    ],
)  # fmt: skip
def test_a_pattern_that_never_ends(written: str) -> None:
    found = read_pattern(written)
    assert isinstance(found, tuple)
    assert "trop de façons" in str(found[0])


@pytest.mark.parametrize(
    ("written", "piece"),
    [
        ("(?=a)b", "(?="), ("(?!a)b", "(?!"), ("(?P<x>a)", "(?P"), (r"(a)\1", r"\1"), ("(?:a)(?#b)", "(?#"), (r"\Aa", r"\A"), (r"a\Z", r"\Z"),
        ("a{,5}", "{,5}"), ("a++", "++"), ("(?>a)", "(?>"), (r"a\-b", r"\-"), ("a]", "]"), ("a}", "}"),
        ("[^]a]", "]"), ("a{2000}", "{2000}"), ("[]a]", "[]a]"),
        (r"\0", r"\0"), (r"\'", r"\'"), ("x{a", "{a"),
    ],
)  # fmt: skip
def test_a_pattern_that_others_read_otherwise(written: str, piece: str) -> None:
    found = read_pattern(written)
    assert isinstance(found, tuple)
    assert f"« {piece}" in str(found[0]).replace("\u202f", " ")


@pytest.mark.parametrize(
    "written", ["[", "(", "a**", "*", r"\p{L}", "[[:alpha:]]", "[a--b]", "a(?i)", "[z-a]", "a{3,2}", "(" * 5000]
)
def test_not_a_pattern(written: str) -> None:
    assert isinstance(read_pattern(written), tuple)


def test_a_text_that_a_pattern_compares_slowly_is_not_too_long() -> None:
    slow = pattern(".*@.*")
    assert [problem_of("a@" * (n // 2) + "a" * (n % 2), pattern=slow) for n in (slow.longest, slow.longest + 1)] == [
        "",
        "longueur",
    ]


def test_a_number_of_a_list_is_known_by_its_value() -> None:
    assert [problem_of(t, "number", enum=("1.5",)) for t in ("1.5", "1.50", "1.51")] == ["", "", "hors-liste"]


def test_lists_and_missing_values() -> None:
    assert [problem_of(t, enum=("01", "2A")) for t in ("01", "2A", "1", "2a")] == ["", "", "hors-liste", "hors-liste"]
    convert = converter("integer", PLAIN, Constraints(), categories=(("1", "Un"), ("2", "Deux")), missing=("-",))
    assert [convert("1"), convert("2"), convert("-")] == [(1, None), (2, None), (None, None)]
    problem = convert("Deux")[1]
    assert problem is not None
    assert (problem.code, problem.suggestion) == ("hors-liste", "2"), "a label gives its value"


# --- identifiers ---


@pytest.mark.parametrize("text", ["a", "a-b", "a1", "loi-2005-102", "a" * 64])
def test_an_identifier(text: str) -> None:
    assert ID.match(text)
    assert identifier(text) == text


@pytest.mark.parametrize(
    "text", ["", "A", "é", "1a", "-a", "a-", "a--b", "a_b", "a b", "a.b", "a/b", "..", "a\n", "a" * 65, "con\x00"]
)
def test_not_an_identifier(text: str) -> None:
    assert not ID.match(text)
    meant = identifier(text)
    assert meant == "" or ID.match(meant)


def test_a_title_gives_an_identifier() -> None:
    assert identifier("L’intitulé : cœur & âme") == "l-intitule-coeur-ame"
    assert identifier("123") == ""
