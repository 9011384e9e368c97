"""Recovery: two shares give somebody new keys; who holds the shares; a trial of two; new ones when a holder leaves."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import click

from kzcase.actions.births import Birth
from kzcase.cli.casebooks import check_shares, holder_names, share_papers, show_shares, write_shares
from kzcase.cli.desk import CASEBOOK, Way, as_json, name_of, new_passphrase, on_casebook
from kzcase.cli.documents import Recovered, RecoveryShares, ShareGiven, ShareHolder, SharesMade, SharesTried
from kzcase.cli.files import place_of, read_file
from kzcase.cli.output import answer, tell
from kzcase.cli.spoken import PLACE, PLACE_OF_TEXT, argument, command, option
from kzcase.cli.usage import WrongUse
from kzcase.domain.errors import ShareUnreadable
from kzcase.i18n import _

if TYPE_CHECKING:
    from kzcase.keys.shares import Share

T = TypeVar("T")
_LARGEST: Final = 64 << 10
_NEEDED: Final = 2


def two_shares(function: Callable[..., T]) -> Callable[..., T]:
    """The option of every command that two shares open something for."""
    words = _("A recovery share: its text file, or its four lines themselves. Two different ones are needed.")
    return option("--share", "shares", multiple=True, metavar="F", type=PLACE_OF_TEXT, words=words)(function)


def new_passphrase_option(function: Callable[..., T]) -> Callable[..., T]:
    """Where a new passphrase is read from, when it is not typed."""
    words = _("File that holds the new passphrase; otherwise it is asked for.")
    return option("--new-passphrase-file", type=PLACE_OF_TEXT, metavar="P", words=words)(function)


@command("recover", _("Give somebody who forgot their passphrase new keys and a new passphrase, by two shares."))
@argument("casebook", CASEBOOK, type=PLACE)
@two_shares
@new_passphrase_option
@option(
    "--as",
    "who",
    metavar="NAME",
    words=_("Whose passphrase was forgotten, by name or id; otherwise the only administrator's."),
)
@option(
    "--administrator",
    is_flag=True,
    words=_("Make them an administrator as well; a name that nobody has becomes a new colleague."),
)
@as_json
def recover_command(
    *,
    casebook: Path,
    shares: tuple[str, ...],
    new_passphrase_file: str | None,
    who: str | None,
    administrator: bool,
    as_json: bool,
) -> None:
    """Recover somebody."""
    from kzcase.actions.recovery import Recover, candidates, recover
    from kzcase.db.files import existing

    existing(casebook)
    pair = pair_of(shares)
    candidates(casebook, pair)  # the shares are looked at before a new passphrase is thought up
    done = recover(casebook, pair, Recover(who, administrator), new_passphrase(new_passphrase_file))
    tell(_("Whoever has seen these two shares can do the same again: make new ones with `kzcase staff new-shares`."))
    answer(Recovered(staff=done.ids["staff"].hex(), name=done.name, shares=_numbers(pair)), as_json)


@command("shares", _("Show who holds the recovery shares, and when two of them were last tried."))
@on_casebook
def shares_command(way: Way) -> None:
    """The three shares."""
    from kzcase.queries.recovery import recovery_state

    with way.desk() as desk, desk.book.read() as reader:
        state = recovery_state(reader)
    if state.due:
        tell(_("It is time to try two shares: kzcase staff try-shares."))
    if state.replace:
        tell(_("Somebody who holds a share has left. Please make new shares: kzcase staff new-shares."))
    answer(
        RecoveryShares.of(state, shares=[ShareHolder.of(share, to_replace=share.left) for share in state.shares]),
        way.as_json,
    )


@command("give-share", _("Write down to whom a recovery share was given."))
@on_casebook
@argument("number", _("1, 2 or 3."), type=click.IntRange(1, 3))
@argument("holder", _("The name of the person who keeps it."))
def give_share_command(way: Way, *, number: int, holder: str) -> None:
    """From today on."""
    from kzcase.actions.shares import GiveShare, give_share

    holder = name_of(holder, "HOLDER")
    with way.desk() as desk:
        give_share(desk.book, GiveShare(number, holder))
    answer(ShareGiven(number=number, holder=holder), way.as_json)


@command("try-shares", _("Try whether two recovery shares still open the casebook, and write down that they do."))
@on_casebook
@two_shares
def try_shares_command(way: Way, *, shares: tuple[str, ...]) -> None:
    """The drill, twice a year."""
    from kzcase.actions.shares import try_shares

    pair = pair_of(shares)
    with way.desk() as desk:
        try_shares(desk, pair)
    tell(_("These two shares open the casebook."))
    answer(SharesTried(shares=_numbers(pair)), way.as_json)


@command("new-shares", _("Make three new recovery shares by two of today's; the old ones then open nothing."))
@on_casebook
@two_shares
@option(
    "--shares-dir",
    type=PLACE,
    metavar="D",
    words=_("Folder for the three recovery shares; otherwise they are shown once, here."),
)
@option(
    "--holder",
    "holders",
    multiple=True,
    metavar="NAME",
    words=_("Who gets a recovery share: up to three names, for shares 1, 2 and 3."),
)
def new_shares_command(way: Way, *, shares: tuple[str, ...], shares_dir: Path | None, holders: tuple[str, ...]) -> None:
    """The new ones are out before the old ones stop to count."""
    from kzcase.actions.shares import Reissue
    from kzcase.queries.recovery import recovery_state

    names, pair = holder_names(holders), pair_of(shares)
    if shares_dir is not None:
        check_shares(shares_dir, way.casebook)
    with way.desk() as desk:
        making = Reissue(desk, pair)
        birth = Birth(way.casebook, way.casebook.with_name(f".{way.casebook.name}.shares"))
        try:
            papers = share_papers(desk.book.facts.organisation_name, making.shares, names)
            files = write_shares(shares_dir, papers, birth) if shares_dir is not None else []
            if shares_dir is None:
                show_shares(papers)
            making.finish(names)
        except BaseException:
            birth.undo()
            raise
        finally:
            making.forget()
        with desk.book.read() as reader:
            issue = recovery_state(reader).issue
    tell(_("The old shares open this casebook no more. Copies made before still open with them: destroy both."))
    if files or way.as_json:
        answer(SharesMade(issue=issue, shares=files), way.as_json)


def pair_of(given: tuple[str, ...]) -> tuple["Share", "Share"]:
    """Two shares, each its text file or its text."""
    if len(given) != _NEEDED:
        raise WrongUse(_("Two recovery shares are needed: give --share twice."))
    one, two = (share_of(each) for each in given)
    return one, two


def share_of(given: str) -> "Share":
    """A share from its text file, or from its text; a share's text holds neither a dot nor a slash."""
    from kzcase.keys.shares import parse_share

    from_file = _is_there(given) or not {".", "/", os.sep}.isdisjoint(given)
    try:
        return parse_share(_text_in(given) if from_file else given)
    except ShareUnreadable as error:
        error.place = place_of(given) if from_file else "--share"
        raise


def _text_in(file: str) -> str:
    content = read_file(file, _LARGEST)
    if content.startswith(b"%PDF"):
        raise ShareUnreadable(
            why=_("This is the paper. Please type its four lines, or give the text file made with it.")
        )
    return content.decode("utf-8-sig", "replace")


def _is_there(given: str) -> bool:
    with suppress(OSError, ValueError):
        return Path(given).exists()
    return False


def _numbers(pair: tuple["Share", "Share"]) -> list[int]:
    return sorted(share.number for share in pair)
