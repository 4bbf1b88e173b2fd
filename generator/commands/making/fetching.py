"""One address asked of its server, to know whether something is still there: https alone, no machine of a private network, a few
redirects, so many seconds, and nothing of the page itself is read.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, urljoin, urlsplit

from generator.text.interface import NOTHING, Sentence, sentence

SECONDS = 20.0  # for an address, its redirects included
REDIRECTS = 5
LONGEST = 2_000  # characters of an address
PORT = 443
# RFC 9110, 15.5.5 and 15.5.11: nothing is there. Other refusals say nothing of whether the page exists.
GONE = (404, 410)
MOVED = (301, 302, 303, 307, 308)

Resolve = Callable[[str], Sequence[str]]
Dial = Callable[[str, str, float], socket.socket]


@dataclass(frozen=True, slots=True)
class Answer:
    """What asking for an address gave: something answers, nothing is there any more (`dead`), or nobody knows, and `why`."""

    state: Literal["alive", "dead", "unknown"]
    why: Sentence = NOTHING


class _Refused(Exception):
    """An address that is not asked for."""

    def __init__(self, told: Sentence) -> None:
        super().__init__()
        self.told = told


def resolved(host: str) -> Sequence[str]:
    """The numerical addresses of a host."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, PORT, type=socket.SOCK_STREAM)]


def dialled(host: str, number: str, seconds: float) -> socket.socket:
    """A connection to a host at one of its numerical addresses, its certificate verified."""
    raw = socket.create_connection((number, PORT), seconds)
    try:
        return ssl.create_default_context().wrap_socket(raw, server_hostname=host)
    except BaseException:
        raw.close()
        raise


def ask(
    address: str, agent: str, resolve: Resolve = resolved, dial: Dial = dialled, seconds: float = SECONDS
) -> Answer:
    """Whether something is at an address. `agent`: who asks, for the server. Nothing raises, and nothing lasts longer than said."""
    found: list[Answer] = []
    asking = threading.Thread(target=lambda: found.append(_asked(address, agent, resolve, dial, seconds)), daemon=True)
    asking.start()
    asking.join(seconds)
    late = sentence("pas de réponse en {seconds} secondes", seconds=round(seconds))
    return found[0] if found else Answer("unknown", late)


def _asked(address: str, agent: str, resolve: Resolve, dial: Dial, seconds: float) -> Answer:
    try:
        for _ in range(REDIRECTS + 1):
            status, onward = _once(address, agent, resolve, dial, seconds)
            if status not in MOVED or not onward:
                return _read(status)
            address = urljoin(address, onward)
        return Answer("unknown", sentence("plus de {count} redirections", count=REDIRECTS))
    except _Refused as refused:
        return Answer("unknown", refused.told)
    except socket.gaierror:
        return Answer("unknown", sentence("ce nom de serveur n’est pas connu"))
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Answer("unknown", sentence("la connexion échoue ({name})", name=type(error).__name__))


def _read(status: int) -> Answer:
    """What a status says: below 300, something is there (RFC 9110, 15.3)."""
    if status in GONE:
        return Answer("dead", sentence("le serveur répond {status}", status=status))
    return (
        Answer("alive")
        if 200 <= status < 300
        else Answer("unknown", sentence("le serveur répond {status}", status=status))
    )


def _once(address: str, agent: str, resolve: Resolve, dial: Dial, seconds: float) -> tuple[int, str]:
    """The status that a server gives, and where it sends to."""
    host, path = _parts(address)
    connection = http.client.HTTPSConnection(host, timeout=seconds)
    connection.sock = _connected(host, _public(host, resolve), dial, seconds)
    try:
        connection.request("GET", path, headers={"User-Agent": agent, "Accept": "*/*", "Connection": "close"})
        response = connection.getresponse()
        return response.status, response.getheader("location") or ""
    finally:
        connection.close()


def _parts(address: str) -> tuple[str, str]:
    """The host and the path of an address that may be asked for, in ASCII."""
    parts = urlsplit(address)
    if parts.scheme != "https" or len(address) > LONGEST:
        raise _Refused(sentence("seules les adresses https:// sont demandées"))
    if parts.username is not None or parts.port not in (None, PORT) or not parts.hostname:
        raise _Refused(sentence("l’adresse a un nom d’utilisateur ou un port"))
    host = parts.hostname.encode("idna").decode()
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return host, f"{path}?{query}" if query else path


def _public(host: str, resolve: Resolve) -> Sequence[str]:
    """The numerical addresses of a host, each once, all public."""
    numbers = list(dict.fromkeys(resolve(host)))
    if not numbers or not all(_is_public(number) for number in numbers):
        raise _Refused(sentence("ce serveur est sur un réseau privé"))
    return numbers


def _connected(host: str, numbers: Sequence[str], dial: Dial, seconds: float) -> socket.socket:
    """A connection to the first of these numerical addresses that takes one: not to one that a second look-up would give."""
    for number in numbers[:-1]:
        try:
            return dial(host, number, seconds)
        except OSError:
            continue
    return dial(host, numbers[-1], seconds)


def _is_public(number: str) -> bool:
    """Whether a numerical address is one of the public network; those of IPv6 that hold one of IPv4 are refused."""
    found = ipaddress.ip_address(number.partition("%")[0])
    inner = isinstance(found, ipaddress.IPv6Address) and (
        found.ipv4_mapped is not None
        or found.sixtofour is not None
        or found.teredo is not None
        or found in ipaddress.ip_network("64:ff9b::/96")
    )
    return found.is_global and not found.is_multicast and not inner
