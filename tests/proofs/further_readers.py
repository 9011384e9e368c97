"""Further readers of untrusted input: rules of an administrator, backups, papers, and what colleagues' laptops seal.

What lies inside a seal is broken before it is sealed: somebody who holds the keys of a casebook can write it so.
"""

import json
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache, partial
from pathlib import Path
from random import Random
from typing import Any, Final

from kzcase.domain.errors import KzcaseError
from kzcase.journal.acts import BadAct
from kzcase.journal.sealing import SealBroken

HOUSE: Final = Path(__file__).resolve().parents[2]
KEY: Final = bytes(range(32))
STORE: Final = bytes(48)
SOMEBODY: Final = bytes(range(16))


@dataclass(frozen=True)
class Reader:
    """One reader of untrusted input: sound examples, and how it is called."""

    seeds: Callable[[], Sequence[bytes]]
    read: Callable[[bytes], object]
    refusal: type[Exception] | tuple[type[Exception], ...] = KzcaseError


def by_first_byte(*readers: Callable[[bytes], object]) -> Callable[[bytes], object]:
    """Several readers under one name: the first byte says which of them reads the rest."""
    return lambda given: readers[given[0] % len(readers)](given[1:]) if given else None


def numbered(*seeds: Sequence[bytes]) -> list[bytes]:
    """Sound examples for `by_first_byte`."""
    return [bytes([number]) + seed for number, group in enumerate(seeds) for seed in group]


@cache
def folder() -> Path:
    """Where files are put that a reader wants to open itself."""
    return Path(tempfile.mkdtemp(prefix="kzcase-fuzzed-"))


def text_of(given: bytes) -> str:
    """What was typed, or stood in a file that was read as text."""
    return given.decode("utf-8", "replace")


# Rules and lists of an administrator


def _rule_text(given: bytes) -> str:
    from kzcase.db.rulebook import _read

    file = folder() / "rule"
    file.write_bytes(given)
    return _read(file, "rules/x")


def _tables() -> Callable[[bytes], object]:
    from kzcase.domain.codes import read_code_list
    from kzcase.domain.mci import read_mci
    from kzcase.domain.workdays import read_calendar

    readers: list[Callable[[str], object]] = [partial(read_code_list, "x"), read_calendar, read_mci]
    return by_first_byte(*(lambda given, read=read: read(_rule_text(given)) for read in readers))


def _some_tables() -> list[bytes]:
    names = (("codes/sex", "codes/need"), ("rules/holidays",), ("rules/mci",))
    return numbered(*([(HOUSE / "resources" / f"{name}.csv").read_bytes() for name in group] for group in names))


def _rules() -> Callable[[bytes], object]:
    from kzcase.db.rulebook import _toml
    from kzcase.domain.consent_ages import read_consent_rules
    from kzcase.domain.deadlines import read_rules
    from kzcase.domain.pathways_reading import read_common, read_pathway
    from kzcase.domain.purposes import read_purposes
    from kzcase.domain.retention import read_retention
    from kzcase.domain.sheets import read_sheets
    from kzcase.summaries.indicators import read_indicators

    shared = HOUSE / "resources" / "rules" / "pathway_common.toml"
    common = read_common(shared.read_text("utf-8"), "x")
    parsed: tuple[Callable[[Any], object], ...]
    parsed = (read_rules, read_retention, read_purposes, read_consent_rules, read_sheets)
    whole: tuple[Callable[[str], object], ...] = (
        lambda text: read_common(text, "x"), lambda text: read_pathway(text, "x", common), read_indicators,
    )  # fmt: skip
    return by_first_byte(
        *(lambda given, read=read: read(_toml({"x": _rule_text(given)}, "x")) for read in parsed),
        *(lambda given, read=read: read(_rule_text(given)) for read in whole),
    )


