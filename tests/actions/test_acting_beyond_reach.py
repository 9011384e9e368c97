"""Whoever acts on a case that is not theirs says why first, as for a look; who is kept away finds nothing there."""

import typing
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from kzcase.actions import finding, holds
from kzcase.actions.attachments import (
    AddAttachment,
    CopyAttachment,
    add_attachment,
    copy_attachment,
    list_attachments,
    remove_attachment,
)
from kzcase.actions.perform import perform_all, read_act
from kzcase.actions.reading import open_case
from kzcase.actions.wishes import ACTIONS, Wish
from kzcase.db.casebook import Casebook
from kzcase.db.tables.consents import ConsentNotice
from kzcase.domain.errors import (
    AttachmentMissing,
    NeedsReason,
    NobodyFound,
    NoOfferFound,
    NotFound,
    RuleBroken,
    UnknownCode,
)
from kzcase.domain.ids import Id, new_id
from kzcase.domain.looks import Look
from kzcase.domain.permissions import MAY, REACH, Reach, Role
from kzcase.forms.library import shipped_form
from kzcase.i18n import render
from kzcase.journal.kinds import KINDS
from kzcase.keys.identity import Identity
from kzcase.paper.incoming.door import Clean
from kzcase.queries.case_page import case_page
from kzcase.queries.reach import within_reach
from tests.actions.steps import CALL, CASE, PERSON, a_case, a_consent, a_draft, a_partner, do
from tests.db.books import TickingClock, again, founded, template
from tests.db.laptops import colleague, laptop, meet
from tests.forms_answers import plausible_answers
from tests.laptops import another_laptop

REGISTERS = {"request", "incident"}
"""What stands in a register is kept by those who keep registers, whosever case it names."""
NOBODYS = {"partner", "worker", "assignee", "staff", "device", "responsible", "readers", "colleagues"}
NOBODYS |= {"search", "signal", "call_back", "check", "handed_to"}  # what came of a call goes on without its case
NOBODYS |= {"change"}  # a rule of the organisation, in no case
NOBODYS |= {"without_case"}  # a call or a referral from others that became no case; one that did is not found
"""What names no case and nobody in one."""


@dataclass
class Other:
    """Somebody's case with everything an act can name, and a colleague's laptop that has it too."""

    founder: Casebook
    book: Casebook
    role: Role
    made: Mapping[str, str] = field(default_factory=dict)

    def opened(self) -> frozenset[Id]:
        """What the colleague may look into now."""
        with self.book.read() as reader:
            return within_reach(reader, [bytes.fromhex(self.made["case"])])


def everything(book: Casebook) -> dict[str, str]:
    call = do(book, **CALL).ids["call"].hex()
    opened = do(book, **(CASE | {"call": call}))
    case, person, partner = opened.ids["case"].hex(), opened.ids["person"].hex(), a_partner(book)
    task = do(book, act="task.added", case=case, title="Generated", due="2026-12-01")
    note = {"act": "note.sealed", "case": case, "kind": "legal", "text": "Generated."}
    founder = book.acting.staff_id.hex()
    confirmed = {"act": "fact.confirmed", "case": case, "fact": "supervisor_confirmed"}
    return {
        "case": case,
        "person": person,
        "call": call,
        "phone": do(book, act="phone.added", person=person, number="+77010000009").ids["phone"].hex(),
        "partner": partner,
        "founder": founder,
        "task": task.ids["task"].hex(),
        "consent": a_consent(book, case, partner),
        "referral": a_draft(book, case, partner),
        "incoming": do(book, act="referral.received", sender="Generated").ids["incoming"].hex(),
        "sent": _sent(book, a_draft(book, case, partner)),
        "note": do(book, **note, readers=[founder]).ids["note"].hex(),
        **_of_consents(book, case),
        "sheet": _a_sheet(book, case),
        "record": _a_record(book, person, "document", kind="kz_id"),
        "proceeding": _a_record(book, person, "proceeding", kind="criminal", role="victim"),
        "suspicion": _a_suspicion(book, person),
        "tracing": _a_tracing(book, case),
        "fact": do(book, act="fact.stated", case=case, fact="safe").ids["statement"].hex(),
        "confirmed": do(book, **confirmed, ground="Generated.").ids["statement"].hex(),
        "transfer": do(book, act="transfer.offered", case=case, worker=a_colleague(book)).ids["transfer"].hex(),
        "approval": do(book, act="approval.asked", case=case, what="plan").ids["approval"].hex(),
        "flag": do(book, act="flag.raised", case=case, kind="danger", reason="Generated.").ids["flag"].hex(),
        "act": do(book, act="phone.added", person=person, number="+77010000000").act.hex(),
    }


