"""The overlay over long work: not for short work, with a way out."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kzcase.i18n import _
from kzcase.ui.widgets.progress import AFTER_MS, ProgressOverlay
from kzcase.ui.work import LongWork
from tests.ui.naming import assert_all_named
from tests.ui.typing import press


@pytest.fixture
def overlay(qtbot) -> ProgressOverlay:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(800, 600)
    page.show()
    return ProgressOverlay(page)


def test_it_appears_after_a_while_and_goes_with_the_work(overlay: ProgressOverlay, qtbot) -> None:
    work = LongWork(_("Making the papers"))
    overlay.follow(work)
    assert overlay.isHidden()
    assert overlay._timer.interval() == AFTER_MS == 300
    overlay._timer.timeout.emit()
    assert overlay.isVisible()
    assert overlay.geometry() == overlay.parentWidget().rect()
    work.progressed.emit(250, 1_000)
    assert (overlay.bar.value(), overlay.count.text()) == (250, "250 of 1000")
    assert_all_named(overlay)
    overlay.parentWidget().resize(900, 700)
    assert overlay.size() == overlay.parentWidget().size()
    work.finished.emit()
    assert overlay.isHidden()
    assert not overlay._timer.isActive()


def test_it_says_what_is_done_now_and_counts_anew(overlay: ProgressOverlay) -> None:
    work = LongWork(_("Making the papers"))
    overlay.follow(work)
    work.progressed.emit(250, 1_000)
    work.call(_("Saving a copy"))
    assert (overlay.title.text(), overlay.count.text(), overlay.bar.maximum()) == ("Saving a copy", "", 0)
    assert overlay.bar.accessibleName() == "Saving a copy"


def test_short_work_never_shows_it(overlay: ProgressOverlay) -> None:
    work = LongWork(_("Making the papers"))
    overlay.follow(work)
    work.finished.emit()
    assert not overlay._timer.isActive()
    assert overlay.isHidden()


def test_escape_cancels_once(overlay: ProgressOverlay) -> None:
    work = LongWork(_("Making the papers"))
    overlay.follow(work)
    overlay._timer.timeout.emit()
    press(overlay, Qt.Key.Key_Escape)
    assert work.cancelled
    assert not overlay.cancel.isEnabled()
