"""The code on a scanned sheet is found through wear and tear, and never says another number than its own."""

import io
from random import Random

import pytest
from PIL import Image, ImageDraw

from kzcase.domain.errors import WrongPrintingNumber
from kzcase.domain.papers import SlipCode
from kzcase.domain.printings import printing_number, read_printing_number
from kzcase.paper.incoming import codes
from kzcase.paper.incoming.codes import codes_in
from kzcase.paper.incoming.door import cleaned
from kzcase.paper.incoming.door import codes_in as codes_by_the_child
from kzcase.paper.incoming.limits import JPEG, PDF, PNG
from tests.paper.incoming.files import drawn
from tests.paper.incoming.worn import page, sheet_of, worn

NUMBER = printing_number(bytes(range(16)))


def numbers(texts: list[str]) -> set[str]:
    return {SlipCode.read(text).number for text in texts}


def found(seeds: range, sharpness: tuple[int, ...]) -> int:
    """How many worn sheets say their number; none says another."""
    count = 0
    for seed in seeds:
        number, scan = worn(Random(seed), sharpness)
        said = numbers(codes_in(scan, JPEG))
        assert said <= {number}, seed
        count += bool(said)
    return count


def test_worn_sheets_are_found() -> None:
    assert found(range(4), (150,)) == 4


def test_canary_a_single_look_finds_fewer(monkeypatch: pytest.MonkeyPatch) -> None:
    small = page(NUMBER, 150).resize((500, 707), Image.Resampling.BOX)
    out = io.BytesIO()
    small.save(out, "PNG")
    patient = codes_in(out.getvalue(), PNG)
    monkeypatch.setattr(codes, "_looks", lambda look: iter((look,)))
    assert numbers(patient) == {NUMBER}
    assert codes_in(out.getvalue(), PNG) == []


@pytest.mark.parametrize("share", [0.1, 0.2, 0.3, 0.5, 0.8])
def test_a_torn_code_says_its_own_number_or_nothing(share: float) -> None:
    corner = page(NUMBER, 150).crop((950, 60, 1240, 300))
    for way in range(4):
        torn = corner.rotate(90 * way, expand=True)
        ImageDraw.Draw(torn).rectangle((0, 0, torn.width * share, torn.height), fill=255)
        out = io.BytesIO()
        torn.save(out, "PNG")
        assert numbers(codes_in(out.getvalue(), PNG)) <= {NUMBER}


def test_the_child_reads_every_page_of_a_pdf() -> None:
    made = cleaned(sheet_of(NUMBER))
    assert made.media_type == PDF
    assert numbers(list(codes_by_the_child(made.content, made.media_type))) == {NUMBER}


def test_a_picture_without_a_code_and_a_recording_say_nothing() -> None:
    out = io.BytesIO()
    drawn().save(out, "PNG")
    assert codes_in(out.getvalue(), PNG) == []
    assert codes_in(b"sound", "audio/mpeg") == []


def test_a_number_typed_wrongly_is_noticed() -> None:
    signs = "23456789ABCDEFGHJKMNPQRSTVWXY"
    wrong = [NUMBER[:at] + sign + NUMBER[at + 1 :] for at in range(12) for sign in signs if sign != NUMBER[at]]
    swapped = [NUMBER[:at] + NUMBER[at + 1] + NUMBER[at] + NUMBER[at + 2 :] for at in range(11)]
    for typed in (*wrong, *(each for each in swapped if each != NUMBER), NUMBER[:-1], "", "ABCD" * 9):
        with pytest.raises(WrongPrintingNumber):
            read_printing_number(typed)
    grouped = f" {NUMBER[:4].lower()}-{NUMBER[4:8]}–{NUMBER[8:]} "
    assert read_printing_number(grouped) == NUMBER
