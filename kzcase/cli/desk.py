"""Opening a casebook for a command: the passphrase from a prompt or a file, never from an argument."""

import functools
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from kzcase.cli.files import place_of, read_file
from kzcase.cli.output import language, said, tell
from kzcase.cli.spoken import PLACE, PLACE_OF_TEXT, argument, option
from kzcase.cli.usage import WrongUse
from kzcase.domain.errors import BlankName, NoCasebook, NotText, TooLarge, WeakPassphrase, while_writing
from kzcase.i18n import Words, _

if TYPE_CHECKING:
    from kzcase.actions.desk import Desk

FILE_VARIABLE: Final = "KZCASE_PASSPHRASE_FILE"
CASEBOOK: Final = _("The casebook: a folder whose name ends in .kzcase.")
_LARGEST: Final = 16 << 10
_LONGEST_NAME: Final = 200
TRIES: Final = 3
NEW: Final = _("New passphrase")
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
        from kzcase.actions.rules import bring_up_to_date
        from kzcase.cli.progress import Progress
        from kzcase.queries.erasures import bytes_to_write_anew
        from kzcase.queries.laptop import wrong_clock

        with open_desk(self.casebook, passphrase or self.passphrase(), as_name=self.as_name) as desk:
            if desk.book.standing is not None:
                tell(desk.book.standing.sentence())
            with desk.book.read() as reader:
                if doubt := wrong_clock(reader):
                    tell(doubt)
                if bytes_to_write_anew(reader):
                    tell(_("After an erasing the file still waits to be written anew: the next backup does it."))
            if bring_up_to_date(desk.book, Progress(_("Working out deadlines by the newer rules"))):
                tell(_("The rules have changed: stages and deadlines were worked out anew."))
            if self.show_names:
                show_names(desk.book)
            yield desk


def as_json(function: Callable[..., T]) -> Callable[..., T]:
    """The option every command has."""
    return option("--json", "as_json", is_flag=True, common=True, words=_("One JSON document on standard output."))(
        function
    )


def passphrase_option(function: Callable[..., T]) -> Callable[..., T]:
    """Where the passphrase is read from, when not from the prompt."""
    words = _(
        "File that holds the passphrase; otherwise {variable} names it, or it is asked for.", variable=FILE_VARIABLE
    )
    return option("--passphrase-file", type=PLACE_OF_TEXT, metavar="F", common=True, words=words)(function)


def on_casebook(function: Callable[..., T]) -> Callable[..., T]:
    """A command on one casebook that shows nobody: its first argument becomes a `Way`."""
    return _with_way(function, casebook_options)


def on_casebook_of_people(function: Callable[..., T]) -> Callable[..., T]:
    """A command that shows people, hidden as the acting person's roles see them unless `--show-names` asks."""
    return _with_way(function, people_options)


def _with_way(function: Callable[..., T], options: Callable[[Callable[..., T]], Callable[..., T]]) -> Callable[..., T]:
    @functools.wraps(function)
    def with_way(*, casebook: Path, **rest: Any) -> T:
        names = ("passphrase_file", "as_name", "show_names", "as_json")
        return function(Way(casebook, *(rest.pop(name) for name in names)), **rest)

    return argument("casebook", CASEBOOK, type=PLACE)(options(with_way))


def casebook_options(function: Callable[..., T]) -> Callable[..., T]:
    """The options of every command that opens a casebook. Where nobody is shown `--show-names` is refused."""
    return _acting(_show_names(function, hidden=True, callback=_nobody_is_shown))


def people_options(function: Callable[..., T]) -> Callable[..., T]:
    """The options of every command that shows people."""
    return _acting(_show_names(function))


def _acting(function: Callable[..., T]) -> Callable[..., T]:
    who = option("--as", "as_name", metavar="NAME", common=True, words=_("Who acts; the passphrase must be theirs."))
    return who(passphrase_option(as_json(function)))


def _show_names(function: Callable[..., T], **attributes: Any) -> Callable[..., T]:
    words = _("Show names for this one command; this is recorded.")
    return option("--show-names", is_flag=True, common=True, words=words, **attributes)(function)


def _nobody_is_shown(ctx: click.Context, _option: click.Parameter, wanted: bool) -> bool:
    if wanted:
        raise WrongUse(
            _("--show-names changes nothing here: no name is hidden, and on paper class and consent decide."), ctx
        )
    return False


def passphrase(file: str | None, question: Words) -> str:
    """A passphrase from the file, from the file the environment names, or typed unseen."""
    chosen = file or os.environ.get(FILE_VARIABLE)
    if chosen:
        return passphrase_in(chosen)
    if sys.stdin is None or not sys.stdin.isatty():
        raise WrongUse(_("There is nobody to ask for the passphrase here: give --passphrase-file."))
    return _typed(question)


def first_passphrase(file: str | None, names: Sequence[str]) -> str:
    """The first passphrase of a new casebook: from where passphrases come from, or thought up here."""
    if file or os.environ.get(FILE_VARIABLE):
        return passphrase(file, _("Passphrase"))
    if sys.stdin is None or not sys.stdin.isatty():
        raise WrongUse(_("There is nobody to ask for the passphrase here: give --passphrase-file."))
    return _thought_up(NEW, names)


def new_passphrase(file: str | None, names: Sequence[str] = (), question: Words = NEW) -> str:
    """A new passphrase from its own file, or typed unseen and twice. Never the one in use."""
    if file:
        return passphrase_in(file)
    if sys.stdin is None or not sys.stdin.isatty():
        raise WrongUse(_("There is nobody to ask for the new passphrase here: give --new-passphrase-file."))
    return _thought_up(question, names)


def _thought_up(question: Words, names: Sequence[str]) -> str:
    """Six words are offered; what is too short or can be guessed is asked for again, three times in all."""
    from kzcase.keys.passphrase import SHORTEST, check_new, generate

    tell(_("Six words that nobody guesses, if you like: {words}", words=generate(language())))
    asked = _("{question} (at least {count} characters)", question=question, count=SHORTEST)
    for tries_left in reversed(range(TRIES)):
        typed = _typed_twice(asked)
        try:
            check_new(typed, names)
        except WeakPassphrase as error:
            if not tries_left:
                raise
            tell(error.sentence())
        else:
            break
    return typed


def _typed_twice(question: Words) -> str:
    while True:
        typed = _typed(question)
        if _typed(_("The same once more")) == typed:
            return typed
        tell(_("These two are not the same. Please type both again."))


def _typed(question: Words) -> str:
    typed: str = click.prompt(said(question), hide_input=True, err=True)
    return typed


def passphrase_in(file: str) -> str:
    """What a passphrase file holds, without the one line break at its end."""
    try:
        content = read_file(file, _LARGEST).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotText(place_of(file)) from None
    return content.removesuffix("\n").removesuffix("\r")


def private_folder(folder: Path) -> None:
    """Make a folder only its owner can look into; one that is there stays as it is."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise while_writing(error, place_of(str(folder)), place_of(str(folder.parent))) from error


def name_of(given: str, place: str) -> str:
    """A name as it will stand on papers: a line of letters, neither empty nor endless."""
    name = " ".join(given.split())
    if not name or not name.isprintable():
        raise BlankName(place)
    if len(name) > _LONGEST_NAME:
        raise TooLarge(place, limit=_LONGEST_NAME)
    return name
