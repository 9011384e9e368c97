"""The list of papers kzcase can print: their names, neutral codes, titles and what each is made from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from kzcase.domain.age_and_stay import StaySheet
from kzcase.domain.consent_papers import EndNotice
from kzcase.domain.errors import NotFound
from kzcase.domain.papers import CallSheet, CaseSheet, ConsentSheet, RecoveryShare, ReferralLetter
from kzcase.domain.partner_papers import PartnerCard
from kzcase.domain.road_sheets import RoadSheet
from kzcase.domain.team_papers import MinutesSheet, TransferReceipt
from kzcase.domain.weighing_papers import WeighingSheet
from kzcase.i18n import Language, Words, _

Subject = Literal[
    "referral",
    "partner",
    "consent",
    "notice",
    "call",
    "case",
    "road",
    "stay",
    "conference",
    "transfer",
    "weighing",
    "share",
]


@dataclass(frozen=True, slots=True)
class Paper:
    """One kind of paper. `subject` says which rows the caller has to fetch, `row` which type to fill.

    `version` changes whenever the layout or wording changes, so that a scan can be told from an older print.
    """

    name: str
    code: str
    version: str
    title: Words
    subject: Subject
    row: type
    print_row: Callable[[Any, Language], bytes]


def paper(name: str) -> Paper:
    """The paper of that name, `referral_letter` or `P12`; raises NotFound."""
    found = PAPERS.get(name) or next((each for each in PAPERS.values() if each.code == name), None)
    if found is None:
        raise NotFound(what=name)
    return found


# ReportLab is slow to import, so each paper fetches its printer when it is first printed.


def _referral_letter(row: ReferralLetter, language: Language) -> bytes:
    from kzcase.paper.letters import referral_letter

    return referral_letter(row, language)


def _partner_card(row: PartnerCard, language: Language) -> bytes:
    from kzcase.paper.partner_papers import partner_card

    return partner_card(row, language)


def _consent_sheet(row: ConsentSheet, language: Language) -> bytes:
    from kzcase.paper.consents import consent_sheet

    return consent_sheet(row, language)


def _end_notice(row: EndNotice, language: Language) -> bytes:
    from kzcase.paper.consent_notices import end_notice

    return end_notice(row, language)


def _call_sheet(row: CallSheet, language: Language) -> bytes:
    from kzcase.paper.calls import call_sheet

    return call_sheet(row, language)


def _case_sheet(row: CaseSheet, language: Language) -> bytes:
    from kzcase.paper.cases import case_sheet

    return case_sheet(row, language)


def _road_sheet(row: RoadSheet, language: Language) -> bytes:
    from kzcase.paper.roads import road_sheet

    return road_sheet(row, language)


def _stay_sheet(row: StaySheet, language: Language) -> bytes:
    from kzcase.paper.stays import stay_sheet

    return stay_sheet(row, language)


def _minutes(row: MinutesSheet, language: Language) -> bytes:
    from kzcase.paper.teamwork import minutes_sheet

    return minutes_sheet(row, language)


def _receipt(row: TransferReceipt, language: Language) -> bytes:
    from kzcase.paper.teamwork import transfer_receipt

    return transfer_receipt(row, language)


def _weighing(row: WeighingSheet, language: Language) -> bytes:
    from kzcase.paper.weighings import weighing_sheet

    return weighing_sheet(row, language)


def _recovery_share(row: RecoveryShare, language: Language) -> bytes:
    from kzcase.paper.shares import recovery_share

    return recovery_share(row, language)


PAPERS: Final[Mapping[str, Paper]] = {
    each.name: each
    for each in (
        Paper("consent", "P03", "1", _("Consent to share information"), "consent", ConsentSheet, _consent_sheet),
        Paper("consent_notice", "P04", "1", _("A consent has ended"), "notice", EndNotice, _end_notice),
        Paper("call_sheet", "P05", "1", _("Helpline call"), "call", CallSheet, _call_sheet),
        Paper("referral_letter", "P12", "1", _("Referral"), "referral", ReferralLetter, _referral_letter),
        Paper("partner_card", "P13", "1", _("Where to go for help"), "partner", PartnerCard, _partner_card),
        Paper("case_sheet", "P40", "1", _("Case sheet"), "case", CaseSheet, _case_sheet),
        Paper("road", "P41", "1", _("Where the case stands"), "road", RoadSheet, _road_sheet),
        Paper("stay", "P43", "1", _("How long one may stay"), "stay", StaySheet, _stay_sheet),
        Paper(
            "conference_minutes", "P45", "1", _("Minutes of a case conference"), "conference", MinutesSheet, _minutes
        ),
        Paper(
            "transfer_receipt", "P46", "1", _("Receipt for a case taken over"), "transfer", TransferReceipt, _receipt
        ),
        Paper("weighing", "P49", "1", _("Before filing: what it makes visible"), "weighing", WeighingSheet, _weighing),
        Paper("recovery_share", "P50", "1", _("Recovery share"), "share", RecoveryShare, _recovery_share),
    )
}
