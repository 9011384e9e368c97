"""Partners: the organisations people are referred to."""

import msgspec

from kzcase.actions.checks import code, codes, optional_code
from kzcase.actions.wishes import Code, Done, Required, Text, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.tables.office import Partner


class AddPartner(Wish, frozen=True, kw_only=True):
    """A new partner organisation."""

    name: Required
    kind: Code
    region: Code | None = None
    address: Text | None = None
    phone: Text | None = None
    contact: Text | None = None
    languages: list[Code] = msgspec.field(default_factory=list)


@action("partner.added", AddPartner)
def add_partner(book: Casebook, wish: AddPartner) -> Done:
    """Add a partner to the directory."""
    with book.write("partner.added") as act:
        partner = act.add(
            Partner(
                name=wish.name.strip(),
                kind=code(act.rulebook, "organisation", wish.kind, "kind"),
                region=optional_code(act.rulebook, "region", wish.region, "region"),
                address=wish.address,
                phone=wish.phone,
                contact=wish.contact,
                languages=" ".join(codes(act.rulebook, "language", wish.languages, "languages")) or None,
            )
        )
    return Done(act.id, act.changed, {"partner": partner.id})
