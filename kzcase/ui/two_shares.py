"""Two recovery shares, typed from their papers or read from files; what was mistyped is named by line and group."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from kzcase.domain.errors import ShareUnreadable
from kzcase.i18n import Words, _
from kzcase.paths import open_plain
from kzcase.ui import language, theme
from kzcase.ui.language import Label as Said
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import box
from kzcase.ui.widgets.fields import FieldRow, TextArea

if TYPE_CHECKING:
    from kzcase.keys.shares import Share

LONGEST: Final = 4096
WHOLE: Final = 72
"""So many characters a share has; before that nothing is said about it."""
HELP: Final = _("Four lines, as on the paper. Capitals and blanks do not matter.")
DIFFERENT: Final = _("Two different shares are needed; this one has the same number as the other.")


class ShareEdit(TextArea):
    """The four lines of one share, in letters of one width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(lines=4, max_length=LONGEST, parent=parent)
        self.setUndoRedoEnabled(False)  # a secret leaves nothing to undo

    def redress(self) -> None:
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPixelSize(theme.px(15))
        self.setFont(fixed)
        super().redress()
        self.setFixedHeight(self.minimumHeight() + theme.px(10))  # four lines without a scroll bar


class TwoShares(QWidget):
    """`changed` comes when what is typed may have become two good shares, or no longer is."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edits = (ShareEdit(), ShareEdit())
        labels: tuple[Said, Said] = (_("First share"), _("Second share"))
        self.rows = tuple(FieldRow(label, edit, HELP) for label, edit in zip(labels, self.edits, strict=True))
        self.files = tuple(Button(_("Open its text file"), kind="quiet", icon="folder-open") for _each in labels)
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_GROUP)
        for row, edit, button in zip(self.rows, self.edits, self.files, strict=True):
            layout.addWidget(row)
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            edit.textChanged.connect(self._look)
            button.clicked.connect(lambda _checked=False, edit=edit: self._choose(edit))
        self.setFocusProxy(self.edits[0])

    def pair(self) -> "tuple[Share, Share] | None":
        """Both shares, once both can be read and they are two; what is wrong is said under its field."""
        one, two = (self._read(at, final=True) for at in (0, 1))
        if one is None or two is None:
            return None
        if one.number == two.number:
            self.rows[1].set_error(DIFFERENT)
            return None
        return one, two

    def wipe(self) -> None:
        """Nothing of the shares stays on the screen."""
        for row, edit in zip(self.rows, self.edits, strict=True):
            edit.clear()
            row.set_error(None)

    def first_wrong(self) -> FieldRow | None:
        """The first field with something wrong in it."""
        return next((row for row in self.rows if row.error is not None), None)

    @Slot()
    def _look(self) -> None:
        for at in (0, 1):
            self._read(at, final=False)
        self.changed.emit()

    def _read(self, at: int, *, final: bool) -> "Share | None":
        """One share. While somebody is still typing, nothing is called wrong."""
        from kzcase.keys.shares import parse_share

        typed = self.edits[at].text()
        whole = final or sum(not sign.isspace() for sign in typed) >= WHOLE
        try:
            share = parse_share(typed)
        except ShareUnreadable as error:
            why = error.facts["why"]
            assert isinstance(why, Words)
            self.rows[at].set_error(why if whole else None)
            return None
        self.rows[at].set_error(None)
        self.rows[at].set_help(_("Share {number} was typed without an error.", number=share.number))
        return share

    def _choose(self, edit: ShareEdit) -> None:
        dialog = QFileDialog(self, language.text(_("Open its text file")))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(["share-*.txt", "*.txt", "*"])
        dialog.fileSelected.connect(lambda file: self.read_file(edit, file))
        QFileDialog.open(dialog)

    def read_file(self, edit: ShareEdit, file: str) -> None:
        """Put the text of a file where a share is typed."""
        row = self.rows[self.edits.index(edit)]
        try:
            with open_plain(Path(file)) as stream:
                content = stream.read(LONGEST)
        except OSError:
            row.set_error(_("This file cannot be read."))
            return
        if content.startswith(b"%PDF"):
            row.set_error(_("This is the paper. Please type its four lines, or give the text file made with it."))
            return
        edit.setText(content.decode("utf-8-sig", "replace").strip())
