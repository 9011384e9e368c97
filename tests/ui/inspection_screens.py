"""The registers and incidents as pictures, on an invented office in which something is written in every register."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from PySide6.QtWidgets import QWidget

from kzcase.ui.at_work import office_at
from kzcase.ui.work import InlineWork
from tests.actions.steps import CALL, a_case, do
from tests.actions.test_registers import full
from tests.ui.feature_screens import _window


@cache
def _work() -> tuple[InlineWork, str]:
    """Errands of an invented office, and an incident in it."""
    book = full(Path(mkdtemp(prefix="kzcase-screens-")))
    call = do(book, **(CALL | {"danger": "yes"})).ids["call"].hex()
    a_case(book, call=call, urgency="immediate")
    a_case(book, kind="stateless")
    do(book, act="request.received", kind="erasure", on="2026-11-20")
    found = do(book, act="incident.opened", kind="lost_laptop", what="Generated.", staff="Founder")
    return InlineWork(book), found.ids["incident"].hex()


def _page(name: str) -> Callable[[], QWidget]:
    def make() -> QWidget:
        from kzcase.ui.inspection.page import InspectionPage

        work, _incident = _work()
        page = InspectionPage(work, office_at(work))
        page.show_register(name)
        return page

    return make


def _report(step: int) -> Callable[[], QWidget]:
    def make() -> QWidget:
        from kzcase.ui.inspection.report_dialog import ReportDialog

        work, _incident = _work()
        dialog = ReportDialog(work, office_at(work), _window())
        dialog._go(step)
        return dialog

    return make


def _incident() -> QWidget:
    from kzcase.ui.inspection.incident_dialog import IncidentDialog

    work, incident = _work()
    return IncidentDialog(work, office_at(work), incident, _window())


def inspection_screens() -> Mapping[str, Callable[[], QWidget]]:
    """Every screen by name."""
    registers = ("purposes", "retention", "access", "consents", "disclosures", "requests", "incidents", "destructions")
    return {
        **{f"register-{name}": _page(name) for name in registers},
        "incident-what": _report(0),
        "incident-whom": _report(1),
        "incident": _incident,
    }
