"""The words that give away what a paper is about, in every language of clients; a discreet paper says none of them."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

_STEMS: Final[Mapping[str, str]] = {
    "en": (
        r"traffick|exploit|slave|forced|violen|victim|abus|rape|sexual|prostitut|threat|weapon|chok|"
        r"kill|harm|danger|risk|hurt|frighten|fear|punish|police|prosecut|courts?\b|crim(?:e|in)|"
        r"investigat|lawyer|complain|commissioner|shelter|crisis|asylum|refugee|stateless|nationalit|"
        r"deport|expel|expuls|migra|detain|detention|arrest|border|consulate|embassy|unhcr|"
        r"red crescent|fine\b|safe|protect|rescue|helpline|hotline|code word|secret|suspect|guilt|"
        r"your fault"
    ),
    "ru": (
        r"торговл[еияю]+ (?:людьми|детьми)|эксплуат|рабств|принуд|насил|жертв|пострадавш|потерпевш|"
        r"изнасил|сексуал|проститу|угро[зж]|оружи|душил|уби(?:т|й)|вред|опасн|риск|обидел|обижа|пуга|"
        r"бо[ия](?:тесь|шься|тся|лись|ться)|страх|наказ|полиц|прокур|суд|преступ|следств|следовател|"
        r"допрос|адвокат|юрист|жалоб|пожалов|уполномоч|приют|кризисн|убежищ|бежен|гражданств|выдвор|"
        r"депорт|миграц|мигрант|задерж|арест|границ|консул|посольств|увкб|полумесяц|штраф|безопас|"
        r"защит|спасен|доверия|горячей лини|условн\w+ слов|тайн|секрет|подозр|вин(?:а|ы|оват)"
    ),
    "kk": (
        r"адам саудас|адамдарды сату|қана(?:у|ды|лу|ған)|құлдық|мәжбүр|зорлық|зомбылық|құрбан|"
        r"жәбірлен|зардап шек|жыныстық|жезөкше|қорқыт|қоқан|қару|буынды|өлтір|зиян|қауіп|тәуекел|"
        r"ренжіт|қорқ|жазала|полици|прокур|сот(?:\b|қа|тың|тан|та\b|ты\b|пен)|қылмыс|тергеу|жауап алу|"
        r"адвокат|заңгер|шағым|уәкіл|баспана|дағдарыс|пана|босқын|азаматтығ|азаматтық|шығарып жібер|"
        r"депортац|көші-қон|мигрант|ұста(?:лу|лды|п қал|ды)|қамау|қамап|шекара|консул|елшілі|айыппұл|"
        r"жарты ай|қорға|құтқару|жедел желі|сенім телефон|шартты сөз|құпия|күдік|кінә|кінәлі"
    ),
    "uz": (
        r"odam savdo|ekspluat|qul|majbur|zoʻrav|zo[ʻʼ'‘’]rlik|jabrlan|qurbon|jinsiy|tahdid|qurol|"
        r"oʻldir|zarar|xavf|xatar|qoʻrq|qo[ʻʼ'‘’]rq|xafa qil|jazo|politsiya|prokur|\bsud|jinoyat|"
        r"tergov|advokat|yurist|huquqshunos|shikoyat|vakil|boshpana|qochoq|fuqarolig|chiqarib yubor|"
        r"deport|migrat|ushla|qamo|chegara|konsul|elchi|jarima|yarim oy|xavfsiz|himoya|qutqar|"
        r"ishonch telefon|sir\b|maxfiy|gumon|ayb"
    ),
    "uz-Cyrl": (
        r"одам савдо|эксплуат|қул|мажбур|зўрав|зўрлик|жабрлан|қурбон|жинсий|таҳдид|қурол|ўлдир|зарар|"
        r"хавф|хатар|қўрқ|хафа қил|жазо|полиция|прокур|суд|жиноят|тергов|адвокат|юрист|ҳуқуқшунос|"
        r"шикоят|вакил|бошпана|қочоқ|фуқаролиг|чиқариб юбор|депорт|миграц|ушла|қамо|чегара|консул|"
        r"элчи|жарима|ярим ой|хавфсиз|ҳимоя|қутқар|ишонч телефон|сир\b|махфий|гумон|айб"
    ),
    "ky": (
        r"адам сат|адам соод|эксплуат|кул(?:дук|чулук)|мажбур|зордук|зомбулук|жабыр|курман|сексуал|"
        r"коркут|корк|курал|өлтүр|зыян|коопту|коопсуз|коркунуч|тобокел|таарынт|жаза(?:ла|га)|полици|"
        r"милици|прокур|сот|кылмыш|тергө|адвокат|юрист|арыз|даттан|өкүл|башпаан|башкалка|качкын|"
        r"жарандыг|чыгарып жибер|депорт|миграц|кармал|кармоо|камак|чек ара|консул|элчи|айып|жарым ай|"
        r"корго|куткар|ишеним телефон|сыр\b|жашыруун|шек|күнөө"
    ),
    "tg": (
        r"савдои одам|одамфурӯш|истисмор|ғулом|маҷбур|зӯровар|хушунат|қурбон|ҷабр|зарардида|ҷинсӣ|"
        r"таҳдид|силоҳ|куш(?:тан|та|т)|зарар|хатар|хавф|тарс|ранҷон|ҷазо|полис|пулис|прокур|суд|"
        r"додгоҳ|ҷиноят|тафтиш|адвокат|ҳуқуқшинос|шикоят|вакил|паноҳ|гуреза|шаҳрванд|ихроҷ|депорт|"
        r"муҳоҷир|дастгир|боздошт|ҳабс|сарҳад|консул|сафорат|ҷарима|нимаи моҳ|ҳилол|бехатар|амният|"
        r"ҳимоя|наҷот|телефони боварӣ|сир\b|сирр|махфӣ|гумон|гуноҳ|айб"
    ),
}
"""Beginnings of words. What harms is rather left out once too often."""
_PATTERNS: Final = {language: re.compile(rf"(?<!\w)(?:{stems})", re.IGNORECASE) for language, stems in _STEMS.items()}
_NUMBERS: Final = re.compile(r"\W*(?:112|111|10[1-4]|116 16)\b|(?:.* · ){2}")
"""A line of emergency numbers stands in every telephone book, and names whom one calls."""
_SHORT: Final = 100
_BULLET: Final = "•"
_SENTENCES: Final = re.compile(r"(?<=[.!?…])\s+")


def tells(text: str, language: str) -> bool:
    """Whether a text gives away what the paper is about. A language nobody here knows is measured by all of them."""
    patterns: Iterable[re.Pattern[str]] = [_PATTERNS[language]] if language in _PATTERNS else _PATTERNS.values()
    return any(pattern.search(text) for pattern in patterns)


def without_topics(text: str, language: str) -> str:
    """A text of several sentences without those that tell; a point of a list goes whole, numbers to call stay. Of a
    short text, such as a question, half would say what the other half did."""
    if len(text) < _SHORT and tells(text, language) and not _NUMBERS.match(text):
        return ""
    return "\n".join(filter(None, (_line(line, language) for line in text.split("\n"))))


def _line(line: str, language: str) -> str:
    if not tells(line, language) or _NUMBERS.match(line):
        return line
    if line.lstrip().startswith(_BULLET):
        return ""
    return " ".join(sentence for sentence in _SENTENCES.split(line) if not tells(sentence, language))
