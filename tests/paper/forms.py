"""An invented form with every kind of question."""

from kzcase.domain.classes import FieldClass
from kzcase.forms.definition import Choice, ChoiceSource, Form, Paper, Question, QuestionKind, Texts


def three(kk: str, ru: str = "", en: str = "") -> Texts:
    return {"kk": kk, "ru": ru or kk, "en": en or kk}


YES_NO = ChoiceSource("yes_no", (Choice("yes", three("Иә", "Да", "Yes")), Choice("no", three("Жоқ", "Нет", "No"))))
NEEDS = ChoiceSource(
    "needs",
    (
        Choice("shelter", three("Баспана", "Приют", "Shelter")),
        Choice("food", three("Тамақ", "Питание", "Meals")),
        Choice("doctor", three("Дәрігер", "Врач", "Doctor")),
        Choice("lawyer", three("Заңгер", "Юрист", "Lawyer")),
    ),
)
GREETING = three(
    "Сәлем, ${/data/person/given}!", "Здравствуйте, ${/data/person/given}!", "Hello, ${/data/person/given}!"
)
COUNTRIES = ChoiceSource("countries", tuple(Choice(f"c{number}", three(f"Ел {number}")) for number in range(60)))


def ask(path: str, kind: QuestionKind, label: Texts, **more: object) -> Question:
    more.setdefault("field_class", FieldClass.OPERATIONAL)
    return Question(path, path.rpartition("/")[2], kind, label=label, **more)  # type: ignore[arg-type]


def every_kind() -> Form:
    """One question of each kind, a group and two repeats (a table and a series of blocks)."""
    K = QuestionKind  # noqa: N806
    half, two = Paper(width=0.5), Paper(columns=2)
    person = (
        ask(
            "person/family",
            K.TEXT,
            three("Тегі", "Фамилия", "Family name"),
            paper=half,
            field_class=FieldClass.IDENTIFYING,
        ),
        ask("person/given", K.TEXT, three("Аты", "Имя", "Given name"), paper=half, field_class=FieldClass.IDENTIFYING),
        ask("person/birth", K.DATE, three("Туған күні", "Дата рождения", "Date of birth"), paper=half),
        ask("person/age", K.INTEGER, three("Жасы", "Возраст", "Age"), paper=half),
        ask("person/country", K.SELECT_ONE, three("Азаматтығы", "Гражданство", "Citizenship"), choices=COUNTRIES),
    )
    legs = (
        ask("legs/where", K.TEXT, three("Қайда", "Где", "Where"), paper=Paper(width=0.5)),
        ask("legs/days", K.INTEGER, three("Күн саны", "Дней", "Days"), paper=Paper(width=0.2)),
        ask("legs/worked", K.SELECT_ONE, three("Жұмыс істеді ме", "Работал(а)", "Worked"), choices=YES_NO),
    )
    jobs = (
        ask("jobs/what", K.TEXT, three("Жұмысы", "Работа", "Job")),
        ask("jobs/rank", K.RANK, three("Маңыздылығы", "Важность", "Importance"), choices=NEEDS),
    )
    return Form(
        id="every_kind",
        version="0123456789abcdef" * 4,
        title=three("Бастапқы қабылдау сауалнамасы", "Анкета первичного приёма", "Intake form"),
        languages=("kk", "ru", "en"),
        root="data",
        questions=(
            ask("welcome", K.NOTE, GREETING),
            ask("person", K.GROUP, three("Адам туралы", "О человеке", "About the person"), children=person),
            ask("safe", K.SELECT_ONE, three("Қазір қауіпсіз бе?", "Сейчас безопасно?", "Safe now?"), choices=YES_NO,
                read_aloud=True, hint=three("Жеке сөйлесіңіз", "Говорите наедине", "Talk alone"), paper=two),
            ask("needs", K.SELECT_MULTIPLE, three("Қандай көмек керек?", "Какая нужна помощь?", "What help is needed?"),
                choices=NEEDS, paper=Paper(columns=3), guidance=three("Бәрін сұраңыз", "Спросите", "Ask")),
            ask("pain", K.RANGE, three("Ауырсыну", "Боль", "Pain"), parameters={"start": "0", "end": "5", "step": "1"},
                field_class=FieldClass.HEALTH),
            ask("wage", K.DECIMAL, three("Жалақы, ₸", "Зарплата, ₸", "Wage, ₸"), paper=half),
            ask("came", K.DATETIME, three("Келген уақыты", "Время прихода", "Came at"), paper=half),
            ask("call_at", K.TIME, three("Қоңырау уақыты", "Время звонка", "Time to call"), paper=half),
            ask("place", K.GEOPOINT, three("Орны", "Место", "Place"), paper=half),
            ask("paper_code", K.BARCODE, three("Парақ коды", "Код листа", "Code of the sheet"), paper=half),
            ask("photo", K.IMAGE, three("Сурет", "Фото", "Photo"), paper=half),
            ask("voice", K.AUDIO, three("Дыбыс", "Звук", "Sound"), paper=half),
            ask("scan", K.FILE, three("Скан", "Скан", "Scan"), paper=half),
            ask("total", K.CALCULATE, three("есеп")),
            ask("start", K.HIDDEN, three("жасырын")),
            ask("legs", K.REPEAT, three("Жол", "Путь", "Route"), children=legs),
            ask("jobs", K.REPEAT, three("Жұмыстары", "Работы", "Jobs"), children=jobs),
            ask("story", K.TEXT, three("Не болғанын айтыңыз", "Расскажите, что было", "Tell what happened"),
                paper=Paper(lines=4), field_class=FieldClass.SENSITIVE),
            ask("agreed", K.ACKNOWLEDGE, three("Оқып, түсіндім", "Прочитано, понятно", "Read and understood")),
        ),
    )  # fmt: skip


ANSWERS = {
    "person/family": "Қыдырова",
    "person/given": "Әсем",
    "person/birth": "1994-05-17",
    "person/age": "32",
    "person/country": "c7",
    "safe": "yes",
    "needs": "shelter doctor",
    "pain": "3",
    "wage": "125000.5",
    "came": "2026-11-22T14:07:00",
    "place": "43.2 76.9",
    "photo": "one.jpg",
    "legs[1]/where": "Ташкент",
    "legs[1]/days": "15",
    "legs[1]/worked": "no",
    "legs[2]/where": "Шымкент",
    "legs[2]/days": "40",
    "legs[2]/worked": "yes",
    "jobs[1]/what": "Құрылыс",
    "jobs[1]/rank": "food shelter",
    "story": "Құжатын жұмыс беруші алып қойған. " * 12,
    "agreed": "OK",
}
