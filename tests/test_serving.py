"""What `serve` answers: this machine only, the files of the site only, ranges of bytes, and a sentence to whatever is odd."""

from __future__ import annotations

import json
import os
import socket
import threading
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesParser
from pathlib import Path

import pytest

from generator.commands.making import server
from generator.commands.making.rounds import Changes
from generator.layout import MACHINE
from generator.site.board import Board
from generator.site.serving import Server, asked, is_local

PAGE = "<!doctype html><title>é</title><body>été</body>"
CALL = '<script src="/__panneau.js"></script>'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a site, and beside it what must not be served."""
    root = tmp_path / "projet"
    (root / "site" / "été").mkdir(parents=True)
    (root / "site" / "vide").mkdir()
    (root / "site" / "index.html").write_text(PAGE, encoding="utf-8")
    (root / "site" / "été" / "index.html").write_text(PAGE, encoding="utf-8")
    (root / "site" / "404.html").write_text("<body>introuvable</body>", encoding="utf-8")
    (root / "site" / "dix.bin").write_bytes(b"0123456789")
    (root / "site" / "rien.txt").write_bytes(b"")
    (root / "secret.txt").write_text("secret", encoding="utf-8")
    (tmp_path / "dossier").mkdir()
    (tmp_path / "dossier" / "index.html").write_text("secret", encoding="utf-8")
    return root


@pytest.fixture
def board() -> Board:
    return Board()


@pytest.fixture
def port(project: Path, board: Board) -> Iterator[int]:
    """The server, in this process: what it prints is seen."""
    made = Server(project, board, 0)
    thread = threading.Thread(target=made.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield made.server_port
    made.shutdown()
    made.server_close()
    thread.join()


def raw(port: int, request: bytes) -> bytes:
    """Everything that is answered to these bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        try:
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: connection.recv(65536), b""))
        except ConnectionError:
            return b""


def ask(port: int, path: str, method: str = "GET", **headers: str) -> tuple[int, Message, bytes]:
    """Status, headers and body of an answer."""
    lines = {"Host": f"127.0.0.1:{port}"} | {name.replace("_", "-"): value for name, value in headers.items()}
    told = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value)
    answer = raw(port, f"{method} {path} HTTP/1.1\r\n{told}\r\n".encode("latin-1"))
    head, _, body = answer.partition(b"\r\n\r\n")
    status, _, fields = head.partition(b"\r\n")
    return int(status.split()[1]), BytesParser().parsebytes(fields + b"\r\n\r\n"), body


# --- pages and files ---


def test_a_page_is_sent_with_what_reloads_it(port: int) -> None:
    status, headers, body = ask(port, "/")
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert body.decode() == PAGE.replace("</body>", f"{CALL}</body>")
    assert int(headers["Content-Length"]) == len(body)
    assert ask(port, "/%C3%A9t%C3%A9/?a=b")[2] == body
    assert b"location.reload" in ask(port, "/__panneau.js")[2]
    assert ask(port, "/__panneau.css")[1]["Content-Type"] == "text/css; charset=utf-8"


def test_a_folder_leads_to_its_page_and_is_never_listed(port: int) -> None:
    status, headers, _ = ask(port, "/%C3%A9t%C3%A9")
    assert (status, headers["Location"]) == (301, "/%C3%A9t%C3%A9/")
    assert ask(port, "/vide")[0] == 301
    assert ask(port, "/vide/")[0] == 404


def test_what_is_missing_has_the_page_of_the_site(port: int, project: Path) -> None:
    status, _, body = ask(port, "/nulle-part/")
    assert (status, body.decode()) == (404, f"<body>introuvable{CALL}</body>")
    (project / "site" / "404.html").unlink()
    status, headers, body = ask(port, "/nulle-part/")
    assert (status, headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert f"<p>Pas encore de site.</p>{CALL}</body>" in body.decode()
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self';")


def test_head_sends_no_body(port: int) -> None:
    for path in ("/", "/dix.bin", "/nulle-part/"):
        status, headers, body = ask(port, path, "HEAD")
        again, full, whole = ask(port, path)
        assert (status, headers["Content-Length"], body) == (again, full["Content-Length"], b"")
        assert int(full["Content-Length"]) == len(whole)


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "FOO", "get", "__init__"]
)
def test_only_get_and_head_are_served(port: int, method: str) -> None:
    status, headers, body = ask(port, "/", method)
    assert (status, headers["Allow"]) == (405, "GET, HEAD")
    assert body.decode() == "Seuls GET et HEAD sont servis."


