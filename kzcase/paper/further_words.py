"""What stands around the text of a client's paper, in languages of clients that the program itself does not speak.

A native reader must check every word of these tables: until an administrator has recorded that this was done, papers in
these languages say on their first page that nobody has. What a table does not have is said in Russian.
"""

from collections.abc import Mapping
from typing import Final

from kzcase.i18n import LANGUAGES, Language, Words, render

FURTHER_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "uz": {
        "Please read this sheet aloud.": "Ushbu varaqni ovoz chiqarib oʻqib bering.",
        "Write the answer in words.": "Javobni soʻz bilan yozing.",
        "Write the answers in words, with commas between.": "Javoblarni soʻz bilan, vergul qoʻyib yozing.",
        "dd.mm.yyyy": "kk.oo.yyyy",
        "Not asked": "Soʻralmagan",
        "Refused to answer": "Javob berishdan bosh tortdi",
        "Unknown": "Nomaʼlum",
        "Nothing so far.": "Hozircha yoʻq.",
        "Only the choices that fit the other answers are shown.": "Faqat boshqa javoblarga mos variantlar bor.",
        "{question} (continued)": "{question} (davomi)",
        "{code} · version {version} · {date}": "{code} · tahrir {version} · {date}",
        "page {page} of {pages}": "{pages} betdan {page}-bet",
        "signature": "imzo",
        "date": "sana",
        "Client": "Mijoz",
        "Child": "Bola",
        "Parent, guardian or representative": "Ota-ona, vasiy yoki vakil",
        "Worker": "Xodim",
        "Interpreter": "Tarjimon",
        "Witness": "Guvoh",
        "Partner": "Hamkor",
        "Supervisor": "Rahbar",
    },
    "uz-Cyrl": {
        "Please read this sheet aloud.": "Ушбу варақни овоз чиқариб ўқиб беринг.",
        "Write the answer in words.": "Жавобни сўз билан ёзинг.",
        "Write the answers in words, with commas between.": "Жавобларни сўз билан, вергул қўйиб ёзинг.",
        "dd.mm.yyyy": "кк.оо.йййй",
        "Not asked": "Сўралмаган",
        "Refused to answer": "Жавоб беришдан бош тортди",
        "Unknown": "Номаълум",
        "Nothing so far.": "Ҳозирча йўқ.",
        "Only the choices that fit the other answers are shown.": "Фақат бошқа жавобларга мос вариантлар бор.",
        "{question} (continued)": "{question} (давоми)",
        "{code} · version {version} · {date}": "{code} · таҳрир {version} · {date}",
        "page {page} of {pages}": "{pages} бетдан {page}-бет",
        "signature": "имзо",
        "date": "сана",
        "Client": "Мижоз",
        "Child": "Бола",
        "Parent, guardian or representative": "Ота-она, васий ёки вакил",
        "Worker": "Ходим",
        "Interpreter": "Таржимон",
        "Witness": "Гувоҳ",
        "Partner": "Ҳамкор",
        "Supervisor": "Раҳбар",
    },
    "ky": {
        "Please read this sheet aloud.": "Бул баракты үн чыгарып окуп бериңиз.",
        "Write the answer in words.": "Жоопту сөз менен жазыңыз.",
        "Write the answers in words, with commas between.": "Жоопторду сөз менен, үтүр коюп жазыңыз.",
        "dd.mm.yyyy": "кк.аа.жжжж",
        "Not asked": "Суралган жок",
        "Refused to answer": "Жооп берүүдөн баш тартты",
        "Unknown": "Белгисиз",
        "Nothing so far.": "Азырынча жок.",
        "Only the choices that fit the other answers are shown.": "Башка жоопторго туура келгени гана бар.",
        "{question} (continued)": "{question} (уландысы)",
        "{code} · version {version} · {date}": "{code} · нускасы {version} · {date}",
        "page {page} of {pages}": "{pages} беттин {page}-бети",
        "signature": "колу",
        "date": "күнү",
        "Client": "Кардар",
        "Child": "Бала",
        "Parent, guardian or representative": "Ата-эне, камкорчу же өкүл",
        "Worker": "Кызматкер",
        "Interpreter": "Котормочу",
        "Witness": "Күбө",
        "Partner": "Өнөктөш",
        "Supervisor": "Жетекчи",
    },
    "tg": {
        "Please read this sheet aloud.": "Ин варақаро бо овози баланд хонед.",
        "Write the answer in words.": "Ҷавобро бо калима нависед.",
        "Write the answers in words, with commas between.": "Ҷавобҳоро бо калима, бо вергул нависед.",
        "dd.mm.yyyy": "рр.мм.сссс",
        "Not asked": "Пурсида нашудааст",
        "Refused to answer": "Аз ҷавоб додан худдорӣ кард",
        "Unknown": "Номаълум",
        "Nothing so far.": "Ҳоло нест.",
        "Only the choices that fit the other answers are shown.": "Танҳо вариантҳои ба ҷавобҳо мувофиқ.",
        "{question} (continued)": "{question} (давом)",
        "{code} · version {version} · {date}": "{code} · нашри {version} · {date}",
        "page {page} of {pages}": "саҳифаи {page} аз {pages}",
        "signature": "имзо",
        "date": "сана",
        "Client": "Мизоҷ",
        "Child": "Кӯдак",
        "Parent, guardian or representative": "Волидайн, васӣ ё намоянда",
        "Worker": "Корманд",
        "Interpreter": "Тарҷумон",
        "Witness": "Шоҳид",
        "Partner": "Шарик",
        "Supervisor": "Роҳбар",
    },
}


def frame_language(language: str) -> Language:
    """The program's own language that is nearest: itself, or Russian beside a further language."""
    return next((each for each in LANGUAGES if each == language), "ru")


def said_in(words: Words, language: str) -> str:
    """Our own words in the language of a paper, as far as there are any in it."""
    frame = frame_language(language)
    own = "" if words.context else FURTHER_WORDS.get(language, {}).get(words.msgid, "")
    return own.format_map({name: _filled(each, frame) for name, each in words.arguments.items()}) or render(
        words, frame
    )


def _filled(argument: object, frame: Language) -> str:
    """A date or a sentence in place, as the program writes it."""
    return render(Words("{text}", context="verbatim", arguments={"text": argument}), frame)
