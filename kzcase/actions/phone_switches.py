"""Forms that are off for phones: an administrator who knows the risk lets one leave, or stops it again."""

import hashlib

from kzcase.actions.wishes import Code, Done, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.tables.office import PhoneSwitch
from kzcase.domain.errors import NothingToChange, RiskUnsaid
from kzcase.domain.ids import Id
from kzcase.queries.forms import form_of
from kzcase.queries.phone_forms import OFF, ON, on_phones_all_the_same


class AllowOnPhones(Wish, frozen=True, kw_only=True):
    """Whether a form that is off for phones may leave for them. `risk_known`: a phone can be lost, taken or read by
    others, and whoever allows it knows that."""

    form: Code
    allowed: bool = True
    risk_known: bool = False


@action("phone_form.allowed", AllowOnPhones)
def allow_on_phones(book: Casebook, wish: AllowOnPhones) -> Done:
    """Its answers leave closed where it asks about people; what records voices or places never leaves."""
    with book.write("phone_form.allowed") as act:
        form = form_of(act, wish.form)
        if form.phone or wish.allowed is (form.id in on_phones_all_the_same(act)):
            raise NothingToChange(place="form")
        if wish.allowed and not wish.risk_known:
            raise RiskUnsaid(place="risk_known")
        row = act.session.get(PhoneSwitch, switch_id(form.id)) or act.add(
            PhoneSwitch(id=switch_id(form.id), form_id=form.id)
        )
        row.state = ON if wish.allowed else OFF
        row.decided_on, row.decided_by = act.today, act.acting.staff_id
    return Done(act.id, act.changed, {"switch": row.id})


def switch_id(form_id: str) -> Id:
    """One switch a form: two laptops that decide at once speak of the same, and “off” governs."""
    return hashlib.sha256(f"phone switch {form_id}".encode()).digest()[:16]
