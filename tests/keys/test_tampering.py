"""Whatever byte of the key file is changed, it is refused or mended: it never opens as something else."""

import random
import struct
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzcase.domain.errors import CasebookDamaged, KzcaseError, NewerVersionNeeded, WrongPassphrase
from kzcase.keys import closing
from kzcase.keys.changes import add_slot, raise_parameters
from kzcase.keys.copies import NAMES, load
from kzcase.keys.identity import Identity
from kzcase.keys.keyfile import Created, Opened, create, open_with_passphrase
from kzcase.keys.layout import MAX_BYTES, SLOT_BYTES, KeyFile, parse
from kzcase.keys.slots import Masters, try_slots, with_slot
from tests.keys.cheap import AISHA, BOLAT, OTHER, PASSPHRASE, TINY, TINY_PLUS, flipped, quick, with_checksum

SEED = 20_261_122
SAMPLE = 700
HEADER_AND_FIRST_GENERATION = 39 + 29
TAIL = 64


def two_people(generations: int = 1) -> tuple[Created, KeyFile]:
    """Aisha and Bolat, with a stand-in derivation: a tampered cost must not take real seconds."""
    made = create(PASSPHRASE, AISHA, "Айша", parameters=TINY, floor=TINY, derive=quick)
    keyfile = add_slot(made.keyfile, made.store_key, Identity.fresh(BOLAT, "Болат"), OTHER, derive=quick)
    if generations == 2:
        keyfile = raise_parameters(keyfile, made.store_key, TINY_PLUS, TINY)
    return made, keyfile


def positions(size: int) -> list[int]:
    """Every byte of header, first generation and tail, and a seeded sample of the rest."""
    edges = {*range(HEADER_AND_FIRST_GENERATION), *range(size - TAIL, size)}
    return sorted(edges | set(random.Random(SEED).sample(range(size), SAMPLE)))


def outcome(folder: Path, copies: tuple[bytes, bytes]) -> Opened | KzcaseError:
    """What Aisha's passphrase meets with these two copies on the disk."""
    for name, content in zip(NAMES, copies, strict=True):
        (folder / name).write_bytes(content)
    try:
        return open_with_passphrase(load(folder, TINY), PASSPHRASE, quick)
    except (CasebookDamaged, WrongPassphrase, NewerVersionNeeded) as refused:
        return refused


def changed_files(content: bytes) -> Iterable[bytes]:
    """The file with one bit changed and the checksum put right, again and again."""
    draw = random.Random(SEED)
    for at in positions(len(content) - 32):
        yield with_checksum(flipped(content, at, draw.randrange(8)))


def assert_refused_in_both_copies(folder: Path, content: bytes) -> int:
    """Every changed file is refused; returns how many were tried."""
    tried = 0
    for changed in changed_files(content):
        assert isinstance(outcome(folder, (changed, changed)), KzcaseError)
        tried += 1
    return tried


@pytest.mark.parametrize("generations", [1, 2])
def test_any_byte_changed_without_the_checksum_is_damage(generations: int) -> None:
    _made, keyfile = two_people(generations)
    content = keyfile.encoded()
    for at in range(len(content)):
        with pytest.raises(CasebookDamaged):
            parse(flipped(content, at, at % 8), TINY)


@pytest.mark.parametrize("generations", [1, 2])
def test_any_byte_changed_in_both_copies_is_refused(tmp_path: Path, generations: int) -> None:
    _made, keyfile = two_people(generations)
    assert assert_refused_in_both_copies(tmp_path, keyfile.encoded()) >= SAMPLE


def test_canary_without_the_mac_changes_would_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _made, keyfile = two_people()
    monkeypatch.setattr(closing, "mac_holds", lambda _keyfile, _store_key: True)
    with pytest.raises(AssertionError):
        assert_refused_in_both_copies(tmp_path, keyfile.encoded())


