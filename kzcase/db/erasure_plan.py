"""Works out what erasing somebody takes: every subject that is theirs, what remains, and where else they stand."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from kzcase.db import erasing, store
from kzcase.db.keyrings import Keyrings
from kzcase.db.local_facts import fact
from kzcase.db.recorder import Recorded, heads_of_rows
from kzcase.db.shape import shape
from kzcase.db.sql import Sql
from kzcase.db.tables import ENTITIES
from kzcase.domain.classes import FieldClass
from kzcase.domain.dates import years_of
from kzcase.domain.mentions import Mentions, Traces, numbers_answered, numbers_in, without
from kzcase.journal.authority import may_touch
from kzcase.journal.erasures import BodyName, Pair
from kzcase.journal.heads import EntityHeads
from kzcase.journal.operations import Change, Dot, Id, Operation, Value

Progress = Callable[[int, int], object]
Row = tuple[str, Id]
KEEPS: Final[Mapping[str, tuple[str, ...]]] = {
    "people": ("sex", "sex_missing", "birth", "birth_missing"),
    "citizenships": ("person_id", "country", "position"),
    "cases": (*("kind", "region", "border_point", "source", "opened_on", "closed_on", "closure_reason", "client_id"),),
    "calls": ("channel", "language", "caller", "region", "outcome", "started_at"),
    "call_topics": ("call_id", "topic"),
    "incoming_referrals": ("received_on", "need", "package_sha256"),
    "answer_sheets": ("instance_id",),
}
"""What remains of a person, to be counted: no name, no number, no worker, no text; of the day of birth the year. By
the last two the same package and the same answers from a phone are known again, and refused."""
_STAMPED: Final = frozenset({"people", "cases", "calls", "incoming_referrals"})
_NO_LINE: Final = _STAMPED | {"answer_sheets"}
_MEANINGLESS: Final = {
    "instance_id": re.compile(r"uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
    "package_sha256": re.compile(r"[0-9a-f]{64}"),
}
"""Whatever else answers or a package were called may say whose they are."""
_OWN: Final = frozenset({"people", "person_names", "documents"})
"""Where another person's own names and numbers stand: they are not about this one."""
_NO_WORDS: Final = frozenset({("phones", "number"), ("answers", "path")})
_NAMES: Final = frozenset({"family", "given", "patronymic"})
_NUMBERS: Final = frozenset(
    {
        ("phones", "number"),
        ("calls", "phone"),
        ("call_backs", "phone"),
        ("incoming_referrals", "contact"),
        ("answers", "value"),
        ("documents", "number"),
        ("people", "iin"),
    }
)
_CASES_OF_CALLS: Final = """
SELECT call_id, case_id FROM (SELECT call_id, case_id FROM call_cases WHERE struck IS NOT 1
UNION ALL SELECT id, case_id FROM calls WHERE case_id IS NOT NULL) WHERE call_id IN ({})"""
_ITSELF: Final = "SELECT id FROM calls WHERE id = ?"
_RECORD: Final = """
SELECT EXISTS (SELECT 1 FROM calls WHERE id = ?1) OR EXISTS (SELECT 1 FROM incoming_referrals WHERE id = ?1)"""
_SAY_EVERY: Final = 200


@dataclass(slots=True)
class Plan:
    """What is theirs: (scope, subject) pairs, the rows in them, how many values of which class, and their traces."""

    person: Id
    cases: tuple[Id, ...]
    calls: tuple[Id, ...]
    pairs: frozenset[Pair]
    office: Id
    rows: dict[Row, Pair] = field(default_factory=dict)
    values: Counter[str] = field(default_factory=Counter)
    traces: Traces = field(default_factory=Traces)

    @property
    def places(self) -> set[Id]:
        """Whatever may be typed about without being saved: the people, cases, calls and referrals from others."""
        return {self.person, *self.cases} | erasing.owners(self.pairs, self.office)


