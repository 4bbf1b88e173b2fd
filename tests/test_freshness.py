"""How sure rows still are on a date, where sources are read, and what the commands that look after them say and write."""

from __future__ import annotations

import datetime
import socket
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from samples import copy_base, replace

from generator.catalogue.freshness import Due, kept, reachable, state
from generator.catalogue.project import Project
from generator.catalogue.records import Record
from generator.commands import cli
from generator.commands.build import source_date
from generator.commands.check import checked_project
from generator.commands.freshness import LONGEST, as_markdown
from generator.commands.making import fetching
from generator.commands.making.fetching import Answer, ask
from generator.commands.usage import Misuse
from generator.packages.cited import Citations
from generator.packages.descriptor import sources
from generator.pages.all import Pages
from generator.text.interface import sentence
from generator.values.periods import last_day, later

DAY = datetime.date.fromisoformat
CONTRACT = "datapackages/botanique/datapackage.yaml"
BOOKS = "content/botanique/ouvrages.yaml"
PLANT = "content/botanique/plantes/tomate.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small project, whose plants say how sure they are and whose books where they are read."""
    made = copy_base(tmp_path / "projet")
    address = "        - {name: adresse, type: string, format: uri, title: Adresse}\n"
    more = "".join(
        f"        - {{name: {name}, type: {kind}, title: {title}}}\n"
        for name, kind, title in (
            ("copie", "string, format: uri", "Copie"),
            ("lu_le", "date", "Lu le"),
            ("vu_le", "date", "Vu le"),
            ("repond", "boolean", "Répond"),
        )
    )
    replace(made, CONTRACT, address, address + more)
    cited = "    cited_as: {title: titre, author: auteur, date: annee, path: adresse}\n"
    vault = "    vault: {address: adresse, archive: copie, consulted: lu_le, checked: vu_le, answers: repond}\n"
    replace(made, CONTRACT, cited, cited + vault)
    culture = "        - {name: culture, type: string, title: Culture, prose: true}\n"
    columns = (
        "        - {name: relu_le, type: date, title: Relu le}\n"
        "        - {name: prevu, type: string, title: Prévu}\n"
        "        - {name: etat, type: string, title: État, categories: [annonce, fait]}\n"
    )
    replace(made, CONTRACT, culture, columns + culture)
    fresh = (
        "    freshness: {verified: relu_le, every: 12, horizon: [{column: prevu, when: {etat: annonce}}]}\n"
        "    flat: {with: [compagnes.compagne]}\n"
    )
    replace(made, CONTRACT, "    flat: {with: [compagnes.compagne]}\n", fresh)
    return made


def told(root: Path, text: str, file: str = PLANT) -> None:
    """Add lines to the end of a file, or to the head of the first row of a list."""
    path = root / file
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + f"\n{text}", encoding="utf-8", newline="")


def row(project: Project, table: str, key: str) -> Record:
    return next(record for record in project.catalogue[table] if record.id == (key,))


def read(root: Path) -> Project:
    project = checked_project(root)
    assert not project.faulty, [str(d.message) for d in project.diagnostics]
    return project


# --- Days ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "last"),
    [
        ("2025", "2025-12-31"),
        ("2024-02", "2024-02-29"),
        ("2025-06-30", "2025-06-30"),
        ("2021/2025", "2025-12-31"),
        ("../2025-06", "2025-06-30"),
        (DAY("2025-06-30"), "2025-06-30"),
        (2025, "2025-12-31"),
    ],
)
def test_a_period_ends_on_its_last_day(period: object, last: str) -> None:
    assert last_day(period) == DAY(last)


@pytest.mark.parametrize("period", ["2020/..", "", None, "bientôt", "2025-13", "2025-02-30", "0000", "20251"])
def test_a_period_without_end_has_no_last_day(period: object) -> None:
    assert last_day(period) is None


