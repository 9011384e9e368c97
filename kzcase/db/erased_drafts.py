"""Unsaved typing about somebody who is being erased: on this laptop alone, so each laptop looks for it by itself."""

from collections.abc import Collection, Iterator
from typing import Final

import msgspec

from kzcase.db.drafts import forget
from kzcase.db.sql import Sql
from kzcase.domain.mentions import Traces, numbers_in
from kzcase.journal.operations import Id

_NUMBERS: Final = """SELECT number FROM phones WHERE person_id = ?1 UNION ALL
SELECT number FROM documents WHERE person_id = ?1 UNION ALL SELECT iin FROM people WHERE id = ?1 UNION ALL
SELECT phone FROM calls WHERE id = ?1 UNION ALL SELECT phone FROM call_backs WHERE call_id = ?1 UNION ALL
SELECT contact FROM incoming_referrals WHERE id = ?1"""


def forget_drafts(sql: Sql, owners: Collection[Id], traces: Traces | None = None) -> None:
    """Drafts in the places of these people, cases and calls, and drafts elsewhere that surely name one of the people.

    Asked before their rows are emptied: what they are called stands there. `traces` where more is known.
    """
    named = [traces] if traces else list(_traces(sql, owners))
    going = drafts_about(sql, owners, named)
    forget(sql, going)


def drafts_about(sql: Sql, owners: Collection[Id], named: Collection[Traces]) -> list[Id]:
    """The ids of these drafts."""
    places = {owner.hex() for owner in owners}
    rows = sql.rows("SELECT id, place, content FROM drafts")
    return [row_id for row_id, place, content in rows if _is_about(place, content, places, named)]


def _is_about(place: str, content: bytes, places: Collection[str], named: Collection[Traces]) -> bool:
    if any(each in place for each in places):
        return True
    try:
        typed = msgspec.json.decode(content, type=dict[str, str])
    except msgspec.DecodeError:
        return False
    return any(traces.in_text(text).certain for traces in named for text in typed.values())


def _traces(sql: Sql, owners: Collection[Id]) -> Iterator[Traces]:
    """What each of these people is found by, from their rows as they stand."""
    for owner in owners:
        names = sql.rows("SELECT family, given, patronymic FROM person_names WHERE person_id = ?", (owner,))
        numbers = sql.rows(_NUMBERS, (owner,))
        if names or numbers:
            words = (word for name in names for word in name if word)
            yield Traces.of(words, (each for (number,) in numbers if number for each in numbers_in(number)))
