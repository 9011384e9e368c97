"""One way to perform each kind of act, with generated facts. The registry is complete, or a test says so."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy import select, text

from kzcase.actions import (
    attachments,
    calls,
    case_facts,
    cases,
    consents,
    corrections,
    courses,
    erasing,
    form_texts,
    forms,
    freezing,
    history,
    holds,
    incidents,
    incoming_referrals,
    keeping_away,
    log_key,
    office_forms,
    organisation,
    package_keys,
    packages,
    partner_keys,
    partners,
    people,
    phone_forms,
    phone_switches,
    printing,
    referral_steps,
    referrals,
    releases,
    role_changes,
    rules,
    scans,
    sealed_notes,
    shares,
    subject_requests,
    submission_keys,
    submissions,
    undertakings,
)
from kzcase.actions.desk import add_staff_rows
from kzcase.actions.perform import perform as perform_act
from kzcase.actions.perform import read_act
from kzcase.actions.wishes import Done
from kzcase.db.casebook import Casebook, Opening
from kzcase.db.tables import ENTITIES
from kzcase.db.tables.organisation import (
    Device,
    RecoveryShare,
    Revocation,
    ShareIssue,
    ShareTrial,
    Staff,
    StaffRole,
)
from kzcase.db.tables.teamwork import ApprovalDecision
from kzcase.domain.errors import AlreadySuspended, NotFound, NothingToChange, RuleBroken
from kzcase.domain.ids import new_id
from kzcase.domain.packages import Reply, digest, read_package_content
from kzcase.domain.permissions import Role
from kzcase.domain.six_words import six_words
from kzcase.forms.library import shipped_form
from kzcase.keys.derivation import FLOOR
from kzcase.keys.identity import Identity
from kzcase.keys.packages import closed_reply, fresh_opening_key, key_card, lock_of, opened_by_passphrase
from kzcase.keys.passphrase import word_list
from kzcase.keys.recovery import RootSigner
from kzcase.keys.submission_keys import fresh_private_key
from kzcase.paper.incoming.door import Clean
from kzcase.queries.form_texts import checked_texts
from kzcase.queries.forms import forms_offered
from kzcase.queries.phone_forms import on_phones_all_the_same
from tests.db.books import KEY, ROOT_KEY
from tests.exchange import forms as phones
from tests.forms.office import office_xform
from tests.forms_answers import plausible_answers
from tests.own_pathways import own_pathway

FAMILIES = ("Каримова", "Әбілқасымов", "OʻTKIROV", "Исмаилова", "Ыбырайқызы")
GIVEN = ("Дильноза", "Қайрат", "AYGÜL", "Һасан", "Іңкәр")


@dataclass
class World:
    """One laptop in a test: its casebook, a seeded chance, and who else there is."""

    book: Casebook
    chance: Random
    colleagues: list[Identity] = field(default_factory=list)

    def any_of(self, entity: str, *, make: str) -> str:
        """The id of some live row, made first when there is none."""
        with self.book.read() as reader:
            sql = text(f"SELECT id FROM {entity} WHERE struck IS NOT 1 ORDER BY id")
            ids = [row[0] for row in reader.session.execute(sql)]
        if not ids:
            if isinstance(refused := perform(self, make), RuleBroken):
                raise refused
            return self.any_of(entity, make=make)
        return bytes(self.chance.choice(ids)).hex()

    @contextmanager
    def acting_as(self, colleague: Identity) -> Iterator[None]:
        """The same laptop with somebody else at it for a while."""
        founder = self.book._identity
        self._sit_down(colleague)
        try:
            yield
        finally:
            self._sit_down(founder)

    def _sit_down(self, identity: Any) -> None:
        path, clock = self.book.folder.path, self.book._clock
        self.book.close()
        self.book = Casebook.open(path, Opening(KEY, identity, clock))

    def open_case(self) -> str:
        """The id of a case that is not closed."""
        return self._case("closed_on IS NULL", make="case.opened")

    def closed_case(self) -> str:
        """The id of a case that is closed."""
        return self._case("closed_on IS NOT NULL", make="case.closed")

    def _case(self, condition: str, *, make: str) -> str:
        with self.book.read() as reader:
            sql = text(f"SELECT id FROM cases WHERE struck IS NOT 1 AND {condition} ORDER BY id")
            ids = [row[0] for row in reader.session.execute(sql)]
        if not ids:
            if isinstance(refused := perform(self, make), RuleBroken):
                raise refused
            return self._case(condition, make=make)
        return bytes(self.chance.choice(ids)).hex()


Driver = Callable[[World], object]
DRIVERS: dict[str, Driver] = {}


def driver(kind: str) -> Callable[[Driver], Driver]:
    def declare(perform_kind: Driver) -> Driver:
        DRIVERS[kind] = perform_kind
        return perform_kind

    return declare


def perform(world: World, kind: str) -> object:
    """Perform one act of a kind; what a rule refuses is refused the same on every laptop, so it changes nothing."""
    try:
        return DRIVERS[kind](world)
    except RuleBroken as refused:
        return refused


def _person(chance: Random) -> people.PersonFacts:
    names = [
        people.NameFacts(family=chance.choice(FAMILIES), given=chance.choice(GIVEN))
        for _ in range(chance.randint(1, 2))
    ]
    phones = [
        people.PhoneFacts(number=f"+7 700 000 {chance.randint(0, 9999):04}", safe=chance.choice(("safe", "unknown")))
    ]
    return people.PersonFacts(
        names=names,
        sex=chance.choice(("female", "male", "unknown")),
        birth=chance.choice(("1994-05", "1985~", "2009-11-03", None)),
        citizenships=chance.sample(["UZ", "KZ", "KG", "XXA"], chance.randint(0, 2)),
        phones=phones[: chance.randint(0, 1)],
    )


@driver("casebook.founded")
def _found_again(world: World) -> object:
    with world.book.write("casebook.founded"):
        pytest.fail("a second founding act was let through")


@driver("device.certified")
def _certify(world: World) -> object:
    with world.book.write("device.certified") as act:
        return act.add(Device(id=new_id(), code="XYZ", certified_on=act.today))


@driver("staff.added")
def _add_staff(world: World) -> object:
    identity = Identity.fresh(new_id(), f"Colleague {world.chance.randint(0, 10**9)}")
    with world.book.write("staff.added") as act:
        add_staff_rows(act, identity, (Role.CASEWORKER, Role.SUPERVISOR))
    world.colleagues.append(identity)
    return identity


@driver("staff.removed")
def _remove_staff(world: World) -> object:
    leaving = world.chance.choice(world.colleagues).staff_id if world.colleagues else _add_staff(world).staff_id  # type: ignore[attr-defined]
    with world.book.write("staff.removed") as act:
        colleague = act.session.get(Staff, leaving)
        if colleague is None:
            raise RuleBroken("not here yet")
        colleague.removed_on = act.today
        for role in act.session.scalars(select(StaffRole).where(StaffRole.staff_id == leaving)):
            role.struck = True
        for incarnation, index, digest in world.book.frontier(leaving):
            row = {"incarnation": incarnation, "last_index": index, "last_digest": digest}
            act.add(Revocation(staff_id=leaving, **row))
    return leaving


@driver("staff.recovered")
def _recover_staff(world: World) -> object:
    who = world.chance.choice(world.colleagues) if world.colleagues else _add_staff(world)
    renewed = Identity.fresh(who.staff_id, who.name)  # type: ignore[attr-defined]
    with _by_root(world, renewed.staff_id), world.book.write("staff.recovered") as act:
        colleague = act.session.get(Staff, renewed.staff_id)
        if colleague is None:
            raise RuleBroken("not here yet")
        colleague.sign_key, colleague.kem_key = renewed.public_sign, renewed.public_kem
    return renewed


def _by_root(world: World, staff_id: bytes) -> Any:
    return world.book.signed_by(RootSigner(staff_id, ROOT_KEY))


@driver("staff.roles_changed")
def _change_roles(world: World) -> object:
    who = _add_staff(world).staff_id.hex()  # type: ignore[attr-defined]
    return role_changes.change_roles(
        world.book, role_changes.ChangeRoles(staff=who, give=("lawyer",), take=("caseworker",))
    )


@driver("audit_key.shared")
def _share_audit_key(world: World) -> object:
    identity = _add_staff(world)
    with world.book.write("audit_key.shared") as act:
        log_key.add_audit_copy(act, identity.staff_id, identity.public_kem, b"generated")  # type: ignore[attr-defined]
    return identity


@driver("access.frozen")
def _freeze(world: World) -> object:
    who = _add_staff(world).staff_id.hex()  # type: ignore[attr-defined]
    return freezing.freeze_access(world.book, freezing.FreezeAccess(staff=who))


@driver("access.unfrozen")
def _unfreeze(world: World) -> object:
    who = _freeze(world).ids["staff"].hex()  # type: ignore[attr-defined]
    return freezing.unfreeze_access(world.book, freezing.UnfreezeAccess(staff=who))


@driver("device.frozen")
def _freeze_device(world: World) -> object:
    who = _add_staff(world).staff_id  # type: ignore[attr-defined]
    with world.book.write("device.frozen") as act:
        return act.add(Revocation(staff_id=who, incarnation=new_id(), last_index=-1, last_digest=b""))


@driver("work.handed_over")
def _hand_over(world: World) -> object:
    successor = _add_staff(world)
    cases = world.any_of("cases", make="case.opened")
    with world.book.write("work.handed_over") as act:
        row: Any = act.session.get_one(ENTITIES["cases"], bytes.fromhex(cases))
        row.worker_id = successor.staff_id  # type: ignore[attr-defined]
    return successor


@driver("shares.issued")
def _issue_shares(world: World) -> object:
    with _by_root(world, world.book.acting.staff_id), world.book.write("shares.issued") as act:
        issue = act.add(ShareIssue(number=world.chance.randint(1, 9), wraps=bytes(336), issued_on=act.today))
        for number in (1, 2, 3):
            act.add(RecoveryShare(issue_id=issue.id, number=number))
    return issue


@driver("share.given")
def _give_share(world: World) -> object:
    world.any_of("recovery_shares", make="shares.issued")
    wish = shares.GiveShare(world.chance.choice((1, 2, 3)), f"Holder {world.chance.randint(0, 10**9)}")
    return shares.give_share(world.book, wish)


@driver("shares.tried")
def _try_shares(world: World) -> object:
    with world.book.write("shares.tried") as act:
        return act.add(ShareTrial(numbers="1 2", tried_on=act.today))


@driver("case.opened")
def _open_case(world: World) -> object:
    chance = world.chance
    wish = cases.OpenCase(
        kind=chance.choice(("trafficking", "stateless", "child")),
        region=chance.choice(("KZ-75", "KZ-61", None)),
        note=chance.choice(("", "A generated note.")),
        person=_person(chance),
    )
    return cases.open_case(world.book, wish)


@driver("case.assigned")
def _assign(world: World) -> object:
    colleague = _add_staff(world)
    worker = colleague.staff_id.hex()  # type: ignore[attr-defined]
    return cases.assign_case(world.book, cases.AssignCase(case=world.open_case(), worker=worker))


@driver("case.closed")
def _close(world: World) -> object:
    opened = _open_case(world)
    person = people.CorrectPerson(person=opened.ids["person"].hex(), birth="1985")  # type: ignore[attr-defined]
    people.correct_person(world.book, person)
    case = opened.ids["case"].hex()  # type: ignore[attr-defined]
    closing = {"reason": "goals_reached", "summary": "Generated.", "feedback_asked": True}
    return cases.close_case(world.book, cases.CloseCase(case=case, **closing))


@driver("case.reopened")
def _reopen(world: World) -> object:
    wish = cases.ReopenCase(case=world.closed_case(), reason="Generated.")
    return cases.reopen_case(world.book, wish)


@driver("case.suspended")
def _suspend(world: World) -> object:
    return courses.suspend_case(world.book, courses.SuspendCase(case=world.open_case(), reason="Generated."))


@driver("case.resumed")
def _resume(world: World) -> object:
    case = world.open_case()
    with suppress(AlreadySuspended):
        courses.suspend_case(world.book, courses.SuspendCase(case=case, reason="Generated."))
    return courses.resume_case(world.book, courses.ResumeCase(case=case))


@driver("closing.begun")
def _begin_closing(world: World) -> object:
    return courses.begin_closing(world.book, courses.BeginClosing(case=world.open_case()))


@driver("contact.tried")
def _try_contact(world: World) -> object:
    channel = world.chance.choice(("visit", "phone", "email"))
    return courses.try_contact(world.book, courses.TryContact(case=world.open_case(), channel=channel))


@driver("fact.stated")
def _state(world: World) -> object:
    chance = world.chance
    wish = case_facts.StateFact(
        case=world.open_case(),
        fact=chance.choice(("safe", "no_fear", "fear_stated", "rights_explained", "status_known", "documented")),
        on=chance.choice((None, "2026", "2026-11-02", "2026-10~")),
        source=chance.choice((None, "Generated.")),
    )
    return case_facts.state_fact(world.book, wish)


@driver("fact.corrected")
def _correct_fact(world: World) -> object:
    statement = world.any_of("case_facts", make="fact.stated")
    on = world.chance.choice(("2026-09", "2026-10-11"))
    return case_facts.correct_fact(world.book, case_facts.CorrectFact(statement=statement, on=on))


@driver("fact.withdrawn")
def _withdraw_fact(world: World) -> object:
    statement = world.any_of("case_facts", make="fact.stated")
    return case_facts.withdraw_fact(world.book, case_facts.WithdrawFact(statement=statement, ground="Generated."))


@driver("visibility.weighed")
def _weigh(world: World) -> object:
    said = {"step": world.chance.choice(("filed", "documents_asked")), "authority": "Generated", "learns": "Generated."}
    decided = {"decision": world.chance.choice(("file", "wait")), "decided_with": "person", "ground": "Generated."}
    return _act(world, act="visibility.weighed", case=world.open_case(), **said, **decided)


@driver("step.cleared")
def _clear_step(world: World) -> object:
    identity, case = Identity.fresh(new_id(), f"Lawyer {world.chance.randint(0, 10**9)}"), world.open_case()
    with world.book.write("staff.added") as act:
        add_staff_rows(act, identity, (Role.LAWYER, Role.SUPERVISOR))
    with world.acting_as(identity):
        step = world.chance.choice(("consulate_letter", "return_home"))
        return case_facts.clear_step(world.book, case_facts.ClearStep(case=case, step=step))


@driver("clearance.withdrawn")
def _withdraw_clearance(world: World) -> object:
    statement = world.any_of("case_clearances", make="step.cleared")
    identity = Identity.fresh(new_id(), f"Lawyer {world.chance.randint(0, 10**9)}")
    with world.book.write("staff.added") as act:
        add_staff_rows(act, identity, (Role.LAWYER, Role.SUPERVISOR))
    with world.acting_as(identity):
        wish = case_facts.WithdrawFact(statement=statement, ground="Generated.")
        return case_facts.withdraw_clearance(world.book, wish)


@driver("fact.confirmed")
def _confirm_fact(world: World) -> object:
    wish = case_facts.ConfirmFact(case=world.open_case(), fact="supervisor_confirmed", ground="Generated.")
    return case_facts.confirm_fact(world.book, wish)


@driver("confirmation.withdrawn")
def _withdraw_confirmation(world: World) -> object:
    statement = world.any_of("case_confirmations", make="fact.confirmed")
    wish = case_facts.WithdrawFact(statement=statement, ground="Generated.")
    return case_facts.withdraw_confirmation(world.book, wish)


@driver("report.made")
def _report(world: World) -> object:
    _ready_to_report(world, case := world.open_case())
    given = {"addressee": "Generated body", "proof": "No. 1", "told": "Generated."}
    return courses.report_made(world.book, courses.ReportMade(case=case, **given))


def _ready_to_report(world: World, case: str) -> None:
    case_facts.state_fact(world.book, case_facts.StateFact(case=case, fact="danger_to_life"))


@driver("report.declined")
def _decline_report(world: World) -> object:
    wish = courses.ReportDeclined(case=world.open_case(), ground="Generated.", told="Generated.")
    return courses.report_declined(world.book, wish)


@driver("person.corrected")
def _correct(world: World) -> object:
    person, chance = world.any_of("people", make="case.opened"), world.chance
    sex, birth = chance.choice(("female", "male")), chance.choice(("1990", "1991-02"))
    return people.correct_person(world.book, people.CorrectPerson(person=person, sex=sex, birth=birth))


@driver("name.added")
def _add_name(world: World) -> object:
    person = world.any_of("people", make="case.opened")
    return people.add_name(world.book, people.AddName(person=person, family=world.chance.choice(FAMILIES)))


@driver("phone.added")
def _add_phone(world: World) -> object:
    wish = people.AddPhone(person=world.any_of("people", make="case.opened"), number="+7 700 000 00 00", safe="safe")
    return people.add_phone(world.book, wish)


def _a_person(world: World) -> str:
    return world.any_of("people", make="case.opened")


@driver("record.added")
def _add_record(world: World) -> object:
    facts = world.chance.choice(
        (
            {"record": "document", "kind": "foreign_passport", "number": f"AB{world.chance.randint(0, 9999999):07}"},
            {"record": "stay", "since": "2026-09", "basis": "foreigner_visa_free"},
            {"record": "leg", "place": "Generated", "country": "KG", "way": "bus"},
            {"record": "age_estimate", "since": "2026-09-01", "youngest": 15, "oldest": 17, "way": "interview"},
            {"record": "proceeding", "kind": "administrative", "role": "held_liable"},
        )
    )
    return _act(world, act="record.added", person=_a_person(world), facts=facts)


def _act(world: World, **act: Any) -> Done:
    return perform_act(world.book, read_act(act, ""))


def _live(world: World, table: str, condition: str = "1", columns: str = "id") -> list[Any]:
    with world.book.read() as reader:
        query = f"SELECT {columns} FROM {table} WHERE struck IS NOT 1 AND {condition} ORDER BY id"
        return [tuple(row) for row in reader.session.execute(text(query))]


def _some(world: World, table: str, condition: str = "1", /, **facts: Any) -> str:
    """A live record of a table, made first when there is none."""
    found = _live(world, table, condition)
    if found:
        return bytes(world.chance.choice(found)[0]).hex()
    return _act(world, act="record.added", person=_a_person(world), facts=facts).ids["record"].hex()


def _document(world: World, condition: str = "1") -> str:
    return _some(world, "documents", condition, record="document", kind="kz_id", number="1")


@driver("record.corrected")
def _correct_record(world: World) -> object:
    facts = {"record": "document", "number": f"{world.chance.randint(0, 10**9)}"}
    return _act(world, act="record.corrected", record=_document(world), facts=facts)


@driver("record.ended")
def _end_record(world: World) -> object:
    made = _some(world, "addresses", record="address", kind="actual", text="Generated")
    return _act(world, act="record.ended", record=made, until=str(world.chance.randint(1950, 2026)))


@driver("record.removed")
def _remove_record(world: World) -> object:
    return _act(world, act="record.removed", record=_document(world))


@driver("relation.added")
def _add_relation(world: World) -> object:
    who = {"names": [{"given": world.chance.choice(GIVEN)}], "phones": [{"number": "+7 700 000 11 11"}]}
    kind = world.chance.choice(("mother", "employer", "recruiter_suspected"))
    return _act(world, act="relation.added", person=_a_person(world), kind=kind, new_person=who, said_by="person")


def _pair(world: World, merged: bool = False) -> dict[str, str]:
    """Two people who are related, or merged; related or merged first where there are none."""
    table, columns = ("same_persons", "same_as, person_id") if merged else ("relations", "person_id, other_id")
    open_only = f"{columns.replace(', ', ' NOT NULL AND ')} NOT NULL"  # the text may not have come, or be erased
    open_only += " AND parted_on IS NULL" if merged else ""
    if not _live(world, table, open_only):
        DRIVERS["persons.merged" if merged else "relation.added"](world)
    first, second = world.chance.choice(_live(world, table, open_only, columns))
    return {"person": bytes(first).hex(), "other": bytes(second).hex()}


def _a_suspicion(world: World) -> str:
    if not _live(world, "relations", "keep_until IS NOT NULL"):
        who = {"names": [{"given": world.chance.choice(GIVEN)}]}
        facts = {"kind": "recruiter_suspected", "new_person": who, "said_by": "person"}
        _act(world, act="relation.added", person=_a_person(world), **facts)
    return bytes(world.chance.choice(_live(world, "relations", "keep_until IS NOT NULL"))[0]).hex()


@driver("suspicion.ended")
def _end_suspicion(world: World) -> object:
    return _act(world, act="suspicion.ended", record=_a_suspicion(world))


@driver("suspicion.renewed")
def _renew_suspicion(world: World) -> object:
    until = f"2027-0{world.chance.randint(1, 6)}-15"
    return _act(world, act="suspicion.renewed", record=_a_suspicion(world), keep_until=until, why="Generated.")


@driver("household.joined")
def _join_household(world: World) -> object:
    pair = _pair(world)
    joined = {"person": pair["other"], "with_person": pair["person"]}
    status = world.chance.choice(("citizen", "undetermined"))
    return _act(world, act="household.joined", **joined, nationality_status=status)


@driver("member.interviewed")
def _hear_apart(world: World) -> object:
    if not _live(world, "household_members", "person_id NOT NULL"):
        _join_household(world)
    (person,) = world.chance.choice(_live(world, "household_members", "person_id NOT NULL", "person_id"))
    interpreter = world.chance.choice(("not_needed", "phone", "household"))
    return _act(world, act="member.interviewed", person=bytes(person).hex(), interpreter=interpreter)


@driver("tracing.asked")
def _ask_tracing(world: World) -> object:
    who = {"names": [{"given": world.chance.choice(GIVEN)}]}
    said = {"relation": world.chance.choice(("mother", "husband")), "new_enquirer": who, "last_news": "2026-05"}
    return _act(world, act="tracing.asked", case=world.open_case(), **said)


def _a_tracing(world: World, condition: str = "1") -> str:
    if not _live(world, "tracings", condition):
        _ask_tracing(world)
    return bytes(world.chance.choice(_live(world, "tracings"))[0]).hex()


@driver("enquirer.vetted")
def _vet(world: World) -> object:
    checked = {
        "identity": "seen",
        "kinship": "seen",
        "motive": "Generated.",
        "danger": world.chance.choice(("no", "yes")),
    }
    return _act(world, act="enquirer.vetted", tracing=_a_tracing(world), **checked)


@driver("match.decided")
def _decide_match(world: World) -> object:
    decided = {"tracing": _a_tracing(world), "person": _a_person(world), "found": world.chance.random() < 0.8}
    return _act(world, act="match.decided", **decided)


_FOUND = "found AND tracing_id NOT NULL AND person_id NOT NULL"


@driver("found.answered")
def _found_answers(world: World) -> object:
    """Whoever was found; somebody is, where nobody was."""
    if not _live(world, "tracing_matches", _FOUND):
        found = {"tracing": _a_tracing(world), "person": _a_person(world), "found": True}
        _act(world, act="match.decided", **found)
    tracing, person = world.chance.choice(_live(world, "tracing_matches", _FOUND, "tracing_id, person_id"))
    said = {"answer": world.chance.choice(("yes", "no", "message")), "message": "Generated."}
    return _act(world, act="found.answered", tracing=bytes(tracing).hex(), person=bytes(person).hex(), **said)


@driver("document.taken")
def _take_document(world: World) -> object:
    free = "id NOT IN (SELECT document_id FROM custodies WHERE returned_on IS NULL AND struck IS NOT 1)"
    return _act(world, act="document.taken", document=_document(world, free), kept_where="Generated")


@driver("document.returned")
def _return_document(world: World) -> object:
    if not _live(world, "custodies", "returned_on IS NULL"):
        _take_document(world)
    kept = "id IN (SELECT document_id FROM custodies WHERE returned_on IS NULL AND struck IS NOT 1)"
    return _act(world, act="document.returned", document=_document(world, kept))


_PROCEEDING = {"record": "proceeding", "kind": "administrative", "role": "held_liable"}


@driver("safeguard.decided")
def _decide_safeguard(world: World) -> object:
    """Claimed, where it is not yet; else declined."""
    open_ones = _live(world, "proceedings", "safeguard IS NOT 'claimed'") or not _live(world, "proceedings")
    made = _some(world, "proceedings", "safeguard IS NOT 'claimed'" if open_ones else "1", **_PROCEEDING)
    decided = "claimed" if open_ones else "declined_informed"
    return _act(world, act="safeguard.decided", proceeding=made, safeguard=decided)


@driver("proceeding.closed")
def _close_proceeding(world: World) -> object:
    if not _live(world, "proceedings", "safeguard = 'claimed' AND closed_on IS NULL"):
        _decide_safeguard(world)
    made = _some(world, "proceedings", "safeguard = 'claimed' AND closed_on IS NULL", **_PROCEEDING)
    return _act(world, act="proceeding.closed", proceeding=made, outcome="ended_protected")


@driver("search.saved")
def _save_search(world: World) -> object:
    chosen = {"kind": [world.chance.choice(("child", "stateless"))], "overdue": True}
    return _act(world, act="search.saved", name="Generated", filters=chosen, shared=world.chance.random() < 0.5)


@driver("search.removed")
def _remove_search(world: World) -> object:
    own = f"staff_id = x'{world.book.acting.staff_id.hex()}'"
    if not _live(world, "saved_searches", own):
        _save_search(world)
    (row,) = world.chance.choice(_live(world, "saved_searches", own))
    return _act(world, act="search.removed", search=bytes(row).hex())


@driver("persons.merged")
def _merge(world: World) -> object:
    return _act(world, act="persons.merged", **_pair(world))


@driver("persons.parted")
def _part(world: World) -> object:
    return _act(world, act="persons.parted", **_pair(world, merged=True))


@driver("persons.told_apart")
def _tell_apart(world: World) -> object:
    return _act(world, act="persons.told_apart", **_pair(world))


@driver("note.added")
def _add_note(world: World) -> object:
    wish = cases.AddNote(case=world.any_of("cases", make="case.opened"), text=f"Note {world.chance.random()}")
    return cases.add_note(world.book, wish)


@driver("task.added")
def _add_task(world: World) -> object:
    return cases.add_task(world.book, cases.AddTask(case=world.open_case(), title="Ask again", due="2026-12-01"))


@driver("task.done")
def _done(world: World) -> object:
    return cases.complete_task(world.book, cases.CompleteTask(task=world.any_of("tasks", make="task.added")))


@driver("task.postponed")
def _postpone(world: World) -> object:
    task = DRIVERS["task.added"](world).ids["task"].hex()  # type: ignore[attr-defined]
    return _act(world, act="task.postponed", task=task, due=world.chance.choice(LATER), reason="Generated.")


LATER = ("2027-01-11", "2027-02-01", "2027-03-01")


def _not_offered(world: World) -> str:
    """An open case of whoever is at the laptop that is not offered to anybody; a new one where there is none."""
    me = world.book.acting.staff_id.hex()
    free = "id NOT IN (SELECT case_id FROM transfers WHERE state IS NULL AND struck IS NOT 1 AND case_id IS NOT NULL)"
    found = _live(world, "cases", f"closed_on IS NULL AND worker_id = x'{me}' AND {free}")
    case = world.chance.choice(found)[0] if found else _open_case(world).ids["case"]  # type: ignore[attr-defined]
    return bytes(case).hex()


def _offer(world: World) -> tuple[Identity, Any]:
    """A case, offered to a new colleague."""
    receiver, case = _add_staff(world), _not_offered(world)
    offer = {"act": "transfer.offered", "case": case, "worker": receiver.staff_id.hex(), "note": "Generated."}  # type: ignore[attr-defined]
    return receiver, _act(world, **offer)  # type: ignore[return-value]


@driver("transfer.offered")
def _offer_case(world: World) -> object:
    return _offer(world)[1]


@driver("transfer.accepted")
def _accept(world: World) -> object:
    receiver, offer = _offer(world)
    with world.acting_as(receiver):
        return _act(world, act="transfer.accepted", transfer=offer.ids["transfer"].hex())


@driver("transfer.refused")
def _refuse(world: World) -> object:
    receiver, offer = _offer(world)
    with world.acting_as(receiver):
        return _act(world, act="transfer.refused", transfer=offer.ids["transfer"].hex(), reason="Generated.")


@driver("transfer.withdrawn")
def _withdraw_offer(world: World) -> object:
    return _act(world, act="transfer.withdrawn", transfer=_offer(world)[1].ids["transfer"].hex())


def _asked_for(world: World) -> str:
    """A request of a new colleague."""
    asker, case = _add_staff(world), world.open_case()
    with world.acting_as(asker):  # type: ignore[arg-type]
        asked: Any = _act(world, act="case.requested", case=case, reason="Generated.")
    return str(asked.ids["request"].hex())


@driver("case.requested")
def _request_case(world: World) -> object:
    asker, case = _add_staff(world), world.open_case()
    with world.acting_as(asker):  # type: ignore[arg-type]
        return _act(world, act="case.requested", case=case, reason="Generated.")


@driver("case.request_granted")
def _grant(world: World) -> object:
    return _act(world, act="case.request_granted", case_request=_asked_for(world))


@driver("case.request_refused")
def _not_granted(world: World) -> object:
    return _act(world, act="case.request_refused", case_request=_asked_for(world), reason="Generated.")


@driver("caseload.handed_over")
def _hand_over_caseload(world: World) -> object:
    receiver, case = _add_staff(world), _not_offered(world)
    me, to = world.book.acting.staff_id.hex(), receiver.staff_id.hex()  # type: ignore[attr-defined]
    return _act(world, act="caseload.handed_over", colleague=me, to=[to], cases=[case], note="Generated.")


def _approval_of_another(world: World) -> str:
    asker, case = _add_staff(world), world.open_case()
    with world.acting_as(asker):  # type: ignore[arg-type]
        asked: Any = _act(world, act="approval.asked", case=case, what="not_reporting")
    return str(asked.ids["approval"].hex())


@driver("approval.asked")
def _ask_approval(world: World) -> object:
    what = world.chance.choice(("plan", "expense", "other"))
    return _act(world, act="approval.asked", case=world.open_case(), what=what, note="Generated.")


@driver("approval.given")
def _approve_step(world: World) -> object:
    return _act(world, act="approval.given", approval=_approval_of_another(world))


@driver("approval.sent_back")
def _send_back(world: World) -> object:
    return _act(world, act="approval.sent_back", approval=_approval_of_another(world), comment="Generated.")


@driver("approval.self_given")
def _approve_own(world: World) -> object:
    """As an office does in which nobody else may approve."""
    asked: Any = _ask_approval(world)
    of = {"case_id": asked.ids["case"], "approval_id": asked.ids["approval"]}
    with world.book.write("approval.self_given") as act:
        return act.add(ApprovalDecision(**of, outcome="approved", decided_by=act.acting.staff_id, own=True))


@driver("flag.raised")
def _raise_flag(world: World) -> object:
    seen = world.chance.choice(("everyone", "responsible", "supervisors"))
    return _act(world, act="flag.raised", case=world.open_case(), kind="danger", reason="Generated.", seen_by=seen)


@driver("flag.taken_down")
def _take_down_flag(world: World) -> object:
    return _act(world, act="flag.taken_down", flag=world.any_of("flags", make="flag.raised"), reason="Generated.")


@driver("conference.held")
def _confer(world: World) -> object:
    outside = [{"name": "Generated", "organisation": "Generated"}]
    decided = [{"text": "Generated.", "due": "2026-12-01"}, {"text": "Generated."}]
    given = {"kind": "plan_review", "minutes": "Generated.", "outsiders": outside, "decisions": decided}
    return _act(world, act="conference.held", case=world.open_case(), **given)


@driver("absence.noted")
def _note_absence(world: World) -> object:
    return _act(world, act="absence.noted", first_day="2026-12-01", last_day="2026-12-05")


@driver("form.answered")
def _answer(world: World) -> object:
    form = shipped_form("victim_screening")
    wish = forms.AnswerForm(case=world.open_case(), form=form.id, answers=plausible_answers(form))
    return forms.answer_form(world.book, wish)


@driver("form.corrected")
def _correct(world: World) -> object:
    with world.book.read() as reader:
        sql = text("SELECT id FROM answer_sheets WHERE form_id = 'victim_screening' AND struck IS NOT 1 ORDER BY id")
        sheets = [bytes(row[0]).hex() for row in reader.session.execute(sql)]
    if not sheets:
        if isinstance(refused := perform(world, "form.answered"), RuleBroken):
            raise refused
        return _correct(world)
    said = {"decision/remarks": f"Generated {world.chance.randint(0, 10**9)}."}
    return corrections.correct_form(
        world.book, corrections.CorrectForm(sheet=world.chance.choice(sheets), answers=said)
    )


@driver("form.added")
def _add_form(world: World) -> object:
    """One of two forms of the office's own, in a version nobody had before."""
    wish = office_forms.AddForm(xform=office_xform(world.chance.choice(("visit", "outing")), world.chance.random()))
    return office_forms.add_form(world.book, wish)