def test_months_later() -> None:
    assert later(DAY("2025-01-31"), 1) == DAY("2025-02-28")
    assert later(DAY("2024-02-29"), 12) == DAY("2025-02-28")
    assert later(DAY("2025-11-15"), 14) == DAY("2027-01-15")
    assert later(datetime.date.max, 999) == datetime.date.max


# --- Rows on a date --------------------------------------------------------------------------------------------------


def test_a_row_is_overdue_from_the_day_it_is_due(root: Path) -> None:
    told(root, "relu_le: 2025-03-10\n")
    plant = row(read(root), "plantes", "tomate")
    before, on = state(plant, DAY("2026-03-09")), state(plant, DAY("2026-03-10"))
    assert before is not None
    assert on is not None
    assert (before.verified, before.due, before.overdue) == (DAY("2025-03-10"), DAY("2026-03-10"), False)
    assert on.overdue


def test_a_horizon_passes_the_day_after_its_last(root: Path) -> None:
    told(root, "prevu: ../2025\netat: annonce\n")
    plant = row(read(root), "plantes", "tomate")
    states = [state(plant, DAY(day)) for day in ("2025-12-31", "2026-01-01")]
    assert [(s.horizon, s.passed, s.unseen) for s in states if s] == [("2025", False, False), ("2025", True, True)]


def test_what_was_verified_since_is_no_more_to_be_seen(root: Path) -> None:
    told(root, "prevu: 2025\netat: annonce\nrelu_le: 2026-02-01\n")
    found = state(row(read(root), "plantes", "tomate"), DAY("2026-03-01"))
    assert found is not None
    assert (found.passed, found.unseen) == (True, False)


def test_only_what_looks_ahead_has_a_horizon(root: Path) -> None:
    told(root, "prevu: 2025\netat: fait\n")
    found = state(row(read(root), "plantes", "tomate"), DAY("2030-01-01"))
    assert found is not None
    assert (found.ahead, found.horizon, found.passed) == (False, "", False)


def test_an_undated_horizon_never_passes(root: Path) -> None:
    told(root, "prevu: bientôt\netat: annonce\n")
    found = state(row(read(root), "plantes", "tomate"), datetime.date.max)
    assert found is not None
    assert (found.ahead, found.horizon, found.passed) == (True, "", False)


def test_without_condition_only_a_period_looks_ahead(root: Path) -> None:
    replace(root, CONTRACT, "{column: prevu, when: {etat: annonce}}", "{column: prevu}")
    told(root, "prevu: bientôt\n")
    project = read(root)
    found = [state(row(project, "plantes", name), DAY("2026-01-01")) for name in ("tomate", "courge")]
    assert [each.ahead for each in found if each is not None] == [True, False]


def test_other_tables_say_nothing(root: Path) -> None:
    project = read(root)
    assert state(project.catalogue["familles"][0], DAY("2030-01-01")) is None
    assert kept(project.catalogue["familles"][0]) is None


def test_the_check_says_the_same_on_any_day(root: Path) -> None:
    told(root, "prevu: 1990\netat: annonce\nrelu_le: 1990-01-01\n")
    assert read(root).diagnostics == checked_project(copy_base(root.parent / "autre")).diagnostics


# --- Sources ---------------------------------------------------------------------------------------------------------

MANUAL = "  adresse: https://exemple.fr/manuel?page=1&vue=2\n"
DEAD = MANUAL + "  vu_le: 2025-12-01\n  repond: false\n"
COPY = "  copie: https://archives.exemple.fr/manuel\n"


def test_a_dead_address_gives_way_to_its_copy(root: Path) -> None:
    replace(root, BOOKS, MANUAL, DEAD + COPY)
    project = read(root)
    book = row(project, "ouvrages", "manuel")
    assert reachable(book, "adresse") == "https://archives.exemple.fr/manuel"
    assert Citations(project.catalogue, project.settings).row(book).work.url != ""
    listed = sources(project.catalogue, project.catalogue.contracts.resources["plantes"])
    assert listed["Le manuel : semer, planter"]["path"] == "https://archives.exemple.fr/manuel"


