"""Acts from files: all or none, one by one, and whatever a file may hold instead."""

import dataclasses
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kzcase.actions import alike_warnings
from kzcase.actions.code_lists import lists_of
from kzcase.actions.perform import read_act
from kzcase.actions.wishes import ACTIONS
from kzcase.cli.act_examples import EXAMPLES, example_of
from kzcase.cli.documents import Committed
from kzcase.db.rulebook import baseline
from kzcase.i18n import LANGUAGES
from kzcase.journal.kinds import KINDS
from tests.cli.running import CALL, CASE, COLLEAGUE, SECOND, acts_file, file_with, run

NEW: dict[str, Any] = CASE | {"person": {"names": [{"family": "Бөлекова", "given": "Жаңа"}]}}
OLD: dict[str, Any] = {"names": [{"family": "Ескі", "given": "Танымал"}]}
"""Two who are not known yet: the casebook has the case of CASE already."""


def counts(casebook: Path) -> dict[str, int]:
    return run("count", casebook, "--json").json("count")


def test_acts_are_performed_and_told(casebook: Path, tmp_path: Path) -> None:
    done = run("act", casebook, acts_file(tmp_path, [NEW, CALL]), "--json")
    assert (done.code, done.err) == (0, "")
    opened, logged = done.json("act")
    assert opened["act"] == "case.opened"
    assert len(bytes.fromhex(opened["case"])) == len(bytes.fromhex(logged["call"])) == 16
    note = {"act": "note.added", "case": opened["number"], "text": "x"}
    assert run("act", casebook, acts_file(tmp_path, [note | {"case": opened["case"]}, note])).code == 0
    assert counts(casebook)["notes"] == 4


def test_one_bad_act_undoes_all(casebook: Path, tmp_path: Path) -> None:
    before = counts(casebook)
    done = run("act", casebook, acts_file(tmp_path, [CASE, CASE | {"region": "KZ-00"}]), "--json")
    assert (done.code, done.out) == (2, b"")
    assert done.err.startswith("[1].region: ")
    assert counts(casebook) == before


def test_one_by_one_keeps_what_came_before_the_bad_one(casebook: Path, tmp_path: Path) -> None:
    before = counts(casebook)
    done = run("act", casebook, acts_file(tmp_path, [NEW, CALL, CASE | {"kind": "x"}, CALL]), "--each", "--json")
    assert done.code == 2
    assert [msgspec.json.decode(line)["committed"] for line in done.out.splitlines()] == [0, 1]
    assert done.err.startswith("[2].kind: ")
    after = counts(casebook)
    assert (after["cases"], after["calls"]) == (before["cases"] + 1, before["calls"] + 1)


def test_acts_come_from_standard_input_too(casebook: Path) -> None:
    assert run("act", casebook, "-", given=msgspec.json.encode([CALL])).code == 0


def test_an_empty_list_is_nothing_to_do(casebook: Path, tmp_path: Path) -> None:
    before = counts(casebook)
    assert run("act", casebook, acts_file(tmp_path, []), "--json").json("act") == []
    assert counts(casebook) == before


def test_every_act_has_a_schema() -> None:
    printed = run("act", "--schema")
    acts = msgspec.json.decode(printed.out)["acts"]
    assert {"case.opened", "note.added", "call.logged", "referral.sent"} <= set(acts)


def person(**changes: Any) -> dict[str, Any]:
    return CASE | {"person": CASE["person"] | changes}


def nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


