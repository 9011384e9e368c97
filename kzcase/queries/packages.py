"""What a sealed package to a partner would hold: the letter's own fields, chosen forms and attachments, no more."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.attachments import Attachment
from kzcase.db.tables.cases import AnswerSheet, Case, Referral
from kzcase.domain.classes import FieldClass
from kzcase.domain.consents import STAYS_WORDS, MayLeave, Stays
from kzcase.domain.errors import NotCovered, NotFound
from kzcase.domain.ids import from_hex
from kzcase.domain.outside_papers import parts_that_stay
from kzcase.domain.packages import Leaves, Package, PackedField, PackedFile, PackedForm, Preview, digest
from kzcase.domain.papers import CLASS_WORDS, ReferralLetter
from kzcase.forms.definition import Form, Question
from kzcase.i18n import Language, Words, _, render, verbatim
from kzcase.queries.answers import answers_of
from kzcase.queries.consents import leaving
from kzcase.queries.forms import form_of
from kzcase.queries.letters import letter_language, referral_letter_row, what_leaves
from kzcase.queries.referrals import referral_named

PICTURES_NEED: Final = frozenset({FieldClass.IDENTIFYING, FieldClass.CONTACT, FieldClass.SENSITIVE, FieldClass.HEALTH})
"""A scan can show anything, so it goes only where everything about the person may."""
_FACTS: Final = {
    "Name": "name", "Also written": "other_names", "Date of birth": "birth", "Sex": "sex",
    "Citizenship": "citizenship", "Language": "language", "Phone": "phone", "Code word": "code_word",
}  # fmt: skip
"""The letter's labels of facts that both sides know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedPackage:
    """Which referral, and what goes along: filled forms and attachments by id.

    `reply_seed` and `reply_to` are drawn once, for the preview and the package alike.
    """

    referral: str
    forms: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    reply_seed: bytes = field(repr=False)
    reply_to: bytes = field(repr=False)


def preview_of(reader: Reader, wanted: WantedPackage, contents: Mapping[str, bytes]) -> Preview:
    """The package as it would leave now; asked for the preview, and again inside the act that closes it."""
    referral = referral_named(reader, wanted.referral)
    letter = referral_letter_row(reader, referral.id.hex())
    speak = letter_language(referral.language)
    case = reader.session.get_one(Case, referral.case_id)
    may = leaving(reader, case, referral.partner_id)
    package = Package(
        number=referral.number or "",
        sender=letter.header.organisation.name,
        sender_address=letter.header.organisation.address,
        sender_phone=letter.header.organisation.phone,
        recipient=letter.partner,
        language=speak,
        need=(referral.need or "") if letter.need else "",
        urgency=(referral.urgency or "") if letter.urgency else "",
        reply_by=referral.reply_by,
        fields=tuple(_fields(letter, speak)),
        forms=tuple(_form(reader, referral, sheet, may, speak) for sheet in wanted.forms),
        files=tuple(_file(reader, referral, one, may, contents) for one in wanted.files),
        reply_seed=wanted.reply_seed,
        reply_to=wanted.reply_to,
    )
    said = (*_going(package, may), *_staying(reader, case, referral))
    return Preview(package, package.plain(), said)


def _fields(letter: ReferralLetter, speak: Language) -> Iterator[PackedField]:
    for each in letter.client:
        value = each.value if isinstance(each.value, str) else render(each.value, speak)
        named = _FACTS.get(each.label.msgid, "")
        yield PackedField(label=render(each.label, speak), value=value, of=each.field_class, field=named)
    request = ((_("What is needed"), letter.need, FieldClass.OPERATIONAL, "need"),
               (_("Why we ask you"), letter.reason, FieldClass.SENSITIVE, "reason"))  # fmt: skip
    for label, said, of, named in request:
        text = said if isinstance(said, str) else render(said, speak)
        if text:
            yield PackedField(label=render(label, speak), value=text, of=of, field=named)