def _some_rules() -> list[bytes]:
    rules, other = HOUSE / "resources" / "rules", HOUSE / "resources"
    kept = ("deadlines", "retention", "purposes", "consent_ages", "information", "pathway_common")
    names = [rules / f"{name}.toml" for name in kept]
    pathway = (other / "pathways" / "child.toml").read_bytes()
    indicators = (other / "indicators" / "standard.toml").read_bytes()
    return numbered(*([name.read_bytes()] for name in names), [pathway], [indicators])


def _changes() -> Callable[[bytes], object]:
    """What a change of a rule holds, as it comes from another laptop; the first byte says of which sort."""
    from kzcase.domain import rule_changes
    from kzcase.domain.deadlines import DeadlineRules

    def change(given: bytes) -> rule_changes.RuleChange:
        day = date(2026, 11, 22)
        time: dict[str, Any] = {"valid_from": day, "valid_to": day, "checked_on": day}
        return rule_changes.RuleChange(id="0", what="", rule="all", content=text_of(given), source="x", **time)

    def day(given: bytes) -> object:
        return rule_changes.day_off(replace(change(given), rule="2026-11-22"))

    none = DeadlineRules(())
    readers = (
        day,
        lambda given: rule_changes.deadline_rule(change(given), none),
        lambda given: rule_changes.amount(change(given)),
        lambda given: rule_changes.override(change(given)),
    )
    return by_first_byte(*readers)


def _some_changes() -> list[bytes]:
    names = dict.fromkeys(("kk", "ru", "en", "start_kk", "start_ru", "start_en"), "x")
    term = json.dumps({"term": 3, "unit": "days", "remind": [2, 1], **names}).encode()
    off = b'{"code":"new_year","what":"moved","moved_from":"2026-01-01"}'
    return numbered([off], [term], [b'{"amount":4325}'], [b'{"whom":["UZ","TJ"]}'])


# Beside the casebook


def _backup(given: bytes) -> object:
    from kzcase.actions.backup_files import read_about

    (folder() / "backup").mkdir(exist_ok=True)
    (folder() / "backup" / "about").write_bytes(given)
    return read_about(folder() / "backup").damaged_files()


def _some_backups() -> list[bytes]:
    from kzcase.actions.backup_files import describe
    from kzcase.db.backup import Extent

    whole = folder() / "whole"
    whole.mkdir(exist_ok=True)
    (whole / "casebook.db").write_bytes(b"generated")
    describe(whole, "00ff", 3, datetime(2026, 11, 22, tzinfo=UTC), Extent(1, 2, 3, 0, {"cases": b"x" * 32}), KEY)
    return [(whole / "about").read_bytes()]


def _small_files() -> Callable[[bytes], object]:
    from kzcase.db.spool import Spool
    from kzcase.db.tries import Tries
    from kzcase.db.witness import Seal, WitnessFile
    from kzcase.keys.copies import NAMES, load
    from tests.keys.cheap import TINY

    def beside(read: Callable[[Path], object], name: str) -> Callable[[bytes], object]:
        def written(given: bytes) -> object:
            (folder() / name).write_bytes(given)
            return read(folder() / name)

        return written

    return by_first_byte(
        beside(lambda file: WitnessFile(file, Seal.of(SOMEBODY, KEY)).read(), "witness"),
        beside(lambda file: Tries(file).moments(), "tries"),
        beside(lambda file: Spool(file, KEY).waiting(), "spool"),
        beside(lambda file: load(file.parent, TINY), NAMES[0]),
    )


def _some_small_files() -> list[bytes]:
    from kzcase.db.spool import Spool
    from kzcase.db.tries import Tries
    from kzcase.db.witness import Mark, Seal, WitnessFile
    from tests.actions.shared_laptop import office

    at = folder() / "sound"
    at.mkdir(exist_ok=True)
    witness = WitnessFile(at / "witness", Seal.of(SOMEBODY, KEY))
    witness.begin()
    witness.note(Mark(3, 2, b"h" * 32, 1, 0, 1_700_000_000_000))
    witness.note_place("/home/generated")
    Tries(at / "tries").note(datetime(2026, 11, 22, tzinfo=UTC))
    spool = Spool(at / "spool", KEY)
    spool.prepare()
    spool.put(0, 1, b"sealed")
    keys = [path.read_bytes() for path in sorted(office(Path(tempfile.mkdtemp())).path.glob("*key*"))]
    return numbered([(at / "witness").read_bytes()], [(at / "tries").read_bytes()],
                    [(at / "spool").read_bytes()], keys[:1])  # fmt: skip