def _of_consents(book: Casebook, case: str) -> dict[str, str]:
    """A notice of an ended consent, an emergency, and two forms that nobody has made records of."""
    partner = a_partner(book, "Of consents")
    consent = a_consent(book, case, partner)
    _sent(book, a_draft(book, case, partner))
    do(book, act="consent.withdrawn", consent=consent)
    passed = {"basis": "vital", "ground": "x", "passed": "x", "classes": ["contact"], "how": "phone", "recipient": "x"}
    with book.read() as reader:
        notice = reader.session.scalars(select(ConsentNotice.id)).one().hex()
    keeping = {"decision_part/agree_photo": "yes", "decision_part/decision": "given"}
    taking_back = {"said/withdrawn_on": "2026-11-20", "said/scope": "all"}
    filled = {"act": "form.answered", "case": case, "language": "kk"}
    return {
        "notice": notice,
        "release": do(book, act="emergency.released", case=case, **passed).ids["release"].hex(),
        "consent_form": do(book, form="consent_data", answers=keeping, **filled).ids["sheet"].hex(),
        "withdrawal_form": do(book, form="consent_withdrawal", answers=taking_back, **filled).ids["sheet"].hex(),
    }


def _sent(book: Casebook, draft: str) -> str:
    return do(book, act="referral.sent", referral=draft, how="in_person").ids["referral"].hex()


def a_colleague(book: Casebook) -> str:
    """A caseworker, by id."""
    return colleague(book, Role.CASEWORKER).staff_id.hex()


def _a_record(book: Casebook, person: str, kind_of_record: str, /, **facts: str) -> str:
    said = {"record": kind_of_record, **facts}
    return do(book, act="record.added", person=person, facts=said).ids["record"].hex()


def _a_suspicion(book: Casebook, person: str) -> str:
    facts = {"kind": "recruiter_suspected", "said_by": "person", "new_person": PERSON}
    return do(book, act="relation.added", person=person, **facts).ids["record"].hex()


def _a_tracing(book: Casebook, case: str) -> str:
    return do(book, act="tracing.asked", case=case, relation="son", new_enquirer=PERSON).ids["tracing"].hex()


def _a_sheet(book: Casebook, case: str) -> str:
    answers = plausible_answers(shipped_form("victim_screening"))
    done = do(book, act="form.answered", case=case, form="victim_screening", answers=answers)
    return done.ids["sheet"].hex()


def cleared_by_another(founder: Casebook, folder: Path, case: str) -> str:
    """A clearance that a lawyer gave who works on the case."""
    lawyer = colleague(founder, Role.LAWYER)
    do(founder, act="case.assigned", case=case, worker=lawyer.staff_id.hex())
    with laptop(folder, lawyer, founder) as book:
        cleared = do(book, act="step.cleared", case=case, step="return_home")
        meet(founder, book)
    do(founder, act="case.assigned", case=case, worker=founder.acting.staff_id.hex())
    return cleared.ids["statement"].hex()


def asked_by_another(founder: Casebook, folder: Path, case: str) -> str:
    """A request for a case by a caseworker."""
    with laptop(folder, colleague(founder, Role.CASEWORKER), founder) as book:
        asked = do(book, act="case.requested", case=case, reason="Generated.")
        meet(founder, book)
    return asked.ids["request"].hex()


@dataclass(frozen=True)
class Prepared:
    """Both casebooks as they lie on the disk, closed, and what they hold."""

    founder: Path
    theirs: Path
    identity: Identity
    made: dict[str, str]
    now: datetime


