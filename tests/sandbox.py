"""`make sandbox`: hostile projects in a watched sandbox. Around the project stand neighbours; `check`, `build` and `serve` run on
each input, and whatever changes outside `build/`, `site/` and the working folder is listed.
"""

from __future__ import annotations

import hashlib
import os
import signal
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

if __name__ == "__main__":  # the tests find their neighbours by pytest, the command by itself
    sys.path.insert(0, str(Path(__file__).parent))

from samples import DATE, ROOT, copy_base, replace, write

from generator.layout import BUILD, SITE
from generator.site.publication import MARKER, WORKSHOP

SECRET = "À ne pas publier."
PERMITTED = (BUILD, SITE, WORKSHOP)
ENDED = {0, 1, 2}  # exit codes of a command that knows what it does

NEIGHBOUR = "/VOISIN"  # in an input: the whole path of what stands beside the project

Gesture = Callable[[Path], object]  # spoils the project at a path


def setting(old: str, new: str) -> Gesture:
    """Another text in mkdocs.yml."""
    return lambda root: replace(root, "mkdocs.yml", old, placed(new, root))


def placed(text: str, root: Path) -> str:
    """An input that knows where the neighbours of a project are."""
    return text.replace(NEIGHBOUR, str(root.parent / "voisin"))


def key(value: str) -> Gesture:
    """A row whose page takes its address from a key of any form."""

    def lay(root: Path) -> None:
        name = "datapackages/jardins/datapackage.yaml"
        page = '  - {kind: record, path: "releves/{remarque}/", title: "{id}", resource: releves}\n'
        text = (root / name).read_text(encoding="utf-8")
        write(root, {name: text + page})
        row = f'r9,clos-vert,2021-01-05,,"{placed(value, root)}"\n'
        write(root, {"content/jardins/releves.csv": "id,jardin,jour,temperature,remarque\n" + row})

    return lay


def template(text: str) -> Gesture:
    """A template of a package that says this."""
    return lambda root: write(root, {"datapackages/jardins/templates/recoltes.html": placed(text, root)})


def linked_template(root: Path) -> None:
    """A template that includes a link, named as the file of a contract."""
    write(root, {"datapackages/jardins/templates/recoltes.html": '{% include "jardins/datapackage.yaml" %}'})
    (root / "datapackages/jardins/templates/datapackage.yaml").symlink_to("../../../../voisin/secret.txt")


def link(path: str, target: str) -> Gesture:
    """A symbolic link at a path of the project, in the place of what is there."""

    def lay(root: Path) -> None:
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.exists():
            place.rename(root.parent / "ecarte")
        place.symlink_to(target)

    return lay


def own_theme(then: Gesture) -> Gesture:
    """A theme of the project's own, spoilt."""

    def lay(root: Path) -> None:
        copy_base(root, theme=True)
        then(root)

    return lay


def page(name: str) -> Gesture:
    """A prose page whose file has this name."""
    return lambda root: write(root, {f"content/pages/{name}": "---\ntitle: Une page\n---\nUn texte.\n"})


ELSEWHERE = ("../public", "../voisin", ".", "content", "site", "build/../../voisin", NEIGHBOUR)
KEYS = (
    "../../../../voisin/x",
    "..",
    "../../../../../content/pages",
    NEIGHBOUR,
    "con",
    "a\\b",
    "x" * 300,
    "index.html",
)
NAMES = ("a..md", "CON.md", "a?b.md", "<img>.md", "index.md.md", "a\nb.md", "a\u202eb.md", os.fsdecode(b"caf\xe9.md"))

