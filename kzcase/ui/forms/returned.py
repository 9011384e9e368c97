"""A printed sheet that came back: its scan or photo finds the case by the code on it, and joins it when one agrees."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from kzcase.actions.scans import ReturnSheet, joined_on, propose_sheet, propose_typed, return_sheet
from kzcase.actions.wishes import Done
from kzcase.domain.errors import KzcaseError, NeedsReason, ScanThere
from kzcase.domain.printings import SheetProposal
from kzcase.i18n import KAZAKHSTAN, _, verbatim
from kzcase.paper.incoming.door import Clean, cleaned
from kzcase.paper.incoming.limits import MAX_FILE
from kzcase.paper.library import PAPERS
from kzcase.queries.answers import stored_sheet
from kzcase.queries.forms import form_titles
from kzcase.ui import language, theme
from kzcase.ui.at_work import office_at
from kzcase.ui.fields import field_sentence
from kzcase.ui.forms.adding import read_file
from kzcase.ui.forms.filling import NAMES
from kzcase.ui.language import Label as Said
from kzcase.ui.messages import banner_error
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, box
from kzcase.ui.widgets.facts import FactList
from kzcase.ui.widgets.fields import FieldRow, LineEdit
from kzcase.ui.widgets.key_choices import KeyChoices
from kzcase.ui.widgets.labels import Label
from kzcase.ui.wish_dialog import foot
from kzcase.ui.work import Work

ENDINGS: Final = "*.jpg *.jpeg *.png *.webp *.pdf"
TITLE: Final = _("A printed sheet came back")
LOOKING: Final = _("Looking for the code on the sheet")
WIDTH: Final = 620
HEIGHT: Final = 480


@dataclass(frozen=True, slots=True)
class Found:
    """The scan, made anew, and the paper it shows: what that is called, the day of the answers that were printed in
    it, and the day this very scan was added before."""

    clean: Clean
    proposal: SheetProposal | None
    error: KzcaseError | None
    title: Said | None = None
    answered: date | None = None
    joined: date | None = None


def choose_scan(over: QWidget, chosen: Any) -> QFileDialog:
    """Ask which scan or photo; nothing is remembered of where it was."""
    dialog = QFileDialog(over, language.text(TITLE))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    files = language.text(_("Photos, scans, PDFs"))
    dialog.setNameFilter(f"{files} ({ENDINGS})")
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    QFileDialog.open(dialog)
    return dialog


def look_for(book: Any, clean: Clean, number: str, reason: str) -> Found:
    """The paper a scan shows, by its code or by the number typed; long work. What stands in the way comes along, so
    that the scan need not be read again."""
    try:
        found = propose_typed(book, clean, number, reason) if number else propose_sheet(book, clean, reason)
    except KzcaseError as error:
        return Found(clean, None, error)
    with book.read("long") as reader:
        title = form_titles(reader).get(found.paper) or (PAPERS[found.paper].title if found.paper in PAPERS else None)
        answered = stored_sheet(reader, found.answers).answered_at if found.answers else None
    joined = joined_on(book, found.printing, clean)
    return Found(clean, found, None, title, answered.astimezone(KAZAKHSTAN).date() if answered else None, joined)


class ReturnedDialog(QDialog):
    """Says which sheet of which case a file shows; only then, and only if somebody agrees, it is added to the case."""

    returned = Signal(str)

    def __init__(self, work: Work, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self.found: Found | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.told = Banner(LOOKING, "info")
        self.facts = FactList(self)
        self.number = LineEdit(_("For example ABCD-EFGH-JKMN"), max_length=40)
        self.reasons = KeyChoices(office_at(work).choices("look_reason"), name=_("Why you need it"))
        self.again = Button(_("Look again"), icon="search")
        self.add = Button(_("Add to this case"), kind="primary", icon="check", shortcut="Ctrl+S")
        self.cancel = Button(_("Cancel"))
        self._build()
        self.again.clicked.connect(self._look_again)
        self.number.returnPressed.connect(self._look_again)
        self.add.clicked.connect(self._add)
        self.cancel.clicked.connect(self.reject)
        work.long(
            lambda book, _progress: look_for(book, cleaned(read_file(path, MAX_FILE)), "", ""),
            self._take,
            LOOKING,
            self._refused,
            owner=self,
        )

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        layout.addWidget(Label(TITLE, "title"))
        self._number = FieldRow(_("Number at the foot of the sheet"), self.number)
        self._why = FieldRow(_("Why you need it"), self.reasons)
        for widget in (self.told, self.facts, self._number, self._why):
            layout.addWidget(widget)
        for hidden in (self.facts, self._number, self._why, self.again):
            hidden.hide()
        layout.addStretch(1)
        layout.addLayout(foot(self.cancel, self.again, self.add))
        self.add.setEnabled(False)
        self.setWindowTitle("kzcase")
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        self.resize(theme.px(WIDTH), theme.px(HEIGHT))

    def _take(self, found: Found) -> None:
        self.found = found
        there = found.proposal is not None
        self.facts.setVisible(there)
        beyond = isinstance(found.error, NeedsReason)
        self._number.setVisible(not there and not beyond)
        self._why.setVisible(beyond)
        self.again.setVisible(not there)
        self.add.setEnabled(there and found.joined is None)
        if found.proposal is not None:
            self._show(found.proposal, found)
        elif found.error is not None:
            self.told.say(field_sentence(found.error), "warn")
            (self.reasons if beyond else self.number).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, proposal: SheetProposal, found: Found) -> None:
        if found.joined is not None:
            self.told.say(field_sentence(ScanThere(day=found.joined)), "warn")
        else:
            self.told.say(_("This sheet was found. Please compare it with the paper before you add it."), "ok")
        blank = _("none: it was printed blank")
        self.facts.show_facts(
            (
                (_("Case"), verbatim(proposal.case_number)),
                (_("Paper"), found.title or verbatim(proposal.paper)),
                (_("Answers"), verbatim(language.shown(found.answered)) if proposal.answers else blank),
                (_("Edition"), verbatim(proposal.edition or proposal.version[:8])),
                (_("Number"), verbatim(proposal.number)),
                (_("Printed on"), verbatim(language.shown(proposal.printed_on))),
                (_("Language"), verbatim(NAMES.get(proposal.language, proposal.language))),
            )
        )
        (self.add if self.add.isEnabled() else self.cancel).setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, error: KzcaseError) -> None:
        found = self.found
        self.add.setEnabled(found is not None and found.proposal is not None and found.joined is None)
        banner_error(self.told, error)

    @Slot()
    def _look_again(self) -> None:
        found, number, reason = self.found, self.number.text().strip(), self.reasons.code() or ""
        if found is None or found.proposal is not None:
            return
        self._work.long(
            lambda book, _progress: look_for(book, found.clean, number, reason),
            self._take,
            LOOKING,
            self._refused,
            owner=self,
        )

    @Slot()
    def _add(self) -> None:
        found = self.found
        if found is None or found.proposal is None:
            return
        wish = ReturnSheet(found.proposal.printing, found.clean)
        self.add.setEnabled(False)
        self._work.do(lambda book: return_sheet(book, wish), self._added, self._refused, owner=self)

    def _added(self, _done: Done) -> None:
        assert self.found is not None
        assert self.found.proposal is not None
        case = self.found.proposal.case
        self.accept()
        self.returned.emit(case)