@cache
@another_laptop()
def prepared(role: Role, kind: str) -> Prepared:
    """Made once for each role; every test works on copies."""
    folder, clock = Path(mkdtemp(prefix="kzcase-reach-")), TickingClock()
    with founded(folder, clock=clock) as founder:
        made, identity = everything(founder), colleague(founder, role)
        if kind.startswith("case.request_"):
            made["asked"] = asked_by_another(founder, folder, made["case"])
        if kind == "clearance.withdrawn":
            made["cleared"] = cleared_by_another(founder, folder, made["case"])
        with laptop(folder, identity, founder) as book:
            ready = made | {"me": identity.staff_id.hex()}
            return Prepared(founder.folder.path, book.folder.path, identity, ready, clock.now)


NEEDS_ANOTHER = ("case.request_granted", "case.request_refused", "clearance.withdrawn")


@pytest.fixture
def others(tmp_path: Path) -> Iterator[Callable[..., Other]]:
    books: list[Casebook] = []

    def of(role: Role, kind: str = "") -> Other:
        ready = prepared(role, kind if kind in NEEDS_ANOTHER else "")
        founder = again(ready.founder, tmp_path, template().founder, TickingClock(ready.now))
        books.append(founder)
        book = again(ready.theirs, tmp_path, ready.identity, TickingClock(ready.now))
        books.append(book)
        return Other(founder, book, role, ready.made)

    yield of
    for book in books:
        book.close()


