"""A sealed note opens for its readers and for nobody else."""

import os

import pytest

from kzcase.domain.errors import NotSealedForYou
from kzcase.keys.identity import Identity
from kzcase.keys.sealed_notes import Sealed, key_for, note_key, opened_note, sealed_note

NOTE = os.urandom(16)
TEXT = "Терапия жазбасы: MARKER-19"


def person(name: str) -> Identity:
    return Identity.fresh(os.urandom(16), name)


def read_by(reader: Identity, sealed: Sealed, note: bytes = NOTE) -> str:
    key = note_key(note, sealed.keys[reader.staff_id], reader.staff_id, reader.open_sealed)
    return opened_note(note, sealed.box, key)


def test_readers_open_it_and_others_do_not() -> None:
    reader, second, other = person("Reader"), person("Second"), person("Other")
    sealed = sealed_note(NOTE, TEXT, {one.staff_id: one.public_kem for one in (reader, second)})
    assert read_by(reader, sealed) == read_by(second, sealed) == TEXT
    assert b"MARKER-19" not in sealed.box + b"".join(sealed.keys.values())
    for copy in sealed.keys.values():
        with pytest.raises(NotSealedForYou):
            note_key(NOTE, copy, other.staff_id, other.open_sealed)


def test_a_reader_may_open_it_to_one_more() -> None:
    reader, added = person("Reader"), person("Added")
    sealed = sealed_note(NOTE, TEXT, {reader.staff_id: reader.public_kem})
    key = note_key(NOTE, sealed.keys[reader.staff_id], reader.staff_id, reader.open_sealed)
    handed_on = key_for(NOTE, key, added.staff_id, added.public_kem)
    assert read_by(added, Sealed(sealed.box, {added.staff_id: handed_on})) == TEXT


def test_a_note_belongs_to_its_place() -> None:
    reader = person("Reader")
    sealed = sealed_note(NOTE, TEXT, {reader.staff_id: reader.public_kem})
    with pytest.raises(NotSealedForYou):
        read_by(reader, sealed, os.urandom(16))
    key = note_key(NOTE, sealed.keys[reader.staff_id], reader.staff_id, reader.open_sealed)
    with pytest.raises(NotSealedForYou):
        opened_note(os.urandom(16), sealed.box, key)


def test_a_copy_of_the_key_belongs_to_its_reader() -> None:
    """Put into a colleague's row it opens for neither of them."""
    reader, colleague = person("Reader"), person("Colleague")
    sealed = sealed_note(NOTE, TEXT, {reader.staff_id: reader.public_kem})
    with pytest.raises(NotSealedForYou):
        note_key(NOTE, sealed.keys[reader.staff_id], colleague.staff_id, reader.open_sealed)


def test_a_changed_box_or_key_does_not_open() -> None:
    reader = person("Reader")
    sealed = sealed_note(NOTE, TEXT, {reader.staff_id: reader.public_kem})
    whole = sealed.keys[reader.staff_id]
    for at in range(0, len(sealed.box), 7):
        box = bytearray(sealed.box)
        box[at] ^= 1
        with pytest.raises(NotSealedForYou):
            read_by(reader, Sealed(bytes(box), sealed.keys))
    for at in range(0, len(whole), 7):
        key = bytearray(whole)
        key[at] ^= 1
        with pytest.raises(NotSealedForYou):
            read_by(reader, Sealed(sealed.box, {reader.staff_id: bytes(key)}))
    for cut in (b"", sealed.box[:20], sealed.box[:40]):
        with pytest.raises(NotSealedForYou):
            read_by(reader, Sealed(cut, sealed.keys))