INPUTS: dict[str, Gesture] = {
    "sans faute": lambda root: None,
    **{f"site_dir: {to}": setting("site_dir: build/site", f"site_dir: {to}") for to in ELSEWHERE},
    **{f"docs_dir: {to}": setting("docs_dir: build/docs", f"docs_dir: {to}") for to in ("content", "../voisin", ".", "/", NEIGHBOUR)},
    "custom_dir": setting("custom_dir: generator/theme", "custom_dir: ../voisin"),
    "favicon": setting("favicon: assets/favicon.svg", "favicon: ../../../voisin/secret.txt"),
    "feuille de style": setting("  - assets/site.css", "  - ../../voisin/secret.css"),
    "crochet": setting("extra_css:", "hooks: [../voisin/crochet.py]\nextra_css:"),
    "greffon": setting("{enabled: false}", "{enabled: false}\n  - macros"),
    "extension": setting("  - generator.fragments", "  - generator.fragments\n  - crochet"),
    "extraits": setting("  - generator.fragments", "  - generator.fragments\n  - pymdownx.snippets: {base_path: [..]}"),
    "héritage": setting("docs_dir:", "INHERIT: ../voisin/mkdocs.yml\ndocs_dir:"),
    "menu": setting("jardins/index.md", "../voisin/index.md"),
    **{f"clé {value}": key(value) for value in KEYS},
    **{f"page {name}": page(name) for name in NAMES},
    "modèle qui écrit": template('{{ adresses.Path("x").write_text("x") }}'),
    "modèle qui ouvre": template("{{ cycler.__init__.__globals__.os.system('touch x') }}"),
    "modèle qui inclut": template('{% include "../../../../voisin/secret.txt" %}'),
    "modèle qui nomme": template('{{ reunis([site], "__init__.__globals__") }}'),
    "modèle qui met en forme": template('{{ _("{a.__init__.__globals__}", a=site) }}'),
    "modèle lié": linked_template,
    "modèle du voisin": template(f'{{% include "{NEIGHBOUR}/secret.txt" %}}'),
    "chemin de page": lambda root: replace(root, "datapackages/jardins/datapackage.yaml", "path: recoltes/", "path: a/../../../voisin/"),
    "paquet": lambda root: (root / "datapackages/jardins").rename(root / "datapackages/a b"),
    **{f"lien {path}": link(path, target) for path, target in (
        ("content/botanique/plantes/voisin.yaml", "../../../../voisin/secret.txt"), ("content/pages/voisin.md", "../../../voisin/secret.txt"),
        ("content", "../ecarte"), ("content/pages", "../../voisin"), ("datapackages", "../ecarte"), ("datapackages/jardins", "../../ecarte"),
        ("datapackages/jardins/templates/recoltes.html", "../../../../voisin/secret.txt"), ("mkdocs.yml", "../ecarte"),
        (BUILD, "../voisin"), (SITE, "../voisin"), (WORKSHOP, "../voisin"), (f"{WORKSHOP}/.gitignore", "../../voisin/secret.txt"),
        (f"{WORKSHOP}/verrou", "../../voisin/secret.txt"), (f"{WORKSHOP}/tmp", "../../voisin"), (f"{SITE}/{MARKER}", "../../voisin/secret.txt"),
    )},
    "lien dans le thème": own_theme(link("generator/theme/assets/voisin.txt", "../../../../voisin/secret.txt")),
    "thème lié": own_theme(link("generator/theme", "../../voisin")),
    "dossier lié dans le thème": own_theme(link("generator/theme/assets/voisin", "../../../../voisin")),
}  # fmt: skip


def world(folder: Path, gesture: Gesture) -> Path:
    """A project among its neighbours, spoilt; its folder."""
    write(folder, {"voisin/secret.txt": SECRET, "voisin/secret.css": "", "voisin/mkdocs.yml": "site_name: Voisin\n"})
    write(folder, {"voisin/crochet.py": "open('../touche', 'w')\n", "public/precieux.txt": SECRET})
    root = folder / "projet"
    copy_base(root)
    gesture(root)
    return root


