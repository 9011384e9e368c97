"""Code lists: complete, readable when retired, and refused in words when broken."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzcase import paths
from kzcase.domain.codes import COLUMNS, dated, read_code_list
from kzcase.domain.errors import BrokenDefinition, UnknownCode
from kzcase.i18n import LANGUAGES, render
from tests.domain.shipped import code_list

NEEDED = [
    "channel",
    "call_topic",
    "call_outcome",
    "caller",
    "region",
    "macro_region",
    "country",
    "border_point",
    "document_type",
    "nationality_status",
    "stay_status",
    "protection_measure",
    "purpose_of_stay",
    "exploitation",
    "sector",
    "recruitment",
    "means",
    "control",
    "ilo_indicator",
    "service_kind",
    "organisation",
    "relation",
    "language",
    "education",
    "closure_reason",
    "sex",
    "child_category",
    "marital",
    "risk",
    "consent_state",
    "housing",
    "missing",
    "urgency",
    "case_kind",
    "role",
    "script",
    "name_kind",
    "safe_contact",
    "need",
    "referral_outcome",
    "referral_how",
    "consent_purpose",
    "age_band",
    "gcm_objective",
    "disability",
    "match_reason",
    "iin_warning",
    "stay_cut",
    "stay_regime",
    "day_off",
    "document_form",
    "document_holder",
    "funding",
    "service_unit",
    "place_alias",
]
HEADER = ",".join(COLUMNS)
ROW = "a,а,а,a,10,,,,own list,2026-11-22"


SHIPPED = sorted(file.stem for file in paths.resources("codes").glob("*.csv"))


@pytest.mark.parametrize("name", SHIPPED)
def test_every_list_has_three_names_a_source_and_a_day_it_was_checked(name: str) -> None:
    for code in code_list(name):
        assert all(code.name(language).strip() for language in LANGUAGES)
        assert "†" not in code.kk
        assert code.source
        assert code.checked_on


def test_every_list_the_program_asks_for_is_shipped() -> None:
    assert set(NEEDED) <= set(SHIPPED)


@pytest.mark.parametrize(
    ("name", "count", "some"),
    [
        ("document_type", 48, "kz_passport stateless_cert registration_cert none"),
        ("purpose_of_stay", 13, "private transit asylum unknown"),
        ("exploitation", 17, "sexual labour recruited_not_exploited other unknown"),
        ("sector", 20, "construction brick car_wash unknown"),
        ("recruitment", 17, "acquaintance agency self unknown"),
        ("means", 8, "violence none_child"),
        ("control", 19, "debtBondage notSpecified"),
        ("ilo_indicator", 11, "vulnerability overtime"),
        ("service_kind", 8, "social_household social_legal"),
        ("channel", 7, "phone messenger chat sms email visit social"),
        (
            "call_topic",
            35,
            "offer_check wrong_number smuggling self_harm child_alone complaint data_request abusive hoax",
        ),
        ("caller", 7, "caller_self caller_anonymous"),
        ("call_outcome", 9, "out_answered out_cut"),
        ("relation", 28, "mother partner unknown"),
        ("education", 12, "none not_attending unknown"),
        ("closure_reason", 17, "goals_reached adult other"),
        ("case_kind", 7, "trafficking stateless child stranded missing asylum detention"),
        ("role", 8, "caseworker helpline supervisor psychologist lawyer shelter administrator auditor"),
        ("gcm_objective", 23, "1 10 23"),
        ("language", 31, "kk ru uz kaa ky tg prs dng sgn"),
        ("missing", 3, "not_asked refused unknown"),
    ],
)
def test_lists_are_complete(name: str, count: int, some: str) -> None:
    assert len(code_list(name)) == count
    assert all(code in code_list(name) for code in some.split())


def test_twenty_regions_in_six_macro_regions() -> None:
    regions = [code for code in code_list("region").choices() if code.attribute("macro")]
    assert len(regions) == 20
    assert {code.attribute("macro") for code in regions} == {code.code for code in code_list("macro_region")}
    assert code_list("region")["KZ-62"].attribute("kato") == "620000000"
    assert code_list("region")["KZ-10"].attribute("macro") == "centre_east"


def test_a_retired_region_is_readable_but_not_offered() -> None:
    regions = code_list("region")
    assert regions.name("KZ-51", "ru") == "Южно-Казахстанская область"
    assert regions["KZ-51"] not in regions.choices()
    assert regions["KZ-51"] in regions.choices(date(2010, 1, 1))
    assert regions["KZ-10"] not in regions.choices(date(2010, 1, 1))


def test_countries_know_their_dated_groups_and_regimes() -> None:
    countries = code_list("country")
    assert len([code for code in countries if not code.attribute("special")]) == 249
    assert countries["KG"].ru == "Кыргызстан"
    assert countries["KG"].attribute("regime", date(2026, 1, 1)) == "eaeu"
    assert countries["KG"].attribute("eaeu", date(2015, 8, 11)) == ""
    assert countries["GE"].attribute("cis", date(2007, 12, 31)) == "yes"
    assert countries["GE"].attribute("cis", date(2008, 1, 1)) == ""
    assert all(code in countries for code in ["XXA", "XXB", "XXC", "XXX", "UND", "SUN", "UNK"])


def test_references_between_lists_hold() -> None:
    for point in code_list("border_point"):
        assert point.attribute("region") in ("", *(code.code for code in code_list("region")))
        assert point.attribute("neighbour") in ("", *(code.code for code in code_list("country")))
    for alias in code_list("place_alias"):
        assert alias.attribute("region") in code_list("region")
    for kind in code_list("service_kind"):
        assert code_list("need").children(kind.code)


def test_unsure_wordings_are_marked() -> None:
    assert code_list("exploitation")["debt"].doubtful
    assert code_list("gcm_objective")["4"].doubtful
    assert not code_list("sex")["female"].doubtful


@pytest.mark.parametrize("code", ["nowhere", "Каримова Дильноза"])
def test_an_unknown_code_is_refused_in_words_without_repeating_typed_text(code: str) -> None:
    with pytest.raises(UnknownCode) as refused:
        code_list("region")[code]
    sentence = render(refused.value.sentence(), "en")
    assert "region" in sentence
    assert "Каримова" not in sentence


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "codes/x.csv:1"),
        ("code,name\n", "codes/x.csv:1"),
        (f"{HEADER}\na,а,а\n", "codes/x.csv:2"),
        (f"{HEADER}\n{ROW}\n{ROW}\n", "codes/x.csv:3"),
        (f"{HEADER}\n{ROW.replace('a,а,а', 'a,,а')}\n", "codes/x.csv:2"),
        (f"{HEADER}\n{ROW.replace(',10,', ',ten,')}\n", "codes/x.csv:2"),
        (f"{HEADER}\n{ROW.replace(',10,,', ',10,2026-02-30,')}\n", "codes/x.csv:2"),
        (f"{HEADER}\n{ROW.replace('a,а', 'a b,а')}\n", "codes/x.csv:2"),
    ],
)
def test_a_broken_list_is_refused_with_its_row(text: str, place: str) -> None:
    with pytest.raises(BrokenDefinition) as refused:
        read_code_list("x", text)
    assert refused.value.place == place
    assert render(refused.value.sentence(), "en").startswith(place)


def test_the_order_column_orders() -> None:
    text = f"{HEADER}\n{ROW}\n{ROW.replace('a,', 'b,', 1).replace(',10,', ',5,')}\n"
    assert [code.code for code in read_code_list("x", text)] == ["b", "a"]


@given(st.text(max_size=200))
def test_any_text_is_a_list_or_refused(text: str) -> None:
    try:
        place = f"codes/{read_code_list('x', text).id}.csv:"
    except BrokenDefinition as refused:
        place = refused.place
    assert place.startswith("codes/x.csv:")


@pytest.mark.parametrize(
    ("text", "day", "value"),
    [
        ("visa", date(2000, 1, 1), "visa"),
        ("2015-01-01/=eaeu", date(2014, 12, 31), ""),
        ("/2014-12-31=a;2015-01-01/=b", date(2015, 1, 1), "b"),
        ("/2014-12-31", date(2014, 12, 31), "yes"),
        ("", date(2015, 1, 1), ""),
    ],
)
def test_dated_values(text: str, day: date, value: str) -> None:
    assert dated(text, day) == value
