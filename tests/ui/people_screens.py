"""The screens about people: one person with everything around them, pairs to decide, and the dialogs, as pictures."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from PySide6.QtWidgets import QWidget

from kzcase.ui.office import Office, office_of
from kzcase.ui.work import InlineWork
from tests.db.books import founded
from tests.demo.test_performed import performed

MOTHER: dict[str, Any] = {
    "names": [
        {"family": "Каримова", "given": "Дильноза", "patronymic": "Анваровна"},
        {"family": "Рахимова", "given": "Дильноза", "kind": "former", "until": "2019"},
    ],
    "sex": "female",
    "birth": "1994-05-17",
    "citizenships": ["UZ"],
    "phones": [{"number": "+7 700 000 00 01", "safe": "at_hours"}],
    "iin": "940517400001",
}


def _family() -> list[dict[str, Any]]:
    person = {"$ref": "person"}

    def tie(ref: str, kind: str, family: str, given: str, sex: str, **more: Any) -> dict[str, Any]:
        who = {"names": [{"family": family, "given": given}], "sex": sex}
        return {"act": "relation.added", "ref": ref, "person": person, "kind": kind, "new_person": who} | more

    def record(ref: str, **facts: Any) -> dict[str, Any]:
        return {"act": "record.added", "ref": ref, "person": person, "facts": facts}

    return [
        {"act": "case.opened", "ref": "m", "kind": "trafficking", "region": "KZ-75", "person": MOTHER},
        tie("t1", "mother", "Каримова", "Мұхаббат", "female"),
        tie("t2", "father", "Каримов", "Анвар", "male"),
        tie("t3", "husband", "Рахимов", "Шерзод", "male"),
        tie("t4", "sister_younger", "Каримова", "Гүлнара", "female"),
        tie("t5", "daughter", "Рахимова", "Мадина", "female"),
        tie("t6", "son", "Рахимов", "Темір", "male"),
        tie("t7", "recruiter_suspected", "", "«Тоха»", "male", said_by="person"),
        record("d1", record="document", kind="foreign_passport", number="АВ 1234567", country="UZ", holder="employer",
               until="2026-12-10", said_by="person"),
        record("d2", record="document", kind="birth_cert", number="I-ТН 123456", form="original", holder="client"),
        record("s1", record="stay", since="2026-03", border_point="kordai", basis="irregular", until="2026-06-10"),
        record("a1", record="address", kind="actual", text="Алматы, Мысал көшесі, 1", safe="no"),
        record("l1", record="leg", place="Андижон", country="UZ", way="bus", since="2026-03-02"),
        record("l2", record="leg", place="Ош", country="KG", way="car", with_whom="«Тоха»", papers_with="trafficker"),
        record("l3", record="leg", place="Қордай", country="KZ", way="truck", border_point="kordai"),
        record("j1", record="job", employer="Шаруа қожалығы", sector="agriculture", hours=14, contract="no",
               lives_there="yes", papers_with="employer", since="2026-03", until="2026-10"),
        record("p1", record="proceeding", kind="administrative", role="held_liable", expulsion="yes", body="Сот"),
        record("st1", record="step", kind="identity", state="applied"),
        record("st2", record="step", kind="school", state="not_begun"),
    ]  # fmt: skip


@cache
def office() -> tuple[InlineWork, Office, str]:
    """An invented family, and somebody new who looks like the mother."""
    book = founded(Path(mkdtemp(prefix="kzcase-people-")))
    book.show_names()
    acts = _filled(_family())
    made = performed(book, acts)
    person, job = made["m"]["person"], made["j1"]["record"]
    twin = {"names": [{"family": "KARIMOVA", "given": "DILNOZA"}], "sex": "female", "birth": "1994-05"}
    performed(book, [
        {"act": "record.added", "person": person, "facts": {"record": "wage", "job_id": job, "agreed": 150000,
         "paid": 20000, "currency": "KZT", "period": "2026-09"}},
        {"act": "document.taken", "document": made["d2"]["record"], "kept_where": "Сейф 2"},
        {"act": "household.joined", "person": made["t5"]["other"], "with_person": person,
         "nationality_status": "undetermined", "interviewed_apart_on": "2026-11-20"},
        {"act": "household.joined", "person": person, "with_person": made["t5"]["other"],
         "nationality_status": "foreigner"},
        {"act": "case.opened", "kind": "stateless", "region": "KZ-61", "person": twin},
    ])  # fmt: skip
    return InlineWork(book), office_of(book), person


def _filled(acts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every `person` names the first one opened."""
    return [{**act, "person": {"$ref": "m"}} if act.get("person") == {"$ref": "person"} else act for act in acts]


def person() -> QWidget:
    """Everything about one person."""
    from kzcase.ui.people.person_dialog import PersonDialog

    work, of, who = office()
    return PersonDialog(work, of, who, printer=lambda *_what: None)


def person_long() -> QWidget:
    """The same from top to bottom."""
    dialog = person()
    dialog.resize(1180, 2300)
    return dialog


def pairs() -> QWidget:
    """Two who may be one."""
    from kzcase.ui.people.pairs import PairsDialog

    work, of, _who = office()
    return PairsDialog(work, of)


@cache
def _behind() -> QWidget:
    return QWidget()


def record() -> QWidget:
    """A document being added."""
    from kzcase.domain.records import RECORDS
    from kzcase.queries.persons import person_page
    from kzcase.ui.people.record_dialogs import record_dialog

    work, of, who = office()
    found: list[Any] = []
    work.ask(lambda reader: person_page(reader, who), found.append)
    return record_dialog(work, of, found[0], RECORDS["document"], _behind())


def people_screens() -> Mapping[str, Callable[[], QWidget]]:
    """By name."""
    return {"person": person, "person-whole": person_long, "person-pairs": pairs, "person-record": record}
