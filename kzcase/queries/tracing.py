"""Requests to find somebody: what the asker may see of them, whom supervisors compare, and what may be told.

Whoever works for the enquirer sees those within their own reach and no others; what the found person answered stands
in that person's scope, and is read here only to say what may be told.
"""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.cases import Case
from kzcase.db.tables.facts import CaseConfirmation
from kzcase.db.tables.tracings import Tracing, TracingAnswer, TracingMatch
from kzcase.domain.alike import WORTH_A_LOOK, Known
from kzcase.domain.day_rows import DayKind, DayRow
from kzcase.domain.errors import NotFound
from kzcase.domain.ids import Id, from_hex
from kzcase.domain.permissions import Permission
from kzcase.domain.person_rows import AlikeRow
from kzcase.domain.tasks import When
from kzcase.domain.tracing import SoughtRow, Told, TracingReply, TracingRow, lacks, may_tell
from kzcase.i18n import _
from kzcase.queries.alike import alike_people, known_of, pairs_among
from kzcase.queries.case_page import name_of
from kzcase.queries.cases import case_id
from kzcase.queries.households import name_seen
from kzcase.queries.letters import header
from kzcase.queries.merged import same_people
from kzcase.queries.reach import kept_away, must_be_open
from kzcase.queries.veil import Veil

_SAID: Final = ("relation", "asked_on", "last_news", "last_place", "circumstances", "country")
_CHECKED: Final = ("identity", "kinship", "motive", "danger", "vetted_on")
_MOST: Final = 200
LETTER: Final = "P48"


def tracings(reader: Reader, case: str) -> list[TracingRow]:
    """The requests of one case, the latest first."""
    found = case_id(reader, case)
    query = select(Tracing).where(Tracing.case_id == found, Tracing.struck.is_not(True))
    rows = reader.session.scalars(query.order_by(Tracing.asked_on.desc(), Tracing.id.desc()))
    return [_row(reader, row) for row in rows]


def _row(reader: Reader, row: Tracing) -> TracingRow:
    seen, hidden = Veil(reader, "tracings").over({name: getattr(row, name) for name in (*_SAID, *_CHECKED)})
    name, covered = name_seen(reader, row.enquirer_id or b"")
    told, message = told_of(reader, row)
    return TracingRow(
        id=row.id.hex(),
        number=row.number or "",
        case=(row.case_id or b"").hex(),
        enquirer=(row.enquirer_id or b"").hex(),
        enquirer_name=name,
        lacks=_lacks(row),
        vetted_by=name_of(reader, row.vetted_by),
        told=told,
        message=message if "relation" not in hidden else None,
        masked=hidden | ({"enquirer_name"} if covered else frozenset()),
        **seen,
    )


def _lacks(row: Tracing) -> tuple[str, ...]:
    return lacks(row.identity, row.kinship, row.motive, row.danger)


def is_vetted(row: Tracing) -> bool:
    """Whether everything about the enquirer is checked, and nothing speaks against them."""
    return not _lacks(row)


def told_of(reader: Reader, row: Tracing, now: TracingAnswer | None = None) -> tuple[Told, str | None]:
    """What the enquirer may be told, and the message of the found person where that is all; `now`: what is just being
    answered."""
    last: dict[Id, TracingAnswer] = {}
    query = select(TracingAnswer).where(TracingAnswer.tracing_id == row.id, TracingAnswer.struck.is_not(True))
    for answer in reader.session.scalars(query.order_by(TracingAnswer.asked_at, TracingAnswer.id)):
        last[answer.person_id or b""] = answer
    if now is not None and now.tracing_id == row.id:
        last[now.person_id or b""] = now
    told = may_tell(is_vetted(row), [answer.answer for answer in last.values()])
    messages = [answer.message for answer in last.values() if answer.message] if told is Told.MESSAGE else []
    return told, "\n".join(messages) or None


