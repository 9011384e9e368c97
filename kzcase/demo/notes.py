"""What caseworkers of generated cases wrote down: whole sentences in Kazakh, Russian and English, naming nobody."""

from collections.abc import Mapping
from random import Random
from typing import Final

from kzcase.demo.acts import Text, said
from kzcase.demo.quantities import quantity, tenge
from kzcase.i18n import Language

ANY: Final[tuple[Text, ...]] = (
    (
        "Клиентпен кездесу өтті; жағдайы тұрақты, келесі кездесу күні келісілді.",
        "Проведена встреча с клиентом; состояние стабильное, дата следующей встречи согласована.",
        "Met the client; the situation is stable and the next meeting is agreed.",
    ),
    (
        "Қауіпсіз байланыс ережелері тексерілді, өзгеріс жоқ.",
        "Правила безопасной связи проверены, изменений нет.",
        "The safe-contact rules were checked; nothing has changed.",
    ),
    (
        "Телефон арқылы әңгіме өтті, ұзақтығы – {minutes}.",
        "Разговор по телефону, длительность — {minutes}.",
        "Talked on the phone for {minutes}.",
    ),
    (
        "Азық-түлік пен киім берілді.",
        "Выданы продукты и одежда.",
        "Food and clothing were handed over.",
    ),
    (
        "Құқықтары мен шағымдану тәртібі өз тілінде түсіндірілді.",
        "Права и порядок подачи жалобы разъяснены на родном языке.",
        "Rights and the way to complain were explained in the client's own language.",
    ),
    (
        "Психологтың қабылдауы өтті; келесі қабылдау {days} өткен соң.",
        "Проведён приём психолога; следующий приём через {days}.",
        "Seen by the psychologist; the next session is in {days}.",
    ),
    (
        "Медициналық қаралу ұйымдастырылды, шұғыл жағдай анықталған жоқ.",
        "Организован медицинский осмотр, неотложных состояний не выявлено.",
        "A medical check was arranged; nothing urgent was found.",
    ),
    (
        "Хабарласу мүмкін болмады; қайта қоңырау шалу – {days} өткен соң.",
        "Связаться не удалось; повторный звонок — через {days}.",
        "The client could not be reached; call again in {days}.",
    ),
    (
        "Жеке жоспар талқыланды; клиенттің тілектері жазып алынды.",
        "Обсуждён индивидуальный план; пожелания клиента записаны.",
        "The individual plan was discussed and the client's wishes were written down.",
    ),
    (
        "Әңгіме аудармашының қатысуымен өтті; құпиялылық тәртібі түсіндірілді.",
        "Беседа прошла с участием переводчика; правила конфиденциальности разъяснены.",
        "The interview was held with an interpreter; confidentiality was explained.",
    ),
)

