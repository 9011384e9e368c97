"""Answers that name no case: which case they go into, or which new one is opened, unless somebody alike is here."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kzcase.actions.cases import OpenCase
from kzcase.actions.perform import read_act
from kzcase.actions.submissions import saved_values
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Reader
from kzcase.domain.errors import UnknownCode
from kzcase.exchange.cases_named import case_named
from kzcase.exchange.incoming import Decision, Proposal
from kzcase.exchange.looking import Looked, What
from kzcase.i18n import Words, _
from kzcase.queries.alike import alike_people, described

ALIKE: Final = _(
    "Somebody alike is here already: {numbers}. Put the answers into that case with --into, or say with --another "
    "that this is somebody else."
)
NOT_NEW: Final = _("These answers have their case already, or cannot be taken in: no case is opened for them.")


@dataclass(frozen=True, slots=True)
class NewCase:
    """A case to open for a set of answers: of which kind, and what the person is called."""

    instance: str
    kind: str
    name: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants done with sets of answers, by their instance ids. `another`: nobody who is alike is meant."""

    opened: Sequence[NewCase] = ()
    into: Mapping[str, str] = field(default_factory=dict)
    another: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Decided:
    """What follows: the decisions, and of which answers nothing follows, and why."""

    decisions: Mapping[str, Decision]
    held: Mapping[str, Words]


def decide(book: Casebook, proposal: Proposal, wanted: Wanted) -> Decided:
    """Nothing is written. `NotFound` for a case that is not here, `UnknownCode` for a kind nobody knows."""
    items = {item.instance: item for item in proposal.items}
    decisions, held = dict[str, Decision](), dict[str, Words]()
    with book.read("long") as reader:
        for instance, case in wanted.into.items():
            if _is_new(items.get(instance)):
                decisions[instance] = Decision(case=case_named(reader, case).id)
            else:
                held[instance] = NOT_NEW
        for new in wanted.opened:
            opening = _opening(new)
            if new.kind not in reader.rulebook.pathways:
                raise UnknownCode("--new", list="case_kind", code=new.kind[:64], choices=list(reader.rulebook.pathways))
            item = items.get(new.instance)
            if item is None or not _is_new(item):
                held[new.instance] = NOT_NEW
            elif (alike := _alike(reader, item, new)) and new.instance not in wanted.another:
                held[new.instance] = ALIKE.with_arguments(numbers=", ".join(alike))
            else:
                decisions[new.instance] = Decision(opening=opening)
    return Decided(decisions, held)


def _opening(new: NewCase) -> OpenCase:
    """The wish as a file of acts would say it, held to the same limits."""
    act = {"act": "case.opened", "kind": new.kind, "person": {"names": [{"given": new.name}]}}
    wish = read_act(act, "--new")[1]
    assert isinstance(wish, OpenCase)
    return wish


def _is_new(item: Looked | None) -> bool:
    return item is not None and item.what is What.NEW


def _alike(reader: Reader, item: Looked, new: NewCase) -> list[str]:
    """The cases of those who may be this person, by the name and what the answers say of sex and birth."""
    said = saved_values(item.sent.sheet) if item.sent else {}
    birth, sex = (said.get(("person", column), "") for column in ("birth", "sex"))
    return [row.case.number for row in alike_people(reader, described([new.name], birth, sex, (), ()))]