@dataclass(frozen=True, slots=True)
class Mentioned:
    """An operation elsewhere whose text names them."""

    name: BodyName
    operation: Operation
    mentions: Mentions
    live: bool

    @property
    def id(self) -> str:
        """Names the operation: the same on every laptop."""
        return f"{self.operation.act_id.hex()}-{self.operation.scope.hex()}-{self.operation.seq}"


def plan(sql: Sql, person: Id, also: Sequence[Id] = ()) -> Plan:
    """Everything that is somebody's and was not erased before; `also`: the other records of the same human."""
    cases, calls, pairs = list[Id](), set[Id](), set[Pair]()
    for each in (person, *also):
        theirs = [case for (case,) in sql.rows("SELECT id FROM cases WHERE client_id = ? ORDER BY id", (each,))]
        calls_of = sorted(_calls(sql, theirs) | {call for (call,) in sql.rows(_ITSELF, (each,))})
        pairs |= _pairs(sql, each, theirs, calls_of)
        cases += theirs
        calls.update(calls_of)
    before = erasing.load(sql)
    made = Plan(
        person, tuple(cases), tuple(sorted(calls)), frozenset(pairs - before.kept.keys()), erasing.office_of(sql)
    )
    names, numbers = list[str](), list[str]()
    for operation in _operations(sql, made.pairs):
        _count_in(made, operation, names, numbers)
    made.traces = Traces.of(names, numbers)
    return made


def _calls(sql: Sql, cases: Iterable[Id]) -> set[Id]:
    """The calls that became these cases, and the later ones that were about nobody else's."""
    listed = list(cases)
    there = sql.rows_with("SELECT id FROM calls WHERE case_id IN ({})", listed)
    named = sql.rows_with("SELECT call_id FROM cases WHERE id IN ({})", listed)
    links = "SELECT call_id FROM call_cases WHERE struck IS NOT 1 AND case_id IN ({})"  # not those taken back
    linked = {call for (call,) in sql.rows_with(links, listed)}
    shared = {call for call, case in sql.rows_with(_CASES_OF_CALLS, linked - {None}) if case not in listed}
    return {call for (call,) in (*there, *named) if call} | linked - shared - {None}


def _incoming(sql: Sql, cases: Iterable[Id]) -> set[Id]:
    """The referrals from others that became these cases."""
    return {one for (one,) in sql.rows_with("SELECT id FROM incoming_referrals WHERE case_id IN ({})", list(cases))}


def _pairs(sql: Sql, person: Id, cases: Iterable[Id], calls: Iterable[Id]) -> set[Pair]:
    organisation, office = fact(sql, "organisation"), erasing.office_of(sql)
    if sql.value(_RECORD, (person,)):
        return {(office, person), *_of_itself(sql, person)}
    pairs = {(person, person), *((office, each) for each in (*calls, *_incoming(sql, cases)))}
    pairs |= {pair for _office, each in tuple(pairs) for pair in _of_itself(sql, each)}
    for case in cases:
        pairs |= {(case, case), (case, person)}
        inside = "SELECT DISTINCT b.subject FROM parts p JOIN bodies b ON b.act_id = p.act_id AND b.scope = p.scope"
        pairs |= {(case, subject) for (subject,) in sql.rows(f"{inside} WHERE p.scope = ?", (case,))}
    about = sql.rows("SELECT DISTINCT scope FROM bodies WHERE subject = ?", (person,))
    return pairs | {(scope, person) for (scope,) in about if scope != organisation}


def _of_itself(sql: Sql, record: Id) -> set[Pair]:
    """What stands about a call or a referral under its own name: that there was a legal hold on it."""
    return set(sql.rows("SELECT DISTINCT scope, subject FROM bodies WHERE scope = ? AND subject = ?", (record, record)))