Made = Mapping[str, str]
WISHES: dict[str, Callable[[Made], dict[str, Any]]] = {
    "name.added": lambda made: {"person": made["person"], "given": "Generated"},
    "phone.added": lambda made: {"person": made["person"], "number": "+77010000001"},
    "person.corrected": lambda made: {"person": made["person"], "birth": "1990"},
    "record.added": lambda made: {"person": made["person"], "facts": {"record": "job", "hours": 9}},
    "record.corrected": lambda made: {"record": made["record"], "facts": {"record": "document", "number": "1"}},
    "record.ended": lambda made: {"record": made["record"], "until": "2026-11-30"},
    "record.removed": lambda made: {"record": made["record"]},
    "relation.added": lambda made: {"person": made["person"], "kind": "son", "new_person": PERSON},
    "household.joined": lambda made: {"person": made["person"], "with_person": made["person"]},
    "member.interviewed": lambda made: {"person": made["person"]},
    "suspicion.ended": lambda made: {"record": made["suspicion"]},
    "suspicion.renewed": lambda made: {"record": made["suspicion"], "keep_until": "2027-01-01", "why": "Generated."},
    "tracing.asked": lambda made: {"case": made["case"], "relation": "mother", "new_enquirer": PERSON},
    "enquirer.vetted": lambda made: {"tracing": made["tracing"], "identity": "seen"},
    "match.decided": lambda made: {"tracing": made["tracing"], "person": made["person"], "found": False},
    "found.answered": lambda made: {"tracing": made["tracing"], "person": made["person"], "answer": "no"},
    "visibility.weighed": lambda made: {
        "case": made["case"],
        "step": "filed",
        "authority": "Generated",
        "learns": "Generated.",
        "decision": "file",
        "decided_with": "person",
    },
    "document.taken": lambda made: {"document": made["record"]},
    "document.returned": lambda made: {"document": made["record"]},
    "safeguard.decided": lambda made: {"proceeding": made["proceeding"], "safeguard": "claimed"},
    "proceeding.closed": lambda made: {"proceeding": made["proceeding"], "outcome": "fined"},
    "persons.merged": lambda made: {"person": made["person"], "other": made["person"]},
    "persons.parted": lambda made: {"person": made["person"], "other": made["person"]},
    "persons.told_apart": lambda made: {"person": made["person"], "other": made["person"]},
    "case.opened": lambda made: {"kind": "trafficking", "person_id": made["person"]},
    "case.suspended": lambda made: {"case": made["case"], "reason": "Generated."},
    "case.resumed": lambda made: {"case": made["case"]},
    "closing.begun": lambda made: {"case": made["case"]},
    "contact.tried": lambda made: {"case": made["case"], "channel": "visit"},
    "fact.stated": lambda made: {"case": made["case"], "fact": "no_fear"},
    "fact.corrected": lambda made: {"statement": made["fact"], "on": "2026-10"},
    "fact.withdrawn": lambda made: {"statement": made["fact"], "ground": "Generated."},
    "fact.confirmed": lambda made: {"case": made["case"], "fact": "supervisor_confirmed", "ground": "Generated."},
    "confirmation.withdrawn": lambda made: {"statement": made["confirmed"], "ground": "Generated."},
    "step.cleared": lambda made: {"case": made["case"], "step": "consulate_letter"},
    "clearance.withdrawn": lambda made: {"statement": made["cleared"], "ground": "Generated."},
    "report.made": lambda made: {"case": made["case"], "addressee": "x", "proof": "x", "told": "Generated."},
    "report.declined": lambda made: {"case": made["case"], "ground": "Generated.", "told": "Generated."},
    "note.added": lambda made: {"case": made["case"], "text": "Generated."},
    "task.added": lambda made: {"case": made["case"], "title": "Own", "due": "2026-12-01", "assignee": made["me"]},
    "task.done": lambda made: {"task": made["task"]},
    "task.postponed": lambda made: {"task": made["task"], "due": "2027-01-10", "reason": "Generated."},
    "transfer.offered": lambda made: {"case": made["case"], "worker": made["me"]},
    "transfer.accepted": lambda made: {"transfer": made["transfer"]},
    "transfer.refused": lambda made: {"transfer": made["transfer"], "reason": "Generated."},
    "transfer.withdrawn": lambda made: {"transfer": made["transfer"]},
    "case.request_granted": lambda made: {"case_request": made["asked"]},
    "case.request_refused": lambda made: {"case_request": made["asked"], "reason": "Generated."},
    "caseload.handed_over": lambda made: {"colleague": made["founder"], "to": [made["me"]], "cases": [made["case"]]},
    "approval.asked": lambda made: {"case": made["case"], "what": "closing"},
    "approval.given": lambda made: {"approval": made["approval"]},
    "approval.sent_back": lambda made: {"approval": made["approval"], "comment": "Generated."},
    "approval.self_given": lambda made: {"approval": made["approval"], "comment": "Generated."},
    "flag.raised": lambda made: {"case": made["case"], "kind": "danger", "reason": "Generated."},
    "flag.taken_down": lambda made: {"flag": made["flag"], "reason": "Generated."},
    "conference.held": lambda made: {"case": made["case"], "kind": "other", "minutes": "Generated."},
    "case.assigned": lambda made: {"case": made["case"], "worker": made["me"]},
    "case.closed": lambda made: {"case": made["case"], "reason": "completed"},
    "case.reopened": lambda made: {"case": made["case"], "reason": "Generated."},
    "consent.given": lambda made: {
        "case": made["case"],
        "partner": made["partner"],
        "purpose": "referral",
        "classes": ["identifying"],
        "language": "kk",
    },
    "consent.withdrawn": lambda made: {"consent": made["consent"]},
    "consent.revoked": lambda made: {"consent": made["consent"], "ground": "Generated."},
    "consent.corrected": lambda made: {"consent": made["consent"], "ground": "Generated.", "valid_until": "2027-01-31"},
    "consent.signed": lambda made: {"consent": made["consent"], "attachment": "00" * 16},
    "consent.recorded": lambda made: {"sheet": made["consent_form"]},
    "withdrawal.recorded": lambda made: {"sheet": made["withdrawal_form"]},
    "notice.sent": lambda made: {"notice": made["notice"], "how": "post"},
    "notice.acknowledged": lambda made: {"notice": made["notice"]},
    "emergency.released": lambda made: {
        "case": made["case"],
        "recipient": "Generated",
        "basis": "vital",
        "ground": "Generated.",
        "passed": "Generated.",
        "classes": ["contact"],
        "how": "phone",
    },
    "emergency.reviewed": lambda made: {"release": made["release"], "outcome": "justified"},
    "form.answered": lambda made: {
        "case": made["case"],
        "form": "victim_screening",
        "answers": plausible_answers(shipped_form("victim_screening")),
    },
    "form.corrected": lambda made: {"sheet": made["sheet"], "answers": {"decision/remarks": "Generated."}},
    "act.undone": lambda made: {"of": made["act"]},
    "request.received": lambda made: {"case": made["case"], "kind": "access"},
    "incident.opened": lambda made: {"case": made["case"], "kind": "lost", "what": "Generated."},
    "case.blocked": lambda made: {"case": made["case"], "staff": made["founder"]},
    "case.unblocked": lambda made: {"case": made["case"], "staff": made["founder"]},
    "referral.drafted": lambda made: {
        "case": made["case"],
        "partner": made["partner"],
        "need": "food",
        "reason": "Generated.",
        "language": "kk",
    },
    "referral.sent": lambda made: {"referral": made["referral"], "how": "in_person"},
    "referral.answered": lambda made: {"referral": made["referral"], "outcome": "accepted"},
    "referral.followed": lambda made: {"referral": made["sent"], "state": "accepted"},
    "referral.chased": lambda made: {"referral": made["sent"]},
    "call.linked": lambda made: {"call": made["call"], "case": made["case"]},
    "emergency.called": lambda made: {"call": made["call"], "service": "112"},
    "sheet.given": lambda made: {"call": made["call"], "sheet": "wages", "language": "kk"},
    "signal.prepared": lambda made: {
        "call": made["call"],
        "unit": "x",
        "danger": "now",
        "facts": "Generated.",
        "heard": True,
    },
    "call_back.promised": lambda made: {"call": made["call"], "due": "2026-12-01T12:00", "phone": "+77010000005"},
    "phone.controlled": lambda made: {"phone": made["phone"], "state": "controlled"},
    "duress_word.set": lambda made: {"person": made["person"], "word": "Generated"},
    "referral.decided": lambda made: {"incoming": made["incoming"], "state": "accepted", "case": made["case"]},
    "note.sealed": lambda made: {"case": made["case"], "kind": "legal", "text": "Generated.", "readers": [made["me"]]},
    "case.held": lambda made: {"case": made["case"], "why": "Generated."},
    "case.released": lambda made: {"case": made["case"]},
    "person.blocked": lambda made: {"person": made["person"]},
    "person.unblocked": lambda made: {"person": made["person"]},
    "note.resealed": lambda made: {"note": made["note"], "readers": [made["me"]]},
}
"""One wish of each kind that names a case, or something or somebody of one."""


