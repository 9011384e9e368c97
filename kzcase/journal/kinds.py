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
    Kind("household.joined", P.WORK_ON_CASES, _("Person put into a household"), U.INVERSE, _TEXT),
    Kind("document.taken", P.WORK_ON_CASES, _("Original of a document taken for safekeeping"), U.INVERSE, _TEXT),
    Kind("document.returned", P.WORK_ON_CASES, _("Original of a document given back"), U.INVERSE, _PLAIN),
    Kind("safeguard.decided", P.WORK_ON_CASES, _("Protection of a victim claimed or declined"), U.INVERSE, _TEXT),
    Kind("proceeding.closed", P.WORK_ON_CASES, _("End of an administrative or criminal case"), U.INVERSE, _TEXT),
    Kind("persons.merged", P.MERGE_PEOPLE, _("Two records found to be one person"), U.INVERSE, _PLAIN),
    Kind("persons.parted", P.MERGE_PEOPLE, _("One person parted into two again"), U.INVERSE, _PLAIN),
    Kind("persons.told_apart", P.MERGE_PEOPLE, _("Two who look alike found to be two people"), U.INVERSE, _PLAIN),
    Kind("note.added", P.WORK_ON_CASES, _("Note added"), U.INVERSE, _TEXT),
    Kind("task.added", P.WORK_ON_CASES, _("Task added"), U.INVERSE, _PLAIN),
    Kind("task.done", P.WORK_ON_CASES, _("Task done"), U.INVERSE, _PLAIN),
    Kind("form.answered", P.WORK_ON_CASES, _("Form filled in"), U.INVERSE, _TEXT | {FieldClass.HEALTH}),
    Kind("form.corrected", P.WORK_ON_CASES, _("Answers of a form corrected"), U.INVERSE, _TEXT | {FieldClass.HEALTH}),
    Kind("form.added", P.MANAGE_FORMS, _("Form of the office added"), U.INVERSE, _PLAIN),
    Kind("form.withdrawn", P.MANAGE_FORMS, _("Form of the office withdrawn"), U.INVERSE, _PLAIN),
    Kind("form.text_checked", P.MANAGE_FORMS, _("Text of a form checked by a native reader"), U.INVERSE, _PLAIN),
    Kind("answers.imported", P.WORK_ON_CASES, _("Answers from phones taken in"), U.INVERSE, frozenset(FieldClass)),
    Kind("answers.exported", P.WORK_ON_CASES, _("Answers saved as a file"), U.NEVER, _PLAIN),
    Kind("phone_form.made", P.WORK_ON_CASES, _("Form made ready for phones"), U.NEVER, _PLAIN),
    Kind("submission_key.made", P.WORK_ON_CASES, _("Key for answers from phones made"), U.NEVER, _PLAIN),
    Kind("submission_key.shared", P.WORK_ON_CASES, _("Key for answers from phones shared"), U.NEVER, _PLAIN),
    Kind("call.logged", P.LOG_CALLS, _("Call logged"), U.INVERSE, _TEXT | {FieldClass.CONTACT}),
    Kind("partner.added", P.MANAGE_PARTNERS, _("Partner added"), U.INVERSE, _PLAIN),
    Kind("consent.given", P.WORK_ON_CASES, _("Consent recorded"), U.INVERSE, _PLAIN),
    Kind("consent.withdrawn", P.WORK_ON_CASES, _("Consent withdrawn"), U.NEVER, _PLAIN),
    Kind("referral.drafted", P.REFER, _("Referral written"), U.INVERSE, _TEXT),
    Kind("referral.sent", P.REFER, _("Referral sent"), U.NEVER, _TEXT),
    Kind("referral.answered", P.REFER, _("Reply to the referral recorded"), U.INVERSE, _TEXT),
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
    Kind("summary.released", P.MAKE_SUMMARIES, _("Summary released"), U.NEVER, frozenset({FieldClass.STATISTICAL})),
    Kind("summary.approved", P.APPROVE_SUMMARIES, _("Summary approved"), U.NEVER, _PLAIN),
    Kind("person.erased", P.ERASE, _("Person erased"), U.NEVER, frozenset(FieldClass)),
    Kind("person.blocked", P.HOLD, _("Data of the person blocked"), U.NEVER, _PLAIN),
    Kind("person.unblocked", P.HOLD, _("Data of the person no longer blocked"), U.NEVER, _PLAIN),
    Kind("case.held", P.HOLD, _("Legal hold put on the case"), U.NEVER, _TEXT),
    Kind("case.released", P.HOLD, _("Legal hold taken off the case"), U.NEVER, _PLAIN),
    Kind("batch.added", P.WRITE_MANY, _("Many records added at once"), U.NEVER, _PLAIN),
    Kind("act.undone", P.UNDO, _("Undone"), U.NEVER, _PLAIN),
)
"""Every act kind this version knows. Names are append-only: an old journal must stay readable."""