def _operations(sql: Sql, pairs: Iterable[Pair]) -> Iterator[Operation]:
    """Every operation in these bodies, superseded ones included, that can still be read."""
    subjects: dict[Id, set[Id]] = defaultdict(set)
    for scope, subject in pairs:
        subjects[scope].add(subject)
    keyrings, left_out = Keyrings(), store.not_counting(sql)
    for scope, those in subjects.items():
        for act_id in sorted(_acts_about(sql, scope, those) - left_out):
            part = store.part_with(sql, scope, (act_id, 0))
            ring = keyrings.ring(sql, scope, those) if part else {}
            made = store.operations_of(sql, part, ring) if part else []
            yield from (operation for operation in made if operation.subject in those)


def _acts_about(sql: Sql, scope: Id, subjects: Iterable[Id]) -> set[Id]:
    found = sql.rows("SELECT act_id, subject FROM bodies WHERE scope = ?", (scope,))
    wanted = frozenset(subjects)
    return {act_id for act_id, subject in found if subject in wanted}


def _count_in(made: Plan, operation: Operation, names: list[str], numbers: list[str]) -> None:
    row = (operation.entity, operation.id)
    made.rows[row] = (operation.scope, operation.subject)
    if operation.value is None:
        return
    made.values[class_of(operation).value] += 1
    text = operation.value if isinstance(operation.value, str) else ""
    if operation.entity == "person_names" and operation.field in _NAMES:
        names.append(text)
    elif (operation.entity, operation.field) in _NUMBERS:
        numbers += numbers_answered(text) if operation.entity == "answers" else numbers_in(text)


def class_of(operation: Operation) -> FieldClass:
    """The class of a value; what this version does not know is sensitive."""
    known = shape(operation.entity).classes if operation.entity in ENTITIES else {}
    return known.get(operation.field, FieldClass.SENSITIVE)


# What remains


def remains(sql: Sql, made: Plan, today: date) -> list[Recorded]:
    """What is written anew of their rows: what can be counted, that they were erased, and no line in any list."""
    rows = {row: pair for row, pair in made.rows.items() if row[0] in ENTITIES and may_touch(erasing.KIND, row[0])}
    stood = heads_of_rows(sql, rows)
    found: list[Recorded] = []
    for (entity, row_id), (scope, subject) in sorted(rows.items()):
        heads = stood.get((entity, row_id)) or EntityHeads()
        values = _kept_values(sql, entity, row_id, today)
        seen: tuple[tuple[Dot, ...], ...] = tuple(heads.of(name).dots for name in values)
        change = Change(entity, row_id, subject, tuple(values), tuple(values.values()), seen)
        if change.fields:
            found.append((scope, change, heads))
    return found


def _kept_values(sql: Sql, entity: str, row_id: Id, today: date) -> dict[str, Value]:
    columns = KEEPS.get(entity, ())
    stood = sql.row(f"SELECT {', '.join(('struck', *columns))} FROM {entity} WHERE id = ?", (row_id,))
    struck, *values = stood or (None, *(None for _ in columns))
    if struck or not columns:
        return {"struck": True}
    kept: dict[str, Value] = {name: v for name, v in zip(columns, values, strict=True) if v is not None}
    if isinstance(birth := kept.get("birth"), str):
        kept["birth"] = years_of(birth) or None
    for name, shape_of in _MEANINGLESS.items():
        if name in kept and not shape_of.fullmatch(str(kept[name])):
            del kept[name]
    gone: dict[str, Value] = {"struck": True} if entity in _NO_LINE else {}
    return kept | gone | ({"erased_on": today.isoformat()} if entity in _STAMPED else {})


# Where else they stand


def mentioned(sql: Sql, made: Plan, progress: Progress) -> Iterator[Mentioned]:
    """Every text about somebody else that may name them: the whole journal is read."""
    if not made.traces:
        return
    organisation, keyrings, left_out = fact(sql, "organisation"), Keyrings(), store.not_counting(sql)
    listed = sql.rows("SELECT act_id, scope FROM parts WHERE scope <> ? ORDER BY scope, act_id", (organisation,))
    for done, (act_id, scope) in enumerate(listed, 1):
        if done % _SAY_EVERY == 0 or done == len(listed):
            progress(done, len(listed))
        if act_id not in left_out:
            yield from _mentioned_in(sql, keyrings, act_id, scope, made)


