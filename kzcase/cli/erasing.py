"""Erasing a person, blocking their data, legal holds, and the list of cases past their term."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from kzcase.cli.desk import Way, on_casebook
from kzcase.cli.documents import CertificateWritten, DataBlocked, Erased, HeldCase, RetentionList
from kzcase.cli.files import check_target, read_file, write_whole
from kzcase.cli.output import answer, language, tell
from kzcase.cli.people import alike_command, pairs_command, print_command, show_command, sought_command
from kzcase.cli.progress import Progress
from kzcase.cli.spoken import PLACE, PLACE_OF_TEXT, argument, command, group, option
from kzcase.cli.usage import WrongUse
from kzcase.domain.erasures import also_there, takes_seconds
from kzcase.domain.errors import KzcaseError, NotIsoDate, NotJsonFile
from kzcase.domain.json_text import read_json
from kzcase.i18n import LANGUAGES, Language, _, ngettext

if TYPE_CHECKING:
    from kzcase.actions.desk import Desk
    from kzcase.actions.older_backups import Renewed
    from kzcase.actions.wishes import Done
    from kzcase.db.casebook import Casebook

_PERSON = _("The person's id, or the number of a case of theirs.")
_WHOM = _("The person's id, or the number of a case of theirs, or of a call or referral that became none.")
_CASE = _("The number or id of the case, or of a call or referral that became none.")
_LANG = _("Language of the certificate.")
_LARGEST = 4 << 20


@group("person", _("Show a person, see who may be known already, erase a person for good, or block their data."))
def person_command() -> None:
    """People."""


for each in (show_command, alike_command, pairs_command, sought_command, print_command):
    person_command.add_command(each)


@person_command.command("erase", words=_("Erase a person for good: their data, attachments and keys, on every laptop."))
@on_casebook
@argument("person", _WHOM)
@option("--reason", default="", metavar="R", words=_("A code of the list erasure_reason, such as request."))
@option("--asked-on", default="", metavar="DATE", words=_("When the person asked for it."))
@option("--dry-run", is_flag=True, words=_("Change nothing: show what would go and which texts elsewhere name them."))
@option("--confirm-all", is_flag=True, words=_("Erase every mention in texts about other people as well."))
@option("--confirm", type=PLACE_OF_TEXT, metavar="F", words=_("A JSON list of the ids of mentions that go as well."))
@option("--certificate", type=PLACE, metavar="F.pdf", words=_("Where to write the certificate."))
@option("--lang", "spoken", type=click.Choice(LANGUAGES), words=_LANG)
@option("--together", is_flag=True, words=_("Also every other record that was found to be the same person."))
@option("--keep-backups", is_flag=True, words=_("Leave older backups as they are; by default a new one replaces them."))
def erase(
    way: Way,
    *,
    person: str,
    reason: str,
    asked_on: str,
    dry_run: bool,
    confirm_all: bool,
    confirm: str | None,
    certificate: Path | None,
    spoken: Language | None,
    together: bool,
    keep_backups: bool,
) -> None:
    """First with --dry-run; what was erased never comes back."""
    from kzcase.actions.certificates import erasure_certificate, erasure_row
    from kzcase.actions.erasing import ErasePerson, erase_person, plan_erasure, written_down_elsewhere

    if not (reason or dry_run):
        raise WrongUse(_("Please say why with --reason, or look first with --dry-run."))
    if confirm_all and confirm:
        raise WrongUse(_("Please choose one of --confirm-all and --confirm."))
    if certificate is not None:
        check_target(certificate)
    asked, chosen = _day(asked_on), _confirmed(confirm)
    with way.desk() as desk:
        if dry_run:
            plan = plan_erasure(desk.book, person, Progress(_("Looking through the journal")), together=together)
            answer(plan, way.as_json, desk.book.rulebook)
            if plan.also_in:
                tell(also_there(plan.also_in))
            return
        if confirm_all:
            plan = plan_erasure(desk.book, person, Progress(_("Looking through the journal")), together=together)
            chosen = frozenset(each.id for each in plan.mentions)
        same = () if together else written_down_elsewhere(desk.book, person)
        done = erase_person(desk.book, ErasePerson(person, reason, chosen, asked, together))
        _written_anew(desk)
        renewed = None if keep_backups else _renewed(desk, done.number)
        made = erasure_row(desk, done.number)
        paper = erasure_certificate(desk, done.number, spoken or language()) if certificate else b""
        rulebook = desk.book.rulebook
    if certificate is not None:
        write_whole(certificate, paper)
    destroyed = list(renewed.destroyed) if renewed else []
    written = str(certificate) if certificate else None
    answer(Erased.of(made, certificate=written, destroyed=destroyed), way.as_json, rulebook)
    if same:
        tell(also_there(same))
    if made.backups:
        count = len(made.backups)
        tell(ngettext("{count} older backup still holds it.", "{count} older backups still hold it.", count))
    if renewed is None:
        tell(_("Make a new backup now, and destroy the older ones. Other laptops follow when they meet this one."))


def _written_anew(desk: "Desk") -> None:
    """A large file takes a while: said before, and what is stopped is done with the next backup."""
    from kzcase.actions.writing_anew import write_anew
    from kzcase.queries.erasures import bytes_to_write_anew

    with desk.book.read() as reader:
        size = bytes_to_write_anew(reader)
    if size:
        count = takes_seconds(size)
        tell(
            ngettext(
                "The file is being written anew, so that nothing erased stays in it: usually {count} second at most.",
                "The file is being written anew, so that nothing erased stays in it: usually {count} seconds at most.",
                count,
            )
        )
        write_anew(desk.book)


def _renewed(desk: "Desk", number: str) -> "Renewed | None":
    """The erasing stands already: whatever hinders the new backup is told, and older ones stay."""
    from kzcase.actions.older_backups import renew

    try:
        return renew(desk, number, Progress(_("Backing up")))
    except KzcaseError as error:
        tell(error.sentence())
        return None


def _day(given: str) -> date | None:
    from kzcase.actions.checks import must_be_meant

    try:
        return must_be_meant(date.fromisoformat(given), "--asked-on") if given else None
    except ValueError:
        raise NotIsoDate("--asked-on") from None


def _confirmed(file: str | None) -> frozenset[str]:
    if file is None:
        return frozenset()
    try:
        return frozenset(msgspec.convert(read_json(read_file(file, _LARGEST), file), list[str]))
    except msgspec.ValidationError:
        raise NotJsonFile(file) from None


@person_command.command("certificate", words=_("Write the certificate of an erasing again, with what is known today."))
@on_casebook
@argument("number", _("The number of the certificate."))
@option("--lang", "spoken", type=click.Choice(LANGUAGES), words=_LANG)
@option("-o", "--output", required=True, type=PLACE, metavar="F.pdf", words=_("Where to write the certificate."))
def certificate_again(way: Way, *, number: str, spoken: Language | None, output: Path) -> None:
    """The same erasing; laptops and backups as of today."""
    from kzcase.actions.certificates import erasure_certificate, erasure_row

    check_target(output)
    with way.desk() as desk:
        row = erasure_row(desk, number)
        content = erasure_certificate(desk, number, spoken or language())
    write_whole(output, content)
    answer(CertificateWritten(number=row.number, file=str(output)), way.as_json)


@person_command.command("block", words=_("Keep a person's data without using them: only supervisors see them."))
@on_casebook
@argument("person", _PERSON)
def block(way: Way, *, person: str) -> None:
    """For data that a law makes one keep."""
    from kzcase.actions.holds import BlockPerson, block_person

    with way.desk() as desk:
        done = block_person(desk.book, BlockPerson(person=_id_of(desk.book, person)))
    answer(DataBlocked(person=done.ids["person"].hex(), blocked=True), way.as_json)


@person_command.command("unblock", words=_("Let a person's data be used again."))
@on_casebook
@argument("person", _PERSON)
def unblock(way: Way, *, person: str) -> None:
    """The other way round."""
    from kzcase.actions.holds import UnblockPerson, unblock_person

    with way.desk() as desk:
        done = unblock_person(desk.book, UnblockPerson(person=_id_of(desk.book, person)))
    answer(DataBlocked(person=done.ids["person"].hex(), blocked=False), way.as_json)


def _id_of(book: "Casebook", reference: str) -> str:
    from kzcase.actions.finding import case_or_person

    with book.read() as reader:
        return case_or_person(reader, reference).hex()


@command("hold", _("Put a legal hold on a case, call or referral: while it is there, nothing of it is erased."))
@on_casebook
@argument("case", _CASE)
@option("--why", required=True, metavar="T", words=_("Why, such as the number of a court's letter."))
def hold_command(way: Way, *, case: str, why: str) -> None:
    """Part of `kzcase case`."""
    from kzcase.actions.holds import hold

    with way.desk() as desk:
        done = hold(desk.book, case, why)
    answer(_held(done, held=True), way.as_json)


@command("release", _("Take the legal hold off a case, call or referral."))
@on_casebook
@argument("case", _CASE)
def release_command(way: Way, *, case: str) -> None:
    """Part of `kzcase case`."""
    from kzcase.actions.holds import release

    with way.desk() as desk:
        done = release(desk.book, case)
    answer(_held(done, held=False), way.as_json)


def _held(done: "Done", *, held: bool) -> HeldCase:
    found = done.ids.get("case") or done.ids["without_case"]
    return HeldCase(case=found.hex(), number=done.number, held=held)


@command("retention", _("List cases, calls and referrals past their term; nothing is erased by itself."))
@on_casebook
@option("--end-suspicions", is_flag=True, words=_("Take suspicions past their term away, with whoever they name."))
def retention_command(way: Way, *, end_suspicions: bool) -> None:
    """For supervisors."""
    from kzcase.queries.retention import due, suspicions_due
    from kzcase.queries.without_case import due_without_case

    with way.desk() as desk:
        if end_suspicions:
            _end_suspicions(desk)
        with desk.book.read("long") as reader:
            rows, suspicions, rulebook = due(reader), suspicions_due(reader), reader.rulebook
            without = due_without_case(reader)
    answer(RetentionList(cases=rows, without_case=without, suspicions=suspicions), way.as_json, rulebook)
    if any(row.doubtful for row in (*rows, *without)):
        tell(_("These terms are our own proposal and not confirmed: ask a lawyer before you erase."))


def _end_suspicions(desk: "Desk") -> None:
    """With a new backup in place of those that still hold whoever was erased, as after erasing one person."""
    from kzcase.actions.older_backups import older_than
    from kzcase.actions.suspicions import end_due

    ended = end_due(desk.book, Progress(_("Taking suspicions away")))
    tell(ngettext("{count} suspicion was taken away.", "{count} suspicions were taken away.", ended.suspicions))
    if ended.erasures and _renewed(desk, ended.erasures[-1]) is None and older_than(desk, ended.erasures[-1]).names:
        tell(_("Make a new backup now, and destroy the older ones. Other laptops follow when they meet this one."))
