"""`python -m tests.corpora NAME FOLDER`: a local copy of a public repository under the contract of its twin: what was read, the faults
that are told, what is lost. Without a folder, the names. Nothing is fetched.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from corpora.compared import lost
from generator.commands.check import checked_project
from generator.diagnostics.reports import as_text
from generator.packages import folder as packages

HERE = Path(__file__).resolve().parent
# Of each corpus: what is taken of the public repository, and where it goes under content/.
TAKEN: dict[str, tuple[tuple[str, str], ...]] = {
    "legislators": (("legislators-current.yaml", "legislators/legislators-current.yaml"),
                    ("legislators-historical.yaml", "legislators/legislators-historical.yaml")),
    "endoflife": (("products", "products"),),
    "obofoundry": (("ontology", "ontology"),),
    "openfisca": (("openfisca_france/parameters", "parameters"),),
    **{name: (("data", f"{name}/data"),) for name in ("gdp", "s-and-p-500", "country-codes", "language-codes", "publicbodies")},
}  # fmt: skip


def main(arguments: list[str]) -> int:
    """Tell; 1 when something is lost."""
    if len(arguments) != 2 or arguments[0] not in TAKEN:
        print(f"python -m tests.corpora NOM DOSSIER ; noms : {', '.join(TAKEN)}")
        return 2
    name, folder = arguments[0], Path(arguments[1])
    with tempfile.TemporaryDirectory() as made:
        root = Path(made)
        shutil.copytree(HERE / name, root, dirs_exist_ok=True)
        shutil.rmtree(root / "content", ignore_errors=True)
        for source, target in TAKEN[name]:
            _take(folder / source, root / "content" / target)
        print(f"{name} : {folder} ({_commit(folder)})")
        return _told(root)


def _take(source: Path, target: Path) -> None:
    """Copy a file or a folder as it is; one that is not there is said."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    elif source.is_file():
        shutil.copyfile(source, target)
    else:
        print(f"  absent de cette copie : {source.name}")


def _commit(folder: Path) -> str:
    """The commit of a copy, when it says it."""
    asked = ["git", "-C", str(folder), "rev-parse", "HEAD"]
    found = subprocess.run(asked, capture_output=True, text=True, check=False)
    return found.stdout.strip() or "commit inconnu"


def _told(root: Path) -> int:
    start = time.process_time()
    project = checked_project(root)
    counted = Counter(d.code for d in project.diagnostics if d.severity == "erreur")
    print(as_text([d for d in project.diagnostics if d.severity == "erreur"][:20], root))
    rows = sum(len(table.records) for table in project.catalogue.tables.values())
    files = sum(path.is_file() for path in (root / "content").rglob("*"))
    print(f"  {files} fichiers, {rows} lignes, {time.process_time() - start:.1f} s de processeur")
    print(f"  fautes : {dict(counted) or 'aucune'}")
    made = root / "build" / "packages"
    packages.write(project.catalogue, project.settings, "2026-01-02", made)
    missing, all_texts = lost(root / "content", made)
    print(f"  {all_texts} textes dans la source, {missing.total()} absents des paquets")
    for text, count in missing.most_common(20):
        print(f"    {count} × {text[:100]!r}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
