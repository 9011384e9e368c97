"""Several codes of a list: ticked with the space bar or the mouse, long lists narrowed by typing."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from kzcase.i18n import _
from kzcase.ui import language, theme
from kzcase.ui.language import Label, Retranslated
from kzcase.ui.widgets.cards import box
from kzcase.ui.widgets.choices import CODE, FEW, LINE, SHOWN_ROWS, Choice
from kzcase.ui.widgets.fields import LineEdit
from kzcase.ui.widgets.tips import plain_tip


class CheckList(Retranslated, QWidget):
    """Several codes: ticked with the space bar or the mouse; long lists get a line to narrow them down."""

    changed = Signal()

    def __init__(self, choices: Sequence[Choice], *, name: Label | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = tuple(choices)
        self._name = name
        self.filter = LineEdit(_("Type to find in the list"))
        self.filter.setVisible(len(self._choices) > FEW)
        self.filter.textEdited.connect(self._narrow)
        self.list = QListWidget()
        self.list.setUniformItemSizes(True)
        self.list.itemChanged.connect(self._item_changed)
        self.list.itemActivated.connect(_toggle)
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_LABEL)
        layout.addWidget(self.filter)
        layout.addWidget(self.list)
        self.setFocusProxy(self.filter if len(self._choices) > FEW else self.list)
        self._build()
        self.retranslate()
        self.redress()

    def _build(self) -> None:
        self.list.blockSignals(True)
        for choice in self._choices:
            item = QListWidgetItem(self.list)
            item.setData(CODE, choice.code)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
        self.list.setCurrentRow(0)
        self.list.blockSignals(False)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def codes(self) -> tuple[str, ...]:
        """The codes ticked, in the order of the list."""
        ticked = [item for item in self._items() if item.checkState() is Qt.CheckState.Checked]
        return tuple(str(item.data(CODE)) for item in ticked)

    def set_codes(self, codes: Sequence[str]) -> None:
        """Tick exactly these, without telling anybody."""
        self.list.blockSignals(True)
        for item in self._items():
            state = Qt.CheckState.Checked if item.data(CODE) in codes else Qt.CheckState.Unchecked
            item.setCheckState(state)
        self.list.blockSignals(False)

    def retranslate(self) -> None:
        self.list.blockSignals(True)
        for item, choice in zip(self._items(), self._choices, strict=True):
            item.setText(language.text(choice.words))
            item.setToolTip(plain_tip(item.text()))  # long words are cut where the list is narrow
        self.list.blockSignals(False)
        if self._name is not None:
            self.setAccessibleName(language.text(self._name))

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.list.setAccessibleName(name)
        self.filter.setAccessibleName(f"{name}: {self.filter.placeholderText()}")

    def redress(self) -> None:
        rows = min(max(len(self._choices), 2), SHOWN_ROWS)
        self.list.setFixedHeight(theme.px(LINE) * rows + theme.px(8))
        self.list.blockSignals(True)
        for item in self._items():
            item.setSizeHint(QSize(theme.px(LINE), theme.px(LINE)))
        self.list.blockSignals(False)

    @Slot(str)
    def _narrow(self, typed: str) -> None:
        wanted = typed.strip().casefold()
        shown = [item for item in self._items() if not _hide(item, wanted)]
        if shown:
            self.list.setCurrentItem(shown[0])

    @Slot(QListWidgetItem)
    def _item_changed(self, _item: QListWidgetItem) -> None:
        self.changed.emit()


def _hide(item: QListWidgetItem, wanted: str) -> bool:
    item.setHidden(wanted not in item.text().casefold())
    return item.isHidden()


@Slot(QListWidgetItem)
def _toggle(item: QListWidgetItem) -> None:
    ticked = item.checkState() is Qt.CheckState.Checked
    item.setCheckState(Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked)