@driver("form.withdrawn")
def _withdraw_form(world: World) -> object:
    world.any_of("office_forms", make="form.added")
    with world.book.read() as reader:
        forms_here = [each.form.id for each in forms_offered(reader) if each.office]
    if not forms_here:
        raise NotFound(place="form")
    return office_forms.withdraw_form(world.book, office_forms.WithdrawForm(form=world.chance.choice(forms_here)))


@driver("form.text_checked")
def _check_text(world: World) -> object:
    """A text nobody has checked yet; where there is none, a leaflet in two more languages is added first."""
    with world.book.read() as reader:
        there = [
            (each.form.id, language)
            for each in forms_offered(reader)
            for language in each.form.further_languages
            if each.office and language not in checked_texts(reader, each.form.version)
        ]
    if not there:
        moment = 'kzcase:moment="service"'
        xform = office_xform("leaflet", world.chance.random()).replace(moment, f'{moment} kzcase:languages="uz ky"')
        office_forms.add_form(world.book, office_forms.AddForm(xform=xform))
        there = [("leaflet", "uz"), ("leaflet", "ky")]
    form, language = world.chance.choice(there)
    wish = form_texts.CheckText(form=form, language=language, reader="Generated reader")
    return form_texts.check_text(world.book, wish)


@driver("call.logged")
def _log_call(world: World) -> object:
    topics = world.chance.sample(["offer_check", "wages", "stay"], 2)
    wish = calls.LogCall(channel="phone", language="kk", topics=topics, outcome="out_answered", note="Generated.")
    return calls.log_call(world.book, wish)


