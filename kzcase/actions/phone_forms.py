"""Forms and answers that leave as files: recorded before anybody holds the file, which itself is never kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from kzcase.actions.finding import find_case
from kzcase.actions.forms import keep_version
from kzcase.actions.wishes import Done
from kzcase.db.casebook import Casebook
from kzcase.db.tables.office import Exporting, PhoneForm
from kzcase.domain.ids import from_hex
from kzcase.forms.definition import Form


@dataclass(frozen=True, slots=True)
class LeavingSheet:
    """One filled form about to leave: of which case, and which classes of answers it holds."""

    case: str
    sheet: str
    classes: tuple[str, ...]


def record_phone_form(book: Casebook, form: Form, key: str, sha256: str) -> Done:
    """Enter that an empty form is made ready for phones, and keep its version, so that its answers find it again."""
    with book.write("phone_form.made") as act:
        keep_version(act, form)
        row = act.add(PhoneForm(form_id=form.id, form_version=form.version, left_on=act.today, sha256=sha256))
        row.key_id = from_hex(key)
    return Done(act.id, act.changed, {"phone_form": row.id})


def record_saving(book: Casebook, sheets: Sequence[LeavingSheet], sha256: str) -> Done:
    """Enter in the history of each case that answers of it are saved as a file."""
    with book.write("answers.exported") as act:
        for each in sheets:
            case = find_case(act, each.case)
            row = Exporting(case_id=case.id, sheet_id=from_hex(each.sheet), format="xform", sha256=sha256)
            row.classes = " ".join(each.classes)
            act.add(row)
    return Done(act.id, act.changed)
