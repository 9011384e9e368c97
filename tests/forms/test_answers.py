"""Answering a form: what is asked, what follows, what is wrong, repeats and missing answers."""

import pytest

from kzcase.domain.errors import BadInput, NotFound, NotPossibleNow, TooLarge
from kzcase.forms.answers import LONGEST_ANSWER
from kzcase.forms.definition import Form, QuestionKind
from kzcase.forms.evaluation import evaluate
from tests.forms.filled import NOON, form_of_table, said, sheet

JOURNEY = """
| survey |
| | type | name | label::en | label::ru | relevant | constraint | calculation | required | choice_filter | count |
| | integer | people | How many? | Сколько? | | . < 5 | | yes | | |
| | begin repeat | legs | Leg | Этап | | | | | | ${people} |
| | integer | days | Days | Дни | | . >= 0 | | | | |
| | text | to | To | Куда | ${days} > 3 | | | yes | | |
| | calculate | place | | | | | position(..) | | | |
| | end repeat | | | | | | | | | |
| | begin repeat | papers | Paper | Документ | | | | | | |
| | text | kind | Kind | Вид | | | | | | |
| | end repeat | | | | | | | | | |
| | calculate | total | | | | | sum(${days}) | | | |
| | calculate | last_to | | | | | indexed-repeat(${to}, ${legs}, ${people}) | | | |
| | begin group | late | Late | Поздно | ${total} > 10 | | | | | |
| | select_multiple food | eat | Eat | Есть | | | | | kind = ${people} or kind = '' | |
| | note | told | ${total} days | ${total} дней | | | | | | |
| | date | day | Day | День | | . <= today() | | | | |
| | end group | | | | | | | | | |
| | calculate | eaten | | | | | count-selected(${eat}) | | | |
| choices |
| | list_name | name | label::en | label::ru | kind |
| | food | rice | Rice | Рис | 2 |
| | food | bread | Bread | Хлеб | 3 |
| | food | other | Other | Другое | |
"""


@pytest.fixture(scope="module")
def journey() -> Form:
    return form_of_table(JOURNEY)


def test_a_counted_repeat_follows_its_number(journey: Form) -> None:
    filled = sheet(journey)
    assert filled.repeats("legs") == ()
    assert filled.answer("people", "3").structure
    assert filled.repeats("legs") == ("legs[1]", "legs[2]", "legs[3]")
    filled.answer("legs[3]/days", "3")
    assert filled.get("total") == "3"
    assert [filled.get(f"legs[{n}]/place") for n in (1, 2, 3)] == ["1", "2", "3"]
    filled.answer("people", "1")
    assert filled.repeats("legs") == ("legs[1]",)
    with pytest.raises(NotPossibleNow):
        filled.add_repeat("legs")


def test_a_change_reaches_all_that_depends_on_it_and_nothing_else(journey: Form) -> None:
    filled = sheet(journey)
    filled.answer("people", "2")
    changed = set(filled.answer("legs[2]/days", "11").paths)
    assert {"legs[2]/days", "legs[2]/to", "total", "late", "late/eat", "late/told"} <= changed
    assert not {path for path in changed if path.startswith("legs[1]")}
    assert filled.relevant("late/eat")
    assert filled.relevant("legs[2]/to")
    assert not filled.relevant("legs[1]/to")


def test_what_is_not_asked_cannot_be_seen_and_comes_back_unharmed(journey: Form) -> None:
    filled = sheet(journey)
    filled.load({"people": "2", "legs[1]/days": "11", "late/eat": "rice other"})
    assert filled.get("eaten") == "2"
    filled.answer("legs[1]/days", "1")
    assert filled.get("eaten") == "0"
    assert "late/eat" not in filled.values()
    filled.answer("legs[1]/days", "12")
    assert filled.values()["late/eat"] == "rice other"


def test_filters_offer_and_check_choices(journey: Form) -> None:
    filled = sheet(journey)
    filled.load({"people": "2", "legs[1]/days": "11"})
    assert [choice.name for choice in filled.choices("late/eat")] == ["rice", "other"]
    filled.answer("late/eat", "bread")
    assert said(filled.error("late/eat")) == "This answer is not among the choices offered."
    filled.answer("late/eat", "rice")
    assert filled.error("late/eat") is None