@driver("organisation.described")
def _describe(world: World) -> object:
    wish = organisation.DescribeOrganisation(
        address=f"Street {world.chance.randint(0, 10**9)}", phone="+7 700 000 00 00"
    )
    return organisation.describe_organisation(world.book, wish)


@driver("partner.added")
def _add_partner(world: World) -> object:
    wish = partners.AddPartner(name=f"Partner {world.chance.randint(0, 10**9)}", kind="crisis_centre", region="KZ-75")
    return partners.add_partner(world.book, wish)


@driver("partner.changed")
def _change_partner(world: World) -> object:
    wish = partners.ChangePartner(
        partner=world.any_of("partners", make="partner.added"), hours=f"{world.chance.randint(0, 10**9)}"
    )
    return partners.change_partner(world.book, wish)


def _enter_key(world: World) -> tuple[str, bytes]:
    partner, (private, public) = world.any_of("partners", make="partner.added"), fresh_opening_key()
    private.wipe()
    partner_keys.enter_partner_key(world.book, partner_keys.EnterPartnerKey(partner=partner, card=key_card(public)))
    return partner, public


@driver("partner.key_entered")
def _key_entered(world: World) -> object:
    partner, (private, public) = world.any_of("partners", make="partner.added"), fresh_opening_key()
    private.wipe()
    wish = partner_keys.EnterPartnerKey(partner=partner, card=key_card(public))
    return partner_keys.enter_partner_key(world.book, wish)


