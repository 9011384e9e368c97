"""Going on with what was typed about calls: signals of a crime, promised call-backs, outreach, the end of a shift."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from PySide6.QtWidgets import QWidget

Then = Callable[[QWidget | None], object]
"""Takes the dialog when it stands."""


def _signal_of_call(place: Any, then: Then, call: str) -> None:
    from kzcase.ui.calls.signals import signal_dialog

    then(signal_dialog(place.work, place.office, call, place.window()))


def _call_back(place: Any, then: Then, call: str) -> None:
    from kzcase.ui.calls.promises import promise_dialog

    then(promise_dialog(place.work, place.office, call, place.window()))


def _outreach(place: Any, then: Then) -> None:
    from kzcase.ui.calls.shift_page import outreach_dialog

    then(outreach_dialog(place.work, place.office, place.window()))


def _shift(place: Any, then: Then) -> None:
    from kzcase.ui.calls.shift_page import close_dialog

    then(close_dialog(place.work, place.window()))


OF_THE_OFFICE: Final[Mapping[str, Callable[..., None]]] = {
    "signal": _signal_of_call, "call_back": _call_back, "outreach": _outreach, "shift": _shift,
}  # fmt: skip
"""By kind: hands over the dialog, from the further ids of the place."""
