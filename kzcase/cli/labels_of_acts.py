"""What the ids are called that an act answers with."""

from collections.abc import Mapping
from typing import Final

from kzcase.i18n import Words, _, pgettext

OF_ACTS: Final[Mapping[str, Words]] = {
    "dict.absence": pgettext("id", "Absence"),
    "dict.approval": _("Approval"),
    "dict.attempt": pgettext("id", "Attempt"),
    "dict.block": pgettext("id", "Blocking"),
    "dict.call_back": pgettext("id", "Call-back"),
    "dict.change": pgettext("of a rule", "Change"),
    "dict.conference": _("Conference"),
    "dict.control": pgettext("id", "Phone in other hands"),
    "dict.custody": pgettext("id", "Detention"),
    "dict.decision": _("Decision"),
    "dict.document": _("Document"),
    "dict.emergency": pgettext("id", "Call to an emergency service"),
    "dict.enquirer": pgettext("id", "Who asks"),
    "dict.erasure": pgettext("id", "Erasing"),
    "dict.flag": _("Flag"),
    "dict.hold": _("Legal hold"),
    "dict.match": pgettext("id", "Likeness"),
    "dict.merge": pgettext("id", "The same person"),
    "dict.notice": pgettext("id", "Notice"),
    "dict.opened": _("Colleague"),
    "dict.other": pgettext("id", "The other person"),
    "dict.phone_form": pgettext("id", "Form for phones"),
    "dict.request": _("Request"),
    "dict.search": pgettext("id", "Saved search"),
    "dict.share": pgettext("id", "Recovery share"),
    "dict.signal": pgettext("id", "Signal of a crime"),
    "dict.statement": pgettext("id", "Statement"),
    "dict.switch": pgettext("id", "Permission for phones"),
    "dict.tracing": _("Tracing"),
    "dict.transfer": pgettext("id", "Offer of the case"),
    "dict.trial": pgettext("id", "Trial of recovery"),
    "dict.undertaking": pgettext("id", "Undertaking"),
    "dict.withdrawal": pgettext("id", "Withdrawal"),
    "dict.word": _("Code word"),
}
"""Part of the labels of all answers; an act without a word of its own here has one among the others."""
