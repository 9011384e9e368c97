"""A form with every kind of question, a small flat repeat and a larger one, guidance and unusual answers."""

import json
from functools import cache
from typing import Any

from kzcase.forms.definition import Form
from kzcase.forms.doors import read_form

Block = dict[str, Any]


def _text(kk: str, ru: str, en: str) -> dict[str, str]:
    return {"kk": kk, "ru": ru, "en": en}


def question(kind: str, name: str = "", **more: Any) -> Block:
    """One question; without a name it is called by its kind."""
    called = name or kind.split()[0].lower()
    label = _text(f"{called} сұрағы", f"Вопрос {called}", f"Question {called}")
    return {"type": kind, "name": called, "class": "sensitive", "label": label, **more}


def block(kind: str, name: str, *questions: Block, **more: Any) -> Block:
    """A group or a repeat."""
    label = _text(f"{name} бөлімі", f"Раздел {name}", f"Part {name}")
    return {"type": kind, "name": name, "label": label, "questions": list(questions), **more}


KINDS = (
    "text", "integer", "decimal", "date", "time", "dateTime", "barcode", "geopoint", "image", "audio", "file",
    "acknowledge", "select_one few", "select_multiple few", "rank few",
)  # fmt: skip
GUIDANCE = _text("Асықпай сұраңыз.", "Спрашивайте не спеша.", "Ask without haste.")
RARE = _text("Жүзден асқан жас сирек кездеседі.", "Возраст больше ста лет бывает редко.", "An age above 100 is rare.")
UNUSUAL: Block = {"constraint": ". < 100", "constraint_message": RARE, "soft": "yes"}
FORM: Block = {
    "form": "sample_every_kind",
    "edition": "2026.1",
    "title": _text("Үлгі", "Образец", "Sample"),
    "about": _text("Экрандарды тексеруге арналған.", "Для проверки экранов.", "For testing screens."),
    "moment": "assessment",
    "choices": {
        "few": [
            {"one": _text("бір", "один", "one")},
            {"two": _text("екі", "два", "two")},
            {"three": _text("үш", "три", "three")},
        ]
    },
    "questions": [
        block(
            "group",
            "doubts",
            question("integer", "age", guidance=GUIDANCE, **UNUSUAL),
            question("integer", "hard", constraint=". < 10", constraint_message=RARE),
        ),
        block("group", "kinds", *map(question, KINDS), question("range", parameters="start=1 end=5 step=1")),
        block(
            "group",
            "lists",
            block(
                "repeat",
                "relatives",
                question("text", "who"),
                question("integer", "years", constraint=". < 100", constraint_message=RARE),
                question("select_one few", "kin"),
            ),
            block("repeat", "legs", question("text", "where"), question("text", "why", guidance=GUIDANCE)),
        ),
    ],
}


def source() -> bytes:
    """The file of the form."""
    return json.dumps(FORM, ensure_ascii=False).encode()


@cache
def sample() -> Form:
    """The form, read once."""
    return read_form("sample_every_kind.yaml", source())