# Within seals


def _within_seals() -> Callable[[bytes], object]:
    from kzcase.actions.backup_files import Described
    from kzcase.db.erasure_register import _PURPOSE, _opened
    from kzcase.db.read_log import Place, opened
    from kzcase.journal.acts import decode_header
    from kzcase.journal.sealing import open_body, open_keyring, seal
    from kzcase.keys.directory import open_directory
    from kzcase.keys.secret import StoreKey
    from kzcase.summaries.sealed import unsealed

    def looked(given: bytes) -> object:
        try:
            return opened(given, Place(SOMEBODY, SOMEBODY))
        except ValueError:
            return None

    def erased(given: bytes) -> object:
        (folder() / "erased").write_bytes(seal(KEY, _PURPOSE, SOMEBODY, given))
        return _opened(folder() / "erased", KEY, SOMEBODY)

    def extent(given: bytes) -> object:
        at = datetime(2026, 11, 22, tzinfo=UTC)
        bound = Described(folder(), "00", 1, at, {}, b"")._bound()
        return Described(folder(), "00", 1, at, {}, seal(KEY, b"backup about", bound, given)).holds(KEY)

    return by_first_byte(
        looked,
        lambda given: decode_header(given, bytes(64)),
        lambda given: open_body(KEY, SOMEBODY, SOMEBODY, SOMEBODY, seal(KEY, b"body", SOMEBODY * 3, given)),
        lambda given: open_keyring(KEY, SOMEBODY, seal(KEY, b"keyring", SOMEBODY, given)),
        erased,
        lambda given: open_directory(
            seal(bytearray(STORE), b"key file directory", SOMEBODY, given), StoreKey(STORE), SOMEBODY
        ),
        extent,
        lambda given: unsealed(text_of(given)),
    )  # fmt: skip


def _some_sealed() -> list[bytes]:
    import cbor2

    from kzcase.db.read_log import Place, ReadEntry
    from kzcase.disclosure.engine import protect
    from kzcase.keys.directory import _HEAD, PLACES, _packed
    from kzcase.summaries.sealed import sealed
    from tests.db.books import founded
    from tests.demo.test_performed import performed
    from tests.disclosure import cases
    from tests.ui.offices import CASE, PARTNER

    looked = ReadEntry("case.read", SOMEBODY, SOMEBODY, datetime(2026, 11, 22, tzinfo=UTC))
    with founded(Path(tempfile.mkdtemp())) as book:
        performed(book, [PARTNER, CASE])
        header = book._sql.value("SELECT header FROM acts LIMIT 1")
    period = protect(cases.counts("2024Q1"), cases.frame(), base=5, key=KEY, period="2024-Q1")
    assert period is not None
    values = [1, "words", None, True, b"bytes", 1.5, ["list"]]
    return numbered(
        [looked.encoded(Place(SOMEBODY, SOMEBODY), lambda _message: bytes(64))],
        [header],
        [cbor2.dumps(values)],
        [cbor2.dumps({SOMEBODY: [KEY]})],
        [cbor2.dumps([SOMEBODY, [b"part"], [[SOMEBODY, b"ring"]]])],
        [_HEAD.pack(False, KEY, KEY) + b"".join(_packed(None) for _place in range(PLACES))],
        [cbor2.dumps([1, 2, 3, 0, {"cases": KEY}])],
        [sealed(period).encode()],
    )


# What is typed, scanned, kept


