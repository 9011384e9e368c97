"""Performs acts written down as JSON: checked whole before anything is done, refused with their place."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, Final

import msgspec

from kzcase.actions import (
    absences,
    approvals,
    call_backs,
    calling_in,
    calls,
    case_facts,
    case_requests,
    caseloads,
    cases,
    conferences,
    consent_forms,
    consent_notices,
    consent_withdrawals,
    consents,
    corrections,
    courses,
    custody,
    emergencies,
    flags,
    form_texts,
    forms,
    freezing,
    history,
    holds,
    households,
    incidents,
    incoming_referrals,
    keeping_away,
    line_keys,
    office_forms,
    organisation,
    package_keys,
    partner_keys,
    partners,
    people,
    phone_switches,
    postponing,
    proceedings,
    records,
    referral_steps,
    referrals,
    relations,
    role_changes,
    rules,
    same_people,
    saved_searches,
    sealed_notes,
    shifts,
    signals,
    subject_requests,
    submission_keys,
    suspicions,
    tracing,
    transfers,
    undertakings,
    visibility,
)
from kzcase.actions.code_lists import with_lists
from kzcase.actions.near_acts import first_words, near_acts, near_kinds, word_to_list
from kzcase.actions.wishes import ACTIONS, Action, Done, Wish
from kzcase.actions.wrong_values import MOST, together, wrong_shapes, wrong_values
from kzcase.db.casebook import Casebook
from kzcase.domain.errors import (
    BadInput,
    BadInputs,
    KzcaseError,
    NoAct,
    NotActs,
    NotAnAct,
    NotFound,
    NotJson,
    RuleBroken,
    TooLarge,
)
from kzcase.domain.json_text import read_json

MODULES: Final = (
    absences,
    approvals,
    call_backs,
    calling_in,
    calls,
    case_facts,
    case_requests,
    caseloads,
    cases,
    conferences,
    consent_forms,
    consent_notices,
    consent_withdrawals,
    consents,
    corrections,
    courses,
    custody,
    emergencies,
    flags,
    form_texts,
    forms,
    freezing,
    history,
    holds,
    households,
    incidents,
    incoming_referrals,
    keeping_away,
    line_keys,
    office_forms,
    organisation,
    package_keys,
    partner_keys,
    partners,
    people,
    phone_switches,
    postponing,
    proceedings,
    records,
    referral_steps,
    referrals,
    relations,
    role_changes,
    rules,
    same_people,
    saved_searches,
    sealed_notes,
    shifts,
    signals,
    subject_requests,
    submission_keys,
    suspicions,
    tracing,
    transfers,
    undertakings,
    visibility,
)
"""Importing them declares their acts."""

MAX_FILE: Final = 64 << 20

Wanted = tuple[Action, Wish]


def read_acts(untrusted: bytes, name: str = "") -> list[Wanted]:
    """A JSON list of acts, in a file of this name, as wishes. Every problem names its place: `[1].person.birth`."""
    return read_all(read_list(untrusted, name))


def read_all(given: Sequence[Any]) -> list[Wanted]:
    """A list of acts as wishes; what is wrong with the shape of any of them is said together."""
    wanted: list[Wanted] = []
    wrong: list[RuleBroken] = []
    for index, item in enumerate(given):
        try:
            wanted.append(read_act(item, f"[{index}]"))
        except BadInput as error:
            wrong += error.problems if isinstance(error, BadInputs) else [error]
    if wrong:
        raise together(wrong)
    return wanted


def all_wrong(book: Casebook, given: Sequence[Any], first: KzcaseError, start: int = 0) -> KzcaseError:
    """The error that was met first, with whatever else can be seen to be wrong from the act with number `start` on."""
    if not isinstance(first, BadInput | NotFound):
        return first
    wrong: list[RuleBroken] = list(first.problems) if isinstance(first, BadInputs) else [first]
    places = {each.place for each in wrong}
    today = book.now().date()
    for index, item in enumerate(given[start:], start):
        if len(wrong) >= MOST:
            break
        action = ACTIONS.get(str(item.get("act"))) if isinstance(item, dict) else None
        if action is not None:
            fields = {name: value for name, value in item.items() if name != "act"}
            found = wrong_values(fields, action.kind, action.wish_type, f"[{index}]", book.rulebook, today)
            wrong.extend(islice((each for each in found if each.place not in places), MOST))
    return together(sorted(wrong, key=_number))


def _number(error: KzcaseError) -> int:
    """Which act of the file it is about."""
    found = re.match(r"\[([0-9]{1,9})\]", error.place)
    return int(found[1]) if found else 0


def read_list(untrusted: bytes, name: str = "") -> list[Any]:
    """A JSON list whose acts are yet to be looked at."""
    if len(untrusted) > MAX_FILE:
        raise TooLarge(name, limit="64 MB")
    given = read_json(untrusted, name)
    if not isinstance(given, list):
        raise NotActs(name)
    return given


def read_act(given: Any, place: str) -> Wanted:
    """One act from its JSON object."""
    if not isinstance(given, dict) or "act" not in given:
        raise NoAct(place=place, near=", ".join(near_acts(given)), first=", ".join(first_words()))
    kind = given["act"]
    action = ACTIONS.get(kind) if isinstance(kind, str) else None
    if action is None:
        raise _no_such_act(place, str(kind)[:64])
    fields = {name: value for name, value in given.items() if name != "act"}
    try:
        return action, msgspec.convert(fields, action.wish_type)
    except msgspec.ValidationError as error:
        raise together(wrong_shapes(fields, action.wish_type, place)) from error
    except RecursionError as error:
        raise NotJson(place=place) from error


def perform(book: Casebook, wanted: Wanted, place: str = "") -> Done:
    """Perform one wish; what it refuses names the place."""
    action, wish = wanted
    with _placed(place):
        return action.perform(book, wish)


@contextmanager
def _placed(place: str) -> Iterator[None]:
    try:
        yield
    except BadInputs as error:
        for each in error.problems:
            each.place = f"{place}.{each.place}"
        raise
    except KzcaseError as error:
        error.place = f"{place}.{error.place}".rstrip(".") if error.place else place
        raise


def _no_such_act(place: str, kind: str) -> NotAnAct:
    return NotAnAct(place=place, kind=kind, near=", ".join(near_kinds(kind)), word=word_to_list(kind))


def perform_all(book: Casebook, wishes: Sequence[Wanted]) -> list[Done]:
    """All of them, or none."""
    if not wishes:
        return []
    done: list[Done] = []
    try:
        with book.batch():
            for index, wanted in enumerate(wishes):
                done.append(perform(book, wanted, f"[{index}]"))
    except KzcaseError as error:
        raise all_wrong(book, [_as_given(each) for each in wishes], error, len(done)) from error
    return done


def perform_one(book: Casebook, wanted: Wanted, index: int) -> Done:
    """The act with this number alone; what else is wrong with it is said too."""
    try:
        return perform(book, wanted, f"[{index}]")
    except KzcaseError as error:
        raise all_wrong(book, [*[None] * index, _as_given(wanted)], error, index) from error


def _as_given(wanted: Wanted) -> dict[str, Any]:
    """A wish as JSON has it."""
    action, wish = wanted
    return {"act": action.kind, **msgspec.to_builtins(wish)}


def acts_schema(kinds: Sequence[str] = ()) -> dict[str, Any]:
    """Every act, or only those of some kinds, with the JSON Schema of its wish. `NotAnAct` for a kind nobody knows."""
    for kind in kinds:
        if kind not in ACTIONS:
            raise _no_such_act("KIND", kind[:64])
    wanted = kinds or tuple(ACTIONS)
    types = [ACTIONS[kind].wish_type for kind in wanted]
    schemas, components = msgspec.json.schema_components(types, ref_template="#/$defs/{name}")
    acts = dict(zip(wanted, schemas, strict=True))
    for kind in wanted:
        with_lists(kind, components[ACTIONS[kind].wish_type.__name__])
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "acts": acts, "$defs": components}