OF_KIND: Final[Mapping[str, tuple[Text, ...]]] = {
    "trafficking": (
        (
            "Құжаттарын өзге адам ұстап отыр; қайтару туралы өтініш дайындалып жатыр.",
            "Документы удерживаются другим лицом; готовится заявление об их возврате.",
            "The papers are kept by another person; a request for their return is being prepared.",
        ),
        (
            "Баспанаға орналастыру келісілді; бос орын бар.",
            "Размещение в приюте согласовано; свободное место есть.",
            "A place in a shelter is agreed; a bed is free.",
        ),
        (
            "Полицияға жүгіну әзірге қарастырылмайды; бұл көмек көрсетуге әсер етпейді.",
            "Обращение в полицию пока не рассматривается; на оказание помощи это не влияет.",
            "Going to the police is not considered for now; this does not affect the help given.",
        ),
        (
            "Жәбірленуші деп тану туралы қаулының көшірмесі алынды.",
            "Получена копия постановления о признании потерпевшим.",
            "A copy of the decision recognising the victim has been received.",
        ),
        (
            "Клиент қауіпсіз жерде; мекенжайы жазбаларда көрсетілмейді.",
            "Клиент в безопасном месте; адрес в записях не указывается.",
            "The client is in a safe place; the address is not written in the notes.",
        ),
        (
            "Өтемақы алу тәртібі түсіндірілді; құжаттар тізімі берілді.",
            "Разъяснён порядок получения компенсации; перечень документов выдан.",
            "The way to claim compensation was explained; the list of papers was handed over.",
        ),
    ),
    "work": (
        (
            "Жалақы төленбеген мерзім – {months}; қарыз шамамен {sum}.",
            "Срок без оплаты — {months}; долг около {sum}.",
            "Wages have not been paid for {months}; about {sum} is owed.",
        ),
        (
            "Күніне {hours} жұмыс істеген, демалыс күндері болмаған.",
            "Продолжительность рабочего дня — {hours}, выходных не было.",
            "The working day lasted {hours}, without days off.",
        ),
    ),
    "stateless": (
        (
            "Мұрағатқа сұрау салу дайындалды: туған жері бойынша анықтама қажет.",
            "Подготовлен запрос в архив: требуется справка по месту рождения.",
            "An archive request is ready: a record from the place of birth is needed.",
        ),
        (
            "Қолында тек туу туралы куәлік бар; түпнұсқасы көрілді.",
            "На руках имеется только свидетельство о рождении; оригинал просмотрен.",
            "Only a birth certificate is at hand; the original was seen.",
        ),
        (
            "Құжаттар көші-қон қызметіне тапсырылды; жауап {days} ішінде күтіледі.",
            "Документы поданы в миграционную службу; срок ответа — {days}.",
            "The papers were handed to the migration service; an answer is due in {days}.",
        ),
        (
            "Екі куәнің жазбаша түсініктемесі алынды.",
            "Получены письменные объяснения двух свидетелей.",
            "Written explanations of two witnesses were taken.",
        ),
        (
            "Елшілікке азаматтығын растау туралы сұрау жіберілді.",
            "В посольство направлен запрос о подтверждении гражданства.",
            "The embassy was asked whether it confirms the citizenship.",
        ),
        (
            "Азаматтығы жоқ адам деп тану тәртібі түсіндірілді.",
            "Разъяснён порядок признания лицом без гражданства.",
            "The procedure for recognition as a stateless person was explained.",
        ),
        (
            "Дактилоскопиядан өту күні белгіленді: {days} өткен соң.",
            "Назначен день дактилоскопирования: через {days}.",
            "The day for taking fingerprints is set: in {days}.",
        ),
    ),
    "child": (
        (
            "Балалар бөлмесінде әңгіме өтті; баланың пікірі жазып алынды.",
            "Беседа проведена в детской комнате; мнение ребёнка записано.",
            "The talk took place in the child-friendly room; the child's views were written down.",
        ),
        (
            "Мектепке қабылдау мәселесі мектеп әкімшілігімен талқыланды.",
            "Вопрос о зачислении обсуждён с администрацией школы.",
            "Enrolment was discussed with the head of the school.",
        ),
        (
            "Туыстарын іздеу жүріп жатыр; алғашқы жауап {days} ішінде күтіледі.",
            "Ведётся розыск родственников; первый ответ ожидается через {days}.",
            "Relatives are being traced; a first answer is expected in {days}.",
        ),
        (
            "Бала қауіпсіз ортада; шұғыл қажеттілік жоқ.",
            "Ребёнок в безопасной обстановке; неотложных потребностей нет.",
            "The child is in safe surroundings; there are no urgent needs.",
        ),
        (
            "Туу туралы куәлікті қалпына келтіру туралы өтініш дайындалды.",
            "Подготовлено заявление о восстановлении свидетельства о рождении.",
            "The application for a new birth certificate is ready.",
        ),
        (
            "Денсаулығы мен екпелері тексерілді.",
            "Проверены состояние здоровья и прививки.",
            "Health and vaccinations were checked.",
        ),
        (
            "Қорғаншылық органына хабарланды; жауап {days} ішінде күтіледі.",
            "Орган опеки уведомлён; ответ ожидается через {days}.",
            "The guardianship body was told; an answer is expected in {days}.",
        ),
    ),
}

