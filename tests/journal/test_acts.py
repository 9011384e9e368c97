"""Headers: one spelling each, and no bytes that are not a header get past without being refused in order."""

from contextlib import suppress
from dataclasses import fields, replace
from typing import Any

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzcase.journal.acts import (
    MAX_HEADER,
    BadAct,
    Header,
    act_id_of,
    decode_header,
    digest,
    founding_tag,
    previous_of,
    sign,
    signature_holds,
)
from tests.journal.making import Signer, an_id, header_of, sha

GOOD = replace(header_of(), parts=((an_id(2), sha(b"part")),))

NAMES = [field.name for field in fields(Header) if field.name != "act_id"]
SIGNED = bytes(64)


def spelled(**changed: Any) -> bytes:
    """The bytes of a header in which one field holds anything."""
    spelling = cbor2.loads(GOOD.encoded())
    for name, value in changed.items():
        spelling[2 + NAMES.index(name)] = value
    return cbor2.dumps(spelling)


def test_a_header_reads_as_it_was_written() -> None:
    assert decode_header(GOOD.encoded(), SIGNED) == GOOD
    with_all = replace(GOOD, parent=an_id(7), reason="себебі", previous=sha(b"before"), must_understand=True)
    assert decode_header(with_all.encoded(), SIGNED) == with_all


WRONG: dict[str, list[Any]] = {
    "kind": ["", "k" * 65, b"note.added", 7, None, ["note.added"], {"a": 1}],
    "author": [b"short", None, [b"x" * 16]],
    "incarnation": [b"short", None, {}],
    "index": [-1, 1 << 53, 1 << 80, 1.0, True, "1", None],
    "previous": [b"x", b"x" * 31, None, "x" * 32],
    "hlc": [-1, 1 << 62, 1 << 63, 1.5, None, "now"],
    "reason": ["r" * 4097, b"bytes", None],
    "parent": [b"x", "x" * 16, 0, False],
    "authority": [(an_id(9), -1), (b"x", 0), ([an_id(9)], 0), (an_id(9),), (an_id(9), 0, 0), None, 5],
    "must_understand": [0, 1, None, "yes"],
    "parts": [
        ((an_id(2), b"short"),),
        (
            (
                b"short",
                sha(b""),
            ),
        ),
        (([an_id(2)], sha(b"")),),
        ((an_id(2),),),
        ((an_id(2), sha(b"a")), (an_id(2), sha(b"b"))),
    ],
}


def test_every_field_is_tried() -> None:
    assert set(WRONG) == set(NAMES)


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_a_field_of_the_wrong_shape_is_refused(name: str, value: object) -> None:
    with pytest.raises(BadAct):
        decode_header(spelled(**{name: value}), SIGNED)


BAD_BYTES = {
    "nothing": b"",
    "a number": b"\x01",
    "an empty list": b"\x80",
    "too few": cbor2.dumps([1, 1, an_id(1)]),
    "another version": cbor2.dumps([2, 1, *cbor2.loads(GOOD.encoded())[2:]]),
    "another suite": cbor2.dumps([1, 2, *cbor2.loads(GOOD.encoded())[2:]]),
    "something after it": GOOD.encoded() + b"\x00",
    "cut off": GOOD.encoded()[:-1],
    "a list of unknown length": b"\x9f" + GOOD.encoded()[1:] + b"\xff",
    "a longer spelling": b"\x98\x0d" + GOOD.encoded()[1:],
    "nested 100,000 deep": b"\x81" * 100_000,
    "nested 60,000 deep": b"\x81" * 60_000,
    "a promise of 2**63 items": b"\x9b" + b"\x7f" + b"\xff" * 7,
    "a promise of 4 GB": b"\x5a\xff\xff\xff\xff",
    "a list that holds itself": b"\xd8\x1c\x81\xd8\x1d\x00",
    "undefined": b"\xf7",
    "too large": cbor2.dumps([1, 1, "x" * MAX_HEADER]),
    "not UTF-8": b"\x8d\x01\x01\x61\xff",
    "a date": cbor2.dumps([1, 1, cbor2.CBORTag(0, "2026-11-22T00:00:00Z")]),
    "a pattern": b"\xd8\x23\x6a(a+)+(((((",
}


@pytest.mark.parametrize("untrusted", BAD_BYTES.values(), ids=BAD_BYTES.keys())
def test_bytes_that_are_no_header_are_refused(untrusted: bytes) -> None:
    with pytest.raises(BadAct):
        decode_header(untrusted, SIGNED)


@pytest.mark.parametrize("tag", range(300))
def test_no_tag_is_read(tag: int) -> None:
    for inside in ("x", 0, [], [0, 0], b"\x00", {}, None):
        with pytest.raises(BadAct):
            decode_header(cbor2.dumps([1, 1, cbor2.CBORTag(tag, inside)]), SIGNED)


@given(st.binary(max_size=300))
def test_random_bytes_are_refused(untrusted: bytes) -> None:
    with pytest.raises(BadAct):
        decode_header(untrusted, SIGNED)


@given(st.integers(0, len(GOOD.encoded()) - 1), st.integers(1, 255))
def test_a_changed_byte_is_refused_or_gives_another_header(at: int, flip: int) -> None:
    changed = bytearray(GOOD.encoded())
    changed[at] ^= flip
    with suppress(BadAct):
        assert decode_header(bytes(changed), SIGNED) != GOOD


def test_only_the_authors_signature_holds() -> None:
    signer, other = Signer(), Signer()
    header = GOOD.encoded()
    signature = sign(signer, header)
    assert signature_holds(signer.public, header, signature)
    assert not signature_holds(other.public, header, signature)
    assert not signature_holds(signer.public, header + b"\0", signature)
    assert not signature_holds(signer.public, header, signature[:-1])
    assert not signature_holds(b"no key", header, signature)
    assert not signature_holds(signer.public, header, signer.sign(header))  # signed for another purpose


def test_the_organisations_id_names_both_keys() -> None:
    assert len({founding_tag(one, other) for one in (bytes(32), b"a" * 32) for other in (bytes(32), b"a" * 32)}) == 4


def test_an_acts_id_is_its_own_digest() -> None:
    """So nobody can give another act the id of this one, not even its author."""
    signer = Signer()
    header = GOOD.encoded()
    signature = sign(signer, header)
    found = decode_header(header, signature)
    assert found.act_id == act_id_of(digest(header, signature)) == sha(header + signature)[:16]
    others = [
        (header, SIGNED),
        (replace(GOOD, index=1).encoded(), signature),
        (replace(GOOD, act_id=an_id(7)).encoded(), SIGNED),
    ]
    assert found.act_id not in {decode_header(*other).act_id for other in others}
    assert replace(GOOD, act_id=an_id(7)).encoded() == header


@pytest.mark.parametrize("previous", [b"", sha(b"before")])
@pytest.mark.parametrize("index", [0, 5, 1 << 50])
def test_the_act_before_is_read_off_without_the_rest(previous: bytes, index: int) -> None:
    assert previous_of(replace(GOOD, previous=previous, index=index).encoded()) == previous
