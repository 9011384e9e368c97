"""Papers that tell nobody who finds them where they are from: a plain title, and no helpline called by its name."""

import re
from typing import Final

from kzcase.forms.definition import Form, text_in
from kzcase.forms.library import shipped_form
from kzcase.i18n import Words, pgettext
from kzcase.paper.topics import tells, without_topics

PLAIN_TITLE: Final = pgettext("title of a paper", "Information")
TITLES: Final = {"uz": "Maʼlumot", "uz-Cyrl": "Маълумот", "ky": "Маалымат", "tg": "Маълумот"}
"""The plain title in the languages of clients that the program itself does not speak."""

NEUTRAL: Final = frozenset({"safety_card"})
"""Forms that ship with a title anybody may read."""

_HELPLINES: Final = tuple(
    (re.compile(said, re.IGNORECASE), plain)
    for said, plain in (
        # Kazakh: the endings change with the vowels of the word that stands in its place
        (r"(?:сенім|жедел желі) телефон", "телефон"),
        (r"жедел желінің", "телефонның"),
        (r"жедел желісінің", "телефонының"),
        (r"жедел желісіне", "телефонына"),
        (r"жедел желісі", "телефоны"),
        (r"жедел желілер(?:ге)?", "телефондар"),
        (r"жедел желіге", "телефонға"),
        (r"жедел желіден", "телефоннан"),
        (r"жедел желіні", "телефонды"),
        (r"жедел желі", "телефон"),
        # Russian
        (r"(телефон\w*) (?:доверия|горячей линии)", r"\1"),
        (r"горяч(?:ая|ей|ую) лини(?:я|и|ю|ей)", "телефон"),
        # English
        (r"\b(?:national |free )?(?:help|hot)lines\b", "phones"),
        (r"\b(?:national |free )?(?:help|hot)line\b", "phone"),
        # Uzbek, Kyrgyz, Tajik
        (r"ishonch telefon", "telefon"),
        (r"(?:ишонч|ишеним) телефон", "телефон"),
        (r"телефони боварӣ", "телефон"),
    )
)
HELPLINE_WORDS: Final = re.compile(
    r"жедел\s+желі|сенім\s+телефон|телефон\w*\s+доверия|горяч\w+\s+лини|helpline|hotline|ishonch\s+telefon"
    r"|ишонч\s+телефон|ишеним\s+телефон|телефони\s+боварӣ",
    re.IGNORECASE,
)
"""What a discreet paper never says."""


_PLAINER: Final = (
    (re.compile(r"\bsafe (?=places?\b|contact\b|hours\b|way\b)", re.IGNORECASE), ""),
    (re.compile(r"\bбезопасн\w+ (?=мест|связ|способ|час|врем)", re.IGNORECASE), ""),
    (re.compile(r"\bқауіпсіз (?=жер|орын|байланыс|уақыт|сағат|жол)", re.IGNORECASE), ""),
)
"""A safe place is a place, too."""
_ASIDE: Final = re.compile(r"\s*\(([^()]*)\)")


def discreet_text(text: str, language: str) -> str:
    """A text of a form as it may stand on a discreet paper: nothing of it where it gives the topic away."""
    said = without_helplines(text)
    for telling, plain in _PLAINER:
        said = telling.sub(plain, said)
    said = _ASIDE.sub(lambda aside: "" if tells(aside[1], language) else aside[0], said)
    said = without_topics(said, language)
    return said[:1].upper() + said[1:] if text[:1].isupper() else said


def without_helplines(text: str) -> str:
    """The text with every helpline called a phone."""
    for said, plain in _HELPLINES:
        text = said.sub(plain, text)
    return text


def plain_title(language: str) -> Words | str:
    """What a discreet paper is called."""
    return TITLES.get(language, PLAIN_TITLE)


def discreet_title(form: Form, language: str) -> Words | str:
    """The form's own title where it tells nothing, as we have written it; else the plain one."""
    neutral = form.id in NEUTRAL and form.title == shipped_form(form.id).title
    return text_in(form.title, language) if neutral else plain_title(language)
