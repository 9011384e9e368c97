"""Whoever is kept away from a case is told nothing of it by any command, whatever their roles."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click
import pytest

from kzcase.actions import desk
from kzcase.cli.commands import commands
from kzcase.db.casebook import Casebook
from kzcase.domain.permissions import Role
from tests.actions.steps import do
from tests.cli.running import Ran, run
from tests.db.books import founded
from tests.db.laptops import colleague, laptop
from tests.paper.reading import text_of as text_of_paper
from tests.whole_case import MARK, PHONES, WholeCase, whole_case

READS = """
case expected B {case} | case export B --reason checking --output {out}.csv | case history B {case} | case list B
case reads B | case show B {case} | case stands B {case} | case together B {case} | count B | day B | due B | rules B
day B --colleagues | due B --all
search B {mark} | search B {phone} | search B {case} | team B | retention B
person alike B --family {mark} | person pairs B | person print B family {person} --output {out}.pdf
person print B receipt {document} --output {out}.pdf
person show B {person} | person sought B
attachment list B {case} | attachment copy B {attachment} --output {out}.snd
print case_sheet --lang kk --casebook B --case {case} --output {out}.pdf
export B --format xform --case {case} --form victim_screening --output {out}.xml
incident affected B {incident} | incident list B | incident notice B {incident} --to people --lang kk --output {out}.pdf
referral figures B {partner} | referral incoming B | referral list B | referral partners B | referral show B {referral}
helpline calls B | helpline calls B {phone} | helpline calls B 2026 | helpline show B {call} --reason checking
helpline open B | helpline print signal_sheet B --of {signal} --output {out}.pdf
helpline print shift_report B --output {out}.pdf
register consents B | register disclosures B | register requests B | register incidents B | register access B
staff shares B | form key B
"""
"""Every command that shows something of a casebook; B is the casebook."""
PAPER = "%PDF"
OTHERS = """
act attack backup bench check codes deadline demo help iin import last-release new recover restore salvage same-name
scan schema stay summary
staff: add freeze give-share hand-on-notes list log-key new-shares passphrase remove roles try-shares unfreeze
case: hold release
person: block certificate erase unblock
attachment: add
form: add answer check list withdraw
incident: close open tell
helpline: sheets summary
"""
"""Those that write, count for everybody, or have no casebook."""


def lines() -> list[str]:
    """Each reading command."""
    return [line.strip() for line in READS.replace("\n", "|").split("|") if line.strip()]


def every_command(group: click.Command = commands, name: str = "") -> Iterator[str]:
    """The names of all commands."""
    if isinstance(group, click.Group):
        for each in group.list_commands(click.Context(group)):
            yield from every_command(group.get_command(click.Context(group), each) or group, f"{name} {each}".strip())
    else:
        yield name


def test_every_command_is_among_those_tried_or_has_nothing_to_show() -> None:
    others = set()
    for line in OTHERS.strip().splitlines():
        before, colon, after = line.partition(":")
        others |= {f"{before} {each}" for each in after.split()} if colon else set(line.split())
    there = set(every_command())
    read = {name for name in there if any(line.startswith(f"{name} ") for line in lines())}
    assert there - read == others


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Casebook, Casebook, WholeCase]]:
    """The founder's laptop, that of an administrator with every role who is kept away, and the case."""
    folder = tmp_path_factory.mktemp("kept-away")
    with founded(folder) as book:
        case = whole_case(book, "Founder", colleague(book, Role.CASEWORKER).staff_id.hex())
        identity = colleague(book, *Role)
        do(book, act="case.blocked", case=case.number, staff=identity.staff_id.hex())
        with laptop(folder, identity, book) as away:
            yield book, away, case


def told(
    book: Casebook, case: WholeCase, folder: Path, monkeypatch: pytest.MonkeyPatch, *, files: bool = True
) -> dict[str, str]:
    """Command → everything it said, its files included; without `files` only what the others answered."""

    @contextmanager
    def opened(path: Path, _passphrase: str, **_asked: Any) -> Iterator[SimpleNamespace]:
        yield SimpleNamespace(book=book, path=path, keys=None)

    monkeypatch.setattr(desk, "open_desk", opened)
    (folder / "passphrase").write_text("generated words\n")
    monkeypatch.setenv("KZCASE_PASSPHRASE_FILE", str(folder / "passphrase"))
    given = {**case.made, "case": case.number, "mark": MARK, "phone": PHONES[2]}
    found = {}
    for number, line in enumerate(lines()):
        out = folder / f"out-{number}"
        words = [word.format(**given, out=out) for word in line.split()]
        if "--output" in words and not files:
            continue
        ran = run(*(str(book.folder.path) if word == "B" else word for word in words), "--json")
        if not files:
            found[line] = ran.out.decode() if ran.code == 0 else ""
            continue
        found[line] = said(ran) + "".join(text_of(path) for path in folder.glob(f"{out.name}.*"))
    return found


