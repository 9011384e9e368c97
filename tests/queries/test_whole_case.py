"""Every question there is, asked about a case of which everything is kept: by whom is it seen, and what of it?"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import text

from kzcase.actions.reading import enter_case
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Reader
from kzcase.db.shape import shape
from kzcase.db.tables import ENTITIES
from kzcase.domain.classes import FieldClass
from kzcase.domain.looks import Look
from kzcase.domain.permissions import MAY, Permission, Role, Sight, sight
from kzcase.queries import reach
from tests.actions.steps import do
from tests.asking import Asked, every_way, everything_in, questions
from tests.db.books import founded
from tests.db.laptops import colleague, laptop
from tests.whole_case import MARK, PHONES, WholeCase, whole_case

COUNTING = {
    "call_periods.calls_to_count": "a summary must be right whoever makes it; of nobody is anything shown",
    "releases.people_to_count": "a summary must be right whoever makes it; of nobody is anything shown",
    "periods.exploitation_of": "a summary must be right whoever makes it; of nobody is anything shown",
}
INNER = {
    "cases.there": "SQL that leaves the case out, by its id",
    "reach.kept_away": "what is left out",
    "reach.near_condition": "SQL for other questions",
    "call_reach.calls_kept_away": "what is left out",
    "holds.held_cases": "what an erasing asks before it begins",
    "search.people_found": "ids that the search shows where they may be seen",
    "phone_hands.ids_of": "runs the SQL of other questions",
}
BEFORE_CALLING = {
    "call_backs.open_call_backs": "whoever calls back reads how it is safe",
    "call_backs.number_to_call": "a look of its own, entered first",
    "call_backs.number_of_call": "a look of its own, entered first",
    "call_backs.before_calling": "whoever calls back reads how it is safe",
    "shifts.hand_over": "whoever comes next calls back",
    "signals.open_signals": "the line goes after its signals, whoever holds the case",
    "line_papers.shift_report_row": "the line goes after its signals, whoever holds the case",
}
"""Where the rules of safe contact, and what the line passed on, are shown whoever's the case is."""
WORDS = re.compile(rf"{MARK}[а-яәіңғүұқөһ]+")


@dataclass
class Office:
    """The founder's laptop with a whole case, and whom it is offered to."""

    book: Casebook
    case: WholeCase
    folder: Path
    classes: Mapping[str, frozenset[FieldClass]]
    shown: list[tuple[Asked, frozenset[str]]] = field(default_factory=list)

    def laptop_of(self, *roles: Role, kept_away: bool = False) -> Casebook:
        """A laptop of somebody new."""
        identity = colleague(self.book, *roles)
        if kept_away:
            do(self.book, act="case.blocked", case=self.case.number, staff=identity.staff_id.hex())
        return laptop(self.folder, identity, self.book)

    def ways(self) -> Iterator[Asked]:
        """Every question in every way."""
        for question in questions():
            if question.name not in INNER:
                yield from every_way(question, self.case, self.book.acting.staff_id)

    def marks_in(self, said: str) -> frozenset[str]:
        """What of the case stands in an answer: its words, phones, number and day of birth."""
        fixed = frozenset(each for each in (*PHONES, self.case.number, "2010-05-11") if each in said)
        return fixed | {word for word in WORDS.findall(said) if word in self.classes}


def classes_of_words(reader: Reader) -> dict[str, frozenset[FieldClass]]:
    """Each word of the case → the classes of the fields it stands in, read off the store."""
    found: dict[str, set[FieldClass]] = defaultdict(set)
    for entity in ENTITIES:
        classes = shape(entity).classes
        for row in reader.session.execute(text(f"SELECT * FROM {entity}")).mappings():
            for name, value in row.items():
                if isinstance(value, str) and name in classes:
                    for word in (*WORDS.findall(value), *(phone for phone in PHONES if phone == value)):
                        found[word].add(classes[name])
    return {word: frozenset(classes) for word, classes in found.items()}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("whole")
    with founded(folder) as book:
        case = whole_case(book, "Founder", colleague(book, Role.CASEWORKER).staff_id.hex())
        book.show_names()
        with book.read("long") as reader:
            made = Office(book, case, folder, classes_of_words(reader))
            for asked in made.ways():
                if marks := made.marks_in(asked.answer(reader) or ""):
                    made.shown.append((asked, marks))
        yield made


_OWN = ("case", "person", "call", "child", "signal", "enquirer", "shared_call", "shared_signal", "shared_call_back")


def leaks(office: Office, book: Casebook) -> list[str]:
    """What of the case somebody is told, however they ask."""
    ids = {office.case[name] for name in _OWN}
    found = []
    with book.read("long") as reader:
        for asked in office.ways():
            if asked.question.name in COUNTING:
                continue
            answer, given = asked.answer(reader) or "", everything_in(asked.given)
            told = {mark for mark in office.marks_in(answer) if mark not in given}
            told |= {each for each in ids if each in answer} if not any(each in given for each in ids) else set()
            found += [f"{asked.question.name}({given}): {mark}" for mark in sorted(told)]
    return found


def test_everything_kept_of_the_case_is_shown_to_whoever_works_on_it(office: Office) -> None:
    """Else the tests below would prove nothing."""
    seen = frozenset().union(*(marks for _asked, marks in office.shown))
    assert set(office.classes) - seen == set()
    assert len({asked.question.name for asked, _marks in office.shown}) > 40
    assert {FieldClass.IDENTIFYING, FieldClass.CONTACT, FieldClass.SENSITIVE} <= set().union(*office.classes.values())


def test_whoever_is_kept_away_is_told_nothing_whatever_they_ask(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With every role there is, the administrator's among them, and names shown. The canary: they would be told."""
    with office.laptop_of(*Role, kept_away=True) as book:
        book.show_names()
        assert leaks(office, book) == []
        monkeypatch.setattr(reach, "_KEPT_AWAY", "SELECT case_id FROM case_blocks WHERE staff_id = :me AND 0")
        with book.read("long") as reader:
            told = {asked.question.name for asked, _marks in office.shown if asked.answer(reader)}
    assert len(told) > 40


def beyond_sight(office: Office, book: Casebook, *, near: bool) -> list[str]:
    """What somebody is told that their roles do not see; papers are looks of their own, made by class and consent."""
    roles, found = book.acting.roles, []
    with book.read("long") as reader:
        for asked, _marks in office.shown:
            name = asked.question.name
            if name in COUNTING or (not near and name in BEFORE_CALLING):
                continue
            for word in office.marks_in(asked.answer(reader) or "") & office.classes.keys():
                sights = {sight(roles, each, names_shown=near, near=near) for each in office.classes[word]}
                if Sight.SHOW not in sights:
                    found.append(f"{name}: {word}")
    return found


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR, Role.HELPLINE, Role.SHELTER])
def test_no_role_is_told_more_than_its_classes_whatever_it_asks(office: Office, role: Role) -> None:
    with office.laptop_of(role) as book:
        assert beyond_sight(office, book, near=False) == []
        if role in MAY[Permission.READ_CASES]:
            enter_case(book, office.case["case"], Look.CASE, reason="review")
        book.show_names()
        assert beyond_sight(office, book, near=True) == []
