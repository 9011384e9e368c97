"""Unsaved typing: pages and dialogs that hold some say so, and get it back after the casebook was locked."""

from collections.abc import Iterator, Mapping
from typing import Protocol, cast

from PySide6.QtWidgets import QApplication, QWidget


class Drafting(Protocol):
    """A page or dialog with something typed that is not saved yet."""

    def draft_place(self) -> str:
        """Where it belongs: `note/<case>`, `sealed/<case>`, `case`, `call`, `form/<case>/<form>`."""

    def draft(self) -> Mapping[str, str]:
        """The fields by name; empty when there is nothing worth keeping."""

    # A widget that keeps more than what is shown has `other_drafts()`, fields by place, too.

    def restore(self, content: Mapping[str, str]) -> None:
        """Put the fields back as they were."""


def drafting_in(window: QWidget) -> Iterator[Drafting]:
    """The pages and dialogs inside a window (itself included) that may hold something unsaved."""
    for widget in (window, *window.findChildren(QWidget)):
        if hasattr(widget, "draft_place"):
            yield cast(Drafting, widget)


def put_back(holder: QWidget, place: str, content: Mapping[str, str]) -> None:
    """Give what was typed before to the page or dialog it belongs to."""
    for drafting in drafting_in(holder):
        if drafting.draft_place() == place:
            drafting.restore(content)


def unsaved() -> Iterator[tuple[str, Mapping[str, str]]]:
    """What is being typed in any open window now, by place."""
    for window in QApplication.topLevelWidgets():
        for drafting in drafting_in(window) if window.isVisible() else ():
            if content := drafting.draft():
                yield drafting.draft_place(), content
            others = getattr(drafting, "other_drafts", None)
            yield from others().items() if others is not None else ()
