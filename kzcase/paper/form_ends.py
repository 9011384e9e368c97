"""What stands around the questions of a form: its title above, and below who signs and which standards it follows."""

from collections.abc import Mapping, Sequence
from typing import Final

from kzcase.forms.about import Signer
from kzcase.forms.definition import Form
from kzcase.forms.standards import standards_of
from kzcase.i18n import Words, _
from kzcase.paper import style
from kzcase.paper.discreet import discreet_title
from kzcase.paper.form_texts import FormTexts
from kzcase.paper.kept import Gap
from kzcase.paper.sheet import Sheet

UNCHECKED: Final = _("No native reader has checked this translation yet.")
STAYS_HERE: Final = _("For the office only: this paper is given to nobody outside.")
READ_ALOUD: Final = _("Please read this sheet aloud.")
SIGNER_WORDS: Final[Mapping[Signer, Words]] = {
    Signer.CLIENT: _("Client"),
    Signer.CHILD: _("Child"),
    Signer.GUARDIAN: _("Parent, guardian or representative"),
    Signer.WORKER: _("Worker"),
    Signer.INTERPRETER: _("Interpreter"),
    Signer.WITNESS: _("Witness"),
    Signer.PARTNER: _("Partner"),
    Signer.SUPERVISOR: _("Supervisor"),
}


def add_title(sheet: Sheet, texts: FormTexts) -> None:
    """What the form is called, in its languages, and what is to be done with it; a discreet paper says neither."""
    form, header = texts.form, sheet.header
    if header.discreet:
        first, second = discreet_title(form, texts.languages[0]), ""
    else:
        first, second = texts.first(form.title, "") or form.id, texts.second(form.title, "")
    sheet.title(first, field=form.id, beside=second)
    if header.unchecked:
        sheet.paragraph(UNCHECKED, style.MARK)
    if header.stays:
        sheet.paragraph(STAYS_HERE, style.MARK)
    if form.client_paper and not header.discreet and any(each.read_aloud for each in form.walk()):
        sheet.paragraph(READ_ALOUD, style.STRONG)


def add_signatures(sheet: Sheet, signers: Sequence[Signer]) -> None:
    """Lines to sign on, if anybody signs here."""
    if signers:
        sheet.signatures([(SIGNER_WORDS[signer], "") for signer in signers], with_last=True)


def add_end(sheet: Sheet, form: Form, signers: Sequence[Signer]) -> None:
    """Lines to sign on, and for us the standards; neither stands on a paper that shall tell nothing."""
    if sheet.header.discreet:
        return
    add_signatures(sheet, signers)
    if form.standards and not form.client_paper and not sheet.header.leaves:  # they would tell the kind of case
        follows = _("Follows: {standards}.", standards=standards_of(form.standards))
        sheet.add(Gap(3 * style.MM), sheet.styled(follows, style.SMALL))