OPENINGS: Final[Mapping[str, tuple[Text, ...]]] = {
    "labour": (
        (
            "Мәжбүрлі еңбек белгілері бар: жалақы төленбеген, кетуге рұқсат берілмеген.",
            "Есть признаки принудительного труда: зарплата не выплачивалась, уйти не давали.",
            "Signs of forced labour: no wages paid, not free to leave.",
        ),
        (
            "Жалақысыз {months} жұмыс істеген; көмек сұрап өзі келді.",
            "Работа без оплаты — {months}; обращение за помощью личное.",
            "Worked for {months} without pay and came to ask for help.",
        ),
    ),
    "sexual": (
        (
            "Жыныстық қанау белгілері бар; егжей-тегжейі сұралмады, қауіпсіз орын қажет.",
            "Есть признаки сексуальной эксплуатации; подробности не выяснялись, нужно безопасное место.",
            "Signs of sexual exploitation; details were not asked, a safe place is needed.",
        ),
    ),
    "begging": (
        (
            "Қайыр сұрауға мәжбүрлеу белгілері бар; ақшасын тартып алып отырған.",
            "Есть признаки принуждения к попрошайничеству; деньги отбирались.",
            "Signs of forced begging; the money was taken away.",
        ),
    ),
    "criminal": (
        (
            "Қылмыс жасауға мәжбүрлеу белгілері бар; заңгердің көмегі қажет.",
            "Есть признаки принуждения к преступной деятельности; нужна помощь юриста.",
            "Signs of being forced into crime; a lawyer is needed.",
        ),
    ),
    "domestic": (
        (
            "Үй шаруасында еріксіз жұмыс істеу белгілері бар; үйден шығуға рұқсат берілмеген.",
            "Есть признаки домашнего рабства; выходить из дома не разрешали.",
            "Signs of domestic servitude; not allowed to leave the house.",
        ),
    ),
    "stateless": (
        (
            "Жарамды құжаты жоқ; азаматтығын анықтауға көмек сұрайды.",
            "Нет действующих документов; просьба помочь с определением гражданства.",
            "No valid papers; asks for help to have the citizenship determined.",
        ),
        (
            "Құжаттарын жоғалтқан; мектеп пен емханаға тіркеле алмай жүр.",
            "Документы утеряны; прикрепиться к поликлинике и встать на учёт не удаётся.",
            "The papers are lost; registering with services is not possible.",
        ),
    ),
    "child": (
        (
            "Баланың құжаттары жоқ; мектепке қабылданбаған.",
            "У ребёнка нет документов; в учреждение образования не принят.",
            "The child has no papers and is not enrolled.",
        ),
        (
            "Бала туыстарынан бөлек табылды; отбасын іздеу қажет.",
            "Ребёнок найден без родных; нужен розыск семьи.",
            "The child was found without relatives; the family must be traced.",
        ),
    ),
}
_TOGETHER: Final[Text] = (
    "Сол күні бір жерден тағы {people} табылды.",
    "В тот же день в том же месте найдено ещё: {people}.",
    "Found together with {people} at the same place that day.",
)


def note(rng: Random, kind: str, exploitation: str, language: Language) -> str:
    """One note about a case of `kind`; wages and hours come up only where there was work."""
    subject = kind if rng.random() < 0.55 else "any"
    if subject == "trafficking" and exploitation in ("labour", "domestic") and rng.random() < 0.3:
        subject = "work"
    return filled(rng, rng.choice(ANY if subject == "any" else OF_KIND[subject]), language)


def opening_note(rng: Random, kind: str, exploitation: str, company: int, language: Language) -> str:
    """Why the case was opened; `company` is how many others were found with the person."""
    text = filled(rng, rng.choice(OPENINGS[exploitation or kind]), language)
    if not company:
        return text
    return f"{text} {said(_TOGETHER, language).format(people=quantity(company, 'people', language))}"


def filled(rng: Random, text: Text, language: Language) -> str:
    """The sentence in one language, its places filled with likely numbers."""
    sentence = said(text, language)
    if "{" not in sentence:
        return sentence
    return sentence.format(
        minutes=quantity(rng.randrange(5, 46), "minutes", language),
        days=quantity(rng.choice((3, 5, 7, 10, 14, 21, 30)), "days", language),
        months=quantity(rng.randrange(1, 15), "months", language),
        hours=quantity(rng.randrange(10, 17), "hours", language),
        sum=tenge(rng.randrange(8, 160) * 10_000, language),
    )
