"""Pages to HTML: the only module that knows MkDocs and Zensical, each run as a command on the same `mkdocs.yml`.

The command runs in a staging directory that mirrors the project, on a configuration written for it there, so that
nothing outside is touched. An exit code is not believed alone: every page must have come out, at its own address.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import unicodedata
from collections.abc import Callable, Collection, Iterator
from collections.abc import Mapping as Map
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from generator.layout import DOCS, MACHINE, MADE, SETTINGS, THEME, theme, words
from generator.site.failure import Failure
from generator.site.tools import run_tool
from generator.text.interface import say
from generator.text.language import spoken
from generator.text.spoken import locale
from generator.writing import Writer, entries

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
    "search/*.js*",  # of its own search; a page of the site may be there
    "sitemap.xml.gz",
)
SITEMAP = "sitemap.xml"
NOTHING: Map[str, str] = MappingProxyType({})
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_COMPLAINT = re.compile(r"warning|error|exception|traceback|abort|fail", re.IGNORECASE)
_LINES_SHOWN = 20
_TERMINAL = ("COLUMNS", "LINES")  # by which an engine would cut the lines of what it says


class EngineError(Failure):
    """The engine did not build the whole site."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was built: `pages` counts the HTML pages checked against `build/docs`, `site` is the folder they are in."""

    site: Path
    pages: int


def prepare(
    project: Path,
    staging: Path,
    configuration: Map[str, object],
    made: Map[str, str] = NOTHING,
    unused: Collection[str] = (),
) -> None:
    """Write into `staging` what a build needs besides the pages: the configuration (YAML, as JSON is), and the theme, with the files
    that were `made` for this site, by their paths in it, and without those that it does not use.

    A project elsewhere than in the generator's own folder has no theme there: it gets ours, at the same place. Raises
    EngineError for what is neither a file nor a folder.
    """
    writer, source = Writer(staging), theme(project)
    writer.write(SETTINGS, written(configuration))
    for path, ordinary in entries(source):
        if not ordinary:
            message = "{path} n’est pas un fichier ordinaire : rien de ce vers quoi il mène n’est publié"
            raise EngineError(message, path=f"{THEME}/{path}")
        if path in unused:
            continue
        if path.endswith(".html"):
            writer.write(f"{THEME}/{path}", _said((source / path).read_text(encoding="utf-8")))
        else:
            writer.copy(source / path, f"{THEME}/{path}")

    for path, text in made.items():
        writer.write(f"{THEME}/{path}", text)


def written(configuration: Map[str, object]) -> str:
    """A configuration as an engine reads it."""
    return json.dumps(configuration, ensure_ascii=False, indent=1)


_SENTENCE = re.compile(r'\{\{ _\("([^"]+)"\) \}\}')
_WORD = re.compile(r"@([a-z_]+)@")


def _said(template: str) -> str:
    """The engines have no function for the sentences of the interface: each `{{ _("…") }}` of a template is said once, and each
    `@word@` that the language decides is written: an address, the code of the language.
    """
    known = asdict(words()) | {"language": spoken(), "locale": locale()}
    template = _WORD.sub(lambda found: known.get(found[1], found[0]), template)
    return _SENTENCE.sub(lambda found: say(found[1]), template)


def build(staging: Path, engine: str, epoch: int) -> Made:
    """Build `staging/build/docs` into `staging/build/site` with `engine` ("mkdocs" or "zensical").

    `epoch` (seconds) is the date of whatever the engine dates. Raises EngineError when the engine complains or leaves
    a page out.
    """
    if engine not in _COMMANDS:
        raise EngineError("moteur inconnu « {name} » ; moteurs : {choices}", name=engine, choices=", ".join(ENGINES))

    def run() -> tuple[int, str]:
        done = run_tool(*_COMMANDS[engine], folder=staging, environment=environment(epoch))
        return done.returncode, done.stdout

    return checked(staging, engine, run)


def checked(staging: Path, engine: str, run: Callable[[], tuple[int, str]]) -> Made:
    """What was built by `run`, which gives the exit code of the engine and all that it said. Raises EngineError, as `build` does."""
    expected = _outputs(staging / DOCS)
    site = staging / MADE
    code, said = run()
    believe(engine, code, said)
    believe_whole(engine, said, {path: source for path, source in expected.items() if not (site / path).is_file()})
    _remove_unused(site)
    return Made(site, len(expected))


def believe(engine: str, code: int, said: str) -> None:
    """Raise EngineError when the engine ended with another code than 0."""
    if code != 0:
        message = "{engine} a refusé de construire le site (code {code}) :"
        raise EngineError(message, engine=engine, code=code, log=excerpt(said))


def believe_whole(engine: str, said: str, missing: Map[str, str]) -> None:
    """Raise EngineError when there is a page that is `missing` (its path, its source)."""
    if missing:
        shown = "\n".join([f"{source} → {output}" for output, source in sorted(missing.items())][:_LINES_SHOWN])
        message = "{engine} a laissé {count} page(s) de côté :"
        raise EngineError(message, engine=engine, count=len(missing), log=f"{shown}\n{excerpt(said)}")


def environment(epoch: int) -> dict[str, str]:
    """The engine finds `generator.fragments` where the generator is, and no module in the staging directory."""
    return {
        **{name: value for name, value in os.environ.items() if name not in _TERMINAL},
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
        output = html_of(source)
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


def html_of(source: str) -> str:
    """The path, in the site, of what a file of `build/docs` becomes."""
    path = PurePosixPath(source)
    if path.suffix != ".md":
        return source
    return str(path.with_suffix(".html") if path.stem == "index" else path.with_suffix("") / "index.html")


def excerpt(said: str) -> str:
    """The last useful lines of a log, complaints first; of the steps of Python nothing, but what stopped it."""
    log = tuple(line.rstrip() for line in _COLOUR.sub("", said).splitlines() if line.strip())
    steps = [number for number, line in enumerate(log) if line.startswith("Traceback")]
    if steps:
        log = (*log[: steps[0]], *(line for line in log[steps[0] + 1 :] if not line.startswith((" ", "^"))))
    complaints = [line for line in log if _COMPLAINT.search(line)]
    others = [line for line in log if not _COMPLAINT.search(line) and not (complaints and line.startswith("INFO"))]
    return "\n".join(complaints[:_LINES_SHOWN] + others[-max(0, _LINES_SHOWN - len(complaints)) :])


def listing(sitemap: bytes) -> bool:
    """Whether a map of the site lists something: without `site_url` it does not, and is not published."""
    return b"<loc>" in sitemap


def _remove_unused(site: Path) -> None:
    for pattern in _UNUSED:
        for path in sorted(site.glob(pattern)):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
    sitemap = site / SITEMAP
    if sitemap.is_file() and not listing(sitemap.read_bytes()):
        sitemap.unlink()
