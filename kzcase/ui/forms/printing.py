"""Which paper of a form: blank or as it was answered, and in which language."""

from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from kzcase.actions.papers import WantedPaper
from kzcase.domain.rows import CasePage
from kzcase.forms.definition import Form
from kzcase.i18n import LANGUAGE_NAMES, LANGUAGES, Language, _, verbatim
from kzcase.queries.case_page import case_page
from kzcase.ui import theme
from kzcase.ui.papers import print_blank, print_for
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import box
from kzcase.ui.widgets.choices import Choice
from kzcase.ui.widgets.fields import FieldRow
from kzcase.ui.widgets.key_choices import KeyChoices
from kzcase.ui.widgets.labels import Label
from kzcase.ui.widgets.scrolls import fit
from kzcase.ui.wish_dialog import foot
from kzcase.ui.work import Work

BLANK: Final = "blank"
FILLED: Final = "filled"
WHICH: Final = (
    Choice(BLANK, _("Blank, to fill in by hand")),
    Choice(FILLED, _("As it was last saved")),
)
UNSAVED: Final = _("What is not saved yet is not on the paper.")


class PrintFormDialog(QDialog):
    """Asks which paper is wanted and in which language, then shows it. A filled paper is entered in the history."""

    def __init__(
        self, work: Work, case: str, form: Form, spoken: str, unsaved: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._work, self._case, self._form = work, case, form
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.which = KeyChoices(WHICH, name=_("Paper"))
        self.which.set_code(BLANK)
        languages = [Choice(each, verbatim(LANGUAGE_NAMES[each])) for each in LANGUAGES]
        self.language = KeyChoices(languages, name=_("Language of the paper"))
        self.language.set_code(spoken if spoken in LANGUAGES else "kk")
        self.unsaved = Label(UNSAVED, "caption", wrap=True, parent=self)
        self.unsaved.setVisible(unsaved)
        self.show_paper = Button(_("Show the paper"), kind="primary", icon="printer")
        self.cancel = Button(_("Cancel"))
        self.show_paper.clicked.connect(self._make)
        self.cancel.clicked.connect(self.reject)
        self._build()
        work.ask(lambda reader: case_page(reader, case), self._take, owner=self)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        layout.addWidget(Label(_("Print this form"), "title"))
        layout.addWidget(FieldRow(_("Paper"), self.which))
        layout.addWidget(FieldRow(_("Language of the paper"), self.language))
        layout.addWidget(self.unsaved)
        layout.addLayout(foot(self.cancel, self.show_paper))
        self.setWindowTitle("kzcase")
        layout.insertStretch(layout.count() - 1, 1)
        fit(self, 520)
        self.show_paper.setDefault(True)
        self.which.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, page: CasePage) -> None:
        """Only a form that was filled in here can be printed filled in."""
        there = any(sheet.form_id == self._form.id for sheet in page.sheets)
        self.which.buttons[1].setEnabled(there)

    def wish(self) -> WantedPaper:
        """The paper as it is wanted."""
        spoken: Language = next((each for each in LANGUAGES if each == self.language.code()), "kk")
        case = self._case if self.which.code() == FILLED else ""
        return WantedPaper(self._form.id, spoken, case)

    @Slot()
    def _make(self) -> None:
        wish, window = self.wish(), self.parentWidget()
        assert window is not None
        (print_for if wish.case else print_blank)(self._work, wish, window.window())
        self.accept()
