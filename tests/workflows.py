"""The steps of the workflows, run here as they are written: real bash, real git, the real commands, and a `gh` that notes what it
is asked and answers what the test says.
"""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ruamel.yaml import YAML
from samples import ROOT

GH = """#!{python} -I
import json, pathlib, re, sys
folder, asked = pathlib.Path({folder!r}), " ".join(sys.argv[1:])
given = [pathlib.Path(text.split("@")[-1]) for text in sys.argv if "body" in text and "@" in text]
given += [pathlib.Path(after) for word, after in zip(sys.argv, sys.argv[1:]) if word == "--body-file"]
bodies = [path.read_text(encoding="utf-8") for path in given]
with (folder / "demandes.jsonl").open("a", encoding="utf-8") as log:
    print(json.dumps([asked, *bodies]), file=log)
for pattern, name in json.loads((folder / "reponses.json").read_text(encoding="utf-8")):
    if re.search(pattern, asked):
        sys.stdout.buffer.write((folder / name).read_bytes())
        break
"""
READY = {"Préparer"}  # what is done already: the environment is that of the tests


@dataclass
class Machine:
    """A machine of continuous integration: the folder of the repository, a temporary one, and what `gh` answers."""

    root: Path
    folder: Path
    replies: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        (self.folder / "bin").mkdir(parents=True)
        (self.folder / "tmp").mkdir()
        gh = self.folder / "bin" / "gh"
        gh.write_text(GH.format(python=sys.executable, folder=str(self.folder)), encoding="utf-8")
        gh.chmod(gh.stat().st_mode | stat.S_IXUSR)
        python = self.root / ".venv" / "bin" / "python"
        python.parent.mkdir(parents=True, exist_ok=True)
        python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
        python.chmod(0o755)

    def answers(self, pattern: str, data: str | bytes) -> None:
        """What `gh` answers to what matches a pattern, the first said first."""
        name = f"reponse-{len(self.replies)}"
        (self.folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
        self.replies.append((pattern, name))

    def asked(self) -> list[list[str]]:
        """What `gh` was asked, each with the texts that it was given."""
        log = self.folder / "demandes.jsonl"
        return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()] if log.exists() else []

    def run(self, workflow: str, job: str, said: Mapping[str, str]) -> dict[str, int]:
        """Run the steps of a job; `said`: the values of its expressions. The exit code of each step, by its name."""
        (self.folder / "reponses.json").write_text(json.dumps(self.replies), encoding="utf-8")
        text = (ROOT / ".github" / "workflows" / workflow).read_text(encoding="utf-8")
        codes: dict[str, int] = {}
        known = dict(said)
        for step in YAML(typ="safe", pure=True).load(text)["jobs"][job]["steps"]:
            if "run" not in step or step["name"] in READY:
                continue
            code = self._step(step, known)
            codes[step["name"]] = code
            known[f"steps.{step.get('id')}.outcome"] = "failure" if code else "success"
            if code and not step.get("continue-on-error"):
                break
        return codes

    def _step(self, step: Mapping[str, object], known: Mapping[str, str]) -> int:
        assert "${{" not in str(step["run"])
        own = {
            name: re.sub(r"\$\{\{ (.+?) \}\}", lambda found: known[found[1]], str(text))
            for name, text in step.get("env", {}).items()
        }  # type: ignore[attr-defined]
        environment = {
            "PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "RUNNER_TEMP": str(self.folder / "tmp"),
            "GITHUB_EVENT_PATH": str(self.folder / "evenement.json"),
            "GITHUB_STEP_SUMMARY": str(self.folder / "resume.md"),
            "GITHUB_OUTPUT": str(self.folder / "sorties.txt"),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
            "HOME": str(self.folder),
            **own,
        }
        command = ["bash", "-e", "-c", str(step["run"])]
        done = subprocess.run(
            command, cwd=self.root, env=environment, capture_output=True, encoding="utf-8", check=False
        )
        self.said = done.stdout + done.stderr
        return done.returncode
