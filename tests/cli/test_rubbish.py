"""Whatever lies where a file, a folder or a casebook should be: the agreed exit code, one sentence, nothing changed."""

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kzcase.cli.files import read_file
from tests.cli.running import OWN, Ran, file_with, run

SPEC = 'base = 5\ntables = [["region"]]\n'
CASES = "region\n" + "a\nb\n" * 40
FORM = "| survey |\n| | type | name | label |\n| | integer | age | Age |\n"

Command = Callable[[Path, Path, Path], tuple[object, ...]]
"""(the file in question, a folder for others, a casebook) → arguments."""


def zipped(name: str, content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return packed.getvalue()


def nested(opening: bytes, closing: bytes = b"") -> bytes:
    return opening * 100_000 + closing * 100_000


RUBBISH: dict[str, bytes] = {
    "nothing": b"",
    "noise": bytes(range(256)) * 40,
    "no UTF-8": b"a,b\n\xff\xfe\xfd\x80",
    "UTF-16": "region\na\n".encode("utf-16"),
    "nulls": bytes(9_000),
    "nested JSON": nested(b"[", b"]"),
    "nested objects": nested(b'{"a":'),
    "nested CBOR": nested(b"\x81"),
    "nested TOML lists": b"a = " + nested(b"["),
    "nested TOML names": b"[" + nested(b"a.") + b"a]\n",
    "nested YAML": b"a: " + nested(b"{a: "),
    "nested XML": nested(b"<a>"),
    "nested quotes": nested(b'"'),
    "a hundred thousand columns": nested(b",") + b"\n",
    "a text of more than a megabyte": b'{"age": "' + b"x" * 1_100_000 + b'"}',
    "nested XML in a workbook": zipped("xl/workbook.xml", nested(b"<a>")),
    "an XML bomb in a workbook": zipped("xl/workbook.xml", bytes(40 << 20)),
    "a workbook without sheets": zipped("a", b""),
}


def summary(cases: Path, spec: Path, others: Path) -> tuple[object, ...]:
    return ("summary", "--cases", cases, "--spec", spec, "--out", others / "out")


TEXTS: dict[str, tuple[str, Command]] = {
    "act": ("x.json", lambda file, _others, book: ("act", book, file)),
    "act --each": ("x.json", lambda file, _others, book: ("act", book, file, "--each")),
    "stay": ("x.json", lambda file, _others, _book: ("stay", file)),
    "answers": ("x.json", lambda file, others, _book: ("form", "answer", file_with(others, "f.md", FORM), file)),
    "a form to answer": (
        "x.md",
        lambda file, others, _book: ("form", "answer", file, file_with(others, "a.json", "{}")),
    ),
    "a spec": ("x.toml", lambda file, others, _book: summary(file_with(others, "c.csv", CASES), file, others)),
    "cases": ("x.csv", lambda file, others, _book: summary(file, file_with(others, "s.toml", SPEC), others)),
}
"""What reads a text → a name for the file, and the command."""

SECRETS: dict[str, tuple[str, Command]] = {
    "a passphrase": ("x.txt", lambda file, _others, book: ("count", book, "--passphrase-file", file)),
    "a new passphrase": (
        "x.txt",
        lambda file, _others, book: ("staff", "add", book, "X", "--role", "auditor", "--new-passphrase-file", file),
    ),
}
FORMS = (".yaml", ".md", ".csv", ".xlsx", ".xml", ".txt", "")


def one_sentence(refused: Ran, *codes: int) -> None:
    assert refused.code in codes, refused.err
    assert refused.out == b""
    assert refused.err.count("\n") == 1
    assert "Traceback" not in refused.err
    assert len(refused.err) < 600


@pytest.fixture
def unopened(tmp_path: Path) -> Path:
    """A casebook that must not even be opened: it is none."""
    return tmp_path / "unopened.kzcase"


@pytest.mark.parametrize("rubbish", RUBBISH)
@pytest.mark.parametrize("reader", TEXTS)
def test_rubbish_is_refused_in_one_sentence(tmp_path: Path, unopened: Path, reader: str, rubbish: str) -> None:
    name, command = TEXTS[reader]
    one_sentence(run(*command(file_with(tmp_path, name, RUBBISH[rubbish]), tmp_path, unopened)), 2)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("rubbish", RUBBISH)
@pytest.mark.parametrize("ending", FORMS)
def test_a_form_that_is_rubbish_is_a_finding(tmp_path: Path, ending: str, rubbish: str) -> None:
    checked = run("form", "check", file_with(tmp_path, f"x{ending}", RUBBISH[rubbish]), "--json")
    document = checked.json("form check")
    assert (checked.code, checked.err, document["ok"]) == (1, "", False)
    assert all(error["message"] for error in document["errors"])


@pytest.mark.parametrize("rubbish", RUBBISH)
@pytest.mark.parametrize("file", ["cells.csv", "release.json"])
def test_a_release_that_is_rubbish_is_refused(tmp_path: Path, file: str, rubbish: str) -> None:
    file_with(tmp_path, "cells.csv", "table,region,count\nregion,a,30\nregion,*,30\n")
    file_with(tmp_path, file, RUBBISH[rubbish])
    if file == "release.json" and rubbish.startswith("a text"):  # JSON that describes nothing
        assert run("attack", tmp_path, "--json").json("attack")["undescribed"] == [str(tmp_path)]
    else:
        one_sentence(run("attack", tmp_path), 2)


@pytest.mark.parametrize("rubbish", ["nothing", "noise", "no UTF-8", "nested CBOR", "a text of more than a megabyte"])
@pytest.mark.parametrize("reader", SECRETS)
def test_a_passphrase_that_is_rubbish_opens_nothing(casebook: Path, tmp_path: Path, reader: str, rubbish: str) -> None:
    name, command = SECRETS[reader]
    one_sentence(run(*command(file_with(tmp_path, name, RUBBISH[rubbish]), tmp_path, casebook)), 2, 3)


READERS = TEXTS | SECRETS


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("there", ["nothing there", "a folder", "below a file", "a name too long"])
def test_what_is_no_file_is_named(tmp_path: Path, casebook: Path, reader: str, there: str) -> None:
    name, command = READERS[reader]
    target = tmp_path / name
    if there == "a folder":
        target.mkdir()
    elif there == "below a file":
        target = file_with(tmp_path, "kept", "kept") / name
    elif there == "a name too long":
        target = tmp_path / ("x" * 300)
    refused = run(*command(target, tmp_path, casebook))
    one_sentence(refused, 2, 3)
    assert target.name[:50] in refused.err
    assert "Nothing was found" not in refused.err
    assert ("is a folder" in refused.err) is (there == "a folder")


@pytest.mark.parametrize("reader", READERS)
def test_a_file_of_more_than_is_sensible_is_not_read(tmp_path: Path, casebook: Path, reader: str) -> None:
    name, command = READERS[reader]
    large = tmp_path / name
    with large.open("wb") as stream:
        stream.truncate((64 << 20) + 1)
    for file in (large, Path("/dev/zero")):
        refused = run(*command(file, tmp_path, casebook))
        one_sentence(refused, 2)
        assert refused.err.startswith(f"{file.name}: ")
        assert "larger than kzcase reads" in refused.err


@pytest.mark.parametrize("place", ["a file", "/dev/null", "nowhere.kzcase", "below/a/folder", "x" * 300])
def test_a_place_without_a_casebook_is_named(tmp_path: Path, passphrase: Path, place: str) -> None:
    target = file_with(tmp_path, "a.kzcase", "x") if place == "a file" else tmp_path / place
    for command in (
        ("count", target),
        ("check", target, "--deep"),
        ("case", "list", target),
        ("staff", "list", target),
    ):
        refused = run(*command)
        one_sentence(refused, 3)
        assert target.name[:50] in refused.err


def test_what_lies_beside_the_database_is_never_believed(casebook: Path) -> None:
    """Nested CBOR, noise and too much of it in every file of a casebook: refused or passed over, never a fault."""
    for name in ("keys-a", "witness", "spool", "lock"):
        kept = (casebook / name).read_bytes() if (casebook / name).exists() else None
        for content in (RUBBISH["nested CBOR"], b""):
            (casebook / name).write_bytes(content)
            assert run("count", casebook).code == 0, name  # the other copy, or anew
        if kept is None:
            (casebook / name).unlink(missing_ok=True)
        else:
            (casebook / name).write_bytes(kept)
    for content in (RUBBISH["nested CBOR"], RUBBISH["noise"], b""):
        for name in ("keys-a", "keys-b"):
            (casebook / name).write_bytes(content)
        one_sentence(run("count", casebook), 3)


def test_the_passphrase_stands_in_no_message(casebook: Path, tmp_path: Path) -> None:
    file = file_with(tmp_path, "x.txt", OWN + " x")
    for command in (("count", casebook), ("act", casebook, tmp_path / "none.json"), ("check", casebook)):
        told = run(*command, "--passphrase-file", file)
        assert not {word for word in OWN.split() if word in told.err}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.parametrize("name", ["form", "act", "summary"])
def test_a_named_pipe_is_refused_and_not_waited_for(casebook: Path, tmp_path: Path, name: str) -> None:
    """Nobody writes into it: to open it would take for ever."""
    pipe = tmp_path / "a.csv"
    os.mkfifo(pipe)
    asked: dict[str, tuple[object, ...]] = {
        "form": ("form", "check", pipe),
        "act": ("act", casebook, pipe),
        "summary": summary(pipe, file_with(tmp_path, "spec.toml", SPEC), tmp_path),
    }
    ran = run(*asked[name])
    assert ran.code == 2
    assert "ordinary file" in ran.err


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="this system hands over no descriptors by name")
def test_what_the_shell_hands_over_as_a_descriptor_is_read() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"whole")
    os.close(writing)
    assert read_file(f"/dev/fd/{reading}") == b"whole"
    os.close(reading)
