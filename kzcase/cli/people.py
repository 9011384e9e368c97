"""People beyond one case: shown as far as the asker may see, and who may be known already."""

from pathlib import Path
from typing import Final

import click

from kzcase.cli.desk import Way, on_casebook_of_people
from kzcase.cli.documents import AlikePeople, PerhapsSought, PersonPaper, PossiblePairs
from kzcase.cli.files import check_target, write_whole
from kzcase.cli.output import answer, language
from kzcase.cli.reads import reason_option
from kzcase.cli.spoken import PLACE, argument, command, option
from kzcase.i18n import LANGUAGES, Language, _

_DAYS = click.IntRange(1, 3_660)
_LONGEST = 400
PERSON_PAPERS: Final = ("family", "receipt", "reply")
"""Papers about a person, by name."""


@command("show", _("Show everything about a person that you may see: records, relations, household, steps, cases."))
@on_casebook_of_people
@argument("person", _("The person's id, or the number of a case of theirs."))
@reason_option
def show_command(way: Way, *, person: str, reason: str) -> None:
    """Others' cases show nothing here; supervisors are told that there are some."""
    from kzcase.actions.persons import open_person

    with way.desk() as desk:
        answer(open_person(desk.book, person, reason), way.as_json, desk.book.rulebook)


@command("alike", _("Show who may be the same person as somebody new, and why; nobody beyond your own cases."))
@on_casebook_of_people
@option("--name", multiple=True, metavar="T", words=_("A name in any spelling; several may be given."))
@option("--birth", default="", metavar="DATE", words=_("The day, month or year of birth."))
@option("--sex", default="", metavar="CODE", words=_("A code of the list sex."))
@option("--phone", multiple=True, metavar="T", words=_("A phone in any format."))
@option("--document", multiple=True, metavar="T", words=_("The number of a document, or an IIN."))
def alike_command(
    way: Way, *, name: tuple[str, ...], birth: str, sex: str, phone: tuple[str, ...], document: tuple[str, ...]
) -> None:
    """The likeliest first; the search is entered in the read log."""
    from kzcase.actions.persons import look_for_alike

    said = [tuple(each[:_LONGEST] for each in some) for some in (name, phone, document)]
    with way.desk() as desk:
        if sex:
            desk.book.rulebook.list("sex")[sex]
        rows = look_for_alike(desk.book, said[0], birth[:64], sex[:64], said[1], said[2])
        answer(AlikePeople(people=rows), way.as_json, desk.book.rulebook)


@command("pairs", _("For supervisors: list people new in the last days who may be somebody known before."))
@on_casebook_of_people
@option("--days", type=_DAYS, metavar="N", default=90, show_default=True, words=_("How many days back."))
def pairs_command(way: Way, *, days: int) -> None:
    """Each is decided by the act persons.merged or persons.told_apart."""
    from kzcase.actions.persons import look_for_pairs

    with way.desk() as desk:
        answer(PossiblePairs(pairs=look_for_pairs(desk.book, days)), way.as_json, desk.book.rulebook)


@command("sought", _("For supervisors: list who may be a person that somebody asks after, wherever their case is."))
@on_casebook_of_people
def sought_command(way: Way) -> None:
    """Each is decided by the act match.decided; then the found person is asked, by found.answered."""
    from kzcase.actions.persons import look_for_sought

    with way.desk() as desk:
        answer(PerhapsSought(sought=look_for_sought(desk.book)), way.as_json, desk.book.rulebook)


@command(
    "print", _("Print the family of a person, a receipt for an original, or the reply to whoever asks for somebody.")
)
@on_casebook_of_people
@argument(
    "what",
    _("What to print: {papers}.", papers=", ".join(PERSON_PAPERS)),
    type=click.Choice(PERSON_PAPERS),
    metavar="WHAT",
)
@argument(
    "reference",
    _(
        "The person's id, or the number of a case of theirs. For a receipt: the id of the document. For a reply: the "
        "number or id of the request."
    ),
)
@option("--lang", "spoken", type=click.Choice(LANGUAGES), words=_("Language of the paper."))
@option("-o", "--output", required=True, type=PLACE, metavar="F.pdf", words=_("Where to write the PDF."))
def print_command(way: Way, *, what: str, reference: str, spoken: Language | None, output: Path) -> None:
    """For the responsible worker; that it was printed stands in the history of a case."""
    from kzcase.actions.person_papers import custody_paper, family_paper
    from kzcase.actions.tracing_papers import reply_paper

    check_target(output)
    make = {"family": family_paper, "receipt": custody_paper, "reply": reply_paper}[what]
    with way.desk() as desk:
        made = make(desk.book, reference, spoken or language())
    write_whole(output, made.content)
    answer(PersonPaper(paper=made.paper, language=made.language, file=str(output), sha256=made.sha256), way.as_json)
