"""Any two of three shares open the casebook; one does not; new shares replace the old ones."""

from dataclasses import replace
from itertools import permutations

import pytest

from kzcase.domain.errors import CasebookDamaged, NotPossibleNow, NotSealedForYou, ShareUnreadable
from kzcase.i18n import render
from kzcase.keys.changes import add_slot, stage_store_key
from kzcase.keys.copies import KeyFiles
from kzcase.keys.identity import Identity, signed_by
from kzcase.keys.layout import KeyFile
from kzcase.keys.recovery import Recovered, RootSigner, adopt_wraps, open_with_shares, reissue_shares
from kzcase.keys.secret import Secret, StoreKey
from kzcase.keys.shares import Share, parse_share, share_text
from tests.keys.cheap import BOLAT, OTHER, created, opens


def recovered(keyfile: KeyFile, one: Share, two: Share) -> Recovered:
    """The key file opened by two shares."""
    return open_with_shares(KeyFiles((keyfile,)), one, two)


def complaint(keyfile: KeyFile, one: Share, two: Share) -> str:
    """Why two shares do not open it."""
    with pytest.raises(ShareUnreadable) as error:
        recovered(keyfile, one, two)
    return render(error.value.sentence(), "en")


@pytest.mark.parametrize(("one", "two"), list(permutations(range(3), 2)))
def test_any_two_typed_shares_open_store_and_root(one: int, two: int) -> None:
    made = created()
    shares = [parse_share(share_text(share)) for share in made.shares]
    found = recovered(made.keyfile, shares[one], shares[two])
    assert found.store_key == made.store_key
    assert signed_by(made.root.public_sign, found.root.sign(b"appointed"), b"appointed")


def test_a_recovered_casebook_takes_a_new_person() -> None:
    made = created()
    found = recovered(made.keyfile, made.shares[0], made.shares[1])
    keyfile = add_slot(found.keyfile, found.store_key, Identity.fresh(BOLAT, "Болат"), OTHER)
    assert opens(keyfile, OTHER).store_key == made.store_key


def test_one_share_does_not_open_even_twice_or_with_a_guess() -> None:
    made = created()
    one = made.shares[0]
    assert "Both are share 1" in complaint(made.keyfile, one, one)
    for number in (2, 3):
        guess = Share(number, one.fingerprint, Secret(bytes(32)))
        assert "do not open this casebook" in complaint(made.keyfile, one, guess)
        copied = Share(number, one.fingerprint, one.secret)
        assert "do not open this casebook" in complaint(made.keyfile, one, copied)


def test_a_share_of_another_casebook_is_named() -> None:
    made, other = created(), created()
    assert "Share 2 belongs to another casebook" in complaint(made.keyfile, made.shares[0], other.shares[1])


def test_new_shares_replace_the_old_ones() -> None:
    made = created()
    keyfile, shares = reissue_shares(recovered(made.keyfile, made.shares[1], made.shares[2]))
    assert "replaced by newer ones" in complaint(keyfile, made.shares[0], made.shares[1])
    assert "do not open" in complaint(keyfile, made.shares[0], shares[1])
    assert recovered(keyfile, shares[2], shares[0]).root.public_sign == made.root.public_sign
    assert {share.fingerprint for share in shares} == {made.shares[0].fingerprint}


def test_shares_are_not_reissued_while_the_store_key_changes() -> None:
    made = created()
    staged = stage_store_key(made.keyfile, made.store_key, StoreKey.fresh())
    with pytest.raises(NotPossibleNow):
        reissue_shares(recovered(staged, made.shares[0], made.shares[1]))


def test_wraps_are_taken_up_by_another_key_file() -> None:
    """A laptop that only hears of new shares opens with them, and no longer with the old ones."""
    made = created()
    issued, shares = reissue_shares(recovered(made.keyfile, made.shares[0], made.shares[1]))
    other = add_slot(made.keyfile, made.store_key, Identity.fresh(BOLAT, "Болат"), OTHER)
    taken = adopt_wraps(other, made.store_key, issued.recovery_wraps)
    assert recovered(taken, shares[0], shares[2]).store_key == made.store_key
    assert "replaced by newer ones" in complaint(taken, made.shares[0], made.shares[1])
    assert opens(taken, OTHER).identity.staff_id == BOLAT
    for wraps in ((), issued.recovery_wraps[:2], (b"", *issued.recovery_wraps[1:])):
        with pytest.raises(CasebookDamaged):
            adopt_wraps(other, made.store_key, wraps)


def test_the_root_signs_in_somebodys_name_and_opens_nothing() -> None:
    made = created()
    signer = RootSigner(BOLAT, recovered(made.keyfile, made.shares[0], made.shares[1]).root)
    assert signed_by(made.root.public_sign, signer.sign(b"act"), b"act")
    assert (signer.staff_id, signer.public_sign) == (BOLAT, made.root.public_sign)
    with pytest.raises(NotSealedForYou):
        signer.open_sealed(b"purpose", b"sealed")


def test_shares_do_not_open_a_file_that_was_tampered_with() -> None:
    made = created()
    tampered = replace(made.keyfile, revision=made.keyfile.revision + 1)
    with pytest.raises(CasebookDamaged):
        recovered(tampered, made.shares[0], made.shares[1])
    both = KeyFiles((tampered, made.keyfile), needs_repair=True)
    assert open_with_shares(both, made.shares[0], made.shares[1]).keyfile == made.keyfile


def test_everything_recovered_is_wiped() -> None:
    made = created()
    found = recovered(made.keyfile, made.shares[0], made.shares[1])
    found.wipe()
    with pytest.raises(NotPossibleNow):
        found.root.sign(b"message")
    with pytest.raises(NotPossibleNow):
        found.store_key.hex()
