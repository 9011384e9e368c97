"""Answers to the screening of a possible victim of trafficking, as an interviewer would have written them down."""

from collections.abc import Iterator
from random import Random
from typing import Final

from kzcase.demo.acts import Act, Text, reference, said
from kzcase.demo.people import GeneratedCase
from kzcase.demo.stories import Story, story_of

FORM: Final = "victim_screening"
SCREENED: Final = 0.6
"""So many of the trafficking cases have been screened."""
_EXPLAINED: Final = "purpose uses statistics access storage withdrawal refusal"
_STOP: Final[Text] = ("қол көтеру", "поднять руку", "raising a hand")
_GUARDIAN: Final[Text] = ("қорғаншылық органының өкілі", "представитель органа опеки", "the guardianship body")
_WORK_PROMISED: Final[Text] = (
    "Тұрақты жұмыс, жатақхана және ай сайынғы жалақы.",
    "Постоянная работа, жильё и зарплата каждый месяц.",
    "Steady work, lodging and monthly pay.",
)
_HARDLY_PAID: Final[Text] = ("тамақ пен жатын орын ғана", "только еда и ночлег", "food and a bed only")
_PAY_PROMISED: Final[Text] = ("айына 250 000 теңге", "250 000 тенге в месяц", "250,000 tenge a month")
_REASONS: Final[Text] = (
    "Әрекет, тәсіл және мақсат белгілері бар; шешімді маман қабылдады.",
    "Есть признаки действия, средства и цели; решение принято специалистом.",
    "Signs of act, means and purpose are present; a specialist decided.",
)


def screening(rng: Random, case: GeneratedCase) -> Iterator[Act]:
    """The filled-in screening of a trafficking case, if there was one."""
    if case.kind == "trafficking" and rng.random() < SCREENED:
        yield answered(case.ref, story_of(rng, case))


def answered(case: str, story: Story) -> Act:
    """The act that fills in the form for the case called `case`."""
    answers = {path: value for path, value in _answers(story) if value}
    return {
        "act": "form.answered",
        "case": reference(case),
        "form": FORM,
        "answers": answers,
        "missing": {"person/disability": "not_asked"}
        | ({} if story.children else {"risk_group/family_at_risk": "refused"}),
    }


def _answers(story: Story) -> Iterator[tuple[str, str]]:
    yield from _group("safety", _safety(story))
    yield from _group("admin", _admin(story))
    yield from _group("agreement", _agreement(story))
    yield from _group("person", _person(story))
    yield from _group("recruitment", _recruitment(story))
    yield from _group("transport", _transport(story))
    yield from _group("means_group", _means(story))
    yield from _group("purpose", _purpose(story))
    yield from _group("purpose/spells[1]", _spell(story))
    yield from _group("risk_group", _risk(story))
    yield from _group("decision", _decision(story))


def _group(name: str, answers: dict[str, str]) -> Iterator[tuple[str, str]]:
    return ((f"{name}/{question}", value) for question, value in answers.items())


def _yes(fact: object) -> str:
    return "yes" if fact else "no"


def _safety(story: Story) -> dict[str, str]:
    prefers = "woman" if story.sex == "female" else "no_preference"
    return {
        "preferred_sex": prefers,
        "preferred_interpreter_sex": prefers if story.interpreter else "",
        "preference_met": "yes",
        "alone": "yes",
        "watched": "no",
        "safe_now": "yes",
        "doctor_now": "no",
        "others_in_danger": "unknown" if story.others else "no",
        "phone_safe": _yes(story.risk == "low"),
        "stop_sign": said(_STOP, story.language),
        "continue_ok": "yes",
    }


def _admin(story: Story) -> dict[str, str]:
    return {
        "screening_date": story.told_on.isoformat(),
        "region": story.region,
        "place_kind": "police" if story.source == "raid" else "office",
        "language": story.spoken,
        "interpreter": _yes(story.interpreter),
        "source": story.source,
        "interviews_before": "1" if story.source in ("police", "raid") else "0",
        "recognised": story.recognised,
    }


def _agreement(story: Story) -> dict[str, str]:
    if story.is_child:
        guardian = said(_GUARDIAN, story.language)
        return {"explained": _EXPLAINED, "consent": "representative", "representative": guardian}
    return {"explained": _EXPLAINED, "consent": "given"}


