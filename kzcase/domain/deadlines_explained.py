"""Says how a date was found: what was counted, what was skipped and why, by which rule, from which source."""

from collections.abc import Iterator
from datetime import date, timedelta

from kzcase.domain.codes import CodeList
from kzcase.domain.deadlines import Deadline, DeadlineRule
from kzcase.domain.sources import source_said
from kzcase.domain.workdays import WorkCalendar
from kzcase.i18n import Language, Words, _, ngettext, verbatim

_SHOWN_ONE_BY_ONE = 10
"""Counted days named one by one; of more only the number is told."""


def explain(
    found: Deadline, calendar: WorkCalendar, days_off: CodeList, language: Language, event: Words | None = None
) -> tuple[Words, ...]:
    """The lines that explain a deadline, for a reader of `language` (rules and holidays are named in it).

    `event` is what really set it off; without one it is what the rule itself speaks of.
    """
    begun = _term(found, event or verbatim(found.rule.start[language]), language)
    return (*begun, *_counted(found), *_skipped(found, calendar, days_off, language), *_end(found))


def term_of(rule: DeadlineRule, count: int | None = None) -> Words:
    """The length of a rule's term: 3 working days, 48 hours, at once."""
    number = rule.term if count is None else count
    match rule.unit:
        case "working_days":
            words = ngettext("{count} working day", "{count} working days", number)
        case "days":
            words = ngettext("{count} calendar day", "{count} calendar days", number)
        case "months":
            words = ngettext("{count} month", "{count} months", number)
        case "years":
            words = ngettext("{count} year", "{count} years", number)
        case "hours":
            words = ngettext("{count} hour", "{count} hours", number)
    return words if number else _("at once")


def whole_term_of(rule: DeadlineRule) -> Words:
    """The term, and how far it may be extended."""
    term = term_of(rule)
    return _("{term}, may be extended {up_to}", term=term, up_to=_up_to(rule)) if rule.up_to else term


def _up_to(rule: DeadlineRule) -> Words:
    """A form of its own: other languages decline what stands after “up to”."""
    most = rule.up_to or 0
    match rule.unit:
        case "working_days":
            return ngettext("to {count} working day", "to {count} working days", most)
        case "days":
            return ngettext("to {count} calendar day", "to {count} calendar days", most)
        case "months":
            return ngettext("to {count} month", "to {count} months", most)
        case "years":
            return ngettext("to {count} year", "to {count} years", most)
        case "hours":
            return ngettext("to {count} hour", "to {count} hours", most)


def _term(found: Deadline, event: Words, language: Language) -> Iterator[Words]:
    rule = found.rule
    yield _("{rule}: {term}.", rule=verbatim(rule.name(language)), term=term_of(rule))
    if found.start is not None:
        yield _("Counted from {date} ({event}).", date=found.start, event=event)


def _counted(found: Deadline) -> Iterator[Words]:
    rule = found.rule
    if rule.unit == "hours":
        yield _("Hours run through nights, days off and holidays.")
        if not found.hour_known:
            yield _("The hour of the event is not known, so they run from the first minute of that day.")
        return
    if rule.term:
        yield (
            _("The day of the event is day 1.") if rule.counts_first_day else _("The day of the event does not count.")
        )
    if rule.unit == "working_days":
        yield from _working_days(found)
    elif rule.unit in ("months", "years") and found.start is not None:
        yield from _same_day(found, found.start)


def _working_days(found: Deadline) -> Iterator[Words]:
    if found.start is None or not 0 < found.rule.term <= _SHOWN_ONE_BY_ONE:
        return
    passed = {one.day for one in found.skipped}
    span = (found.start + timedelta(days=n) for n in range(1, (found.due - found.start).days + 1))
    for number, day in enumerate((day for day in span if day not in passed), 1):
        yield _("Day {number}: {date}.", number=number, date=day)


def _same_day(found: Deadline, start: date) -> Iterator[Words]:
    ended = found.skipped[0].day if found.skipped else found.due
    reached = ended + timedelta(days=1) if found.rule.counts_first_day else ended
    if reached.day < start.day:
        yield _("That month has no day {number}, so its last day is taken.", number=start.day)
    else:
        yield _("The term ends on the same day of the month.")


def _skipped(found: Deadline, calendar: WorkCalendar, days_off: CodeList, language: Language) -> Iterator[Words]:
    for one in found.skipped:
        why = verbatim(days_off.name(one.why, language))
        exception = calendar.exceptions.get(one.day)
        if exception is not None and exception.estimated:
            yield _("Not counted: {date}, {why} (this date is an estimate).", date=one.day, why=why)
        elif exception is not None and exception.moved_from is not None:
            yield _(
                "Not counted: {date}, {why} (moved from {other}).", date=one.day, why=why, other=exception.moved_from
            )
        else:
            yield _("Not counted: {date}, {why}.", date=one.day, why=why)
    if found.start is not None and (found.rule.unit == "working_days" or found.rule.when_off == "next_working_day"):
        for year in calendar.without_transfers(found.start, found.due):
            yield _(
                "For {year} the table has no days moved by decree. If the Government has moved any, the administrator "
                "adds them, and this day may move.",
                year=str(year),
            )


def _end(found: Deadline) -> Iterator[Words]:
    rule = found.rule
    if found.moment is not None:
        yield _("The time is over at {moment}.", moment=found.moment)
    if found.moment is None or not found.hour_known:
        yield _("The last day is {date}.", date=found.due)
    if rule.when_off == "next_working_day" and found.skipped:
        yield _("A day off does not end this term, so it ends on the next working day.")
    if found.latest is not None:
        yield _("It may be extended until {date}.", date=found.latest)
    if found.extended_by:
        source = verbatim(found.extended_by)
        yield _("Moved to this day by a time of leave to stay: {source}.", source=source)
    for day in found.reminders:
        yield _("Reminder on {date}.", date=day)
    if rule.ours:
        yield _("The office changed this term.")
    if found.others:
        yield from (
            _("Two laptops changed this rule: the earlier day counts. The other term: {term}.", term=term_of(other))
            for other in found.others
        )
    yield _("Source: {source}. Checked on {date}.", source=source_said(rule.source), date=rule.checked_on)
    if rule.doubtful:
        yield _("A lawyer has not confirmed this rule yet.")
