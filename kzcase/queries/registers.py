"""The registers an inspector or a donor may ask for: one list of them, each worked out without opening a case.

No register has a field that names a client: cases stand under signs that do not lead to them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from kzcase.db.reader import Reader
from kzcase.domain.errors import NoSuchRegister
from kzcase.domain.permissions import Permission
from kzcase.domain.registers import Cell, Heading, Register, RegisterRow
from kzcase.i18n import Language, Words, _
from kzcase.queries import register_rows as rows
from kzcase.queries.consent_register import consents
from kzcase.queries.disclosures import disclosures
from kzcase.queries.veil import Veil

NOTHING: Final = _("Nothing has been entered yet.")
DOUBTFUL: Final = _(
    "Terms and grounds marked as doubtful have not been confirmed yet. Ask a lawyer before relying on them."
)

CHILDREN: Final = _(
    "Whose yes is needed at which age goes by rules that nobody has confirmed yet. Ask a lawyer before relying on them."
)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of register: what it is called, its columns, and what fills it."""

    name: str
    title: Words
    explained: Words
    headings: tuple[Heading, ...]
    fill: Callable[[Reader, Language], Iterable[RegisterRow]]
    empty: Words = NOTHING
    notes: tuple[Words, ...] = ()


REGISTERS: Final[Mapping[str, Kind]] = {
    kind.name: kind
    for kind in (
        Kind(
            "purposes",
            _("Purposes of processing"),
            _("What personal data are kept for, on which ground, and how long."),
            (
                Heading("purpose", _("Purpose")),
                Heading("ground", _("Legal ground")),
                Heading("classes", _("Classes of data"), "field_class"),
                Heading("term", _("How long")),
                Heading("source", _("Source of the rule")),
                Heading("checked_on", _("Checked on")),
                Heading("doubtful", _("Doubtful"), "yes_no"),
            ),
            rows.purposes,
            notes=(DOUBTFUL,),
        ),
        Kind(
            "retention",
            _("Terms of keeping"),
            _("How many years data are kept after a case was closed or a call came, and who laid that down."),
            (
                Heading("data", _("Data")),
                Heading("years", _("Years kept")),
                Heading("least", _("Years by law")),
                Heading("ours", _("Laid down by the organisation"), "yes_no"),
                Heading("doubtful", _("Doubtful"), "yes_no"),
                Heading("closed_from", _("Closed from")),
                Heading("closed_until", _("Closed until")),
                Heading("source", _("Source of the rule")),
                Heading("checked_on", _("Checked on")),
            ),
            rows.retention,
            notes=(DOUBTFUL,),
        ),
        Kind(
            "access",
            _("Access and undertakings"),
            _("Who may see personal data, in which role since when, and who signed to keep them confidential."),
            (
                Heading("colleague", _("Colleague"), field="staff.name"),
                Heading("roles", _("Roles"), "role", "staff_roles.role"),
                Heading("since", _("Since"), field="staff.added_on"),
                Heading("signed_on", _("Undertaking signed on"), field="undertakings.signed_on"),
                Heading("left_on", _("Left on"), field="staff.removed_on"),
            ),
            rows.access,
        ),
        Kind(
            "consents",
            _("Consents"),
            _(
                "How many consents were given and ended, by purpose and recipient, and who was told; "
                "and what was passed on in emergencies. Nobody is named."
            ),
            (
                Heading("purpose", _("Purpose"), "consent_purpose", "consents.purpose"),
                Heading("recipient", _("Recipient"), field="partners.name"),
                Heading("given", _("Given"), field="consents.state"),
                Heading("in_force", _("In force today"), field="consents.state"),
                Heading("withdrawn", _("Withdrawn"), field="consents.state"),
                Heading("first_on", _("First on"), field="consents.given_on"),
                Heading("last_on", _("Last on"), field="consents.given_on"),
                Heading("revoked", _("Revoked by us"), field="consents.ours"),
                Heading("in_part", _("Taken back in part"), field="withdrawals.classes"),
                Heading("incomplete", _("Not complete"), field="consents.assent"),
                Heading("disputed", _("In dispute"), field="consents.state"),
                Heading("to_tell", _("Recipients to tell"), field="consent_notices.sent_on"),
                Heading("confirmed", _("Recipients who confirmed"), field="consent_notices.acknowledged_on"),
                Heading("emergencies", _("Emergencies"), field="emergency_releases.basis"),
                Heading("to_review", _("Emergencies to review"), field="emergency_releases.reviewed_on"),
            ),
            consents,
            notes=(CHILDREN,),
        ),
        Kind(
            "disclosures",
            _("Disclosures"),
            _(
                "What left the office: letters, packages, what went in emergencies, signals of a crime, papers, "
                "copies, answers as files and summaries. A sign stands for each case."
            ),
            (
                Heading("on", _("Date"), field="referrals.sent_on"),
                Heading("kind", _("What left"), "disclosure_kind"),
                Heading("number", _("Number"), field="referrals.number"),
                Heading("case", _("Sign of the case")),
                Heading("recipient", _("Recipient"), field="partners.name"),
                Heading("how", _("How"), "referral_how", "referrals.how"),
                Heading("colleague", _("Colleague"), field="staff.name"),
            ),
            disclosures,
        ),
        Kind(
            "requests",
            _("Requests about personal data"),
            _("Who asked is not named here: what was asked, by when an answer is due, and how it was answered."),
            (
                Heading("number", _("Number"), field="subject_requests.number"),
                Heading("kind", _("Request"), "request_kind", "subject_requests.kind"),
                Heading("case", _("Sign of the case")),
                Heading("received_on", _("Received on"), field="subject_requests.received_on"),
                Heading("due_on", _("Due on"), field="subject_requests.due_on"),
                Heading("answered_on", _("Answered on"), field="subject_requests.answered_on"),
                Heading("outcome", _("Outcome"), "request_outcome", "subject_requests.outcome"),
                Heading("doubtful", _("Doubtful"), "yes_no"),
            ),
            rows.requests,
            notes=(DOUBTFUL,),
        ),
        Kind(
            "incidents",
            _("Incidents"),
            _("When data may have come into the wrong hands: noticed when, told to whom, closed when."),
            (
                Heading("number", _("Number"), field="incidents.number"),
                Heading("kind", _("Kind"), "incident_kind", "incidents.kind"),
                Heading("noticed_on", _("Noticed on"), field="incidents.noticed_on"),
                Heading("affected", _("People affected"), field="incidents.affected"),
                Heading("due_on", _("Authority by"), field="incidents.due_on"),
                Heading("authority_told_on", _("Authority told on"), field="tellings.told_on"),
                Heading("people_told_on", _("People told on"), field="tellings.told_on"),
                Heading("closed_on", _("Closed on"), field="incidents.closed_on"),
            ),
            rows.incidents,
            empty=_("No incident has been reported."),
            notes=(DOUBTFUL,),
        ),
        Kind(
            "backups",
            _("Backups and trial restores"),
            _(
                "Every backup of this laptop that was read back, those destroyed, "
                "and when restoring and shares were tried."
            ),
            (
                Heading("on", _("Date")),
                Heading("kind", _("Kind"), "copy_kind"),
                Heading("number", _("Number")),
                Heading("good", _("In order"), "yes_no"),
                Heading("cases", _("Cases")),
            ),
            rows.copies,
        ),
        Kind(
            "destructions",
            _("Acts of destruction"),
            _("What was destroyed for good, when, why and by whom."),
            (
                Heading("on", _("Date")),
                Heading("number", _("Number")),
                Heading("reason", _("Reason"), "erasure_reason"),
                Heading("asked_on", _("Asked on")),
                Heading("colleague", _("Colleague"), field="staff.name"),
            ),
            rows.destructions,
            empty=_("Nothing has been destroyed."),
        ),
    )
}
"""Every register by its name. Columns are added at the end and never renamed."""