def state(folder: Path, root: Path) -> dict[str, tuple[object, ...]]:
    """All that stands around and in the project but in the three folders that a build may write: kind, time, bytes."""
    found: dict[str, tuple[object, ...]] = {}
    pending = [folder]
    while pending:
        for path in sorted(pending.pop().iterdir()):
            told = path.lstat()
            if path.parent == root and path.name in PERMITTED and stat.S_ISDIR(told.st_mode):
                continue
            if stat.S_ISDIR(told.st_mode):
                pending.append(path)
            digest = hashlib.sha256(path.read_bytes()).hexdigest() if stat.S_ISREG(told.st_mode) else ""
            target = str(path.readlink()) if path.is_symlink() else ""
            time = told.st_mtime_ns if not stat.S_ISDIR(told.st_mode) else 0
            found[str(path)] = (stat.S_IFMT(told.st_mode), time, digest, target)
    return found


def command(root: Path, name: str, *more: str) -> tuple[int, str]:
    """Run a command on a project; its exit code and what it says."""
    arguments = [sys.executable, "-m", "generator", name, "-C", str(root), *more]
    done = subprocess.run(
        arguments, cwd=ROOT, capture_output=True, encoding="utf-8", errors="replace", timeout=120, check=False
    )
    return done.returncode, done.stdout + done.stderr


def served(root: Path) -> tuple[int, str]:
    """Serve a project until its first build has ended, ask for pages and for what is outside, and stop."""
    arguments = [sys.executable, "-u", "-m", "generator", "serve", "-C", str(root), "--port", "0"]
    running = subprocess.Popen(
        arguments, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    )
    assert running.stdout is not None
    late = threading.Timer(90, running.kill)
    late.start()
    said, address = "", ""
    for line in running.stdout:
        said += line
        address = line.split("sur ")[-1].split("/ ")[0] + "/" if "http://" in line else address
        if "Rien n’a été" in line or "dans site/" in line or "rien n’a été" in line:
            break
    for asked in (
        ("", "jardins/", "voisin.txt", "assets/voisin.txt", "../voisin/secret.txt", "%2e%2e/voisin/secret.txt")
        if address
        else ()
    ):
        try:
            body = urlopen(address + asked, timeout=10).read().decode(errors="replace")  # on this machine
        except OSError:
            continue
        said += SECRET if SECRET in body else ""
    running.send_signal(signal.SIGINT)
    rest, _ = running.communicate(timeout=30)
    late.cancel()
    return running.returncode, said + rest


def trials(names: Iterator[str] | None = None) -> Iterator[tuple[str, str, int, list[str]]]:
    """Each input, each command: its exit code, and what is wrong with what it did."""
    for name in names or INPUTS:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            root = world(folder, INPUTS[name])
            before, built = state(folder, root), 1
            for verb in ("check", "build", "serve"):
                if verb == "check":
                    code, said = command(root, verb)
                elif verb == "build":
                    code, said = command(root, verb, "--sans-frictionless", "--date", DATE)
                    built = code
                elif built == 0:  # there is something to serve
                    code, said = served(root)
                else:
                    continue
                after = state(folder, root)
                wrong = [
                    f"changé : {path}"
                    for path in sorted(before.keys() | after.keys())
                    if before.get(path) != after.get(path)
                ]
                wrong += ["une trace de Python"] if "Traceback" in said else []
                wrong += ["le secret du voisin est montré"] if SECRET in said or published(root) else []
                wrong += [f"code {code}"] if code not in ENDED else []
                yield name, verb, code, wrong


def published(root: Path) -> bool:
    """Whether the secret of the neighbour is in what was built."""
    built = (path for top in (BUILD, SITE) if not (root / top).is_symlink() for path in (root / top).rglob("*"))
    return any(path.is_file() and not path.is_symlink() and SECRET.encode() in path.read_bytes() for path in built)


def main() -> int:
    """Print the figure, and what is wrong; 1 when something is."""
    runs, faults = 0, 0
    for name, verb, _, wrong in trials():
        runs += 1
        faults += bool(wrong)
        for line in wrong:
            print(f"{name!r}, {verb} : {line}")
    print(
        f"{len(INPUTS)} entrées, {runs} commandes : {faults} ont touché ou montré ce qu’elles ne doivent pas, ou laissé une trace."
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
