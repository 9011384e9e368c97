"""The program without its window: the same work through the same actions, for administrators, scripts and proofs."""

import sys
from collections.abc import Sequence

import click

from kzcase.cli.commands import OpenWindow, Session, commands
from kzcase.cli.output import DONE, STOPPED, WRONG_USE, said, tell, tell_error
from kzcase.domain.errors import KzcaseError, NotText
from kzcase.i18n import _

__all__ = ["OpenWindow", "main"]


def main(arguments: Sequence[str] | None = None, open_window: OpenWindow | None = None) -> int:
    """Perform one command line; gives the exit code (0 done, 1 a check found something, 2 wrong use, 3 trouble).

    What went wrong is one line on standard error. Faults of the program itself pass through to the caller.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        _refuse_what_is_no_text(given)
        code = commands.main(given, prog_name="kzcase", standalone_mode=False, obj=Session(open_window))
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.Abort:
        tell(_("Stopped. What was committed before stays."))
        return STOPPED
    except click.ClickException as error:
        return _wrong_use(error)
    except KzcaseError as error:
        return tell_error(error)
    return code if isinstance(code, int) else DONE


def _refuse_what_is_no_text(arguments: Sequence[str]) -> None:
    """Bytes that are no UTF-8 reach Python as half characters, which no store, paper or JSON can hold."""
    for number, argument in enumerate(arguments, 1):
        if any("\ud800" <= sign <= "\udfff" for sign in argument):
            raise NotText(str(number))


def _wrong_use(error: click.ClickException) -> int:
    """One line: which command, and what about it."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "kzcase"
    more = said(_("See `{command} --help`.", command=command))
    tell(f"{command}: {error.format_message()} {more}")
    return WRONG_USE
