"""`serve`: the real server, a real change of a file, and the page that follows."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0  # seconds: how long to wait for a build on a busy machine before calling it a failure


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project that may be edited."""
    for name in ("content", "datapackages", "generator"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", tmp_path / "mkdocs.yml")
    return tmp_path


@pytest.fixture
def address(project: Path) -> Iterator[str]:
    """The address at which the server says it is."""
    command = [sys.executable, "-m", "generator", "serve", "-C", str(project), "--port", "0"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment) as server:
        assert server.stdout is not None
        line = server.stdout.readline().decode()
        found = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert found, line
        yield found.group()
        server.send_signal(signal.SIGINT)
        server.stdout.read()
        assert server.wait(PATIENCE) == 0


def get(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def told(address: str) -> dict:
    """What an open page is told."""
    return json.loads(get(f"{address}__etat")[1])


def wait_for(address: str, condition: Callable[[dict], bool]) -> dict:
    """The first state of which something is true."""
    deadline = time.monotonic() + PATIENCE
    while not condition(state := told(address)):
        assert time.monotonic() < deadline, state
        time.sleep(0.05)
    return state


def wait_for_version(address: str, wanted: int) -> None:
    wait_for(address, lambda state: state["site"].endswith(f"-{wanted}"))


def test_serve_shows_the_site_and_follows_each_saved_file(project: Path, address: str) -> None:
    wait_for_version(address, 1)
    status, page = get(address)
    assert status == 200
    assert "__panneau.js" in page
    assert get(f"{address}nulle-part/")[0] == 404

    prose = project / "content/pages/methode.md"
    prose.write_text(prose.read_text(encoding="utf-8") + "\nUne phrase ajoutée pendant la visite.\n", encoding="utf-8")
    wait_for_version(address, 2)
    assert "Une phrase ajoutée pendant la visite." in get(f"{address}methode/")[1]

    contract = project / "datapackages/sources/datapackage.yaml"
    text = contract.read_text(encoding="utf-8")
    contract.write_text(text.replace("title: Sources\n", "title: Sources relues\n", 1), encoding="utf-8")
    wait_for_version(address, 3)
    assert "Sources relues" in get(f"{address}donnees/")[1]


def test_a_faulty_file_leaves_the_previous_site_shown(project: Path, address: str) -> None:
    wait_for_version(address, 1)
    before = get(f"{address}methode/")[1]
    prose = project / "content/pages/methode.md"
    good = prose.read_text(encoding="utf-8")
    prose.write_text("sans en-tête\n", encoding="utf-8")
    state = wait_for(address, lambda state: state["kind"] == "fault")
    assert state["text"] == "1 erreur"
    assert state["site"].endswith("-1")
    prose.write_text(good, encoding="utf-8")
    wait_for_version(address, 2)
    assert get(f"{address}methode/")[1] == before


def test_a_taken_port_is_wrong_use(project: Path, address: str) -> None:
    port = address.rstrip("/").rsplit(":", 1)[1]
    command = [sys.executable, "-m", "generator", "serve", "-C", str(project), "--port", port]
    run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False)
    assert run.returncode == 2
    assert f"Le port {port} ne peut pas être ouvert" in run.stderr
