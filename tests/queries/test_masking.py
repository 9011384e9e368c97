"""The veil: each role sees each class of field or does not, names only after “show names”, and rows leak nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from kzcase.actions.reading import enter_case
from kzcase.db.casebook import Casebook
from kzcase.db.shape import shape
from kzcase.db.tables import ENTITIES
from kzcase.domain.classes import FieldClass
from kzcase.domain.errors import NotAllowed
from kzcase.domain.looks import Look
from kzcase.domain.permissions import MAY, SIGHT, Permission, Role, Sight, sight
from kzcase.queries.case_page import case_page
from kzcase.queries.cases import case_count, case_list
from kzcase.queries.history import case_history
from kzcase.queries.office import call_list, counts, open_tasks, staff_list
from kzcase.queries.partners import partner_list
from kzcase.queries.releases import people_to_count, release_list
from kzcase.queries.search import search
from kzcase.queries.veil import Veil
from tests.actions.steps import CALL, CASE, a_partner, do
from tests.db.books import START, founded
from tests.db.laptops import colleague, laptop

MARKERS = {
    FieldClass.IDENTIFYING: ("Құпиятегі", "Құпияаты", "1994-05"),
    FieldClass.CONTACT: ("+7 709 111 22 33", "+7 709 444 55 66"),
    FieldClass.SENSITIVE: ("Құпия жазба.", "Құпия қоңырау.", "Құпия тапсырма", "жұмбақ сөз"),
}


@dataclass
class Desk:
    """A laptop of a colleague with one role, and the case everybody asks about."""

    book: Casebook
    case: str


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[Role, Desk]]:
    folder = tmp_path_factory.mktemp("roles")
    office = founded(folder)
    family, given, birth = MARKERS[FieldClass.IDENTIFYING]
    phone, caller = MARKERS[FieldClass.CONTACT]
    note, told, task, word = MARKERS[FieldClass.SENSITIVE]
    person = {
        **{"names": [{"family": family, "given": given}], "sex": "female", "birth": birth},
        "phones": [{"number": phone, "safe": "code_word", "code_word": word}],
    }
    call = do(office, **(CALL | {"note": told, "phone": caller})).ids["call"].hex()
    done = do(office, **(CASE | {"person": person, "note": note, "call": call}))
    case = done.ids["case"].hex()
    do(office, act="task.added", case=case, title=task, due="2026-12-01")
    partner = a_partner(office)
    agreed = {"purpose": "referral", "classes": ["contact"], "language": "kk"}
    do(office, act="consent.given", case=case, partner=partner, **agreed)
    do(office, act="referral.drafted", case=case, partner=partner, need="food", reason=note, language="kk")
    people = {role: colleague(office, role) for role in Role}
    found = {role: Desk(laptop(folder, identity, office), case) for role, identity in people.items()}
    for role in MAY[Permission.READ_CASES]:  # it is the founder's case, so each of them says why
        enter_case(found[role].book, case, Look.CASE, reason="review")
    yield found
    for desk in found.values():
        desk.book.close()
    office.close()


def everything_shown(desk: Desk) -> str:
    """All rows a role may ask for, as their reprs: what a log or a crash report could at worst show."""
    said = []
    with desk.book.read() as reader:
        for ask in (
            *(lambda: case_page(reader, desk.case), lambda: case_list(reader), lambda: case_history(reader, desk.case)),
            *(lambda: call_list(reader), lambda: open_tasks(reader), lambda: search(reader, "Құпиятегі")),
            *(lambda: partner_list(reader), lambda: staff_list(reader), lambda: counts(reader)),
            *(lambda: release_list(reader), lambda: case_count(reader)),
        ):
            try:
                said.append(repr(ask()))
            except NotAllowed:
                said.append("refused")
    return "\n".join(said)


@pytest.mark.parametrize("field_class", MARKERS)
@pytest.mark.parametrize("role", Role)
def test_a_role_sees_what_the_table_says(desks: dict[Role, Desk], role: Role, field_class: FieldClass) -> None:
    said = everything_shown(desks[role])
    seen = {marker for marker in MARKERS[field_class] if marker in said}
    if SIGHT[role][field_class] is not Sight.SHOW:
        assert not seen
    elif Permission.READ_CASES in {p for p in Permission if role in MAY[p]}:
        assert seen


@pytest.mark.parametrize("role", [role for role in Role if role in MAY[Permission.READ_CASES]])
def test_names_show_after_show_names_and_not_before(desks: dict[Role, Desk], role: Role) -> None:
    desk = desks[role]
    with desk.book.read() as reader:
        (row,) = case_list(reader)
        page = case_page(reader, desk.case)
    assert (row.name, row.birth, page.person.name, page.person.names[0].family) == (None,) * 4
    assert {"name", "birth"} <= row.masked & page.person.masked
    assert page.person.phones[0].number is None
    assert "number" in page.person.phones[0].masked
    before = desk.book.acting
    desk.book.show_names()
    try:
        with desk.book.read() as reader:
            (row,) = case_list(reader)
            assert row.name == "Құпиятегі Құпияаты"
            assert not row.masked
            assert case_page(reader, desk.case).person.phones[0].number == "+7 709 111 22 33"
    finally:
        desk.book.acting = before


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_administrator_and_auditor_see_no_content_whatever_they_ask(desks: dict[Role, Desk], role: Role) -> None:
    desk = desks[role]
    before = desk.book.acting
    desk.book.show_names()
    said = everything_shown(desk)
    desk.book.acting = before
    assert not [marker for markers in MARKERS.values() for marker in markers if marker in said]
    with desk.book.read() as reader:
        for ask in (case_list, call_list, open_tasks, lambda r: search(r, "a"), lambda r: case_page(r, desk.case)):
            with pytest.raises(NotAllowed):
                ask(reader)
        with pytest.raises(NotAllowed):
            people_to_count(reader, START.date(), START.date())


def test_the_auditor_reads_the_history_and_nothing_in_it(desks: dict[Role, Desk]) -> None:
    desk = desks[Role.AUDITOR]
    with desk.book.read() as reader:
        kinds = [row.kind for row in case_history(reader, desk.case)]
    assert kinds[0] == "case.opened"
    assert "consent.given" in kinds


def test_the_administrator_does_not_read_the_history(desks: dict[Role, Desk]) -> None:
    with desks[Role.ADMINISTRATOR].book.read() as reader, pytest.raises(NotAllowed):
        case_history(reader, desks[Role.ADMINISTRATOR].case)


@pytest.mark.parametrize("entity", sorted(ENTITIES))
@pytest.mark.parametrize("role", Role)
def test_the_veil_hides_by_class_and_by_nothing_else(desks: dict[Role, Desk], role: Role, entity: str) -> None:
    classes = shape(entity).classes
    with desks[role].book.read() as reader:
        seen, hidden = Veil(reader, entity).over(dict.fromkeys(classes, "value"))
    assert hidden == {name for name, found in classes.items() if SIGHT[role][found] is not Sight.SHOW}
    assert all((value is None) is (name in hidden) for name, value in seen.items())


@pytest.mark.parametrize("field_class", FieldClass)
def test_several_roles_see_what_any_of_them_sees(field_class: FieldClass) -> None:
    for one in Role:
        for other in Role:
            together = sight((one, other), field_class)
            assert together in (sight((one,), field_class), sight((other,), field_class))
            assert (
                Sight.SHOW not in (sight((one,), field_class), sight((other,), field_class)) or together is Sight.SHOW
            )
    assert sight((), field_class, names_shown=True) is Sight.NONE


def test_a_veil_left_off_is_noticed(desks: dict[Role, Desk], monkeypatch: pytest.MonkeyPatch) -> None:
    """The canary: without the veil the markers do show."""
    monkeypatch.setattr(Veil, "over", lambda _, values: (dict(values), frozenset()))
    assert all(marker in everything_shown(desks[Role.CASEWORKER]) for marker in MARKERS[FieldClass.IDENTIFYING])
