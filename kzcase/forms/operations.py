"""The signs of rules: or, and, comparisons, sums and unions, each over a whole row of operands at once."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from kzcase.forms.arithmetic import divided, remainder
from kzcase.forms.places import Run
from kzcase.forms.values import Context, TreeNode, Value, to_boolean, to_number

Operations: TypeAlias = list[tuple[str, Run]]


def _any(first: Run, operations: Operations) -> Run:
    runs = [first, *(run for _sign, run in operations)]
    return lambda context: any(to_boolean(run(context)) for run in runs)


def _all(first: Run, operations: Operations) -> Run:
    runs = [first, *(run for _sign, run in operations)]
    return lambda context: all(to_boolean(run(context)) for run in runs)


def _fold(apply: Callable[[str, Value, Value, Context], Value]) -> Callable[[Run, Operations], Run]:
    def build(first: Run, operations: Operations) -> Run:
        def run(context: Context) -> Value:
            value = first(context)
            for sign, operand in operations:
                value = apply(sign, value, operand(context), context)
            return value

        return run

    return build


def _equality(sign: str, left: Value, right: Value, context: Context) -> Value:
    wanted = sign == "="
    return any(_same(a, b, context) == wanted for a in _singles(left) for b in _singles(right))


def _singles(value: Value) -> Sequence[str | float | bool]:
    """A value to compare: a repeated place is each of its texts, a missing one is empty."""
    if isinstance(value, list):
        return [node.visible() for node in value] or [""]
    return (value,)


def _same(left: str | float | bool, right: str | float | bool, context: Context) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return to_boolean(left) == to_boolean(right)
    if isinstance(left, float) or isinstance(right, float):
        zone = context.around.zone
        return to_number(left, zone) == to_number(right, zone)
    return left == right


def _order(sign: str, left: Value, right: Value, context: Context) -> Value:
    zone = context.around.zone
    return any(_ordered(sign, to_number(a, zone), to_number(b, zone)) for a in _singles(left) for b in _singles(right))


def _ordered(sign: str, left: float, right: float) -> bool:
    if sign == "<":
        return left < right
    if sign == "<=":
        return left <= right
    return left > right if sign == ">" else left >= right


def _arithmetic(sign: str, left: Value, right: Value, context: Context) -> Value:
    zone = context.around.zone
    a, b = to_number(left, zone), to_number(right, zone)
    if sign == "+":
        return a + b
    if sign == "-":
        return a - b
    if sign == "*":
        return a * b
    return divided(a, b) if sign == "div" else remainder(a, b)


def _union(_sign: str, left: Value, right: Value, _context: Context) -> Value:
    found: list[TreeNode] = []
    for value in (left, right):
        found.extend(node for node in value if node not in found) if isinstance(value, list) else None
    return found


OPERATIONS: Mapping[int, Callable[[Run, Operations], Run]] = {
    1: _any,
    2: _all,
    3: _fold(_equality),
    4: _fold(_order),
    5: _fold(_arithmetic),
    6: _fold(_arithmetic),
    8: _fold(_union),
}
