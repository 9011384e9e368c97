"""Invented rows for papers."""

from dataclasses import replace
from datetime import UTC, date, datetime

from kzcase.domain.age_and_stay import StayRow, StaySheet
from kzcase.domain.classes import FieldClass
from kzcase.domain.consent_papers import EndNotice
from kzcase.domain.papers import (
    CallSheet,
    CaseSheet,
    Choice,
    ConsentSheet,
    Organisation,
    PrintedField,
    PrintedTable,
    RecoveryShare,
    ReferralLetter,
    Section,
    SheetHeader,
)
from kzcase.domain.partner_papers import PartnerCard
from kzcase.domain.person_papers import CustodyReceipt, FamilyNode, FamilySheet
from kzcase.domain.road_sheets import RoadSheet, StageOnPaper, TrackOnPaper
from kzcase.domain.team_papers import MinutesSheet, TransferReceipt
from kzcase.domain.weighing_papers import WeighingSheet
from kzcase.i18n import Words, verbatim

EVERYTHING = frozenset(FieldClass)
KAZAKH = "ӘҒҚҢӨҰҮҺІәғқңөұүһі"
OFFICE = Organisation("«Өріс» қоғамдық қоры", "Алматы қ., Абай даңғылы 1", "+7 700 000 00 00", "office@example.org")


def header(code: str = "P12", **changes: object) -> SheetHeader:
    plain = SheetHeader(OFFICE, code, "1", date(2026, 11, 22), "2026-A7-00012-5")
    return replace(plain, **changes)  # type: ignore[arg-type]


def words(*texts: str) -> tuple[Words, ...]:
    return tuple(verbatim(text) for text in texts)


def choices(*texts: str, chosen: str = "") -> tuple[Choice, ...]:
    return tuple(Choice(verbatim(text), text == chosen) for text in texts)


def field(field_class: FieldClass, value: str) -> PrintedField:
    return PrintedField(verbatim(f"label-{field_class}"), value, field_class)


def client(prefix: str = "value") -> tuple[PrintedField, ...]:
    """One field of every class, each value telling its class."""
    return tuple(field(each, f"{prefix}-{each}-Өң") for each in FieldClass)


