"""The command line: parses, calls one command, tells what is wrong with its use. A command is a file of this folder. Exit
codes: 0 clean or warnings, 1 faults in the content, 2 wrong use; a fault of ours is a traceback.
"""

from __future__ import annotations

import errno
import gc
import importlib
import pkgutil
import re
import sys
from collections.abc import Sequence

import click

from generator import commands
from generator.commands.usage import Group, misuse
from generator.diagnostics.wording import reason
from generator.text.characters import on_one_line
from generator.text.interface import say


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    gc.disable()  # a short-lived process whose data has no cycles worth collecting; `serve` puts it back
    try:
        return int(group().main(arguments, prog_name="generator", standalone_mode=False) or 0)
    except click.UsageError as error:
        if error.ctx is not None:
            click.echo(error.ctx.get_usage(), err=True)
        click.echo(on_one_line(misuse(error)), err=True)
        return 2
    except (KeyboardInterrupt, click.Abort):
        click.echo("\n" + say("Interrompu : rien n’a été remplacé."), err=True)
        return 130
    except OSError as error:
        found = re.search(r"\[Errno ([0-9]+)\]", str(error))  # shutil gathers several in one that has no number
        number = error.errno or (int(found[1]) if found else 0)
        if number not in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES):
            raise
        message = "Impossible d’écrire ({reason}) : rien n’a été remplacé. Libérez de la place ou vérifiez vos droits."
        click.echo(say(message, reason=reason(OSError(number, ""))), err=True)
        return 1


def group() -> Group:
    """Every command of the folder, by its name; the guide is tested against it. What is slow to import is in making/."""
    top = Group("generator", help=say("Des fiches YAML aux jeux de données ouverts et au site."))
    for module in (found for found in pkgutil.iter_modules(commands.__path__) if not found.ispkg):
        command = getattr(importlib.import_module(f"generator.commands.{module.name}"), "command", None)
        if command is not None:
            top.add_command(command)
    return top
