"""The command line: parses, calls one command, tells what is wrong with its use. A command is a file of this folder. Exit
codes: 0 clean or warnings, 1 faults in the content or a machine that refuses to write, 2 wrong use, 128 and a number when a
signal asked to stop; a fault of ours is a traceback.
"""

from __future__ import annotations

import gc
import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from generator import commands
from generator.commands import signals
from generator.commands.usage import ROOT, Group, misuse
from generator.contracts.language import language_of
from generator.diagnostics.wording import MACHINE, reason
from generator.text.characters import on_one_line
from generator.text.interface import say, sentence
from generator.text.language import speak


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    arguments = sys.argv[1:] if arguments is None else arguments
    speak(language_of(_asked_root(arguments)))
    gc.disable()  # a short-lived process whose data has no cycles worth collecting; `serve` puts it back
    try:
        return int(group(*arguments[:1]).main(arguments, prog_name="generator", standalone_mode=False) or 0)
    except click.UsageError as error:
        if error.ctx is not None:
            click.echo(error.ctx.get_usage(), err=True)
        click.echo(on_one_line(misuse(error)), err=True)
        return 2
    except (KeyboardInterrupt, click.Abort) as error:
        stopped = error.__cause__ if isinstance(error, click.Abort) else error
        click.echo("\n" + say("Interrompu : {state}.", state=_state(stopped)), err=True)
        return signals.exit_code(stopped)
    except OSError as error:
        if error.errno not in MACHINE:
            raise
        message = "Impossible d’écrire ({reason}) : {state}. Libérez de la place ou vérifiez vos droits."
        if error.filename:
            message = "Impossible d’écrire {path} ({reason}) : {state}. Libérez de la place ou vérifiez vos droits."
        path = os.fsdecode(error.filename or "")
        click.echo(say(message, path=path, reason=reason(error), state=_state(error)), err=True)
        return 1


def _asked_root(arguments: Sequence[str]) -> Path:
    """The root of the project that a command is asked about, before anything is parsed."""
    for place, word in enumerate(arguments[:-1]):
        if word in ROOT.opts:
            return Path(arguments[place + 1])
    return Path()


def _state(error: BaseException | None) -> str:
    """What was replaced before an error: what the command noted on it, or nothing."""
    return "\u202f; ".join(getattr(error, "__notes__", ())) or say("rien n’a été remplacé")


def group(asked: str = "") -> Group:
    """Every command of the folder, by its name, or the one that is `asked` for, when its file has that name: others are slow to read. What
    is slowest is in making/.
    """
    top = Group("generator", sentence("Des fiches YAML aux jeux de données ouverts et au site."))
    names = [found.name for found in pkgutil.iter_modules(commands.__path__) if not found.ispkg]
    for name in [asked] if asked in names else names:
        command = getattr(importlib.import_module(f"generator.commands.{name}"), "command", None)
        if command is not None:
            top.add_command(command)
    return top if top.commands else group()
