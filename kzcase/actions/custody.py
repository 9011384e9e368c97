"""Originals that people leave with the office for safety: taken against a receipt, given back on the first request."""

from kzcase.actions.checks import past_day
from kzcase.actions.finding import find_record
from kzcase.actions.wishes import Done, IsoDate, Line, LookReason, Ref, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.lives import Custody, Document
from kzcase.domain.errors import InCustody, NotInCustody


class TakeDocument(Wish, frozen=True, kw_only=True):
    """Take an original into the office's safe place; the receipt is printed from it."""

    document: Ref
    kept_where: Line = ""
    on: IsoDate | None = None
    look_reason: LookReason | None = None


class ReturnDocument(Wish, frozen=True, kw_only=True):
    """Give an original back to whom it belongs."""

    document: Ref
    on: IsoDate | None = None
    look_reason: LookReason | None = None


@action("document.taken", TakeDocument)
def take_document(book: Casebook, wish: TakeDocument) -> Done:
    """From now on the office has the original, and the person a receipt with a number."""
    with book.write("document.taken") as act:
        document = _document(act, wish.document)
        if _kept(act, document) is not None:
            raise InCustody("document")
        custody = act.add(Custody(person_id=document.person_id, document_id=document.id))
        custody.number = custody.id.hex()[:8].upper()
        custody.taken_on = past_day(wish.on, act.today)
        custody.taken_by = act.acting.staff_id
        custody.kept_where = wish.kept_where.strip() or None
        document.holder = "ngo"
    return Done(act.id, act.changed, {"custody": custody.id, "document": document.id}, custody.number)


@action("document.returned", ReturnDocument)
def return_document(book: Casebook, wish: ReturnDocument) -> Done:
    """The person has their original again; the receipt is void."""
    with book.write("document.returned") as act:
        document = _document(act, wish.document)
        custody = _kept(act, document)
        if custody is None:
            raise NotInCustody("document")
        custody.returned_on = past_day(wish.on, act.today)
        custody.returned_by = act.acting.staff_id
        document.holder = "client"
    return Done(act.id, act.changed, {"custody": custody.id, "document": document.id}, custody.number or "")


def _document(act: Act, reference: str) -> Document:
    found = find_record(act, reference, "document", Document.__tablename__)
    assert isinstance(found, Document)
    return found


def _kept(act: Act, document: Document) -> Custody | None:
    """The custody in which an original is now."""
    there = act.session.query(Custody).filter(
        Custody.document_id == document.id, Custody.returned_on.is_(None), Custody.struck.is_not(True)
    )
    return there.order_by(Custody.id).first()
