"""What a site looks like, as mkdocs.yml says: its logo, its icon, its colours. Files are those of the theme or of content/fichiers/;
colours are read on the papers of the theme, light and dark.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator import layout
from generator.diagnostics.suggestions import nearest
from generator.documents.files import walk
from generator.documents.reader import Reader
from generator.documents.signatures import PICTURES, ending
from generator.text.portable import unportable
from generator.text.spoken import number
from generator.values import colours

FAVICON, STYLE = "assets/favicon.svg", "assets/site.css"  # of the theme
COLOURS = "assets/couleurs.css"  # made for the site that has colours of its own
LIGHT, DARK = ("#ffffff", "#f5f3ee"), ("#14191b", "#1c2325", "#283134")  # --papier, --papier-2… of the theme
_NAMES = {"primary": colours.PRIMARY, "accent": colours.ACCENT}
_VARIABLES = {"primary": "--primaire", "accent": "--accent"}


@dataclass(frozen=True, slots=True)
class Face:
    """What a site gives; "" for what it leaves to the theme. Colours are `#rrggbb`, readable on light papers."""

    logo: str = ""
    favicon: str = FAVICON
    primary: str = ""
    accent: str = ""

    def sheet(self) -> str:
        """The style sheet of its colours, light then dark; "" without any."""
        given = {name: getattr(self, name) for name in _VARIABLES}
        light = "".join(_rule(name, colour, -0.3) for name, colour in given.items() if colour)
        lighter = {name: colours.nearest(colour, DARK) for name, colour in given.items() if colour}
        dark = "".join(_rule(name, colour, 0.3) for name, colour in lighter.items())
        return f":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n" if light else ""


def _rule(name: str, colour: str, by: float) -> str:
    stronger = f"--primaire-fonce:{colours.stronger(colour, by)};" if name == "primary" else ""
    return f"{_VARIABLES[name]}:{colour};{stronger}"


def read_face(theme: Reader, root: Path) -> Face:
    """What the group « theme » of mkdocs.yml gives; what it may not give is a fault."""
    palette = theme.mapping("palette")
    face = Face(
        logo=picture(theme, "logo", root),
        favicon=picture(theme, "favicon", root) or FAVICON,
        primary=_colour(palette, "primary"),
        accent=_colour(palette, "accent"),
    )
    palette.close("« palette »")
    return face


def picture(reader: Reader, key: str, root: Path, kinds: tuple[str, ...] = (*PICTURES, "ico")) -> str:
    """The image that a key names, "" for none; `kinds` are those that are accepted."""
    path = reader.text(key)
    if not path or not exists(reader, key, path, root):
        return ""
    if ending(path) in kinds:
        return path
    message, hint = "« {path} » n’est pas une image qui convient ici.", "Genres possibles : {kinds}."
    reader.fault(key, message, hint, path=path, kinds=", ".join(f".{kind}" for kind in kinds))
    return ""


def styles(top: Reader, root: Path) -> tuple[str, ...]:
    """The style sheets: that of the theme, unless others of the theme take its place, then those of content/fichiers/."""
    listed = assets(top, "extra_css", root, ".css")
    return listed if any(not shown(path) for path in listed) else (STYLE, *listed)


def assets(top: Reader, key: str, root: Path, suffix: str) -> tuple[str, ...]:
    """The files that a key lists; each that is not there is a fault."""
    return tuple(path for path in top.texts(key) if exists(top, key, path, root, suffix))


def shown(path: str) -> bool:
    """Whether a path is that of a file of content/fichiers/."""
    return path.startswith(layout.FILES_SHOWN)


def exists(reader: Reader, key: str, path: str, root: Path, suffix: str = "") -> bool:
    """Whether a file is there, in the theme or in content/fichiers/: nothing is loaded from elsewhere."""
    base = root / layout.CONTENT if shown(path) else layout.theme(root)
    safe = path.endswith(suffix) and not any(unportable(name) for name in path.split("/"))
    if safe and (base / path).is_file() and not (base / path).is_symlink():
        return True
    message = "« {path} » n’est ni un fichier{suffix} de {files}/, ni un fichier{suffix} du thème."
    hint = "Le site ne charge rien d’ailleurs : placez le fichier dans {files}/ et écrivez « {shown}… », ou retirez cette ligne."
    near = nearest(path, (found for found in _files(root) if found.endswith(suffix)))
    values = {
        "path": path,
        "suffix": f" {suffix}" if suffix else "",
        "files": layout.FILES,
        "shown": layout.FILES_SHOWN,
    }
    reader.faults(reader.spot(key, path), message, hint, near, **values)
    return False


def _files(root: Path) -> Iterator[str]:
    found = walk(root, layout.FILES) if (root / layout.FILES).is_dir() else ()
    return (path.removeprefix(f"{layout.CONTENT}/") for path, is_link in found if not is_link)


def _colour(palette: Reader, key: str) -> str:
    """A colour that can be read on the papers of the theme; those of the dark one are worked out from it."""
    text = palette.text(key)
    colour = colours.read(text, _NAMES[key])
    if not text or (colour and colours.readable(colour, LIGHT)):
        return colour
    if not colour:
        message, hint = "« {text} » n’est pas une couleur.", "Écrivez-la « #17545e », ou par son nom : {names}."
        meant = nearest(text, _NAMES[key])
        palette.fault(key, message, hint, meant, text=text, names=", ".join(_NAMES[key]))
        return ""
    message = (
        "« {text} » se lit mal sur fond clair : son contraste est de {found}, et il en faut {least} (WCAG, niveau AA)."
    )
    found = round(min(colours.contrast(colour, paper) for paper in LIGHT), 1)
    hint = "Prenez une couleur plus foncée ; celle du fond sombre s’en déduit."
    meant = f'"{colours.nearest(colour, LIGHT)}"'
    palette.fault(key, message, hint, meant, text=text, found=number(found), least=number(colours.READABLE))
    return ""
