"""What a filled-in form of consent or withdrawal says, as the record it would become: never made silently."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.cases import AnswerSheet, Consent
from kzcase.db.tables.consents import Withdrawal
from kzcase.db.tables.office import Partner
from kzcase.domain.consents import IN_FORCE
from kzcase.domain.errors import SheetNotConsent, SheetSaysNothing
from kzcase.domain.ids import Id
from kzcase.domain.spelling import fold
from kzcase.i18n import KAZAKHSTAN
from kzcase.queries.answers import StoredSheet, answers_of, stored_sheet

KEEPING: Final = "consent_data"
SHARING: Final = "consent_sharing"
TAKING_BACK: Final = "consent_withdrawal"
CONSENT_FORMS: Final = frozenset({KEEPING, SHARING, TAKING_BACK})
"""The forms that become records."""
_ASSENT: Final = "assent_child"
_BEST_INTERESTS: Final = ("best_interests_assessment", "best_interests_determination")
_SHARED: Final = ("identifying", "contact", "sensitive", "health", "operational")
_KEPT: Final = {"agree_record": "record_keeping", "agree_statistics": "statistics", "agree_photo": "photo"}
_WRITTEN: Final = frozenset({"written", "thumb"})
_GUARDIANS: Final = {"away": "away", "none": "absent", "unsafe": "unsafe", "not_allowed": "not_allowed"}
_YES: Final = frozenset({"yes", "part"})


@dataclass(frozen=True, slots=True)
class Part:
    """One record a form becomes: a consent for a purpose, given or refused."""

    purpose: str
    state: str
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a form says: consents, or a withdrawal. `done`: it was recorded before.

    `recipient` is the name on the form, `partner` the partner of that name, if there is exactly one. `more` are the
    further fields of the wish, as the form has them.
    """

    sheet: str
    case: str
    form: str
    version: str
    parts: tuple[Part, ...] = ()
    recipient: str = ""
    partner: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)
    done: bool = False

    @property
    def withdraws(self) -> bool:
        """Whether it takes something back."""
        return self.form == TAKING_BACK

    @property
    def needs_partner(self) -> bool:
        """Whether somebody still has to say which partner is meant."""
        return bool(self.recipient) and not self.partner


def consent_proposal(reader: Reader, sheet_id: str) -> Proposal:
    """The record a filled form would become. `SheetNotConsent`, `SheetSaysNothing` where there is none in it."""
    sheet = stored_sheet(reader, sheet_id)
    if sheet.form_id not in CONSENT_FORMS:
        raise SheetNotConsent(place="sheet")
    said = {path.rpartition("/")[2]: value for path, value in sheet.answers.items() if "{" not in path}
    recipient = said.get("recipient", "").strip()
    made = _of_withdrawal if sheet.form_id == TAKING_BACK else _of_consent
    parts, more = made(reader, sheet, said)
    return Proposal(
        sheet=sheet_id,
        case=sheet.case,
        form=sheet.form_id,
        version=sheet.version,
        parts=parts,
        recipient=recipient,
        partner=_partner_named(reader, recipient),
        more=more,
        done=_recorded(reader, bytes.fromhex(sheet_id)),
    )


def proposals_of(reader: Reader, case: Id) -> tuple[Proposal, ...]:
    """What filled forms of a case say and nobody has recorded yet, the latest first."""
    forms = (AnswerSheet.case_id == case, AnswerSheet.form_id.in_(CONSENT_FORMS), AnswerSheet.struck.is_not(True))
    rows = reader.session.scalars(select(AnswerSheet.id).where(*forms).order_by(AnswerSheet.answered_at.desc()))
    return tuple(_open_proposals(reader, [row for row in rows if not _recorded(reader, row)]))


def _open_proposals(reader: Reader, sheets: list[Id]) -> Iterator[Proposal]:
    for sheet in sheets:
        try:
            yield consent_proposal(reader, sheet.hex())
        except SheetSaysNothing:
            continue


def _recorded(reader: Reader, sheet: Id) -> bool:
    return any(
        reader.session.scalars(
            select(table.id).where(table.sheet_id == sheet, table.struck.is_not(True)).limit(1)
        ).all()
        for table in (Consent, Withdrawal)
    )


def _of_consent(reader: Reader, sheet: StoredSheet, said: Mapping[str, str]) -> tuple[tuple[Part, ...], dict[str, Any]]:
    decision = said.get("decision", "")
    parts = tuple(_kept(said, decision) if sheet.form_id == KEEPING else _shared(said, decision))
    if not decision or not parts:
        raise SheetSaysNothing(place="sheet")
    more = {"language": said.get("language") or _spoken(sheet), "on": said.get("given_on") or _day(sheet)}
    for name, answer in _SAME.items():
        if said.get(answer):
            more[name] = said[answer]
    if said.get("abroad") == "yes":
        abroad = said.get("abroad_where", "")
        more["withheld"] = "\n".join(filter(None, (more.get("withheld"), abroad)))
    more |= yeses_from_forms(reader, bytes.fromhex(sheet.case))
    if decision == "by_representative":
        more["given_by"] = more.get("given_by", "representative")
    return parts, more


