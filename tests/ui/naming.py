"""What a screen reader would meet: every control a person can reach must have a name."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget


def reachable(window: QWidget) -> Iterator[QWidget]:
    """The controls of a window that take the keyboard, in the order of Tab."""
    control = window.nextInFocusChain()
    while control is not None and control is not window:
        if (
            control.focusPolicy() & Qt.FocusPolicy.TabFocus
            and control.isVisibleTo(window)
            and control.focusProxy() is None
        ):
            yield control
        control = control.nextInFocusChain()


def name_of(control: QWidget) -> str:
    """What a screen reader calls a control. A combo box's value is not its name."""
    if control.accessibleName():
        return control.accessibleName()
    if control.metaObject().className() in ("QComboBox",) or control.inherits("QComboBox"):
        return ""
    interface = QAccessible.queryAccessibleInterface(control)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def assert_all_named(window: QWidget) -> None:
    """Fail with the kinds of the controls that have no name."""
    unnamed = [type(each).__name__ for each in reachable(window) if not name_of(each).strip()]
    assert not unnamed, unnamed
