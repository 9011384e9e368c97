"""What follows a consent, each in a small dialog: taking back, revoking, notices, emergencies, forms, signed sheets."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from kzcase.actions.consent_forms import RecordConsent, RecordWithdrawal, record_consent, record_withdrawal
from kzcase.actions.consent_notices import SendNotice, send_notice
from kzcase.actions.consent_withdrawals import RevokeConsent, WithdrawConsent, revoke_consent, withdraw_consent
from kzcase.actions.consents import BindSheet, bind_sheet
from kzcase.actions.emergencies import ReleaseInEmergency, ReviewEmergency, release_in_emergency, review_emergency
from kzcase.actions.wishes import Done
from kzcase.domain.classes import FieldClass
from kzcase.domain.consent_rows import ConsentRow, EmergencyRow, FormToRecord, NoticeRow
from kzcase.domain.papers import CLASS_WORDS
from kzcase.domain.rows import AttachmentRow, PartnerRow
from kzcase.i18n import Words, _, verbatim
from kzcase.queries.partners import partner_list
from kzcase.ui import language, theme
from kzcase.ui.drafts import place
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.office import Office
from kzcase.ui.widgets.check_lists import CheckList
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.dates import HELP, DateEdit
from kzcase.ui.widgets.fields import FieldRow, LineEdit, TextArea
from kzcase.ui.work import Work

EVERYBODY: Final = _("Every recipient")
EVERYTHING: Final = _("Every purpose")
ANYBODY_ELSE: Final = _("Somebody who is no partner")
ALL_KINDS: Final = _("Nothing ticked: all of it.")
HELP_GOES_ON: Final = _(
    "Nobody has to say why, and help goes on. Whoever received something is told, without a reason. "
    "What was sent stays sent; this cannot be undone."
)
OURS: Final = _("The recipients are told that it ended, and not why. This cannot be undone.")
REVIEWED_TOMORROW: Final = _(
    "Only for danger to life, for a child, or where a law obliges us. A second person looks at it by tomorrow."
)


def classes_field(ticked: Sequence[str] = ()) -> CheckList:
    """The classes of field to tick."""
    field = CheckList([Choice(each.value, CLASS_WORDS[each]) for each in FieldClass])
    field.set_codes(ticked)
    return field


def withdraw_dialog(
    work: Work, office: Office, case: str, row: ConsentRow | None, partners: Sequence[PartnerRow], parent: QWidget
) -> FormDialog:
    """Taking back one consent, or everything in a case that fits; whole or in part."""
    wishes, kinds = CheckList(office.choices("withdrawal_wish")), classes_field()
    rows = {
        "partner": FieldRow(_("From whom"), CodeCombo(_partners(partners), blank=EVERYBODY)),
        "purpose": FieldRow(_("What for"), CodeCombo(office.choices("consent_purpose"), blank=EVERYTHING)),
        "classes": FieldRow(_("Only these kinds of facts"), kinds, ALL_KINDS),
        "said_by": FieldRow(_("Who takes it back"), CodeCombo(office.choices("withdrawer"))),
        "wishes": FieldRow(_("What the person wishes"), wishes),
        "on": FieldRow(_("Said on"), DateEdit(), HELP),
    }
    lines: tuple[tuple[str, ...], ...] = (("classes", "wishes"), ("said_by", "on"))
    if row is not None:
        del rows["partner"], rows["purpose"]
    else:
        lines = (("partner", "purpose"), *lines)

    def act(book: Any, values: Mapping[str, str]) -> Done:
        ticked: dict[str, Any] = {"classes": list(kinds.codes()), "wishes": list(wishes.codes())}
        said: dict[str, Any] = {
            "said_by": values["said_by"] or None,
            "on": values["on"] or None,
            "language": language.current(),
        }
        if row is not None:
            return withdraw_consent(book, WithdrawConsent(consent=row.id, **ticked, **said))
        purposes, partner = [values["purpose"]] if values["purpose"] else [], values["partner"] or None
        wish = WithdrawConsent(case=case, partner=partner, purposes=purposes, **ticked, **said)
        return withdraw_consent(book, wish)

    title = _("Take back the consent for {partner}", partner=row.partner or office_words()) if row else _("Take back")
    return _wide(FormDialog(work, title, rows, lines, _("Take back"), act, hint=HELP_GOES_ON, parent=parent))


def _wide(dialog: FormDialog) -> FormDialog:
    """Wide enough for two lists beside each other, so that it is not too high for a small laptop."""
    dialog.setMinimumWidth(theme.px(760))
    return dialog


def office_words() -> str:
    """Ourselves, where no partner is named."""
    return language.text(_("our own office"))


def revoke_dialog(work: Work, row: ConsentRow, parent: QWidget) -> FormDialog:
    """Ending a consent for a reason of our own."""
    rows = {"ground": FieldRow(_("Why we end it"), TextArea(lines=2), required=True)}

    def act(book: Any, values: Mapping[str, str]) -> Done:
        return revoke_consent(book, RevokeConsent(consent=row.id, ground=values["ground"]))

    title = _("Revoke the consent for {partner}", partner=row.partner or office_words())
    return FormDialog(work, title, rows, (("ground",),), _("Revoke"), act, needed=("ground",), hint=OURS, parent=parent)


def notice_dialog(work: Work, office: Office, row: NoticeRow, parent: QWidget) -> FormDialog:
    """How a notice went out."""
    rows = {
        "how": FieldRow(_("How it went out"), CodeCombo(office.choices("referral_how")), required=True),
        "on": FieldRow(_("Sent on"), DateEdit(), HELP),
    }

    def act(book: Any, values: Mapping[str, str]) -> Done:
        return send_notice(book, SendNotice(notice=row.id, how=values["how"], on=values["on"] or None))

    title = _("Notice {number} was sent", number=row.number)
    return FormDialog(work, title, rows, (("how", "on"),), _("Write it down"), act, needed=("how",), parent=parent)


def emergency_dialog(work: Work, office: Office, case: str, parent: QWidget | None) -> FormDialog:
    """What was passed on without consent, to whom, and why it could not wait."""
    kinds = classes_field()
    rows = {
        "basis": FieldRow(_("Why without consent"), CodeCombo(office.choices("emergency_basis")), required=True),
        "partner": FieldRow(_("Who received it"), CodeCombo((), blank=ANYBODY_ELSE)),
        "recipient": FieldRow(_("Or who else"), LineEdit()),
        "how": FieldRow(_("How it was passed on"), CodeCombo(office.choices("referral_how")), required=True),
        "ground": FieldRow(_("What happened, and why it could not wait"), TextArea(lines=2), required=True),
        "passed": FieldRow(_("What was passed on, word for word"), TextArea(lines=2), required=True),
        "classes": FieldRow(_("Which kinds of facts"), kinds),
        "on": FieldRow(_("Passed on"), DateEdit(), HELP),
    }

    def act(book: Any, values: Mapping[str, str]) -> Done:
        texts = {name: values[name] for name in ("basis", "recipient", "how", "ground", "passed")}
        partner, on = values["partner"] or None, values["on"] or None
        wish = ReleaseInEmergency(case=case, classes=list(kinds.codes()), partner=partner, on=on, **texts)
        return release_in_emergency(book, wish)

    dialog = FormDialog(
        work,
        _("Passed on in an emergency"),
        rows,
        (("basis", "how"), ("partner", "recipient"), ("ground", "passed"), ("classes",), ("on",)),
        _("Write it down"),
        act,
        needed=("basis", "how", "ground", "passed"),
        hint=REVIEWED_TOMORROW,
        draft=place("emergency", case),
        parent=parent,
    )
    offered: Any = rows["partner"].field
    work.ask(partner_list, lambda found: offered.set_choices(_partners(found)), owner=dialog)
    return _wide(dialog)


def review_dialog(work: Work, office: Office, row: EmergencyRow, parent: QWidget) -> FormDialog:
    """What the second person found."""
    rows = {
        "outcome": FieldRow(_("What you found"), CodeCombo(office.choices("emergency_review")), required=True),
        "text": FieldRow(_("Why"), TextArea(lines=2)),
    }

    def act(book: Any, values: Mapping[str, str]) -> Done:
        return review_emergency(book, ReviewEmergency(release=row.id, **values))

    title = _("Review of emergency {number}", number=row.number)
    lines = (("outcome",), ("text",))
    return FormDialog(work, title, rows, lines, _("Write it down"), act, needed=("outcome",), parent=parent)


def form_dialog(
    work: Work, row: FormToRecord, title: Words, partners: Sequence[PartnerRow], parent: QWidget
) -> FormDialog:
    """Making the record of a form; where its recipient is not known by this name, somebody says who is meant."""
    partner = CodeCombo(_partners(partners))
    partner.set_code(row.partner_id or None)
    on_form = _("On the form: {recipient}", recipient=row.recipient) if row.recipient else _("Nobody is named on it.")
    rows = {"partner": FieldRow(_("Who is meant"), partner, on_form, required=row.needs_partner)}

    def act(book: Any, values: Mapping[str, str]) -> Done:
        named = values["partner"] or None
        if row.withdraws:
            return record_withdrawal(book, RecordWithdrawal(sheet=row.sheet, partner=named))
        return record_consent(book, RecordConsent(sheet=row.sheet, partner=named))

    needed = ("partner",) if row.needs_partner else ()
    hint = HELP_GOES_ON if row.withdraws else None
    return FormDialog(
        work, title, rows, (("partner",),), _("Write it down"), act, needed=needed, hint=hint, parent=parent
    )


def bind_dialog(work: Work, row: ConsentRow, scans: Sequence[AttachmentRow], parent: QWidget) -> FormDialog:
    """Which scan is the signed sheet."""
    offered = [Choice(scan.id, verbatim(scan.title or scan.media_type)) for scan in scans]
    rows = {"attachment": FieldRow(_("The scan of the signed sheet"), CodeCombo(offered), required=True)}

    def act(book: Any, values: Mapping[str, str]) -> Done:
        return bind_sheet(book, BindSheet(consent=row.id, attachment=values["attachment"]))

    title, lines = _("Signed sheet"), (("attachment",),)
    return FormDialog(work, title, rows, lines, _("Bind"), act, needed=("attachment",), parent=parent)


def _partners(rows: Sequence[PartnerRow]) -> list[Choice]:
    return [Choice(row.id, verbatim(row.name)) for row in rows]
