"""The grammar of the command line in the reader's language: usage, arguments, options, defaults, limits.

Words stay lazy until somebody asks for help, so that one and the same command explains itself in any language.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from kzcase.cli.output import said
from kzcase.cli.usage import WrongUse, path_of
from kzcase.i18n import Words, _

_CommandT = TypeVar("_CommandT", bound=click.Command)
_FunctionT = TypeVar("_FunctionT", bound=Callable[..., Any])
HELP_NAMES: Final = ["-h", "--help"]
SETTINGS: Final[Mapping[str, Any]] = {"help_option_names": HELP_NAMES, "terminal_width": 110}


@dataclass(frozen=True, slots=True)
class Example:
    """A file as a command reads it, and what the words in it mean."""

    heading: Words
    lines: str
    explained: tuple[tuple[str, Words], ...]


class Argument(click.Argument):
    """An argument with words of its own."""

    def __init__(self, *names: Any, words: Words, **attributes: Any) -> None:
        super().__init__(*names, **attributes)
        self.words = words

    def get_help_record(self, ctx: click.Context) -> tuple[str, str]:
        """Its name as in the usage, and what it is."""
        return self.make_metavar(ctx), said(self.words)


class Option(click.Option):
    """An option with words of its own; default, limits and need stand behind them. `common`: many commands have it."""

    def __init__(self, *names: Any, words: Words, common: bool = False, **attributes: Any) -> None:
        super().__init__(*names, **attributes)
        self.words, self.common = words, common

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """How it is written, and what it does."""
        if self.hidden:
            return None
        extra = self.get_help_extra(ctx)
        further = [said(_("default: {value}", value=extra["default"]))] if "default" in extra else []
        if "range" in extra:
            further.append(extra["range"])
        if "required" in extra:
            further.append(said(_("needed")))
        return self.get_help_spec(ctx), said(self.words) + (f"  [{'; '.join(further)}]" if further else "")


class Command(click.Command):
    """A command whose help is in the reader's language."""

    def __init__(self, *given: Any, words: Words, example: Example | None = None, **attributes: Any) -> None:
        attributes.setdefault("context_settings", dict(SETTINGS))
        super().__init__(*given, **attributes)
        self.words, self.example = words, example

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, which every command has."""
        return _spoken_help(super().get_help_option(ctx))

    def get_short_help_str(self, limit: int = 45) -> str:
        """One line for the list of commands."""
        self.help = said(self.words)
        return super().get_short_help_str(limit)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """[OPTIONS] CASEBOOK …"""
        self.options_metavar = said(_("[OPTIONS]"))
        return super().collect_usage_pieces(ctx)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The first line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        usage = said(_("Usage:"))
        formatter.write_usage(ctx.command_path, pieces, prefix=f"{usage} ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the command is for."""
        self.help = said(self.words)
        super().format_help_text(ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """An example, line by line as it is written, and what its words mean."""
        if self.example is None:
            return
        with formatter.section(said(self.example.heading)):
            for line in self.example.lines.split("\n"):
                formatter.write(f"{'':{formatter.current_indent}}{line}".rstrip() + "\n")
            formatter.write_paragraph()
            formatter.write_dl([(name, said(words)) for name, words in self.example.explained])

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Every argument with what it is."""
        found = [each.get_help_record(ctx) for each in self.get_params(ctx) if isinstance(each, Argument)]
        _section(formatter, _("Arguments"), found)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Every option with what it does: first what only this command has."""
        options = [each for each in self.get_params(ctx) if isinstance(each, click.Option)]
        options.sort(key=lambda each: getattr(each, "common", True))
        _section(formatter, _("Options"), [found for each in options if (found := each.get_help_record(ctx))])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """What is left over is refused in words."""
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest:
            raise WrongUse(_("{given} is more than this command takes.", given=" ".join(rest)[:100]), ctx)
        return rest


class Group(Command, click.Group):
    """A command that only leads to others."""

    command_class = Command

    def __init__(self, *given: Any, **attributes: Any) -> None:
        super().__init__(*given, no_args_is_help=False, **attributes)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """[OPTIONS] COMMAND …"""
        self.subcommand_metavar = said(_("COMMAND [ARGUMENTS]…"))
        return super().collect_usage_pieces(ctx)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, then the commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Every command with what it is for."""
        found = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        width = formatter.width - 6 - max(len(name) for name, _command in found)
        _section(formatter, _("Commands"), [(name, each.get_short_help_str(width)) for name, each in found if each])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Without a command nothing can be done."""
        if not args and not self.invoke_without_command:
            raise WrongUse(_("Please say what to do: {commands}.", commands=", ".join(self.list_commands(ctx))), ctx)
        return click.Group.parse_args(self, ctx, args)


def _section(formatter: click.HelpFormatter, heading: Words, rows: list[tuple[str, str]]) -> None:
    if rows:
        with formatter.section(said(heading)):
            formatter.write_dl(rows)


def _spoken_help(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = said(_("Show this and stop."))
    return option


def command(name: str, words: Words, example: Example | None = None) -> Callable[[Callable[..., Any]], Command]:
    """A command by its name and what it is for, perhaps with an example of what it reads."""
    return click.command(name, cls=Command, words=words, example=example)


def group(name: str, words: Words) -> Callable[[Callable[..., Any]], Group]:
    """A command that leads to others."""
    return click.group(name, cls=Group, words=words)


def argument(name: str, words: Words, **attributes: Any) -> Callable[[_FunctionT], _FunctionT]:
    """An argument by its name and what it is."""
    return click.argument(name, cls=Argument, words=words, **attributes)


def option(*names: str, words: Words, **attributes: Any) -> Callable[[_FunctionT], _FunctionT]:
    """An option by its names and what it does."""
    return click.option(*names, cls=Option, words=words, **attributes)


class PlaceType(click.ParamType[Any]):
    """A file or folder, which must have a name: nothing would mean the folder one happens to stand in."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, as given."""
        if not str(value):
            raise WrongUse(_("{name}: this needs the name of a file or folder.", name=path_of(param)), ctx)
        return Path(value)


class PlaceOfTextType(PlaceType):
    """The same as text: `-` is standard input, and a form may be named by its id."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The text, as given."""
        super().convert(value, param, ctx)
        return value


PLACE: Final = PlaceType()
PLACE_OF_TEXT: Final = PlaceOfTextType()
