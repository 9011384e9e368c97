"""A person's keys sign and open for them alone, for one purpose, and are gone after wiping."""

import pickle

import pytest

from kzcase.domain.errors import BadInput, NotPossibleNow, NotSealedForYou
from kzcase.journal import acts
from kzcase.keys.identity import SEAL_OVERHEAD, Identity, bind, seal_to, signed_by
from kzcase.keys.secret import Secret, StoreKey
from tests.keys.cheap import AISHA, BOLAT

PURPOSE = bind(b"test", b"grant")


def test_signatures_are_checked_with_the_public_key() -> None:
    one, two = Identity.fresh(AISHA, "Айша"), Identity.fresh(BOLAT, "Болат")
    signature = one.sign(b"message")
    assert signed_by(one.public_sign, signature, b"message")
    assert not signed_by(one.public_sign, signature, b"massage")
    assert not signed_by(two.public_sign, signature, b"message")
    assert not signed_by(b"short", signature, b"message")


def test_an_identity_is_what_the_journal_asks_for() -> None:
    acting: acts.Identity = Identity.fresh(AISHA, "Айша")
    assert (acting.staff_id, len(acting.sign(b""))) == (AISHA, 64)


def test_sealed_opens_only_for_its_owner_and_purpose() -> None:
    one, two = Identity.fresh(AISHA, "Айша"), Identity.fresh(BOLAT, "Болат")
    sealed = seal_to(one.public_kem, PURPOSE, b"scope key")
    assert len(sealed) == len(b"scope key") + SEAL_OVERHEAD
    assert one.open_sealed(PURPOSE, sealed) == b"scope key"
    for identity, info, untrusted in (
        (two, PURPOSE, sealed),
        (one, bind(b"test", b"escrow"), sealed),
        (one, PURPOSE, sealed[:-1]),
        (one, PURPOSE, b""),
        (one, PURPOSE, sealed[:40] + bytes([sealed[40] ^ 1]) + sealed[41:]),
    ):
        with pytest.raises(NotSealedForYou):
            identity.open_sealed(info, untrusted)


@pytest.mark.parametrize("public_kem", [b"", b"short", bytes(32)])
def test_what_is_no_public_key_is_bad_input(public_kem: bytes) -> None:
    with pytest.raises(BadInput):
        seal_to(public_kem, PURPOSE, b"key")


def test_a_seal_needs_a_purpose_and_parts_do_not_run_together() -> None:
    with pytest.raises(ValueError, match="for"):
        seal_to(Identity.fresh(AISHA, "Айша").public_kem, b"", b"key")
    assert bind(b"ab", b"c") != bind(b"a", b"bc")


def test_nothing_works_after_wiping() -> None:
    identity = Identity.fresh(AISHA, "Айша")
    held = identity.signing.secret.reveal()
    identity.wipe()
    assert held == bytes(32)
    with pytest.raises(NotPossibleNow):
        identity.sign(b"message")
    with pytest.raises(NotPossibleNow):
        identity.open_sealed(PURPOSE, bytes(80))


def test_secrets_do_not_show() -> None:
    identity, store_key = Identity.fresh(AISHA, "Қарлығаш"), StoreKey(bytes(range(48)))
    shown = repr((identity, store_key, Secret(b"marker")))
    assert "marker" not in shown
    assert "Қарлығаш" not in shown
    assert store_key.hex() not in shown
    with pytest.raises(TypeError):
        pickle.dumps(store_key)


def test_a_store_key_is_key_and_salt() -> None:
    store_key = StoreKey(bytes(range(48)))
    assert (store_key.key, store_key.salt) == (bytes(range(32)), bytes(range(32, 48)))
    assert store_key.hex() == bytes(range(48)).hex()
    assert StoreKey.fresh() != StoreKey.fresh()
    with pytest.raises(ValueError, match="48"):
        StoreKey(bytes(32))
