"""Unsaved typing: pages and dialogs that hold some say so, and get it back after they were closed or locked."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final, Protocol, cast

import shiboken6
from PySide6.QtWidgets import QDialog, QWidget

if TYPE_CHECKING:
    from kzcase.ui.work import Work


OF_NOTHING_KNOWN: Final = frozenset(
    ("call", "case", "partner", "shift", "outreach", "organisation", "undertaking", "request", "incident")
)
"""Kinds of places that are whole without an id: what is typed there is about nothing that stands in the casebook."""


class Drafting(Protocol):
    """A page or dialog with something typed that is not saved yet. It sends `Work.typed` whenever that changes."""

    def draft_place(self) -> str:
        """Where it belongs: a kind of `draft_keeper.KEPT`, then the ids that say of what, the case first."""

    def draft(self) -> Mapping[str, str]:
        """The fields by name; empty when there is nothing worth keeping. Quick, and changes no field."""

    # A widget that keeps more than what is shown has `other_drafts()`, fields by place, too.

    def restore(self, content: Mapping[str, str]) -> None:
        """Put the fields back as they were."""


class DraftingDialog(QDialog):
    """Every dialog with a `Work` that somebody may type into. Left by Escape, its window's X or Cancel it loses
    nothing: `kzcase.ui.draft_keeper` hears of it when it is opened, keeps what it holds when it is left, and gives it
    back the next time."""

    _work: "Work"

    def open(self) -> None:
        self._work.opening.emit(self)
        super().open()


def place(kind: str, *ids: str) -> str:
    """The place of a draft; nowhere where one of the ids is not known, because nobody would find it again."""
    return "/".join((kind, *ids)) if all(ids) else ""


def is_whole(place: str) -> bool:
    """Whether it names a kind and all that it is about. What was typed nowhere, or about nobody knows what, would come
    back in the dialog of somebody else, so it is never kept, offered or given back."""
    kind, *ids = place.split("/")
    return bool(kind) and all(ids) and (bool(ids) or kind in OF_NOTHING_KNOWN)


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


def is_open(holder: QWidget) -> bool:
    """Whether a page or dialog is still there: what stands in a dialog that was closed is not wanted any more."""
    if not shiboken6.isValid(holder):
        return False
    window = holder.window()
    return window.isVisible() or not isinstance(window, QDialog)


def unsaved_in(holder: QWidget) -> dict[str, Mapping[str, str]]:
    """What a page or dialog holds that is not saved, by place."""
    if not is_open(holder):
        return {}
    return unsaved_by(cast(Drafting, holder))


def unsaved_by(drafting: Drafting) -> dict[str, Mapping[str, str]]:
    """The same of one that may be closed already, as long as it is there."""
    others = getattr(drafting, "other_drafts", None)
    found = {drafting.draft_place(): drafting.draft(), **(others() if others is not None else {})}
    return {place: dict(content) for place, content in found.items() if content and is_whole(place)}
