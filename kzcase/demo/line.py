"""What follows generated calls on the line: a few call-backs, signals, a shift that was handed over, work outside."""

from collections import deque
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Final

from kzcase.demo.acts import Act, Text, reference, said
from kzcase.demo.phones import number
from kzcase.i18n import Language

MOST: Final = 3
_UNIT: Final[Text] = (
    "Қала полициясының бөлімшесі (генерацияланған)",
    "Отдел городской полиции (сгенерирован)",
    "A town police unit (generated)",
)
_FACTS: Final[tuple[Text, ...]] = (
    (
        "Қала сыртындағы құрылыста адамдарды жібермейді, құжаттары жұмыс берушіде.",
        "На стройке за городом людей не отпускают, документы у работодателя.",
        "People are not let go from a building site outside the town; the employer has their papers.",
    ),
    (
        "Фермада жалақысыз жұмыс істетеді, ауылға шығуға тыйым салынған.",
        "На ферме заставляют работать без оплаты, выходить в село запрещено.",
        "On a farm people are made to work without pay and may not go to the village.",
    ),
    (
        "Пәтерде бірнеше әйелді ұстап отыр, күзетші бар.",
        "В квартире удерживают нескольких женщин, есть охранник.",
        "Several women are held in a flat, and there is a guard.",
    ),
)
_SAY: Final[Text] = ("кітапхана", "библиотека", "the library")
_HANDED: Final[Text] = (
    "Түнде екі қайта қоңырау бар, аудармашы таңертең келеді.",
    "Ночью два перезвона, переводчик будет утром.",
    "Two call-backs at night; the interpreter comes in the morning.",
)
_ZONES: Final = ("Asia/Almaty", "Asia/Tashkent", "Europe/Moscow")
_OUTREACH: Final = (("visit", "KZ-61", 14, "stay"), ("mobile_group", "KZ-35", 38, "offer_check"))


def with_line_work(rng: Random, calls: Iterator[Act], today: date, written: Language | None = None) -> Iterator[Act]:
    """The calls as they come, then what is still open on the line because of the last of them."""
    later, grave = deque[Act](maxlen=MOST), deque[Act](maxlen=MOST)
    for call in calls:
        if call["outcome"] == "out_callback":
            later.append(call)
        elif call["outcome"] == "out_signal":
            grave.append(call)
        yield call
    spoken: Language = written or "ru"
    if later or grave:
        yield {"act": "shift.opened"}
    for place, call in enumerate(later):
        yield from _promise(rng, call, place, today, spoken)
    for place, call in enumerate(grave):
        yield from _signal(call, place, spoken)
    if later or grave:
        yield {"act": "shift.closed", "words": said(_HANDED, spoken)}
        yield from _outreach(today)


def _promise(rng: Random, call: Act, place: int, today: date, spoken: Language) -> Iterator[Act]:
    name = f"{call['ref']}-back"
    yield {
        "act": "call_back.promised",
        "ref": name,
        "call": reference(call["ref"]),
        "due": f"{today + timedelta(days=place)}T18:30",
        "zone": _ZONES[place % len(_ZONES)],
        "phone": call.get("phone") or number(rng),
        "hours": "18:00-20:00",
        "say_we_are": said(_SAY, spoken),
        "interpreter": call["language"] not in ("kk", "ru"),
    }
    if place == 0:
        yield {"act": "call_back.tried", "call_back": reference(name), "result": "no_answer"}


def _signal(call: Act, place: int, spoken: Language) -> Iterator[Act]:
    """The first is confirmed, the second passed on, the third is still to be sent."""
    name = f"{call['ref']}-signal"
    yield {
        "act": "signal.prepared",
        "ref": name,
        "call": reference(call["ref"]),
        "unit": said(_UNIT, spoken),
        "danger": ("hours", "later", "now")[place],
        "facts": said(_FACTS[place], spoken),
        "people": 3 + 2 * place,
        "heard": True,
    }
    if place < 2:
        yield {"act": "signal.sent", "signal": reference(name), "how": "phone"}
    if place == 0:
        yield {"act": "signal.acknowledged", "signal": reference(name), "by": said(_UNIT, spoken)}


def _outreach(today: date) -> Iterator[Act]:
    """Days outside the office; nobody is named."""
    for place, (kind, region, reached, topic) in enumerate(_OUTREACH):
        yield {
            "act": "outreach.logged",
            "kind": kind,
            "region": region,
            "reached": reached,
            "topics": [topic],
            "on": (today - timedelta(days=5 + 9 * place)).isoformat(),
            "languages": ["kk", "ru"],
        }
