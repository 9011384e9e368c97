"""Erasing: what goes, what remains, and that nothing which comes from elsewhere brings it back."""

import threading
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text

from kzcase.actions import attachments, calls, cases, drafts, erasing, people
from kzcase.actions.history import UndoAct, undo_act
from kzcase.db import doors, room, store
from kzcase.db import erasing as carrying
from kzcase.db import erasure_plan as planning
from kzcase.db.casebook import Casebook, Opening
from kzcase.db.check import check_files
from kzcase.db.keyrings import Keyrings
from kzcase.db.local_facts import fact
from kzcase.db.shape import shape
from kzcase.db.sql import Sql
from kzcase.db.tables.attachments import Attachment
from kzcase.db.tables.base import Journaled
from kzcase.db.tables.cases import Referral
from kzcase.db.tables.facts import CaseFact
from kzcase.db.tables.lives import Document
from kzcase.db.tables.office import Call
from kzcase.db.tables.people import Person
from kzcase.db.tables.registers import Incident, SubjectRequest
from kzcase.db.vault import Vault
from kzcase.domain.permissions import Role
from kzcase.journal.erasures import Erasures
from kzcase.journal.parts import deserialised
from kzcase.paper.incoming.door import Clean
from tests.actions.steps import CASE, a_consent, a_partner, do
from tests.db.books import KEY, OFFICE, founded, replica, template
from tests.db.dump import differences, still_there
from tests.db.laptops import colleague, forge, give, laptop, meet, remove, row
from tests.marked import (
    Marked,
    erase,
    ids_of,
    marked,
    own_tables,
    planted,
    still_marked,
    telling_tables,
    told_of,
)
from tests.proofs.disk import FULL, IOERR_FSYNC, IOERR_WRITE, Disk, watched

ORGANISATION = b"o" * 16


