"""Staff: who works in a casebook, with which roles, and whose passphrase opens it."""

import sys
from typing import TYPE_CHECKING

import click

from kzcase.cli.desk import Way, name_of, new_passphrase, on_casebook, passphrase_in
from kzcase.cli.documents import Colleague, PassphraseChanged, StaffAdded, StaffList, StaffRemoved
from kzcase.cli.output import answer, tell
from kzcase.cli.recovery import (
    give_share_command,
    new_passphrase_option,
    new_shares_command,
    shares_command,
    try_shares_command,
)
from kzcase.cli.rights import (
    freeze_command,
    hand_on_notes_command,
    knowingly_option,
    log_key_command,
    roles_command,
    tell_of_log_key,
    unfreeze_command,
)
from kzcase.cli.spoken import PLACE_OF_TEXT, argument, group, option
from kzcase.cli.usage import WrongUse
from kzcase.domain.permissions import Role
from kzcase.i18n import _

if TYPE_CHECKING:
    from kzcase.actions.desk import Desk


@group("staff", _("Add, remove, freeze and list colleagues and their roles; passphrases, recovery shares, keys."))
def staff_command() -> None:
    """Colleagues."""


@staff_command.command("add", words=_("Give a colleague roles and a passphrase of their own."))
@on_casebook
@argument("name", _("The colleague's name."))
@option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    metavar="R",
    type=click.Choice([role.value for role in Role]),
    words=_("A role; may be given several times: {roles}.", roles=", ".join(Role)),
)
@option(
    "--new-passphrase-file",
    type=PLACE_OF_TEXT,
    metavar="F",
    words=_("File that holds the new colleague's passphrase; otherwise it is asked for."),
)
def add(way: Way, *, name: str, roles: tuple[str, ...], new_passphrase_file: str | None) -> None:
    """Add a colleague."""
    from kzcase.actions.staff import AddColleague, add_colleague

    name = name_of(name, "NAME")
    given = passphrase_in(new_passphrase_file) if new_passphrase_file else None
    wanted = tuple(dict.fromkeys(Role(role) for role in roles))
    with way.desk() as desk:
        names = (name, desk.book.facts.organisation_name)
        theirs = given or new_passphrase(None, names, _("New passphrase of {name}", name=name))
        done = add_colleague(desk, AddColleague(name, wanted), theirs)
        waits = tell_of_log_key(desk, done.ids["staff"])
    staff = done.ids["staff"].hex()
    answer(StaffAdded(staff=staff, name=name, roles=sorted(wanted), log_key_from=waits), way.as_json)


@staff_command.command("remove", words=_("Take a colleague's roles and passphrase away; what they did stands."))
@on_casebook
@argument("name", _("The colleague's name or id."))
@option("--successor", metavar="NAME", words=_("Who takes over their open cases, tasks and promises, by name or id."))
@option("--leave-open", is_flag=True, words=_("Their open work stays under their name; nobody is asked about it."))
@knowingly_option
def remove(way: Way, *, name: str, successor: str | None, leave_open: bool, knowingly: bool) -> None:
    """Remove a colleague."""
    from kzcase.actions.staff import RemoveColleague, remove_colleague

    with way.desk() as desk:
        if not successor and not leave_open:
            _ask_about_open_work(desk, name)
        done = remove_colleague(desk, RemoveColleague(name, successor, knowingly))
    if done.cases or done.tasks:
        said = _("Open cases left under this name: {cases}; open tasks: {tasks}.", cases=done.cases, tasks=done.tasks)
        tell(said)
        tell(_("Cases, the most urgent first: {numbers}", numbers=", ".join(done.numbers)))
        tell(
            _("Nobody sees to these now. Whoever leads the team hands them over: page Team, act caseload.handed_over.")
        )
    if done.shares:
        tell(_("They hold a recovery share: make new ones with `kzcase staff new-shares`."))
    tell(_("Copies of the casebook made before still open with the old passphrase: keep or destroy them accordingly."))
    counted = {name: getattr(done, name) for name in ("handed_over", "cases", "tasks")}
    answer(
        StaffRemoved(staff=done.ids["staff"].hex(), shares=list(done.shares), numbers=list(done.numbers), **counted),
        way.as_json,
    )


def at_a_terminal() -> bool:
    """Whether a person types here."""
    return sys.stdin is not None and sys.stdin.isatty()


def _ask_about_open_work(desk: "Desk", name: str) -> None:
    """At a terminal somebody has to say first what becomes of open work; a script is told afterwards."""
    from kzcase.actions.finding import find_colleague
    from kzcase.queries.recovery import left_behind

    if not at_a_terminal():
        return
    with desk.book.read() as reader:
        left = left_behind(reader, find_colleague(reader, name, "name").id.hex())
    if left.cases or left.tasks or left.duties:
        tell(_("Cases, the most urgent first: {numbers}", numbers=", ".join(left.numbers) or "–"))
        raise WrongUse(_("Nobody would see to their open work: name a --successor, or say --leave-open."))


@staff_command.command("passphrase", words=_("Change your own passphrase."))
@on_casebook
@new_passphrase_option
def passphrase(way: Way, *, new_passphrase_file: str | None) -> None:
    """Only the slot of whoever acts is wrapped anew."""
    from kzcase.actions.staff import change_own_passphrase

    with way.desk() as desk:
        names = (desk.keys.identity.name, desk.book.facts.organisation_name)
        change_own_passphrase(desk, new_passphrase(new_passphrase_file, names))
        staff = desk.keys.identity.staff_id.hex()
    tell(_("Copies of the casebook made before still open with the old passphrase: keep or destroy them accordingly."))
    answer(PassphraseChanged(staff=staff), way.as_json)


@staff_command.command("list", words=_("List colleagues with their roles, those who left included."))
@on_casebook
def list_staff(way: Way) -> None:
    """Everybody, and whose passphrase opens the casebook."""
    from kzcase.keys.changes import holders
    from kzcase.queries.office import staff_list

    with way.desk() as desk:
        open_it = {holder.staff_id.hex() for holder in holders(desk.keys.keyfile, desk.keys.store_key)}
        with desk.book.read() as reader:
            rows = staff_list(reader)
    answer(StaffList(staff=[Colleague.of(row, slot=row.id in open_it and not row.frozen) for row in rows]), way.as_json)


for _each in (roles_command, freeze_command, unfreeze_command, log_key_command, hand_on_notes_command):
    staff_command.add_command(_each)
for _each in (shares_command, give_share_command, try_shares_command, new_shares_command):
    staff_command.add_command(_each)
