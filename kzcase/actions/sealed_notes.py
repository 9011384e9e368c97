"""Sealed notes: written to named readers, read by them alone, opened to one more by one of them."""

from dataclasses import replace
from typing import Final

from sqlalchemy import select

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
from kzcase.domain.rows import CasePage
from kzcase.keys.identity import seal_to
from kzcase.keys.sealed_notes import key_for, note_key, opened_note, sealed_note
from kzcase.queries.kept_away import who_may_open
from kzcase.queries.sealed_notes import ClosedNote, closed_note

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
        for staff_id, key in sealed.keys.items():
            _add_key(act, note, staff_id, key)
    return Done(act.id, act.changed, {"note": note.id, "case": case.id})


@action("note.resealed", ResealNote)
def reseal_note(book: Casebook, wish: ResealNote) -> Done:
    """Close the note's key to further readers. Whoever could read it still can: a key given cannot be taken back."""
    with book.write("note.resealed") as act:
        note = find_sealed_note(act, wish.note)
        wanted = _readers(act, note.case_id or b"", wish.readers)
        key = _own_key(book, closed_note(act, note.id.hex()))
        live = (SealedNoteKey.sealed_note_id == note.id, SealedNoteKey.struck.is_not(True))
        there = set(act.session.scalars(select(SealedNoteKey.staff_id).where(*live)))
        new = [one for one in wanted if one.id not in there]
        if not new:
            raise NothingToChange(place="readers")
        for one in new:
            _add_key(act, note, one.id, key_for(note.id, key, one.id, one.kem_key or b""))
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
    notes = [replace(row, text=read_sealed_note(book, row.id)) if row.mine else row for row in page.sealed_notes]
    return replace(page, sealed_notes=tuple(notes))


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
    return note_key(note.id, note.sealed_key, book.acting.staff_id, book.open_sealed)


def _readers(act: Act, case: Id, wanted: list[str]) -> list[Staff]:
    """The colleagues named, each once: all here, working on cases, and none of them kept away from this one."""
    found = {one.id: one for at, name in enumerate(wanted) for one in (find_colleague(act, name, f"readers[{at}]"),)}
    if not found or not found.keys() <= who_may_open(act, case):
        raise NoReader(place="readers")
    return list(found.values())


def _add_key(act: Act, note: SealedNote, staff_id: Id, key: bytes) -> None:
    act.add(SealedNoteKey(case_id=note.case_id, sealed_note_id=note.id, staff_id=staff_id, sealed=key))
