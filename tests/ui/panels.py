"""The case page with plain parts in place of other features', for tests of the page alone."""

from functools import partial

from kzcase.ui.attachments.card import AttachmentsCard
from kzcase.ui.cases.page import CasePage, Panels
from kzcase.ui.history.card import HistoryCard
from kzcase.ui.people.card import PersonCard
from kzcase.ui.supervision.card import TogetherCard
from kzcase.ui.supervision.timeline import TimelineCard
from kzcase.ui.unlock.entered import Entered
from kzcase.ui.widgets.cards import Card
from kzcase.ui.work import Work


class NoReferrals(Card):
    """Stands where the referrals stand, and remembers which case it was told."""

    case = ""

    def show_case(self, case_id: str) -> None:
        self.case = case_id


def case_page_on(work: Work, entered: Entered) -> CasePage:
    """The page, showing nothing yet."""
    office = entered.office
    panels = Panels(
        partial(PersonCard, work, office),
        partial(HistoryCard, work),
        partial(NoReferrals, None),
        partial(AttachmentsCard, work, office),
        partial(TogetherCard, work, office),
        partial(TimelineCard, work),
    )
    return CasePage(work, office, panels)
