"""The language of the window: one at a time, changed while running, without closing an open form."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Protocol

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QLocale, QTranslator

from kzcase.i18n import Language, Words, on_the_wall, render

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
else:
    QWidget = object


class Named(Protocol):
    """Something with a name in each language, as the codes of lists have."""

    def name(self, language: Language) -> str:
        """The name in one language."""


Label = Words | Mapping[str, str] | Named
"""What can stand on the screen: words of the program, a form's own text in each language, a code of a list."""


class _Now:
    language: Language = "kk"
    translator: QTranslator | None = None
    unseen: "list[Retranslated] | None" = None
    """Widgets nobody sees, while a language is being changed that may be told them later."""


def current() -> Language:
    """The language of the window."""
    return _Now.language


def text(label: Label) -> str:
    """The words in the language of the window; a form's own text falls back on kk, ru, then en."""
    return text_in(label, _Now.language)


def text_in(label: Label, language: Language) -> str:
    """The words in one language."""
    if isinstance(label, Words):
        return render(label, language)
    if not isinstance(label, Mapping):
        return label.name(language)
    for each in (language, "kk", "ru", "en"):
        if label.get(each):
            return label[each]
    return ""


def shown(value: object) -> str:
    """A value as the screen writes it: words in the current language, dates as dd.MM.yyyy, nothing as nothing."""
    if value is None:
        return ""
    if isinstance(value, Words):
        return render(value, _Now.language)
    if isinstance(value, datetime):
        return on_the_wall(value)
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    return str(value)


def switch(language: Language, later: Callable[[Iterator[None]], object] | None = None) -> None:
    """Speak another language from now on: ours first, then Qt's own dialogs, then every widget is told.

    `later` takes the steps that tell the widgets nobody sees; without it they are told at once too.
    """
    _Now.unseen = [] if later is not None else None
    _tell_all(language)
    unseen, _Now.unseen = _Now.unseen, None
    if later is not None and unseen:
        later(_told(unseen))


def _told(unseen: list["Retranslated"]) -> Iterator[None]:
    for widget in unseen:
        if shiboken6.isValid(widget):
            widget.retranslate()
            yield


def _tell_all(language: Language) -> None:
    application = QCoreApplication.instance()
    assert application is not None
    _Now.language = language
    QLocale.setDefault(QLocale(language))
    old, _Now.translator = _Now.translator, _qt_translator(language)
    if old is not None:
        application.removeTranslator(old)
    if _Now.translator is not None:
        application.installTranslator(_Now.translator)
    elif old is None:
        application.sendEvent(application, QEvent(QEvent.Type.LanguageChange))
    application.sendPostedEvents(None, QEvent.Type.LanguageChange)


@cache
def _qt_translator(language: Language) -> QTranslator | None:
    translator = QTranslator(QCoreApplication.instance())
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return translator if language != "en" and translator.load(f"qtbase_{language}", folder) else None


class Retranslated(QWidget):
    """Mixed into a widget class, before Qt's: `retranslate()` is called when the language has changed,
    `redress()` when the look or the letter size has."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        kind = event.type()
        if kind is QEvent.Type.StyleChange:
            self.redress()
        elif kind is QEvent.Type.LanguageChange:
            if _Now.unseen is None or self.isVisible():
                self.retranslate()
            else:
                _Now.unseen.append(self)

    def retranslate(self) -> None:
        """Say every text of this widget again."""

    def redress(self) -> None:
        """Take colours, pictures and sizes from the look in force again."""
