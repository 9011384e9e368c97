"""Cases: searched, shown, listed, and what was done on them."""

from typing import Any

import click

from kzcase.cli.choosing import chosen_by, chosen_options, export_command
from kzcase.cli.desk import Way, on_casebook, on_casebook_of_people
from kzcase.cli.documents import CaseList, History, HistoryAct, Search, SearchHit
from kzcase.cli.erasing import hold_command, release_command
from kzcase.cli.output import answer, said, tell
from kzcase.cli.reads import reads_command, reason_option
from kzcase.cli.roads import stands_command
from kzcase.cli.spoken import argument, command, group, option
from kzcase.cli.team import expected_command, together_command
from kzcase.domain.errors import TooLarge
from kzcase.i18n import _

_LONGEST = 1_000
_MOST = 100_000
_COUNT = click.IntRange(1, _MOST)
_SKIPPED = click.IntRange(0, 1_000_000_000)
_CASE = _("The case's number or id.")


@command("search", _("Find cases by name in any spelling, by phone or by number."))
@on_casebook_of_people
@argument("text", _("A name in any spelling, a phone or a number."))
@option("--limit", type=_COUNT, metavar="N", default=50, show_default=True, words=_("How many at most."))
def search_command(way: Way, *, text: str, limit: int) -> None:
    """The best fitting cases first."""
    from kzcase.actions.reading import search_cases

    if len(text) > _LONGEST:
        raise TooLarge(place="text", limit=_LONGEST)
    with way.desk() as desk:
        found = search_cases(desk.book, text, limit)
        answer(Search(hits=[SearchHit.of(hit) for hit in found.hits]), way.as_json, desk.book.rulebook)
    if not found.hits:
        tell(_("Nothing was found. Cases are searched; calls are found by `kzcase helpline calls`."))
    if found.more:
        tell(_("There are more that fit. Please type more of the name, or raise --limit."))


@group("case", _("Show and list cases, their history and who looked at them. A case is opened by `kzcase act`."))
def case_command() -> None:
    """Cases."""


@case_command.command("show", words=_("Show one case by its number or id."))
@on_casebook_of_people
@argument("case", _CASE)
@reason_option
@option("--sealed", is_flag=True, words=_("Also what the sealed notes say that are sealed to you."))
def show(way: Way, *, case: str, reason: str, sealed: bool) -> None:
    """Everything on one case, masked as the acting person's roles see it."""
    from kzcase.actions.reading import open_case
    from kzcase.actions.sealed_notes import with_own_notes
    from kzcase.queries.printed_papers import paper_titles

    with way.desk() as desk:
        page = open_case(desk.book, case, reason)
        with desk.book.read() as reader:
            titles = paper_titles(reader, [sheet.form_id for sheet in page.sheets])
        answer(with_own_notes(desk.book, page) if sealed else page, way.as_json, desk.book.rulebook, titles)


@case_command.command("list", words=_("List cases page by page."))
@on_casebook_of_people
@option("--limit", type=_COUNT, metavar="N", default=200, show_default=True, words=_("How many at most."))
@option("--offset", type=_SKIPPED, metavar="N", default=0, show_default=True, words=_("How many to skip."))
@option(
    "--order",
    type=click.Choice(["opened_on", "number", "name"]),
    default="opened_on",
    show_default=True,
    words=_("By what they stand in order."),
)
@option("--ascending", is_flag=True, words=_("The oldest, lowest or first of the alphabet first."))
@chosen_options
def list_cases(way: Way, *, limit: int, offset: int, order: str, ascending: bool, **said: Any) -> None:
    """One page of the list."""
    from kzcase.queries.cases import case_count, case_list

    with way.desk() as desk, desk.book.read() as reader:
        chosen = chosen_by(reader, said)
        rows = case_list(reader, offset=offset, limit=limit, order=order, descending=not ascending, chosen=chosen)
        answer(CaseList(cases=rows, total=case_count(reader, chosen)), way.as_json, reader.rulebook)


@case_command.command("history", words=_("Show who did what on a case, and when."))
@on_casebook
@argument("case", _CASE)
@reason_option
def history(way: Way, *, case: str, reason: str) -> None:
    """The acts on one case and its person, oldest first."""
    from kzcase.actions.reading import read_history

    with way.desk() as desk:
        rows = read_history(desk.book, case, reason)
    answer(History(acts=[HistoryAct.of(row, sentence=said(row.sentence)) for row in rows]), way.as_json)


case_command.add_command(stands_command)
case_command.add_command(export_command)
case_command.add_command(together_command)
case_command.add_command(expected_command)
case_command.add_command(reads_command)
case_command.add_command(hold_command)
case_command.add_command(release_command)
