"""Editors for what comes from outside the form: places on the map, pictures, recordings and other files."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from kzcase.i18n import Words, _
from kzcase.ui import language, theme
from kzcase.ui.forms.typing import LineEditor
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import box
from kzcase.ui.widgets.labels import Label

POINT_HELP: Final = _("Latitude and longitude, for example 43.238 76.945")
POINT_WARNING: Final = _(
    "Coordinates lead anybody who sees them to the door. Never write those of a shelter, or of where a person hides; "
    "a region or a district is nearly always enough."
)
FILE_HELP: Final = _("The name of the file")
FILE: Final = _("Add the file to the attachments of the case first; then choose it here. The form keeps only its name.")
RECORDING: Final = _(
    "Interviews are not recorded. Name a recording only if it came from elsewhere and is among the attachments."
)
CHOOSE: Final = _("Choose an attachment")


class PointEditor(LineEditor):
    """A place on the map, as two numbers; what that may do to a person is said beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, help=POINT_HELP)
        self.warning = Label(POINT_WARNING, "caption", wrap=True, parent=self)
        self.lines.addWidget(self.warning)

    def value(self) -> str:
        return " ".join(self.line.text().replace(",", " ").split())


class FileEditor(LineEditor):
    """A picture, a recording or another file: the name of an attachment of the case, chosen or typed."""

    def __init__(self, parent: QWidget | None = None, *, explained: Words = FILE) -> None:
        super().__init__(parent, help=FILE_HELP)
        self._files: tuple[str, ...] = ()
        self.choose = Button(CHOOSE, icon="paperclip", parent=self)
        self.choose.clicked.connect(self._choose)
        line = QHBoxLayout()
        box(line, space=theme.SPACE_GROUP)
        self.lines.removeWidget(self.line)
        line.addWidget(self.line, 1)
        line.addWidget(self.choose)
        self.lines.addLayout(line)
        self.lines.addWidget(Label(explained, "caption", wrap=True, parent=self))
        self.offer_files(())

    def offer_files(self, names: Sequence[str]) -> None:
        """What the attachments of the case are called."""
        self._files = tuple(names)
        self.choose.setVisible(bool(names))

    @Slot()
    def _choose(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in self._files:
            action = QAction(name.replace("&", "&&"), menu)
            action.triggered.connect(lambda _checked=False, one=name: self.take(one))
            menu.addAction(action)
        menu.setActiveAction(menu.actions()[0])
        menu.setAccessibleName(language.text(CHOOSE))
        menu.popup(self.choose.mapToGlobal(QPoint(0, self.choose.height())))

    def take(self, name: str) -> None:
        """This attachment is the answer."""
        self.line.setText(name)
        self.edited.emit(self.value())
        self.left.emit()

    def inside(self) -> Sequence[QWidget]:
        return (self.line,)
