"""What ODK's page of form operators and functions says of each, tried out: every function it lists is here."""

import pytest

from kzcase.forms.functions import FUNCTIONS
from tests.forms.filled import form_of_table, sheet, shown, value_of

# Each line is a sentence of the page (docs.getodk.org/form-operators-functions) as a rule and its result.
SAID = """
1500 + 250 => 1750
1500 - 250 => 1250
200 * 1.18 => 236
50 div 100 => 0.5
(8 mod 2) = 0 => true
'yes' = 'yes' => true
'no' != 'yes' => true
18 > 17 => true
18 >= 18 => true
64 < 65 => true
64 <= 64 => true
30 > -1 and 30 < 120 => true
70 < 19 or 70 > 64 => true
if(1 = 1, 'then', 'otherwise') => then
if(1 = 2, 'then', 'otherwise') => otherwise
once('first') => first
selected('red green purple', 'green') => true
selected('red green purple', 'blue') => false
selected-at('red green purple', 0) => red
selected-at('red green purple', 2) => purple
selected-at('red green purple', 3) =>
count-selected('red green purple') => 3
count(/data/legs) => 3
count-non-empty(/data/legs/days) => 2
sum(/data/legs/days) => 13
max(/data/legs/days) => 10
min(/data/legs/days) => 3
regex('A', '[A-Z]') => true
regex('Ab', '[A-Z]') => false
contains('abcdef', 'cd') => true
starts-with('abcdef', 'abc') => true
ends-with('abcdef', 'def') => true
substr('abcdef', 2, 4) => cd
substr('abcdef', 2) => cdef
substring-before('2026-11-22', '-') => 2026
substring-before('2026-11-22', '/') =>
substring-before('-2026', '-') =>
substring-after('2026-11-22', '-') => 11-22
substring-after('2026-11-22', '/') =>
translate('aabbcc', 'ab', 'AB') => AABBcc
translate('aabbcc', 'abc', 'A') => AA
string-length('abc') => 3
string-length() => 0
normalize-space('  a  b   c ') => a b c
concat('a', 'b', 'c') => abc
concat(/data/legs/days) => 310
join(', ', /data/legs/to) => KZ, UZ,
boolean-from-string('true') => true
boolean-from-string('1') => true
boolean-from-string('yes') => false
string(12) => 12
round(1.239, 2) => 1.24
int(9.99) => 9
number('42') => 42
number(true()) => 1
number(false()) => 0
number('abc') => NaN
string-length(digest('data', 'MD5', 'hex')) => 32
string-length(digest('data', 'SHA-1', 'hex')) => 40
string-length(digest('data', 'SHA-256', 'hex')) => 64
string-length(digest('data', 'SHA-384', 'hex')) => 96
string-length(digest('data', 'SHA-512', 'hex')) => 128
string-length(digest('data', 'MD5')) => 24
base64-decode('YmFzZTY0') => base64
base64-decode('not Base64!') =>
pow(2, 8) => 256
log(exp(3)) => 3
log10(100) => 2
exp10(3) => 1000
abs(-4) => 4
sin(0) => 0
cos(0) => 1
tan(0) => 0
asin(1) * 2 => 3.141592653589793
acos(-1) => 3.141592653589793
atan(1) * 4 => 3.141592653589793
atan2(0, -1) => 3.141592653589793
sqrt(81) => 9
round(exp(1), 5) => 2.71828
round(pi(), 5) => 3.14159
string-length(today()) => 10
contains(now(), 'T') => true
decimal-date-time('1970-01-02T00:00:00.000Z') => 1
date(1) => 1970-01-02
decimal-time('12:00:00.000+05:00') => 0.5
decimal-time('18:00:00.000+05:00') => 0.75
format-date('2026-08-07', '%Y %y %m %n %b %d %e %a') => 2026 26 08 8 Aug 07 7 Fri
format-date-time('2026-08-07T06:05:04.003+05:00', '%H %h %M %S %3') => 06 6 05 04 003
round(area('0 0 0 0;0 1 0 0;1 1 0 0;1 0 0 0;0 0 0 0') div 1000000000) => 12
round(distance('0 0 0 0;0 1 0 0') div 1000) => 111
random() >= 0 and random() < 1 => true
count(randomize(/data/legs)) => 3
string-length(uuid()) => 36
string-length(uuid(12)) => 12
boolean(5) => true
boolean(0) => false
boolean('text') => true
boolean('') => false
boolean(/data/legs) => true
boolean(/data/nothing) => false
boolean(1 = 1) => true
not(1 = 1) => false
coalesce('a', 'b') => a
coalesce('', 'b') => b
coalesce('', '') =>
checklist(2, 3, 'yes', 'no', 'yes') => true
checklist(3, -1, 'yes', 'no', 'yes') => false
checklist(-1, 1, 'yes', 'no', 'no') => true
weighted-checklist(5, 7, 'yes', 2, 'no', 9, 'yes', 4) => true
weighted-checklist(-1, 5, 'yes', 2, 'no', 9, 'yes', 4) => false
true() => true
false() => false
"""
IN_FORMS = frozenset({"position", "indexed-repeat", "jr:choice-name"})
"""Functions the page explains by a form, below."""
BESIDE_THE_PAGE = frozenset(
    {"geofence", "intersects", "extract-signed", "instance", "current", "pulldata", "jr:itext", "version", "date-time"}
)
"""Functions of the specification and of pyxform that stand on other pages, or are tried in test_once_drawn."""


