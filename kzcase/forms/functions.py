"""The closed table of functions that a form may use: ODK's, and no others."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kzcase.forms import functions_dates, functions_places, functions_texts
from kzcase.forms.arithmetic import calm, logarithm, powered, rounded, truncated
from kzcase.forms.places import Run
from kzcase.forms.values import NAN, Context, Value, number_of_text, texts_of, to_boolean, to_number, to_text

Build = Callable[[Sequence[Run]], Run]
MANY = 1_000


@dataclass(frozen=True, slots=True)
class Function:
    """A function a rule may call: how many values it takes, and how a call of it is built."""

    least: int
    most: int
    build: Build


def _eager(apply: Callable[..., Value]) -> Build:
    """A function of (context, value, …), all values worked out first."""

    def build(arguments: Sequence[Run]) -> Run:
        return lambda context: apply(context, *[argument(context) for argument in arguments])

    return build


def _numeric(apply: Callable[..., float]) -> Build:
    """A function of plain numbers."""

    def build(arguments: Sequence[Run]) -> Run:
        return lambda context: apply(*[to_number(a(context), context.around.zone) for a in arguments])

    return build


def _constant(value: Value) -> Build:
    return lambda _arguments: lambda _context: value


def _if(arguments: Sequence[Run]) -> Run:
    condition, then, otherwise = arguments
    return lambda context: then(context) if to_boolean(condition(context)) else otherwise(context)


def _once(arguments: Sequence[Run]) -> Run:
    def run(context: Context) -> Value:
        written = context.node.value
        return written or arguments[0](context)

    return run


def _coalesce(arguments: Sequence[Run]) -> Run:
    def run(context: Context) -> Value:
        value: Value = ""
        for argument in arguments:
            value = argument(context)
            if to_text(value):
                return value
        return value

    return run


def _current(_arguments: Sequence[Run]) -> Run:
    return lambda context: [context.current]


def _to_number(context: Context, value: Value) -> Value:
    return to_number(value, context.around.zone)


def _number_list(context: Context, values: Sequence[Value]) -> list[float]:
    """All numbers of all values, empty answers left out."""
    zone = context.around.zone
    found: list[float] = []
    for value in values:
        if isinstance(value, float | bool):
            found.append(float(value))
        else:
            found.extend(number_of_text(text, zone) for text in texts_of(value) if text != "")
    return found


def _sum(context: Context, value: Value) -> Value:
    return math.fsum(numbers) if all(map(math.isfinite, numbers := _number_list(context, [value]))) else NAN


def _smallest(context: Context, *values: Value) -> Value:
    return _extreme(min, _number_list(context, values))


def _largest(context: Context, *values: Value) -> Value:
    return _extreme(max, _number_list(context, values))


def _extreme(pick: Callable[[Sequence[float]], float], numbers: Sequence[float]) -> float:
    return NAN if not numbers or any(map(math.isnan, numbers)) else pick(numbers)


def _checklist(context: Context, least: Value, most: Value, *answers: Value) -> Value:
    return _between(context, least, most, float(sum(_ticked(context, answer) for answer in answers)))


def _weighted_checklist(context: Context, least: Value, most: Value, *pairs: Value) -> Value:
    zone = context.around.zone
    total = sum(
        to_number(weight, zone)
        for answer, weight in zip(pairs[::2], pairs[1::2], strict=False)
        if _ticked(context, answer)
    )
    return _between(context, least, most, float(total))


def _ticked(context: Context, answer: Value) -> bool:
    """An answer counts when it is true or “yes”, or a number above 0."""
    if isinstance(answer, bool):
        return answer
    number = to_number(answer, context.around.zone)
    return to_text(answer) in ("true", "yes") or number > 0


def _between(context: Context, least: Value, most: Value, total: float) -> bool:
    low, high = to_number(least, context.around.zone), to_number(most, context.around.zone)
    return (low == -1 or total >= low) and (high == -1 or total <= high)


def _random(context: Context) -> Value:
    return context.draw()()


def _version(context: Context) -> Value:
    return context.around.version


def _table(entries: Mapping[str, tuple[int, int, Build]]) -> dict[str, Function]:
    return {name: Function(*entry) for name, entry in entries.items()}


def _of(module: Mapping[str, tuple[int, int, Callable[..., Value]]]) -> dict[str, Function]:
    return {name: Function(least, most, _eager(apply)) for name, (least, most, apply) in module.items()}


_NUMBERS: Mapping[str, tuple[int, int, Callable[..., float]]] = {
    "round": (1, 2, rounded),
    "int": (1, 1, truncated),
    "abs": (1, 1, abs),
    "pow": (2, 2, powered),
    "sqrt": (1, 1, calm(math.sqrt)),
    "log": (1, 1, logarithm(math.log)),
    "log10": (1, 1, logarithm(math.log10)),
    "exp": (1, 1, calm(math.exp)),
    "exp10": (1, 1, lambda number: powered(10.0, number)),
    "sin": (1, 1, calm(math.sin)),
    "cos": (1, 1, calm(math.cos)),
    "tan": (1, 1, calm(math.tan)),
    "asin": (1, 1, calm(math.asin)),
    "acos": (1, 1, calm(math.acos)),
    "atan": (1, 1, calm(math.atan)),
    "atan2": (2, 2, calm(math.atan2)),
}

FUNCTIONS: Mapping[str, Function] = {
    **{name: Function(least, most, _numeric(apply)) for name, (least, most, apply) in _NUMBERS.items()},
    **_table(
        {
            "if": (3, 3, _if),
            "once": (1, 1, _once),
            "coalesce": (2, MANY, _coalesce),
            "current": (0, 0, _current),
            "true": (0, 0, _constant(True)),
            "false": (0, 0, _constant(False)),
            "pi": (0, 0, _constant(math.pi)),
            "boolean": (1, 1, _eager(lambda _context, value: to_boolean(value))),
            "not": (1, 1, _eager(lambda _context, value: not to_boolean(value))),
            "number": (1, 1, _eager(_to_number)),
            "string": (1, 1, _eager(lambda _context, value: to_text(value))),
            "sum": (1, 1, _eager(_sum)),
            "min": (0, MANY, _eager(_smallest)),
            "max": (0, MANY, _eager(_largest)),
            "checklist": (2, MANY, _eager(_checklist)),
            "weighted-checklist": (2, MANY, _eager(_weighted_checklist)),
            "random": (0, 0, _eager(_random)),
            "version": (0, 0, _eager(_version)),
        }
    ),
    **_of(functions_texts.FUNCTIONS),
    **_of(functions_dates.FUNCTIONS),
    **_of(functions_places.FUNCTIONS),
}

CHANCE = frozenset({"random", "uuid", "randomize"})
"""Functions that draw: once for each time a form is opened."""

STRUCTURAL = frozenset({"position"})
"""Functions that look at where a place stands, not at what it says."""

EVERYWHERE = frozenset({"indexed-repeat"})
"""Functions that look into every repeat, whichever one the rule stands in."""
