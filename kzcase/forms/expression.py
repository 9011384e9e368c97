"""A rule ready to be used: how to run it, and what it depends on."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kzcase.forms.places import Run
from kzcase.forms.values import Context, to_boolean, to_text


@dataclass(frozen=True, slots=True)
class Reference:
    """A path named in a rule: its steps, `..` included, from the root or from the rule's own question."""

    steps: tuple[str, ...]
    absolute: bool
    fixed: int  # how many leading steps carry no condition, so that they mean the question's own repeat
    structure_only: bool = False  # position(..): depends on how many there are, not on what they say

    def target(self, here: tuple[str, ...]) -> tuple[tuple[str, ...], int]:
        """The place meant by a rule at `here`, and how many leading steps stay in the same repeat (at least 1)."""
        loose = bool(self.steps) and self.fixed == 0
        if self.absolute:
            reach = 0 if loose else min(len(here), self.fixed, len(self.steps))
            shared = next((at for at in range(reach) if here[at] != self.steps[at]), reach)
            return tuple(_walked((), self.steps)), max(1, shared)
        kept, reached = len(here), list(here)
        for step in self.steps[: self.fixed]:
            reached = _walked(reached, (step,))
            kept = min(kept, len(reached))
        return tuple(_walked(reached, self.steps[self.fixed :])), 1 if loose else max(1, kept)


def _walked(start: Sequence[str], steps: Sequence[str]) -> list[str]:
    reached = list(start)
    for step in steps:
        if step == "..":
            if reached:
                reached.pop()
        elif step != ".":
            reached.append(step)
    return reached


@dataclass(frozen=True, slots=True)
class Expression:
    """A rule ready to be used: its text, how to run it, and what it depends on."""

    text: str
    run: Run = field(repr=False, compare=False)
    references: tuple[Reference, ...] = ()
    lists: frozenset[str] = frozenset()
    drawn: bool = False  # chance has a say in it
    remembers: bool = False  # what was worked out once stays
    looked_up: frozenset[str] = frozenset()  # lists of which single cells are pulled

    @property
    def lasting(self) -> bool:
        """Whether its result is kept with the answers, because working it out again would give another."""
        return self.drawn or self.remembers

    def text_at(self, context: Context) -> str:
        """The result as it would be written into a form: empty for NaN."""
        value = self.run(context)
        return "" if isinstance(value, float) and value != value else to_text(value)

    def holds_at(self, context: Context) -> bool:
        """The result as yes or no."""
        return to_boolean(self.run(context))