def test_nothing_marked_is_left_and_what_is_counted_remains(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        who = marked(book, Random(1))
        assert still_marked(book, who) == ["tables", "bodies", "keys", "files", "pages"]  # it looks where it is
        erase(book, who)
        assert still_marked(book, who) == []
        assert not still_there(book)
        person, case = ids_of(who)
        with book.read() as reader:
            ask = reader.session.execute
            assert ask(text("SELECT birth, struck, shown_name FROM people WHERE id = :p"), {"p": person}).one() == (
                *("1994", True, None),
            )
            kept = ask(text("SELECT kind, opened_on, number, worker_id, struck, erased_on FROM cases WHERE id = :c"),
                       {"c": case}).one()  # fmt: skip
            assert kept == ("trafficking", "2026-11-22", None, None, True, "2026-11-22")
            assert ask(text("SELECT channel, phone, note, struck FROM calls")).one() == ("phone", None, None, True)
            assert ask(text("SELECT country FROM citizenships")).scalars().all() == ["UZ"]
            texts = ask(text("SELECT text FROM notes WHERE struck IS NOT 1 ORDER BY written_at")).scalars().all()
            assert texts == ["Подруга …, ….", "Вернулась.", "… просила", "Ничего о ней."]
            friend = ask(text("SELECT closed_on, closing_summary FROM cases WHERE kind = 'stateless'")).one()
            assert friend == (None, None)  # what was corrected since is not said anew
        path = book.folder.path
    assert check_files(path, KEY, deep=True).findings == ()


def test_no_table_is_forgotten(tmp_path: Path) -> None:
    """A row in every table that hangs on a person, with the mark wherever text may stand; and in every table with
    words a row of somebody else that names them."""
    tables = own_tables()
    assert {"case_facts", "crime_signals", "incoming_steps", "tracings", "transfers", "household_members"} <= {*tables}
    with founded(tmp_path) as book:
        who, friend = marked(book, Random(17), files=0), marked(book, Random(18), files=0)
        with laptop(tmp_path, colleague(book, *Role), book) as theirs:
            ours, told = planted(theirs, who), told_of(theirs, who, *ids_of(friend))
            give(theirs, book)
        assert {*ours} == {*tables}
        assert {*told} == {*telling_tables()}
        assert {"partners", "incidents", "shifts", "crime_signals", "consents", "incoming_referrals"} <= {*told}
        for name, row_id in (*ours.items(), *told.items()):
            assert book._sql.value(f"SELECT struck IS NULL FROM {name} WHERE id = ?", (row_id,)) == 1, name
        erase(book, who)
        assert still_marked(book, who) == []
        assert "bodies" in still_marked(book, friend)
        for name, row_id in ours.items():
            assert book._sql.value(f"SELECT struck FROM {name} WHERE id = ?", (row_id,)) == 1, name
            if name not in planning.KEEPS:
                gone = " OR ".join(f"{each} IS NOT NULL" for each in shape(name).columns if each != "struck")
                assert not book._sql.rows(f"SELECT 1 FROM {name} WHERE id = ? AND ({gone})", (row_id,)), name
        for name, row_id in told.items():
            assert book._sql.value(f"SELECT struck IS NULL FROM {name} WHERE id = ?", (row_id,)) == 1, name


def test_a_later_call_that_was_also_about_somebody_else_stays_without_their_name(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        who, friend = marked(book, Random(19), files=0), marked(book, Random(20), files=0)
        wish = calls.LogCall(channel="phone", language="kk", outcome="out_answered", topics=[])
        alone, both = (calls.log_call(book, wish).ids["call"] for _each in range(2))
        for call, case in ((alone, who.case), (both, who.case), (both, friend.case)):
            calls.link_call(book, calls.LinkCall(call=call.hex(), case=case))
        for call in (alone, both):
            with book.write("call.logged") as act:
                act.session.get_one(Call, call).note = f"Звонит {who.word} {who.phone}"
            drafts.save_draft(book, drafts.KeptDraft(f"call_back/{call.hex()}", {"hours": "после шести"}))
        erase(book, who)
        assert still_marked(book, who) == []
        notes = dict(book._sql.rows("SELECT id, note FROM calls WHERE struck IS NOT 1"))
        assert (alone in notes, notes[both]) == (False, "Звонит … …")
        places = [place for (place,) in book._sql.rows("SELECT place FROM drafts WHERE place LIKE 'call_back/%'")]
        assert places == [f"call_back/{both.hex()}"]  # what was typed about the call that is gone is gone too


def test_a_call_whose_connection_was_taken_back_is_nobodys_to_erase(tmp_path: Path) -> None:
    """Connected with the wrong case by mistake: it stays, and only a name in it goes."""
    with founded(tmp_path) as book:
        who = marked(book, Random(23), files=0)
        wish = calls.LogCall(channel="phone", language="kk", outcome="out_answered", topics=[], note=f"{who.word} тоже")
        call = calls.log_call(book, wish).ids["call"]
        linked = calls.link_call(book, calls.LinkCall(call=call.hex(), case=who.case))
        undo_act(book, UndoAct(of=linked.act.hex()))
        erase(book, who)
        assert still_marked(book, who) == []
        assert book._sql.rows("SELECT struck, note FROM calls WHERE id = ?", (call,)) == [(None, "… тоже")]


def test_a_row_that_erasing_may_not_write_anew_is_no_mention(tmp_path: Path) -> None:
    """The number of a request that happens to look like theirs: confirmed, the whole request would be lost."""
    with founded(tmp_path) as book:
        who, request = marked(book, Random(27), files=0), b"r" * 16
        with laptop(tmp_path, colleague(book, *Role), book) as theirs:
            with theirs.write("request.received") as act:
                act.add(SubjectRequest(id=request, number=who.phone, kind="access"))
            give(theirs, book)
        erase(book, who)
        assert book._sql.rows("SELECT number, kind FROM subject_requests") == [(who.phone, "access")]


def test_a_draft_elsewhere_that_says_their_passport_number_goes(tmp_path: Path) -> None:
    """On a laptop that only hears of the erasure, with what stands in its own tables."""
    with founded(tmp_path) as book:
        who = marked(book, Random(18), files=0)
        with book.write("person.corrected") as act:
            act.add(Document(person_id=ids_of(who)[0], kind="foreign_passport", number="AB 7654321"))
            act.session.get_one(Person, ids_of(who)[0]).iin = "940517300123"
        with laptop(tmp_path, book._identity, book) as other:  # type: ignore[arg-type]
            for said in ("ab7654321", "№ 940517300123", "AB 1234567"):
                drafts.save_draft(other, drafts.KeptDraft(f"call/{said}", {"note": said}))
            erase(book, who)
            give(book, other)
            assert [place for (place,) in other._sql.rows("SELECT place FROM drafts")] == ["call/AB 1234567"]


def test_a_draft_goes_whatever_of_theirs_its_place_names(tmp_path: Path) -> None:
    """Also where an older program named no case: a statement, a referral, a request or an incident alone."""
    with founded(tmp_path) as book:
        assert _left_after_erasing(book) == {"call", "partner_change"}


def test_a_place_that_is_not_looked_up_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kzcase.db.erased_drafts._names_a_row_of", lambda *_: False)
    with founded(tmp_path) as book:
        assert _left_after_erasing(book) >= {"taking_back", "reply", "answer", "incident end"}


def _left_after_erasing(book: Casebook) -> set[str]:
    """The kinds of drafts that are still there: places with no id of a case or person, and texts without a name."""
    who, other = marked(book, Random(31), files=0), "cd" * 16
    case = bytes.fromhex(who.case)
    made: dict[str, tuple[str, type[Journaled]]] = {
        "taking_back": ("fact.stated", CaseFact),
        "reply": ("referral.drafted", Referral),
        "answer": ("request.received", SubjectRequest),
        "incident end": ("incident.opened", Incident),
    }
    for kind, (act_kind, table) in made.items():
        row_id = kind.encode().ljust(16)
        with book.write(act_kind) as act:
            act.add(table(id=row_id, case_id=case))
        drafts.save_draft(book, drafts.KeptDraft(f"{kind}/{row_id.hex()}", {"text": "Hides"}))
    number = book._sql.value("SELECT number FROM cases WHERE id = ?", (case,))
    said = {"request": number, "call": "Somebody else", f"partner_change/{other}": f"As in {number}"}
    for place, typed in said.items():
        drafts.save_draft(book, drafts.KeptDraft(place, {"case": typed}))
    erase(book, who)
    with book.read() as reader:
        return {each.place.split("/")[0] for each in drafts.load_drafts(reader)}


def test_it_never_comes_back(tmp_path: Path) -> None:
    """From a stick with the old parts, from another laptop's keys, in any order, again and again."""
    with founded(tmp_path) as book:
        who = marked(book, Random(2))
        stale = laptop(tmp_path, book._identity, book)  # type: ignore[arg-type]
        erase(book, who)
        parts, keys = who.before
        for given in ((parts, keys), ((), keys), (parts, ()), (parts[::-1], keys[::-1])):
            book.take_in(*given)
            assert still_marked(book, who) == []
        give(book, stale)
        assert still_marked(stale, who) == []
        meet(book, stale)
        assert not differences(book, stale)
        assert not still_there(book) + still_there(stale)
        path = stale.folder.path
        stale.close()
    assert [found.check for found in check_files(path, KEY, deep=True).findings] == []


def test_it_is_refused_before_it_is_stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not stored and taken out again: the old body never stands in the table, not even inside the transaction."""
    with founded(tmp_path) as book:
        who = marked(book, Random(3))
        erase(book, who)
        fresh = replica(tmp_path, book._identity)  # type: ignore[arg-type]
        everybody, keys = book.everything()
        fresh.take_in([part for part in everybody if deserialised(part)[3].scope == template().organisation], keys)
        seen: list[int] = []
        real = carrying.carry_out

        def watched(*given: object) -> object:
            seen.append(1)
            return real(*given)  # type: ignore[arg-type]

        monkeypatch.setattr(carrying, "carry_out", watched)
        fresh.take_in(*who.before)
        assert not seen  # nothing had to be let go of
        assert not still_there(fresh)
        assert still_marked(fresh, who) == []
        fresh.close()


def test_an_act_that_hides_among_old_ones_is_followed_in_the_same_taking_in(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        who = marked(book, Random(4))
        erase(book, who)
        parts, keys = book.everything()
        everything = [*who.before[0], *parts]
        for seed in range(6):
            Random(seed).shuffle(everything)
            with replica(tmp_path, book._identity) as other:  # type: ignore[arg-type]
                other.take_in(everything, [*who.before[1], *keys])
                assert not differences(book, other)
                assert not still_there(other)
                assert "bodies" not in still_marked(other, who)


def test_what_somebody_without_the_right_erases_stays(tmp_path: Path) -> None:
    """A caseworker's program cannot; and an act forged in the name of one changes nothing elsewhere."""
    with founded(tmp_path) as book:
        who, worker = marked(book, Random(5)), colleague(book, Role.CASEWORKER)
        person, case = ids_of(who)
        forged = [
            (template().organisation, row("erasures", b"e" * 16, template().organisation, person_id=person)),
            (template().organisation, row("erased_subjects", b"s" * 16, template().organisation, erasure_id=b"e" * 16,
                                          scope=case, subject=case, kept_key=b"")),
        ]  # fmt: skip
        with laptop(tmp_path, worker, book) as theirs:
            book.take_in(forge(theirs, "person.erased", forged))
            book.take_in(forge(theirs, "note.added", forged))
        assert carrying.load(book._sql) == Erasures()
        assert still_marked(book, who) == ["tables", "bodies", "keys", "files", "pages"]


def test_the_organisation_and_the_office_cannot_be_erased(tmp_path: Path) -> None:
    """A supervisor's forged act that names the keys of everybody's rights says nothing."""
    tag = template().organisation
    subjects = {b"1" * 16: (tag, tag), b"2" * 16: (OFFICE, OFFICE)}
    with founded(tmp_path) as book:
        founding = book._sql.value("SELECT id FROM acts WHERE kind = 'casebook.founded'")
        body = {"erasure_id": b"e" * 16, "act_id": founding, "scope": tag, "subject": tag}
        given = [(tag, row("erased_bodies", b"b" * 16, tag, **body))]
        for row_id, (scope, subject) in subjects.items():
            named = {"erasure_id": b"e" * 16, "scope": scope, "subject": subject, "kept_key": b""}
            given.append((tag, row("erased_subjects", row_id, tag, **named)))
        parts = forge(book, "person.erased", given, book.acting.grants[Role.SUPERVISOR])
        with replica(tmp_path, book._identity) as other:  # type: ignore[arg-type]
            give(book, other)
            other.take_in(parts)
            assert other._sql.value("SELECT count(*) FROM erased_subjects") == 2
            assert carrying.load(other._sql) == Erasures()
            assert other.facts.root_key == book.facts.root_key
            cases.open_case(other, _somebody())


def test_an_erasure_that_is_refuted_is_taken_back_wherever_the_data_still_are(tmp_path: Path) -> None:
    """A supervisor was removed before they erased: that laptop let go of it, and gets it again from another."""
    with founded(tmp_path) as book:
        leaving = colleague(book, Role.SUPERVISOR, Role.CASEWORKER)
        who = marked(book, Random(6), files=0)
        theirs = laptop(tmp_path, leaving, book)
        remove(book, leaving)
        erase(theirs, who)
        assert still_marked(theirs, who) == []
        give(book, theirs)
        give(theirs, book)
        assert carrying.load(theirs._sql) == Erasures()
        assert not differences(book, theirs)
        assert "bodies" in still_marked(theirs, who)
        theirs.close()


def test_two_who_erase_the_same_person_end_equal(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        who = marked(book, Random(7), files=0)
        other = laptop(tmp_path, book._identity, book)  # type: ignore[arg-type]
        for each in (book, other):
            erase(each, who)
        meet(book, other)
        assert not differences(book, other)
        assert not still_there(book) + still_there(other)
        assert still_marked(book, who) == still_marked(other, who) == []
        other.close()


def test_what_was_written_meanwhile_goes_too(tmp_path: Path) -> None:
    """Another laptop went on with the case before it heard."""
    with founded(tmp_path) as book:
        who = marked(book, Random(8), files=0)
        other = laptop(tmp_path, book._identity, book)  # type: ignore[arg-type]
        erase(book, who)
        cases.add_note(other, cases.AddNote(case=who.case, text=f"{who.word} была здесь"))
        people.add_name(other, people.AddName(person=who.person, family=who.word))
        meet(book, other)
        assert still_marked(book, who) == still_marked(other, who) == []
        assert not differences(book, other)
        other.close()


def test_a_consent_recorded_meanwhile_goes_too(tmp_path: Path) -> None:
    """It is about the person in the case: a subject nobody had written of when they were erased."""
    with founded(tmp_path) as book:
        who = marked(book, Random(14), files=0)
        partner = a_partner(book)
        other = laptop(tmp_path, book._identity, book)  # type: ignore[arg-type]
        erase(book, who)
        a_consent(other, who.case, partner)
        meet(book, other)
        assert not differences(book, other)
        assert not still_there(book) + still_there(other)
        assert book._sql.rows("SELECT case_id, partner_id, given_on FROM consents") == [(None, None, None)]
        other.close()


def test_disagreement_about_a_call_outlives_an_erasure(tmp_path: Path) -> None:
    """In what the office shares only the rows concerned are read anew; their heads must be right as they are."""
    with founded(tmp_path) as book:
        call = calls.log_call(book, calls.LogCall(channel="phone", language="kk", outcome="out_answered", topics=[]))
        who = marked(book, Random(15), files=0)
        other = laptop(tmp_path, book._identity, book)  # type: ignore[arg-type]
        for each, said in ((book, f"О {who.word} {who.phone}"), (other, "Другое")):
            with each.write("call.logged") as act:
                act.session.get_one(Call, call.ids["call"]).note = said
        meet(book, other)
        erase(book, who)
        give(book, other)
        assert not differences(book, other)
        assert still_marked(book, who) == []
        disputed = "SELECT disputed FROM heads WHERE entity = 'calls' AND id = ?"
        assert book._sql.value(disputed, (call.ids["call"],)) == "note"
        other.close()


def test_a_piece_that_another_record_names_stays(tmp_path: Path) -> None:
    """Somebody wrote into their own case a record that names the pieces of another's attachment."""
    with founded(tmp_path) as book:
        friend = cases.open_case(book, _somebody()).ids["case"].hex()
        added = attachments.AddAttachment(friend, "", Clean("image/jpeg", 1, b"generated"))
        row_id = attachments.add_attachment(book, added).ids["attachment"]
        who = marked(book, Random(16))
        chunks = book._sql.value("SELECT chunks FROM attachments WHERE id = ?", (row_id,))
        with book.write("attachment.added") as act:
            act.add(Attachment(case_id=bytes.fromhex(who.case), chunks=chunks))
        erase(book, who)
        assert still_marked(book, who) == []
        assert attachments.open_attachment(_seeing(book), row_id.hex()) == b"generated"


def _seeing(book: Casebook) -> Casebook:
    book.show_names()
    return book


def test_disagreement_elsewhere_outlives_an_erasure(tmp_path: Path) -> None:
    """A field of somebody else on which laptops disagree: the answer that named the person is said anew without it,
    the other one stays."""
    with founded(tmp_path) as book:
        friend = cases.open_case(book, _somebody()).ids["case"].hex()
        who = marked(book, Random(9), files=0)
        other = laptop(tmp_path, book._identity, book)  # type: ignore[arg-type]
        cases.close_case(
            book, cases.CloseCase(case=friend, reason="moved", summary=f"К {who.word} {who.phone}", feedback_asked=True)
        )
        cases.close_case(other, cases.CloseCase(case=friend, reason="moved", summary="Другое", feedback_asked=True))
        meet(book, other)
        erase(book, who)
        give(book, other)
        assert not differences(book, other)
        with book.read() as reader:
            disputed = "SELECT disputed FROM heads WHERE entity = 'cases' AND id = :c"
            found = reader.session.execute(text(disputed), {"c": bytes.fromhex(friend)}).scalar() or ""
        assert "closing_summary" in found.split()
        assert still_marked(book, who) == []
        other.close()


def test_only_what_an_older_copy_never_had_is_missing_after_it_learns(tmp_path: Path) -> None:
    """Keys that come late, parts without their keys: the same in the end."""
    with founded(tmp_path) as book:
        who = marked(book, Random(10), files=0)
        erase(book, who)
        parts, keys = book.everything()
        with replica(tmp_path, book._identity) as other:  # type: ignore[arg-type]
            other.take_in(parts)
            other.take_in((), keys)
            other.take_in(parts, keys)
            assert not differences(book, other)


def _somebody() -> cases.OpenCase:
    return cases.OpenCase(kind="stateless", person=people.PersonFacts(names=[people.NameFacts(family="Другая")]))


@pytest.mark.parametrize("anew", [True, False])
def test_the_file_is_written_anew_so_that_no_copy_stays_between_other_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, anew: bool
) -> None:
    """Overwriting does not reach every copy of a row that moved: here it overwrites nothing at all."""
    if not anew:
        monkeypatch.setattr(Sql, "rewrite", lambda _sql: True)
    with founded(tmp_path) as book:
        who = marked(book, Random(21), files=0)
        driver = book._sql._driver
        driver.set_authorizer(None)
        driver.execute("PRAGMA secure_delete = OFF")
        erase(book, who)
        assert still_marked(book, who) == ([] if anew else ["pages"])
        if anew:
            with pytest.raises(driver.DatabaseError):
                driver.execute("ATTACH 'beside' AS beside")  # the doors are shut again


def test_what_cannot_be_written_anew_now_is_at_the_next_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with founded(tmp_path) as book:
        who = marked(book, Random(22), files=0)
        with monkeypatch.context() as full:
            full.setattr(Sql, "rewrite", lambda _sql: False)
            erase(book, who)
        path, done = book.folder.path, list[int]()
    real = Sql.rewrite

    def watched(sql: Sql) -> bool:
        done.append(1)
        return real(sql)

    monkeypatch.setattr(Sql, "rewrite", watched)
    for _opening in range(2):
        with Casebook.open(path, Opening(KEY, template().founder)) as again:
            assert still_marked(again, who) == []
    assert done == [1]


def test_a_lock_stops_the_writing_anew_which_is_done_at_the_next_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, real = list[bool](), Sql.rewrite

    def locked_meanwhile(sql: Sql) -> bool:
        book.stop_tidying()
        told.append(real(sql))
        return told[-1]

    with founded(tmp_path) as book, monkeypatch.context() as meanwhile:
        who, path = marked(book, Random(23), files=0), book.folder.path
        meanwhile.setattr(Sql, "rewrite", locked_meanwhile)
        erase(book, who)
        assert told == [False]
        assert carrying.how_pages_went(book._sql) == "waits"
        do(book, **CASE)  # whoever goes on all the same is not in the way of anything
    with Casebook.open(path, Opening(KEY, template().founder)) as again:
        assert carrying.how_pages_went(again._sql) == "anew"
        assert still_marked(again, who) == []


def _refuses(disk: Disk, what: str, code: int) -> None:
    """From the moment the file is written anew on, every one of these in the log fails, until it is told otherwise."""
    disk.refuse = lambda passing: code if passing.what == what and passing.path.endswith("-wal") else None


@pytest.mark.parametrize(("what", "code"), [("write", FULL), ("write", IOERR_WRITE), ("sync", IOERR_FSYNC)])
def test_a_disk_that_refuses_the_rewriting_loses_nothing_and_keeps_nobody_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, code: int
) -> None:
    with watched() as disk:
        disk.remember = False
        with founded(tmp_path) as book:
            who, friend = marked(book, Random(24), files=0), marked(book, Random(25), files=0)
            path, real = book.folder.path, Sql.rewrite

            def refused(sql: Sql) -> bool:
                _refuses(disk, what, code)
                try:
                    return real(sql)
                finally:
                    disk.refuse = lambda _passing: None

            monkeypatch.setattr(Sql, "rewrite", refused)
            erase(book, who)
            assert book._footing._lost is (code != FULL)  # a disk that failed is relied on only after a trial
            case = cases.open_case(book, _somebody()).ids["case"]
        for left in (True, False):
            monkeypatch.setattr(Sql, "rewrite", refused if left else real)
            with Casebook.open(path, Opening(KEY, template().founder)) as book:
                assert bool(fact(book._sql, "erased_left_over")) is left
                assert "bodies" in still_marked(book, friend)
                assert "tables" not in still_marked(book, who)
                assert book._sql.value("SELECT count(*) FROM cases WHERE id = ?", (case,)) == 1
    assert check_files(path, KEY, deep=True).findings == ()


def test_without_room_for_a_second_copy_it_is_not_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last free room is for drafts and a clean close, not for clearing up."""
    with watched() as disk, founded(tmp_path) as book, book._writer.connect() as connection:
        disk.count = 0
        with monkeypatch.context() as little:
            little.setattr(room, "free_bytes", lambda _path: room.LEAST_FREE)
            assert Sql.of(connection).rewrite() is False
        assert disk.count == 0
        assert Sql.of(connection).rewrite() is True
        assert disk.count > 0


def test_left_over_work_beside_a_waiting_attachment_is_done_at_one_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed twice over: a look into the tables for the attachment stays open on the connection."""
    with founded(tmp_path) as book:
        who = marked(book, Random(26), files=0)
        with monkeypatch.context() as killed:
            killed.setattr(carrying, "finish", lambda *_, **__: None)
            erase(book, who)
        Vault(book.folder.attachments).put(b"a" * 16, b"generated")
        path = book.folder.path
    with Casebook.open(path, Opening(KEY, template().founder)) as again:
        assert not fact(again._sql, "erased_left_over")
        assert still_marked(again, who) == []


# Canaries: each of these forgets one place, and what looks for the mark must say so


def _forgets_bodies(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(store, "empty_body", lambda _sql, _name: None)


def _forgets_keys(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Keyrings, "destroy", lambda *_: None)
    patch.setattr(Casebook, "renew_keys", _keeping_keys)


def _keeping_keys(book: Casebook, pairs: list[tuple[tuple[bytes, bytes], bool]]) -> dict[tuple[bytes, bytes], bytes]:
    rings = {pair: book._keyrings.ring(book._sql, pair[0], (pair[1],)).get(pair[1], {}) for pair, _ in pairs}
    return {pair: min(ring, default=b"") for pair, ring in rings.items()}


def _forgets_rows(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(carrying, "_built_anew", lambda *_: set())


def _forgets_files(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("kzcase.db.vault.Vault.drop", lambda *_: None)


def _forgets_drafts(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(erasing, "forget_drafts", lambda *_: None)
    patch.setattr(carrying, "forget_drafts", lambda *_: None)


def _forgets_mentions(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(erasing, "_empty_texts", lambda *_: None)


def _forgets_the_search(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("kzcase.db.casebook.derived", lambda _, rulebook, *__: rulebook)


def _forgets_the_log(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(carrying, "finish", lambda *_, **__: None)


FORGETTING = {
    "bodies": _forgets_bodies,
    "keys": _forgets_keys,
    "tables": _forgets_rows,
    "files": _forgets_files,
    "drafts": _forgets_drafts,
    "mentions": _forgets_mentions,
    "search": _forgets_the_search,
    "pages": _forgets_the_log,
}


@pytest.mark.parametrize("forgotten", FORGETTING)
def test_a_forgotten_place_is_noticed(forgotten: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with founded(tmp_path) as book:
        who = marked(book, Random(11))
        FORGETTING[forgotten](monkeypatch)
        erase(book, who)
        assert _noticed(book, who)


def _noticed(book: Casebook, who: Marked) -> list[str]:
    return still_marked(book, who) + still_there(book)


def test_a_door_left_open_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with founded(tmp_path) as book:
        who = marked(book, Random(12), files=0)
        erase(book, who)
        monkeypatch.setattr(Erasures, "refused", lambda *_: frozenset())
        monkeypatch.setattr(Erasures, "allowed", lambda _self, _scope, ring: ring)
        book.take_in(*who.before)
        assert {"bodies", "keys"} <= set(still_marked(book, who))


def test_left_over_work_is_done_at_the_next_opening(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program was killed between the commit and the disk."""
    with founded(tmp_path) as book:
        who = marked(book, Random(13))
        with monkeypatch.context() as killed:
            killed.setattr(carrying, "finish", lambda *_, **__: None)
            erase(book, who)
        assert {"files", "pages"} & set(still_marked(book, who))
        path = book.folder.path
    with Casebook.open(path, Opening(KEY, template().founder)) as again:
        assert still_marked(again, who) == []


@pytest.mark.parametrize("gives_way", [True, False])
def test_a_large_file_keeps_nobody_waiting_and_whoever_saves_has_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gives_way: bool
) -> None:
    """The canary: a lock that does not know who stands before it lets the writing anew go on to its end."""
    monkeypatch.setattr(carrying, "PAGES_AT_ONCE", 0)
    told, real, saved = list[bool](), Sql.rewrite, threading.Event()
    if not gives_way:
        monkeypatch.setattr(doors.Turn, "wanted", False)

    def somebody_saves(sql: Sql) -> bool:
        saving = threading.Thread(target=lambda: (do(again, **CASE), saved.set()))
        saving.start()
        while not again._write_lock._waiting:
            pass
        told.append(real(sql))
        return told[-1]

    with founded(tmp_path) as book:
        who, path = marked(book, Random(24), files=0), book.folder.path
        erase(book, who)
        assert carrying.how_pages_went(book._sql) == "waits"
    with Casebook.open(path, Opening(KEY, template().founder)) as again:
        assert carrying.bytes_to_go(again._sql) > 0  # the opening did not wait for it
        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(Sql, "rewrite", somebody_saves)
            again.write_anew()
            assert saved.wait(10)
        assert told == [not gives_way]
        assert (carrying.how_pages_went(again._sql) == "waits") == gives_way
        again.write_anew()
        assert carrying.how_pages_went(again._sql) == "anew"
        assert still_marked(again, who) == []
