"""Numbers read aloud: a wrong sign is noticed, old numbers stay readable, and only the end may mean several."""

import pytest

from kzcase.domain.errors import WrongNumber
from kzcase.domain.spoken_numbers import TypedNumber, check_sign, read_number, with_check

WHOLE = with_check("2026-A7K-R00012")


def test_a_number_is_read_however_it_is_typed() -> None:
    for typed in (WHOLE, WHOLE.lower(), WHOLE.replace("-", " "), WHOLE.replace("-", ""), WHOLE.replace("A7K", "А7К")):
        assert read_number(typed) == TypedNumber(WHOLE)
    assert read_number("2026-A7K-R00012") == TypedNumber("2026-A7K-R00012"), "from before there were check signs"
    assert read_number("r12") == read_number("R00012") == TypedNumber("", "R", 12)
    assert read_number("12") == TypedNumber("", "", 12)


def test_every_wrong_digit_and_every_two_exchanged_are_noticed() -> None:
    tried = 0
    for number in (with_check(f"2026-A7K-R{count:05d}") for count in (12, 345, 67890)):
        for place, sign in enumerate(number):
            others = [other for other in "0123456789" if sign.isdigit() and other != sign]
            for wrong in (number[:place] + other + number[place + 1 :] for other in others):
                tried += 1
                with pytest.raises(WrongNumber):
                    read_number(wrong)
        for place in range(len(number) - 3):
            first, second = number[place], number[place + 1]
            if first.isdigit() and second.isdigit() and first != second:
                tried += 1
                with pytest.raises(WrongNumber):
                    read_number(number[:place] + second + first + number[place + 2 :])
    assert tried > 200


@pytest.mark.parametrize("typed", ["", "x", "2026-A7K", "2026-AIK-00012", "9" * 500, "R", "R0", "KZC1:P12:1:X:1"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(WrongNumber):
        read_number(typed)


def test_the_sign_depends_on_the_laptop_too() -> None:
    assert check_sign("2026-A7K-00012") != check_sign("2026-A8K-00012")
