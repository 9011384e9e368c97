"""People: names as in their documents, approximate birth dates, citizenships, phones with safe-contact rules."""

from typing import Annotated, Any

import msgspec

from kzcase.actions.checks import birth_day, code, optional_code, some_day
from kzcase.actions.finding import find_person
from kzcase.actions.wishes import Code, Done, Line, LookReason, Number, Ref, RequiredNumber, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.people import Citizenship, Person, PersonName, Phone
from kzcase.domain.dates import parse_edtf
from kzcase.domain.errors import EndsBeforeItBegins, MissingPerson, NoName, NothingToChange
from kzcase.domain.ids import Id
from kzcase.domain.json_text import below
from kzcase.domain.spelling import script_of


class NameFacts(Wish, frozen=True, kw_only=True):
    """A name as one document writes it."""

    family: Line = ""
    given: Line = ""
    patronymic: Line | None = None
    script: Code | None = None
    kind: Code = "document"
    since: Code | None = None
    until: Code | None = None
    said_by: Code | None = None


class PhoneFacts(Wish, frozen=True, kw_only=True):
    """A phone and how to call it safely."""

    number: RequiredNumber
    safe: Code = "unknown"
    hours: Line | None = None
    code_word: Line | None = None
    who_may_answer: Line | None = None
    say_we_are: Line | None = None
    since: Code | None = None
    until: Code | None = None
    said_by: Code | None = None


class PersonFacts(Wish, frozen=True, kw_only=True):
    """Who somebody is, as far as they said."""

    names: Annotated[list[NameFacts], msgspec.Meta(min_length=1)]
    sex: Code = "unknown"
    birth: Code | None = None
    citizenships: list[Code] = msgspec.field(default_factory=list)
    language: Code | None = None
    iin: Number | None = None
    phones: list[PhoneFacts] = msgspec.field(default_factory=list)


class AddName(NameFacts, frozen=True, kw_only=True):
    """Add a name to a person."""

    person: Ref
    look_reason: LookReason | None = None


class AddPhone(PhoneFacts, frozen=True, kw_only=True):
    """Add a phone to a person."""

    person: Ref
    look_reason: LookReason | None = None


class CorrectPerson(Wish, frozen=True, kw_only=True):
    """Correct what is known of a person; what is left out stays."""

    person: Ref
    sex: Code | None = None
    birth: Code | None = None
    language: Code | None = None
    iin: Number | None = None
    iin_state: Code | None = None
    look_reason: LookReason | None = None


def add_person(act: Act, facts: PersonFacts, place: str = "person") -> Person:
    """A new person with everything that was said of them."""
    rules = act.rulebook
    if not facts.names:
        raise MissingPerson(f"{place}.names")
    person = act.add(
        Person(
            sex=code(rules, "sex", facts.sex, f"{place}.sex"),
            birth=birth_day(facts.birth, act.today, f"{place}.birth"),
            language=optional_code(rules, "language", facts.language, f"{place}.language"),
            iin=_iin(facts.iin),
        )
    )
    for index, name in enumerate(facts.names):
        add_name_row(act, person.id, name, index, f"{place}.names[{index}]")
    for index, country in enumerate(facts.citizenships):
        checked = code(rules, "country", country, f"{place}.citizenships[{index}]")
        act.add(Citizenship(person_id=person.id, country=checked, position=index))
    for index, phone in enumerate(facts.phones):
        add_phone_row(act, person.id, phone, index, f"{place}.phones[{index}]")
    return person


def add_name_row(act: Act, person: Id, name: NameFacts, position: int, place: str) -> PersonName:
    """One name; its script is read off its letters when not said."""
    script = name.script or script_of(f"{name.family} {name.given}")
    row = PersonName(
        person_id=person,
        family=name.family.strip() or None,
        given=name.given.strip() or None,
        patronymic=(name.patronymic or "").strip() or None,
        script=code(act.rulebook, "script", script, below(place, "script")),
        kind=code(act.rulebook, "name_kind", name.kind, below(place, "kind")),
        position=position,
        **_dated(act, name, place),
    )
    if not (row.family or row.given or row.patronymic):
        raise NoName(place)
    return act.add(row)


def add_phone_row(act: Act, person: Id, phone: PhoneFacts, position: int, place: str) -> Phone:
    """One phone with its rules."""
    rules: dict[str, Any] = {
        name: getattr(phone, name) for name in ("hours", "code_word", "who_may_answer", "say_we_are")
    }
    safe = code(act.rulebook, "safe_contact", phone.safe, below(place, "safe"))
    rules |= _dated(act, phone, place)
    return act.add(Phone(person_id=person, number=phone.number.strip(), safe=safe, position=position, **rules))


def _dated(act: Act, said: NameFacts | PhoneFacts, place: str) -> dict[str, str | None]:
    """Since when, until when, and where this is from."""
    days = {name: getattr(said, name) for name in ("since", "until")}
    dated = {name: text and some_day(text, below(place, name)).text for name, text in days.items()}
    since, until = (text and parse_edtf(text) for text in dated.values())
    if since and until and until.latest < since.earliest:
        raise EndsBeforeItBegins(below(place, "until"))
    return dated | {"said_by": optional_code(act.rulebook, "said_by", said.said_by, below(place, "said_by"))}


def _iin(written: str | None) -> str | None:
    """As written, without spaces: a number that looks wrong is kept and warned about, and nothing is read off it."""
    return "".join((written or "").split()) or None


@action("name.added", AddName)
def add_name(book: Casebook, wish: AddName) -> Done:
    """Add a name to a person; the old ones stay."""
    with book.write("name.added") as act:
        person = find_person(act, wish.person)
        row = add_name_row(act, person.id, wish, _next_position(act, PersonName, person.id), "")
    return Done(act.id, act.changed, {"name": row.id, "person": person.id})


@action("phone.added", AddPhone)
def add_phone(book: Casebook, wish: AddPhone) -> Done:
    """Add a phone to a person."""
    with book.write("phone.added") as act:
        person = find_person(act, wish.person)
        row = add_phone_row(act, person.id, wish, _next_position(act, Phone, person.id), "")
    return Done(act.id, act.changed, {"phone": row.id, "person": person.id})


@action("person.corrected", CorrectPerson)
def correct_person(book: Casebook, wish: CorrectPerson) -> Done:
    """Correct sex, birth date, language or IIN; the history keeps what stood there."""
    with book.write("person.corrected") as act:
        person = find_person(act, wish.person)
        changes = {
            "sex": optional_code(act.rulebook, "sex", wish.sex, "sex"),
            "birth": birth_day(wish.birth, act.today, "birth"),
            "language": optional_code(act.rulebook, "language", wish.language, "language"),
            "iin": _iin(wish.iin),
            "iin_state": optional_code(act.rulebook, "iin_state", wish.iin_state, "iin_state"),
        }
        given = {name: value for name, value in changes.items() if value is not None}
        if not given:
            raise NothingToChange
        for name, value in given.items():
            setattr(person, name, value)
    return Done(act.id, act.changed, {"person": person.id})


def _next_position(act: Act, table: type[PersonName] | type[Phone], person: Id) -> int:
    return act.session.query(table).filter(table.person_id == person).count()
