"""How the states of a referral are tinted and told on the screen."""

from typing import Final

from kzcase.domain.referrals import ListedReferral, ReferralStepRow
from kzcase.domain.rows import ReferralRow
from kzcase.i18n import Words, _, ngettext, verbatim
from kzcase.ui import language
from kzcase.ui.language import Label
from kzcase.ui.office import Office
from kzcase.ui.widgets.chips import Tone
from kzcase.ui.widgets.timeline import Moment

TONES: Final[dict[str, Tone]] = {
    "sent": "info", "received": "info", "accepted": "info", "appointment": "info", "partly": "warn", "no_show": "warn",
    "served": "ok", "done": "ok", "refused": "danger", "expired": "danger",
}  # fmt: skip
_ICONS: Final = {"draft": "pencil", "sent": "send", "": "phone", "appointment": "calendar-clock", "refused": "x"}
OVERDUE: Final = _("overdue")


def tone(row: ReferralRow) -> Tone:
    """How a state is tinted; what is overdue is red whatever its state."""
    return "danger" if row.overdue else TONES.get(row.state, "neutral")


def state_words(office: Office, row: ReferralRow) -> Words:
    """The state in words; overdue is said beside it."""
    said = verbatim(language.text(office.said("referral_state", row.state)))
    return _("{so_far}, {more}", so_far=said, more=OVERDUE) if row.overdue else said


def chased_words(row: ListedReferral) -> Words | None:
    """How often the partner was asked for a reply."""
    return ngettext("asked {count} time", "asked {count} times", row.chased) if row.chased else None


def moment_of(office: Office, step: ReferralStepRow) -> Moment:
    """A line of the history of a referral."""
    when = step.on.strftime("%d.%m.%Y") if step.on else ""
    title: Label = office.said("referral_state", step.state) if step.state else _("Asked for a reply")
    return Moment(step.id, when, title, verbatim(_details(office, step)), _ICONS.get(step.state, "inbox"))


def _details(office: Office, step: ReferralStepRow) -> str:
    said: list[Label] = []
    if step.appointment_on:
        day = " ".join(filter(None, (step.appointment_on.strftime("%d.%m.%Y"), step.appointment_time)))
        said.append(_("appointment on {day}", day=day))
    said += [office.said("refusal_reason", step.reason), office.said("delay_reason", step.delay)]
    if step.text:
        said.append(verbatim(step.text))
    if step.next_on:
        said.append(_("look again on {day}", day=step.next_on))
    if step.author:
        said.append(verbatim(step.author))
    return ". ".join(filter(None, (language.text(each) for each in said)))
