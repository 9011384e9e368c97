"""Rows of a shipped table: CSV text with a known header, each row with the place it stands at."""

import csv
import io
from collections.abc import Iterator

from kzcase.domain.errors import BrokenDefinition
from kzcase.i18n import _


def rows(text: str, columns: tuple[str, ...], place: str) -> Iterator[tuple[str, list[str]]]:
    """The header's further columns first, then each row, with its place (`codes/sex.csv:2`).

    `BrokenDefinition` when it is no CSV, the header does not begin with `columns`, or a row has another length.
    """
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        header = next(reader, [])
        if tuple(header[: len(columns)]) != columns:
            raise BrokenDefinition(
                f"{place}:1", why=_("the first columns must be {columns}", columns=", ".join(columns))
            )
        yield f"{place}:1", header[len(columns) :]
        for number, row in enumerate(reader, 2):
            if len(row) != len(header):
                raise BrokenDefinition(f"{place}:{number}", why=_("the row has the wrong number of columns"))
            yield f"{place}:{number}", row
    except csv.Error:
        raise BrokenDefinition(place, why=_("it is not a CSV table")) from None
