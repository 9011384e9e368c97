"""Feeds one reader broken input, in a process of its own: `python -m tests.proofs.fuzzer NAME SEED FROM TO`.

What goes in is a sound file with bytes changed, cut, doubled and mixed with what is known to hurt. What comes out must
be a value or one of the program's own errors, soon. It prints one line of JSON: how many, how many refused, the
slowest input and the memory it took; the first fault ends it with words and code 1.
"""

import io
import json
import os
import resource
import signal
import sys
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Any, Final

from kzcase.domain.errors import KzcaseError
from kzcase.journal.acts import BadAct
from tests.proofs.further_readers import FURTHER, Reader

LONGEST: Final = 200_000
"""Bytes of most inputs."""
SWOLLEN: Final = 4_000_000
"""Bytes of one in `ONE_IN`, in which one piece stands again and again; the largest are in `heaviest`."""
ONE_IN: Final = 100
TOO_LONG: Final = 10
"""Seconds of processor time, of this process and those it starts, after which an input is said to hang."""
STANDS_STILL: Final = 120
"""Seconds of any kind, for one that waits without working."""
HURTS: Final = (
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xf4\x8f\xbf\xbf",
    b"[" * 500,
    b"{" * 500,
    b'{"a":' * 300,
    b"(" * 500,
    b"<a>" * 300,
    b"1e400",
    b"-0",
    b"9" * 400,
    b"0x",
    b"NaN",
    b"null",
    b"true",
    b'""',
    b"''",
    b"../" * 40,
    b"%s%n",
    b"=cmd()",
    b"&a;" * 50,
    b"<!DOCTYPE a [<!ENTITY a 'aaaa'>]>",
    b"\r\n",
    b"\t",
    b",",
    b";" * 40,
    "Әғқ".encode(),
    "\u202e\u2066".encode(),
    b"${a}",
    b"concat(" * 60,
    b"2026-02-30",
    b"0000-00-00",
    b"9999-12-31",
    b"*a",
    b"&b *b",
    b"<<: *a",
    b"!!python/object:os.system",
)


def changed(chance: Random, seeds: Sequence[bytes]) -> bytes:
    """A sound example, broken in one to eight ways."""
    made = bytearray(chance.choice(seeds))
    for _each in range(chance.choice((1, 1, 2, 3, 8))):
        at = chance.randrange(len(made) + 1)
        chance.choice((_flip, _cut, _double, _hurt, _mix, _number))(chance, made, at, seeds)
    if chance.randrange(ONE_IN) == 0:
        _swell(chance, made)
        return bytes(made[:SWOLLEN])
    return bytes(made[:LONGEST])


