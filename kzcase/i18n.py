"""Words in three languages: strings are marked where they stand and rendered with an explicit language.

`_("…")` gives lazy `Words`; `render(words, language)` gives the sentence. Only the window has a current language.
"""

import gettext as _gettext
import io
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from functools import cache, cached_property
from operator import add
from struct import unpack_from
from typing import Final, Literal, get_args

from kzcase import paths

Language = Literal["kk", "ru", "en"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
LANGUAGE_NAMES: Final[Mapping[Language, str]] = {"kk": "Қазақша", "ru": "Русский", "en": "English"}


_LITTLE_ENDIAN: Final = b"\xde\x12\x04\x95"
"""How a compiled catalogue begins."""
KAZAKHSTAN: Final = timezone(timedelta(hours=5), "UTC+5")
"""One time zone in the whole country since 1 March 2024; a laptop's own clock zone never shifts what was written."""


def on_the_wall(moment: datetime) -> str:
    """A moment as a clock in Kazakhstan shows it: 22.11.2026 08:40."""
    return (moment.astimezone(KAZAKHSTAN) if moment.tzinfo else moment).strftime("%d.%m.%Y %H:%M")


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence not yet said: the English original and what goes into its named places."""

    msgid: str
    plural: str = ""
    count: int | None = None
    context: str = ""
    arguments: Mapping[str, object] = field(default_factory=dict)

    def with_arguments(self, **more: object) -> "Words":
        """The same sentence with more of its named places filled."""
        return replace(self, arguments={**self.arguments, **more})


def _(msgid: str, **arguments: object) -> Words:
    """Mark a sentence for translation; places are written `{name}`."""
    return Words(msgid, arguments=arguments)


def pgettext(context: str, msgid: str, **arguments: object) -> Words:
    """Mark a word whose translation depends on where it stands."""
    return Words(msgid, context=context, arguments=arguments)


def ngettext(singular: str, plural: str, count: int, **arguments: object) -> Words:
    """Mark a sentence about `count` things; `{count}` is filled in."""
    return Words(singular, plural, count, arguments={"count": count, **arguments})


def verbatim(text: str) -> Words:
    """Words that are the same in every language: a name, a number, a form's own text."""
    return Words("{text}", arguments={"text": text}, context="verbatim")


def own_text(texts: Mapping[str, str]) -> Words:
    """A form's own text, in the language spoken where it has it."""
    return Words("{text}", arguments={"text": texts}, context="verbatim")


class Catalogue(_gettext.NullTranslations):
    """The sentences of a compiled file. Each is read when it is first said: a start says a hundred of thousands."""

    def __init__(self, compiled: bytes) -> None:
        super().__init__()
        order = "<" if compiled[:4] == _LITTLE_ENDIAN else ">"
        many, names, texts = unpack_from(f"{order}3I", compiled, 8)
        lengths_and_places = unpack_from(f"{order}{2 * many}I", compiled, names)
        begins = lengths_and_places[1::2]
        parts = map(slice, begins, map(add, begins, lengths_and_places[::2]))
        self._numbers = dict(zip(map(compiled.__getitem__, parts), range(many), strict=True))
        self._texts = unpack_from(f"{order}{2 * many}I", compiled, texts)
        self._compiled = compiled
        self._said: dict[str, tuple[str, ...]] = {}
        header = "".join(self._forms(""))
        plural = header.partition("plural=")[2].partition(";")[0]
        self._plural = _gettext.c2py(plural or "n != 1")

    def gettext(self, message: str) -> str:
        """A sentence without numbers."""
        forms = self._forms(message)
        return forms[0] if forms else message

    def pgettext(self, context: str, message: str) -> str:
        """A word where it stands."""
        forms = self._forms(f"{context}\x04{message}")
        return forms[0] if forms else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """A sentence about so many things."""
        forms = self._forms(msgid1)
        if not forms:
            return msgid1 if n == 1 else msgid2
        return forms[min(self._plural(n), len(forms) - 1)]

    def _forms(self, name: str) -> tuple[str, ...]:
        """The sentence in all its plurals; nothing where it is not in the file."""
        found = self._said.get(name)
        if found is None:
            key = name.encode()
            number = self._numbers.get(key)
            number = self._counted.get(key) if number is None else number
            found = self._said[name] = () if number is None else self._read(number)
        return found

    @cached_property
    def _counted(self) -> dict[bytes, int]:
        """Those that stand there with their plural, by the singular; few starts say one."""
        return {key.partition(b"\0")[0]: number for key, number in self._numbers.items() if b"\0" in key}

    def _read(self, number: int) -> tuple[str, ...]:
        length, at = self._texts[2 * number : 2 * number + 2]
        return tuple(self._compiled[at : at + length].decode().split("\0"))


@cache
def catalogue(language: Language) -> _gettext.NullTranslations:
    """The catalogue of one language: the compiled file, or the source compiled in memory when that is newer."""
    folder = paths.translations() / language / "LC_MESSAGES"
    compiled, source = folder / "kzcase.mo", folder / "kzcase.po"
    if compiled.exists() and (not source.exists() or compiled.stat().st_mtime >= source.stat().st_mtime):
        return Catalogue(compiled.read_bytes())
    return Catalogue(_compile(source.read_bytes())) if source.exists() else _gettext.NullTranslations()


def _compile(source: bytes) -> bytes:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(source)))
    return compiled.getvalue()


def render(words: Words, language: Language) -> str:
    """The sentence in one language; arguments that are `Words`, dates, codes of lists or a form's own texts are
    rendered too, and several of them one after the other."""
    filled = {name: _render_argument(value, language) for name, value in words.arguments.items()}
    if words.context == "verbatim":
        return filled["text"]
    return _translated(words, catalogue(language)).format_map(filled)


def _translated(words: Words, found: _gettext.NullTranslations) -> str:
    if words.plural and words.count is not None:
        return found.ngettext(words.msgid, words.plural, words.count)
    if words.context:
        return found.pgettext(words.context, words.msgid)
    return found.gettext(words.msgid)


def _render_argument(value: object, language: Language) -> str:
    if isinstance(value, Words):
        return render(value, language)
    if isinstance(value, Mapping):
        return next((value[each] for each in (language, "ru", "kk", "en", *value) if value.get(each)), "")
    if isinstance(value, tuple):
        return "; ".join(_render_argument(each, language) for each in value)
    if isinstance(value, datetime):
        return on_the_wall(value)
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    named = getattr(value, "name", None)
    return str(named(language)) if callable(named) else str(value)
