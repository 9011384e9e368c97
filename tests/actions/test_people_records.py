"""What is recorded about people: added, put right, ended, taken away; nothing closed before a victim is protected."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kzcase.actions.perform import read_act
from kzcase.actions.warnings import warnings_of
from kzcase.db.casebook import Casebook
from kzcase.domain import errors
from kzcase.domain.permissions import Role
from kzcase.domain.person_rows import PersonPage
from kzcase.domain.records import RECORDS, direction
from kzcase.domain.steps import steps_of
from kzcase.queries.persons import person_page
from tests.actions.steps import CASE, do
from tests.db.books import founded
from tests.db.laptops import value

FACTS: dict[str, dict[str, Any]] = {
    "document": {"kind": "foreign_passport", "number": "AB 1234567", "holder": "employer", "until": "2027-01-31"},
    "stay": {"since": "2026-09", "border_point": "kordai", "basis": "foreigner_visa_free"},
    "age_estimate": {"youngest": 15, "oldest": 17, "since": "2026-09-01", "way": "interview"},
    "address": {"kind": "actual", "text": "Generated 1", "safe": "no"},
    "leg": {"place": "Osh", "country": "KG", "way": "bus"},
    "job": {"employer": "Generated farm", "hours": 14, "contract": "no"},
    "step": {"kind": "school", "state": "not_begun"},
    "proceeding": {"kind": "administrative", "role": "held_liable", "expulsion": "yes"},
}


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with founded(tmp_path) as opened:
        yield opened


def a_person(book: Casebook) -> tuple[str, str]:
    done = do(book, **CASE)
    return done.ids["case"].hex(), done.ids["person"].hex()


def person_shown(book: Casebook, person: str) -> PersonPage:
    with book.read() as reader:
        return person_page(reader, person)


def record(book: Casebook, person: str, kind: str, **facts: Any) -> str:
    said = {"record": kind, **FACTS.get(kind, {}), **facts}
    return do(book, act="record.added", person=person, facts=said).ids["record"].hex()


def test_every_kind_of_record_is_added_corrected_and_taken_away(book: Casebook) -> None:
    _case, person = a_person(book)
    job = record(book, person, "job")
    wage = {"job_id": job, "agreed": 200_000, "paid": 50_000, "currency": "KZT"}
    for kind in RECORDS:
        made = record(book, person, kind, **(wage if kind == "wage" else {}))
        first = next(iter(FACTS.get(kind, wage)))
        said = (FACTS | {"wage": wage})[kind][first]
        if kind == "document":
            do(book, act="record.corrected", record=made, facts={"record": kind, "holder": "client"})
            assert value(book, "documents", bytes.fromhex(made), "holder") == "client"
        stands = value(book, RECORDS[kind].table, bytes.fromhex(made), first)
        assert (stands.hex() if isinstance(stands, bytes) else stands) == said
        do(book, act="record.removed", record=made)
        with pytest.raises(errors.NotFound):
            do(book, act="record.removed", record=made)


def test_a_record_is_refused_with_its_place(book: Casebook) -> None:
    case, person = a_person(book)
    document = record(book, person, "document")
    wrong: list[tuple[dict[str, Any], type[errors.KzcaseError], str]] = [
        ({"record": "document", "number": "1"}, errors.FieldMissing, "[0].facts.kind"),
        ({"record": "document", "kind": "holiday"}, errors.UnknownCode, "[0].facts.kind"),
        ({"record": "stay", "until": "2026-02-30"}, errors.NoSuchDate, "[0].facts.until"),
        ({"record": "job", "since": "soon"}, errors.NotEdtf, "[0].facts.since"),
        ({"record": "job", "since": "2026", "until": "2020"}, errors.EndsBeforeItBegins, "[0].facts.until"),
        ({"record": "wage", "job_id": document, "agreed": 1, "paid": 1}, errors.NotFound, "[0].facts.job_id"),
        ({"record": "job", "hours": -1}, errors.NumberOutOfRange, "[0].facts.hours"),
        ({"record": "wage", "agreed": -(10**22)}, errors.NumberOutOfRange, "[0].facts.agreed"),
        ({"record": "wage", "agreed": 10**22}, errors.NumberOutOfRange, "[0].facts.agreed"),
        ({"record": "nothing"}, errors.WrongShape, "[0].facts.record"),
    ]
    for facts, error, place in wrong:
        with pytest.raises(error) as refused:
            do(book, act="record.added", person=person, facts=facts)
        assert refused.value.place == place
    with pytest.raises(errors.NotThatRecord):
        do(book, act="record.corrected", record=document, facts={"record": "job", "hours": 3})
    with pytest.raises(errors.NothingToChange):
        do(book, act="record.corrected", record=document, facts={"record": "document"})
    with pytest.raises(errors.NotFound):
        do(book, act="record.corrected", record=case, facts={"record": "document", "number": "1"})


def test_a_name_ends_and_stays_readable(book: Casebook) -> None:
    _case, person = a_person(book)
    name = {"family": "Generated", "kind": "married", "since": "2015", "said_by": "document"}
    made = do(book, act="name.added", person=person, **name).ids["name"]
    with pytest.raises(errors.EndsBeforeItBegins):
        do(book, act="record.ended", record=made.hex(), until="2010")
    do(book, act="record.ended", record=made.hex(), until="2019-06")
    assert value(book, "person_names", made, "until") == "2019-06"
    with pytest.raises(errors.EndsBeforeItBegins):
        do(book, act="name.added", person=person, given="X", since="2015", until="2014")
    leg = record(book, person, "step")
    with pytest.raises(errors.NotThatRecord):
        do(book, act="record.ended", record=leg, until="2019")


def test_legs_of_a_way_keep_their_order_also_when_one_is_remembered_later(book: Casebook) -> None:
    _case, person = a_person(book)
    first, last = (record(book, person, "leg", place=place) for place in ("A", "Z"))
    between = first
    for place in "BCDEFGHIJKLMN":  # more than there is room for: the later ones move on
        between = record(book, person, "leg", place=place, after=between)
    with book.read() as reader:
        rows = reader.session.execute(_sql("SELECT place FROM legs ORDER BY position, id")).scalars().all()
    assert "".join(rows) == "ABCDEFGHIJKLMNZ"
    assert last


def test_the_way_says_whether_it_leads_here_away_through_or_nowhere_else(book: Casebook) -> None:
    _case, person = a_person(book)
    said = [person_shown(book, person).direction]
    for country in ("UZ", "KZ", "RU"):
        record(book, person, "leg", place="Generated", country=country)
        said.append(person_shown(book, person).direction)
    assert said == [None, None, "into", "through"]


@pytest.mark.parametrize(
    ("countries", "found"),
    [("KZ AE KZ", "out_of"), ("KZ TR", "out_of"), ("KZ KZ", "inside"), ("UZ RU", None), ("KZ", None), ("", None)],
)
def test_whoever_set_out_from_here_went_out_also_when_they_are_back(countries: str, found: str | None) -> None:
    assert direction([*countries.split(), ""]) == found


def test_a_kandas_is_warned_of_renouncing_too_early_and_nobody_else(book: Casebook) -> None:
    _case, person = a_person(book)
    stay = {"record": "stay", **FACTS["stay"]}
    plain = do(book, act="record.added", person=person, facts=stay)
    kandas = do(book, act="record.added", person=person, facts=stay | {"basis": "kandas"})
    assert (plain.warned, [each.warning for each in kandas.warned]) == ((), ["kandas"])
    later = do(
        book, act="record.corrected", record=plain.ids["record"].hex(), facts={"record": "stay", "basis": "kandas"}
    )
    assert [each.place for each in later.warned] == ["facts.basis"]


def test_a_diploma_is_a_document_of_its_country(book: Casebook) -> None:
    _case, person = a_person(book)
    said = {"record": "document", "kind": "diploma", "number": "AA 1", "country": "UZ", "holder": "client"}
    do(book, act="record.added", person=person, facts=said)
    (diploma,) = person_shown(book, person).of("document")
    assert (diploma.values["kind"], diploma.values["country"]) == ("diploma", "UZ")


def _sql(query: str) -> Any:
    from sqlalchemy import text

    return text(query)


def test_an_original_is_kept_against_a_receipt_and_given_back(book: Casebook) -> None:
    _case, person = a_person(book)
    document = record(book, person, "document")
    with pytest.raises(errors.NotInCustody):
        do(book, act="document.returned", document=document)
    taken = do(book, act="document.taken", document=document, kept_where="Safe 2")
    assert len(taken.number) == 8
    assert value(book, "documents", bytes.fromhex(document), "holder") == "ngo"
    with book.read() as reader:
        assert person_page(reader, person).kept_where == {document: "Safe 2"}
        reader.acting = replace(reader.acting, grants={Role.SHELTER: (b"", 0)})
        page = person_page(reader, person)
        assert (page.kept_originals, page.kept_where) == ((document,), {document: None})
    with pytest.raises(errors.InCustody):
        do(book, act="document.taken", document=document)
    assert do(book, act="document.returned", document=document).number == taken.number
    assert value(book, "documents", bytes.fromhex(document), "holder") == "client"


def test_nothing_is_closed_before_the_protection_of_a_victim_is_settled(book: Casebook) -> None:
    case, person = a_person(book)
    proceeding = record(book, person, "proceeding")
    close = {"act": "proceeding.closed", "proceeding": proceeding, "outcome": "fined"}
    with pytest.raises(errors.SafeguardOpen):
        do(book, **close)
    with pytest.raises(errors.SafeguardOpen):
        do(book, act="case.closed", case=case, reason="goals_reached", summary="Generated.", feedback_asked=True)
    do(book, act="safeguard.decided", proceeding=proceeding, safeguard="not_asked")
    with pytest.raises(errors.SafeguardOpen):
        do(book, **close)
    do(book, act="safeguard.decided", proceeding=proceeding, safeguard="declined_informed")
    do(book, **close)
    do(book, act="case.closed", case=case, reason="goals_reached", summary="Generated.", feedback_asked=True)


def test_an_iin_is_warned_about_and_nothing_is_read_off_it(book: Casebook) -> None:
    _case, person = a_person(book)
    act = {"act": "person.corrected", "person": person, "iin": "940517 400 001", "iin_state": "issued"}
    (warned,) = warnings_of(read_act(act, "")[1])
    assert (warned.place, warned.warning) == ("iin", "iin_check_digit")
    before = [value(book, "people", bytes.fromhex(person), each) for each in ("sex", "birth")]
    do(book, **act)
    assert value(book, "people", bytes.fromhex(person), "iin") == "940517400001"
    assert [value(book, "people", bytes.fromhex(person), each) for each in ("sex", "birth")] == before


def test_a_suspicion_has_a_source_and_a_term(book: Casebook) -> None:
    _case, person = a_person(book)
    suspect = {"names": [{"given": "Generated", "kind": "nickname"}]}
    act = {"act": "relation.added", "person": person, "kind": "recruiter_suspected", "new_person": suspect}
    with pytest.raises(errors.FieldMissing):
        do(book, **act)
    with pytest.raises(errors.InTheFuture):
        do(book, **act, said_by="person", keep_until="2040-01-01")
    made = do(book, **act, said_by="person").ids["record"]
    assert value(book, "relations", made, "keep_until") == "2027-11-22"
    with pytest.raises(errors.WhoIsOther):
        do(book, act="relation.added", person=person, kind="mother")
    with pytest.raises(errors.SamePersonTwice):
        do(book, act="relation.added", person=person, kind="mother", other=person)
    with pytest.raises(errors.UnknownCode):
        do(book, act="relation.added", person=person, kind="holiday", new_person=suspect)


def test_members_of_a_household_each_have_a_status_of_their_own(book: Casebook) -> None:
    (_, mother), (_, child), (_, other) = (a_person(book) for _ in range(3))
    joined = do(book, act="household.joined", person=child, with_person=mother, nationality_status="undetermined")
    again = do(book, act="household.joined", person=mother, with_person=child, nationality_status="citizen")
    assert again.ids["household"] == joined.ids["household"]
    moved = do(book, act="household.joined", person=child, with_person=other)
    assert moved.ids["household"] != joined.ids["household"]
    assert value(book, "household_members", joined.ids["record"], "until") == "2026-11-22"
    with pytest.raises(errors.SamePersonTwice):
        do(book, act="household.joined", person=child, with_person=child)


def test_school_waits_for_the_mothers_identity(book: Casebook) -> None:
    codes = book.rulebook.codes["path_step"]
    waiting = {each.step: each for each in steps_of(codes, {"school": "not_begun"}, None)}
    assert list(waiting) == ["birth_notice", "birth_registration", "iin", "school"] or "iin" in waiting
    assert waiting["school"].waits_for == (("iin",),)
    assert waiting["birth_registration"].waits_for == (("mother:identity",), ("birth_notice",))
    done = {"school": "not_begun", "birth_registration": "done", "iin": "done"}
    assert {each.step: each.can_begin for each in steps_of(codes, done, {"identity": "done"})}["school"]