def _swell(chance: Random, made: bytearray) -> None:
    """One piece of it, or what hurts, as often as it takes to be large."""
    at = chance.randrange(len(made) + 1)
    piece = bytes(made[at : at + chance.choice((1, 4, 30, 300))]) or chance.choice(HURTS)
    made[at:at] = piece * (chance.randrange(LONGEST, SWOLLEN) // len(piece))


def _flip(chance: Random, made: bytearray, at: int, _seeds: Sequence[bytes]) -> None:
    if at < len(made):
        made[at] ^= 1 << chance.randrange(8)


def _cut(chance: Random, made: bytearray, at: int, _seeds: Sequence[bytes]) -> None:
    del made[at : at + chance.choice((1, 1, 4, 40, 4000))]


def _double(chance: Random, made: bytearray, at: int, _seeds: Sequence[bytes]) -> None:
    made[at:at] = bytes(made[at : at + chance.choice((1, 8, 200))]) * chance.choice((1, 2, 50))


def _hurt(chance: Random, made: bytearray, at: int, _seeds: Sequence[bytes]) -> None:
    made[at:at] = chance.choice(HURTS)


def _mix(chance: Random, made: bytearray, at: int, seeds: Sequence[bytes]) -> None:
    other = chance.choice(seeds)
    start = chance.randrange(len(other) + 1)
    made[at:at] = other[start : start + chance.choice((10, 100, 2000))]


def _number(chance: Random, made: bytearray, at: int, _seeds: Sequence[bytes]) -> None:
    made[at : at + 2] = str(chance.choice((-1, 0, 1, 255, 65536, 1 << 31, 1 << 63, 1 << 64, 10**30))).encode()


class Hangs(BaseException):
    """An input took too long; not an Exception, so that no reader can swallow it."""


def _hang(_signal: int, _frame: object) -> None:
    raise Hangs


def _worked() -> float:
    """Seconds of processor time of this process and those it waited for."""
    return sum(os.times()[:4])


def _peak() -> int:
    """The most memory this process ever took, and the largest of those it waited for, in kilobytes."""
    return sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def fuzz(reader: Reader, seed: int, first: int, last: int) -> dict[str, Any]:
    """Read the inputs with these numbers; anything but a value or our own error ends it."""
    seeds, refused, slowest = reader.seeds(), 0, 0.0
    for sound in seeds:
        reader.read(sound)  # a sound example that is refused would make this prove nothing
    before = _peak()
    signal.signal(signal.SIGALRM, _hang)
    signal.signal(signal.SIGPROF, _hang)
    for number in range(first, last):
        given, began = changed(Random(f"{seed}/{number}"), seeds), _worked()
        signal.setitimer(signal.ITIMER_PROF, TOO_LONG)  # processor time, so that a busy machine is no hang
        signal.alarm(STANDS_STILL)
        try:
            reader.read(given)
        except reader.refusal:
            refused += 1
        except BaseException as fault:
            raise AssertionError(
                f"input {number} of seed {seed}: {type(fault).__name__}: {fault}\n{given[:300]!r}"
            ) from fault
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.alarm(0)
        slowest = max(slowest, took := _worked() - began)
        if took > TOO_LONG:
            raise AssertionError(f"input {number} of seed {seed} took {took:.1f} s\n{given[:300]!r}")
    return {"inputs": last - first, "refused": refused, "slowest": round(slowest, 2), "grown_kb": _peak() - before}


# The readers


def _form(name: str) -> Callable[[bytes], object]:
    def read(given: bytes) -> object:
        from kzcase.forms.doors import read_form

        return read_form(name, given)

    return read


def _shipped(ending: str) -> list[bytes]:
    return [(Path("resources/forms") / f"victim_screening.{ending}").read_bytes()]


def _small(ending: str) -> list[bytes]:
    from tests.forms import test_doors as sound

    return [{"csv": sound._csv, "md": sound._md, "xlsx": sound._xlsx}[ending]()]


INSIDE: Final = "xl/worksheets/sheet1.xml"


def _inside() -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(_small("xlsx")[0])) as package:
        return [package.read(INSIDE)]


