"""How commands are written and how wrong use is told, in our sentences: click's classes, with our help and typed errors."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from generator.diagnostics.suggestions import nearest
from generator.layout import EARLIEST, LATEST
from generator.site.engine import ENGINES
from generator.text.interface import Sentence, phrase, say, sentence

HELP = ("-h", "--help")


class Misuse(click.UsageError):
    """A wrong use that click has no type for; the sentence says what is wrong."""

    def __init__(self, told: Sentence, ctx: click.Context | None = None) -> None:
        super().__init__(str(told), ctx)
        self.told = told


class Option(click.Option):
    """An option, and the sentence that says what it is for."""

    def __init__(
        self, names: Sequence[str], told: Sentence, *, type: click.ParamType[Any] | None = None, **more: Any
    ) -> None:
        super().__init__(names, type=type, **more)
        self.told = told


class Command(click.Command):
    """A command whose help is in our sentences."""

    def __init__(self, name: str, run: Callable[..., object], text: str, *options: click.Parameter) -> None:
        super().__init__(name, callback=run, params=[ROOT, *options])
        self.told = sentence(text)
        self.context_settings = {"help_option_names": HELP, "allow_extra_args": True}

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the command does."""
        self.help = str(self.told)
        super().format_help_text(ctx, formatter)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse; an argument that nothing takes has its own sentence."""
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise
        if rest:
            raise Misuse(sentence("argument inconnu : {text}", text=" ".join(rest)), ctx)
        return rest

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """« -h », in our words."""
        return _told_help(super().get_help_option(ctx))

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """« usage : generator build [-C DOSSIER]… »"""
        params = self.get_params(ctx)
        pieces = [_written(p) if isinstance(p, click.Argument) and p.required else f"[{_written(p)}]" for p in params]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=say("usage : "))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Each argument and each option, and what it does."""
        arguments = [(_written(p), str(p.told)) for p in self.get_params(ctx) if isinstance(p, Argument)]
        rows = [(_written(p, ", "), _told(p)) for p in self.get_params(ctx) if isinstance(p, click.Option)]
        if arguments:
            with formatter.section(say("arguments")):
                formatter.write_dl(arguments)
        with formatter.section(say("options")):
            formatter.write_dl(rows)


class Argument(click.Argument):
    """A word after the name of a command, in its place; `told` says what it is."""

    def __init__(self, name: str, told: Sentence, required: bool = True, nargs: int = 1) -> None:
        super().__init__([name], required=required, nargs=nargs, metavar=name.upper())
        self.told = told


