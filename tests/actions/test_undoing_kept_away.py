"""An act is undone by its id alone, which names no case: whoever is kept away finds none of those that hang on it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kzcase.actions import history
from kzcase.actions.history import UndoAct, undo_act
from kzcase.db.casebook import Casebook
from kzcase.db.shape import shape
from kzcase.db.tables import ENTITIES
from kzcase.domain.errors import CannotBeUndone, ChangedSince, NotFound
from kzcase.domain.ids import Id, new_id
from kzcase.domain.permissions import Role
from kzcase.i18n import LANGUAGES, render
from kzcase.journal.kinds import KINDS
from kzcase.queries import belonging
from kzcase.queries.belonging import OF_THE_ORGANISATION, is_kept_away
from tests.actions.steps import CALL, CASE, do
from tests.db.books import founded
from tests.db.dump import dump
from tests.db.laptops import colleague, laptop

EVERY_ROLE = tuple(role for role in Role if role is not Role.AUDITOR)
SIGNAL = {"unit": "Generated unit", "danger": "hours", "facts": "Generated.", "heard": True, "reason": "Generated."}
OF_A_CALL: Mapping[str, dict[str, Any]] = {
    "promise": {"act": "call_back.promised", "due": "2026-11-23T12:00", "phone": "+7 709 000 00 21"},
    "emergency": {"act": "emergency.called", "service": "102"},
    "signal": {"act": "signal.prepared", "ground": "none", **SIGNAL},
    "sheet": {"act": "sheet.given", "sheet": "wages", "language": "kk", "how": "read"},
}


@dataclass
class Kept:
    """A colleague's laptop, and the acts on a case they are kept away from, by what they did."""

    book: Casebook
    acts: dict[str, str]
    ids: dict[str, Id]


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    with founded(tmp_path) as office:
        opened, logged = do(office, **CASE), do(office, **CALL)
        case, call = opened.ids["case"].hex(), logged.ids["call"].hex()
        done = {"case": opened, "call": logged}
        done |= {name: do(office, **wish, call=call) for name, wish in OF_A_CALL.items()}
        done["try"] = do(office, act="call_back.tried", call_back=_id(done["promise"], "call_back"), result="no_answer")
        done["link"] = do(office, act="call.linked", call=call, case=case)
        identity = colleague(office, *EVERY_ROLE)
        done["block"] = do(office, act="case.blocked", case=case, staff=identity.staff_id.hex())
        with laptop(tmp_path, identity, office) as book:
            yield Kept(book, {name: each.act.hex() for name, each in done.items()}, {**opened.ids, **logged.ids})


def _id(done: Any, name: str) -> str:
    return str(done.ids[name].hex())


def said(book: Casebook, act: str) -> str:
    """What undoing it is answered with, the asked-for id aside."""
    with pytest.raises(NotFound) as refused:
        undo_act(book, UndoAct(of=act))
    assert refused.value.facts == {"what": act}
    return f"{refused.value.place} {refused.value.sentence().msgid}"


def test_nothing_that_hangs_on_the_case_is_undone_or_told_of(kept: Kept) -> None:
    before, nobody_knows = dump(kept.book), said(kept.book, "ab" * 16)
    assert {name: said(kept.book, act) for name, act in kept.acts.items()} == dict.fromkeys(kept.acts, nobody_knows)
    assert dump(kept.book) == before


def test_the_canary_by_the_columns_of_the_case_alone_they_are_undone(
    monkeypatch: pytest.MonkeyPatch, kept: Kept
) -> None:
    monkeypatch.setattr(belonging, "WAYS", {"case_id": belonging.WAYS["case_id"]})
    for name in OF_A_CALL.keys() - {"promise"}:
        undo_act(kept.book, UndoAct(of=kept.acts[name]))
    with pytest.raises(ChangedSince):
        undo_act(kept.book, UndoAct(of=kept.acts["promise"]))


