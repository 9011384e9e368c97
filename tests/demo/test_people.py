"""Generated cases: deterministic, by the published shares, with ages and dates that fit their kind."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from random import Random

import pytest

from kzcase.demo import births, people, shares
from kzcase.demo.borders import border_point
from kzcase.demo.chance import Weighted, days, poisson, quarters
from kzcase.demo.people import GeneratedCase, cases, generate_cases
from tests.demo.codes import rows

TODAY = date(2026, 9, 15)
MANY = 12_000


@pytest.fixture(scope="module")
def many() -> list[GeneratedCase]:
    return list(cases(Random(3), MANY, TODAY))


def share(values: Iterable[object]) -> dict[object, float]:
    counted = Counter(values)
    return {value: number / counted.total() for value, number in counted.items()}


def alone(found: list[GeneratedCase]) -> list[GeneratedCase]:
    """Cases outside incidents: an incident is drawn once for all its people."""
    return [c for c in found if c.incident is None]


def off(found: dict[object, float], wanted: dict[str, float], size: int) -> list[str]:
    """Which shares are further from the published ones than four standard errors."""
    total = sum(wanted.values())
    expected = {code: weight / total for code, weight in wanted.items()}
    return [c for c, p in expected.items() if abs(found.get(c, 0.0) - p) > 4 * (p * (1 - p) / size) ** 0.5 + 1e-9]


def test_the_same_seed_and_day_give_the_same_cases() -> None:
    first, again, other = (list(generate_cases(seed, 300, TODAY)) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_global_chance_plays_no_part() -> None:
    import random

    random.seed(1)
    first = list(generate_cases(1, 50, TODAY))
    random.seed(2)
    assert list(generate_cases(1, 50, TODAY)) == first


def test_kinds_and_regions_follow_the_shares(many: list[GeneratedCase]) -> None:
    single = alone(many)
    assert off(share(c.kind for c in single), shares.KIND, len(single)) == []
    grown = [c for c in single if c.kind != "child"]
    assert off(share(c.region for c in grown), shares.REGION, len(grown)) == []
    children = [c for c in single if c.kind == "child"]
    assert off(share(c.region for c in children), shares.CHILD_REGION, len(children)) == []
    assert sum(c.region in shares.CHILD_PROGRAMME for c in children) / len(children) > 0.93


def test_citizenship_follows_the_shares(many: list[GeneratedCase]) -> None:
    known = {"KZ", "UZ", "KG", "TJ", "RU"}
    for name, wanted in shares.CITIZENSHIP.items():
        sexual = name == "sexual"
        kind = "trafficking" if sexual else name
        found = [c for c in alone(many) if c.kind == kind and (c.exploitation == "sexual") is sexual]
        as_published = share(
            c.citizenship if c.citizenship in known else "none" if c.citizenship in people.STATELESS else "other"
            for c in found
        )
        assert off(as_published, dict(wanted), len(found)) == [], name


def test_exploitation_sex_and_age_follow_the_shares(many: list[GeneratedCase]) -> None:
    trafficked = [c for c in alone(many) if c.kind == "trafficking"]
    assert off(share(c.exploitation for c in trafficked), shares.EXPLOITATION, len(trafficked)) == []
    for exploitation, female in shares.FEMALE.items():
        found = [c for c in trafficked if c.exploitation == exploitation]
        assert off(share(c.sex for c in found), {"female": female, "male": 1 - female}, len(found)) == []
    for kind, bands in shares.AGE.items():
        found = [c for c in alone(many) if c.kind == kind]
        by_band = share(str(next(i for i, (a, b) in enumerate(shares.AGE_BANDS) if a <= c.age <= b)) for c in found)
        assert off(by_band, {str(band): p for band, p in bands.items()}, len(found)) == [], kind


def test_a_wrong_share_is_noticed(many: list[GeneratedCase]) -> None:
    """Canary: one region in ten moved elsewhere does not pass as the published share."""
    single = alone(many)
    moved = ["KZ-59" if i % 10 == 0 else c.region for i, c in enumerate(single) if c.kind != "child"]
    assert off(share(moved), shares.REGION, len(moved)) != []


def test_ages_fit_the_kind_and_the_birth(many: list[GeneratedCase]) -> None:
    for case in many:
        had_birthday = (case.opened_on.month, case.opened_on.day) >= (case.birth.month, case.birth.day)
        assert case.age == case.opened_on.year - case.birth.year - (0 if had_birthday else 1)
        assert case.kind != "child" or case.age < 18
        assert case.age >= shares.YOUNGEST.get(case.exploitation, 0)


def possible_ages(birth: str, opened_on: date) -> tuple[int, int]:
    """The youngest and oldest somebody of this approximate birth can be, read without the program's own rules."""
    slack = 2 if birth.endswith("~") else 0
    parts = [int(part) for part in birth.rstrip("~").split("-")]
    latest = [*parts, 12, 31] if len(parts) == 1 else [*parts, 31] if len(parts) == 2 else parts
    earliest = [*parts, 1, 1] if len(parts) == 1 else [*parts, 1] if len(parts) == 2 else parts
    today = [opened_on.year, opened_on.month, opened_on.day]
    young = today[0] - latest[0] - slack - (today[1:] < latest[1:])
    return young, today[0] - earliest[0] + slack - (today[1:] < earliest[1:])


