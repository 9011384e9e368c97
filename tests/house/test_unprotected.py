"""The help on what is not protected cannot drift from the threat model: every point of it has its entry, in order."""

import re
from pathlib import Path

import pytest

from kzcase.domain.unprotected import UNPROTECTED

PAGE = Path(__file__).parents[2] / "docs" / "threat-model.md"
SECTION = "## What we do not protect\n"
LONGEST = 220
"""A caseworker reads it to the end."""


def headings(page: str) -> list[str]:
    """The bold beginnings of the points of that section."""
    section = page.partition(SECTION)[2].partition("\n## ")[0]
    return re.findall(r"^- \*\*(.+?)\.\*\*", section, re.MULTILINE)


def entries() -> list[str]:
    return [one.title.msgid for one in UNPROTECTED]


def test_every_point_of_the_threat_model_has_its_entry() -> None:
    found = headings(PAGE.read_text(encoding="utf-8"))
    assert len(found) >= 10
    assert entries() == found


def test_entries_are_short() -> None:
    assert [one.said.msgid for one in UNPROTECTED if len(one.said.msgid) > LONGEST] == []


@pytest.mark.parametrize("added", ["- **Cameras in the room.** Whoever films the screen reads it.\n", ""])
def test_canary_a_further_point_or_one_taken_away_is_noticed(added: str) -> None:
    page = PAGE.read_text(encoding="utf-8")
    changed = page.replace(SECTION, f"{SECTION}\n{added}") if added else page.replace("- **Paper.**", "- Paper.")
    assert entries() != headings(changed)
