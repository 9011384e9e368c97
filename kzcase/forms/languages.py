"""Which language a form means: `Қазақша (kk)`, `Русский`, `English (en)` and plain codes."""

import re

from kzcase.i18n import Words, _

_NAMES = {
    "қазақша": "kk",
    "қазақ": "kk",
    "қазақ тілі": "kk",
    "kazakh": "kk",
    "казахский": "kk",
    "русский": "ru",
    "орысша": "ru",
    "russian": "ru",
    "english": "en",
    "ағылшынша": "en",
    "английский": "en",
    "uzbek": "uz",
    "oʻzbekcha": "uz",
    "o‘zbekcha": "uz",
    "o'zbekcha": "uz",
    "узбекский": "uz",
    "ўзбекча": "uz-Cyrl",
    "kyrgyz": "ky",
    "кыргызча": "ky",
    "tajik": "tg",
    "тоҷикӣ": "tg",
}
HEADINGS = {
    "kk": "Қазақша (kk)",
    "ru": "Русский (ru)",
    "en": "English (en)",
    "uz": "Oʻzbekcha (uz)",
    "uz-Cyrl": "Ўзбекча (uz-Cyrl)",
    "ky": "Кыргызча (ky)",
    "tg": "Тоҷикӣ (tg)",
}
"""How languages are called in XLSForm columns: the three of the program, and those that papers for clients may have."""
UNNAMED = "und"
"""The language of a form that does not say which it is."""
FURTHER = tuple(HEADINGS)[3:]
"""The languages of clients that a form may have beside the three of the program."""


def name_of_language(code: str) -> str:
    """What a language calls itself; the code where it is none of papers."""
    return HEADINGS.get(code, code).partition(" (")[0]


def code_of(name: str) -> str:
    """The code of a language as an XLSForm column or an XForm translation names it; the name itself if unknown."""
    found = re.search(r"\(\s*([A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?)\s*\)\s*$", name)
    if found:
        return _cased(found[1].lower().replace("_", "-"))
    plain = name.strip()
    return _NAMES.get(plain.lower(), plain.lower() if re.fullmatch(r"[A-Za-z]{2,3}", plain) else plain)


def _cased(code: str) -> str:
    """A script is written with a capital: `uz-Cyrl`."""
    language, _dash, part = code.partition("-")
    return f"{language}-{part.title()}" if len(part) == 4 else code


def missing_text(language: str) -> Words:
    """That a text lacks this language."""
    return _MISSING.get(language, _("The text in the language “{language}” is missing.", language=language))


_MISSING = {
    "kk": _("The Kazakh text is missing."),
    "ru": _("The Russian text is missing."),
    "en": _("The English text is missing."),
}
