"""Sums of rules that never fail: division by nothing is infinite, and what has no answer is no number."""

import math
from collections.abc import Callable
from decimal import ROUND_FLOOR, Decimal, localcontext

from kzcase.forms.values import NAN


def divided(a: float, b: float) -> float:
    """XPath's div: by zero it is infinite, 0 div 0 is no number."""
    if b != 0:
        return a / b
    if a == 0 or math.isnan(a):
        return NAN
    return math.copysign(math.inf, a) * math.copysign(1.0, b)


def remainder(a: float, b: float) -> float:
    """XPath's mod: the sign is that of the first number."""
    if b == 0 or math.isinf(a) or math.isnan(a) or math.isnan(b):
        return NAN
    return math.fmod(a, b)


def rounded(number: float, decimals: float = 0) -> float:
    """Half goes up (towards plus infinity), at the given decimal; negative decimals round tens."""
    if math.isnan(number) or math.isinf(number) or math.isnan(decimals):
        return number
    places = int(max(-300, min(300, decimals)))
    if places == 0:
        return float(math.floor(number + 0.5))
    with localcontext() as context:
        context.prec = 700
        shifted = Decimal(repr(number)).scaleb(places)
        return float((shifted + Decimal("0.5")).to_integral_value(ROUND_FLOOR).scaleb(-places))


def truncated(number: float) -> float:
    """The whole part of a number; what is no number stays none."""
    return number if math.isnan(number) or math.isinf(number) else float(math.trunc(number))


def powered(a: float, b: float) -> float:
    """`a` to the power `b`; no number where there is none."""
    try:
        result = a**b
    except ZeroDivisionError:
        return math.inf
    except OverflowError:
        return math.inf
    return NAN if isinstance(result, complex) else result


def calm(function: Callable[..., float]) -> Callable[..., float]:
    """The same function, giving no number where it is not defined and infinity where it overflows."""

    def run(*numbers: float) -> float:
        try:
            return function(*numbers)
        except ValueError:
            return NAN
        except OverflowError:
            return math.inf

    return run


def logarithm(base: Callable[[float], float]) -> Callable[[float], float]:
    """A logarithm that is minus infinity at zero."""
    safe = calm(base)
    return lambda number: -math.inf if number == 0 else safe(number)