def test_the_canary_looking_last_tells_what_cannot_be_undone_and_what_was_done_since(
    monkeypatch: pytest.MonkeyPatch, kept: Kept
) -> None:
    monkeypatch.setattr(history, "is_kept_away", lambda _act, _row: False)
    with pytest.raises(CannotBeUndone):
        undo_act(kept.book, UndoAct(of=kept.acts["block"]))
    monkeypatch.setattr(history, "must_find", lambda *_asked: None)
    with pytest.raises(ChangedSince):
        undo_act(kept.book, UndoAct(of=kept.acts["case"]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_done_since_is_said_as_the_history_says_it(tmp_path: Path, language: Any) -> None:
    with founded(tmp_path) as office:
        opened, identity = do(office, **CASE), colleague(office, Role.CASEWORKER)
        do(office, act="case.blocked", case=_id(opened, "case"), staff=identity.staff_id.hex())
        with pytest.raises(ChangedSince) as refused:
            undo_act(office, UndoAct(of=opened.act.hex()))
    told = render(refused.value.sentence(), language)
    assert render(KINDS["case.blocked"].sentence, language) in told
    assert not [table for table in ENTITIES if "_" in table and table in told]


# Every table


@pytest.fixture
def named(kept: Kept) -> dict[str, Id]:
    """What a column can name, all of it of the case the colleague is kept away from."""
    case, office = kept.ids["case"], {"case_id": kept.ids["case"]}
    with kept.book.write("case.opened") as act:
        others = [act.add(ENTITIES[table](**office)) for table in ("incidents", "incoming_referrals")]
        others.append(act.add(ENTITIES["tracings"](**office)))
    return {
        **{"case_id": case, "call_id": kept.ids["call"]},
        **dict.fromkeys(("person_id", "first_id", "second_id", "other_id", "same_as"), kept.ids["person"]),
        **dict(zip(("incident_id", "incoming_id", "tracing_id"), (row.id for row in others), strict=True)),
    }


ITSELF = {"cases": "case_id", "people": "person_id", "calls": "call_id"}
"""The tables whose rows are what the others' columns name."""


def open_by(book: Casebook, named: Mapping[str, Id]) -> set[tuple[str, str]]:
    """The tables and columns by which a row hangs on the case and is found all the same."""
    tables = {entity: ENTITIES[entity] for entity in ENTITIES if entity not in OF_THE_ORGANISATION}
    with book.read() as reader:
        rows = {
            (entity, column): table(id=new_id(), **{column: row_id})
            for entity, table in tables.items() if entity not in ITSELF
            for column, row_id in named.items() if column in table.__table__.columns
        }  # fmt: skip
        rows |= {(entity, "id"): ENTITIES[entity](id=named[column]) for entity, column in ITSELF.items()}
        assert {entity for entity, _column in rows} == set(tables), "a table no column of which leads to a case"
        return {place for place, row in rows.items() if not is_kept_away(reader, row)}


def test_whatever_column_a_row_hangs_on_the_case_by_it_is_not_found(kept: Kept, named: dict[str, Id]) -> None:
    assert open_by(kept.book, named) == set()
    assert {shape(entity).subject_rule for entity in ENTITIES if entity not in OF_THE_ORGANISATION} <= {"id", *named}


def test_a_hold_on_a_call_that_became_a_case_since_is_not_found(kept: Kept) -> None:
    with kept.book.read() as reader:
        assert is_kept_away(reader, ENTITIES["case_holds"](id=new_id(), case_id=kept.ids["call"]))
        assert not is_kept_away(reader, ENTITIES["case_holds"](id=new_id(), case_id=new_id()))


def test_the_canary_a_way_forgotten_is_seen(monkeypatch: pytest.MonkeyPatch, kept: Kept, named: dict[str, Id]) -> None:
    ways = dict(belonging.WAYS)
    for way in ways:
        monkeypatch.setattr(belonging, "WAYS", {name: one for name, one in ways.items() if name != way})
        assert way in {column for _entity, column in open_by(kept.book, named)}