def test_a_dead_address_without_a_copy_is_given_nowhere(root: Path) -> None:
    replace(root, BOOKS, MANUAL, DEAD)
    project = read(root)
    listed = sources(project.catalogue, project.catalogue.contracts.resources["plantes"])
    assert "path" not in listed["Le manuel : semer, planter"]


def pages(project: Project, date: str) -> dict[str, str]:
    """The pages, whatever their spaces."""
    made = Pages(project, date).pages((), ())
    return {page.path: page.text.replace("\u00a0", " ").replace("\u202f", " ") for page in made}


def with_page(root: Path) -> None:
    replace(root, CONTRACT, "pages:\n", "pages:\n  - {kind: freshness, path: a-revoir/, title: À revoir}\n")


HOSTILE = '"<img src=x onerror=alert(1)> & « été »"'


def test_pages_say_it_all_on_their_date(root: Path) -> None:
    told(root, "prevu: 2025\netat: annonce\nrelu_le: 2025-03-10\n")
    replace(root, PLANT, "nom: Tomate\n", f"nom: {HOSTILE}\n")
    replace(root, BOOKS, MANUAL, DEAD + COPY + "  lu_le: 2025-01-02\n")
    with_page(root)
    project = read(root)
    early, late = pages(project, "2025-06-01"), pages(project, "2026-06-01")
    assert "Échéance : 2025" in early["plantes/tomate/"]
    assert "à revérifier" not in early["plantes/tomate/"]
    assert "échéance passée : 2025" in late["plantes/tomate/"]
    assert "à revérifier depuis le 10 mars 2026" in late["plantes/tomate/"]
    assert '<div class="attention"><p class="titre">À revérifier</p>' in late["plantes/tomate/"]
    assert "Source consultée le 2 janvier 2025" in late["plantes/tomate/"]
    assert "Au 1er juin 2026" in late["a-revoir/"]
    assert '<span class="adresse-morte">https://exemple.fr/manuel?page=1&amp;vue=2</span>' in late["a-revoir/"]
    assert 'href="https://exemple.fr/manuel' not in "".join(late.values())
    assert 'href="https://archives.exemple.fr/manuel"' in late["a-revoir/"]
    assert all("<img" not in text for text in late.values())


def test_the_same_date_gives_the_same_bytes(root: Path) -> None:
    told(root, "prevu: 2025\netat: annonce\nrelu_le: 2025-03-10\n")
    with_page(root)
    assert pages(read(root), "2026-06-01") == pages(read(root), "2026-06-01")


def test_an_unknown_date_is_said(root: Path) -> None:
    with_page(root)
    made = pages(read(root), "2026-06-01")
    assert "Date de vérification inconnue" in made["plantes/courge/"]
    assert "Vérifications sans date" in made["a-revoir/"]


# --- generator freshness ---------------------------------------------------------------------------------------------


