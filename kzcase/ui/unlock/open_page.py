"""Opening: which casebook, and whose passphrase; the wait grows with every wrong one."""

from collections import Counter
from collections.abc import Sequence
from math import ceil
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QProgressBar, QVBoxLayout, QWidget

from kzcase.domain.errors import KzcaseError
from kzcase.i18n import Words, _, ngettext
from kzcase.settings import whole
from kzcase.ui import language, theme
from kzcase.ui.language import Retranslated
from kzcase.ui.unlock.door import Door
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, box
from kzcase.ui.widgets.fields import FieldRow
from kzcase.ui.widgets.labels import Label
from kzcase.ui.widgets.passphrase import PassphraseEdit
from kzcase.ui.widgets.tips import plain_tip

SHOWN: Final = 4
PATH: Final = Qt.ItemDataRole.UserRole
CASEBOOKS: Final = _("Casebooks on this laptop")
WELCOME: Final = _("Nothing is open yet. Open the folder of a casebook, or create a new one.")


class OpenPage(Retranslated, QWidget):
    """The recent casebooks, a passphrase, and the ways on: another folder, a new casebook, a forgotten passphrase."""

    create_wanted = Signal()
    recovery_wanted = Signal(object)
    """The casebook whose passphrase was forgotten."""

    def __init__(self, door: Door, recent: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._door = door
        self._busy = False
        self.title = Label(_("Open a casebook"), "title")
        self.welcome = Label(WELCOME, "meta", wrap=True)
        self.list = QListWidget()
        self.list.setUniformItemSizes(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.passphrase = PassphraseEdit()
        self.row = FieldRow(_("Your passphrase"), self.passphrase)
        self.enter = Button(_("Open"), kind="primary", icon="lock-open")
        self.forgotten = Button(_("Passphrase forgotten"), kind="quiet", icon="key-round")
        self.other = Button(_("Open another folder"), kind="quiet", icon="folder-open")
        self.new = Button(_("Create a new casebook"), kind="quiet", icon="plus")
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.said = Banner(WELCOME, "info")
        self.said.hide()
        self._waiting = QTimer(self)
        self._waiting.setInterval(250)
        self._build()
        self._connect()
        self.show_recent(recent)
        self.retranslate()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD)
        layout.addWidget(self.title)
        layout.addWidget(self.welcome)
        layout.addWidget(self.list)
        layout.addWidget(self.row)
        layout.addWidget(self.said)
        layout.addWidget(self.enter)
        layout.addWidget(self.forgotten, 0, Qt.AlignmentFlag.AlignLeft)
        self.bar.setSizePolicy(self.bar.sizePolicy().horizontalPolicy(), self.bar.sizePolicy().verticalPolicy())
        layout.addWidget(self.bar)
        ways = QHBoxLayout()
        box(ways, space=theme.SPACE_GROUP)
        ways.addWidget(self.other)
        ways.addWidget(self.new)
        ways.addStretch(1)
        layout.addLayout(ways)
        hidden = self.bar.sizePolicy()
        hidden.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(hidden)
        self.bar.hide()

    def _connect(self) -> None:
        self.enter.clicked.connect(self._enter)
        self.passphrase.returnPressed.connect(self._enter)
        self.passphrase.textEdited.connect(lambda _text: self.said.hide())
        self.list.itemActivated.connect(lambda _item: self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason))
        self.list.currentRowChanged.connect(lambda _row: self._look())
        self.forgotten.clicked.connect(self._recover)
        self.other.clicked.connect(self._choose_folder)
        self.new.clicked.connect(self.create_wanted)
        self._waiting.timeout.connect(self._look)
        self._door.busy.connect(self._set_busy)

    def show_recent(self, recent: tuple[str, ...], chosen: Path | None = None) -> None:
        """The casebooks offered, the chosen or the latest one marked."""
        self.list.clear()
        places = list(
            dict.fromkeys([*([whole(chosen)] if chosen is not None else []), *(whole(path) for path in recent)])
        )
        for path, name in zip(places, told_apart(places), strict=True):
            item = QListWidgetItem(name, self.list)
            item.setData(PATH, path)
            item.setToolTip(plain_tip(path))
            item.setSizeHint(QSize(theme.px(30), theme.px(34)))
        self.list.setCurrentRow(0)
        self.list.setFixedHeight(theme.px(34) * min(max(len(places), 1), SHOWN) + theme.px(8))
        there = bool(places)
        for widget in (self.list, self.row, self.enter, self.forgotten):
            widget.setVisible(there)
        self.welcome.setVisible(not there)
        self.take_focus()
        self._look()

    def take_focus(self) -> None:
        """Where typing begins."""
        first = self.passphrase if self.list.count() else self.new
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def path(self) -> Path | None:
        """The casebook that is marked."""
        item = self.list.currentItem()
        return Path(str(item.data(PATH))) if item is not None else None

    def say(self, words: Words) -> None:
        """Say something before the passphrase is asked for."""
        self.said.say(words, "info")

    @Slot()
    def _enter(self) -> None:
        path = self.path()
        if path is None or self._busy or self._door.seconds_to_wait(path):
            return
        typed = self.passphrase.take()
        if not typed.strip():
            self.row.set_error(_("Please type your passphrase."))
            return
        self.row.set_error(None)
        self.said.hide()
        self._door.enter(path, typed)

    @Slot()
    def _recover(self) -> None:
        path = self.path()
        if path is not None:
            self.passphrase.take()
            self.recovery_wanted.emit(path)

    def refuse(self, error: KzcaseError) -> None:
        """The casebook did not open: say why, and let the person try again."""
        from kzcase.ui.messages import banner_error

        banner_error(self.said, error)
        self._look()
        self.take_focus()

    @Slot(bool)
    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.bar.setVisible(busy)
        for widget in (self.list, self.passphrase, self.forgotten, self.other, self.new):
            widget.setEnabled(not busy)
        self._look()

    @Slot()
    def _look(self) -> None:
        """Is there a wait? Then the button counts it down."""
        path = self.path()
        seconds = ceil(self._door.seconds_to_wait(path)) if path is not None else 0
        self.enter.setEnabled(not self._busy and not seconds)
        if seconds:
            self.enter.say(ngettext("Wait {count} second", "Wait {count} seconds", seconds))
            self._waiting.start()
        else:
            self.enter.say(_("Opening …") if self._busy else _("Open"))
            self._waiting.stop()

    @Slot()
    def _choose_folder(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        dialog = QFileDialog(self, language.text(_("Open the folder of a casebook")))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.choose)
        QFileDialog.open(dialog)

    @Slot(str)
    def choose(self, folder: str) -> None:
        """Another casebook than the recent ones."""
        recent = tuple(str(self.list.item(row).data(PATH)) for row in range(self.list.count()))
        self.show_recent(recent, Path(folder))

    def retranslate(self) -> None:
        self.list.setAccessibleName(language.text(CASEBOOKS))
        self.bar.setAccessibleName(language.text(_("Opening …")))


def told_apart(places: Sequence[str]) -> list[str]:
    """What each casebook is called; those of one name also by the folder they lie in."""
    paths = [Path(place) for place in places]
    often = Counter(path.stem for path in paths)
    return [path.stem if often[path.stem] == 1 else f"{path.stem}  ({path.parent})" for path in paths]
