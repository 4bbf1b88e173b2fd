"""The snippets in R run as they are copied (tests/test_snippets.py has the others)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from samples import ROOT
from test_snippets import LOCALES, Served, check, serving, small

TOLD_IN_R = r"""
letter <- function(code) {
  if (code > 0xffff) {
    code <- code - 0x10000
    return(sprintf("\\u%04x\\u%04x", 0xd800 + code %/% 0x400, 0xdc00 + code %% 0x400))
  }
  if (code < 32 || code > 126 || code == 34 || code == 92) sprintf("\\u%04x", code) else intToUtf8(code)
}
text <- function(value) paste0("\"", paste(vapply(utf8ToInt(value), letter, ""), collapse = ""), "\"")
cell <- function(value) {
  if (is.na(value)) "null" else if (is.numeric(value)) format(value, digits = 15, scientific = FALSE) else text(value)
}
show <- function(table) {
  rows <- vapply(seq_len(nrow(table)), function(i) {
    cells <- vapply(names(table), function(name) paste0(text(name), ":", cell(table[[name]][i])), "")
    paste0("{", paste(cells, collapse = ","), "}")
  }, "")
  cat("[", paste(rows, collapse = ","), "]\n", sep = "")
}
"""


@pytest.fixture(scope="module", params=["ici", "petit"])
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    root = ROOT if request.param == "ici" else small(tmp_path_factory.mktemp("projet"))
    with serving(root, tmp_path_factory.mktemp("site")) as found:
        yield found


@pytest.mark.parametrize("locale", LOCALES)
def test_r(served: Served, locale: str) -> None:
    if shutil.which("Rscript") is None:
        pytest.skip("R ABSENT : « make test-complet » l’installe")
    parts = [f"local({{\n{code}\nshow(table)\n}})" for code in served.codes("R")]
    check(served, ["Rscript", "--vanilla"], "extraits.R", "\n".join([TOLD_IN_R, *parts]), LOCALES[locale])
