"""Leaving a page or dialog: at once where nothing was typed, else only after asking."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from kzcase.i18n import Words
from kzcase.ui.messages import ask


@dataclass(frozen=True, slots=True)
class LeaveWords:
    """What is asked, what would be lost, and the two buttons."""

    question: Words
    lost: Words
    leave: Words
    stay: Words


def leave(page: QWidget, typed: Mapping[str, str], words: LeaveWords, gone: Callable[[], object]) -> None:
    """Go (`gone()`), if need be after a question; Enter and Escape stay."""
    if typed:
        ask(words.question, words.lost, words.leave, gone, keep=words.stay, parent=page)
    else:
        gone()
