"""Sentences are read from a compiled catalogue when they are said: each must be what gettext itself would say."""

import gettext
from io import BytesIO

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from kzcase import paths
from kzcase.i18n import LANGUAGES, Catalogue, Language

NUMBERS = (0, 1, 2, 4, 5, 11, 14, 21, 22, 100, 101)


def compiled(language: Language) -> bytes:
    """The catalogue as it is shipped."""
    made = BytesIO()
    with (paths.translations() / language / "LC_MESSAGES" / "kzcase.po").open("rb") as source:
        write_mo(made, read_po(source))
    return made.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_the_one_gettext_finds(language: Language) -> None:
    """Plain ones, those with a context, and plurals for every kind of number."""
    shipped = compiled(language)
    ours, theirs = Catalogue(shipped), gettext.GNUTranslations(BytesIO(shipped))
    with (paths.translations() / language / "LC_MESSAGES" / "kzcase.po").open("rb") as source:
        messages = [message for message in read_po(source) if message.id]
    seen = {"plain": 0, "in context": 0, "plural": 0}
    for message in messages:
        if isinstance(message.id, tuple | list):
            seen["plural"] += 1
            for number in NUMBERS:
                assert ours.ngettext(*message.id, number) == theirs.ngettext(*message.id, number)
        elif message.context:
            seen["in context"] += 1
            assert ours.pgettext(message.context, message.id) == theirs.pgettext(message.context, message.id)
        else:
            seen["plain"] += 1
            assert ours.gettext(message.id) == theirs.gettext(message.id)
    assert all(seen.values()), seen


def test_what_is_in_no_catalogue_is_said_as_it_stands() -> None:
    """In the language of the sources."""
    ours = Catalogue(compiled("kk"))
    assert ours.gettext("Nothing of the kind") == "Nothing of the kind"
    assert ours.pgettext("nowhere", "Nothing") == "Nothing"
    assert [ours.ngettext("one", "many", number) for number in (1, 2)] == ["one", "many"]
