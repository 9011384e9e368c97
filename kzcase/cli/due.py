"""What is due, for one colleague or the whole office, as a list or as a sheet to take along; and the rules in force."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kzcase.cli.desk import Way, on_casebook, on_casebook_of_people
from kzcase.cli.documents import DueList, DueThing, RuleInForce, RulesInForce
from kzcase.cli.files import check_target, write_whole
from kzcase.cli.output import answer, language, said, tell
from kzcase.cli.spoken import PLACE, command, option
from kzcase.i18n import LANGUAGES, Language, _

if TYPE_CHECKING:
    from kzcase.db.reader import Reader
    from kzcase.domain.due import DueRow
    from kzcase.domain.rule_rows import RuleRow

_MOST_DAYS = 366
_SORTS = ("day", "deadline", "amount", "stay", "pathway", "retention")


@command("due", _("Show what is due: deadlines, hours of detention, hearings, stays, papers, birthdays, tasks."))
@on_casebook_of_people
@option(
    "--days",
    type=click.IntRange(1, _MOST_DAYS),
    metavar="N",
    default=7,
    show_default=True,
    words=_("How many days, today included."),
)
@option("--all", "everybody", is_flag=True, words=_("Of the whole office, not only your own."))
@option("-o", "--output", type=PLACE, metavar="F.pdf", words=_("Write it as a sheet that names nobody."))
@option("--lang", "spoken", type=click.Choice(LANGUAGES), words=_("Language of the sheet."))
def due_command(way: Way, *, days: int, everybody: bool, output: Path | None, spoken: Language | None) -> None:
    """What is over first, then the earliest."""
    from kzcase.actions.due import WantedDaySheet, day_sheet
    from kzcase.queries.due import due

    if output is not None:
        check_target(output)
    with way.desk() as desk:
        staff = None if everybody else desk.book.acting.staff_id
        with desk.book.read("long") as reader:
            until = reader.today + timedelta(days=days - 1)
            rows = due(reader, staff=staff, until=until)
            listed = DueList(until=until, due=[_thing(reader, row) for row in rows])
        if output is not None:
            made = day_sheet(desk.book, WantedDaySheet(spoken or language(), days, staff))
            write_whole(output, made.content)
            tell(_("The sheet is in {file}.", file=str(output)))
        answer(listed, way.as_json, desk.book.rulebook)


def _thing(reader: "Reader", row: "DueRow") -> DueThing:
    return DueThing(
        day=row.day,
        moment=row.moment,
        left=said(row.left(reader.now, reader.today)),
        kind=row.kind.value,
        number=row.number,
        what=None if "what" in row.masked else said(row.what),
        reason=said(row.reason),
        rule=row.rule,
        doubtful=row.doubtful,
        overdue=row.overdue,
        worker=row.worker,
        case=row.case,
        task=row.task,
        masked=sorted(row.masked),
    )


@command(
    "rules",
    _("Show the rules in force: days off, terms, amounts, stays, pathways, keeping; which are ours."),
)
@on_casebook
@option("--what", type=click.Choice(_SORTS), words=_("Only rules of this sort."))
@option("--ours", is_flag=True, words=_("Only what the office changed."))
def rules_command(way: Way, *, what: str | None, ours: bool) -> None:
    """Ours stand before what ships with kzcase."""
    from kzcase.domain.rule_changes import What
    from kzcase.queries.rules import rule_list

    with way.desk() as desk:
        with desk.book.read("long") as reader:
            rows = [row for row in rule_list(reader, What(what) if what else None) if row.ours or not ours]
        found = RulesInForce(hash=desk.book.rulebook.hash, rules=[_rule(row) for row in rows])
        answer(found, way.as_json, desk.book.rulebook)


def _rule(row: "RuleRow") -> RuleInForce:
    states = {
        "ours": row.ours,
        "replaced": row.shadowed,
        "updated": row.updated,
        "disputed": row.disputed,
        "refused": row.refused is not None,
    }
    return RuleInForce(
        what=row.what,
        rule=row.rule,
        name=said(row.name),
        value=said(row.refused or row.value),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        doubtful=row.doubtful,
        source=row.source,
        checked_on=row.checked_on,
        change=row.change,
        state=[state for state, holds in states.items() if holds],
    )
