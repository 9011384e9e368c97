"""Above the list of cases: what is chosen, as chips one takes away by a click; saved searches; the list taken along."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from kzcase.actions.saved_searches import RemoveSearch, remove_search
from kzcase.domain.case_filter import CaseFilter, SavedRow
from kzcase.domain.dates import parse_edtf
from kzcase.domain.permissions import Permission
from kzcase.domain.rows import StaffRow
from kzcase.i18n import _, verbatim
from kzcase.queries.office import staff_list
from kzcase.queries.saved_searches import saved_searches
from kzcase.ui import language, theme
from kzcase.ui.cases.choosing_dialogs import NAMES, STATES, FilterDialog, TakeDialog, options, save_dialog
from kzcase.ui.language import Retranslated
from kzcase.ui.office import Office
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import box
from kzcase.ui.widgets.flow import Flow
from kzcase.ui.work import Work, concerns

EVERYTHING: Final = CaseFilter()


class ChoosingBar(Retranslated, QWidget):
    """`changed` carries the `CaseFilter` that is now in force."""

    changed = Signal(object)

    def __init__(self, work: Work, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work, self._office = work, office
        self.chosen = EVERYTHING
        self._staff: Sequence[StaffRow] = ()
        self._saved: Sequence[SavedRow] = ()
        self.chips: list[Button] = []
        self.choose = Button(_("Choose cases"), icon="list-checks", shortcut="Ctrl+Shift+F", parent=self)
        self.saved = Button(_("Saved searches"), kind="quiet", icon="chevron-down", parent=self)
        self.take = Button(_("Take the list along"), kind="quiet", icon="download", parent=self)
        self.take.setVisible(office.may(Permission.EXPORT_LISTS))
        layout = QVBoxLayout(self)
        box(layout)
        self._flow = Flow(space=theme.SPACE_GROUP)
        layout.addLayout(self._flow)
        for button, pressed in self._buttons():
            button.clicked.connect(pressed)
            self._flow.addWidget(button)
        work.changed.connect(self._heard)
        self._ask()

    def _buttons(self) -> Sequence[tuple[Button, Callable[[], object]]]:
        return (self.choose, self._choose), (self.saved, self._open_menu), (self.take, self._take)

    def _ask(self) -> None:
        self._work.ask(staff_list, self._know_staff, key="staff of the list", owner=self)
        self._work.ask(saved_searches, self._know_saved, key="saved searches", owner=self)

    @Slot(object)
    def _heard(self, changed: object) -> None:
        if concerns(changed, "lists", "staff"):
            self._ask()

    def _know_staff(self, staff: Sequence[StaffRow]) -> None:
        self._staff = staff
        self.retranslate()

    def _know_saved(self, saved: Sequence[SavedRow]) -> None:
        self._saved = saved

    # What is chosen

    def use(self, chosen: CaseFilter) -> None:
        """Show another choice, and tell whoever listens."""
        self.chosen = chosen
        self.retranslate()
        self.changed.emit(chosen)

    def retranslate(self) -> None:
        """The chips anew; the one that has the keyboard gives it to the button that chooses."""
        if not hasattr(self, "_flow"):
            return
        if any(chip.hasFocus() for chip in self.chips):
            self.choose.setFocus(Qt.FocusReason.OtherFocusReason)
        for chip in self.chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = [self._chip(name, value) for name, value in self.chosen.chips()]
        self.updateGeometry()

    def _chip(self, name: str, value: str) -> Button:
        said = self.said(name, value)
        chip = Button(verbatim(said), kind="quiet", icon="x", parent=self)
        chip.setAccessibleName(language.text(_("Take away: {chip}", chip=said)))
        chip.clicked.connect(lambda *_checked: self.use(self.chosen.without(name, value)))
        self._flow.addWidget(chip)
        chip.show()
        return chip

    def said(self, name: str, value: str) -> str:
        """One choice in words, such as “Region: Almaty”."""
        label = language.text(NAMES[name])
        if name == "overdue":
            return label
        if name == "state":
            return f"{label}: {language.text(STATES[value])}"
        if name.startswith("opened"):
            return f"{label}: {language.text(parse_edtf(value).words())}"
        words = next((each.words for each in options(self._office, self._staff, name) if each.code == value), None)
        return f"{label}: {language.text(words) if words is not None else value}"

    @Slot()
    def _choose(self) -> None:
        dialog = FilterDialog(self._office, self._staff, self.chosen, self.window())
        dialog.chosen.connect(self.use)
        dialog.open()

    # Saved searches

    @Slot()
    def _open_menu(self) -> None:
        menu = self.menu()
        menu.popup(self.saved.mapToGlobal(self.saved.rect().bottomLeft()))

    def menu(self) -> QMenu:
        """The saved searches, one's own first; below, what can be done with the choice of now."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for row in self._saved:
            whose = "" if row.mine else f" ({row.by})"
            self._line(menu, f"{row.name}{whose}", partial(self.use, row.filters))
        menu.addSeparator()
        keep = self._line(menu, language.text(_("Save this search…")), self._save)
        keep.setEnabled(bool(self.chosen))
        leads = self._office.may(Permission.LEAD_TEAM)
        for row in self._saved:
            if row.mine or leads:
                words = language.text(_("Take away “{name}”", name=row.name))
                self._line(menu, words, partial(self._remove, row.id))
        return menu

    def _line(self, menu: QMenu, words: str, act: Callable[[], object]) -> QAction:
        line = QAction(words.replace("&", "&&"), menu)
        line.triggered.connect(lambda *_checked: act())
        menu.addAction(line)
        return line

    def _save(self) -> None:
        save_dialog(self._work, self.chosen, self.window()).open()

    def _remove(self, search: str) -> None:
        self._work.do(lambda book: remove_search(book, RemoveSearch(search=search)), owner=self)

    @Slot()
    def _take(self) -> None:
        TakeDialog(self._work, self._office, self.chosen, self.window()).open()
