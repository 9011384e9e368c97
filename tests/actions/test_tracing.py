"""Looking for somebody: who asks is vetted, who is found is asked first, and a “no” looks like nothing at all."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kzcase.actions.history import UndoAct, undo_act
from kzcase.actions.persons import look_for_sought
from kzcase.actions.tracing_papers import reply_paper
from kzcase.db.casebook import Casebook
from kzcase.db.sql import Sql
from kzcase.domain import errors
from kzcase.domain.permissions import Role
from kzcase.domain.tracing import Told, TracingRow
from kzcase.i18n import LANGUAGES, Language, render
from kzcase.queries import tracing
from kzcase.queries.history import case_history
from kzcase.queries.my_day import my_day
from kzcase.queries.roads import where_it_stands
from kzcase.queries.tracing import tracings, within_own_reach
from tests.actions.steps import do
from tests.db.books import founded
from tests.db.laptops import colleague, laptop, meet
from tests.paper.reading import text_of

SOUGHT = {"names": [{"family": "Каримова", "given": "Дильноза"}], "sex": "female", "birth": "1994~"}
FOUND = {"names": [{"family": "Karimova", "given": "Dilnoza"}], "sex": "female", "birth": "1994-05-17"}
ASKS = {"names": [{"family": "Рахимов", "given": "Шерзод"}]}
CHECKED = {"identity": "seen", "kinship": "seen", "motive": "No news since May", "danger": "no"}


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with founded(tmp_path) as opened:
        opened.show_names()
        yield opened


def a_case(book: Casebook, person: dict[str, Any], kind: str = "missing") -> tuple[str, str]:
    done = do(book, act="case.opened", kind=kind, person=person)
    return done.ids["case"].hex(), done.ids["person"].hex()


def asked(book: Casebook, case: str, **more: Any) -> str:
    said = {"relation": "husband", "new_enquirer": ASKS, "last_news": "2026-05"} | more
    return do(book, act="tracing.asked", case=case, **said).ids["tracing"].hex()


def vet(book: Casebook, request: str, **more: str) -> None:
    do(book, act="enquirer.vetted", tracing=request, **(CHECKED | more))


def found(book: Casebook, request: str, *, answer: str = "", **more: str) -> str:
    """Somebody who was there already is found to be the person, and perhaps asked."""
    _case, person = a_case(book, FOUND, "trafficking")
    do(book, act="match.decided", tracing=request, person=person, found=True)
    if answer:
        do(book, act="found.answered", tracing=request, person=person, answer=answer, **more)
    return person


def the_row(book: Casebook, case: str) -> TracingRow:
    with book.read() as reader:
        return tracings(reader, case)[0]


def facts(book: Casebook, case: str) -> set[str]:
    with book.read() as reader:
        return {each.fact for each in where_it_stands(reader, case, "en").stated}


def letter(book: Casebook, request: str, language: Language = "kk") -> str:
    return text_of(reply_paper(book, request, language).content)


# Who asks


def test_who_asks_is_checked_one_thing_after_the_other(book: Casebook) -> None:
    case, _person = a_case(book, SOUGHT)
    request = asked(book, case)
    assert the_row(book, case).lacks == ("identity", "kinship", "motive", "danger")
    do(book, act="enquirer.vetted", tracing=request, identity="seen", motive="Generated.")
    assert the_row(book, case).lacks == ("kinship", "danger")
    vet(book, request, danger="yes")
    assert the_row(book, case).lacks == ("danger",)
    assert "enquirer_vetted" not in facts(book, case)
    vet(book, request)
    assert (the_row(book, case).lacks, "enquirer_vetted" in facts(book, case)) == ((), True)
    vet(book, request, danger="unknown")
    assert "enquirer_vetted" not in facts(book, case), "what was found out later counts"


def test_that_somebody_is_vetted_or_agreed_is_stated_by_no_other_act(book: Casebook) -> None:
    case, _person = a_case(book, SOUGHT)
    for fact in ("enquirer_vetted", "found_agreed"):
        with pytest.raises(errors.NotStated):
            do(book, act="fact.stated", case=case, fact=fact)


def test_asking_abroad_waits_until_it_is_known_whether_they_fear_their_authorities(book: Casebook) -> None:
    case, _person = a_case(book, SOUGHT)
    with pytest.raises(errors.GuardHolds):
        asked(book, case, country="UZ")
    do(book, act="fact.stated", case=case, fact="no_fear")
    asked(book, case, country="UZ")


def test_a_request_is_refused_with_its_place(book: Casebook) -> None:
    case, person = a_case(book, SOUGHT)
    for wrong, error, place in (
        ({"relation": "nothing"}, errors.UnknownCode, "[0].relation"),
        ({"enquirer": person}, errors.WhoIsOther, "[0].enquirer"),
        ({"new_enquirer": None}, errors.WhoIsOther, "[0].enquirer"),
        ({"new_enquirer": None, "enquirer": person}, errors.SamePersonTwice, "[0].enquirer"),
        ({"last_news": "soon"}, errors.NotEdtf, "[0].last_news"),
    ):
        with pytest.raises(error) as refused:
            asked(book, case, **wrong)
        assert refused.value.place == place
    with pytest.raises(errors.NotFoundYet):
        do(book, act="found.answered", tracing=asked(book, case), person=person, answer="yes")


# What is told


def the_same(book: Casebook, request: str, first: str, language: Language = "kk") -> bool:
    return letter(book, request, language) == first


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_is_the_same_letter_as_nobody_found(book: Casebook, language: Language) -> None:
    case, _person = a_case(book, SOUGHT)
    request = asked(book, case)
    vet(book, request)
    nobody = letter(book, request, language)
    history = history_of(book, case)
    person = found(book, request)
    assert the_same(book, request, nobody, language), "found, and not asked yet"
    for answer in ("unknown", "no"):
        do(book, act="found.answered", tracing=request, person=person, answer=answer)
        assert the_same(book, request, nobody, language), answer
    row = the_row(book, case)
    assert (row.told, row.message) == (Told.NOTHING, None)
    assert [each for each in history_of(book, case) if "printed" not in each] == [
        each for each in history if "printed" not in each
    ], "nor does the history of the case say anything"
    do(book, act="found.answered", tracing=request, person=person, answer="yes")
    assert not the_same(book, request, nobody, language)


def history_of(book: Casebook, case: str) -> list[str]:
    with book.read() as reader:
        return [render(row.sentence, "en") for row in case_history(reader, case)]


def test_a_letter_that_tells_of_a_no_is_noticed(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    """The canary of the test above: “no” is taken for an answer like others."""
    case, _person = a_case(book, SOUGHT)
    request = asked(book, case)
    vet(book, request)
    nobody = letter(book, request)
    found(book, request, answer="no")
    monkeypatch.setattr(tracing, "may_tell", lambda _vetted, said: Told.CONTACT if list(said) else Told.NOTHING)
    assert not the_same(book, request, nobody)


def test_whoever_is_not_vetted_gets_nothing_whatever_was_answered(book: Casebook) -> None:
    case, _person = a_case(book, SOUGHT)
    request = asked(book, case)
    nobody = letter(book, request)
    found(book, request, answer="yes")
    assert the_same(book, request, nobody)
    assert "found_agreed" not in facts(book, case)
    vet(book, request, danger="yes")
    assert the_same(book, request, nobody)
    vet(book, request)
    assert not the_same(book, request, nobody)
    assert {"enquirer_vetted", "found_agreed"} <= facts(book, case)


def test_without_vetting_the_letter_would_tell(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    """The canary of the test above."""
    case, _person = a_case(book, SOUGHT)
    request = asked(book, case)
    nobody = letter(book, request)
    found(book, request, answer="yes")
    monkeypatch.setattr(tracing, "is_vetted", lambda _row: True)
    assert not the_same(book, request, nobody)


def test_only_a_message_is_passed_on_and_a_changed_mind_counts(book: Casebook) -> None:
    case, _person = a_case(book, SOUGHT)
    request = asked(book, case)
    vet(book, request)
    nobody = letter(book, request)
    with pytest.raises(errors.FieldMissing):
        found(book, request, answer="message")
    person = found(book, request, answer="message", message="Мен тірімін")
    assert "Мен тірімін" in letter(book, request)
    assert (the_row(book, case).told, the_row(book, case).message) == (Told.MESSAGE, "Мен тірімін")
    no = do(book, act="found.answered", tracing=request, person=person, answer="no")
    assert the_same(book, request, nobody)
    assert "found_agreed" not in facts(book, case)
    undo_act(book, UndoAct(of=no.act.hex()))
    assert "Мен тірімін" in letter(book, request)


# Who is compared


def test_whoever_asks_for_others_is_shown_nobody_beyond_their_reach(tmp_path: Path, book: Casebook) -> None:
    worker = colleague(book, Role.CASEWORKER)
    _case, person = a_case(book, FOUND, "trafficking")
    with laptop(tmp_path, worker, book) as other:
        other.show_names()
        case, _sought = a_case(other, SOUGHT)
        asked(other, case)
        with other.read() as reader:
            assert within_own_reach(reader, case) == []
        with pytest.raises(errors.NotAllowed):
            look_for_sought(other)
        assert not [row for row in day_of(other) if "request" in row]
        meet(book, other)
    (row,) = look_for_sought(book)
    assert (row.other.person, row.found) == (person, False)
    assert "birth_year_equal" in row.other.why
    assert [row for row in day_of(book) if "request" in row], "it is something to do for the supervisor"
    do(book, act="fact.confirmed", case=case, fact="own_records_searched", ground="Generated.")
    assert not [row for row in day_of(book) if "request" in row]


def day_of(book: Casebook) -> list[str]:
    with book.read() as reader:
        return [render(row.what, "en") for row in my_day(reader) if row.kind == "office"]


def test_the_same_work_is_done_whether_somebody_is_alike_or_not(book: Casebook, tmp_path: Path) -> None:
    """Whoever types cannot tell from the time: so many statements, whomever they lead to."""
    worker = colleague(book, Role.CASEWORKER)
    a_case(book, FOUND, "trafficking")
    for number in range(30):
        a_case(book, {"names": [{"family": f"Другая{number}"}], "sex": "female", "birth": "1970"}, "stranded")
    with laptop(tmp_path, worker, book) as other:
        counts = []
        for sought in (SOUGHT, SOUGHT | {"names": [{"family": "Бөлекбаева", "given": "Гүлсім"}]}):
            case, _person = a_case(other, sought)
            said: list[str] = []
            with other.read() as reader:
                raw = Sql.of(reader.session.connection())._driver
                raw.set_trace_callback(said.append)
                assert within_own_reach(reader, case) == []
                raw.set_trace_callback(None)
            counts.append(sum("person_names" in each or "documents" in each for each in said))
        assert counts[0] == counts[1] > 0


def test_who_was_compared_is_not_asked_about_again(book: Casebook) -> None:
    case, _person = a_case(book, SOUGHT)
    request = asked(book, case)
    _theirs, other = a_case(book, FOUND, "trafficking")
    assert [row.other.person for row in look_for_sought(book)] == [other]
    apart = do(book, act="match.decided", tracing=request, person=other, found=False)
    assert look_for_sought(book) == []
    undo_act(book, UndoAct(of=apart.act.hex()))
    do(book, act="match.decided", tracing=request, person=other, found=True)
    assert [(row.other.person, row.found) for row in look_for_sought(book)] == [(other, True)]
