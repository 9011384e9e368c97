"""Settings: language, look, letter size and the lock of this laptop; colleagues for those who manage them; about."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kzcase.domain.permissions import Permission
from kzcase.i18n import LANGUAGES, Language, _, ngettext, verbatim
from kzcase.settings import LANGUAGE, LOCK_AFTER, TEXT_SIZE, THEME, Settings
from kzcase.ui import language, theme
from kzcase.ui.office import Office
from kzcase.ui.settings.about import AboutCard
from kzcase.ui.settings.organisation_card import OrganisationCard
from kzcase.ui.settings.passphrase_card import PassphraseCard
from kzcase.ui.settings.recovery_card import RecoveryCard
from kzcase.ui.settings.staff_card import StaffCard
from kzcase.ui.widgets.cards import Card, ScrollPage, box
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.columns import Columns
from kzcase.ui.widgets.fields import FieldRow
from kzcase.ui.widgets.headers import PageHeader
from kzcase.ui.widgets.languages import LanguageRow
from kzcase.ui.widgets.numbers import NumberEdit
from kzcase.ui.work import Work

if TYPE_CHECKING:
    from kzcase.actions.desk import Desk

SIZES: Final = (0.9, 1.0, 1.1, 1.25, 1.5)
LOCK_HELP: Final = _("Ctrl+Shift+L locks at once, in every window. Unsaved typing is kept inside the casebook.")


class SettingsPage(QWidget):
    """Every change holds at once and is kept on this laptop; `lock_after_changed` carries minutes."""

    lock_after_changed = Signal(int)

    def __init__(
        self, work: Work, office: Office, settings: Settings, desk: "Desk", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self.languages = LanguageRow()
        looks = (Choice("light", _("Light")), Choice("dark", _("Dark")))
        self.look = CodeCombo(looks, blank=None)
        self.letters = CodeCombo([Choice(str(each), verbatim(f"{round(each * 100)} %")) for each in SIZES], blank=None)
        self.minutes = NumberEdit(1, 120, ngettext("minute", "minutes", 10))
        self._fill()
        self._build(work, office, desk)
        self.languages.chosen.connect(self._speak)
        self.look.chosen.connect(self._dress)
        self.letters.chosen.connect(self._dress)
        self.minutes.valueChanged.connect(self._lock_after)

    def _fill(self) -> None:
        self.look.set_code(self._settings.get(THEME))
        wanted = self._settings.get(TEXT_SIZE)
        self.letters.set_code(str(min(SIZES, key=lambda each: abs(each - wanted))))
        self.minutes.setValue(self._settings.get(LOCK_AFTER))

    def _build(self, work: Work, office: Office, desk: "Desk") -> None:
        mine = Card(_("This laptop"))
        mine.add(FieldRow(LANGUAGE.title, self.languages))
        mine.add(FieldRow(THEME.title, self.look))
        mine.add(FieldRow(TEXT_SIZE.title, self.letters))
        mine.add(FieldRow(LOCK_AFTER.title, self.minutes, LOCK_HELP))
        columns = Columns((1, 1), narrow=760)
        columns.left.addWidget(mine)
        columns.left.addWidget(PassphraseCard(work, office, desk))
        columns.left.addStretch(1)
        self._left = columns.left
        if office.may(Permission.MANAGE_STAFF):
            columns.right.addWidget(StaffCard(work, office, desk))
            columns.right.addWidget(RecoveryCard(work, desk))
            columns.right.addWidget(OrganisationCard(work))
        columns.right.addWidget(AboutCard())
        columns.right.addStretch(1)
        page = ScrollPage()
        page.body.addWidget(PageHeader(_("Settings"), verbatim(office.organisation)))
        page.body.addWidget(columns)
        page.body.addStretch(1)
        layout = QVBoxLayout(self)
        box(layout)
        layout.addWidget(page)

    def add_card(self, card: QWidget) -> None:
        """A card of another feature, below what this laptop is set to."""
        self._left.insertWidget(self._left.count() - 1, card)

    @Slot(str)
    def _speak(self, spoken: str) -> None:
        chosen: Language = next(each for each in LANGUAGES if each == spoken)
        self._settings.set(LANGUAGE, chosen)
        language.switch(chosen)

    @Slot(str)
    def _dress(self, _code: str) -> None:
        look, size = self.look.code() or "light", float(self.letters.code() or 1.0)
        self._settings.set(THEME, look)
        self._settings.set(TEXT_SIZE, size)
        theme.apply("dark" if look == "dark" else "light", size)

    @Slot(int)
    def _lock_after(self, minutes: int) -> None:
        self._settings.set(LOCK_AFTER, minutes)
        self.lock_after_changed.emit(minutes)
