"""Each look is one entry, made before the look; entries hold codes and ids, and only the audit key opens them."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import text

from kzcase.actions import reading
from kzcase.actions.affected import affected_by
from kzcase.actions.attachments import (
    AddAttachment,
    CopyAttachment,
    add_attachment,
    copy_attachment,
    open_attachment,
)
from kzcase.actions.call_backs import show_number
from kzcase.actions.desk import FoundCasebook, found_casebook, open_desk
from kzcase.actions.erasing import plan_erasure
from kzcase.actions.forms import blank_sheet
from kzcase.actions.list_exports import export_list
from kzcase.actions.papers import WantedPaper, print_paper
from kzcase.actions.read_log import read_log
from kzcase.actions.registers import read_register, register_file
from kzcase.actions.sealed_notes import read_sealed_note
from kzcase.actions.submissions import SentAnswers, TakeInAnswers, take_in_answers
from kzcase.db.casebook import Casebook
from kzcase.db.read_log import PURPOSE, Place, ReadEntry, broken_links, opened
from kzcase.db.tries import Tries
from kzcase.domain.case_filter import CaseFilter
from kzcase.domain.classes import FieldClass
from kzcase.domain.errors import (
    DiskTrouble,
    NotAllowed,
    NotFound,
    NotYourSlot,
    TooFewPeople,
    UnknownCode,
    WrongPassphrase,
)
from kzcase.domain.looks import LOOKS, Look
from kzcase.domain.permissions import Role, Sight
from kzcase.exchange.outgoing import SaveAnswers, save_answers
from kzcase.paper.incoming.door import Clean
from kzcase.queries.looks import LooksWish
from kzcase.summaries.casebook import prepare
from kzcase.summaries.spec import Spec
from tests.actions.steps import CALL, a_call, a_case, do
from tests.db.books import AUDIT, TickingClock, founded
from tests.db.laptops import colleague, laptop
from tests.exchange.forms import ANSWERS, survey
from tests.keys.cheap import TINY

OWN = "керуен домбыра жусан бәйтерек"
MARKER = "Құпияатау"
TEXT = "Құпия терапия жазбасы"


def entries(book: Casebook) -> list[ReadEntry]:
    """The log of a book, opened with the audit key; its chain must hold."""
    with book.local():
        assert broken_links(book._sql) == []
    with book.read("long") as reader:
        rows = reader.session.execute(text("SELECT incarnation, sealed FROM read_log ORDER BY index_in_chain")).all()
    place = book.facts.organisation
    return [opened(AUDIT.open_sealed(PURPOSE, sealed), Place(place, laptop)).entry for laptop, sealed in rows]


def a_named_case(book: Casebook) -> str:
    return a_case(book, person={"names": [{"family": MARKER, "given": "Адам"}]})


def a_sealed_note(book: Casebook, case: str) -> str:
    wish = {"act": "note.sealed", "case": case, "kind": "therapy", "readers": ["Founder"], "text": TEXT}
    return do(book, **wish).ids["note"].hex()


# A1: every look, one entry


def _summary(book: Casebook, _case: str) -> object:
    with suppress(TooFewPeople):  # which is found only after looking
        return prepare(book, Spec(5, (), "2026-Q3", key=bytes(32)))
    return None


def _sound(book: Casebook, case: str) -> str:
    """An attachment, and names shown without an entry, so that it can be opened."""
    book.acting = book.acting.showing_names()
    wish = AddAttachment(case, "Generated", Clean("audio/mpeg", 0, b"generated sound"))
    return add_attachment(book, wish).ids["attachment"].hex()


def _incident(book: Casebook, case: str) -> str:
    return do(book, act="incident.opened", kind="lost_paper", what="Generated.", case=case).number


def _answered(book: Casebook, case: str) -> str:
    """A case with a filled form."""
    sheet = blank_sheet(survey(), book.now(), "kk")
    sheet.load(ANSWERS)
    take_in_answers(book, TakeInAnswers([SentAnswers(sheet, "uuid:1", case)]))
    return case


def _a_promise(book: Casebook) -> str:
    call = do(book, **CALL).ids["call"].hex()
    promised = {"due": "2026-12-01T12:00", "phone": "+77010000005"}
    return do(book, act="call_back.promised", call=call, **promised).ids["call_back"].hex()


def _promised(book: Casebook) -> bytes:
    return bytes(book._sql.value("SELECT call_id FROM call_backs"))


def _call(book: Casebook) -> bytes:
    return bytes(book._sql.value("SELECT id FROM calls"))


LOOKED: dict[Look, Callable[[Casebook, str], object]] = {
    Look.NAMES: lambda book, _case: reading.show_names(book),
    Look.CASE: reading.open_case,
    Look.HISTORY: reading.read_history,
    Look.SEARCH: lambda book, _case: reading.search_cases(book, MARKER),
    Look.SEALED_NOTE: lambda book, case: read_sealed_note(book, a_sealed_note(book, case)),
    Look.ATTACHMENT: lambda book, case: open_attachment(book, _sound(book, case)),
    Look.COPY: lambda book, case: copy_attachment(book, CopyAttachment(_sound(book, case))),
    Look.PAPER: lambda book, case: print_paper(book, WantedPaper("case_sheet", "kk", case)),
    Look.EXPORT: lambda book, case: save_answers(book, SaveAnswers(case=_answered(book, case))),
    Look.SUMMARY: _summary,
    Look.LOG: lambda book, _case: read_log(book, LooksWish()),
    Look.REGISTER: lambda book, _case: read_register(book, "access", "kk"),
    Look.TAKEN: lambda book, _case: register_file(book, "access", "csv", "kk"),
    Look.AFFECTED: lambda book, case: affected_by(book, _incident(book, case)),
    Look.ERASURE: plan_erasure,
    Look.CALL: lambda book, _case: reading.look_at_call(book, a_call(book)),
    Look.NUMBER: lambda book, _case: show_number(book, _a_promise(book)),
    Look.LIST: lambda book, _case: export_list(book, CaseFilter(), "planning", "csv", "kk", names=True),
    Look.UNLOCKED: lambda book, _case: reading.record_unlock(book, Tries(book.folder.path / "tries")),
}
BY_ITSELF = {Look.TURNED_AWAY, Look.CUT, Look.LOST}
"""What the log says without anybody looking; each has a test of its own."""


def test_every_look_has_its_action_here() -> None:
    assert set(LOOKED) | BY_ITSELF == set(Look) == set(LOOKS)


@pytest.mark.parametrize("what", LOOKED)
def test_each_action_is_exactly_one_entry(tmp_path: Path, what: Look) -> None:
    with founded(tmp_path) as book:
        case = a_named_case(book)
        assert entries(book) == []
        LOOKED[what](book, case)
        (entry,) = entries(book)
        assert entry.what == what
        assert entry.staff_id == book.acting.staff_id
        left = (Look.ATTACHMENT, Look.COPY, Look.PAPER, Look.EXPORT)
        of_the_case = what in (Look.CASE, Look.HISTORY, Look.SEALED_NOTE, *left)
        whose = bytes.fromhex(case) if of_the_case else book.facts.organisation
        person = book._sql.value("SELECT client_id FROM cases WHERE id = ?", (bytes.fromhex(case),))
        other = {Look.ERASURE: lambda: person, Look.NUMBER: lambda: _promised(book), Look.CALL: lambda: _call(book)}
        assert entry.subject == other.get(what, lambda: whose)()


@pytest.mark.parametrize("what", [each for each in LOOKED if each is not Look.UNLOCKED])
def test_where_the_entry_cannot_be_written_nothing_is_shown(
    tmp_path: Path, what: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Entry first: with the log refusing, no question about a case is even asked."""
    asked: list[str] = []

    def no_entry(*_: object) -> bytes:
        raise DiskTrouble(reason="full")

    with founded(tmp_path) as book:
        case = a_named_case(book)
        a_sealed_note(book, case)
        for name in ("case_page", "case_history", "answer", "call_details"):
            monkeypatch.setattr(reading, name, lambda *_: asked.append("asked"))
        monkeypatch.setattr("kzcase.actions.papers._row", lambda *_: asked.append("asked"))
        monkeypatch.setattr("kzcase.actions.sealed_notes.opened_note", lambda *_: asked.append("asked"))
        monkeypatch.setattr("kzcase.actions.attachments.Vault.get", lambda *_: asked.append("asked"))
        monkeypatch.setattr("kzcase.summaries.casebook.closed_periods", lambda *_: asked.append("asked"))
        monkeypatch.setattr("kzcase.exchange.outgoing.instance_xml", lambda *_: asked.append("asked"))
        monkeypatch.setattr("kzcase.actions.list_exports.case_list", lambda *_, **__: asked.append("asked"))
        monkeypatch.setattr("kzcase.actions.read_log.looks", lambda *_: asked.append("asked"))
        monkeypatch.setattr(reading, "seal_to", no_entry)
        with pytest.raises(DiskTrouble):
            LOOKED[what](book, case)
        assert asked == []
        assert not book.acting.names_shown or what in (Look.ATTACHMENT, Look.COPY)
        assert not book.acting.opened


