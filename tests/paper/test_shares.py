"""A share on paper is the share in its file: line by line, group by group, and typed again from the paper it opens."""

import re
from dataclasses import replace

import pytest

from kzcase.domain.errors import BadInput
from kzcase.i18n import LANGUAGES, Language, render
from kzcase.keys.secret import Secret
from kzcase.keys.shares import Share, fingerprint, parse_share, share_text
from kzcase.paper import shares
from kzcase.paper.library import paper
from kzcase.paper.shares import COMMAND, RULES, share_lines
from tests.paper import rows
from tests.paper.reading import pages_of, text_of

SHARE = Share(2, fingerprint(b"generated"), Secret(bytes(range(32))))
TEXT = share_text(SHARE)


def printed(language: Language = "kk") -> bytes:
    return paper("recovery_share").print_row(rows.share(text=TEXT), language)


def typed_again(made: bytes) -> str:
    """What somebody types who reads the groups from the paper, line by line."""
    groups = re.findall(
        r"(?<![A-Z0-9-])[0-9A-HJKMNP-TV-Z]{4}(?: [0-9A-Z]{4}){3} [0-9A-Z]{2}(?![A-Z0-9])", text_of(made)
    )
    return "\n".join(groups)


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_and_groups_are_those_of_the_file(language: Language) -> None:
    said = text_of(printed(language))
    assert all(line in said for line in TEXT.splitlines())
    assert typed_again(printed(language)) == TEXT


def test_the_paper_typed_again_is_the_share() -> None:
    again = parse_share(typed_again(printed()))
    assert (again.number, again.fingerprint) == (SHARE.number, SHARE.fingerprint)
    assert bytes(again.secret.reveal()) == bytes(SHARE.secret.reveal())


def test_canary_a_paper_with_other_lines_than_the_file_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    flat = TEXT.split()
    sixes = [flat[at : at + 6] for at in range(0, len(flat), 6)]
    monkeypatch.setattr(shares, "share_lines", lambda _text: sixes)
    assert typed_again(printed()) != TEXT


@pytest.mark.parametrize("language", LANGUAGES)
def test_keeping_and_using_it_are_explained_in_three_languages_on_one_page(language: Language) -> None:
    made = printed(language)
    assert len(pages_of(made)) == 1
    said = text_of(made)
    assert all(render(rule, spoken) in said for rule in RULES for spoken in LANGUAGES)
    assert all(name in said for name in ("Қазақша", "Русский", "English"))
    assert COMMAND in said


def test_one_share_a_paper() -> None:
    with pytest.raises(BadInput):
        rows.share(number=4)


def test_a_long_run_without_blanks_is_cut_by_fours() -> None:
    assert share_lines("abcd-efg hi\n\n" + "x" * 9) == [["abcd-efg", "hi"], ["xxxx", "xxxx", "x"]]


def test_a_share_prints_whatever_its_names_are_written_in() -> None:
    office = replace(rows.OFFICE, name="王 қоры")
    made = paper("recovery_share").print_row(rows.share(header=rows.header(organisation=office), holder="محمد"), "kk")
    said = text_of(made)
    assert "? қоры" in said
    assert "????" in said
