"""The helpline's papers: an identity never stands on a sheet without a ground, whatever the row holds."""

from pathlib import Path

import pytest

from kzcase.db.tables.helpline import CrimeSignal
from kzcase.domain.papers import Text
from kzcase.i18n import LANGUAGES, Language, render
from kzcase.paper.line import signal_sheet
from kzcase.queries.line_papers import signal_sheet_row
from tests.actions.steps import a_call
from tests.db.books import founded
from tests.paper.reading import squeezed, text_of

WHO = "Айман Үлгі"


@pytest.mark.parametrize(("ground", "passed"), [("none", False), (None, False), ("child", True)])
def test_where_laptops_disagree_the_facts_go_alone(tmp_path: Path, ground: str | None, passed: bool) -> None:
    """A merge may leave an identity beside no ground: the strictest holds, and the row has nothing to print."""
    with founded(tmp_path) as book:
        call = bytes.fromhex(a_call(book))
        with book.write("signal.prepared") as act:
            signal = act.add(CrimeSignal(call_id=call, unit="Unit", facts="A house.", ground=ground, identity=WHO))
        with book.read() as reader:
            row = signal_sheet_row(reader, signal.id.hex(), "kk")
    assert (row.withheld, WHO in repr(row)) == (not passed, passed)
    for language in LANGUAGES:
        assert (WHO in text_of(signal_sheet(row, language))) is passed
        assert (_not_passed(language) in squeezed(text_of(signal_sheet(row, language)))) is not passed


def _not_passed(language: Language) -> str:
    from kzcase.i18n import _

    said: Text = _("Not passed on: the person did not agree, and no life or child is in danger.")
    assert not isinstance(said, str)
    return squeezed(render(said, language))
