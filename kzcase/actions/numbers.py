"""Numbers people read aloud: year, the laptop's code and a counter. They never show what kind of case it is."""

from kzcase.db.reader import Act
from kzcase.domain.spoken_numbers import with_check


def next_number(act: Act, code: str, letter: str = "") -> str:
    """The next number of this laptop under one letter, for example `2026-A7K-00012-7`. Never given out twice."""
    prefix = f"{act.today.year}-{code}-{letter}"
    sql = (
        "INSERT INTO counters (prefix, last) VALUES (?, 1)"
        " ON CONFLICT (prefix) DO UPDATE SET last = last + 1 RETURNING last"
    )
    last = act.session.connection().exec_driver_sql(sql, (prefix,)).scalar_one()
    return with_check(f"{prefix}{last:05d}")
