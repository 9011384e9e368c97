"""A sealed note opens for its readers and for nobody else."""

import os

import pytest

from kzcase.domain.errors import NotSealedForYou
from kzcase.keys.identity import Identity
from kzcase.keys.sealed_notes import opened_note, sealed_note

NOTE = os.urandom(16)
TEXT = "Терапия жазбасы: MARKER-19"


def person(name: str) -> Identity:
    return Identity.fresh(os.urandom(16), name)


def test_readers_open_it_and_others_do_not() -> None:
    reader, other = person("Reader"), person("Other")
    box = sealed_note(NOTE, TEXT, {reader.staff_id: reader.public_kem})
    assert opened_note(NOTE, box, reader) == TEXT
    assert b"MARKER-19" not in box
    with pytest.raises(NotSealedForYou):
        opened_note(NOTE, box, other)


def test_a_note_belongs_to_its_place() -> None:
    reader = person("Reader")
    box = sealed_note(NOTE, TEXT, {reader.staff_id: reader.public_kem})
    with pytest.raises(NotSealedForYou):
        opened_note(os.urandom(16), box, reader)


@pytest.mark.parametrize("at", range(0, 200, 9))
def test_a_changed_box_does_not_open(at: int) -> None:
    reader = person("Reader")
    box = bytearray(sealed_note(NOTE, TEXT, {reader.staff_id: reader.public_kem}))
    box[at % len(box)] ^= 1
    try:
        opened = opened_note(NOTE, bytes(box), reader)
    except NotSealedForYou:
        return
    assert opened == TEXT  # the flipped bit stood in the format number, which binds nothing
