"""What happened to a generated person before the first interview: recruited, brought, exploited, got out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from kzcase.demo.chance import Weighted
from kzcase.demo.names import Sex
from kzcase.demo.people import STATELESS, GeneratedCase
from kzcase.i18n import Language


@dataclass(frozen=True, slots=True)
class Story:
    """One person's account, all parts agreeing with each other; codes are those of the shipped lists."""

    language: Language
    """In which language the answers are written down."""
    spoken: str
    interpreter: bool
    told_on: date
    region: str
    source: str
    sex: Sex
    age: int
    citizenship: str
    papers: str
    papers_held_by: str
    marital: str
    children: int
    education: str
    came_through: str
    recruited_on: date
    recruitment: str
    recruiter: str
    exploitation: str
    sector: str
    began: date
    ended: date
    first_age: int
    hours: int
    days: int
    others: int
    means: tuple[str, ...]
    control: tuple[str, ...]
    fee: str
    needs: tuple[str, ...]
    risk: str
    police: str
    recognised: str
    got_out: str

    @property
    def from_country(self) -> str:
        """Where the person was recruited: abroad, if they crossed a border for it."""
        return self.citizenship if self.came_through else "KZ"

    @property
    def is_child(self) -> bool:
        """Whether the person is under 18 on the day of the interview."""
        return self.age < 18


_RECRUITER: Final = {
    "acquaintance": "acquaintance",
    "friend": "friend",
    "relative": "family",
    "partner": "partner",
    "neighbour": "acquaintance",
    "foreman": "employer_agency",
    "agency": "employer_agency",
    "employer": "employer_agency",
    "internet": "stranger",
    "street_market": "stranger",
}
_RECRUITMENT: Final[Mapping[str, Weighted[str]]] = {
    "sexual": Weighted({"internet": 0.3, "acquaintance": 0.3, "friend": 0.2, "partner": 0.2}),
    "other": Weighted(
        {
            "acquaintance": 0.25,
            "foreman": 0.22,
            "street_market": 0.13,
            "internet": 0.12,
            "employer": 0.1,
            "neighbour": 0.08,
            "relative": 0.06,
            "agency": 0.04,
        }
    ),
}
_WORKED: Final = frozenset({"labour", "domestic"})
_CONTROL: Final[Mapping[str, tuple[str, ...]]] = {
    "labour": ("restrictsMovement", "threats", "lawThreat", "withholdsNecessities", "falsePromises", "physical"),
    "domestic": ("restrictsMovement", "psychological", "threats", "withholdsNecessities"),
    "sexual": ("threats", "restrictsMovement", "psychological", "sexual", "takesEarnings", "debtBondage"),
    "begging": ("takesEarnings", "threats", "physical", "restrictsMovement"),
    "criminal": ("threats", "debtBondage", "psychological"),
}
_NEEDS: Final[Mapping[str, tuple[str, ...]]] = {
    "labour": ("shelter", "food", "lawyer_consultation", "document_recovery", "return_ticket", "medical_visit"),
    "domestic": ("shelter", "lawyer_consultation", "psychological_session", "document_recovery"),
    "sexual": ("shelter", "psychological_session", "medical_visit", "test", "lawyer_consultation"),
    "begging": ("food", "clothing", "medical_visit", "document_recovery"),
    "criminal": ("lawyer_consultation", "crisis_counselling"),
}
_ADULT_SCHOOL: Final = Weighted(
    {"general_secondary": 0.5, "tvet": 0.25, "basic_secondary": 0.17, "incomplete_higher": 0.03, "higher": 0.05}
)
_MARITAL: Final = Weighted({"registered": 0.36, "single": 0.34, "religious": 0.14, "divorced": 0.12, "widowed": 0.04})
_POLICE: Final = Weighted({"yes": 0.35, "later": 0.3, "no": 0.35})
_GOT_OUT: Final = Weighted({"escaped": 0.42, "police": 0.2, "released": 0.2, "third_person": 0.12, "family": 0.06})
_RISK: Final = {"immediate": "high", "urgent": "medium", "routine": "low"}


