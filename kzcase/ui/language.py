"""The language of the window: one at a time, changed while running, without closing an open form."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Protocol, cast

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


@dataclass(frozen=True, slots=True)
class Several:
    """Several labels as one, said together in whatever language it is by then."""

    labels: tuple["Label", ...]
    between: str

    def name(self, language: Language) -> str:
        """All of them; those that say nothing are passed over."""
        return self.between.join(filter(None, (text_in(each, language) for each in self.labels)))


def several(labels: "Iterable[Label]", between: str = "\n") -> Several:
    """Several labels as one."""
    return Several(tuple(labels), between)


class _Now:
    language: Language = "kk"
    translator: QTranslator | None = None
    later: "list[QWidget] | None" = None
    """Widgets that are told a little later, while a language is being changed step by step."""


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

    `later` takes the steps that tell whole pages and all that nobody sees, one widget a step; without it they are
    told at once too.
    """
    _Now.later = [] if later is not None else None
    _tell_all(language)
    waiting, _Now.later = _Now.later, None
    if later is not None and waiting:
        later(_told(waiting))


def told_later(page: QWidget) -> bool:
    """Whether a page is told another language later, with everything in it."""
    if _Now.later is None:
        return False
    _Now.later.append(page)
    return True


def _told(waiting: list[QWidget]) -> Iterator[None]:
    """What is seen first, painted when all of it is said; then what nobody sees."""
    unseen: list[QWidget] = []
    for widget in waiting:
        if shiboken6.isValid(widget):
            if widget.isVisible():
                yield from _told_unpainted(widget, unseen)
            else:
                unseen.append(widget)
    for widget in unseen:
        yield from _said_in(widget, None)


def _told_unpainted(widget: QWidget, unseen: list[QWidget]) -> Iterator[None]:
    widget.setUpdatesEnabled(False)
    try:
        yield from _said_in(widget, unseen)
    finally:
        if shiboken6.isValid(widget):
            widget.setUpdatesEnabled(True)


def _said_in(widget: QWidget, unseen: list[QWidget] | None) -> Iterator[None]:
    """A widget and those in it, one a step; where `unseen` is given it takes what nobody sees."""
    if not shiboken6.isValid(widget):
        return
    if unseen is not None and not widget.isVisible():
        unseen.append(widget)
        return
    if isinstance(widget, Retranslated):
        widget.retranslate()
        yield
    if shiboken6.isValid(widget):
        for child in widget.children():
            if shiboken6.isValid(child) and child.isWidgetType():
                yield from _said_in(cast("QWidget", child), unseen)


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
            if _Now.later is None or self.isVisible():
                self.retranslate()
            else:
                _Now.later.append(self)

    def retranslate(self) -> None:
        """Say every text of this widget again."""

    def redress(self) -> None:
        """Take colours, pictures and sizes from the look in force again."""
