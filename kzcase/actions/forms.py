"""Forms filled in: the answers are checked by the form's own rules and stored with the version they answer."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from itertools import count
from random import SystemRandom
from typing import Any, Final

import msgspec
from sqlalchemy.orm import Session

from kzcase.actions.checks import code
from kzcase.actions.finding import find_open_case
from kzcase.actions.guards import interview_may_be_early, must_be_free_to_hand_over
from kzcase.actions.wishes import Code, Done, Line, LookReason, Ref, Text, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.cases import Answer, AnswerSheet, Case
from kzcase.db.tables.office import FormVersion
from kzcase.db.tables.people import Person
from kzcase.domain.client_papers import NAMELESS
from kzcase.domain.errors import AnswersWrong, WrongAnswer
from kzcase.domain.ids import Id, new_id
from kzcase.forms import answers as filling
from kzcase.forms.definition import Form
from kzcase.forms.given_paths import check_kept, check_paths
from kzcase.i18n import KAZAKHSTAN, LANGUAGES, _, own_text, render
from kzcase.queries.forms import form_of

EMPTY: Final = _("There are no answers here. Please answer a question, or say why an answer is missing.")
NAMELESS_HERE: Final = _(
    "This sheet promises that nobody knows who filled it in, so it is not kept with a case. Please print it blank, and "
    "collect the filled sheets in a closed box. That the person was asked is said when the case is closed."
)
DRAW: Final = SystemRandom().random
"""What rules draw from that ask for chance: it is drawn here, at the edge, and stored with the answers."""
_NUMBERED: Final = re.compile(r"[0-9a-f]{11}")


class AnswerForm(Wish, frozen=True, kw_only=True):
    """Fill in a form: answers by display path, and why some are missing."""

    case: Ref
    form: Code
    answers: dict[str, Text]
    missing: dict[str, Code] = msgspec.field(default_factory=dict)
    language: Code = "kk"
    version: Line = ""
    """The fingerprint of the version that was open; without it the one offered now."""
    confirmed: list[Text] = msgspec.field(default_factory=list)
    """The paths of unusual answers that were asked back and stand."""
    look_reason: LookReason | None = None


@action("form.answered", AnswerForm)
def answer_form(book: Casebook, wish: AnswerForm) -> Done:
    """Store the answers of one interview. A sheet with wrong answers is not stored; every wrong one is named."""
    with book.write("form.answered") as act:
        case = find_open_case(act, wish.case)
        form = form_of(act, wish.form, wish.version or None)
        if wish.language not in form.languages:
            code(act.rulebook, "language", wish.language, "language")
        if not (any(wish.answers.values()) or wish.missing):
            raise WrongAnswer("answers", sentence=EMPTY)
        check_paths(form, wish.answers, wish.missing)
        sheet = filled(form, wish.answers, wish.missing, act, wish.language, wish.confirmed)
        must_be_free_to_hand_over(act, case, form.id, sheet.values(), "form")
        warned = interview_may_be_early(act, case, form.id)
        keep_version(act, form)
        row = add_sheet(act, case, sheet, wish.language)
        save_to(act, case, sheet)
    return Done(act.id, act.changed, {"sheet": row.id, "case": case.id}, warned=warned)


def filled(
    form: Form,
    answers: Mapping[str, str],
    missing: Mapping[str, str],
    act: Act,
    language: str,
    confirmed: Iterable[str] = (),
) -> filling.AnswerSheet:
    """The sheet with these answers; refused with every wrong answer and its path."""
    sheet = blank_sheet(form, act.now, language)
    sheet.load(answers, missing, confirmed, said=True)
    sheet.finish(act.now.astimezone(KAZAKHSTAN))
    check_kept(sheet, (*answers, *missing))
    must_fit(sheet)
    return sheet


def blank_sheet(form: Form, at: datetime, language: str, *, empty: bool = False) -> filling.AnswerSheet:
    """A sheet to fill in, as of a moment, whose repeats get ids of their own. An `empty` one is for stored answers."""
    now = at.astimezone(KAZAKHSTAN)
    return filling.AnswerSheet(form, now=now, draw=DRAW, new_key=repeat_ids(), language=language, empty=empty)


def repeat_ids(known: Iterable[str] = ()) -> Callable[[], str]:
    """Ids for new repeats: by their text they stand behind all known ones, and no other laptop makes the same."""
    numbers = count(1 + max((int(key[:5], 16) for key in known if _NUMBERED.fullmatch(key)), default=0))
    return lambda: f"{next(numbers):05x}{new_id().hex()[:6]}"


def must_fit(sheet: filling.AnswerSheet) -> None:
    """Refuse a sheet with every wrong answer, and every unusual one that nobody has confirmed."""
    if not {**sheet.errors(), **sheet.warnings()}:
        return
    wrong = [WrongAnswer(place=path, sentence=own_text(texts)) for path, texts in _wrong(sheet).items()]
    raise AnswersWrong(wrong)


def _wrong(sheet: filling.AnswerSheet) -> dict[str, dict[str, str]]:
    """What is wrong at each path, in every language of the program: whoever reads a refusal need not speak the
    language in which the form was filled in."""
    asked_in, found = sheet.language, dict[str, dict[str, str]]()
    for language in LANGUAGES:
        sheet.speak(language)
        for path, words in {**sheet.errors(), **sheet.warnings()}.items():
            found.setdefault(path, {})[language] = render(words, language)
    sheet.speak(asked_in)
    return found


def version_id(form: Form) -> Id:
    """The id of a form version: its content hash, so that every laptop calls it the same."""
    return bytes.fromhex(form.version)[:16]


def keep_version(act: Act, form: Form) -> None:
    """Keep the form's own text the first time this version is used."""
    session: Session = act.session
    if session.get(FormVersion, version_id(form)) is None:
        act.add(FormVersion(id=version_id(form), form_id=form.id, version=form.version, source=form.xml))


