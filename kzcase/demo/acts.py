"""How an act is written as data, and how one act names what another will have made."""

from typing import Any

from kzcase.i18n import Language

Act = dict[str, Any]
"""One act as `kzcase act` reads it. Besides its fields it may have `ref`, a name for what it will make. In a field of a
later act `{"$ref": name}` stands for the id of that: in the field `case` the case it made, in `person` the person, in
`referral` the referral. Whoever performs the acts takes `ref` out and puts the ids in."""
Text = tuple[str, str, str]
"""One sentence in Kazakh, Russian and English."""


def reference(name: str) -> dict[str, str]:
    """The place of an id that the act called `name` will make."""
    return {"$ref": name}


def said(text: Text, language: Language) -> str:
    """The sentence in one language."""
    return text[0] if language == "kk" else text[1] if language == "ru" else text[2]
