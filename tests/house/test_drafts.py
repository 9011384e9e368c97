"""Nobody loses what they typed: every screen with a field to type into keeps it, or says here why it does not."""

import ast
from collections.abc import Iterator
from pathlib import Path

from kzcase.ui.draft_keeper import KEPT
from kzcase.ui.drafts import OF_NOTHING_KNOWN, is_whole
from tests.house.words import HOUSE

FIELDS = {"LineEdit", "TextArea", "DateEdit", "ApproximateDateEdit", "PassphraseEdit", "NewPassphrase", "ShareEdit",
          "NumberBox", "QLineEdit", "QTextEdit", "QPlainTextEdit", "QSpinBox"}  # fmt: skip
KEEPS = {"draft_place", "keep_typing", "draft"}
"""Methods and arguments by which a screen says where what is typed into it belongs."""
WHY_NOT = {
    "kzcase/ui/audit/page.py::LooksPage": "a filter: what was looked for, not written",
    "kzcase/ui/calls/page.py::CallsPage": "a search",
    "kzcase/ui/calls/answers.py::AnswersCard": "a search; the page of a call keeps what was given",
    "kzcase/ui/calls/caller.py::CallerCard": "a number that is only looked up; the page of a call keeps the nickname",
    "kzcase/ui/calls/hands.py::hands_dialog": "a word of warning is never kept",
    "kzcase/ui/calls/sheet.py::link_dialog": "one number of a case, which stands in the list of cases",
    "kzcase/ui/calls/signals.py::readdress_dialog": "two short lines",
    "kzcase/ui/calls/signals.py::receipt_dialog": "two short lines",
    "kzcase/ui/calls/topics.py::TopicPicker": "the page of a call keeps its topics (kzcase/ui/calls/entry.py)",
    "kzcase/ui/consents/further.py::HowCard": "the dialog of a consent keeps its fields (kzcase/ui/consents/dialog.py)",
    "kzcase/ui/consents/further.py::WhoAgreesCard": "the dialog of a consent keeps its fields",
    "kzcase/ui/consents/step_dialogs.py::notice_dialog": "a choice and a day",
    "kzcase/ui/consents/step_dialogs.py::review_dialog": "a choice and a sentence",
    "kzcase/ui/consents/step_dialogs.py::revoke_dialog": "one sentence",
    "kzcase/ui/consents/settling.py::settle_dialog": "one sentence beside answers to choose from",
    "kzcase/ui/consents/settling.py::settle_review_dialog": "one sentence beside answers to choose from",
    "kzcase/ui/consents/step_dialogs.py::withdraw_dialog": "choices and a day",
    "kzcase/ui/erasures/erase_dialog.py::EraseDialog": "one day; erasing is looked at anew from the beginning",
    "kzcase/ui/erasures/retention_card.py::renew_dialog": "one day and one line",
    "kzcase/ui/forms/choose_dialog.py::ChooseFormDialog": "a search",
    "kzcase/ui/forms/details.py::check_dialog": "one name of a reader",
    "kzcase/ui/forms/phone_item.py::ItemPane": "a number and a name, beside answers that wait for a decision",
    "kzcase/ui/forms/returned.py::ReturnedDialog": "one number, which is on the paper",
    "kzcase/ui/forms/room.py::FormsPage": "a search",
    "kzcase/ui/forms/typing.py::LineEditor": "the page of a form keeps its answers (kzcase/ui/forms/page.py)",
    "kzcase/ui/forms/typing.py::TextEditor": "the page of a form keeps its answers (kzcase/ui/forms/page.py)",
    "kzcase/ui/forms/typing.py::DayEditor": "the page of a form keeps its answers (kzcase/ui/forms/page.py)",
    "kzcase/ui/handing_out.py::HandingOut": "one name, beside a share that must not outlive the dialog",
    "kzcase/ui/inspection/entries.py::_today": "makes a field for the dialogs below it",
    "kzcase/ui/incoming/dialogs.py::decide_dialog": "choices, days and one short remark",
    "kzcase/ui/incoming/dialogs.py::passphrase_dialog": "a passphrase is never kept",
    "kzcase/ui/incoming/dialogs.py::receive_dialog": "short lines, copied from a paper that is there",
    "kzcase/ui/partners/dialogs.py::confirm_key_dialog": "six words, while somebody reads them out",
    "kzcase/ui/partners/dialogs.py::enter_key_dialog": "one line, copied from a card",
    "kzcase/ui/partners/page.py::PartnersPage": "a search",
    "kzcase/ui/referrals/slip_dialog.py::SlipDialog": "one number, which is on the paper",
    "kzcase/ui/referrals/step_dialogs.py::chase_dialog": "choices, a day and one short remark",
    "kzcase/ui/referrals/step_dialogs.py::follow_dialog": "choices, days and one short remark",
    "kzcase/ui/cases/choosing_dialogs.py::FilterDialog": "a filter: what was looked for, not written",
    "kzcase/ui/cases/choosing_dialogs.py::save_dialog": "one name, beside a choice that stands in the list",
    "kzcase/ui/cases/tracing_dialogs.py::vet_dialog": "three choices and one line, beside what is known already",
    "kzcase/ui/people/household.py::interview_dialog": "two choices and a day",
    "kzcase/ui/people/household.py::join_dialog": "three choices and a day",
    "kzcase/ui/people/household.py::leave_dialog": "one day",
    "kzcase/ui/people/sought.py::answer_dialog": "what a found person said stands in its place or nowhere",
    "kzcase/ui/people/record_dialogs.py::_field": "makes a field for the dialogs beside it",
    "kzcase/ui/people/record_dialogs.py::custody_dialog": "a day, and one place",
    "kzcase/ui/people/record_dialogs.py::end_dialog": "a choice and two days",
    "kzcase/ui/people/record_dialogs.py::safeguard_dialog": "a choice and a day",
    "kzcase/ui/passphrases.py::NewPassphrase": "a passphrase is never kept",
    "kzcase/ui/rules/dialogs.py::_amount_dialog": "its typing is kept by the dialog that all changes of rules share",
    "kzcase/ui/rules/dialogs.py::_retention_dialog": "its typing is kept by the dialog that all changes of rules share",
    "kzcase/ui/rules/dialogs.py::_day_dialog": "its typing is kept by the dialog that all changes of rules share",
    "kzcase/ui/rules/dialogs.py::_deadline_dialog": "its typing is kept by the dialog that all changes of rules share",
    "kzcase/ui/rules/dialogs.py::_leave_dialog": "its typing is kept by the dialog that all changes of rules share",
    "kzcase/ui/rules/dialogs.py::_pathway_dialog": "its typing is kept by the dialog that all changes of rules share",
    "kzcase/ui/settings/passphrase_card.py::ChangePassphraseDialog": "a passphrase is never kept",
    "kzcase/ui/settings/recovery_card.py::GiveShareDialog": "one name of a keeper",
    "kzcase/ui/settings/staff_card.py::AddColleagueDialog": "one name, beside a passphrase that is never kept",
    "kzcase/ui/supervision/dialogs.py::approve_own_dialog": "one sentence",
    "kzcase/ui/supervision/dialogs.py::request_dialog": "one line of why",
    "kzcase/ui/supervision/dialogs.py::take_down_dialog": "one sentence",
    "kzcase/ui/tasks/answers.py::AnswerDialog": "a choice, and one sentence where it is no",
    "kzcase/ui/tasks/answers.py::postpone_dialog": "a day and one sentence",
    "kzcase/ui/team/page.py::absence_dialog": "two days",
    "kzcase/ui/two_shares.py::TwoShares": "a share is never kept",
    "kzcase/ui/unlock/create_page.py::CreatePage": "no casebook is open yet that could keep it",
    "kzcase/ui/unlock/open_page.py::OpenPage": "a passphrase is never kept",
    "kzcase/ui/unlock/recover_page.py::RecoverPage": "no casebook is open yet that could keep it",
}
PARTS = ("kzcase/ui/widgets/", "kzcase/ui/fields.py", "kzcase/ui/form_dialog.py")
"""What screens are made of."""


