"""LibreOffice as a person in France has it: what a workbook shows there, sheet by sheet.

SOFFICE names the program; otherwise the one found in PATH. Without any, the tests are skipped, aloud.
"""

from __future__ import annotations

import atexit
import csv
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

import pytest
from clients.programs import ran

# Commas, quotes, UTF-8, from the first line, cells as they are shown, every sheet in a file of its own.
_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>{locale}</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooLocale" oor:op="fuse"><value>{language}</value></prop></item>
</oor:items>
"""


def soffice() -> str | None:
    """The program, when it is there."""
    return shutil.which(os.environ.get("SOFFICE") or "soffice") or shutil.which("libreoffice")


@cache
def _profile(locale: str) -> Path:
    """The folder of a user of their own, whose language is set, for as long as the tests last."""
    folder = Path(tempfile.mkdtemp(prefix="bureau-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "user").mkdir()
    text = _PROFILE.format(locale=locale, language=locale.partition("-")[0])
    (folder / "user" / "registrymodifications.xcu").write_text(text, encoding="utf-8")
    return folder


def libreoffice_to_csv(path: Path, folder: Path, locale: str = "fr-FR") -> dict[str, list[list[str]]]:
    """The cells that LibreOffice shows of a file that it opens, by sheets in their order; what it writes goes to `folder`."""
    program = soffice()
    if program is None:
        pytest.skip("LIBREOFFICE ABSENT : installez libreoffice-calc, ou donnez son chemin dans SOFFICE")
    folder.mkdir(parents=True, exist_ok=True)
    user = f"-env:UserInstallation={_profile(locale).as_uri()}"
    # The language is that of the profile; the names of sheets become names of files, which C.UTF-8 can write anywhere.
    done = ran(
        program, user, "--headless", "--norestore", "--convert-to", _CSV, "--outdir", folder, path, LC_ALL="C.UTF-8"
    )
    written = [Path(line.rpartition(" -> ")[2]) for line in done.stdout.splitlines() if " -> " in line]
    assert written, done.stdout + done.stderr
    return {file.stem.removeprefix(f"{path.stem}-"): _cells(file) for file in written}


def libreoffice_to_xlsx(path: Path, folder: Path, locale: str = "fr-FR") -> Path:
    """A workbook that LibreOffice opens, computes and saves again, in `folder`."""
    program = soffice()
    if program is None:
        pytest.skip("LIBREOFFICE ABSENT : installez libreoffice-calc, ou donnez son chemin dans SOFFICE")
    folder.mkdir(parents=True, exist_ok=True)
    user = f"-env:UserInstallation={_profile(locale).as_uri()}"
    done = ran(program, user, "--headless", "--norestore", "--convert-to", "xlsx", "--outdir", folder, path)
    assert (folder / path.name).is_file(), done.stdout + done.stderr
    return folder / path.name


def _cells(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))