# --- who asks ---


def test_only_the_names_of_this_machine_are_answered(port: int) -> None:
    for name in ("127.0.0.1", "localhost", "LocalHost", "[::1]"):
        assert ask(port, "/dix.bin", Host=f"{name}:{port}")[0] == 200
    refused = [
        *("evil.example", f"evil.example:{port}", f"127.0.0.1.evil.example:{port}", f"localhost.:{port}", "localhost"),
        *("127.0.0.1", f"127.0.0.1:{port + 1}", f"127.0.0.2:{port}", f"0.0.0.0:{port}", f"[::]:{port}", f"::1:{port}"),
        *(f"user@localhost:{port}", f"localhost:{port}:{port}", f"localhost:0{port}", ":", "", "localhost:"),
    ]
    for host in refused:
        for path in ("/", "/dix.bin", "/__etat", "/__panneau.js"):
            status, _, body = ask(port, path, Host=host)
            assert status == 421, host
            assert "ne répond qu’aux adresses de cette machine" in body.decode()
    twice = raw(port, f"GET / HTTP/1.1\r\nHost: localhost:{port}\r\nHost: evil.example\r\n\r\n".encode())
    assert b" 421 " in twice.splitlines()[0]


def test_the_port_of_http_goes_without_saying() -> None:
    assert is_local(["localhost"], 80)
    assert is_local(["[::1]"], 80)
    assert not is_local(["localhost"], 8000)
    assert not is_local([], 80)


# --- never outside ---

ESCAPES = [
    *("/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/%2e%2e%2fsecret.txt", "/a/../../secret.txt"),
    *("/..\\secret.txt", "/..%5csecret.txt", "/%252e%252e/secret.txt", "//secret.txt", "/./../secret.txt", "/.."),
    *(
        "/dix.bin%00",
        "/%00",
        "/dix.bin/",
        "/dix.bin/x",
        "/%ff",
        "/C:/secret.txt",
        "/été/../../secret.txt",
        "*",
        "secret.txt",
    ),
    *("/lien.txt", "/lien", "/lien/", "/lien/index.html", "/site", "/perdu", "/boucle", "/" + "a" * 5000, "/tube"),
    "http://127.0.0.1/dix.bin",
]


@pytest.mark.parametrize("path", ESCAPES, ids=lambda path: path[:40])
def test_nothing_outside_the_site_is_served(port: int, project: Path, path: str) -> None:
    (project / "site" / "lien.txt").symlink_to("../secret.txt")
    (project / "site" / "lien").symlink_to(project.parent / "dossier")
    (project / "site" / "perdu").symlink_to("absent")
    (project / "site" / "boucle").symlink_to("boucle")
    os.mkfifo(project / "site" / "tube")
    for method in ("GET", "HEAD"):
        status, _, body = ask(port, path.encode().decode("latin-1"), method)
        assert status == 404
        assert b"secret" not in body


def test_a_site_that_is_a_link_is_not_served(port: int, project: Path) -> None:
    (project / "site").rename(project / "autre")
    (project / "site").symlink_to("autre")
    for path in ("/", "/dix.bin", "/404.html", "/nulle-part/"):
        status, _, body = ask(port, path)
        assert status == 404
        assert "<p>Pas encore de site.</p>" in body.decode()


def test_addresses() -> None:
    assert asked("/") == "index.html"
    assert asked("/a/b/?x#y") == "a/b/index.html"
    assert asked("/a%C3%A9") == "aé"
    assert asked("/%e9") is None
    assert asked("a") is None


def test_nothing_is_watched_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "datapackages").symlink_to("content")
    (tmp_path / "mkdocs.yml").symlink_to("content")
    assert server.watched(tmp_path) == [tmp_path / "content"]


