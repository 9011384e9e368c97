"""Answers for people: in the reader's language, codes by their names, dates as written here, hidden things said so."""

import ast
import dataclasses
import re
import typing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest

from kzcase import actions
from kzcase.cli.code_names import CODES, WORDS
from kzcase.cli.documents import (
    OUTPUTS,
    CaseStands,
    Check,
    CheckFinding,
    Erased,
    FormError,
    Iin,
    StatedFact,
    SummaryMade,
)
from kzcase.cli.documents.line import LineCounts
from kzcase.cli.labels import LABELS
from kzcase.cli.left_out import LEFT_OUT
from kzcase.cli.readable import Reader
from kzcase.cli.team import _line
from kzcase.db.rulebook import baseline
from kzcase.domain.day_rows import DayKind, DayRow
from kzcase.domain.deadlines_explained import whole_term_of
from kzcase.domain.erasures import COUNTED_CLASSES, RetentionRow
from kzcase.domain.pathways_facts import FACTS
from kzcase.domain.person_rows import EvidenceRow, MemberRow, RecordRow, StepRow
from kzcase.domain.retention import CALL, OTHER_KINDS
from kzcase.domain.rows import AttachmentRow, CaseRow, NoteRow, SheetRow, TaskRow
from kzcase.domain.tasks import When
from kzcase.i18n import LANGUAGES, Language, Words, render, verbatim
from tests.cli.running import acts_file, run

CASE = CaseRow(
    id="00",
    number="2026-AAA-00001",
    name=None,
    sex="female",
    birth="1994-05",
    kind="trafficking",
    stage="signal",
    region="KZ-75",
    worker="Айнұр",
    opened_on=date(2026, 11, 22),
    closed_on=None,
    masked=frozenset({"name"}),
)


def lines(answer: object, language: Language = "en") -> list[str]:
    return list(Reader(language).lines(answer))


def rows_in(kind: object, found: dict[type, list[str]]) -> dict[type, list[str]]:
    """Every kind of row that an output can hold, with its fields."""
    for inner in typing.get_args(kind):
        rows_in(inner, found)
    if isinstance(kind, type) and kind not in found:
        if issubclass(kind, msgspec.Struct):
            found[kind] = list(kind.__struct_fields__)
        elif dataclasses.is_dataclass(kind):
            found[kind] = [field.name for field in dataclasses.fields(kind)]
        for hint in typing.get_type_hints(kind).values() if kind in found else ():
            rows_in(hint, found)
    return found


ROWS: dict[type, list[str]] = {}
for _output in OUTPUTS.values():
    rows_in(_output, ROWS)


@pytest.mark.parametrize("kind", ROWS, ids=lambda kind: kind.__name__)
def test_every_field_of_every_output_has_a_label(kind: type) -> None:
    shown = [name for name in ROWS[kind] if name not in LEFT_OUT.get(kind.__name__, ())]
    assert not [name for name in shown if name not in LABELS and f"{kind.__name__}.{name}" not in LABELS]


