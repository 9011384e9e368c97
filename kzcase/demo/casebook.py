"""Everything a generated casebook is filled with, as one stream of acts: partners, cases with what followed, calls."""

from collections.abc import Iterator
from datetime import date
from random import Random

from kzcase.demo.acts import Act
from kzcase.demo.calls import generate_calls
from kzcase.demo.course import follow_up
from kzcase.demo.line import with_line_work
from kzcase.demo.milestones import milestones, with_consent
from kzcase.demo.partners import Directory, generate_partners
from kzcase.demo.people import cases, opened
from kzcase.demo.screening import screening
from kzcase.i18n import Language

CALLS_A_CASE = 3.75
"""As many calls to a case as the yearly numbers show: 450 a quarter beside 120."""


def generate_casebook(
    seed: int,
    count: int,
    today: date,
    *,
    language: Language = "ru",
    written: Language | None = None,
    calls: int | None = None,
) -> Iterator[Act]:
    """Partners named in `language`, then `count` cases each followed by its acts, then the helpline's `calls`.

    The same for the same seed, count and day; nothing is held in memory but the act at hand. Notes are in `written`;
    without it each office writes its own language. `calls` left out means as many as belong to `count` cases.
    """
    rng, course = Random(seed), Random(f"{seed} course")  # noqa: S311 - repeatable on purpose; nothing secret
    directory = Directory(generate_partners(language))
    yield from directory.acts()
    for case in cases(rng, count, today, written):
        yield opened(rng, case)
        yield from screening(rng, case)
        stated = milestones(course, case, today)
        yield from with_consent(case, stated, follow_up(rng, case, directory, today))
    logged = generate_calls(seed + 1, round(count * CALLS_A_CASE) if calls is None else calls, today, written)
    yield from with_line_work(Random(f"{seed} line"), logged, today, written)  # noqa: S311