def text_of(file: Path) -> str:
    """What a file says."""
    if file.suffix == ".pdf":
        return PAPER + text_of_paper(file.read_bytes())
    return file.read_text("utf-8", "replace")


def said(ran: Ran) -> str:
    """Both streams of a command that ended in words, whatever its code."""
    assert "Traceback" not in ran.err
    return ran.out.decode() + ran.err


def marks_in(text: str, case: WholeCase, line: str) -> list[str]:
    """What of the case stands in it, but for what was typed."""
    marks = [MARK, case.number, *PHONES, "2010-05-11", *(case[name] for name in ("case", "person", "call", "child"))]
    typed = {"{mark}": MARK, "{phone}": PHONES[2], "{case}": case.number}
    typed |= {"{person}": case["person"], "{call}": case["call"]}
    return [mark for mark in marks if mark in text and not any(typed.get(word) == mark for word in line.split())]


def test_no_command_tells_them_anything(
    office: tuple[Casebook, Casebook, WholeCase], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _book, away, case = office
    away.show_names()
    found = told(away, case, tmp_path, monkeypatch)
    assert {line: marks for line, text in found.items() if (marks := marks_in(text, case, line))} == {}
    made = {line for line, text in found.items() if PAPER in text}
    assert {line.split(" B")[0] for line in made} == {"incident notice", "helpline print shift_report"}, "of nobody"


def test_the_canary_the_same_commands_tell_whoever_works_on_it(
    office: tuple[Casebook, Casebook, WholeCase], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book, _away, case = office
    book.show_names()
    found = told(book, case, tmp_path, monkeypatch)
    telling = {line.split(" B")[0] for line, text in found.items() if marks_in(text, case, line)}
    assert telling >= {"case list", "day", "due", "referral list", "referral incoming", "helpline open", "search"}
    assert telling >= {"case show", "case together", "person show", "attachment list", "incident affected"}
    assert telling >= {"case export", "person print", "helpline print signal_sheet"}
    assert sum(PAPER in text for text in found.values()) == sum(".pdf" in line for line in found)


def hidden_in(found: Any) -> Iterator[tuple[str, Any]]:
    """Every value that `masked` beside it names, with its name; a register hides columns of all its rows."""
    if isinstance(found, list):
        for each in found:
            yield from hidden_in(each)
    elif isinstance(found, dict):
        masked = found.get("masked") or ()
        rows = found.get("rows", ()) if "columns" in found else ()
        yield from ((name, each[name]) for each in (found, *rows) for name in masked if name in each)
        yield from hidden_in(list(found.values()))


def masked_in(book: Casebook, case: WholeCase, folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Any]]:
    """Command → what its answer names as masked."""
    folder.mkdir()
    found = told(book, case, folder, monkeypatch, files=False)
    hidden: dict[str, list[Any]] = {}
    for line, text in found.items():
        if text.startswith(("[", "{")):
            hidden.setdefault(line.split(" B")[0], []).extend(hidden_in(json.loads(text)))
    return hidden


@pytest.mark.parametrize(
    ("roles", "hides"),
    [
        ((Role.HELPLINE,), {"day", "due", "case list", "search"}),
        (tuple(Role), {"case show", "person show", "case together"}),
    ],
)
def test_what_is_named_as_masked_is_null_in_every_answer(
    office: tuple[Casebook, Casebook, WholeCase],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    roles: tuple[Role, ...],
    hides: set[str],
) -> None:
    """For somebody of the helpline, and for somebody with every role who did not ask to see names."""
    book, _away, case = office
    with laptop(tmp_path, colleague(book, *roles), book) as other:
        found = masked_in(other, case, tmp_path / "asked", monkeypatch)
    wrong = {line: [one for one in hidden if one[1] is not None] for line, hidden in found.items()}
    assert {line: told for line, told in wrong.items() if told} == {}
    assert {line for line, hidden in found.items() if hidden} >= hides