def _mentioned_in(sql: Sql, keyrings: Keyrings, act_id: Id, scope: Id, made: Plan) -> Iterator[Mentioned]:
    part = store.part_with(sql, scope, (act_id, 0))
    if part is None or all((scope, subject) in made.pairs for subject in part.bodies):
        return
    for operation in store.operations_of(sql, part, keyrings.ring(sql, scope, part.bodies)):
        if (scope, operation.subject) in made.pairs or not is_free_text(operation):
            continue
        found = made.traces.in_text(str(operation.value))
        if found:
            heads = heads_of_rows(sql, [(operation.entity, operation.id)]).get((operation.entity, operation.id))
            live = heads is not None and operation.dot in heads.of(operation.field).dots
            yield Mentioned((act_id, scope, operation.subject), operation, found, live)


def mentioned_as(sql: Sql, made: Plan, ids: Iterable[str]) -> list[Mentioned]:
    """The mentions of these ids, looked at anew; those that are none any more are not among them."""
    places: dict[tuple[Id, Id], set[str]] = defaultdict(set)
    for each in ids:
        act_id, _, rest = each.partition("-")
        scope = rest.partition("-")[0]
        with suppress(ValueError):
            places[bytes.fromhex(act_id), bytes.fromhex(scope)].add(each)
    keyrings, left_out = Keyrings(), store.not_counting(sql)
    found = (_mentioned_in(sql, keyrings, *place, made) for place in sorted(places) if place[0] not in left_out)
    return [mention for some in found for mention in some if mention.id in places[mention.name[:2]]]


def is_free_text(operation: Operation) -> bool:
    """Whether somebody typed it in their own words. Another person's own names and numbers are not about this one."""
    if not isinstance(operation.value, str) or class_of(operation) is FieldClass.STATISTICAL:
        return False
    if not may_touch(erasing.KIND, operation.entity):  # it could not be said again: only codes and numbers stand there
        return False
    is_own = operation.entity in _OWN and class_of(operation) is FieldClass.IDENTIFYING
    return not is_own and (operation.entity, operation.field) not in _NO_WORDS


def said_again(sql: Sql, confirmed: Sequence[Mentioned]) -> list[Recorded]:
    """What else the bodies said that are emptied, written anew, with the mentions left out."""
    texts = {found.operation.dot: without(str(found.operation.value), found.mentions) for found in confirmed}
    changed: dict[Row, list[Operation]] = defaultdict(list)
    keyrings = Keyrings()
    for act_id, scope, subject in sorted({found.name for found in confirmed}):
        part = store.part_with(sql, scope, (act_id, 0))
        made = store.operations_of(sql, part, keyrings.ring(sql, scope, (subject,))) if part else []
        for operation in made:
            if operation.subject == subject and may_touch(erasing.KIND, operation.entity):
                changed[operation.entity, operation.id].append(operation)
    stood = heads_of_rows(sql, changed)
    return [each for row, made in sorted(changed.items()) for each in _again(row, made, stood.get(row), texts)]


def _again(
    row: Row, made: Sequence[Operation], heads: EntityHeads | None, texts: Mapping[Dot, str]
) -> Iterator[Recorded]:
    """One row: only what nobody has replaced since; where laptops disagree, the other answers stay."""
    live = [] if heads is None else [o for o in made if o.dot in heads.of(o.field).dots]
    together: dict[str, list[Operation]] = defaultdict(list)
    for operation in live:
        together[operation.field].append(operation)
    latest = {name: max(several, key=lambda o: (o.hlc, o.dot)) for name, several in together.items()}
    if latest:
        values = tuple(texts.get(operation.dot, operation.value) for operation in latest.values())
        seen = tuple(tuple(sorted(o.dot for o in together[name])) for name in latest)
        some = next(iter(latest.values()))
        yield some.scope, Change(*row, some.subject, tuple(latest), values, seen), heads
