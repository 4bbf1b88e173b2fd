"""What a page may load and run, said in the page itself: hosts of static files let no one set headers.

Our pages hold no inline script or style: the policy is one constant, and code smuggled into a text stays dead. The page
for missing addresses carries its own, as it cannot know where the site's files are: there, and only there, what the
theme wrote is allowed by its hash.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator

from generator.site import html
from generator.site.links import Finding
from generator.text.interface import say

SELF_CONTAINED = "404.html"
SEARCH_SCRIPT = "assets/recherche.js"

_CHARSET = re.compile(rb"<meta\s+charset=[\"']?utf-8[\"']?\s*/?>", re.IGNORECASE)
_HEAD = re.compile(rb"<head(?:\s[^<>]*)?>", re.IGNORECASE)
_DECLARED = re.compile(rb"<meta\s+http-equiv=[\"']?Content-Security-Policy", re.IGNORECASE)
_REFERRER = '<meta name="referrer" content="no-referrer">'


def declared(name: str, data: bytes, page: html.Parsed) -> tuple[bytes | None, list[Finding]]:
    """A page with its policy, None where it has it already or cannot have it, and what is wrong: what the policy will stop."""
    findings = list(stopped(name, page))
    head = _HEAD.search(data)
    charset = _CHARSET.search(data, head.end()) if head else None
    if charset is None:
        reason = say("page sans encodage déclaré, où la politique prend place")
        return None, [*findings, Finding(name, 0, "<meta charset>", reason)]
    if page.policed and _DECLARED.search(data, charset.end()):
        return None, findings
    metas = f'<meta http-equiv="Content-Security-Policy" content="{policy(name, page)}">{_REFERRER}'
    return b"".join((data[: charset.end()], metas.encode(), data[charset.end() :])), findings


def stopped(name: str, page: html.Parsed) -> Iterator[Finding]:
    """What the policy of a page will stop: code and style that are written in it."""
    for part in page.inline if name != SELF_CONTAINED else ():
        reason = say("{kind} en ligne : la politique de sécurité l’arrêtera", kind=part.kind)
        yield Finding(name, part.line, part.text.strip()[:80], reason)


def policy(name: str, page: html.Parsed) -> str:
    """The Content-Security-Policy of one page. WebAssembly, which the search runs on, is for the search page only."""
    scripts, styles = ["'self'"], ["'self'"]
    if name == SELF_CONTAINED:
        scripts += [_hash(part.text) for part in page.inline if part.kind == "script"]
        styles += [_hash(part.text) for part in page.inline if part.kind == "style"]
    if any(link.element == "script" and link.url.endswith(SEARCH_SCRIPT) for link in page.links):
        scripts.append("'wasm-unsafe-eval'")
    directives = (
        "default-src 'none'",
        f"script-src {' '.join(scripts)}",
        f"style-src {' '.join(styles)}",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
    )
    return "; ".join(directives)


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
