"""Which empty forms left for phones, when, and to which key their answers are closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.office import PhoneForm, PhoneSwitch
from kzcase.domain.permissions import Permission

ON: Final = "on"
OFF: Final = "off"


@dataclass(frozen=True, slots=True)
class LeftForm:
    """A form that is on phones: when it left last."""

    form_id: str
    left_on: date | None


def forms_on_phones(reader: Reader) -> Mapping[str, tuple[LeftForm, ...]]:
    """By the id of the key, "" for those whose answers stay open: each form once, the one that left last first."""
    reader.must_be_allowed(Permission.WORK_ON_CASES)
    last: dict[tuple[str, str], date] = {}
    for row in reader.session.scalars(select(PhoneForm).where(PhoneForm.struck.is_not(True))):
        where = ((row.key_id or b"").hex(), row.form_id or "")
        last[where] = max(last.get(where, date.min), row.left_on or date.min)
    found: dict[str, list[LeftForm]] = {}
    for (key, form_id), day in sorted(last.items(), key=lambda each: (each[1], each[0]), reverse=True):
        found.setdefault(key, []).append(LeftForm(form_id, None if day == date.min else day))
    return {key: tuple(forms) for key, forms in found.items()}


def on_phones_all_the_same(reader: Reader) -> frozenset[str]:
    """The forms that are off for phones and were allowed by an administrator; anything but a clear “on” is off."""
    query = select(PhoneSwitch.form_id).where(PhoneSwitch.state == ON, PhoneSwitch.struck.is_not(True))
    return frozenset(form_id for form_id in reader.session.scalars(query) if form_id)
