"""Laptops: each incarnation of a casebook on a laptop is entered once by somebody who may."""

from kzcase.db.casebook import Casebook
from kzcase.db.tables.organisation import Device
from kzcase.domain.permissions import Permission, may


def certify_this_laptop(book: Casebook) -> bool:
    """Enter the incarnation of this copy, where nobody has and the acting person may; whether it was done.

    Until then its acts count all the same: they are judged by who signed them.
    """
    if not may(book.acting.roles, Permission.MANAGE_STAFF):
        return False
    with book.read() as reader:
        known = reader.session.get(Device, book.facts.incarnation) is not None
    if known:
        return False
    with book.write("device.certified") as act:
        act.add(Device(id=book.facts.incarnation, code=book.facts.code, certified_on=act.today))
    return True
