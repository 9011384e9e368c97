"""The key file opens for the right passphrase and nobody else, and says nothing about how many people have one."""

import math
import os
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest

from kzcase.domain.errors import BadInput, CasebookDamaged, TooLarge, WeakPassphrase, WrongPassphrase
from kzcase.journal import sealing
from kzcase.keys import closing, derivation, slots
from kzcase.keys import keyfile as keyfiles
from kzcase.keys.changes import add_slot, holders
from kzcase.keys.closing import StoreKeys, close, verify_settled
from kzcase.keys.derivation import argon2id
from kzcase.keys.directory import PLACES, Directory
from kzcase.keys.identity import Identity, discarded_public_kem, signed_by
from kzcase.keys.keyfile import create
from kzcase.keys.layout import ENTRY_BYTES, SLOT_BYTES, SLOTS, KeyFile, parse
from kzcase.keys.secret import StoreKey
from tests.keys.cheap import (
    AISHA,
    BOLAT,
    OTHER,
    PASSPHRASE,
    TINY,
    Counting,
    created,
    opened,
    opens,
    quick,
    stored,
)


def test_the_passphrase_opens_the_person_and_the_store(tmp_path: Path) -> None:
    made = created()
    stored(tmp_path, made.keyfile)
    found = opened(tmp_path)
    assert (found.identity.staff_id, found.identity.name) == (AISHA, "Айша")
    assert found.store_key == made.store_key
    assert signed_by(made.identity.public_sign, found.identity.sign(b"act"), b"act")
    assert found.identity.public_kem == made.identity.public_kem
    assert found.root_public == made.root.public_sign
    assert (found.staged_key, found.outdated, found.needs_repair) == (None, False, False)


@pytest.mark.parametrize("typed", ["NFC", "NFD", "NFKC", "NFKD"])
def test_composed_and_decomposed_letters_unlock_alike(typed: str) -> None:
    made = created("йогурт и чай с мёдом")
    spelled = {name: unicodedata.normalize(name, "йогурт и чай с мёдом") for name in ("NFC", "NFD", "NFKC", "NFKD")}
    assert spelled["NFC"] != spelled["NFD"]
    assert opens(made.keyfile, spelled[typed] + "\n").store_key == made.store_key


@pytest.mark.parametrize("wrong", ["", OTHER, PASSPHRASE.upper(), PASSPHRASE[:-1], PASSPHRASE + ".", "\ud800" * 20])
def test_another_passphrase_opens_nothing(wrong: str) -> None:
    with pytest.raises(WrongPassphrase):
        opens(created().keyfile, wrong)


def test_a_weak_passphrase_or_a_strange_person_makes_no_key_file() -> None:
    with pytest.raises(WeakPassphrase):
        create("too short", AISHA, "Айша", parameters=TINY, floor=TINY)
    with pytest.raises(WeakPassphrase):
        create("Родник Алматы 2026", AISHA, "Айша", organisation="Родник Алматы", parameters=TINY, floor=TINY)
    with pytest.raises(TooLarge):
        create(PASSPHRASE, AISHA, "Ұ" * 81, parameters=TINY, floor=TINY)
    with pytest.raises(BadInput):
        create(PASSPHRASE, AISHA, "Айша", parameters=TINY)
    with pytest.raises(ValueError, match="16"):
        create(PASSPHRASE, b"short", "Айша", parameters=TINY, floor=TINY)


def test_where_no_cost_is_named_it_is_measured_on_this_laptop(monkeypatch: pytest.MonkeyPatch) -> None:
    assert derivation.FLOOR != derivation.DEFAULT
    monkeypatch.setattr(keyfiles, "calibrate", lambda derive: derivation.DEFAULT if derive is quick else None)
    made = create(PASSPHRASE, AISHA, "Айша", derive=quick).keyfile
    assert [generation.parameters for generation in made.generations] == [derivation.DEFAULT]


def test_one_derivation_opens_whichever_slot_it_is(tmp_path: Path) -> None:
    made = created()
    keyfile = add_slot(made.keyfile, made.store_key, Identity.fresh(BOLAT, "Болат"), OTHER)
    files = stored(tmp_path, keyfile)
    for passphrase in (PASSPHRASE, OTHER):
        derive = Counting()
        found = opens_a_slot(files.copies[0], passphrase, derive)
        assert (found, derive.runs) == (True, 1)


def opens_a_slot(keyfile: KeyFile, passphrase: str, derive: Counting) -> bool:
    """Whether the passphrase opens a slot, with the derivations counted."""
    with slots.Masters(passphrase, derive) as masters:
        return slots.try_slots(keyfile, masters) is not None


def test_after_wiping_an_opened_casebook_nothing_is_left() -> None:
    found = opens(created().keyfile, PASSPHRASE)
    held = found.store_key.reveal()
    found.wipe()
    assert held == bytes(48)


def test_the_file_comes_back_as_it_was() -> None:
    keyfile = created().keyfile
    assert parse(keyfile.encoded(), TINY) == keyfile
    assert PASSPHRASE.encode() not in keyfile.encoded()
    assert "Айша".encode() not in keyfile.encoded()
    assert AISHA not in keyfile.encoded()


# --- a file made by somebody who knows public keys, but has neither passphrase nor store key


def forged(genuine: KeyFile, victim: Identity, store_key: StoreKey) -> KeyFile:
    """The victim's genuine slot with a directory, entries and MAC under a store key of the forger's."""
    record = next(holder for holder in holders(genuine, store_key) if holder.staff_id == victim.staff_id)
    impostor = Identity.fresh(BOLAT, "Болат")
    directory = Directory((record, *[None] * (PLACES - 1)), impostor.public_kem, impostor.public_sign)
    return close(genuine, StoreKeys(StoreKey.fresh()), directory)


