"""Sealing: what is closed opens only with its key, for its purpose and in its place, and no key serves twice."""

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzcase.journal import sealing
from kzcase.journal.sealing import (
    Ring,
    SealBroken,
    body_digest,
    key_id,
    merged,
    new_key,
    open_body,
    open_keyring,
    seal,
    seal_body,
    seal_keyring,
    unseal,
)
from tests.journal.making import an_id, ring_of

KEY = new_key()
PLACE = (an_id(1), an_id(2), an_id(3))
VALUES = st.lists(st.none() | st.booleans() | st.integers(-(1 << 63), (1 << 63) - 1) | st.text() | st.binary())


@given(VALUES)
def test_values_come_back(values: list[object]) -> None:
    assert open_body(KEY, *PLACE, seal_body(KEY, *PLACE, values)) == values  # type: ignore[arg-type]


def test_another_key_purpose_or_place_does_not_open() -> None:
    sealed = seal(KEY, b"body", b"here", b"text")
    assert unseal(KEY, b"body", b"here", sealed) == b"text"
    for key, purpose, place in ((new_key(), b"body", b"here"), (KEY, b"keyring", b"here"), (KEY, b"body", b"there")):
        with pytest.raises(SealBroken):
            unseal(key, purpose, place, sealed)
    body = seal_body(KEY, *PLACE, ["text"])
    for at in range(3):
        moved = [an_id(9) if number == at else one for number, one in enumerate(PLACE)]
        with pytest.raises(SealBroken):
            open_body(KEY, *moved, body)


@given(st.data())
def test_a_changed_or_shortened_body_does_not_open(data: st.DataObject) -> None:
    body = bytearray(seal_body(KEY, *PLACE, ["text"]))
    at = data.draw(st.integers(0, len(body) - 1))
    with pytest.raises(SealBroken):
        open_body(KEY, *PLACE, bytes(body[:at]))
    body[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(SealBroken):
        open_body(KEY, *PLACE, bytes(body))


def test_no_key_is_used_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """The nonce is always the same, so everything depends on this."""
    used: list[bytes] = []
    derived = sealing._object_key

    def noted(key: bytes, salt: bytes, purpose: bytes) -> bytes:
        used.append(derived(key, salt, purpose))
        return used[-1]

    monkeypatch.setattr(sealing, "_object_key", noted)
    for _ in range(5_000):
        seal_body(KEY, *PLACE, ["the same"])
    assert len(set(used)) == len(used) == 5_000


def test_a_salt_used_twice_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The canary of the test above."""
    monkeypatch.setattr(sealing.os, "urandom", bytes)
    assert seal_body(KEY, *PLACE, ["the same"]) == seal_body(KEY, *PLACE, ["the same"])


def test_equal_values_cannot_be_told_from_their_digests() -> None:
    assert body_digest(seal_body(KEY, *PLACE, ["yes"])) != body_digest(seal_body(KEY, *PLACE, ["yes"]))


@pytest.mark.parametrize(
    "plaintext", [b"", b"\x01", cbor2.dumps({"a": 1}), b"\x81" * 1000, cbor2.dumps([1 << 70]), b"\x81\xc0\x61x"]
)
def test_a_body_that_holds_no_values_is_refused(plaintext: bytes) -> None:
    with pytest.raises(SealBroken):
        open_body(KEY, *PLACE, seal(KEY, b"body", b"".join(PLACE), plaintext))


def test_keyrings_come_back_and_merge() -> None:
    one, other = ring_of(an_id(1), an_id(2)), ring_of(an_id(2), an_id(3))
    for ring in (one, other):
        assert open_keyring(KEY, an_id(5), seal_keyring(KEY, an_id(5), ring)) == ring
    both = merged([one, other])
    assert set(both) == {an_id(1), an_id(2), an_id(3)}
    assert len(both[an_id(2)]) == 2
    assert merged([other, one]) == both == merged([both, one])
    empty: Ring = {}
    assert merged([]) == empty


@pytest.mark.parametrize(
    "plaintext", [b"", cbor2.dumps([1]), cbor2.dumps({"a": [b"x"]}), cbor2.dumps({an_id(1): 5}), b"\x81" * 999]
)
def test_a_keyring_that_is_none_is_refused(plaintext: bytes) -> None:
    with pytest.raises(SealBroken):
        open_keyring(KEY, an_id(5), seal(KEY, b"keyring", an_id(5), plaintext))


def test_key_ids_name_keys_and_say_nothing_else() -> None:
    assert key_id(KEY) == key_id(KEY) != key_id(new_key())
    assert key_id(KEY) not in KEY
