"""Reads the rules of a form (ODK XPath) and turns each into a plain Python function.

Nothing outside the closed table of functions can be called; what a rule depends on is known before it runs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TypeAlias

from kzcase.domain.errors import BadForm
from kzcase.forms.expression import Expression, Reference
from kzcase.forms.functions import CHANCE, EVERYWHERE, FUNCTIONS, STRUCTURAL
from kzcase.forms.operations import OPERATIONS
from kzcase.forms.patterns import pattern
from kzcase.forms.places import Run, Step, absolute_path, from_result, relative_path
from kzcase.forms.tokens import Sort, Token, refuse, tokens_of
from kzcase.forms.values import to_number
from kzcase.i18n import _

DEEPEST_RULE = 100

__all__ = ["DEEPEST_RULE", "Expression", "Reference", "compile_rule"]


def compile_rule(text: str, names: Mapping[str, str] | None = None) -> Expression:
    """A rule from its text; `names` gives the absolute path of each `${name}`.

    Raises BadForm, with the character at which it shows, for a rule that cannot be read, for an unknown
    function and for an unknown `${name}`.
    """
    if names is None:
        return _compiled(text)
    return _Reader(text, names).whole()


@lru_cache(maxsize=8192)
def _compiled(text: str) -> Expression:
    return _Reader(text, {}).whole()


Base: TypeAlias = tuple[tuple[str, ...], bool] | None
"""What names in a condition are seen from: steps, and whether from the root; None in a list."""

_BINDING = {"or": 1, "and": 2, "=": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4}
_BINDING |= {"+": 5, "-": 5, "*": 6, "div": 6, "mod": 6, "|": 8}
_UNARY = 7
_STARTS = ("/", ".", "..", "*")


class _Reader:
    """One pass over the words of a rule (a Pratt parser), building functions as it goes."""

    def __init__(self, text: str, names: Mapping[str, str]) -> None:
        self._text = text
        self._names = names
        self._tokens = tokens_of(text)
        self._at = 0
        self._depth = 0
        self._base: Base = ((), False)
        self._references: list[Reference] = []
        self._lists: set[str] = set()
        self._looked_up: set[str] = set()
        self._drawn = False
        self._remembers = False
        self._structural = False
        self._everywhere = False

    def whole(self) -> Expression:
        run = self._expression(0)
        if self._next.sort is not Sort.END:
            raise self._unexpected()
        found = tuple(dict.fromkeys(self._references))
        lists, looked_up = frozenset(self._lists), frozenset(self._looked_up)
        return Expression(self._text, run, found, lists, self._drawn, self._remembers, looked_up)

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _sign(self, text: str) -> bool:
        """Take this sign if it comes next."""
        if self._next.sort is Sort.SIGN and self._next.text == text:
            self._at += 1
            return True
        return False

    def _expect(self, text: str) -> None:
        if not self._sign(text):
            raise self._unexpected(text)

    def _unexpected(self, wanted: str = "") -> BadForm:
        token = self._next
        if token.sort is Sort.END:
            if wanted in (")", "]"):
                return refuse(token.place, _("A bracket is not closed."))
            return refuse(token.place, _("The rule ends too early."))
        if token.text in (")", "]"):
            return refuse(token.place, _("A bracket is closed that was never opened."))
        return refuse(token.place, _("“{word}” does not fit here.", word=token.text[:40]))

    def _expression(self, least: int) -> Run:
        self._depth += 1
        if self._depth > DEEPEST_RULE:
            raise refuse(self._next.place, _("This rule has too many brackets inside each other."))
        left = self._prefix()
        while (strength := self._strength()) > least:
            left = self._chain(left, strength)
        self._depth -= 1
        return left

    def _strength(self) -> int:
        token = self._next
        return _BINDING.get(token.text, 0) if token.sort in (Sort.SIGN, Sort.NAME) else 0

    def _chain(self, first: Run, strength: int) -> Run:
        """All operations of one strength in a row, so that a long sum costs no depth."""
        operations: list[tuple[str, Run]] = []
        while self._strength() == strength:
            sign = self._take().text
            operations.append((sign, self._expression(strength)))
        return OPERATIONS[strength](first, operations)

    def _prefix(self) -> Run:
        token = self._next
        if token.sort is Sort.NUMBER:
            number = float(self._take().text)
            return lambda _context: number
        if token.sort is Sort.TEXT:
            text = self._take().text
            return lambda _context: text
        if token.sort is Sort.DOLLAR:
            return self._named()
        if token.sort is Sort.NAME and self._tokens[self._at + 1].text == "(":
            return self._call()
        if token.sort is Sort.NAME or (token.sort is Sort.SIGN and token.text in _STARTS):
            return self._path()
        if self._sign("-"):
            operand = self._expression(_UNARY)
            return lambda context: -to_number(operand(context), context.around.zone)
        if self._sign("("):
            inner = self._expression(0)
            self._expect(")")
            return inner
        raise self._unexpected()

    def _named(self) -> Run:
        token = self._take()
        path = self._names.get(token.text)
        if path is None:
            raise refuse(token.place, _("No question is called “{name}”.", name=token.text[:80]))
        return self._located([Step(name) for name in path.strip("/").split("/")], absolute=True)

    def _call(self) -> Run:
        token = self._take()
        known = FUNCTIONS.get(token.text)
        if known is None:
            raise refuse(token.place, _("There is no function “{name}”.", name=token.text[:80]))
        outer = self._structural, self._everywhere
        self._structural |= token.text in STRUCTURAL
        self._everywhere |= token.text in EVERYWHERE
        first = self._tokens[min(self._at + 1, len(self._tokens) - 1)]
        if token.text == "pulldata" and first.sort is Sort.TEXT:
            self._looked_up.add(first.text)
        arguments = self._arguments()
        self._structural, self._everywhere = outer
        if not known.least <= len(arguments) <= known.most:
            raise refuse(token.place, _("The function “{name}” is given too few or too many values.", name=token.text))
        self._remembers |= token.text == "once"
        result = known.build(arguments)
        if token.text in CHANCE:
            self._drawn = True
            result = _numbered(result, token.place)
        if token.text == "regex":
            self._check_pattern(token)
        if token.text == "instance":
            self._note_list(token)
            return self._continued(result, None)
        return self._continued(result, ((), False)) if token.text == "current" else result

    def _note_list(self, token: Token) -> None:
        """instance() takes the plain name of a list, so that a missing list is known beforehand."""
        name = self._tokens[self._at - 2]
        if name.sort is not Sort.TEXT or self._tokens[self._at - 3].text != "(":
            raise refuse(token.place, _("instance() needs the name of a list in quotation marks."))
        self._lists.add(name.text)

    def _check_pattern(self, token: Token) -> None:
        """A pattern written into the rule is checked at once."""
        written = self._tokens[self._at - 2]
        if written.sort is Sort.TEXT and self._tokens[self._at - 3].text == ",":
            try:
                pattern(written.text)
            except BadForm as error:
                raise refuse(token.place, error.why) from error

    def _arguments(self) -> list[Run]:
        self._expect("(")
        arguments: list[Run] = []
        if self._sign(")"):
            return arguments
        arguments.append(self._expression(0))
        while self._sign(","):
            arguments.append(self._expression(0))
        self._expect(")")
        return arguments

    def _continued(self, result: Run, base: Base) -> Run:
        """Conditions and steps after a function: `instance('x')/root/item[…]`, `current()/../a`."""
        if self._next.text not in ("/", "[") or self._next.sort is not Sort.SIGN:
            self._remember(base, (), loose=False)
            return result
        outer, self._base = self._base, base
        conditions = self._conditions([])
        steps = self._steps([], absolute=False) if self._sign("/") else []
        self._base = outer
        self._remember(base, tuple(steps), loose=False)
        return from_result(result, conditions, steps)

    def _path(self) -> Run:
        absolute = self._sign("/")
        steps = self._steps([], absolute) if not absolute or self._begins_step() else []
        return self._located(steps, absolute)

    def _located(self, steps: list[Step], absolute: bool) -> Run:
        """The function of a path, its last step's conditions read here when it came from `${name}`."""
        if steps and not steps[-1].conditions:
            steps[-1] = Step(steps[-1].name, tuple(self._conditions_at(steps, absolute)))
        if self._sign("/"):
            steps = self._steps(steps, absolute)
        inside = self._base is not None and bool(self._base[0])
        self._remember(((), True) if absolute else self._base, tuple(steps), loose=inside)
        return absolute_path(steps) if absolute else relative_path(steps)

    def _begins_step(self) -> bool:
        return self._next.sort is Sort.NAME or (self._next.sort is Sort.SIGN and self._next.text in _STARTS[1:])

    def _steps(self, steps: list[Step], absolute: bool) -> list[Step]:
        steps = list(steps)
        while True:
            if not self._begins_step():
                raise self._unexpected()
            steps.append(Step(self._take().text))
            steps[-1] = Step(steps[-1].name, tuple(self._conditions_at(steps, absolute)))
            if not self._sign("/"):
                return steps

    def _conditions_at(self, steps: Sequence[Step], absolute: bool) -> list[Run]:
        """Conditions on the last of these steps; names inside them are seen from there."""
        outer = self._base
        start: Base = ((), True) if absolute else outer
        if start is not None:
            self._base = (start[0] + tuple(step.name for step in steps), start[1])
        conditions = self._conditions([])
        self._base = outer
        return conditions

    def _conditions(self, conditions: list[Run]) -> list[Run]:
        while self._sign("["):
            conditions.append(self._expression(0))
            self._expect("]")
        return conditions

    def _remember(self, base: Base, steps: tuple[Step, ...], loose: bool) -> None:
        """Note what is depended on; inside a condition (`loose`) nothing is kept to the own repeat."""
        if base is None:
            return
        names = tuple(step.name for step in steps)
        plain = next((at for at, step in enumerate(steps) if step.conditions), len(steps))
        fixed = 0 if loose or self._everywhere else plain
        self._references.append(Reference(base[0] + names, base[1], fixed, self._structural))


def _numbered(run: Run, call: int) -> Run:
    """A call that draws, told from the other calls of its rule by where it stands."""
    return lambda context: run(replace(context, call=call))
