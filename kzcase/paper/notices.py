"""Draft notices of an incident: to the people affected, to the authority, to the donor; each says what it must."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from kzcase.domain.papers import IncidentNotice, Text
from kzcase.i18n import Language, Words, _
from kzcase.paper.dates import long_date
from kzcase.paper.sheet import Sheet

CODES: Final[Mapping[str, str]] = {"people": "P61", "authority": "P62", "donor": "P63"}
VERSION = "1"
_LINES: Final = 4


def incident_notice(row: IncidentNotice, whom: str, language: Language) -> bytes:
    """The notice as PDF, a draft: what the office adds by hand has room."""
    return _PRINTED[whom](row, language)


def _to_people(row: IncidentNotice, language: Language) -> bytes:
    """No name, no number, no organisation: somebody else may find this paper."""
    sheet = Sheet(replace(row.header, discreet=True, number=""), language)
    sheet.title(_("A message about your data"), _("Please read this where you are safe. Nobody else needs to see it."))
    sheet.paragraph(
        _(
            "On {day} we noticed that something we know about you may have come to people who must not know it.",
            day=_day(row.noticed_on),
        )
    )
    sheet.fields([(_("What happened"), row.kind)])
    _classes(sheet, row)
    _done(sheet)
    sheet.heading(_("What you can do"))
    sheet.bullets(
        [
            _("If you feel in danger, call 112 or go to a safe place first."),
            _("Tell us if somebody knows something they should not, and how we may reach you safely from now on."),
            _("You may ask what is kept about you, and ask to have it corrected or erased."),
        ]
    )
    sheet.fields([(_("How to reach us"), ""), (_("Whom to ask for"), "")])
    return sheet.to_bytes()


def _to_authority(row: IncidentNotice, language: Language) -> bytes:
    sheet = Sheet(row.header, language)
    sheet.title(_("Notice of a breach of personal data"), _("People are not named here."))
    affected = str(row.affected) if row.affected is not None else ""
    sheet.fields(
        [
            (_("Addressee"), ""),
            (_("Number"), row.header.number),
            (_("Noticed on"), _day(row.noticed_on)),
            (_("When it happened"), _time(row.happened)),
            (_("What happened"), row.kind),
            (_("People affected"), affected),
            (_("People told on"), _day(row.people_told_on)),
        ]
    )
    _classes(sheet, row)
    _done(sheet)
    sheet.fields([(_("Whom to ask"), ""), (_("Phone"), "")])
    sheet.signatures([(_("Responsible for personal data"), "")])
    return sheet.to_bytes()


def _to_donor(row: IncidentNotice, language: Language) -> bytes:
    """That it happened and was dealt with; neither whom nor how many people it concerns."""
    sheet = Sheet(replace(row.header, number=""), language)
    sheet.title(_("Notice of an incident"), _("Nothing here leads to a person. Please treat it as confidential."))
    sheet.fields(
        [
            (_("Addressee"), ""),
            (_("Noticed on"), _day(row.noticed_on)),
            (_("Authority told on"), _day(row.authority_told_on)),
            (_("People told on"), _day(row.people_told_on)),
        ]
    )
    _done(sheet)
    sheet.signatures([(_("Head of the organisation"), "")])
    return sheet.to_bytes()


def _classes(sheet: Sheet, row: IncidentNotice) -> None:
    if row.classes:
        sheet.heading(_("What kind of information"))
        sheet.bullets(row.classes)


def _done(sheet: Sheet) -> None:
    with sheet.together():
        sheet.heading(_("What we have done"))
        sheet.lines(_LINES)


def _day(day: date | None) -> Text:
    return long_date(day) if day else ""


def _time(happened: tuple[date, date] | None) -> Text:
    if happened is None:
        return ""
    first, last = happened
    return long_date(first) if first == last else _span(first, last)


def _span(first: date, last: date) -> Words:
    return _("{first} to {last}", first=f"{first:%d.%m.%Y}", last=f"{last:%d.%m.%Y}")


_PRINTED: Final[Mapping[str, Callable[[IncidentNotice, Language], bytes]]] = {
    "people": _to_people,
    "authority": _to_authority,
    "donor": _to_donor,
}
