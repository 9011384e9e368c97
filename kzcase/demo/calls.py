"""Generated helpline calls, by day and night: almost all ask for information, one in a hundred is referred.

Shares follow the published yearly numbers of the national helpline; topics are an assumption.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta, timezone
from random import Random
from typing import Final

from kzcase.demo import chance, shares
from kzcase.demo.acts import Act, Text, said
from kzcase.demo.chance import Weighted
from kzcase.demo.phones import number
from kzcase.demo.quantities import quantity
from kzcase.i18n import Language

PER_QUARTER: Final = 450.0
KAZAKHSTAN_TIME: Final = timezone(timedelta(hours=5))
INFORMATION: Final = ("out_answered", "out_sheet")

OUTCOME: Final = {
    "out_answered": 0.86,
    "out_sheet": 0.10,
    "out_referred": 0.010,
    "out_callback": 0.012,
    "out_cut": 0.008,
    "out_case": 0.004,
    "out_signal": 0.003,
    "out_declined": 0.002,
    "out_emergency": 0.001,
}
CHANNEL: Final = {
    "phone": 0.70,
    "messenger": 0.17,
    "visit": 0.04,
    "email": 0.03,
    "chat": 0.03,
    "sms": 0.02,
    "social": 0.01,
}
LANGUAGE: Final = {"kk": 0.41, "ru": 0.42, "uz": 0.11, "ky": 0.025, "tg": 0.02, "en": 0.01, "ug": 0.005}
CALLER: Final = {
    "caller_self": 0.55,
    "caller_relative": 0.2,
    "caller_friend": 0.07,
    "caller_organisation": 0.06,
    "caller_anonymous": 0.09,
    "caller_witness": 0.025,
    "caller_child": 0.005,
}
HOUR: Final = (1, 0.7, 0.5, 0.4, 0.4, 0.6, 1, 2, 4, 7, 9, 9, 8, 7, 8, 8, 7, 6, 6, 5, 5, 4, 3, 2)
"""Weight of each hour of the day: the line is open round the clock, and quiet at night."""

_QUESTIONS: Final = {
    "stay": 0.15,
    "days_90_180": 0.12,
    "offer_check": 0.11,
    "permit_iin": 0.1,
    "contract": 0.07,
    "wages": 0.07,
    "lost_document": 0.05,
    "citizenship": 0.06,
    "ban_fine": 0.05,
    "information": 0.06,
    "return": 0.03,
    "suspicious": 0.03,
    "birth": 0.02,
    "school": 0.02,
    "health": 0.015,
    "psychological": 0.015,
    "missing": 0.01,
    "asylum": 0.01,
    "domestic_violence": 0.01,
    "complaint": 0.005,
    "other": 0.005,
}
_GRAVE: Final = {
    "wages": 0.22,
    "documents_taken": 0.22,
    "labour_exploitation": 0.2,
    "held": 0.12,
    "sexual_exploitation": 0.08,
    "shelter_food": 0.08,
    "child_danger": 0.05,
    "child_alone": 0.03,
}
_BROKEN: Final = {"silent": 0.45, "wrong_number": 0.3, "hoax": 0.1, "abusive": 0.05, "information": 0.1}
_TOPICS: Final[Mapping[str, Weighted[str]]] = {
    **dict.fromkeys((*INFORMATION, "out_callback", "out_declined"), Weighted(_QUESTIONS)),
    **dict.fromkeys(("out_referred", "out_case", "out_signal"), Weighted(_GRAVE)),
    "out_emergency": Weighted({"held": 0.6, "child_danger": 0.25, "self_harm": 0.15}),
    "out_cut": Weighted(_BROKEN),
}
_IN_DANGER: Final = frozenset({"held", "child_danger", "self_harm"})
_NOBODY_SPOKE: Final = frozenset({"silent", "wrong_number", "hoax", "abusive"})
_NOTES: Final[Mapping[str, Text]] = {
    "out_answered": (
        "Тәртіп түсіндірілді, қажетті құжаттар тізімі айтылды.",
        "Порядок разъяснён, перечень документов назван.",
        "The procedure and the papers needed were explained.",
    ),
    "out_sheet": (
        "Ақпарат парағы жіберілді.",
        "Памятка отправлена.",
        "The information sheet was sent.",
    ),
    "out_referred": (
        "Жолдама берілді, мекенжайы мен жұмыс уақыты айтылды.",
        "Направление выдано, адрес и часы работы сообщены.",
        "Referred; address and opening hours were given.",
    ),
    "out_case": (
        "Қабылдауға келуге келісті, іс ашылады.",
        "Согласие прийти на приём получено, будет открыт случай.",
        "Agreed to come; a case will be opened.",
    ),
    "out_signal": (
        "Қылмыс белгілері туралы хабар берілді.",
        "Передан сигнал о признаках преступления.",
        "Signs of a crime were passed on.",
    ),
    "out_emergency": (
        "Шұғыл қызмет шақырылды.",
        "Вызваны экстренные службы.",
        "The emergency services were called.",
    ),
    "out_callback": (
        "Қайта қоңырау шалу: {hours} өткен соң.",
        "Перезвонить через {hours}.",
        "Call back in {hours}.",
    ),
    "out_declined": (
        "Көмектен бас тартты; нөмір мен жұмыс уақыты айтылды.",
        "Отказ от помощи; номер и часы работы сообщены.",
        "Help was declined; the number and hours were given.",
    ),
}

_outcome, _channel, _language, _caller = (Weighted(found) for found in (OUTCOME, CHANNEL, LANGUAGE, CALLER))
_hour = Weighted(dict(enumerate(HOUR)))


def generate_calls(seed: int, count: int, today: date, written: Language | None = None) -> Iterator[Act]:
    """`count` calls (`call.logged`) up to the day before `today`, oldest day first, the same for the same seed and day.

    About 450 a quarter, as many as 1,834 a year. Notes are in `written`; without it in the language of the call.
    """
    rng = Random(seed)  # noqa: S311 - repeatable on purpose; nothing secret
    yesterday = today - timedelta(days=1)
    calls = 0
    for first, last, size in chance.quarters(rng, count, yesterday, PER_QUARTER, shares.LONGEST):
        for day in chance.days(rng, first, last, size):
            calls += 1
            yield call(rng, f"call-{calls}", day, written)


def call(rng: Random, name: str, day: date, written: Language | None = None) -> Act:
    """One call on `day`, its facts agreeing with each other."""
    outcome = _outcome.draw(rng)
    topics = _topics(rng, outcome)
    language = _language.draw(rng)
    act: Act = {
        "act": "call.logged",
        "ref": name,
        "channel": "phone" if outcome in ("out_cut", "out_emergency") else _channel.draw(rng),
        "language": language,
        "topics": topics,
        "outcome": outcome,
        "started_at": _moment(rng, day).isoformat(timespec="minutes"),
    }
    if _NOBODY_SPOKE.intersection(topics):
        return act | {"anonymous": True, "caller": "caller_anonymous"}
    return act | _caller_and_place(rng, outcome, topics, written or _written(language))


def _written(language: str) -> Language:
    """In which language a call in this one is noted down."""
    return "kk" if language == "kk" else "en" if language == "en" else "ru"


def _caller_and_place(rng: Random, outcome: str, topics: list[str], written: Language) -> Act:
    caller = _caller.draw(rng)
    anonymous = caller == "caller_anonymous" or rng.random() < 0.35
    facts: Act = {"caller": caller, "anonymous": anonymous}
    if rng.random() < 0.8:
        facts["region"] = shares.region.draw(rng)
    if not anonymous and rng.random() < 0.6:
        facts["phone"] = number(rng)
    if outcome != "out_answered" or rng.random() < 0.5:
        facts["note"] = _note(rng, outcome, written)
    if _IN_DANGER.intersection(topics):
        facts["danger"] = "yes" if outcome == "out_emergency" or rng.random() < 0.5 else "no"
    return facts


def _topics(rng: Random, outcome: str) -> list[str]:
    first = _TOPICS[outcome].draw(rng)
    if outcome == "out_cut" or rng.random() < 0.8:
        return [first]
    second = _TOPICS[outcome].draw(rng)
    return [first] if second == first else [first, second]


def _moment(rng: Random, day: date) -> datetime:
    return datetime.combine(day, time(_hour.draw(rng), rng.randrange(60)), KAZAKHSTAN_TIME)


def _note(rng: Random, outcome: str, written: Language) -> str:
    if outcome == "out_cut":
        return said(("Байланыс үзілді.", "Связь прервалась.", "The line was cut."), written)
    return said(_NOTES[outcome], written).format(hours=quantity(rng.randrange(1, 5), "hours", written))
