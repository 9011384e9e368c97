"""The row of a printed weighing, for whoever may see what was weighed."""

from typing import Final

from kzcase.db.reader import Reader
from kzcase.domain.case_facts import WEIGHED
from kzcase.domain.dates import parse_edtf
from kzcase.domain.errors import NotFound, NothingToPrint
from kzcase.domain.weighing_papers import WEIGHING_CODE, WeighingSheet
from kzcase.i18n import Language, _
from kzcase.queries.letters import header
from kzcase.queries.roads import where_it_stands

NONE_YET: Final = _("Nothing was weighed in this case yet: use “Before filing”.")


def weighing_row(reader: Reader, reference: str, wanted: str, language: Language) -> WeighingSheet:
    """One weighing of a case, the latest unless one is named by its id."""
    view = where_it_stands(reader, reference, language)
    rows = [row for row in view.stated if row.fact == WEIGHED and wanted in ("", row.id)]
    if not rows:
        raise NotFound("number", what=wanted[:64]) if wanted else NothingToPrint("weighing", why=NONE_YET)
    row, name = rows[-1], reader.rulebook.name
    return WeighingSheet(
        header=header(reader, WEIGHING_CODE, view.number),
        filing=row.step or "",
        weighed_on=_day(row.day),
        authority=row.addressee or "",
        learns=row.source or "",
        relatives=row.relatives or "",
        decision=name("filing_decision", row.decision or "", language),
        decided_with=name("decided_with", row.decided_with or "", language),
        ground=row.ground or "",
        worker=row.by or "",
    )


def _day(written: str | None) -> str:
    found = parse_edtf(written) if written else None
    exact = found is not None and found.earliest == found.latest
    return f"{found.earliest:%d.%m.%Y}" if found is not None and exact else written or ""
