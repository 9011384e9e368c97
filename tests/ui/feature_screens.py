"""The feature screens as pictures: each on an invented office that is made once and kept for the whole run."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from PySide6.QtWidgets import QWidget

from kzcase.demo.people import generate_cases
from kzcase.ui.work import InlineWork
from tests.db.books import START, founded
from tests.demo.test_performed import performed
from tests.ui.offices import CASE, PARTNER

CALL: dict[str, Any] = {
    "act": "call.logged", "channel": "phone", "language": "kk", "topics": ["wages", "held"], "caller": "caller_self",
    "outcome": "out_answered", "region": "KZ-75", "danger": "no", "note": "Зауыттан қоңырау шалды.",
}  # fmt: skip


@cache
def office() -> tuple[InlineWork, str, str]:
    """Errands of one invented casebook, a case and a partner."""
    book = founded(Path(mkdtemp(prefix="kzcase-screens-")))
    book.show_names()
    case, partner = {"$ref": "case"}, {"$ref": "partner"}
    classes = ["identifying", "contact"]
    referral = {
        "act": "referral.drafted",
        "case": case,
        "partner": partner,
        "reason": "Түнейтін орын.",
        "language": "kk",
    }
    made = performed(book, [
        PARTNER,
        *[{**PARTNER, "ref": f"p{number}", "name": f"«Үміт» қоры {number}", "kind": "ngo", "region": "KZ-75",
           "phone": "+7 700 000 00 00"} for number in range(5)],
        CASE,
        {"act": "consent.given", "case": case, "partner": partner, "purpose": "referral", "language": "kk",
         "classes": classes},
        {**referral, "need": "shelter"},
        {**referral, "need": "food", "ref": "sent"},
        {"act": "referral.sent", "referral": {"$ref": "sent"}, "how": "phone"},
        {"act": "task.added", "case": case, "title": "Заңгермен кездесу", "due": "2026-11-01"},
        *[{**CALL, "danger": "yes" if number % 4 == 0 else "no"} for number in range(12)],
        *generate_cases(7, 180, START.date()),
    ])  # fmt: skip
    return InlineWork(book), made["case"]["case"], made["partner"]["partner"]


def _calls() -> QWidget:
    from kzcase.ui.calls.page import CallsPage

    page = CallsPage(office()[0])
    page.list.selectRow(1)
    return page


def _call_entry() -> QWidget:
    from kzcase.ui.calls.entry import CallEntryPage

    page = CallEntryPage(office()[0])
    page.fields.topics.set_codes(["wages", "documents_taken"])
    page.fields.danger.set_code("yes")
    page.fields.danger_said.emit()
    page.fields.caller.set_code("caller_self")
    return page


def _form(part: int) -> Callable[[], QWidget]:
    def make() -> QWidget:
        from kzcase.ui import language
        from kzcase.ui.forms.page import FormPage

        work, case, _partner = office()
        page = FormPage(work, case, "victim_screening")
        assert page.interview is not None
        assert page.filling is not None
        page.interview.speak(language.current())
        for path, value in (
            ("safety/preferred_sex", "no_preference"), ("safety/watched", "yes"), ("safety/continue_ok", "yes"),
            ("agreement/consent", "given"), ("transport/moved", "yes"),
        ):  # fmt: skip
            page.interview.answer(path, value)
        page.interview.leave_open("safety/doctor_now", "refused")
        page.filling.go(part)
        page.filling.section.finish()
        return page

    return make


def _wrong_form() -> QWidget:
    page: Any = _form(1)()
    page.save.click()
    page.filling.section.finish()
    return page


def _consent() -> QWidget:
    from kzcase.ui.consents.dialog import ConsentDialog

    work, case, _partner = office()
    return ConsentDialog(work, case, _window())


def _draft() -> QWidget:
    from kzcase.ui.referrals.draft_dialog import DraftReferralDialog

    work, case, partner = office()
    dialog = DraftReferralDialog(work, case, _window())
    dialog.show_partner(partner)
    return dialog


def _panel() -> QWidget:
    from kzcase.ui.referrals.panel import ReferralsPanel

    work, case, _partner = office()
    panel = ReferralsPanel(work)
    panel.show_case(case)
    return panel


def _send() -> QWidget:
    from kzcase.ui.referrals.send_dialog import SendDialog

    work, case, _partner = office()
    panel: Any = _panel()
    return SendDialog(work, case, panel.page.referrals[0], _window())


def _tasks() -> QWidget:
    from kzcase.ui.tasks.page import TasksPage

    return TasksPage(office()[0])


def _team() -> QWidget:
    from kzcase.ui.at_work import office_at
    from kzcase.ui.team.page import TeamPage

    work, _case, _partner = office()
    return TeamPage(work, office_at(work))


def _together() -> QWidget:
    from kzcase.actions.flags import RaiseFlag, raise_flag
    from kzcase.ui.at_work import office_at
    from kzcase.ui.supervision.card import TogetherCard

    work, case, _partner = office()
    work.do(lambda book: raise_flag(book, RaiseFlag(case=case, kind="danger", reason="Қорқытып отыр.")))
    card = TogetherCard(work, office_at(work))
    card.show_case(case)
    return card


def _expected() -> QWidget:
    from kzcase.ui.supervision.timeline import TimelineCard

    work, case, _partner = office()
    card = TimelineCard(work)
    card.show_case(case)
    return card


def _conference() -> QWidget:
    from kzcase.ui.at_work import office_at
    from kzcase.ui.supervision.conference_dialog import ConferenceDialog

    work, case, _partner = office()
    return ConferenceDialog(work, office_at(work), case, (), _window())


def _looks() -> QWidget:
    from kzcase.actions import reading
    from kzcase.ui.at_work import office_at
    from kzcase.ui.audit.page import LooksPage

    work, case, _partner = office()
    for reason in ("", "danger", "standing_in"):
        work.do(lambda book, reason=reason: reading.open_case(book, case, reason))
    work.do(lambda book: reading.search_cases(book, "Айша"))
    return LooksPage(work, office_at(work))


def _sealed_note() -> QWidget:
    from kzcase.ui.at_work import office_at
    from kzcase.ui.cases.sealed_dialogs import SealedNoteDialog

    work, case, _partner = office()
    return SealedNoteDialog(work, office_at(work), case, _window())


def _reason() -> QWidget:
    from kzcase.ui.at_work import office_at
    from kzcase.ui.cases.reason_dialog import ReasonDialog

    return ReasonDialog(office_at(office()[0]), _window())


def _partners() -> QWidget:
    from kzcase.ui.partners.page import PartnersPage

    return PartnersPage(office()[0])


def _partner() -> QWidget:
    from kzcase.ui.partners.dialogs import PartnerDialog

    return PartnerDialog(office()[0], _window())


def _summaries(steps: int) -> Callable[[], QWidget]:
    def make() -> QWidget:
        from kzcase.ui.summaries.page import SummariesPage

        page = SummariesPage(office()[0])
        place = [row.period for row in page._looked.periods[page.subject.code]].index("2026-Q3")
        page.period_step.list.selectRow(place)
        for _step in range(steps):
            page.next.click()
        return page

    return make


@cache
def _window() -> QWidget:
    """Behind every dialog: a window of their own, so that none goes with the window of an earlier picture."""
    return QWidget()


def feature_screens() -> Mapping[str, Callable[[], QWidget]]:
    """The screens of calls, forms, consents, referrals, tasks, partners and summaries, by name."""
    return {
        "calls": _calls,
        "call-entry": _call_entry,
        "form-safety": _form(0),
        "form-repeats": _form(5),
        "form-wrong": _wrong_form,
        "consent": _consent,
        "referral-draft": _draft,
        "referral-panel": _panel,
        "referral-send": _send,
        "tasks": _tasks,
        "team": _team,
        "together": _together,
        "expected": _expected,
        "conference": _conference,
        "looks": _looks,
        "sealed-note": _sealed_note,
        "reason": _reason,
        "partners": _partners,
        "partner-new": _partner,
        "summary-period": _summaries(0),
        "summary-tables": _summaries(1),
        "summary-check": _summaries(2),
        "summary-release": _summaries(3),
    }
