"""The list of commands; each is loaded only when it is used, so that the window opens without waiting for them."""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click

from kzcase import __version__
from kzcase.cli.output import speak
from kzcase.cli.spoken import PLACE, PLACE_OF_TEXT, Group, Option, argument, command, option
from kzcase.cli.window import OpenWindow, is_casebook, show
from kzcase.i18n import LANGUAGES, _

_FOR_THE_WINDOW: Final = _(
    "For the window: file that holds the passphrase; only demonstration casebooks open this way. "
    "Commands have an option of this name of their own, for any casebook."
)
COMMANDS: Final[Mapping[str, str]] = {
    "demo": "demo",
    "new": "casebooks",
    "staff": "staff",
    "recover": "recovery",
    "check": "casebooks",
    "backup": "backups",
    "restore": "backups",
    "salvage": "backups",
    "last-release": "backups",
    "count": "casebooks",
    "search": "cases",
    "case": "cases",
    "person": "erasing",
    "retention": "erasing",
    "attachment": "attachments",
    "act": "acts",
    "form": "forms",
    "print": "papers",
    "import": "exchange",
    "export": "exchange",
    "scan": "scans",
    "register": "registers",
    "incident": "incidents",
    "referral": "referrals",
    "helpline": "helpline",
    "summary": "summaries",
    "attack": "summaries",
    "same-name": "rules",
    "iin": "rules",
    "deadline": "rules",
    "day": "team",
    "team": "team",
    "due": "due",
    "rules": "due",
    "stay": "rules",
    "codes": "rules",
    "bench": "bench",
    "help": "help",
    "schema": "schema",
}
"""Name of the command → the module of this room that holds it as `<name>_command`."""


@dataclass(slots=True)
class Session:
    """What the whole call has in common."""

    open_window: OpenWindow | None
    passphrase_file: str | None = None


class Commands(Group):
    """The group of all commands. A casebook in place of a command opens the window on it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the list above."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        found = importlib.import_module(f"kzcase.cli.{module}")
        command: click.Command = getattr(found, cmd_name.replace("-", "_") + "_command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """A known command, the window for a casebook, or a refusal in words."""
        if args[0] not in COMMANDS and is_casebook(args[0]):
            return "window", window, args
        return super().resolve_command(ctx, args)


@command("window", _("Open the window on a casebook."))
@argument("casebook", _("The casebook."), type=PLACE)
@option("--passphrase-file", type=PLACE_OF_TEXT, metavar="F", words=_FOR_THE_WINDOW)
@click.pass_obj
def window(session: Session, casebook: Path, passphrase_file: str | None) -> int:
    """Open the window on a casebook."""
    return show(session.open_window, casebook, passphrase_file or session.passphrase_file)


@click.group(
    cls=Commands,
    invoke_without_command=True,
    words=_(
        "kzcase: an encrypted casebook. Without a command it opens the window, on CASEBOOK if one is given. "
        "`kzcase COMMAND --help` explains each command. Commands speak the language given with --lang, else the one "
        "chosen in the window, else that of the system (LC_ALL, LC_MESSAGES or LANG), else English."
    ),
)
@click.version_option(
    __version__,
    prog_name="kzcase",
    message="%(prog)s %(version)s",
    cls=Option,
    words=_("Show the version and stop."),
)
@option("--passphrase-file", type=PLACE_OF_TEXT, metavar="F", words=_FOR_THE_WINDOW)
@option(
    "--lang",
    type=click.Choice(LANGUAGES),
    is_eager=True,
    expose_value=False,
    callback=lambda _ctx, _option, chosen: speak(chosen) if chosen else None,
    words=_("The language commands speak this time; it stands before the command."),
)
@click.pass_context
def commands(ctx: click.Context, passphrase_file: str | None) -> Any:
    """Without a command: the window."""
    session: Session = ctx.obj
    session.passphrase_file = passphrase_file
    return show(session.open_window, None, passphrase_file) if ctx.invoked_subcommand is None else 0