def test_texts_hold_answers_in_the_wanted_language(journey: Form) -> None:
    filled = sheet(journey, "ru")
    filled.load({"people": "2", "legs[1]/days": "11"})
    label = filled.question("late/told").label
    assert filled.text("late/told", label) == "11 дней"
    assert filled.text("late/told", label, "en") == "11 days"


def test_errors_name_each_place(journey: Form) -> None:
    found = evaluate(journey, {"people": "2", "legs[1]/days": "-1", "legs[2]/days": "twelve"}, now=NOON)
    assert {path: said(words) for path, words in found.errors.items()} == {
        "legs[1]/days": "This answer does not fit the rule of the form.",
        "legs[2]/days": "Please enter a whole number.",
    }
    rule = {"constraint_message::en": "At most four.", "required_message::en": "How many, please."}
    own = form_of_table(
        f"| survey |\n| | type | name | label::en | constraint | required | {' | '.join(rule)} |\n"
        f"| | integer | n | N | . < 5 | yes | {' | '.join(rule.values())} |\n"
    )
    assert said(evaluate(own, {"n": "9"}, now=NOON).errors["n"]) == "At most four."
    assert said(evaluate(own, {}, now=NOON).errors["n"]) == "How many, please."
    assert said(evaluate(journey, {}, now=NOON).errors["people"]) == "This needs an answer."


def test_a_reason_stands_for_an_answer(journey: Form) -> None:
    filled = sheet(journey)
    filled.load({"people": "1", "legs[1]/days": "5"})
    assert "legs[1]/to" in filled.errors()
    filled.leave_open("legs[1]/to", "refused")
    assert filled.errors() == {}
    assert filled.reasons() == {"legs[1]/to": "refused"}
    filled.leave_open("legs[1]/to", "not_asked")
    assert "legs[1]/to" in filled.errors(), "what was not asked is still to be asked"
    filled.leave_open("legs[1]/days", "unknown")
    assert filled.get("total") == "0", "rules see an empty answer"
    filled.answer("legs[1]/days", "2")
    assert filled.missing("legs[1]/days") == ""
    with pytest.raises(BadInput):
        filled.leave_open("people", "lazy")


def test_journal_paths_keep_their_instance_while_numbers_move(journey: Form) -> None:
    filled = sheet(journey)
    filled.load({"papers{aa}/kind": "passport", "papers{bb}/kind": "visa"})
    assert filled.repeats("papers") == ("papers[1]", "papers[2]"), "the empty first instance made room"
    assert filled.journal_path("papers[2]/kind") == "papers{bb}/kind"
    filled.remove_repeat("papers[1]")
    assert filled.display_path("papers{bb}/kind") == "papers[1]/kind"
    assert filled.values(journal=True)["papers{bb}/kind"] == "visa"
    assert filled.add_repeat("papers", key="cc") == "papers[2]"


def test_display_numbers_bring_repeats_into_being(journey: Form) -> None:
    found = evaluate(journey, {"papers[3]/kind": "visa"}, now=NOON)
    assert found.values["papers[3]/kind"] == "visa"
    assert "papers[2]/kind" in found.relevant


@pytest.mark.parametrize("path", ["nobody", "people/x", "papers[1]", "papers[2]/kinds", "late", "a[[1]", "people{x}/y"])
def test_unknown_paths_are_refused(journey: Form, path: str) -> None:
    with pytest.raises(NotFound):
        evaluate(journey, {path: "1"}, now=NOON)


def test_too_much_is_refused(journey: Form) -> None:
    with pytest.raises(TooLarge):
        evaluate(journey, {"papers[1]/kind": "x" * (LONGEST_ANSWER + 1)}, now=NOON)
    with pytest.raises(TooLarge):
        evaluate(journey, {"papers[1001]/kind": "x"}, now=NOON)
    filled = sheet(journey)
    with pytest.raises(TooLarge):
        filled.answer("papers[1]/kind", "x" * (LONGEST_ANSWER + 1))


def test_calculated_answers_are_not_taken(journey: Form) -> None:
    filled = sheet(journey)
    with pytest.raises(NotPossibleNow):
        filled.answer("total", "9")
    filled.load({"total": "9", "people": "1", "legs[1]/days": "4"})
    assert filled.get("total") == "4"
    assert filled.readonly("total")
    assert not filled.readonly("people")


