"""Asks every question of `kzcase.queries` with what a window or a command could hand it, and reads all of an answer.

A question is found, not listed: a new one is asked as soon as it exists.
"""

import dataclasses
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, Final

import msgspec
from sqlalchemy.exc import NoResultFound

import kzcase
import kzcase.queries
from kzcase.db.reader import Reader
from kzcase.db.tables.base import Base
from kzcase.domain.case_filter import CaseFilter
from kzcase.domain.errors import KzcaseError
from kzcase.domain.ids import Id
from kzcase.domain.permissions import Role
from kzcase.queries.alike import described
from kzcase.queries.registers import REGISTERS
from tests.db.books import START
from tests.whole_case import MARK, PHONES, WholeCase

OUTSIDE: Final = ("ui", "cli", "exchange", "summaries")
DAY: Final = START.date()
FITTING: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(("age_and_stay", "persons", "phone_hands"), ("person", "child", "enquirer")),
    **dict.fromkeys(
        ("case_page", "cases", "history", "roads", "road_sheets", "sheets", "timelines"),
        ("case", "call", "shared_call"),
    ),
    **dict.fromkeys(("team_sheets", "together"), ("case", "conference", "transfer")),
    **dict.fromkeys(("consent_page", "consent_papers", "consent_forms"), ("case", "consent", "sheet")),
    **dict.fromkeys(("referrals", "progres", "letters"), ("referral", "case")),
    **dict.fromkeys(("partners", "partner_figures", "outside_papers"), ("partner",)),
    "attachments": ("attachment", "case"),
    "callers": ("call", "person"),
    "found_calls": ("call", "shared_call"),
    "call_backs": ("call_back", "call", "shared_call_back", "shared_call"),
    "incidents": ("incident", "request"),
    "incoming_referrals": ("incoming",),
    "sealed_notes": ("note", "case"),
    "tracing": ("tracing", "case"),
}
"""What a reference of these rooms may be, to be quick; of any other room, an id of everything there is."""
_INNER: Final = (
    *("bytes", "typing.Any", "Callable", "kzcase.db", "kzcase.queries"),
    *("kzcase.forms", "domain.incidents", "domain.papers"),
)
_IMPORTS: Final = re.compile(r"from kzcase\.queries\.(\w+) import (\([^)]*\)|[^\n]*)")


@dataclasses.dataclass(frozen=True)
class Question:
    """One public question and what it must be given."""

    name: str
    ask: Callable[..., Any]
    given: tuple[inspect.Parameter, ...]


@dataclasses.dataclass(frozen=True)
class Asked:
    """A question with all it was given."""

    question: Question
    given: Mapping[str, Any]

    def answer(self, reader: Reader) -> str | None:
        """Everything that was answered, as text; None where it was refused in words."""
        try:
            return everything_in(self.question.ask(reader, **self.given))
        except (KzcaseError, NoResultFound):  # an id of something else: no window has it in this place
            return None


def everything_in(found: object) -> str:
    """All that stands in an answer, also what its rows leave out of their reprs."""
    return "\n".join(_leaves(found))


def _leaves(found: object) -> Iterator[str]:
    match found:
        case None | bool():
            return
        case bytes():
            yield found.hex()
        case Base():
            return  # a row of the store, for parts of other questions: no window gets one
        case Mapping():
            yield from _leaves([*found.keys(), *found.values()])
        case _ if dataclasses.is_dataclass(found):
            yield from _leaves([getattr(found, each.name) for each in dataclasses.fields(found)])
        case msgspec.Struct():
            yield from _leaves([getattr(found, name) for name in found.__struct_fields__])
        case str():
            yield found
        case Iterable():
            for each in found:
                yield from _leaves(each)
        case _:
            yield str(found)


@cache
def questions() -> tuple[Question, ...]:
    """Every public function of the room that takes a reader, but for those that only serve other questions: they take
    rows of the store, or ids that no window has."""
    found = []
    for module in pkgutil.iter_modules(kzcase.queries.__path__):
        room = importlib.import_module(f"{kzcase.queries.__name__}.{module.name}")
        for name, function in inspect.getmembers(room, inspect.isfunction):
            if name.startswith("_") or function.__module__ != room.__name__:
                continue
            parameters = list(inspect.signature(function).parameters.values())
            if parameters and parameters[0].annotation is Reader:
                needed = tuple(each for each in parameters[1:] if each.default is each.empty)
                found.append(Question(f"{module.name}.{name}", function, needed))
    return tuple(each for each in found if each.name in asked_outside() or not any(map(_is_inner, each.given)))


def _is_inner(given: inspect.Parameter) -> bool:
    kind = str(given.annotation)
    return any(each in kind for each in _INNER)


@cache
def asked_outside() -> frozenset[str]:
    """What windows, commands and files ask."""
    room, found = Path(kzcase.__file__).parent, set()
    for path in (path for top in OUTSIDE for path in (room / top).rglob("*.py")):
        for module, names in _IMPORTS.findall(path.read_text()):
            found |= {f"{module}.{name}" for name in re.findall(r"\w+", names)}
    return frozenset(found)


def every_way(question: Question, case: WholeCase, staff: Id) -> Iterator[Asked]:
    """The question with each combination of what fits; ValueError where something has no value here."""
    values = [_values(question, each, case, staff) for each in question.given]
    for some in product(*values):
        yield Asked(question, {each.name: one for each, one in zip(question.given, some, strict=True)})


def _values(question: Question, given: inspect.Parameter, case: WholeCase, staff: Id) -> list[Any]:
    by_name: dict[str, list[Any]] = {
        "language": ["kk"],
        "_language": ["kk"],
        "until": [DAY + timedelta(days=400)],
        "start": [DAY - timedelta(days=400)],
        "end": [DAY + timedelta(days=2)],
        "most": [50],
        "size": [1_000_000],
        "typed": [MARK, case.number, PHONES[2]],
        "number": list(PHONES),
        "untrusted": [case.number],
        "digits": [PHONES[2][-10:]],
        "cases": [[case["case"]]],
        "chosen": [CaseFilter()],
        "wanted": [""],
        "what": ["closing"],
        "name": list(REGISTERS),
        "form_id": ["victim_screening"],
        "papers": [["victim_screening", "wages"]],
        "version": ["1"],
        "instance": ["uuid:1"],
        "code": ["P01"],
        "partner_id": [case["partner"]],
        "colleague": [staff.hex()],
        "staff": [staff if "bytes" in str(given.annotation) else staff.hex()],
        "sheet": [case["sheet"], "wages"],
        "people": [[bytes.fromhex(case["person"])]],
        "known": [described([MARK], "2010-05-11", "female", [PHONES[2]], [])],
        "rule_id": ["plan_review"],
        "roles": [list(Role)],
        "numbers": [list(PHONES)],
        "ids": [[bytes.fromhex(case["case"])]],
    }
    if given.name in by_name:
        return by_name[given.name]
    own = case.made.get(given.name.removesuffix("_id"))
    fitting = FITTING.get(question.name.partition(".")[0], tuple(case.made))
    besides = case.made.get(f"shared_{given.name.removesuffix('_id')}")
    references = [each for each in (own, besides) if each] if own else [case.number, *(case[name] for name in fitting)]
    if given.annotation is str:
        return references
    if "bytes" in str(given.annotation):
        return [bytes.fromhex(each) for each in references if each != case.number]
    raise ValueError(f"{question.name}: what is {given.name}?")
