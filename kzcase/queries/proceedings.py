"""Whether the protection of victims is settled in the proceedings a person has."""

from sqlalchemy import select, text

from kzcase.db.reader import Reader
from kzcase.db.tables.lives import Proceeding
from kzcase.domain.ids import Id
from kzcase.queries.merged import same_people

SETTLED = frozenset({"claimed", "declined_informed"})


def is_settled(reader: Reader, proceeding: Proceeding) -> bool:
    """Claimed, or declined by somebody who was told; where laptops disagree, it is not settled."""
    if proceeding.safeguard not in SETTLED:
        return False
    query = text("SELECT disputed FROM heads WHERE entity = 'proceedings' AND id = :id")
    disputed = reader.session.execute(query, {"id": proceeding.id}).scalar()
    return "safeguard" not in (disputed or "").split()


def unsettled(reader: Reader, person: Id) -> list[Id]:
    """The proceedings of somebody, open ones and closed, in which nobody has settled it yet."""
    query = select(Proceeding).where(
        Proceeding.person_id.in_(same_people(reader, person)),
        Proceeding.struck.is_not(True),
        Proceeding.closed_on.is_(None),
    )
    return [row.id for row in reader.session.scalars(query) if not is_settled(reader, row)]
