"""Where a case stands and the dialogs of that card, and a colleague's rights, as pictures."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget

from kzcase.ui.cases.road import RoadCard
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.settings.rights_dialog import RightsDialog
from kzcase.ui.settings.staff_card import StaffLine
from tests.actions.shared_laptop import BOLAT
from tests.ui.casework_screens import _dialog, _settings_of_two
from tests.ui.whole_screens import KEPT, _day


def _card() -> RoadCard:
    window, _place, _case = _day()
    KEPT.append(window)
    window.resize(1366, 768)
    window.show()
    for _round in range(3):
        QApplication.processEvents()
    return next(each for each in window.findChildren(RoadCard) if each.view is not None)


def road() -> QWidget:
    """The card alone, as wide as on the page of a laptop's window."""
    card, holder = _card(), QDialog()
    layout = QVBoxLayout(holder)
    layout.addWidget(card)
    layout.addStretch(1)
    holder.resize(640, 1100)
    return holder


def _from(button: str) -> Callable[[], QWidget]:
    def make() -> Any:
        card: Any = _card()
        getattr(card, button).click()
        return next(each for each in card.window().findChildren(FormDialog) if each.isVisible())

    return make


def rights() -> QWidget:
    """What a colleague may do."""
    window, page = _settings_of_two()
    next(each for each in page.findChildren(StaffLine) if each.row and each.row.name == BOLAT).rights.click()
    return _dialog(window, RightsDialog)


def road_screens() -> Mapping[str, Callable[[], QWidget]]:
    """The screens of this file, by name."""
    dialogs = {f"road-{each}": _from(each) for each in ("state", "report", "attempt", "suspend")}
    return {"road": road, **dialogs, "rights": rights}
