"""Which texts of a form in languages of clients were checked by a native reader, by whom and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.office import CheckedText


@dataclass(frozen=True, slots=True)
class Checked:
    """Who read the texts, and when that was written down."""

    reader: str
    on: date | None


def checked_texts(reader: Reader, version: str) -> Mapping[str, Checked]:
    """The checked languages of one form version (its content hash). Another version has to be checked anew."""
    query = select(CheckedText).where(CheckedText.version == version, CheckedText.struck.is_not(True))
    rows = reader.session.scalars(query.order_by(CheckedText.checked_on.desc(), CheckedText.id))
    return {row.language: Checked(row.reader or "", row.checked_on) for row in rows if row.language}