HOSTILE: dict[str, tuple[object, str]] = {
    "nothing": (b"", "JSON"),
    "not JSON": (b"{", "JSON"),
    "noise": (bytes(range(256)) * 9, "JSON"),
    "not UTF-8": (b'[{"act":"\xff\xfe"}]', "JSON"),
    "a hundred thousand brackets": (nested(100_000), "JSON"),
    "a hundred thousand braces": (b'{"a":' * 100_000, "JSON"),
    "deep inside an act": (b'[{"act":"note.added","case":"x","text":' + nested(100_000) + b"}]", "JSON"),
    "deep enough to be read": (b'[{"act":"note.added","case":"x","text":' + nested(400) + b"}]", "[0]"),
    "an object": ({"act": "note.added"}, "JSON"),
    "a list of numbers": ([1], "[0]"),
    "no act": ([{}], "[0]"),
    "an act of no kind": ([{"act": None}], "[0]"),
    "an act as a list": ([{"act": ["note.added"]}], "[0]"),
    "an unknown act": ([{"act": "case.eaten"}], "[0]"),
    "an act only the program writes": ([{"act": "casebook.founded"}], "[0]"),
    "an unknown field": ([CASE | {"colour": "red"}], "[0].colour: "),
    "a field missing": ([{"act": "note.added", "case": "x"}], "[0].text: "),
    "a wrong type": ([person(birth=1994)], "[0].person.birth"),
    "a wrong type in a list": ([CALL, person(citizenships=["UZ", 5])], "[1].person.citizenships"),
    "an unknown code": ([CASE | {"kind": "holiday"}], "[0].kind"),
    "a code of another list for a kind": ([CASE | {"kind": "phone"}], "[0].kind"),
    "a date that is none": ([person(birth="1994-13")], "[0].person.birth"),
    "30 February": ([CASE | {"opened_on": "2026-02-30"}], "[0].opened_on"),
    "a day to come": ([{"act": "note.added", "case": "1", "text": "x", "on": "2999-01-01"}], "[0]"),
    "nobody named": ([person(names=[])], "[0].person.names: "),
    "a name without a letter": ([CALL, person(names=[{"family": "a"}, {}])], "[1].person.names[1]: "),
    "a blank name": ([person(names=[{"family": " ", "given": "\t"}])], "[0].person.names[0]: "),
    "a field twice": (b'[{"act": "note.added", "case": "x", "text": "x", "text": "y"}]', "[0].text: "),
    "an act twice": (b'[{"act": "note.added", "act": "call.logged"}]', "[0].act: "),
    "a birth the other way round": ([person(birth="17.05.1994")], "[0].person.birth: "),
    "an unknown fact of a name": ([person(names=[{"familyname": "x"}])], "[0].person.names[0].familyname: "),
    "nobody": ([{key: CASE[key] for key in CASE if key != "person"}], "[0].person"),
    "no case of that number": ([{"act": "note.added", "case": "2026-AAA-00001", "text": "x"}], "[0].case"),
    "an empty note": ([{"act": "note.added", "case": "x", "text": ""}], "[0].text"),
    "a text of more than a megabyte": ([CASE | {"note": "x" * 1_000_001}], "[0].note"),
    "SQL": ([{"act": "note.added", "case": "x' OR 1=1 --", "text": "x"}], "[0].case"),
    "a number too large": ([person(names=10**40)], "[0].person.names"),
    "true for a text": ([CASE | {"note": True}], "[0].note"),
    "null for a list": ([CALL | {"topics": None}], "[0].topics"),
    "an infinite number": (b'[{"act":"call.logged","channel":1e999}]', ""),
    "half a surrogate": (b'[{"act":"note.added","case":"\\ud800","text":"x"}]', ""),
    "a moment that is none": ([CALL | {"started_at": "yesterday"}], "[0].started_at"),
    "a form with wrong answers": (
        [CASE, {"act": "form.answered", "case": "x", "form": "victim_screening", "answers": {"nowhere": "1"}}],
        "[1]",
    ),
}


TWO_WRONG = {"a day to come"}
"""Where two fields are wrong: the number of the case, and the day."""


def test_all_that_is_wrong_is_said_with_its_place_a_line_each(casebook: Path, tmp_path: Path) -> None:
    """Canary: one mistake is one line."""
    before = counts(casebook)
    wrong = person(sex="fem", height=1) | {"region": "Алматы", "note": 5}
    done = run("--lang", "kk", "act", casebook, acts_file(tmp_path, [NEW, wrong, CALL | {"channel": "fon"}]))
    places = [line.partition(": ")[0] for line in done.err.splitlines()]
    assert places == ["[1].note", "[1].person.height", "[1].region", "[1].person.sex", "[2].channel"]
    assert "female (әйел)" in done.err
    assert "KZ-75 (Алматы қаласы)" in done.err
    assert (done.code, done.out, counts(casebook)) == (2, b"", before)
    values = acts_file(tmp_path, [NEW, person(sex="fem") | {"region": "x", "opened_on": "2026-02-30"}])
    places = [line.partition(": ")[0] for line in run("act", casebook, values, "--each").err.splitlines()]
    assert places[-3:] == ["[1].person.sex", "[1].region", "[1].opened_on"]
    assert len(run("act", casebook, acts_file(tmp_path, [person(sex="fem")])).err.splitlines()) == 1


