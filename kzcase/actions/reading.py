"""Looks that are recorded: an entry in the read log first, then the look.

Entries hold codes and ids only. They are sealed to the audit key, which supervisors and auditors have.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from kzcase.actions.checks import code
from kzcase.db.casebook import Casebook
from kzcase.db.read_log import PURPOSE, ReadEntry
from kzcase.db.reader import Reader
from kzcase.db.tries import Tries
from kzcase.domain.errors import NeedsReason, Trouble
from kzcase.domain.ids import Id
from kzcase.domain.line_rows import CallDetails
from kzcase.domain.looks import LOOKS, Look
from kzcase.domain.permissions import Permission
from kzcase.domain.rows import CallRow, CasePage, HistoryRow
from kzcase.keys.identity import seal_to
from kzcase.queries.call_reach import cases_of_calls
from kzcase.queries.calls import call_details
from kzcase.queries.case_page import case_page
from kzcase.queries.cases import case_named
from kzcase.queries.found_calls import call_named, found_and_counted
from kzcase.queries.history import case_history
from kzcase.queries.office import call as call_row
from kzcase.queries.reach import must_be_open
from kzcase.queries.search import Answer, answer

T = TypeVar("T")
NOBODY: Id = bytes(16)
"""Stands for whoever typed a wrong passphrase."""


def record_look(book: Casebook, what: Look, subject: Id = b"", reason: str = "", detail: str = "") -> None:
    """Enter a look of the person at the laptop; `Trouble` when it cannot be entered, and then nothing is shown."""
    at = book.now()
    _enter(book, ReadEntry(what, book.acting.staff_id, subject or book.facts.organisation, at, reason, detail))


def _enter(book: Casebook, entry: ReadEntry) -> None:
    seal = partial(seal_to, book.facts.audit_key, PURPOSE)
    book.record_look(entry, seal, urgent=LOOKS[Look(entry.what)].urgent)


def record_unlock(book: Casebook, tries: Tries) -> None:
    """Enter that somebody came in, and the wrong passphrases before. No look yet, so no full disk keeps them out."""

    def turned_away(at: datetime) -> None:
        _enter(book, ReadEntry(Look.TURNED_AWAY, NOBODY, book.facts.organisation, at))

    with suppress(Trouble):
        tries.hand_over(turned_away)
        record_look(book, Look.UNLOCKED)


def show_names(book: Casebook) -> None:
    """Show the names of one's own caseload until the lock; who did so and when is sealed to the audit key."""
    record_look(book, Look.NAMES)
    book.show_names()


def enter_case(book: Casebook, reference: str, what: Look, *, reason: str = "", detail: str = "") -> Id:
    """Enter a look at one case, named by number or id; from then on it is open to the person until the lock.

    `NeedsReason` for a case beyond their reach without a code of the list `look_reason`. `NotFound` also for somebody
    who is kept away from it.
    """
    wanted = code(book.rulebook, "look_reason", reason, "reason") if reason else ""
    with book.read() as reader:
        reader.must_be_allowed(Permission.READ_HISTORY if what is Look.HISTORY else Permission.READ_CASES)
        case = case_named(reader, reference)
        if not wanted:
            must_be_open(reader, case, reference)
    record_look(book, what, case, wanted, detail)
    book.having_opened(case)
    return case


def having_said_why(book: Casebook, wish: Any, perform: Callable[[], T]) -> T:
    """Perform a wish. Where it concerns a case beyond one's reach, the reason it gives is entered first, as for a look.

    `NeedsReason` without one. Every act that can be wished for comes through here.
    """
    given: str | None = getattr(wish, "look_reason", None)
    reason = code(book.rulebook, "look_reason", given, "look_reason") if given else ""
    while True:
        try:
            return perform()
        except NeedsReason as beyond:
            if not reason or not beyond.case or beyond.case in book.acting.opened:
                raise
            record_look(book, Look.CASE, beyond.case, reason)
            book.having_opened(beyond.case)


def open_case(book: Casebook, reference: str, reason: str = "") -> CasePage:
    """Look at a case."""
    return _look_into(book, reference, reason, Look.CASE, case_page)


def read_history(book: Casebook, reference: str, reason: str = "") -> list[HistoryRow]:
    """Look at what was done on a case."""
    return _look_into(book, reference, reason, Look.HISTORY, case_history)


def _look_into(book: Casebook, reference: str, reason: str, what: Look, question: Callable[[Reader, str], T]) -> T:
    case = enter_case(book, reference, what, reason=reason)
    with book.read() as reader:
        return question(reader, case.hex())


def search_cases(book: Casebook, typed: str, limit: int = 50) -> Answer:
    """Search once, as a command does. What was typed is nowhere in the entry."""
    record_look(book, Look.SEARCH)
    with book.read() as reader:
        return answer(reader, typed, limit)


def find_calls(book: Casebook, typed: str, limit: int = 200) -> tuple[list[CallRow], int]:
    """Search the calls once, as a command does, and count them. What was typed is nowhere in the entry."""
    record_look(book, Look.SEARCH)
    with book.read() as reader:
        return found_and_counted(reader, typed, limit=limit)


def read_call(book: Casebook, reference: str, reason: str = "") -> tuple[CallRow, CallDetails]:
    """Look at a call, and at what came of it. What is written of one with cases beyond the asker's reach is hidden;
    with a reason the look goes into these cases too, and is entered there."""
    with book.read() as reader:
        found = call_named(reader, reference)
        cases = cases_of_calls(reader, (found,)).get(found, frozenset()) if reason else frozenset()
    for case in sorted(cases):
        enter_case(book, case.hex(), Look.CASE, reason=reason)
    record_look(book, Look.CALL, found)
    with book.read() as reader:
        return call_row(reader, found), call_details(reader, found.hex())


def look_at_call(book: Casebook, call: str) -> CallDetails:
    """Look at a call one stands on in a list, and at what came of it."""
    record_look(book, Look.CALL, bytes.fromhex(call))
    with book.read() as reader:
        return call_details(reader, call)