def _workbook_around(given: bytes) -> object:
    """What is broken lies inside a sound package, so that its checks do not stop it at the door."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_small("xlsx")[0])) as package, zipfile.ZipFile(out, "w") as broken:
        for name in package.namelist():
            broken.writestr(name, given if name == INSIDE else package.read(name))
    return _form("f.xlsx")(out.getvalue())


def _acts(given: bytes) -> object:
    from kzcase.actions.perform import read_acts

    return read_acts(given, "acts.json")


def _key_file(given: bytes) -> object:
    from kzcase.keys.layout import parse
    from tests.keys.cheap import TINY

    return parse(given, TINY)


def _a_key_file() -> list[bytes]:
    from tests.actions.shared_laptop import office

    folder = office(Path(tempfile.mkdtemp())).path
    return [path.read_bytes() for path in sorted(folder.glob("*key*"))]


def _share(given: bytes) -> object:
    from kzcase.keys.shares import parse_share

    return parse_share(given.decode("utf-8", "replace"))


def _some_shares() -> list[bytes]:
    from kzcase.keys.shares import share_text
    from tests.actions.shared_laptop import office

    return [share_text(share).encode() for share in office(Path(tempfile.mkdtemp())).shares]


def _part(given: bytes) -> object:
    from kzcase.journal.parts import deserialised

    return deserialised(given)


def _some_parts() -> list[bytes]:
    from tests.db.books import founded
    from tests.demo.test_performed import performed
    from tests.ui.offices import CASE, PARTNER

    with founded(Path(tempfile.mkdtemp())) as book:
        performed(book, [PARTNER, CASE])
        return book.everything()[0]


def _spec(given: bytes) -> object:
    from kzcase.summaries.spec import parse_spec

    return parse_spec(given)


def _cases(given: bytes) -> object:
    from kzcase.summaries.cases_file import parse_cases

    return parse_cases(given, ("sex", "region"))


def _release(given: bytes) -> object:
    from kzcase.summaries.reading import read_release

    folder = Path(tempfile.gettempdir()) / "kzcase-fuzzed-release"
    folder.mkdir(exist_ok=True)
    about, _mark, cells = given.partition(b"\n----\n")
    (folder / "release.json").write_bytes(about)
    (folder / "cells.csv").write_bytes(cells)
    return read_release(folder)


def _stay(given: bytes) -> object:
    from kzcase.db.rulebook import baseline
    from kzcase.domain.json_text import read_json
    from kzcase.domain.stay import count_stay, read_question

    return count_stay(read_question(read_json(given), baseline().codes["country"]))


def _settings(given: bytes) -> object:
    from kzcase.settings import load

    file = Path(tempfile.gettempdir()) / "kzcase-fuzzed-settings.json"
    file.write_bytes(given)
    return load(file)


def _expression(given: bytes) -> object:
    from kzcase.forms.xpath import compile_rule

    return compile_rule(given.decode("utf-8", "replace"), {"a": "/data/a", "b": "/data/b"})


def _words(given: bytes) -> object:
    from kzcase.domain.dates import parse_edtf, read_typed
    from kzcase.domain.iin import check_iin
    from kzcase.domain.names import same_name

    text = given.decode("utf-8", "replace")[:2000]
    one, _mark, other = text.partition("|")
    check_iin(text[:100])
    for read in (parse_edtf, lambda said: read_typed(said, date(2026, 11, 22))):
        try:
            read(one[:100])
        except KzcaseError:
            continue
    return same_name(one[:300], other[:300])


def _attachment(given: bytes) -> object:
    from kzcase.paper.incoming.door import cleaned

    return cleaned(given)


def _package(given: bytes) -> object:
    """A file of answers from a phone: the package, its instances, and what they answer to a form."""
    from kzcase.exchange.instances import instance_of, told_by
    from kzcase.exchange.packages import read_package
    from tests.exchange.forms import survey

    found = read_package("x.zip", given)
    for one in found:
        if one.root is not None:
            instance_of(one.root)
            told_by(survey(), one.root)
    return found


def _phone(form: str, *, closed: bool = False) -> Any:
    from kzcase.exchange.phone_xform import phone_xform
    from kzcase.keys.submission_keys import public_half
    from tests.exchange import forms
    from tests.exchange.phone import Phone

    public = public_half(forms.private_key()) if closed else b""
    return Phone(phone_xform(getattr(forms, form)(), public, "00"))


def _some_packages() -> list[bytes]:
    from tests.exchange.forms import ANSWERS
    from tests.exchange.test_instances import KOBO

    return [_phone("survey").sent(ANSWERS), _phone("survey").filled(ANSWERS), KOBO.encode()]


def _worked_out(given: bytes) -> object:
    """Answers that fit their form as far as reading goes, worked out by its rules."""
    from kzcase.exchange.instances import told_by
    from kzcase.exchange.looking import sheet_of
    from kzcase.exchange.packages import read_package
    from tests.exchange.forms import survey
    from tests.forms_answers import NOW

    (found,) = read_package("x.xml", given)[:1]
    if found.root is None:
        return None
    sheet = sheet_of(survey(), told_by(survey(), found.root), NOW)
    return sheet.values(), sheet.errors()


def _some_instances() -> list[bytes]:
    from tests.exchange.forms import ANSWERS
    from tests.exchange.test_instances import KOBO

    return [_phone("survey").filled(ANSWERS), KOBO.encode()]


MARK: Final = b"\n----\n"


def _closed(given: bytes) -> object:
    """A manifest and the closed answers beside it, one after the other."""
    from kzcase.exchange.closed_answers import opened
    from kzcase.forms.xml_reading import read_xml
    from kzcase.keys.submission_keys import unwrapper
    from tests.exchange.forms import private_key

    manifest, _mark, answers = given.partition(MARK)
    return opened(read_xml(manifest), {"submission.xml.enc": answers}, unwrapper(private_key()))


def _some_closed() -> list[bytes]:
    from tests.exchange.forms import TOLD

    phone = _phone("interview", closed=True)
    files = phone.closed(phone.filled(TOLD))
    return [files["submission.xml"] + MARK + files["submission.xml.enc"]]


def _some_files() -> list[bytes]:
    from tests.paper.incoming.files import TELLING

    return list(TELLING.values())


READERS: Final[dict[str, Reader]] = {
    "acts": Reader(
        lambda: [b'[{"act": "case.opened", "kind": "child", "person": {"names": [{"family": "A"}]}}]'], _acts
    ),
    "form.yaml": Reader(lambda: _shipped("yaml"), _form("f.yaml")),
    "form.xml": Reader(lambda: _shipped("xml"), _form("f.xml")),
    "form.csv": Reader(lambda: _small("csv"), _form("f.csv")),
    "form.md": Reader(lambda: _small("md"), _form("f.md")),
    "form.xlsx": Reader(lambda: _small("xlsx"), _form("f.xlsx")),
    "sheet of form.xlsx": Reader(_inside, _workbook_around),
    "key file": Reader(_a_key_file, _key_file),
    "share": Reader(_some_shares, _share),
    "part": Reader(_some_parts, _part, BadAct),
    "spec": Reader(lambda: [b'base = 5\ntables = [["region", "sex"]]\nperiod = "2026-Q3"\ntitle = "T"\n'], _spec),
    "file of cases": Reader(lambda: [b"sex,region\nf,a\nm,b\n", "sex;region\r\nә;б\r\n".encode()], _cases),
    "release": Reader(
        lambda: [b'{"base": 5, "bound": 5, "variables": {"a": ["x"]}}\n----\ntable,a,count\na,x,5\na,*,5\n'], _release
    ),
    "stay": Reader(
        lambda: [b'{"citizenship": "UZ", "stays": [{"in": "2026-11-01", "out": null}], "today": "2026-11-22"}'], _stay
    ),
    "settings": Reader(lambda: [b'{"language": "kk", "recent": ["/a/b.kzcase"], "lock_after": 5}'], _settings),
    "expression": Reader(
        lambda: [b"${a} = 'x' and (count(${b}) > 2 or not(selected(${a}, 'y')))", b"date(${a}) + 3 * 2 div 4"],
        _expression,
    ),
    "names and dates": Reader(
        lambda: ["Қайырова Әсел|Kairova Asel".encode(), b"1994-05|~1994", b"22.11.2026|990101300123"], _words
    ),
    "answers from phones": Reader(_some_packages, _package),
    "answers worked out": Reader(_some_instances, _worked_out),
    "closed answers": Reader(_some_closed, _closed),
    "attachment": Reader(_some_files, _attachment),
}
"""Every reader of what comes from outside, with those of `further_readers`."""
NAMES: Final = (*READERS, *FURTHER)


def reader_of(name: str) -> Reader:
    """One of them."""
    return READERS[name] if name in READERS else FURTHER[name]()


def main(name: str, seed: str, first: str, last: str) -> None:
    """Fuzz one reader and say what was counted."""
    os.environ.setdefault("KZCASE_HOME", tempfile.mkdtemp(prefix="kzcase-home-"))
    print(json.dumps({"reader": name, **fuzz(reader_of(name), int(seed), int(first), int(last))}))


if __name__ == "__main__":
    main(*sys.argv[1:])
