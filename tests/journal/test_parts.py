"""Parts: bodies belong to the part that names them, an erased one leaves nothing but its digest."""

from dataclasses import replace
from typing import Any

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzcase.domain.errors import TooLarge
from kzcase.journal import parts
from kzcase.journal.acts import BadAct, sign
from kzcase.journal.operations import Change
from kzcase.journal.parts import Part, decode_part, deserialised, operations, serialised
from kzcase.journal.sealing import seal_body
from tests.journal.making import Signer, an_id, change, header_of, part_of, ring_of, sha, travelling

ONE, OTHER = an_id(2), an_id(4)
RING = ring_of(ONE, OTHER)
PART = part_of([change("notes", an_id(5), ONE, text="құпия"), change("notes", an_id(6), OTHER, text="b", n=1)], RING)


HEADER = header_of([PART])
AUTHOR = Signer(HEADER.author)


def values_of(part: Part) -> list[object]:
    return [operation.value for operation in operations(part, 1, RING)]


def test_operations_come_back_with_their_values() -> None:
    found = list(operations(PART, 7, RING))
    assert [(o.field, o.value, o.seq, o.hlc) for o in found] == [
        ("text", "құпия", 0, 7),
        ("text", "b", 1, 7),
        ("n", 1, 2, 7),
    ]
    assert all(o.makes_row and o.seen == () for o in found)
    assert PART.operation_count == 3


def test_a_field_set_for_the_first_time_does_not_make_its_row() -> None:
    later = Change("cases", an_id(5), ONE, ("closed_on", "kind"), (None, "child"), ((), ((an_id(9), 3),)))
    found = list(operations(part_of([later], RING), 1, RING))
    assert [o.makes_row for o in found] == [False, False]
    assert [o.seen for o in found] == [(), ((an_id(9), 3),)]


def test_values_stand_in_no_part() -> None:
    assert "құпия".encode() not in PART.content
    assert all("құпия".encode() not in (body or b"") for body in PART.bodies.values())


def test_an_erased_body_gives_nothing_and_the_part_still_verifies() -> None:
    erased = decode_part(PART.content, {**PART.bodies, ONE: None}, HEADER)
    assert erased.digest == PART.digest
    assert values_of(erased) == [None, "b", 1]


def test_without_a_key_there_are_no_values() -> None:
    assert [o.value for o in operations(PART, 1, {OTHER: RING[OTHER]})] == [None, "b", 1]
    assert [o.value for o in operations(PART, 1, ring_of(ONE, OTHER))] == [None, None, None]


def test_a_body_its_author_closed_wrongly_gives_nothing() -> None:
    """Signed and well-formed, yet nobody can open it: it must not stop a laptop from taking in the rest."""
    (key,) = RING[ONE].values()
    for body in (
        b"",
        b"short",
        seal_body(key, an_id(1), ONE, an_id(8), ["x"]),
        seal_body(key, *[b"x" * 16] * 3, ["x"]),
    ):
        _, author, scope, device, first, rows, digests = cbor2.loads(PART.content)
        digests[0][2] = sha(body)
        content = cbor2.dumps([1, author, scope, device, first, rows, digests])
        assert values_of(decode_part(content, {**PART.bodies, ONE: body}, HEADER)) == [None, "b", 1]


@pytest.mark.parametrize("bodies", ["other body", "flipped", "missing", "one more", "swapped"])
def test_a_body_the_part_does_not_name_is_refused(bodies: str) -> None:
    one, other = PART.bodies[ONE] or b"", PART.bodies[OTHER] or b""
    given_bodies: dict[bytes, bytes | None] = {
        "other body": {ONE: b"another", OTHER: other},
        "flipped": {ONE: bytes([one[0] ^ 1]) + one[1:], OTHER: other},
        "missing": {OTHER: other},
        "one more": {ONE: one, OTHER: other, an_id(8): b"x"},
        "swapped": {ONE: other, OTHER: one},
    }[bodies]  # type: ignore[assignment]
    with pytest.raises(BadAct):
        decode_part(PART.content, given_bodies, HEADER)


def content(**changed: Any) -> bytes:
    """A part's content with something else in one place."""
    names = ("schema", "author", "scope", "incarnation", "first_seq", "rows", "digests")
    fields = dict(zip(names, cbor2.loads(PART.content), strict=True)) | changed
    return cbor2.dumps(list(fields.values()))


def row(**changed: Any) -> list[Any]:
    fields = {"entity": "notes", "id": an_id(5), "position": 0, "fields": ["text"], "seen": []} | changed
    return list(fields.values())


