"""Pieces of hostile text: random letters find nothing, what each stage treats apart does."""

from __future__ import annotations

from hypothesis import strategies as st

CHARACTERS = (
    "\x00", "\x07", "\x1b[31m", "\x7f", "\x85", "\xa0", "\xad", "\u0301", "\u200b", "\u2028", "\u202e", "\u202f", "\u2066", "\ufeff", "\ufffe",
    "\U0001f600", "\U000e0041", "é", "e\u0301", "İ", "ﬁ", "ß", "٣", "½", "−", "–", "…", "’", "«", "Ã©", "\t", "\n", "\r", "\r\n", " ", "  ",
)  # fmt: skip
SIGNS = (
    *"-+*/_.,:;|>[]{}()<>!&%@`'\"#?~=\\^$",
    "---",
    "...",
    "--",
    "<<",
    ">-",
    "|-",
    "- ",
    ": ",
    ", ",
    " #",
    "{{",
    "}}",
    "{%",
    "![",
    "](",
    "::",
)
WORDS = (
    "", "a", "id", "nom", "oui", "true", "null", "~", "NA", "None", "nan", "inf", "record", "self", "items", "_views", "__class__", "con", "aux",
    "index", "haut_de_page", "courge", "tomate", "clos-vert", "saint-leu", "saint-leu/positif", "plantes", "varietes", "familles", "jardins",
    "{id}", "{nom}", "{", "plantes/{id}/", "{id}/", "../", "..", "/", "plante:courge", "page:index", "nombre:", "mailto:a@b.fr", "https://a.fr/",
    "http://", "javascript:alert(1)", "[a](plante:courge)", "[12](nombre:)", "<b>", "<script>", "&amp;", "&#x202e;", "=1+1", "@x", "+33 1 23",
)  # fmt: skip
VALUES = (
    "0", "-0", "-0.00", "1", "01", "1e400", "1E5", "1_000", "1 000", "12,50", "1.234,5", "9" * 31, "9" * 5000, "-" + "9" * 30, "0." + "0" * 20 + "1", "٣",
    "2026-01-01", "2026-02-30", "0000-00-00", "9999-12-31", "2026-01", "2026-13", "01/2026", "mars 2026", "15/03/1966", "2026-1-5", "12:30", "12h30",
    "24:00:00", "2026-01-01T00:00:00Z", "0001-01-01T00:00:00+23:59", "2026-01-01T00:00:00+02:00", "2022-10-18 12:35:49", "20-21", "2 024",
    "a@b.fr", "a..b@c.fr", "a@b..fr", "https://a.fr:99999/", "https://[::1]/", "00000000-0000-0000-0000-000000000000", "x" * 70, "x" * 33_000,
)  # fmt: skip
PATTERNS = (
    "(a+)+",
    "(a|a)*",
    "(a?){30}a{30}",
    "[",
    "(",
    "(?i)a",
    r"\p{L}",
    "[a-z]+(-[a-z]+)*",
    "a{,3}",
    "(?=a)",
    r"(a)\1",
    "[[:alpha:]]",
    ".*.*.*",
    "x*" * 50,
)

texts = st.lists(st.sampled_from(CHARACTERS + SIGNS + WORDS + VALUES), max_size=6).map("".join)
scalars = st.one_of(st.sampled_from(WORDS + VALUES + PATTERNS), texts)

# --- Files ---

YAML = SIGNS + CHARACTERS + WORDS + (
    "\n", "\n  ", "\n- ", "\n  - ", "id: a\n", "nom: b\n", "- id: c\n  nom: d\n", "- {id: e, nom: f}\n", "a: &x b\n", "*x", "!!str ", "%YAML 1.2\n",
    "? a\n", '"\\u202e"', '"\\x00"', "'", '"', "a: |\n  b\n", "a: >-\n  - b\n", "[" * 20, "{a: " * 14, "# c\n", "<<<<<<< HEAD\n", "=======\n", "\n\n",
)  # fmt: skip
CSV = SIGNS + CHARACTERS + VALUES[:20] + (
    ",", ";", "\t", '"', '""', "\n", "\r\n", "\r", "jardin,annee\n", "jardin,mois\n", "sep=;\n", "clos-vert,", "#REF!", "un; deux", '"a\nb"', "NA", "-", ",,,,",
)  # fmt: skip
JSON = SIGNS + CHARACTERS[:12] + (
    "{", "}", "[", "]", ",", ":", '"a": ', '"b":', "1", "-0.5e3", "007", "NaN", "true", "null", "None", '"c"', '"\\n"', '"\\ud83c"', '"\\u00e9"', "\n", " ",
    "{}", "[]", '{"a": 1}', "[1, 2]", "// x\n", "'d'", "[" * 13, '"e\u0301"', '""', '"\\r\\n"',
)  # fmt: skip
HEADS = (
    "---\n", "...\n", "---", "id: a\n", "nom: b\n", "\n", "\n\n", "a: b: c\n", "Un texte.\n", "\u00a0x\n", "- c\n", "# d\n", "\r\n", "é", "\u200b", "{a: b:c}\n",
)  # fmt: skip
PROSE = SIGNS + CHARACTERS + WORDS + (
    "\n\n", "# Titre\n", "## Suite\n", "### \n", "```\n", "~~~", "| a | b |\n|---|---|\n", "- un\n", "1. un\n", "> cit", "[x](#rien)", "[x](methode.md)",
    "[x](page:methode/#a)", "![a](b.png)", "[a][b]", "[b]: c\n", "**gras**", "_i_", "`c`", "\\[", "  \n", "12 plantes", "2026", "3 %", "art. 12", "le 1er mars",
    "<!-- a -->", "[" * 50, "](" * 50, "*" * 60, "a" * 300, "{#x}", "{{ x }}", "http://nu.fr", "[a]( plante:courge)", "[a] (plante:courge)",
)  # fmt: skip
NAMES = SIGNS + CHARACTERS[:-5] + (
    "a", "index", "con", "CON", "aux", "nul", "README", ".md", ".md", ".MD", ".yaml", ".yml", ".csv", ".txt", ".html", ".png", "é", "e\u0301", "%2F", "{id}", " ",
    "x" * 120, "\udce9", "404", "donnees", "recherche", "documentation", "plantes",
)  # fmt: skip


def joined(pieces: tuple[str, ...], most: int = 14) -> st.SearchStrategy[str]:
    """Some pieces, end to end."""
    return st.lists(st.sampled_from(pieces), max_size=most).map("".join)


def encoded(text: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    """Text as the bytes of a file: most often in UTF-8, cut or not, else as other programs write it."""

    def encode(given: tuple[str, str, int]) -> bytes:
        told, encoding, cut = given
        data = told.encode(encoding, "replace" if encoding != "utf-8" else "surrogatepass")
        return data[: len(data) - cut] if cut < 4 else data

    encodings = st.sampled_from(("utf-8",) * 8 + ("latin-1", "cp1252", "utf-16", "utf-8-sig"))
    return st.tuples(text, encodings, st.integers(0, 20)).map(encode)