def test_it_tells_what_is_due_and_nothing_else(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in sorted((root / "content/botanique/plantes").glob("*.yaml")):
        told(root, "relu_le: 2026-01-01\n", path.relative_to(root).as_posix())
    arguments = ["freshness", "-C", str(root), "--date"]
    assert cli.main([*arguments, "2026-06-01"]) == 0
    assert capsys.readouterr().out == ""
    assert cli.main([*arguments, "2027-01-01"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Au 1er janvier 2027")
    assert "## À revérifier (3)" in out
    assert "- **Tomate** : vérifié le 1er janvier 2026 (`content/botanique/plantes/tomate.yaml:1:1`)" in out


def test_names_are_only_words(root: Path) -> None:
    replace(root, PLANT, "nom: Tomate\n", 'nom: "À @equipe #12 <b> [x](https://exemple.fr)"\n')
    text = as_markdown(read(root), DAY("2026-06-01"))
    assert "**À @\u2060equipe \\#\u206012 \\<b\\> x**" in text


def test_a_long_list_fits_in_an_issue(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = read(root)
    plant = row(project, "plantes", "tomate")
    many = Due((), (), (), (plant,) * 2_000, ())
    monkeypatch.setattr("generator.commands.freshness.due", lambda catalogue, today: many)
    text = as_markdown(project, DAY("2026-06-01"))
    assert len(text) <= LONGEST
    assert "## Vérifications sans date (2000)" in text
    assert "autres lignes" in text


def test_faulty_content_is_not_told_as_fresh(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told(root, "relu_le: hier\n")
    assert cli.main(["freshness", "-C", str(root), "--date", "2026-06-01"]) == 1
    assert "1 erreur" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "date"), [("", ""), ("0", "x"), ("1767312000", "2026-01-02"), ("9" * 11, "x"), ("hier", "x")]
)
def test_the_date_of_other_programs(text: str, date: str) -> None:
    if date != "x":
        assert source_date({"SOURCE_DATE_EPOCH": text}) == date
        return
    with pytest.raises(Misuse, match="SOURCE_DATE_EPOCH"):
        source_date({"SOURCE_DATE_EPOCH": text})


# --- Fetching --------------------------------------------------------------------------------------------------------


class Server:
    """A server of this machine that gives to each path what the test says, and notes what it is asked."""

    def __init__(self, said: dict[str, bytes]) -> None:
        self.said, self.asked = said, list[str]()
        self.socket = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                taken, _ = self.socket.accept()
            except OSError:
                return
            with taken, taken.makefile("rwb") as stream:
                head = stream.readline().decode()
                host = next((line for line in iter(stream.readline, b"\r\n") if line.lower().startswith(b"host")), b"")
                self.asked.append(f"{head.split(' ')[1]} {host.decode().split(' ')[-1].strip()}")
                stream.write(self.said.get(head.split(" ")[1], b""))

    def dial(self, host: str, number: str, seconds: float) -> socket.socket:
        return socket.create_connection(self.socket.getsockname(), seconds)


def page(status: str, *headers: str) -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, "Content-Length: 0", "", ""]).encode()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server(
        {
            "/la": page("200 OK"),
            "/parti": page("410 Gone"),
            "/perdu": page("404 Not Found"),
            "/refus": page("403 Forbidden"),
            "/panne": page("503 Service Unavailable"),
            "/ailleurs": page("301 Moved Permanently", "Location: /la"),
            "/ailleurs-perdu": page("302 Found", "Location: https://autre.exemple.fr/perdu"),
            "/ouvert": page("302 Found", "Location: http://exemple.fr/la"),
            "/dedans": page("302 Found", "Location: https://dedans.exemple.fr/la"),
            "/boucle": page("302 Found", "Location: /boucle"),
            "/nulle-part": page("302 Found"),
            "/a%20b?c=%C3%A9": page("200 OK"),
            "/faux": b"pas du HTTP\r\n\r\n",
        }
    )
    yield made
    made.socket.close()


def public(host: str) -> Sequence[str]:
    return ["127.0.0.1"] if host.startswith("dedans") else ["203.0.114.7", "8.8.8.8"]


def answer(server: Server, address: str) -> Answer:
    return ask(address, "essai", public, server.dial, 5)


@pytest.mark.parametrize(
    ("path", "state", "why"),
    [
        ("/la", "alive", ""),
        ("/perdu", "dead", "404"),
        ("/parti", "dead", "410"),
        ("/refus", "unknown", "403"),
        ("/panne", "unknown", "503"),
        ("/ailleurs", "alive", ""),
        ("/ailleurs-perdu", "dead", "404"),
        ("/ouvert", "unknown", "https"),
        ("/dedans", "unknown", "privé"),
        ("/boucle", "unknown", "redirections"),
        ("/nulle-part", "unknown", "302"),
        ("/a b?c=é", "alive", ""),
        ("/faux", "unknown", "BadStatusLine"),
        ("/rien", "unknown", "connexion"),
    ],
)
def test_what_a_server_says(server: Server, path: str, state: str, why: str) -> None:
    found = answer(server, f"https://exemple.fr{path}")
    assert found.state == state
    assert why in str(found.why)
    assert len(server.asked) <= fetching.REDIRECTS + 1


@pytest.mark.parametrize(
    "address",
    [
        "http://exemple.fr/la",
        "ftp://exemple.fr/la",
        "file:///etc/passwd",
        "https://moi:secret@exemple.fr/la",
        "https://exemple.fr:8443/la",
        "https:///la",
        "https://exemple.fr:port/la",
        "https://[1/la",
        "https://" + "a" * 70 + ".fr/la",
        "https://exemple.fr/" + "a" * 2_000,
    ],
)
def test_what_is_not_asked(server: Server, address: str) -> None:
    assert answer(server, address).state == "unknown"
    assert server.asked == []


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::1", "fe80::1%eth0", "fd00::1", "::ffff:8.8.8.8", "2002:a00:1::", "64:ff9b::a00:1",
    ],
)  # fmt: skip
def test_no_private_network_is_reached(server: Server, number: str) -> None:
    found = ask("https://exemple.fr/la", "essai", lambda host: ["8.8.8.8", number], server.dial, 5)
    assert (found.state, server.asked) == ("unknown", [])


