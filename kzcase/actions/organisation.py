"""The organisation itself: where partners send their answers to."""

from kzcase.actions.wishes import Done, Text, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.tables.organisation import Organisation


class DescribeOrganisation(Wish, frozen=True, kw_only=True):
    """What letters and return slips say of us. What is left out stands on no paper."""

    address: Text | None = None
    phone: Text | None = None
    email: Text | None = None


@action("organisation.described", DescribeOrganisation)
def describe_organisation(book: Casebook, wish: DescribeOrganisation) -> Done:
    """Set where answers go, all of it at once."""
    with book.write("organisation.described") as act:
        row = act.session.get_one(Organisation, act.organisation)
        row.address, row.phone, row.email = wish.address or None, wish.phone or None, wish.email or None
    return Done(act.id, act.changed, {})
