"""What came with answers and no question explains is kept word for word, shown as “other”, given back as it came."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from kzcase.db.casebook import Casebook
from kzcase.domain.permissions import Role
from kzcase.exchange import instances, writing
from kzcase.exchange.incoming import LookInto, propose, take_in
from kzcase.exchange.looking import Looked, What
from kzcase.exchange.outgoing import SaveAnswers, blank_form, save_answers
from kzcase.exchange.side_by_side import OTHER
from kzcase.forms.server_marks import is_mark
from kzcase.forms.xml_reading import read_xml
from kzcase.queries.answers import StoredSheet, stored_sheet
from kzcase.ui.forms.told import said_in
from tests.actions.steps import do
from tests.db.books import founded
from tests.exchange.forms import ANSWERS, TOLD, interview, survey
from tests.exchange.phone import Phone
from tests.exchange.test_outgoing import at_it

AT_ROOT = '<extra kind="a">Ә &amp; <b>бір</b></extra>'
IN_LEG = "<gate>3</gate>"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with founded(tmp_path) as made:
        yield made


def sent(book: Casebook, number: str = "", more: str = AT_ROOT) -> bytes:
    """A survey from a server that put questions of its own into it: one at the end, one in the second leg."""
    filled = Phone(blank_form(book, survey(), plain=True).content).filled(ANSWERS, "uuid:1", number).decode()
    behind = filled.index(">", filled.index("</", filled.index("Кеген"))) + 1
    marked = filled[:behind] + IN_LEG + filled[behind:]
    end = marked.rindex("</")
    return (marked[:end] + more + marked[end:]).encode()


def looked(book: Casebook, content: bytes) -> Looked:
    (item,) = propose(book, LookInto("x.xml", content)).items
    return item


def taken(book: Casebook) -> tuple[str, str]:
    """(case, sheet)"""
    opened = do(book, act="case.opened", kind="child", person={"names": [{"family": "Ү"}]})
    done = take_in(book, propose(book, LookInto("x.xml", sent(book, opened.number))))
    return opened.ids["case"].hex(), done.ids["sheet-1"].hex()


def stored(book: Casebook, sheet: str) -> StoredSheet:
    with book.read() as reader:
        return stored_sheet(reader, sheet)


def inside(root: Element, name: str) -> list[Element]:
    return [each for each in root.iter() if each.tag == name]


def test_it_is_kept_and_returns_to_its_place(book: Casebook) -> None:
    case, sheet = taken(book)
    assert [each.content for each in stored(book, sheet).others] == [IN_LEG, AT_ROOT]
    book.show_names()
    root = read_xml(save_answers(book, SaveAnswers(case=case)).content)
    assert root.find("extra") is not None
    (gate,) = inside(root, "gate")
    legs = [leg for leg in inside(root, "legs") if gate in list(leg)]
    assert [inside(leg, "via")[0].text for leg in legs] == ["Кеген"], "in the leg in which it came"


def test_our_own_export_is_known_again_and_another_element_is_a_difference(book: Casebook) -> None:
    case, _sheet = taken(book)
    assert looked(book, save_answers(book, SaveAnswers(case=case)).content).what is What.THERE
    assert looked(book, sent(book)).what is What.THERE
    other = looked(book, sent(book, more="<extra>else</extra>"))
    assert (other.what, [each.path for each in other.differs]) == (What.DIFFERS, [OTHER])


def test_undoing_takes_it_away_with_the_answers(book: Casebook) -> None:
    opened = do(book, act="case.opened", kind="child", person={"names": [{"family": "Ү"}]})
    done = take_in(book, propose(book, LookInto("x.xml", sent(book, opened.number))))
    do(book, act="act.undone", of=done.act.hex())
    with book.read() as reader:
        assert reader.number("SELECT count(*) FROM other_answers WHERE struck IS NOT 1") == 0


def test_who_does_not_see_sensitive_answers_sees_only_that_there_is_something(book: Casebook) -> None:
    case, sheet = taken(book)
    with at_it(book, Role.SHELTER) as theirs:
        made = save_answers(theirs, SaveAnswers(case=case, look_reason="asked"))
        assert "sensitive" in made.withheld
        assert IN_LEG.encode() not in made.content
        assert (stored(theirs, sheet).others, stored(theirs, sheet).hidden_others) == ((), 2)


def test_an_element_is_shown_as_what_it_says() -> None:
    assert said_in(AT_ROOT) == "Ә &; b: бір"
    assert said_in(IN_LEG) == "3"
    assert said_in("<broken") == "<broken"


def test_what_stood_in_an_attribute_returns_to_its_question(book: Casebook) -> None:
    opened = do(book, act="case.opened", kind="child", person={"names": [{"family": "Ү"}]})
    plain = sent(book, opened.number, more="").decode()
    given = plain.replace("via>Кеген", 'via lang="kk">Кеген').replace("trip>", 'trip by="a">', 1)
    done = take_in(book, propose(book, LookInto("x.xml", given.encode())))
    kept = stored(book, done.ids["sheet-1"].hex()).others
    found = [(each.path.rpartition("/")[2], said_in(each.content)) for each in kept if "@" in each.path]
    assert found == [("@by", "a"), ("@lang", "kk")]
    book.show_names()
    saved = save_answers(book, SaveAnswers(case=opened.ids["case"].hex())).content
    (trip,) = inside(read_xml(saved), "trip")
    assert trip.attrib == {"by": "a"}
    assert [(via.text, via.attrib) for via in inside(trip, "via") if via.attrib] == [("Кеген", {"lang": "kk"})]
    assert looked(book, saved).what is What.THERE
    assert looked(book, given.replace('lang="kk"', 'lang="ru"').encode()).what is What.DIFFERS


MARKS = "<formhub><uuid>0123</uuid></formhub><__version__>vQ</__version__>"
NAMED = "<instanceName>Айша 1994</instanceName><deprecatedID>uuid:0</deprecatedID>"


def marked(book: Casebook, number: str, marks: str = MARKS) -> bytes:
    """The survey as a server keeps it, with its own marks."""
    plain = sent(book, number, more=marks).decode()
    at = plain.index("</", plain.index("uuid:1")) + 2
    at = plain.index(">", at) + 1
    return (plain[:at] + NAMED + plain[at:]).encode()


def test_what_servers_put_there_is_given_back_and_is_nobodys_answer(book: Casebook) -> None:
    opened = do(book, act="case.opened", kind="child", person={"names": [{"family": "Ү"}]})
    item = looked(book, marked(book, opened.number))
    assert len(item.warnings) == 1, "the gate, and nothing of the server"
    done = take_in(book, propose(book, LookInto("x.xml", marked(book, opened.number))))
    assert [each.content for each in stored(book, done.ids["sheet-1"].hex()).others] == [IN_LEG]
    book.show_names()
    saved = save_answers(book, SaveAnswers(case=opened.ids["case"].hex())).content
    root = read_xml(saved)
    for name, said in (
        ("uuid", "0123"),
        ("__version__", "vQ"),
        ("instanceName", "Айша 1994"),
        ("deprecatedID", "uuid:0"),
    ):
        assert [each.text for each in inside(root, name)] == [said], name
    assert looked(book, saved).what is What.THERE
    later = marked(book, opened.number, MARKS.replace("vQ", "vR"))
    assert looked(book, later).what is What.THERE, "another mark of a server is no other answer"


def with_head(book: Casebook, number: str, head: str, more: str = "") -> bytes:
    """An interview with further marks in its head, and at its end."""
    one = Phone(blank_form(book, interview(), plain=False).content)
    plain = one.filled(TOLD, "uuid:1", number).decode()
    at = plain.index(">", plain.index("</", plain.index("uuid:1"))) + 1
    content = plain[:at] + head + plain[at:]
    end = content.rindex("</")
    return (content[:end] + more + content[end:]).encode()


ENTITY = '<entity dataset="people" id="uuid:9"><label>Каримова</label></entity>'
LATIN = '<timeEnd by="Karimova">2026-11-20T10:00:00Z</timeEnd>'
MAY_NAME = (
    ("<instanceName>Каримова</instanceName>", ""),
    (ENTITY, ""),
    ("<title>Визит Каримовой</title>", ""),
    ("<rootUuid>Каримова</rootUuid>", ""),
    (LATIN, ""),
    ("", "<_notes>Karimova</_notes>"),
    ("", "<_version_>Karimova Dilnoza</_version_>"),
    ("", "<formhub><name>Karimova</name></formhub>"),
    ("", "<extra>Каримова</extra>"),
)


@pytest.mark.parametrize(("head", "more"), MAY_NAME)
def test_what_may_hold_a_name_stays_where_a_part_is_withheld(
    book: Casebook, monkeypatch: pytest.MonkeyPatch, head: str, more: str
) -> None:
    """It may be made of names. Canary: one that takes every mark for nameless gives it away."""
    opened = do(book, act="case.opened", kind="child", person={"names": [{"family": "Ү"}]})
    take_in(book, propose(book, LookInto("x.xml", with_head(book, opened.number, head, more))))
    case, names = opened.ids["case"].hex(), ("Карим".encode(), b"Karimova")
    made = save_answers(book, SaveAnswers(case=case))
    assert not any(name in made.content for name in names)
    assert looked(book, made.content).what is What.THERE, "what it left out is no other answer"
    if "<extra" not in more:
        with monkeypatch.context() as patched:
            patched.setattr(writing, "is_nameless", lambda *_given: True)
            assert any(name in save_answers(book, SaveAnswers(case=case)).content for name in names), "the canary died"
    book.show_names()
    assert any(name in save_answers(book, SaveAnswers(case=case)).content for name in names)


def test_whose_telephone_or_user_it_was_never_returns(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor what was kept by a version that knew less of it, and here stands for that."""
    opened = do(book, act="case.opened", kind="child", person={"names": [{"family": "Ү"}]})
    of_users = "<_userform_id>aigul_x</_userform_id><_validation_status><by>aigul</by></_validation_status>"
    with monkeypatch.context() as patched:
        patched.setattr(instances, "is_kept", is_mark)
        content = with_head(book, opened.number, "<deviceid>aigul</deviceid>", of_users)
        take_in(book, propose(book, LookInto("x.xml", content)))
    book.show_names()
    case = opened.ids["case"].hex()
    assert b"aigul" not in save_answers(book, SaveAnswers(case=case)).content
    monkeypatch.setattr(writing, "is_kept", is_mark)
    assert b"aigul" in save_answers(book, SaveAnswers(case=case)).content, "the canary died"


def test_marks_free_of_names_return_without_names_shown(book: Casebook) -> None:
    opened = do(book, act="case.opened", kind="child", person={"names": [{"family": "Ү"}]})
    take_in(book, propose(book, LookInto("x.xml", marked(book, opened.number))))
    root = read_xml(save_answers(book, SaveAnswers(case=opened.ids["case"].hex())).content)
    for name, said in (("uuid", ["0123"]), ("__version__", ["vQ"]), ("deprecatedID", ["uuid:0"]), ("gate", [])):
        assert [each.text for each in inside(root, name)] == said, name
