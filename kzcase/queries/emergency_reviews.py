"""Which reviews of emergencies count: those that somebody else signed than whoever passed something on."""

from collections.abc import Collection
from typing import Final

from kzcase.db.reader import Reader
from kzcase.db.sql import Sql
from kzcase.db.tables.consents import EmergencyRelease
from kzcase.domain.ids import Id
from kzcase.queries.periods import one_person
from kzcase.queries.signed_by import Signed, signed_by

REVIEWED: Final = "emergency.reviewed"
WHAT_A_REVIEW_SAYS: Final = ("review", "reviewed_on", "reviewer_id")


def reviewed(reader: Reader, rows: Collection[EmergencyRelease]) -> frozenset[Id]:
    """The emergencies a second person looked at, by the signed acts; alone in an office one looks again oneself."""
    asked = [row.id for row in rows if row.reviewed_on is not None]
    if not asked:
        return frozenset()
    alone = one_person(reader)
    passed = signed_by(reader, "emergency_releases", asked, "passed", ever=True)
    written = [signed_by(reader, "emergency_releases", asked, column) for column in WHAT_A_REVIEW_SAYS]

    def by_another(row: Id) -> bool:
        who = frozenset() if alone else _who(passed[row])
        return all(act.kind == REVIEWED and act.author not in who for signed in written for act in signed[row])

    return frozenset(each for each in asked if by_another(each))


def disputed_reviews(reader: Reader, rows: Collection[EmergencyRelease]) -> frozenset[Id]:
    """Those about which laptops disagree: the stricter review counts until somebody settles it."""
    query = "SELECT id, disputed FROM heads WHERE entity = 'emergency_releases' AND disputed IS NOT NULL"
    known = {each.id for each in rows}
    found = Sql.of(reader.session.connection()).rows(query)
    return frozenset(each for each, fields in found if each in known and "review" in fields.split())


def _who(acts: Collection[Signed]) -> frozenset[Id]:
    return frozenset(each.author for each in acts)
