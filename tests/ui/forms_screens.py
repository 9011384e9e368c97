"""The forms room and what opens from it, and form pages with tables, unusual and earlier answers, for looking at."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from PySide6.QtWidgets import QWidget

from kzcase.exchange.outgoing import blank_form
from kzcase.forms.library import shipped_form
from kzcase.ui.slices import InlineSlices
from tests.ui.desks import open_window
from tests.ui.feature_screens import _window, office
from tests.ui.sample_form import sample, source

KEPT: list[QWidget] = []


def _with_own_form() -> tuple[Any, str]:
    """The office of the other screens, with a form of its own in which a case was assessed and corrected."""
    from kzcase.actions.corrections import CorrectForm, correct_form
    from kzcase.actions.forms import AnswerForm, answer_form
    from kzcase.actions.office_forms import add_form, form_file
    from kzcase.queries.case_page import case_page

    work, case, _partner = office()
    with work._book.read() as reader:
        sheets = [row.id for row in case_page(reader, case).sheets if row.form_id == "sample_every_kind"]
    if not sheets:
        wish = form_file("sample_every_kind.yaml", source())
        work.do(lambda book: add_form(book, wish))
        said = {"doubts/age": "30", "kinds/text": "Ауыл", "lists/relatives[1]/who": "Ана",
                "lists/relatives[1]/years": "52"}  # fmt: skip
        answers = AnswerForm(case=case, form="sample_every_kind", answers=said, missing={"doubts/hard": "refused"})
        work.do(lambda book: sheets.append(answer_form(book, answers).ids["sheet"].hex()))
        correct = CorrectForm(sheet=sheets[0], answers={"doubts/age": "31"})
        work.do(lambda book: correct_form(book, correct))
    return work, case


def _sheet() -> tuple[Any, str]:
    from kzcase.queries.case_page import case_page

    work, case = _with_own_form()
    with work._book.read() as reader:
        return work, next(row.id for row in case_page(reader, case).sheets if row.form_id == "sample_every_kind")


def choose() -> QWidget:
    """Which form to fill in."""
    from kzcase.ui.forms.choose_dialog import ChooseFormDialog

    work, case = _with_own_form()
    return ChooseFormDialog(work, case, _window())


def room() -> QWidget:
    """The forms there are."""
    window = open_window(Path(mkdtemp(prefix="kzcase-screen-")))
    assert window.workplace is not None
    window.workplace.go("forms")
    return window


def own() -> QWidget:
    """A form of the office's own among the others."""
    from kzcase.ui.at_work import office_at
    from kzcase.ui.forms.room import FormsPage

    work, _case = _with_own_form()
    page = FormsPage(work, office_at(work))
    page.list.choose("sample_every_kind")
    return page


def mistakes() -> QWidget:
    """A form file with mistakes, row by row."""
    from kzcase.ui.forms.adding import AddFormDialog

    text = source().decode().replace('". < 10"', '". < ${nowhere}"').replace('"ru": "Раздел kinds", ', "")
    file = Path(mkdtemp(prefix="kzcase-screen-")) / "visit.yaml"
    file.write_text(text, encoding="utf-8")
    return AddFormDialog(office()[0], file, _window())


def good() -> QWidget:
    """A form file that can be added."""
    from kzcase.ui.forms.adding import AddFormDialog

    file = Path(mkdtemp(prefix="kzcase-screen-")) / "visit.yaml"
    file.write_bytes(source())
    return AddFormDialog(office()[0], file, _window())


def _page(part: int) -> Any:
    from kzcase.ui import language
    from kzcase.ui.forms.page import FormPage

    work, case = _with_own_form()
    page: Any = FormPage(work, case, "sample_every_kind")
    page.interview.speak(language.current())
    page.filling.go(part)
    page.filling.section.finish()
    return page


def doubts() -> QWidget:
    """An unusual answer, a wrong one, and what was said before."""
    page = _page(0)
    page.interview.answer("doubts/age", "104")
    page.interview.answer("doubts/hard", "12")
    for view in page.filling.section.question_views():
        view._left()
    return page  # type: ignore[no-any-return]


def kinds() -> QWidget:
    """Every kind of question."""
    return _page(1)  # type: ignore[no-any-return]


def table() -> QWidget:
    """A short repeat as a table, another as cards."""
    page = _page(2)
    first = page.interview.repeats("lists/relatives")[0]
    page.interview.add_repeat("lists/relatives")
    second = page.interview.repeats("lists/relatives")[1]
    for path, name, value in ((first, "who", "Ана"), (first, "years", "52"), (second, "years", "190")):
        page.interview.answer(f"{path}/{name}", value)
    page.interview.leave_open(f"{second}/who", "refused")
    for view in page.filling.section.question_views():
        view._left()
    return page  # type: ignore[no-any-return]


def corrected() -> QWidget:
    """A stored form that was corrected."""
    from kzcase.ui.forms.stored import StoredSheetDialog

    work, sheet = _sheet()
    return StoredSheetDialog(work, sheet, _window())


def client_paper() -> QWidget:
    """A paper the client takes away: is that safe?"""
    from dataclasses import replace

    import msgspec

    from kzcase.ui.forms.printing import PrintFormDialog

    work, case = _with_own_form()
    dialog = PrintFormDialog(work, case, "victim_screening", "kk", parent=_window())
    assert dialog._printable is not None
    line = msgspec.structs.replace(dialog._printable.form, client_paper=True, further_languages=("uz", "ky"))
    dialog._take(replace(dialog._printable, form=line))
    dialog.language.set_code("uz")
    dialog.safe.set_code("no")
    dialog.taking.look()
    return dialog


