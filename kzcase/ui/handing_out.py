"""Handing out three recovery shares, one by one: its text, who keeps it, its paper; the next when this one is safe."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from kzcase.i18n import Words, _, verbatim
from kzcase.ui import clock, language, theme
from kzcase.ui.language import Retranslated
from kzcase.ui.saving import write_copy
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, Card, box
from kzcase.ui.widgets.checks import Check
from kzcase.ui.widgets.fields import FieldRow, LineEdit
from kzcase.ui.widgets.labels import Label, Selectable

if TYPE_CHECKING:
    from kzcase.keys.recovery import Shares

Run = Callable[[Callable[[], Any], Callable[[Any], object]], object]
"""Does a job elsewhere and gives its result to the second function, here."""
LONGEST_NAME: Final = 200
EXPLAINED: Final = _(
    "If every passphrase is forgotten, any two of three recovery shares open the casebook; one alone opens nothing. "
    "Give each to a different person you trust, on paper. They are shown only now."
)
SAFE: Final = _("This share is on paper, and its keeper has it")


class HandingOut(Retranslated, QWidget):
    """`given` carries number and holder, where a name was typed; `finished` comes after the third share."""

    given = Signal(int, str)
    finished = Signal()

    def __init__(self, run: Run, end: Words, explained: Words = EXPLAINED, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run, self._end = run, end
        self._shares: Shares | None = None
        self._organisation = ""
        self._number = 0
        self.title = Label(None, "title", wrap=True)
        self.text = Selectable(None, "card")
        self.keeper = LineEdit(_("Name of the person who keeps it"), max_length=LONGEST_NAME)
        self.print = Button(_("Print"), icon="printer")
        self.save = Button(_("Save as PDF"), icon="download")
        self.safe = Check(SAFE)
        self.next = Button(_("Next share"), kind="primary", icon="arrow-right")
        self.said = Banner(explained, "info")
        self._build()
        self.print.clicked.connect(lambda: self.make_paper(self._preview))
        self.save.clicked.connect(lambda: self.make_paper(self._choose_file))
        self.safe.toggled.connect(self.next.setEnabled)
        self.next.clicked.connect(self._next)
        self.retranslate()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD)
        layout.addWidget(self.title)
        layout.addWidget(self.said)
        surface = Card()
        surface.add(self.text)
        layout.addWidget(surface)
        layout.addWidget(FieldRow(_("Given to"), self.keeper))
        papers = QHBoxLayout()
        box(papers, space=theme.SPACE_GROUP)
        papers.addWidget(self.print)
        papers.addWidget(self.save)
        papers.addStretch(1)
        layout.addLayout(papers)
        layout.addWidget(self.safe)
        layout.addWidget(self.next, 0, Qt.AlignmentFlag.AlignRight)

    def hand_out(self, shares: "Shares", organisation: str) -> None:
        """Show the first of three shares that were just made."""
        self._shares, self._organisation = shares, organisation
        self._show(0)

    def _show(self, number: int) -> None:
        assert self._shares is not None
        from kzcase.keys.shares import share_text

        self._number = number
        self.title.say(_("Recovery share {number} of 3", number=number + 1))
        self.text.say(verbatim(share_text(self._shares[number])))
        self.keeper.clear()
        self.safe.setChecked(False)
        self.next.setEnabled(False)
        self.next.say(self._end if number == len(self._shares) - 1 else _("Next share"))
        self.keeper.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _next(self) -> None:
        assert self._shares is not None
        holder = " ".join(self.keeper.text().split())
        if holder:
            self.given.emit(self._number + 1, holder)
        if self._number + 1 < len(self._shares):
            self._show(self._number + 1)
            return
        self.text.say(None)
        self._shares = None
        self.finished.emit()

    @property
    def unfinished(self) -> bool:
        """Are there shares that were not handed out yet?"""
        return self._shares is not None

    def forget(self) -> None:
        """Leave off; nothing of the shares stays here."""
        self._shares = None
        self.text.say(None)

    def make_paper(self, then: Callable[[object], object]) -> None:
        """The share that is shown as PDF; its text, that shown, whatever is shown when the paper is ready."""
        shares, number, holder = self._shares, self._number, self.keeper.text().strip()
        spoken, organisation = language.current(), self._organisation
        today = clock.today()
        assert shares is not None

        def job() -> bytes:
            from kzcase.domain.papers import Organisation, RecoveryShare, SheetHeader
            from kzcase.keys.shares import share_text
            from kzcase.paper.library import paper

            printed = paper("recovery_share")
            header = SheetHeader(Organisation(organisation), printed.code, printed.version, today)
            return printed.print_row(RecoveryShare(header, number + 1, share_text(shares[number]), holder), spoken)

        self._run(job, then)

    def _preview(self, pdf: object) -> None:
        from kzcase.ui.widgets.pdf import PreviewDialog

        assert isinstance(pdf, bytes)
        dialog = PreviewDialog(pdf, self)
        dialog.setWindowTitle(language.text(_("Print")))
        dialog.preview.save_wanted.connect(lambda: self._choose_file(pdf))
        dialog.preview.printed.connect(lambda _pages: self.safe.setFocus(Qt.FocusReason.OtherFocusReason))
        dialog.open()

    def _choose_file(self, pdf: object) -> None:
        assert isinstance(pdf, bytes)
        dialog = QFileDialog(self, language.text(_("Save as PDF")), f"share-{self._number + 1}.pdf")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.fileSelected.connect(lambda path: self._write(path, pdf))
        QFileDialog.open(dialog)

    def _write(self, path: str, pdf: bytes) -> None:
        self._run(lambda: write_copy(Path(path), pdf), lambda _nothing: self.safe.setFocus())

    def retranslate(self) -> None:
        self.text.setAccessibleName(language.text(_("The share itself")))

    def redress(self) -> None:
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPixelSize(theme.px(17))
        self.text.setFont(fixed)