def references(wish: type[Wish]) -> set[str]:
    """The fields of a wish that name a row."""
    hints = typing.get_type_hints(wish, include_extras=True)
    return {name for name, hint in hints.items() if "number or id" in repr(msgspec.json.schema(hint))}


def _of_cases(kind: str) -> bool:
    return bool(references(ACTIONS[kind].wish_type) - NOBODYS - REGISTERS)


def _not_every(kind: str) -> list[Role]:
    """Who may do this and has not every case within reach."""
    roles = MAY[KINDS[kind].permission]
    return [role for role in sorted(roles) if REACH.get(role) in (Reach.OWN, Reach.TEAM)]


def test_every_wish_that_names_a_case_is_known_here_and_takes_a_reason() -> None:
    assert holds.HoldCase is ACTIONS["case.held"].wish_type
    found = {kind for kind in ACTIONS if _of_cases(kind)} - {"case.requested"}  # asking opens nothing
    assert found == set(WISHES)
    for kind in found:
        assert "look_reason" in ACTIONS[kind].wish_type.__struct_fields__, kind


Entered = list[tuple[str, str, str]]


@pytest.fixture
def entered(monkeypatch: pytest.MonkeyPatch) -> Entered:
    """What is entered in the read log, as it is entered: look, case, reason."""
    found: Entered = []
    plain = Casebook.record_look

    def record(book: Casebook, entry: Any, *more: Any, **named: Any) -> None:
        plain(book, entry, *more, **named)
        found.append((entry.what, entry.subject.hex(), entry.reason))

    monkeypatch.setattr(Casebook, "record_look", record)
    return found


