"""Which language a form means: `Қазақша (kk)`, `Русский`, `English (en)` and plain codes."""

import re

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
    "o'zbekcha": "uz",
    "узбекский": "uz",
    "kyrgyz": "ky",
    "кыргызча": "ky",
    "tajik": "tg",
    "тоҷикӣ": "tg",
}
HEADINGS = {"kk": "Қазақша (kk)", "ru": "Русский (ru)", "en": "English (en)"}
"""How the three languages of the program are called in XLSForm columns."""


def code_of(name: str) -> str:
    """The code of a language as an XLSForm column or an XForm translation names it; the name itself if unknown."""
    found = re.search(r"\(\s*([A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?)\s*\)\s*$", name)
    if found:
        return found[1].lower().replace("_", "-")
    plain = name.strip()
    return _NAMES.get(plain.lower(), plain.lower() if re.fullmatch(r"[A-Za-z]{2,3}", plain) else plain)
