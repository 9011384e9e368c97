"""People come and go, passphrases and store keys change: whoever should open it does, nobody else."""

from dataclasses import replace

import pytest

from kzcase.domain.errors import (
    BadInput,
    CasebookDamaged,
    NoPlaceLeft,
    NotFound,
    NotPossibleNow,
    WeakPassphrase,
    WrongPassphrase,
)
from kzcase.keys.changes import (
    add_slot,
    change_passphrase,
    copy_with_new_key,
    holders,
    raise_parameters,
    remove_slot,
    renew_slot,
    rotate_store_key,
    stage_store_key,
)
from kzcase.keys.closing import keys_for_person
from kzcase.keys.copies import KeyFiles
from kzcase.keys.directory import PLACES
from kzcase.keys.identity import Identity
from kzcase.keys.keyfile import Created
from kzcase.keys.layout import KeyFile
from kzcase.keys.recovery import open_with_shares
from kzcase.keys.secret import StoreKey
from tests.keys.cheap import (
    AISHA,
    BOLAT,
    OTHER,
    PASSPHRASE,
    THIRD,
    TINY,
    TINY_PLUS,
    created,
    opens,
)


def with_bolat() -> tuple[Created, KeyFile]:
    """A casebook of two people."""
    made = created()
    return made, add_slot(made.keyfile, made.store_key, Identity.fresh(BOLAT, "Болат"), OTHER)


def refuses(keyfile: KeyFile, passphrase: str) -> bool:
    """Whether the passphrase opens nothing."""
    try:
        opens(keyfile, passphrase)
    except WrongPassphrase:
        return True
    return False


def test_a_second_person_opens_the_same_store_with_their_own_keys() -> None:
    made, keyfile = with_bolat()
    one, two = opens(keyfile, PASSPHRASE), opens(keyfile, OTHER)
    assert one.store_key == two.store_key == made.store_key
    assert (two.identity.staff_id, two.identity.name) == (BOLAT, "Болат")
    assert one.identity.public_sign != two.identity.public_sign
    assert [holder.name for holder in holders(keyfile, made.store_key)] == ["Айша", "Болат"]
    assert keyfile.revision == made.keyfile.revision + 1


def test_nobody_gets_two_slots_or_somebody_elses_passphrase() -> None:
    made, keyfile = with_bolat()
    with pytest.raises(NotPossibleNow):
        add_slot(keyfile, made.store_key, Identity.fresh(BOLAT, "Болат"), THIRD)
    with pytest.raises(WeakPassphrase):
        add_slot(keyfile, made.store_key, Identity.fresh(b"C" * 16, "Вера"), PASSPHRASE)
    with pytest.raises(WeakPassphrase):
        change_passphrase(keyfile, made.store_key, made.identity, OTHER)
    with pytest.raises(WeakPassphrase):
        add_slot(keyfile, made.store_key, Identity.fresh(b"C" * 16, "Вера Соколова-Ким"), "Вера Соколова-Ким 1")


def test_sixteen_people_fit_and_the_seventeenth_is_told() -> None:
    made = created()
    keyfile = made.keyfile
    for number in range(1, PLACES):
        keyfile = add_slot(keyfile, made.store_key, Identity.fresh(bytes([number]) * 16, "X"), f"{OTHER} {number}")
    assert len(holders(keyfile, made.store_key)) == PLACES
    for number in range(1, PLACES):
        assert opens(keyfile, f"{OTHER} {number}").identity.staff_id == bytes([number]) * 16
    with pytest.raises(NoPlaceLeft):
        add_slot(keyfile, made.store_key, Identity.fresh(BOLAT, "Болат"), THIRD)
    freed = remove_slot(keyfile, made.store_key, bytes([7]) * 16)
    assert opens(add_slot(freed, made.store_key, Identity.fresh(BOLAT, "Болат"), THIRD), THIRD)


def test_a_full_casebook_still_changes_passphrases() -> None:
    made = created()
    keyfile = made.keyfile
    for number in range(1, PLACES):
        keyfile = add_slot(keyfile, made.store_key, Identity.fresh(bytes([number]) * 16, "X"), f"{OTHER} {number}")
    keyfile = change_passphrase(keyfile, made.store_key, made.identity, THIRD)
    assert opens(keyfile, THIRD).identity.staff_id == AISHA


