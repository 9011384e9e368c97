"""Unsaved typing about somebody who is being erased: on this laptop alone, so each laptop looks for it by itself."""

import re
from collections.abc import Collection, Iterator
from typing import Final

import msgspec

from kzcase.db.drafts import forget
from kzcase.db.sql import Sql
from kzcase.db.tables import ENTITIES
from kzcase.domain.mentions import Traces, numbers_in
from kzcase.journal.operations import Id

_NUMBERS: Final = """SELECT number FROM phones WHERE person_id = ?1 UNION ALL
SELECT number FROM documents WHERE person_id = ?1 UNION ALL SELECT iin FROM people WHERE id = ?1 UNION ALL
SELECT phone FROM calls WHERE id = ?1 UNION ALL SELECT phone FROM call_backs WHERE call_id = ?1 UNION ALL
SELECT contact FROM incoming_referrals WHERE id = ?1"""

_GOES_BY: Final = """SELECT number FROM (SELECT id, number FROM cases UNION ALL SELECT id, number FROM calls
UNION ALL SELECT id, number FROM incoming_referrals) WHERE id IN ({})"""
_DECIDED: Final = frozenset(("people", "cases", "calls", "incoming_referrals"))
"""Whose these are is decided by whoever erases: a call may also be about somebody who stays."""
_ROW: Final = 'SELECT * FROM "{}" WHERE id = ?'
_ID: Final = re.compile("[0-9a-f]{32}")


def forget_drafts(sql: Sql, owners: Collection[Id], traces: Traces | None = None) -> None:
    """Drafts in the places of these people, cases and calls, and drafts elsewhere that surely name one of the people.

    Asked before their rows are emptied: what they are called stands there. `traces` where more is known.
    """
    named = [traces] if traces else list(_traces(sql, owners))
    going = drafts_about(sql, owners, named)
    forget(sql, going)


def drafts_about(sql: Sql, owners: Collection[Id], named: Collection[Traces]) -> list[Id]:
    """The ids of these drafts."""
    theirs = frozenset(owners)
    places, numbers = {owner.hex() for owner in theirs}, _known_as(sql, theirs)
    rows = sql.rows("SELECT id, place, content FROM drafts")
    return [
        row_id
        for row_id, place, content in rows
        if any(each in place for each in places)
        or _names_a_row_of(sql, place, theirs)
        or _is_about(content, places | numbers, named)
    ]


def _known_as(sql: Sql, owners: frozenset[Id]) -> set[str]:
    """The numbers their cases, calls and referrals from others go by."""
    return {number for (number,) in sql.rows_with(_GOES_BY, owners) if number}


def _names_a_row_of(sql: Sql, place: str, owners: frozenset[Id]) -> bool:
    """Whether a place names a referral, statement, request … of theirs: older programs named that alone."""
    named = [bytes.fromhex(each) for each in place.split("/")[1:] if _ID.fullmatch(each)]
    rows = (
        row for each in named for table in ENTITIES.keys() - _DECIDED for row in sql.rows(_ROW.format(table), (each,))
    )
    return any(not owners.isdisjoint(value for value in row if isinstance(value, bytes)) for row in rows)


def _is_about(content: bytes, known_as: Collection[str], named: Collection[Traces]) -> bool:
    """Whether a field says which case it is about, or a text surely names one of the people."""
    try:
        typed = msgspec.json.decode(content, type=dict[str, str])
    except msgspec.DecodeError:
        return False
    if any(text.strip() in known_as for text in typed.values()):
        return True
    return any(traces.in_text(text).certain for traces in named for text in typed.values())


def _traces(sql: Sql, owners: Collection[Id]) -> Iterator[Traces]:
    """What each of these people is found by, from their rows as they stand."""
    for owner in owners:
        names = sql.rows("SELECT family, given, patronymic FROM person_names WHERE person_id = ?", (owner,))
        numbers = sql.rows(_NUMBERS, (owner,))
        if names or numbers:
            words = (word for name in names for word in name if word)
            yield Traces.of(words, (each for (number,) in numbers if number for each in numbers_in(number)))
