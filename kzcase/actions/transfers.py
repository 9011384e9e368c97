"""Transfers: a case is offered, accepted or refused. Until it is accepted, whoever offered it answers for it."""

from sqlalchemy import select

from kzcase.actions.finding import find_colleague, find_of_case, find_open_case
from kzcase.actions.holders import must_hold, must_take_over, pass_on
from kzcase.actions.wishes import Done, LookReason, Ref, RequiredLine, Text, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.cases import Case
from kzcase.db.tables.teamwork import Transfer
from kzcase.domain.errors import CaseClosed, NoOfferFound, NotFound, NotTheHolder, OfferOver, OfferWaits, OnlyTheOffered
from kzcase.domain.ids import Id
from kzcase.domain.permissions import Permission
from kzcase.domain.teamwork import ACCEPTED, REFUSED, WITHDRAWN


class OfferTransfer(Wish, frozen=True, kw_only=True):
    """Offer a case to a colleague, who accepts or refuses it. `with_tasks`: with one's own open tasks on it."""

    case: Ref
    worker: Ref
    note: Text = ""
    with_tasks: bool = True
    look_reason: LookReason | None = None


class AcceptTransfer(Wish, frozen=True, kw_only=True):
    """Accept a case that was offered to oneself."""

    transfer: Ref
    look_reason: LookReason | None = None


class RefuseTransfer(Wish, frozen=True, kw_only=True):
    """Refuse a case that was offered to oneself, with the reason."""

    transfer: Ref
    reason: RequiredLine
    look_reason: LookReason | None = None


class WithdrawTransfer(Wish, frozen=True, kw_only=True):
    """Withdraw an offer nobody has answered yet."""

    transfer: Ref
    look_reason: LookReason | None = None


@action("transfer.offered", OfferTransfer)
def offer_transfer(book: Casebook, wish: OfferTransfer) -> Done:
    """Offer a case. It stays where it is."""
    with book.write("transfer.offered") as act:
        case = find_open_case(act, wish.case)
        must_hold(act, case, "case")
        receiver = find_colleague(act, wish.worker).id
        must_take_over(act, case, receiver, "worker")
        if _waiting(act, case.id):
            raise OfferWaits(place="case")
        row = act.add(
            Transfer(
                case_id=case.id,
                from_id=case.worker_id,
                to_id=receiver,
                note=wish.note.strip() or None,
                with_tasks=wish.with_tasks,
                offered_by=act.acting.staff_id,
                offered_at=act.now,
            )
        )
    return Done(act.id, act.changed, {"transfer": row.id, "case": case.id}, case.number or "")


def _waiting(act: Act, case: Id) -> bool:
    unanswered = (Transfer.case_id == case, Transfer.state.is_(None), Transfer.struck.is_not(True))
    return act.session.scalars(select(Transfer.id).where(*unanswered).limit(1)).first() is not None


@action("transfer.accepted", AcceptTransfer)
def accept_transfer(book: Casebook, wish: AcceptTransfer) -> Done:
    """Take a case over that was offered: from now on it is the receiver who answers for it."""
    with book.write("transfer.accepted") as act:
        row = _offered_to_me(act, wish.transfer)
        case = act.session.get_one(Case, row.case_id)
        if case.worker_id != row.from_id:
            raise OfferOver(place="transfer")
        if case.closed_on is not None:
            raise CaseClosed(place="transfer")
        must_take_over(act, case, act.acting.staff_id, "transfer")
        pass_on(act, case, row.from_id, act.acting.staff_id, with_tasks=bool(row.with_tasks))
        _answer(act, row, ACCEPTED)
    return Done(act.id, act.changed, {"transfer": row.id, "case": case.id}, case.number or "")


@action("transfer.refused", RefuseTransfer)
def refuse_transfer(book: Casebook, wish: RefuseTransfer) -> Done:
    """Refuse it: it stays with whoever offered it."""
    with book.write("transfer.refused") as act:
        row = _offered_to_me(act, wish.transfer)
        _answer(act, row, REFUSED, wish.reason.strip())
    return Done(act.id, act.changed, {"transfer": row.id})


@action("transfer.withdrawn", WithdrawTransfer)
def withdraw_transfer(book: Casebook, wish: WithdrawTransfer) -> Done:
    """Withdraw an offer: by whoever made it, holds the case or leads the team."""
    with book.write("transfer.withdrawn") as act:
        row = _unanswered(act, wish.transfer)
        if act.acting.staff_id not in (row.offered_by, row.from_id) and not act.may(Permission.LEAD_TEAM):
            raise NotTheHolder(place="transfer")
        _answer(act, row, WITHDRAWN)
    return Done(act.id, act.changed, {"transfer": row.id})


def _unanswered(act: Act, reference: str) -> Transfer:
    try:
        row = find_of_case(act, Transfer, _offer_on(act, reference.strip()) or reference, "transfer")
    except NotFound:
        raise NoOfferFound(place="transfer", what=reference[:64]) from None
    if row.state is not None:
        raise OfferOver(place="transfer")
    return row


def _offer_on(act: Act, number: str) -> str:
    """The id of the offer that waits on a case of this number, of those the acting person has to do with."""
    me, waits = act.acting.staff_id, (Transfer.state.is_(None), Transfer.struck.is_not(True))
    found = select(Transfer).join(Case, Case.id == Transfer.case_id).where(Case.number == number, *waits)
    offers = act.session.scalars(found.order_by(Transfer.offered_at.desc()))
    mine = [row for row in offers if me in (row.to_id, row.from_id, row.offered_by) or act.may(Permission.LEAD_TEAM)]
    return min(mine, key=lambda row: row.to_id != me).id.hex() if mine else ""


def _offered_to_me(act: Act, reference: str) -> Transfer:
    row = _unanswered(act, reference)
    if row.to_id != act.acting.staff_id:
        raise OnlyTheOffered(place="transfer")
    return row


def _answer(act: Act, row: Transfer, state: str, said: str = "") -> None:
    row.state, row.answered_by, row.answered_at = state, act.acting.staff_id, act.now
    row.answer = said or None
