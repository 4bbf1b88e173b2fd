"""Every type of Table Schema in every way that a contract may write it: text → value → the one published text, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal

import pytest

from generator.packages.formats.json import value as in_json
from generator.values.constraints import Constraints
from generator.values.conversion import converter
from generator.values.durations import Duration
from generator.values.strptime import wrong_form
from generator.values.types import TYPES, canonical, published_format
from generator.values.value import Structured, Year
from generator.values.writing import GUARDS, Writing

FREE = Writing(allow=frozenset({"numbers"}))
FRENCH = Writing(decimal=",", group=" ")
RING = "[[[0,0],[1,0],[1,1],[0,0]]]"

# type, how it is written → (text, what is published), and texts that are refused
CASES: list[tuple[str, Writing, Sequence[tuple[str, str]], Sequence[str]]] = [
    ("string", Writing("binary"), [("AAEC", "AAEC"), ("YQ==", "YQ==")], ["YQ=", "é", "a b", "YQ==\n"]),
    (
        "number",
        FREE,
        [
            ("1e6", "1000000"),
            ("1E-3", "0.001"),
            (".5", "0.5"),
            ("5.", "5"),
            ("+5", "5"),
            ("007", "7"),
            ("-0", "0"),
            ("1.50", "1.50"),
            ("0." + "3" * 40, "0." + "3" * 40),
        ],
        ["1,5", "1e", "e6", ".", "1 000", "INF", "NaN", "1e1001", "1e-1001", "9" * 1001, "1e999999999", "٣"],
    ),
    ("integer", FREE, [("+5", "5"), ("007", "7"), ("9" * 40, "9" * 40)], ["1.0", "1e3", "", "9" * 1001]),
    (
        "number",
        FRENCH,
        [("1 234,50", "1234.50"), ("-1 234 567", "-1234567"), ("0,5", "0.5"), ("1234,5", "1234.5")],
        ["1.5", "12 34", "1 2345", "1 234 ,5", "1,5,5", " 1"],
    ),
    ("integer", Writing(group="."), [("1.234.567", "1234567"), ("12", "12")], ["1.23", "1.2345", "1.234,5"]),
    (
        "number",
        Writing(bare=False),
        [("95%", "95"), ("€95", "95"), ("EUR 95.5", "95.5"), ("-5 %", "-5"), ("€ -5", "-5"), ("95", "95")],
        ["-€95", "−5", "%", "2 95", "1.2.3"],
    ),
    ("integer", Writing(bare=False, group=" "), [("1 234 €", "1234")], ["1 23 €", "12,5 €"]),
    (
        "boolean",
        Writing(true=("oui", "O"), false=("non",)),
        [("oui", "true"), ("O", "true"), ("non", "false")],
        ["true", "Oui", "1", "o"],
    ),
    ("boolean", Writing(true=("oui",)), [("oui", "true"), ("0", "false"), ("False", "false")], ["true", "non"]),
    (
        "date",
        Writing("%d/%m/%Y"),
        [("31/03/2025", "2025-03-31"), ("1/3/0800", "0800-03-01")],
        ["2025-03-31", "31/02/2025", "٣١/03/2025", " 31/03/2025"],
    ),
    ("date", Writing("%Y%m%d"), [("20250331", "2025-03-31")], ["2025-03-31", "20251331"]),
    ("date", Writing("%Y-%j"), [("2024-060", "2024-02-29")], ["2023-366"]),
    ("date", Writing("%d %b %Y"), [("03 Jan 2020", "2020-01-03")], ["03 janv 2020"]),
    ("date", Writing("any"), [("31 mars 2025", "2025-03-31"), ("2025-03-31", "2025-03-31")], ["mars", "2025"]),
    ("time", Writing("%H:%M"), [("8:05", "08:05:00"), ("23:59", "23:59:00")], ["24:00", "8h05"]),
    ("time", Writing("any"), [("9 h 30", "09:30:00")], ["hier"]),
    (
        "datetime",
        Writing(),
        [
            ("2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z"),
            ("2026-01-02T03:04:05+01:00", "2026-01-02T02:04:05Z"),
            ("2026-01-02T03:04:05.120-05:00", "2026-01-02T08:04:05.12Z"),
        ],
        ["2026-01-02T03:04:05", "2026-01-02 03:04:05Z", "2026-02-30T00:00:00Z", "0001-01-01T00:00:00+14:00"],
    ),
    (
        "datetime",
        Writing("%d/%m/%Y %H:%M"),
        [("12/11/2018 09:15", "2018-11-12T09:15:00")],
        ["12/11/2018", "2018-11-12T09:15:00Z"],
    ),
    ("datetime", Writing("%Y-%m-%dT%H:%M:%S%z"), [("2026-01-02T03:04:05+0100", "2026-01-02T02:04:05Z")], ["hier"]),
    ("datetime", Writing("any"), [("18/10/2022 14:35 +02:00", "2022-10-18T12:35:00Z")], ["18/10/2022 14:35"]),
    (
        "year",
        Writing(),
        [("0800", "0800"), ("-0044", "-0044"), ("0000", "0000"), ("2024", "2024")],
        ["800", "-44", "20245"],
    ),
    ("yearmonth", Writing(), [("0800-12", "0800-12")], ["0800-13", "2024-1"]),
    (
        "duration",
        Writing(),
        [
            ("P1Y2M3DT10H30M", "P1Y2M3DT10H30M"),
            ("P14M", "P1Y2M"),
            ("PT36H", "P1DT12H"),
            ("PT0.50S", "PT0.5S"),
            ("-P30D", "-P30D"),
            ("P0D", "PT0S"),
            ("PT90M", "PT1H30M"),
        ],
        ["P", "PT", "1Y", "P1YT", "P1S", "P2W", "P-1Y", "P1.5Y", "PT1H\n"],
    ),
    (
        "object",
        Writing(),
        [('{ "b": 1.50, "a": ["é", null, true] }', '{"b":1.50,"a":["é",null,true]}'), ("{}", "{}")],
        [
            "[1]",
            "1",
            "a: 1",
            '{"a":1,"a":2}',
            '{"a":NaN}',
            "{'a':1}",
            '{"a":' + "[" * 60 + "]" * 60 + "}",
            "[" * 100_000,
        ],
    ),
    ("array", Writing(), [("[1, 2.0, 1e3]", "[1,2.0,1E+3]"), ("[]", "[]")], ["{}", "1,2", "[1,]", "[Infinity]"]),
    ("list", Writing(), [("a,b", "a,b"), ("a , b", "a,b"), ("a", "a")], ["a,,b", ",a", "=1,b", "NA,b"]),
    ("list", Writing(item="integer", delimiter=";"), [("1;2; 3", "1;2;3")], ["1;b", "1,2", "1.5"]),
    ("list", Writing(item="date", delimiter="|"), [("2024-01-02|2024-01-03", "2024-01-02|2024-01-03")], ["02/01/2024"]),
    (
        "geopoint",
        Writing(),
        [("2.35,48.85", "2.35, 48.85"), ("90.50, 45.50", "90.50, 45.50"), ("-0,1", "0, 1")],
        ["48.85", "2,35, 48,85", "181, 0", "0, 91", "a, b", "[1, 2]"],
    ),
    ("geopoint", Writing("array"), [("[2.35, 48.85]", "2.35, 48.85")], ["2.35, 48.85", "[1]", "[1,2,3]", '["1","2"]']),
    (
        "geopoint",
        Writing("object"),
        [('{"lat": 48.85, "lon": 2.35}', "2.35, 48.85")],
        ['{"lat": 1}', '{"lat":1,"lon":2,"alt":3}', "[1,2]"],
    ),
    (
        "geojson",
        Writing(),
        [
            ('{"type": "Point", "coordinates": [2.35, 48.85]}', '{"type":"Point","coordinates":[2.35,48.85]}'),
            (f'{{"type":"Polygon","coordinates":{RING}}}', f'{{"type":"Polygon","coordinates":{RING}}}'),
            ('{"type":"FeatureCollection","features":[]}', '{"type":"FeatureCollection","features":[]}'),
            (
                '{"type":"Feature","geometry":null,"properties":null}',
                '{"type":"Feature","geometry":null,"properties":null}',
            ),
        ],
        [
            '{"type":"point","coordinates":[1,2]}',
            '{"type":"Point","coordinates":["1","2"]}',
            '{"type":"Point","coordinates":[1]}',
            '{"type":"LineString","coordinates":[[1,2]]}',
            '{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[2,2]]]}',
            '{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]}}',
            '{"type":"FeatureCollection"}',
            "[1,2]",
            "{}",
        ],
    ),
    (
        "geojson",
        Writing("topojson"),
        [('{"type":"Topology","objects":{},"arcs":[]}', '{"type":"Topology","objects":{},"arcs":[]}')],
        ['{"type":"Point","coordinates":[1,2]}', '{"type":"Topology","arcs":[]}'],
    ),
]


@pytest.mark.parametrize(
    ("kind", "writing", "good", "bad"), CASES, ids=lambda each: each if isinstance(each, str) else ""
)
def test_a_column_reads_what_its_contract_says(
    kind: str, writing: Writing, good: Sequence[tuple[str, str]], bad: Sequence[str]
) -> None:
    read = TYPES[kind].written(writing)
    for text, published in good:
        value, problem = read(text)
        assert problem is None, (text, str(problem.message))
        assert canonical(value) == published
        again = TYPES[kind].written(
            Writing(
                published_format(writing.format), delimiter=writing.delimiter, item=writing.item, allow=writing.allow
            )
        )
        if not (kind == "datetime" and not published.endswith("Z")):  # without a zone, only by its form
            assert again(published) == (value, None), "what is published is read again by the default form"
    for text in bad:
        value, problem = read(text)
        assert (value, problem is None) == (None, False), text
        assert problem is not None
        assert str(problem.message)
        assert str(problem.hint.within(absent="…"))


def test_every_property_of_the_standard_is_tried() -> None:
    formats = {
        (kind, form) for kind, each in TYPES.items() for form in each.formats if form not in ("email", "uri", "uuid")
    }
    assert formats <= {(kind, writing.format) for kind, writing, *_ in CASES}


@pytest.mark.parametrize(
    ("kind", "writing", "text", "meant"),
    [
        ("number", FRENCH, "1234.5", "1234,5"),
        ("boolean", Writing(true=("O",), false=("N",)), "oui", "O"),
        ("date", Writing("%d/%m/%Y"), "2025-03-31", "31/03/2025"),
        ("date", Writing("%d/%m/%Y"), "31 mars 2025", "31/03/2025"),
        ("date", Writing("%d/%m/%Y"), "0800-03-31", "31/03/0800"),
        ("datetime", Writing("%d/%m/%Y %H:%M"), "2025-03-31T10:00:00Z", ""),
        ("geopoint", Writing(), "48.85, 172.35", "172.35, 48.85"),
        ("year", Writing(), "-44", "-0044"),
        ("duration", Writing(), "P2W", "P14D"),
    ],
)
def test_a_correction_is_written_as_the_column_is(kind: str, writing: Writing, text: str, meant: str) -> None:
    problem = TYPES[kind].written(writing)(text)[1]
    assert problem is not None
    assert problem.suggestion == meant
    assert not meant or TYPES[kind].written(writing)(meant)[1] is None


def test_json_has_the_parts_of_a_value() -> None:
    told = [
        ("object", Writing(), '{"a": 1}', {"a": 1}),
        ("array", Writing(), "[1, null]", [1, None]),
        ("list", Writing(item="integer"), "1,2", [1, 2]),
        ("list", Writing(item="boolean"), "true,false", [True, False]),
        ("list", Writing(item="date"), "2024-01-02", ["2024-01-02"]),
        ("list", Writing(), "a,2", ["a", "2"]),
        ("year", Writing(), "0800", 800),
        ("year", Writing(), "-0044", -44),
        ("duration", Writing(), "P14M", "P1Y2M"),
        ("geopoint", Writing(), "1,2", "1, 2"),
        ("number", FREE, "1e30", 10**30),
    ]
    for kind, writing, text, data in told:
        assert json.loads(in_json(TYPES[kind].written(writing)(text)[0])) == data


def test_durations_are_ordered_where_every_calendar_agrees() -> None:
    month, days = Duration(1, Decimal()), Duration(0, Decimal(30 * 86400))
    assert not any((month < days, month > days, month <= days, month >= days))
    assert Duration(0, Decimal(27 * 86400)) < month < Duration(0, Decimal(32 * 86400))
    assert Duration(-1, Decimal()) < Duration(0, Decimal(-27 * 86400)) < month
    assert Duration(12, Decimal()) >= Duration(0, Decimal(365 * 86400))


def test_lengths_count_the_parts_of_what_has_some() -> None:
    for kind, short, good, long in (
        ("list", "a", "a,b", "a,b,c"),
        ("array", "[1]", "[1,2]", "[1,2,3]"),
        ("object", "{}", '{"a":1,"b":2}', '{"a":1,"b":2,"c":3}'),
    ):
        convert = converter(kind, Writing(), Constraints(min_length=2, max_length=2))
        assert convert(good)[1] is None
        assert [convert(text)[1].code for text in (short, long)] == ["longueur"] * 2  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("allow", "texts"),
    [
        ("formulas", ["+1 202-224-3441", "@pseudo", "- x", "-", "=1+1"]),
        ("absences", ["ND", "NA", "null", "~"]),
        ("spaces", [" a", "a ", "\u00a0a"]),
        ("placeholders", ["…", "TODO", "xxx"]),
        ("length", ["a" * 40_000]),
    ],
)
def test_a_guard_names_its_way_out_which_lifts_it_alone(allow: str, texts: list[str]) -> None:
    others = frozenset(GUARDS) - {allow}
    for text in texts:
        problem = TYPES["string"].written(Writing(allow=others))(text)[1]
        assert problem is not None
        assert f"allow: [{allow}]" in str(problem.hint.within(absent="…")), text
        assert TYPES["string"].written(Writing(allow=frozenset({allow})))(text) == (text, None)


@pytest.mark.parametrize(
    ("form", "kind", "good"),
    [
        ("%d/%m/%Y", "date", True),
        ("%d/%m", "date", False),
        ("%Y-%j", "date", True),
        ("AAAA-MM-JJ", "date", False),
        ("%d/%m/%Y", "datetime", False),
        ("%d/%m/%Y %H:%M", "datetime", True),
        ("%d/%m/%Y %H:%M", "date", False),
        ("%A %d %m %Y", "date", False),
        ("%H:%M%", "time", False),
        ("%I:%M %p", "time", True),
    ],
)
def test_a_form_says_all_that_its_type_has(form: str, kind: str, good: bool) -> None:
    assert bool(wrong_form(form, kind)) is not good


def test_values_are_compared_by_what_they_say() -> None:
    assert {Structured("[1]", "[1]", 1), Year(800)} == {"[1]", 800}
    assert converter("number", FRENCH, Constraints(enum=("1,5",)))("1,50")[1] is None
    assert converter("date", Writing("%d/%m/%Y"), Constraints(enum=("1/3/2024",)))("01/03/2024")[1] is None
    problem = converter("boolean", Writing(true=("V",)), Constraints(enum=("V",)))("0")[1]
    assert problem is not None
    assert problem.code == "hors-liste"
