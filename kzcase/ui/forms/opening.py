"""What a form page begins with, read off the window's thread: the form, a sheet to correct, earlier answers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from kzcase.domain.errors import NamesHidden
from kzcase.forms.definition import Form
from kzcase.i18n import KAZAKHSTAN
from kzcase.queries.attachments import attachments
from kzcase.queries.cases import case_id, case_rows
from kzcase.queries.form_texts import checked_texts
from kzcase.queries.forms import form_of
from kzcase.ui.forms.told import Earlier, Told, read_earlier, read_stored


@dataclass(frozen=True, slots=True)
class Opened:
    """The form, the number of the case, the moment, the stored sheet where one is corrected, and the languages in which
    a native reader checked the texts."""

    form: Form
    number: str
    now: datetime
    told: Told | None = None
    checked: frozenset[str] = frozenset()

    @property
    def spoken(self) -> str:
        """The language a stored sheet was filled in; "" for a new one."""
        return self.told.stored.language if self.told is not None else ""


class Beside(NamedTuple):
    """What stands beside the questions: earlier fillings-in, and the names of the case's attachments."""

    earlier: tuple[Earlier, ...]
    files: tuple[str, ...]


def open_form(reader: Any, case: str, form_id: str, sheet: str = "") -> Opened:
    """A form to fill in, or a stored sheet with the version it answers. Raises NamesHidden where some of its answers
    are hidden from the asker: nobody corrects what they do not see."""
    (row,) = case_rows(reader, [case_id(reader, case)])
    now = reader.now.astimezone(KAZAKHSTAN)
    if not sheet:
        form = form_of(reader, form_id)
        return Opened(form, row.number, now, checked=frozenset(checked_texts(reader, form.version)))
    told = read_stored(reader, sheet)
    if told.veiled:
        raise NamesHidden(place="form")
    return Opened(told.form, row.number, now, told, frozenset(checked_texts(reader, told.form.version)))


def read_beside(reader: Any, case: str, form_id: str, sheet: str = "") -> Beside:
    """What was answered to this form in this case before, and what its attachments are called."""
    files = tuple(row.title for row in attachments(reader, case) if row.title)
    return Beside(read_earlier(reader, case, form_id, but=sheet), files)
