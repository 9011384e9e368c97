"""Registers: read without opening a case, by three roles, with a record; and no export of any names anybody."""

import io
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import text

from kzcase.actions import registers
from kzcase.actions.attachments import AddAttachment, CopyAttachment, add_attachment, copy_attachment
from kzcase.actions.list_exports import export_list
from kzcase.actions.papers import WantedPaper, print_paper
from kzcase.actions.perform import perform_all, read_act
from kzcase.actions.read_log import read_log
from kzcase.actions.registers import FORMS, read_register, register_file
from kzcase.db.casebook import Casebook
from kzcase.db.tables.office import Exporting, Printing
from kzcase.db.tables.organisation import ShareTrial, Staff, StaffRole
from kzcase.db.tables.referrals import ReferralPackage
from kzcase.domain.case_filter import CaseFilter
from kzcase.domain.errors import InTheFuture, NoSuchRegister, NotAllowed, NotFound, RequestAnswered
from kzcase.domain.looks import Look
from kzcase.domain.permissions import MAY, Permission, Role
from kzcase.domain.registers import RegisterRow, pseudonym
from kzcase.i18n import LANGUAGES, Language
from kzcase.journal.authority import may_touch
from kzcase.paper.incoming.door import Clean
from kzcase.queries import register_rows
from kzcase.queries.looks import LooksWish
from kzcase.queries.registers import REGISTERS, register
from tests.actions.steps import CALL, a_case, a_consent, a_partner, a_sent_referral, do
from tests.db.books import founded
from tests.db.laptops import colleague, laptop
from tests.paper.reading import text_of

SECRETS = (
    *("Қыдырәлиева", "Жібекгүл", "Сәлімқызы", "Kydyralieva", "Zhibekgul", "+7 709 313 47 71", "87093134771"),
    *("1991-07-13", "13.07.1991", "N08765432", "910713401234", "Құпия сөйлем", "қарлығаш", "көршісі Мәриям"),
)
"""Names, phones, numbers of documents, a day of birth and sentences of the people in the casebook below."""


def full(folder: Path) -> Casebook:
    """A casebook in which every register has something, and something it must not say."""
    book = founded(folder)
    phone = {"number": SECRETS[5], "safe": "code_word", "code_word": SECRETS[12], "who_may_answer": SECRETS[13]}
    person = {
        "names": [
            {"family": SECRETS[0], "given": SECRETS[1], "patronymic": SECRETS[2]},
            {"family": SECRETS[3], "given": SECRETS[4]},
        ],
        "sex": "female",
        "birth": SECRETS[7],
        "citizenships": ["UZ"],
        "phones": [phone],
    }
    note = f"{SECRETS[11]} {SECRETS[9]} {SECRETS[10]} {SECRETS[6]} {SECRETS[8]}"
    call = do(book, **(CALL | {"note": note, "phone": SECRETS[5]})).ids["call"].hex()
    case = a_case(book, person=person, note=note, call=call)
    partner = a_partner(book)
    do(book, act="consent.withdrawn", consent=a_consent(book, case, partner))
    a_consent(book, case, partner)
    draft = {"need": "food", "reason": note, "language": "kk"}
    referral = do(book, act="referral.drafted", case=case, partner=partner, **draft).ids["referral"].hex()
    do(book, act="referral.sent", referral=referral, how="in_person")
    book.show_names()
    print_paper(book, WantedPaper("case_sheet", "kk", case))
    clean = Clean("image/jpeg", 1, b"generated")
    attachment = add_attachment(book, AddAttachment(case, note, clean)).ids["attachment"].hex()
    copy_attachment(book, CopyAttachment(attachment))
    do(book, act="undertaking.signed", staff="Founder", on="2026-11-20")
    request = do(book, act="request.received", kind="access", case=case, on="2026-11-19")
    do(book, act="request.answered", request=request.number, outcome="fulfilled")
    do(book, act="incident.opened", kind="lost_paper", what=note, case=case, classes=["identifying"])
    with book.write("shares.tried") as act:
        act.add(ShareTrial(numbers="1 2", tried_on=act.today))
    return book