def test_a_changed_passphrase_replaces_the_old_one() -> None:
    made, keyfile = with_bolat()
    changed = change_passphrase(keyfile, made.store_key, made.identity, THIRD)
    assert refuses(changed, PASSPHRASE)
    found = opens(changed, THIRD)
    assert found.identity.public_sign == made.identity.public_sign
    assert found.store_key == made.store_key
    assert opens(changed, OTHER).identity.staff_id == BOLAT


def test_a_removed_person_opens_nothing() -> None:
    made, keyfile = with_bolat()
    before = opens(keyfile, OTHER)
    assert keys_for_person(keyfile, before.identity) is not None
    removed = remove_slot(keyfile, made.store_key, BOLAT)
    assert refuses(removed, OTHER)
    assert opens(removed, PASSPHRASE).store_key == made.store_key
    new = StoreKey.fresh()
    rotated = rotate_store_key(removed, made.store_key, new)
    assert opens(rotated, PASSPHRASE).store_key == new
    assert keys_for_person(removed, before.identity) is None
    assert keys_for_person(rotated, before.identity) is None
    with pytest.raises(CasebookDamaged):
        holders(rotated, before.store_key)


def test_the_last_person_and_strangers_are_not_removed() -> None:
    made = created()
    with pytest.raises(NotPossibleNow):
        remove_slot(made.keyfile, made.store_key, AISHA)
    with pytest.raises(NotFound):
        remove_slot(made.keyfile, made.store_key, BOLAT)
    with pytest.raises(NotFound):
        change_passphrase(made.keyfile, made.store_key, Identity.fresh(BOLAT, "Болат"), OTHER)


def test_no_change_is_made_to_a_file_that_was_tampered_with() -> None:
    made, keyfile = with_bolat()
    tampered = replace(keyfile, revision=keyfile.revision + 5)
    with pytest.raises(CasebookDamaged):
        remove_slot(tampered, made.store_key, BOLAT)
    with pytest.raises(CasebookDamaged):
        rotate_store_key(tampered, made.store_key, StoreKey.fresh())


# --- a new store key, brought in while the database is re-encrypted


def test_while_it_is_staged_both_keys_are_at_hand_and_nothing_else_changes() -> None:
    made, keyfile = with_bolat()
    new = StoreKey.fresh()
    staged = stage_store_key(keyfile, made.store_key, new)
    for passphrase in (PASSPHRASE, OTHER):
        found = opens(staged, passphrase)
        assert (found.store_key, found.staged_key) == (made.store_key, new)
    recovered = open_with_shares(KeyFiles((staged,)), *made.shares[:2])
    assert (recovered.store_key, recovered.staged_key) == (made.store_key, new)
    with pytest.raises(NotPossibleNow):
        add_slot(staged, made.store_key, Identity.fresh(b"C" * 16, "Вера"), THIRD)
    with pytest.raises(NotPossibleNow):
        stage_store_key(staged, made.store_key, StoreKey.fresh())


def test_those_who_leave_never_see_the_new_key() -> None:
    made, keyfile = with_bolat()
    gone, new = opens(keyfile, OTHER), StoreKey.fresh()
    staged = stage_store_key(keyfile, made.store_key, new, leaving={BOLAT})
    assert refuses(staged, OTHER)
    assert keys_for_person(staged, gone.identity) is None
    assert opens(staged, PASSPHRASE).staged_key == new
    assert [holder.staff_id for holder in holders(staged, made.store_key)] == [AISHA]
    with pytest.raises(NotPossibleNow):
        stage_store_key(keyfile, made.store_key, new, leaving={AISHA, BOLAT})


def test_a_renewed_person_has_new_keys_and_only_the_new_passphrase() -> None:
    made, keyfile = with_bolat()
    before = opens(keyfile, OTHER).identity
    renewed = renew_slot(keyfile, made.store_key, Identity.fresh(BOLAT, "Болат"), THIRD)
    assert refuses(renewed, OTHER)
    found = opens(renewed, THIRD)
    assert found.store_key == made.store_key
    assert found.identity.public_sign != before.public_sign
    assert keys_for_person(renewed, before) is None
    assert [holder.name for holder in holders(renewed, made.store_key)] == ["Айша", "Болат"]
    again = renew_slot(renewed, made.store_key, Identity.fresh(BOLAT, "Болат"), THIRD)
    assert opens(again, THIRD).identity.public_sign != found.identity.public_sign
    with pytest.raises(WeakPassphrase):
        renew_slot(keyfile, made.store_key, Identity.fresh(BOLAT, "Болат"), PASSPHRASE)


