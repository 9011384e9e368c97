"""The helpline at the command line: what is open, answers by a few letters, and papers that name nobody by the way."""

import json
from pathlib import Path
from typing import Any

import pytest

from kzcase.i18n import LANGUAGES
from tests.cli.running import acts_file, run
from tests.paper.reading import text_of

CALL = {"act": "call.logged", "channel": "phone", "language": "kk", "topics": ["held"], "outcome": "out_signal"}
SIGNAL = {"act": "signal.prepared", "unit": "Generated unit", "danger": "now", "facts": "A house.", "heard": True}
NUMBER, WHO = "+7 709 000 00 41", "Айман Үлгі"


def performed(casebook: Path, folder: Path, **act: Any) -> dict[str, str]:
    done = run("act", casebook, acts_file(folder, [act]), "--json")
    assert done.code == 0, done.err
    found: dict[str, str] = json.loads(done.out)[0]
    return found


def test_what_is_open_is_said_without_numbers(casebook: Path, tmp_path: Path) -> None:
    call = performed(casebook, tmp_path, **CALL, danger="yes", emergencies=[{"service": "102"}])["call"]
    back = {
        "act": "call_back.promised",
        "call": call,
        "due": "2027-12-01T19:00",
        "phone": NUMBER,
        "hours": "18:00-20:00",
    }
    performed(casebook, tmp_path, **back)
    performed(casebook, tmp_path, **SIGNAL, call=call)
    done = run("helpline", "open", casebook, "--json")
    document = done.json("helpline open")
    assert [row["hours"] for row in document["call_backs"]] == ["18:00-20:00"]
    assert [row["unit"] for row in document["signals"]] == ["Generated unit"]
    assert document["counts"]["topics"]["held"] == 1
    assert document["urgent"][0]["services"] == ["102"]
    for shown in (done, run("helpline", "open", casebook)):
        assert (shown.code, NUMBER in shown.out.decode()) == (0, False)


def test_the_queue_of_those_who_wait_for_an_interpreter(casebook: Path, tmp_path: Path) -> None:
    call = performed(casebook, tmp_path, **CALL)["call"]
    for language, needed in (("kk", False), ("tg", True)):
        back = {"due": "2027-12-01T19:00", "phone": NUMBER, "language": language, "interpreter": needed}
        performed(casebook, tmp_path, act="call_back.promised", call=call, **back)
    every = run("helpline", "open", casebook, "--json").json("helpline open")["call_backs"]
    waiting = run("helpline", "open", casebook, "--interpreter", "--json").json("helpline open")["call_backs"]
    assert {row["language"] for row in every} == {"kk", "tg"}
    assert [row["language"] for row in waiting] == ["tg"]


def test_a_call_is_found_by_its_number_and_by_the_callers(casebook: Path, tmp_path: Path) -> None:
    for phone in (NUMBER, "+7 709 000 00 42"):
        number = performed(casebook, tmp_path, **CALL, phone=phone, note="Generated words.")["number"]
    for typed in (number, number[:9].lower(), "8 (709) 000-00-42"):
        ran = run("helpline", "calls", casebook, typed, "--json")
        found = ran.json("helpline calls")["calls"]
        assert [row["phone_left"] for row in found if row["number"] == number] == [True], typed
    assert [row["number"] for row in found] == [number]
    listed = run("helpline", "calls", casebook, "--limit", "1", "--json").json("helpline calls")
    assert (listed["total"] >= 2, [row["number"] for row in listed["calls"]]) == (True, [number])
    shown = run("helpline", "show", casebook, number, "--json")
    document = shown.json("helpline show")
    assert (document["listed"]["number"], document["note"]) == (number, "Generated words.")
    for said in (ran, shown, run("helpline", "calls", casebook, number), run("helpline", "show", casebook, number)):
        assert (said.code, "709 000" in said.out.decode() + said.err) == (0, False), "rules come before a number"
    assert "Generated words." not in run("helpline", "calls", casebook).out.decode()
    nothing = run("helpline", "calls", casebook, "+7 709 000 00 99")
    assert (nothing.code, "No call was found" in nothing.err) == (0, True)
    assert run("helpline", "show", casebook, "2026-XXX-C00099-0").code == 2


def test_a_sheet_that_was_given_is_named_by_its_title(casebook: Path, tmp_path: Path) -> None:
    number = performed(casebook, tmp_path, **CALL)["number"]
    performed(casebook, tmp_path, act="sheet.given", call=number, sheet="wages", language="kk", how="read")
    assert "If wages are not paid" in run("helpline", "show", casebook, number).out.decode()


