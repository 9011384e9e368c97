"""What waits for what: a mother's identity, the birth registration, the IIN, the school.

The list `path_step` says of each step what it needs: `mother:identity` is the mother's own step, `a|b` either of two.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kzcase.domain.codes import CodeList
from kzcase.i18n import Language, Words, _, render

DONE: Final = "done"
APPLIED: Final = "applied"
MOTHER: Final = "mother"


@dataclass(frozen=True, slots=True)
class StepState:
    """How far one step is, and what it waits for: alternatives, of which one is enough, in each group."""

    step: str
    state: str
    waits_for: tuple[tuple[str, ...], ...]

    @property
    def can_begin(self) -> bool:
        """Nothing it needs is missing."""
        return self.state not in (DONE, APPLIED) and not self.waits_for


def steps_of(codes: CodeList, own: Mapping[str, str], mothers: Mapping[str, str] | None) -> tuple[StepState, ...]:
    """Every step somebody is on: those stated, and whatever these need before them, in the order of the list.

    `own` and `mothers` are state by step; no mother known: what she must have is missing.
    """
    wanted = _with_needs(codes, own)
    return tuple(
        StepState(code.code, own.get(code.code, "not_begun"), _missing(_needs(codes, code.code), own, mothers or {}))
        if own.get(code.code) != DONE
        else StepState(code.code, DONE, ())
        for code in codes
        if code.code in wanted
    )


def _with_needs(codes: CodeList, own: Collection[str]) -> set[str]:
    found, waiting = set[str](), [step for step in own if step in codes]
    while waiting:
        step = waiting.pop()
        if step not in found:
            found.add(step)
            waiting += [group[0] for group in _needs(codes, step) if group[0] in codes]
    return found


def _needs(codes: CodeList, step: str) -> list[tuple[str, ...]]:
    return [tuple(group.split("|")) for group in codes[step].attribute("needs").split()]


def _missing(
    groups: list[tuple[str, ...]], own: Mapping[str, str], mothers: Mapping[str, str]
) -> tuple[tuple[str, ...], ...]:
    """The groups none of whose steps is done."""
    return tuple(group for group in groups if not any(_is_done(need, own, mothers) for need in group))


def _is_done(need: str, own: Mapping[str, str], mothers: Mapping[str, str]) -> bool:
    whose, _colon, step = need.rpartition(":")
    return (mothers if whose == MOTHER else own).get(step) == DONE


def waited_for(groups: Sequence[Sequence[str]], called: Callable[[str], str], language: Language) -> str:
    """What a step waits for, in words: all of the groups, of each one is enough. `called` gives the name of a step."""

    def say(words: Words) -> str:
        return render(words, language)

    def need(each: str) -> str:
        whose, _colon, step = each.rpartition(":")
        return say(_("the mother’s: {step}", step=called(step))) if whose else called(step)

    either = say(_("or"))
    return ", ".join(f" {either} ".join(need(each) for each in group) for group in groups)
