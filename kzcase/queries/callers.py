"""Who calls: earlier calls of a number, and whether a word is to be asked. Nothing here says whose number it is."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy import select, text

from kzcase.db.reader import Reader
from kzcase.db.sql import EACH_ID, together
from kzcase.db.tables.cases import Case
from kzcase.db.tables.helpline import CallerCheck, DuressWord
from kzcase.db.tables.office import Call
from kzcase.db.tables.people import Phone
from kzcase.domain.errors import NotFound
from kzcase.domain.ids import Id, from_hex
from kzcase.domain.line import digits_of
from kzcase.domain.line_rows import AlertRow, CallerAnswer, KnownCaller, PhoneInHands
from kzcase.domain.permissions import MAY, Permission
from kzcase.queries.call_reach import calls_kept_away
from kzcase.queries.case_page import name_of
from kzcase.queries.freezes import here_with
from kzcase.queries.kept_away import kept_away_from
from kzcase.queries.people_around import cases_around
from kzcase.queries.phone_hands import ENDS, controlled_phones, ids_of, phones_of
from kzcase.queries.reach import but_not, kept_away, must_be_reached
from kzcase.queries.veil import Veil

_CALLS: Final = """
SELECT id FROM calls
WHERE struck IS NOT 1 AND erased_on IS NULL
  AND ((phone IS NOT NULL AND {ends}) OR lower(nickname) = lower(:nickname)){but}
ORDER BY started_at DESC, id"""
_SHOWN_TOPICS: Final = 3


def known_caller(reader: Reader, number: str = "", nickname: str = "") -> KnownCaller:
    """What is known of somebody who calls: how often and about what, and whether a word is to be asked.

    Everything is asked before anything is left out: a number in other hands takes as long as one nobody knows.
    """
    reader.must_be_allowed(Permission.LOG_CALLS)
    owners, held = _owners(reader, number)
    strange = any(phone.id in held for phone in owners)  # somebody else may be calling: it tells nothing of anybody
    phones = _of_callers(reader, owners, held)
    calls = _calls(reader, number, nickname, but_number=strange)
    away = but_not(calls_kept_away(reader), "k.id")
    there = f"SELECT 1 FROM calls k WHERE k.id = call_backs.call_id{away}"
    waiting = f"SELECT 1 FROM call_backs WHERE ended_at IS NULL AND struck IS NOT 1 AND EXISTS ({there})"
    promised = ids_of(reader, f"{waiting} AND {ENDS.format('phone')} LIMIT 1", digits_of(number))
    return KnownCaller(
        ask_word=bool(phones) and not strange,
        calls=len(calls),
        last=_started(reader, calls[0]) if calls else None,
        topics=_commonest(reader, calls),
        open_call_back=bool(promised) and not strange,
        has_word=any(phone.code_word for phone in phones) and not strange,
    )


def calls_from(reader: Reader, number: str) -> list[Id]:
    """Every earlier call from this number, the latest first; of one in other hands none, and that takes as long."""
    owners, held = _owners(reader, number)
    return _calls(reader, number, "", but_number=any(phone.id in held for phone in owners))


def _calls(reader: Reader, number: str, nickname: str, *, but_number: bool) -> list[Id]:
    """The latest first, and all of them: one left out before they are ordered and filtered could be the newest."""
    wanted = None if but_number else digits_of(number) or None  # NULL fits nothing, and is looked for as long
    sql = _CALLS.format(ends=ENDS.format("phone"), but=but_not(calls_kept_away(reader), "id"))
    rows = reader.session.execute(text(sql), {"wanted": wanted, "nickname": nickname.strip() or None})
    return [bytes(call) for (call,) in rows]


def _started(reader: Reader, call: Id) -> datetime | None:
    return reader.session.scalar(select(Call.started_at).where(Call.id == call))


def _commonest(reader: Reader, calls: list[Id]) -> tuple[str, ...]:
    """The topics most spoken of in these calls."""
    among = f"call_id IN (SELECT id FROM {EACH_ID})"
    sql = f"SELECT topic FROM call_topics WHERE struck IS NOT 1 AND topic IS NOT NULL AND {among}"
    grouped = text(f"{sql} GROUP BY topic ORDER BY count(*) DESC, topic LIMIT {_SHOWN_TOPICS}")
    return tuple(str(topic) for (topic,) in reader.session.execute(grouped, {"ids": together(calls)}))


def phones_of_callers(reader: Reader, number: str) -> list[Phone]:
    """Clients' phones with this number: those in other hands, those that ended and cases one is kept away from match
    nobody."""
    return _of_callers(reader, *_owners(reader, number))


def _owners(reader: Reader, number: str) -> tuple[Sequence[Phone], frozenset[Id]]:
    """Everybody's phones of this number, and which phones are in other hands."""
    query = select(Phone).where(Phone.id.in_(phones_of(reader, number))).order_by(Phone.id)
    return reader.session.scalars(query).all(), controlled_phones(reader)