_SAME: Final = {
    "valid_until": "valid_until",
    "interpreter_name": "interpreter",
    "read_way": "read_way",
    "signed_how": "signed_how",
    "witness": "witness",
    "sheet_copy": "copy",
    "basis": "basis",
    "withheld": "withheld",
}
"""Fields of the record, and what the forms call them."""


def _shared(said: Mapping[str, str], decision: str) -> Iterator[Part]:
    classes = tuple(each for each in _SHARED if said.get(f"share_{each}") == "yes")
    if said.get("purpose"):
        yield Part(said["purpose"], decision, classes if decision in IN_FORCE else ())


def _kept(said: Mapping[str, str], decision: str) -> Iterator[Part]:
    """One record for each purpose that was answered; where all was refused, each of them was."""
    kinds = tuple(said.get("kinds", "").split())
    classes = {"record_keeping": kinds, "statistics": ("statistical",), "photo": ("identifying",)}
    for question, purpose in _KEPT.items():
        if said.get(question):
            agreed = said[question] == "yes" and decision in IN_FORCE
            state = decision if agreed or decision not in IN_FORCE else "refused"
            yield Part(purpose, state, classes[purpose] if agreed else ())
    if not any(said.get(question) for question in _KEPT) and decision not in ("", *IN_FORCE):
        yield Part("record_keeping", decision, ())


def _of_withdrawal(
    _reader: Reader, sheet: StoredSheet, said: Mapping[str, str]
) -> tuple[tuple[Part, ...], dict[str, Any]]:
    if not said.get("scope"):
        raise SheetSaysNothing(place="sheet")
    part = said["scope"] == "part"
    return (), {
        "purposes": said.get("purposes", "").split() if part else [],
        "classes": said.get("kinds", "").split() if part else [],
        "wishes": said.get("wishes", "").split(),
        "said_by": said.get("withdrawn_by") or None,
        "language": said.get("language") or _spoken(sheet),
        "signed_how": said.get("signed_how") or None,
        "on": said.get("withdrawn_on") or _day(sheet),
    }


def _spoken(sheet: StoredSheet) -> str | None:
    """The language of the sheet by its code in our list, which knows one Uzbek."""
    return (sheet.language.partition("-")[0] or None) if sheet.language else None


def _day(sheet: StoredSheet) -> str | None:
    return sheet.answered_at.astimezone(KAZAKHSTAN).date().isoformat() if sheet.answered_at else None


def _partner_named(reader: Reader, name: str) -> str:
    """The one partner of this name, however it is spelt; nothing where there is none or several."""
    if not name:
        return ""
    query = select(Partner.id, Partner.name).where(Partner.struck.is_not(True))
    found = [row for row, known in reader.session.execute(query) if known and fold(known) == fold(name)]
    return found[0].hex() if len(found) == 1 else ""


def yeses_from_forms(reader: Reader, case: Id) -> dict[str, Any]:
    """Who else agreed, as forms of the same case say it: the child's agreement and the best interests of the child."""
    found: dict[str, Any] = {}
    assent = _latest(reader, case, (_ASSENT,))
    if assent is not None:
        answers = answers_of(reader, assent.id).answers
        found |= _of_assent({path.rpartition("/")[2]: value for path, value in answers.items()}, _filled(assent))
    best = _latest(reader, case, _BEST_INTERESTS)
    if best is not None and (on := _filled(best)):
        found["best_interests_on"] = on.isoformat()
    return found


def _of_assent(said: Mapping[str, str], on: date | None) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if said.get("may_write"):
        agreed = said["may_write"] in _YES and said.get("unwilling") != "yes"
        spoken = "written" if said.get("assent_how") in _WRITTEN else "spoken"
        found["assent"] = spoken if agreed else "refused"
    guardian = said.get("guardian", "")
    if guardian == "here" and said.get("guardian_agrees"):
        found["guardian"] = "agrees" if said["guardian_agrees"] in _YES else "refuses"
    elif guardian in _GUARDIANS:
        found["guardian"] = _GUARDIANS[guardian]
    if said.get("may_ask_parent") == "no":
        found["guardian"] = "not_allowed"
    if said.get("decider") == "guardianship" and said.get("decider_agrees") in _YES and on:
        found["guardianship_told_on"] = on.isoformat()
        found["given_by"] = "guardianship"
    return found


def _latest(reader: Reader, case: Id, forms: tuple[str, ...]) -> AnswerSheet | None:
    there = (AnswerSheet.case_id == case, AnswerSheet.form_id.in_(forms), AnswerSheet.struck.is_not(True))
    query = select(AnswerSheet).where(*there).order_by(AnswerSheet.answered_at.desc(), AnswerSheet.id.desc())
    return reader.session.scalars(query.limit(1)).first()


def _filled(row: AnswerSheet) -> date | None:
    return row.answered_at.astimezone(KAZAKHSTAN).date() if row.answered_at else None
