"""No file the program offers to save under a name of its own tells what kind of case it is about, or which form."""

import ast
from pathlib import Path

import pytest

import kzcase
from kzcase.actions.papers import MadePaper, paper_names
from kzcase.demo.main_job import paper_file
from kzcase.domain.papers import neutral_code
from kzcase.forms.library import shipped_forms
from kzcase.ui.papers import file_name

SHOWING = frozenset(
    {
        *(
            "traffick",
            "victim",
            "stateless",
            "child",
            "intake",
            "asylum",
            "detention",
            "missing",
            "stranded",
            "tracing",
        ),
        *("consent", "screening", "criteria", "safety", "assent", "crime", "wage", "expel", "nationality"),
        *("compensation", "shelter", "violence", "exploit"),
    }
)
"""Words that show what kind of case a paper is about."""


def made(paper: str, number: str = "2026-A7-00012-5") -> MadePaper:
    return MadePaper(paper, "kk", number, b"", "")


def told(name: str) -> list[str]:
    return [word for word in SHOWING if word in name.lower()]


@pytest.mark.parametrize("blank", [True, False])
def test_papers_are_saved_under_numbers_and_codes(blank: bool) -> None:
    for paper in paper_names():
        for name in (paper_file(made(paper), blank=blank), file_name(made(paper)), file_name(made(paper, ""))):
            assert (paper, told(name)) == (paper, [])
            assert paper not in name


def test_canary_a_paper_under_its_own_name_is_noticed() -> None:
    assert told("victim_screening-kk.pdf")
    assert told("child_intake.xml")


def test_forms_for_phones_leave_under_their_codes() -> None:
    assert [form for form in shipped_forms() if told(neutral_code(form))] == []


def test_no_dialog_offers_a_name_made_of_what_is_in_it() -> None:
    """Every name that a dialog for saving offers is fixed, a number, or goes through the names tested above."""
    found = {}
    for path in (Path(kzcase.__file__).parent / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "QFileDialog" and len(node.args) > 2:
                found[f"{path.parent.name}/{path.name}"] = ast.unparse(node.args[2])
    assert found == OFFERED


OFFERED = {
    "ui/papers.py": "file_name(paper)",
    "ui/keeping.py": "name",
    "unlock/create_page.py": "_line(self.folder).text()",
    "rules/page.py": "f'{row.rule}.toml'",
    "incoming/page.py": "f'reply{SUFFIX}'",
    "referrals/package_dialog.py": "found.name",
    "attachments/viewer.py": "f'copy.{suffix}'",
    "forms/phone.py": "name",
    "ui/handing_out.py": "f'share-{self._number + 1}.pdf'",
}
"""Who adds a dialog looks at its name first: `name` is a code of a form, or the plain word for a register."""