def story_of(rng: Random, case: GeneratedCase) -> Story:
    """The account of the person of a trafficking case; it ends some days before the case is opened."""
    worked = case.exploitation in _WORKED
    ended = case.opened_on - timedelta(days=rng.randrange(1, 11))
    began = ended - timedelta(days=rng.randrange(20, 420))
    recruitment = _RECRUITMENT["sexual" if case.exploitation == "sexual" else "other"].draw(rng)
    hours = rng.randrange(10, 17) if worked else 0
    papers = _papers(rng, case)
    held_by = "" if papers == "none" else "employer" if worked and rng.random() < 0.5 else "client"
    married = "single" if case.age < 18 else _MARITAL.draw(rng)
    return Story(
        language=case.language,
        spoken=case.people,
        interpreter=case.people not in ("kk", "ru", "ug") and rng.random() < 0.4,
        told_on=case.opened_on,
        region=case.region,
        source=case.source,
        sex=case.sex,
        age=case.age,
        citizenship=case.citizenship,
        papers=papers,
        papers_held_by=held_by,
        marital=married,
        children=0 if married == "single" else rng.randrange(0, 5),
        education=_education(rng, case.age),
        came_through=case.border_point if case.citizenship not in STATELESS else "",
        recruited_on=began - timedelta(days=rng.randrange(3, 21)),
        recruitment=recruitment,
        recruiter=_RECRUITER[recruitment],
        exploitation=case.exploitation,
        sector=case.sector,
        began=began,
        ended=ended,
        first_age=_age_on(case.birth, began),
        hours=hours,
        days=rng.choice((6, 7, 7)) if worked else 0,
        others=case.incident.size - 1 if case.incident else rng.choice((0, 0, 1, 2, 3, 6)),
        means=_means(rng, case.exploitation),
        control=_control(rng, case.exploitation, held_by, hours),
        fee="yes" if rng.random() < 0.25 else "no",
        needs=_some(rng, _NEEDS[case.exploitation], 2),
        risk=_RISK[case.urgency],
        police=_POLICE.draw(rng),
        recognised="yes" if case.source == "police" and rng.random() < 0.3 else "no",
        got_out="police" if case.source in ("police", "raid") else _GOT_OUT.draw(rng),
    )


def _papers(rng: Random, case: GeneratedCase) -> str:
    if case.citizenship in STATELESS:
        return "birth_cert" if rng.random() < 0.4 else "none"
    if case.age < 16:
        return "birth_cert"
    return "kz_id" if case.citizenship == "KZ" else "foreign_passport"


def _education(rng: Random, age: int) -> str:
    if age < 7:
        return "preschool" if age > 2 else "none"
    if age < 18:
        return "not_attending" if rng.random() < 0.5 else "primary" if age < 12 else "basic_secondary"
    return _ADULT_SCHOOL.draw(rng)


def _means(rng: Random, exploitation: str) -> tuple[str, ...]:
    further = ("trust", "dependence") if exploitation == "labour" else ("threat", "trust", "coercion")
    return ("deception", *_some(rng, further, 1))


def _control(rng: Random, exploitation: str, held_by: str, hours: int) -> tuple[str, ...]:
    found = list(_some(rng, _CONTROL[exploitation], 2))
    if exploitation in _WORKED:
        found.append("withholdsWages")
    if hours > 12:
        found.append("excessiveHours")
    if held_by == "employer":
        found.append("withholdsDocuments")
    return tuple(found)


def _some(rng: Random, values: tuple[str, ...], least: int) -> tuple[str, ...]:
    """At least `least` of the values, in their order."""
    kept = set(rng.sample(values, rng.randint(least, min(len(values), least + 2))))
    return tuple(value for value in values if value in kept)


def _age_on(birth: date, day: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
