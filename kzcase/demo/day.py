"""The scripted day: a call to the helpline becomes a case, is screened, consented, referred, answered and noted.

Data only: whoever performs the day goes through the acts in order, as a caseworker would with the window.
"""

from datetime import date, datetime, time, timedelta
from typing import Final

from kzcase.demo.acts import Act, Text, reference, said
from kzcase.demo.calls import KAZAKHSTAN_TIME
from kzcase.demo.screening import answered
from kzcase.demo.stories import Story
from kzcase.i18n import Language

CALL: Final = "day-call"
CASE: Final = "day-case"
PARTNER: Final = "day-partner"
CONSENT: Final = "day-consent"
REFERRAL: Final = "day-referral"
REGION: Final = "KZ-61"
_BORN: Final = (1994, 5)

_PARTNER: Final[Text] = (
    "«Тірек» дағдарыс орталығы (ойдан шығарылған)",
    "Кризисный центр «Тірек» (вымышленный)",
    "Crisis centre “Tirek” (generated)",
)
_CALLED: Final[Text] = (
    "Кірпіш зауытында жұмыс істейді. Бес ай жалақы алмаған, паспорты жұмыс берушіде. Кешке қоңырау шалуды сұрайды.",
    "Работает на кирпичном заводе. Пять месяцев без зарплаты, паспорт у работодателя. Просьба звонить вечером.",
    "Works at a brick factory, five months unpaid; the employer keeps the passport. Asks to be called in the evening.",
)
_OPENED: Final[Text] = (
    "Сенім телефонынан келді. Зауыт аумағынан шығуға рұқсат етілмеген, бүгін кетіп үлгерген.",
    "Обращение поступило через телефон доверия. Покидать территорию завода не разрешали, сегодня удалось уйти.",
    "Came through the helpline. Was not allowed to leave the factory grounds and got away today.",
)
_SCREENED: Final[Text] = (
    "Сауалнама өз тілінде, жеке бөлмеде толтырылды. Бүгін түнейтін қауіпсіз жер керек.",
    "Анкета заполнена на родном языке в отдельной комнате. На сегодня нужен безопасный ночлег.",
    "The screening was done in the person's own language, in a room apart. A safe bed is needed tonight.",
)
_REASON: Final[Text] = (
    "Уақытша қауіпсіз баспана мен тамақ қажет. Жұмыс берушіге хабарламаңыз.",
    "Нужны безопасное временное жильё и питание. Работодателю не сообщать.",
    "A safe place to stay and food are needed. The employer must not be told.",
)
_REPLY: Final[Text] = (
    "Қабылдаймыз, бүгін кешкі жетіге дейін бір орын бос тұр.",
    "Принимаем, одно место держим сегодня до семи вечера.",
    "We accept; one bed is kept free until seven this evening.",
)
_ARRIVED: Final[Text] = (
    "Баспанаға жетті, ертең дәрігер қарайды. Мекенжайы жазбаларда көрсетілмейді.",
    "Размещение в приюте состоялось, завтра осмотр врача. Адрес в записях не указывается.",
    "Has arrived at the shelter; a doctor will come tomorrow. The address is not written in the notes.",
)
_CALL_PARTNER: Final[Text] = ("Орталықтың жауабын білу", "Узнать ответ центра", "Ask for the centre's reply")
_LAWYER: Final[Text] = (
    "Жалақы бойынша заңгермен кездесуді келісу",
    "Согласовать встречу с юристом по зарплате",
    "Arrange a meeting with the lawyer about the wages",
)
_CODE_WORD: Final[Text] = ("көктем", "весна", "spring")
_SAY: Final[Text] = ("курстардан хабарласып тұрмыз", "звоним с учебных курсов", "calling about the courses")


def scripted_day(today: date, language: Language) -> list[Act]:
    """The acts of the day in order, what is written in them in `language`."""
    return [
        *_morning(today, language),
        *_interview(today, language),
        *_referral(today, language),
    ]