def rows(book: Casebook, name: str) -> list[tuple[object, ...]]:
    return [row.cells for row in read_register(book, name, "en").rows]


def words_in(content: bytes, form: str) -> str:
    """Every word a file holds, wherever it stands in it."""
    if form == "pdf":
        return text_of(content)
    if form == "xlsx":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    return content.decode("utf-8-sig")


def squeezed(text: str) -> str:
    return "".join(text.split()).lower()


def told_by(content: bytes, form: str) -> list[str]:
    """The secrets that stand in a file, also where a line break tears them."""
    said = squeezed(words_in(content, form))
    return [secret for secret in SECRETS if squeezed(secret) in said]


# No register names anybody


@pytest.mark.parametrize("form", FORMS)
def test_no_export_of_any_register_in_any_language_names_anybody(tmp_path: Path, form: str) -> None:
    with full(tmp_path) as book:
        for name in REGISTERS:
            for language in LANGUAGES:
                assert told_by(register_file(book, name, form, language), form) == []
            cells = squeezed(repr(read_register(book, name, "kk")))
            assert not [secret for secret in SECRETS if squeezed(secret) in cells]


def test_no_export_names_the_number_or_the_id_of_a_case(tmp_path: Path) -> None:
    with full(tmp_path) as book:
        with book.read() as reader:
            case, number = reader.session.connection().exec_driver_sql("SELECT lower(hex(id)), number FROM cases").one()
        for name in REGISTERS:
            said = words_in(register_file(book, name, "csv", "en"), "csv")
            assert case not in said
            assert number not in said
            assert pseudonym(book.facts.organisation, bytes.fromhex(case))[2:] not in case.upper()


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("form", FORMS)
def test_canary_a_register_that_names_somebody_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, secret: str, form: str
) -> None:
    gone = RegisterRow((None, "1", f"… {secret} …", None, ""))
    monkeypatch.setattr(register_rows, "DESTRUCTIONS", (lambda _reader: [gone],))
    with founded(tmp_path) as book:
        assert secret in told_by(register_file(book, "destructions", form, "kk"), form)