def screens() -> list[Path]:
    return sorted((HOUSE / "kzcase" / "ui").rglob("*.py"))


def named(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


def losing(source: str) -> Iterator[str]:
    """The classes and functions of a module that make a field and say nowhere where its typing is kept."""
    for part in ast.parse(source).body:
        if isinstance(part, ast.ClassDef | ast.FunctionDef) and _types(part) and not _keeps(part):
            yield part.name


def _types(part: ast.AST) -> bool:
    called = (node.func for node in ast.walk(part) if isinstance(node, ast.Call))
    return any(isinstance(func, ast.Name) and func.id in FIELDS for func in called)


def _keeps(part: ast.AST) -> bool:
    for node in ast.walk(part):
        said = node.name if isinstance(node, ast.FunctionDef) else node.arg if isinstance(node, ast.keyword) else ""
        if (node.attr if isinstance(node, ast.Attribute) else said) in KEEPS:
            return True
    return False


def test_every_screen_keeps_what_is_typed_or_says_why_not() -> None:
    own = [path for path in screens() if not named(path).startswith(PARTS)]
    lost = {f"{named(path)}::{part}" for path in own for part in losing(path.read_text("utf-8"))}
    assert lost - WHY_NOT.keys() == set()
    assert WHY_NOT.keys() - lost == set(), "these need no reason any more"


def test_a_screen_that_keeps_nothing_is_noticed() -> None:
    sound = "def made():\n    return FormDialog(rows={'why': LineEdit()}, draft=place('hold', case))\n"
    assert list(losing(sound)) == []
    assert list(losing(sound.replace(", draft=place('hold', case)", ""))) == ["made"]
    whole = "class Dialog:\n    def __init__(self):\n        self.text = TextArea()\n"
    assert list(losing(whole)) == ["Dialog"]
    assert list(losing(whole + "        self.keep_typing(work, 'x', {})\n")) == []


def places_in(node: ast.AST) -> Iterator[tuple[str, bool]]:
    """The places that are named there: `place("hold", case)`; of what kind, and whether it says what it is about."""
    for call in (each for each in ast.walk(node) if isinstance(each, ast.Call)):
        if isinstance(call.func, ast.Name) and call.func.id == "place" and call.args:
            first = call.args[0]
            yield (first.value if isinstance(first, ast.Constant) else "?"), len(call.args) > 1


def placeless(source: str) -> Iterator[str]:
    """Where typing is kept in a module at anything but a `place(…)`, in every branch of what stands there."""
    whole = ast.parse(source)
    known = {
        each.id: node.value
        for node in ast.walk(whole)
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None
        for each in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(each, ast.Name)
    }
    for given in _given(whole):
        said = known.get(given.id, given) if isinstance(given, ast.Name) else given
        branches = [said.body, said.orelse] if isinstance(said, ast.IfExp) else [said]
        yield from (ast.unparse(each) for each in branches if not _is_place(each))


def _given(whole: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(whole):
        if isinstance(node, ast.Call):
            yield from (each.value for each in node.keywords if each.arg == "draft")
            if isinstance(node.func, ast.Attribute) and node.func.attr == "keep_typing":
                yield node.args[1]
        elif isinstance(node, ast.FunctionDef) and node.name == "draft_place":
            returned = (each.value for each in ast.walk(node) if isinstance(each, ast.Return))
            yield from (value for value in returned if value is not None)


def _is_place(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "place"


THEMSELVES = {"kzcase/ui/form_dialog.py", "kzcase/ui/kept_fields.py", "kzcase/ui/drafts.py"}
"""They hand on the place that a dialog gave them."""


def all_places() -> set[tuple[str, bool]]:
    return {each for path in screens() for each in places_in(ast.parse(path.read_text("utf-8")))}


def test_whatever_is_kept_is_also_offered_and_nothing_else_is() -> None:
    """What is kept at a place nobody opens again is lost all the same."""
    assert {kind for kind, _about in all_places()} == KEPT.keys()


def test_typing_is_kept_at_a_place_only() -> None:
    """An empty place was that of every dialog that had none: typed about one partner, it stood at another."""
    own = [path for path in screens() if named(path) not in THEMSELVES]
    found = {f"{named(path)}: {said}" for path in own for said in placeless(path.read_text("utf-8"))}
    assert found == set()


def test_every_place_says_what_it_is_about() -> None:
    """Without an id erasing finds a draft by names alone; these are about nothing that stands in the casebook yet."""
    assert {kind for kind, about in all_places() if not about} == OF_NOTHING_KNOWN


def test_a_place_that_is_none_is_noticed() -> None:
    sound = "FormDialog(draft=place('fact', case))"
    assert (set(places_in(ast.parse(sound))), list(placeless(sound))) == ({("fact", True)}, [])
    assert set(places_in(ast.parse("place('fact')"))) == {("fact", False)}
    assert list(placeless("self.keep_typing(work, place('partner') if row is None else '', fields)")) == ["''"]
    assert list(placeless("here = f'hold/{case}'\nself.keep_typing(work, here, fields)")) == ["f'hold/{case}'"]
    assert list(placeless("def draft_place(self):\n    return f'note/{self.case}'")) == ["f'note/{self.case}'"]
    assert [is_whole(each) for each in ("", "/", "hold", "hold/", "call_back//x", "fact/ab", "call")] == [
        *(False,) * 5, *(True,) * 2,
    ]  # fmt: skip
