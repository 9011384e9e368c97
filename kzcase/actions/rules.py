"""The organisation's own rules: a day off, a term, an amount, leave to stay, a pathway; each dated, each taken back."""

from datetime import date
from typing import Any, Final, Literal

import msgspec

from kzcase import paths
from kzcase.actions.checks import code, codes, day, past_day
from kzcase.actions.wishes import Code, Done, IsoDate, Line, Ref, Required, RequiredLine, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.local_facts import fact
from kzcase.db.reader import Act
from kzcase.db.rederive import derive_portion, is_behind
from kzcase.db.rulebook import baseline
from kzcase.db.sql import Sql
from kzcase.db.tables.rules import RuleChange as Row
from kzcase.domain import rule_changes
from kzcase.domain.deadlines import Unit, WhenOff
from kzcase.domain.errors import BrokenDefinition, EndsBeforeItBegins, NotFound, NothingToChange, NotInForce
from kzcase.domain.ids import from_hex
from kzcase.domain.pathways_reading import check_references, read_pathway
from kzcase.domain.retention import OTHER_KINDS
from kzcase.domain.rule_changes import (
    AmountContent,
    DayContent,
    DeadlineContent,
    RetentionContent,
    RuleChange,
    StayContent,
    What,
)
from kzcase.domain.rule_rows import RuleRow
from kzcase.domain.rules_laid_over import base_of
from kzcase.i18n import _
from kzcase.queries.forms import known_forms

NameOf = Literal["kk", "ru", "en", "start_kk", "start_ru", "start_en"]
GOVERNMENT: Final = "moved_day_off"
"""Why a day is off that no law names."""


class ChangeDay(Wish, frozen=True, kw_only=True):
    """Say that a day is not worked, or is: by `what` a holiday, a moved one, another day off or a working day."""

    day: IsoDate
    what: Literal["holiday", "moved", "off", "working"]
    code: Code = GOVERNMENT
    moved_from: IsoDate | None = None
    source: RequiredLine
    checked_on: IsoDate | None = None
    note: Line = ""


class ChangeDeadline(Wish, frozen=True, kw_only=True):
    """Change the term of a rule from a day on. A rule that does not ship with kzcase is given its names."""

    rule: Code
    term: int
    unit: Unit
    valid_from: IsoDate
    valid_to: IsoDate | None = None
    when_off: WhenOff = "keep"
    counts_first_day: bool = False
    up_to: int | None = None
    remind: tuple[int, ...] = ()
    doubtful: bool = False
    names: dict[NameOf, RequiredLine] = msgspec.field(default_factory=dict)
    source: RequiredLine
    checked_on: IsoDate | None = None
    note: Line = ""


class ChangeAmount(Wish, frozen=True, kw_only=True):
    """Say the monthly calculation index of a time, in tenge; `use` says for what."""

    amount: int
    use: Literal["all", "benefits", "fines"] = "all"
    valid_from: IsoDate
    valid_to: IsoDate
    source: RequiredLine
    checked_on: IsoDate | None = None
    note: Line = ""


class GiveLeave(Wish, frozen=True, kw_only=True):
    """Say that stays which would end in a time go on to its last day, for citizens of some countries or for all."""

    valid_from: IsoDate
    valid_to: IsoDate
    countries: tuple[Code, ...] = ()
    source: RequiredLine
    checked_on: IsoDate | None = None
    note: Line = ""


class ChangePathway(Wish, frozen=True, kw_only=True):
    """Put a pathway of the organisation's own in the place of the one that ships: the text of its TOML file."""

    kind: Code
    toml: Required
    source: RequiredLine
    checked_on: IsoDate | None = None
    note: Line = ""


class ChangeRetention(Wish, frozen=True, kw_only=True):
    """Say how many years data of a kind of case (or `call`, `incoming`, `any`) are kept, counted from the day it was
    closed or, without a case, from the day it came. The two days are those of closing that it holds for.

    `least`: how many years the law makes one keep them, once a lawyer has said so; `below_law`: less is wanted all the
    same.
    """

    kind: Code
    years: int
    least: int = 0
    below_law: bool = False
    doubtful: bool = False
    valid_from: IsoDate | None = None
    valid_to: IsoDate | None = None
    source: RequiredLine
    checked_on: IsoDate | None = None
    note: Line = ""