def _of_callers(reader: Reader, phones: Sequence[Phone], held: frozenset[Id]) -> list[Phone]:
    """Those of these that are clients' own: the same is asked whether there are any or not."""
    owners = {phone.person_id for phone in phones}
    query = select(Case.client_id, Case.id).where(Case.client_id.in_(owners), Case.struck.is_not(True))
    cases, away = reader.session.execute(query.where(Case.erased_on.is_(None))).all(), kept_away(reader)
    hidden = {client for client, case in cases if case in away}
    clients = {client for client, _case in cases} - hidden
    there = [phone for phone in phones if phone.id not in held and not _ended(phone, reader.today)]
    return [phone for phone in there if phone.person_id in clients]


def _ended(phone: Phone, today: date) -> bool:
    return bool(phone.until) and (phone.until or "") < today.isoformat()


def phones_in_hands(reader: Reader, person: str) -> list[PhoneInHands]:
    """The phones of somebody, each with whose hands it is in today, and whether a word of warning is agreed."""
    reader.must_be_allowed(Permission.WORK_ON_CASES)
    wanted = from_hex(person) or b""
    around = cases_around(reader, wanted)
    if around and around <= kept_away(reader):
        raise NotFound(place="person", what=person[:64])
    must_be_reached(reader, around - kept_away(reader), "person")
    there = (Phone.person_id == wanted, Phone.struck.is_not(True))
    phones = reader.session.scalars(select(Phone).where(*there).order_by(Phone.position, Phone.id)).all()
    held, warned = controlled_phones(reader, [phone.id for phone in phones]), bool(duress_words(reader, wanted))
    hidden = Veil(reader, "phones").hides("number")
    return [
        PhoneInHands(phone.id.hex(), None if hidden else phone.number, phone.id in held, warned) for phone in phones
    ]


def duress_words(reader: Reader, person: Id) -> list[tuple[bytes, bytes]]:
    """The digests of somebody's words of warning."""
    there = (DuressWord.person_id == person, DuressWord.struck.is_not(True))
    rows = reader.session.scalars(select(DuressWord).where(*there).order_by(DuressWord.set_at, DuressWord.id))
    return [(row.salt, row.digest) for row in rows if row.salt and row.digest][-1:]


def caller_answer(reader: Reader, check: str) -> CallerAnswer:
    """What the operator is told of a word they asked for. Under duress it is a cover, and no case."""
    reader.must_be_allowed(Permission.LOG_CALLS)
    row = reader.session.get(CallerCheck, from_hex(check) or b"")
    if row is None or row.operator_id != reader.acting.staff_id:
        raise NotFound(place="check", what=check[:64])
    match row.result:
        case "right":
            return CallerAnswer("right", row.case_id.hex() if row.case_id else None)
        case "duress":
            return CallerAnswer("cover")
        case _:
            return CallerAnswer("wrong")


def alerts(reader: Reader) -> list[AlertRow]:
    """Words of warning nobody has taken up yet, for supervisors; for others there is nothing.

    Whoever is kept away from the case hears of one only where no other supervisor is left to act, and then not of whom.
    """
    if not reader.may(Permission.SUPERVISE_LINE):
        return []
    away = kept_away(reader)
    waiting = (CallerCheck.result == "duress", CallerCheck.seen_at.is_(None), CallerCheck.struck.is_not(True))
    rows = reader.session.scalars(select(CallerCheck).where(*waiting).order_by(CallerCheck.at, CallerCheck.id))
    return [
        _alert(reader, row) if row.case_id not in away else AlertRow(row.id.hex(), row.at, None, None, None)
        for row in rows
        if row.case_id not in away or not _another_acts(reader, row.case_id or b"")
    ]


def _another_acts(reader: Reader, case: Id) -> bool:
    """Whether a supervisor is here who is not kept away from the case."""
    supervisors = here_with(reader, MAY[Permission.SUPERVISE_LINE])
    return bool(supervisors - kept_away_from(reader, case) - {reader.acting.staff_id})


def _alert(reader: Reader, row: CallerCheck) -> AlertRow:
    case = reader.session.get(Case, row.case_id) if row.case_id else None
    number = case.number if case else None
    case_id = row.case_id.hex() if row.case_id else None
    return AlertRow(row.id.hex(), row.at, name_of(reader, row.operator_id), case_id, number)
