"""Going on with what was typed while working together: tasks, flags, approvals, offers, minutes, hand-overs."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from PySide6.QtWidgets import QDialog, QWidget

from kzcase.domain.rows import CasePage
from kzcase.queries.office import staff_list
from kzcase.queries.team import team_board

Then = Callable[[QWidget | None], object]
"""Takes the dialog when it stands."""


def _opened(dialog: QDialog) -> QDialog:
    dialog.open()
    return dialog


# Dialogs of a case


def _flag(place: Any, page: CasePage) -> QDialog:
    from kzcase.ui.supervision.dialogs import flag_dialog

    return flag_dialog(place.work, place.office, page.id, place.window())


def _approval(place: Any, page: CasePage) -> QDialog:
    from kzcase.ui.supervision.dialogs import approval_dialog

    return approval_dialog(place.work, place.office, page.id, place.window())


OF_A_CASE: Final[Mapping[str, Callable[..., QDialog | None]]] = {
    "flag": _flag, "approval": _approval,
}  # fmt: skip
"""By kind: the dialog, from the page of the case and the further ids of the place."""


# Dialogs that need to know who works here


def _giving(place: Any, then: Then, case: str) -> None:
    from kzcase.ui.supervision.dialogs import give_dialog

    place.open_case(case)
    place.work.ask(
        staff_list,
        lambda staff: then(_opened(give_dialog(place.work, place.office, case, staff, place.window()))),
        owner=place.stack,
    )


def _new_task(place: Any, then: Then, case: str) -> None:
    from kzcase.ui.cases.task_dialog import task_dialog

    place.open_case(case)
    place.work.ask(
        staff_list,
        lambda staff: then(_opened(task_dialog(place.work, place.office, case, staff, place.window()))),
        owner=place.stack,
    )


def _conference(place: Any, then: Then, case: str) -> None:
    from kzcase.ui.supervision.conference_dialog import ConferenceDialog

    place.open_case(case)
    place.work.ask(
        staff_list,
        lambda staff: then(_opened(ConferenceDialog(place.work, place.office, case, staff, place.window()))),
        owner=place.stack,
    )


def _handing_over(place: Any, then: Then, staff: str) -> None:
    from kzcase.ui.team.hand_over_dialog import HandOverDialog

    def known(members: list[Any]) -> None:
        giver = next((one for one in members if one.staff == staff), None)
        if giver is not None:
            then(_opened(HandOverDialog(place.work, place.office, giver, members, place.window())))

    place.work.ask(team_board, known, owner=place.stack)


OF_THE_OFFICE: Final[Mapping[str, Callable[..., None]]] = {
    "giving": _giving, "new_task": _new_task, "conference": _conference, "handing_over": _handing_over,
}  # fmt: skip
"""By kind: hands over the dialog, from the further ids of the place."""
