"""A stored form as it was answered: read with the version it answers, said in any of its languages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from kzcase.domain.errors import KzcaseError
from kzcase.forms.answers import AnswerSheet
from kzcase.forms.definition import UNASKED, Form, Question, QuestionKind, text_in
from kzcase.forms.written import NUMBERS, written
from kzcase.forms.xml_reading import local, read_xml
from kzcase.i18n import KAZAKHSTAN, Words, _, verbatim
from kzcase.queries.answers import StoredSheet, stored_sheet
from kzcase.queries.case_page import case_page
from kzcase.queries.forms import parsed
from kzcase.ui import language
from kzcase.ui.forms.reasons import REASONS
from kzcase.ui.forms.typing import DONE, OK
from kzcase.ui.language import Label as Said
from kzcase.ui.tables import MASK

_TIME: Final = re.compile(r"[0-2]\d:[0-5]\d")
OTHER: Final = _("Other")
OTHERS: Final = _("Other: came with the answers, and the form has no question for it")
MOST_EARLIER: Final = 3
"""So many earlier fillings-in are shown beside a new one."""


@dataclass(frozen=True, slots=True)
class Told:
    """A stored sheet with its form, read off the window's thread."""

    stored: StoredSheet
    form: Form
    sheet: AnswerSheet

    @property
    def veiled(self) -> bool:
        """Whether anything was answered that the person does not see."""
        given = {*self.sheet.values(), *self.sheet.reasons()}
        return any(self.sheet.question(path).field_class not in self.stored.shown for path in given)


def read_stored(reader: Any, sheet_id: str, at: datetime | None = None) -> Told:
    """The sheet with the form version it answers, as it stood at a moment; repeats come into being as they were."""
    stored = stored_sheet(reader, sheet_id, at)
    form = parsed(stored.source)
    moment = (stored.answered_at or reader.now).astimezone(KAZAKHSTAN)
    sheet = AnswerSheet(form, now=moment, language=stored.language, empty=True)
    sheet.restore(stored.answers, stored.missing, stored.confirmed)
    return Told(stored, form, sheet)


def facts(told: Told, section: tuple[Question, ...], spoken: str) -> Iterator[tuple[Words, Said]]:
    """What was answered in one section, in order; classes the person does not see are veiled, not left out."""
    names = {question.path for question in section}
    for path, relevant in told.sheet.relevance().items():
        question = told.sheet.question(path)
        if path.split("/")[0].split("[")[0] not in names or not relevant:
            continue
        if question.is_container or not _is_shown(question):
            continue
        value, reason = told.sheet.get(path), told.sheet.missing(path)
        if value or reason:
            label = told.sheet.text(path, question.label, spoken) or question.name
            hidden = question.field_class not in told.stored.shown
            yield (
                verbatim(_numbered(path, label)),
                verbatim(MASK) if hidden else answer_words(question, value, reason, spoken),
            )


def others(told: Told) -> Iterator[tuple[Words, Said]]:
    """What came with the sheet and no question of the form explains: where it lay, and what it said."""
    for each in told.stored.others:
        yield verbatim(each.path), verbatim(said_in(each.content))
    for _hidden in range(told.stored.hidden_others):
        yield OTHER, verbatim(MASK)


def said_in(content: str) -> str:
    """The texts of an element, the inner ones by their names; an element that cannot be read stands as it is."""
    try:
        root = read_xml(content.encode())
    except KzcaseError:
        return content
    said = [(local(one.tag), " ".join((one.text or "").split())) for one in root.iter()]
    return "; ".join(text if not at else f"{name}: {text}" for at, (name, text) in enumerate(said) if text)


def _is_shown(question: Question) -> bool:
    """Notes say nothing about anybody; what the form works out is shown where it has a name."""
    named = question.kind is QuestionKind.CALCULATE and bool(question.label)
    return named or question.kind not in UNASKED | {QuestionKind.NOTE}


def _numbered(path: str, label: str) -> str:
    """Questions of the second repeat and later say which one they belong to."""
    numbers = [part.partition("[")[2].rstrip("]") for part in path.split("/") if "[" in part]
    return f"{label} ({'.'.join(numbers)})" if numbers else label


def answer_words(question: Question, value: str, reason: str, spoken: str) -> Said:
    """An answer as people read it: choices by their names, days as they are written here."""
    if reason:
        return REASONS.get(reason, verbatim(reason))
    if question.choices is not None:
        return verbatim(_chosen(question, value, spoken))
    match question.kind:
        case QuestionKind.DATE:
            return verbatim(_day_words(value))
        case QuestionKind.TIME:
            return verbatim(_minutes(value))
        case QuestionKind.DATETIME:
            day, _t, time = value.partition("T")
            return verbatim(f"{_day_words(day)} {_minutes(time)}".strip())
        case QuestionKind.ACKNOWLEDGE if value == OK:
            return DONE
    return verbatim(written(value, spoken) if question.kind in NUMBERS else value)


def _chosen(question: Question, value: str, spoken: str) -> str:
    """The choices by their names; an order is numbered."""
    choices = question.choices.choices if question.choices is not None else ()
    names = {choice.name: text_in(choice.label, spoken) or choice.name for choice in choices}
    said = [names.get(code, code) for code in value.split()]
    if question.kind is QuestionKind.RANK:
        said = [f"{number}. {each}" for number, each in enumerate(said, 1)]
    return ", ".join(said)


def _day_words(value: str) -> str:
    try:
        return language.shown(date.fromisoformat(value))
    except ValueError:
        return value


def _minutes(value: str) -> str:
    """Hours and minutes of a time; phones write parts of seconds and the zone behind them."""
    return value[:5] if _TIME.match(value) else value


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was answered to the same form in the same case before."""

    told: Told

    @property
    def day(self) -> str:
        """When that was."""
        when = self.told.stored.answered_at
        return language.shown(when.astimezone(KAZAKHSTAN).date() if when else None)

    def said(self, path: str, spoken: str) -> str:
        """What was said to the question at a path; "" where it was not asked, or does not exist in that version."""
        try:
            return self._said(path, spoken)
        except KzcaseError:
            return ""

    def _said(self, path: str, spoken: str) -> str:
        sheet, question = self.told.sheet, self.told.sheet.question(path)
        value, reason = sheet.get(path), sheet.missing(path)
        if not sheet.relevant(path) or not (value or reason):
            return ""
        if question.field_class not in self.told.stored.shown:
            return MASK
        return language.text(answer_words(question, value, reason, spoken))

    def instances(self, path: str, spoken: str) -> list[str]:
        """One line for each instance of a repeat: its answers in the order of the form."""
        try:
            found = self.told.sheet.repeats(path)
        except KzcaseError:
            return []
        names = [child.name for child in self.told.form.by_path[path].children]
        lines = [", ".join(filter(None, (self.said(f"{one}/{name}", spoken) for name in names))) for one in found]
        return [line for line in lines if line]


def read_earlier(reader: Any, case: str, form_id: str, but: str = "") -> tuple[Earlier, ...]:
    """The last fillings-in of one form in a case, the newest first; `but` leaves one out."""
    ids = [row.id for row in case_page(reader, case).sheets if row.form_id == form_id and row.id != but]
    return tuple(Earlier(read_stored(reader, sheet)) for sheet in ids[::-1][:MOST_EARLIER])