def _person(story: Story) -> dict[str, str]:
    without = story.citizenship in ("XXA", "UND", "SUN")
    stranger = not without and story.citizenship != "KZ"
    return {
        "sex": story.sex,
        "age": str(story.age),
        "age_doubt": "no",
        "citizenship": story.citizenship,
        "residence_country": story.from_country,
        "marital": story.marital,
        "children": str(story.children),
        "children_where": "relatives" if story.children else "",
        "education": story.education,
        "economic": "very_poor" if story.children > 2 else "poor",
        "migrant_type": "labour" if stranger and story.exploitation == "labour" else "visitor" if stranger else "none",
        "protection": "stateless" if without else "none",
        "documents": story.papers,
        "document_holder": story.papers_held_by,
    }


def _recruitment(story: Story) -> dict[str, str]:
    return {
        "recruited": "yes",
        "recruited_on": story.recruited_on.isoformat(),
        "recruited_country": story.from_country,
        "recruited_region": "unknown" if story.from_country == "KZ" else "",
        "recruitment_way": story.recruitment,
        "apps": "telegram" if story.recruitment == "internet" else "",
        "recruiter_relation": story.recruiter,
        "promised": "job pay housing",
        "promised_detail": said(_WORK_PROMISED, story.language),
        "came_true": "no",
        "fee": story.fee,
    }


def _transport(story: Story) -> dict[str, str]:
    if not story.came_through:
        return {"moved": "no", "handed_over": "no", "hidden_away": "unknown"}
    by_air = story.came_through.startswith("air_")
    return {
        "moved": "yes",
        "legs[1]/from_country": story.from_country,
        "legs[1]/to_country": "KZ",
        "legs[1]/border_point": story.came_through,
        "legs[1]/leg_date": story.began.isoformat(),
        "legs[1]/transport_kind": "plane" if by_air else "bus",
        "legs[1]/company": "recruiter" if story.recruiter == "employer_agency" else "others",
        "legs[1]/papers": "own",
        "handed_over": "no",
        "hidden_away": "no",
    }


def _means(story: Story) -> dict[str, str]:
    owed = story.fee == "yes" or "debtBondage" in story.control
    return {
        "means": " ".join(story.means),
        "control": " ".join(story.control),
        "debt_amount": "300000" if owed else "",
        "debt_grew": _yes("debtBondage" in story.control) if owed else "",
        "free_to_leave": _yes("restrictsMovement" not in story.control),
        "free_to_call": _yes("restrictsMovement" not in story.control),
    }


def _purpose(story: Story) -> dict[str, str]:
    return {"exploited": "yes", "first_age": str(story.first_age), "exit_way": story.got_out}


def _spell(story: Story) -> dict[str, str]:
    language, paid_work = story.language, story.hours > 0
    return {
        "began": story.began.isoformat(),
        "ended": story.ended.isoformat(),
        "spell_country": "KZ",
        "spell_region": story.region,
        "kinds": story.exploitation,
        "sector": "" if story.exploitation == "criminal" else story.sector,
        "hours": str(story.hours) if paid_work else "",
        "days": str(story.days) if paid_work else "",
        "pay_promised": said(_PAY_PROMISED, language) if paid_work else "",
        "pay_received": said(_HARDLY_PAID, language) if paid_work else "",
        "guarded": _yes("restrictsMovement" in story.control),
        "injured": "unknown" if "physical" in story.control else "no",
        "others_there": str(story.others),
        "children_there": "no" if story.others else "",
    }


def _risk(story: Story) -> dict[str, str]:
    return {
        "risk": story.risk,
        "address_known": _yes(story.risk == "high"),
        "family_at_risk": "unknown" if story.children else "",
        "needs": " ".join(story.needs),
        "police_wish": story.police,
    }


def _decision(story: Story) -> dict[str, str]:
    recognised = story.recognised == "yes"
    return {
        "status": "actual" if recognised else "possible",
        "status_org": "police" if recognised else "ngo",
        "decided_on": story.told_on.isoformat(),
        "reasons": said(_REASONS, story.language),
        "told_result": "yes",
    }
