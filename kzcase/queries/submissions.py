"""Answers that came from phones, and form versions they may belong to: found again by the ids that phones carry."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.cases import AnswerSheet, Case
from kzcase.db.tables.office import FormVersion
from kzcase.domain.errors import NotFound
from kzcase.domain.ids import Id, from_hex
from kzcase.domain.permissions import Permission
from kzcase.queries.answers import OtherSaid, answers_of, others_of
from kzcase.queries.cases import case_id
from kzcase.queries.reach import must_be_open, within_reach

_INSTANCE = "uuid:"


@dataclass(frozen=True, slots=True)
class KnownAnswers:
    """A filled form that is here: where, of which version, and what was answered, by journal path."""

    sheet: str
    case: str
    number: str
    form_version: str
    instance: str
    language: str
    answered_at: datetime | None
    answers: dict[str, str] = field(repr=False)
    missing: dict[str, str]
    others: tuple[OtherSaid, ...] = field(default=(), repr=False)


def instance_of_sheet(sheet: Id) -> str:
    """The id under which answers given at the desk leave the house."""
    return f"{_INSTANCE}{UUID(bytes=sheet)}"


def known_answers(reader: Reader, instance: str) -> KnownAnswers | None:
    """The answers that came under this id, or left under it; the latest where they were taken in again."""
    reader.must_be_allowed(Permission.WORK_ON_CASES)
    named = [AnswerSheet.instance_id == instance]
    if own := _sheet_id(instance):
        named.append(AnswerSheet.id == own)
    query = select(AnswerSheet).where(named[0] if len(named) == 1 else named[0] | named[1])
    sheets = reader.session.scalars(query.where(AnswerSheet.struck.is_not(True))).all()
    live = [sheet for sheet in sheets if sheet.case_id]
    if not live:
        return None
    return _known(reader, max(live, key=lambda sheet: (sheet.answered_at is not None, sheet.answered_at, sheet.id)))


def were_erased(reader: Reader, instance: str) -> bool:
    """Whether answers came under this id, or left under it, whose person was erased since."""
    named = (AnswerSheet.instance_id == instance) | (AnswerSheet.id == (_sheet_id(instance) or b""))
    gone = AnswerSheet.struck.is_(True) & AnswerSheet.case_id.is_(None)
    return reader.session.scalars(select(AnswerSheet.id).where(named, gone)).first() is not None


def _sheet_id(instance: str) -> Id | None:
    return from_hex(instance.removeprefix(_INSTANCE).replace("-", "")) if instance.startswith(_INSTANCE) else None


def _known(reader: Reader, sheet: AnswerSheet) -> KnownAnswers:
    must_be_open(reader, sheet.case_id, place="case")
    case = reader.session.get_one(Case, sheet.case_id)
    found = answers_of(reader, sheet.id)
    return KnownAnswers(
        sheet=sheet.id.hex(),
        case=case.id.hex(),
        number=case.number or "",
        form_version=sheet.form_version or "",
        instance=sheet.instance_id or instance_of_sheet(sheet.id),
        language=sheet.language or "",
        answered_at=sheet.answered_at,
        answers=found.answers,
        missing=found.missing,
        others=others_of(reader, sheet.id),
    )


def sheets_to_save(reader: Reader, case: str, form_id: str, sheet: str) -> tuple[list[KnownAnswers], int]:
    """Filled forms by id, by case, by form, or by case and form; and how many lie beyond the asker's reach.

    `NeedsReason` for a sheet or a case beyond it that was named itself.
    """
    reader.must_be_allowed(Permission.WORK_ON_CASES)
    query = select(AnswerSheet).where(AnswerSheet.struck.is_not(True)).order_by(AnswerSheet.answered_at, AnswerSheet.id)
    if sheet:
        query = query.where(AnswerSheet.id == (from_hex(sheet) or b""))
    if case:
        query = query.where(AnswerSheet.case_id == _opened_case(reader, case))
    if form_id:
        query = query.where(AnswerSheet.form_id == form_id)
    found = [each for each in reader.session.scalars(query) if each.case_id]
    if sheet or case:
        return [_known(reader, each) for each in found], 0
    near = within_reach(reader, {each.case_id for each in found if each.case_id})
    return [_known(reader, each) for each in found if each.case_id in near], sum(e.case_id not in near for e in found)


def _opened_case(reader: Reader, reference: str) -> Id:
    case = case_id(reader, reference)
    must_be_open(reader, case, reference)
    return case


@dataclass(frozen=True, slots=True)
class CasePlace:
    """A case into which answers may go."""

    id: str
    number: str
    closed: bool


def case_place(reader: Reader, reference: str) -> CasePlace:
    """A case by its number or id, as far as the asker may act on it. `NotFound`, `NeedsReason` or `DataBlocked`."""
    case = reader.session.get_one(Case, _opened_case(reader, reference))
    return CasePlace(case.id.hex(), case.number or "", case.closed_on is not None)


def form_source(reader: Reader, version: str) -> str:
    """The XForm of a version by its hash, or the first half of it. `NotFound` where it was never used here."""
    row = reader.session.get(FormVersion, from_hex(version[:32]) or b"")
    if row is None or not row.source:
        raise NotFound(place="form", what=version[:64])
    return row.source


def form_sources(reader: Reader, form_id: str) -> Iterator[str]:
    """The XForms of every version of a form that this casebook knows."""
    query = select(FormVersion.source).where(FormVersion.form_id == form_id).order_by(FormVersion.id)
    return (source for source in reader.session.scalars(query) if source)
