"""Pages to HTML: the only module that knows MkDocs and Zensical, each run as a command on the same `mkdocs.yml`.

The command runs in a staging directory that mirrors the project, so that the configuration is used as it was written
and nothing outside is touched. An exit code is not believed alone: every page must have come out, at its own address.
"""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.layout import BUILD, MACHINE, SETTINGS, THEME
from generator.site.failure import Failure
from generator.site.tools import run_tool
from generator.text.interface import say
from generator.writing import OutsideError, Writer, entries, inside

DOCS = f"{BUILD}/docs"
SITE = f"{BUILD}/site"  # before it is published

# Never `-q`: with it, `mkdocs build --strict` ends with 0 in spite of warnings.
_COMMANDS = {
    "mkdocs": ("-m", "mkdocs", "build", "--strict", "-f", SETTINGS),
    "zensical": ("-m", "zensical", "build", "--strict", "-f", SETTINGS),
}
ENGINES = tuple(_COMMANDS)

# What the engines add and no page of ours loads: their scripts (which know other hosts), unused style variants, an
# empty index of the search that is switched off.
_UNUSED = (
    "assets/javascripts",
    "assets/images/favicon.png",
    "assets/stylesheets/*.map",
    "assets/stylesheets/palette.*",
    "assets/stylesheets/classic/palette.*",
    "assets/stylesheets/modern",
    "search.json",
    "search",
    "sitemap.xml.gz",
)
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_COMPLAINT = re.compile(r"warning|error|exception|traceback|abort|fail", re.IGNORECASE)
_LINES_SHOWN = 20


class EngineError(Failure):
    """The engine did not build the whole site."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was built: `pages` counts the HTML pages checked against `build/docs`, `site` is the folder they are in."""

    site: Path
    pages: int


def prepare(project: Path, staging: Path) -> None:
    """Copy into `staging` what a build needs besides the pages: the configuration and the theme.

    The engine's own configuration inherits the project's and says where the pages and the site are: it reads and writes
    in `staging`, whatever the project's says. A project elsewhere than in the generator's own folder has no theme there:
    it gets ours, at the same place. Raises EngineError for what is neither a file nor a folder.
    """
    writer = Writer(staging)
    writer.copy(project / SETTINGS, _INHERITED)
    writer.write(SETTINGS, f"INHERIT: {_INHERITED}\ndocs_dir: {DOCS}\nsite_dir: {SITE}\n")
    theme = _theme(project)
    for path, ordinary in entries(theme):
        if not ordinary:
            raise EngineError(_ODD, path=f"{THEME}/{path}")
        if path.endswith(".html"):
            writer.write(f"{THEME}/{path}", _said((theme / path).read_text(encoding="utf-8")))
        else:
            writer.copy(theme / path, f"{THEME}/{path}")


_INHERITED = "projet.yml"  # mkdocs.yml as it was written
_ODD = "{path} n’est pas un fichier ordinaire : rien de ce vers quoi il mène n’est publié ; remplacez-le par le fichier"


def _theme(project: Path) -> Path:
    """The theme of a project, or ours."""
    try:
        own = inside(project, THEME)
    except OutsideError as error:
        raise EngineError(_ODD, path=THEME) from error
    return own if own.is_dir() else MACHINE / "theme"


_SENTENCE = re.compile(r'\{\{ _\("([^"]+)"\) \}\}')


def _said(template: str) -> str:
    """The engines have no function for the sentences of the interface: each `{{ _("…") }}` of a template is said once."""
    return _SENTENCE.sub(lambda found: say(found[1]), template)


def build(staging: Path, engine: str, epoch: int) -> Made:
    """Build `staging/build/docs` into `staging/build/site` with `engine` ("mkdocs" or "zensical").

    `epoch` (seconds) is the date of whatever the engine dates. Raises EngineError when the engine complains or leaves
    a page out.
    """
    if engine not in _COMMANDS:
        raise EngineError("moteur inconnu « {name} » ; moteurs : {choices}", name=engine, choices=", ".join(ENGINES))
    docs, site = staging / DOCS, staging / SITE
    expected = _outputs(docs)
    done = run_tool(*_COMMANDS[engine], folder=staging, environment=_environment(epoch))
    log = tuple(line.rstrip() for line in _COLOUR.sub("", done.stdout).splitlines() if line.strip())
    if done.returncode != 0:
        message = "{engine} a refusé de construire le site (code {code}) :"
        raise EngineError(message, engine=engine, code=done.returncode, log=_excerpt(log))
    missing = [f"{source} → {output}" for output, source in sorted(expected.items()) if not (site / output).is_file()]
    if missing:
        shown = "\n".join(missing[:_LINES_SHOWN])
        message = "{engine} a laissé {count} page(s) de côté :"
        raise EngineError(message, engine=engine, count=len(missing), log=f"{shown}\n{_excerpt(log)}")
    _remove_unused(site)
    return Made(site, len(expected))


def _environment(epoch: int) -> dict[str, str]:
    """The engine finds `generator.fragments` where the generator is, and no module in the staging directory."""
    return {
        **os.environ,
        "NO_MKDOCS_2_WARNING": "1",
        "NO_COLOR": "1",
        "SOURCE_DATE_EPOCH": str(epoch),
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "PYTHONSAFEPATH": "1",
        "PYTHONPATH": str(MACHINE.parent),
    }


def _outputs(docs: Path) -> dict[str, str]:
    """Output path of every page → its source; two pages for one address, or a symbolic link, are refused."""
    outputs: dict[str, str] = {}
    seen: dict[str, str] = {}
    for path in _walk(docs):
        source = path.relative_to(docs).as_posix()
        if path.is_symlink():
            raise EngineError("{path} est un lien symbolique : le site publierait ce vers quoi il mène", path=source)
        if path.is_dir():
            continue
        output = _output(source)
        twin = seen.setdefault(unicodedata.normalize("NFC", output).casefold(), source)
        if twin != source:
            message = "{one} et {other} donneraient la même adresse « {address} »"
            raise EngineError(message, one=twin, other=source, address=output)
        if source.endswith(".md"):
            if path.name != "index.md":
                message = "{path} : une page s’appelle index.md ; sinon, chaque moteur lit ses liens à sa façon"
                raise EngineError(message, path=source)
            outputs[output] = source
    if not outputs:
        raise EngineError("aucune page à construire dans {folder}", folder=docs)
    return outputs


def _walk(folder: Path) -> Iterator[Path]:
    for root, folders, files in os.walk(folder):
        for name in sorted(folders) + sorted(files):
            yield Path(root, name)


def _output(source: str) -> str:
    path = PurePosixPath(source)
    if path.suffix != ".md":
        return source
    return str(path.with_suffix(".html") if path.stem == "index" else path.with_suffix("") / "index.html")


def _excerpt(log: tuple[str, ...]) -> str:
    """The last useful lines of a log, complaints first."""
    complaints = [line for line in log if _COMPLAINT.search(line)]
    others = [line for line in log if not _COMPLAINT.search(line)]
    return "\n".join(complaints[:_LINES_SHOWN] + others[-max(0, _LINES_SHOWN - len(complaints)) :])


def _remove_unused(site: Path) -> None:
    for pattern in _UNUSED:
        for path in sorted(site.glob(pattern)):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
    sitemap = site / "sitemap.xml"
    if sitemap.is_file() and "<loc>" not in sitemap.read_text(encoding="utf-8"):  # without site_url it lists nothing
        sitemap.unlink()