@cache
def _book() -> Any:
    from tests.db.books import founded
    from tests.demo.test_performed import performed
    from tests.ui.offices import CASE, PARTNER

    stack = ExitStack()
    book = stack.enter_context(founded(Path(tempfile.mkdtemp())))
    performed(book, [PARTNER, CASE])
    return stack, book


def _typed() -> Callable[[bytes], object]:
    from kzcase.domain.case_filter import read_filter
    from kzcase.domain.ids import from_hex
    from kzcase.domain.name_parts import consonant_key, parse_name
    from kzcase.domain.papers import SlipCode
    from kzcase.domain.printings import read_printing_number
    from kzcase.forms.values import parse_date, parse_moment, parse_time
    from kzcase.i18n import KAZAKHSTAN
    from kzcase.queries.search import answer

    def searched(text: str) -> object:
        with _book()[1].read() as reader:
            return answer(reader, text)

    readers: tuple[Callable[[str], object], ...] = (
        read_printing_number,
        SlipCode.read,
        lambda text: (parse_name(text[:2000]), consonant_key(text[:2000]), from_hex(text)),
        lambda text: (parse_date(text), parse_time(text, KAZAKHSTAN), parse_moment(text, KAZAKHSTAN)),
        searched,
        read_filter,
    )
    return by_first_byte(*(lambda given, read=read: read(text_of(given)) for read in readers))


def _some_typed() -> list[bytes]:
    from kzcase.domain.printings import in_groups, printing_number

    number = printing_number(SOMEBODY)
    return numbered(
        [number.encode(), in_groups(number).lower().encode()],
        [f"KZC1:F-7K3Q2:1.0:{number}:2".encode()],
        ["Қайырова Әсел Нұрланқызы, 1994".encode(), b"Ahmedov Ali ogly"],
        [b"2026-11-22", b"14:30:00.000+05:00", b"2026-11-22T14:30:00.000+05:00"],
        ["Әсел Қайырова".encode(), b"+7 701 000 00 00", b"A-2026-00001"],
        [b'{"kind":["child"],"overdue":true}', b'{"opened_from":"2026-01-01","worker":["me"]}'],
    )


def _answers() -> Callable[[bytes], object]:
    from kzcase.cli.forms import _answers
    from kzcase.domain.json_text import read_json
    from kzcase.forms.answers import AnswerSheet
    from kzcase.forms.library import shipped_form
    from kzcase.i18n import KAZAKHSTAN

    def filled(given: bytes) -> object:
        told, missing = _answers(read_json(given, "answers.json"), "answers.json")
        sheet = AnswerSheet(shipped_form("victim_screening"), now=datetime(2026, 11, 22, tzinfo=KAZAKHSTAN))
        sheet.load(told, missing)
        return sheet.values(), sheet.errors(), sheet.relevance()

    return filled


def _some_answers() -> list[bytes]:
    from kzcase.forms.library import shipped_form

    asked = [question.path for question in shipped_form("victim_screening").asked()][:12]
    told = {path: ("2026-11-22", "yes", "3", "words")[number % 4] for number, path in enumerate(asked)}
    whole = {"answers": told, "missing": {asked[0]: "refused"}}
    return [json.dumps(each, ensure_ascii=False).encode() for each in (told, whole, {asked[0]: ["a", "b"]})]


def _kept() -> Callable[[bytes], object]:
    from kzcase.actions.drafts import content_of
    from kzcase.queries.forms import parsed

    def waiting(given: bytes) -> object:
        from kzcase.actions.waiting_calls import fields_of, wish_of

        return wish_of(fields_of(given) or {})

    return by_first_byte(content_of, lambda given: parsed.__wrapped__(text_of(given)), waiting)


def _some_kept() -> list[bytes]:
    form = (HOUSE / "resources" / "forms" / "victim_screening.xml").read_bytes()
    call = b'{"topics": ["wages"], "note": "typed", "sheets": [{"sheet": "wages", "language": "kk"}], "danger": "yes"}'
    return numbered([b'{"text": "typed", "need": "shelter"}'], [form], [call])


