"""The day of an office as pictures: the team, the shift, referrals both ways, rules, consents, and who is sought."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from kzcase.domain.permissions import Role
from kzcase.queries.case_page import case_page
from kzcase.queries.office import staff_list
from kzcase.queries.persons import person_page
from kzcase.ui.at_work import office_at
from kzcase.ui.work import InlineWork
from tests.actions.steps import a_call, a_consent, a_draft, do
from tests.db.books import TickingClock, founded
from tests.db.laptops import colleague
from tests.demo.test_performed import performed
from tests.ui.feature_screens import _window
from tests.ui.offices import CASE, PARTNER
from tests.ui.whole_screens import drawn

SOUGHT = {"names": [{"family": "Каримова", "given": "Дильноза"}], "sex": "female", "birth": "1994~"}
FOUND = {"names": [{"family": "Karimova", "given": "Dilnoza"}], "sex": "female", "birth": "1994-05-17"}
ENQUIRER = {"names": [{"family": "Рахимов", "given": "Шерзод"}], "sex": "male"}
MINUTES = {"kind": "plan_review", "minutes": "Жоспар қаралды.", "colleagues": ["Founder"], "outsiders": [
    {"name": "Мысалова Әсел", "organisation": "Сынақ дағдарыс орталығы"}], "decisions": [
    {"text": "Баспана табу", "due": "2027-03-01"}]}  # fmt: skip
ANSWERS = {
    "before/recipient": "Сынақ дағдарыс орталығы", "before/purpose": "referral", "what/share_identifying": "yes",
    "decision_part/decision": "given",
}  # fmt: skip


@cache
def office() -> tuple[InlineWork, dict[str, str]]:
    """Errands of an invented office in which two months went by; the ids of what the pictures show."""
    clock = TickingClock()
    book = founded(Path(mkdtemp(prefix="kzcase-screens-")), clock=clock)
    book.show_names()
    colleague(book, Role.CASEWORKER)
    made = performed(book, [PARTNER, CASE, {**CASE, "ref": "old", "kind": "stateless"}])
    case, partner = made["case"]["case"], made["partner"]["partner"]
    clock.now += timedelta(days=60)
    missing = do(book, act="case.opened", kind="missing", person=SOUGHT).ids["case"].hex()
    tracing = (
        do(book, act="tracing.asked", case=missing, relation="husband", new_enquirer=ENQUIRER).ids["tracing"].hex()
    )
    do(book, act="enquirer.vetted", tracing=tracing, identity="seen", kinship="seen", motive="Іздеп жүр.", danger="no")
    do(book, act="case.opened", kind="trafficking", person=FOUND)
    child = do(book, act="case.opened", kind="child", person={"names": [{"given": "Темір"}], "sex": "male"}).ids
    person = child["person"].hex()
    mother = do(book, act="relation.added", person=person, kind="mother", new_person=FOUND).ids["other"].hex()
    do(book, act="household.joined", person=person, with_person=mother, nationality_status="undetermined")
    a_consent(book, case, partner, classes=["identifying", "contact"])
    for _letter in range(3):
        do(book, act="referral.sent", referral=a_draft(book, case, partner), how="in_person")
    do(book, act="form.answered", case=case, form="consent_sharing", language="kk", answers=ANSWERS)
    do(book, act="referral.received", sender="«Үміт» қоры", who="Үлгі адам", how="phone", need="shelter")
    conference = do(book, act="conference.held", case=case, **MINUTES).ids["conference"].hex()
    _line(book)
    return InlineWork(book), {"case": case, "missing": missing, "person": person, "conference": conference}


def _line(book: Any) -> None:
    """A shift in which something is promised and something is signalled."""
    do(book, act="shift.opened")
    call = a_call(book)
    do(book, act="call_back.promised", call=call, due="2027-01-22T19:00", hours="18:00-20:00", phone="+7 709 000 00 61")
    do(
        book,
        act="signal.prepared",
        call=call,
        unit="102",
        danger="now",
        facts="Ауыл шетіндегі үй.",
        people=4,
        heard=True,
    )


def _asked(question: Callable[[Any], Any]) -> Any:
    found: list[Any] = []
    office()[0].ask(question, found.append)
    return found[0]


def _held(widget: QWidget) -> QWidget:
    """A card alone, as wide as on a page."""
    holder = QDialog()
    layout = QVBoxLayout(holder)
    layout.addWidget(widget)
    layout.addStretch(1)
    widget.show()
    holder.resize(640, 520)
    return holder


def _team_page() -> Any:
    from kzcase.ui.team.page import TeamPage

    work, _ids = office()
    return TeamPage(work, office_at(work))


def team_stale() -> QWidget:
    """The team, with cases nobody touched for too long."""
    page: QWidget = _team_page()
    return page


def hand_over() -> QWidget:
    """Handing a caseload over."""
    from kzcase.ui.team.hand_over_dialog import HandOverDialog

    work, _ids = office()
    members = _team_page().members
    return HandOverDialog(work, office_at(work), max(members, key=lambda one: one.cases), members, _window())


def my_day() -> QWidget:
    """One's day with something of every sort."""
    from kzcase.ui.tasks.page import TasksPage

    return TasksPage(office()[0])