class Group(click.Group):
    """The commands, in our sentences."""

    def __init__(self, name: str, told: Sentence) -> None:
        super().__init__(name, help=str(told))
        self.no_args_is_help = False
        self.context_settings = {"help_option_names": HELP}

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is asked for."""
        if args and self.get_command(ctx, args[0]) is None:
            choices = self.list_commands(ctx)
            near, message = nearest(args[0], choices), "la commande « {name} » n’existe pas (commandes : {choices})"
            if near:
                message = "la commande « {name} » n’existe pas, peut-être {near} (commandes : {choices})"
            raise Misuse(sentence(message, name=args[0], near=near, choices=", ".join(choices)), ctx)
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse; that no command is asked for has its own sentence."""
        if not args:
            raise Misuse(sentence("il manque : COMMANDE ({choices})", choices=", ".join(self.list_commands(ctx))), ctx)
        return super().parse_args(ctx, args)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """« -h », in our words."""
        return _told_help(super().get_help_option(ctx))

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """« usage : generator [-h] COMMANDE… »"""
        formatter.write_usage(ctx.command_path, say("[-h] COMMANDE …"), prefix=say("usage : "))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Each command and what it does, then the options."""
        found = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section(say("commandes")):
            formatter.write_dl([(name, str(command.told)) for name, command in found if isinstance(command, Command)])
        with formatter.section(say("options")):
            formatter.write_dl([(", ".join(HELP), say("affiche cette aide"))])


def _told_help(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = say("affiche cette aide")
    return option


def _told(option: click.Option) -> str:
    return str(option.told) if isinstance(option, Option) else option.help or ""


def _written(param: click.Parameter, between: str = "") -> str:
    """`-C DOSSIER`, or all the names of an option; the word that stands for an argument."""
    shown = phrase(param.metavar) if param.metavar else ""
    if isinstance(param, click.Argument):
        return shown + "…" * (param.nargs < 0)
    names = between.join(param.opts) if between else param.opts[0]
    takes_none = isinstance(param, click.Option) and (param.is_flag or param.is_eager)
    return names if takes_none else f"{names} {shown}".rstrip()


def misuse(error: click.UsageError) -> str:
    """What is wrong with the use of a command, in one sentence."""
    if isinstance(error, click.NoSuchOption):
        near = nearest(error.option_name, error.possibilities or ())
        if near:
            return say("argument inconnu : {text} (peut-être {near})", text=error.option_name, near=near)
        return say("argument inconnu : {text}", text=error.option_name)
    if isinstance(error, click.BadOptionUsage):
        command = error.ctx.command if error.ctx is not None else None
        taken = next((p for p in command.params if error.option_name in p.opts), None) if command is not None else None
        if isinstance(taken, click.Option) and taken.is_flag:
            return say("{name} n’attend pas de valeur", name=error.option_name)
        return say("{name} attend une valeur", name=error.option_name)
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return say("il manque : {names}", names=_written(error.param))
    return str(error.message)


class Choice(click.ParamType[str]):
    """One of a few words."""

    name = "choice"

    def __init__(self, choices: Iterable[str]) -> None:
        self.choices = tuple(choices)

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word itself."""
        if value not in self.choices:
            message = "{name} : « {text} » n’est pas possible (choix : {choices})"
            raise Misuse(sentence(message, name=_name(param), text=value, choices=", ".join(self.choices)), ctx)
        return value


class Folder(click.ParamType[Path]):
    """A folder that exists."""

    name = "folder"

    def convert(self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The folder as a path."""
        path = Path(value)
        if path.is_dir():
            return path
        exists = "{name} : « {path} » n’est pas un dossier"
        absent = "{name} : le dossier « {path} » n’existe pas"
        raise Misuse(sentence(exists if path.exists() else absent, name=_name(param), path=value), ctx)


class Port(click.ParamType[int]):
    """A port of this machine."""

    name = "port"

    def convert(self, value: str | int, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The port as a number."""
        text = str(value)
        if text.isdecimal() and int(text) < 65_536:
            return int(text)
        raise Misuse(sentence("{name} : « {text} » n’est pas un port, de 0 à 65535", name=_name(param), text=text), ctx)


class Date(click.ParamType[str]):
    """A date AAAA-MM-JJ that an archive can hold."""

    name = "date"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The date as it is written."""
        try:
            if re.fullmatch(r"\d{4}-\d\d-\d\d", value) and EARLIEST <= value <= LATEST:
                return datetime.date.fromisoformat(value).isoformat()
        except ValueError:
            pass
        message = "{name} : « {text} » n’est pas une date AAAA-MM-JJ, du {earliest} au {latest}"
        raise Misuse(sentence(message, name=_name(param), text=value, earliest=EARLIEST, latest=LATEST), ctx)


def _name(param: click.Parameter | None) -> str:
    return "/".join(param.opts) if param is not None else ""


ROOT = Option(
    ["-C", "--racine", "root"], sentence("racine du projet (par défaut : le dossier courant)"),
    type=Folder(), default=Path(), metavar="DOSSIER",
)  # fmt: skip


def engine_option() -> Option:
    """Which engine makes the site."""
    told = sentence("moteur du site : {choices} (par défaut : {first})", choices=", ".join(ENGINES), first=ENGINES[0])
    return Option(["--engine"], told, type=Choice(ENGINES), default=ENGINES[0], metavar="MOTEUR")


YES = Option(["--oui", "yes"], sentence("écrit sans demander"), is_flag=True)
