"""Whose cases somebody opens without being asked why, and what they see of all others."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from kzcase.actions.attachments import AddAttachment, add_attachment
from kzcase.actions.reading import enter_case, open_case, read_history
from kzcase.db.casebook import Casebook, Opening
from kzcase.db.reader import Reader
from kzcase.db.tables.cases import Case
from kzcase.db.tables.organisation import Staff
from kzcase.domain.errors import NeedsReason, NotAllowed
from kzcase.domain.ids import from_hex
from kzcase.domain.looks import Look
from kzcase.domain.permissions import MAY, REACH, Permission, Reach, Role, reach
from kzcase.forms.library import shipped_form
from kzcase.keys.identity import Identity
from kzcase.paper.incoming.door import Clean
from kzcase.queries import reach as reaching
from kzcase.queries.answers import stored_sheet
from kzcase.queries.attachments import attachments, content
from kzcase.queries.case_page import case_page
from kzcase.queries.cases import case_list
from kzcase.queries.history import case_history
from kzcase.queries.letters import consent_sheet_row, referral_letter_row, what_leaves
from kzcase.queries.office import open_tasks
from kzcase.queries.search import search
from kzcase.queries.sheets import call_sheet_row, case_sheet_row, filled_form_row, with_names
from tests.actions.steps import CALL, a_case, a_consent, a_draft, a_partner, do
from tests.db.books import KEY, START, TickingClock, founded
from tests.db.laptops import colleague, laptop, meet, value
from tests.forms_answers import plausible_answers

FAMILY = "Құпиятегі"
TASK = "Құпия тапсырма"
OPENERS = sorted(MAY[Permission.READ_CASES])


@dataclass
class Office:
    """The founder's laptop with one case of theirs, and a colleague's laptop that has it too."""

    founder: Casebook
    book: Casebook
    case: str

    def meet(self) -> None:
        meet(self.founder, self.book)


@pytest.fixture
def office_of(tmp_path: Path) -> Iterator[Callable[..., Office]]:
    books: list[Casebook] = []

    def made(role: Role, prepare: Callable[[Casebook, str, Identity], object] | None = None) -> Office:
        founder = founded(tmp_path)
        books.append(founder)
        person = {"names": [{"family": FAMILY, "given": "Адам"}], "birth": "1994-05"}
        case = a_case(founder, person=person)
        do(founder, act="task.added", case=case, title=TASK, due="2026-12-01")
        identity = colleague(founder, role)
        if prepare is not None:
            prepare(founder, case, identity)
        book = laptop(tmp_path, identity, founder)
        books.append(book)
        return Office(founder, book, case)

    yield made
    for book in books:
        book.close()


def asks_why(book: Casebook, case: str) -> bool:
    """Whether opening the case takes a reason."""
    try:
        open_case(book, case)
    except NeedsReason:
        return True
    return False


def listed_as_near(book: Casebook, case: str) -> bool:
    """Whether it is among all cases within reach, which are read another way than one is asked about."""
    with book.read() as reader:
        return from_hex(case) in reaching.cases_within_reach(reader)


# Whose cases


def nothing(_book: Casebook, _case: str, _colleague: Identity) -> None:
    pass


def assigned(book: Casebook, case: str, colleague: Identity) -> None:
    do(book, act="case.assigned", case=case, worker=colleague.staff_id.hex())


def given_a_task(book: Casebook, case: str, colleague: Identity) -> None:
    do(book, act="task.added", case=case, title="Generated", due="2026-12-01", assignee=colleague.staff_id.hex())


def given_a_task_that_is_done(book: Casebook, case: str, colleague: Identity) -> None:
    task = {"act": "task.added", "case": case, "title": "Generated", "due": "2026-12-01"}
    done = do(book, **task, assignee=colleague.staff_id.hex())
    do(book, act="task.done", task=done.ids["task"].hex())


def sealed_to_them(book: Casebook, case: str, colleague: Identity) -> None:
    note = {"act": "note.sealed", "case": case, "kind": "legal", "text": "Generated."}
    do(book, **note, readers=[colleague.staff_id.hex()])


def of_nobody(book: Casebook, case: str, _colleague: Identity) -> None:
    with book.write("case.assigned") as act:
        act.session.get_one(Case, from_hex(case)).worker_id = None


def of_somebody_who_left(book: Casebook, case: str, _colleague: Identity) -> None:
    gone = colleague(book, Role.CASEWORKER)
    assigned(book, case, gone)
    with book.write("staff.removed") as act:
        act.session.get_one(Staff, gone.staff_id).removed_on = act.today


OWN, TEAM, EVERY = {Reach.OWN, Reach.TEAM, Reach.EVERY}, {Reach.TEAM, Reach.EVERY}, {Reach.EVERY}
STORIES: dict[Callable[[Casebook, str, Identity], None], set[Reach]] = {
    nothing: EVERY,
    assigned: OWN,
    sealed_to_them: OWN,
    given_a_task: TEAM,
    given_a_task_that_is_done: EVERY,
    of_nobody: TEAM,
    of_somebody_who_left: TEAM,
}
"""What makes a case one that somebody opens without a reason, and with which reach."""


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
@pytest.mark.parametrize("role", OPENERS)
def test_a_case_within_reach_opens_and_every_other_asks_why(
    office_of: Callable[..., Office], role: Role, story: Callable[[Casebook, str, Identity], None]
) -> None:
    office = office_of(role, story)
    near = REACH[role] in STORIES[story]
    assert asks_why(office.book, office.case) is not near
    assert listed_as_near(office.book, office.case) is near
    assert open_case(office.book, office.case, "contact").id == office.case
    assert listed_as_near(office.book, office.case)
    assert not asks_why(office.book, office.case)


def test_who_took_the_call_opens_the_case_it_became(office_of: Callable[..., Office]) -> None:
    office = office_of(Role.HELPLINE)
    call = do(office.book, **CALL).ids["call"].hex()
    office.meet()
    case = a_case(office.founder, call=call)
    office.meet()
    assert not asks_why(office.book, case)
    assert listed_as_near(office.book, case)
    assert asks_why(office.book, office.case)


def test_where_laptops_disagree_whose_case_it_is_it_is_nobodys_own(tmp_path: Path) -> None:
    with founded(tmp_path) as office:
        case, me, other = a_case(office), colleague(office, Role.CASEWORKER), colleague(office, Role.CASEWORKER)
        head, later = colleague(office, Role.SUPERVISOR), TickingClock(START + timedelta(days=1))
        with laptop(tmp_path, head, office, clock=later) as second, laptop(tmp_path, me, office) as book:
            do(office, act="case.assigned", case=case, worker=other.staff_id.hex())
            do(second, act="case.assigned", case=case, worker=me.staff_id.hex())
            meet(office, second, book)
            assert value(book, "cases", bytes.fromhex(case), "worker_id") == me.staff_id  # the later answer shows
            assert asks_why(book, case)
            assert not listed_as_near(book, case)
            do(office, act="case.assigned", case=case, worker=me.staff_id.hex())
            meet(office, second, book)
            assert not asks_why(book, case)


@pytest.mark.parametrize("role", Role)
def test_reach_is_of_the_widest_role_and_of_whoever_opens_cases(role: Role) -> None:
    assert (reach([role]) is None) is (role not in MAY[Permission.READ_CASES])
    assert reach([role, Role.SUPERVISOR]) is Reach.EVERY
    assert reach([]) is None


# What is seen of the others


def test_names_of_others_stay_hidden_until_their_case_is_opened(office_of: Callable[..., Office]) -> None:
    office = office_of(Role.CASEWORKER)
    own = a_case(office.book, person={"names": [{"family": "Өзімдікі", "given": "Адам"}]})
    office.book.show_names()

    def names() -> dict[str, str | None]:
        with office.book.read() as reader:
            listed = {row.id: row.name for row in case_list(reader)}
            found = {hit.case: hit.name for hit in search(reader, FAMILY)}
        return listed | {f"found {case}": name for case, name in found.items()}

    hidden = {own: "Өзімдікі Адам", office.case: None, f"found {office.case}": None}
    assert names() == hidden
    with office.book.read() as reader:
        assert {row.id: "name" in row.masked for row in case_list(reader)} == {own: False, office.case: True}
        assert {task.title for task in open_tasks(reader)} == {None}
        assert TASK not in repr(open_tasks(reader))
    enter_case(office.book, office.case, Look.CASE, reason="same_person")
    shown = f"{FAMILY} Адам"
    assert names() == {own: "Өзімдікі Адам", office.case: shown, f"found {office.case}": shown}
    with office.book.read() as reader:
        assert {task.title for task in open_tasks(reader)} == {TASK}


QUESTIONS: dict[str, Callable[[Reader, dict[str, str]], object]] = {
    "page": lambda reader, made: case_page(reader, made["case"]),
    "history": lambda reader, made: case_history(reader, made["case"]),
    "sheet": lambda reader, made: case_sheet_row(reader, made["case"], "kk"),
    "letter": lambda reader, made: referral_letter_row(reader, made["referral"]),
    "what leaves": lambda reader, made: what_leaves(reader, made["case"], made["partner"]),
    "consent": lambda reader, made: consent_sheet_row(reader, made["consent"], "kk"),
    "answers": lambda reader, made: stored_sheet(reader, made["sheet"]),
    "form": lambda reader, made: filled_form_row(reader, made["case"], "victim_screening"),
    "call": lambda reader, made: call_sheet_row(reader, made["call"], "kk"),
    "attachments": lambda reader, made: attachments(reader, made["case"]),
    "attachment": lambda reader, made: content(with_names(reader), made["attachment"]),
}
"""Every question that looks into one case."""


def full(book: Casebook) -> dict[str, str]:
    """A case with everything on it; the ids of all."""
    call = do(book, **CALL).ids["call"].hex()
    case, partner, form = a_case(book, call=call), a_partner(book), shipped_form("victim_screening")
    do(book, act="form.answered", case=case, form=form.id, answers=plausible_answers(form))
    with book.read() as reader:
        sheet = bytes(reader.session.execute(text("SELECT id FROM answer_sheets")).scalar_one()).hex()
    consent, referral = a_consent(book, case, partner), a_draft(book, case, partner)
    wish = AddAttachment(case, "Generated", Clean("audio/mpeg", 0, b"generated sound"))
    attachment = add_attachment(book, wish).ids["attachment"].hex()
    return {
        "case": case,
        "call": call,
        "partner": partner,
        "consent": consent,
        "referral": referral,
        "sheet": sheet,
    } | {"attachment": attachment}


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_question_looks_into_a_case_beyond_reach(office_of: Callable[..., Office], name: str) -> None:
    office = office_of(Role.CASEWORKER)
    made = full(office.founder)
    office.meet()
    with office.book.read() as reader, pytest.raises(NeedsReason):
        QUESTIONS[name](reader, made)
    enter_case(office.book, made["case"], Look.CASE, reason="asked")
    with office.book.read() as reader:
        assert QUESTIONS[name](reader, made)


def test_the_canary_a_reach_left_out_is_noticed(
    office_of: Callable[..., Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    office = office_of(Role.CASEWORKER)
    monkeypatch.setattr(reaching, "within_reach", lambda _reader, cases: frozenset(cases))
    assert not asks_why(office.book, office.case)


def test_the_auditor_reads_the_history_without_a_reason(office_of: Callable[..., Office]) -> None:
    office = office_of(Role.AUDITOR)
    assert read_history(office.book, office.case)
    with pytest.raises(NotAllowed):
        open_case(office.book, office.case, "review")


def test_what_was_opened_is_closed_again_at_the_lock(office_of: Callable[..., Office]) -> None:
    office = office_of(Role.CASEWORKER)
    open_case(office.book, office.case, "contact")
    office.founder.take_in(*office.book.everything())
    office.book.take_in(*office.founder.everything())  # loading anew is no lock
    assert not asks_why(office.book, office.case)
    path, identity = office.book.folder.path, office.book._identity
    office.book.close()
    office.book = Casebook.open(path, Opening(KEY, identity, TickingClock()))
    with office.book:
        assert asks_why(office.book, office.case)