def register(reader: Reader, name: str, language: Language) -> Register:
    """One register as of today; dated data that are kept in three languages come in this one."""
    reader.must_be_allowed(Permission.READ_REGISTERS)
    kind = register_kind(name)
    hidden = frozenset(heading.name for heading in kind.headings if _is_hidden(reader, heading))
    filled = tuple(_veiled(row, kind.headings, hidden) for row in kind.fill(reader, language))
    return Register(
        kind.name, kind.title, kind.explained, kind.empty, kind.headings, filled, reader.today, kind.notes, hidden
    )


def register_kind(name: str) -> Kind:
    """The register of that name. `NoSuchRegister` with those there are."""
    found = REGISTERS.get(name)
    if found is None:
        raise NoSuchRegister("register", what=name[:64], known=", ".join(REGISTERS))
    return found


def _is_hidden(reader: Reader, heading: Heading) -> bool:
    entity, _dot, column = heading.field.partition(".")
    return bool(entity) and Veil(reader, entity).hides(column)


def _veiled(row: RegisterRow, headings: tuple[Heading, ...], hidden: frozenset[str]) -> RegisterRow:
    if not hidden:
        return row
    cells: tuple[Cell, ...] = tuple(
        None if heading.name in hidden else cell for heading, cell in zip(headings, row.cells, strict=True)
    )
    return replace(row, cells=cells)