def tracing_named(reader: Reader, reference: str) -> Tracing:
    """A request by its number or id, for whoever may look into its case."""
    query = select(Tracing).where((Tracing.id == from_hex(reference)) | (Tracing.number == reference.strip()))
    row = reader.session.scalars(query.limit(1)).first()
    if row is None or row.struck or row.case_id is None:
        raise NotFound(place="tracing", what=reference[:64])
    must_be_open(reader, row.case_id, reference, "tracing")
    return row


def reply_row(reader: Reader, reference: str) -> TracingReply:
    """The letter to an enquirer. Unvetted, nobody found, not asked yet, or “no”: it is the same letter."""
    row = tracing_named(reader, reference)
    told, message = told_of(reader, row)
    return TracingReply(
        header(reader, LETTER, row.number or ""),
        row.number or "",
        row.asked_on,
        told,
        message or "",
        reader.acting.name,
    )


# Matching


def within_own_reach(reader: Reader, case: str) -> list[AlikeRow]:
    """Those within the asker's own reach who may be the sought person; nobody else, and in the same time."""
    sought = reader.session.get_one(Case, case_id(reader, case)).client_id
    if sought is None:
        return []
    itself = {one.hex() for one in same_people(reader, sought)}
    known = known_of(reader, [sought]).get(sought, Known())
    return [row for row in alike_people(reader, known) if row.person not in itself]


def people_perhaps_sought(reader: Reader) -> list[SoughtRow]:
    """For supervisors: who may be a person somebody asks after, wherever their case is, until it is decided."""
    reader.must_be_allowed(Permission.MERGE_PEOPLE)
    found = [row for tracing, _case in _open(reader) for row in _perhaps(reader, tracing)]
    return sorted(found, key=lambda row: (not row.found, -row.other.score))


def _open(reader: Reader) -> list[tuple[Tracing, Case]]:
    query = select(Tracing, Case).join(Case, Case.id == Tracing.case_id)
    live = (Tracing.struck.is_not(True), Case.struck.is_not(True), Case.closed_on.is_(None))
    rows = reader.session.execute(query.where(*live).order_by(Tracing.id.desc()).limit(_MOST)).all()
    away = kept_away(reader)
    return [(tracing, case) for tracing, case in rows if case.id not in away]


def _perhaps(reader: Reader, tracing: Tracing) -> Iterator[SoughtRow]:
    sought = tracing.person_id
    if sought is None:
        return
    decided = _decided(reader, tracing)
    known = known_of(reader, [sought]).get(sought, Known())
    for first, other in pairs_among(reader, sought, known):
        said = decided.get(bytes.fromhex(other.person))
        if said is not False and other.score >= WORTH_A_LOOK:
            yield SoughtRow(tracing.id.hex(), tracing.number or "", first, other, found=said is True)


def _decided(reader: Reader, tracing: Tracing) -> dict[Id, bool]:
    query = select(TracingMatch).where(TracingMatch.tracing_id == tracing.id, TracingMatch.struck.is_not(True))
    rows = reader.session.scalars(query.order_by(TracingMatch.decided_at, TracingMatch.id))
    return {row.person_id: bool(row.found) for row in rows if row.person_id}


def is_found(reader: Reader, tracing: Tracing, person: Id) -> bool:
    """Whether a supervisor has said that this is the person."""
    return _decided(reader, tracing).get(person, False)


def comparing_lines(reader: Reader) -> Iterator[DayRow]:
    """For supervisors: requests whose comparing with everybody known nobody has confirmed; the same line whether
    anybody is alike or not."""
    if not reader.may(Permission.MERGE_PEOPLE):
        return
    done = select(CaseConfirmation.case_id).where(
        CaseConfirmation.fact == "own_records_searched", CaseConfirmation.struck.is_not(True)
    )
    searched = {case for case in reader.session.scalars(done) if case}
    for tracing, case in _open(reader):
        if case.id not in searched:
            what = _("Compare with everybody who is known: request {number}", number=tracing.number or "")
            facts: dict[str, Any] = {"day": tracing.asked_on, "case": case.id.hex(), "case_number": case.number or ""}
            yield DayRow(id=tracing.id.hex(), kind=DayKind.OFFICE, when=When.TODAY, what=what, **facts)
