"""Papers that clients read: whole in seven languages, nothing decided for anybody, nothing that betrays the holder."""

import re
from functools import cache

import pytest

from kzcase import paths
from kzcase.domain.classes import FieldClass
from kzcase.forms.about import Moment, Signer
from kzcase.forms.answers import AnswerSheet
from kzcase.forms.check import check_form
from kzcase.forms.code_choices import code_list
from kzcase.forms.definition import Form, Question, QuestionKind
from kzcase.forms.languages import FURTHER
from kzcase.i18n import LANGUAGES
from kzcase.paper.discreet import HELPLINE_WORDS
from tests.forms.filled import NOON

CONSENTS = ("consent_data", "consent_sharing", "assent_child", "consent_withdrawal")
SHEETS = ("rights_sheet", "safety_card", "information_stay", "information_work", "information_child")
SPOKEN = (*LANGUAGES, *FURTHER)
SHARED_CODES = {
    ("consent_data", "kinds"): "field_class",
    ("consent_data", "decision"): "consent_state",
    ("consent_sharing", "purpose"): "consent_purpose",
    ("consent_sharing", "decision"): "consent_state",
    ("consent_withdrawal", "purposes"): "consent_purpose",
    ("consent_withdrawal", "kinds"): "field_class",
}
BETRAYING = re.compile(
    r"құрбан|зорлық|жәбір|босқын|мигра|кейс|жертв|насили|бежен|случа[йя]|victim|violen|refugee|case|qurbon|zoʻr|"
    r"қурбон|зўр|курмандык|зомбулук|муҳоҷир|зӯровар",
    re.IGNORECASE,
)


@cache
def form_of(form_id: str) -> Form:
    """A form as its YAML says it, read once."""
    check = check_form(f"{form_id}.yaml", (paths.resources("forms") / f"{form_id}.yaml").read_bytes())
    assert check.errors == check.warnings == ()
    assert check.form is not None
    return check.form


def filled(form_id: str, **answers: str) -> AnswerSheet:
    """A form with answers, by the bare names of its questions."""
    form = form_of(form_id)
    made = AnswerSheet(form, now=NOON)
    made.load({path_of(form, name): value for name, value in answers.items()}, {})
    return made


def path_of(form: Form, name: str) -> str:
    """Where the one question of this name stands."""
    (path,) = [path for path, question in form.by_path.items() if question.name == name]
    return path


def answer(made: AnswerSheet, name: str) -> str:
    """What stands there, worked out or answered."""
    return made.values().get(path_of(made.form, name), "")


def refused(made: AnswerSheet, name: str) -> bool:
    """Whether the rules object to this answer."""
    return path_of(made.form, name) in made.errors()


def asked(made: AnswerSheet, name: str) -> bool:
    """Whether this question is asked at all."""
    return made.relevance().get(path_of(made.form, name), True)


def texts_of(question: Question) -> list[dict[str, str]]:
    """Every text of a question and its choices that a client may read."""
    found = [question.label, question.hint, question.guidance]
    found += [choice.label for choice in question.choices.choices] if question.choices else []
    return [dict(texts) for texts in found if texts]


@pytest.mark.parametrize("form_id", [*CONSENTS, *SHEETS])
def test_a_client_reads_every_word_in_seven_languages(form_id: str) -> None:
    form = form_of(form_id)
    assert form.further_languages == FURTHER
    assert form.client_paper
    assert form.phone is (form_id not in CONSENTS)
    assert (form.moment is Moment.CONSENT) is (form_id in CONSENTS)
    for question in form.walk():
        if question.name == "language":
            continue  # the worker writes the language of the explanation down
        for texts in texts_of(question):
            assert {each for each in SPOKEN if texts.get(each)} == set(SPOKEN), question.path
    assert any(question.read_aloud for question in form.walk())


@pytest.mark.parametrize("form_id", [*CONSENTS, *SHEETS])
def test_what_is_said_in_one_script_has_no_letter_of_the_other(form_id: str) -> None:
    for question in form_of(form_id).walk():
        if question.name == "language":
            continue
        for texts in texts_of(question):
            assert not re.search("[А-Яа-яЁёЎўҚқҒғҲҳ]", texts["uz"].replace("(ЦОН)", "")), question.path
            for language in ("kk", "uz-Cyrl", "ky", "tg", "ru"):
                assert not re.search("[A-Za-zʻʼ]", texts[language]), (question.path, language)


