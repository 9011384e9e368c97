"""Gives a few generated cases a life around them, so that whoever opens the demonstration finds no room empty.

A household whose steps wait for each other, minutes of conferences, a case that was offered and some that were passed
on, and somebody who asks after a relative: everything is said by the same acts as in the window.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from kzcase.actions.perform import perform, read_act
from kzcase.db.casebook import Casebook
from kzcase.demo.acts import Text, said
from kzcase.demo.names import generate_names
from kzcase.i18n import Language

MOST: Final = 3
"""Cases of each sort that get something around them."""
_PASSED_ON: Final = 4
_MINUTES: Final[Text] = (
    "Жоспар қаралды. Баспана табылды, құжаттар әлі дайын емес. Баланың пікірі тыңдалды.",
    "План пересмотрели. Жильё нашли, документы ещё не готовы. Мнение ребёнка выслушали.",
    "The plan was reviewed. A place to stay was found, the papers are not ready. The child was heard.",
)
_DECIDED: Final[Text] = (
    "Туу туралы куәлік бойынша сұрау жіберу",
    "Отправить запрос о свидетельстве о рождении",
    "Send the request for the birth certificate",
)
_GUEST: Final[Text] = ("Үлгі маман", "Специалист Образцов", "Sample Specialist")
_HANDING: Final[Text] = (
    "Демалысқа кетемін: екінші кездесу белгіленген, заңгердің жауабын күтеміз.",
    "Ухожу в отпуск: вторая встреча назначена, ждём ответа юриста.",
    "I am going on leave: the second meeting is set, and the lawyer's answer is awaited.",
)
_LAST_PLACE: Final[Text] = (
    "Құрылыс, қала шеті",
    "Стройка на окраине города",
    "A building site at the edge of the city",
)
_MOTIVE: Final[Text] = (
    "Хабар алмағанына бір ай болған.",
    "Месяц не было вестей.",
    "There has been no news for a month.",
)


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A generated case that is open: its id, its person and its kind."""

    case: str
    person: str
    kind: str


def fill_rooms(
    book: Casebook, cases: Sequence[OpenCase], *, colleague: str, today: date, language: Language, seed: int
) -> int:
    """Say what surrounds the cases, in one transaction; how many acts that were. `colleague` takes some of them."""
    acts = tuple(_rooms(cases, colleague, today, language, Random(seed)))  # noqa: S311 - repeatable on purpose
    with book.batch():
        made: dict[str, str] = {}
        for act in acts:
            fields = {name: made.get(value, value) if isinstance(value, str) else value for name, value in act.items()}
            name = fields.pop("ref", "")
            done = perform(book, read_act(fields, str(act["act"])), str(act["act"]))
            made |= {f"{name}/{kind}": value.hex() for kind, value in done.ids.items()} if name else {}
    return len(acts)


def _rooms(
    cases: Sequence[OpenCase], colleague: str, today: date, language: Language, rng: Random
) -> Iterator[dict[str, Any]]:
    children = [each for each in cases if each.kind == "child"][:MOST]
    for number, child in enumerate(children):
        yield from _household(child, f"family-{number}", today, language, rng)
    for each in children[:2]:
        yield _conference(each, today, language)
    for number, each in enumerate(children[:1]):
        yield from _asked_after(each, f"search-{number}", today, language, rng)
    others = [each for each in cases if each.kind != "child"]
    for number, each in enumerate(others[: _PASSED_ON + 1]):
        if number:
            yield {"act": "case.assigned", "case": each.case, "worker": colleague}
        else:
            note = said(_HANDING, language)
            yield {"act": "transfer.offered", "case": each.case, "worker": colleague, "note": note}


def _household(child: OpenCase, name: str, today: date, language: Language, rng: Random) -> Iterator[dict[str, Any]]:
    """A mother without papers: her step comes before her child's, and each of them is heard apart."""
    people = "kk" if language == "kk" else "uz"
    mother = {"names": [each.as_wish() for each in generate_names(rng, people, "female")], "sex": "female"}
    heard = (today - timedelta(days=rng.randint(2, 20))).isoformat()
    yield {"act": "relation.added", "ref": name, "person": child.person, "kind": "mother", "new_person": mother}
    hers, theirs = f"{name}/other", {"with_person": child.person, "nationality_status": "undetermined"}
    yield {"act": "household.joined", "person": hers, "interviewed_apart_on": heard, **theirs}
    yield {"act": "household.joined", "person": child.person, "with_person": hers, "nationality_status": "undetermined"}
    for person, kind, state in (
        (hers, "identity", "applied"),
        (child.person, "birth_notice", "done"),
        (child.person, "birth_registration", "not_begun"),
        (child.person, "school", "not_begun"),
    ):
        yield {"act": "record.added", "person": person, "facts": {"record": "step", "kind": kind, "state": state}}


def _conference(each: OpenCase, today: date, language: Language) -> dict[str, Any]:
    decided = {"text": said(_DECIDED, language), "due": (today + timedelta(days=9)).isoformat()}
    return {
        "act": "conference.held",
        "case": each.case,
        "kind": "plan_review",
        "minutes": said(_MINUTES, language),
        "on": (today - timedelta(days=4)).isoformat(),
        "outsiders": [{"name": said(_GUEST, language)}],
        "decisions": [decided],
        "next_on": (today + timedelta(days=26)).isoformat(),
    }


def _asked_after(each: OpenCase, name: str, today: date, language: Language, rng: Random) -> Iterator[dict[str, Any]]:
    """Somebody asks after the person; who they are was seen, whether they are a danger is not known yet."""
    asking = {"names": [one.as_wish() for one in generate_names(rng, "kk", "male")], "sex": "male"}
    yield {
        "act": "tracing.asked",
        "ref": name,
        "case": each.case,
        "relation": "father",
        "new_enquirer": asking,
        "on": (today - timedelta(days=6)).isoformat(),
        "last_place": said(_LAST_PLACE, language),
    }
    yield {
        "act": "enquirer.vetted",
        "tracing": f"{name}/tracing",
        "identity": "seen",
        "motive": said(_MOTIVE, language),
    }