@driver("partner.key_confirmed")
def _key_confirmed(world: World) -> object:
    partner, public = _enter_key(world)
    wish = partner_keys.ConfirmPartnerKey(partner=partner, words=six_words(public, word_list("kk")))
    return partner_keys.confirm_partner_key(world.book, wish)


@driver("package_key.made")
def _package_key(world: World) -> object:
    return package_keys.make_package_key(world.book, package_keys.MakePackageKey())


@driver("package_key.shared")
def _share_package_key(world: World) -> object:
    world.any_of("package_keys", make="package_key.made")
    _add_staff(world)
    return package_keys.share_package_keys(world.book, package_keys.SharePackageKeys())


def _package(world: World) -> packages.MadePackage:
    referral, _, _case = _just_sent(world)
    prepared = packages.prepare_package(world.book, referral, reason="contact")
    return packages.make_package(world.book, prepared, lock=lock_of("generated generated", FLOOR))


@driver("package.made")
def _make_package(world: World) -> object:
    return _package(world).done


@driver("package.answered")
def _package_answered(world: World) -> object:
    made = _package(world)
    package = read_package_content(opened_by_passphrase(made.content, "generated generated"))
    reply = Reply(
        id=world.chance.randbytes(16).hex(), package=digest(made.content), state="accepted", on=date(2026, 11, 22)
    )
    return packages.take_reply(world.book, closed_reply(package.reply_to, package.reply_seed, reply.plain()))


