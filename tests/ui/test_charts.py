"""Bars on the screen: from the same description as on paper, readable by ear, withheld numbers stay withheld."""

from kzcase.domain.charts import Bar
from kzcase.domain.charts import BarChart as Chart
from kzcase.ui import language, theme
from kzcase.ui.widgets.charts import BarChart, bar_told

CHART = Chart(
    "Cases", ("new", "again"), (Bar("Almaty", (1200, 14)), Bar("Ulytau", (None, 3)), Bar("Abai", (None, None)))
)


def test_bars_are_read_out(qtbot) -> None:
    chart = BarChart(CHART)
    qtbot.addWidget(chart)
    assert chart.accessibleName() == "Cases: Almaty 1 214; Ulytau 3 + –; Abai –"


def test_numbers_follow_the_language(qapp) -> None:
    bar = Bar("x", (2.5,))
    assert bar_told(bar) == "2.5"
    language.switch("kk")
    assert bar_told(bar) == "2,5"


def test_the_longest_bar_reaches_further(qtbot) -> None:
    chart = BarChart(Chart("Cases", ("new",), (Bar("a", (10,)), Bar("b", (5,)), Bar("c", (0,)))))
    qtbot.addWidget(chart)
    chart.resize(400, chart.sizeHint().height())
    image = chart.grab().toImage()
    blue = theme.CHART_COLOURS["light"][0].lower()
    rows = [28 + 32 * place + 16 for place in range(3)]
    lengths = [sum(image.pixelColor(x, y).name() == blue for x in range(image.width())) for y in rows]
    assert lengths[0] > 300
    assert abs(lengths[1] - lengths[0] / 2) < 4
    assert lengths[2] == 0
