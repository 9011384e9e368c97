"""Empty forms of which a part leaves the office: what stays shares no page with what goes, and each part is signed."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from kzcase.domain.outside_papers import LEAVES, parts_that_stay
from kzcase.forms.about import Signer
from kzcase.forms.definition import Question, text_in
from kzcase.forms.library import shipped_form
from kzcase.i18n import LANGUAGES, render
from kzcase.paper import form_parts, sheet
from kzcase.paper.form_ends import SIGNER_WORDS
from kzcase.paper.form_parts import FormParts
from kzcase.paper.forms import NAMELESS, form_sheet
from kzcase.paper.questions import choices_of
from tests.paper.reading import pages_of, squeezed
from tests.paper.rows import header

CUT = ("consulate_letter", "crime_signal", "referral")


def pages(form_id: str, language: str = "kk") -> list[str]:
    return [squeezed(page) for page in pages_of(form_sheet(shipped_form(form_id), language, None, header()))]


def long_labels(question: Question) -> Iterator[str]:
    """Labels that can be told from others."""
    label = squeezed(text_in(question.label, "kk"))
    if len(label) > 12:
        yield label
    for child in question.children:
        yield from long_labels(child)


def mixed_pages(form_id: str) -> list[int]:
    """Pages that hold something that stays beside something that goes."""
    form = shipped_form(form_id)
    stays = parts_that_stay(form.id, tuple(each.name for each in form.questions))
    staying = {label for each in form.questions if each.name in stays for label in long_labels(each)}
    going = {label for each in form.questions if each.name not in stays for label in long_labels(each)}
    common = staying & going | {squeezed(text_in(each.label, "kk")) for one in form.asked() for each in choices_of(one)}
    found = []
    for number, page in enumerate(pages(form_id), start=1):
        if any(each in page for each in staying - common) and any(each in page for each in going - common):
            found.append(number)
    return found


@pytest.mark.parametrize("form_id", CUT)
def test_no_page_holds_what_stays_beside_what_goes(form_id: str) -> None:
    assert mixed_pages(form_id) == []


def test_canary_a_form_that_is_not_cut_mixes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(form_parts, "is_for_outside", lambda _form_id: False)
    assert mixed_pages("consulate_letter")


def test_each_part_says_whether_it_goes_and_the_slip_is_alone() -> None:
    said = pages("referral", "ru")
    slip = squeezed(text_in(shipped_form("referral").by_path["slip"].label, "ru"))
    (at,) = [number for number, page in enumerate(said) if slip in page]
    marks = [squeezed(render(mark, "ru")) for mark in (form_parts.GOES, form_parts.BACK, form_parts.STAYS)]
    assert [[mark in page for mark in marks] for page in (said[0], said[at], said[at + 1])] == [
        [True, False, False],
        [False, True, False],
        [False, False, True],
    ]


def test_who_signs_what_goes_what_comes_back_and_what_stays() -> None:
    parts = FormParts(shipped_form("referral"))
    names = [each.name for each in shipped_form("referral").questions]
    cuts = {name: cut for name in names if (cut := parts.begin(name))}
    assert cuts["reception"].signers == (Signer.CLIENT, Signer.GUARDIAN)
    assert cuts["slip"].signers == (Signer.WORKER,)
    assert cuts["after"].signers == (Signer.PARTNER,)
    assert parts.last_signers() == (Signer.WORKER,)
    assert not cuts[names[0]].overleaf
    partner = squeezed(render(SIGNER_WORDS[Signer.PARTNER], "kk"))
    assert [partner in page for page in pages("referral")[-2:]] == [True, False]


@pytest.mark.parametrize("form_id", form_parts.CONSENTS)
def test_who_consents_signs_the_consent_that_stays(form_id: str) -> None:
    form = shipped_form(form_id)
    parts, names = FormParts(form), [each.name for each in form.questions]
    assert form_parts.CONSENTS[form_id] in parts_that_stay(form_id, tuple(names))
    at = names.index(form_parts.CONSENTS[form_id])
    cuts = [parts.begin(name) for name in names]
    signed = next((cut.signers for cut in cuts[at + 1 :] if cut), None) or parts.last_signers()
    assert {Signer.CLIENT, Signer.WITNESS} & set(signed)


@pytest.mark.parametrize("form_id", form_parts.OUR_LETTERS)
@pytest.mark.parametrize("filled", [False, True])
def test_a_letter_of_ours_does_not_carry_the_hand_of_a_client(form_id: str, filled: bool) -> None:
    form = shipped_form(form_id)
    client = squeezed(render(SIGNER_WORDS[Signer.CLIENT], "ru"))
    if filled:
        going = pages_of(form_sheet(form, "ru", {}, header(leaves=True), relevant={}))
    else:
        mark = squeezed(render(form_parts.GOES, "ru"))
        going = [page for page in pages(form_id, "ru") if mark in page]
    assert going
    assert [page for page in going if client + "подпись" in squeezed(page)] == []
    assert client + "подпись" in "".join(pages(form_id, "ru")), "the consent is signed"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_part_of_a_letter_to_an_embassy_is_one_page(language: str) -> None:
    """Room is saved in every part by itself, not at the end of the whole paper alone."""
    assert len(pages("consulate_letter", language)) == 3


def test_canary_room_that_is_saved_at_the_end_alone_leaves_a_page_for_two_lines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sheet, "parts_of", lambda blocks: [list(blocks)])
    assert len(pages("consulate_letter", "ru")) > 3


@pytest.mark.parametrize("form_id", LEAVES)
def test_somebody_signs_the_last_part_that_goes(form_id: str) -> None:
    form = shipped_form(form_id)
    parts, signed = FormParts(form), list[tuple[Signer, ...]]()
    for each in form.questions:
        if cut := parts.begin(each.name):
            signed.append(cut.signers)
    assert any(signers for signers in (*signed, parts.last_signers()))


def test_a_form_for_the_office_alone_is_not_cut() -> None:
    form = shipped_form("needs_assessment")
    parts = FormParts(form)
    assert [parts.begin(each.name) for each in form.questions] == [None] * len(form.questions)
    assert parts.last_signers() == form.signatures


def test_what_nobody_outside_may_read_is_in_no_part_that_goes() -> None:
    """Signs of worry, what is withheld, whether a witness is in danger, how a child reaches us."""
    found = {
        (form_id, question.name): question.steps[0] in LEAVES[form_id]
        for form_id in LEAVES
        for question in shipped_form(form_id).walk()
        if question.name in {"worry", "not_to_pass", "w_safe", "child_reach", "follow_wish", "withheld", "afraid"}
    }
    assert {form_id for form_id, _name in found} >= {"tracing_request", "crime_signal", "witness_statement"}
    assert [place for place, goes in found.items() if goes] == []


# The number of the case


def blank(form_id: str, number: str = "") -> str:
    head = header(number=number, printing="533W4X968YQK" if number else "")
    return " ".join(pages_of(form_sheet(shipped_form(form_id), "ru", None, head)))


def test_a_form_printed_for_nobody_has_a_line_for_the_number_of_the_case() -> None:
    assert "№ ……" in blank("needs_assessment")
    assert "№ ……" not in blank("needs_assessment", "2026-A7-00012-5")
    assert "№ ……" not in blank("rights_sheet"), "nobody signs it, and it is of no case"


@pytest.mark.parametrize("form_id", NAMELESS)
def test_a_form_that_promises_to_name_nobody_leads_to_no_case(form_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = list[str]()
    monkeypatch.setattr("kzcase.paper.marks.draw_qr", lambda _canvas, code, *_place: codes.append(code))
    said = blank(form_id, "2026-A7-00012-5")
    assert ("2026-A7" in said, "533W" in said, "№ ……" in said) == (False, False, False)
    assert [code for code in codes if "533W" in code or "00012" in code] == []
    assert codes, "the code of the form itself stays"


def test_canary_another_form_does_lead_to_its_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kzcase.paper.forms.NAMELESS", frozenset())
    assert "2026-A7" in blank("client_feedback", "2026-A7-00012-5")


def test_a_filled_form_for_one_side_is_not_cut() -> None:
    form = shipped_form("consulate_letter")
    goes = squeezed(render(form_parts.GOES, "kk"))
    for head in (replace(header(), stays=True), replace(header(), leaves=True)):
        assert goes not in squeezed(" ".join(pages_of(form_sheet(form, "kk", {}, head))))
