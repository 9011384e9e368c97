"""Forms: one answer worked out alone, beside working out the whole form (500 questions, each calculation chained)."""

import statistics
import time
from datetime import UTC, datetime

from kzcase.forms.answers import AnswerSheet
from kzcase.forms.definition import Form
from kzcase.forms.doors import read_form
from kzcase.forms.library import shipped_form

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


def median_seconds(work: list[float]) -> float:
    """The middle of the measured times."""
    return statistics.median(work)


def measure() -> tuple[float, float, float, float]:
    """Seconds: one answer, the whole form again, one form read from its XForm, one sheet opened."""
    form = form_of(QUESTIONS)
    sheet = AnswerSheet(form, now=NOW)
    one, whole = [], []
    for turn in range(ROUNDS):
        start = time.perf_counter()
        sheet.answer(f"a{turn % (QUESTIONS // 3)}", str(turn))
        one.append(time.perf_counter() - start)
        start = time.perf_counter()
        sheet.recalculate()
        whole.append(time.perf_counter() - start)
    start = time.perf_counter()
    screening = shipped_form("victim_screening")
    read = time.perf_counter() - start
    start = time.perf_counter()
    AnswerSheet(screening, now=NOW)
    return median_seconds(one), median_seconds(whole), read, time.perf_counter() - start


def main() -> None:
    """Print the times and the ratio."""
    one, whole, read, opened = measure()
    print(f"one answer {one * 1e6:.0f} µs, whole form {whole * 1e6:.0f} µs, ratio {one / whole:.3f}")
    print(f"screening form read in {read * 1e3:.0f} ms, opened in {opened * 1e3:.1f} ms")


if __name__ == "__main__":
    main()
