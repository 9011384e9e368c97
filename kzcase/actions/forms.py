"""Forms filled in: the answers are checked by the form's own rules and stored with the version they answer."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec
from sqlalchemy.orm import Session

from kzcase.actions.finding import find_open_case
from kzcase.actions.wishes import Code, Done, LookReason, Ref, Text, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.cases import Answer, AnswerSheet, Case
from kzcase.db.tables.office import FormVersion
from kzcase.db.tables.people import Person
from kzcase.domain.errors import AnswersWrong, NotFound, WrongAnswer
from kzcase.domain.ids import Id, new_id
from kzcase.forms import answers as filling
from kzcase.forms.definition import Form
from kzcase.forms.library import shipped_form
from kzcase.i18n import KAZAKHSTAN


class AnswerForm(Wish, frozen=True, kw_only=True):
    """Fill in a form: answers by display path, and why some are missing."""

    case: Ref
    form: Code
    answers: dict[str, Text]
    missing: dict[str, Code] = msgspec.field(default_factory=dict)
    language: Code = "kk"
    look_reason: LookReason | None = None


@action("form.answered", AnswerForm)
def answer_form(book: Casebook, wish: AnswerForm) -> Done:
    """Store the answers of one interview. A sheet with wrong answers is not stored; every wrong one is named."""
    form = _form(wish.form)
    with book.write("form.answered") as act:
        case = find_open_case(act, wish.case)
        sheet = filled(form, wish.answers, wish.missing, act, wish.language)
        keep_version(act, form)
        row = act.add(
            AnswerSheet(
                case_id=case.id,
                form_id=form.id,
                form_version=form.version,
                language=wish.language,
                author_id=act.acting.staff_id,
                answered_at=act.now,
            )
        )
        _add_answers(act, row, case, sheet)
        _save_to(act, case, form, sheet)
    return Done(act.id, act.changed, {"sheet": row.id, "case": case.id})


def _form(form_id: str) -> Form:
    try:
        return shipped_form(form_id)
    except NotFound as error:
        error.place = "form"
        raise


def filled(
    form: Form, answers: Mapping[str, str], missing: Mapping[str, str], act: Act, language: str
) -> filling.AnswerSheet:
    """The sheet with these answers; refused with every wrong answer and its path."""
    now = act.now.astimezone(KAZAKHSTAN)
    sheet = filling.AnswerSheet(form, now=now, new_key=lambda: new_id().hex()[:8], language=language)
    sheet.load(answers, missing)
    wrong = [WrongAnswer(place=path, sentence=words) for path, words in sheet.errors().items()]
    if wrong:
        raise AnswersWrong(wrong)
    return sheet


def version_id(form: Form) -> Id:
    """The id of a form version: its content hash, so that every laptop calls it the same."""
    return bytes.fromhex(form.version)[:16]


def keep_version(act: Act, form: Form) -> None:
    """Keep the form's own text the first time this version is used."""
    session: Session = act.session
    if session.get(FormVersion, version_id(form)) is None:
        act.add(FormVersion(id=version_id(form), form_id=form.id, version=form.version, source=form.xml))


def _add_answers(act: Act, row: AnswerSheet, case: Case, sheet: filling.AnswerSheet) -> None:
    values, reasons = sheet.values(), sheet.reasons()
    for path in dict.fromkeys((*values, *reasons)):
        act.add(
            Answer(
                sheet_id=row.id,
                case_id=case.id,
                path=sheet.journal_path(path),
                value=values.get(path),
                missing=reasons.get(path),
            )
        )


_SAVES: Final[Mapping[str, type]] = {"case": Case, "person": Person}


def _save_to(act: Act, case: Case, form: Form, sheet: filling.AnswerSheet) -> None:
    """Questions with `save_to` set the case's or person's own field in the same act; the answer stays what was said."""
    rows: dict[str, Any] = {"case": case, "person": act.session.get(Person, case.client_id)}
    for question in form.walk():
        entity, _, column = question.save_to.partition(".")
        if entity in _SAVES and sheet.relevant(question.path) and (value := sheet.get(question.path)):
            setattr(rows[entity], column, value)