def test_a_register_runs_no_formula(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        a_consent(book, a_case(book), a_partner(book, "=HYPERLINK(1)"))
        assert ";'=HYPERLINK(1);" in register_file(book, "consents", "csv", "en").decode("utf-8-sig")


# What they hold


def test_the_sign_of_a_case_does_not_lead_to_it_and_is_another_in_another_organisation(tmp_path: Path) -> None:
    with full(tmp_path) as book:
        with book.read() as reader:
            ids = [bytes(row[0]) for row in reader.session.execute(text("SELECT id FROM cases"))]
        for name in REGISTERS:
            said = str(rows(book, name)).lower()
            assert not [case for case in ids if case.hex()[:6] in said or case.hex()[-6:] in said]
        signs = {pseudonym(organisation, case) for case in ids for organisation in (b"a" * 16, b"b" * 16)}
    assert len(signs) == 2 * len(ids) > 0


@pytest.mark.parametrize("name", REGISTERS)
def test_every_register_has_something_in_a_full_casebook_and_says_when_it_has_nothing(
    tmp_path: Path, name: str
) -> None:
    with full(tmp_path) as book:
        assert bool(rows(book, name)) is (name != "destructions")
        assert all(len(cells) == len(REGISTERS[name].headings) for cells in rows(book, name))
    with founded(tmp_path) as book:
        empty = read_register(book, name, "en")
        assert bool(empty.rows) is (name in ("purposes", "retention", "access"))
        assert text_of(register_file(book, name, "pdf", "en"))


def test_consents_are_counted_by_purpose_and_recipient(tmp_path: Path) -> None:
    with full(tmp_path) as book:
        ((purpose, recipient, given, in_force, withdrawn, first, last, *rest),) = rows(book, "consents")
        assert (purpose, recipient, given, in_force, withdrawn) == ("referral", "Generated", 2, 1, 1)
        assert (first == last, rest) == (True, [0] * 8)
        consent = a_consent(book, case := a_case(book), partner := a_partner(book, "Another"))
        passed = {"basis": "vital", "ground": "x", "passed": "x", "how": "phone", "classes": ["identifying"]}
        do(book, act="emergency.released", case=case, partner=partner, **passed)
        do(book, act="consent.withdrawn", consent=consent, classes=["identifying"])
        a_consent(book, a_case(book, kind="child", person={"birth": "2020", "names": [{"family": "Y"}]}), partner)
        line = next(cells for cells in rows(book, "consents") if cells[1] == "Another")
        # given, in force, withdrawn; revoked, in part, incomplete, disputed; to tell, told; emergencies, unseen
        assert (*line[2:5], *line[7:]) == (2, 0, 0, 0, 1, 1, 0, 1, 0, 1, 1)


def test_whatever_left_is_among_the_disclosures_under_one_sign(tmp_path: Path) -> None:
    with full(tmp_path) as book:
        found = rows(book, "disclosures")
        assert sorted(str(cells[1]) for cells in found) == ["copy", "letter", "paper"]
        assert len({cells[3] for cells in found}) == 1
        assert str(found[0][3]).startswith("K-")
        papers = {cells[1]: cells[2] for cells in found}
        assert papers["paper"] == "P40"
        assert read_register(book, "disclosures", "en").notes == ()
        whole = read_register(book, "disclosures", "en", "long")
        (note,) = whole.notes
        assert note.arguments == {"papers": 1, "copies": 1, "lists": 0}


def test_packages_emergencies_signals_and_answers_as_files_are_among_them(tmp_path: Path) -> None:
    """Also what nobody consented to, and what the line passed on: to whom, and under the sign of the case."""
    with full(tmp_path) as book:
        case, referral = a_sent_referral(book)
        partner = a_partner(book, "Other")
        with book.write("package.made") as act:
            row = ReferralPackage(case_id=bytes.fromhex(case), referral_id=bytes.fromhex(referral), made_on=act.today)
            row.partner_id, row.author_id = bytes.fromhex(partner), act.acting.staff_id
            act.add(row)
        passed = {"basis": "vital", "ground": SECRETS[9], "passed": SECRETS[9], "how": "phone", "classes": ["health"]}
        do(book, act="emergency.released", case=case, partner=partner, **passed)
        call = do(book, **CALL).ids["call"].hex()
        do(book, act="call.linked", call=call, case=case)
        told = {"unit": "Generated unit", "danger": "now", "facts": SECRETS[9], "heard": True}
        for sent in (True, False):
            signal = do(book, act="signal.prepared", call=call, **told).ids["signal"].hex()
            if sent:
                do(book, act="signal.sent", signal=signal, how="courier")
        with book.write("answers.exported") as act:
            act.add(Exporting(case_id=bytes.fromhex(case), format="xform", sha256="00"))
        export_list(book, CaseFilter(), "planning", "csv", "en")
        sign, found = pseudonym(book.facts.organisation, bytes.fromhex(case)), rows(book, "disclosures")
        new = {cells[1]: (*cells[3:6],) for cells in found if cells[3] == sign}
        assert new == {
            "letter": (sign, "Generated", "in_person"),
            "package": (sign, "Other", "package"),
            "emergency": (sign, "Other", "phone"),
            "signal": (sign, "Generated unit", None),
            "answers": (sign, "", None),
        }
        (note,) = read_register(book, "disclosures", "en", "long").notes
        assert note.arguments == {"papers": 1, "copies": 1, "lists": 1}
        for form in FORMS:
            assert told_by(register_file(book, "disclosures", form, "ru"), form) == []


def test_a_form_stands_under_its_neutral_code(tmp_path: Path) -> None:
    with full(tmp_path) as book:
        case = a_case(book)
        print_paper(book, WantedPaper("consent", "kk", a_sent_referral(book)[0], safe_to_take="yes"))
        with book.write("paper.printed") as act:
            act.add(a_printing(case))
        said = words_in(register_file(book, "disclosures", "csv", "en"), "csv")
        assert "victim_screening" not in said
        assert "F-" in said
        assert "P03" in said


def a_printing(case: str) -> Printing:
    return Printing(case_id=bytes.fromhex(case), paper="victim_screening", language="kk", sha256="00")


def test_who_has_which_role_and_signed_when_also_after_leaving(tmp_path: Path) -> None:
    office = founded(tmp_path)
    gone = colleague(office, Role.CASEWORKER, Role.LAWYER)
    do(office, act="undertaking.signed", staff=gone.staff_id.hex(), on="2026-11-02")
    do(office, act="undertaking.signed", staff=gone.staff_id.hex(), on="2026-10-02")
    with office.write("staff.removed") as act:
        row = act.session.get_one(Staff, gone.staff_id)
        row.removed_on = act.today
        for role in act.session.query(StaffRole).filter_by(staff_id=gone.staff_id):
            role.struck = True
    found = {cells[0]: cells[1:] for cells in rows(office, "access")}
    assert found["Founder"][0] == ("administrator", "caseworker", "helpline", "supervisor")
    assert found["Founder"][2:] == (None, None)
    roles, since, signed, left = found[gone.name]
    assert (roles, str(signed), left) == (("caseworker", "lawyer"), "2026-11-02", since)
    with pytest.raises(InTheFuture):
        do(office, act="undertaking.signed", staff="Founder", on="2999-01-01")
    office.close()


def test_a_request_has_its_term_and_ends_once(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        done = do(book, act="request.received", kind="access", on="2026-11-19")
        ((number, kind, sign, received, due, answered, outcome, doubtful),) = rows(book, "requests")
        assert (number, kind, sign, str(received), str(due)) == (done.number, "access", "", "2026-11-19", "2026-11-24")
        assert (answered, outcome, doubtful) == (None, None, "yes")
        do(book, act="request.answered", request=done.number, outcome="refused", on="2026-11-20")
        assert [str(cell) for cell in rows(book, "requests")[0][5:7]] == ["2026-11-20", "refused"]
        with pytest.raises(RequestAnswered):
            do(book, act="request.answered", request=done.number, outcome="fulfilled")


@pytest.mark.parametrize("kind", ["access", "correction", "withdrawal", "erasure", "objection"])
def test_every_request_is_a_task_until_it_is_answered(tmp_path: Path, kind: str) -> None:
    from kzcase.queries.office import open_tasks

    with founded(tmp_path) as book:
        done = do(book, act="request.received", kind=kind)
        with book.read() as reader:
            assert [(task.title, task.rule_id) for task in open_tasks(reader)] == [(done.number, f"request_{kind}")]
        do(book, act="request.answered", request=done.number, outcome="fulfilled")
        with book.read() as reader:
            assert open_tasks(reader) == []


def test_a_request_about_a_case_one_is_kept_away_from_is_refused(tmp_path: Path) -> None:
    office = founded(tmp_path)
    case, away = a_case(office), colleague(office, Role.CASEWORKER)
    do(office, act="case.blocked", case=case, staff=away.staff_id.hex())
    with laptop(tmp_path, away, office) as book, pytest.raises(NotFound):
        do(book, act="request.received", kind="access", case=case)
    office.close()


def test_all_acts_of_the_registers_can_come_from_a_file(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        given = [
            {"act": "undertaking.signed", "staff": "Founder"},
            {"act": "request.received", "kind": "erasure"},
            {"act": "incident.opened", "kind": "other", "what": "Generated."},
        ]
        done = perform_all(book, [read_act(each, "") for each in given])
        assert [len(one.ids) for one in done] == [2, 1, 1]


# Who reads them, and that it is entered


@pytest.mark.parametrize("role", Role)
def test_supervisors_auditors_and_administrators_read_every_register(tmp_path: Path, role: Role) -> None:
    readers = {Role.SUPERVISOR, Role.AUDITOR, Role.ADMINISTRATOR}
    assert (role in MAY[Permission.READ_REGISTERS]) is (role in readers)
    office = full(tmp_path)
    with laptop(tmp_path, colleague(office, role), office) as book:
        for name in REGISTERS:
            if role in readers:
                found = read_register(book, name, "en")
                assert found.masked == frozenset()  # nothing in a register needs more than facts of the office
            else:
                with pytest.raises(NotAllowed):
                    read_register(book, name, "en")
                with pytest.raises(NotAllowed):
                    register_file(book, name, "csv", "en")
    office.close()


def test_every_look_and_every_file_is_entered_first(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        read_register(book, "consents", "en")
        for form in FORMS:
            register_file(book, "incidents", form, "kk")
        entries = [(entry.what, entry.detail) for entry in reversed(read_log(book, LooksWish()).looks)]
        assert [entry for entry in entries if entry[0] in (Look.REGISTER, Look.TAKEN)] == [
            (Look.REGISTER, "consents"),
            *((Look.TAKEN, f"incidents.{form}") for form in FORMS),
        ]


def test_canary_a_register_shown_without_an_entry_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(*_given: object, **_named: object) -> None:
        raise NotAllowed

    monkeypatch.setattr(registers, "record_look", full_disk)
    with founded(tmp_path) as book, pytest.raises(NotAllowed):
        read_register(book, "consents", "en")


def test_a_hidden_class_hides_its_column(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Canary: were a column read off a sensitive field, an administrator would not see it."""
    from dataclasses import replace

    from kzcase.queries import registers as room

    kind = REGISTERS["requests"]
    first = replace(kind.headings[0], field="notes.text")
    spoiled = {**REGISTERS, "requests": replace(kind, headings=(first, *kind.headings[1:]))}
    monkeypatch.setattr(room, "REGISTERS", spoiled)
    office = full(tmp_path)
    with laptop(tmp_path, colleague(office, Role.ADMINISTRATOR), office) as book:
        found = read_register(book, "requests", "en")
        assert found.masked == {"number"}
        assert [row.cells[0] for row in found.rows] == [None]
    office.close()


def test_an_unknown_register_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with founded(tmp_path) as book, pytest.raises(NoSuchRegister) as refused:
        read_register(book, "names", "en")
    assert "purposes" in str(refused.value.facts["known"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_of_every_register_has_a_name(tmp_path: Path, language: Language) -> None:
    with full(tmp_path) as book:
        codes = {code.code for each in book.rulebook.codes.values() for code in each}
        for name in REGISTERS:
            for line in register_file(book, name, "csv", language).decode("utf-8-sig").splitlines()[1:]:
                shown = {cell for cell in line.split(";") if "_" in cell}
                assert not shown & codes


@pytest.mark.parametrize("name", REGISTERS)
def test_the_question_itself_refuses_who_may_not_read_registers(tmp_path: Path, name: str) -> None:
    office = founded(tmp_path)
    with (
        laptop(tmp_path, colleague(office, Role.CASEWORKER, Role.HELPLINE), office) as book,
        book.read() as reader,
        pytest.raises(NotAllowed),
    ):
        register(reader, name, "en")
    office.close()


@pytest.mark.parametrize("entity", ["undertakings", "incidents", "tellings", "subject_requests"])
def test_an_innocent_kind_of_act_carries_none_of_it(entity: str) -> None:
    for kind in ("note.added", "person.corrected", "partner.added", "case.closed", "summary.approved"):
        assert not may_touch(kind, entity)
