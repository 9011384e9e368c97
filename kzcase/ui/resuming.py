"""Going on with what was typed before the casebook was locked: its page or dialog is opened, and gets it back."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from kzcase.actions.drafts import KeptDraft
from kzcase.actions.persons import open_person
from kzcase.domain.errors import KzcaseError
from kzcase.domain.papers import Organisation
from kzcase.domain.person_rows import PersonPage
from kzcase.domain.records import RECORDS
from kzcase.domain.rows import CasePage, PartnerRow
from kzcase.queries.case_page import case_page
from kzcase.ui.drafts import put_back
from kzcase.ui.office import Office
from kzcase.ui.page_stack import PageStack
from kzcase.ui.pages import BuiltDialog, Page
from kzcase.ui.resuming_calls import OF_THE_OFFICE as _CALLS
from kzcase.ui.resuming_roads import OF_A_CASE as _ON_THE_ROAD
from kzcase.ui.resuming_roads import OF_THE_OFFICE as _ROADS
from kzcase.ui.resuming_teamwork import OF_A_CASE as _TOGETHER
from kzcase.ui.resuming_teamwork import OF_THE_OFFICE as _COLLEAGUES
from kzcase.ui.still_open import when_still_open
from kzcase.ui.work import Work


class Opens(Protocol):
    """The workplace, as far as typing comes back to it."""

    stack: PageStack
    work: Work
    office: Office

    def window(self) -> QWidget:
        """What dialogs stand over."""

    def go(self, key: str, *, keyboard: bool = False) -> QWidget:
        """Show a place of the rail."""

    def open_case(self, case_id: str) -> None:
        """Show one case."""

    def open_form(self, case_id: str, form_id: str, sheet_id: str = "") -> None:
        """Fill in a form for a case, or correct a stored one."""

    def log_call(self) -> None:
        """Write down a call."""

    def new_case(self, origin: str = "") -> QWidget:
        """The dialog for a new case."""

    def seal(self, case_id: str) -> QWidget:
        """The dialog for a sealed note."""

    def refer(self, case_id: str) -> QWidget:
        """The dialog for a referral."""


Then = Callable[[QWidget | None], object]
"""Takes the page or dialog when it was asked for."""


def resume(place: Opens, draft: KeptDraft) -> None:
    """Open where the typing belongs, and put it back as soon as that stands; whoever is kept away since is told."""
    kind, case, *_further = (*draft.place.split("/"), "")
    if case and (kind in OF_A_CASE or kind in _ON_ITS_PAGE):
        when_still_open(place.work, case, partial(_go_on, place, draft), place.stack)
    else:
        _go_on(place, draft)


def _go_on(place: Opens, draft: KeptDraft) -> None:
    kind, _slash, ids = draft.place.partition("/")
    then = partial(_give_back, draft)
    if kind in OF_A_CASE:
        case, *further = ids.split("/")
        place.open_case(case)
        _with_page(place, case, lambda page: then(_opened(OF_A_CASE[kind](place, page, *further))))
    elif kind in OF_A_PERSON:
        _with_person(place, *ids.split("/"), then=lambda *known: then(_opened(OF_A_PERSON[kind](place, *known))))
    elif kind in OF_THE_OFFICE:
        OF_THE_OFFICE[kind](place, then, *filter(None, ids.split("/")))
    else:
        then(_own_place(place, draft))


def _give_back(draft: KeptDraft, holder: QWidget | None) -> None:
    if isinstance(holder, Page | BuiltDialog) and not holder.ready:
        typed = partial(put_back, holder, draft.place, draft.content)
        holder.built.connect(lambda: typed(), Qt.ConnectionType.SingleShotConnection)
    elif holder is not None:
        put_back(holder, draft.place, draft.content)


def _with_page(place: Opens, case: str, then: Callable[[CasePage], object]) -> None:
    """What the dialog stands on. Where the case asks for a reason first, the draft is offered again another time."""

    def refused(_error: KzcaseError) -> None:
        """The page of the case says why."""

    place.work.ask(lambda reader: case_page(reader, case), then, refused, owner=place.stack)


def _opened(dialog: QDialog | None) -> QDialog | None:
    if dialog is not None:
        dialog.open()
    return dialog


# The pages and dialogs the workplace itself opens


_ON_ITS_PAGE: Final = ("note", "task", "sealed", "referral", "form")


def _own_place(place: Opens, draft: KeptDraft) -> QWidget | None:
    match draft.place.split("/"):
        case ["case", *origin]:
            return place.new_case("/".join(origin) or draft.content.get("call", ""))
        case ["sealed", case]:
            place.open_case(case)
            return place.seal(case)
        case ["referral", case]:
            place.open_case(case)
            return place.refer(case)
        case ["note" | "task", case]:
            place.open_case(case)
            return place.stack.made("case")
        case ["form", case, form, *sheet]:
            place.open_form(case, form, *sheet)
            return place.stack.made(draft.place)
        case _:
            place.log_call()
            return place.stack.made("call entry")


# The dialogs of a case


def _name(place: Opens, page: CasePage, person: str) -> QDialog:
    from kzcase.ui.people.dialogs import add_name_dialog

    return add_name_dialog(place.work, place.office, page.id, person, place.window())


def _phone(place: Opens, page: CasePage, person: str) -> QDialog:
    from kzcase.ui.people.dialogs import add_phone_dialog

    return add_phone_dialog(place.work, place.office, page.id, person, place.window())


def _person(place: Opens, page: CasePage, _person: str) -> QDialog:
    from kzcase.ui.people.dialogs import correct_person_dialog

    return correct_person_dialog(place.work, place.office, page.id, page.person, place.window())


def _consent(place: Opens, page: CasePage) -> QDialog:
    from kzcase.ui.consents.dialog import ConsentDialog

    return ConsentDialog(place.work, page.id, place.window())


def _emergency(place: Opens, page: CasePage) -> QDialog:
    from kzcase.ui.consents.step_dialogs import emergency_dialog

    return emergency_dialog(place.work, place.office, page.id, place.window())


def _reply(place: Opens, page: CasePage, referral: str) -> QDialog | None:
    from kzcase.ui.referrals.answer_dialog import AnswerDialog

    row = next((row for row in page.referrals if row.id == referral), None)
    return None if row is None else AnswerDialog(place.work, page.id, row, place.window())


def _closing(place: Opens, page: CasePage) -> QDialog:
    from kzcase.ui.cases.dialogs import close_dialog

    return close_dialog(place.work, place.office, page.id, place.window())


def _reopening(place: Opens, page: CasePage) -> QDialog:
    from kzcase.ui.cases.dialogs import reopen_dialog

    return reopen_dialog(place.work, page.id, place.window())


def _hold(place: Opens, page: CasePage) -> QDialog:
    from kzcase.ui.erasures.retention_card import hold_dialog

    return hold_dialog(place.work, page.id, place.window())


def _before_filing(place: Opens, page: CasePage) -> QDialog:
    from kzcase.ui.cases.visibility import visibility_dialog

    return visibility_dialog(place.work, place.office, page.id, place.window())


def _tracing(place: Opens, page: CasePage) -> QDialog:
    from kzcase.ui.cases.tracing_dialogs import ask_dialog

    return ask_dialog(place.work, place.office, page.id, place.window())


OF_A_CASE: Final[Mapping[str, Callable[..., QDialog | None]]] = {
    "name": _name, "phone": _phone, "person": _person, "consent": _consent, "reply": _reply, "closing": _closing,
    "reopening": _reopening, "hold": _hold, "before_filing": _before_filing, "tracing": _tracing,
    "emergency": _emergency,
    **_TOGETHER, **_ON_THE_ROAD,
}  # fmt: skip
"""By kind: the dialog, from the page of the case and the further ids of the place."""


# The dialogs of a person


def _with_person(place: Opens, person: str, *further: str, then: Callable[..., object]) -> None:
    """Everything about the person, with a case of theirs behind it, so that one sees whom it is about."""

    def take(page: PersonPage) -> None:
        for case in page.cases[:1]:
            place.open_case(case.id)
        then(page, *further)

    def refused(_error: KzcaseError) -> None:
        """Whoever may not look there any more, or must say why first, is offered it again another time."""

    place.work.look(lambda book: open_person(book, person, ""), take, refused, owner=place.stack)


def _record(place: Opens, page: PersonPage, kind: str, record: str = "") -> QDialog | None:
    from kzcase.ui.people.record_dialogs import record_dialog

    row = next((row for row in page.of(kind) if row.id == record), None)
    if record and row is None:
        return None
    return record_dialog(place.work, place.office, page, RECORDS[kind], place.window(), row)


def _relation(place: Opens, page: PersonPage) -> QDialog:
    from kzcase.ui.people.record_dialogs import relation_dialog

    return relation_dialog(place.work, place.office, page, place.window())


OF_A_PERSON: Final[Mapping[str, Callable[..., QDialog | None]]] = {"record": _record, "relation": _relation}
"""By kind: the dialog, from everything about the person and the further ids of the place."""


# The dialogs of the office


def _partner(place: Opens, then: Then) -> None:
    from kzcase.ui.partners.dialogs import PartnerDialog

    then(_opened(PartnerDialog(place.work, place.window())))


def _partner_change(place: Opens, then: Then, partner: str) -> None:
    from kzcase.queries.partners import partner_list
    from kzcase.ui.partners.dialogs import PartnerDialog

    def known(rows: Sequence[PartnerRow]) -> None:
        row = next((row for row in rows if row.id == partner), None)
        if row is not None:
            then(_opened(PartnerDialog(place.work, place.window(), row)))

    place.work.ask(partner_list, known, owner=place.stack)


def _organisation(place: Opens, then: Then) -> None:
    from kzcase.queries.letters import organisation
    from kzcase.ui.settings.organisation_card import organisation_dialog

    def known(found: Organisation) -> None:
        then(_opened(organisation_dialog(place.work, found, place.window())))

    place.work.ask(organisation, known, owner=place.stack)


def _rule(place: Opens, then: Then, what: str) -> None:
    from kzcase.domain.rule_changes import What
    from kzcase.ui.rules.dialogs import rule_dialog

    then(_opened(rule_dialog(place.work, place.office, What(what), place.window())))


def _undertaking(place: Opens, then: Then) -> None:
    from kzcase.ui.inspection.entries import sign_undertaking

    then(sign_undertaking(place.work, "", place.window()))


def _request(place: Opens, then: Then) -> None:
    from kzcase.ui.inspection.entries import receive_request

    then(receive_request(place.work, place.office, place.window()))


def _answer(place: Opens, then: Then, request: str) -> None:
    from kzcase.ui.inspection.entries import answer_request

    then(answer_request(place.work, place.office, request, place.window()))


def _incident(place: Opens, then: Then) -> None:
    then(_inspection(place).report_incident())


def _incident_end(place: Opens, then: Then, incident: str) -> None:
    whole = _inspection(place).show_incident(incident)

    def close() -> None:
        then(whole.close_dialog())

    if whole.ready:
        close()
    else:
        whole.built.connect(close, Qt.ConnectionType.SingleShotConnection)


def _inspection(place: Opens) -> Any:
    return place.go("inspection", keyboard=True)


OF_THE_OFFICE: Final[Mapping[str, Callable[..., None]]] = {
    "partner": _partner, "partner_change": _partner_change, "organisation": _organisation, "rule": _rule,
    "undertaking": _undertaking, "request": _request, "answer": _answer, "incident": _incident,
    "incident end": _incident_end, **_CALLS, **_COLLEAGUES, **_ROADS,
}  # fmt: skip
"""By kind: hands over the dialog, from the further ids of the place."""
