"""Reads a list of choices from a stranger's .csv, .xml or .geojson file, and writes it as a .csv again."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from kzcase.domain.errors import BadForm, TooLarge
from kzcase.forms.xml_reading import local, read_xml
from kzcase.i18n import _

MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 100
MOST_CELLS: Final = 400_000
"""Twenty columns of the longest list."""
LONGEST_CELL: Final = 10_000
_NAME: Final = re.compile(r"[^\W\d][\w.-]*")
_UNSEEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold."""


def markup_of(ending: str, untrusted_data: bytes) -> str:
    """The rows of a list as a form keeps them: `<root><item><name>…`. Raises BadForm with the line, or TooLarge."""
    if ending == ".csv":
        return _items(_csv_rows(_text(untrusted_data)))
    if ending == ".geojson":
        return _items(_features(_text(untrusted_data)))
    if ending == ".xml":
        return _tree(read_xml(untrusted_data))
    raise BadForm(why=_("A list of choices from a file is a .csv, .xml or .geojson file."))


def _text(untrusted_data: bytes) -> str:
    try:
        return untrusted_data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadForm(why=_("The file is not UTF-8 text.")) from error


def _csv_rows(text: str) -> Iterator[dict[str, str]]:
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in first and "," not in first else ",")
    try:
        names = _headings([name.strip() for name in next(reader, [])])
        for cells in reader:
            if any(cells):
                if len(cells) > len(names) and any(cells[len(names) :]):
                    raise BadForm(str(reader.line_num), why=_("This row has more cells than there are headings."))
                yield dict(zip(names, cells, strict=False))
    except csv.Error as error:
        raise BadForm(str(reader.line_num), why=_("This row cannot be read as a row of a table.")) from error


def _headings(names: Sequence[str]) -> Sequence[str]:
    if len(names) > MOST_COLUMNS:
        raise TooLarge("1", limit=_("{count} columns", count=MOST_COLUMNS))
    while names and not names[-1]:
        names = names[:-1]
    for at, name in enumerate(names):
        if not _NAME.fullmatch(name):
            why = _("A heading begins with a letter and has no blanks: “{name}”.", name=name[:40])
            raise BadForm("1", why=why)
        if name in names[:at]:
            raise BadForm("1", why=_("“{name}” is given twice.", name=name[:40]))
    if not names:
        raise BadForm("1", why=_("The first row must name the columns."))
    return names


def _items(rows: Iterable[Mapping[str, str]]) -> str:
    made, count = list[str](), 0
    for number, row in enumerate(rows, 2):
        if number - 1 > MOST_ROWS:
            raise TooLarge(limit=_("{count} rows", count=MOST_ROWS))
        count += len(row)
        if count > MOST_CELLS:
            raise TooLarge(limit=_("{count} cells", count=MOST_CELLS))
        cells = (f"<{name}>{_cell(text, number)}</{name}>" for name, text in row.items())
        made.append(f"<item>{''.join(cells)}</item>")
    if not made:
        raise BadForm(why=_("There are no choices in it."))
    return f"<root>{''.join(made)}</root>"


def _cell(text: str, number: int) -> str:
    if len(text) > LONGEST_CELL:
        raise TooLarge(str(number), limit=LONGEST_CELL)
    if found := _UNSEEN.search(text):
        sign = f"U+{ord(found[0]):04X}"
        why = _("There is a sign here that nobody sees ({sign}). Please delete it.", sign=sign)
        raise BadForm(str(number), why=why)
    return escape(text.strip())


def _features(text: str) -> Iterator[dict[str, str]]:
    """The places of a map: each feature's id, properties and geometry are the columns of one row."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadForm(why=_("It is no GeoJSON.")) from error
    features = found.get("features") if isinstance(found, Mapping) else None
    if not isinstance(features, list) or not all(isinstance(each, Mapping) for each in features):
        raise BadForm(why=_("It is no GeoJSON with a list of features."))
    for number, feature in enumerate(features, 1):
        properties = feature.get("properties") or {}
        if not isinstance(properties, Mapping) or not all(_NAME.fullmatch(str(name)) for name in properties):
            raise BadForm(str(number), why=_("The names of its properties begin with a letter and have no blanks."))
        row = {str(name): _plain(value) for name, value in properties.items()}
        if "id" not in row and "id" in feature:
            row = {"id": _plain(feature["id"]), **row}
        yield {**row, "geometry": _geometry(feature.get("geometry"), number)}


def _plain(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false"}.get(value, "") if value is not None else ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _geometry(geometry: Any, number: int) -> str:
    """A point, a line or an area as ODK writes it: latitude, longitude, height and accuracy, points parted by `;`."""
    if geometry is None:
        return ""
    try:
        kind, places = geometry["type"], geometry["coordinates"]
        points = {"Point": [places], "LineString": places, "Polygon": places[0]}[kind]
        return "; ".join(f"{float(place[1]):.12g} {float(place[0]):.12g} 0 0" for place in points)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise BadForm(str(number), why=_("The geometry is a Point, a LineString or a Polygon.")) from error


def _tree(element: Element) -> str:
    """The elements of an XML list, without namespaces and attributes, which no rule can look at."""
    name = local(element.tag)
    inside = "".join(map(_tree, element)) if len(element) else escape((element.text or "").strip())
    return f"<{name}>{inside}</{name}>"


def rows_of_markup(kept: str) -> list[dict[str, str]]:
    """The rows of a list that a form keeps."""
    return [{cell.tag: cell.text or "" for cell in item} for item in read_xml(kept.encode())]


def csv_text(rows: Sequence[Mapping[str, str]]) -> str:
    """The rows as a table."""
    out = io.StringIO(newline="")
    names = tuple(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(out, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