def test_somebody_new_is_let_in_the_same_way() -> None:
    made, keyfile = with_bolat()
    with_vera = renew_slot(keyfile, made.store_key, Identity.fresh(b"C" * 16, "Вера"), THIRD)
    assert len(holders(with_vera, made.store_key)) == 3
    assert opens(with_vera, THIRD).identity.name == "Вера"


@pytest.mark.parametrize("keep_new", [True, False])
def test_afterwards_the_one_that_opened_the_database_stays(keep_new: bool) -> None:
    made, keyfile = with_bolat()
    new = StoreKey.fresh()
    staged = stage_store_key(keyfile, made.store_key, new)
    kept = new if keep_new else made.store_key
    settled = rotate_store_key(staged, made.store_key, kept)
    for passphrase in (PASSPHRASE, OTHER):
        found = opens(settled, passphrase)
        assert (found.store_key, found.staged_key) == (kept, None)
    assert open_with_shares(KeyFiles((settled,)), *made.shares[1:]).store_key == kept


def test_a_removed_person_cannot_read_a_staged_key() -> None:
    made, keyfile = with_bolat()
    gone = opens(keyfile, OTHER)
    staged = stage_store_key(remove_slot(keyfile, made.store_key, BOLAT), made.store_key, StoreKey.fresh())
    new = opens(staged, PASSPHRASE).staged_key
    assert new is not None
    assert bytes(new.reveal()) not in staged.encoded()
    assert keys_for_person(staged, gone.identity) is None


def test_a_copy_for_a_backup_has_its_own_key_and_only_the_chosen_slots() -> None:
    made, keyfile = with_bolat()
    new = StoreKey.fresh()
    copy = copy_with_new_key(keyfile, made.store_key, new=new, keep={AISHA})
    assert opens(copy, PASSPHRASE).store_key == new
    assert refuses(copy, OTHER)
    nobody = copy_with_new_key(keyfile, made.store_key, new=new, keep=())
    assert refuses(nobody, PASSPHRASE)
    assert open_with_shares(KeyFiles((nobody,)), made.shares[0], made.shares[2]).store_key == new


# --- a stronger derivation


def test_a_second_generation_opens_beside_the_first_and_empties_it() -> None:
    made, keyfile = with_bolat()
    raised = raise_parameters(keyfile, made.store_key, TINY_PLUS, TINY)
    assert len(raised.generations) == 2
    assert opens(raised, PASSPHRASE).outdated
    assert opens(raised, OTHER).outdated
    moved = change_passphrase(raised, made.store_key, made.identity, PASSPHRASE)
    assert not opens(moved, PASSPHRASE).outdated
    assert opens(moved, OTHER).outdated
    assert len(moved.generations) == 2
    bolat = opens(moved, OTHER).identity
    settled = change_passphrase(moved, made.store_key, bolat, OTHER)
    assert [generation.parameters for generation in settled.generations] == [TINY_PLUS]
    assert (opens(settled, OTHER).outdated, opens(settled, PASSPHRASE).outdated) == (False, False)


def test_somebody_elses_passphrase_is_noticed_across_generations() -> None:
    made, keyfile = with_bolat()
    raised = raise_parameters(keyfile, made.store_key, TINY_PLUS, TINY)
    with pytest.raises(WeakPassphrase):
        add_slot(raised, made.store_key, Identity.fresh(b"C" * 16, "Вера"), OTHER)


def test_one_move_at_a_time_and_never_below_the_floor() -> None:
    made, keyfile = with_bolat()
    raised = raise_parameters(keyfile, made.store_key, TINY_PLUS, TINY)
    with pytest.raises(NotPossibleNow):
        raise_parameters(raised, made.store_key, TINY_PLUS, TINY)
    with pytest.raises(BadInput):
        raise_parameters(keyfile, made.store_key, TINY_PLUS)
