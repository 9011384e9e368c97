"""Which partner to ask: those nearby, who speak the person's language and whom the person agreed to, come first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kzcase.domain.rows import PartnerRow
from kzcase.i18n import Words, _


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A partner and why it stands where it stands in the list."""

    partner: PartnerRow
    score: int
    why: tuple[Words, ...]


def suggested(
    partners: Sequence[PartnerRow], *, region: str | None, language: str | None, agreed: Collection[str]
) -> list[Suggestion]:
    """All partners, the best first; equally good ones by name. `agreed` are ids with a consent in force."""
    found = [_judged(each, region, language, agreed) for each in partners]
    return sorted(found, key=lambda each: (-each.score, each.partner.name.casefold(), each.partner.id))


def _judged(partner: PartnerRow, region: str | None, language: str | None, agreed: Collection[str]) -> Suggestion:
    reasons: list[tuple[int, Words]] = []
    if partner.id in agreed:
        reasons.append((4, _("consent in force")))
    if region and partner.region == region:
        reasons.append((2, _("in the same region")))
    if language and language in partner.languages:
        reasons.append((1, _("speaks the person’s language")))
    return Suggestion(partner, sum(points for points, _why in reasons), tuple(why for _points, why in reasons))
