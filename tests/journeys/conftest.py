"""Journeys run without a screen, in English and a plain look, and leave no window and no thread behind."""

from tests.ui.conftest import _dressed, _nothing_left

__all__ = ["_dressed", "_nothing_left"]
