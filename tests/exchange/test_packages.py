"""Files of answers from strangers: bounded in size, number, depth and ratio, and never unpacked to the disk."""

import io
import struct
import zipfile

import pytest

from kzcase.domain.errors import BadSubmission, TooLarge
from kzcase.exchange import packages
from kzcase.exchange.packages import read_package
from tests.exchange.phone import zipped

ONE = b"<data id='f'><meta><instanceID>uuid:1</instanceID></meta></data>"


def test_one_and_several() -> None:
    assert [found.place for found in read_package("a/b/c.xml", ONE)] == ["c.xml"]
    several = read_package("x.zip", zipped({"one.xml": ONE, "two.xml": ONE, "a.jpg": b"1"}))
    assert [(found.place, dict(found.files)) for found in several] == [
        ("one/one.xml", {"a.jpg": b"1"}),
        ("one/two.xml", {"a.jpg": b"1"}),
    ]


def test_photos_of_another_folder_are_not_taken() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("1/submission.xml", ONE)
        package.writestr("1/media/a.jpg", b"own")
        package.writestr("2/submission.xml", ONE)
        package.writestr("../../etc/passwd", b"x")
        package.writestr("__MACOSX/1/._submission.xml", b"x")
    first, second = read_package("x.zip", out.getvalue())
    assert (dict(first.files), dict(second.files)) == ({"a.jpg": b"own"}, {})


def test_answers_whose_name_leads_elsewhere_are_not_dropped() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("../../etc/evil.xml", ONE)
        package.writestr("1/submission.xml", ONE)
    assert len(read_package("x.zip", out.getvalue())) == 2


def test_what_a_server_lists_in_one_document() -> None:
    listed = b"<root><count>2</count><results>" + ONE + ONE + b"</results></root>"
    assert [found.root.get("id") for found in read_package("data.xml", listed) if found.root is not None] == ["f", "f"]


def test_one_bad_file_is_said_and_the_others_are_read() -> None:
    good, bad = read_package("x.zip", zipped({"a.xml": ONE, "b.xml": b"<data>"}))
    assert (good.problem, good.root is None) == (None, False)
    assert (bad.problem is None, bad.root) == (False, None)


@pytest.mark.parametrize(
    "text",
    [b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", b"<a>" * 300, b"\x00", b"", b"<a b='" + b"x" * (2 << 20) + b"'/>"],
    ids=["dtd", "deep", "nul", "empty", "attribute"],
)
def test_what_is_no_sound_xml_is_said(text: bytes) -> None:
    (found,) = read_package("a.xml", text)
    assert found.problem is not None


def test_too_large_answers_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "LARGEST_ANSWERS", 10)
    (found,) = read_package("a.xml", ONE)
    assert found.problem is not None


def bomb() -> bytes:
    """4 KB that unpack to 4 MB and say they are 10 bytes."""
    made = bytearray(zipped({"a.xml": bytes(4 << 20)}))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", made, made.find(mark) + at, 10)
    return bytes(made)


def test_a_bomb_is_refused_and_stops_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    good, bad = read_package("x.zip", zipped({"a.xml": bytes(4 << 20), "b.xml": ONE}))
    assert (good.place, good.problem, bad.place, bad.root) == ("one/b.xml", None, "one/a.xml", None)
    (found,) = read_package("x.zip", bomb())
    assert (found.root, found.problem is None) == (None, False)
    monkeypatch.setattr(packages, "MOST_UNPACKED", 1 << 20)
    with pytest.raises(TooLarge):
        read_package("x.zip", zipped({"a.xml": bytes(4 << 20), "b.xml": ONE}))


def test_a_damaged_or_locked_file_is_named_and_the_others_are_read() -> None:
    whole = zipped({"a.xml": ONE, "b.xml": ONE.replace(b"uuid:1", b"uuid:2"), "c.xml": ONE})
    at = whole.rfind(b"PK\x01\x02", 0, whole.rfind(b"one/b.xml"))
    damaged = bytearray(whole)
    damaged[at + 16] ^= 1  # the check sum of the second file
    locked = bytearray(whole)
    locked[at + 8] |= 1
    for given in (damaged, locked):
        *good, bad = read_package("x.zip", bytes(given))
        assert [found.place for found in good] == ["one/a.xml", "one/c.xml"]
        assert (bad.place, bad.root, bad.problem is None) == ("one/b.xml", None, False)


def test_a_file_whose_name_is_destroyed_is_named_and_the_others_are_read() -> None:
    whole = zipped({"a.xml": ONE, "b.xml": ONE})
    at = whole.rfind(b"PK\x01\x02")
    damaged = whole[: at + 46] + b"\0" + whole[at + 47 :]  # a name ends at the first nothing
    *good, bad = read_package("x.zip", damaged)
    assert [found.place for found in good] == ["one/a.xml"]
    assert (bad.place, bad.root, bad.problem is None) == ("?", None, False)


def test_too_many_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MOST_FILES", 2)
    with pytest.raises(TooLarge):
        read_package("x.zip", zipped({f"{number}.xml": ONE for number in range(3)}))
    monkeypatch.setattr(packages, "MOST_FILES", 5)
    monkeypatch.setattr(packages, "MOST_SUBMISSIONS", 2)
    with pytest.raises(TooLarge):
        read_package("x.zip", zipped({f"{number}.xml": ONE for number in range(3)}))
    monkeypatch.setattr(packages, "MOST_UNPACKED", 100)
    with pytest.raises(TooLarge):
        read_package("x.zip", zipped({"a.xml": ONE, "b.xml": ONE}))


def test_an_endless_list_of_files_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MOST_FILES", 1)
    given = zipped({"a.xml": ONE, "b.xml": ONE, "c.xml": ONE})

    def never(*_given: object, **_more: object) -> None:
        pytest.fail("the list was read")

    monkeypatch.setattr(packages.zipfile, "ZipFile", never)
    with pytest.raises(TooLarge):
        read_package("x.zip", given)


@pytest.mark.parametrize("given", [b"PK\x03\x04", b"PK\x03\x04" + b"\x00" * 90, zipped({"a.xml": ONE})[:-30]])
def test_damaged_packages_are_refused(given: bytes) -> None:
    with pytest.raises(BadSubmission):
        read_package("x.zip", given)


def test_of_two_of_one_name_neither_is_believed_and_nothing_at_all_is_said() -> None:
    twice = zipped({"a.xml": ONE, "b.xml": ONE, "c.xml": ONE}).replace(b"b.xml", b"a.xml")
    good, bad = read_package("x.zip", twice)
    assert (good.place, bad.place, bad.root) == ("one/c.xml", "one/a.xml", None)
    with pytest.raises(BadSubmission):
        read_package("x.zip", zipped({"a.jpg": b"1"}))