def _pairs() -> list[tuple[str, str]]:
    rows = [line.rpartition("=>") for line in SAID.strip().splitlines()]
    return [(rule.strip(), wanted.strip()) for rule, _sign, wanted in rows]


@pytest.mark.parametrize(("rule", "wanted"), _pairs())
def test_a_rule_gives_what_the_page_says(rule: str, wanted: str) -> None:
    found = shown(value_of(rule))
    try:
        assert float(found) == pytest.approx(float(wanted), nan_ok=True, abs=1e-9)
    except ValueError:
        assert found.strip() == wanted


def test_every_function_is_tried() -> None:
    tried = {name for name in FUNCTIONS if f"{name}(" in SAID} | IN_FORMS | BESIDE_THE_PAGE
    assert tried == set(FUNCTIONS)


COLOURS = form_of_table(
    """
| survey |
| | type | name | label::English (en) | label::Español (es) | calculation | constraint |
| | select_multiple colors | prefs | What colors? | ¿Qué colores? | | count-selected(.)=3 |
| | calculate | color_0 | | | jr:choice-name( selected-at(${prefs}, 0), '${prefs}') | |
| | note | said | Selected: ${color_0} | Seleccionados: ${color_0} | | |
| choices |
| | list_name | name | label::English (en) | label::Español (es) |
| | colors | red | Red | Rojo |
| | colors | green | Green | Verde |
| | colors | purple | Purple | Púrpura |
"""
)


def test_the_name_of_a_choice_is_said_in_the_language_of_the_form() -> None:
    filled = sheet(COLOURS, "en")
    filled.answer("prefs", "red green purple")
    assert filled.text("said", COLOURS.by_path["said"].label) == "Selected: Red"
    filled.speak("es")
    assert filled.text("said", COLOURS.by_path["said"].label) == "Seleccionados: Rojo"
    assert filled.errors() == {}
    filled.answer("prefs", "red green")
    assert set(filled.errors()) == {"prefs"}


def test_parallel_repeats_see_each_other_by_their_position() -> None:
    filled = sheet(
        form_of_table(
            """
| survey |
| | type | name | label | calculation | repeat_count |
| | begin repeat | people | People | | |
| | text | name | Name | | |
| | end repeat | | | | |
| | begin repeat | visits | Visits | | count(${people}) |
| | calculate | who | | indexed-repeat(${name}, ${people}, position(..)) | |
| | end repeat | | | | |
"""
        )
    )
    filled.answer("people[1]/name", "Ada")
    filled.add_repeat("people")
    filled.answer("people[2]/name", "Bea")
    assert [filled.get(f"visits[{n}]/who") for n in (1, 2)] == ["Ada", "Bea"]