class TakeBackRule(Wish, frozen=True, kw_only=True):
    """Take a change of a rule back: what stood before it holds again."""

    change: Ref


class KeepRule(Wish, frozen=True, kw_only=True):
    """Keep a change after an update of kzcase changed the same rule: somebody has looked at both."""

    change: Ref


@action("holiday.changed", ChangeDay)
def change_day(book: Casebook, wish: ChangeDay) -> Done:
    """Add a day off, or take one away."""
    with book.write("holiday.changed") as act:
        on, moved = _day(wish.day, "day"), day(wish.moved_from, "moved_from")
        calendar = baseline().calendar
        if not calendar.first_year <= on.year <= calendar.last_year:
            raise NotInForce(place="day", what=_("table of public holidays"), day=on)
        known = DayContent(code=code(act.rulebook, "day_off", wish.code, "code"), what=wish.what, moved_from=moved)
        row = _added(act, wish, What.DAY, on.isoformat(), _text(known))
    return Done(act.id, act.changed, {"change": row.id})


@action("deadline.changed", ChangeDeadline)
def change_deadline(book: Casebook, wish: ChangeDeadline) -> Done:
    """Change a term."""
    with book.write("deadline.changed") as act:
        said = DeadlineContent(
            term=wish.term,
            unit=wish.unit,
            when_off=wish.when_off,
            counts_first_day=wish.counts_first_day,
            up_to=wish.up_to,
            remind=wish.remind,
            doubtful=wish.doubtful,
            **wish.names,
        )
        row = _added(act, wish, What.DEADLINE, wish.rule, _text(said), *_time(wish.valid_from, wish.valid_to))
    return Done(act.id, act.changed, {"change": row.id})


@action("amount.changed", ChangeAmount)
def change_amount(book: Casebook, wish: ChangeAmount) -> Done:
    """Say the index of a time."""
    with book.write("amount.changed") as act:
        content = _text(AmountContent(amount=wish.amount))
        row = _added(act, wish, What.AMOUNT, wish.use, content, *_time(wish.valid_from, wish.valid_to))
    return Done(act.id, act.changed, {"change": row.id})


@action("leave.given", GiveLeave)
def give_leave(book: Casebook, wish: GiveLeave) -> Done:
    """Say a time in which stays go on."""
    with book.write("leave.given") as act:
        whom = tuple(codes(act.rulebook, "country", wish.countries, "countries"))
        content = _text(StayContent(whom=whom))
        row = _added(act, wish, What.STAY, "leave", content, *_time(wish.valid_from, wish.valid_to))
    return Done(act.id, act.changed, {"change": row.id})


@action("pathway.changed", ChangePathway)
def change_pathway(book: Casebook, wish: ChangePathway) -> Done:
    """Put a pathway of one's own in place."""
    with book.write("pathway.changed") as act:
        kind = code(act.rulebook, "case_kind", wish.kind, "kind")
        row = _added(act, wish, What.PATHWAY, kind, wish.toml)
        _must_name_known_forms(act, kind, wish.toml)
    return Done(act.id, act.changed, {"change": row.id})


def _must_name_known_forms(act: Act, kind: str, toml: str) -> None:
    """Refuse a road that asks for a form nobody can fill in. One withdrawn later leaves the road as it is."""
    place = f"{kind}.toml"
    forms = {offered.form.id for offered in known_forms(act)}
    try:
        check_references(read_pathway(toml, place, act.rulebook.common), place, act.rulebook.deadlines.ids, forms)
    except BrokenDefinition as refused:
        refused.place = f"toml · {refused.place}"
        raise


@action("retention.changed", ChangeRetention)
def change_retention(book: Casebook, wish: ChangeRetention) -> Done:
    """Change how long data are kept."""
    with book.write("retention.changed") as act:
        kind = code(act.rulebook, "case_kind", wish.kind, "kind", also=OTHER_KINDS)
        first, last = day(wish.valid_from, "valid_from"), day(wish.valid_to, "valid_to")
        if first and last and last < first:
            raise EndsBeforeItBegins(place="valid_to")
        said = RetentionContent(years=wish.years, least=wish.least, below_law=wish.below_law, doubtful=wish.doubtful)
        row = _added(act, wish, What.RETENTION, kind, _text(said), first, last)
    return Done(act.id, act.changed, {"change": row.id})


