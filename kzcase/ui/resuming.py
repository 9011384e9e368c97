"""Going on with what was typed before the casebook was locked: its page or dialog is opened, and gets it back."""

from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kzcase.actions.drafts import KeptDraft
from kzcase.ui.drafts import put_back
from kzcase.ui.page_stack import PageStack
from kzcase.ui.pages import BuiltDialog, Page


class Opens(Protocol):
    """The workplace, as far as typing comes back to it."""

    stack: PageStack

    def open_case(self, case_id: str) -> None:
        """Show one case."""

    def open_form(self, case_id: str, form_id: str, sheet_id: str = "") -> None:
        """Fill in a form for a case, or correct a stored one."""

    def log_call(self) -> None:
        """Write down a call."""

    def new_case(self, call_id: str = "") -> QWidget:
        """The dialog for a new case."""

    def seal(self, case_id: str) -> QWidget:
        """The dialog for a sealed note."""

    def refer(self, case_id: str) -> QWidget:
        """The dialog for a referral."""


def resume(place: Opens, draft: KeptDraft) -> None:
    """Open where the typing belongs, and put it back as soon as that stands."""
    holder = _opened(place, draft)
    if isinstance(holder, Page | BuiltDialog) and not holder.ready:
        typed = partial(put_back, holder, draft.place, draft.content)
        holder.built.connect(lambda: typed(), Qt.ConnectionType.SingleShotConnection)
    elif holder is not None:
        put_back(holder, draft.place, draft.content)


def _opened(place: Opens, draft: KeptDraft) -> QWidget | None:
    match draft.place.split("/"):
        case ["case"]:
            return place.new_case(draft.content.get("call", ""))
        case ["sealed", case]:
            place.open_case(case)
            return place.seal(case)
        case ["referral", case]:
            place.open_case(case)
            return place.refer(case)
        case ["note", case]:
            place.open_case(case)
            return place.stack.made("case")
        case ["form", case, form, *sheet]:
            place.open_form(case, form, *sheet)
            return place.stack.made(draft.place)
        case _:
            place.log_call()
            return place.stack.made("call entry")