def minutes_new() -> QWidget:
    """Minutes being written, with colleagues to choose from."""
    from kzcase.ui.supervision.conference_dialog import ConferenceDialog

    work, ids = office()
    return ConferenceDialog(work, office_at(work), ids["case"], _asked(staff_list), _window())


def minutes() -> QWidget:
    """The minutes before they are printed."""
    from kzcase.actions.papers import WantedPaper, print_paper
    from kzcase.ui import language
    from kzcase.ui.widgets.pdf import PreviewDialog

    work, ids = office()
    wish = WantedPaper("conference_minutes", language.current(), ids["case"], number=ids["conference"])
    made: list[bytes] = []
    work.do(lambda book: made.append(print_paper(book, wish).content))
    return drawn(PreviewDialog(made[0], _window()))


def shift() -> QWidget:
    """What is open on the line."""
    from kzcase.ui.calls.shift_page import ShiftPage

    return ShiftPage(office()[0])


def shift_close() -> QWidget:
    """The shift handed over."""
    from kzcase.ui.calls.shift_page import close_dialog

    return close_dialog(office()[0], _window())


def signal() -> QWidget:
    """A signal of a crime."""
    from kzcase.ui.calls.signals import signal_dialog

    work, _ids = office()
    return signal_dialog(work, office_at(work), "ab" * 16, _window())


def referrals() -> QWidget:
    """All referrals, the overdue ones first."""
    from kzcase.ui.referrals.page import ReferralsPage

    return ReferralsPage(office()[0])


def incoming() -> QWidget:
    """What others asked us."""
    from kzcase.ui.incoming.page import IncomingReferralsPage

    return IncomingReferralsPage(office()[0])


def rules() -> QWidget:
    """What holds, and where it is from."""
    from kzcase.ui.rules.page import RulesPage

    work, _ids = office()
    page = RulesPage(work, office_at(work))
    page.list.selectRow(0)
    return page


def rule_change() -> QWidget:
    """A term being changed."""
    from kzcase.domain.rule_changes import What
    from kzcase.ui.rules.dialogs import rule_dialog

    work, _ids = office()
    return rule_dialog(work, office_at(work), What.DEADLINE, _window())


def consents_room() -> QWidget:
    """Everything about the consents of a case."""
    from kzcase.ui.consents.room import ConsentsRoom

    work, ids = office()
    return ConsentsRoom(work, ids["case"], _window())


def emergency() -> QWidget:
    """Something passed on without consent."""
    from kzcase.ui.consents.step_dialogs import emergency_dialog

    work, ids = office()
    return emergency_dialog(work, office_at(work), ids["case"], _window())


def household() -> QWidget:
    """Who lives together, each with a status of their own."""
    from kzcase.ui.people.household import HouseholdCard

    work, ids = office()
    card = HouseholdCard(work, office_at(work))
    card.show_page(_asked(lambda reader: person_page(reader, ids["person"])))
    return _held(card)


def tracing() -> QWidget:
    """Who is looking for the person of a case."""
    from kzcase.ui.cases.tracing import TracingCard

    work, ids = office()
    card = TracingCard(work, office_at(work))
    card.show_case(_asked(lambda reader: case_page(reader, ids["missing"])))
    return _held(card)


def sought() -> QWidget:
    """Whom somebody looks for beside who may be them."""
    from kzcase.ui.people.sought import SoughtDialog

    work, _ids = office()
    return SoughtDialog(work, office_at(work), _window())


def office_screens() -> Mapping[str, Callable[[], QWidget]]:
    """The screens of this file, by name."""
    casework = (
        my_day,
        team_stale,
        hand_over,
        minutes_new,
        minutes,
        consents_room,
        emergency,
        household,
        tracing,
        sought,
    )
    around = (shift, shift_close, signal, referrals, incoming, rules, rule_change)
    return {each.__name__.replace("_", "-"): each for each in (*casework, *around)}
