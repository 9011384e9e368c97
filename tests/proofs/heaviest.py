"""For each reader the inputs that cost most to refuse: as large as it takes them, wrong at the very end, or packed."""

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from typing import Final

from kzcase.domain.json_text import LARGEST as LARGEST_JSON
from kzcase.domain.json_text import MOST_THINGS, MOST_VALUES
from kzcase.forms.xform import MOST_QUESTIONS
from kzcase.forms.xml_reading import LARGEST_FILE as LARGEST_XML
from kzcase.summaries.cases_file import MOST_ROWS
from kzcase.summaries.spec import LARGEST_FILE as LARGEST_SPEC

Made = Callable[[], bytes]
MB: Final = 1 << 20
LARGE: Final = 64 * MB
"""As much as any door of the program takes from a file."""


def filled(before: bytes, again: bytes, after: bytes, size: int) -> bytes:
    """One piece again and again between two others, as long as it fits."""
    return before + again * ((size - len(before) - len(after)) // len(again)) + after


def zipped(files: Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A package of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, content in files:
            package.writestr(name, content)
    return out.getvalue()


# JSON


def _json_texts(most: int = LARGEST_JSON) -> dict[str, Made]:
    return {
        "too large": lambda: b" " * LARGE,
        "numbers": lambda: filled(b"[", b"1" * (most // MOST_VALUES - 1) + b",", b"1", most),
        "small numbers": lambda: filled(b"[", b"1,", b"1", 2 * MOST_VALUES),
        "empty objects": lambda: filled(b"[", b"{},", b"{}", 3 * MOST_THINGS),
        "one long text": lambda: filled(b'["', "ә".encode(), b'"', most),
        "escaped": lambda: filled(b'["', b"\\u04d9", b'"', most),
        "braces": lambda: b"[" * MOST_THINGS,
        "a name twice at the end": lambda: (
            b"{" + b",".join(b'"%07d":1' % n for n in range(MOST_VALUES)) + b',"0000000":1}'
        ),
        "short texts": lambda: filled(b"[", b'"abcdefgh",', b'"', min(most, 11 * MOST_VALUES)),
        "objects of one name": lambda: filled(b"[", b'{"abc":"%d"},', b"", min(most, 13 * MOST_THINGS)),
        "blanks": lambda: b" " * most,
    }


def _many_acts() -> bytes:
    one = {"act": "note.added", "case": "A" * 26, "text": "words"}
    return json.dumps([*[one] * 100_000, {"act": "note.added", "case": 1}]).encode()


# Tables


def _csv(columns: int, rows: int, last: str = "x") -> bytes:
    head = ",".join(f"c{n}" for n in range(columns))
    return "\n".join([head, *[",".join("a" * columns)] * rows, last]).encode()


def _md_heads(heads: bytes) -> bytes:
    return b"| survey |\n| | type | name | " + heads + b" |\n| | text | a | b |\n"


def _cases(rows: int) -> bytes:
    return ("sex,region\n" + "f,a\nm,b\n" * (rows // 2) + "f\n").encode()


# XLSX

_SHEET: Final = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
_CELLS: Final = b'<c t="inlineStr"><is><t>text</t></is></c><c t="inlineStr"><is><t>q%d</t></is></c>'


def _workbook(sheet: bytes, **others: bytes) -> bytes:
    from tests.forms.test_doors import _xlsx

    with zipfile.ZipFile(io.BytesIO(_xlsx())) as package:
        files = {name: package.read(name) for name in package.namelist()}
    files["xl/worksheets/sheet1.xml"] = sheet
    return zipped({**files, **others}.items())


def _rows(count: int) -> bytes:
    head = b'<row><c t="inlineStr"><is><t>type</t></is></c><c t="inlineStr"><is><t>name</t></is></c></row>'
    return head + b"".join(b"<row>" + _CELLS % n + b"</row>" for n in range(count))


# XML

_XFORM: Final = (
    b'<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>t</h:title>'
    b'<model><instance><data id="a">%s</data></instance>%s</model></h:head><h:body>%s</h:body></h:html>'
)


def _xml_texts(most: int = LARGEST_XML) -> dict[str, Made]:
    return {
        "too large": lambda: b" " * LARGE,
        "elements": lambda: filled(b"<a>", b"<b/>", b"", most),
        "attributes": lambda: filled(b"<a ", b"".join(b'a%07d="x" ' % n for n in range(4000)), b"/>", most),
        "texts": lambda: filled(b"<a>", b"<b>" + b"x" * 1_000_000 + b"</b>", b"", most),
        "texts of few": lambda: filled(b"<a>", b"<b>" + b"x" * 250 + b"</b>", b"", most),
        "deep": lambda: b"<a>" * (most // 3),
        "one long tag": lambda: b"<" + b"a" * (most - 1),
        "a comment": lambda: filled(b"<!--", b"x", b"--><a>", most),
        "instances": lambda: filled(_XFORM.partition(b"%s")[0], b"<instance id='a'>", b"", most),
    }


def _form_of(count: int, rule: bytes = b"/data/%s = 'a'") -> bytes:
    names = [b"q%d" % n for n in range(count)]
    data = b"".join(b"<%s/>" % name for name in names)
    binds = b"".join(b'<bind nodeset="/data/%s" type="string" relevant="%s"/>' % (name, rule.replace(b"%s", name))
                     for name in names)  # fmt: skip
    body = b"".join(b'<input ref="/data/%s"><label>x</label></input>' % name for name in names)
    return _XFORM % (data, binds, body)


def _form_with(rule: bytes) -> bytes:
    bind = b'<bind nodeset="/data/q" type="string" relevant="%s"/>' % rule
    return _XFORM % (b"<q/>", bind, b'<input ref="/data/q"><label>x</label></input>')


def _naming(before: bytes, one: bytes, after: bytes) -> bytes:
    """480 rules, each of which names all 480 questions."""
    named = [b"q%d" % n for n in range(480)]
    return before + b"".join(one % (name, b",".join(after % each for each in named)) for name in named)


def _nested_rules(depth: int, count: int) -> bytes:
    """Questions that name each other in groups within groups, each group with a rule."""
    groups = [b"g%d" % n for n in range(depth)]
    paths = [b"/data/" + b"/".join(groups[: n + 1]) for n in range(depth)]
    tags = b"".join(b"<%s>" % name for name in groups), b"".join(b"</%s>" % name for name in reversed(groups))
    bind, calculated = b'<bind nodeset="%s" relevant="/data/z = 1"/>', b'<bind nodeset="%s/q%d" calculate="%s"/>'
    named = (b"+".join(b"../q%d" % ((n * 9 + each) % count) for each in range(5)) for n in range(count))
    binds = [*(bind % path for path in paths), *(calculated % (paths[-1], n, rule) for n, rule in enumerate(named))]
    return _XFORM % (b"<z/>" + tags[0] + b"".join(b"<q%d/>" % n for n in range(count)) + tags[1], b"".join(binds), b"")


_MD_RULES: Final = b"| survey |\n| | type | name | label | calculation |\n"
_MD_SETTINGS: Final = b"| settings |\n| | form_title | form_id |\n| | x | badid |\n"


def _md_naming(count: int, each: int) -> bytes:
    """So many rules in a circle that each name so many questions, as few as are read at all."""
    named = (b",".join(b"${q%d}" % ((n * each + k) % count) for k in range(each)) for n in range(count))
    rows = b"".join(b"| | calculate | q%d | Q | concat(%s) |\n" % (n, rule) for n, rule in enumerate(named))
    return _MD_RULES + rows + _MD_SETTINGS


# YAML


def _yaml_texts(most: int = 4 * MB) -> dict[str, Made]:
    return {
        "flow of letters": lambda: filled(b"[", b"a,", b"", most),
        "dashes": lambda: b"- " * (most // 2),
        "dashes of lines": lambda: filled(b"", b"- a\n", b"&", most),
        "maps": lambda: filled(b"[", b"{a: b},", b"", most),
        "names": lambda: b"".join(b"a%d: b\n" % n for n in range(199_000)),
        "one long text": lambda: filled(b'a: "', b"x", b'"', most),
        "escapes": lambda: filled(b'a: "', b"\\u04d9", b'"', most),
        "comments": lambda: filled(b"", b"# x\n", b"&", most),
    }


def _questions_yaml(count: int) -> bytes:
    head = b"form: f\nversion: '1'\ntitle: {kk: a, ru: a, en: a}\nquestions:\n"
    one = b"- {type: text, name: q%d, class: sensitive, label: {kk: a, ru: a, en: a}}\n"
    return head + b"".join(one % n for n in range(count))


# Pictures and papers


def _png(width: int, height: int, *, short: int = 0, depth: int = 8, colour: int = 2) -> bytes:
    """A picture of nothing, whose last rows are missing although every checksum is right."""
    step = (width * {0: 1, 2: 3, 6: 4}[colour] * depth + 7) // 8 + 1
    packer, pieces = zlib.compressobj(1), []
    for _row in range(height - short):
        pieces.append(packer.compress(bytes(step)))
    body = b"".join(pieces) + packer.flush()
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)),
        (b"IDAT", body),
        (b"IEND", b""),
    )
    made = (struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
            for name, data in chunks)  # fmt: skip
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)


def _jpeg(side: int, *, progressive: bool = False, cut: float = 0.98, mode: str = "RGB") -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.effect_noise((side, side), 80).convert(mode).save(out, "JPEG", progressive=progressive, quality=60)
    return out.getvalue()[: int(len(out.getvalue()) * cut)]


def _webp(side: int) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.linear_gradient("L").resize((side, side)).convert("RGB").save(out, "WEBP", method=0, quality=30)
    return out.getvalue()[:-40]


def pdf(
    content: bytes, *, box: str = "0 0 595 842", pages: int = 1, further: Iterable[bytes] = (), use: str = ""
) -> bytes:
    """A PDF of pages with this content; `further` objects are numbered from 5 on."""
    kids = " ".join(["3 0 R"] * pages)
    packed = zlib.compress(content, 9)
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids.encode(), pages),
        f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 4 0 R/Resources<<{use}>>>>".encode(),
        b"<</Length %d/Filter/FlateDecode>>stream\n" % len(packed) + packed + b"\nendstream", *further,
    ]  # fmt: skip
    out, places = io.BytesIO(b"%PDF-1.7\n"), []
    out.seek(0, io.SEEK_END)
    for number, body in enumerate(bodies, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n" % number + body + b"\nendobj\n")
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, start))
    return out.getvalue()


def _stream(head: bytes, content: bytes) -> bytes:
    packed = zlib.compress(content, 9)
    return b"<<%s/Length %d/Filter/FlateDecode>>stream\n" % (head, len(packed)) + packed + b"\nendstream"


def _nested_forms() -> bytes:
    """Each form draws the next one twenty times."""
    levels = 8
    further = [
        _stream(b"/Type/XObject/Subtype/Form/BBox[0 0 600 900]/Resources<</XObject<</F %d 0 R>>>>" % (6 + level),
                b"/F Do " * 20 if level + 1 < levels else b"0 0 600 900 re f " * 20)
        for level in range(levels)
    ]  # fmt: skip
    return pdf(b"/F Do", further=further, use="/XObject<</F 5 0 R>>")


def _large_picture_in_pdf() -> bytes:
    side = 20_000
    picture = _stream(
        b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8" % (side, side),
        bytes(side) * side,
    )
    return pdf(b"600 0 0 800 0 0 cm /I Do", further=[picture], use="/XObject<</I 5 0 R>>")


_STROKES: Final = b"".join(
    b"%d %d m %d %d l S\n" % (n % 595, n % 842, (n * 7) % 595, (n * 13) % 842) for n in range(5000)
)


def _boxes(name: bytes, size: int) -> bytes:
    one = struct.pack(">I4s", 8, b"free")
    return struct.pack(">I4s4sI", 16, b"ftyp", b"M4A ", 0) + filled(b"", one, b"", size)


def _deep_boxes() -> bytes:
    made = b""
    for _level in range(20_000):
        made = struct.pack(">I4s", len(made) + 8, b"moov") + made
    return struct.pack(">I4s4sI", 16, b"ftyp", b"M4A ", 0) + made


_ATTACHMENTS: Final[dict[str, Made]] = {
    "a picture that says it is a billion pixels": lambda: (
        _png(60_000, 3, short=3)[:16] + struct.pack(">II", 60_000, 60_000) + _png(60_000, 3, short=3)[24:]
    ),
    "a large picture without its end": lambda: _png(6_000, 4_100, short=20)[:-300],
    "a large picture with holes": lambda: _png(6_000, 4_100, short=20, colour=6)[:-300],
    "a deep picture": lambda: _png(6_000, 4_100, short=20, depth=16)[:-300],
    "a photo without its end": lambda: _jpeg(4_990),
    "a photo in steps": lambda: _jpeg(4_990, progressive=True),
    "a photo of four colours": lambda: _jpeg(4_990, mode="CMYK"),
    "a web picture": lambda: _webp(4_990),
    "many strokes": lambda: pdf(_STROKES * 400),
    "one endless stroke": lambda: pdf(b"0 0 m " + b"595 842 l 0 842 l 595 0 l 0 0 l " * 400_000 + b"S"),
    "a line of tiny dashes": lambda: pdf(b"[0.0001 0.0001] 0 d " + b"0 0 m 595 842 l S " * 2_000),
    "forms within forms": _nested_forms,
    "a wide page": lambda: pdf(_STROKES, box="0 0 14400 14400"),
    "wide pages": lambda: pdf(b"", box="0 0 14400 14400", pages=101),
    "a large picture in a PDF": _large_picture_in_pdf,
    "a long content": lambda: pdf(b"q Q " * 25_000_000),
    "numbers without end": lambda: pdf(b"1 " * 50_000_000),
    "a file of nothing": lambda: b"%PDF-1.7\n" + bytes(LARGE - 10),
    "objects without end": lambda: filled(b"%PDF-1.7\n", b"1 0 obj\n<<>>\nendobj\n", b"", LARGE),
    "dictionaries in each other": lambda: filled(b"%PDF-1.7\n1 0 obj\n", b"<</A", b"", LARGE),
    "tags before a recording": lambda: filled(b"", b"ID3\x03\0\0\0\0\0\0", b"", LARGE),
    "boxes": lambda: _boxes(b"free", LARGE),
    "boxes in boxes": _deep_boxes,
    "chunks": lambda: filled(b"RIFF\0\0\0\0WAVE", b"abcd\0\0\0\0", b"", LARGE),
    "fmt chunks": lambda: filled(b"RIFF\0\0\0\0WAVE", b"fmt \0\0\0\0", b"", LARGE),
    "pages of sound": lambda: filled(b"", b"OggS" + bytes(23), b"", LARGE),
    "nothing known": lambda: bytes(LARGE),
}


# Packages


def _package_of(count: int, xml: bytes) -> bytes:
    return zipped((f"{n}/submission.xml", xml) for n in range(count))


def _survey_xml(size: int) -> bytes:
    return filled(b'<data id="survey" version="1">', b"<name>a</name>", b"", size) + b"</data>"


_PACKAGES: Final[dict[str, Made]] = {
    "a bomb": lambda: zipped([("a.jpg", bytes(250 * MB)), ("a.xml", b"<a")]),
    "many bombs": lambda: zipped((f"{n}.jpg", bytes(MB)) for n in range(250)),
    "a bomb of another packing": lambda: zipped([(f"{n}.jpg", bytes(50 * MB)) for n in range(6)], zipfile.ZIP_LZMA),
    "and another": lambda: zipped([(f"{n}.jpg", bytes(50 * MB)) for n in range(6)], zipfile.ZIP_BZIP2),
    "large answers": lambda: _package_of(60, _survey_xml(4 * MB - 100)),
    "many answers": lambda: _package_of(1_001, _survey_xml(60_000)),
    "empty files": lambda: zipped((f"{n:05}", b"") for n in range(60_000)),
    "files of one name": lambda: zipped((f"{n:04}/a/../a.xml", b"<a>") for n in range(5_000)),
    "listed answers": lambda: b"<root><results>" + b"<data><a>x</a></data>" * 60_000 + b"</results></root",
    **{f"alone: {what}": made for what, made in _xml_texts(4 * MB).items()},
}


# TOML


def _toml_texts(most: int) -> dict[str, Made]:
    return {
        "names of parts": lambda: filled(b"", b"a." * 499 + b"a=1\n", b"", most),
        "nested names": lambda: b"\n".join(b"[%s]" % b".".join([b"a%d" % n] * 300) for n in range(most // 2000)),
        "arrays": lambda: filled(b"a = [", b"1,", b"", most),
        "deep arrays": lambda: b"a = " + b"[" * (most - 10),
        "tables": lambda: filled(b"", b"[[a]]\n", b"x", most),
        "inline tables": lambda: filled(b"a = [", b"{a=1},", b"", most),
        "a long text": lambda: filled(b'a = """', b"\\u04d9", b"", most),
        "a long number": lambda: filled(b"a = 1", b"1", b"", most),
        "comments": lambda: filled(b"", b"#\n", b"x", most),
        "dates": lambda: filled(b"a = [", b"2026-01-01T00:00:00Z,", b"", most),
    }


# CBOR


def _cbor_texts(size: int) -> dict[str, Made]:
    head = b"\x9a" + struct.pack(">I", size - 5)
    return {
        "empty lists": lambda: head + b"\x80" * (size - 5),
        "empty maps": lambda: head + b"\xa0" * (size - 5),
        "numbers": lambda: (
            b"\x9a" + struct.pack(">I", (size - 5) // 9) + b"\x1b" + (b"\1" * 8 + b"\x1b") * ((size - 5) // 9)
        ),
        "short texts": lambda: b"\x9a" + struct.pack(">I", (size - 5) // 3) + b"\x62ab" * ((size - 5) // 3),
        "a long text": lambda: b"\x7a" + struct.pack(">I", size - 5) + b"a" * (size - 5),
    }


def _first(number: int, inputs: dict[str, Made]) -> dict[str, Made]:
    """For a reader that is several: its number stands before each."""
    return {f"{number}: {what}": lambda made=made: bytes([number]) + made() for what, made in inputs.items()}


def _text(most: int = LARGE) -> dict[str, Made]:
    return {
        "one sign": lambda: b"a" * most,
        "brackets": lambda: b"(" * most,
        "lines": lambda: b"\n" * most,
        "letters": lambda: filled(b"", "ә".encode(), b"", most),
        "blanks": lambda: b" " * most,
        "digits": lambda: b"1" * most,
        "signs": lambda: b"-1" * (most // 2),
    }


HEAVIEST: Final[dict[str, dict[str, Made]]] = {
    "acts": {**_json_texts(), "many acts": _many_acts},
    "form.yaml": {**_yaml_texts(), "questions": lambda: _questions_yaml(20_000)},
    "form.xml": {
        **_xml_texts(),
        "20,000 questions": lambda: _form_of(20_000),
        "as many questions as there may be": lambda: _form_of(MOST_QUESTIONS),
        "rules that look at all": lambda: _form_of(MOST_QUESTIONS, b"count(/data/*) &gt; 1"),
        "rules that name all": lambda: (
            _XFORM
            % (
                b"".join(b"<q%d/>" % n for n in range(480)),
                _naming(b"", b'<bind nodeset="/data/%s" calculate="concat(%s)"/>', b"/data/%s"),
                b"",
            )
        ),
        "rules of many signs": lambda: (
            _XFORM
            % (
                b"".join(b"<q%d/>" % n for n in range(120)),
                b"".join(b'<bind nodeset="/data/q%d" calculate="%d%s"/>' % (n, n, b"+1" * 32_000) for n in range(120)),
                b"",
            )
        ),
        "rules of groups within groups": lambda: _nested_rules(90, 1_800),
        "a long rule": lambda: _form_with(filled(b"1", b"+1", b"+", MB - 10)),
        "a deep rule": lambda: _form_with(b"(" * (MB - 10)),
        "a rule of nots": lambda: _form_with(b"not(" * ((MB - 10) // 4)),
        "a list of many": lambda: (
            _XFORM
            % (b"", b"<instance id='a'><root>" + b"<item><name>a</name></item>" * 90_000 + b"</root></instance>", b"<x")
        ),
    },
    "form.csv": {
        "rows": lambda: _csv(3, 19_999),
        "columns": lambda: b"survey,type,name\n" + b"," * (4 * MB - 20),
        "a long cell": lambda: b"survey,type,name\n," + b"x" * (4 * MB - 20),
        "a long heading": lambda: b"survey\n,type,name,label::ru" + b"::ru" * 30_000 + b"\n,text,a,A\n",
        "an open quote": lambda: b'survey,type,name\n,"' + b"a\n" * (2 * MB - 20),
        "cells": lambda: _csv(300, 5_900).replace(b"c0,", b"survey,"),
        "questions": lambda: (
            b"survey,type,name,label\n" + b"".join(b",text,q%d,a\n" % n for n in range(19_000)) + b",x,y,z"
        ),
    },
    "form.md": {
        "rows": lambda: b"| survey |\n" + b"| | text | a | b |\n" * 19_000,
        "rules that name all": lambda: (
            _naming(_MD_RULES, b"| | calculate | %s | Q | concat(%s) |\n", b"${%s}") + _MD_SETTINGS
        ),
        "as many rules as there may be": lambda: _md_naming(1_990, 4),
        "bars": lambda: filled(b"| survey |\n", b"|" * 300 + b"\n", b"", 4 * MB),
        "a long heading": lambda: _md_heads(b"label" + b"::ru" * 250_000),
        "languages": lambda: _md_heads(b" | ".join(b"label::l%d" % n for n in range(290))),
        "questions": lambda: (
            b"| survey |\n| | type | name | label |\n" + b"".join(b"| | text | q%d | a |\n" % n for n in range(19_000))
        ),
    },
    "form.xlsx": {
        "60,000 rows": lambda: _workbook(_SHEET % _rows(60_000)),
        "19,000 questions": lambda: _workbook(_SHEET % _rows(19_000)),
        "as many questions as there may be": lambda: _workbook(_SHEET % _rows(MOST_QUESTIONS)),
        "empty rows": lambda: _workbook(_SHEET % (b"<row/>" * 1_100_000)),
        "far rows": lambda: _workbook(_SHEET % (b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>' * 5)),
        "cells in one row": lambda: _workbook(_SHEET % (b"<row>" + b"<c><v>1</v></c>" * 500_000 + b"</row>")),
        "shared words": lambda: _workbook(
            _SHEET % _rows(5),
            **{"xl/sharedStrings.xml": filled(b"<sst>", b"<si><t>abcdefgh</t></si>", b"</sst>", 30 * MB)},
        ),
        "a long word": lambda: _workbook(
            _SHEET % _rows(5), **{"xl/sharedStrings.xml": b"<sst><si><t>" + b"x" * (30 * MB) + b"</t></si></sst>"}
        ),
        "empty files": lambda: zipped((f"{n:05}", b"") for n in range(60_000)),
        "long headings": lambda: _workbook(
            _SHEET
            % (
                b'<row><c t="inlineStr"><is><t>type</t></is></c>'
                + b"".join(b'<c t="inlineStr"><is><t>%s%d</t></is></c>' % (b"a::" * 8_000, n) for n in range(40))
                + b"</row>"
                + _rows(5)
            )
        ),
        "beside": lambda: _workbook(_SHEET % _rows(5), **{"xl/media/a.png": bytes(31 * MB)}),
    },
    "sheet of form.xlsx": {
        "styles": lambda: _SHEET % (b'<row><c s="1"><f>1+1</f><v>1</v></c></row>' * 100_000),
        "merged": lambda: (_SHEET % _rows(5)).replace(
            b"</sheetData>",
            b"</sheetData><mergeCells>" + b'<mergeCell ref="A1:XFD1048576"/>' * 10_000 + b"</mergeCells>",
        ),
    },
    "packed form": {
        "a list": lambda: zipped([("f.md", b"| survey |\n"), ("a.csv", bytes(31 * MB))]),
        "lists": lambda: zipped([("f.md", b"| survey |\n"), *((f"{n}.csv", b"a" * (300 * 1024)) for n in range(99))]),
        "empty files": lambda: zipped((f"{n:05}", b"") for n in range(60_000)),
        "another packing": lambda: zipped([(f"{n}.csv", bytes(31 * MB)) for n in range(2)], zipfile.ZIP_LZMA),
    },
    "list of choices": {
        **_first(
            0,
            {
                "rows": lambda: b"name,label\n" + b"a,A\n" * 1_000_000,
                "cells": lambda: _csv(100, 19_999),
                "columns": lambda: b"a," * (2 * MB),
            },
        ),
        **_first(1, _json_texts(4 * MB)),
        **_first(1, {"places": lambda: filled(b'{"features":[', b"{},", b"{}]}", 4 * MB)}),
        **_first(2, _xml_texts(4 * MB)),
    },
    "key file": {"nothing": lambda: bytes(LARGE)},
    "share": _text(MB),
    "part": _cbor_texts(25 * MB),
    "spec": _toml_texts(LARGE) | {f"small: {what}": made for what, made in _toml_texts(LARGEST_SPEC).items()},
    "file of cases": {
        "a million rows": lambda: _cases(1_000_000),
        "as many as there may be": lambda: _cases(MOST_ROWS - 2),
        "columns": lambda: b"sex,region," + b"," * (LARGE - 20),
        "a long cell": lambda: b"sex,region\n" + b"a" * (LARGE - 20),
        "wide rows": lambda: b"sex,region\n" + b"," * (LARGE - 20),
        "empty lines": lambda: b"sex,region\n" + b"\n" * (2 * MOST_ROWS),
        "an open quote": lambda: b'sex,region\n"' + b"a\n" * (LARGE // 2 - 20),
        "200 columns": lambda: _csv(200, 120_000).replace(b"c0,c1,", b"sex,region,"),
        "Windows letters": lambda: b"sex,region\n" + "ж,е\n".encode("cp1251") * (LARGE // 4 - 10) + b"x",
        "two bytes a letter": lambda: ("sex,region\n" + "ж,е\n" * (LARGE // 8 - 10)).encode("utf-16"),
        "categories": lambda: b"sex,region\n" + b"".join(b"a%d,b%d\n" % (n, n) for n in range(79_000)) + b"x",
    },
    "release": {
        **{
            f"about: {what}": lambda made=made: made() + b"\n----\ntable,count\n"
            for what, made in _json_texts().items()
        },
        "cells": lambda: b"{}\n----\ntable,a,count\n" + b"".join(b"t,c%d,5\n" % n for n in range(99_000)) + b"t,c,x\n",
        "wide cells": lambda: b"{}\n----\n" + _csv(30, 99_000).replace(b"c0", b"table").replace(b"c29", b"count"),
        "rows": lambda: b"{}\n----\ntable,a,count\n" + b"t,c,5\n" * (10 * MB),
        "a long cell": lambda: b"{}\n----\ntable,a,count\n" + b"x" * (LARGE - 50),
    },
    "stay": {
        **_json_texts(),
        "stays": lambda: filled(
            b'{"citizenship": "UZ", "today": "2026-11-22", "stays": [',
            b'{"in": "2026-11-01", "out": null},',
            b"1]}",
            10 * MB,
        ),
    },
    "settings": _json_texts(),
    "expression": {
        "sums": lambda: filled(b"1", b"+1", b"+", MB),
        "brackets": lambda: b"(" * MB,
        "nots": lambda: b"not(" * (MB // 4),
        "words": lambda: b"'" + b"a" * MB,
        "paths": lambda: b"/a" * (MB // 2),
        "minus": lambda: b"-" * MB,
    },
    "names and dates": _text(MB),
    "answers from phones": _PACKAGES,
    "answers worked out": {"many answers": lambda: _survey_xml(4 * MB - 100)},
    "closed answers": {
        "media": lambda: (
            b'<data id="a" encrypted="yes">' + b"<media><file>a</file></media>" * 100_000 + b"</data>\n----\nx"
        ),
        "a long key": lambda: (
            b'<data id="a"><base64EncryptedKey>' + b"A" * MB + b"</base64EncryptedKey></data>\n----\n"
        ),
    },
    "attachment": _ATTACHMENTS,
    "tables of rules": {
        **_first(0, {"rows": lambda: b"code,kk,ru,en\n" + b"".join(b"c%d,a,a,a\n" % n for n in range(1_000_000))}),
        **_first(1, {"rows": lambda: b"date,kind\n" + b"2026-01-01,x\n" * 1_000_000}),
        **_first(2, {"rows": lambda: b"year,amount\n" + b"2026,1\n" * 1_000_000}),
    },
    "rules": {**_first(0, _toml_texts(LARGE)), **_first(3, _toml_texts(256 * 1024))},
    "backup": _cbor_texts(16 * MB),
    "small files": {
        **_first(0, {"nothing": lambda: bytes(LARGE)}),
        **_first(1, {"nothing": lambda: bytes(LARGE)}),
        **_first(2, {"nothing": lambda: bytes(LARGE)}),
        **_first(3, {"nothing": lambda: bytes(LARGE)}),
    },
    "within seals": {key: made for number in range(7) for key, made in _first(number, _cbor_texts(16 * MB)).items()}
    | _first(7, _json_texts(16 * MB)),
    "typed words": {key: made for number in range(5) for key, made in _first(number, _text(MB)).items()},
    "file of answers": _json_texts(),
    "drafts and kept forms": _first(0, _json_texts(MB)),
    "looking child": {
        "a long answer": lambda: filled(b'{"type": "', b"x", b'"}\n', LARGE),
        "braces": lambda: b"[" * LARGE,
        "codes": lambda: filled(b'{"codes": ["', b'","', b'"]}\n', LARGE),
    },
    "changes of rules": {key: made for number in range(4) for key, made in _first(number, _json_texts(MB)).items()},
    "sealed package": {**_first(0, _cbor_texts(16 * MB)), **_first(0, {"nothing": lambda: bytes(LARGE)})},
    "scan": {"many strokes": lambda: pdf(_STROKES * 400)},
}
"""Beside the sizes at which readers stop there is always a smaller input that goes on as long as it may."""

HARDEST: Final[dict[str, tuple[str, ...]]] = {
    "acts": ("a name twice at the end",),
    "form.xml": ("20,000 questions", "as many questions as there may be", "rules of groups within groups"),
    "form.csv": ("a long heading",),
    "form.md": ("a long heading", "rules that name all"),
    "form.xlsx": ("60,000 rows", "as many questions as there may be"),
    "list of choices": ("0: cells",),
    "file of cases": ("categories",),
    "attachment": ("one endless stroke", "forms within forms", "a wide page", "chunks"),
    "looking child": ("codes",),
}
"""What costs most of all, or did before there were limits: looked at in every run."""
