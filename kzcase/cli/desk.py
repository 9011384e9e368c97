"""Opening a casebook for a command: the passphrase from a prompt or a file, never from an argument."""

import functools
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from kzcase.cli.files import place_of, read_file
from kzcase.cli.output import said
from kzcase.domain.errors import BadInput, DiskTrouble, NoCasebook
from kzcase.i18n import Words, _

if TYPE_CHECKING:
    from kzcase.actions.desk import Desk

FILE_VARIABLE: Final = "KZCASE_PASSPHRASE_FILE"
_LARGEST: Final = 16 << 10
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Way:
    """Which casebook a command works on, as whom, and where the passphrase comes from."""

    casebook: Path
    passphrase_file: str | None
    as_name: str | None
    show_names: bool
    as_json: bool

    def passphrase(self) -> str:
        """The passphrase; asked for only once the casebook is known to be there."""
        if not self.casebook.exists():
            raise NoCasebook(place_of(str(self.casebook)))
        return passphrase(self.passphrase_file, _("Passphrase"))

    @contextmanager
    def desk(self, passphrase: str | None = None) -> Iterator["Desk"]:
        """The casebook, open; a command that opens it twice asks for the passphrase once and hands it in."""
        from kzcase.actions.desk import open_desk
        from kzcase.actions.reading import show_names

        with open_desk(self.casebook, passphrase or self.passphrase(), as_name=self.as_name) as desk:
            if self.show_names:
                show_names(desk.book)
            yield desk


def as_json(function: Callable[..., T]) -> Callable[..., T]:
    """The option every command has."""
    return click.option("--json", "as_json", is_flag=True, help=said(_("One JSON document on standard output.")))(
        function
    )


def passphrase_option(function: Callable[..., T]) -> Callable[..., T]:
    """Where the passphrase is read from, when not from the prompt."""
    words = _(
        "File that holds the passphrase; otherwise {variable} names it, or it is asked for.", variable=FILE_VARIABLE
    )
    return click.option("--passphrase-file", type=str, metavar="F", help=said(words))(function)


def on_casebook(function: Callable[..., T]) -> Callable[..., T]:
    """A command on one casebook: its first argument becomes a `Way`."""

    @functools.wraps(function)
    def with_way(*, casebook: Path, **rest: Any) -> T:
        names = ("passphrase_file", "as_name", "show_names", "as_json")
        return function(Way(casebook, *(rest.pop(name) for name in names)), **rest)

    return click.argument("casebook", type=click.Path(path_type=Path))(casebook_options(with_way))


def casebook_options(function: Callable[..., T]) -> Callable[..., T]:
    """The options of every command that opens a casebook."""
    options: tuple[Callable[[Callable[..., T]], Callable[..., T]], ...] = (
        as_json,
        passphrase_option,
        click.option("--as", "as_name", metavar="NAME", help=said(_("Who acts; the passphrase must be theirs."))),
        click.option("--show-names", is_flag=True, help=said(_("Show names for this one command; this is recorded."))),
    )
    for option in options:
        function = option(function)
    return function


def passphrase(file: str | None, question: Words, *, twice: bool = False) -> str:
    """A passphrase from the file, from the file the environment names, or typed unseen."""
    chosen = file or os.environ.get(FILE_VARIABLE)
    if chosen:
        return passphrase_in(chosen)
    if not sys.stdin.isatty():
        raise click.UsageError(said(_("There is nobody to ask for the passphrase here: give --passphrase-file.")))
    typed: str = click.prompt(said(question), hide_input=True, err=True, confirmation_prompt=twice)
    return typed


def passphrase_in(file: str) -> str:
    """What a passphrase file holds, without the one line break at its end."""
    try:
        content = read_file(file, _LARGEST).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(place_of(file)) from None
    return content.removesuffix("\n").removesuffix("\r")


def private_folder(folder: Path) -> None:
    """Make a folder only its owner can look into; one that is there stays as it is."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise DiskTrouble(place=place_of(str(folder)), reason=error.strerror or type(error).__name__) from error
