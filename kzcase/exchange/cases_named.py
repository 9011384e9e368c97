"""Finds the case that answers name: its number as it was typed, or the QR code or number of a paper of it."""

from kzcase.db.reader import Reader
from kzcase.domain.errors import BadInput, NotFound
from kzcase.domain.papers import SlipCode
from kzcase.domain.printings import read_printing_number
from kzcase.queries.printings import printing_of
from kzcase.queries.submissions import CasePlace, case_place


def case_named(reader: Reader, said: str) -> CasePlace:
    """The case, as far as the asker may act on it. `NotFound` where nothing here goes by that."""
    number = _number_in(said)
    try:
        return case_place(reader, number)
    except NotFound:
        return case_place(reader, _case_of_paper(reader, number))


def _number_in(said: str) -> str:
    """What stands in a QR code of ours, or the words themselves."""
    try:
        return SlipCode.read(said).number
    except BadInput:
        return said.strip()


def _case_of_paper(reader: Reader, number: str) -> str:
    try:
        return printing_of(reader, read_printing_number(number)).case
    except BadInput as error:
        raise NotFound(place="case", what=number[:64]) from error