def partner_card(**changes: object) -> PartnerCard:
    plain = PartnerCard(
        header=header("P13"),
        name="«Үміт» орталығы",
        kind="дағдарыс орталығы",
        address="Алматы қ., Сейфуллин даңғылы 10",
        phone="+7 700 000 00 01",
        hours="09:00-18:00",
        languages="қазақ, орыс",
        services=words("баспана", "тамақ"),
        eligibility="Әйелдер мен балалар",
        ask_for="Айгүл",
        appointment="04.12.2026, 10:00",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def letter(**changes: object) -> ReferralLetter:
    plain = ReferralLetter(
        header=header(),
        partner="«Үміт» орталығы",
        partner_address="Алматы қ., Сейфуллин даңғылы 10",
        client=client(),
        allowed=EVERYTHING,
        need="Баспана, тамақ",
        reason="Түнейтін орын мен тамақ қажет.",
        worker="Ә. Өмірзақова",
        contact="+7 700 000 00 00",
        replies=words("Қабылданды", "Бас тартылды", "Қосымша мәлімет керек"),
        reply_by=date(2026, 11, 29),
        urgency=verbatim("шұғыл"),
        enclosures=("Көшірме, 1 бет",),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def consent(**changes: object) -> ConsentSheet:
    plain = ConsentSheet(
        header=header("P03"),
        recipient="«Үміт» орталығы",
        purpose="Баспана",
        classes=choices("Аты-жөні", "Байланыс", "Денсаулығы", chosen="Байланыс"),
        client="Әсем Қыдыр",
        given_on=date(2026, 11, 22),
        valid_until=date(2027, 5, 22),
        language="қазақ",
        explained_by="Ә. Өмірзақова",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def call(**changes: object) -> CallSheet:
    plain = CallSheet(
        header=header("P05"),
        started_at="22.11.2026 14:07",
        channels=choices("телефон", "чат", chosen="телефон"),
        languages=choices("қазақ", "орыс"),
        callers=choices("өзі", "туысы"),
        topics=choices("жалақы", "құжат", "баспана", chosen="құжат"),
        outcomes=choices("кеңес берілді", "жолдама берілді"),
        fields=(field(FieldClass.CONTACT, "+7 701 000 00 00"),),
        allowed=EVERYTHING,
        danger=False,
        note="Құжаты қолында жоқ.",
        operator="Ә. Өмірзақова",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def case(**changes: object) -> CaseSheet:
    plain = CaseSheet(
        header=header("P40"),
        sections=(Section(verbatim("Адам"), client()),),
        tables=(
            PrintedTable(verbatim("Тапсырмалар"), words("Мерзімі", "Тапсырма"), (("29.11.2026", "Жауап күту"),)),
            PrintedTable(verbatim("Денсаулық"), words("Күні"), (("secret-health",),), FieldClass.HEALTH),
        ),
        allowed=EVERYTHING,
        worker="Ә. Өмірзақова",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def stay(**changes: object) -> StaySheet:
    told = StayRow(told=date(2027, 1, 31), told_extended_by="№ 1 қаулы")
    return replace(StaySheet(header("P43"), date(2026, 11, 22), told, "Айнұр Үлгі"), **changes)  # type: ignore[arg-type]


def road(**changes: object) -> RoadSheet:
    stages = (
        StageOnPaper(verbatim("Қабылдау"), "passed"),
        StageOnPaper(verbatim("Тоқтатыла тұрды"), "ahead", beside=True),
        StageOnPaper(verbatim("Құжаттарды қалпына келтіруге дайындық"), "here"),
    )
    tracks = (TrackOnPaper(None, stages), TrackOnPaper(verbatim("Елге қайту"), stages))
    plain = RoadSheet(header("P41"), tracks, (verbatim("Себебі"),), "Ә. Өмірзақова")
    return replace(plain, **changes)  # type: ignore[arg-type]


def family() -> FamilySheet:
    nodes = (
        FamilyNode(("Айгүл Серікқызы", "34"), 0, 0, centre=True),
        FamilyNode(("Әбдірахман Өмірзақов", "ағасы", "күдік"), 0, 1, suspected=True),
    )
    table = PrintedTable(verbatim("Балалар"), (verbatim("Аты"), verbatim("Жасы")), (("Ерасыл", "7"),))
    return FamilySheet(header("P44"), nodes, 1, 2, (table,), "Ә. Өмірзақова")


def receipt() -> CustodyReceipt:
    document = (("Құжат", "Жеке куәлік"),)
    return CustodyReceipt(header("P42"), "Q-1", "Айгүл Серікқызы", document, date(2026, 11, 22), "Ә. Өмірзақова")


def minutes() -> MinutesSheet:
    """The minutes of a conference."""
    people = (("Айнұр Үлгі", ""), ("Сынақов Әлі", "Дағдарыс орталығы"))
    decided = (("Баспана табу", "Айнұр Үлгі", "01.12.2026"), ("Күту", "", ""))
    about = {
        "kind": words("Пересмотр плана")[0],
        "held_on": date(2026, 11, 20),
        "place": "4",
        "minutes": "Қаралды. " * 9,
    }
    return MinutesSheet(header("P45"), **about, members=people, decisions=decided, written_by="Айнұр Үлгі")  # type: ignore[arg-type]


def receipt_for_case() -> TransferReceipt:
    """The receipt for a case taken over."""
    at = datetime(2026, 11, 20, 5, tzinfo=UTC)
    between = {"giver": "Айнұр Үлгі", "receiver": "Ерлан Мысал", "offered_at": at, "taken_at": at, "note": "Демалыс."}
    return TransferReceipt(header("P46"), **between, tasks=(("Қоңырау шалу", "01.12.2026"),), originals=1)  # type: ignore[arg-type]


def weighing() -> WeighingSheet:
    """One weighing before a filing, with every field full."""
    said = {"authority": "Көші-қон қызметі", "learns": "Мекенжайы мен отбасы. " * 6, "relatives": "Ағасы, құжатсыз."}
    decided = {"decision": "өтініш беріледі", "decided_with": "адамның өзімен", "ground": "Заңгер тексерді. " * 5}
    filing = {"filing": words("the application is filed")[0], "weighed_on": "20.11.2026"}
    return WeighingSheet(header("P49"), **filing, **said, **decided, worker="Айнұр Үлгі")  # type: ignore[arg-type]


def share(**changes: object) -> RecoveryShare:
    plain = RecoveryShare(
        header("P50", number=""), 2, "ABCD 2345 EFGH 6789 3T\nJKMN 2345 ABCD 2345 8S", "Ә. Өмірзақова"
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def end_notice(**changes: object) -> EndNotice:
    """A notice that a consent ended."""
    plain = EndNotice(
        header=header("P04", number="2026-A7K-W00012-5/1"),
        recipient="«Үміт» орталығы",
        address="Алматы қ., Сейфуллин даңғылы 10",
        letters=("2026-A7K-R00012-5", "2026-A7K-R00013-2"),
        last_on=date(2026, 11, 20),
        ended_on=date(2026, 11, 22),
        classes=words("байланыс деректері"),
        confirm_by=date(2026, 12, 2),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]