def test_the_folder_of_large_tables_is_watched(tmp_path: Path) -> None:
    settings = "site_name: Essai\nextra: {publication: {grandes_tables: donnees}}\n"
    (tmp_path / "mkdocs.yml").write_text(settings, encoding="utf-8")
    (tmp_path / "donnees").mkdir()
    assert server.watched(tmp_path) == [tmp_path / "mkdocs.yml", tmp_path / "donnees"]


# --- ranges ---


@pytest.mark.parametrize(
    ("wanted", "body", "told"),
    [
        ("bytes=0-0", b"0", "bytes 0-0/10"),
        ("bytes=2-4", b"234", "bytes 2-4/10"),
        ("bytes=7-", b"789", "bytes 7-9/10"),
        ("bytes=-3", b"789", "bytes 7-9/10"),
        ("bytes=-99", b"0123456789", "bytes 0-9/10"),
        ("bytes=5-99", b"56789", "bytes 5-9/10"),
    ],
)
def test_a_range_of_bytes(port: int, wanted: str, body: bytes, told: str) -> None:
    status, headers, got = ask(port, "/dix.bin", Range=wanted)
    assert (status, got, headers["Content-Range"]) == (206, body, told)
    assert headers["Content-Length"] == str(len(body))
    status, headers, got = ask(port, "/dix.bin", "HEAD", Range=wanted)
    assert (status, headers["Content-Length"], headers["Accept-Ranges"], got) == (200, "10", "bytes", b"")


@pytest.mark.parametrize(
    "wanted",
    ["", "bytes=", "bytes=-", "bytes=a-b", "bytes=4-2", "bytes=0-1,3-4", "lignes=0-1", "bytes=٣-٤", "bytes 0-1"],
)
def test_what_is_not_one_range_is_all(port: int, wanted: str) -> None:
    status, headers, body = ask(port, "/dix.bin", Range=wanted.encode().decode("latin-1"))
    assert (status, body, headers["Content-Range"]) == (200, b"0123456789", None)


@pytest.mark.parametrize("wanted", ["bytes=10-", "bytes=10-12", "bytes=-0", "bytes=" + "9" * 5000 + "-"])
def test_a_range_that_is_not_there(port: int, wanted: str) -> None:
    status, headers, body = ask(port, "/dix.bin", Range=wanted)
    assert (status, headers["Content-Range"]) == (416, "bytes */10")
    assert body.decode() == "Ce fichier n’a pas ces octets."


def test_a_range_of_a_page_counts_what_is_sent(port: int) -> None:
    whole = ask(port, "/")[2]
    assert ask(port, "/", Range="bytes=10-")[2] == whole[10:]


def test_a_range_holds_only_for_the_same_file(port: int, project: Path) -> None:
    headers = ask(port, "/dix.bin")[1]
    for validator in (headers["ETag"], headers["Last-Modified"]):
        assert ask(port, "/dix.bin", Range="bytes=1-2", If_Range=validator)[0] == 206
    for validator in ('"autre"', "W/" + headers["ETag"], "Thu, 01 Jan 1970 00:00:00 GMT", "x"):
        assert ask(port, "/dix.bin", Range="bytes=1-2", If_Range=validator)[0] == 200
    (project / "site" / "dix.bin").write_bytes(b"abcdefghijk")
    assert ask(port, "/dix.bin", Range="bytes=1-2", If_Range=headers["ETag"])[0] == 200


# --- odd requests ---

ODD = {
    b"": None,
    b"\r\n": None,
    b"\0\r\n\r\n": 400,
    b"GET\r\n\r\n": 400,
    b"GET /\r\n\r\n": 421,
    b"POST /\r\n\r\n": 400,
    b"GET / HTTP/x.y\r\n\r\n": 400,
    b"GET / HTTP/1.999999999999999\r\n\r\n": 400,
    b"GET / HTTP/3.0\r\n\r\n": 505,
    b"GET / a b c HTTP/1.1\r\n\r\n": 400,
    b"\xff\xfe\xfd / HTTP/1.1\r\n\r\n": 405,
    b"GET / HTTP/1.1\r\nHost\r\n\r\n": 421,
    b"GET / HTTP/1.1\r\nHost: \xff\r\n\r\n": 421,
    b"GET / HTTP/1.1\r\n\xff\r\n\r\n": 421,
    b"GET / HTTP/1.1\r\n: x\r\n\r\n": 421,
    b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n": 414,
    b"GET / HTTP/1.1\r\nX: " + b"a" * 70_000 + b"\r\n\r\n": 431,
    b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 200 + b"\r\n": 431,
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03": 400,  # TLS
}


