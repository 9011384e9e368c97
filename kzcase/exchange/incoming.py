"""Takes in answers from phones: first what would happen is said of each, then what was decided happens, as one act."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from typing import Final

from kzcase.actions.cases import OpenCase
from kzcase.actions.reading import enter_case
from kzcase.actions.submission_keys import private_half
from kzcase.actions.submissions import SentAnswers, TakeInAnswers, take_in_answers
from kzcase.actions.wishes import Done
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Reader
from kzcase.domain.errors import NeedsReason, NothingToTakeIn, NotSealedForYou
from kzcase.domain.ids import from_hex
from kzcase.domain.looks import Look
from kzcase.domain.permissions import Permission
from kzcase.exchange.closed_answers import Unwrap
from kzcase.exchange.looking import Cleaning, Looked, Looker, What
from kzcase.exchange.packages import Found, read_package
from kzcase.keys.submission_keys import unwrapper
from kzcase.paper.incoming.door import Clean, cleaned
from kzcase.queries.submission_keys import own_copies

Watch = Callable[[int, int], object]
"""Told how many of how many are done; it may raise to stop."""


@dataclass(frozen=True, slots=True)
class LookInto:
    """A file of answers to look into. `form_id` and `case` where the file itself does not say them right."""

    filename: str
    content: bytes = field(repr=False)
    form_id: str = ""
    case: str = ""
    look_reason: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would happen to each set of answers of a file, in the order of the file."""

    items: tuple[Looked, ...]

    def count(self, what: What) -> int:
        """How many would fare so."""
        return sum(1 for item in self.items if item.what is what)


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided about one set: its case or the case to open, to take it in although it differs, or not."""

    case: str = ""
    opening: OpenCase | None = None
    again: bool = False
    leave: bool = False


AS_PROPOSED: Final = Decision()


def propose(
    book: Casebook, wish: LookInto, watch: Watch = lambda _done, _total: None, clean: Cleaning = cleaned
) -> Proposal:
    """Look a file through. Nothing is written, but a look into a case beyond one's reach, with its reason.

    Without a reason the answers of such a case stay out and hinder no others; `NeedsReason` where there are no others.
    """
    found, remembered = read_package(wish.filename, wish.content), dict[bytes, Clean]()

    def clean_once(content: bytes) -> Clean:
        """Where a reason had to be said on the way, files are not made anew a second time."""
        if content not in remembered:
            remembered[content] = clean(content)
        return remembered[content]

    items = _looked_through(book, wish, found, clean_once, watch)
    beyond = [case for case in dict.fromkeys(item.beyond for item in items) if case]
    if beyond and wish.look_reason:
        for case in beyond:
            enter_case(book, case, Look.CASE, reason=wish.look_reason)
        items = _looked_through(book, wish, found, clean_once, watch)
    elif beyond and all(item.beyond for item in items):
        raise NeedsReason(case=from_hex(beyond[0]) or b"")
    return Proposal(items)


def _looked_through(
    book: Casebook, wish: LookInto, found: Sequence[Found], clean: Cleaning, watch: Watch
) -> tuple[Looked, ...]:
    with book.read("long") as reader, _opening(book, reader) as unwrap:
        reader.must_be_allowed(Permission.WORK_ON_CASES)
        looker = Looker(reader, unwrap, form_id=wish.form_id, case=wish.case, clean=clean)
        items: list[Looked] = []
        for number, one in enumerate(found, 1):
            items.append(looker.look(one))
            watch(number, len(found))
    return tuple(items)


@contextmanager
def _opening(book: Casebook, reader: Reader) -> Iterator[Unwrap]:
    """What opens closed answers: every key the person at the laptop holds, tried one after the other."""
    with ExitStack() as held:
        unwraps: list[Unwrap] = []

        def unwrap(closed: bytes) -> bytes:
            if not unwraps:
                unwraps.extend(_held(book, reader, held))
            for each in unwraps:
                try:
                    return each(closed)
                except NotSealedForYou:
                    continue
            raise NotSealedForYou

        yield unwrap


def _held(book: Casebook, reader: Reader, held: ExitStack) -> Iterator[Unwrap]:
    for key in own_copies(reader):
        try:
            private = held.enter_context(private_half(book, reader, key))
        except NotSealedForYou:
            continue
        yield unwrapper(private.reveal())


def take_in(
    book: Casebook, proposal: Proposal, decisions: Mapping[str, Decision] | None = None, look_reason: str = ""
) -> Done:
    """What was proposed: those whose case is known, and whatever somebody decided about (by instance id).

    One act for all of it. `NothingToTakeIn` where nothing is left.
    """
    decided = decisions or {}
    chosen = [_decided(item, decided.get(item.instance) or AS_PROPOSED) for item in proposal.items]
    wish = TakeInAnswers([sent for sent in chosen if sent], look_reason)
    if not wish.answers:
        raise NothingToTakeIn
    return take_in_answers(book, wish)


def goes_in(item: Looked, decision: Decision | None) -> bool:
    """Whether `take_in` would take this one in."""
    return _decided(item, decision or AS_PROPOSED) is not None


def _decided(item: Looked, decision: Decision) -> SentAnswers | None:
    if item.sent is None or decision.leave or (item.what is What.DIFFERS and not decision.again):
        return None
    case = decision.case or ("" if decision.opening else item.case)
    if not case and decision.opening is None:
        return None
    return replace(item.sent, case=case, opening=decision.opening)
