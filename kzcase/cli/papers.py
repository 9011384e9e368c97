"""Papers: any form, letter, slip or sheet as PDF, blank or filled."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

import click

from kzcase.cli.desk import Way, casebook_options
from kzcase.cli.documents import Printed
from kzcase.cli.files import check_target, write_whole
from kzcase.cli.output import answer, tell
from kzcase.cli.reads import reason_option
from kzcase.cli.spoken import PLACE, argument, command, option
from kzcase.cli.usage import WrongUse
from kzcase.domain.errors import SafeToTakeUnasked
from kzcase.forms.languages import FURTHER
from kzcase.i18n import KAZAKHSTAN, LANGUAGES, _

PAPERS_TO_PRINT: Final = (
    *("consent", "consent_notice", "call_sheet", "referral_letter", "partner_card", "case_sheet", "road", "stay"),
    *("conference_minutes", "transfer_receipt", "weighing"),
)
"""By name; the library that makes them is loaded only to print."""
SPOKEN: Final = (*LANGUAGES, *FURTHER)


@command("print", _("Print FORM as PDF: a paper or a form, blank, or filled for a case."))
@argument(
    "form",
    _("A paper: {papers}; or a form by its id, as `kzcase form list` names it.", papers=", ".join(PAPERS_TO_PRINT)),
)
@option("--lang", "spoken", required=True, type=click.Choice(SPOKEN), words=_("Language of the paper."))
@option(
    "--second",
    type=click.Choice(SPOKEN),
    words=_("Another language beside the first; of forms only."),
)
@option("--casebook", type=PLACE, metavar="C", words=_("The casebook that holds the case, or the office's own form."))
@option("--case", metavar="ID", words=_("Number or id of the case the paper is filled for."))
@option(
    "--number",
    default="",
    metavar="N",
    words=_("Which referral or consent; otherwise the latest, of referrals the latest that was sent."),
)
@option("--blank", is_flag=True, words=_("An empty sheet for the case: its scan finds the case again."))
@option("--discreet", is_flag=True, words=_("A client's paper without name of the office, topic, number or code."))
@option(
    "--safe-to-take",
    type=click.Choice(("yes", "no", "office")),
    words=_("For a client's paper of a case: is it safe to take? `office`: it stays at the office."),
)
@option("--wallet", is_flag=True, words=_("The safety card at the size of a bank card, several on a page, to cut out."))
@option(
    "--to",
    default="",
    metavar="PARTNER",
    words=_("For whom a filled form is: a partner by name or id, or `office` where the paper stays there."),
)
@option("-o", "--output", required=True, type=PLACE, metavar="F.pdf", words=_("Where to write the paper."))
@reason_option
@casebook_options
def print_command(
    *,
    form: str,
    spoken: str,
    second: str | None,
    casebook: Path | None,
    case: str | None,
    number: str,
    blank: bool,
    discreet: bool,
    safe_to_take: str | None,
    wallet: bool,
    to: str,
    output: Path,
    reason: str,
    passphrase_file: str | None,
    as_name: str | None,
    show_names: bool,
    as_json: bool,
) -> None:
    """Make the paper; one of a case is entered in the case's history before it is written."""
    from kzcase.actions.papers import WantedPaper, blank_paper, is_form, paper_for_nobody, print_paper
    from kzcase.queries.printed_papers import paper_titles, titles_of

    if (casebook is None) is not (case is None) and (case or not is_form(form)):
        raise WrongUse(_("A filled paper needs both --casebook and --case."))
    check_target(output)
    if blank and case is None:
        raise WrongUse(_("--blank is for a sheet of a case: give --casebook and --case, or leave it out."))
    asked = (blank, discreet, safe_to_take or "", wallet, to)
    wish = WantedPaper(form, spoken, case or "", number, reason, second or "", *asked)
    if casebook is None:
        made = blank_paper(wish, datetime.now(KAZAKHSTAN).date())
        titles = titles_of([made.paper])
    else:
        with Way(casebook, passphrase_file, as_name, show_names, as_json).desk() as desk, _asked_by_options():
            made = print_paper(desk.book, wish) if case else paper_for_nobody(desk.book, wish)
            with desk.book.read() as reader:
                titles = paper_titles(reader, [made.paper])
    write_whole(output, made.content)
    for words in made.to_know:
        tell(words)
    answer(Printed.of(made, file=str(output)), as_json, titles=titles)


@contextmanager
def _asked_by_options() -> Iterator[None]:
    """A question that the paper asks first is answered by an option: the refusal names it as it is typed."""
    try:
        yield
    except SafeToTakeUnasked as error:
        error.place = "--safe-to-take"
        raise
