"""Answers that leave: only what the asker sees, recorded before anybody has the file, the same when they return."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from kzcase.actions import reading
from kzcase.actions.submission_keys import made_key
from kzcase.db.casebook import Casebook, Opening
from kzcase.db.read_log import ReadEntry
from kzcase.domain.errors import NeedsReason, NotAllowed, NotFound, NothingToExport, SeveralToSave
from kzcase.domain.looks import Look
from kzcase.domain.permissions import Role
from kzcase.exchange import outgoing
from kzcase.exchange.incoming import LookInto, propose, take_in
from kzcase.exchange.looking import What
from kzcase.exchange.outgoing import SaveAnswers, blank_form, save_answers
from kzcase.forms.definition import Form
from kzcase.forms.library import shipped_form
from kzcase.forms.xml_reading import read_xml
from kzcase.paper.incoming.door import Clean
from kzcase.queries.history import case_history
from tests.actions.steps import do
from tests.db.books import KEY, founded
from tests.exchange.forms import ANSWERS, TOLD, interview, private_key, survey
from tests.exchange.phone import Phone, together
from tests.forms_answers import plausible_answers


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with founded(tmp_path) as made:
        made_key(made, private_key)
        yield made


def taken(book: Casebook, one: Form, answers: dict[str, str], instance: str = "uuid:1") -> str:
    """The case into which answers of a form were taken."""
    done = do(book, act="case.opened", kind="child", person={"names": [{"family": "Ү"}]})
    phone = Phone(blank_form(book, one).content)
    take_in(book, propose(book, LookInto("x.zip", phone.sent(answers, instance, done.number))))
    return done.ids["case"].hex()


def said(content: bytes) -> dict[str, str]:
    root = read_xml(content)
    return {e.tag.rpartition("}")[2]: e.text or "" for e in root.iter() if not len(e)}


def test_what_is_hidden_is_not_in_the_file_at_all(book: Casebook) -> None:
    case = taken(book, interview(), TOLD)
    made = save_answers(book, SaveAnswers(case=case))
    assert (made.sheets, made.left_out, made.withheld, made.filename) == (1, 0, ("identifying",), "answers.xml")
    assert "Әлия".encode() not in made.content
    assert "nickname" not in said(made.content)
    assert said(made.content)["story"] == TOLD["story"]
    book.show_names()
    shown = save_answers(book, SaveAnswers(case=case))
    assert said(shown.content)["nickname"] == "Әлия"
    assert shown.withheld == ()


def test_it_is_recorded_before_it_is_handed_over(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    case, entered = taken(book, survey(), ANSWERS), list[object]()
    enter, record = reading._enter, outgoing.record_saving

    def entering(made: Casebook, entry: ReadEntry) -> None:
        entered.append(entry.what)
        enter(made, entry)

    monkeypatch.setattr(reading, "_enter", entering)
    monkeypatch.setattr(outgoing, "record_saving", lambda *given: (entered.append("act"), record(*given))[1])
    made = save_answers(book, SaveAnswers(case=case))
    assert entered == [Look.EXPORT, "act"]
    with book.read() as reader:
        rows = reader.session.execute(text("SELECT format, classes, sha256 FROM exportings")).all()
        history = [row.kind for row in case_history(reader, case)]
    assert [(row.format, row.sha256) for row in rows] == [("xform", made.sha256)]
    assert "identifying" not in rows[0].classes
    assert history[-1] == "answers.exported" or history[0] == "answers.exported"


def test_nothing_leaves_when_it_cannot_be_recorded(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    case = taken(book, survey(), ANSWERS)

    def full(*_given: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(outgoing, "record_saving", full)
    with pytest.raises(OSError, match="full"):
        save_answers(book, SaveAnswers(case=case))


def test_it_comes_back_as_it_went(book: Casebook, tmp_path: Path) -> None:
    case = taken(book, survey(), ANSWERS)
    made = save_answers(book, SaveAnswers(case=case))
    (item,) = propose(book, LookInto("answers.xml", made.content)).items
    assert (item.what, item.case) == (What.THERE, case)
    changed = made.content.replace(b">12<", b">13<")
    assert changed != made.content
    (item,) = propose(book, LookInto("answers.xml", changed)).items
    assert [each.path for each in item.differs] == ["trip/days"]


def test_answers_given_at_the_desk_go_and_return_with_their_reasons(book: Casebook) -> None:
    form = shipped_form("victim_screening")
    case = do(book, act="case.opened", kind="trafficking", person={"names": [{"family": "Ү"}]}).ids["case"].hex()
    answers, missing = plausible_answers(form), {"safety/stop_sign": "refused"}
    answers.pop("safety/stop_sign", None)
    do(book, act="form.answered", case=case, form=form.id, answers=answers, missing=missing)
    book.show_names()
    made = save_answers(book, SaveAnswers(case=case, form_id=form.id))
    assert b'stop_sign kzcase:missing="refused"' in made.content
    assert [item.what for item in propose(book, LookInto("x.xml", made.content)).items] == [What.THERE]
    other = re.sub(b"uuid:[0-9a-f-]+", b"uuid:other", made.content)
    (item,) = (proposal := propose(book, LookInto("x.xml", other))).items
    assert (item.what, item.problems) == (What.MATCHED, ())
    done = take_in(book, proposal)
    again = save_answers(book, SaveAnswers(sheet=done.ids["sheet-1"].hex()))
    assert again.content == other


def test_what_was_withheld_is_not_compared_when_it_comes_back(book: Casebook) -> None:
    case = taken(book, interview(), TOLD)
    made = save_answers(book, SaveAnswers(case=case))
    assert made.withheld == ("identifying",)
    (item,) = propose(book, LookInto("x.xml", made.content)).items
    assert (item.what, len(item.warnings)) == (What.THERE, 1), "and it is said"
    changed = made.content.replace(b">3<", b">4<")
    (item,) = propose(book, LookInto("x.xml", changed)).items
    assert [each.path for each in item.differs] == ["trip/days"]
    named = made.content.replace(b"</story>", "</story><nickname>Басқа</nickname>".encode())
    (item,) = propose(book, LookInto("x.xml", named)).items
    assert [each.path for each in item.differs] == ["nickname"], "what stands in the file is compared"


def test_it_is_the_kind_of_file_that_was_asked_for(book: Casebook) -> None:
    case = taken(book, survey(), ANSWERS, "uuid:1")
    made = save_answers(book, SaveAnswers(case=case, kind="zip"))
    assert (made.filename, zipfile.is_zipfile(io.BytesIO(made.content))) == ("answers.zip", True)
    assert propose(book, LookInto("x.zip", made.content)).items[0].what is What.THERE
    taken(book, survey(), ANSWERS, "uuid:2")
    with book.read() as reader:
        before = reader.number("SELECT count(*) FROM exportings")
    with pytest.raises(SeveralToSave):
        save_answers(book, SaveAnswers(form_id="phone_survey", kind="xml"))
    with book.read() as reader:
        assert reader.number("SELECT count(*) FROM exportings") == before, "nothing left, nothing is recorded"


def test_several_leave_as_a_package_and_come_back(book: Casebook) -> None:
    taken(book, survey(), ANSWERS, "uuid:1")
    taken(book, survey(), ANSWERS | {"trip/days": "3"}, "uuid:2")
    made = save_answers(book, SaveAnswers(form_id="phone_survey"))
    assert (made.sheets, made.filename) == (2, "answers.zip")
    with zipfile.ZipFile(io.BytesIO(made.content)) as package:
        assert package.namelist() == ["00001/submission.xml", "00002/submission.xml"]
        assert {each.date_time[0] for each in package.infolist()} == {1980}
    assert [item.what for item in propose(book, LookInto("x.zip", made.content)).items] == [What.THERE] * 2


PHOTO = {"photo.png": b"picture"}
SENT = TOLD | {"photo": "photo.png"}


def with_photo(book: Casebook, instance: str = "uuid:1", case: str = "") -> str:
    """The case into which answers with a photo were taken."""
    if not case:
        case = do(book, act="case.opened", kind="child", person={"names": [{"family": "Ү"}]}).ids["case"].hex()
    one = Phone(blank_form(book, interview()).content, photos=PHOTO)
    sent = LookInto("x.zip", one.sent(SENT, instance), case=case)
    take_in(book, propose(book, sent, clean=lambda content: Clean("image/png", 1, content)))
    return case


def test_a_photo_goes_along_and_returns(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    case, entered, enter = with_photo(book), list[object](), reading._enter
    book.show_names()
    monkeypatch.setattr(reading, "_enter", lambda made, entry: (entered.append(entry.what), enter(made, entry))[1])
    made = save_answers(book, SaveAnswers(case=case))
    assert (made.filename, made.files, made.files_left) == ("answers.zip", 1, ())
    with zipfile.ZipFile(io.BytesIO(made.content)) as package:
        assert package.read("00001/photo.png") == b"picture"
    assert entered == [Look.EXPORT, Look.COPY], "each file is a look of its own"
    (item,) = propose(book, LookInto("x.zip", made.content)).items
    assert item.what is What.THERE


def test_a_photo_that_cannot_go_is_named(book: Casebook) -> None:
    case = with_photo(book)
    book.show_names()
    alone = save_answers(book, SaveAnswers(case=case, kind="xml"))
    assert (alone.filename, alone.files, alone.files_left) == ("answers.xml", 0, ("photo.png",))
    with_photo(book, "uuid:2", case)
    two = save_answers(book, SaveAnswers(case=case))
    assert (two.files, two.files_left) == (0, ("photo.png",)), "nobody can tell which of two is meant"


def test_a_photo_that_may_not_be_opened_stays(book: Casebook) -> None:
    made = save_answers(book, SaveAnswers(case=with_photo(book)))
    assert (made.filename, made.files, made.files_left) == ("answers.xml", 0, ("photo.png",)), "names are not shown"


@pytest.mark.parametrize("wish", [SaveAnswers(form_id="nothing"), SaveAnswers(sheet="00" * 16), SaveAnswers(case="x")])
def test_nothing_there_is_said(book: Casebook, wish: SaveAnswers) -> None:
    with pytest.raises((NothingToExport, NotFound)):
        save_answers(book, wish)


def at_it(book: Casebook, *roles: Role) -> Casebook:
    """The same casebook with a new colleague at it."""
    from kzcase.actions.desk import add_staff_rows
    from kzcase.keys.identity import Identity

    colleague = Identity.fresh(bytes([len(roles)]) * 16, "Colleague")
    with book.write("staff.added") as act:
        add_staff_rows(act, colleague, roles)
    path, clock = book.folder.path, book._clock
    book.close()
    return Casebook.open(path, Opening(KEY, colleague, clock))


def test_answers_for_others_cases_take_a_reason_too(book: Casebook) -> None:
    number = do(book, act="case.opened", kind="child", person={"names": [{"family": "Ү"}]}).number
    content = Phone(blank_form(book, survey(), plain=True).content).sent(ANSWERS, "uuid:1", number)
    with at_it(book, Role.CASEWORKER) as theirs:
        with pytest.raises(NeedsReason):
            propose(theirs, LookInto("x.zip", content))
        proposal = propose(theirs, LookInto("x.zip", content, look_reason="asked"))
        assert take_in(theirs, proposal).ids["sheet-1"]
        assert [item.what for item in propose(theirs, LookInto("x.zip", content)).items] == [What.THERE]


def test_a_case_of_others_hinders_no_other_answers(book: Casebook) -> None:
    theirs = do(book, act="case.opened", kind="child", person={"names": [{"family": "Ү"}]}).number
    one = Phone(blank_form(book, survey(), plain=True).content)
    package = together(
        one.sent(ANSWERS, "uuid:1", theirs), one.sent(ANSWERS, "uuid:2"), one.sent(ANSWERS, "uuid:3", theirs)
    )
    with at_it(book, Role.CASEWORKER) as here:
        items = propose(here, LookInto("x.zip", package)).items
        assert [(item.what, bool(item.beyond)) for item in items] == [
            (What.BAD, True), (What.NEW, False), (What.BAD, True)
        ]  # fmt: skip
        assert [item.place for item in items] == [f"{number}/submission.xml" for number in range(3)]
        again = propose(here, LookInto("x.zip", package, look_reason="asked")).items
        assert [item.what for item in again] == [What.MATCHED, What.NEW, What.MATCHED]


def test_others_cases_take_a_reason_and_some_roles_save_nothing(book: Casebook) -> None:
    case = taken(book, survey(), ANSWERS)
    with at_it(book, Role.CASEWORKER) as theirs:
        with pytest.raises(NeedsReason):
            save_answers(theirs, SaveAnswers(case=case))
        with pytest.raises(NothingToExport):
            save_answers(theirs, SaveAnswers(form_id="phone_survey"))
        assert save_answers(theirs, SaveAnswers(case=case, look_reason="asked")).sheets == 1


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_works_on_no_cases_neither_saves_nor_takes_in(book: Casebook, role: Role) -> None:
    case = taken(book, survey(), ANSWERS)
    content = Phone(blank_form(book, survey()).content).sent(ANSWERS)
    with at_it(book, role) as theirs:
        for refused in (
            lambda: save_answers(theirs, SaveAnswers(case=case)),
            lambda: propose(theirs, LookInto("x.zip", content)),
            lambda: blank_form(theirs, survey()),
        ):
            with pytest.raises(NotAllowed):
                refused()
