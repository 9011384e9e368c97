"""The derivation is the published one, its cost has a floor and a ceiling, and a laptop is not frozen by it."""

from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from kzcase.domain.errors import BadInput, CasebookDamaged, NotEnoughMemory
from kzcase.keys import derivation
from kzcase.keys.copies import NAMES, load
from kzcase.keys.derivation import CEILING, DEFAULT, FLOOR, Parameters, argon2id, choose, ensure_affordable
from kzcase.keys.keyfile import create, unlock
from tests.keys.cheap import AISHA, PASSPHRASE, TINY, Counting, created, quick, stored


def test_the_library_gives_the_vector_of_rfc_9106() -> None:
    tag = Argon2id(
        salt=b"\x02" * 16,
        length=32,
        iterations=3,
        lanes=4,
        memory_cost=32,
        ad=b"\x04" * 12,
        secret=b"\x03" * 8,
    ).derive(b"\x01" * 32)
    assert tag.hex() == "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"


def test_ours_gives_the_vector_of_the_reference_implementation() -> None:
    found = argon2id(b"password", b"somesalt", Parameters(65536, 2, 1))
    assert found.hex() == "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"


@pytest.mark.parametrize(
    ("parameters", "allowed"),
    [
        (FLOOR, True),
        (DEFAULT, True),
        (CEILING, True),
        (replace(FLOOR, memory_kib=FLOOR.memory_kib - 1), False),
        (replace(FLOOR, iterations=2), False),
        (replace(FLOOR, lanes=0), False),
        (replace(CEILING, memory_kib=CEILING.memory_kib + 1), False),
        (replace(CEILING, iterations=11), False),
        (replace(CEILING, lanes=9), False),
        (Parameters(64 * 1024 * 1024, 3, 4), False),
    ],
)
def test_what_a_key_file_may_ask_for(parameters: Parameters, allowed: bool) -> None:
    assert parameters.allowed(FLOOR) is allowed


def test_memory_is_never_less_than_argon2_needs_for_its_lanes() -> None:
    assert not Parameters(31, 1, 4).allowed(Parameters(1, 1, 1))


@pytest.mark.parametrize(
    ("floor_seconds", "free_gib", "mebibytes"),
    [(0.2, 16, 256), (0.3, 16, 256), (0.45, 16, 192), (0.7, 16, 128), (5.0, 16, 64), (0.2, 0.5, 128), (0.2, 0.1, 64)],
)
def test_the_cost_fits_the_laptop(floor_seconds: float, free_gib: float, mebibytes: int) -> None:
    chosen = choose(floor_seconds, int(free_gib * 1024 * 1024))
    assert chosen.memory_kib == mebibytes * 1024
    assert chosen.allowed(FLOOR)


def test_calibration_measures_one_derivation_at_the_floor() -> None:
    asked: list[Parameters] = []
    ticks = iter((10.0, 14.0))

    def remembering(passphrase: bytes, salt: bytes, parameters: Parameters) -> bytes:
        asked.append(parameters)
        return quick(passphrase, salt, parameters)

    assert derivation.calibrate(remembering, lambda: next(ticks)) == FLOOR
    assert asked == [FLOOR]


def test_more_than_half_of_the_free_memory_is_refused_with_advice() -> None:
    ensure_affordable(DEFAULT, 2 * DEFAULT.memory_kib)
    ensure_affordable(DEFAULT, None)
    with pytest.raises(NotEnoughMemory) as refused:
        ensure_affordable(DEFAULT, 2 * DEFAULT.memory_kib - 2)
    assert refused.value.facts == {"megabytes": 512}


def test_free_memory_is_known_here() -> None:
    free = derivation.free_memory_kib()
    assert free is not None
    assert free > 10_000


def test_a_file_that_asks_for_64_gibibytes_is_damaged_and_nothing_is_derived(tmp_path: Path) -> None:
    hostile = Parameters(64 * 1024 * 1024, 3, 4)
    keyfile = created().keyfile
    asking = replace(keyfile, generations=(replace(keyfile.generations[0], parameters=hostile),))
    for name in NAMES:
        (tmp_path / name).write_bytes(asking.encoded())
    derive = Counting()
    with pytest.raises(CasebookDamaged):
        unlock(tmp_path, PASSPHRASE, TINY, derive)
    assert derive.runs == 0


def test_little_free_memory_stops_before_the_derivation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stored(tmp_path, created().keyfile)
    monkeypatch.setattr("kzcase.keys.slots.free_memory_kib", lambda: 2 * TINY.memory_kib - 2)
    derive = Counting()
    with pytest.raises(NotEnoughMemory):
        unlock(tmp_path, PASSPHRASE, TINY, derive)
    assert derive.runs == 0


def test_outside_tests_a_cheap_file_is_neither_made_nor_read(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        create(PASSPHRASE, AISHA, "Айша", parameters=TINY)
    stored(tmp_path, created().keyfile)
    with pytest.raises(CasebookDamaged):
        load(tmp_path)


def test_a_file_at_the_real_floor_opens(tmp_path: Path) -> None:
    made = create(PASSPHRASE, AISHA, "Айша", parameters=FLOOR)
    stored(tmp_path, made.keyfile)
    derive = Counting()
    assert unlock(tmp_path, PASSPHRASE, derive=derive).store_key == made.store_key
    assert derive.runs == 1