@action("rule.taken_back", TakeBackRule)
def take_back_rule(book: Casebook, wish: TakeBackRule) -> Done:
    """Let hold again what held before."""
    with book.write("rule.taken_back") as act:
        row = _there(act, wish.change)
        row.withdrawn_on = act.today
    return Done(act.id, act.changed, {"change": row.id})


@action("rule.kept", KeepRule)
def keep_rule(book: Casebook, wish: KeepRule) -> Done:
    """Say that somebody has compared the change with the rule as it ships now."""
    with book.write("rule.kept") as act:
        row = _there(act, wish.change)
        now = base_of(baseline(), row.what or "", row.rule or "")
        if row.base == now:
            raise NothingToChange(place="change")
        row.base = now
    return Done(act.id, act.changed, {"change": row.id})


def _added(
    act: Act, wish: Any, what: What, rule: str, content: str, first: date | None = None, last: date | None = None
) -> Row:
    """The change, once it can be used and says something that does not hold already."""
    checked = past_day(wish.checked_on, act.today, "checked_on")
    before = [each for each in act.rulebook.changes if each.what == what and each.rule == rule]
    row = Row(
        what=what.value,
        rule=rule,
        content=content,
        valid_from=first,
        valid_to=last,
        source=wish.source,
        checked_on=checked,
        note=wish.note or None,
        base=base_of(baseline(), what, rule) or None,
        knows=" ".join(sorted(each.id for each in before)) or None,
        author_id=act.acting.staff_id,
        added_at=act.now,
    )
    _must_be_usable(act, row)
    if before and (before[-1].content, before[-1].valid_from, before[-1].valid_to) == (content, first, last):
        raise NothingToChange(place=what.value)
    return act.add(row)


_PLACES: Final = {
    What.DEADLINE: "rule",
    What.AMOUNT: "amount",
    What.STAY: "valid_to",
    What.DAY: "day",
    What.RETENTION: "years",
}


def _must_be_usable(act: Act, row: Row) -> None:
    """Refuse in words what could not be laid over the rules."""
    change = RuleChange(
        id="",
        what=row.what or "",
        rule=row.rule or "",
        content=row.content or "",
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        source=row.source or "",
        checked_on=row.checked_on,
    )
    refused = rule_changes.can_be_used(change, act.rulebook.common, act.rulebook.deadlines, act.rulebook.retention)
    if refused is not None:
        refused.place = " · ".join(filter(None, (_PLACES.get(What(change.what), "toml"), refused.place)))
        raise refused


def _day(text: str, place: str) -> date:
    found = day(text, place)
    if found is None:
        raise BrokenDefinition(place, why=_("“{key}” is missing", key=place))
    return found


def _time(first: str, last: str | None) -> tuple[date, date | None]:
    """From when and until when; the last day is not before the first."""
    start, end = _day(first, "valid_from"), day(last, "valid_to")
    if end is not None and end < start:
        raise EndsBeforeItBegins(place="valid_to")
    return start, end


def _text(said: msgspec.Struct) -> str:
    return msgspec.json.encode(said).decode()


def _there(act: Act, reference: str) -> Row:
    row = act.session.get(Row, from_hex(reference) or b"")
    if row is None or row.struck or row.withdrawn_on is not None:
        raise NotFound(place="change", what=reference[:64])
    return row


def pathway_text(row: RuleRow) -> str:
    """The TOML text of a pathway, ours or the one that ships, to be changed and given back."""
    if row.ours:
        return row.content
    return (paths.resources("pathways") / f"{row.rule}.toml").read_text("utf-8")


def bring_up_to_date(book: Casebook, progress: Any = None) -> bool:
    """Derive every case by the rules in force, where an update or a change left some behind: long work, a portion at a
    time, and it goes on where it was stopped. True when there was something to do."""
    done, worked = 0, False
    while True:
        with book.local() as session:
            sql = Sql.of(session.connection())
            if not is_behind(sql, book.rulebook):
                return worked
            begun, total = bool(fact(sql, "rules_hash")), sql.value("SELECT count(*) FROM cases")
            done += derive_portion(sql, book.rulebook)
            worked = worked or begun or bool(total)
        if progress is not None:
            progress(min(done, total), total)