@pytest.mark.parametrize(("form_id", "name"), SHARED_CODES)
def test_choices_in_plain_words_keep_the_codes_of_the_program(form_id: str, name: str) -> None:
    found = form_of(form_id).by_path[path_of(form_of(form_id), name)].choices
    shared = code_list(SHARED_CODES[form_id, name])
    assert shared is not None
    assert found is not None
    assert {choice.name for choice in found.choices} <= {code.code for code in shared}


@pytest.mark.parametrize("form_id", CONSENTS)
def test_a_consent_says_how_it_was_explained_and_who_signed(form_id: str) -> None:
    form = form_of(form_id)
    names = {question.name for question in form.walk()}
    assert {"language", "interpreter"} <= names
    assert {"signed_how", "thumb_room", "witness"} <= names or {"assent_how", "witness"} <= names
    speaker, other = (Signer.CHILD, Signer.CLIENT) if form_id == "assent_child" else (Signer.CLIENT, Signer.CHILD)
    assert {speaker, Signer.GUARDIAN, Signer.WORKER} <= set(form.signatures)
    assert other not in form.signatures


def test_a_consent_without_any_yes_is_not_a_consent() -> None:
    assert refused(filled("consent_data", decision="given", agree_record="no"), "decision")
    assert not refused(filled("consent_data", decision="refused", agree_record="no"), "decision")
    made = filled("consent_data", decision="given", agree_record="yes", agree_statistics="no", agree_photo="yes")
    assert not refused(made, "decision")
    assert answer(made, "purposes") == "record_keeping photo"


def test_who_agrees_to_statistics_only_is_not_asked_what_to_write() -> None:
    made = filled("consent_data", agree_record="no", agree_statistics="yes", decision="given")
    assert not asked(made, "kinds")
    assert answer(made, "purposes") == "statistics"


def test_refusing_leaves_nothing_to_use() -> None:
    assert answer(filled("consent_data", agree_record="yes", decision="refused"), "purposes") == ""
    assert answer(filled("consent_sharing", share_contact="yes", decision="refused"), "classes") == ""


def test_only_the_kinds_that_were_agreed_to_are_shared() -> None:
    made = filled(
        "consent_sharing",
        share_identifying="yes",
        share_contact="no",
        share_health="yes",
        decision="by_representative",
    )
    assert answer(made, "classes") == "identifying health"
    assert not refused(made, "decision")
    assert refused(filled("consent_sharing", share_contact="no", decision="given"), "decision")


def test_a_ground_is_asked_for_only_where_nobody_could_be_asked() -> None:
    for form_id in ("consent_data", "consent_sharing"):
        assert asked(filled(form_id, decision="not_possible"), "basis")
        assert not asked(filled(form_id, decision="refused"), "basis")


def test_a_consent_ends_after_it_began() -> None:
    assert refused(filled("consent_sharing", given_on="2026-11-20", valid_until="2026-11-19"), "valid_until")
    assert not refused(filled("consent_sharing", given_on="2026-11-20", valid_until="2026-11-20"), "valid_until")
    assert refused(filled("consent_sharing", given_on="2026-11-23"), "given_on")


def test_whoever_fears_their_own_state_hears_so_before_the_consulate_is_told() -> None:
    assert asked(filled("consent_sharing", purpose="consulate"), "own_state")
    assert not asked(filled("consent_sharing", purpose="referral"), "own_state")


def test_a_witness_stands_in_where_nobody_signs() -> None:
    assert asked(filled("consent_data", signed_how="thumb"), "witness")
    assert asked(filled("consent_data", signed_how="spoken"), "witness")
    assert not asked(filled("consent_data", signed_how="spoken"), "thumb_room")
    assert not asked(filled("consent_data", signed_how="signature"), "witness")


