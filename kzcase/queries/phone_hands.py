"""In whose hands a phone is, and what its owner said about calling it: asked before a number is matched or dialled."""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import select, text

from kzcase.db.reader import Reader
from kzcase.db.tables.cases import Case
from kzcase.db.tables.helpline import CallerCheck
from kzcase.db.tables.people import Phone
from kzcase.domain.errors import NotToBeCalled, PhoneInOtherHands
from kzcase.domain.ids import Id
from kzcase.domain.line import EXTENSIONS, digits_of
from kzcase.domain.line_rows import CallingRule
from kzcase.queries.reach import kept_away

_BEFORE: Final = ", ".join(f"instr({{0}} || '{word}', '{word}')" for word in EXTENSIONS)
_NUMBER: Final = f"substr({{0}}, 1, min({_BEFORE}) - 1)"
"""A number without its extension."""
_PLAIN: Final = (
    "replace(replace(replace(replace(replace(replace(replace({0},' ',''),'-',''),'(',''),')',''),'+',''),'.',''),"
    "',','')"
)
_DIGITS: Final = _PLAIN.format(_NUMBER)
ENDS: Final = f"substr({_DIGITS}, -10) = :wanted"
"""That a number is the one wanted, whatever its spelling; `{0}` is its column."""
_PHONES: Final = f"SELECT id FROM phones WHERE number IS NOT NULL AND struck IS NOT 1 AND {ENDS.format('number')}"
_CONTROLS: Final = "SELECT phone_id, state FROM phone_controls WHERE struck IS NOT 1 AND phone_id IS NOT NULL"
FREE: Final = "free"
NEVER: Final = frozenset({"do_not_call", "text_only"})
"""Rules under which nobody rings a number."""
NOT_BY_YOU: Final = CallingRule(None, None, None, None, word_agreed=False, controlled=True)
"""What somebody kept away from the case reads: nothing, and that they do not ring this number."""


def ids_of(reader: Reader, sql: str, digits: str) -> list[Id]:
    """The ids a query finds for the digits of a number; nothing where there are none."""
    if not digits:
        return []
    rows = reader.session.execute(text(sql), {"wanted": digits})
    return [bytes(row[0]) if isinstance(row[0], bytes) else b"" for row in rows]


def phones_of(reader: Reader, number: str | None) -> list[Id]:
    """Everybody's phones of this number."""
    return ids_of(reader, _PHONES, digits_of(number))


def controlled_phones(reader: Reader, phones: Iterable[Id] | None = None) -> frozenset[Id]:
    """Those of these phones, or of all, that are in other hands today: what was said last about a phone holds."""
    listed = None if phones is None else ", ".join(f"x'{phone.hex()}'" for phone in phones)
    if listed == "":
        return frozenset()
    among = "" if listed is None else f" AND phone_id IN ({listed})"
    sql = text(f"{_CONTROLS}{among} AND (since IS NULL OR since <= :today) ORDER BY since, said_at, id")
    last = {bytes(phone): state for phone, state in reader.session.execute(sql, {"today": reader.today.isoformat()})}
    return frozenset(phone for phone, state in last.items() if state != FREE)


def in_other_hands(reader: Reader, number: str | None) -> bool:
    """Whether anybody's phone of this number is controlled by somebody else."""
    return bool(controlled_phones(reader, phones_of(reader, number)))


def must_be_in_own_hands(reader: Reader, number: str | None, place: str) -> None:
    """`PhoneInOtherHands` where anybody's phone of this number is controlled by somebody else."""
    if in_other_hands(reader, number):
        raise PhoneInOtherHands(place)


def rules_by_number(
    reader: Reader, numbers: Iterable[str | None], *, veiled: bool = True
) -> dict[str, tuple[CallingRule, ...]]:
    """Ten digits → what clients with this number said about calling it; it says nothing about who they are.

    Whoever is kept away from such a client's case reads no word of it, and does not ring: a colleague does.
    """
    wanted = {digits for number in numbers if (digits := digits_of(number))}
    if not wanted:
        return {}
    listed = ", ".join(f"'{digits}'" for digits in sorted(wanted))
    last = f"substr({_DIGITS.format('number')}, -10)"
    sql = f"SELECT id FROM phones WHERE number IS NOT NULL AND struck IS NOT 1 AND {last} IN ({listed})"
    ids = [bytes(phone) for (phone,) in reader.session.execute(text(sql))]
    held = controlled_phones(reader, ids)
    found: dict[str, list[CallingRule]] = {}
    theirs = _clients_kept_away(reader) if veiled else frozenset()
    for row in reader.session.scalars(select(Phone).where(Phone.id.in_(ids)).order_by(Phone.position, Phone.id)):
        said = (row.safe, row.hours, row.who_may_answer, row.say_we_are, bool(row.code_word), row.id in held)
        rule = NOT_BY_YOU if row.person_id in theirs else CallingRule(*said)
        found.setdefault(digits_of(row.number), []).append(rule)
    return {digits: tuple(dict.fromkeys(rules)) for digits, rules in found.items()}


def _clients_kept_away(reader: Reader) -> frozenset[Id]:
    """The clients of the cases the asker is kept away from."""
    away = kept_away(reader)
    if not away:  # as for nearly everybody
        return frozenset()
    return frozenset(
        client for client in reader.session.scalars(select(Case.client_id).where(Case.id.in_(away))) if client
    )


def is_closed(rules: Iterable[CallingRule]) -> bool:
    """Whether nobody rings a number with these rules."""
    return any(rule.controlled or rule.safe in NEVER for rule in rules)


def must_be_callable(reader: Reader, number: str | None, place: str, *, by_anybody: bool = False) -> None:
    """`PhoneInOtherHands`, or `NotToBeCalled` where its owner said so or said a word of warning nobody took up yet.

    `by_anybody`: who rings is open yet, so it does not matter whom of us the case is kept from.
    """
    must_be_in_own_hands(reader, number, place)
    rules = rules_by_number(reader, [number], veiled=not by_anybody).get(digits_of(number), ())
    if is_closed(rules) or _warned(reader, number):
        raise NotToBeCalled(place)


def _warned(reader: Reader, number: str | None) -> bool:
    """Whoever calls back now would speak to those of whom the caller is afraid. It is not said why."""
    ids = phones_of(reader, number)
    if not ids:
        return False
    owners = select(Phone.person_id).where(Phone.id.in_(ids))
    waiting = (CallerCheck.result == "duress", CallerCheck.seen_at.is_(None), CallerCheck.struck.is_not(True))
    query = select(CallerCheck.id).where(*waiting, CallerCheck.person_id.in_(owners)).limit(1)
    return reader.session.scalars(query).first() is not None