def test_labels_name_rows_fields_and_lists_that_there_are() -> None:
    fields = {(kind.__name__, name) for kind, names in ROWS.items() for name in names}
    assert set(CODES) | set(WORDS) <= fields
    assert {(kind, name) for kind, names in LEFT_OUT.items() for name in names if kind != "dict"} <= fields
    lists = {name for listed in CODES.values() for name in listed.split()}
    assert lists <= set(baseline().codes)
    assert all(CODES.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_case_reads_in_each_language(language: Language) -> None:
    said = "\n".join(lines(CASE, language))
    names = baseline()
    for code_list, code in (("case_kind", "trafficking"), ("sex", "female"), ("region", "KZ-75")):
        assert names.name(code_list, code, language) in said
    assert "KZ-75" not in said
    assert "22.11.2026" in said
    assert "05.1994" in said
    stage = names.pathways["trafficking"].stage("signal")
    assert stage is not None
    assert stage.name(language) in said
    assert render(LABELS["region"], language) in said
    assert "masked" not in said


def test_a_record_says_when_its_term_ends_where_that_is_near() -> None:
    row = RecordRow("00", "document", {"kind": "foreign_passport"}, date(2026, 11, 30))
    (said,) = [line for line in lines(row) if line.startswith("Term near its end or over")]
    assert said.endswith("  30.11.2026")
    assert not [line for line in lines(dataclasses.replace(row, ends=None)) if "Term" in line]


def test_a_file_without_rows_has_no_row_nought() -> None:
    for row, said in ((0, "–"), (4, "4")):
        first, *_more = Reader("en").lines(FormError(row=row, place="settings", message="Wrong."))
        assert first.split() == ["Row", said]


def test_what_is_hidden_is_said_to_be_hidden_not_empty() -> None:
    reader = Reader("en")
    said = dict(line.split("  ", 1) for line in reader.lines(CASE))
    assert reader.hides
    assert said["Name"].strip() == "(hidden)"
    assert said["Closed on"].strip() == "–"
    assert not Reader("en").hides


def test_alike_things_stand_in_columns() -> None:
    head, first, second = lines([CASE, dataclasses.replace(CASE, number="2026-AAA-00002", worker="B")])
    assert head.index("Worker") == first.index("Айнұр") == second.index("B  ")
    assert "00001" in first


def test_long_texts_stand_below_each_other_and_keep_their_lines() -> None:
    note = NoteRow("00", "first line\n" + "word " * 60, datetime(2026, 11, 22, 20, tzinfo=UTC), "Айнұр")
    said = lines([note])
    assert said[0] == "Text:"
    assert said[1] == "  first line"
    assert all(len(line) <= 110 for line in said)
    assert "Written at  23.11.2026 01:00" in said


def test_tasks_of_the_program_are_said_in_the_readers_language() -> None:
    task = TaskRow("00", "", "", "R-1", None, None, None, "referral_reply", False)
    assert any(render(task.said, "ru") in line for line in lines(task, "ru"))


def test_what_does_not_concern_an_answer_is_left_out() -> None:
    made = SummaryMade(
        out="o", files=[], fingerprints={}, base=5, bound=5, people=1, cells=1, stamps=[], notes=[], from_data=["x"]
    )
    said = "\n".join(lines(made))
    assert "Approved" not in said
    assert "Categories taken from the file  x" in said


def test_yes_no_and_nothing() -> None:
    assert lines(Iin(valid=False, warnings=[])) == [
        "Length and check digit fit  no",
        "Warnings                    –",
    ]
    checked = Check(ok=True, findings=[CheckFinding(check="pages", what="x")], cases=1, operations=2)
    assert lines(checked)[1:4] == ["Findings:", "  Check  What was found", "  pages  x"]


def test_nothing_that_steers_a_terminal_is_put_out() -> None:
    said = "\n".join(lines({"a\x1b[2J": "b\u202ec\x07"}) + lines(dataclasses.replace(CASE, worker="\x1b[31mred")))
    assert said.isprintable() or not {letter for letter in said if not letter.isprintable()} - {"\n"}
    assert "Қәтен Өмір" in "".join(lines(["Қәтен Өмір"]))


def test_the_command_says_how_hidden_things_are_shown(casebook: Path) -> None:
    listed = run("case", "list", casebook)
    assert "--show-names" in listed.err
    shown = run("case", "list", casebook, "--show-names")
    assert "Каримова" in shown.out.decode()
    assert shown.err == ""
    assert "--show-names" not in run("case", "list", casebook, "--json").err


def test_words_are_never_taken_for_rows() -> None:
    assert dataclasses.is_dataclass(Words)
    assert lines({"a": 1}) == ["a  1"]


def ids_of_acts() -> set[str]:
    """Every name under which an act answers with an id, read from where it is written."""
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in Path(actions.__path__[0]).rglob("*.py")]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    done = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Done"]
    inside = [each for call in done for each in ast.walk(call) if isinstance(each, ast.Dict)]
    return {key.value for each in inside for key in each.keys if isinstance(key, ast.Constant)}


def test_every_id_an_act_answers_with_has_a_label() -> None:
    names = ids_of_acts()
    assert {"case", "statement", "change"} <= names
    assert not [name for name in names if name not in LABELS and f"dict.{name}" not in LABELS]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_counted_by_code_is_said_by_name(language: Language) -> None:
    made = Erased(
        number="E",
        person="00",
        reason="request",
        asked_on=None,
        erased_on=None,
        by="A",
        values={"operational": 15, "sensitive": 2},
        texts=0,
        attachments=0,
        unconfirmed=[],
        backups=[],
        destroyed=[],
        certificate=None,
    )
    said = "\n".join(lines(made, language))
    assert f"{render(COUNTED_CLASSES['operational'], language)}  15" in " ".join(said.split("\n"))
    assert "operational" not in said


