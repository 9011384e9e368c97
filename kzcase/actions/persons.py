"""Looks at a person beyond one case: entered in the read log first, then shown as far as the asker may see."""

from collections.abc import Sequence

from kzcase.actions.checks import code
from kzcase.actions.reading import record_look
from kzcase.db.casebook import Casebook
from kzcase.domain.looks import Look
from kzcase.domain.permissions import Permission
from kzcase.domain.person_rows import AlikeRow, PairRow, PersonPage
from kzcase.domain.tracing import SoughtRow
from kzcase.queries.alike import DAYS, alike_evenly, described, possible_pairs
from kzcase.queries.people_around import cases_around, must_see
from kzcase.queries.persons import person_named, person_page
from kzcase.queries.reach import kept_away, within_reach
from kzcase.queries.tracing import people_perhaps_sought


def open_person(book: Casebook, reference: str, reason: str = "") -> PersonPage:
    """Look at somebody, named by their id or a case of theirs.

    `NeedsReason` where they are known through others' cases alone; with a code of `look_reason` one of these is opened.
    """
    wanted = code(book.rulebook, "look_reason", reason, "reason") if reason else ""
    with book.read() as reader:
        person = person_named(reader, reference)
        cases = cases_around(reader, person) - kept_away(reader)
        near = within_reach(reader, cases)
        if not wanted or not cases:
            must_see(reader, person)
        case = min(near or cases)
    record_look(book, Look.CASE, case, wanted if case not in near else "")
    if case not in near:
        book.having_opened(case)
    with book.read() as reader:
        return person_page(reader, person.hex())


def look_for_alike(
    book: Casebook, names: Sequence[str], birth: str, sex: str, phones: Sequence[str], documents: Sequence[str]
) -> list[AlikeRow]:
    """Who may be the same person, as a command asks it once. What was typed is nowhere in the entry."""
    record_look(book, Look.SEARCH)
    with book.read() as reader:
        return alike_evenly(reader, described(names, birth, sex, phones, documents))


def look_for_pairs(book: Casebook, days: int = DAYS, lane: str = "long") -> list[PairRow]:
    """People who may be one, of all caseloads: for supervisors, after an entry in the read log."""
    with book.read() as reader:
        reader.must_be_allowed(Permission.MERGE_PEOPLE)
    record_look(book, Look.SEARCH)
    with book.read(lane) as reader:
        return possible_pairs(reader, days)


def count_pairs(book: Casebook, lane: str = "long") -> int:
    """How many such pairs wait for a decision. It names nobody, so it is no look at anybody."""
    with book.read(lane) as reader:
        return len(possible_pairs(reader))


def look_for_sought(book: Casebook, lane: str = "long") -> list[SoughtRow]:
    """Who may be a person somebody asks after, of all caseloads: for supervisors, after an entry in the read log."""
    with book.read() as reader:
        reader.must_be_allowed(Permission.MERGE_PEOPLE)
    record_look(book, Look.SEARCH)
    with book.read(lane) as reader:
        return people_perhaps_sought(reader)
