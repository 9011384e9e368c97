"""Corrections of a filled form: what was said before stays, and what holds from now on stands beside it."""

import re
from collections.abc import Mapping
from typing import Any, Final

import msgspec
from sqlalchemy.orm import Session

from kzcase.actions.finding import find_open_case, must_find
from kzcase.actions.forms import answered, blank_sheet, must_fit, repeat_ids, save_to
from kzcase.actions.guards import must_be_free_to_hand_over
from kzcase.actions.wishes import Code, Done, LookReason, Ref, Text, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.cases import Answer, AnswerSheet
from kzcase.domain.errors import NoSuchQuestion, NotFound
from kzcase.domain.ids import from_hex
from kzcase.forms import answers as filling
from kzcase.forms.given_paths import check_paths
from kzcase.queries.answers import StoredAnswers, answers_of
from kzcase.queries.forms import form_of

_REPEAT: Final = re.compile(r"\{([^{}]+)\}")


class CorrectForm(Wish, frozen=True, kw_only=True):
    """Correct a filled form: only what changes, by journal or display path. An empty answer takes the old one away."""

    sheet: Ref
    answers: dict[str, Text] = msgspec.field(default_factory=dict)
    missing: dict[str, Code] = msgspec.field(default_factory=dict)
    removed: list[Text] = msgspec.field(default_factory=list)
    confirmed: list[Text] = msgspec.field(default_factory=list)
    look_reason: LookReason | None = None


@action("form.corrected", CorrectForm)
def correct_form(book: Casebook, wish: CorrectForm) -> Done:
    """Store what differs. The form's rules hold for the whole sheet, in the version it was filled in."""
    with book.write("form.corrected") as act:
        row = _sheet(act, wish.sheet)
        case = find_open_case(act, (row.case_id or b"").hex())
        form = form_of(act, row.form_id or "", row.form_version or "")
        check_paths(form, wish.answers, wish.missing, whole=False)
        stored = answers_of(act, row.id)
        before, after = (
            blank_sheet(form, row.answered_at or act.now, row.language or "kk", empty=True) for _both in range(2)
        )
        before.restore(stored.answers, stored.missing, stored.confirmed)
        _correct(before, after, stored, wish)
        must_fit(after)
        must_be_free_to_hand_over(act, case, form.id, after.values(), "sheet")
        changed = _add_differences(act, row, stored, answered(after))
        save_to(act, case, after, {_plain(path) for path in changed})
    return Done(act.id, act.changed, {"sheet": row.id, "case": case.id})


def _sheet(act: Act, reference: str) -> AnswerSheet:
    session: Session = act.session
    row = session.get(AnswerSheet, from_hex(reference) or b"")
    if row is None or row.struck:
        raise NotFound(place="sheet", what=reference[:64])
    must_find(act, row, reference, "sheet")
    return row


def _plain(path: str) -> str:
    return _REPEAT.sub("", path)


def _correct(before: filling.AnswerSheet, after: filling.AnswerSheet, stored: StoredAnswers, wish: CorrectForm) -> None:
    """Take the stored answers into the second sheet, and the wished ones over them."""
    ids = _Ids(before)
    gone = tuple(f"{ids.path(path)}/" for path in wish.removed)
    answers, missing = _but(stored.answers, gone), _but(stored.missing, gone)
    confirmed = {path: None for path in stored.confirmed if not path.startswith(gone)}
    for path, value in {ids.path(path): value for path, value in wish.answers.items()}.items():
        missing.pop(path, None)
        confirmed.pop(path, None)
        answers[path] = value
    for path, reason in {ids.path(path): reason for path, reason in wish.missing.items()}.items():
        answers.pop(path, None)
        missing[path] = reason
    after.restore(answers, missing, [*confirmed, *map(ids.path, wish.confirmed)])


def _but(said: Mapping[str, str], gone: tuple[str, ...]) -> dict[str, str]:
    return {path: text for path, text in said.items() if not path.startswith(gone)}


class _Ids:
    """Journal paths of a correction. A repeat nobody knows yet gets an id of its own: another laptop may have used
    the same one for another repeat."""

    def __init__(self, before: filling.AnswerSheet) -> None:
        self._before = before
        self._known = {key for path in before.repeat_ids() for key in _REPEAT.findall(path)}
        self._next = repeat_ids(self._known)
        self._fresh: dict[str, str] = {}

    def path(self, path: str) -> str:
        """The journal path meant by a path of either kind."""
        try:
            return self._before.journal_path(path)
        except NoSuchQuestion:
            return _REPEAT.sub(lambda found: f"{{{self._id(found[1])}}}", path)

    def _id(self, key: str) -> str:
        if key not in self._known and key not in self._fresh:
            self._fresh[key] = self._next()
        return self._fresh.get(key, key)


def _add_differences(
    act: Act, sheet: AnswerSheet, stored: StoredAnswers, now: Mapping[str, Mapping[str, Any]]
) -> list[str]:
    """A row for each path at which something else holds from now on; the paths."""
    nothing: Mapping[str, Any] = {"value": None, "missing": None, "confirmed": None}
    before = {
        path: {
            "value": stored.answers.get(path),
            "missing": stored.missing.get(path),
            "confirmed": True if path in stored.confirmed else None,
        }
        for path in stored.rows
    }
    changed = [
        path
        for path in dict.fromkeys((*before, *now))
        if now.get(path, nothing) != before.get(path, nothing) or path in stored.disputed
    ]
    for path in changed:
        act.add(
            Answer(
                sheet_id=sheet.id,
                case_id=sheet.case_id,
                path=path,
                **now.get(path, nothing),
                replaces=" ".join(row.hex() for row in stored.rows.get(path, ())) or None,
                answered_at=act.now,
                author_id=act.acting.staff_id,
            )
        )
    return changed
