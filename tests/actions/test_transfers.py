"""A case changes hands only when somebody takes it, or when whoever leads the team says so; each way has its canary."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kzcase.actions import caseloads, holders, transfers
from kzcase.actions.history import UndoAct, undo_act
from kzcase.actions.reading import open_case
from kzcase.actions.wishes import Done
from kzcase.db.casebook import Casebook
from kzcase.domain import errors
from kzcase.domain.permissions import Role
from kzcase.queries.case_page import case_page
from kzcase.queries.together import together
from tests.actions.steps import a_case, do
from tests.actions.teams import Team, lines, team


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Team]:
    with team(tmp_path, "asel", "bolat") as made:
        yield made


def offer(office: Team, to: str = "asel", **more: Any) -> str:
    wish = {"act": "transfer.offered", "case": office.case, "worker": office.id(to), "note": "Generated."}
    done = do(office.founder, **wish, **more)
    office.meet()
    return done.ids["transfer"].hex()


def accept(office: Team, transfer: str, name: str = "asel") -> Done:
    return do(office.books[name], act="transfer.accepted", transfer=transfer)


def test_until_it_is_accepted_the_giver_answers_for_it(office: Team) -> None:
    transfer = offer(office)
    assert {office.holder(book) for book in (office.founder, *office.books.values())} == {office.me}
    accept(office, transfer)
    office.meet()
    assert {office.holder(book) for book in (office.founder, *office.books.values())} == {office.id("asel")}


def test_a_refused_and_a_withdrawn_offer_move_nothing(office: Team) -> None:
    do(office.books["asel"], act="transfer.refused", transfer=offer(office), reason="Too many cases.")
    office.meet()
    do(office.founder, act="transfer.withdrawn", transfer=(second := offer(office, "bolat")))
    office.meet()
    with pytest.raises(errors.OfferOver):
        accept(office, second, "bolat")
    assert office.holder(office.founder) == office.me
    with office.founder.read() as reader:
        rows = together(reader, office.case).transfers
    assert [(row.state, row.answer) for row in rows] == [("withdrawn", None), ("refused", "Too many cases.")]


def test_nobody_accepts_for_somebody_else(office: Team) -> None:
    transfer = offer(office)
    with pytest.raises(errors.OnlyTheOffered):
        do(office.founder, act="transfer.accepted", transfer=transfer)
    with pytest.raises((errors.OnlyTheOffered, errors.NeedsReason)):
        accept(office, transfer, "bolat")
    with pytest.raises(errors.OfferWaits):
        do(office.founder, act="transfer.offered", case=office.case, worker=office.id("bolat"))


def test_an_offer_is_over_when_the_case_has_passed_on(office: Team) -> None:
    transfer = offer(office)
    do(office.founder, act="case.assigned", case=office.case, worker=office.id("bolat"))
    office.meet()
    with pytest.raises(errors.OfferOver):
        accept(office, transfer)
    assert office.holder(office.founder) == office.id("bolat")


def test_open_tasks_go_with_the_case_and_done_ones_do_not(office: Team) -> None:
    tasks = [do(office.founder, act="task.added", case=office.case, title=t, due="2026-12-01") for t in "ab"]
    do(office.founder, act="task.done", task=tasks[0].ids["task"].hex())
    accept(office, offer(office))
    with office.books["asel"].read() as reader:
        assert [row.said for row in lines(reader) if row.doable] == [None]
        assert [str(row.what.arguments["text"]) for row in lines(reader) if row.doable] == ["b"]


def test_a_caseworker_neither_pushes_a_case_onto_a_colleague_nor_takes_one(office: Team) -> None:
    asel, bolat = office.books["asel"], office.id("bolat")
    own = a_case(asel)
    with pytest.raises(errors.AskThemFirst):
        do(asel, act="case.assigned", case=own, worker=bolat)
    with pytest.raises(errors.HeldByAnother):
        do(asel, act="case.assigned", case=office.case, worker=office.id("asel"), look_reason="asked")
    with pytest.raises(errors.NotTheHolder):
        do(asel, act="transfer.offered", case=office.case, worker=bolat, look_reason="asked")
    do(asel, act="transfer.offered", case=own, worker=bolat)
    assert office.holder(asel, own) == office.id("asel")


def test_whoever_is_kept_away_is_given_the_case_in_no_way(office: Team) -> None:
    """Not offered, not accepted, not dealt out, not granted, not assigned."""
    early, asked = offer(office), office.books["asel"]
    request = do(asked, act="case.requested", case=office.case, reason="Generated.").ids["request"].hex()
    office.meet()
    do(office.founder, act="case.blocked", case=office.case, staff=office.id("asel"))
    founder, asel = office.founder, office.id("asel")
    with pytest.raises(errors.KeptAway):
        do(founder, act="case.request_granted", case_request=request)
    with pytest.raises(errors.KeptAway):
        do(founder, act="case.assigned", case=office.case, worker=asel)
    with pytest.raises(errors.KeptAway):
        do(founder, act="caseload.handed_over", colleague=office.me, to=[asel])
    do(founder, act="transfer.withdrawn", transfer=early)
    with pytest.raises(errors.KeptAway):
        do(founder, act="transfer.offered", case=office.case, worker=asel)
    office.meet()
    with pytest.raises(errors.NotFound):
        accept(office, early)
    with asked.read() as reader:
        assert lines(reader) == []
    do(founder, act="caseload.handed_over", colleague=office.me, to=[asel, office.id("bolat")])
    assert office.holder(founder) == office.id("bolat")


def test_the_canary_a_giving_that_forgets_who_is_kept_away_is_noticed(
    office: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    do(office.founder, act="case.blocked", case=office.case, staff=office.id("asel"))
    for module in (holders, caseloads):
        monkeypatch.setattr(module, "kept_away_from", lambda *_given: frozenset())
    do(office.founder, act="caseload.handed_over", colleague=office.me, to=[office.id("asel")])
    assert office.holder(office.founder) == office.id("asel")


def test_the_canary_an_offer_that_moves_the_case_at_once_is_noticed(
    office: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    def careless(act: Any, case: Any, receiver: bytes, _place: str) -> None:
        case.worker_id = receiver

    monkeypatch.setattr(transfers, "must_take_over", careless)
    offer(office)
    assert office.holder(office.founder) != office.me


# Requests


def test_a_request_shows_nothing_of_the_case_and_the_holder_decides(office: Team) -> None:
    asel = office.books["asel"]
    done = do(asel, act="case.requested", case=office.case, reason="I know the family's language.")
    assert set(done.ids) == {"request"}
    with asel.read() as reader, pytest.raises(errors.NeedsReason):
        case_page(reader, office.case)
    with asel.read() as reader:
        assert office.case not in [row.case for row in lines(reader)]
    with pytest.raises(errors.AlreadyAsked):
        do(asel, act="case.requested", case=office.case, reason="Again.")
    office.meet()
    with office.founder.read() as reader:
        (row,) = lines(reader)
    assert (row.kind, row.said) == ("request", "I know the family's language.")
    do(office.founder, act="case.request_granted", case_request=row.id, comment="Yes.")
    office.meet()
    assert office.holder(asel) == office.id("asel")
    with pytest.raises(errors.RequestOver):
        do(office.founder, act="case.request_refused", case_request=row.id, reason="No.")


def test_nobody_grants_their_own_request(tmp_path: Path) -> None:
    with team(tmp_path, "dana", roles={"dana": (Role.SUPERVISOR, Role.CASEWORKER)}) as office:
        dana = office.books["dana"]
        request = do(dana, act="case.requested", case=office.case, reason="Generated.").ids["request"].hex()
        with pytest.raises(errors.OwnRequest):
            do(dana, act="case.request_granted", case_request=request)
        assert office.holder(dana) == office.me


def test_a_request_is_taken_back_by_whoever_asked(office: Team) -> None:
    asel = office.books["asel"]
    done = do(asel, act="case.requested", case=office.case, reason="Generated.")
    undo_act(asel, UndoAct(of=done.act.hex()))
    office.meet()
    with office.founder.read() as reader:
        assert lines(reader) == []


# A whole caseload


def test_a_caseload_is_dealt_out_by_urgency_and_taken_back_in_one(office: Team) -> None:
    founder = office.founder
    cases = [office.case, *(a_case(founder, urgency=urgency) for urgency in ("urgent", "immediate", "routine"))]
    do(founder, act="task.added", case=cases[1], title="Generated", due="2026-12-01")
    to = [office.id("asel"), office.id("bolat")]
    done = do(founder, act="caseload.handed_over", colleague=office.me, to=to, note="On leave.")
    held = [office.holder(founder, case) for case in cases]
    assert (held[2], held[1]) == tuple(to)
    assert sorted(held) == sorted(to * 2)
    with founder.read() as reader:
        assert [row.worker for row in lines(reader, colleagues=True)] == [office.people["bolat"].name]
        assert together(reader, cases[1]).transfers[0].note == "On leave."
    undo_act(founder, UndoAct(of=done.act.hex()))
    assert {office.holder(founder, case) for case in cases} == {office.me}
    with founder.read() as reader:
        assert [row.mine for row in lines(reader)] == [True]


def test_a_caseload_goes_to_who_works_on_cases_and_never_back_to_the_giver(tmp_path: Path) -> None:
    with team(tmp_path, "erlan", roles={"erlan": (Role.AUDITOR,)}) as office:
        with pytest.raises(errors.CannotTakeOver):
            do(office.founder, act="caseload.handed_over", colleague=office.me, to=[office.id("erlan")])
        with pytest.raises(errors.SameColleague):
            do(office.founder, act="caseload.handed_over", colleague=office.me, to=[office.me])
        with pytest.raises(errors.NothingToHandOver):
            do(office.founder, act="caseload.handed_over", colleague=office.id("erlan"), to=[office.me])


def test_only_who_leads_the_team_hands_a_caseload_over(office: Team) -> None:
    book: Casebook = office.books["asel"]
    with pytest.raises(errors.NotAllowed):
        do(book, act="caseload.handed_over", colleague=office.me, to=[office.id("asel")])


def number_of(office: Team) -> str:
    with office.founder.read() as reader:
        return case_page(reader, office.case).number


def test_an_offer_is_answered_by_the_number_of_its_case(office: Team) -> None:
    """Canary: the number that offering prints finds nothing, or finds an offer to somebody else."""
    number = number_of(office)
    with pytest.raises(errors.NoOfferFound):
        accept(office, number)
    offer(office)
    with pytest.raises(errors.NoOfferFound):
        accept(office, number, "bolat")
    accept(office, number)
    office.meet()
    assert office.holder(office.founder) == office.id("asel")


def test_whoever_is_offered_a_case_is_told_how_to_answer_before_why_they_look(office: Team) -> None:
    offer(office)
    with pytest.raises(errors.OfferedToYou):
        open_case(office.books["asel"], number_of(office))
    with pytest.raises(errors.NeedsReason) as beyond:
        open_case(office.books["bolat"], number_of(office))
    assert not isinstance(beyond.value, errors.OfferedToYou)


def test_a_person_is_named_by_the_number_of_their_case(office: Team) -> None:
    """Canary: whoever is kept away from the case is told otherwise than where nobody is."""
    do(office.founder, act="person.corrected", person=number_of(office), sex="male")
    with office.founder.read() as reader:
        assert case_page(reader, office.case).person.sex == "male"
    do(office.founder, act="case.blocked", case=office.case, staff=office.id("bolat"))
    office.meet()
    refused = []
    for name in (number_of(office), "2026-AAA-00009-9"):
        with pytest.raises(errors.NobodyFound) as nobody:
            do(office.books["bolat"], act="person.corrected", person=name, sex="female")
        refused.append(type(nobody.value))
    assert refused == [errors.NobodyFound] * 2
    with pytest.raises(errors.NeedsReason):
        do(office.books["asel"], act="person.corrected", person=number_of(office), sex="female")