@driver("referral.received")
def _receive(world: World) -> object:
    wish = incoming_referrals.ReceiveReferral(sender="Generated", need="shelter", who="Generated person", how="phone")
    return incoming_referrals.receive_referral(world.book, wish)


@driver("referral.decided")
def _decide(world: World) -> object:
    incoming = world.any_of("incoming_referrals", make="referral.received")
    wish = incoming_referrals.DecideIncoming(incoming=incoming, state="appointment", appointment_on="2026-12-04")
    return incoming_referrals.decide_incoming(world.book, wish)


@driver("consent.given")
def _consent(world: World) -> object:
    partner = world.any_of("partners", make="partner.added")
    wish = consents.GiveConsent(
        case=world.open_case(), partner=partner, purpose="referral", classes=["identifying", "contact"], language="kk"
    )
    return consents.give_consent(world.book, wish)


@driver("consent.withdrawn")
def _withdraw(world: World) -> object:
    return _act(world, act="consent.withdrawn", consent=world.any_of("consents", make="consent.given"))


_IF_A_CHILD = {"assent": "written", "guardian": "agrees"}
"""What is asked besides where who was generated is a child."""


def _just_sent(world: World) -> tuple[str, str, str]:
    """A new referral that was sent, the new consent it was sent under, and the case."""
    case, partner = world.open_case(), _act(world, act="partner.added", name=f"P {new_id().hex()}", kind="ngo")
    to = {"case": case, "partner": partner.ids["partner"].hex(), "look_reason": "contact"}
    letter = _act(world, act="referral.drafted", need="social_legal", reason="Generated.", **to).ids["referral"].hex()
    agreed = {"purpose": "referral", "classes": ["identifying"], "language": "kk", **_IF_A_CHILD}
    consent = _act(world, act="consent.given", **agreed, **to).ids["consent"].hex()
    _act(world, act="referral.sent", referral=letter, how="in_person")
    return letter, consent, case


