"""Fields of dialogs: laid out in rows, read and filled by name, and told what is wrong with them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QWidget

from kzcase.domain.errors import BadInputs, KzcaseError
from kzcase.i18n import Words
from kzcase.ui import theme
from kzcase.ui.widgets.cards import Card, box
from kzcase.ui.widgets.check_lists import CheckList
from kzcase.ui.widgets.checks import Check
from kzcase.ui.widgets.choices import CodeCombo
from kzcase.ui.widgets.dates import ApproximateDateEdit, DateEdit
from kzcase.ui.widgets.fields import FieldRow, LineEdit, TextArea
from kzcase.ui.widgets.key_choices import KeyChoices, KeyMany

TICKED: Final = "yes"


def lay_out(card: Card, rows: Mapping[str, FieldRow], lines: Iterable[Iterable[str]]) -> None:
    """Put named rows into a card, those of one line beside each other, equally wide."""
    for line in lines:
        layout = QHBoxLayout()
        box(layout, space=theme.SPACE_FIELD)
        for name in line:
            rows[name].setMinimumWidth(theme.px(120))
            layout.addWidget(rows[name], 1)
        card.body.addLayout(layout)


def value_of(field: QWidget) -> str:
    """What a field holds, as text: a code, an EDTF date, an ISO day, or what was typed."""
    if isinstance(field, CodeCombo | KeyChoices):
        return field.code() or ""
    if isinstance(field, ApproximateDateEdit):
        return field.value() or ""
    if isinstance(field, DateEdit):
        day = field.value()
        return day.isoformat() if day is not None else ""
    if isinstance(field, CheckList):
        return " ".join(field.codes())
    assert isinstance(field, LineEdit | TextArea)
    return field.text()


def put(field: QWidget, value: str) -> None:
    """Show a value in a field."""
    if isinstance(field, CodeCombo):
        field.set_code(value)
    elif isinstance(field, ApproximateDateEdit):
        field.set_value(value)
    elif isinstance(field, LineEdit | TextArea):
        field.setText(value)


def typed_in(field: QWidget) -> str:
    """What stands in a field now, a date half typed too; looking changes nothing."""
    if isinstance(field, Check):
        return TICKED if field.isChecked() else ""
    if isinstance(field, KeyMany | CheckList):
        return " ".join(field.codes())
    return field.code() or "" if isinstance(field, CodeCombo | KeyChoices) else _line(field).text()


def put_typed(field: QWidget, typed: str) -> None:
    """Show what stood in a field."""
    if isinstance(field, Check):
        field.setChecked(typed == TICKED)
    elif isinstance(field, KeyMany | CheckList):
        field.set_codes(typed.split())
    elif isinstance(field, CodeCombo | KeyChoices):
        field.set_code(typed)
    else:
        _line(field).setText(typed)


def tell_typing(field: QWidget, told: Callable[[], object]) -> None:
    """Call `told()` whenever something is typed or chosen in a field."""
    if isinstance(field, Check):
        field.toggled.connect(lambda _ticked: told())
    elif isinstance(field, CodeCombo | KeyChoices):
        field.chosen.connect(lambda _code: told())
    elif isinstance(field, CheckList):
        field.changed.connect(told)
    else:
        _line(field).textChanged.connect(lambda *_text: told())


def _line(field: QWidget) -> LineEdit | TextArea:
    assert isinstance(field, LineEdit | TextArea)
    return field


def texts(rows: Mapping[str, FieldRow]) -> dict[str, str]:
    """What stands in the fields that hold something, by name."""
    return {name: typed for name, row in rows.items() if (typed := typed_in(row.field)).strip()}


def field_sentence(error: KzcaseError) -> Words:
    """What is wrong, for the field it stands under: without naming the place again."""
    first = error.problems[0] if isinstance(error, BadInputs) else error
    return first.words.with_arguments(**first.facts)


def show_refused(rows: Mapping[str, FieldRow], places: Mapping[str, str], error: KzcaseError) -> bool:
    """Say an error at its field: `places` maps the beginning of a place to a row. False: it belongs to none."""
    for place, name in places.items():
        if error.place.startswith(place):
            rows[name].set_error(field_sentence(error))
            rows[name].setFocus()
            return True
    return False
