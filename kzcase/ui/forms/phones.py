"""What can be done about phones: answers are taken in, a file or a whole folder, and their keys are looked after."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from kzcase.i18n import Words, _
from kzcase.ui import language
from kzcase.ui.work import Work

PHONES: Final = _("Phones")
ENDINGS: Final = frozenset({".xml", ".zip"})


def holds_answers(path: Path) -> bool:
    """Whether a file or folder is looked through for answers, and not for the code of a printed sheet."""
    return path.suffix.lower() in ENDINGS or path.is_dir()


def phones_menu(work: Work, button: QWidget, chosen: Callable[[Any], object]) -> QMenu:
    """Offer it under a button; `chosen(path)` where answers are to be taken in."""
    from kzcase.ui.forms.phone_answers import choose_answers
    from kzcase.ui.forms.phone_keys import KeysDialog

    window = button.window()
    offered: tuple[tuple[Words, Callable[[], object]], ...] = (
        (_("Take in answers from a file"), lambda: choose_answers(window, chosen)),
        (_("Take in answers from a folder"), lambda: choose_answers(window, chosen, folder=True)),
        (_("Keys for answers"), lambda: KeysDialog(work, window).open()),
    )
    menu = QMenu(button)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for words, act in offered:
        action = QAction(language.text(words), menu)
        action.triggered.connect(lambda _checked=False, do=act: do())
        menu.addAction(action)
    menu.setActiveAction(menu.actions()[0])
    menu.setAccessibleName(language.text(PHONES))
    menu.popup(button.mapToGlobal(QPoint(0, button.height())))
    return menu