ALIKE = (
    *("record.", "relation.", "household.", "document.", "safeguard.", "proceeding."),
    *("fact.", "contact.", "closing.", "report.", "case.suspended", "case.resumed"),
    *("transfer.", "case.request", "approval.", "flag.", "conference.", "task.postponed"),
)
"""Families of kinds that find their row in one and the same way: each is tried in one role, in turn."""


def _tried_by(kind: str) -> list[Role]:
    roles = _not_every(kind)
    return roles[len(kind) % len(roles) :][:1] if kind.startswith(ALIKE) and roles else roles


PAIRS = [(kind, role) for kind in sorted(WISHES) for role in _tried_by(kind)]


@pytest.mark.parametrize(("kind", "role"), PAIRS)
def test_beyond_reach_nothing_is_done_without_a_reason_and_the_look_is_entered_first(
    others: Callable[..., Other], entered: Entered, kind: str, role: Role
) -> None:
    other = others(role, kind)
    wish = {"act": kind, **WISHES[kind](other.made)}
    before = written(other.book)
    with pytest.raises(NeedsReason):
        do(other.book, **wish)
    with pytest.raises(UnknownCode):
        do(other.book, **wish, look_reason="because")
    assert not other.opened()
    assert (written(other.book), entered) == (before, [])
    with suppress(RuleBroken):  # for another cause, such as a case that is not closed
        do(other.book, **wish, look_reason="contact")
    assert other.opened()
    assert entered == [(Look.CASE, other.made["case"], "contact")]


def written(book: Casebook) -> int:
    with book.read() as reader:
        return reader.number("SELECT count(*) FROM acts")


def test_the_canary_a_finding_that_asks_nothing_is_noticed(
    others: Callable[..., Other], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "must_be_reached", lambda *_given: None)
    other = others(Role.CASEWORKER)
    do(other.book, act="case.opened", **WISHES["case.opened"](other.made))
    do(other.book, act="task.added", **WISHES["task.added"](other.made))
    assert other.opened()


NOTHING_THERE = (NotFound, NobodyFound, NoOfferFound)
"""What is said of a reference that names nothing at all: of anything, of a person, of an offer."""


@pytest.mark.parametrize("kind", sorted(set(WISHES) - {"case.blocked", "case.unblocked"}))
def test_whoever_is_kept_away_finds_nothing_with_a_reason_either(
    others: Callable[..., Other], entered: Entered, kind: str
) -> None:
    for role in _not_every(kind)[:1]:
        other = others(role, kind)
        do(other.founder, act="case.blocked", case=other.made["case"], staff=other.made["me"])
        meet(other.founder, other.book)
        with pytest.raises(NotFound) as refused:
            do(other.book, act=kind, **WISHES[kind](other.made), look_reason="contact")
        assert type(refused.value) in NOTHING_THERE
        assert not other.opened()
        assert entered == []


@pytest.mark.parametrize(("kind", "field"), [("person.corrected", "person"), ("transfer.accepted", "transfer")])
def test_whoever_is_kept_away_reads_what_everybody_reads_of_nothing(
    others: Callable[..., Other], kind: str, field: str
) -> None:
    other = others(_not_every(kind)[0], kind)
    do(other.founder, act="case.blocked", case=other.made["case"], staff=other.made["me"])
    meet(other.founder, other.book)
    wish, said = WISHES[kind](other.made), []
    for reference in (wish[field], new_id().hex()):
        with pytest.raises(NotFound) as refused:
            do(other.book, act=kind, **(wish | {field: reference}), look_reason="contact")
        words = render(refused.value.sentence(), "en")
        said.append((type(refused.value), refused.value.place, words.replace(reference, "")))
    assert said[0] == said[1]