@pytest.mark.parametrize("good", [0, 1])
def test_any_byte_changed_in_one_copy_opens_from_the_other(tmp_path: Path, good: int) -> None:
    made, keyfile = two_people()
    content = keyfile.encoded()
    for changed in changed_files(content):
        found = outcome(tmp_path, (content, changed) if good == 0 else (changed, content))
        if isinstance(found, KzcaseError):
            assert isinstance(found, NewerVersionNeeded)
            assert changed[8:14] != content[8:14]
        else:
            assert found.store_key == made.store_key
            assert found.identity.public_sign == made.identity.public_sign
            assert found.keyfile == keyfile
            assert found.needs_repair


def test_a_changed_slot_fails_alone_and_exchanged_slots_fail_both() -> None:
    made, keyfile = two_people()
    generation = keyfile.generations[0]
    aisha, bolat = (holder.slot for holder in closing.verify_settled(keyfile, made.store_key).holders)

    def who_opens(slots: dict[int, bytes]) -> list[bool]:
        changed = generation
        for at, slot in slots.items():
            changed = with_slot(changed, at, slot)
        tampered = KeyFile(keyfile.casebook_id, 2, (changed,), (), b"", (), b"")
        found = []
        for passphrase in (PASSPHRASE, OTHER):
            with Masters(passphrase, quick) as masters:
                found.append(try_slots(tampered, masters) is not None)
        return found

    assert who_opens({}) == [True, True]
    for at in range(SLOT_BYTES):
        assert who_opens({aisha: flipped(generation.slots[aisha], at, at % 8)}) == [False, True]
    assert who_opens({aisha: generation.slots[bolat], bolat: generation.slots[aisha]}) == [False, False]


@pytest.mark.parametrize(
    ("at", "form", "value", "error"),
    [
        (8, ">H", 2, NewerVersionNeeded),  # format
        (10, ">B", 1, NewerVersionNeeded),  # oldest reader, major
        (11, ">B", 9, NewerVersionNeeded),  # oldest reader, minor
        (12, ">H", 2, NewerVersionNeeded),  # suite
        (14, ">B", 0, CasebookDamaged),  # generations
        (14, ">B", 2, CasebookDamaged),
        (14, ">B", 255, CasebookDamaged),
        (40, ">I", 64 * 1024 * 1024, CasebookDamaged),  # memory
        (40, ">I", 0, CasebookDamaged),
        (40, ">I", 0xFFFFFFFF, CasebookDamaged),
        (44, ">I", 11, CasebookDamaged),  # passes
        (44, ">I", 0, CasebookDamaged),
        (48, ">I", 9, CasebookDamaged),  # lanes
        (48, ">I", 0, CasebookDamaged),
    ],
)
def test_hostile_fields_are_refused_when_read(at: int, form: str, value: int, error: type[KzcaseError]) -> None:
    content = bytearray(two_people()[1].encoded())
    struct.pack_into(form, content, at, value)
    with pytest.raises(error):
        parse(with_checksum(bytes(content)), TINY)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: b"",
        lambda content: content[:40],
        lambda content: content[:-33] + content[-32:],
        lambda content: content[:-32] + b"\0" + content[-32:],
        lambda content: content + bytes(MAX_BYTES),
        lambda content: b"PK\x03\x04" + content[4:],
    ],
)
def test_other_lengths_and_other_files_are_damage(spoil: Callable[[bytes], bytes]) -> None:
    spoiled = spoil(two_people()[1].encoded())
    for content in (spoiled, with_checksum(spoiled)):
        with pytest.raises(CasebookDamaged):
            parse(content, TINY)


@given(st.binary(max_size=400), st.integers(0, 60))
def test_any_bytes_end_in_words(noise: bytes, keep: int) -> None:
    for content in (noise, KNOWN[:keep] + noise, with_checksum(KNOWN[:keep] + noise + bytes(32))):
        with pytest.raises((CasebookDamaged, NewerVersionNeeded)):
            parse(content, TINY)


KNOWN = two_people()[1].encoded()
