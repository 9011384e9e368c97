"""Everything the facts of one case are read off, as of today, and the guards that speak on them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from sqlalchemy import func, select

from kzcase.db import case_states
from kzcase.db.reader import Reader
from kzcase.db.sql import Sql
from kzcase.db.tables.cases import Case, Task
from kzcase.db.tables.lives import AgeEstimate
from kzcase.db.tables.people import Citizenship, Person, Phone
from kzcase.domain.case_state import FIRST, SECOND, CaseState, Statement, facts_of
from kzcase.domain.eighteenth import Estimate
from kzcase.domain.ids import Id
from kzcase.domain.pathways import Held, Pathway, held_back
from kzcase.domain.pathways_facts import STEPS
from kzcase.journal.heads import EntityHeads, decode
from kzcase.queries.cases import case_id
from kzcase.queries.holds import held_cases


def case_of(reader: Reader, reference: str) -> Case:
    """The case of a number or id that the asker may look into."""
    return reader.session.get_one(Case, case_id(reader, reference))


def state_of(reader: Reader, case: Case) -> CaseState:
    """The state of a case, with the person and everything that depends on today."""
    state = case_states.case_states(Sql.of(reader.session.connection()), [case.id])[case.id]
    client = reader.session.get(Person, case.client_id or b"")
    open_tasks = select(func.count()).where(Task.case_id == case.id, Task.done_on.is_(None), Task.struck.is_not(True))
    lands = select(Citizenship.country).where(Citizenship.person_id == case.client_id, Citizenship.struck.is_not(True))
    safe = select(Phone.safe).where(Phone.person_id == case.client_id, Phone.struck.is_not(True))
    return replace(
        state,
        statements=_signed(reader, case, state.statements),
        birth=client.birth if client else None,
        estimates=estimates_of(reader, case.client_id),
        citizenships=frozenset(country for country in reader.session.scalars(lands) if country),
        open_tasks=bool(reader.session.execute(open_tasks).scalar_one()),
        held=case.id in held_cases(reader),
        retention_over=_kept_long_enough(reader, case),
        safe_contacts=frozenset(rule for rule in reader.session.scalars(safe) if rule),
    )


_PAIR: Final = frozenset({*FIRST, SECOND})
"""What one person states, and another confirms."""
_OWN_WORD: Final = ("fact", "stated_by", "case_id", "person_id", "struck")
"""What of such a statement nobody else may have written."""
_HEADS: Final = (
    "SELECT f.id, h.heads FROM case_facts f JOIN heads h ON h.entity = 'case_facts' AND h.id = f.id"
    " WHERE f.case_id = ? AND f.person_id = ?"
)


def _signed(reader: Reader, case: Case, statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Of kinship, home and the second person only what is about this child, each by whoever signed it.

    The row's own word is not enough: with one laptop's keys somebody could write a colleague's name into it. So it is
    read off the journal who wrote it, and what two wrote together is nobody's word.
    """
    if not any(each.fact in _PAIR for each in statements):
        return statements
    sql = Sql.of(reader.session.connection())
    heads = {row: decode(encoded) for row, encoded in sql.rows(_HEADS, (case.id, case.client_id))}
    acts = {row: _acts(found) for row, found in heads.items()}
    named = {act for each in heads.values() for act in _writers(each)}
    author = dict(sql.rows_with("SELECT id, author FROM acts WHERE id IN ({})", sorted(named)))
    by = {row: {author.get(act) for act in found} for row, found in acts.items()}
    hands = {row: frozenset(filter(None, map(author.get, _writers(found)))) for row, found in heads.items()}

    def signed(each: Statement) -> Statement:
        return replace(each, by=next(iter(by[each.id])), since=_since(each, heads[each.id]), hands=hands[each.id])

    return tuple(
        each if each.fact not in _PAIR else signed(each)
        for each in statements
        if each.fact not in _PAIR or len(by.get(each.id, ())) == 1
    )


def _since(statement: Statement, heads: EntityHeads) -> int:
    """Since when it stands as it is; a second person's word is as old as the word itself, whatever was added to it."""
    names = ("fact",) if statement.fact == SECOND else tuple(heads.fields)
    return max((stamp for name in names for _act, _seq, stamp in heads.of(name).live), default=0)


def _writers(heads: EntityHeads) -> frozenset[Id]:
    """The acts that wrote what holds of a statement."""
    return frozenset(act for field in heads.fields.values() for act, _seq in field.dots)


def _acts(heads: EntityHeads) -> frozenset[Id]:
    """The acts that wrote what makes a statement somebody's own."""
    own = (heads.fields[name] for name in _OWN_WORD if name in heads.fields)
    return frozenset(act for field in own for act, _seq in field.dots)


def estimates_of(reader: Reader, person: Id | None) -> tuple[Estimate, ...]:
    """What was estimated of somebody's age."""
    rows = select(AgeEstimate).where(AgeEstimate.person_id == person, AgeEstimate.struck.is_not(True))
    return tuple(Estimate(row.youngest, row.oldest, row.since) for row in reader.session.scalars(rows.order_by("id")))


def _kept_long_enough(reader: Reader, case: Case) -> bool:
    rule = reader.rulebook.retention.on(case.kind, case.closed_on) if case.closed_on else None
    return rule is not None and case.closed_on is not None and rule.ends_on(case.closed_on) <= reader.today


def pathway_of(reader: Reader, case: Case) -> Pathway | None:
    """The road of a case's kind; None for a kind this version has no road for."""
    return reader.rulebook.pathways.get(case.kind or "")


def holding(reader: Reader, case: Case, step: str, also: Mapping[str, bool] | None = None) -> tuple[Held, ...]:
    """The guards that hold a step of a case back now; `also` is what would be true with it."""
    pathway = pathway_of(reader, case)
    if pathway is None or (step not in STEPS and step not in dict(pathway.every_stage())):
        return ()
    facts = facts_of(state_of(reader, case), reader.today)
    return held_back(pathway, step, facts | dict(also or {}))