def test_within_a_batch_the_look_is_entered_too(others: Callable[..., Other], entered: Entered) -> None:
    other = others(Role.HELPLINE)
    note = {"act": "note.added", **WISHES["note.added"](other.made)}
    with pytest.raises(NeedsReason) as refused:
        perform_all(other.book, [read_act(note, "[0]")])
    assert refused.value.place == "[0].case"
    perform_all(other.book, [read_act(note | {"look_reason": "danger"}, "[0]"), read_act(note, "[1]")])
    assert entered == [(Look.CASE, other.made["case"], "danger")]


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.LAWYER])
def test_what_is_within_reach_takes_no_reason(others: Callable[..., Other], entered: Entered, role: Role) -> None:
    other = others(role)
    do(other.founder, act="case.assigned", case=other.made["case"], worker=other.made["me"])
    meet(other.founder, other.book)
    do(other.book, act="note.added", **WISHES["note.added"](other.made))
    second = do(other.book, act="case.opened", **WISHES["case.opened"](other.made))
    with other.book.read() as reader:
        assert case_page(reader, second.ids["case"].hex())
    assert entered == []


def test_one_case_within_reach_is_enough_for_a_person(others: Callable[..., Other], entered: Entered) -> None:
    other = others(Role.CASEWORKER)
    person = other.made["person"]
    do(other.founder, act="case.opened", kind="child", person_id=person, worker=other.made["me"])
    meet(other.founder, other.book)
    do(other.book, act="phone.added", person=person, number="+77010000002")
    assert entered == []


def test_whoever_was_given_something_to_do_says_that_it_is_done(others: Callable[..., Other]) -> None:
    other = others(Role.HELPLINE)
    task = {"act": "task.added", "case": other.made["case"], "title": "Generated", "due": "2026-12-01"}
    made = do(other.founder, **task, assignee=other.made["me"])
    meet(other.founder, other.book)
    do(other.book, act="task.done", task=made.ids["task"].hex())
    assert not other.opened()


def test_whoever_opens_a_case_for_a_colleague_may_go_on_in_it(others: Callable[..., Other]) -> None:
    other = others(Role.CASEWORKER)
    made = a_case(other.book, worker=other.made["founder"])
    do(other.book, act="note.added", case=made, text="Generated.")


def test_attachments_take_a_reason_too(others: Callable[..., Other]) -> None:
    other = others(Role.CASEWORKER)
    wish = AddAttachment(other.made["case"], "Generated", Clean("audio/mpeg", 0, b"generated sound"))
    with pytest.raises(NeedsReason):
        add_attachment(other.book, wish)
    row = add_attachment(other.founder, wish).ids["attachment"].hex()
    meet(other.founder, other.book)
    with pytest.raises(NeedsReason):
        remove_attachment(other.book, row)
    open_case(other.book, other.made["case"], "contact")
    remove_attachment(other.book, row)


def test_reading_attachments_takes_the_same_reason(others: Callable[..., Other], entered: Entered) -> None:
    other = others(Role.CASEWORKER)
    case, other.book.acting = other.made["case"], other.book.acting.showing_names()
    wish = AddAttachment(case, "Generated", Clean("audio/mpeg", 0, b"generated sound"))
    row = add_attachment(other.founder, wish).ids["attachment"].hex()
    meet(other.founder, other.book)
    with pytest.raises(NeedsReason):
        list_attachments(other.book, case)
    with pytest.raises(NeedsReason):
        copy_attachment(other.book, CopyAttachment(row))
    with pytest.raises(UnknownCode):
        copy_attachment(other.book, CopyAttachment(row, reason="because"))
    assert entered == []
    with suppress(AttachmentMissing):  # its bytes are on the other laptop
        copy_attachment(other.book, CopyAttachment(row, reason="asked"))
    assert entered == [(Look.COPY, case, "asked")]


def test_listing_and_adding_attachments_enter_it_too(others: Callable[..., Other], entered: Entered) -> None:
    other = others(Role.CASEWORKER)
    case = other.made["case"]
    assert list_attachments(other.book, case, "asked") == ()
    assert entered == [(Look.CASE, case, "asked")]
    other = others(Role.HELPLINE)
    clean = Clean("audio/mpeg", 0, b"generated sound")
    add_attachment(other.book, AddAttachment(other.made["case"], "Generated", clean, look_reason="danger"))
    assert entered[1:] == [(Look.CASE, other.made["case"], "danger")]
