"""Fields that others in this work keep, each with the question that asks for it here, or why none does."""

import csv
from pathlib import Path

from kzcase.forms.library import shipped_form, shipped_forms

FIELDS = Path(__file__).parents[2] / "docs" / "fields.csv"
COLUMNS = ["source", "field", "form", "questions", "note"]


def rows() -> list[dict[str, str]]:
    with FIELDS.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        found = list(reader)
        assert reader.fieldnames == COLUMNS
    return found


def wrong(row: dict[str, str]) -> str:
    """What is not so in one row; nothing when it is."""
    if not row["form"]:
        return "" if row["note"] else "neither a question nor a reason"
    if row["form"] not in shipped_forms():
        return "no such form"
    asked = shipped_form(row["form"]).by_path
    missing = [path for path in row["questions"].split() if path != "*" and path not in asked]
    return f"no such question: {missing}" if missing or not row["questions"] else ""


def test_every_field_has_its_question_or_a_reason() -> None:
    found = {f"{row['source']}: {row['field']}": told for row in rows() if (told := wrong(row))}
    assert found == {}


def test_most_of_them_are_asked() -> None:
    mapped = [row for row in rows() if row["form"]]
    assert len(rows()) > 650
    assert len(mapped) > 0.75 * len(rows())


def test_a_question_that_is_gone_is_noticed() -> None:
    row = dict.fromkeys(COLUMNS, "") | {"form": "closure", "questions": "no/such"}
    assert "no/such" in wrong(row)
    assert wrong(dict.fromkeys(COLUMNS, ""))
