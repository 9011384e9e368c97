"""Cases: searched, shown, listed, and what was done on them."""

import click

from kzcase.cli.desk import Way, on_casebook
from kzcase.cli.documents import CaseList, History, HistoryAct, Search, SearchHit
from kzcase.cli.output import answer, said
from kzcase.domain.errors import TooLarge
from kzcase.i18n import _

_LONGEST = 1_000
_MOST = 100_000
_COUNT = click.IntRange(1, _MOST)


@click.command("search", help=said(_("Find cases by name in any spelling, by phone or by number.")))
@on_casebook
@click.argument("text")
@click.option("--limit", type=_COUNT, default=50, show_default=True)
def search_command(way: Way, *, text: str, limit: int) -> None:
    """The best fitting cases first."""
    from kzcase.queries.search import search

    if len(text) > _LONGEST:
        raise TooLarge(place="text", limit=_LONGEST)
    with way.desk() as desk, desk.book.read() as reader:
        found = search(reader, text, limit)
    hits = [
        SearchHit(
            case=hit.case,
            number=hit.number,
            person=hit.person,
            name=hit.name,
            score=hit.score,
            why=list(hit.why),
            masked=sorted(hit.masked),
        )
        for hit in found
    ]
    answer(Search(hits=hits), way.as_json)


@click.group("case", no_args_is_help=False, help=said(_("Show, list and trace cases.")))
def case_command() -> None:
    """Cases."""


@case_command.command("show", help=said(_("Show one case by its number or id.")))
@on_casebook
@click.argument("case")
def show(way: Way, *, case: str) -> None:
    """Everything on one case, masked as the acting person's roles see it."""
    from kzcase.queries.case_page import case_page

    with way.desk() as desk, desk.book.read() as reader:
        answer(case_page(reader, case), way.as_json)


@case_command.command("list", help=said(_("List cases page by page.")))
@on_casebook
@click.option("--limit", type=_COUNT, default=200, show_default=True)
@click.option("--offset", type=click.IntRange(0), default=0, show_default=True)
@click.option("--order", type=click.Choice(["opened_on", "number", "name"]), default="opened_on", show_default=True)
@click.option("--ascending", is_flag=True, help=said(_("The oldest, lowest or first of the alphabet first.")))
def list_cases(way: Way, *, limit: int, offset: int, order: str, ascending: bool) -> None:
    """One page of the list."""
    from kzcase.queries.cases import case_count, case_list

    with way.desk() as desk, desk.book.read() as reader:
        rows = case_list(reader, offset=offset, limit=limit, order=order, descending=not ascending)
        answer(CaseList(cases=rows, total=case_count(reader)), way.as_json)


@case_command.command("history", help=said(_("Show who did what on a case, and when.")))
@on_casebook
@click.argument("case")
def history(way: Way, *, case: str) -> None:
    """The acts on one case and its person, oldest first."""
    from kzcase.queries.history import case_history

    with way.desk() as desk, desk.book.read() as reader:
        rows = case_history(reader, case)
    acts = [
        HistoryAct(
            id=row.id,
            kind=row.kind,
            sentence=said(row.sentence),
            author=row.author,
            at=row.at,
            operations=row.operations,
        )
        for row in rows
    ]
    answer(History(acts=acts), way.as_json)
