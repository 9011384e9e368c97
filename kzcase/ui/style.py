"""The one style sheet of the program, generated from the theme's data."""

from collections.abc import Mapping
from string import Template
from typing import Final

from kzcase import paths


class _Sheet(Template):
    """Places are written `@name` and `@12px` (a length at 100 %), because braces and `$` belong to style sheets."""

    delimiter = "@"
    idpattern = r"(?:\d+px|[a-z_]+)"


SHEET: Final = _Sheet("""
QWidget { color: @text; }
QMainWindow, QDialog { background: @page; }
QToolTip { background: @nav; color: @on_nav; border: 0; padding: @4px @8px; }
QLabel { background: transparent; }
QLabel[role="title"] { font-size: @20px; font-weight: 600; }
QLabel[role="card"] { font-size: @15px; font-weight: 600; }
QLabel[role="label"] { font-size: @14px; font-weight: 500; }
QLabel[role="caption"] { font-size: @12px; color: @muted; }
QLabel[role="meta"] { color: @muted; }
QLabel[role="error"] { font-size: @12px; color: @danger; }
QLabel:disabled { color: @muted; }
QWidget#page, QStackedWidget, QScrollArea, QScrollArea > QWidget > QWidget#page { background: @page; border: 0; }
QScrollArea > QWidget > QWidget { background: transparent; }

QLineEdit, QPlainTextEdit, QComboBox, QSpinBox, QListView, QTableView {
  background: @card; color: @text; border: 1px solid @outline; border-radius: @6px;
  selection-background-color: @primary; selection-color: @on_primary; placeholder-text-color: @muted;
}
QLineEdit { min-height: @22px; padding: @6px @10px; }
QSpinBox { min-height: @34px; }
QPlainTextEdit { padding: @4px @6px; }
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover, QSpinBox:hover { border-color: @text; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus, QListView:focus {
  border: 2px solid @primary;
}
QLineEdit:focus { padding: @5px @9px; }
QSpinBox:focus { min-height: @32px; }
QPlainTextEdit:focus { padding: @3px @5px; }
QLineEdit[invalid="true"], QPlainTextEdit[invalid="true"], QComboBox[invalid="true"],
QListView[invalid="true"] { border-color: @danger; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QSpinBox:disabled, QLineEdit[readOnly="true"] {
  background: @page; color: @muted; border-color: @hairline;
}

QComboBox { min-height: @22px; padding: @6px @10px; combobox-popup: 0; }
QComboBox:focus { padding: @5px @9px; }
QComboBox QLineEdit, QComboBox QLineEdit:focus { border: 0; padding: 0; background: transparent; }
QComboBox::drop-down { border: 0; width: @28px; }
QComboBox::down-arrow { image: url("@pictures/arrow-down.svg"); width: @16px; height: @16px; }
QComboBox QAbstractItemView, QListView#completions, QMenu {
  background: @card; border: 1px solid @outline; border-radius: 0; outline: 0; padding: @4px;
  selection-background-color: @selection; selection-color: @text;
}
QComboBox QAbstractItemView::item, QListView#completions::item { min-height: @28px; padding: @2px @8px; }
QMenu::item { padding: @6px @24px @6px @12px; border-radius: @4px; }
QMenu::item:selected { background: @selection; }
QMenu::separator { height: 1px; background: @hairline; margin: @4px @8px; }

QPushButton {
  min-height: @34px; padding: 0 @14px; border: 1px solid @outline; border-radius: @6px;
  background: @card; color: @text; font-size: @14px; font-weight: 500;
}
QPushButton:hover { background: @hover; }
QPushButton:pressed { background: @selection; }
QPushButton:disabled { color: @muted; border-color: @hairline; background: @page; }
QPushButton[kind="primary"] { background: @primary; color: @on_primary; border-color: @primary; }
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed {
  background: @primary_hover; border-color: @primary_hover;
}
QPushButton[kind="primary"]:disabled { background: @neutral_soft; color: @muted; border-color: @hairline; }
QPushButton[kind="quiet"] { border-color: transparent; background: transparent; color: @primary; }
QPushButton[kind="quiet"]:hover { background: @hover; }
QPushButton[kind="quiet"]:disabled { color: @muted; }
QPushButton[kind="danger"] { border-color: @danger; color: @danger; }
QPushButton[kind="danger"]:hover { background: @danger_soft; }
QPushButton[kind="danger"]:disabled { border-color: @hairline; color: @muted; }
QPushButton#rail { min-height: @22px; }
QToolButton { border: 1px solid transparent; border-radius: @6px; padding: @4px; background: transparent; }
QToolButton:hover { background: @hover; }
QToolButton:focus { border: 2px solid @primary; padding: @3px; }

QCheckBox, QRadioButton { spacing: @8px; min-height: @26px; border-radius: @4px; padding: 0 @4px;
  border: 2px solid transparent; }
QCheckBox:focus, QRadioButton:focus { border-color: @primary; }
QCheckBox:disabled, QRadioButton:disabled { color: @muted; }
QCheckBox::indicator, QRadioButton::indicator, QListView::indicator { width: @18px; height: @18px; }
QCheckBox::indicator:unchecked, QListView::indicator:unchecked { image: url("@pictures/check-off.svg"); }
QCheckBox::indicator:checked, QListView::indicator:checked { image: url("@pictures/check-on.svg"); }
QCheckBox::indicator:indeterminate { image: url("@pictures/check-part.svg"); }
QCheckBox::indicator:unchecked:disabled { image: url("@pictures/check-off-disabled.svg"); }
QCheckBox::indicator:checked:disabled { image: url("@pictures/check-on-disabled.svg"); }
QRadioButton::indicator:unchecked { image: url("@pictures/radio-off.svg"); }
QRadioButton::indicator:checked { image: url("@pictures/radio-on.svg"); }
QRadioButton::indicator:unchecked:disabled { image: url("@pictures/radio-off-disabled.svg"); }
QRadioButton::indicator:checked:disabled { image: url("@pictures/radio-on-disabled.svg"); }

QSpinBox::up-button, QSpinBox::down-button { border: 0; width: @24px; }
QSpinBox::up-arrow { image: url("@pictures/arrow-up.svg"); width: @14px; height: @14px; }
QSpinBox::down-arrow { image: url("@pictures/arrow-down.svg"); width: @14px; height: @14px; }

QListView { outline: 0; padding: @2px; }
QListView#timeline { border: 2px solid transparent; padding: 0; }
QListView#timeline:focus { border-color: @primary; }
QListView::item { min-height: @30px; padding: 0 @6px; border-radius: @4px; color: @text; }
QListView::item:hover { background: @hover; }
QListView::item:selected { background: @selection; color: @text; }
QTableView { border: 0; border-radius: 0; gridline-color: transparent; outline: 0; background: @card; }
QHeaderView { background: @card; border: 0; }
QHeaderView::section {
  background: @card; color: @muted; border: 0; border-bottom: 1px solid @hairline;
  padding: 0 @12px; font-size: @12px; font-weight: 600;
}
QHeaderView::section:hover { color: @text; }
QHeaderView::up-arrow { image: url("@pictures/arrow-up.svg"); width: @12px; height: @12px; }
QHeaderView::down-arrow { image: url("@pictures/arrow-down.svg"); width: @12px; height: @12px; }
QTableCornerButton::section { background: @card; border: 0; }

QScrollBar:vertical { background: transparent; width: @12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: @12px; margin: 0; }
QScrollBar::handle { background: @outline; border-radius: @4px; margin: @2px; }
QScrollBar::handle:vertical { min-height: @32px; }
QScrollBar::handle:horizontal { min-width: @32px; }
QScrollBar::handle:hover { background: @muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QProgressBar { border: 0; border-radius: @3px; background: @neutral_soft; min-height: @6px; max-height: @6px; }
QProgressBar::chunk { border-radius: @3px; background: @primary; }
QTabWidget::pane { border: 0; border-top: 1px solid @hairline; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: @muted; padding: @8px @4px; margin-right: @20px; font-weight: 500;
  border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: @text; border-bottom-color: @primary; }
QTabBar::tab:hover { color: @text; }
QTabBar:focus { outline: 0; }
QTabBar::tab:selected:focus { background: @selection; }
QStatusBar { background: @card; border-top: 1px solid @hairline; color: @muted; font-size: @12px; }
QStatusBar QLabel { font-size: @12px; color: @muted; padding: 0 @8px; }
QSizeGrip { image: none; width: 0; height: 0; }
QStatusBar::item { border: 0; }
QSplitter::handle { background: transparent; }
""")


def sheet(theme: str, colours: Mapping[str, str], factor: float) -> str:
    """The style sheet of one look: its name (the folder of its control pictures), colours by role, letter size."""
    return SHEET.substitute(
        _Lengths(factor), **colours, pictures=paths.resources("icons", "controls", theme).as_posix()
    )


class _Lengths(dict[str, str]):
    """Lengths such as `12px`, multiplied by the letter size."""

    def __init__(self, factor: float) -> None:
        super().__init__()
        self._factor = factor

    def __missing__(self, length: str) -> str:
        return f"{round(int(length.removesuffix('px')) * self._factor)}px"