def _morning(today: date, language: Language) -> list[Act]:
    called_at = datetime.combine(today, time(8, 40), KAZAKHSTAN_TIME)
    return [
        {
            "act": "partner.added",
            "ref": PARTNER,
            "name": said(_PARTNER, language),
            "kind": "crisis_centre",
            "region": REGION,
            "phone": "+7 709 000 09 01",
            "languages": ["kk", "ru", "uz"],
        },
        {
            "act": "call.logged",
            "ref": CALL,
            "channel": "phone",
            "language": "uz",
            "topics": ["wages", "documents_taken"],
            "outcome": "out_case",
            "caller": "caller_self",
            "anonymous": False,
            "phone": "+7 709 000 09 02",
            "region": REGION,
            "danger": "no",
            "started_at": called_at.isoformat(timespec="minutes"),
            "note": said(_CALLED, language),
        },
        {
            "act": "case.opened",
            "ref": CASE,
            "kind": "trafficking",
            "region": REGION,
            "opened_on": today.isoformat(),
            "call": reference(CALL),
            "border_point": "zhibek_zholy",
            "urgency": "urgent",
            "source": "self",
            "note": said(_OPENED, language),
            "person": _person(language),
        },
    ]


def _person(language: Language) -> Act:
    return {
        "names": [
            {"family": "Юсупов", "given": "Шерзод", "patronymic": "Бахтиёр угли", "script": "Cyrl", "kind": "document"}
        ],
        "sex": "male",
        "birth": f"{_BORN[0]}-{_BORN[1]:02d}",
        "citizenships": ["UZ"],
        "language": "uz",
        "phones": [
            {
                "number": "+7 709 000 09 02",
                "safe": "at_hours",
                "hours": "19:00–21:00",
                "code_word": said(_CODE_WORD, language),
                "say_we_are": said(_SAY, language),
            }
        ],
    }


def _interview(today: date, language: Language) -> list[Act]:
    return [
        answered(CASE, _story(today, language)),
        {
            "act": "name.added",
            "person": reference(CASE),
            "family": "YUSUPOV",
            "given": "SHERZOD",
            "patronymic": "BAXTIYOR OʻGʻLI",
            "script": "Latn",
            "kind": "document",
        },
        {"act": "note.added", "case": reference(CASE), "text": said(_SCREENED, language)},
    ]


def _story(today: date, language: Language) -> Story:
    """Five months at a brick factory, the passport kept, no pay; got away this morning."""
    began = today - timedelta(days=153)
    return Story(
        language=language,
        spoken="uz",
        interpreter=False,
        told_on=today,
        region=REGION,
        source="self",
        sex="male",
        age=_age_on(today),
        citizenship="UZ",
        papers="foreign_passport",
        papers_held_by="employer",
        marital="registered",
        children=2,
        education="general_secondary",
        came_through="zhibek_zholy",
        recruited_on=began - timedelta(days=9),
        recruitment="foreman",
        recruiter="employer_agency",
        exploitation="labour",
        sector="brick",
        began=began,
        ended=today,
        first_age=_age_on(began),
        hours=14,
        days=7,
        others=11,
        means=("deception", "dependence"),
        control=("restrictsMovement", "lawThreat", "withholdsWages", "excessiveHours", "withholdsDocuments"),
        fee="no",
        needs=("shelter", "food", "lawyer_consultation", "document_recovery"),
        risk="medium",
        police="later",
        recognised="no",
        got_out="escaped",
    )


def _age_on(day: date) -> int:
    """Completed years; in the month of birth itself the birthday still lies ahead."""
    return day.year - _BORN[0] - (day.month <= _BORN[1])


def _referral(today: date, language: Language) -> list[Act]:
    task, tomorrow = "day-task", today + timedelta(days=1)
    return [
        {
            "act": "consent.given",
            "ref": CONSENT,
            "case": reference(CASE),
            "partner": reference(PARTNER),
            "purpose": "referral",
            "classes": ["identifying", "contact", "operational", "statistical", "sensitive"],
            "language": language,
            "interpreter": False,
            "valid_until": (today + timedelta(days=180)).isoformat(),
        },
        {
            "act": "referral.drafted",
            "ref": REFERRAL,
            "case": reference(CASE),
            "partner": reference(PARTNER),
            "need": "shelter",
            "reason": said(_REASON, language),
            "urgency": "urgent",
            "language": language,
        },
        {"act": "referral.sent", "referral": reference(REFERRAL), "how": "phone"},
        _task(task, said(_CALL_PARTNER, language), today),
        {
            "act": "referral.answered",
            "referral": reference(REFERRAL),
            "outcome": "accepted",
            "text": said(_REPLY, language),
        },
        {"act": "task.done", "task": reference(task)},
        {"act": "note.added", "case": reference(CASE), "text": said(_ARRIVED, language)},
        _task("day-lawyer", said(_LAWYER, language), tomorrow),
    ]


def _task(name: str, title: str, due: date) -> Act:
    return {"act": "task.added", "ref": name, "case": reference(CASE), "title": title, "due": due.isoformat()}
