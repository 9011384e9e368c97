"""Incidents: reported with whom they endanger, told of in time, and closed with what was done."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kzcase.cli.desk import Way, on_casebook, on_casebook_of_people
from kzcase.cli.documents import (
    IncidentAffected,
    IncidentDone,
    IncidentList,
    IncidentOpened,
    NoticeWritten,
)
from kzcase.cli.files import check_target, write_whole
from kzcase.cli.output import answer, tell
from kzcase.cli.reads import reason_option
from kzcase.cli.rights import tell_what_freezing_does
from kzcase.cli.spoken import PLACE, argument, group, option
from kzcase.domain.incidents import (
    LAPTOP_FROZEN,
    LAPTOP_LATER,
    LOST_LAPTOP,
    NOT_FROZEN,
    STOLEN_PASSPHRASE,
    TOLD,
    remains,
)
from kzcase.i18n import LANGUAGES, Language, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kzcase.actions.desk import Desk
    from kzcase.actions.wishes import Done
    from kzcase.domain.incidents import AffectedRow, IncidentRow

_INCIDENT = _("The incident's number or id.")
_TO = _("Whom: the people affected, the authority or the donor.")
_DAY = _("On which day, such as 2026-12-31; today unless said otherwise.")


@group("incident", _("Report, list, tell of and close incidents with personal data."))
def incident_command() -> None:
    """Incidents."""


@incident_command.command(
    "open", words=_("Report that data may have come into the wrong hands, and see whom it endangers.")
)
@on_casebook_of_people
@option("--kind", required=True, metavar="CODE", words=_("A code of the list incident_kind, such as lost_laptop."))
@option("--what", required=True, metavar="TEXT", words=_("What happened, in a sentence; without names."))
@option("--noticed", metavar="DAY", words=_("When it was noticed; today unless said otherwise."))
@option("--first", metavar="DAY", words=_("From which day on it may have happened."))
@option("--last", metavar="DAY", words=_("Until which day it may have happened."))
@option(
    "--class", "classes", multiple=True, metavar="C", words=_("A class of data concerned; may be given several times.")
)
@option("--staff", metavar="NAME", words=_("The colleague whose account it concerns, by name or id."))
@option("--device", metavar="CODE", words=_("The laptop it concerns, by the code in its numbers."))
@option("--partner", metavar="NAME", words=_("The partner who got what was not theirs, by name or id."))
@option("--case", metavar="ID", words=_("The case it concerns, by number or id."))
@option("--responsible", metavar="NAME", words=_("Who sees to it; whoever reports it unless said otherwise."))
@reason_option
def open_command(way: Way, *, classes: tuple[str, ...], reason: str, **given: Any) -> None:
    """Report an incident; nothing more goes to a partner it names."""
    from kzcase.actions.affected import affected_by
    from kzcase.actions.key_changes import follow_journal
    from kzcase.actions.perform import perform, read_act
    from kzcase.queries.incidents import incident

    fields = {name: value for name, value in (given | {"look_reason": reason or None}).items() if value is not None}
    wanted = read_act({"act": "incident.opened", "classes": list(classes), **fields}, "incident")
    with way.desk() as desk:
        done = perform(desk.book, wanted)
        follow_journal(desk)
        found = affected_by(desk.book, done.number, "long")
        with desk.book.read() as reader:
            row = incident(reader, done.number)
        opened = IncidentOpened(
            id=done.act.hex(), incident=row, affected=list(found.rows), looks_known=found.looks_known
        )
        answer(opened, way.as_json, desk.book.rulebook)
    _tell_next(row, looks_known=found.looks_known)
    _tell_hidden(way, found.rows)


def _tell_next(row: "IncidentRow", *, looks_known: bool) -> None:
    """What is to be done now, and what is not certain."""
    if row.frozen:
        tell_what_freezing_does()
    elif row.colleague is not None and row.kind == STOLEN_PASSPHRASE:
        tell(NOT_FROZEN)
    if row.laptop_frozen:
        tell(LAPTOP_FROZEN)
    elif row.device is not None and row.kind == LOST_LAPTOP:
        tell(LAPTOP_LATER)
    if row.colleague is not None:
        tell(_("To close the account at once: kzcase staff remove CASEBOOK NAME."))
    if row.stopped:
        tell(ngettext(
            "{count} referral to this partner is stopped until the incident is closed.",
            "{count} referrals to this partner are stopped until the incident is closed.",
            row.stopped,
        ))  # fmt: skip
    if not looks_known:
        tell(_("You cannot open the read log: cases that were only looked at are missing here."))
    if row.doubtful:
        tell(_("The term is marked as doubtful. Ask a lawyer today."))


def _tell_hidden(way: Way, rows: "Sequence[AffectedRow]") -> None:
    """Why somebody is most endangered may be hidden with the names."""
    if any(row.hidden for row in rows) and not way.show_names and not way.as_json:
        tell(_("What is hidden shows with --show-names, for one command; this is recorded."))


@incident_command.command("list", words=_("List incidents, those still open first."))
@on_casebook
def list_command(way: Way) -> None:
    """Every incident."""
    from kzcase.queries.incidents import incident_list

    with way.desk() as desk, desk.book.read() as reader:
        answer(IncidentList(incidents=incident_list(reader)), way.as_json, reader.rulebook)


@incident_command.command("affected", words=_("Show whom an incident may endanger, the most endangered first."))
@on_casebook_of_people
@argument("incident", _INCIDENT)
def affected_command(way: Way, *, incident: str) -> None:
    """The list as it is today; looking at it is recorded."""
    from kzcase.actions.affected import affected_by

    with way.desk() as desk:
        found = affected_by(desk.book, incident, "long")
        rows = list(found.rows)
        answer(
            IncidentAffected(number=incident, affected=rows, looks_known=found.looks_known),
            way.as_json,
            desk.book.rulebook,
        )
    _tell_hidden(way, rows)


@incident_command.command("tell", words=_("Enter that somebody was told of an incident."))
@on_casebook
@argument("incident", _INCIDENT)
@option("--to", "whom", required=True, type=click.Choice(tuple(TOLD)), words=_TO)
@option("--on", metavar="DAY", words=_DAY)
def tell_command(way: Way, *, incident: str, whom: str, on: str | None) -> None:
    """Enter who was told."""
    _perform(way, {"act": "incident.told", "incident": incident, "whom": whom}, on)


@incident_command.command("close", words=_("Close an incident for good, with what was done."))
@on_casebook
@argument("incident", _INCIDENT)
@option("--done", required=True, metavar="TEXT", words=_("What was done."))
@option("--on", metavar="DAY", words=_DAY)
def close_command(way: Way, *, incident: str, done: str, on: str | None) -> None:
    """Close an incident."""
    tell(remains(_perform(way, {"act": "incident.closed", "incident": incident, "done": done}, on)))


def _perform(way: Way, act: dict[str, Any], on: str | None) -> "IncidentRow":
    from kzcase.actions.perform import perform, read_act

    wanted = read_act(act | ({"on": on} if on else {}), "incident")
    with way.desk() as desk:
        return _answer(way, desk, perform(desk.book, wanted))


def _answer(way: Way, desk: "Desk", done: "Done") -> "IncidentRow":
    from kzcase.queries.incidents import incident

    with desk.book.read() as reader:
        row = incident(reader, done.ids["incident"].hex())
        answer(IncidentDone(id=done.act.hex(), incident=row), way.as_json, reader.rulebook)
    return row


@incident_command.command(
    "notice", words=_("Write the draft of a notice to those affected, the authority or the donor.")
)
@on_casebook
@argument("incident", _INCIDENT)
@option("--to", "whom", required=True, type=click.Choice(tuple(TOLD)), words=_TO)
@option("--lang", "spoken", required=True, type=click.Choice(LANGUAGES), words=_("Language of the paper."))
@option("-o", "--output", required=True, type=PLACE, metavar="F.pdf", words=_("Where to write the paper."))
def notice_command(way: Way, *, incident: str, whom: str, spoken: Language, output: Path) -> None:
    """A paper that says no more than each must know."""
    from kzcase.actions.notices import print_notice

    check_target(output)
    with way.desk() as desk:
        content = print_notice(desk.book, incident, whom, spoken)
    write_whole(output, content)
    fingerprint = hashlib.sha256(content).hexdigest()
    answer(NoticeWritten(number=incident, whom=whom, file=str(output), sha256=fingerprint), way.as_json)