def add_sheet(
    act: Act,
    case: Case,
    sheet: filling.AnswerSheet,
    language: str,
    answered_at: datetime | None = None,
    instance: str = "",
) -> AnswerSheet:
    """The rows of one filling-in; `instance` is the id a phone gave it. What promises that nobody knows whose it is
    is kept with no case."""
    if sheet.form.id in NAMELESS:
        raise WrongAnswer("form", sentence=NAMELESS_HERE)
    row = act.add(
        AnswerSheet(
            case_id=case.id,
            form_id=sheet.form.id,
            form_version=sheet.form.version,
            language=language or None,
            author_id=act.acting.staff_id,
            answered_at=answered_at or act.now,
            instance_id=instance or None,
        )
    )
    _add_answers(act, row, case, sheet)
    return row


def _add_answers(act: Act, row: AnswerSheet, case: Case, sheet: filling.AnswerSheet) -> None:
    for path, said in answered(sheet).items():
        act.add(Answer(sheet_id=row.id, case_id=case.id, path=path, **said))


def answered(sheet: filling.AnswerSheet) -> dict[str, dict[str, Any]]:
    """What stands at each journal path, as columns of its row."""
    values, reasons, confirmed = sheet.values(True), sheet.reasons(True), set(sheet.confirmed(True))
    return {
        path: {
            "value": values.get(path),
            "missing": reasons.get(path),
            "confirmed": True if path in confirmed else None,
        }
        for path in dict.fromkeys((*values, *reasons))
    }


_SAVES: Final[Mapping[str, type]] = {"case": Case, "person": Person}


def save_to(act: Act, case: Case, sheet: filling.AnswerSheet, paths: Collection[str] | None = None) -> None:
    """Questions with `save_to` set the case's or person's own field in the same act; the answer stays what was said.
    Of a correction only the questions at these paths do."""
    rows: dict[str, Any] = {"case": case, "person": act.session.get(Person, case.client_id)}
    for question in sheet.form.walk():
        entity, _, column = question.save_to.partition(".")
        wanted = entity in _SAVES and (paths is None or question.path in paths)
        if wanted and sheet.relevant(question.path) and (value := sheet.get(question.path)):
            setattr(rows[entity], column, value)
