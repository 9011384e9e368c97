"""The phones of somebody that may stand on what leaves: none that ended, is in other hands, or must not be called."""

from typing import Final

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.people import Phone
from kzcase.domain.ids import Id
from kzcase.queries.phone_hands import controlled_phones

NEVER_CALL: Final = "do_not_call"
ANY_TIME: Final = "safe"


def phones_that_may_leave(reader: Reader, person: Id) -> list[Phone]:
    """The phones a recipient may be told of, each with its rules. Where laptops disagree the strictest rule stands."""
    query = select(Phone).where(Phone.person_id == person, Phone.struck.is_not(True), Phone.number.is_not(None))
    rows = list(reader.session.scalars(query.order_by(Phone.position, Phone.id)))
    held, today = controlled_phones(reader, [row.id for row in rows]), reader.today.isoformat()
    return [
        row
        for row in rows
        if row.number and row.id not in held and row.safe != NEVER_CALL and not (row.until and row.until < today)
    ]


def without_rules(phone: Phone) -> bool:
    """Whether a number may be called at any time by anybody: then it can be told without its rules."""
    rules = (phone.code_word, phone.hours, phone.who_may_answer, phone.say_we_are)
    return phone.safe == ANY_TIME and not any(rules)
