"""Erasing a person: first what would go and what names them elsewhere, then, in one act, for good."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from sqlalchemy import select

from kzcase.actions.checks import code
from kzcase.actions.finding import case_or_person, whoever_to_erase
from kzcase.actions.numbers import next_number
from kzcase.actions.reading import record_look
from kzcase.actions.wishes import Done
from kzcase.db import erasure_plan as planning
from kzcase.db.casebook import Casebook
from kzcase.db.erased_drafts import drafts_about, forget_drafts
from kzcase.db.erasing import KIND
from kzcase.db.erasure_plan import Mentioned, Plan, Progress
from kzcase.db.reader import Act, Reader
from kzcase.db.sql import Sql
from kzcase.db.tables.attachments import Attachment
from kzcase.db.tables.cases import Case
from kzcase.db.tables.erasures import ErasedBody, ErasedSubject, Erasure
from kzcase.db.tables.people import Person
from kzcase.domain.erasures import ATTACHMENTS, TEXTS, ErasurePlan, MentionRow, counts_written
from kzcase.domain.errors import CaseHeld, NothingToErase, PlanOutdated
from kzcase.domain.ids import Id
from kzcase.domain.looks import Look
from kzcase.domain.permissions import Permission
from kzcase.queries.holds import blocked_people, held_cases
from kzcase.queries.merged import same_people
from kzcase.queries.without_case import numbers_of_records

SCOPES_AN_ACT: Final = 500
"""An act names every case it touches in its header, which has an end."""
_AROUND: Final = 60
"""Letters shown on either side of the first mention."""


@dataclass(frozen=True, slots=True)
class ErasePerson:
    """Whom to erase, why, and which mentions elsewhere go with them. `person`: their id, or the number of a case of
    theirs, or of a call or a referral from others that became no case.

    `together`: every other record that was found to be the same human goes in the same act.
    """

    person: str
    reason: str
    confirmed: frozenset[str] = field(default_factory=frozenset)
    asked_on: date | None = None
    together: bool = False


def no_progress(_done: int, _total: int) -> None:
    """Nobody watches."""


def plan_erasure(
    book: Casebook, person: str, progress: Progress = no_progress, *, together: bool = False
) -> ErasurePlan:
    """The dry run: nothing is changed. That somebody looked stands in the read log first; reads the whole journal."""
    with book.read("long") as reader:
        reader.must_be_allowed(Permission.ERASE)
        found = whoever_to_erase(reader, person)
        others = _other_records(reader, found) if together else []
    for each in (found, *others):
        record_look(book, Look.ERASURE, each)
    with book.read("long") as reader:
        sql = Sql.of(reader.session.connection())
        made = planning.plan(sql, found, others)
        mentions = tuple(_mention_row(reader, each) for each in planning.mentioned(sql, made, progress))
        return ErasurePlan(
            person=found.hex(),
            cases=tuple(_numbers(reader, made.cases)),
            calls=len(made.calls),
            values=dict(made.values),
            attachments=_attachments(reader, made),
            drafts=len(drafts_about(sql, made.places, [made.traces])),
            held=tuple(_held(reader, made)),
            blocked=found in blocked_people(reader),
            mentions=mentions,
            also_in=() if together else _also_in(reader, found),
            records=1 + len(others),
        )


def _other_records(reader: Reader, person: Id) -> list[Id]:
    """The other records of the same human that still hold something; `NotFound` where one concerns whoever asks."""
    others = (other for other in same_people(reader, person) if other != person)
    there = [other for other in others if getattr(reader.session.get(Person, other), "erased_on", None) is None]
    return [case_or_person(reader, other.hex()) for other in there]


def written_down_elsewhere(book: Casebook, person: str) -> tuple[str, ...]:
    """Numbers of cases in which the same human stands as a person of their own."""
    with book.read() as reader:
        reader.must_be_allowed(Permission.ERASE)
        return _also_in(reader, case_or_person(reader, person))


def _also_in(reader: Reader, person: Id) -> tuple[str, ...]:
    others = [other for other in same_people(reader, person) if other != person]
    query = select(Case.id).where(Case.client_id.in_(others), Case.erased_on.is_(None))
    return tuple(_numbers(reader, reader.session.scalars(query)))


def erase_person(book: Casebook, wish: ErasePerson) -> Done:
    """Erase somebody for good: their values, attachments and keys, and the mentions that were confirmed.

    What can be counted remains without a name. On every laptop that hears of it, and in whatever comes from old sticks
    and backups, the same goes. `CaseHeld` while there is a legal hold, `PlanOutdated` when a mention changed.
    """
    made: list[Erasure] = []
    others: list[Sequence[Mentioned]] = []

    def fill(act: Act) -> None:
        erasure, rest = _erase(book, act, wish)
        made.append(erasure)
        others.extend(rest)

    with book.batch(KIND, fill) as first:
        for some in others:
            with book.write(KIND) as act:
                _empty_texts(act, made[0].id, some)
    book.drop_erased()
    erasure = made[0]
    return Done(
        first.id, first.changed, {"erasure": erasure.id, "person": erasure.person_id or b""}, erasure.number or ""
    )


def _erase(book: Casebook, act: Act, wish: ErasePerson) -> tuple[Erasure, list[Sequence[Mentioned]]]:
    """The act itself; mentions in more cases than one act can name are left for further acts."""
    reason = code(act.rulebook, "erasure_reason", wish.reason, "reason")
    person, sql = whoever_to_erase(act, wish.person), Sql.of(act.session.connection())
    records = [person, *(_other_records(act, person) if wish.together else ())]
    plan = planning.plan(sql, person, records[1:])
    held = _held(act, plan)
    if held:
        raise CaseHeld(place="person", number=held[0])
    mentions = planning.mentioned_as(sql, plan, wish.confirmed)
    if {each.id for each in mentions} != wish.confirmed:
        raise PlanOutdated(place="person")
    if not plan.pairs and not mentions:
        raise NothingToErase(place="person")
    counts = Counter(plan.values)
    counts[ATTACHMENTS], counts[TEXTS] = _attachments(act, plan), len({each.name for each in mentions})
    erasure, *_further = _entered(book, act, records, reason, wish.asked_on)
    erasure.counts = counts_written(counts)
    act.restated += planning.remains(sql, plan, act.today)
    first, *others = _portions(mentions)
    _empty_texts(act, erasure.id, first)
    forget_drafts(sql, plan.places, plan.traces)
    kept = {(scope, change.subject) for scope, change, _ in act.restated}
    new_keys = book.renew_keys([(pair, pair in kept) for pair in sorted(plan.pairs)])
    for (scope, subject), key in new_keys.items():
        act.add(ErasedSubject(erasure_id=erasure.id, scope=scope, subject=subject, kept_key=key))
    return erasure, others


def _entered(book: Casebook, act: Act, records: Sequence[Id], reason: str, asked_on: date | None) -> list[Erasure]:
    """One line in the register of erasings for each record; the others name the first."""
    made: list[Erasure] = []
    for person in records:
        row = act.add(Erasure(person_id=person, number=next_number(act, book.facts.code, "E"), reason=reason))
        row.asked_on, row.erased_on, row.author_id = asked_on, act.today, act.acting.staff_id
        row.together_with = made[0].id if made else None
        made.append(row)
    return made


def _empty_texts(act: Act, erasure: Id, mentions: Sequence[Mentioned]) -> None:
    """Bodies that name the person are emptied; what else they said is written anew."""
    act.restated += planning.said_again(Sql.of(act.session.connection()), mentions)
    for act_id, scope, subject in sorted({each.name for each in mentions}):
        act.add(ErasedBody(erasure_id=erasure, act_id=act_id, scope=scope, subject=subject))


def _portions(mentions: Iterable[Mentioned]) -> list[Sequence[Mentioned]]:
    """Mentions by case, as many cases at a time as one act can name; one portion at least."""
    by_scope: dict[Id, list[Mentioned]] = {}
    for each in mentions:
        by_scope.setdefault(each.name[1], []).append(each)
    scopes = sorted(by_scope)
    some = [scopes[at : at + SCOPES_AN_ACT] for at in range(0, len(scopes), SCOPES_AN_ACT)] or [[]]
    return [[each for scope in portion for each in by_scope[scope]] for portion in some]


def _numbers(reader: Reader, cases: Iterable[Id]) -> list[str]:
    found = reader.session.scalars(select(Case.number).where(Case.id.in_(list(cases))).order_by(Case.number))
    return [number or "" for number in found]


def _held(reader: Reader, plan: Plan) -> list[str]:
    """The numbers of what is under a legal hold: cases, and the calls and referrals that go with them."""
    held = held_cases(reader).intersection({*plan.cases, *plan.places})
    return [*_numbers(reader, held), *numbers_of_records(reader, held)]


def _attachments(reader: Reader, plan: Plan) -> int:
    query = select(Attachment.id).where(Attachment.case_id.in_(plan.cases))
    return len(reader.session.scalars(query).all())


def _mention_row(reader: Reader, each: Mentioned) -> MentionRow:
    case = reader.session.get(Case, each.operation.scope)
    text, first = str(each.operation.value), each.mentions.found[0]
    start, end = max(0, first.start - _AROUND), first.end + _AROUND
    return MentionRow(
        id=each.id,
        case=case.id.hex() if case else None,
        case_number=case.number if case else None,
        entity=each.operation.entity,
        text=("…" if start else "") + text[start:end] + ("…" if end < len(text) else ""),
        words=tuple(dict.fromkeys(text[found.start : found.end] for found in each.mentions.found)),
        certain=each.mentions.certain,
        superseded=not each.live,
    )
