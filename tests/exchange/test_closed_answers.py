"""Answers closed to a key: opened as the specification says, refused as soon as one byte is another."""

import base64
from collections.abc import Callable
from itertools import islice

import pytest

from kzcase.domain.errors import BadSubmission, KzcaseError, NotSealedForYou
from kzcase.exchange.closed_answers import _open_file, initial_vectors, is_closed, opened
from kzcase.exchange.phone_xform import phone_xform
from kzcase.forms.xml_reading import read_xml
from kzcase.keys.submission_keys import fresh_private_key, key_id_of, public_half, unwrapper
from tests.exchange.forms import TOLD, interview, private_key
from tests.exchange.phone import Phone

# Made by ODK Collect and published with ODK Central, whose tests hold the same values.
KEY = base64.b64decode("3TJoHf74zHbDwG3Ta+bcvfUr50C6yF/astfu+CdSnQU=")
VECTORS = {
    0: "39bbb0890f3222269da68b172146477a",
    1: "39bcb0890f3222269da68b172146477a",
    8: "39bcb18a103323279ea68b172146477a",
    15: "39bcb18a103323279ea78c182247487b",
    23: "3abdb28b113424289ea78c182247487b",
    31: "3abdb28b113424289fa88d192348497c",
}
COLLECT_ID = "uuid:99b303d9-6494-477b-a30d-d8aae8867335"
COLLECT_KEY = base64.b64decode("W/Omu2zF3T87S97V5ninlQNrxQsyAFe4C5iiQrPp9r8=")
COLLECT_CLOSED = base64.b64decode(
    "kMhJdk0mZOqvlxndUO3v4+UPvfYoc+bbkPmF3QmhoP7lP/QjHbzqw/IfZxQ54D328eCc4V6jtbrjeAXV+m1cWsCGGLW5KwTAxBjPBXzsZrUe"
    "Y0RISVJ1g9BJoXfSRAjYMrFYOM907BFUIYYxMqpVWGy1lo8ljqY+Sgq1VphkQk/TQGgOVYFALHDLOYnLKuLHvwBLQQwK3lje8CwNlf/b2rY9"
    "qfGC4P1emoiP+YzkLp8eH6x/HfMvRIFoZEaom1i5s3SU4WVwe2Tno4jKD69ojMlQN6VKB7DK4xaRSs2C7zfDm63n1WCyyOAj8mASIFhb3sc3"
    "hD56HTJFUV/TH3UVlzP7oPm/Mm7nEcU3+HdSSwm3I1qFYhsXfVRym41IlbC4Twf660/kUZrugA7Zqd5K9Un3lOVTzYowaF+m5OIOO56wff3z"
    "PBxeOVjANDKR7V6/"
)


def test_vectors_are_those_of_collect() -> None:
    made = list(islice(initial_vectors("uuid:22525f8e-4f2d-41ed-94da-4c46a2478448", KEY), 32))
    assert {at: made[at].hex() for at in VECTORS} == VECTORS


def test_what_collect_closed_opens() -> None:
    second = list(islice(initial_vectors(COLLECT_ID, COLLECT_KEY), 2))[1]
    plain = _open_file({"submission.xml.enc": COLLECT_CLOSED}, "submission.xml.enc", COLLECT_KEY, second)
    assert plain.startswith(b'<?xml version=\'1.0\' ?><data id="encrypted" version="working3"')
    assert plain.endswith(b"<name>bob</name><age>30</age><file>1561432532482.jpg</file></data>")


def files_of(mask: str = "sha256") -> tuple[dict[str, bytes], bytes]:
    """A closed submission with a photo, and what was closed."""
    public = public_half(private_key())
    phone = Phone(
        phone_xform(interview(), public, key_id_of(public).hex()), mask, {"a.jpg": b"one", "b.jpg": b"two" * 99}
    )
    plain = phone.filled(TOLD)
    return phone.closed(plain), plain


@pytest.mark.parametrize("mask", ["sha256", "sha1"])
def test_what_a_phone_closed_opens(mask: str) -> None:
    files, plain = files_of(mask)
    root = read_xml(files["submission.xml"])
    assert is_closed(root)
    made = opened(root, files, unwrapper(private_key()))
    assert (made.answers, dict(made.files)) == (plain, {"a.jpg": b"one", "b.jpg": b"two" * 99})


def test_another_key_opens_nothing() -> None:
    files, _plain = files_of()
    with pytest.raises(NotSealedForYou):
        opened(read_xml(files["submission.xml"]), files, unwrapper(fresh_private_key(2048)))


def manifest(old: str, new: str) -> Callable[[dict[str, bytes]], None]:
    def change(files: dict[str, bytes]) -> None:
        text = files["submission.xml"].decode()
        assert old in text
        files["submission.xml"] = text.replace(old, new, 1).encode()

    return change


def flipped(name: str, at: int) -> Callable[[dict[str, bytes]], None]:
    def change(files: dict[str, bytes]) -> None:
        data = bytearray(files[name])
        data[at] ^= 1
        files[name] = bytes(data)

    return change


CHANGES: dict[str, Callable[[dict[str, bytes]], object]] = {
    "a letter of the answers": flipped("submission.xml.enc", 40),
    "the last byte of the answers": flipped("submission.xml.enc", -1),
    "a letter of a photo": flipped("a.jpg.enc", 3),
    "cut answers": lambda files: files.update({"submission.xml.enc": files["submission.xml.enc"][:-16]}),
    "no answers": lambda files: files.pop("submission.xml.enc"),
    "no photo": lambda files: files.pop("b.jpg.enc"),
    "an empty file": lambda files: files.update({"a.jpg.enc": b""}),
    "another form": manifest('id="phone_interview"', 'id="phone_survey"'),
    "another version": manifest('version="2026.1-', 'version="2026.2-'),
    "another id": manifest("<instanceID>uuid:", "<instanceID>uuid:0"),
    "photos the other way round": manifest("<file>a.jpg.enc</file></media><media><file>b.jpg.enc</file>",
                                           "<file>b.jpg.enc</file></media><media><file>a.jpg.enc</file>"),
    "a photo left out": manifest("<media><file>a.jpg.enc</file></media>", ""),
    "no signature": manifest("base64EncryptedElementSignature>", "x>"),
    "a signature of something else": manifest("ElementSignature>", "ElementSignature>AAAA"),
    "no key": manifest("base64EncryptedKey>", "x>"),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_nothing_changed_goes_through(change: Callable[[dict[str, bytes]], object]) -> None:
    files, _plain = files_of()
    change(files)
    with pytest.raises((BadSubmission, NotSealedForYou, KzcaseError)):
        opened(read_xml(files["submission.xml"]), files, unwrapper(private_key()))
