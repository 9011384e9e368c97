"""The program without its window: the same work through the same actions, for administrators, scripts and proofs."""

import gc
import sys
from collections.abc import Sequence
from pathlib import Path

from kzcase.cli import stopping
from kzcase.cli.output import DONE, WRONG_USE, asked_for, silence_output, speak, tell, tell_error
from kzcase.cli.window import OpenWindow, show, wants_only_the_window
from kzcase.domain.errors import AnswerLost, DiskTrouble, KzcaseError, NotLet, NotText, reason_of
from kzcase.i18n import _

__all__ = ["OpenWindow", "main"]


def main(arguments: Sequence[str] | None = None, open_window: OpenWindow | None = None) -> int:
    """Perform one command line; gives the exit code (0 done, 1 a check found something, 2 wrong use, 3 trouble).

    What went wrong is one line on standard error. Faults of the program itself pass through to the caller.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    speak(asked_for(given))
    try:
        _refuse_what_is_no_text(given)
        if wants_only_the_window(given):
            return show(open_window, Path(given[0]) if given else None)
        return _perform(given, open_window)
    except KeyboardInterrupt:
        return stopping.told()
    except KzcaseError as error:
        return stopping.told() if stopping.asked() else tell_error(error)
    except OSError as error:
        return _trouble(error)
    except SystemExit as error:  # the way help ends when nobody reads it to its end
        return tell_error(AnswerLost(reason=_("nobody reads on"))) if error.code else DONE


def _perform(given: list[str], open_window: OpenWindow | None) -> int:
    """One command, by the grammar of commands; it is loaded only now."""
    import click

    from kzcase.cli.commands import Session, commands
    from kzcase.cli.usage import wrong_use

    gc.freeze()  # what is loaded stays; from now on Python looks for rubbish again
    gc.enable()
    try:
        code = commands.main(given, prog_name="kzcase", standalone_mode=False, obj=Session(open_window))
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.Abort:
        return stopping.told()
    except click.ClickException as error:
        tell(wrong_use(error))
        return WRONG_USE
    return code if isinstance(code, int) else DONE


def _trouble(error: OSError) -> int:
    """A file that no command expected to fail, or standard output itself: told like every other trouble."""
    from kzcase.cli.files import place_of

    if isinstance(error.filename, str):
        return tell_error(NotLet(place_of(error.filename), reason=reason_of(error)))
    silence_output()
    return tell_error(DiskTrouble(reason=reason_of(error)))


def _refuse_what_is_no_text(arguments: Sequence[str]) -> None:
    """Bytes that are no UTF-8 reach Python as half characters, which no store, paper or JSON can hold."""
    for number, argument in enumerate(arguments, 1):
        if any("\ud800" <= sign <= "\udfff" for sign in argument):
            raise NotText(str(number))
