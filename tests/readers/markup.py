"""The HTML of every page, read by vnu (the Nu Html Checker), without the faults of the theme that are known and dated."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from tests.readers.places import Place
from tests.readers.visiting import Report, Window

HERE = Path(__file__).resolve().parent
JAR = HERE.parent / "complets" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
KNOWN = HERE / "tolerances.yaml"


def errors(site: Path) -> list[str]:
    """« message : page », for each error; warnings are about a policy that vnu reads without knowing where a file is served."""
    if not JAR.is_file() or shutil.which("java") is None:
        raise SystemExit("vnu ou Java est absent : python -m tests.complets.prepare les installe.")
    command = ["java", "-jar", str(JAR), "--format", "json", "--stdout", "--skip-non-html", "--errors-only", str(site)]
    told: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=False).stdout)
    pages = site.resolve().as_uri().replace("file://", "file:")
    return [
        f"{found['message']} : {found['url'].removeprefix(pages)}"
        for found in told["messages"]
        if found["type"] == "error"
    ]


def tolerated() -> list[dict[str, str]]:
    """What the theme does and we cannot mend: the beginning of the message, since when, why."""
    found: list[dict[str, str]] = YAML(typ="safe", pure=True).load(KNOWN.read_text(encoding="utf-8"))
    return found


def measure(window: Window, _: Iterable[Place]) -> Report:
    """Every page of the site; what is tolerated is counted, what is no longer met is said."""
    found, known = errors(window.site), tolerated()
    counts = Counter(
        next((each["message"] for each in known if said.startswith(each["message"])), "") for said in found
    )
    ours = [said for said in found if not any(said.startswith(each["message"]) for each in known)]
    stale = [each["message"] for each in known if not counts[each["message"]]]
    lines = [
        f"toléré {counts[each['message']]} fois, depuis le {each['depuis']} : {each['message']} ({each['raison']})"
        for each in known
    ]
    told = f"{len(ours)} erreurs, {len(found) - len(ours)} du thème tolérées, {len(stale)} tolérances sans objet"
    return Report("HTML", (told, *lines, *ours, *stale), not ours and not stale)
