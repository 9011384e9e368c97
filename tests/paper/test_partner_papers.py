"""The client's card of a partner tells where to go and, discreet, nothing of what kind; the slip tells the words."""

from kzcase.domain.partner_papers import PassphraseSlip
from kzcase.i18n import LANGUAGES, _, render
from kzcase.paper.partner_papers import partner_card, passphrase_slip
from tests.paper import rows
from tests.paper.reading import text_of

TELLING = ("Үміт", "дағдарыс", "баспана", "Айгүл", "Әйелдер", "Өріс")


def test_the_card_says_where_and_when() -> None:
    for language in LANGUAGES:
        said = text_of(partner_card(rows.partner_card(), language))
        assert all(each in said for each in (*TELLING, "Сейфуллин", "04.12.2026", "+7 700 000 00 01"))


def test_a_discreet_card_tells_neither_who_nor_what_for() -> None:
    card = rows.partner_card(header=rows.header("P13", discreet=True))
    for language in LANGUAGES:
        said = text_of(partner_card(card, language))
        assert [each for each in TELLING if each in said] == []
        assert "Сейфуллин" in said
        assert "04.12.2026" in said


def test_the_slip_holds_the_words_and_the_number() -> None:
    for language in LANGUAGES:
        slip = PassphraseSlip(rows.header("P14"), "керуен домбыра жусан бәйтерек самовар алма", "«Үміт» орталығы")
        said = text_of(passphrase_slip(slip, language))
        assert "керуен домбыра" in said
        assert "2026-A7-00012-5" in said


def test_an_empty_card_says_what_to_write_where() -> None:
    said = text_of(partner_card(rows.partner_card(name="", kind="", address="", phone="", hours="", ask_for=""), "kk"))
    assert [render(label, "kk") in said for label in (_("Who"), _("Address"), _("Phone"), _("Ask for"))] == [True] * 4
