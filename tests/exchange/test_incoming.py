"""Answers from phones come in: matched, new, there already or other than before; one act, nothing overwritten."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text

from kzcase.actions import submission_keys
from kzcase.actions.attachments import open_attachment
from kzcase.actions.cases import OpenCase
from kzcase.actions.desk import add_staff_rows
from kzcase.actions.erasing import ErasePerson, erase_person
from kzcase.actions.history import UndoAct, undo_act
from kzcase.actions.papers import WantedPaper, print_paper
from kzcase.actions.people import NameFacts, PersonFacts
from kzcase.actions.submission_keys import ShareSubmissionKeys, made_key, share_submission_keys
from kzcase.db.casebook import Casebook, Opening
from kzcase.db.tables.organisation import Staff
from kzcase.domain.errors import CaseClosed, NothingToTakeIn, OnlySealed, StaysHere
from kzcase.domain.papers import SlipCode
from kzcase.domain.permissions import Role
from kzcase.exchange.incoming import Decision, LookInto, Proposal, propose, take_in
from kzcase.exchange.looking import ERASED, What
from kzcase.exchange.outgoing import blank_form
from kzcase.forms.definition import Form
from kzcase.forms.xform import parse_xform
from kzcase.i18n import render
from kzcase.keys.identity import Identity
from kzcase.keys.submission_keys import fresh_private_key
from kzcase.paper.incoming.door import Clean
from kzcase.queries.answers import stored_sheet
from kzcase.queries.cases import case_count
from kzcase.queries.submission_keys import submission_keys as keys_of
from tests.actions.steps import a_case, do
from tests.db.books import KEY, empty, founded
from tests.db.dump import differences
from tests.exchange.forms import ANSWERS, TOLD, form, interview, private_key, survey
from tests.exchange.phone import Phone, together, zipped


@pytest.fixture(autouse=True)
def quick_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(submission_keys, "fresh_private_key", lambda: fresh_private_key(1024))


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with founded(tmp_path) as made:
        made_key(made, private_key)
        yield made


def phone(book: Casebook, one: Form | None = None, *, plain: bool = False, **more: object) -> Phone:
    return Phone(blank_form(book, one or survey(), plain=plain).content, **more)  # type: ignore[arg-type]


def looked(book: Casebook, content: bytes, **more: str) -> Proposal:
    return propose(book, LookInto("x.zip", content, **more), clean=lambda data: Clean("image/png", 1, data))


def rows(book: Casebook, table: str) -> int:
    with book.read() as reader:
        return reader.number(f"SELECT count(*) FROM {table} WHERE struck IS NOT 1")


def numbered(book: Casebook) -> tuple[str, str]:
    done = do(book, act="case.opened", kind="child", person={"names": [{"family": "Ү"}]})
    return done.ids["case"].hex(), done.number


@pytest.mark.parametrize("plain", [True, False])
def test_answers_come_back_unchanged(book: Casebook, plain: bool) -> None:
    case, number = numbered(book)
    (item,) = (proposal := looked(book, phone(book, plain=plain).sent(ANSWERS, case=number))).items
    assert (item.what, item.case, item.number, item.problems, item.warnings) == (What.MATCHED, case, number, (), ())
    done = take_in(book, proposal)
    with book.read() as reader:
        stored = stored_sheet(reader, done.ids["sheet-1"].hex())
    assert stored.case == case
    shown = {path.replace("{", "[").replace("}", "]"): value for path, value in stored.answers.items()}
    assert sorted(shown.values()) == sorted([*ANSWERS.values(), "24"])
    assert shown["place_kind"] == ANSWERS["place_kind"]


def test_looking_writes_nothing(book: Casebook) -> None:
    package = phone(book).sent(ANSWERS, case=numbered(book)[1])
    before = rows(book, "acts") if False else book.everything()[0]
    looked(book, package)
    assert book.everything()[0] == before


def test_the_same_again_is_there_already(book: Casebook) -> None:
    _case, number = numbered(book)
    package = phone(book).sent(ANSWERS, "uuid:1", number)
    take_in(book, looked(book, package))
    again = looked(book, package)
    assert [item.what for item in again.items] == [What.THERE]
    with pytest.raises(NothingToTakeIn):
        take_in(book, again)


def test_answers_of_somebody_erased_since_are_not_taken_in_again(book: Casebook, tmp_path: Path) -> None:
    case, number = numbered(book)
    one, ours, named = phone(book, plain=True), f"uuid:{uuid4()}", f"uuid:{uuid4()} Karimova"
    take_in(book, looked(book, together(one.sent(ANSWERS, ours, number), one.sent(ANSWERS, named, number))))
    edited = one.filled(ANSWERS, f"uuid:{uuid4()}", number)
    edited = edited.replace(b"</meta>", f"<deprecatedID>{ours}</deprecatedID></meta>".encode())
    erase_person(book, ErasePerson(case, "request"))
    with empty(tmp_path) as other:
        other.take_in(*book.everything())
        assert not differences(book, other)
    for content in (one.sent(ANSWERS, ours), edited):
        (item,) = propose(book, LookInto("answers.zip" if content[:2] == b"PK" else "x.xml", content)).items
        assert (item.what, item.problems) == (What.BAD, (ERASED,))
    assert looked(book, one.sent(ANSWERS, f"uuid:{uuid4()}")).items[0].what is What.NEW, "canary: others are"
    kept = book._sql.rows("SELECT instance_id FROM answer_sheets")
    assert sorted(kept, key=str) == [(ours,), (None,)], "an id that may be telling is not kept"


def test_other_answers_under_the_same_id_are_for_somebody_to_decide(book: Casebook) -> None:
    case, number = numbered(book)
    one = phone(book)
    take_in(book, looked(book, one.sent(ANSWERS, "uuid:1", number)))
    changed = ANSWERS | {"open_now": "no", "trip/legs[2]/via": "Достық"}
    differing = looked(book, one.sent(changed, "uuid:1", number))
    (item,) = differing.items
    assert (item.what, item.case) == (What.DIFFERS, case)
    assert [each.path for each in item.differs] == ["open_now", "trip/legs"]
    with pytest.raises(NothingToTakeIn):
        take_in(book, differing)
    assert rows(book, "answer_sheets") == 1
    take_in(book, differing, {"uuid:1": Decision(again=True)})
    assert rows(book, "answer_sheets") == 2
    assert looked(book, one.sent(changed, "uuid:1", number)).items[0].what is What.THERE


def test_an_edited_submission_is_a_difference_too(book: Casebook) -> None:
    case, number = numbered(book)
    one = phone(book, plain=True)
    take_in(book, looked(book, one.sent(ANSWERS, "uuid:1", number)))
    edited = one.filled(ANSWERS | {"open_now": "no"}, "uuid:2", number)
    edited = edited.replace(b"</meta>", b"<deprecatedID>uuid:1</deprecatedID></meta>")
    assert b"deprecatedID" in edited
    (item,) = propose(book, LookInto("x.xml", edited)).items
    assert (item.what, item.case, [each.path for each in item.differs]) == (What.DIFFERS, case, ["open_now"])


def test_without_a_case_it_waits_for_one(book: Casebook) -> None:
    one = phone(book)
    new = looked(book, together(one.sent(ANSWERS, "uuid:1"), one.sent(ANSWERS, "uuid:2", "2026-ZZZ-00001")))
    assert [item.what for item in new.items] == [What.NEW, What.NEW]
    assert [len(item.warnings) for item in new.items] == [0, 1]
    with pytest.raises(NothingToTakeIn):
        take_in(book, new)
    opening = OpenCase(kind="child", person=PersonFacts(names=[NameFacts(family="Жаңа")]))
    decisions = {"uuid:1": Decision(opening=opening), "uuid:2": Decision(case=a_case(book))}
    done = take_in(book, new, decisions)
    with book.read() as reader:
        assert case_count(reader) == 2
    undo_act(book, UndoAct(of=done.act.hex()))
    with book.read() as reader:
        assert case_count(reader) == 1
    assert rows(book, "answer_sheets") == 0


def test_the_case_the_answers_name_is_theirs_whatever_else_was_named(book: Casebook) -> None:
    theirs, number = numbered(book)
    other, _number = numbered(book)
    one = phone(book)
    sent = together(one.sent(ANSWERS, "uuid:1", number), one.sent(ANSWERS, "uuid:2"))
    items = looked(book, sent, case=other).items
    assert [(item.what, item.case, item.warnings) for item in items] == [
        (What.MATCHED, theirs, ()),
        (What.MATCHED, other, ()),
    ]
    (lost,) = looked(book, one.sent(ANSWERS, "uuid:3", "2026-ZZZ-00001"), case=other).items
    assert (lost.case, len(lost.warnings)) == (other, 1), "whom it names instead is said"


def test_one_act_for_the_whole_file_undone_as_one(book: Casebook, tmp_path: Path) -> None:
    cases = [numbered(book) for _each in range(3)]
    one = phone(book)
    package = together(*(one.sent(ANSWERS, f"uuid:{case}", number) for case, number in cases))
    acts = len(book.everything()[0])
    done = take_in(book, looked(book, package))
    with book.read() as reader:
        kinds = reader.session.execute(text("SELECT kind FROM acts ORDER BY rowid DESC LIMIT 1")).scalar()
    assert (kinds, rows(book, "answer_sheets")) == ("answers.imported", 3)
    assert len(book.everything()[0]) > acts
    undo_act(book, UndoAct(of=done.act.hex()))
    assert rows(book, "answer_sheets") == rows(book, "answers") == 0
    assert [item.what for item in looked(book, package).items] == [What.MATCHED] * 3
    with empty(tmp_path) as replayed:
        replayed.take_in(*book.everything())
        assert not differences(book, replayed)


def test_all_of_them_or_none(book: Casebook) -> None:
    (_one, first), (second, other) = numbered(book), numbered(book)
    made = phone(book)
    proposal = looked(book, together(made.sent(ANSWERS, "uuid:1", first), made.sent(ANSWERS, "uuid:2", other)))
    do(book, act="report.declined", case=second, ground="Generated.", told="Generated.")  # of a child
    do(book, act="case.closed", case=second, reason="goals_reached", summary="Generated.", feedback_asked=True)
    with pytest.raises(CaseClosed):
        take_in(book, proposal)
    assert rows(book, "answer_sheets") == 0
    (bad,) = looked(book, made.sent(ANSWERS, "uuid:2", other)).items
    assert bad.what is What.BAD


BAD = {
    "an answer that does not fit": (ANSWERS | {"trip/days": "999"}, "trip/days"),
    "a code of no list": (ANSWERS | {"open_now": "perhaps"}, "open_now"),
    "a day that is none": (ANSWERS | {"asked_on": "2026-02-30"}, "asked_on"),
}


@pytest.mark.parametrize(("answers", "path"), BAD.values(), ids=BAD)
def test_what_is_wrong_is_said_in_words(book: Casebook, answers: dict[str, str], path: str) -> None:
    (item,) = looked(book, phone(book).sent(answers, case=numbered(book)[1])).items
    assert item.what is What.BAD
    assert any(path in render(words, "en") for words in item.problems)


def test_what_the_form_says_of_an_answer_is_said_in_the_language_of_whoever_reads_it(book: Casebook) -> None:
    (item,) = looked(book, phone(book).sent(ANSWERS | {"trip/days": "999"}, case=numbered(book)[1])).items
    for language, said in (("kk", ("Күн", "Аз")), ("ru", ("Дней", "Меньше")), ("en", ("Days", "Fewer"))):
        assert all(word in render(item.problems[0], language) for word in said)  # type: ignore[arg-type]


def test_twice_in_one_file(book: Casebook) -> None:
    _case, number = numbered(book)
    one = phone(book)
    same = together(one.sent(ANSWERS, "uuid:1", number), one.sent(ANSWERS, "uuid:1", number))
    assert [item.what for item in looked(book, same).items] == [What.MATCHED, What.THERE]
    other = together(one.sent(ANSWERS, "uuid:1", number), one.sent(ANSWERS | {"trip/days": "1"}, "uuid:1", number))
    assert [item.what for item in looked(book, other).items] == [What.MATCHED, What.BAD]


def test_a_form_nobody_knows_and_a_form_named_by_hand(book: Casebook) -> None:
    _case, number = numbered(book)
    stranger = form(("text", "x", "operational"), name="stranger", more="")
    content = Phone(stranger.xml.encode()).filled({"x": "1"}, "uuid:1")
    (item,) = propose(book, LookInto("x.xml", content)).items
    assert (item.what, len(item.problems)) == (What.BAD, 1)
    one = phone(book, plain=True)
    kobo = re.sub(b"<kzcase_form>.*?</kzcase_form>", b"", one.filled(ANSWERS, "uuid:9", number))
    kobo = kobo.replace(b"phone_survey", b"aXQ12345678")
    (item,) = propose(book, LookInto("x.xml", kobo)).items
    assert item.what is What.BAD
    (item,) = propose(book, LookInto("x.xml", kobo, form_id="phone_survey")).items
    assert item.what is What.MATCHED


def test_other_editions_are_not_guessed(book: Casebook) -> None:
    one = phone(book, plain=True)
    plain = one.filled(ANSWERS, "uuid:1", numbered(book)[1])
    without = re.sub(b"<kzcase_form>.*?</kzcase_form>", b"", plain)
    assert propose(book, LookInto("x.xml", without)).items[0].what is What.MATCHED
    older = without.replace(one.edition.encode(), b"2025.7")
    assert older != without
    (item,) = propose(book, LookInto("x.xml", older)).items
    assert item.what is What.BAD


def test_photos_come_along_and_what_cannot_be_looked_at_is_said(book: Casebook) -> None:
    _case, number = numbered(book)
    photo = {"photo.png": b"picture"}
    one = phone(book, interview(), photos=photo)
    told = TOLD | {"photo": "photo.png"}
    (item,) = (proposal := looked(book, one.sent(told, "uuid:1", number))).items
    assert (item.what, item.media, item.warnings) == (What.MATCHED, ("photo.png",), ())
    take_in(book, proposal)
    book.show_names()
    with book.read() as reader:
        attachment = bytes(reader.session.execute(text("SELECT id FROM attachments")).scalar_one()).hex()
    assert open_attachment(book, attachment) == b"picture"
    (refused,) = propose(book, LookInto("x.zip", one.sent(told, "uuid:2", number))).items
    assert (refused.what, refused.media, len(refused.warnings)) == (What.MATCHED, (), 1)
    gone = phone(book, interview()).sent(told, "uuid:3", number)
    assert [len(each.warnings) for each in looked(book, gone).items] == [1]


def test_nothing_known_is_overwritten(book: Casebook) -> None:
    saving = form(("select_one sex", "sex", "statistical"), name="saving", more="")
    xml = saving.xml.replace('kzcase:class="statistical"', 'kzcase:class="statistical" kzcase:save_to="person.sex"')
    one = phone(book, parse_xform(xml), plain=True)
    known = do(book, act="case.opened", kind="child", person={"names": [{"family": "Ү"}], "sex": "male"}).number
    unknown = do(book, act="case.opened", kind="child", person={"names": [{"family": "Ұ"}]}).number
    take_in(book, looked(book, together(*(one.sent({"sex": "female"}, case=each) for each in (known, unknown)))))
    with book.read() as reader:
        sexes = reader.session.execute(
            text("SELECT p.sex FROM people p JOIN cases c ON c.client_id = p.id ORDER BY c.number")
        )
        assert list(sexes.scalars()) == ["male", "female"]


def test_a_colleague_without_the_key_is_told_and_one_who_gets_it_reads(book: Casebook) -> None:
    package = phone(book, interview()).sent(TOLD, case=numbered(book)[1])
    late = Identity.fresh(b"L" * 16, "Late")
    with book.write("staff.added") as act:
        add_staff_rows(act, late, (Role.SUPERVISOR, Role.CASEWORKER))
    path, clock, founder = book.folder.path, book._clock, book._identity
    book.close()
    with Casebook.open(path, Opening(KEY, late, clock)) as theirs:
        (item,) = looked(theirs, package).items
        assert item.what is What.BAD
        assert "share it with you" in render(item.problems[0], "en")
    with Casebook.open(path, Opening(KEY, founder, clock)) as ours:
        with ours.read() as reader:
            assert [row.lacking for row in keys_of(reader)] == [("Late",)]
        share_submission_keys(ours, ShareSubmissionKeys())
    with Casebook.open(path, Opening(KEY, late, clock)) as theirs:
        assert looked(theirs, package).items[0].what is What.MATCHED


def test_a_key_of_somebody_who_left_closes_nothing_new(book: Casebook) -> None:
    with book.write("staff.added") as act:
        add_staff_rows(act, leaving := Identity.fresh(b"L" * 16, "Leaving"), (Role.CASEWORKER,))
    share_submission_keys(book, ShareSubmissionKeys())
    before = blank_form(book, survey())
    with book.write("staff.removed") as act:
        act.session.get_one(Staff, leaving.staff_id).removed_on = act.today
    with book.read() as reader:
        (row,) = keys_of(reader)
    assert (row.current, row.left) == (False, ("Leaving",))
    after = blank_form(book, survey())
    assert (after.key != before.key, after.made_key) == (True, True)
    old = Phone(before.content).sent(ANSWERS, case=numbered(book)[1])
    assert looked(book, old).items[0].what is What.MATCHED


def test_forms_about_people_never_leave_open(book: Casebook) -> None:
    with pytest.raises(OnlySealed):
        blank_form(book, interview(), plain=True)
    with pytest.raises(StaysHere):
        blank_form(book, form(("text", "x", "operational"), phone="no"))
    assert rows(book, "phone_forms") == 0


def test_the_private_half_stands_nowhere(book: Casebook) -> None:
    blank = blank_form(book, interview())
    secret = private_key()
    needle = secret[-40:-8]  # the modulus is public
    assert needle not in blank.content
    parts, _keys = book.everything()
    assert all(needle not in part for part in parts)
    with book.read() as reader:
        for table in ("submission_keys", "submission_key_copies"):
            for row in reader.session.execute(text(f"SELECT * FROM {table}")):
                assert all(needle not in value for value in row if isinstance(value, bytes))


def test_a_plain_package_without_its_folder_is_taken_too(book: Casebook) -> None:
    one = phone(book, plain=True)
    content = zipped({"instance.xml": one.filled(ANSWERS, "uuid:1", numbered(book)[1])}, folder="")
    assert looked(book, content).items[0].what is What.MATCHED


def test_a_scanned_paper_finds_its_case(book: Casebook) -> None:
    case, _number = numbered(book)
    numbered(book)
    paper = print_paper(book, WantedPaper("case_sheet", "kk", case))
    one = phone(book, plain=True)
    scanned = SlipCode("P40", "1", paper.printing.replace("-", ""), 1).text()
    for said in (scanned, paper.printing, paper.printing.lower()):
        assert said
        (item,) = looked(book, one.sent(ANSWERS | {"kzcase_qr": said}, "uuid:1")).items
        assert (item.what, item.case) == (What.MATCHED, case)
    (item,) = looked(book, one.sent(ANSWERS | {"kzcase_qr": "https://example.org"}, "uuid:1")).items
    assert (item.what, len(item.warnings)) == (What.NEW, 1)


def test_another_id_inside_than_outside_is_refused(book: Casebook) -> None:
    one = phone(book, interview())
    plain = one.filled(TOLD, "uuid:1", numbered(book)[1])
    assert looked(book, zipped(one.closed(plain))).items[0].what is What.MATCHED
    (item,) = looked(book, zipped(one.closed(plain, outside="uuid:2"))).items
    assert (item.what, item.sent) == (What.BAD, None)


RULED = """  - type: integer
    name: age
    class: operational
    label: {kk: "Жас", ru: "Лет", en: "Age"}
  - type: text
    name: school
    class: operational
    relevant: "${age} < 18"
    label: {kk: "Мектеп", ru: "Школа", en: "School"}
  - type: repeat
    name: visits
    label: {kk: "Келу", ru: "Визит", en: "Visit"}
    questions:
      - type: date
        name: on
        class: operational
        default: "today()"
        label: {kk: "Күні", ru: "День", en: "Day"}
