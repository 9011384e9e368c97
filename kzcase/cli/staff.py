"""Staff: who works in a casebook, with which roles, and whose passphrase opens it."""

import click

from kzcase.cli.desk import Way, on_casebook, passphrase_in
from kzcase.cli.documents import Colleague, StaffAdded, StaffList, StaffRemoved
from kzcase.cli.output import answer, said, tell
from kzcase.domain.permissions import Role
from kzcase.i18n import _


@click.group("staff", no_args_is_help=False, help=said(_("Add, remove and list colleagues.")))
def staff_command() -> None:
    """Colleagues."""


@staff_command.command("add", help=said(_("Give a colleague roles and a passphrase of their own.")))
@on_casebook
@click.argument("name")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice([role.value for role in Role]))
@click.option(
    "--new-passphrase-file",
    required=True,
    metavar="F",
    help=said(_("File that holds the new colleague's passphrase.")),
)
def add(way: Way, *, name: str, roles: tuple[str, ...], new_passphrase_file: str) -> None:
    """Add a colleague."""
    from kzcase.actions.staff import AddColleague, add_colleague

    theirs = passphrase_in(new_passphrase_file)
    wanted = tuple(dict.fromkeys(Role(role) for role in roles))
    with way.desk() as desk:
        done = add_colleague(desk, AddColleague(name, wanted), theirs)
    answer(StaffAdded(staff=done.ids["staff"].hex(), name=name, roles=sorted(wanted)), way.as_json)


@staff_command.command("remove", help=said(_("Take a colleague's roles and passphrase away; what they did stands.")))
@on_casebook
@click.argument("name")
def remove(way: Way, *, name: str) -> None:
    """Remove a colleague."""
    from kzcase.actions.staff import RemoveColleague, remove_colleague

    with way.desk() as desk:
        done = remove_colleague(desk, RemoveColleague(name))
    tell(_("Copies of the casebook made before still open with the old passphrase: keep or destroy them accordingly."))
    answer(StaffRemoved(staff=done.ids["staff"].hex()), way.as_json)


@staff_command.command("list", help=said(_("List colleagues with their roles, those who left included.")))
@on_casebook
def list_staff(way: Way) -> None:
    """Everybody, and whose passphrase opens the casebook."""
    from kzcase.keys.changes import holders
    from kzcase.queries.office import staff_list

    with way.desk() as desk:
        open_it = {holder.staff_id.hex() for holder in holders(desk.keys.keyfile, desk.keys.store_key)}
        with desk.book.read() as reader:
            rows = staff_list(reader)
    colleagues = [
        Colleague(
            id=row.id,
            name=row.name,
            roles=list(row.roles),
            slot=row.id in open_it,
            added_on=row.added_on,
            removed_on=row.removed_on,
        )
        for row in rows
    ]
    answer(StaffList(staff=colleagues), way.as_json)