def test_an_approximate_birth_never_hides_whether_somebody_is_a_child(many: list[GeneratedCase]) -> None:
    rng = Random(4)
    for case in many:
        young, old = possible_ages(births.as_known(rng, case.birth, case.opened_on), case.opened_on)
        assert young <= case.age <= old
        assert (young < 18) is (old < 18) is (case.age < 18)


def test_precision_of_births() -> None:
    found = [act["person"]["birth"] for act in generate_cases(8, 6000, TODAY)]
    kinds = share("~" if "~" in b else {4: "year", 7: "month", 10: "day"}[len(b)] for b in found)
    assert kinds["day"] == pytest.approx(0.70, abs=0.04)
    assert kinds["month"] == pytest.approx(0.10, abs=0.02)
    assert kinds["year"] == pytest.approx(0.15, abs=0.02)
    assert kinds["~"] == pytest.approx(0.05, abs=0.015)


def test_cases_come_in_order_and_not_from_the_future() -> None:
    for count in (1, 7, 200, 3000):
        opened = [act["opened_on"] for act in generate_cases(6, count, TODAY)]
        assert len(opened) == count
        assert opened == sorted(opened)
        assert opened[-1] <= TODAY.isoformat()


def test_a_quarter_has_about_120_cases() -> None:
    numbers = [size for seed in range(30) for *_, size in quarters(Random(seed), 1200, TODAY, 120, 20)[1:-1]]
    mean = sum(numbers) / len(numbers)
    spread = sum((n - mean) ** 2 for n in numbers) / len(numbers)
    assert mean == pytest.approx(120, abs=3)
    assert spread == pytest.approx(120, rel=0.35)


def test_a_large_casebook_gets_more_cases_a_quarter_not_a_longer_past() -> None:
    plan = quarters(Random(1), 100_000, TODAY, 120, 20)
    assert sum(size for *_, size in plan) == 100_000
    assert len(plan) <= 21
    assert all(first <= last for first, last, _ in plan)


def test_days_stay_in_their_period() -> None:
    found = list(days(Random(1), date(2026, 7, 4), date(2026, 7, 19), 500))
    assert found == sorted(found)
    assert date(2026, 7, 4) <= found[0] <= found[-1] <= date(2026, 7, 19)


@pytest.mark.parametrize("mean", [3.0, 120.0, 5000.0])
def test_poisson_numbers(mean: float) -> None:
    rng = Random(2)
    found = [poisson(rng, mean) for _ in range(2000)]
    average = sum(found) / len(found)
    assert average == pytest.approx(mean, abs=4 * (mean / len(found)) ** 0.5)


def test_weighted_choice_keeps_to_its_values() -> None:
    rng = Random(2)
    assert {Weighted({"a": 1.0, "b": 0.0}).draw(rng) for _ in range(200)} == {"a"}


def test_people_found_together_share_what_they_share(many: list[GeneratedCase]) -> None:
    groups: dict[int, list[GeneratedCase]] = {}
    for case in many:
        if case.incident:
            groups.setdefault(case.incident.number, []).append(case)
    assert groups
    low, high = shares.EVENT_SIZE
    for group in groups.values():
        assert low <= len(group) <= high
        assert len(group) == group[0].incident.size  # type: ignore[union-attr] # grouped by it
        assert len({(c.region, c.opened_on, c.citizenship, c.exploitation, c.sector, c.kind) for c in group}) == 1


def test_border_points_fit_citizenship_and_region(many: list[GeneratedCase]) -> None:
    points = {row["code"]: row for row in rows("border_point")}
    neighbours = {"UZ": "UZ", "TJ": "UZ", "KG": "KG", "RU": "RU", "UA": "RU", "BY": "RU", "CN": "CN"}
    for case in many:
        if not case.border_point:
            assert case.citizenship in people.STATELESS | {"KZ"}
            continue
        point = points[case.border_point]
        if point["mode"] == "road" and case.citizenship in neighbours:
            assert point["neighbour"] == neighbours[case.citizenship]
    assert {c.border_point for c in many if c.citizenship == "KZ"} == {""}


def test_a_citizen_never_crossed_in_and_a_stranger_mostly_did() -> None:
    rng = Random(1)
    assert border_point(rng, "KZ", "KZ-75") == ""
    assert all(border_point(rng, "UZ", region) for region in shares.REGION for _ in range(20))


def test_phones_ring_nowhere_and_unsafe_ones_say_how() -> None:
    numbers = [p for act in generate_cases(4, 3000, TODAY) for p in act["person"].get("phones", [])]
    assert all(p["number"].startswith(("+7 709 0", "+998 00 0", "+996 00 0", "+992 00 0")) for p in numbers)
    assert all(len(p["number"]) in (16, 17) for p in numbers)
    assert all("hours" in p for p in numbers if p["safe"] == "at_hours")
    assert all("code_word" in p for p in numbers if p["safe"] == "code_word")
    repeated = Counter(p["number"] for p in numbers).most_common(1)[0][1]
    assert repeated <= 2
    unsafe = sum(p["safe"] != "safe" for p in numbers) / len(numbers)
    assert 0.2 < unsafe < 0.6