def test_show_names_is_recorded_and_then_shows(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        with book.read() as reader:
            assert reader.sight(FieldClass.IDENTIFYING) is Sight.MASK
        reading.show_names(book)
        with book.read() as reader:
            assert reader.sight(FieldClass.IDENTIFYING) is Sight.SHOW
        assert [entry.what for entry in entries(book)] == ["names.shown"]


def test_no_entry_holds_what_was_typed_or_read(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        case = a_named_case(book)
        note = a_sealed_note(book, case)
        for look in LOOKED.values():
            look(book, case)
        read_sealed_note(book, note)
        with book.local():
            sealed = [row[0] for row in book._sql.rows("SELECT sealed FROM read_log")]
        opened_all = b"".join(AUDIT.open_sealed(PURPOSE, each) for each in sealed)
        for secret in (MARKER, "Адам", TEXT):
            assert secret.encode() not in opened_all
        assert [entry.detail for entry in entries(book) if entry.what == Look.SEALED_NOTE][-1] == note


def test_a_reason_must_be_a_code(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        case = a_case(book)
        with pytest.raises(UnknownCode):
            reading.open_case(book, case, "because I want to")
        reading.open_case(book, case, "contact")
        assert [(entry.what, entry.reason) for entry in entries(book)] == [("case.read", "contact")]


def test_what_is_not_there_or_not_allowed_is_no_look(tmp_path: Path) -> None:
    with founded(tmp_path) as office:
        case = a_case(office)
        with pytest.raises(NotFound):
            reading.open_case(office, "2026-XXX-00000")
        assert entries(office) == []
        for role in (Role.ADMINISTRATOR, Role.AUDITOR):
            with laptop(tmp_path, colleague(office, role), office) as book:
                with pytest.raises(NotAllowed):
                    reading.open_case(book, case, "review")
                assert entries(book) == []


# At the door


def test_getting_in_and_being_turned_away_are_entries(tmp_path: Path) -> None:
    path, clock = tmp_path / "office.kzcase", TickingClock()
    wish = FoundCasebook("Generated office", "Айнұр Үлгі")
    found_casebook(path, wish, OWN, clock=clock, parameters=TINY, floor=TINY)[0].close()
    for _try in range(2):
        with pytest.raises(WrongPassphrase):
            open_desk(path, "самовар облако калитка ястреб", clock=clock, floor=TINY)
    with pytest.raises(NotYourSlot):
        open_desk(path, OWN, as_name="Somebody else", clock=clock, floor=TINY)
    with open_desk(path, OWN, clock=clock, floor=TINY) as desk:
        rows = read_log(desk.book, LooksWish()).looks
    assert [row.what for row in reversed(rows)] == [
        *["casebook.turned_away"] * 3,
        "casebook.unlocked",
        "log.read",
    ]
    assert [row.who for row in reversed(rows)] == ["", "", "", "Айнұр Үлгі", "Айнұр Үлгі"]
    assert not [row.doubt for row in rows if row.doubt]
    moments = [row.at for row in reversed(rows) if row.at]
    assert moments == sorted(moments)
    with open_desk(path, OWN, clock=clock, floor=TINY) as desk:
        whats = [row.what for row in read_log(desk.book, LooksWish()).looks]
    assert whats.count("casebook.turned_away") == 3
    assert whats.count("casebook.unlocked") == 2


def test_a_log_that_cannot_be_written_locks_nobody_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "office.kzcase"
    wish = FoundCasebook("Generated office", "Айнұр Үлгі")
    found_casebook(path, wish, OWN, parameters=TINY, floor=TINY)[0].close()

    def no_entry(*_: object, **__: object) -> None:
        raise DiskTrouble(reason="full")

    monkeypatch.setattr(Casebook, "record_look", no_entry)
    with open_desk(path, OWN, floor=TINY) as desk, pytest.raises(DiskTrouble):
        reading.show_names(desk.book)