def test_a_genuine_slot_in_a_forged_file_is_refused() -> None:
    made = created()
    with pytest.raises(CasebookDamaged):
        opens(forged(made.keyfile, made.identity, made.store_key), PASSPHRASE)


@pytest.mark.parametrize("changed", ["public_sign", "public_kem", "staff_id"])
def test_other_public_keys_beside_a_genuine_slot_are_refused(changed: str) -> None:
    """Somebody with the store key wants what will be sealed to the person from now on."""
    made = created()
    directory = verify_settled(made.keyfile, made.store_key)
    own = {"public_sign": bytes(32), "public_kem": Identity.fresh(BOLAT, "Болат").public_kem, "staff_id": BOLAT}
    record = replace(directory.holders[0], **{changed: own[changed]})
    entries = close(made.keyfile, StoreKeys(made.store_key), directory).entries
    other = close(made.keyfile, StoreKeys(made.store_key), replace(directory, places=(record, *[None] * 15)))
    other = replace(other, entries=entries)
    with pytest.raises(CasebookDamaged):
        opens(replace(other, mac=closing._mac(other, made.store_key)), PASSPHRASE)


# --- nothing counts the people


def bits(pieces: Iterable[bytes]) -> list[float]:
    """How often each bit is set."""
    rows = list(pieces)
    numbers = [int.from_bytes(row, "big") for row in rows]
    return [sum(number >> at & 1 for number in numbers) / len(numbers) for at in range(len(rows[0]) * 8)]


def strangest(used: list[bytes], unused: list[bytes]) -> float:
    """The largest difference of any bit between used and unused pieces, in standard deviations."""
    scale = math.sqrt(0.25 / len(used) + 0.25 / len(unused))
    return max(abs(one - two) / scale for one, two in zip(bits(used), bits(unused), strict=True))


def used_and_unused(count: int = 400) -> tuple[list[bytes], list[bytes], list[bytes], list[bytes], set[int]]:
    """One used and one unused slot and entry of many new files, and where the used slots stood."""
    collected: tuple[list[bytes], list[bytes], list[bytes], list[bytes], set[int]] = ([], [], [], [], set())
    for _each in range(count):
        made = create(PASSPHRASE, AISHA, "Айша", parameters=TINY, floor=TINY, derive=quick)
        place = holders(made.keyfile, made.store_key)[0].slot
        taken = made.keyfile.generations[0].slots
        collected[0].append(taken[place])
        collected[1].append(taken[(place + 5) % SLOTS])
        collected[2].append(made.keyfile.entries[0])
        collected[3].append(made.keyfile.entries[9])
        collected[4].add(place)
    return collected


LIMIT = 6.5
"""Standard deviations: the largest of 2,400 fair bits stays below this except once in five million runs."""


def test_used_and_unused_slots_and_entries_look_alike() -> None:
    used_slots, unused_slots, used_entries, unused_entries, places = used_and_unused()
    assert strangest(used_slots, unused_slots) < LIMIT
    assert strangest(used_entries, unused_entries) < LIMIT
    assert places == set(range(SLOTS))


def test_canary_zeros_in_unused_slots_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "empty_slot", lambda: bytes(SLOT_BYTES))
    used_slots, unused_slots, *_rest = used_and_unused(100)
    assert strangest(used_slots, unused_slots) > LIMIT


def test_canary_random_bytes_in_unused_entries_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first bit of a real X25519 key is always 0: plain random bytes would count the people."""
    genuine = closing._entry

    def broken(casebook_id: bytes, place: int, public_kem: bytes, keys: StoreKeys) -> bytes:
        return genuine(casebook_id, place, public_kem, keys) if place in (0, 255) else os.urandom(ENTRY_BYTES)

    monkeypatch.setattr(closing, "_entry", broken)
    _slots, _unused, used_entries, unused_entries, _places = used_and_unused(200)
    assert strangest(used_entries, unused_entries) > LIMIT


def test_the_length_does_not_depend_on_the_people() -> None:
    made = created()
    keyfile, lengths = made.keyfile, [len(made.keyfile.encoded())]
    for number in range(1, 5):
        person = Identity.fresh(bytes([number]) * 16, "Қ" * number * 9)
        keyfile = add_slot(keyfile, made.store_key, person, f"{OTHER} {number}")
        lengths.append(len(keyfile.encoded()))
    assert len(set(lengths)) == 1
    assert {len(entry) for entry in keyfile.entries} == {ENTRY_BYTES}


def test_discarded_keys_differ() -> None:
    drawn = [discarded_public_kem() for _each in range(50)]
    assert all(one != two for one, two in pairwise(sorted(drawn)))


# --- no key is used twice


def repeated_salts(count: int = 3000) -> int:
    """How many seals of the same slot under the same passphrase share their salt, hence key and nonce."""
    made = created()
    generation = made.keyfile.generations[0]
    master = argon2id(b"master", generation.salt, TINY)
    sealed = [
        slots.filled_slot(made.keyfile.casebook_id, generation, 0, master, made.identity, bytes(32))
        for _each in range(count)
    ]
    return count - len({slot[:32] for slot in sealed})


def test_no_seal_repeats_a_key_and_nonce() -> None:
    assert repeated_salts() == 0


def test_canary_a_salt_that_repeats_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "os", SimpleNamespace(urandom=lambda size: os.urandom(1) * size))
    assert repeated_salts() > 0
