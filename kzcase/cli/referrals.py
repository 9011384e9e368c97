"""Referrals, referrals from others, partners: listed and shown; and sealed packages out of a casebook and into it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kzcase.cli.desk import Way, on_casebook, on_casebook_of_people
from kzcase.cli.documents import (
    IncomingList,
    PackageMade,
    PackageTaken,
    PartnerAnswers,
    PartnerList,
    ReferralList,
    ReferralShown,
    UnhcrField,
    UnhcrSet,
    Warned,
)
from kzcase.cli.files import check_target, write_whole
from kzcase.cli.output import answer, language, said, tell
from kzcase.cli.reads import reason_option
from kzcase.cli.spoken import argument, group, option
from kzcase.cli.usage import WrongUse
from kzcase.i18n import _

if TYPE_CHECKING:
    from kzcase.db.casebook import Casebook


@group("referral", _("List and show referrals, what came from others, and partners."))
def referral_command() -> None:
    """Referrals."""


@referral_command.command("list", words=_("Referrals, those overdue first."))
@on_casebook_of_people
@option("--overdue", is_flag=True, words=_("Only those whose day to look again is past: the chase list."))
@option("--mine", is_flag=True, words=_("Only those of your own cases."))
@option("--all", "every", is_flag=True, words=_("Also those that ended."))
def list_command(way: Way, *, overdue: bool, mine: bool, every: bool) -> None:
    """Of cases beyond one's reach, what was asked for is hidden."""
    from kzcase.domain.referrals import ReferralChoice
    from kzcase.queries.referrals import referral_list

    choice = ReferralChoice(mine=mine, open=not every, overdue=overdue)
    with way.desk() as desk, desk.book.read("long") as reader:
        answer(ReferralList(referrals=referral_list(reader, choice)), way.as_json, desk.book.rulebook)


@referral_command.command("show", words=_("One referral with everything that happened to it."))
@on_casebook_of_people
@argument("number", _("The referral's number or id."))
@reason_option
def show_command(way: Way, *, number: str, reason: str) -> None:
    """Looking into a case beyond one's reach takes a reason."""
    from kzcase.actions.reading import enter_case
    from kzcase.domain.looks import Look
    from kzcase.queries.referrals import referral_history, referral_named

    with way.desk() as desk:
        with desk.book.read() as reader:
            case = (referral_named(reader, number).case_id or b"").hex()
        enter_case(desk.book, case, Look.CASE, reason=reason)
        with desk.book.read() as reader:
            found = referral_history(reader, number)
        shown = ReferralShown(listed=found.listed, steps=list(found.steps))
        answer(shown, way.as_json, desk.book.rulebook)


@referral_command.command("incoming", words=_("Referrals from others, those overdue first."))
@on_casebook_of_people
@option("--all", "every", is_flag=True, words=_("Also those that ended."))
def incoming_command(way: Way, *, every: bool) -> None:
    """What others asked us."""
    from kzcase.queries.incoming_referrals import incoming_list

    with way.desk() as desk, desk.book.read("long") as reader:
        answer(IncomingList(incoming=incoming_list(reader, ended=every)), way.as_json, desk.book.rulebook)


@referral_command.command("partners", words=_("The directory of partners."))
@on_casebook
@option("--old", is_flag=True, words=_("Only those that were last checked more than a year ago."))
def partners_command(way: Way, *, old: bool) -> None:
    """Partners by name."""
    from kzcase.queries.partners import partner_list, to_verify

    with way.desk() as desk, desk.book.read("long") as reader:
        found = to_verify(reader) if old else partner_list(reader)
        answer(PartnerList(partners=found), way.as_json, desk.book.rulebook)


@referral_command.command("figures", words=_("How one partner answers: for supervisors. Small numbers are left out."))
@on_casebook
@argument("partner", _("The partner's name or id."))
def figures_command(way: Way, *, partner: str) -> None:
    """Time to answer and outcomes."""
    from kzcase.queries.partner_figures import partner_figures

    with way.desk() as desk, desk.book.read("long") as reader:
        found = partner_figures(reader, partner)
        states = None if found.states is None else dict(found.states)
        answer(PartnerAnswers.of(found, states=states), way.as_json, desk.book.rulebook)


# Packages: what `export` and `import` do with --format package and progres


def export_package(
    way: Way, referral: str, forms: Sequence[str], files: Sequence[str], slip: Path | None, output: Path, reason: str
) -> None:
    """To the partner's confirmed key, or with a passphrase in a file of its own; or a reply to its sender."""
    from kzcase.actions.incoming_referrals import sealed_reply
    from kzcase.actions.packages import make_package, prepare_package
    from kzcase.domain.packages import digest

    for target in filter(None, (output, slip)):
        check_target(target)
    with way.desk() as desk:
        if number := _number_of_incoming(desk.book, referral):
            if forms or files or slip:
                raise WrongUse(_("A reply takes nothing but --referral and -o."))
            reply = sealed_reply(desk.book, number)
            write_whole(output, reply)
            answer(PackageMade(referral=number, file=str(output), sha256=digest(reply)), way.as_json)
            return
        prepared = prepare_package(desk.book, referral, tuple(forms), tuple(files), reason)
        made = make_package(desk.book, prepared, language() if slip else None)
    write_whole(output, made.content)
    if slip:
        write_whole(slip, f"{made.passphrase}\n".encode())
        tell(_("The passphrase is in {file}. It goes another way than the package.", file=str(slip)))
    where = str(slip) if slip else None
    warned = [Warned(place=each.place, warning=each.warning, what=said(each.what)) for each in prepared.against]
    for each in warned:
        tell(each.what)
    shown = PackageMade(
        referral=made.done.number, file=str(output), sha256=digest(made.content), slip=where, warnings=warned
    )
    answer(shown, way.as_json)


def _number_of_incoming(book: "Casebook", reference: str) -> str:
    """The number of a referral from others, where it is one."""
    from kzcase.domain.errors import NotFound
    from kzcase.queries.incoming_referrals import incoming_named

    with book.read() as reader:
        try:
            return incoming_named(reader, reference).number or ""
        except NotFound:
            return ""


def import_package(way: Way, content: bytes, passphrase: str) -> None:
    """A package becomes a referral from others; a reply is recorded at the referral whose package it answers."""
    from kzcase.actions.incoming_referrals import receive_package
    from kzcase.actions.packages import is_reply, take_reply

    reply = is_reply(content)
    with way.desk() as desk:
        done = take_reply(desk.book, content) if reply else receive_package(desk.book, content, passphrase)
    answer(PackageTaken(number=done.number, reply=reply), way.as_json)


def export_progres(way: Way, referral: str, output: Path, reason: str) -> None:
    """The fields of proGres v4 as a table; what is missing is said."""
    from kzcase.actions.progres import save_progres
    from kzcase.paper.tables import csv_bytes
    from kzcase.queries.progres import missing_of

    check_target(output)
    with way.desk() as desk:
        saved = save_progres(desk.book, referral, reason)
    fields = [
        UnhcrField(field=each.name, value=each.value, missing=said(each.missing) if each.missing else None)
        for each in saved.fields
    ]
    rows = [(each.field, each.value or "", each.missing or "") for each in fields]
    write_whole(output, csv_bytes(("field", "value", "missing"), rows))
    missing = list(missing_of(saved.fields))
    if missing:
        tell(_("proGres does not take it without: {fields}.", fields=", ".join(missing)))
    answer(UnhcrSet(referral=saved.referral, fields=fields, missing=missing, made_on=saved.made_on), way.as_json)
