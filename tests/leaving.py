"""Somebody whose every field bears a mark, any story of their consents, and what may leave by the plain reading."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import pypdfium2
from sqlalchemy import select

from kzcase.actions.perform import perform, read_act
from kzcase.db.casebook import Casebook
from kzcase.db.tables.cases import Case, Consent
from kzcase.db.tables.people import Phone
from kzcase.domain.classes import FieldClass
from kzcase.domain.errors import NoConsent, NotCovered, RuleBroken
from kzcase.forms.xform import parse_xform
from kzcase.i18n import LANGUAGES, Words, render
from kzcase.paper.forms import form_sheet
from kzcase.paper.library import paper
from kzcase.queries.letters import referral_letter_row, what_leaves
from kzcase.queries.outside_papers import form_for_recipient
from kzcase.queries.packages import WantedPackage, preview_of
from kzcase.queries.progres import progres_fields
from kzcase.queries.sheets import filled_form_row

MARKS: dict[FieldClass, tuple[str, ...]] = {
    FieldClass.IDENTIFYING: ("Қарлығашова", "Zzyvalik", "Куәгертай"),
    FieldClass.CONTACT: ("70900077123", "Апасыжауапбереді"),
    FieldClass.SENSITIVE: ("Зауыттанқашты", "Көктемгілогос", "Айтпаңызшы"),
    FieldClass.HEALTH: ("Демікпесі",),
    FieldClass.OPERATIONAL: ("Кездесуорны",),
    FieldClass.STATISTICAL: ("Вьетнам", "Viet Nam", "Вьетнам"),
}
"""Signs that stand in fields of exactly one class."""
NEVER = "70900066999"
IN_OTHER_HANDS = "70900055888"
STAYS = "Ешкімгекөрсетпе"
"""In a part of a form that no recipient gets, whatever was agreed."""
CLASSES = tuple(FieldClass)
PERSON: dict[str, Any] = {
    "names": [
        {"family": "Қарлығашова", "given": "Айым", "script": "Cyrl"},
        {"family": "Zzyvalik", "given": "Aiym", "script": "Latn"},
    ],
    "sex": "female",
    "birth": "1991-03",
    "citizenships": ["VN"],
    "phones": [
        {
            "number": "70900077123",
            "safe": "code_word",
            "code_word": "Көктемгілогос",
            "who_may_answer": "Апасыжауапбереді",
        },
        {"number": NEVER, "safe": "do_not_call"},
        {"number": IN_OTHER_HANDS, "safe": "safe"},
    ],
}
REFERRED = {
    "to_whom/to_kind": "international",
    "to_whom/to_name": "Кездесуорны",
    "asked/request": "Зауыттанқашты",
    "consent_group/consent": "given",
    "consent_group/withheld": STAYS,
    "reception/access": "Демікпесі",
    "reception/safe_contact": "safe",
    "reception/safe_details": "Апасыжауапбереді",
    "unhcr/individual_id": "Қарлығашова",
}
FORM = {
    "before/recipient": "Кездесуорны",
    "before/purpose": "referral",
    "what/share_identifying": "yes",
    "what/withheld": "Айтпаңызшы",
    "decision_part/decision": "given",
    "how/signed_how": "thumb",
    "how/witness": "Куәгертай",
}


@dataclass
class Said:
    """One consent as a person would remember it."""

    number: int
    classes: frozenset[FieldClass]
    given: bool
    until: date | None
    knew: frozenset[int]


@dataclass
class Story:
    """What was said about one referral, and the case it is about; `today` is as of the laptop's clock."""

    book: Casebook
    case: str = ""
    partner: str = ""
    referral: str = ""
    sheet: str = ""
    letter: str = ""
    consents: list[Said] = field(default_factory=list)
    backs: list[tuple[int, frozenset[FieldClass]]] = field(default_factory=list)
    emergencies: list[tuple[date, frozenset[FieldClass]]] = field(default_factory=list)
    ids: dict[int, str] = field(default_factory=dict)
    at: int = 0

    def __post_init__(self) -> None:
        self.case = self.do(act="case.opened", kind="trafficking", region="KZ-75", person=PERSON).ids["case"].hex()
        self.partner = self.do(act="partner.added", name=f"P {self.case}", kind="ngo").ids["partner"].hex()
        letter = {"need": "shelter", "reason": "Зауыттанқашты", "urgency": "urgent", "language": "ru"}
        drafted = self.do(act="referral.drafted", case=self.case, partner=self.partner, **letter)
        self.referral = drafted.ids["referral"].hex()
        filled = self.do(act="form.answered", case=self.case, form="consent_sharing", language="kk", answers=FORM)
        self.sheet = filled.ids["sheet"].hex()
        letter = self.do(act="form.answered", case=self.case, form="referral", language="kk", answers=REFERRED)
        self.letter = letter.ids["sheet"].hex()
        with self.book.read() as reader:
            rows = reader.session.scalars(select(Phone.id).where(Phone.number == IN_OTHER_HANDS))
            phones = [each.hex() for each in rows]
        for phone in phones:
            self.do(act="phone.controlled", phone=phone, state="controlled")

    def do(self, **act: Any) -> Any:
        return perform(self.book, read_act(act, ""))

    @property
    def today(self) -> date:
        with self.book.read() as reader:
            return reader.today

    @property
    def known(self) -> frozenset[int]:
        return frozenset((*(each.number for each in self.consents), *(number for number, _ in self.backs)))

    def step(self, what: str, classes: frozenset[FieldClass], days: int) -> None:
        """One thing that is said or happens; what the program refuses changes nothing."""
        self.at += 1
        try:
            getattr(self, what)(classes, days)
        except RuleBroken:
            return

    def agree(self, classes: frozenset[FieldClass], days: int) -> None:
        self._given(classes, days, "given")

    def refuse(self, _classes: frozenset[FieldClass], _days: int) -> None:
        self._given(frozenset(), 0, "refused")

    def _given(self, classes: frozenset[FieldClass], days: int, state: str) -> None:
        until = self.today + timedelta(days=days) if days else None
        wish = {"purpose": "referral", "classes": [each.value for each in classes], "language": "kk", "state": state}
        valid = {"valid_until": until.isoformat()} if until else {}
        knew = self.known
        done = self.do(act="consent.given", case=self.case, partner=self.partner, **wish, **valid)
        self.ids[self.at] = done.ids["consent"].hex()
        self.consents.append(Said(self.at, classes, state == "given", until, knew))

    def elsewhere(self, classes: frozenset[FieldClass], _days: int) -> None:
        """A consent from a laptop that knew of nothing."""
        with self.book.write("consent.given") as act:
            case = act.session.get_one(Case, bytes.fromhex(self.case))
            row = Consent(case_id=case.id, person_id=case.client_id, partner_id=bytes.fromhex(self.partner))
            row.purpose, row.state, row.after, row.given_on = "referral", "given", "", act.today
            row.classes = " ".join(each.value for each in classes)
            act.add(row)
        self.consents.append(Said(self.at, classes, given=True, until=None, knew=frozenset()))

    def part(self, classes: frozenset[FieldClass], _days: int) -> None:
        wish = {"classes": [each.value for each in classes]} if classes else {}
        self.do(act="consent.withdrawn", case=self.case, **wish)
        self.backs.append((self.at, classes))

    def all(self, _classes: frozenset[FieldClass], _days: int) -> None:
        self.do(act="consent.withdrawn", case=self.case)
        self.backs.append((self.at, frozenset()))

    def emergency(self, classes: frozenset[FieldClass], _days: int) -> None:
        passed = {"basis": "vital", "ground": "x", "passed": "x", "how": "phone"}
        named = [each.value for each in classes]
        self.do(act="emergency.released", case=self.case, partner=self.partner, classes=named, **passed)
        self.emergencies.append((self.today + timedelta(days=1), classes))

    def later(self, _classes: frozenset[FieldClass], days: int) -> None:
        self.book._clock.now += timedelta(days=days)  # type: ignore[attr-defined]

    def allowed(self) -> frozenset[FieldClass]:
        """Class by class: everybody's latest word allows it, or an emergency of these days."""
        today = self.today
        last = [one for one in self.consents if not any(one.number in other.knew for other in self.consents)]
        found = frozenset(each for each in FieldClass if last and all(self._lets(one, each, today) for one in last))
        return found.union(*(classes for until, classes in self.emergencies if today <= until))

    def _lets(self, one: Said, each: FieldClass, today: date) -> bool:
        taken = any(number not in one.knew and (not classes or each in classes) for number, classes in self.backs)
        return one.given and each in one.classes and not taken and (one.until is None or today <= one.until)


