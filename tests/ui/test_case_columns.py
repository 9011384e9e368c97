"""The list of cases: its number and stage stand there whole, whatever the language and the size of the letters."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kzcase.i18n import LANGUAGES
from kzcase.ui import language, theme
from kzcase.ui.cases.list_page import CaseListPage
from kzcase.ui.rows_view import needed
from kzcase.ui.work import InlineWork
from tests.ui.desks import entered

NUMBER, STAGE = 0, 4


@pytest.mark.parametrize(("width", "factor"), [(860, 1.0), (1120, 1.0), (860, 1.25), (1120, 1.25), (1500, 1.5)])
def test_number_and_stage_are_never_cut(tmp_path: Path, qtbot: QtBot, width: int, factor: float) -> None:
    """Where there is no room for the longest stage there may be, none is shown."""
    made = entered(tmp_path, 1)
    work = InlineWork(made.desk.book)
    page = CaseListPage(work, made.office)
    qtbot.addWidget(page)
    page.resize(width, 600)
    page.show()
    stages = [each for pathway in made.office.rulebook.pathways.values() for each in pathway.stages]
    shown = 0
    for spoken in LANGUAGES:
        language.switch(spoken)
        theme.apply("light", factor)
        QApplication.processEvents()
        columns, view = page.rows.columns, page.view
        assert needed(columns[NUMBER], "2026-WWW-00000", chip=False) <= view.columnWidth(NUMBER)
        longest = max(needed(columns[STAGE], language.text(each), chip=True) for each in stages)
        assert view.isColumnHidden(STAGE) or longest <= view.columnWidth(STAGE)
        shown += not view.isColumnHidden(STAGE)
    assert shown == len(LANGUAGES) or width < 1000
    work.close()
    work.deleteLater()
    made.desk.close()