def _sent_under(world: World) -> str:
    """A new consent under which a referral was sent."""
    return _just_sent(world)[1]


@driver("consent.revoked")
def _revoke_consent(world: World) -> object:
    return _act(world, act="consent.revoked", consent=_sent_under(world), ground="Generated.")


@driver("consent.corrected")
def _correct_consent(world: World) -> object:
    until = f"{world.chance.randint(2030, 2199)}-01-{world.chance.randint(10, 31)}"
    return _act(world, act="consent.corrected", consent=_sent_under(world), ground="Generated.", valid_until=until)


@driver("consent.signed")
def _bind_sheet(world: World) -> object:
    scan = _attached(world)
    agreed = {"purpose": "record_keeping", "classes": ["identifying"], "language": "kk", "look_reason": "contact"}
    agreed |= _IF_A_CHILD
    consent = _act(world, act="consent.given", case=scan.ids["case"].hex(), **agreed).ids["consent"].hex()
    return _act(world, act="consent.signed", consent=consent, attachment=scan.ids["attachment"].hex())


def _consent_form(world: World, form: str, case: str, **answers: str) -> str:
    said = {"act": "form.answered", "case": case, "look_reason": "contact", "form": form, "language": "kk"}
    return str(_act(world, **said, answers=answers).ids["sheet"].hex())


@driver("consent.recorded")
def _record_consent(world: World) -> object:
    answers = {"agree_record": "yes", "kinds": "identifying", "decision": "given"}
    said = {f"decision_part/{name}": value for name, value in answers.items()}
    return _act(world, act="consent.recorded", sheet=_consent_form(world, "consent_data", world.open_case(), **said))


@driver("withdrawal.recorded")
def _record_withdrawal(world: World) -> object:
    case = _just_sent(world)[2]
    said = {"said/withdrawn_on": "2026-11-20", "said/scope": "all"}
    return _act(world, act="withdrawal.recorded", sheet=_consent_form(world, "consent_withdrawal", case, **said))


def _notice(world: World, *, sent: bool) -> str:
    """A notice of a new withdrawal."""
    withdrawn: Any = _act(world, act="consent.withdrawn", consent=_sent_under(world))
    with world.book.read() as reader:
        table: Any = ENTITIES["consent_notices"]
        of_it = select(table.id).where(table.withdrawal_id == withdrawn.ids["withdrawal"]).limit(1)
        notice = str(reader.session.scalars(of_it).one().hex())
    if sent:
        _act(world, act="notice.sent", notice=notice, how="post")
    return notice


@driver("notice.sent")
def _send_notice(world: World) -> object:
    return _act(world, act="notice.sent", notice=_notice(world, sent=False), how="post")


@driver("notice.acknowledged")
def _acknowledge_notice(world: World) -> object:
    return _act(world, act="notice.acknowledged", notice=_notice(world, sent=True))


@driver("emergency.released")
def _pass_on(world: World) -> Any:
    said = {"basis": "vital", "ground": "Generated.", "passed": "Generated.", "how": "phone", "recipient": "Generated"}
    return _act(world, act="emergency.released", case=world.open_case(), classes=["identifying", "health"], **said)


@driver("emergency.reviewed")
def _look_at_emergency(world: World) -> object:
    release, second = _pass_on(world), _add_staff(world)
    with world.acting_as(second):  # type: ignore[arg-type]
        said = {"release": release.ids["release"].hex(), "outcome": "justified"}
        return _act(world, act="emergency.reviewed", **said, look_reason="review")


@driver("referral.drafted")
def _draft(world: World) -> object:
    partner = world.any_of("partners", make="partner.added")
    wish = referrals.DraftReferral(case=world.open_case(), partner=partner, need="social_legal", reason="Generated.")
    return referrals.draft_referral(world.book, wish)


@driver("referral.sent")
def _send(world: World) -> object:
    drafts = _live(world, "referrals", "sent_on IS NULL") if world.chance.random() < 0.3 else []
    drafts = drafts or [(DRIVERS["referral.drafted"](world).ids["referral"],)]  # type: ignore[attr-defined]
    referral = bytes(world.chance.choice(drafts)[0]).hex()
    with world.book.read() as reader:
        row = reader.session.get_one(ENTITIES["referrals"], bytes.fromhex(referral))
        place: tuple[Any, Any] = (row.case_id, row.partner_id)  # type: ignore[attr-defined]
    if None in place:  # its writing was undone on another laptop meanwhile: nobody could choose it on the screen
        raise NotFound(place="referral")
    agreed = {"purpose": "referral", "classes": ["identifying"], "language": "kk", "look_reason": "contact"}
    agreed |= _IF_A_CHILD
    wish = consents.GiveConsent(case=place[0].hex(), partner=place[1].hex(), **agreed)
    consents.give_consent(world.book, wish)
    return referrals.send_referral(world.book, referrals.SendReferral(referral=referral, how="in_person"))