"""


def test_an_answer_to_what_is_not_asked_is_never_lost_silently(book: Casebook) -> None:
    _case, number = numbered(book)
    one = phone(book, form(name="ruled", more=RULED), plain=True)
    answered = {"age": "12", "school": "№ 5", "visits[1]/on": "2026-11-01"}
    assert looked(book, one.sent(answered, "uuid:1", number)).items[0].what is What.MATCHED
    (item,) = looked(book, one.sent(answered | {"age": "40"}, "uuid:1", number)).items
    assert (item.what, len(item.problems)) == (What.BAD, 1)


def test_what_the_form_would_begin_with_is_not_put_in(book: Casebook) -> None:
    one = phone(book, form(name="ruled", more=RULED), plain=True)
    content = one.filled({"age": "12"}, "uuid:1", numbered(book)[1])
    for given in (content, re.sub(b"<visits>.*</visits>", b"", content)):
        done = take_in(book, propose(book, LookInto("x.xml", given.replace(b"uuid:1", os.urandom(4).hex().encode()))))
        with book.read() as reader:
            assert stored_sheet(reader, done.ids["sheet-1"].hex()).answers == {"age": "12"}


def test_who_was_given_new_keys_is_given_the_key_again(book: Casebook) -> None:
    colleague = Identity.fresh(b"R" * 16, "Recovered")
    with book.write("staff.added") as act:
        add_staff_rows(act, colleague, (Role.SUPERVISOR,))
    share_submission_keys(book, ShareSubmissionKeys())
    renewed = Identity.fresh(b"R" * 16, "Recovered")
    with book.write("staff.added") as act:
        act.session.get_one(Staff, renewed.staff_id).kem_key = renewed.public_kem
    with book.read() as reader:
        assert [row.lacking for row in keys_of(reader)] == [("Recovered",)]
    share_submission_keys(book, ShareSubmissionKeys())
    with book.read() as reader:
        assert [row.lacking for row in keys_of(reader)] == [()]


def test_of_keys_made_on_one_day_the_last_one_is_in_force(book: Casebook) -> None:
    made = [made_key(book, lambda: fresh_private_key(1024)).ids["key"].hex() for _each in range(4)]
    with book.read() as reader:
        found = keys_of(reader)
    assert [row.id for row in found][:4] == made[::-1]
    assert [row.current for row in found] == [True, False, False, False, False]
    assert blank_form(book, survey()).key == made[-1]


def test_a_bad_entry_is_named_and_hinders_no_other(book: Casebook) -> None:
    one = phone(book)
    package = together(
        one.sent(ANSWERS, "uuid:1", numbered(book)[1]), zipped({"s.xml": b"<data>"}), zipped({"s.xml": b""})
    )
    assert [(item.what, item.place) for item in looked(book, package).items] == [
        (What.MATCHED, "0/submission.xml"),
        (What.BAD, "1/s.xml"),
        (What.BAD, "2/s.xml"),
    ]


def test_answers_sent_empty_are_said_to_be_so(book: Casebook) -> None:
    (item,) = looked(book, phone(book, form(("text", "x", "operational"), more="")).sent({}, "uuid:1")).items
    assert (item.what, len(item.problems)) == (What.BAD, 1)
    assert "empty" in render(item.problems[0], "en")


def test_both_sides_of_a_difference_are_told_with_what_may_be_seen(book: Casebook) -> None:
    _case, number = numbered(book)
    one = phone(book, interview())
    take_in(book, looked(book, one.sent(TOLD, "uuid:1", number)))
    other = TOLD | {"trip/days": "4", "nickname": "Басқа", "trip/legs[1]/via": "Кеген"}
    names, days, legs = looked(book, one.sent(other, "uuid:1", number)).items[0].differs
    assert [each.path for each in (names, days, legs)] == ["nickname", "trip/days", "trip/legs"]
    assert [[told.value for line in side for told in line] for side in (days.here, days.sent)] == [["3"], ["4"]]
    assert (legs.here, [told.value for told in legs.sent[0]]) == ((), ["Кеген"])
    assert all(told.hidden for side in (names.here, names.sent) for line in side for told in line)
    book.show_names()
    names = looked(book, one.sent(other, "uuid:1", number)).items[0].differs[0]
    assert not names.here[0][0].hidden
