"""One stored filling-in of a form as the asker may see it: answers with the very questions they were given to."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.cases import Answer, AnswerSheet, Case
from kzcase.db.tables.office import FormVersion
from kzcase.domain.classes import FieldClass
from kzcase.domain.errors import NotFound
from kzcase.domain.ids import from_hex
from kzcase.domain.permissions import Permission, Sight
from kzcase.queries.case_page import name_of
from kzcase.queries.reach import must_be_open


@dataclass(frozen=True, slots=True)
class StoredSheet:
    """Answers and reasons by journal path, and the XForm of the version they answer. `shown` are the classes the
    asker sees now; whoever reads `answers` leaves out questions of other classes."""

    case: str
    number: str
    source: str
    language: str
    author: str
    answered_at: datetime | None
    answers: dict[str, str]
    missing: dict[str, str]
    shown: frozenset[FieldClass]


def stored_sheet(reader: Reader, sheet_id: str) -> StoredSheet:
    """One sheet by its id. NotFound where there is none, or where its form version has not arrived yet."""
    reader.must_be_allowed(Permission.READ_CASES)
    sheet = reader.session.get(AnswerSheet, from_hex(sheet_id) or b"")
    if sheet is None or sheet.struck:
        raise NotFound(place="form", what=sheet_id[:64])
    must_be_open(reader, sheet.case_id, sheet_id, "form")
    version = reader.session.get(FormVersion, bytes.fromhex(sheet.form_version or "")[:16])
    if version is None or not version.source:
        raise NotFound(place="form", what=sheet.form_id or "")
    case = reader.session.get_one(Case, sheet.case_id)
    rows = reader.session.scalars(select(Answer).where(Answer.sheet_id == sheet.id, Answer.struck.is_not(True))).all()
    return StoredSheet(
        case=case.id.hex(),
        number=case.number or "",
        source=version.source,
        language=sheet.language or "",
        author=name_of(reader, sheet.author_id) or "",
        answered_at=sheet.answered_at,
        answers={row.path: row.value for row in rows if row.path and row.value},
        missing={row.path: row.missing for row in rows if row.path and row.missing},
        shown=frozenset(each for each in FieldClass if reader.sight(each) is Sight.SHOW),
    )
