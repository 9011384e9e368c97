"""The kinds of act: each declared once, with its permission, its sentence and whether it can be undone."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kzcase.domain.classes import FieldClass
from kzcase.domain.permissions import Permission
from kzcase.i18n import Words, _


class Undo(StrEnum):
    """Whether an act can be taken back by an act with the inverse operations."""

    INVERSE = "inverse"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Kind:
    """What every act of one kind has in common."""

    name: str
    permission: Permission
    sentence: Words
    undo: Undo
    touches: frozenset[FieldClass]


_NAMES: Final = frozenset({FieldClass.IDENTIFYING, FieldClass.CONTACT, FieldClass.STATISTICAL})
_TEXT: Final = frozenset({FieldClass.SENSITIVE, FieldClass.OPERATIONAL})
_PLAIN: Final = frozenset({FieldClass.OPERATIONAL})


def _kinds(*kinds: Kind) -> Mapping[str, Kind]:
    return {kind.name: kind for kind in kinds}


P, U = Permission, Undo
KINDS: Final[Mapping[str, Kind]] = _kinds(
    Kind("casebook.founded", P.FOUND_CASEBOOK, _("Casebook founded"), U.NEVER, _PLAIN),
    Kind("device.certified", P.MANAGE_STAFF, _("Laptop added"), U.NEVER, _PLAIN),
    Kind("staff.added", P.MANAGE_STAFF, _("Colleague added"), U.NEVER, _PLAIN),
    Kind("staff.removed", P.MANAGE_STAFF, _("Colleague removed"), U.NEVER, _PLAIN),
    Kind("staff.recovered", P.RECOVER, _("New keys for a colleague by two recovery shares"), U.NEVER, _PLAIN),
    Kind("staff.roles_changed", P.MANAGE_STAFF, _("Roles of a colleague changed"), U.NEVER, _PLAIN),
    Kind("audit_key.shared", P.READ_LOG, _("Key of the read log handed on"), U.NEVER, _PLAIN),
    Kind("access.frozen", P.FREEZE, _("Access of a colleague frozen"), U.NEVER, _PLAIN),
    Kind("access.unfrozen", P.FREEZE, _("Frozen access of a colleague opened again, or agreed to"), U.NEVER, _PLAIN),
    Kind("device.frozen", P.MANAGE_STAFF, _("Lost laptop frozen"), U.NEVER, _PLAIN),
    Kind("work.handed_over", P.MANAGE_STAFF, _("Work of a colleague handed over"), U.NEVER, _PLAIN),
    Kind("shares.issued", P.RECOVER, _("New recovery shares made"), U.NEVER, _PLAIN),
    Kind("share.given", P.MANAGE_STAFF, _("Recovery share given to its holder"), U.NEVER, _PLAIN),
    Kind("shares.tried", P.MANAGE_STAFF, _("Recovery shares tried"), U.NEVER, _PLAIN),
    Kind("organisation.described", P.MANAGE_STAFF, _("How partners reach us changed"), U.NEVER, _PLAIN),
    Kind("case.opened", P.WORK_ON_CASES, _("Case opened"), U.INVERSE, _NAMES | _TEXT),
    Kind("case.assigned", P.ASSIGN_CASES, _("Case given to a worker"), U.INVERSE, _PLAIN),
    Kind("case.closed", P.WORK_ON_CASES, _("Case closed"), U.INVERSE, _TEXT),
    Kind("case.reopened", P.WORK_ON_CASES, _("Case reopened"), U.INVERSE, _TEXT),
    Kind("case.suspended", P.WORK_ON_CASES, _("Work on the case suspended"), U.INVERSE, _TEXT),
    Kind("case.resumed", P.WORK_ON_CASES, _("Work on the case taken up again"), U.INVERSE, _PLAIN),
    Kind("closing.begun", P.WORK_ON_CASES, _("Closing checklist begun"), U.INVERSE, _PLAIN),
    Kind("contact.tried", P.WORK_ON_CASES, _("Attempt to reach the person"), U.INVERSE, _PLAIN),
    Kind("fact.stated", P.WORK_ON_CASES, _("Fact of the case stated"), U.INVERSE, _TEXT),
    Kind("fact.corrected", P.WORK_ON_CASES, _("Fact of the case corrected"), U.INVERSE, _TEXT),
    Kind("fact.withdrawn", P.WORK_ON_CASES, _("Fact of the case taken back"), U.INVERSE, _TEXT),
    Kind("visibility.weighed", P.WORK_ON_CASES, _("Weighed what a filing makes visible"), U.INVERSE, _TEXT),
    Kind("step.cleared", P.CLEAR_STEPS, _("Risky step cleared by a lawyer"), U.NEVER, _TEXT),
    Kind("clearance.withdrawn", P.CLEAR_STEPS, _("Clearance of a step taken back"), U.NEVER, _TEXT),
    Kind("fact.confirmed", P.CONFIRM_FACTS, _("Fact of the case confirmed by a supervisor"), U.NEVER, _TEXT),
    Kind("confirmation.withdrawn", P.CONFIRM_FACTS, _("Confirmation of a fact taken back"), U.NEVER, _TEXT),
    Kind("report.made", P.WORK_ON_CASES, _("Report made by law"), U.NEVER, _TEXT),
    Kind("report.declined", P.CONFIRM_FACTS, _("Decided not to report, with the ground"), U.NEVER, _TEXT),
    Kind("person.corrected", P.WORK_ON_CASES, _("Facts about the person corrected"), U.INVERSE, _NAMES),
    Kind("name.added", P.WORK_ON_CASES, _("Name added"), U.INVERSE, _NAMES),
    Kind("phone.added", P.WORK_ON_CASES, _("Phone added"), U.INVERSE, _NAMES),
    Kind("record.added", P.WORK_ON_CASES, _("Record about the person added"), U.INVERSE, _NAMES | _TEXT),
    Kind("record.corrected", P.WORK_ON_CASES, _("Record about the person put right"), U.INVERSE, _NAMES | _TEXT),
    Kind("record.ended", P.WORK_ON_CASES, _("End of a name, phone or other record said"), U.INVERSE, _NAMES | _TEXT),
    Kind("record.removed", P.WORK_ON_CASES, _("Record entered by mistake taken away"), U.INVERSE, _PLAIN),
    Kind("relation.added", P.WORK_ON_CASES, _("Relation to another person added"), U.INVERSE, _NAMES | _TEXT),
    Kind("suspicion.ended", P.ERASE, _("Suspicion taken away"), U.NEVER, _TEXT),
    Kind("suspicion.renewed", P.CONFIRM_FACTS, _("Suspicion kept longer, with the reason"), U.INVERSE, _TEXT),
    Kind("household.joined", P.WORK_ON_CASES, _("Person put into a household"), U.INVERSE, _TEXT),
    Kind("member.interviewed", P.WORK_ON_CASES, _("Member of a household heard apart"), U.INVERSE, _PLAIN),
    Kind("tracing.asked", P.WORK_ON_CASES, _("Somebody asked after the person"), U.INVERSE, _NAMES | _TEXT),
    Kind("enquirer.vetted", P.WORK_ON_CASES, _("Checked who asks after the person"), U.INVERSE, _TEXT),
    Kind("match.decided", P.MERGE_PEOPLE, _("Compared with somebody who is sought"), U.INVERSE, _PLAIN),
    Kind("found.answered", P.CONFIRM_FACTS, _("Asked what may be told to whoever looks for them"), U.INVERSE, _TEXT),
    Kind("document.taken", P.WORK_ON_CASES, _("Original of a document taken for safekeeping"), U.INVERSE, _TEXT),
    Kind("document.returned", P.WORK_ON_CASES, _("Original of a document given back"), U.INVERSE, _PLAIN),
    Kind("safeguard.decided", P.WORK_ON_CASES, _("Protection of a victim claimed or declined"), U.INVERSE, _TEXT),
    Kind("proceeding.closed", P.WORK_ON_CASES, _("End of an administrative or criminal case"), U.INVERSE, _TEXT),
    Kind("search.saved", P.READ_CASES, _("Search saved"), U.INVERSE, _PLAIN),
    Kind("search.removed", P.READ_CASES, _("Saved search taken away"), U.INVERSE, _PLAIN),
    Kind("persons.merged", P.MERGE_PEOPLE, _("Two records found to be one person"), U.INVERSE, _PLAIN),
    Kind("persons.parted", P.MERGE_PEOPLE, _("One person parted into two again"), U.INVERSE, _PLAIN),
    Kind("persons.told_apart", P.MERGE_PEOPLE, _("Two who look alike found to be two people"), U.INVERSE, _PLAIN),
    Kind("note.added", P.WORK_ON_CASES, _("Note added"), U.INVERSE, _TEXT),
    Kind("task.added", P.WORK_ON_CASES, _("Task added"), U.INVERSE, _PLAIN),
    Kind("task.done", P.WORK_ON_CASES, _("Task done"), U.INVERSE, _PLAIN),
    Kind("task.postponed", P.WORK_ON_CASES, _("Task postponed"), U.INVERSE, _TEXT),
    Kind("transfer.offered", P.WORK_ON_CASES, _("Case offered to a colleague"), U.INVERSE, _TEXT),
    Kind("transfer.accepted", P.WORK_ON_CASES, _("Offered case accepted"), U.NEVER, _TEXT),
    Kind("transfer.refused", P.WORK_ON_CASES, _("Offered case not accepted, with the reason"), U.NEVER, _TEXT),
    Kind("transfer.withdrawn", P.WORK_ON_CASES, _("Offer of a case withdrawn"), U.NEVER, _PLAIN),
    Kind("case.requested", P.WORK_ON_CASES, _("Case asked for by a colleague"), U.INVERSE, _TEXT),
    Kind("case.request_granted", P.WORK_ON_CASES, _("Case given to the colleague who asked for it"), U.NEVER, _TEXT),
    Kind("case.request_refused", P.WORK_ON_CASES, _("Request for the case not granted"), U.NEVER, _TEXT),
    Kind("caseload.handed_over", P.LEAD_TEAM, _("Caseload handed over"), U.INVERSE, _TEXT),
    Kind("approval.asked", P.WORK_ON_CASES, _("Approval asked for"), U.INVERSE, _TEXT),
    Kind("approval.given", P.APPROVE, _("Step approved"), U.NEVER, _TEXT),
    Kind("approval.sent_back", P.APPROVE, _("Step sent back with a comment"), U.NEVER, _TEXT),
    Kind("approval.self_given", P.APPROVE_OWN, _("Own step approved by whoever asked"), U.NEVER, _TEXT),
    Kind("flag.raised", P.WORK_ON_CASES, _("Flag put on the case"), U.INVERSE, _TEXT),
    Kind("flag.taken_down", P.WORK_ON_CASES, _("Flag taken off the case, with the reason"), U.INVERSE, _TEXT),
    Kind("conference.held", P.WORK_ON_CASES, _("Case conference held"), U.INVERSE, _TEXT | {FieldClass.CONTACT}),
    Kind("absence.noted", P.WORK_ON_CASES, _("Absence of a colleague noted"), U.INVERSE, _PLAIN),
    Kind("form.answered", P.WORK_ON_CASES, _("Form filled in"), U.INVERSE, _TEXT | {FieldClass.HEALTH}),
    Kind("form.corrected", P.WORK_ON_CASES, _("Answers of a form corrected"), U.INVERSE, _TEXT | {FieldClass.HEALTH}),
    Kind("form.added", P.MANAGE_FORMS, _("Form of the office added"), U.INVERSE, _PLAIN),
    Kind("form.withdrawn", P.MANAGE_FORMS, _("Form of the office withdrawn"), U.INVERSE, _PLAIN),
    Kind("form.text_checked", P.MANAGE_FORMS, _("Text of a form checked by a native reader"), U.INVERSE, _PLAIN),
    Kind("holiday.changed", P.MANAGE_RULES, _("Day off or working day changed"), U.INVERSE, _PLAIN),
    Kind("deadline.changed", P.MANAGE_RULES, _("Term of a rule changed"), U.INVERSE, _PLAIN),
    Kind("amount.changed", P.MANAGE_RULES, _("Monthly calculation index changed"), U.INVERSE, _PLAIN),
    Kind("leave.given", P.MANAGE_RULES, _("Time of leave to stay added"), U.INVERSE, _PLAIN),
    Kind("pathway.changed", P.MANAGE_RULES, _("Pathway of the office put in place"), U.INVERSE, _PLAIN),
    Kind("retention.changed", P.MANAGE_RULES, _("Term of keeping data changed"), U.INVERSE, _PLAIN),
    Kind("rule.taken_back", P.MANAGE_RULES, _("Change of a rule taken back"), U.INVERSE, _PLAIN),
    Kind("rule.kept", P.MANAGE_RULES, _("Change of a rule kept after an update"), U.INVERSE, _PLAIN),
    Kind("answers.imported", P.WORK_ON_CASES, _("Answers from phones taken in"), U.INVERSE, frozenset(FieldClass)),
    Kind("answers.exported", P.WORK_ON_CASES, _("Answers saved as a file"), U.NEVER, _PLAIN),
    Kind("phone_form.made", P.WORK_ON_CASES, _("Form made ready for phones"), U.NEVER, _PLAIN),
    Kind("phone_form.allowed", P.MANAGE_FORMS, _("Decided whether a form may leave for phones"), U.NEVER, _PLAIN),
    Kind("submission_key.made", P.WORK_ON_CASES, _("Key for answers from phones made"), U.NEVER, _PLAIN),
    Kind("submission_key.shared", P.WORK_ON_CASES, _("Key for answers from phones shared"), U.NEVER, _PLAIN),
    Kind("call.logged", P.LOG_CALLS, _("Call logged"), U.INVERSE, _TEXT | {FieldClass.CONTACT}),
    Kind("call.linked", P.LOG_CALLS, _("Call connected with a case"), U.INVERSE, _PLAIN),
    Kind("emergency.called", P.LOG_CALLS, _("Emergency service called"), U.INVERSE, _PLAIN),
    Kind("signal.prepared", P.LOG_CALLS, _("Signal of a crime prepared"), U.INVERSE, _TEXT | _NAMES),
    Kind("signal.readdressed", P.LOG_CALLS, _("Signal of a crime given another address"), U.INVERSE, _TEXT),
    Kind("signal.sent", P.LOG_CALLS, _("Signal of a crime passed on"), U.NEVER, _PLAIN),
    Kind("signal.acknowledged", P.LOG_CALLS, _("Receipt of a signal confirmed"), U.INVERSE, _PLAIN),
    Kind("signal.answered", P.LOG_CALLS, _("Result of a signal recorded"), U.INVERSE, _PLAIN),
    Kind("signal.reviewed", P.SUPERVISE_LINE, _("Passing on of an identity reviewed"), U.NEVER, _PLAIN),
    Kind("call_back.promised", P.LOG_CALLS, _("Call-back promised"), U.INVERSE, _TEXT | {FieldClass.CONTACT}),
    Kind("call_back.tried", P.LOG_CALLS, _("Attempt to call back"), U.INVERSE, _PLAIN),
    Kind("call_back.ended", P.LOG_CALLS, _("Call-back ended"), U.INVERSE, _PLAIN),
    Kind("phone.controlled", P.WORK_ON_CASES, _("In whose hands a phone is"), U.INVERSE, _PLAIN),
    Kind("duress_word.set", P.WORK_ON_CASES, _("Word of warning agreed"), U.INVERSE, _TEXT),
    Kind("caller.checked", P.LOG_CALLS, _("Caller asked for the word"), U.NEVER, _TEXT),
    Kind("alert.seen", P.SUPERVISE_LINE, _("Alert of the line seen"), U.NEVER, _PLAIN),
    Kind("sheet.given", P.LOG_CALLS, _("Information sheet given"), U.INVERSE, _PLAIN),
    Kind("shift.opened", P.LOG_CALLS, _("Shift opened"), U.INVERSE, _PLAIN),
    Kind("shift.closed", P.LOG_CALLS, _("Shift handed over"), U.INVERSE, _TEXT),
    Kind("outreach.logged", P.LOG_CALLS, _("Work outside the office logged"), U.INVERSE, _TEXT),
    Kind("line_key.made", P.SUPERVISE_LINE, _("Key of the line made"), U.NEVER, _PLAIN),
    Kind("line_key.shared", P.LOG_CALLS, _("Key of the line shared"), U.NEVER, _PLAIN),
    Kind("partner.added", P.MANAGE_PARTNERS, _("Partner added"), U.INVERSE, _PLAIN),
    Kind("partner.changed", P.MANAGE_PARTNERS, _("What is known of a partner changed"), U.INVERSE, _PLAIN),
    Kind("partner.key_entered", P.MANAGE_PARTNERS, _("Key of a partner entered"), U.NEVER, _PLAIN),
    Kind("partner.key_confirmed", P.MANAGE_PARTNERS, _("Key of a partner confirmed"), U.NEVER, _PLAIN),
    Kind("package_key.made", P.REFER, _("Key for packages from partners made"), U.NEVER, _PLAIN),
    Kind("package_key.shared", P.REFER, _("Key for packages from partners shared"), U.NEVER, _PLAIN),
    Kind("consent.given", P.WORK_ON_CASES, _("Consent recorded"), U.INVERSE, _TEXT | _NAMES),
    Kind("consent.withdrawn", P.WORK_ON_CASES, _("Consent withdrawn"), U.NEVER, _PLAIN),
    Kind("consent.recorded", P.WORK_ON_CASES, _("Consent recorded from a form"), U.INVERSE, _TEXT | _NAMES),
    Kind("withdrawal.recorded", P.WORK_ON_CASES, _("Withdrawal recorded from a form"), U.NEVER, _TEXT),
    Kind("consent.corrected", P.WORK_ON_CASES, _("Consent put right or settled"), U.INVERSE, _TEXT | _NAMES),
    Kind("consent.signed", P.WORK_ON_CASES, _("Signed sheet bound to the consent"), U.INVERSE, _PLAIN),
    Kind("consent.revoked", P.WORK_ON_CASES, _("Consent revoked by us"), U.NEVER, _TEXT),
    Kind("notice.sent", P.WORK_ON_CASES, _("Recipient told that a consent ended"), U.NEVER, _PLAIN),
    Kind("notice.acknowledged", P.WORK_ON_CASES, _("Recipient confirmed the end of a consent"), U.INVERSE, _PLAIN),
    Kind("emergency.released", P.WORK_ON_CASES, _("Passed on without consent in an emergency"), U.NEVER, _TEXT),
    Kind("emergency.reviewed", P.CONFIRM_FACTS, _("Emergency release reviewed"), U.NEVER, _TEXT),
    Kind("referral.drafted", P.REFER, _("Referral written"), U.INVERSE, _TEXT),
    Kind("referral.sent", P.REFER, _("Referral sent"), U.NEVER, _TEXT),
    Kind("referral.answered", P.REFER, _("Reply to the referral recorded"), U.INVERSE, _TEXT),
    Kind("referral.followed", P.REFER, _("State of the referral recorded"), U.INVERSE, _TEXT),
    Kind("referral.chased", P.REFER, _("Partner asked for a reply to the referral"), U.INVERSE, _TEXT),
    Kind("package.made", P.REFER, _("Sealed package made for a partner"), U.NEVER, _TEXT),
    Kind("package.answered", P.REFER, _("Reply to a package taken in"), U.NEVER, _TEXT),
    Kind("referral.received", P.REFER, _("Referral from another organisation entered"), U.INVERSE, _NAMES | _TEXT),
    Kind("referral.decided", P.REFER, _("Reply to another organisation recorded"), U.INVERSE, _TEXT),
    Kind("note.sealed", P.WORK_ON_CASES, _("Sealed note written"), U.INVERSE, _TEXT),
    Kind("note.resealed", P.WORK_ON_CASES, _("Sealed note opened to another reader"), U.NEVER, _PLAIN),
    Kind("case.blocked", P.KEEP_AWAY, _("Colleague kept away from the case"), U.NEVER, _PLAIN),
    Kind("case.unblocked", P.KEEP_AWAY, _("Colleague let back to the case"), U.NEVER, _PLAIN),
    Kind("paper.printed", P.READ_CASES, _("Paper printed"), U.NEVER, _PLAIN),
    Kind("attachment.added", P.WORK_ON_CASES, _("Attachment added"), U.INVERSE, _NAMES | _TEXT),
    Kind("sheet.returned", P.WORK_ON_CASES, _("Scan of a printed sheet added"), U.INVERSE, _NAMES | _TEXT),
    Kind("attachment.removed", P.WORK_ON_CASES, _("Attachment removed"), U.INVERSE, _PLAIN),
    Kind("attachment.copied", P.WORK_ON_CASES, _("Copy of an attachment saved"), U.NEVER, _PLAIN),
    Kind("undertaking.signed", P.KEEP_REGISTERS, _("Undertaking of confidentiality signed"), U.INVERSE, _PLAIN),
    Kind("request.received", P.TAKE_REQUESTS, _("Request about personal data received"), U.INVERSE, _PLAIN),
    Kind("request.answered", P.TAKE_REQUESTS, _("Request about personal data answered"), U.INVERSE, _PLAIN),
    Kind("incident.opened", P.KEEP_REGISTERS, _("Incident reported"), U.INVERSE, _TEXT),
    Kind("incident.told", P.KEEP_REGISTERS, _("Others told about an incident"), U.INVERSE, _PLAIN),
    Kind("incident.closed", P.KEEP_REGISTERS, _("Incident closed"), U.NEVER, _TEXT),
    Kind("period.closed", P.MAKE_SUMMARIES, _("Reporting period closed"), U.NEVER, frozenset({FieldClass.STATISTICAL})),
    Kind(
        "call_period.closed",
        P.MAKE_SUMMARIES,
        _("Quarter of calls closed"),
        U.NEVER,
        frozenset({FieldClass.STATISTICAL}),
    ),
    Kind("summary.released", P.MAKE_SUMMARIES, _("Summary released"), U.NEVER, frozenset({FieldClass.STATISTICAL})),
    Kind("summary.approved", P.APPROVE_SUMMARIES, _("Summary approved"), U.NEVER, _PLAIN),
    Kind("person.erased", P.ERASE, _("Person erased"), U.NEVER, frozenset(FieldClass)),
    Kind("person.blocked", P.HOLD, _("Data of the person blocked"), U.NEVER, _PLAIN),
    Kind("person.unblocked", P.HOLD, _("Data of the person no longer blocked"), U.NEVER, _PLAIN),
    Kind("case.held", P.HOLD, _("Legal hold put on the case"), U.NEVER, _TEXT),
    Kind("case.released", P.HOLD, _("Legal hold taken off the case"), U.NEVER, _PLAIN),
    Kind("without_case.held", P.HOLD, _("Legal hold put on a call or referral that became no case"), U.NEVER, _TEXT),
    Kind(
        "without_case.released",
        P.HOLD,
        _("Legal hold taken off a call or referral that became no case"),
        U.NEVER,
        _PLAIN,
    ),
    Kind("batch.added", P.WRITE_MANY, _("Many records added at once"), U.NEVER, _PLAIN),
    Kind("act.undone", P.UNDO, _("Undone"), U.NEVER, _PLAIN),
)
"""Every act kind this version knows. Names are append-only: an old journal must stay readable."""


def sentence(kind: str) -> Words:
    """What an act of this kind is called in the history."""
    return KINDS[kind].sentence if kind in KINDS else _("Something a newer version wrote")
