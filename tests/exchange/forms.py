"""Forms for tests of phones: a harmless one, one that asks about people, and what must never leave."""

from functools import cache

from kzcase.forms.definition import Form
from kzcase.forms.doors import read_form
from kzcase.forms.workbook import read_workbook, to_xform
from kzcase.forms.xform import parse_xform
from kzcase.keys.submission_keys import fresh_private_key

_HEAD = """form: {form}
edition: "2026.1"
title: {{kk: "Сауалнама", ru: "Опрос", en: "Survey"}}
phone: "{phone}"
questions:
"""
_QUESTION = """  - type: {kind}
    name: {name}
    class: {group}
    label: {{kk: "{name} kk", ru: "{name} ru", en: "{name} en"}}
"""
_MORE = """  - type: group
    name: trip
    label: {kk: "Жол", ru: "Дорога", en: "Trip"}
    questions:
      - type: integer
        name: days
        class: operational
        constraint: ". < 100"
        constraint_message: {kk: "Аз", ru: "Меньше", en: "Fewer"}
        label: {kk: "Күн", ru: "Дней", en: "Days"}
      - type: repeat
        name: legs
        label: {kk: "Бөлік", ru: "Отрезок", en: "Leg"}
        questions:
          - type: text
            name: via
            class: operational
            label: {kk: "Арқылы", ru: "Через", en: "Via"}
          - type: date
            name: day
            class: operational
            label: {kk: "Күні", ru: "День", en: "Day"}
  - type: calculate
    name: twice
    class: operational
    calculation: "${days} * 2"
  - type: date
    name: asked_on
    class: operational
    default: "today()"
    label: {kk: "Күні", ru: "Дата", en: "Date"}
"""


def form(*questions: tuple[str, str, str], name: str = "phone_survey", phone: str = "yes", more: str = _MORE) -> Form:
    """A form of these questions: (type, name, class)."""
    asked = "".join(_QUESTION.format(kind=kind, name=each, group=group) for kind, each, group in questions)
    return read_form(f"{name}.yaml", (_HEAD.format(form=name, phone=phone) + asked + more).encode())


def of_workbook(content: bytes) -> Form:
    """A workbook as a server takes it: with all that was put in on the way out."""
    return parse_xform(to_xform(read_workbook(".xlsx", content), "f"))


@cache
def survey() -> Form:
    """Asks about nobody."""
    return form(("text", "place_kind", "operational"), ("select_one yes_no", "open_now", "statistical"))


@cache
def interview() -> Form:
    """Asks about somebody, with a photo."""
    return form(
        ("text", "story", "sensitive"),
        ("text", "nickname", "identifying"),
        ("select_one sex", "sex", "statistical"),
        ("image", "photo", "sensitive"),
        name="phone_interview",
    )


@cache
def private_key() -> bytes:
    """One pair for a whole session: making one takes its time."""
    return fresh_private_key(2048)


ANSWERS = {
    "place_kind": " Базар «Алатау» <1> & co ",
    "open_now": "yes",
    "trip/days": "12",
    "trip/legs[1]/via": "Қордай",
    "trip/legs[2]/via": "Кеген",
    "trip/legs[2]/day": "2026-11-02",
    "asked_on": "2026-11-20",
}
TOLD = {
    "story": "Бірінші жол\nекінші жол",
    "nickname": "Әлия",
    "sex": "female",
    "trip/days": "3",
    "asked_on": "2026-11-20",
}
