"""Who looked at what: the read log, for supervisors and auditors; and why somebody looks beyond their own cases."""

from collections.abc import Callable, Iterable
from typing import Final, TypeVar

import click

from kzcase.cli.desk import Way, on_casebook
from kzcase.cli.output import DONE, FOUND, answer, tell
from kzcase.cli.spoken import command, option
from kzcase.i18n import Words, _, ngettext

_MOST: Final = 1_000_000
T = TypeVar("T")


def reason_option(function: Callable[..., T]) -> Callable[..., T]:
    """Why somebody needs a case that is not theirs."""
    words = _("Why you need a case that is not one of yours: a code of the list look_reason, such as danger or asked.")
    return option("--reason", default="", metavar="CODE", words=words)(function)


def _titles(details: Iterable[str]) -> dict[str, Words]:
    """What registers and papers are called that entries of the log name; a register taken along with its ending."""
    from kzcase.queries.printed_papers import titles_of
    from kzcase.queries.registers import REGISTERS

    named = set(details)
    papers = {name: title for name, title in titles_of(named).items() if name in named}
    registers = {each: REGISTERS[each.partition(".")[0]].title for each in named if each.partition(".")[0] in REGISTERS}
    return {**papers, **registers}


@command("reads", _("Show who looked at what, and whether the log is whole."))
@on_casebook
@option("--case", default="", metavar="ID", words=_("Only looks at this case, by number or id."))
@option("--who", default="", metavar="NAME", words=_("Only looks of this colleague, by name or id."))
@option(
    "--limit", type=click.IntRange(1, _MOST), metavar="N", default=200, show_default=True, words=_("How many at most.")
)
def reads_command(way: Way, *, case: str, who: str, limit: int) -> int:
    """The latest first; exit code 1 when the chain of entries does not hold."""
    from kzcase.actions.read_log import read_log
    from kzcase.queries.looks import LooksWish

    with way.desk() as desk:
        page = read_log(desk.book, LooksWish(case=case, who=who, most=limit, among=_MOST), "long")
        titles = {} if way.as_json else _titles(row.detail for row in page.looks)
        answer(page, way.as_json, desk.book.rulebook, titles)
    if not page.chain.ok:
        broken = len(page.chain.broken)
        tell(ngettext("{count} entry of the log does not hold.", "{count} entries of the log do not hold.", broken))
    return DONE if page.chain.ok else FOUND
