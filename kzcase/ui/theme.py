"""How the program looks: colours for light and dark, spacing, letter sizes, all as data, switched while running."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from functools import cache
from typing import Final, Literal, get_args

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from kzcase.ui import fonts, style

ThemeName = Literal["light", "dark"]
THEMES: Final[tuple[ThemeName, ...]] = get_args(ThemeName)
STYLE: Final = "fusion"
SMALLEST_FACTOR: Final = 0.9
LARGEST_FACTOR: Final = 1.5


@dataclass(frozen=True, slots=True)
class Colours:
    """Every colour role of one theme, as `#RRGGBB`."""

    page: str
    card: str
    text: str
    muted: str
    outline: str
    hairline: str
    hover: str
    primary: str
    primary_hover: str
    on_primary: str
    nav: str
    on_nav: str
    nav_active: str
    on_nav_active: str
    selection: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    danger: str
    danger_soft: str
    info: str
    info_soft: str
    neutral: str
    neutral_soft: str

    def role(self, name: str) -> str:
        """The colour of one role by its name."""
        value: str = getattr(self, name)
        return value


LIGHT: Final = Colours(
    page="#F5F6F8", card="#FFFFFF", text="#1A232E", muted="#566170", outline="#7F8A98",
    hairline="#DCE1E7", hover="#EEF1F4", primary="#0E6288", primary_hover="#0B5273", on_primary="#FFFFFF",
    nav="#12303F", on_nav="#D5E2E9", nav_active="#1F4C61", on_nav_active="#FFFFFF", selection="#E3F0F6",
    ok="#1B6B3A", ok_soft="#E2F3E8", warn="#8A5200", warn_soft="#FDF0DA", danger="#B3261E",
    danger_soft="#FCE8E6", info="#1F5AA6", info_soft="#E5EEFA", neutral="#4C5563", neutral_soft="#E9ECF0",
)  # fmt: skip
DARK: Final = Colours(
    page="#14191F", card="#1C232B", text="#E6EAEF", muted="#A0ABB8", outline="#6F7B89",
    hairline="#2E3843", hover="#252E38", primary="#6FBEE3", primary_hover="#8ACBEA", on_primary="#06222F",
    nav="#0D1217", on_nav="#A9B7C2", nav_active="#1B2C38", on_nav_active="#FFFFFF", selection="#173547",
    ok="#7BD39A", ok_soft="#173424", warn="#F0B95B", warn_soft="#3A2B10", danger="#FF9D94",
    danger_soft="#431D1A", info="#8FB8F2", info_soft="#1A2C47", neutral="#B5BECA", neutral_soft="#2A323C",
)  # fmt: skip
COLOURS: Final[dict[ThemeName, Colours]] = {"light": LIGHT, "dark": DARK}
ROLES: Final = tuple(each.name for each in fields(Colours))

CHART_COLOURS: Final[dict[ThemeName, tuple[str, ...]]] = {
    "light": ("#0E6288", "#C27C0E", "#3E8E5A", "#7A5FA8", "#C4524A", "#7F8A98"),
    "dark": ("#6FBEE3", "#F0B95B", "#7BD39A", "#B9A3E3", "#FF9D94", "#A0ABB8"),
}
"""The parts of stacked bars, in their order."""

SPACE_LABEL: Final = 4
SPACE_GROUP: Final = 8
SPACE_FIELD: Final = 12
SPACE_CARD: Final = 16
SPACE_PAGE: Final = 24
CONTROL_HEIGHT: Final = 36
ROW_HEIGHT: Final = 40
ROW_HEIGHT_COMPACT: Final = 32
RAIL_WIDTH: Final = 208

TYPE_SCALE: Final[dict[str, tuple[int, int]]] = {
    "title": (20, 600),
    "card": (15, 600),
    "body": (14, 400),
    "label": (14, 500),
    "caption": (12, 400),
    "chip": (12, 600),
}
"""Role → (pixels at 100 %, weight)."""


@dataclass(frozen=True, slots=True)
class Theme:
    """One look: its name, its colours and how large the person wants the letters."""

    name: ThemeName = "light"
    factor: float = 1.0

    @property
    def colours(self) -> Colours:
        """The colour table of this look."""
        return COLOURS[self.name]

    def px(self, pixels: int) -> int:
        """A length of the drawing at 100 %, in pixels at this letter size."""
        return round(pixels * self.factor)


class _Now:
    theme = Theme()
    fusion = False
    """Whether it is known that Qt's own parts are painted in the one style ours goes with."""


def arguments(program: Sequence[str]) -> list[str]:
    """What an application is begun with, so that it has the style ours goes with from the first: to look at a style
    and to change it means to load everything Qt knows of styles."""
    _Now.fusion = True
    return [*program, "-style", STYLE]


def current() -> Theme:
    """The look in force."""
    return _Now.theme


def colour(role: str) -> QColor:
    """One colour of the look in force, for painting; do not change it."""
    return _colour(_Now.theme.name, role)


@cache
def _colour(name: ThemeName, role: str) -> QColor:
    return QColor(COLOURS[name].role(role))


def font(role: str) -> QFont:
    """The font of one role of `TYPE_SCALE`, at the person's letter size; do not change it."""
    return _font(role, _Now.theme.factor)


@cache
def _font(role: str, factor: float) -> QFont:
    pixels, weight = TYPE_SCALE[role]
    return fonts.of_size(round(pixels * factor), weight)


def px(pixels: int) -> int:
    """A length at 100 %, in pixels at the person's letter size."""
    return round(pixels * _Now.theme.factor)


def apply(name: ThemeName, factor: float = 1.0) -> Theme:
    """Dress the whole application; open windows follow at once and keep what was typed in them."""
    theme = prepare(name, factor)
    put_on()
    return theme


def prepare(name: ThemeName, factor: float = 1.0) -> Theme:
    """The look is known, with its colours and letters; what is made now is dressed once, by `put_on`, and not anew
    each time it is put into something larger."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme = Theme(name, min(max(factor, SMALLEST_FACTOR), LARGEST_FACTOR))
    _Now.theme = theme
    if not _Now.fusion and application.style().objectName() not in (STYLE, ""):
        QApplication.setStyle(STYLE)
    _Now.fusion = True
    QApplication.setPalette(palette(theme.colours))
    QApplication.setFont(font("body"))
    return theme


def put_on() -> None:
    """The style sheet of the look in force, on everything there is."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme = _Now.theme
    application.setStyleSheet(style.sheet(theme.name, asdict(theme.colours), theme.factor))


def palette(colours: Colours) -> QPalette:
    """The palette behind the style sheet, for everything Qt paints on its own (its dialogs, its menus)."""
    made = QPalette()
    role = QPalette.ColorRole
    for part, value in (
        (role.Window, colours.page),
        (role.WindowText, colours.text),
        (role.Base, colours.card),
        (role.AlternateBase, colours.page),
        (role.ToolTipBase, colours.nav),
        (role.ToolTipText, colours.on_nav),
        (role.PlaceholderText, colours.muted),
        (role.Text, colours.text),
        (role.Button, colours.card),
        (role.ButtonText, colours.text),
        (role.BrightText, colours.danger),
        (role.Highlight, colours.selection),
        (role.HighlightedText, colours.text),
        (role.Link, colours.primary),
        (role.LinkVisited, colours.primary),
        (role.Light, colours.card),
        (role.Midlight, colours.hover),
        (role.Mid, colours.hairline),
        (role.Dark, colours.outline),
        (role.Shadow, colours.outline),
        (role.Accent, colours.primary),
    ):
        made.setColor(part, QColor(value))
    for part in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, part, QColor(colours.muted))
    return made