KINDS = """
| survey |
| | type | name | label | parameters | constraint |
| | text | words | W | | |
| | integer | whole | W | | |
| | decimal | part | P | | |
| | date | day | D | | |
| | time | hour | H | | |
| | dateTime | moment | M | | |
| | select_one ab | one | O | | |
| | select_multiple ab | many | M | | |
| | rank ab | order | R | | |
| | range | scale | S | start=1 end=5 step=1 | |
| | geopoint | point | P | | |
| | barcode | code | B | | |
| | acknowledge | seen | S | | |
| | image | photo | P | | |
| | text | mail | M | | regex(., '[^@]+@[^@]+') |
| choices |
| | list_name | name | label |
| | ab | a | A |
| | ab | b | B |
"""


@pytest.mark.parametrize(
    ("path", "good", "bad"),
    [
        ("whole", "-12", "1.5"),
        ("part", "1.5", "1,5"),
        ("day", "2026-02-28", "2026-02-30"),
        ("hour", "14:07", "25:00"),
        ("moment", "2026-02-28T14:07:00.000+05:00", "2026-02-28"),
        ("one", "a", "c"),
        ("many", "b a", "a a"),
        ("order", "b a", "b"),
        ("scale", "5", "6"),
        ("point", "43.24 76.9", "91 0"),
        ("mail", "a@b", "a"),
    ],
)
def test_each_kind_checks_the_shape_of_its_answer(path: str, good: str, bad: str) -> None:
    filled = sheet(form_of_table(KINDS))
    filled.answer(path, good)
    assert filled.errors() == {}
    filled.answer(path, bad)
    assert list(filled.errors()) == [path]
    assert said(filled.error(path))


def test_every_kind_of_question_is_recognised() -> None:
    found = {question.kind for question in form_of_table(KINDS).walk()} | {
        question.kind for question in form_of_table(JOURNEY).walk()
    }
    missing = set(QuestionKind) - found
    assert missing == {QuestionKind.AUDIO, QuestionKind.FILE, QuestionKind.HIDDEN}


def test_first_answers_are_worked_out_once_and_in_each_new_repeat() -> None:
    form = form_of_table(
        """
| survey |
| | type | name | label | default |
| | date | opened | O | today() |
| | text | fixed | F | hello |
| | begin repeat | r | R | |
| | date | seen | S | today() |
| | integer | n | N | 7 |
| | end repeat | | | |
"""
    )
    filled = sheet(form)
    assert filled.values() == {"opened": "2026-11-22", "fixed": "hello", "r[1]/seen": "2026-11-22", "r[1]/n": "7"}
    assert filled.add_repeat("r") == "r[2]"
    assert filled.get("r[2]/seen") == "2026-11-22"
    filled.answer("opened", "2026-01-01")
    filled.recalculate()
    assert filled.get("opened") == "2026-01-01"
    filled.load({"fixed": ""})
    assert filled.get("fixed") == ""


def test_choices_may_come_from_a_repeat_of_the_form() -> None:
    form = form_of_table(
        """
| survey |
| | type | name | label |
| | begin repeat | person | P |
| | text | called | C |
| | end repeat | | |
| | select_one ${called} | eldest | E |
"""
    )
    filled = sheet(form)
    filled.load({"person[1]/called": "Aigul", "person[2]/called": "Dana"})
    assert [choice.name for choice in filled.choices("eldest")] == ["Aigul", "Dana"]
    filled.answer("person[2]/called", "Saule")
    assert [choice.name for choice in filled.choices("eldest")] == ["Aigul", "Saule"]


def test_a_choice_is_named_in_the_language_of_the_sheet() -> None:
    form = form_of_table(
        """
| survey |
| | type | name | label::English (en) | label::Русский (ru) | calculation |
| | select_one ab | one | O | О | |
| | calculate | spoken | | | jr:choice-name(${one}, '${one}') |
| choices |
| | list_name | name | label::English (en) | label::Русский (ru) |
| | ab | a | Apple | Яблоко |
"""
    )
    filled = sheet(form)
    filled.answer("one", "a")
    assert filled.get("spoken") == "Apple"
    filled.speak("ru")
    assert filled.get("spoken") == "Яблоко"