def _form(reader: Reader, referral: Referral, sheet_id: str, may: MayLeave, speak: Language) -> PackedForm:
    """A filled form of the same case; its title alone may tell what happened, so that has to be agreed to."""
    sheet = reader.session.get(AnswerSheet, from_hex(sheet_id) or b"")
    if sheet is None or sheet.struck or sheet.case_id != referral.case_id:
        raise NotFound(place="forms", what=sheet_id[:64])
    if FieldClass.SENSITIVE not in may.classes:
        raise NotCovered(place="forms")
    form = form_of(reader, sheet.form_id or "", sheet.form_version or "")
    answers = answers_of(reader, sheet.id).answers
    packed = tuple(_answers(form, answers, may, speak))
    return PackedForm(title=form.title.get(speak) or form.id, form=form.id, version=form.version, answers=packed)


def _answers(form: Form, answers: Mapping[str, str], may: MayLeave, speak: Language) -> Iterator[PackedField]:
    stays = parts_that_stay(form.id, tuple(each.name for each in form.questions))
    for path, value in answers.items():
        question = form.by_path.get(_plain(path))
        if question is not None and question.field_class in may.classes and question.steps[0] not in stays:
            label = question.label.get(speak) or question.name
            yield PackedField(label=label[:1000], value=_said(question, value, speak), of=question.field_class)


def _plain(path: str) -> str:
    """A path without the ids of its repeats."""
    return "/".join(step.partition("{")[0] for step in path.split("/"))


def _said(question: Question, value: str, speak: Language) -> str:
    """An answer in words; of a choice, what it is called."""
    if question.choices is None:
        return value
    named = {choice.name: choice.label.get(speak) or choice.name for choice in question.choices.choices}
    return ", ".join(named.get(one, one) for one in value.split()) if value else value


def _file(
    reader: Reader, referral: Referral, reference: str, may: MayLeave, contents: Mapping[str, bytes]
) -> PackedFile:
    row = reader.session.get(Attachment, from_hex(reference) or b"")
    if row is None or row.struck or row.case_id != referral.case_id or reference not in contents:
        raise NotFound(place="attachments", what=reference[:64])
    if not may.classes >= PICTURES_NEED:
        raise NotCovered(place="attachments")
    content = contents[reference]
    return PackedFile(name=row.title or "", media_type=row.media_type or "", sha256=digest(content), content=content)


def _going(package: Package, may: MayLeave) -> Iterator[Leaves]:
    for each in package.fields:
        yield Leaves(verbatim(each.label), each.of, True, _agreed(each.of, may), each.value)
    for form in package.forms:
        for answer in form.answers:
            label = _("{form}: {question}", form=form.title, question=answer.label)
            yield Leaves(label, answer.of, True, _agreed(answer.of, may), answer.value)
    for file in package.files:
        yield Leaves(verbatim(file.name), FieldClass.IDENTIFYING, True, _("agreed to: everything about the person"))


def _agreed(of: FieldClass, may: MayLeave) -> Words:
    if may.emergency:
        return _("an emergency, with its reason")
    return _("agreed to: {what}", what=CLASS_WORDS[of])


def _staying(reader: Reader, case: Case, referral: Referral) -> Iterator[Leaves]:
    found = what_leaves(reader, case.id.hex(), (referral.partner_id or b"").hex())
    for each in found.classes:
        if not each.goes:
            why = STAYS_WORDS[each.why or Stays.NO_CONSENT]
            yield from (Leaves(label, each.field_class, False, why) for label in each.labels)


def sheets_to_choose(reader: Reader, referral: str) -> Sequence[tuple[str, Words]]:
    """The filled forms of the referral's case, by id, to be put into its package."""
    row = referral_named(reader, referral)
    query = select(AnswerSheet).where(AnswerSheet.case_id == row.case_id, AnswerSheet.struck.is_not(True))
    found = []
    for sheet in reader.session.scalars(query.order_by(AnswerSheet.answered_at.desc(), AnswerSheet.id)):
        form = form_of(reader, sheet.form_id or "", sheet.form_version or "")
        day = sheet.answered_at.date().strftime("%d.%m.%Y") if sheet.answered_at else ""
        title = form.title.get(letter_language(row.language)) or form.id
        found.append((sheet.id.hex(), verbatim(" ".join(filter(None, (title, day))))))
    return found
