"""What may leave: of everything a person said about passing on what is known of them, what holds for one recipient now.

Every letter, slip, package, export and screen of a referral asks here, and nowhere else.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from kzcase.domain.classes import FieldClass
from kzcase.domain.ids import Id
from kzcase.i18n import Words, _

REFERRAL: Final = "referral"
"""The purpose that lets a letter about somebody go to a partner; another purpose does not."""
IN_FORCE: Final = frozenset({"given", "by_representative"})
"""Decisions under which something may leave: the person's own, or their representative's for them."""
NOTHING: Final = frozenset[FieldClass]()
EVERYTHING: Final = frozenset(FieldClass)
_NEVER_UNDER_DISPUTE: Final = frozenset({"state", "partner_id", "purpose", "struck"})
"""Where laptops disagree about one of these nothing leaves; about classes and dates the narrowest holds."""


class Stays(StrEnum):
    """Why a class of field stays here."""

    NO_CONSENT = "no_consent"
    NOT_AGREED = "not_agreed"
    REFUSED = "refused"
    NOT_ASKED = "not_asked"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"
    DISPUTED = "disputed"
    INCOMPLETE = "incomplete"


STAYS_WORDS: Final[Mapping[Stays, Words]] = {
    Stays.NO_CONSENT: _("no consent for this recipient"),
    Stays.NOT_AGREED: _("the person did not agree to this"),
    Stays.REFUSED: _("the person said no"),
    Stays.NOT_ASKED: _("the person could not be asked"),
    Stays.NOT_YET: _("the consent begins later"),
    Stays.EXPIRED: _("the consent has ended"),
    Stays.WITHDRAWN: _("the person withdrew it"),
    Stays.REVOKED: _("we revoked it"),
    Stays.DISPUTED: _("two laptops disagree about the consent: settle it first"),
    Stays.INCOMPLETE: _("the consent is not complete yet"),
}
"""Each reason as the end of a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """One recorded answer to one question: may this go to them, for this? Where laptops disagree, the narrowest value.

    `recipient` is the partner, or nobody where it is about our own office. `after`: the consents and withdrawals that
    were known when it was given, and which it comes in place of; None for one recorded before this was kept.
    """

    id: Id
    recipient: Id | None
    purpose: str
    classes: frozenset[FieldClass]
    state: str
    given_on: date | None = None
    valid_until: date | None = None
    after: frozenset[Id] | None = None
    lacks: tuple[str, ...] = ()
    """What the rule for the person's age wants and nobody has recorded: nothing leaves before it is there."""
    disputed: frozenset[str] = frozenset()
    """The columns about which laptops disagree."""
    ours: bool = False
    """Whether it was us who ended it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """Something taken back: of one consent, or of every consent that fits. Empty means all of them.

    `ours`: we revoked it, for a reason of our own; otherwise the person withdrew it.
    """

    id: Id
    on: date | None
    consent: Id | None = None
    recipient: Id | None = None
    purposes: frozenset[str] = frozenset()
    classes: frozenset[FieldClass] = NOTHING
    ours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergency:
    """What may be passed to one recipient without consent, for a recorded reason, on these days only."""

    id: Id
    recipient: Id | None
    classes: frozenset[FieldClass]
    since: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Consents:
    """Everything that was said about passing on what is known of one person in one case."""

    agreed: tuple[Agreed, ...] = ()
    taken_back: tuple[TakenBack, ...] = ()
    emergencies: tuple[Emergency, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MayLeave:
    """What may leave to one recipient for one purpose today: classes, and for all others why not."""

    classes: frozenset[FieldClass]
    stays: Mapping[FieldClass, Stays] = field(default_factory=dict)
    consent: Id = b""
    """The consent it rests on; empty where nothing may leave, or only in an emergency."""
    emergency: Id = b""
    """The emergency it rests on as well, if any."""
    until: date | None = None
    """The last day on which this holds, as far as a consent says."""
    lacks: tuple[str, ...] = ()
    disputed: bool = False

    def why_not(self, field_class: FieldClass) -> Stays | None:
        """Why a class of field stays here; None where it may leave."""
        return self.stays.get(field_class)

    @property
    def anything(self) -> bool:
        """Whether anything at all may leave."""
        return bool(self.classes)


def may_leave(said: Consents, recipient: Id | None, today: date, purpose: str = REFERRAL) -> MayLeave:
    """Which classes may go to this recipient for this purpose today, and why the others may not.

    A newer consent stands in place of those known when it was given, narrower or wider. Several that were given
    without knowing of each other all hold: only what every one of them allows may leave.
    """
    heads = in_question(said, recipient, purpose)
    if not heads:
        agreed, stays = NOTHING, dict.fromkeys(FieldClass, Stays.DISPUTED if _unsettled(said) else Stays.NO_CONSENT)
    else:
        stays = {each: why for each in FieldClass if (why := _why_not(said, heads, each, today))}
        agreed = EVERYTHING - set(stays)
    urgent = [each for each in said.emergencies if each.recipient == recipient and each.since <= today <= each.until]
    classes = agreed.union(*(each.classes for each in urgent))
    latest = max(heads, key=lambda each: (each.given_on or date.min, each.id), default=None)
    return MayLeave(
        classes=classes,
        stays={each: why for each, why in stays.items() if each not in classes},
        consent=latest.id if latest and agreed else b"",
        emergency=urgent[0].id if urgent else b"",
        until=min((each.valid_until for each in heads if each.valid_until), default=None),
        lacks=tuple(dict.fromkeys(each for head in heads for each in head.lacks)),
        disputed=any(head.disputed for head in heads) or (not heads and _unsettled(said)),
    )


def in_question(said: Consents, recipient: Id | None, purpose: str) -> tuple[Agreed, ...]:
    """The latest word for one recipient and purpose: every consent that no other stands in place of."""
    same = [each for each in said.agreed if (each.recipient, each.purpose) == (recipient, purpose)]
    followed = replaced(said)
    return tuple(each for each in same if each.id not in followed and not _older(each, same))


def replaced(said: Consents) -> frozenset[Id]:
    """The consents that a later one stands in place of."""
    return frozenset().union(*(each.after or () for each in said.agreed))


def _older(one: Agreed, same: Collection[Agreed]) -> bool:
    """Of consents recorded before what they follow was kept, the one given on the latest day holds."""
    later = (each.given_on for each in same if each.after is None and each.given_on)
    return one.after is None and one.given_on is not None and any(on > one.given_on for on in later)


def _unsettled(said: Consents) -> bool:
    return any(each.disputed & {"partner_id", "purpose"} for each in said.agreed)


def _why_not(said: Consents, heads: Iterable[Agreed], field_class: FieldClass, today: date) -> Stays | None:
    return next((why for head in heads if (why := _stays(said, head, field_class, today))), None)


def _stays(said: Consents, one: Agreed, field_class: FieldClass, today: date) -> Stays | None:
    """Why one consent does not let a class leave today."""
    if why := not_in_force(one, today):
        return why
    back = next((each for each in said.taken_back if _hits(each, one, field_class)), None)
    if back is not None:
        return Stays.REVOKED if back.ours else Stays.WITHDRAWN
    return None if field_class in one.classes else Stays.NOT_AGREED


def not_in_force(one: Agreed, today: date) -> Stays | None:
    """Why a consent as a whole lets nothing leave on a day; None where it is in force."""
    if one.disputed & _NEVER_UNDER_DISPUTE:
        return Stays.DISPUTED
    if one.state == "withdrawn":
        return Stays.REVOKED if one.ours else Stays.WITHDRAWN
    if one.state not in IN_FORCE:
        return Stays.REFUSED if one.state == "refused" else Stays.NOT_ASKED
    if one.lacks:
        return Stays.INCOMPLETE
    if one.given_on is not None and one.given_on > today:
        return Stays.NOT_YET
    if one.valid_until is not None and one.valid_until < today:
        return Stays.EXPIRED
    return None


def _hits(back: TakenBack, one: Agreed, field_class: FieldClass) -> bool:
    return (not back.classes or field_class in back.classes) and touches(back, one)


def touches(back: TakenBack, one: Agreed) -> bool:
    """Whether something taken back is about this consent; never about one given by somebody who knew of it."""
    if back.consent is not None:
        return back.consent == one.id
    if back.recipient is not None and back.recipient != one.recipient:
        return False
    if back.purposes and one.purpose not in back.purposes:
        return False
    if one.after is None:
        return back.on is None or one.given_on is None or one.given_on <= back.on
    return back.id not in one.after


def remaining(said: Consents, one: Agreed) -> frozenset[FieldClass]:
    """The classes of one consent that were not taken back since."""
    return frozenset(each for each in one.classes if not any(_hits(back, one, each) for back in said.taken_back))
