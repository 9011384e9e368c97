"""A new passphrase: typed twice or suggested in a language of one's choice, and how good it is while it is typed."""

from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kzcase.domain.errors import WeakPassphrase
from kzcase.i18n import LANGUAGE_NAMES, LANGUAGES, Language, Words, _, verbatim
from kzcase.keys.passphrase import check_new
from kzcase.ui import language, theme
from kzcase.ui.language import Label as Said
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import box
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.fields import FieldRow
from kzcase.ui.widgets.passphrase import PassphraseEdit

ADVICE: Final = _("Six ordinary words are easy to remember and hard to guess.")
GOOD: Final = _("Hard to guess. Make sure you can remember it: nobody can tell it to you again.")
DIFFER: Final = _("The two passphrases differ. Please type it again.")


def verdict(passphrase: str, names: Iterable[str]) -> tuple[bool, Words]:
    """Whether it may be used, and what to say about it."""
    if not passphrase:
        return False, ADVICE
    try:
        check_new(passphrase, names)
    except WeakPassphrase as error:
        why = error.facts["why"]
        assert isinstance(why, Words)
        return False, why
    return True, GOOD


class NewPassphrase(QWidget):
    """Two fields and a generator. `names` gives what must not make up the passphrase, as it stands then."""

    entered = Signal()
    """Enter in the second field."""

    def __init__(
        self,
        names: Callable[[], Iterable[str]],
        *,
        label: Said = _("Passphrase"),  # noqa: B008 - words are frozen
        help: Said = ADVICE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._names = names
        self._help = help
        self.first, self.second = PassphraseEdit(), PassphraseEdit()
        self.passphrase = FieldRow(label, self.first, help, required=True)
        self.again = FieldRow(_("The same passphrase again"), self.second, required=True)
        self.generate = Button(_("Suggest six words"), kind="quiet", icon="refresh-cw")
        spoken = [Choice(each, verbatim(LANGUAGE_NAMES[each])) for each in LANGUAGES]
        self.spoken = CodeCombo(spoken, name=_("Language of the words"), blank=None)
        self.spoken.set_code(language.current())
        self._build()
        self.first.textChanged.connect(self.judge)
        self.second.returnPressed.connect(self.entered)
        self.generate.clicked.connect(self.suggest)
        self.setFocusProxy(self.first)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_FIELD)
        layout.addWidget(self.passphrase)
        beside = QHBoxLayout()
        box(beside, space=theme.SPACE_GROUP)
        beside.addWidget(self.generate)
        beside.addWidget(self.spoken)
        beside.addStretch(1)
        layout.addLayout(beside)
        layout.addWidget(self.again)

    @Slot()
    def judge(self) -> None:
        """Say how good the passphrase is, as help, not as an error, while it is typed."""
        _good, words = verdict(self.first.text(), self._names())
        self.passphrase.set_help(words if self.first.text() else self._help)

    @Slot()
    def suggest(self) -> None:
        """Six words of the chosen language, in both fields and to be seen."""
        from kzcase.keys.passphrase import generate

        words = generate(self._language())
        for edit in (self.first, self.second):
            edit.setText(words)
            edit.reveal()
        self.again.set_error(None)

    def _language(self) -> Language:
        return next((each for each in LANGUAGES if each == self.spoken.code()), language.current())

    def complete(self) -> FieldRow | None:
        """Mark what is wrong; the first row that is, or None when the passphrase may be used."""
        good, words = verdict(self.first.text(), self._names())
        self.passphrase.set_error(None if good else words)
        self.again.set_error(None if self.first.text() == self.second.text() else DIFFER)
        return next((row for row in (self.passphrase, self.again) if row.error is not None), None)

    def take(self) -> str:
        """The passphrase; both fields are empty afterwards."""
        self.second.take()
        return self.first.take()

    def clear(self) -> None:
        """Begin anew."""
        self.take()
        for row in (self.passphrase, self.again):
            row.set_error(None)

    def take_focus(self) -> None:
        """Where typing begins."""
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)
