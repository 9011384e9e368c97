"""Where a case stands, why, what is missing, what has to wait and until when."""

from collections.abc import Iterable

import msgspec

from kzcase.cli.desk import Way, on_casebook_of_people
from kzcase.cli.documents import CaseClock, CaseStands, StatedFact, StepWaits, TrackStands
from kzcase.cli.output import answer, language, said, tell
from kzcase.cli.reads import reason_option
from kzcase.cli.spoken import argument, command, option
from kzcase.domain.due import DueRow
from kzcase.domain.looks import Look
from kzcase.domain.road_rows import ClockRow, FactWord, HeldRow, RoadRow, StandingRow
from kzcase.i18n import _, ngettext


@command("stands", _("Show where a case stands, why, what is missing and what has to wait."))
@on_casebook_of_people
@argument("case", _("The case's number or id."))
@option("--facts", "all_facts", is_flag=True, words=_("Every fact that can be stated, not only those that are next."))
@reason_option
def stands_command(way: Way, *, case: str, reason: str, all_facts: bool) -> None:
    """The stage with its reason, tracks, held steps, deadlines, and what was stated."""
    from kzcase.actions.reading import enter_case
    from kzcase.queries.roads import where_it_stands

    with way.desk() as desk:
        found = enter_case(desk.book, case, Look.CASE, reason=reason)
        with desk.book.read() as reader:
            row = where_it_stands(reader, found.hex(), language())
    if way.as_json:
        answer(_document(row), True)
        return
    offered = row.offered if all_facts else row.offered[: row.first]
    answer(msgspec.structs.replace(_together(_document(row)), can_be_stated=[fact.code for fact in offered]), False)
    if left := len(row.offered) - len(offered):
        tell(
            ngettext(
                "{count} more fact can be stated: --facts lists them all.",
                "{count} more facts can be stated: --facts lists them all.",
                left,
            )
        )


def _together(found: CaseStands) -> CaseStands:
    """For people: steps that wait for the same stand together, so that its reason is read once."""
    steps: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for each in found.waiting_steps:
        steps.setdefault((each.guard, tuple(each.missing_facts)), []).append(each.step)
    waiting = [
        StepWaits(step="; ".join(dict.fromkeys(named)), guard=guard, missing_facts=list(missing))
        for (guard, missing), named in steps.items()
    ]
    return msgspec.structs.replace(found, waiting_steps=waiting)


def _document(row: StandingRow) -> CaseStands:
    return CaseStands(
        number=row.number,
        tracks=[_track(road) for road in row.roads if road.applies is not False],
        waiting_steps=[_waits(held) for held in row.held],
        clocks=[*map(_clock, row.clocks), *map(_day, row.days)],
        stated=[
            StatedFact(id=each.id, fact=each.fact, said=said(each.said), day=each.day, by=each.by)
            for each in row.stated
        ],
        can_be_stated=[fact.code for fact in row.offered],
    )


def _told(facts: Iterable[FactWord]) -> list[str]:
    return [said(fact.said) for fact in facts]


def missing_of(every: Iterable[FactWord], one_of: Iterable[FactWord]) -> list[str]:
    """What is missing; of several of which any one is enough, that it is so."""
    either = _told(one_of)
    if len(either) > 1:
        either = [said(_("one of: {facts}", facts=" / ".join(either)))]
    return [*_told(every), *either]


def _track(road: RoadRow) -> TrackStands:
    return TrackStands(
        track=said(road.name),
        stage=said(road.stage) if road.stage else None,
        reasons=_told(road.reasons),
        next=said(road.next) if road.next else None,
        missing_facts=missing_of(road.missing, road.one_of),
        guards=[said(held.guard) for held in (*road.held, *road.early, *road.happened)],
    )


def _waits(held: HeldRow) -> StepWaits:
    missing = missing_of(held.missing, held.one_of)
    return StepWaits(step=said(held.step), guard=said(held.guard), missing_facts=missing)


def _clock(clock: ClockRow) -> CaseClock:
    waits = [clock.waits_for] if clock.waits_for else []
    return CaseClock(
        deadline=said(clock.name),
        last_day=clock.last_day,
        last_moment=clock.moment,
        overdue=clock.overdue,
        how=[said(words) for words in (*clock.explained, *waits)],
    )


def _day(row: DueRow) -> CaseClock:
    return CaseClock(
        deadline=said(row.what),
        last_day=row.day,
        last_moment=row.moment,
        overdue=row.overdue,
        how=[said(row.reason)],
    )