@pytest.mark.parametrize(
    ("answers", "enough"),
    [
        ({"age": "4", "guardian": "here", "guardian_agrees": "yes"}, "yes"),
        ({"age": "4", "guardian": "none"}, "no"),
        ({"age": "6", "guardian": "here", "guardian_agrees": "yes"}, "no"),
        ({"age": "6", "may_write": "no", "guardian": "here", "guardian_agrees": "yes"}, "no"),
        ({"age": "6", "may_write": "part", "guardian": "here", "guardian_agrees": "yes"}, "yes"),
        ({"age": "9", "may_write": "yes", "unwilling": "yes", "guardian": "here", "guardian_agrees": "yes"}, "no"),
        ({"age": "12", "may_write": "yes", "guardian": "here", "guardian_agrees": "no"}, "no"),
        ({"age": "12", "may_write": "yes", "guardian": "unsafe", "decider": "guardianship"}, "no"),
        (
            {
                "age": "12",
                "may_write": "yes",
                "guardian": "unsafe",
                "decider": "guardianship",
                "decider_agrees": "yes",
            },
            "yes",
        ),
        (
            {
                "age": "16",
                "may_write": "yes",
                "may_ask_parent": "no",
                "guardian": "here",
                "guardian_agrees": "yes",
            },
            "no",
        ),
        (
            {
                "age": "16",
                "may_write": "yes",
                "may_ask_parent": "no",
                "guardian": "not_allowed",
                "decider": "trusted",
                "decider_agrees": "yes",
            },
            "yes",
        ),
        ({"may_write": "yes", "guardian": "here", "guardian_agrees": "yes"}, "no"),
    ],
)
def test_which_yes_a_child_needs_goes_by_age_and_by_who_is_there(answers: dict[str, str], enough: str) -> None:
    made = filled("assent_child", **answers)
    assert answer(made, "enough") == enough
    assert asked(made, "not_enough") is (enough == "no")


def test_a_small_child_is_told_not_asked_and_a_big_one_says_who_may_be_asked() -> None:
    assert not asked(filled("assent_child", age="5"), "may_write")
    assert asked(filled("assent_child", age="6"), "may_write")
    assert not asked(filled("assent_child", age="14"), "may_ask_parent")
    assert asked(filled("assent_child", age="15"), "may_ask_parent")
    assert refused(filled("assent_child", age="18"), "age")


def test_without_a_parent_somebody_else_decides_with_the_child() -> None:
    for guardian in ("away", "none", "unsafe", "not_allowed"):
        made = filled("assent_child", age="10", guardian=guardian)
        assert asked(made, "decider")
        assert asked(made, "absent_reason")
        assert not asked(made, "guardian_agrees")
    assert not asked(filled("assent_child", age="10", guardian="here"), "decider")


def test_a_withdrawal_may_be_partial_and_needs_no_reason() -> None:
    assert asked(filled("consent_withdrawal", scope="part"), "purposes")
    assert not asked(filled("consent_withdrawal", scope="all"), "purposes")
    made = filled("consent_withdrawal", scope="all", withdrawn_on="2026-11-22", wishes="stop delete")
    assert list(made.errors()) == []
    assert refused(filled("consent_withdrawal", wishes="tell do_not_tell"), "wishes")


def test_a_withdrawal_works_from_the_day_it_was_said() -> None:
    made = filled("consent_withdrawal", withdrawn_on="2026-11-20", stopped_on="2026-11-19")
    assert refused(made, "stopped_on")


@pytest.mark.parametrize("form_id", SHEETS)
def test_a_sheet_to_take_home_asks_nothing_about_the_person(form_id: str) -> None:
    kinds = {q.field_class for q in form_of(form_id).walk() if not q.is_container and q.kind is not QuestionKind.NOTE}
    assert kinds <= {FieldClass.OPERATIONAL, FieldClass.CONTACT}
    assert form_of(form_id).signatures == ()
    said = [text for q in form_of(form_id).walk() for text in (q.label or {}).values()]
    assert [text for text in said if "[" in text] == []  # what is doubtful sends the reader to us, without marks


def test_the_safety_card_betrays_nobody() -> None:
    form = form_of("safety_card")
    said = [form.title, *(texts for question in form.walk() for texts in texts_of(question))]
    for texts in said:
        for language in SPOKEN:
            assert not BETRAYING.search(texts[language]), texts[language]
            assert not HELPLINE_WORDS.search(texts[language]), texts[language]
    assert form.standards == ""


@pytest.mark.parametrize("form_id", [*CONSENTS, *SHEETS])
def test_no_number_to_call_but_those_of_the_program(form_id: str) -> None:
    found = code_list("emergency_number")
    assert found is not None
    known = {code.attributes["number"] for code in found.codes}
    for question in form_of(form_id).walk():
        for texts in texts_of(question):
            for language in SPOKEN:
                for number in re.findall(r"(?<![\d-])1\d\d(?: \d\d)?(?!\d)", texts.get(language, "")):
                    assert number in known or number == "180", (question.path, number)


def test_the_card_has_all_its_numbers_in_every_language() -> None:
    (note,) = [question for question in form_of("safety_card").walk() if question.name == "numbers_note"]
    for language in SPOKEN:
        assert [line.split(": ")[0] for line in note.label[language].split("\n")] == [
            "112",
            "102",
            "103",
            "111",
            "116 16",
        ]
