"""What generated people need: which partner can help, why it is asked, and what it may learn for that."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kzcase.demo.acts import Text
from kzcase.demo.chance import Weighted

_PLAIN: Final = ("identifying", "contact", "operational", "statistical")
_TOLD: Final = (*_PLAIN, "sensitive")
_MEDICAL: Final = (*_TOLD, "health")


@dataclass(frozen=True, slots=True)
class Need:
    """One need: the kind of organisation that meets it, the classes of field it must know, and why it is asked."""

    code: str
    partner: str
    classes: tuple[str, ...]
    reason: Text


NEEDS: Final[Mapping[str, Need]] = {
    need.code: need
    for need in (
        Need(
            "shelter",
            "crisis_centre",
            _TOLD,
            (
                "Уақытша қауіпсіз баспана қажет; бұрынғы тұрған жеріне оралуға болмайды.",
                "Требуется безопасное временное жильё; вернуться на прежнее место нельзя.",
                "A safe temporary place is needed; returning to the former one is not possible.",
            ),
        ),
        Need(
            "medical_visit",
            "clinic",
            _MEDICAL,
            (
                "Дәрігердің қарауы және медициналық анықтама қажет.",
                "Требуются осмотр врача и медицинская справка.",
                "A doctor's examination and a medical note are needed.",
            ),
        ),
        Need(
            "psychological_session",
            "crisis_centre",
            _TOLD,
            (
                "Психологтың кеңесі қажет; өз тілінде сөйлесу маңызды.",
                "Требуется консультация психолога; важно говорить на родном языке.",
                "A psychologist's session is needed, in the person's own language.",
            ),
        ),
        Need(
            "lawyer_consultation",
            "legal_aid",
            _TOLD,
            (
                "Құқықтары мен өтемақы жөнінде заңгердің кеңесі қажет.",
                "Требуется консультация юриста о правах и компенсации.",
                "Legal advice on rights and compensation is needed.",
            ),
        ),
        Need(
            "document_drafting",
            "legal_aid",
            _TOLD,
            (
                "Азаматтығын анықтау туралы өтініш дайындауға көмек қажет.",
                "Требуется помощь в подготовке заявления об определении гражданства.",
                "Help is needed to draft the application on citizenship.",
            ),
        ),
        Need(
            "document_recovery",
            "migration_service",
            _PLAIN,
            (
                "Құжаттарын қалпына келтіру қажет.",
                "Требуется восстановление документов.",
                "The papers must be replaced.",
            ),
        ),
        Need(
            "school_enrolment",
            "school",
            _PLAIN,
            (
                "Баланы мектепке қабылдау қажет; барлық құжаты жинақталмаған.",
                "Требуется зачисление ребёнка в школу; собраны не все документы.",
                "The child is to be enrolled; not all papers are at hand yet.",
            ),
        ),
        Need(
            "tracing",
            "red_crescent",
            _TOLD,
            (
                "Шет елдегі туыстарын іздеу қажет.",
                "Требуется розыск родственников за рубежом.",
                "Relatives abroad must be traced.",
            ),
        ),
        Need(
            "crisis_counselling",
            "cam",
            _TOLD,
            (
                "Балаға кеңес беру және уақытша орналастыру қажет.",
                "Требуются консультация для ребёнка и временное размещение.",
                "The child needs counselling and a temporary placement.",
            ),
        ),
        Need(
            "job_search",
            "employment_centre",
            _PLAIN,
            (
                "Заңды жұмыс іздеуге көмек қажет.",
                "Требуется помощь в поиске легальной работы.",
                "Help is needed to find lawful work.",
            ),
        ),
    )
}

OF_ADULT: Final[Mapping[str, Weighted[str]]] = {
    "trafficking": Weighted(
        {
            "shelter": 0.26,
            "lawyer_consultation": 0.24,
            "medical_visit": 0.16,
            "psychological_session": 0.15,
            "document_recovery": 0.13,
            "job_search": 0.06,
        }
    ),
    "stateless": Weighted(
        {"document_drafting": 0.4, "document_recovery": 0.4, "medical_visit": 0.1, "job_search": 0.1}
    ),
}
OF_CHILD: Final = Weighted(
    {
        "school_enrolment": 0.3,
        "document_recovery": 0.2,
        "tracing": 0.15,
        "medical_visit": 0.15,
        "crisis_counselling": 0.1,
        "psychological_session": 0.1,
    }
)

REPLIES: Final[Mapping[str, Text]] = {
    "accepted": (
        "Қабылданды, жауапты маман тағайындалды.",
        "Принято, назначен ответственный специалист.",
        "Accepted; somebody is in charge.",
    ),
    "served": ("Көмек көрсетілді.", "Помощь оказана.", "The help was given."),
    "partly": (
        "Көмек ішінара көрсетілді, қалғаны келесі айда.",
        "Помощь оказана частично, остальное — в следующем месяце.",
        "Part of the help was given, the rest next month.",
    ),
    "waiting_list": (
        "Кезекке қойылды, орын босағанда хабарлаймыз.",
        "Поставлено в очередь, сообщим, когда освободится место.",
        "On the waiting list; we shall tell you when there is a place.",
    ),
    "declined": (
        "Бұл қызмет бізде көрсетілмейді.",
        "Такая услуга у нас не оказывается.",
        "We do not offer this service.",
    ),
    "redirected": (
        "Өтініш басқа ұйымға берілді.",
        "Обращение передано в другую организацию.",
        "Passed on to another organisation.",
    ),
}
OUTCOME: Final = Weighted(
    {"accepted": 0.3, "served": 0.42, "partly": 0.08, "waiting_list": 0.06, "declined": 0.08, "redirected": 0.06}
)
SETTLED: Final = Weighted({"served": 0.75, "declined": 0.15, "redirected": 0.1})
"""What ends a referral: before its case is closed nothing is awaited any more."""
HOW: Final = Weighted(
    {"in_person": 0.2, "accompanied": 0.2, "phone": 0.1, "post": 0.08, "email": 0.22, "package": 0.05, "official": 0.15}
)
TASKS: Final[tuple[Text, ...]] = (
    ("Клиентке қоңырау шалу", "Позвонить клиенту", "Call the client"),
    ("Жеке жоспарды қарау", "Пересмотреть индивидуальный план", "Review the individual plan"),
    ("Баспанада орын бар-жоғын білу", "Узнать о свободном месте в приюте", "Ask about a free place in the shelter"),
    ("Құжаттардың көшірмесін дайындау", "Подготовить копии документов", "Prepare copies of the papers"),
    ("Заңгермен кездесуді келісу", "Согласовать встречу с юристом", "Arrange a meeting with the lawyer"),
    ("Сұрау салудың жауабын тексеру", "Проверить ответ на запрос", "Check for the answer to the request"),
    ("Қауіп-қатерді қайта бағалау", "Повторно оценить риск", "Assess the risk again"),
    ("Аудармашыға тапсырыс беру", "Заказать переводчика", "Book an interpreter"),
)
SUMMARIES: Final[Mapping[str, Text]] = {
    "goals_reached": (
        "Жоспардағы мақсаттарға қол жеткізілді.",
        "Цели плана достигнуты.",
        "The goals of the plan were reached.",
    ),
    "documented": (
        "Құжаттары алынды, көмек қажет емес.",
        "Документы получены, помощь больше не требуется.",
        "The papers were obtained; no more help is needed.",
    ),
    "citizenship": (
        "Азаматтық алынды.",
        "Гражданство получено.",
        "Citizenship was obtained.",
    ),
    "returned": (
        "Елге өз еркімен оралды; жеткені расталды.",
        "Добровольное возвращение на родину состоялось; прибытие подтверждено.",
        "Returned home voluntarily; the arrival is confirmed.",
    ),
    "lost_contact": (
        "90 күн ішінде үш рет хабарласу әрекеті нәтиже бермеді.",
        "Три попытки связаться за 90 дней не дали результата.",
        "Three attempts in 90 days to get in touch had no result.",
    ),
}

NOT_REPORTED: Final[Text] = (
    "Уәкілетті органдар бұл жағдайдан бұрыннан хабардар.",
    "Уполномоченные органы уже знают об этой ситуации.",
    "The competent bodies know of this situation already.",
)
TOLD: Final[Text] = (
    "Шешім және оның себебі түсінікті тілде айтылды.",
    "Решение и его причина объяснены на понятном языке.",
    "The decision and its reason were explained in plain words.",
)
"""What was decided about reporting, and what the person was told."""