@driver("referral.answered")
def _reply(world: World) -> object:
    referral, _, _case = _just_sent(world)
    return referrals.answer_referral(world.book, referrals.AnswerReferral(referral=referral, outcome="accepted"))


@driver("referral.followed")
def _follow(world: World) -> object:
    state = world.chance.choice(("received", "accepted", "appointment", "partly", "no_show", "revoked"))
    wish = referral_steps.FollowReferral(
        referral=_just_sent(world)[0], state=state, appointment_on="2026-12-04", look_reason="contact"
    )
    return referral_steps.follow_referral(world.book, wish)


@driver("referral.chased")
def _chase(world: World) -> object:
    wish = referral_steps.ChaseReferral(
        referral=_just_sent(world)[0], delay="waiting_list", text="Generated.", look_reason="contact"
    )
    return referral_steps.chase_referral(world.book, wish)


@driver("note.sealed")
def _seal(world: World) -> object:
    case = world.any_of("cases", make="case.opened")
    kind = world.chance.choice(("therapy", "legal", "shelter_address", "protected_witness"))
    readers = [world.book.acting.staff_id.hex()]
    return sealed_notes.seal_note(
        world.book, sealed_notes.SealNote(case=case, kind=kind, readers=readers, text="Generated.")
    )


@driver("note.resealed")
def _reseal(world: World) -> object:
    note, added = world.any_of("sealed_notes", make="note.sealed"), _add_staff(world)
    readers = [added.staff_id.hex()]  # type: ignore[attr-defined]
    return sealed_notes.reseal_note(world.book, sealed_notes.ResealNote(note=note, readers=readers))


@driver("case.blocked")
def _keep_away(world: World) -> object:
    case = world.any_of("cases", make="case.opened")
    colleague = _add_staff(world).staff_id.hex()  # type: ignore[attr-defined]
    return keeping_away.keep_away(world.book, keeping_away.KeepAway(case=case, staff=colleague))


@driver("case.unblocked")
def _let_back(world: World) -> object:
    block = world.any_of("case_blocks", make="case.blocked")
    with world.book.read() as reader:
        row: Any = reader.session.get_one(ENTITIES["case_blocks"], bytes.fromhex(block))
        if None in (row.case_id, row.staff_id):  # whose case was erased on another laptop meanwhile
            raise NotFound(place="case")
        case, colleague = row.case_id.hex(), row.staff_id.hex()
    return keeping_away.let_back(world.book, keeping_away.LetBack(case=case, staff=colleague))


@driver("paper.printed")
def _print(world: World) -> object:
    case = world.any_of("cases", make="case.opened")
    return printing.record_printing(world.book, printing.PrintPaper(case, "case_sheet", "kk", "00" * 32))


@driver("attachment.added")
def _attach(world: World) -> object:
    return _attached(world)


def _attached(world: World) -> Done:
    made = Clean("image/jpeg", 1, world.chance.randbytes(64))
    wish = attachments.AddAttachment(world.any_of("cases", make="case.opened"), "Generated.", made)
    return attachments.add_attachment(world.book, wish)


@driver("sheet.returned")
def _return_sheet(world: World) -> object:
    printing = world.any_of("printings", make="paper.printed")
    with world.book.read() as reader:
        if reader.session.get_one(ENTITIES["printings"], bytes.fromhex(printing)).case_id is None:  # type: ignore[attr-defined]
            raise NotFound(place="printing")  # whose case was erased on another laptop meanwhile
    made = Clean("image/jpeg", 1, world.chance.randbytes(64))
    return scans.return_sheet(world.book, scans.ReturnSheet(printing, made, "Generated."))


@driver("attachment.removed")
def _remove_attachment(world: World) -> object:
    return attachments.remove_attachment(world.book, world.any_of("attachments", make="attachment.added"))


@driver("attachment.copied")
def _copy_attachment(world: World) -> object:
    made = _attached(world)
    world.book.show_names()
    return attachments.copy_attachment(world.book, attachments.CopyAttachment(made.ids["attachment"].hex()))


@driver("undertaking.signed")
def _sign(world: World) -> object:
    colleague = _add_staff(world).staff_id.hex()  # type: ignore[attr-defined]
    return undertakings.sign_undertaking(world.book, undertakings.SignUndertaking(staff=colleague, on="2026-11-20"))


@driver("request.received")
def _receive_request(world: World) -> object:
    kind = world.chance.choice(("access", "correction", "withdrawal", "erasure", "objection"))
    case = world.any_of("cases", make="case.opened") if world.chance.random() < 0.5 else None
    return subject_requests.receive_request(world.book, subject_requests.ReceiveRequest(kind=kind, case=case))


@driver("request.answered")
def _answer_request(world: World) -> object:
    request = world.any_of("subject_requests", make="request.received")
    wish = subject_requests.AnswerRequest(request=request, outcome=world.chance.choice(("fulfilled", "refused")))
    return subject_requests.answer_request(world.book, wish)


@driver("incident.opened")
def _open_incident(world: World) -> object:
    kind = world.chance.choice(("lost_laptop", "lost_paper", "unauthorised_look", "other"))
    case = world.any_of("cases", make="case.opened")
    who = world.book.acting.staff_id.hex()
    wish = incidents.OpenIncident(kind=kind, what="Generated.", staff=who, case=case, classes=("contact",))
    return incidents.open_incident(world.book, wish)


@driver("incident.told")
def _tell_incident(world: World) -> object:
    incident = world.any_of("incidents", make="incident.opened")
    whom = world.chance.choice(("people", "authority", "donor"))
    return incidents.tell_incident(world.book, incidents.TellIncident(incident=incident, whom=whom))


@driver("incident.closed")
def _close_incident(world: World) -> object:
    incident = world.any_of("incidents", make="incident.opened")
    return incidents.close_incident(world.book, incidents.CloseIncident(incident=incident, done="Generated."))


@driver("period.closed")
def _close_period(world: World) -> object:
    period = f"{2000 + world.chance.randint(0, 20)}-Q1"
    return releases.close_period(world.book, releases.ClosePeriod(period, 5, bytes(32), (), b"file", "00" * 32))


@driver("summary.released")
def _release(world: World) -> object:
    world.any_of("protected_periods", make="period.closed")
    with world.book.read() as reader:
        period = reader.session.execute(text("SELECT period FROM protected_periods ORDER BY id")).scalars().first()
    return releases.release_summary(world.book, releases.ReleaseSummary(period or "", ("region",), ("00",)))


@driver("summary.approved")
def _approve(world: World) -> object:
    release = bytes.fromhex(world.any_of("releases", make="summary.released"))
    with world.acting_as(_add_staff(world)):  # type: ignore[arg-type]
        return releases.approve_release(world.book, release)


@driver("person.erased")
def _erase(world: World) -> object:
    person = world.any_of("people", make="case.opened")
    with world.book.read() as reader:
        held = {row[0] for row in reader.session.execute(text("SELECT case_id FROM case_holds WHERE case_id NOT NULL"))}
        rows = reader.session.execute(text("SELECT id FROM cases WHERE client_id = :p"), {"p": bytes.fromhex(person)})
        cases = [bytes(row[0]) for row in rows]
    for case in held.intersection(cases):
        perform_wish(world, holds.ReleaseCase(case=case.hex()))
    plan = erasing.plan_erasure(world.book, person)
    confirmed = frozenset(each.id for each in plan.mentions if world.chance.random() < 0.7)
    reason = world.chance.choice(("request", "retention", "wrong_record", "court"))
    return erasing.erase_person(world.book, erasing.ErasePerson(person, reason, confirmed))


