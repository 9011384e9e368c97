"""Forms of the office's own: every version is kept, the newest is offered, and old answers keep their questions."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from kzcase.actions.office_forms import form_file
from kzcase.db.casebook import Casebook
from kzcase.domain.errors import BadForm, FormOffered, NotAllowed, NotFound, ShippedForm, TooLarge
from kzcase.domain.permissions import Role
from kzcase.forms.about import Moment
from kzcase.forms.library import shipped_form
from kzcase.queries.answers import stored_sheet
from kzcase.queries.forms import form_of, form_titles, forms_offered, known_forms, parsed, versions_of
from tests.actions.steps import a_case, do
from tests.db.books import founded
from tests.db.laptops import colleague, forge, laptop, meet, row
from tests.forms.office import office_xform


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with founded(tmp_path / "a.kzcase") as found:
        yield found


def add(book: Casebook, version: object = "1", **more: object) -> str:
    """The fingerprint of an added form."""
    xml = office_xform(version=version)
    do(book, act="form.added", xform=xml, **more)
    return parsed(xml).version


def offered(book: Casebook, kind: str = "") -> dict[str, str]:
    with book.read() as reader:
        return {each.form.id: each.form.edition for each in forms_offered(reader, kind) if each.office}


def answered(book: Casebook, days: str, **more: object) -> str:
    case = a_case(book)
    return do(book, act="form.answered", case=case, form="visit", answers={"days": days}, **more).ids["sheet"].hex()


@pytest.mark.parametrize("taken", ["../../x", ".hidden", "a b", "case_sheet", "consent", "x" * 65])
def test_an_id_that_leads_elsewhere_or_names_a_paper_is_refused(book: Casebook, taken: str) -> None:
    xml = office_xform(version=1)
    assert 'id="visit"' in xml
    with pytest.raises(BadForm):
        do(book, act="form.added", xform=xml.replace('id="visit"', f'id="{taken}"'))
    assert offered(book) == {}


def test_an_added_form_is_offered_and_can_be_filled_in(book: Casebook) -> None:
    assert offered(book) == {}
    add(book)
    assert offered(book) == {"visit": "1"}
    sheet = answered(book, "3")
    with book.read() as reader:
        stored = stored_sheet(reader, sheet)
        assert (stored.answers, stored.edition) == ({"days": "3", "fee": "6"}, "1")
        assert form_titles(reader)["visit"] == {"und": "Visit"}
        assert "visit" in [each.form.id for each in forms_offered(reader, moment=Moment.SERVICE)]
        assert "visit" not in [each.form.id for each in forms_offered(reader, moment=Moment.CALL)]


def test_the_newest_version_is_offered_and_old_answers_keep_theirs(book: Casebook) -> None:
    first = add(book)
    old = answered(book, "3")
    second = add(book, "2")
    new = answered(book, "4")
    with book.read() as reader:
        assert form_of(reader, "visit").version == second
        assert form_of(reader, "visit", first).declared_version == "1"
        assert [stored_sheet(reader, sheet).edition for sheet in (old, new)] == ["1", "2"]
        kept = {version.edition: version.sheets for version in versions_of(reader, "visit")}
    assert kept == {"1": 1, "2": 1}
    assert offered(book) == {"visit": "2"}
    late = answered(book, "5", version=first)  # the draft was open since before
    with book.read() as reader:
        assert stored_sheet(reader, late).edition == "1"


def test_a_form_is_offered_for_its_kinds_of_case_only(book: Casebook) -> None:
    do(book, act="form.added", xform=office_xform(kinds="child"))
    assert offered(book, "child") == {"visit": "1"}
    assert offered(book, "trafficking") == {}


def test_a_withdrawn_form_is_offered_no_longer_and_comes_back_when_undone(book: Casebook) -> None:
    add(book)
    add(book, "2")
    sheet = answered(book, "3")
    gone = do(book, act="form.withdrawn", form="visit")
    assert offered(book) == {}
    with pytest.raises(NotFound):
        answered(book, "3")
    with book.read() as reader:
        assert stored_sheet(reader, sheet).answers["days"] == "3"
        known = {each.form.id: each.withdrawn_on for each in known_forms(reader)}
    assert known["visit"] is not None
    do(book, act="act.undone", of=gone.act.hex())
    assert offered(book) == {"visit": "2"}


def test_taking_back_a_new_version_offers_the_one_before(book: Casebook) -> None:
    add(book)
    second = do(book, act="form.added", xform=office_xform(version="2"))
    do(book, act="act.undone", of=second.act.hex())
    assert offered(book) == {"visit": "1"}
    with pytest.raises(FormOffered):
        add(book)
    do(book, act="form.withdrawn", form="visit")
    add(book)
    assert offered(book) == {"visit": "1"}


def test_a_form_that_ships_is_not_taken_over_unsaid(book: Casebook) -> None:
    xml = office_xform("victim_screening", "mine")
    with pytest.raises(ShippedForm):
        do(book, act="form.added", xform=xml)
    do(book, act="form.added", xform=xml, over_shipped=True)
    with book.read() as reader:
        assert form_of(reader, "victim_screening").declared_version == "mine"
    do(book, act="form.withdrawn", form="victim_screening")
    with book.read() as reader:
        assert form_of(reader, "victim_screening") is shipped_form("victim_screening")
        assert not [each for each in known_forms(reader) if each.office]


def test_only_a_form_that_can_be_used_is_added(book: Casebook) -> None:
    with pytest.raises(BadForm):
        do(book, act="form.added", xform=office_xform().replace("/data/days * 2", "nothing()"))
    with pytest.raises(BadForm):
        form_file("visit.md", b"| survey |\n| | type | name | label | relevant |\n| | text | a | A | ${b} = 1 |\n")
    with pytest.raises(TooLarge):
        form_file("visit.xml", office_xform(title="x" * 999_999).encode())


def test_whoever_does_not_administer_adds_no_form(book: Casebook, tmp_path: Path) -> None:
    worker = colleague(book, Role.CASEWORKER, Role.SUPERVISOR)
    with laptop(tmp_path / "b.kzcase", worker, book) as theirs:
        with pytest.raises(NotAllowed):
            do(theirs, act="form.added", xform=office_xform())
        facts = {"form_id": "visit", "version": add(book), "added_at": "2027-01-01T00:00:00Z"}
        do(book, act="form.withdrawn", form="visit")
        meet(book, theirs)
        forged = row("office_forms", b"f" * 16, b"", **facts)
        book.take_in(forge(theirs, "form.answered", [(book.facts.organisation, forged)]))
        assert offered(book) == {}


def test_two_laptops_add_a_version_each_and_both_are_kept(book: Casebook, tmp_path: Path) -> None:
    other = colleague(book, Role.ADMINISTRATOR, Role.CASEWORKER)
    with laptop(tmp_path / "b.kzcase", other, book) as theirs:
        add(book, "1")
        add(theirs, "2")
        meet(book, theirs)
        assert offered(book) == offered(theirs)
        assert set(offered(book)) == {"visit"}
        with book.read() as reader:
            assert {version.edition for version in versions_of(reader, "visit")} == {"1", "2"}
        do(book, act="form.withdrawn", form="visit")
        do(theirs, act="form.added", xform=office_xform(version="3"))
        meet(book, theirs)
        assert offered(book) == offered(theirs) == {"visit": "3"}


def test_a_kept_text_that_is_not_what_its_version_says_is_not_used(book: Casebook) -> None:
    version = add(book)
    with book.write("form.answered") as act:
        from kzcase.db.tables.office import FormVersion

        kept = act.session.get_one(FormVersion, bytes.fromhex(version)[:16])
        kept.source = office_xform(title="Another")
    assert offered(book) == {}
    with book.read() as reader, pytest.raises(NotFound):
        form_of(reader, "visit")


def test_moments_of_adding_are_kept(book: Casebook) -> None:
    add(book)
    with book.read() as reader:
        moment = reader.session.execute(text("SELECT added_at FROM office_forms")).scalar_one()
    assert datetime.fromisoformat(moment)