DIGEST = [ONE, b"k" * 8, sha(b"")]
WRONG = [
    *({"schema": bad} for bad in (-1, "1", None, 1 << 60)),
    *({name: bad} for name in ("author", "scope", "incarnation") for bad in (b"", "x" * 16, None, [ONE])),
    *({"first_seq": bad} for bad in (-1, 1 << 53, 1 << 70, "0", None, 0.0)),
    *({"rows": bad} for bad in ([], None, 5, "rows", [[]], [5], {"a": 1}, [row(), 5])),
    *({"rows": [row(entity=bad)]} for bad in ("", "e" * 65, 5, None, ["notes"])),
    *({"rows": [row(id=bad)]} for bad in (b"x", None, "x" * 16)),
    *({"rows": [row(position=bad)]} for bad in (-1, 2, 99, None, "0", 1 << 70)),
    *({"rows": [row(fields=bad)]} for bad in ([], None, [5], [""], "text", [["text"]], ["text", "text"])),
    *({"rows": [row(seen=bad)]} for bad in (None, [[], []], [5], [[5]], [[[ONE]]], [[[ONE, -1]]], [[["x", 1]]])),
    *({"digests": bad} for bad in ([], None, [DIGEST], [DIGEST, DIGEST], [DIGEST, 5], [[ONE, b"k" * 9, sha(b"")]])),
]


@pytest.mark.parametrize("changed", WRONG, ids=repr)
def test_content_of_the_wrong_shape_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(BadAct):
        decode_part(content(**changed), PART.bodies, HEADER)


def test_the_content_these_are_made_from_is_well_formed() -> None:
    """The canary of the test above: unchanged, it is taken."""
    assert decode_part(content(), PART.bodies, HEADER) == PART


@pytest.mark.parametrize(
    "untrusted", [b"", b"\x81" * 100_000, b"\x9b\x7f" + b"\xff" * 7, cbor2.dumps({"a": [1]}), b"\xff"]
)
def test_bytes_that_are_no_part_are_refused(untrusted: bytes) -> None:
    with pytest.raises(BadAct):
        decode_part(untrusted, {}, HEADER)
    with pytest.raises(BadAct):
        deserialised(untrusted)


def test_too_much_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "plain_cbor", lambda _: pytest.fail("it was read"))
    with pytest.raises(BadAct):
        decode_part(bytes(parts.MAX_PART + 1), {}, HEADER)
    with pytest.raises(BadAct):
        deserialised(bytes(parts.MAX_SERIALISED + 1))


def test_what_no_laptop_would_take_is_not_written() -> None:
    huge = [change("notes", an_id(number), ONE, text="x" * (1 << 20)) for number in range(17)]
    with pytest.raises(TooLarge):
        part_of(huge, RING)


def test_a_part_travels_whole() -> None:
    signer = AUTHOR
    header, header_bytes, signature, part = deserialised(travelling(signer, PART))
    assert replace(part, act_id=b"") == PART
    assert part.act_id == header.act_id == sha(header_bytes + signature)[:16]
    assert header.encoded() == header_bytes
    assert signature == sign(signer, header_bytes)


def test_a_part_the_header_does_not_name_is_refused() -> None:
    stranger = part_of([change("notes", an_id(5), ONE, text="other")], RING)
    for header in (
        header_of([PART]),
        header_of([]),
        header_of([stranger], author=an_id(77)),  # passed on by somebody else as theirs
        header_of([stranger], incarnation=an_id(78)),
    ):
        encoded = header.encoded()
        with pytest.raises(BadAct):
            deserialised(serialised(encoded, sign(AUTHOR, encoded), stranger))
    encoded = header_of([stranger]).encoded()
    assert deserialised(serialised(encoded, sign(AUTHOR, encoded), stranger))  # the canary


@pytest.mark.parametrize(
    "changed",
    [
        {0: "header"},
        {1: None},
        {1: b""},
        {1: bytes(63)},
        {1: bytes(65)},
        {2: 5},
        {3: [[ONE, "text"]]},
        {3: [[[ONE], b"x"]]},
        {3: {"a": b"x"}},
        {3: [[ONE, None]]},
        {3: None},
    ],
    ids=repr,
)
def test_an_envelope_of_the_wrong_shape_is_refused(changed: dict[int, Any]) -> None:
    envelope = cbor2.loads(travelling(AUTHOR, PART))
    for at, value in changed.items():
        envelope[at] = value
    with pytest.raises(BadAct):
        deserialised(cbor2.dumps(envelope))


@given(st.data())
def test_a_changed_byte_never_gives_other_values(data: st.DataObject) -> None:
    """Only the signature can change unnoticed here: whether it holds is for `authority` to say."""
    untrusted = bytearray(travelling(AUTHOR, PART))
    at = data.draw(st.integers(0, len(untrusted) - 1))
    untrusted[at] ^= data.draw(st.integers(1, 255))
    try:
        header, _, _, part = deserialised(bytes(untrusted))
    except BadAct:
        return
    assert replace(part, act_id=b"", bodies=PART.bodies) == PART
    assert header.parts == ((PART.scope, PART.digest),)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(), st.lists))
def test_random_envelopes_are_refused(untrusted: object) -> None:
    with pytest.raises(BadAct):
        deserialised(cbor2.dumps([untrusted, bytes(64), PART.content, []]))
    with pytest.raises(BadAct):
        decode_part(cbor2.dumps(untrusted), {}, HEADER)