def test_nothing_counted_is_a_dash_not_a_brace() -> None:
    counts = LineCounts(
        calls=0,
        topics={},
        outcomes={},
        emergencies=0,
        signals=0,
        sheets=0,
        promised=0,
        kept=0,
        outreach=0,
        reached=0,
    )
    assert "{}" not in "".join(lines(counts))
    assert "Topics                     –" in lines(counts)


def test_facts_that_can_be_stated_stand_as_code_and_words() -> None:
    stands = CaseStands(number="N", tracks=[], waiting_steps=[], clocks=[], stated=[], can_be_stated=["safe", "hidden"])
    said = lines(stands, "ru")
    assert f"  safe    {render(FACTS['safe'], 'ru')}" in said
    assert any(line.startswith("  hidden  (") for line in said)
    stated = StatedFact(id="00", fact="safe", said="x", day="2026-11-23", by=None)
    assert any(line.endswith("  23.11.2026") for line in lines(stated))


def test_one_long_text_leaves_the_other_columns_beside_each_other() -> None:
    rows = [
        CaseRow(**{**{field: getattr(CASE, field) for field in CASE.__dataclass_fields__}, "worker": worker})
        for worker in ("Айнұр", "word " * 30)
    ]
    said = lines(rows)
    assert said[0].startswith("Number ")
    assert said[1].startswith("2026-AAA-00001  ")
    assert said[2] == "    Worker  Айнұр"
    assert said[4] == "    Worker:"
    assert all(len(line) <= 200 for line in said)


def test_an_id_made_of_several_is_left_out_and_a_whole_one_is_never_broken() -> None:
    row = TaskRow("a/" + "b" * 40, "", "", "T", None, None, None, "", False)
    assert "bbbb" not in "\n".join(lines([row]))
    long = "c" * 120
    assert any(long in line for line in lines(NoteRow("00", f"see {long}", datetime(2026, 11, 22, tzinfo=UTC), "A")))


@pytest.mark.parametrize(("language", "said"), [("kk", "12 айға дейін"), ("ru", "до 12 месяцев")])
def test_how_far_a_term_may_be_extended_is_declined(language: Language, said: str) -> None:
    rule = next(each for each in baseline().deadlines.versions if each.id == "asylum_decision")
    assert said in render(whole_term_of(rule), language)


def test_forms_are_named_by_their_titles_where_these_are_known() -> None:
    row = SheetRow("00", "victim_screening", "v", "kk", "A", None)
    named = list(Reader("en", titles={"victim_screening": verbatim("Screening of a victim")}).lines(row))
    assert "Screening of a victim" in "".join(named)
    assert "victim_screening" in "".join(lines(row))


def test_a_file_that_opens_once_names_are_shown_says_that_it_is_hidden() -> None:
    row = AttachmentRow("00", "Passport", "image/png", 1, 9, None, "A", can_open=False)
    reader = Reader("en")
    said = "\n".join(reader.lines(row))
    assert "(hidden)" in said
    assert reader.hides


def test_a_call_past_its_term_says_what_it_is() -> None:
    row = RetentionRow("00", "C1", CALL, None, date(2026, 11, 23), "r", doubtful=False, below_law=True)
    said = "\n".join(lines(row, "kk"))
    assert render(OTHER_KINDS[CALL], "kk") in said
    assert "below_law" not in said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("kk", "анасына: жеке басын анықтау (құжат), туу туралы медициналық куәлік"),
        ("ru", "для матери: установление личности (документ), медицинское свидетельство о рождении"),
    ],
)
def test_what_a_step_waits_for_is_said_by_name(language: Language, said: str) -> None:
    waits = StepRow("birth_registration", "not_begun", (("mother:identity",), ("birth_notice",)), False, None)
    either = StepRow("iin", "not_begun", (("birth_registration", "identity"),), False, None)
    lines = "\n".join(Reader(language).lines([waits, either]))
    assert said in lines
    assert {"kk": "немесе", "ru": "или"}[language] in lines
    assert not re.search("[a-z]_[a-z]|mother:", lines)


