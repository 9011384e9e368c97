"""Papers: any form, letter, slip or sheet as PDF, blank or filled."""

from datetime import date
from pathlib import Path

import click

from kzcase.cli.desk import Way, casebook_options
from kzcase.cli.documents import Printed
from kzcase.cli.files import write_whole
from kzcase.cli.output import answer, said
from kzcase.i18n import LANGUAGES, Language, _


@click.command("print", help=said(_("Print FORM as PDF: a paper or a form, blank, or filled for a case.")))
@click.argument("form")
@click.option("--lang", "spoken", required=True, type=click.Choice(LANGUAGES))
@click.option("--casebook", type=click.Path(path_type=Path), metavar="C")
@click.option("--case", metavar="ID", help=said(_("Number or id of the case the paper is filled for.")))
@click.option("--number", default="", metavar="N", help=said(_("Which referral or consent; otherwise the latest.")))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), metavar="F.pdf")
@casebook_options
def print_command(
    *,
    form: str,
    spoken: Language,
    casebook: Path | None,
    case: str | None,
    number: str,
    output: Path,
    passphrase_file: str | None,
    as_name: str | None,
    show_names: bool,
    as_json: bool,
) -> None:
    """Make the paper; a filled one is entered in the case's history before it is written."""
    from kzcase.actions.papers import WantedPaper, blank_paper, print_paper

    if (casebook is None) is not (case is None):
        raise click.UsageError(said(_("A filled paper needs both --casebook and --case.")))
    wish = WantedPaper(form, spoken, case or "", number)
    if casebook is None:
        made = blank_paper(wish, date.today())
    else:
        with Way(casebook, passphrase_file, as_name, show_names, as_json).desk() as desk:
            made = print_paper(desk.book, wish)
    write_whole(output, made.content)
    document = Printed(
        file=str(output), paper=made.paper, language=made.language, number=made.number, sha256=made.sha256
    )
    answer(document, as_json)
