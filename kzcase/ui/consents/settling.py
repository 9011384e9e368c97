"""Laptops disagree about a consent: every answer, whose and since when; it is settled by asking the person. Or about
a review of an emergency: then by asking those who reviewed it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from kzcase.actions.consent_withdrawals import WithdrawConsent, withdraw_consent
from kzcase.actions.consents import CorrectConsent, correct_consent
from kzcase.actions.emergencies import ReviewEmergency, review_emergency
from kzcase.actions.wishes import Done
from kzcase.domain.consent_rows import ConsentRow, EmergencyRow
from kzcase.domain.rows import PartnerRow
from kzcase.i18n import KAZAKHSTAN, Words, _, verbatim
from kzcase.queries.consent_disputes import Answered, Dispute
from kzcase.ui import language
from kzcase.ui.consents.cards import OUR_OFFICE, classes_said
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.office import Office
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.fields import FieldRow, TextArea
from kzcase.ui.work import Work

STRICTEST: Final = _(
    "Two laptops wrote different answers without knowing of each other. Until it is settled nothing leaves that one of "
    "them forbids. Ask the person, then choose."
)
REVIEWS: Final = _(
    "Two people reviewed this without knowing of each other and found different things. Until it is settled the "
    "stricter review counts. Talk to both, then choose."
)
_LABELS: Final[Mapping[str, Words]] = {
    "state": _("What was decided"),
    "partner_id": _("Recipient"),
    "purpose": _("What for"),
    "classes": _("Which kinds of facts"),
    "valid_until": _("Valid until"),
    "given_by": _("Who decides"),
    "assent": _("The child"),
    "guardian": _("Parent or guardian"),
    "capacity": _("Capacity to decide"),
    "guardianship_told_on": _("Guardianship body told on"),
    "best_interests_on": _("Best interests assessed on"),
}
_LISTS: Final = {
    "state": "consent_state",
    "review": "emergency_review",
    "purpose": "consent_purpose",
    "given_by": "consent_giver",
    "assent": "consent_assent",
    "guardian": "consent_guardian",
    "capacity": "capacity",
}
_WITHDRAWN: Final = "withdrawn"
_NOTHING: Final = "nothing"
"""The code of the answer that no kind of fact was agreed to."""


def settle_dialog(
    work: Work,
    office: Office,
    row: ConsentRow,
    found: Sequence[Dispute],
    partners: Sequence[PartnerRow],
    parent: QWidget,
) -> FormDialog:
    """One field a dispute, its answers side by side; what is not chosen stays disputed."""
    named = {partner.id: partner.name for partner in partners}
    rows = {each.field: _side_by_side(_LABELS[each.field], _offered(office, named, each)) for each in found}
    rows["ground"] = FieldRow(
        _("How it was settled: who was asked, and what they said"), TextArea(lines=2), required=True
    )

    def act(book: Any, values: Mapping[str, str]) -> Done:
        if values.get("state") == _WITHDRAWN:
            return withdraw_consent(book, WithdrawConsent(consent=row.id))
        return correct_consent(book, _wish(row.id, values))

    title = _("Settle the consent for {partner}", partner=row.partner or language.text(OUR_OFFICE))
    return FormDialog(
        work,
        title,
        rows,
        [(name,) for name in rows],
        _("Settle"),
        act,
        needed=("ground",),
        hint=STRICTEST,
        parent=parent,
    )


def settle_review_dialog(
    work: Work, office: Office, row: EmergencyRow, found: Sequence[Dispute], parent: QWidget
) -> FormDialog:
    """Which of the reviews counts; what was written with each stands above."""
    reviews = [choice for each in found if each.field == "review" for choice in _offered(office, {}, each)]
    rows = {
        "outcome": _side_by_side(_("What you found"), reviews, required=True),
        "text": FieldRow(_("How it was settled: who was asked, and what they said"), TextArea(lines=2), required=True),
    }

    def act(book: Any, values: Mapping[str, str]) -> Done:
        return review_emergency(book, ReviewEmergency(release=row.id, **values))

    return FormDialog(
        work,
        _("Settle the reviews of emergency {number}", number=row.number),
        rows,
        [(name,) for name in rows],
        _("Settle"),
        act,
        needed=tuple(rows),
        hint=_with_texts(found),
        parent=parent,
    )


def _side_by_side(label: Words, choices: Sequence[Choice], *, required: bool = False) -> FieldRow:
    """A dispute with all its answers in sight, before anybody opens the choice."""
    told = verbatim("\n".join(language.text(each.words) for each in choices))
    return FieldRow(label, CodeCombo(choices), told, required=required)


def _with_texts(found: Sequence[Dispute]) -> Words:
    """What holds until then, and what each reviewer wrote."""
    said = REVIEWS
    for answer in (one for each in found if each.field == "review_text" for one in each.answers):
        if answer.value:
            text = verbatim(f"{answer.author or '–'}: {answer.value}")
            said = _("{first}\n{second}", first=said, second=text)
    return said


def _wish(consent: str, values: Mapping[str, str]) -> CorrectConsent:
    said: dict[str, Any] = {name: values[name] for name in values if name in _LABELS and values[name]}
    classes = said.pop("classes", None)
    partner = said.pop("partner_id", None)
    wanted = None if classes is None else classes.replace(_NOTHING, "").split()
    return CorrectConsent(consent=consent, ground=values["ground"], partner=partner, classes=wanted, **said)


def _offered(office: Office, partners: Mapping[str, str], dispute: Dispute) -> list[Choice]:
    """Each different answer once, with whoever wrote it."""
    by_value: dict[str, list[Answered]] = {}
    for each in dispute.answers:
        by_value.setdefault(each.value or (_NOTHING if dispute.field == "classes" else ""), []).append(each)
    return [
        Choice(value, verbatim(f"{language.text(_said(office, partners, dispute.field, value))} ({_whose(answers)})"))
        for value, answers in by_value.items()
        if value
    ]


def _whose(answers: Sequence[Answered]) -> str:
    return "; ".join(
        language.text(
            _("{colleague}, {date}", colleague=each.author or "–", date=each.at.astimezone(KAZAKHSTAN).date())
        )
        for each in answers
    )


def _said(office: Office, partners: Mapping[str, str], field: str, value: str) -> Any:
    """An answer in words."""
    if field == "partner_id":
        return verbatim(partners.get(value, value[:8]))
    if field == "classes":
        return classes_said(value.split()) or _("nothing")
    if field in _LISTS:
        return office.said(_LISTS[field], value)
    return verbatim(date.fromisoformat(value).strftime("%d.%m.%Y"))
