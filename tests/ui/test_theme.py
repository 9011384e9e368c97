"""The look: readable in both themes, drawn from one table, changed without losing what was typed."""

import re
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from kzcase import paths
from kzcase.domain.charts import MOST_SERIES
from kzcase.i18n import _
from kzcase.ui import fonts, icons, style, theme
from kzcase.ui.theme import COLOURS, Colours
from kzcase.ui.widgets.cards import Card
from kzcase.ui.widgets.fields import FieldRow, LineEdit

TEXT, CONTROL = 4.5, 3.0
READ_ON = (
    ("text", "card", TEXT), ("text", "page", TEXT), ("text", "selection", TEXT), ("text", "hover", TEXT),
    ("muted", "card", TEXT), ("muted", "page", TEXT), ("muted", "hover", TEXT), ("muted", "neutral_soft", TEXT),
    ("on_primary", "primary", TEXT), ("on_primary", "primary_hover", TEXT), ("primary", "card", TEXT),
    ("primary", "page", TEXT), ("on_nav", "nav", TEXT), ("on_nav", "nav_active", TEXT),
    ("on_nav_active", "nav_active", TEXT), ("danger", "card", TEXT), ("danger", "page", TEXT),
    ("muted", "selection", TEXT), ("primary", "hover", TEXT),
    *(("primary", f"{tone}_soft", TEXT) for tone in ("ok", "warn", "danger", "info")),
    *((tone, back, TEXT) for tone in ("ok", "warn", "info") for back in ("card", "page")),
    ("outline", "card", CONTROL), ("outline", "page", CONTROL), ("primary", "selection", CONTROL),
    *((tone, f"{tone}_soft", TEXT) for tone in ("ok", "warn", "danger", "info", "neutral")),
    *(("text", f"{tone}_soft", TEXT) for tone in ("ok", "warn", "danger", "info")),
)  # fmt: skip


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def too_pale(colours: Colours) -> list[str]:
    return [
        f"{front} on {back}: {found:.2f}"
        for front, back, least in READ_ON
        if (found := contrast(colours.role(front), colours.role(back))) < least
    ]


def test_contrast_is_computed_as_wcag_says() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", theme.THEMES)
def test_everything_can_be_read(name: theme.ThemeName) -> None:
    assert too_pale(COLOURS[name]) == []


@pytest.mark.parametrize("name", theme.THEMES)
def test_bars_stand_out_from_their_card(name: theme.ThemeName) -> None:
    shades = theme.CHART_COLOURS[name]
    assert len(shades) == len(set(shades)) == MOST_SERIES
    assert [each for each in shades if contrast(each, COLOURS[name].card) < CONTROL] == []


def test_a_pale_colour_would_be_found() -> None:
    assert too_pale(replace(COLOURS["light"], muted="#A9B1BC"))


@pytest.mark.parametrize("name", theme.THEMES)
def test_control_pictures_have_the_colours_of_their_theme(name: theme.ThemeName) -> None:
    folder = paths.resources("icons", "controls", name)
    allowed = {COLOURS[name].role(role) for role in theme.ROLES}
    used = {colour for path in folder.glob("*.svg") for colour in re.findall(r"#[0-9A-F]{6}", path.read_text())}
    assert used
    assert used <= allowed


@pytest.mark.parametrize("name", theme.THEMES)
def test_the_style_sheet_names_only_pictures_that_exist(name: theme.ThemeName) -> None:
    pictures = re.findall(r'url\("([^"]+)"\)', style.sheet(name, asdict(COLOURS[name]), 1.0))
    assert len(pictures) > 10
    assert [each for each in pictures if not Path(each).is_file()] == []


def test_letter_size_is_kept_in_bounds() -> None:
    assert theme.apply("light", 9.0).factor == theme.LARGEST_FACTOR
    assert theme.apply("light", 0.1).factor == theme.SMALLEST_FACTOR


def test_a_switch_of_look_and_size_keeps_what_was_typed(qtbot) -> None:
    card = Card(_("Name"))
    qtbot.addWidget(card)
    field = LineEdit()
    card.add(FieldRow(_("Name"), field))
    card.show()
    field.setText("Гүлнұр Әбіл")
    before = field.height()
    theme.apply("dark", 1.5)
    QApplication.processEvents()
    assert field.text() == "Гүлнұр Әбіл"
    assert field.height() > before
    assert card.palette().window().color().name().upper() == COLOURS["dark"].page


def test_the_shipped_letters_are_used_and_registered_once() -> None:
    assert fonts.register() is fonts.register()
    shipped = paths.resources("fonts", fonts.FACES[0]).is_file()
    assert (fonts.register() == fonts.FAMILY) is shipped


def test_pictures_are_sharp_on_fine_screens(qapp) -> None:
    assert 40 <= len(icons.names()) <= 60
    fine = icons.pixmap("house", 16, "text", 1.5)
    assert (fine.width(), fine.devicePixelRatio()) == (24, 1.5)
    assert icons.icon("lock").availableSizes()


def test_every_picture_has_something_to_see(qapp) -> None:
    empty = [name for name in sorted(icons.names()) if _is_blank(name)]
    assert empty == []


def _is_blank(name: str) -> bool:
    image = icons.pixmap(name, 16, "text").toImage()
    return all(image.pixelColor(x, y).alpha() == 0 for x in range(16) for y in range(16))


def test_every_colour_that_is_asked_for_by_name_is_there() -> None:
    """A colour nobody has stops a widget in the middle of its painting, and with it the window."""
    asked = re.compile(r'\bcolour\(\s*"(\w+)"')
    sources = Path(theme.__file__).parent.rglob("*.py")
    named = {name for source in sources for name in asked.findall(source.read_text("utf-8"))}
    assert len(named) > 5
    assert named <= set(asdict(COLOURS["light"]))
