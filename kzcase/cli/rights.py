"""Rights of colleagues: their roles, access that is frozen and opened again, and keys that are handed on."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import click

from kzcase.cli.desk import Way, on_casebook
from kzcase.cli.documents import AccessChanged, LogKeyTaken, NotesHandedOn, RolesChanged
from kzcase.cli.output import answer, tell
from kzcase.cli.spoken import PLACE_OF_TEXT, argument, command, option
from kzcase.domain.permissions import Role
from kzcase.i18n import Words, _

if TYPE_CHECKING:
    from kzcase.actions.desk import Desk
    from kzcase.domain.ids import Id

T = TypeVar("T")
_NAME = _("The colleague's name or id.")


def knowingly_option(function: Callable[..., T]) -> Callable[..., T]:
    """What is closed for ever takes a word that one knows."""
    words = _("You know what only they can open, and that it stays closed.")
    return option("--knowingly", is_flag=True, words=words)(function)


def _roles(name: str, words: Words) -> Callable[[Callable[..., T]], Callable[..., T]]:
    choice = click.Choice([role.value for role in Role])
    return option(name, multiple=True, metavar="R", type=choice, words=words)


@command("roles", _("Give a colleague roles or take them; what they may open changes with them."))
@on_casebook
@argument("name", _NAME)
@_roles("--give", _("A role they get; may be given several times."))
@_roles("--take", _("A role they lose; may be given several times."))
@knowingly_option
def roles_command(way: Way, *, name: str, give: tuple[str, ...], take: tuple[str, ...], knowingly: bool) -> None:
    """The last administrator, and the last who can open something, keep their roles."""
    from kzcase.actions.role_changes import ChangeRoles, change_roles
    from kzcase.queries.office import staff_list

    with way.desk() as desk:
        done = change_roles(desk.book, ChangeRoles(staff=name, give=give, take=take, knowingly=knowingly))
        staff = done.ids["staff"]
        with desk.book.read() as reader:
            row = next(one for one in staff_list(reader) if one.id == staff.hex())
        waits = tell_of_log_key(desk, staff)
    if take:
        tell(_("What they have read so far, they know. On other laptops their roles change once these exchange."))
    answer(RolesChanged(staff=row.id, name=row.name, roles=list(row.roles), log_key_from=waits), way.as_json)


def tell_of_log_key(desk: "Desk", staff: "Id") -> list[str]:
    """Who hands the key of the read log to a colleague who waits for it; told in words, too."""
    from kzcase.queries.log_key import who_hands_on, without_log_key

    with desk.book.read() as reader:
        if staff not in without_log_key(reader):
            return []
        names = list(who_hands_on(reader))
    if names:
        said = _(
            "They can open the read log once one of these has opened the casebook: {names}.", names=", ".join(names)
        )
        tell(said)
    else:
        tell(_("Nobody here can open the read log. Two recovery shares bring it back: kzcase staff log-key."))
    return names


@command("freeze", _("Close a colleague's access at once, until a supervisor and an administrator open it again."))
@on_casebook
@argument("name", _NAME)
def freeze_command(way: Way, *, name: str) -> None:
    """Their passphrase opens nothing on this laptop from now on."""
    from kzcase.actions.freezing import FreezeAccess, freeze_access
    from kzcase.actions.key_changes import follow_journal

    with way.desk() as desk:
        done = freeze_access(desk.book, FreezeAccess(staff=name))
        follow_journal(desk)
    tell_what_freezing_does()
    answer(AccessChanged(staff=done.ids["staff"].hex(), frozen=True), way.as_json)


def tell_what_freezing_does() -> None:
    """What is closed now and what is not."""
    tell(
        _(
            "Their passphrase opens nothing on this laptop now. Other laptops close once they hear of it; copies and "
            "backups made before stay open to it. To open it again: kzcase staff unfreeze."
        )
    )


@command("unfreeze", _("Agree to open a frozen access again; it opens when a supervisor and an administrator agreed."))
@on_casebook
@argument("name", _NAME)
def unfreeze_command(way: Way, *, name: str) -> None:
    """Whoever is both opens it at once."""
    from kzcase.actions.freezing import UnfreezeAccess, unfreeze_access
    from kzcase.actions.key_changes import follow_journal

    with way.desk() as desk:
        done = unfreeze_access(desk.book, UnfreezeAccess(staff=name))
        follow_journal(desk)
    opened = "opened" in done.ids
    if opened:
        tell(_("The passphrase they had opens again. Let them change it at once."))
    else:
        tell(_("You agreed. It opens once a colleague with the other role, supervisor or administrator, agrees too."))
    answer(AccessChanged(staff=done.ids["staff"].hex(), frozen=not opened), way.as_json)


@command("log-key", _("Where nobody can open the read log: bring its key back by two recovery shares."))
@on_casebook
@option("--share", "shares", multiple=True, metavar="F", type=PLACE_OF_TEXT, words=_("A recovery share, as a file."))
def log_key_command(way: Way, *, shares: tuple[str, ...]) -> None:
    """For supervisors and auditors; the shares go on counting."""
    from kzcase.actions.log_key import take_log_key_from_shares
    from kzcase.cli.recovery import pair_of

    pair = pair_of(shares)
    with way.desk() as desk:
        done = take_log_key_from_shares(desk, pair)
    answer(LogKeyTaken(id=done.act.hex()), way.as_json)


@command("hand-on-notes", _("Before you leave: open to a colleague every sealed note that only you can read."))
@on_casebook
@argument("name", _NAME)
def hand_on_notes_command(way: Way, *, name: str) -> None:
    """All of them or none."""
    from kzcase.actions.sealed_notes import hand_on_notes

    with way.desk() as desk:
        notes = hand_on_notes(desk.book, name)
    answer(NotesHandedOn(notes=notes), way.as_json)
