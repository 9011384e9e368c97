"""What is kept and what ended, as pictures: terms, holds, erasing a call, reviews that differ, warnings."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from kzcase.domain.consent_rows import EmergencyRow
from kzcase.domain.rule_changes import What
from kzcase.queries.consent_disputes import Answered, Dispute
from kzcase.ui.office import Office, office_of
from kzcase.ui.work import InlineWork
from tests.actions.steps import CALL, a_call, do
from tests.actions.steps import CASE as A_CASE
from tests.db.books import START, TickingClock, founded
from tests.demo.test_performed import performed
from tests.ui.feature_screens import _window
from tests.ui.offices import CASE, PARTNER

YEARS = timedelta(days=365 * 6)


@cache
def office() -> tuple[InlineWork, Office, dict[str, str]]:
    """An office whose first cases, calls and suspicions are past their term; the ids of what the pictures show."""
    clock = TickingClock()
    book = founded(Path(mkdtemp(prefix="kzcase-keeping-")), clock=clock)
    book.show_names()
    ids = {"call": do(book, **(CALL | {"note": "Қамбар туралы айтты."})).ids["call"].hex()}
    for kind in ("trafficking", "trafficking"):
        case = do(book, act="case.opened", kind=kind, person={"names": [{"family": "Мысалова"}]}).ids["case"].hex()
        do(book, act="case.closed", case=case, reason="moved", summary="Көшіп кетті.", feedback_asked=True)
        ids["held"] = case
    do(book, act="case.held", case=ids["held"], why="Алматы қалалық сотының 2026 жылғы 5-хаты")
    person = do(book, **A_CASE).ids["person"].hex()
    told = {"act": "relation.added", "person": person, "kind": "recruiter_suspected", "said_by": "person"}
    for family in ("Бірінші", "Екінші"):
        do(book, **told, keep_until="2027-02-01", new_person={"names": [{"family": family}]})
    clock.now = START + YEARS
    made = performed(book, [PARTNER, CASE])
    ids |= {"case": made["case"]["case"], "partner": made["partner"]["partner"]}
    do(book, act="partner.changed", partner=ids["partner"], agreement_to="2020-01-31")
    _signals(book)
    return InlineWork(book), office_of(book), ids


def _signals(book: Any) -> None:
    """Two calls tell of the same house."""
    do(book, act="shift.opened")
    told = {"act": "signal.prepared", "unit": "102", "danger": "now", "facts": "Ауыл шетіндегі үй.", "heard": True}
    first = do(book, **told, call=a_call(book), place="Алматы, Абай 10")
    do(book, act="signal.sent", signal=first.ids["signal"].hex(), how="phone")
    do(book, **told, call=a_call(book), place="Абай көшесі, 10")


def terms() -> QWidget:
    """Everything past its term, and what is held."""
    from kzcase.ui.erasures.retention_card import RetentionCard

    work, of, _ids = office()
    desk: Any = None
    holder = QDialog()
    layout = QVBoxLayout(holder)
    layout.addWidget(RetentionCard(work, of, desk, holder))
    layout.addStretch(1)
    holder.resize(560, 620)
    return holder


def term_change() -> QWidget:
    """A term being changed by an administrator."""
    from kzcase.ui.rules.dialogs import rule_dialog

    work, of, _ids = office()
    return rule_dialog(work, of, What.RETENTION, _window())


def hold() -> QWidget:
    """A hold being put on a call that became no case."""
    from kzcase.ui.erasures.retention_card import hold_dialog

    work, _of, ids = office()
    return hold_dialog(work, ids["call"], _window())


def erase_call() -> QWidget:
    """A call that became no case, before it is erased."""
    from kzcase.ui.erasures.erase_dialog import EraseDialog

    work, of, ids = office()
    dialog = EraseDialog(work, of, ids["call"], _window(), record=True)
    dialog.reason.set_code("retention")
    return dialog


def reviews() -> QWidget:
    """Two reviews of an emergency that differ."""
    from kzcase.ui.consents.settling import settle_review_dialog

    work, of, _ids = office()
    names: dict[str, Any] = dict.fromkeys(EmergencyRow.__dataclass_fields__)
    row = EmergencyRow(**(names | {"id": "ab" * 16, "number": "2026-WTZ-00012-3", "classes": ()}))
    told = (("justified", "Өмірге қауіп төнді, күтуге болмады."), ("not_justified", "Келісім сұрауға уақыт болды."))
    who = ("Айнұр Серікқызы", "Болат Үлгіұлы")
    at = datetime.combine(date(2026, 11, 20), START.timetz())
    found = tuple(
        Dispute(field, tuple(Answered(said[place], name, at) for said, name in zip(told, who, strict=True)))
        for place, field in enumerate(("review", "review_text"))
    )
    return settle_review_dialog(work, of, row, found, _window())


def consent_dispute() -> QWidget:
    """Two laptops that know different things of one consent."""
    from kzcase.domain.consent_rows import ConsentRow
    from kzcase.ui.consents.settling import settle_dialog

    work, of, _ids = office()
    names: dict[str, Any] = dict.fromkeys(ConsentRow.__dataclass_fields__)
    row = ConsentRow(**(names | {"id": "ab" * 16, "partner": "«Үміт» дағдарыс орталығы", "classes": ()}))
    told = {
        "state": ("given", "refused"),
        "purpose": ("referral", "family_contact"),
        "classes": ("identifying contact sensitive health", ""),
        "valid_until": ("2027-01-31", "2026-12-31"),
        "given_by": ("self", "representative"),
        "capacity": ("full", "none"),
    }
    who, at = ("Айнұр Серікқызы", "Болат Үлгіұлы"), datetime.combine(date(2026, 11, 20), START.timetz())
    found = tuple(
        Dispute(field, tuple(Answered(value, name, at) for value, name in zip(values, who, strict=True)))
        for field, values in told.items()
    )
    return settle_dialog(work, of, row, found, (), _window())


def shared_signal() -> QWidget:
    """Somebody of us may have passed on the same crime."""
    from kzcase.ui.calls.shift_page import ShiftPage

    page = ShiftPage(office()[0])
    page.signals.list.selectRow(0)
    return page


def ended_agreement() -> QWidget:
    """A partner whose agreement ended."""
    from kzcase.ui.partners.page import PartnersPage

    page = PartnersPage(office()[0])
    page.list.selectRow(0)
    return page


def ended_referral() -> QWidget:
    """A referral to a partner whose agreement ended."""
    from kzcase.ui.referrals.draft_dialog import DraftReferralDialog

    work, _of, ids = office()
    dialog = DraftReferralDialog(work, ids["case"], _window())
    dialog.show_partner(ids["partner"])
    return dialog


def keeping_screens() -> Mapping[str, Callable[[], QWidget]]:
    """The screens of this file, by name."""
    made = (
        terms,
        term_change,
        hold,
        erase_call,
        reviews,
        consent_dispute,
        shared_signal,
        ended_agreement,
        ended_referral,
    )
    return {each.__name__.replace("_", "-"): each for each in made}
