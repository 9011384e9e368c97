"""Sheets of a case for its own worker: the case at a glance, its call, and a form as it was answered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.cases import AnswerSheet, Case
from kzcase.db.tables.office import Call, FormVersion
from kzcase.domain.blanks import choices_of, languages_of
from kzcase.domain.classes import FieldClass
from kzcase.domain.dates import parse_edtf
from kzcase.domain.errors import BadInput, NotFound, NothingToPrint
from kzcase.domain.ids import Id
from kzcase.domain.papers import CallSheet, CaseSheet, PrintedField, PrintedTable, Section, SheetHeader, Text
from kzcase.domain.permissions import Permission, Sight, sight
from kzcase.domain.rows import CasePage, PersonRow, PhoneRow
from kzcase.i18n import KAZAKHSTAN, Language, Words, _
from kzcase.queries.answers import answers_of
from kzcase.queries.call_reach import call_must_be_open, calls_kept_away
from kzcase.queries.case_page import case_page
from kzcase.queries.cases import case_id
from kzcase.queries.letters import calling_rules, header
from kzcase.queries.office import call as call_of
from kzcase.queries.phone_hands import in_other_hands
from kzcase.queries.safe_phones import NEVER_CALL
from kzcase.queries.spellings import on_paper

_IDENTIFYING, _CONTACT = FieldClass.IDENTIFYING, FieldClass.CONTACT
_OPERATIONAL, _STATISTICAL = FieldClass.OPERATIONAL, FieldClass.STATISTICAL
_NOTES_ON_PAPER: Final = 40


def printable_classes(reader: Reader) -> frozenset[FieldClass]:
    """What the acting person may have on paper: everything their roles see once names are shown."""
    roles = reader.acting.roles
    return frozenset(each for each in FieldClass if sight(roles, each, names_shown=True) is Sight.SHOW)


def with_names(reader: Reader) -> Reader:
    """The same view with names shown: printing is a reveal of its own, and recorded as such."""
    return replace(reader, acting=reader.acting.showing_names())


# The case at a glance


def case_sheet_row(reader: Reader, reference: str, language: Language) -> CaseSheet:
    """One case as its worker carries it along."""
    page = case_page(with_names(reader), reference)
    person = tuple(_person_fields(reader, page.person, language))
    case = tuple(_case_fields(reader, page, language))
    return CaseSheet(
        header=header(reader, "P40", page.number),
        sections=(Section(_("Person"), person), Section(_("Case"), case)),
        tables=tuple(_tables(reader, page, language)),
        allowed=printable_classes(reader),
        worker=page.worker or "",
    )


def _person_fields(reader: Reader, person: PersonRow, language: Language) -> Iterator[PrintedField]:
    written = [" ".join(part for part in (n.family, n.given, n.patronymic) if part) for n in person.names]
    name, *others = on_paper(person.name or "", written) or ("",)
    if name:
        yield PrintedField(_("Name"), name, _IDENTIFYING)
    if others:
        yield PrintedField(_("Also written"), "; ".join(others), _IDENTIFYING)
    if person.birth:
        yield PrintedField(_("Date of birth"), _born(person.birth), _IDENTIFYING)
    lists = reader.rulebook.codes
    if person.sex:
        yield PrintedField(_("Sex"), lists["sex"].name(person.sex, language), _STATISTICAL)
    if person.citizenships:
        names = ", ".join(lists["country"].name(code, language) for code in person.citizenships)
        yield PrintedField(_("Citizenship"), names, _STATISTICAL)
    if person.language:
        yield PrintedField(_("Language"), lists["language"].name(person.language, language), _STATISTICAL)
    for phone in person.phones:
        rules = [lists["safe_contact"].name(phone.safe, language)] if phone.safe else []
        rules += calling_rules(phone.hours, phone.who_may_answer, phone.say_we_are, language)
        yield PrintedField(_("Phone"), "\n".join(_phone_lines(reader, phone, rules, language)), _CONTACT)


def _phone_lines(reader: Reader, phone: PhoneRow, rules: list[str], language: Language) -> list[str]:
    """The rules first, the number last; one in other hands, or that nobody may ring, is not on paper at all."""
    if phone.controlled:
        return [reader.rulebook.name("phone_control", "controlled", language)]
    said = [*rules, phone.number or ""]
    return [line for line in said[: -1 if phone.safe == NEVER_CALL else None] if line]


def _born(birth: str) -> Text:
    try:
        return parse_edtf(birth).words()
    except BadInput:
        return birth


def _case_fields(reader: Reader, page: CasePage, language: Language) -> Iterator[PrintedField]:
    coded: tuple[tuple[Words, str, str | None, FieldClass], ...] = (
        (_("Kind"), "case_kind", page.kind, _STATISTICAL),
        (_("Region"), "region", page.region, _STATISTICAL),
        (_("Border point"), "border_point", page.border_point, _STATISTICAL),
        (_("Source"), "case_source", page.source, _STATISTICAL),
        (_("Urgency"), "urgency", page.urgency, _OPERATIONAL),
        (_("Closing reason"), "closure_reason", page.closure_reason, _STATISTICAL),
    )
    for label, code_list, code, field_class in coded:
        if code:
            yield PrintedField(label, reader.rulebook.name(code_list, code, language), field_class)
    for label, day in ((_("Opened on"), page.opened_on), (_("Closed on"), page.closed_on)):
        if day:
            yield PrintedField(label, _day(day), _OPERATIONAL)


def _tables(reader: Reader, page: CasePage, language: Language) -> Iterator[PrintedTable]:
    tasks = tuple((_day(task.due), task.said, _day(task.done_on)) for task in page.tasks)
    yield PrintedTable(_("Tasks"), (_("Due"), _("Task"), _("Done on")), tasks, FieldClass.SENSITIVE, widths=(1, 4, 1))
    lists = reader.rulebook.codes
    referrals = tuple(
        (
            referral.number,
            referral.partner,
            lists["need"].name(referral.need, language) if referral.need else "",
            _day(referral.sent_on),
            lists["referral_outcome"].name(referral.outcome, language) if referral.outcome else "",
        )
        for referral in page.referrals
    )
    heads = (_("Number"), _("Partner"), _("Need"), _("Sent on"), _("Reply"))
    yield PrintedTable(_("Referrals"), heads, referrals, _STATISTICAL, widths=(1.4, 2, 1.4, 0.9, 1))
    notes = tuple((_moment(note.written_at), note.text or "") for note in page.notes[-_NOTES_ON_PAPER:])
    yield PrintedTable(_("Notes"), (_("Date"), _("Text")), notes, FieldClass.SENSITIVE, widths=(1, 5))


def _day(day: date | None) -> str:
    return day.strftime("%d.%m.%Y") if day else ""


def _moment(moment: datetime | None) -> str:
    return moment.astimezone(KAZAKHSTAN).strftime("%d.%m.%Y %H:%M") if moment else ""


# The call it began with


def call_sheet_row(reader: Reader, call_id: str, language: Language) -> CallSheet:
    """One call, by its id."""
    found = reader.session.get(Call, bytes.fromhex(call_id))
    if found is None or found.struck:
        raise NotFound(place="call", what=call_id)
    call_must_be_open(reader, found.id, call_id)
    row, lists = call_of(with_names(reader), found.id), reader.rulebook.codes
    region = lists["region"].name(row.region, language) if row.region else ""
    phone = "" if in_other_hands(reader, row.phone) else row.phone or ""
    return CallSheet(
        header=header(reader, "P05", row.number),
        started_at=_moment(row.started_at),
        channels=choices_of(lists["channel"], language, (row.channel or "",)),
        languages=languages_of(lists["language"], language, row.language),
        callers=choices_of(lists["caller"], language, (row.caller or "",)),
        topics=choices_of(lists["call_topic"], language, row.topics),
        outcomes=choices_of(lists["call_outcome"], language, (row.outcome or "",)),
        fields=(
            PrintedField(_("Phone"), phone, _CONTACT),
            PrintedField(_("Region"), region, _STATISTICAL),
        ),
        allowed=printable_classes(reader),
        danger={"yes": True, "no": False}.get(row.danger or ""),
        note=row.note or "",
        operator=row.operator or "",
    )


def call_of_case(reader: Reader, reference: str) -> str:
    """The id of the call a case began with."""
    case = reader.session.get_one(Case, case_id(reader, reference))
    if case.call_id is None or case.call_id in calls_kept_away(reader):
        raise NothingToPrint("call", why=_("This case did not begin with a call."))
    return case.call_id.hex()


# A form as it was answered


@dataclass(frozen=True, slots=True)
class FilledForm:
    """Answers by path, why some are missing, the head of the paper, and the XForm of the version they answer."""

    header: SheetHeader
    source: str
    answers: dict[str, str]
    missing: dict[str, str]
    allowed: frozenset[FieldClass]
    id: Id
    relevant: Mapping[str, bool] | None = None
    """What is on the paper at all, where that was decided already; otherwise the form's own rules say."""


def filled_form_row(reader: Reader, reference: str, form_id: str) -> FilledForm:
    """The latest answers of one form on a case; `NothingToPrint` when it was never filled in there."""
    reader.must_be_allowed(Permission.READ_CASES)
    case = reader.session.get_one(Case, case_id(reader, reference))
    query = select(AnswerSheet).where(AnswerSheet.case_id == case.id, AnswerSheet.form_id == form_id)
    latest = query.where(AnswerSheet.struck.is_not(True)).order_by(AnswerSheet.answered_at.desc(), AnswerSheet.id)
    sheet = reader.session.scalars(latest.limit(1)).first()
    if sheet is None:
        raise NothingToPrint("form", why=_("This form has not been filled in for this case yet."))
    found = answers_of(reader, sheet.id)
    return FilledForm(
        header=header(reader, "", case.number or ""),
        source=_source(reader, sheet),
        answers=found.answers,
        missing=found.missing,
        allowed=printable_classes(reader),
        id=sheet.id,
    )


def _source(reader: Reader, sheet: AnswerSheet) -> str:
    version = reader.session.get(FormVersion, bytes.fromhex(sheet.form_version or "")[:16])
    if version is None or not version.source:
        raise NotFound(place="form", what=sheet.form_version or "")
    return version.source