def test_who_interpreted_and_what_a_paper_is_are_said_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Canary: without its list a code is said as it is stored."""
    heard = MemberRow("00", "00", None, None, date(2026, 11, 20), "Айнұр", "household")
    paper = EvidenceRow("00", "00", None, "witness_statement", 3)
    rows = (heard, "household", "somebody of the household interpreted"), (paper, "witness_statement", "explanation")
    for row, code, named in rows:
        said = " ".join(" ".join(lines(row)).split())
        assert named in said
        assert not re.search(rf"\b{code}$", said)
    monkeypatch.delitem(CODES, ("MemberRow", "interpreter"))  # type: ignore[misc]
    assert any(line.endswith("household") for line in lines(heard))


def test_the_word_that_came_with_an_offer_stands_in_the_day() -> None:
    """Canary: what is hidden is said to be hidden, not to be empty."""
    offer = DayRow(id="00", kind=DayKind.TRANSFER, when=When.TODAY, what=verbatim("x"), said="Please by Friday")
    assert any(line.endswith("Please by Friday") for line in lines(_line(offer)))
    hidden = replace(offer, masked=frozenset({"said"}))
    assert (_line(hidden).note, _line(hidden).masked) == (None, ["note"])
    assert any("Note" in line and line.endswith("(hidden)") for line in lines(_line(hidden)))


def a_task(title: str, rule: str, done: date | None = None, referral: str = "") -> TaskRow:
    return TaskRow("00", "00", "2026-AAA-00001-1", title, None, None, done, rule, False, referral=referral)


def test_a_task_is_said_in_words_also_beside_long_ones_and_keeps_no_code_of_its_referral() -> None:
    """Canary: a long task prints its title as stored, a number that says nothing."""
    notice = a_task("2026-AAA-W00001-6/1", "consent_notice")
    for found in (lines([notice]), lines([notice, a_task("2026-AAA-R00001-2", "referral_reply", referral="accepted")])):
        told = " ".join(" ".join(found).split())
        assert "Tell the recipient that a consent ended, until they confirm: notice 2026-AAA-W00001-6/1" in told
        assert not any(line.strip() == "2026-AAA-W00001-6/1" for line in found)
        assert "accepted" not in told


def test_a_reminder_that_is_done_does_not_say_that_a_reply_was_asked_for() -> None:
    number, day = "2026-AAA-R00001-2", date(2026, 11, 23)
    assert render(a_task(number, "referral_reply").said, "en") == f"Ask for the reply to referral {number}"
    assert render(a_task(number, "referral_reply", done=day).said, "en") == f"Follow referral {number}"


def test_words_of_one_command_are_those_of_the_trade(casebook: Path, tmp_path: Path) -> None:
    """A shift is opened by somebody; a day ends no hour; registers and papers go by their titles, not their codes."""
    assert run("act", casebook, acts_file(tmp_path, [{"act": "shift.opened"}])).code == 0
    shift = run("--lang", "ru", "helpline", "open", casebook).out.decode()
    assert ("Открыта" in shift, "Кто открыл" in shift, "Кто сообщил" in shift) == (True, True, False)
    assert "По какой день" in run("--lang", "ru", "due", casebook).out.decode()
    assert "address_kind" in (lists := run("--lang", "ru", "codes").out.decode())
    assert "место регистрации" in lists
    doubted = run("--lang", "ru", "deadline", "registration_2026", "2026-11-23")
    assert "Правило под сомнением" in doubted.out.decode()
    assert "юриста" in doubted.err
    register = run("--lang", "ru", "register", "purposes", casebook, "-o", tmp_path / "p.pdf").out.decode()
    assert "Цели обработки" in register
    assert "Цели обработки" in run("--lang", "ru", "case", "reads", casebook).out.decode()
    paper = run("--lang", "ru", "print", "victim_screening", "--lang", "kk", "-o", tmp_path / "v.pdf").out.decode()
    assert "victim_screening" not in paper
    assert "before the casebook" in run("register", casebook, "purposes").err
    assert "its number" in run("helpline", "calls", casebook, "701222").err


def test_a_paper_for_a_client_asks_by_its_option(casebook: Path, tmp_path: Path) -> None:
    number = run("case", "list", casebook, "--json").json("case list")["cases"][0]["number"]
    wanted = (
        "print",
        "rights_sheet",
        "--casebook",
        casebook,
        "--case",
        number,
        "--lang",
        "kk",
        "-o",
        tmp_path / "r.pdf",
    )
    assert "--safe-to-take" in run(*wanted).err
