"""Everything that is due for somebody, or for the office, in a time: one question, whatever the day comes from."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from kzcase.db.reader import Reader
from kzcase.db.sql import Sql
from kzcase.domain.case_facts import FACT_KINDS
from kzcase.domain.classes import FieldClass
from kzcase.domain.deadlines import DeadlineRule
from kzcase.domain.deadlines_explained import term_of
from kzcase.domain.due import KIND_WORDS, MOST, REMIND, DueKind, DueRow
from kzcase.domain.ids import Id
from kzcase.domain.pathways_clocks import clock_name
from kzcase.domain.pathways_explained import called, joined
from kzcase.domain.pathways_facts import FACTS
from kzcase.domain.permissions import Permission, Sight
from kzcase.domain.rows import TaskRow
from kzcase.i18n import Words, _
from kzcase.queries.agreements import agreements_due
from kzcase.queries.incidents import office_tasks
from kzcase.queries.reach import but_not, kept_away, within_reach
from kzcase.queries.referral_states import reminded_states
from kzcase.queries.rules import rules_to_look_at
from kzcase.queries.waiting_clocks import ClockOfCase, what_waits

OVERDUE_SHOWN: Final = 100
"""Of what is over, the latest; what was forgotten long ago does not hide today."""
LAPSED_AFTER: Final = timedelta(days=30)
"""So long a paper, a consent, a stay or a birthday is shown after its day; then nobody can still keep it."""
_LAPSING: Final = (DueKind.HEARING, DueKind.DOCUMENT, DueKind.STAY, DueKind.ADULTHOOD, DueKind.CONSENT)
_COLUMNS: Final = "source, case_id, key, kind, day, moment, worker_id, rule, rule_version, until"
_BEFORE: Final = """
SELECT {columns} FROM due_dates d WHERE {whose} d.day < ? AND d.kind NOT IN ({lapsing}){hidden}
ORDER BY d.day DESC LIMIT ?"""
_LAPSED: Final = """
SELECT {columns} FROM due_dates d WHERE {whose} d.day >= ? AND d.day < ? AND d.kind IN ({lapsing}){hidden}
ORDER BY d.day DESC LIMIT ?"""
_COMING: Final = """
SELECT {columns} FROM due_dates d WHERE {whose} d.day >= ? AND d.day <= ?{hidden}
ORDER BY d.day, d.moment LIMIT ?"""
_OF_CASE: Final = "SELECT {columns} FROM due_dates d WHERE d.case_id = ?{hidden} ORDER BY d.day, d.moment"


class _Found(NamedTuple):
    """One row of the table of days."""

    source: Id
    case: Id
    key: str
    kind: str
    day: str
    moment: str | None
    worker: Id | None
    rule: str
    version: str
    until: str

    @property
    def id(self) -> str:
        """The same while it is due; another as soon as its day moves."""
        return "/".join((self.source.hex(), self.case.hex(), self.key, self.day))


def due(reader: Reader, *, staff: Id | None = None, until: date, limit: int = MOST) -> tuple[DueRow, ...]:
    """What is due to a day, the earliest first, and what is over: of one colleague's cases, or of every case.

    Whoever is kept away from a case does not see it; of a case beyond reach, and of facts of a class the asker does
    not see, the row says only of what sort it is.
    """
    reader.must_be_allowed(Permission.READ_CASES)
    whose = "" if staff is None else f"d.worker_id = x'{staff.hex()}' AND"
    lapsing = ", ".join(f"'{kind}'" for kind in _LAPSING)
    words = {"columns": _COLUMNS, "whose": whose, "lapsing": lapsing, "hidden": but_not(kept_away(reader), "d.case_id")}
    today, lapsed = reader.today.isoformat(), (reader.today - LAPSED_AFTER).isoformat()
    asked: tuple[tuple[str, tuple[Any, ...]], ...] = (
        (_BEFORE, (today, OVERDUE_SHOWN)),
        (_LAPSED, (lapsed, today, OVERDUE_SHOWN)),
        (_COMING, (today, until.isoformat(), limit)),
    )
    sql = Sql.of(reader.session.connection())
    found = [_Found(*row) for query, given in asked for row in sql.rows(query.format(**words), given)]
    rows = [*_shown(reader, found), *_of_office(reader, staff, until)]
    return tuple(sorted(rows, key=_order)[:limit])


def due_of_case(reader: Reader, case: Id) -> tuple[DueRow, ...]:
    """The days of one case, for whoever may look into it."""
    hidden = but_not(kept_away(reader), "d.case_id")
    sql = Sql.of(reader.session.connection())
    rows = sql.rows(_OF_CASE.format(columns=_COLUMNS, hidden=hidden), (case,))
    return tuple(sorted(_shown(reader, [_Found(*row) for row in rows]), key=_order))


def reminders(reader: Reader, staff: Id | None, *, put_aside: bool = False) -> tuple[DueRow, ...]:
    """What somebody should hear of today: what is due, or of what a day of reminding has come, and is not put aside;
    or what they have put aside."""
    farthest = max(REMIND[0], *(days for rule in reader.rulebook.deadlines.versions for days in rule.remind))
    rows = due(reader, staff=staff, until=reader.today + timedelta(days=farthest))
    return tuple(row for row in rows if row.seen == put_aside and row.to_be_told(reader.today))


def _order(row: DueRow) -> tuple[date, bool, datetime | None, str]:
    return row.day, row.moment is None, row.moment, row.id


def _shown(reader: Reader, found: Sequence[_Found]) -> list[DueRow]:
    """The rows as the asker may see them."""
    if not found:
        return []
    cases = {row.case for row in found}
    near = within_reach(reader, cases)
    numbers, titles = _numbers(reader, cases), _titles(reader, found)
    names, seen = _names(reader), _seen(reader)
    shower = _Shower(reader, {case: kind for case, (_number, kind) in numbers.items()})
    me, today = reader.acting.staff_id, reader.today.isoformat()
    counted = (row for row in found if row.kind == DueKind.DEADLINE)
    waits = what_waits(reader, (ClockOfCase(row.case, numbers.get(row.case, ("", ""))[1], row.key) for row in counted))
    rows = []
    for row in found:
        name = row.id
        what, masked = shower.what(row, titles.get(row.source), near=row.case in near)
        reason, waiting = shower.reason(row, masked=bool(masked)), waits.get((row.case, row.key))
        rows.append(
            DueRow(
                id=name,
                kind=DueKind(row.kind),
                case=row.case.hex(),
                number=numbers[row.case][0] if row.case in numbers else "",
                what=what,
                reason=joined([reason, waiting]) if waiting and not masked else reason,
                day=date.fromisoformat(row.day),
                moment=datetime.fromisoformat(row.moment) if row.moment else None,
                rule=row.rule if not masked else "",
                rule_version=row.version,
                doubtful=shower.doubtful(row),
                worker=names.get(row.worker or b""),
                mine=row.worker == me,
                task=row.source.hex() if row.kind in (DueKind.TASK, DueKind.REPLY) else "",
                remind=shower.remind(row),
                overdue=_is_over(reader, row, today),
                seen=seen.get(name, "") > today,
                masked=masked,
            )
        )
    return rows


def _is_over(reader: Reader, row: _Found, today: str) -> bool:
    if row.moment:
        return datetime.fromisoformat(row.moment) < reader.now
    return row.day < today


class _Shower:
    """Says what a day is about, worked out once for each rule and class."""

    def __init__(self, reader: Reader, kinds: Mapping[Id, str]) -> None:
        self._reader, self._kinds = reader, kinds
        self._rules: dict[tuple[str, str], DeadlineRule | None] = {}
        self._reasons: dict[tuple[Any, ...], Words] = {}
        self._said: dict[tuple[Any, ...], tuple[Words, frozenset[str]]] = {}
        self._sights = {
            (field_class, near): reader.sight(field_class, near=near) is Sight.SHOW
            for field_class in (FieldClass.OPERATIONAL, FieldClass.SENSITIVE)
            for near in (True, False)
        }

    def what(self, row: _Found, title: TaskRow | None, *, near: bool) -> tuple[Words, frozenset[str]]:
        """What it is; only its sort where the asker may not see more, and then what is masked."""
        if title is not None:
            return self._what(row, title, near=near)
        key = (row.kind, row.key, row.rule, row.version, self._kinds.get(row.case), near)
        if key not in self._said:
            self._said[key] = self._what(row, None, near=near)
        return self._said[key]

    def _what(self, row: _Found, title: TaskRow | None, *, near: bool) -> tuple[Words, frozenset[str]]:
        sort = KIND_WORDS[DueKind(row.kind)]
        sees = self._sights[self._class(row), near]
        if not sees:
            return sort, frozenset({"what"})
        match row.kind:
            case DueKind.TASK | DueKind.REPLY:
                return (title.said if title else sort), frozenset()
            case DueKind.DEADLINE | DueKind.HEARING:
                return self._named(row) or sort, frozenset()
            case DueKind.DOCUMENT:
                return _("A document runs out"), frozenset()
            case DueKind.RENEWAL:
                return _("A document has to be renewed"), frozenset()
            case DueKind.STAY:
                return _("Last lawful day of the stay"), frozenset()
            case DueKind.ADULTHOOD:
                return _("The person may turn 18"), frozenset()
            case _:
                return _("A consent runs out"), frozenset()

    def _class(self, row: _Found) -> FieldClass:
        if row.kind in (DueKind.DOCUMENT, DueKind.RENEWAL, DueKind.CONSENT):
            return FieldClass.OPERATIONAL
        kind = FACT_KINDS.get(row.key.rpartition("/")[2] or row.rule)
        if row.kind == DueKind.DEADLINE and kind is not None:
            return FieldClass.OPERATIONAL if kind.field_class is FieldClass.OPERATIONAL else FieldClass.SENSITIVE
        return FieldClass.SENSITIVE

    def _named(self, row: _Found) -> Words | None:
        if row.rule in FACTS:
            return FACTS[row.rule]
        rule, pathway = self.rule(row), self._reader.rulebook.pathways.get(self._kinds.get(row.case, ""))
        if rule is None or pathway is None:
            return called(rule) if rule else None
        return clock_name(pathway, row.key.partition("/")[0], rule)

    def rule(self, row: _Found) -> DeadlineRule | None:
        """The version by which a day was counted."""
        key = (row.rule, row.version)
        if key not in self._rules:
            rules = self._reader.rulebook.deadlines
            versions = [rule for rule in (*rules.changes, *rules.versions) if rule.id == row.rule]
            exact = [rule for rule in versions if row.version in (rule.ours, rule.version)]
            self._rules[key] = next(iter((*exact, *versions)), None)
        return self._rules[key]

    def reason(self, row: _Found, *, masked: bool) -> Words:
        """Why that day."""
        key = (row.kind, row.key, row.rule, row.version, row.until, row.day if row.until else "", masked)
        if key not in self._reasons:
            self._reasons[key] = self._reason(row, masked=masked)
        return self._reasons[key]

    def _reason(self, row: _Found, *, masked: bool) -> Words:
        rule = None if masked else self.rule(row)
        if row.kind == DueKind.ADULTHOOD and not masked:
            sure = date.fromisoformat(row.until)
            if sure.isoformat() != row.day:
                return _("Born on an uncertain day: treated as a child until {date}.", date=sure)
            return _("By the date of birth.")
        if row.kind == DueKind.STAY and row.rule and not masked:
            cut = self._reader.rulebook.list("stay_cut").get(row.rule)
            return _("Worked out from the entries: {limit}.", limit=called(cut) if cut else row.rule)
        if row.kind == DueKind.REPLY:
            return _("By this day somebody looks at the referral again.")
        if rule is None:
            return _("Told by a paper or a colleague.") if row.kind != DueKind.TASK else _("A task with this day.")
        counted = _("{term}, counted from: {event}.", term=term_of(rule), event=_event(row) or _start(rule))
        return counted if not rule.doubtful else _("{counted} Not confirmed by a lawyer.", counted=counted)

    def doubtful(self, row: _Found) -> bool:
        """Whether nobody has confirmed the rule."""
        rule = self.rule(row)
        return rule is not None and rule.doubtful

    def remind(self, row: _Found) -> tuple[int, ...]:
        """How many days before somebody is reminded."""
        if row.kind == DueKind.ADULTHOOD:
            row = row._replace(rule="adulthood", version="")
        rule = self.rule(row)
        return rule.remind if rule is not None and rule.remind else () if row.moment else REMIND


def _event(row: _Found) -> Words | None:
    """What set off a clock of a road: the fact that stands in its key."""
    return FACTS.get(row.key.rpartition("/")[2]) if row.kind == DueKind.DEADLINE else None


def _start(rule: DeadlineRule) -> Words:
    """What the rule itself speaks of, where no fact of the case is known."""
    return Words("{text}", arguments={"text": dict(rule.start)}, context="verbatim")


def _numbers(reader: Reader, cases: Collection[Id]) -> dict[Id, tuple[str, str]]:
    """The number and the kind of each case."""
    rows = Sql.of(reader.session.connection()).rows_with("SELECT id, number, kind FROM cases WHERE id IN ({})", cases)
    return {case: (number or "", kind or "") for case, number, kind in rows}


def _titles(reader: Reader, found: Sequence[_Found]) -> dict[Id, TaskRow]:
    tasks = [row.source for row in found if row.kind in (DueKind.TASK, DueKind.REPLY)]
    sql = Sql.of(reader.session.connection())
    rows = sql.rows_with("SELECT id, title, rule_id FROM tasks WHERE id IN ({})", tasks)
    replies = {row.source: row.case for row in found if row.kind == DueKind.REPLY}
    states = reminded_states(reader, replies.values())
    return {
        task: TaskRow("", "", "", title, None, None, None, rule, False, referral=said)
        for task, title, rule in rows
        for said in (states.get((replies.get(task, b""), title), ""),)
    }


def _names(reader: Reader) -> dict[Id, str]:
    return dict(Sql.of(reader.session.connection()).rows("SELECT id, name FROM staff"))


def _seen(reader: Reader) -> dict[str, str]:
    query = "SELECT due, until FROM seen_dues WHERE staff_id = ?"
    return dict(Sql.of(reader.session.connection()).rows(query, (reader.acting.staff_id,)))


def _of_office(reader: Reader, staff: Id | None, until: date) -> Iterator[DueRow]:
    """What the office answers for: requests and incidents, agreements, and rules that an update changed as well."""
    me = None if staff is None else _names(reader).get(staff)
    for task in office_tasks(reader):
        if task.due is not None and task.due <= until and (me is None or task.assignee == me):
            yield DueRow(
                id=f"{task.id}/{task.due.isoformat()}",
                kind=DueKind.TASK,
                case=task.case,
                number=task.case_number,
                what=task.said,
                reason=_("A term of the office."),
                day=task.due,
                rule=task.rule_id or "",
                worker=task.assignee,
                mine=task.assignee == reader.acting.name,
                overdue=task.overdue,
            )
    if staff in (None, reader.acting.staff_id):
        yield from agreements_due(reader, reader.today - LAPSED_AFTER, until, _seen(reader))
    if reader.may(Permission.MANAGE_RULES) and staff in (None, reader.acting.staff_id):
        for rule in rules_to_look_at(reader):
            yield DueRow(
                id=f"rule/{rule.change}",
                kind=DueKind.RULES,
                case="",
                number="",
                what=_("Look at a rule again: {rule}", rule=rule.name),
                reason=_("An update of kzcase changed a rule that the office has changed too."),
                day=reader.today,
                rule=rule.rule,
                remind=(),
                mine=True,
            )
