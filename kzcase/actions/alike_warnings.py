"""Said after a case was opened from a file of acts: who may be the same person, as far as whoever opened it may see.

The window shows this while somebody is typed; a file has nobody to show it to before. It warns, and never refuses:
namesakes are many, and urgent help waits for no comparison.
"""

from collections.abc import Mapping
from typing import Final

from kzcase.actions.reading import record_look
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Reader
from kzcase.domain.alike import Known
from kzcase.domain.errors import KzcaseError
from kzcase.domain.ids import Id
from kzcase.domain.looks import Look
from kzcase.domain.permissions import Permission
from kzcase.domain.warned import Warned
from kzcase.i18n import Words, _
from kzcase.queries.alike import alike_people, known_of
from kzcase.queries.merged import same_people

ALIKE: Final = "person_alike"
NOT_COMPARED: Final = "people_not_compared"
MOST_COMPARED: Final = 50
"""Of one file; for how many more nobody looked is said at the first of them."""


def people_alike(book: Casebook, made: Mapping[str, Id]) -> dict[str, Warned]:
    """Of new people, by place, those who may be known already. One search is entered in the read log for all of them;
    where it cannot be, nothing is said: what was done is done."""
    if not made:
        return {}
    try:
        with book.read() as reader:
            if not reader.may(Permission.READ_CASES):
                return {}
        record_look(book, Look.SEARCH)
        with book.read("long") as reader:
            found = {place: _warned(reader, place, made[place]) for place in list(made)[:MOST_COMPARED]}
    except KzcaseError:
        return {}
    if left := list(made)[MOST_COMPARED:]:
        found[left[0]] = Warned(left[0], NOT_COMPARED, _not_compared(len(left)))
    return {place: warned for place, warned in found.items() if warned}


def _warned(reader: Reader, place: str, person: Id) -> Warned | None:
    itself = {one.hex() for one in same_people(reader, person)} | {person.hex()}
    known = known_of(reader, [person]).get(person, Known())
    cases = [row.case.number for row in alike_people(reader, known) if row.person not in itself]
    if not cases:
        return None
    words = _(
        "this was taken, but the person may be known already: {cases}. Look with `kzcase person alike`; of one person "
        "a further case is opened with person_id.",
        cases=", ".join(cases),
    )
    return Warned(place, ALIKE, words)


def _not_compared(count: int) -> Words:
    return _(
        "from here on people of this file were not compared with those known already: {count}. Look for each with "
        "`kzcase person alike`, or ask a supervisor for `kzcase person pairs`.",
        count=count,
    )
