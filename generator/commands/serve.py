"""`generator serve`: the site on this machine, made again at each change."""

from __future__ import annotations

import gc
from pathlib import Path

from generator.commands.usage import Command, Option, Port, engine_option
from generator.text.interface import sentence


def run(root: Path, engine: str, port: int) -> int:
    """Serve until interrupted."""
    from generator.commands.making.server import serve

    gc.enable()  # a process that lasts; suspended during a check
    return serve(root, engine, port)


command = Command(
    "serve",
    run,
    "Montre le site sur cette machine et le reconstruit à chaque enregistrement.",
    engine_option(),
    Option(["--port"], type=Port(), default=8000, metavar="PORT", told=sentence("port local (par défaut : 8000)")),
)