def test_a_slow_server_is_left() -> None:
    never = threading.Event()

    def slow(host: str) -> Sequence[str]:
        never.wait(30)
        return []

    found = ask("https://exemple.fr/la", "essai", slow, fetching.dialled, 0.05)
    never.set()
    assert found.state == "unknown"


def test_an_unknown_name_proves_nothing(server: Server) -> None:
    def lost(host: str) -> Sequence[str]:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    assert ask("https://exemple.fr/la", "essai", lost, server.dial, 5).state == "unknown"


# --- generator links -------------------------------------------------------------------------------------------------


def run_links(root: Path, monkeypatch: pytest.MonkeyPatch, found: Answer, *options: str) -> int:
    monkeypatch.setattr(fetching, "ask", lambda address, agent: found)
    return cli.main(["links", "-C", str(root), "--date", "2026-06-01", *options])


@pytest.mark.parametrize(("found", "said"), [(Answer("alive"), "true"), (Answer("dead", sentence("x")), "false")])
def test_what_is_sure_is_written_and_nothing_else(
    root: Path, monkeypatch: pytest.MonkeyPatch, found: Answer, said: str
) -> None:
    told(
        root,
        "- id: carnet\n  titre: Un carnet\n  adresse: https://exemple.fr/carnet\n  repond: true\n  vu_le: 2025-01-01\n",
        BOOKS,
    )
    before = (root / BOOKS).read_text(encoding="utf-8")
    assert run_links(root, monkeypatch, found, "--oui") == 0
    after = (root / BOOKS).read_text(encoding="utf-8")
    assert after == before.replace(MANUAL, f"{MANUAL}  vu_le: 2026-06-01\n  repond: {said}\n").replace(
        "  repond: true\n  vu_le: 2025-01-01\n", f"  repond: {said}\n  vu_le: 2026-06-01\n"
    )
    assert not checked_project(root).faulty


def test_what_is_not_sure_changes_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (root / BOOKS).read_bytes()
    found = Answer("unknown", sentence("le serveur répond {status}", status=503))
    assert run_links(root, monkeypatch, found, "--oui") == 0
    assert (root / BOOKS).read_bytes() == before
    assert "on ne sait pas, le serveur répond 503" in capsys.readouterr().out


def test_nothing_is_written_without_agreement(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = (root / BOOKS).read_bytes()
    report = tmp_path / "adresses.md"
    assert run_links(root, monkeypatch, Answer("alive"), "--rapport", str(report)) == 0
    assert (root / BOOKS).read_bytes() == before
    assert "répond" in report.read_text(encoding="utf-8")


def test_a_site_without_vault_asks_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "ask", lambda address, agent: pytest.fail("asked"))
    assert cli.main(["links", "-C", str(copy_base(tmp_path / "projet"))]) == 0
