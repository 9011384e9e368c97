"""Going on with what was typed about where a case stands: facts, cleared steps, reports, why the work is suspended."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from PySide6.QtWidgets import QDialog, QWidget

from kzcase.domain.errors import KzcaseError
from kzcase.domain.road_rows import StandingRow
from kzcase.domain.rows import CasePage
from kzcase.queries.roads import where_it_stands
from kzcase.ui import language

Then = Callable[[QWidget | None], object]
"""Takes the dialog when it stands."""


def _report(place: Any, page: CasePage) -> QDialog:
    from kzcase.ui.cases.road_dialogs import report_dialog

    return report_dialog(place.work, place.office, page.id, place.window())


def _suspending(place: Any, page: CasePage) -> QDialog:
    from kzcase.ui.cases.road_dialogs import suspend_dialog

    return suspend_dialog(place.work, page.id, place.window())


OF_A_CASE: Final[Mapping[str, Callable[..., QDialog | None]]] = {"report": _report, "suspending": _suspending}
"""By kind: the dialog, from the page of the case."""


# Dialogs that need to know where the case stands


def _standing(place: Any, then: Then, case: str, made: Callable[[StandingRow], QDialog | None]) -> None:
    def stands(view: StandingRow) -> None:
        dialog = made(view)
        if dialog is not None:
            dialog.open()
            then(dialog)

    def refused(_error: KzcaseError) -> None:
        """The page of the case says why; it is offered again another time."""

    place.open_case(case)
    spoken = language.current()
    place.work.ask(lambda reader: where_it_stands(reader, case, spoken), stands, refused, owner=place.stack)


def _fact(place: Any, then: Then, case: str) -> None:
    from kzcase.ui.cases.road_dialogs import fact_dialog

    _standing(place, then, case, lambda view: fact_dialog(place.work, place.office, view, place.window()))


def _clearing(place: Any, then: Then, case: str) -> None:
    from kzcase.ui.cases.road_dialogs import clear_dialog

    _standing(place, then, case, lambda view: clear_dialog(place.work, view, place.window()))


def _taking_back(place: Any, then: Then, case: str, statement: str) -> None:
    from kzcase.ui.cases.road_dialogs import withdraw_dialog

    def made(view: StandingRow) -> QDialog | None:
        row = next((each for each in view.stated if each.id == statement), None)
        return None if row is None else withdraw_dialog(place.work, case, row, place.window())

    _standing(place, then, case, made)


OF_THE_OFFICE: Final[Mapping[str, Callable[..., None]]] = {
    "fact": _fact, "clearing": _clearing, "taking_back": _taking_back,
}  # fmt: skip
"""By kind: hands over the dialog, from the case and the further ids of the place."""