STEPS = ("agree", "refuse", "elsewhere", "part", "all", "emergency", "later")


def texts(value: object, language: Any) -> Iterator[str]:
    """Every text in a row, however deep."""
    if isinstance(value, Words):
        yield render(value, language)
    elif isinstance(value, str):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield from texts(getattr(value, each.name), language)
    elif isinstance(value, tuple | list | frozenset):
        for each in value:
            yield from texts(each, language)


def surfaces(story: Story, *, pdf: bool) -> Iterator[tuple[str, str]]:
    """Everything of the referral that leaves, or shows what would leave, as text."""
    with story.book.read() as reader:
        for language in LANGUAGES:
            row = referral_letter_row(reader, story.referral, language)
            yield f"letter {language}", "\n".join(texts(row, language))
            if pdf:
                yield f"paper {language}", on_paper(paper("referral_letter").print_row(row, language))
        yield "screen", "\n".join(texts(what_leaves(reader, story.case, story.partner), "en"))
        for name, preview in previews(reader, story):
            yield name, preview.plain.decode()
            yield f"{name} on screen", "\n".join(texts(preview.fields, "en"))
        yield from papers(reader, story, pdf=pdf)
        yield "export", "\n".join(f"{one.name} {one.value or ''}" for one in progres_fields(reader, story.referral))