@pytest.mark.parametrize("what", HOSTILE)
def test_whatever_a_file_holds_is_refused_in_words(casebook: Path, tmp_path: Path, what: str) -> None:
    given, place = HOSTILE[what]
    file = file_with(tmp_path, "x.json", given) if isinstance(given, bytes) else acts_file(tmp_path, given)  # type: ignore[arg-type]
    before = counts(casebook)
    for mode in ((), ("--each",)) if what == "a hundred thousand brackets" else ((),):
        done = run("act", casebook, file, "--json", *mode)
        assert (done.code, done.out) == (2, b""), done.err
        assert place in done.err
        assert done.err.count("\n") == (2 if what in TWO_WRONG else 1)
        assert len(done.err) < 900  # room for the words with which acts begin
        assert "Traceback" not in done.err
    assert counts(casebook) == before


def test_a_kind_of_a_later_release_is_refused(casebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A code that is in its list, but whose pathway is not offered yet."""
    rules = baseline()
    assert "asylum" in rules.codes["case_kind"]
    offered = {kind: pathway for kind, pathway in rules.pathways.items() if kind != "asylum"}
    file = acts_file(tmp_path, [CASE | {"kind": "asylum"}])
    with monkeypatch.context() as patched:
        patched.setattr("kzcase.db.casebook.rulebook_of", lambda _: dataclasses.replace(rules, pathways=offered))
        refused = run("act", casebook, file, "--json")
    assert (refused.code, refused.out) == (2, b"")
    assert refused.err.startswith("[0].kind: ")
    assert run("act", casebook, file, "--json").code == 0


def test_a_file_of_more_than_64_megabytes_is_refused(casebook: Path, tmp_path: Path) -> None:
    large = tmp_path / "large.json"
    with large.open("wb") as stream:
        stream.truncate((64 << 20) + 1)
    for file in (large, "/dev/zero"):
        refused = run("act", casebook, file)
        assert (refused.code, "64 MB" in refused.err) == (2, True)


@pytest.mark.parametrize("file", ["missing.json", ".", "/dev/null/x", "\0"])
def test_a_file_that_is_not_there_is_told(casebook: Path, file: str) -> None:
    assert run("act", casebook, file).code == 2


def test_texts_in_every_script_come_back_as_they_went(casebook: Path, tmp_path: Path) -> None:
    text = "Әңгіме ‏שלום‎ 王 \U0001f600 'quoted\"\\ <b>&amp; {place} %s \t end"
    done = run("act", casebook, acts_file(tmp_path, [CASE | {"note": text}]), "--json").json("act")
    shown = run("case", "show", casebook, done[0]["number"], "--json").json("case show")
    assert [note["text"] for note in shown["notes"]] == [text]


def test_letters_paper_cannot_show_are_taken_and_warned_of(casebook: Path, tmp_path: Path) -> None:
    named = NEW | {"person": {"names": [{"family": "محمد", "given": "Muhammad"}, {"family": "王"}]}}
    file = acts_file(tmp_path, [CALL, named | {"note": "Ә王"}])
    done = run("act", casebook, file, "--json")
    assert done.code == 0, done.err
    logged, opened = done.json("act")
    assert logged["warnings"] == []
    warned = [(one["place"], one["warning"]) for one in opened["warnings"]]
    places = ("[1].note", "[1].person.names[0].family", "[1].person.names[1].family")
    assert warned == [(place, "not_printable") for place in places]
    assert done.err.count("\n") == 3
    assert done.err.splitlines() == [f"{one['place']}: {one['what']} (act 2 of the file)" for one in opened["warnings"]]
    assert "U+738B" in opened["warnings"][0]["what"]
    assert not {"محمد", "王"} & set(done.err)  # codes of letters, never what was typed
    shown = run("case", "show", casebook, opened["number"], "--show-names", "--json").json("case show")
    assert [name["family"] for name in shown["person"]["names"]] == ["محمد", "王"]


def test_one_by_one_each_line_carries_its_warnings(casebook: Path, tmp_path: Path) -> None:
    done = run("act", casebook, acts_file(tmp_path, [CALL, NEW | {"note": "😀"}]), "--each")
    first, second = (msgspec.json.decode(line, type=Committed) for line in done.out.splitlines())
    assert (first.done["warnings"], len(second.done["warnings"])) == ([], 1)
    assert done.err.startswith("[1].note: ")


def test_a_day_more_than_a_year_back_is_taken_and_warned_of(casebook: Path, tmp_path: Path) -> None:
    """A case by today, a note by the day its case was opened."""
    opened = run(
        "act", casebook, acts_file(tmp_path, [NEW, CASE | {"person": OLD, "opened_on": "1990-01-01"}]), "--json"
    )
    new, old = opened.json("act")
    assert [(one["place"], one["warning"]) for one in (*new["warnings"], *old["warnings"])] == [
        ("[1].opened_on", "long_ago")
    ]
    assert "more than a year before" in opened.err
    note = {"act": "note.added", "text": "Generated."}
    days = [(new, "1900-01-01"), (new, None), (old, "1989-06-01"), (old, "1988-06-01"), (old, "1995-01-01")]
    notes = [note | {"case": case["number"]} | ({"on": on} if on else {}) for case, on in days]
    told = run("act", casebook, acts_file(tmp_path, notes), "--json").json("act")
    assert [len(one["warnings"]) for one in told] == [1, 0, 0, 1, 0]


def test_acts_are_told_to_people_without_what_was_told_already(casebook: Path, tmp_path: Path) -> None:
    done = run("act", casebook, acts_file(tmp_path, [CALL, NEW]))
    assert done.code == 0
    assert "case.opened" in done.out.decode()
    assert "warnings" not in done.out.decode()
    assert done.err == "2 acts were performed.\n"


def test_a_file_is_named_where_it_is_no_list_of_acts(casebook: Path, tmp_path: Path) -> None:
    for content, place in (("[\n1,\n}", "acts.json:3: "), ("[", "acts.json: "), ("{}", "acts.json: ")):
        refused = run("act", casebook, file_with(tmp_path, "acts.json", content))
        assert (refused.code, refused.err.startswith(place)) == (2, True), refused.err


def test_the_schema_says_that_a_person_has_a_name() -> None:
    document = msgspec.json.decode(run("act", "--schema").out)
    assert document["$defs"]["PersonFacts"]["properties"]["names"]["minItems"] == 1
    described = msgspec.json.decode(run("schema").out)
    assert described["$defs"]["Warned"]["required"] == ["place", "warning", "what"]
    assert described["$defs"]["Attacked"]["properties"]["undescribed"]
    assert described["$defs"]["SummaryMade"]["properties"]["from_data"]


# Examples


@pytest.mark.parametrize("kind", sorted(ACTIONS))
def test_every_act_has_an_example_that_is_taken(kind: str) -> None:
    """Taken in its shape; its codes are of their lists, its numbers and ids are somebody else's."""
    action, wish = read_act(example_of(kind), "")
    assert action.kind == kind
    said = run("act", "--schema", kind)
    assert said.code == 0
    shown = said.out.decode().split("\n\n")[0].partition("\n")[2]
    assert msgspec.json.decode(shown) == [example_of(kind)]
    for field in msgspec.structs.fields(wish):
        assert re.search(rf"\b{field.encode_name}\b", said.out.decode()), field.name
    assert kind in msgspec.json.decode(run("act", "--schema", "--json", kind).out)["acts"]


def test_no_example_is_of_an_act_there_is_not() -> None:
    assert set(ACTIONS) <= set(EXAMPLES) <= set(KINDS)
    assert run("act", "--schema", "case.eaten").code == 2


def test_the_examples_name_codes_that_there_are() -> None:
    """Looked up where a wish of this office's tests would fail: every word in the examples that is a code."""
    lists = baseline().codes
    for kind, field, name in (
        *(("call.logged", "channel", "channel"), ("call.logged", "outcome", "call_outcome")),
        *(("case.opened", "region", "region"), ("case.closed", "reason", "closure_reason")),
        *(("consent.given", "purpose", "consent_purpose"), ("request.received", "kind", "request_kind")),
        *(("request.answered", "outcome", "request_outcome"), ("incident.opened", "kind", "incident_kind")),
        *(("incident.told", "whom", "incident_told"), ("partner.added", "kind", "organisation")),
        *(("referral.drafted", "need", "need"), ("referral.sent", "how", "referral_how")),
        *(("referral.answered", "outcome", "referral_outcome"), ("note.sealed", "kind", "sealed_kind")),
        *(("phone.added", "safe", "safe_contact"), ("name.added", "kind", "name_kind")),
    ):
        assert EXAMPLES[kind][field] in lists[name], (kind, field)


WITHOUT_KIND: dict[str, tuple[object, list[str]]] = {
    "its kind in another field": ({"kind": "trafficking", "type": "case.open"}, ["case.opened", "case.reopened"]),
    "its name alone": ("case.opened", ["case.opened", "case.reopened", "case.suspended"]),
    "its name in a list": (["note.add"], ["note.added"]),
    "the fields of one act": ({"case": "x", "text": "secret"}, ["note.added"]),
    "the fields of opening a case": ({name: CASE[name] for name in CASE if name != "act"}, ["case.opened"]),
    "nothing to go by": (7, ["call.logged", "case.opened", "note.added"]),
    "a field of no act": ({"colour": "secret"}, ["call.logged", "case.opened", "note.added"]),
}


@pytest.mark.parametrize("what", WITHOUT_KIND)
def test_an_act_without_its_kind_is_told_the_near_ones_first(casebook: Path, tmp_path: Path, what: str) -> None:
    given, near = WITHOUT_KIND[what]
    refused = run("act", casebook, acts_file(tmp_path, [given]))
    assert refused.code == 2
    assert refused.err.startswith("[0]: “act” is missing")
    named = re.findall(r"\[([a-z_., ]+)\]", refused.err)
    assert named[0].split(", ") == near
    assert named[1].split(", ") == sorted({kind.partition(".")[0] for kind in ACTIONS})
    assert "secret" not in refused.err


def test_every_act_is_listed_by_the_word_it_begins_with() -> None:
    """What the refusal names leads to each act there is."""
    words = {kind.partition(".")[0] for kind in ACTIONS}
    listed = {word: run("act", "--schema", word) for word in words}
    assert {ran.code for ran in listed.values()} == {0}
    assert sorted(kind for ran in listed.values() for kind in _kinds(ran.out)) == sorted(ACTIONS)
    cases = msgspec.json.decode(run("act", "--schema", "--json", "case").out)["acts"]
    assert sorted(cases) == _kinds(listed["case"].out)
    assert run("act", "--schema", "cas").code == 2


def test_a_code_that_is_none_is_told_which_there_are(casebook: Path, tmp_path: Path) -> None:
    """A short list is said whole; a long one can be listed."""
    refused = run("act", casebook, acts_file(tmp_path, [person(sex="f")]))
    assert "It has: male (male), female (female), unknown (unknown)." in refused.err
    refused = run("act", casebook, acts_file(tmp_path, [CASE | {"region": "KZ-00"}]))
    assert "`kzcase codes region`" in refused.err


def test_the_example_of_an_act_says_where_its_codes_stand() -> None:
    said = run("act", "--schema", "referral.answered").out.decode()
    assert re.search(r"outcome +kzcase codes referral_outcome\n", said)
    assert re.search(r"how +kzcase codes referral_how\n", said)
    schema = msgspec.json.decode(run("act", "--schema", "--json", "consent.given").out)["$defs"]["GiveConsent"]
    assert (
        schema["properties"]["purpose"]["description"]
        == "codes of the list consent_purpose: `kzcase codes consent_purpose`"
    )
    assert schema["properties"]["partner"]["description"] == "name or id"


def test_every_list_that_is_named_beside_a_field_is_there_and_has_the_code_of_the_example() -> None:
    lists = baseline().codes
    for kind, action in ACTIONS.items():
        fields = {field.encode_name for field in msgspec.structs.fields(action.wish_type)}
        for name, listed in lists_of(kind).items():
            given = EXAMPLES[kind].get(name, [])
            codes = given if isinstance(given, list) else [given]
            assert name in fields, (kind, name)
            assert all(each in lists[listed] for each in codes), (kind, name)


def test_who_opens_a_second_case_of_one_person_is_told_and_not_refused(casebook: Path, tmp_path: Path) -> None:
    """By a file nobody is shown who is known already; canary: the first of two says nothing."""
    person = {"names": [{"family": "Сыналғанова", "given": "Айша"}], "birth": "1994-05"}
    latin = {"names": [{"family": "Synalganova", "given": "Aisha"}], "birth": "1994-05"}
    two = [{**CASE, "person": person}, {**CASE, "person": latin}]
    done = run("act", casebook, acts_file(tmp_path, two[:1]), "--json")
    (first,) = done.json("act")
    assert (first["warnings"], done.err) == ([], "")
    done = run("act", casebook, acts_file(tmp_path, two[1:]), "--each", "--json")
    assert done.code == 0
    (warned,) = msgspec.json.decode(done.out)["done"]["warnings"]
    assert (warned["place"], warned["warning"]) == ("[0].person", "person_alike")
    assert first["number"] in warned["what"]
    assert "kzcase person alike" in done.err


def test_for_how_many_people_of_a_file_nobody_looked_is_said_once(
    casebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Canary: one that compares all has nothing to say."""
    person = {"names": [{"family": "Сыналғанова", "given": "Айша"}], "birth": "1994-05"}
    monkeypatch.setattr(alike_warnings, "MOST_COMPARED", 2)
    done = run("act", casebook, acts_file(tmp_path, [{**CASE, "person": person}] * 5), "--json")
    said = [[each["warning"] for each in one["warnings"]] for one in done.json("act")]
    assert said == [["person_alike"], ["person_alike"], ["people_not_compared"], [], []]
    (line,) = [line for line in done.err.splitlines() if "person pairs" in line]
    assert ": 3." in line
    monkeypatch.setattr(alike_warnings, "MOST_COMPARED", 5)
    done = run("act", casebook, acts_file(tmp_path, [{**CASE, "person": person}] * 5), "--json")
    assert "person pairs" not in done.err, "the canary died"


def test_the_case_of_a_colleague_is_nobodys_warning(casebook: Path, tmp_path: Path) -> None:
    person = {"names": [{"family": "Сыналғанова", "given": "Айша"}], "birth": "1994-05"}
    run("act", casebook, acts_file(tmp_path, [{**CASE, "person": person}]), "--json")
    theirs = file_with(tmp_path, "second.txt", f"{SECOND}\n")
    again = run("act", casebook, acts_file(tmp_path, [{**CASE, "person": person}]), "--json",
                "--as", COLLEAGUE, "--passphrase-file", theirs)  # fmt: skip
    assert again.code == 0, again.err
    assert again.json("act")[0]["warnings"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_act_is_listed_with_what_it_does(language: str) -> None:
    """Those of one word too, as `--schema` with it lists them; JSON has the same."""
    lines = run("--lang", language, "act", "--list").out.decode().splitlines()
    acts = {line.partition(" – ")[0].rstrip(): line.partition(" – ")[2] for line in lines}
    assert acts.keys() == msgspec.json.decode(run("act", "--schema").out)["acts"].keys()
    assert all(acts.values())
    assert (acts["case.opened"] == "Case opened") is (language == "en")
    of_word = run("--lang", language, "act", "--list", "consent").out
    assert of_word == run("--lang", language, "act", "--schema", "consent").out
    listed = run("act", "--list", "consent", "--json").json("act --list")["acts"]
    assert [one["act"] for one in listed] == [line.split()[0] for line in of_word.decode().splitlines()]


def test_an_act_like_no_other_suggests_none() -> None:
    """Where nothing is near, the list is named; near ones are still proposed."""
    refused = run("act", "--schema", "zzz")
    assert (refused.code, "act --list" in refused.err, "call.logged" in refused.err) == (2, True, False)
    assert "[case.closed" in run("act", "--schema", "case.closd").err


def test_a_wrong_code_is_answered_with_codes_and_their_names(casebook: Path, tmp_path: Path) -> None:
    wrong = CASE | {"person": CASE["person"] | {"sex": "woman"}}
    said = run("--lang", "ru", "act", casebook, acts_file(tmp_path, [wrong])).err
    assert "female (женский)" in said


def test_what_was_undone_is_said_to_be_undone(casebook: Path, tmp_path: Path) -> None:
    """Canary in the same breath: what somebody changed since is still said to be changed."""
    number = run("case", "list", casebook, "--json").json("case list")["cases"][0]["number"]
    tasked = acts_file(tmp_path, [{"act": "task.added", "case": number, "title": "x", "due": "2026-12-01"}])
    (made,) = run("act", casebook, tasked, "--json").json("act")
    undo = [{"act": "act.undone", "of": made["id"]}]
    done = acts_file(tmp_path, [{"act": "task.done", "task": made["task"], "on": "2026-11-23"}])
    (finished,) = run("act", casebook, done, "--json").json("act")
    assert "changed since" in run("act", casebook, acts_file(tmp_path, undo)).err
    back = [{"act": "act.undone", "of": finished["id"]}]
    assert run("act", casebook, acts_file(tmp_path, back)).code == 0
    assert "undone already" in run("act", casebook, acts_file(tmp_path, back)).err
    note = [{"act": "note.added", "case": number, "text": "x"}]
    (written,) = run("act", casebook, acts_file(tmp_path, note), "--json").json("act")
    undo = [{"act": "act.undone", "of": written["id"]}]
    assert run("act", casebook, acts_file(tmp_path, undo)).code == 0
    assert "undone already" in run("act", casebook, acts_file(tmp_path, undo)).err


def _kinds(listed: bytes) -> list[str]:
    """What stands before the words of each line."""
    return [line.split()[0] for line in listed.decode().splitlines()]