def _child() -> Callable[[bytes], object]:
    """What the process that looks at files answers: a file that took it over would answer anything."""
    from kzcase.paper.incoming import door

    def told(given: bytes) -> object:
        head, _mark, made = given.partition(b"\n")
        door._run = lambda _asked, _content, _looking: (0, head, made)  # type: ignore[assignment]
        answered: list[object] = []
        for ask in (door.cleaned, partial(door.look, media_type="image/png", page=0, width=9),
                    partial(door.codes_in, media_type="image/png"),
                    partial(door.cover, media_type="image/png", boxes={})):  # fmt: skip
            try:
                answered.append(ask(b"x"))
            except KzcaseError as refused:
                answered.append(refused)
        return answered

    return told


def _some_answers_of_the_child() -> list[bytes]:
    said: tuple[dict[str, Any], ...] = (
        {"type": "image/png", "pages": 1, "bytes": 3}, {"width": 1, "height": 1, "bytes": 3},
        {"codes": ["KZC1:A:1:B:1"], "bytes": 3}, {"refused": "damaged"}, {"bytes": 3},
    )  # fmt: skip
    return [json.dumps(each).encode() + b"\nrgb" for each in said]


def _scan(given: bytes) -> object:
    from kzcase.paper.incoming.door import cleaned, codes_in

    made = cleaned(given)
    return codes_in(made.content, made.media_type)


def _some_scans() -> list[bytes]:
    from tests.paper.incoming.worn import worn

    return [worn(Random(number), (90,))[1] for number in range(2)]


def _lists() -> Callable[[bytes], object]:
    from kzcase.forms.list_files import markup_of

    return by_first_byte(*(partial(markup_of, ending) for ending in (".csv", ".geojson", ".xml")))


def _some_packed_forms() -> list[bytes]:
    import io
    import zipfile

    from tests.forms.test_outside_lists import LISTS, TOWNS

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in {"f.md": TOWNS.encode(), **LISTS}.items():
            package.writestr(name, content)
    return [out.getvalue()]


def _packed_form(given: bytes) -> object:
    from kzcase.forms.doors import read_form

    return read_form("f.zip", given)


def _some_lists() -> list[bytes]:
    point = b'{"type": "Point", "coordinates": [71.4, 51.1]}'
    place = b'{"type": "Feature", "id": "a", "properties": {"title": "A"}, "geometry": ' + point + b"}"
    places = b'{"type": "FeatureCollection", "features": [' + place + b"]}"
    tree = b"<root><item><name>a</name><label>A</label></item></root>"
    return numbered([b"name,label\na,A\nb,B\n", b"name;label\na;A\n"], [places], [tree])


def _some_packages() -> Sequence[bytes]:
    from tests.proofs.package_readers import some_packages

    return some_packages()


def _package(given: bytes) -> object:
    from tests.proofs.package_readers import read_package

    return read_package(given)


FURTHER: Final[dict[str, Callable[[], Reader]]] = {
    "tables of rules": lambda: Reader(_some_tables, _tables()),
    "rules": lambda: Reader(_some_rules, _rules()),
    "changes of rules": lambda: Reader(_some_changes, _changes()),
    "backup": lambda: Reader(_some_backups, _backup),
    "small files": lambda: Reader(_some_small_files, _small_files()),
    "within seals": lambda: Reader(_some_sealed, _within_seals(), (KzcaseError, BadAct, SealBroken)),
    "typed words": lambda: Reader(_some_typed, _typed()),
    "file of answers": lambda: Reader(_some_answers, _answers()),
    "drafts and kept forms": lambda: Reader(_some_kept, _kept()),
    "looking child": lambda: Reader(_some_answers_of_the_child, _child()),
    "list of choices": lambda: Reader(_some_lists, _lists()),
    "packed form": lambda: Reader(_some_packed_forms, _packed_form),
    "scan": lambda: Reader(_some_scans, _scan),
    "sealed package": lambda: Reader(_some_packages, _package),
}
"""Each is made when it is wanted, so that naming them all loads nothing."""