def perform_wish(world: World, wish: holds.ReleaseCase) -> None:
    """Take a hold off, where there is one."""
    with suppress(RuleBroken):
        holds.release_case(world.book, wish)


@driver("case.held")
def _hold(world: World) -> object:
    case = world.any_of("cases", make="case.opened")
    return holds.hold_case(world.book, holds.HoldCase(case=case, why="Generated."))


@driver("case.released")
def _release_hold(world: World) -> object:
    case = world.any_of("cases", make="case.opened")
    with suppress(RuleBroken):
        holds.hold_case(world.book, holds.HoldCase(case=case, why="Generated."))
    return holds.release_case(world.book, holds.ReleaseCase(case=case))


def _without_case(world: World) -> str:
    """A call or a referral from others that became no case."""
    kind = world.chance.choice(("call.logged", "referral.received"))
    done = DRIVERS[kind](world)
    assert isinstance(done, Done)
    return done.ids["call" if kind == "call.logged" else "incoming"].hex()


@driver("without_case.held")
def _hold_without_case(world: World) -> object:
    return holds.hold_without_case(
        world.book, holds.HoldWithoutCase(without_case=_without_case(world), why="Generated.")
    )


@driver("without_case.released")
def _release_without_case(world: World) -> object:
    record = _without_case(world)
    holds.hold_without_case(world.book, holds.HoldWithoutCase(without_case=record, why="Generated."))
    return holds.release_without_case(world.book, holds.ReleaseWithoutCase(without_case=record))


@driver("person.blocked")
def _block(world: World) -> object:
    return holds.block_person(world.book, holds.BlockPerson(person=world.any_of("people", make="case.opened")))


@driver("person.unblocked")
def _unblock(world: World) -> object:
    person = world.any_of("people", make="case.opened")
    with suppress(RuleBroken):
        holds.block_person(world.book, holds.BlockPerson(person=person))
    return holds.unblock_person(world.book, holds.UnblockPerson(person=person))


@driver("batch.added")
def _batch(world: World) -> object:
    with world.book.batch():
        perform(world, "partner.added")
        return DRIVERS["call.logged"](world)


@driver("act.undone")
def _undo(world: World) -> object:
    _add_note(world)
    with world.book.read() as reader:
        ids = [row[0] for row in reader.session.execute(text("SELECT id FROM acts ORDER BY hlc DESC LIMIT 6"))]
    chosen = ids[0] if world.chance.random() < 0.5 else world.chance.choice(ids)
    return history.undo_act(world.book, history.UndoAct(of=bytes(chosen).hex()))


@driver("submission_key.made")
def _make_submission_key(world: World) -> object:
    return submission_keys.made_key(world.book, lambda: fresh_private_key(1024))  # short, so that it is soon made


@driver("submission_key.shared")
def _share_submission_keys(world: World) -> object:
    world.any_of("submission_keys", make="submission_key.made")
    wish = submission_keys.ShareSubmissionKeys()
    try:
        return submission_keys.share_submission_keys(world.book, wish)
    except NothingToChange:
        _add_staff(world)  # who came since
    return submission_keys.share_submission_keys(world.book, wish)


@driver("phone_form.made")
def _make_phone_form(world: World) -> object:
    return phone_forms.record_phone_form(world.book, phones.survey(), "", f"{world.chance.randint(0, 10**9):064}")


@driver("phone_form.allowed")
def _allow_on_phones(world: World) -> object:
    with world.book.read() as reader:
        on = "victim_screening" in on_phones_all_the_same(reader)
    wish = phone_switches.AllowOnPhones(form="victim_screening", allowed=not on, risk_known=not on)
    return phone_switches.allow_on_phones(world.book, wish)


@driver("answers.imported")
def _take_answers_in(world: World) -> object:
    sheet = forms.blank_sheet(phones.survey(), world.book.now(), "kk")
    sheet.load(phones.ANSWERS)
    instance = f"uuid:{world.chance.randint(0, 10**9)}"
    sent = submissions.SentAnswers(sheet, instance, world.open_case())
    return submissions.take_in_answers(world.book, submissions.TakeInAnswers([sent]))


@driver("answers.exported")
def _save_answers(world: World) -> object:
    leaving = phone_forms.LeavingSheet(
        world.open_case(), world.any_of("answer_sheets", make="form.answered"), ("health",)
    )
    return phone_forms.record_saving(world.book, [leaving], f"{world.chance.randint(0, 10**9):064}")


from tests.db import helpline_drivers  # noqa: E402, F401  # the drivers of the helpline declare themselves


@driver("holiday.changed")
def _change_day(world: World) -> object:
    on = f"2027-{world.chance.randint(1, 12):02}-{world.chance.randint(1, 28):02}"
    what = world.chance.choice(("off", "working"))
    return rules.change_day(world.book, rules.ChangeDay(day=on, what=what, source="Generated decree"))


@driver("deadline.changed")
def _change_term(world: World) -> object:
    """A term that runs in the cases of the other drivers, or another one."""
    wish = rules.ChangeDeadline(
        rule=world.chance.choice(("plan_review", "safety_hour", "follow_up_1")),
        term=world.chance.randint(1, 60),
        unit=world.chance.choice(("days", "working_days", "hours")),
        valid_from=f"202{world.chance.randint(4, 6)}-01-01",
        source="Generated order",
    )
    return rules.change_deadline(world.book, wish)


@driver("amount.changed")
def _change_amount(world: World) -> object:
    amount = world.chance.randint(1_000, 9_000)
    wish = rules.ChangeAmount(amount=amount, valid_from="2027-01-01", valid_to="2027-12-31", source="Generated law")
    return rules.change_amount(world.book, wish)


@driver("retention.changed")
def _change_retention(world: World) -> object:
    kind = world.chance.choice(("trafficking", "child", "call", "any"))
    wish = rules.ChangeRetention(kind=kind, years=world.chance.randint(1, 90), source="Generated order")
    return rules.change_retention(world.book, wish)


@driver("leave.given")
def _give_leave(world: World) -> object:
    until = f"2027-{world.chance.randint(1, 12):02}-01"
    lands = world.chance.choice(((), ("UZ",)))
    wish = rules.GiveLeave(valid_from="2026-03-01", valid_to=until, countries=lands, source="Generated decree")
    return rules.give_leave(world.book, wish)


@driver("pathway.changed")
def _change_pathway(world: World) -> object:
    return rules.change_pathway(
        world.book, rules.ChangePathway(kind="trafficking", toml=own_pathway(world.chance.random()), source="Generated")
    )


@driver("rule.taken_back")
def _take_back_rule(world: World) -> object:
    world.any_of("rule_changes", make="deadline.changed")
    with world.book.read() as reader:
        there = [change.id for change in reader.rulebook.changes]
    if not there:
        raise NotFound(place="change")
    return rules.take_back_rule(world.book, rules.TakeBackRule(change=world.chance.choice(there)))


@driver("rule.kept")
def _keep_rule(world: World) -> object:
    """After an update: what a change was laid over is another than is written in it."""
    world.any_of("rule_changes", make="deadline.changed")
    with world.book.read() as reader:
        there = [change.id for change in reader.rulebook.changes]
    if not there:
        raise NotFound(place="change")
    with patch.object(rules, "base_of", lambda *_what: f"{world.chance.randint(0, 10**9):016}"):
        return rules.keep_rule(world.book, rules.KeepRule(change=world.chance.choice(there)))
