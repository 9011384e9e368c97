"""An office's own form with every type of question, as a workbook, a table of values and a table of text."""

import csv
import io
from collections.abc import Iterator, Sequence

Row = tuple[str, ...]
LANGUAGES = ("Қазақша (kk)", "Русский (ru)", "English (en)")
LISTS = b"name,label\nkz,Kazakhstan\nuz,Uzbekistan\nkg,Kyrgyzstan\n"
MORE = ("relevant", "required", "constraint", "calculation", "default", "trigger", "choice_filter", "repeat_count",
        "readonly", "parameters")  # fmt: skip
HEAD = ("type", "name", *(f"label::{each}" for each in LANGUAGES), *MORE)


def _asked(kind: str, name: str = "", **more: str) -> Row:
    labels = tuple(f"{name} {language[-3:-1]}" if name and kind != "calculate" else "" for language in LANGUAGES)
    return (kind, name, *labels, *(more.get(each, "") for each in MORE))


def _survey() -> Iterator[Row]:
    yield _asked("begin group", "basic")
    yield _asked("text", "full", required="yes")
    yield _asked("integer", "age", constraint=". < 130")
    yield _asked("decimal", "income")
    yield _asked("date", "born")
    yield _asked("time", "at")
    yield _asked("dateTime", "met")
    yield _asked("date", "filled", default="today()")
    yield _asked("calculate", "twice", calculation="${age} * 2")
    yield _asked("text", "said", calculation="concat(${twice}, '!')", readonly="yes")
    yield _asked("end group")
    yield _asked("begin group", "choosing")
    yield _asked("select_one region", "place")
    yield _asked("select_one town", "town", choice_filter="region = ${place}")
    yield _asked("select_multiple need", "needs", constraint="count-selected(.) <= 2")
    yield _asked("select_one mood or_other", "mood")
    yield _asked("select_one_from_file places.csv", "country")
    yield _asked("rank need", "order")
    yield _asked("rank town", "route")
    yield _asked("range", "scale", parameters="start=0 end=100 step=1")
    yield _asked("acknowledge", "told")
    yield _asked("note", "minor", relevant="${age} < 18")
    yield _asked("end group")
    yield _asked("begin group", "outside")
    for kind in ("image", "audio", "video", "file", "geopoint", "barcode"):
        yield _asked(kind, f"a_{kind}")
    yield _asked("hidden", "secret", default="5")
    yield _asked("text", "set", trigger="${full}", calculation="concat('-', ${full})")
    yield _asked("end group")
    yield _asked("begin group", "reading")
    yield _asked("note", "words")
    yield _asked("end group")
    yield _asked("begin group", "family")
    yield _asked("integer", "children")
    yield _asked("end group")
    yield _asked("begin repeat", "child", repeat_count="${children}")
    yield _asked("text", "who")
    yield _asked("begin repeat", "school")
    yield _asked("text", "which")
    yield _asked("integer", "years")
    yield _asked("end repeat")
    yield _asked("end repeat")
    yield _asked("begin repeat", "visit", relevant="${age} > 20")
    yield _asked("text", "where")
    yield _asked("integer", "days")
    yield _asked("end repeat")


def _choices() -> Iterator[Row]:
    for region in ("north", "south"):
        yield ("region", region, *(f"{region} {each[-3:-1]}" for each in LANGUAGES), "")
    for town, region in (("one", "north"), ("two", "north"), ("three", "south")):
        yield ("town", town, *(f"{town} {each[-3:-1]}" for each in LANGUAGES), region)
    for mood in ("calm", "afraid"):
        yield ("mood", mood, *(f"{mood} {each[-3:-1]}" for each in LANGUAGES), "")
    for need in ("shelter", "food", "doctor"):
        yield ("need", need, *(f"{need} {each[-3:-1]}" for each in LANGUAGES), "")


def sheets() -> dict[str, list[Row]]:
    """The sheets of the form by name, each with its heading."""
    head = ("list_name", "name", *(f"label::{each}" for each in LANGUAGES), "region")
    settings = ("form_title", "form_id", "version", "default_language")
    return {
        "survey": [HEAD, *_survey()],
        "choices": [head, *_choices()],
        "settings": [settings, ("Office form", "office_every_type", "1", LANGUAGES[0])],
    }


def workbook() -> bytes:
    """The form as .xlsx."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    for name, rows in sheets().items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return out.getvalue()


def values() -> bytes:
    """The form as .csv."""
    out = io.StringIO()
    writer = csv.writer(out)
    for name, rows in sheets().items():
        writer.writerows([(name,), *(("", *row) for row in rows)])
    return out.getvalue().encode()


def text() -> bytes:
    """The form as .md."""
    lines = [line for name, rows in sheets().items() for line in (_line((name,)), *(_line(("", *row)) for row in rows))]
    return "\n".join(lines).encode()


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
