"""People: who somebody is, with their names, citizenships and phones."""

from typing import Any, Final, TypeVar

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.base import Journaled
from kzcase.db.tables.people import Citizenship, Person, PersonName, Phone
from kzcase.domain.errors import NotFound
from kzcase.domain.ids import Id
from kzcase.domain.iin import check_iin
from kzcase.domain.rows import NameRow, PersonRow, PhoneRow
from kzcase.queries.phone_hands import controlled_phones
from kzcase.queries.veil import Veil

RowT = TypeVar("RowT", bound=Journaled)
_OF_NAME: Final = ("family", "given", "patronymic", "script", "kind", "since", "until")


def person(reader: Reader, person_id: Id) -> PersonRow:
    """One person, veiled."""
    found = reader.session.get(Person, person_id)
    if found is None or found.struck:
        raise NotFound(place="person", what=person_id.hex())
    veil = Veil(reader, "people")
    own = {"shown_name": found.shown_name, "sex": found.sex, "birth": found.birth, "language": found.language}
    own |= {"iin": found.iin, "iin_state": found.iin_state}
    seen, hidden = veil.over(own)
    return PersonRow(
        person_id.hex(),
        seen["shown_name"],
        seen["sex"],
        seen["birth"],
        seen["language"],
        _citizenships(reader, person_id),
        tuple(_name(reader, row) for row in _rows(reader, PersonName, person_id)),
        _phones(reader, _rows(reader, Phone, person_id)),
        frozenset("name" if name == "shown_name" else name for name in hidden),
        seen["iin"],
        seen["iin_state"],
        check_iin(seen["iin"]).warnings if seen["iin"] else (),
    )


def _rows(reader: Reader, table: Any, person_id: Id) -> list[Any]:
    query = select(table).where(table.person_id == person_id, table.struck.is_not(True))
    return list(reader.session.scalars(query.order_by(table.position, table.id)))


def _citizenships(reader: Reader, person_id: Id) -> tuple[str, ...]:
    if Veil(reader, "citizenships").hides("country"):
        return ()
    return tuple(row.country for row in _rows(reader, Citizenship, person_id) if row.country)


def _name(reader: Reader, row: PersonName) -> NameRow:
    own = {name: getattr(row, name) for name in _OF_NAME}
    seen, hidden = Veil(reader, "person_names").over(own)
    return NameRow(row.id.hex(), **seen, masked=hidden)


def _phones(reader: Reader, rows: list[Phone]) -> tuple[PhoneRow, ...]:
    held = controlled_phones(reader, [row.id for row in rows])
    return tuple(_phone(reader, row, controlled=row.id in held) for row in rows)


def _phone(reader: Reader, row: Phone, *, controlled: bool) -> PhoneRow:
    fields = ("number", "safe", "hours", "code_word", "who_may_answer", "say_we_are", "since", "until")
    seen, hidden = Veil(reader, "phones").over({name: getattr(row, name) for name in fields})
    return PhoneRow(row.id.hex(), **seen, masked=hidden, controlled=controlled)