def test_a_look_at_a_call_is_in_the_log_and_names_it(casebook: Path, tmp_path: Path) -> None:
    number = performed(casebook, tmp_path, **CALL, phone=NUMBER)["number"]
    run("helpline", "show", casebook, number)
    run("helpline", "calls", casebook, NUMBER)
    looks = run("case", "reads", casebook, "--json").json("case reads")["looks"]
    assert {"call.read", "search.made"} <= {each["what"] for each in looks}
    (look,) = [each for each in looks if each["what"] == "call.read"]
    assert (look["number"], look["case"]) == (number, None)
    assert "709 000" not in json.dumps(looks)


def test_an_answer_is_found_without_a_casebook() -> None:
    (first, *_more) = run("helpline", "sheets", "жалақы", "--lang", "ru", "--json").json("helpline sheets")["sheets"]
    assert (first["sheet"], first["title"], first["doubtful"]) == ("wages", "Если не платят зарплату", True)
    assert run("helpline", "sheets", "--topic", "nothing").code == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_signal_on_paper_keeps_facts_and_identity_apart(casebook: Path, tmp_path: Path, language: str) -> None:
    call = performed(casebook, tmp_path, **CALL)["call"]
    plain = performed(casebook, tmp_path, **SIGNAL, call=call)["signal"]
    named = {"ground": "life", "identity": WHO, "reason": "Heard blows."}
    grounded = performed(casebook, tmp_path, **SIGNAL, call=call, **named)["signal"]
    papers = {}
    for name, signal in (("plain", plain), ("named", grounded)):
        file = tmp_path / f"{name}.pdf"
        done = run("helpline", "print", "signal_sheet", casebook, "--of", signal, "--lang", language, "-o", file)
        assert done.code == 0, done.err
        papers[name] = text_of(file.read_bytes())
    assert WHO not in papers["plain"]
    assert WHO in papers["named"]
    assert papers["named"].index("A house.") < papers["named"].index(WHO)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_shift_and_a_sheet_are_printed(casebook: Path, tmp_path: Path, language: str) -> None:
    performed(casebook, tmp_path, act="shift.opened")
    call = performed(casebook, tmp_path, **CALL, danger="yes")["call"]
    performed(casebook, tmp_path, act="call_back.promised", call=call, due="2027-12-01T19:00", phone=NUMBER)
    file = tmp_path / "paper.pdf"
    assert run("helpline", "print", "shift_report", casebook, "--lang", language, "-o", file).code == 0
    assert NUMBER not in text_of(file.read_bytes())
    sheet = ("helpline", "print", "information_sheet", casebook, "--of", "wages", "--lang", language, "-o")
    refused = run(*sheet, tmp_path / "not.pdf")
    assert (refused.code, (tmp_path / "not.pdf").exists()) == (2, False), "nobody asked whether it is safe to take"
    assert run(*sheet, tmp_path / "no.pdf", "--safe", "no").code == 2
    assert run(*sheet, tmp_path / "sheet.pdf", "--safe", "yes").code == 0
    assert "2026" in text_of((tmp_path / "sheet.pdf").read_bytes())


def test_the_sheet_about_the_line_names_our_own_number_first(casebook: Path, tmp_path: Path) -> None:
    """Canary: where nobody wrote our number down, the number everybody has stands there alone."""
    sheet = ("helpline", "print", "information_sheet", casebook, "--of", "about_the_line", "--lang", "kk", "--safe",
             "yes", "-o")  # fmt: skip
    assert run(*sheet, tmp_path / "before.pdf").code == 0
    performed(casebook, tmp_path, act="organisation.described", phone="8 727 000 00 00")
    assert run(*sheet, tmp_path / "after.pdf").code == 0
    before, after = (text_of((tmp_path / f"{name}.pdf").read_bytes()) for name in ("before", "after"))
    assert ("8 727 000 00 00" in before, "116 16" in before) == (False, True)
    assert after.index("8 727 000 00 00") < after.index("116 16")


def test_a_quarter_of_calls_is_published_rounded(casebook: Path, tmp_path: Path) -> None:
    calls = [{**CALL, "started_at": f"2026-{7 + number % 3:02}-10T10:00"} for number in range(40)]
    assert run("act", casebook, acts_file(tmp_path, calls), "--json").code == 0
    made = run("helpline", "summary", casebook, "--period", "2026-Q3", "--out", tmp_path / "out", "--json")
    assert made.code == 0, made.err
    document = made.json("helpline summary")
    assert (document["closed"], document["calls"] % 5, document["stamps"][0]) == (True, 0, "not approved")
    assert run("attack", tmp_path / "out", "--json").code == 0
    refused = run("helpline", "summary", casebook, "--period", "2026-08", "--out", tmp_path / "b")
    assert (refused.code, (tmp_path / "b").exists()) == (2, False)
