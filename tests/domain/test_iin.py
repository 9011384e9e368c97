"""The individual identification number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzcase.domain.iin import IinResult, check_digit, check_iin
from tests.domain.shipped import code_list

DIGITS = st.text(alphabet="0123456789", min_size=11, max_size=11)


@pytest.mark.parametrize("number", ["850714390003", "111130590000", "080105690002", "850714 390 003", "8507-1439-0003"])
def test_right_numbers(number: str) -> None:
    assert check_iin(number) == IinResult(True)


@pytest.mark.parametrize(
    ("number", "valid", "warnings"),
    [
        ("850714390004", False, ("check_digit",)),
        ("920230491805", True, ("date_unusual",)),
        ("85071439000", False, ("length",)),
        ("8507143900033", False, ("length",)),
        ("85071439000A", False, ("not_digits",)),
        ("٨٥٠٧١٤٣٩٠٠٠٣", False, ("not_digits",)),
        ("", False, ("not_digits",)),
    ],
)
def test_warnings(number: str, valid: bool, warnings: tuple[str, ...]) -> None:
    assert check_iin(number) == IinResult(valid, warnings)


@pytest.mark.parametrize("last", "0123456789")
def test_no_twelfth_digit_fits_an_unissuable_prefix(last: str) -> None:
    assert check_digit("76052139065") is None
    assert check_iin("76052139065" + last).warnings[0] == "never_issued"
    assert not check_iin("76052139065" + last).valid


def test_a_company_number_is_recognised() -> None:
    bin_number = "99034000123"
    assert check_iin(f"{bin_number}{check_digit(bin_number)}").warnings == ("looks_like_bin",)


def test_a_foreigners_seventh_digit_is_only_noted() -> None:
    prefix = "85071409000"
    assert check_iin(f"{prefix}{check_digit(prefix)}") == IinResult(True, ("seventh_digit",))


@pytest.mark.parametrize("seventh", "0789")
@pytest.mark.parametrize(("day", "unusual"), [("000000", True), ("850014", True), ("850700", True), ("850229", False)])
def test_no_date_is_noted_whatever_the_seventh_digit_is(seventh: str, day: str, unusual: bool) -> None:
    """Month 00 is in no calendar; which year of a century it is, nobody says. Nothing more is read out of it."""
    prefix = next(made for serial in range(20) if check_digit(made := f"{day}{seventh}{serial:04}") is not None)
    found = check_iin(f"{prefix}{check_digit(prefix)}")
    assert found == IinResult(True, ("seventh_digit", "date_unusual") if unusual else ("seventh_digit",))


def test_twelve_noughts_are_well_formed_and_odd_twice() -> None:
    """Only length, digits and check digit decide: since 2013 a number need not begin with a date."""
    assert check_iin("000000000000") == IinResult(True, ("seventh_digit", "date_unusual"))


@given(DIGITS)
def test_exactly_one_last_digit_is_right(prefix: str) -> None:
    right = [last for last in "0123456789" if check_iin(prefix + last).valid]
    assert right == ([] if check_digit(prefix) is None else [str(check_digit(prefix))])


@given(DIGITS, st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_is_noticed_in_the_first_pass(prefix: str, place: int, change: int) -> None:
    if place == 10:
        return  # the eleventh digit weighs 11, which is nothing modulo 11
    sums = sum((number + 1) * int(digit) for number, digit in enumerate(prefix)) % 11
    if sums == 10:
        return
    number = f"{prefix}{sums}"
    broken = number[:place] + str((int(number[place]) + change) % 10) + number[place + 1 :]
    first_pass = sum((n + 1) * int(digit) for n, digit in enumerate(broken[:11])) % 11
    if first_pass != 10:
        assert not check_iin(broken).valid


@given(st.text(max_size=20))
def test_anything_is_answered_with_codes_of_the_list(text: str) -> None:
    assert set(check_iin(text).warnings) <= {code.code for code in code_list("iin_warning")}


def test_json() -> None:
    assert check_iin("850714390004").as_json() == {"valid": False, "warnings": ["check_digit"]}
