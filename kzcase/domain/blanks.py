"""Blank papers: the same sheets with nothing filled in, for shifts and visits without a laptop."""

from collections.abc import Collection
from typing import Final

from kzcase.domain.age_and_stay import StaySheet
from kzcase.domain.classes import FieldClass
from kzcase.domain.codes import CodeList
from kzcase.domain.consent_papers import EndNotice
from kzcase.domain.papers import (
    CallSheet,
    CaseSheet,
    Choice,
    ConsentSheet,
    PrintedField,
    PrintedTable,
    ReferralLetter,
    Section,
    SheetHeader,
    class_choices,
)
from kzcase.domain.partner_papers import PartnerCard
from kzcase.domain.pathways_explained import called
from kzcase.domain.road_sheets import RoadSheet, StageOnPaper, TrackOnPaper
from kzcase.domain.rulebook import Rulebook
from kzcase.domain.team_papers import MinutesSheet, TransferReceipt
from kzcase.domain.weighing_papers import WeighingSheet
from kzcase.i18n import Language, Words, _, verbatim

EVERY_CLASS: Final = frozenset(FieldClass)
_LANGUAGES_ON_PAPER: Final = 8
"""The languages heard most; others are written beside."""
_BLANK: Final = "\N{NO-BREAK SPACE}"
"""Keeps an empty cell as high as a line of writing."""


def choices_of(codes: CodeList, language: Language, chosen: Collection[str] = ()) -> tuple[Choice, ...]:
    """A code list as tick boxes, some of them ticked."""
    return tuple(Choice(verbatim(code.name(language)), code.code in chosen) for code in codes.choices())


def languages_of(codes: CodeList, language: Language, chosen: str | None = None) -> tuple[Choice, ...]:
    """The languages of calls as tick boxes: those heard most, and the one that was spoken."""
    shown = [code for code in codes.choices()[:_LANGUAGES_ON_PAPER] if code.code != chosen]
    own = [codes[chosen]] if chosen and chosen in codes else []
    return tuple(Choice(verbatim(code.name(language)), code.code == chosen) for code in [*own, *shown])


def blank_letter(header: SheetHeader, rulebook: Rulebook, language: Language) -> ReferralLetter:
    """A letter to write into by hand."""
    replies = [code for code in rulebook.codes["referral_outcome"].choices() if code.code != "no_answer"]
    return ReferralLetter(
        header=header,
        partner="",
        partner_address="",
        client=_blank_fields((_("Name"), _("Date of birth"), _("Citizenship"), _("Language"), _("Phone"))),
        allowed=EVERY_CLASS,
        need="",
        reason="",
        worker="",
        contact="",
        replies=tuple(verbatim(code.name(language)) for code in replies),
        blank=True,
    )


def blank_partner(header: SheetHeader, _rulebook: Rulebook, _language: Language) -> PartnerCard:
    """A card to write an address on."""
    return PartnerCard(header=header)


def blank_consent(header: SheetHeader, _rulebook: Rulebook, _language: Language) -> ConsentSheet:
    """A consent to fill in and sign by hand."""
    return ConsentSheet(header=header, recipient="", purpose="", classes=class_choices())


def blank_notice(header: SheetHeader, _rulebook: Rulebook, _language: Language) -> EndNotice:
    """A notice that a consent ended, to be written by hand."""
    return EndNotice(header=header, blank=True)


def blank_call(header: SheetHeader, rulebook: Rulebook, language: Language) -> CallSheet:
    """A sheet for one call."""
    lists = rulebook.codes
    return CallSheet(
        header=header,
        started_at="",
        channels=choices_of(lists["channel"], language),
        languages=languages_of(lists["language"], language),
        callers=choices_of(lists["caller"], language),
        topics=choices_of(lists["call_topic"], language),
        outcomes=choices_of(lists["call_outcome"], language),
        fields=_blank_fields((_("Phone"), _("Region"))),
        allowed=EVERY_CLASS,
    )


def blank_case(header: SheetHeader, _rulebook: Rulebook, _language: Language) -> CaseSheet:
    """A case sheet with its headings and empty lines."""
    person = (_("Name"), _("Date of birth"), _("Sex"), _("Citizenship"), _("Language"), _("Phone"))
    case = (_("Opened on"), _("Region"), _("Urgency"))
    return CaseSheet(
        header=header,
        sections=(Section(_("Person"), _blank_fields(person)), Section(_("Case"), _blank_fields(case))),
        tables=(
            PrintedTable(_("Tasks"), (_("Due"), _("Task"), _("Done on")), ((_BLANK,) * 3,) * 4, widths=(1, 4, 1)),
            PrintedTable(_("Notes"), (_("Date"), _("Text")), ((_BLANK,) * 2,) * 8, widths=(1, 5)),
        ),
        allowed=EVERY_CLASS,
    )


def blank_road(header: SheetHeader, rulebook: Rulebook, _language: Language) -> RoadSheet:
    """Every road there is, for nobody's case."""
    tracks = (
        TrackOnPaper(called(road), tuple(StageOnPaper(called(stage), "ahead", stage.optional) for stage in road.stages))
        for road in rulebook.pathways.values()
    )
    return RoadSheet(header, tuple(tracks))


def blank_stay(header: SheetHeader, _rulebook: Rulebook, _language: Language) -> StaySheet:
    """An empty calculation, to be done by hand."""
    return StaySheet(header, header.printed_on, None)


def blank_minutes(header: SheetHeader, _rulebook: Rulebook, _language: Language) -> MinutesSheet:
    """Minutes to write by hand."""
    return MinutesSheet(header)


def blank_receipt(header: SheetHeader, _rulebook: Rulebook, _language: Language) -> TransferReceipt:
    """A receipt to fill in by hand."""
    return TransferReceipt(header)


def blank_weighing(header: SheetHeader, _rulebook: Rulebook, _language: Language) -> WeighingSheet:
    """A weighing to write down by hand."""
    return WeighingSheet(header)


def _blank_fields(labels: Collection[Words]) -> tuple[PrintedField, ...]:
    return tuple(PrintedField(label, "", FieldClass.OPERATIONAL) for label in labels)
