"""Sealed notes: written to named readers, read by them alone, opened to one more by one of them."""

from contextlib import suppress
from dataclasses import replace
from typing import Final

from kzcase.actions.checks import code
from kzcase.actions.finding import find_case, find_colleague, find_sealed_note
from kzcase.actions.reading import enter_case
from kzcase.actions.wishes import Code, Done, LookReason, Ref, Required, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.cases import SealedNote, SealedNoteKey
from kzcase.db.tables.organisation import Staff
from kzcase.domain.errors import NoReader, NothingToChange, NotSealedForYou
from kzcase.domain.ids import Id, new_id
from kzcase.domain.looks import Look
from kzcase.domain.rows import CasePage, SealedNoteRow
from kzcase.keys.identity import seal_to
from kzcase.keys.sealed_notes import key_for, note_key, opened_note, sealed_note
from kzcase.queries.kept_away import who_may_open
from kzcase.queries.sealed_notes import ClosedNote, can_read, closed_note, readers_of_notes

_DRAFT: Final = b"kzcase sealed note draft 1"


class SealNote(Wish, frozen=True, kw_only=True):
    """Write a note that only these colleagues can open. The author can open it only as one of them."""

    case: Ref
    kind: Code
    readers: list[Ref]
    text: Required
    look_reason: LookReason | None = None


class ResealNote(Wish, frozen=True, kw_only=True):
    """Open a sealed note to further colleagues; only one of its readers can."""

    note: Ref
    readers: list[Ref]
    look_reason: LookReason | None = None


@action("note.sealed", SealNote)
def seal_note(book: Casebook, wish: SealNote) -> Done:
    """Close a text to its readers; it never reaches the store open. Also in a closed case."""
    with book.write("note.sealed") as act:
        case = find_case(act, wish.case)
        kind = code(act.rulebook, "sealed_kind", wish.kind, "kind")
        readers = _readers(act, case.id, wish.readers)
        note_id = new_id()
        sealed = sealed_note(note_id, wish.text.strip(), {one.id: one.kem_key or b"" for one in readers})
        note = act.add(SealedNote(id=note_id, case_id=case.id, kind=kind, box=sealed.box, written_at=act.now))
        note.author_id = act.acting.staff_id
        for one in readers:
            _add_key(act, note, one, sealed.keys[one.id])
    return Done(act.id, act.changed, {"note": note.id, "case": case.id})


@action("note.resealed", ResealNote)
def reseal_note(book: Casebook, wish: ResealNote) -> Done:
    """Close the note's key to further readers, or anew to one who got other keys. A key given cannot be taken back."""
    with book.write("note.resealed") as act:
        note = find_sealed_note(act, wish.note)
        wanted = _readers(act, note.case_id or b"", wish.readers)
        key = _own_key(book, closed_note(act, note.id.hex()))
        there = can_read(act, note.id)
        new = [one for one in wanted if one.id not in there]
        if not new:
            raise NothingToChange(place="readers")
        for one in new:
            _add_key(act, note, one, key_for(note.id, key, one.id, one.kem_key or b""))
    return Done(act.id, act.changed, {"note": note.id, "case": note.case_id or b""})


def read_sealed_note(book: Casebook, reference: str) -> str:
    """What a sealed note says, for one of its readers; first it is entered in the read log which one it was."""
    with book.read() as reader:
        note = closed_note(reader, reference)
    key = _own_key(book, note)
    enter_case(book, note.case.hex(), Look.SEALED_NOTE, detail=note.id.hex())
    return opened_note(note.id, note.box, key)


def with_own_notes(book: Casebook, page: CasePage) -> CasePage:
    """A case page with the texts of the notes sealed to the person at the laptop; each is an entry of its own."""
    return replace(page, sealed_notes=tuple(_with_text(book, row) if row.mine else row for row in page.sealed_notes))


def hand_on_notes(book: Casebook, to: str) -> int:
    """Open to a colleague every sealed note that only the person at the laptop can read; how many they were.

    `NoReader` for a colleague who may not open one of these cases, `NothingToChange` where there is none.
    """
    with book.read() as reader:
        alone = [note for note, able in readers_of_notes(reader).items() if able == {reader.acting.staff_id}]
    if not alone:
        raise NothingToChange(place="readers")
    with book.batch():
        for note in sorted(alone):
            reseal_note(book, ResealNote(note=note.hex(), readers=[to]))
    return len(alone)


def _with_text(book: Casebook, row: SealedNoteRow) -> SealedNoteRow:
    """One note that does not open leaves the others as they are."""
    try:
        return replace(row, text=read_sealed_note(book, row.id))
    except NotSealedForYou:
        return replace(row, mine=False, earlier_key=True)


def closed_draft(text: str, public_kem: bytes) -> str:
    """A sealed note that is not finished, closed to its author alone until they go on with it."""
    return seal_to(public_kem, _DRAFT, text.encode()).hex()


def opened_draft(book: Casebook, closed: str) -> str:
    """What was typed; `NotSealedForYou` when it was not typed by the person at the laptop."""
    try:
        return book.open_sealed(_DRAFT, bytes.fromhex(closed)).decode()
    except ValueError as error:
        raise NotSealedForYou from error


def _own_key(book: Casebook, note: ClosedNote) -> bytes:
    for sealed in note.sealed_keys:
        with suppress(NotSealedForYou):
            return note_key(note.id, sealed, book.acting.staff_id, book.open_sealed)
    raise NotSealedForYou


def _readers(act: Act, case: Id, wanted: list[str]) -> list[Staff]:
    """The colleagues named, each once: all here, working on cases, and none of them kept away from this one."""
    found = {one.id: one for at, name in enumerate(wanted) for one in (find_colleague(act, name, f"readers[{at}]"),)}
    if not found or not found.keys() <= who_may_open(act, case):
        raise NoReader(place="readers")
    return list(found.values())


def _add_key(act: Act, note: SealedNote, reader: Staff, key: bytes) -> None:
    row = SealedNoteKey(case_id=note.case_id, sealed_note_id=note.id, staff_id=reader.id, sealed=key)
    row.kem_key = reader.kem_key
    act.add(row)