@pytest.mark.parametrize("request_", ODD, ids=lambda data: repr(data[:30]))
def test_an_odd_request_has_a_sentence_and_no_traceback(
    port: int, request_: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    answer = raw(port, request_)
    expected = ODD[request_]
    if expected is None:
        assert answer == b""
    elif answer or len(request_) < 60_000:  # the connection may close before all of a long request is sent
        assert answer.startswith(f"HTTP/1.0 {expected} ".encode()), answer[:60]
    assert ask(port, "/dix.bin")[0] == 200
    assert capfd.readouterr() == ("", "")


def test_a_client_that_goes_away_is_no_event(port: int, project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (project / "site" / "gros.bin").write_bytes(bytes(5_000_000))
    for _ in range(3):
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(f"GET /gros.bin HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n".encode())
            connection.recv(10)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    assert ask(port, "/dix.bin")[0] == 200
    assert capfd.readouterr() == ("", "")


# --- what open pages are told ---


def test_a_page_is_told_what_it_has_not_seen(port: int, board: Board) -> None:
    status, headers, body = ask(port, "/__etat")
    state = json.loads(body)
    assert (status, headers["Content-Type"]) == (200, "application/json")
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    status, _, body = ask(port, f"/__etat?{state['mark']}")
    assert (status, body) == (204, b"")
    board.tell("fault", "1 erreur", {"summary": "</script> \ud800"})
    after = json.loads(ask(port, f"/__etat?{state['mark']}")[2])
    assert (after["kind"], after["text"]) == ("fault", "1 erreur")
    assert after["report"]["summary"].startswith("</script> ")
    assert after["site"] == state["site"]
    assert after["messages"] != state["messages"]
    board.published()
    board.tell("calm", "À jour")
    last = json.loads(ask(port, f"/__etat?{after['mark']}")[2])
    assert last["site"] != state["site"]
    assert (last["messages"], last["report"]) == (after["messages"], after["report"])


def test_a_page_is_told_of_the_sites_in_which_it_changed(port: int, board: Board) -> None:
    def seen(page: str = "") -> str:
        return json.loads(ask(port, f"/__etat{page}")[2])["site"].rpartition("-")[2]

    board.published()
    assert (seen("/%C3%A9t%C3%A9/"), seen("/"), seen()) == ("1", "1", "1")
    board.published(["été/index.html", "sitemap.xml"])
    assert (seen("/%C3%A9t%C3%A9/"), seen("/%C3%A9t%C3%A9"), seen("/"), seen()) == ("2", "2", "1", "2")
    board.published(["404.html"])
    assert seen("/") == "1", "who is at an address that is missing waits for its page"
    board.published(["assets/couleurs.css"])
    assert (seen("/%C3%A9t%C3%A9/"), seen("/")) == ("4", "4"), "any page may have this style sheet"


def test_the_pages_that_ask_are_those_that_are_open() -> None:
    now = [0.0]
    board = Board(lambda: now[0])
    for page in ("index.html", "été/index.html"):
        board.since("", page)
        now[0] += 4.0
    board.since("")
    assert board.looked() == ["été/"]
    for number in range(1000):
        board.since("", f"{number}/index.html")
    assert len(board.looked()) == 20
    assert len(board._asked) <= 200


def test_two_servers_never_tell_the_same_state() -> None:
    assert json.loads(Board().since(""))["mark"] != json.loads(Board().since(""))["mark"]


def test_a_change_of_our_code_is_known_from_those_of_a_project(tmp_path: Path) -> None:
    changes = Changes(0)
    changes.note(str(tmp_path / "generator" / "x.py"), str(MACHINE / "templates" / "record.html"))
    assert changes.wait(0)
    assert not changes.code
    assert not changes.wait(0)
    changes.note(str(tmp_path / "tampon"), str(MACHINE / "layout.py"))
    assert changes.code