parsed = cache(parse_xform)


def papers(reader: Any, story: Story, *, pdf: bool) -> Iterator[tuple[str, str]]:
    """Filled forms as this partner gets them: one for partners, and one of the office."""
    case, partner = reader.session.get_one(Case, bytes.fromhex(story.case)), bytes.fromhex(story.partner)
    for form_id in ("referral", "consent_sharing"):
        row = filled_form_row(reader, story.case, form_id)
        form = parsed(row.source)
        try:
            leaves = form_for_recipient(reader, case, row, form, partner)
        except NoConsent:
            assert not story.allowed()
            continue
        yield f"filled {form_id}", "\n".join((*leaves.answers.values(), *leaves.missing.values()))
        if pdf:
            more = {"missing": leaves.missing, "allowed": leaves.allowed, "relevant": leaves.relevant}
            yield f"paper of {form_id}", on_paper(form_sheet(form, "kk", leaves.answers, leaves.header, **more))


def previews(reader: Any, story: Story) -> Iterator[tuple[str, Any]]:
    """The package alone, and with a form that has answers of every class; where a form may not go, without it."""
    for name, sheets in (("package", ()), ("package with a form", (story.sheet, story.letter))):
        wanted = WantedPackage(referral=story.referral, forms=sheets, reply_seed=b"1" * 32, reply_to=b"2" * 32)
        try:
            yield name, preview_of(reader, wanted, {})
        except NotCovered:
            assert FieldClass.SENSITIVE not in story.allowed()


def on_paper(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()
    return text.replace("\r", "").replace("\n", "").replace("\x02", "")


def leaked(text: str, allowed: frozenset[FieldClass]) -> set[str]:
    """Marks of classes that may not leave and stand in a text all the same."""
    forbidden = {mark for each, marks in MARKS.items() if each not in allowed for mark in marks} | {
        NEVER,
        IN_OTHER_HANDS,
        STAYS,
    }
    return {mark for mark in forbidden if mark.casefold() in text.casefold()}


def check(story: Story, *, pdf: bool = False) -> dict[str, set[str]]:
    """Every surface on which something stands that may not leave."""
    allowed = story.allowed()
    return {name: found for name, text in surfaces(story, pdf=pdf) if (found := leaked(text, allowed))}
