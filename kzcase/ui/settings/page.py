"""Settings: language, look, letter size and the lock of this laptop; colleagues for those who manage them; about."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kzcase.domain.permissions import Permission
from kzcase.i18n import _, ngettext, verbatim
from kzcase.settings import LANGUAGE, LOCK_AFTER, TEXT_SIZE, THEME, Settings
from kzcase.ui import theme
from kzcase.ui.office import Office
from kzcase.ui.pages import Page, put
from kzcase.ui.settings.about import AboutCard
from kzcase.ui.settings.organisation_card import OrganisationCard
from kzcase.ui.settings.passphrase_card import PassphraseCard
from kzcase.ui.settings.recovery_card import RecoveryCard
from kzcase.ui.settings.staff_card import StaffCard
from kzcase.ui.slices import Steps
from kzcase.ui.widgets.cards import Card, ScrollPage, box, inside
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


Make = Callable[[QWidget], QWidget]
"""Makes a card of another feature inside its parent."""


class SettingsPage(Page):
    """Every change holds at once and is kept on this laptop; `lock_after_changed` carries minutes,
    `language_wanted` the language."""

    language_wanted = Signal(str)
    lock_after_changed = Signal(int)

    def __init__(
        self,
        work: Work,
        office: Office,
        settings: Settings,
        desk: "Desk",
        others: Sequence[Make] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(work, parent)
        self._office, self._settings, self._desk = office, settings, desk
        self.build(self._steps(others))

    def _steps(self, others: Sequence[Make]) -> Steps:
        page = ScrollPage(self)
        layout = QVBoxLayout(self)
        box(layout)
        layout.addWidget(page)
        body = inside(page.body)
        page.body.addWidget(PageHeader(_("Settings"), verbatim(self._office.organisation), parent=body))
        columns = Columns((1, 1), narrow=760, parent=body)
        page.body.addWidget(columns)
        page.body.addStretch(1)
        yield
        yield from put(columns.left, self._left(others, inside(columns.left)))
        yield from put(columns.right, self._right(inside(columns.right)))

    def _left(self, others: Sequence[Make], parent: QWidget) -> Iterator[QWidget]:
        """What this laptop is set to, the person's own passphrase, and the cards of other features."""
        yield self._laptop(parent)
        yield PassphraseCard(self._work, self._office, self._desk, parent)
        for make in others:
            yield make(parent)

    def _right(self, parent: QWidget) -> Iterator[QWidget]:
        if self._office.may(Permission.MANAGE_STAFF):
            yield StaffCard(self._work, self._office, self._desk, parent)
            yield RecoveryCard(self._work, self._desk, parent)
            yield OrganisationCard(self._work, parent)
        yield AboutCard(parent)

    def _laptop(self, parent: QWidget) -> Card:
        card = Card(_("This laptop"), parent)
        self.languages = LanguageRow(card)
        looks = (Choice("light", _("Light")), Choice("dark", _("Dark")))
        sizes = [Choice(str(each), verbatim(f"{round(each * 100)} %")) for each in SIZES]
        self.look = CodeCombo(looks, blank=None, parent=card)
        self.letters = CodeCombo(sizes, blank=None, parent=card)
        self.minutes = NumberEdit(1, 120, ngettext("minute", "minutes", 10), card)
        card.add(FieldRow(LANGUAGE.title, self.languages, parent=card))
        card.add(FieldRow(THEME.title, self.look, parent=card))
        card.add(FieldRow(TEXT_SIZE.title, self.letters, parent=card))
        card.add(FieldRow(LOCK_AFTER.title, self.minutes, LOCK_HELP, parent=card))
        self._fill()
        self.languages.chosen.connect(self.language_wanted)
        self.look.chosen.connect(self._dress)
        self.letters.chosen.connect(self._dress)
        self.minutes.valueChanged.connect(self._lock_after)
        return card

    def _fill(self) -> None:
        self.look.set_code(self._settings.get(THEME))
        wanted = self._settings.get(TEXT_SIZE)
        self.letters.set_code(str(min(SIZES, key=lambda each: abs(each - wanted))))
        self.minutes.setValue(self._settings.get(LOCK_AFTER))

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
