"""Forms: one answer of a form of 500 questions worked out alone, beside working out the whole form again.

The list of the forms that ship is measured beside reading each of them.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from kzcase.forms.answers import AnswerSheet
from kzcase.forms.definition import Form
from kzcase.forms.doors import read_form
from kzcase.forms.library import listed_forms, shipped_form, shipped_forms

QUESTIONS = 500
ROUNDS = 200
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def form_of(questions: int) -> Form:
    """A third asked, a third calculated from it, a third asked only if the calculation says so."""
    rows = ["| survey |", "| | type | name | label | relevant | calculation | constraint |"]
    for n in range(questions // 3):
        rows.append(f"| | integer | a{n} | A | | | . < 1000 |")
        rows.append(f"| | calculate | c{n} | | | ${{a{n}}} * 2 + {'${c' + str(n - 1) + '}' if n % 10 else '1'} | |")
        rows.append(f"| | text | t{n} | T | ${{c{n}}} > 10 | | |")
    rows.append(
        f"| | calculate | total | | | {' + '.join(f'coalesce(${{c{n}}}, 0)' for n in range(questions // 3))} | |"
    )
    return read_form("bench.md", "\n".join(rows).encode())


@dataclass(frozen=True)
class Times:
    """Seconds."""

    one: list[float]  # one answer and what follows from it
    whole: list[float]  # the whole form again
    read: float  # a form of average size read from its XForm
    opened: float  # an empty sheet of it
    listed: float  # the list of all forms
    each: float  # all of them read instead
    forms: int


def seconds(work: Callable[[], object]) -> float:
    """How long the processor takes, which a busy machine does not lengthen as much as the clock's time."""
    start = time.process_time()
    work()
    return time.process_time() - start


def every_form() -> None:
    """Every form that ships, read from its XForm."""
    shipped_form.cache_clear()
    for form_id in shipped_forms():
        shipped_form(form_id)


def measure() -> Times:
    """Every place of the form is answered in turn, so that the hard ones are among them."""
    sheet = AnswerSheet(form_of(QUESTIONS), now=NOW)
    one, whole = [], []
    for turn in range(ROUNDS):
        path, value = f"a{turn % (QUESTIONS // 3)}", str(turn)
        one.append(seconds(lambda path=path, value=value: sheet.answer(path, value)))  # type: ignore[misc]
        whole.append(seconds(sheet.recalculate))
    listed_forms.cache_clear()
    shipped_form.cache_clear()
    listed = seconds(listed_forms)
    return Times(
        one,
        whole,
        seconds(lambda: shipped_form("victim_screening")),
        seconds(lambda: AnswerSheet(shipped_form("victim_screening"), now=NOW)),
        listed,
        seconds(every_form),
        len(shipped_forms()),
    )


def p95(work: list[float]) -> float:
    """All but one in twenty are at least as quick."""
    return statistics.quantiles(work, n=20)[-1]


def main() -> None:
    """Print the times and the ratios."""
    found = measure()
    one, whole = statistics.median(found.one), statistics.median(found.whole)
    print(f"one answer {one * 1e6:.0f} µs (p95 {p95(found.one) * 1e6:.0f} µs), whole form {whole * 1e6:.0f} µs")
    print(f"ratio {one / whole:.3f}, at p95 {p95(found.one) / p95(found.whole):.3f}")
    print(f"screening form read in {found.read * 1e3:.0f} ms, opened in {found.opened * 1e3:.1f} ms")
    print(
        f"{found.forms} forms listed in {found.listed * 1e3:.1f} ms, read in {found.each * 1e3:.0f} ms, "
        f"ratio {found.listed / found.each:.4f}"
    )


if __name__ == "__main__":
    main()
