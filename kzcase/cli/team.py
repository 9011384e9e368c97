"""One's own day, how the team stands, and what colleagues agreed on about one case."""

from typing import TYPE_CHECKING

import click

from kzcase.cli.desk import Way, on_casebook, on_casebook_of_people
from kzcase.cli.documents import CaseExpected, CaseTogether, Day, DayLine, ExpectedThing, TeamBoard
from kzcase.cli.output import answer, language, said, tell
from kzcase.cli.reads import reason_option
from kzcase.cli.spoken import argument, command, option
from kzcase.domain.looks import Look
from kzcase.i18n import _, ngettext

if TYPE_CHECKING:
    from kzcase.domain.day_rows import DayRow

_MOST = 1_000
_CASE = _("The case's number or id.")


@command("day", _("Show your day: tasks, what becomes due in your cases, and what waits for your answer."))
@on_casebook_of_people
@option("--colleagues", is_flag=True, words=_("Also what your colleagues have to do."))
@option(
    "--limit", type=click.IntRange(1, _MOST), metavar="N", default=200, show_default=True, words=_("How many at most.")
)
def day_command(way: Way, *, colleagues: bool, limit: int) -> None:
    """The most urgent first."""
    from kzcase.domain.permissions import Permission
    from kzcase.queries.alike import possible_pairs
    from kzcase.queries.my_day import my_day

    with way.desk() as desk, desk.book.read() as reader:
        rows = my_day(reader, colleagues=colleagues, limit=limit)
        answer(Day(lines=[_line(row) for row in rows]), way.as_json, reader.rulebook)
        pairs = len(possible_pairs(reader)) if reader.may(Permission.MERGE_PEOPLE) else 0
    if pairs:
        tell(
            ngettext(
                "{count} pair of people may be one person: `kzcase person pairs`.",
                "{count} pairs of people may be one person each: `kzcase person pairs`.",
                pairs,
            )
        )


def _line(row: "DayRow") -> DayLine:
    return DayLine(
        id=row.id,
        sort=row.kind.value,
        group=row.when.value,
        day=row.day,
        moment=row.moment,
        what=None if "what" in row.masked else said(row.what),
        case_number=row.case_number,
        priority=row.priority,
        worker=row.worker,
        reason=said(row.reason) if row.reason else None,
        note=None if "said" in row.masked else row.said,
        masked=sorted("note" if field == "said" else field for field in row.masked),
    )


@command("team", _("Show how the team stands, and the cases on which nobody did anything for too long."))
@on_casebook
def team_command(way: Way) -> None:
    """For whoever leads the team; it names no client."""
    from kzcase.queries.stale import stale_list
    from kzcase.queries.team import team_board

    with way.desk() as desk, desk.book.read() as reader:
        board = TeamBoard(members=team_board(reader), stale_cases=stale_list(reader, everybody=True))
        answer(board, way.as_json, reader.rulebook)


@command("together", _("Show flags, approvals, offers, requests and conferences of a case."))
@on_casebook_of_people
@argument("case", _CASE)
@reason_option
def together_command(way: Way, *, case: str, reason: str) -> None:
    """The latest first."""
    from kzcase.actions.reading import enter_case
    from kzcase.queries.together import together

    with way.desk() as desk:
        found = enter_case(desk.book, case, Look.CASE, reason=reason)
        with desk.book.read() as reader:
            view = together(reader, found.hex())
            parts = {name: list(getattr(view, name)) for name in CaseTogether.__struct_fields__}
            answer(CaseTogether(**parts), way.as_json, reader.rulebook)


@command("expected", _("Show what a case expects and by when: what is done, late, running and still to come."))
@on_casebook_of_people
@argument("case", _CASE)
@reason_option
def expected_command(way: Way, *, case: str, reason: str) -> None:
    """By the clocks of its pathway."""
    from kzcase.actions.reading import enter_case
    from kzcase.queries.timelines import case_timeline

    with way.desk() as desk:
        found = enter_case(desk.book, case, Look.CASE, reason=reason)
        with desk.book.read() as reader:
            rows = case_timeline(reader, found.hex(), language())
        listed = [
            ExpectedThing(
                what=said(row.what),
                state=row.state,
                last_day=row.last_day,
                done_on=row.done_on,
                since=said(row.since) if row.since else None,
                doubtful=row.doubtful,
                how=[said(words) for words in row.explained],
            )
            for row in rows
        ]
        answer(CaseExpected(expected=listed), way.as_json)