def safety_card() -> QWidget:
    """The safety card: its size, and is it safe to take along?"""
    from kzcase.ui.forms.printing import PrintFormDialog

    work, case, _partner = office()
    return PrintFormDialog(work, case, "safety_card", "kk", parent=_window())


def _phone(form_id: str) -> Callable[[], QWidget]:
    def make() -> QWidget:
        from kzcase.queries.forms import known_forms
        from kzcase.ui.forms.known import known_of
        from kzcase.ui.forms.phone import PhoneDialog
        from kzcase.ui.office import office_of

        work, _case = _with_own_form()
        with work._book.read() as reader:
            form = next(known_of(each) for each in known_forms(reader) if each.form.id == form_id)
        return PhoneDialog(work, office_of(work._book), form, _window())

    return make


def returned() -> QWidget:
    """A printed sheet that came back and was found."""
    from kzcase.actions.papers import WantedPaper, print_paper
    from kzcase.actions.scans import propose_number
    from kzcase.paper.incoming.door import Clean
    from kzcase.ui.forms.returned import Found, ReturnedDialog

    work, case = _with_own_form()
    made: list[Any] = []
    work.do(lambda book: made.append(print_paper(book, WantedPaper("victim_screening", "kk", case, blank=True))))
    work.do(lambda book: made.append(propose_number(book, made[0].printing)))
    gone = Path(mkdtemp(prefix="kzcase-screen-")) / "scan.jpg"
    dialog = ReturnedDialog(work, gone, _window())
    dialog._take(Found(Clean("image/jpeg", 1, b""), made[1], None, shipped_form("victim_screening").title))
    return dialog


def returned_lost() -> QWidget:
    """A printed sheet on which no code was found."""
    from kzcase.domain.errors import NoSheetFound
    from kzcase.paper.incoming.door import Clean
    from kzcase.ui.forms.returned import Found, ReturnedDialog

    work, _case = _with_own_form()
    dialog = ReturnedDialog(work, Path("scan.jpg"), _window())
    dialog._take(Found(Clean("image/jpeg", 1, b""), None, NoSheetFound("file")))
    return dialog


def _came_before(work: Any) -> bool:
    with work._book.read() as reader:
        return bool(reader.number("SELECT count(*) FROM answer_sheets WHERE instance_id LIKE 'uuid:%'"))


def _answers(chosen: int) -> Callable[[], QWidget]:
    def make() -> QWidget:
        """Answers from phones: one that goes in, one without a case, one that differs, one that cannot be read."""
        from kzcase.exchange.incoming import LookInto, propose, take_in
        from kzcase.queries.case_page import case_page
        from kzcase.ui.forms.phone_answers import AnswersDialog
        from tests.exchange.forms import ANSWERS, survey
        from tests.exchange.phone import Phone, together, zipped

        work, case = _with_own_form()
        blank: list[Any] = []
        work.do(lambda book: blank.append(blank_form(book, survey(), plain=True).content))
        one, before = Phone(blank[0]), f"uuid:{case}"
        if not _came_before(work):
            work.do(lambda book: take_in(book, propose(book, LookInto("a", one.filled(ANSWERS, before), case=case))))
        other = ANSWERS | {"open_now": "no", "trip/legs[2]/via": "Достық"}
        with work._book.read() as reader:
            number = case_page(reader, case).number
        sent = together(one.sent(ANSWERS, "uuid:1"), one.sent(ANSWERS, "uuid:4", number), one.sent(other, before),
                        one.sent(ANSWERS | {"trip/days": "999"}, "uuid:3"), zipped({"s.xml": b"<x>"}))  # fmt: skip
        file = Path(mkdtemp(prefix="kzcase-screen-")) / "answers.zip"
        file.write_bytes(sent)
        dialog = AnswersDialog(work, file, _window())
        dialog.list.selectRow(chosen)
        return dialog

    return make


def phone_keys() -> QWidget:
    """The keys to which phones close answers."""
    from kzcase.actions.submission_keys import made_key
    from kzcase.ui.forms.phone_keys import KeysDialog, read_keys
    from tests.exchange.forms import private_key

    work, _case = _with_own_form()
    with work._book.read() as reader:
        there = read_keys(reader)
    if not there:
        work.do(lambda book: made_key(book, private_key))
        work.do(lambda book: blank_form(book, shipped_form("outreach_visit")))
    return KeysDialog(work, _window())


def narrow() -> QWidget:
    """A form page in a narrow window."""
    from kzcase.ui.forms.filling import Filling
    from kzcase.ui.forms.interview import Interview

    holder = QWidget()
    interview = Interview(sample(), datetime(2026, 11, 22, 9, tzinfo=UTC), "kk", holder)
    filling = Filling(interview, InlineSlices(holder))
    holder.setParent(filling)
    filling.setMaximumWidth(900)
    filling.begin(0)
    return filling


def forms_screens() -> Mapping[str, Callable[[], QWidget]]:
    """The screens of this file, by name."""
    made = (choose, room, own, mistakes, good, doubts, kinds, table, corrected, client_paper, safety_card,
            narrow, returned, returned_lost, phone_keys)  # fmt: skip
    named = {f"forms-{each.__name__.replace('_', '-')}": each for each in made}
    phones = {"forms-phone": _phone("sample_every_kind"), "forms-phone-off": _phone("child_intake"),
              "forms-phone-on": _phone("outreach_visit"), "forms-answers": _answers(0),
              "forms-answers-differ": _answers(2), "forms-answers-bad": _answers(3)}  # fmt: skip
    return {**named, **phones}
