"""The places of the rail, what each takes, and their pages; a page is loaded when somebody first goes there."""

from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from kzcase.domain.permissions import Permission
from kzcase.i18n import _
from kzcase.settings import Settings
from kzcase.ui import dialogs
from kzcase.ui.unlock.entered import Entered
from kzcase.ui.widgets.rail import NavEntry
from kzcase.ui.work import Work

PLACES: Final = (
    (NavEntry("calls", _("Calls"), "phone"), Permission.LOG_CALLS),
    (NavEntry("shift", _("Shift"), "clock"), Permission.LOG_CALLS),
    (NavEntry("cases", _("Cases"), "folder-open"), Permission.READ_CASES),
    (NavEntry("tasks", _("My day"), "list-checks"), Permission.READ_CASES),
    (NavEntry("team", _("Team"), "users"), Permission.LEAD_TEAM),
    (NavEntry("referrals", _("Referrals"), "send"), Permission.READ_CASES),
    (NavEntry("incoming", _("From others"), "inbox"), Permission.REFER),
    (NavEntry("partners", _("Partners"), "building-2"), Permission.MANAGE_PARTNERS),
    (NavEntry("summaries", _("Summaries"), "chart-column"), Permission.MAKE_SUMMARIES),
    (NavEntry("looks", _("Who looked"), "eye"), Permission.READ_LOG),
    (NavEntry("inspection", _("Registers"), "shield-check"), Permission.READ_REGISTERS),
)
"""Where one can go, and what it takes."""
FORMS: Final = NavEntry("forms", _("Forms"), "clipboard-list")
"""For everybody: forms name nobody."""
RULES: Final = NavEntry("rules", _("Rules"), "calendar-clock")
"""For everybody: rules name nobody; who manages them changes them."""
HELP: Final = NavEntry("help", _("Help"), "circle-help")
SETTINGS: Final = NavEntry("settings", _("Settings"), "settings")


def make_page(key: str, work: Work, entered: Entered, settings: Settings, parent: QWidget | None = None) -> QWidget:
    """The page of a place; of one case (`case`); of one call (`call entry`)."""
    match key:
        case "calls" | "call entry" | "shift":
            return _page_of_line(key, work, parent)
        case "cases" | "tasks" | "team":
            return _page_of_casework(key, work, entered, parent)
        case "referrals":
            from kzcase.ui.referrals.page import ReferralsPage

            return ReferralsPage(work, parent)
        case "incoming":
            from kzcase.ui.incoming.page import IncomingReferralsPage

            return IncomingReferralsPage(work, parent)
        case "partners":
            from kzcase.ui.partners.page import PartnersPage

            return PartnersPage(work, parent)
        case "summaries":
            from kzcase.ui.summaries.page import SummariesPage

            return SummariesPage(work, parent)
        case "looks":
            from kzcase.ui.audit.page import LooksPage

            return LooksPage(work, entered.office, parent)
        case "inspection":
            from kzcase.ui.inspection.page import InspectionPage

            return InspectionPage(work, entered.office, parent)
        case "forms":
            from kzcase.ui.forms.room import FormsPage

            return FormsPage(work, entered.office, parent)
        case "rules":
            from kzcase.ui.rules.page import RulesPage

            return RulesPage(work, entered.office, parent)
        case "help":
            from kzcase.ui.help.page import HelpPage

            return HelpPage(work, parent)
        case "settings":
            from kzcase.ui.backups.card import BackupsCard
            from kzcase.ui.erasures.retention_card import RetentionCard
            from kzcase.ui.settings.page import SettingsPage

            cards = [partial(kind, work, entered.office, entered.desk) for kind in (BackupsCard, RetentionCard)]
            return SettingsPage(work, entered.office, settings, entered.desk, cards, parent)
        case _:
            return _case_page(work, entered, parent)


def _page_of_line(key: str, work: Work, parent: QWidget | None) -> QWidget:
    """The pages of the helpline."""
    match key:
        case "calls":
            from kzcase.ui.calls.page import CallsPage

            return CallsPage(work, parent=parent)
        case "shift":
            from kzcase.ui.calls.shift_page import ShiftPage

            return ShiftPage(work, parent)
        case _:
            from kzcase.ui.calls.entry import CallEntryPage

            return CallEntryPage(work, parent=parent)


def _page_of_casework(key: str, work: Work, entered: Entered, parent: QWidget | None) -> QWidget:
    """The list of cases, one's day, and the board of whoever leads the team."""
    match key:
        case "cases":
            from kzcase.ui.cases.list_page import CaseListPage

            return CaseListPage(work, entered.office, parent)
        case "tasks":
            from kzcase.ui.tasks.page import TasksPage

            return TasksPage(work, parent)
        case _:
            from kzcase.ui.team.page import TeamPage

            return TeamPage(work, entered.office, parent)


def _case_page(work: Work, entered: Entered, parent: QWidget | None) -> QWidget:
    """The page of one case, with the parts of other features it shows."""
    from kzcase.ui.attachments.card import AttachmentsCard
    from kzcase.ui.cases.page import CasePage, Panels
    from kzcase.ui.history.card import HistoryCard
    from kzcase.ui.people.card import PersonCard
    from kzcase.ui.referrals.panel import ReferralsPanel
    from kzcase.ui.supervision.card import TogetherCard
    from kzcase.ui.supervision.timeline import TimelineCard

    def gone() -> None:
        """Nothing is left to show of this case."""
        page.view = None
        for panel in (page.attachments, page.referrals):
            panel.show_case("")
        page.closed.emit()

    def erase(person: str) -> None:
        dialogs.erase(work, entered.office, entered.desk, person, page.window(), gone)

    def whole(person: str) -> None:
        dialogs.person(work, entered.office, person, page.window(), page.show_case)

    def hands(person: str) -> None:
        dialogs.hands(work, entered.office, person, page.window())

    panels = Panels(
        partial(PersonCard, work, entered.office, erase=erase, whole=whole, hands=hands),
        partial(HistoryCard, work),
        partial(ReferralsPanel, work),
        partial(AttachmentsCard, work, entered.office),
        partial(TogetherCard, work, entered.office),
        partial(TimelineCard, work),
    )
    page = CasePage(work, entered.office, panels, parent)
    page.give_wanted.connect(lambda case: dialogs.give_case(work, entered.office, case, page.window()))
    page.request_wanted.connect(lambda case: dialogs.request_case(work, case, page.window()))
    return page
