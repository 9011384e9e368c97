"""Notices that a consent ended: sent to every past recipient, and asked for again until each has confirmed."""

from datetime import timedelta

from kzcase.actions.checks import code, past_day
from kzcase.actions.consent_withdrawals import NOTICE_DAYS, NOTICE_RULE
from kzcase.actions.finding import find_case, find_of_case
from kzcase.actions.wishes import Code, Done, IsoDate, LookReason, Ref, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.cases import Task
from kzcase.db.tables.consents import ConsentNotice
from kzcase.domain.errors import NoticeAcknowledged, NoticeNotSent, NoticeNotWanted


class SendNotice(Wish, frozen=True, kw_only=True):
    """Record that a recipient was told, or told again."""

    notice: Ref
    how: Code
    on: IsoDate | None = None
    look_reason: LookReason | None = None


class AcknowledgeNotice(Wish, frozen=True, kw_only=True):
    """Record that a recipient confirmed that they stopped."""

    notice: Ref
    on: IsoDate | None = None
    look_reason: LookReason | None = None


@action("notice.sent", SendNotice)
def send_notice(book: Casebook, wish: SendNotice) -> Done:
    """Record how and when a notice went out; it is asked for again until it is confirmed."""
    with book.write("notice.sent") as act:
        notice = find_of_case(act, ConsentNotice, wish.notice, "notice")
        _must_be_wanted(notice)
        notice.sent_on = past_day(wish.on, act.today)
        notice.how = code(act.rulebook, "referral_how", wish.how, "how")
        notice.due_on = notice.sent_on + timedelta(days=NOTICE_DAYS)
        for task in reminders(act, notice):
            task.due = notice.due_on
    return Done(act.id, act.changed, {"notice": notice.id, "case": notice.case_id or b""}, notice.number or "")


@action("notice.acknowledged", AcknowledgeNotice)
def acknowledge_notice(book: Casebook, wish: AcknowledgeNotice) -> Done:
    """Record the confirmation; the reminder ends with it."""
    with book.write("notice.acknowledged") as act:
        notice = find_of_case(act, ConsentNotice, wish.notice, "notice")
        _must_be_wanted(notice)
        if notice.sent_on is None:
            raise NoticeNotSent(place="notice")
        notice.acknowledged_on = past_day(wish.on, act.today)
        for task in reminders(act, notice):
            task.done_on = notice.acknowledged_on
    return Done(act.id, act.changed, {"notice": notice.id, "case": notice.case_id or b""}, notice.number or "")


def _must_be_wanted(notice: ConsentNotice) -> None:
    if notice.not_wanted:
        raise NoticeNotWanted(place="notice")
    if notice.acknowledged_on is not None:
        raise NoticeAcknowledged(place="notice")


def reminders(act: Act, notice: ConsentNotice) -> list[Task]:
    """The tasks that remind of a notice and are not done."""
    case = find_case(act, (notice.case_id or b"").hex(), "notice")
    of_notice = act.session.query(Task).filter_by(case_id=case.id, title=notice.number, rule_id=NOTICE_RULE)
    return list(of_notice.filter(Task.done_on.is_(None), Task.struck.is_not(True)))
