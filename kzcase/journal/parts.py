"""Parts: one act's operations in one scope, the unit of storage and of exchange."""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import cbor2

from kzcase.domain.errors import TooLarge
from kzcase.journal.acts import SIGNATURE_BYTES, BadAct, Header, decode_header
from kzcase.journal.operations import SCHEMA, Change, Dot, Id, Operation, Value, by_subject, count
from kzcase.journal.reading import is_digest, is_id, is_name, is_number, must, plain_cbor
from kzcase.journal.sealing import KEY_ID_BYTES, Ring, SealBroken, body_digest, open_body, seal_body

MAX_PART: Final = 8 << 20
MAX_BODIES: Final = 16 << 20
MAX_SERIALISED: Final = MAX_PART + MAX_BODIES + (1 << 20)


@dataclass(frozen=True, slots=True)
class Part:
    """`content` is what the header's digest covers; `bodies` hold the values and can be emptied (None).

    `act_id` is known once the header is signed, and stands in neither.
    """

    act_id: Id
    scope: Id
    incarnation: Id
    first_seq: int
    operation_count: int
    content: bytes
    bodies: Mapping[Id, bytes | None]

    @property
    def digest(self) -> bytes:
        """What the act's header holds of this part."""
        return hashlib.sha256(self.content).digest()


def make_part(author: Id, scope: Id, incarnation: Id, first_seq: int, changes: Sequence[Change], ring: Ring) -> Part:
    """Close the values of these changes, one body per subject, and describe the operations without them.

    The part names its author, so that nobody can pass it on under an act of their own. `TooLarge` when no other
    laptop would take it in.
    """
    closed = {subject: min(ring[subject].items()) for subject in by_subject(changes)}
    bodies = {
        subject: seal_body(closed[subject][1], author, scope, subject, values)
        for subject, values in by_subject(changes).items()
    }
    order = {subject: position for position, subject in enumerate(bodies)}
    rows = [[c.entity, c.id, order[c.subject], list(c.fields), _seen(c)] for c in changes]
    digests = [[subject, closed[subject][0], body_digest(body)] for subject, body in bodies.items()]
    content = cbor2.dumps([SCHEMA, author, scope, incarnation, first_seq, rows, digests])
    if len(content) > MAX_PART or sum(map(len, bodies.values())) > MAX_BODIES:
        raise TooLarge(limit="16 MB")
    return Part(b"", scope, incarnation, first_seq, count(changes), content, bodies)


def _seen(change: Change) -> list[list[list[bytes | int]]]:
    """The operations each field replaces; an empty list when the whole row is new."""
    return [[[act_id, seq] for act_id, seq in dots] for dots in change.seen]


def decode_part(untrusted_content: bytes, bodies: Mapping[Id, bytes | None], header: Header) -> Part:
    """A part of this act from its bytes; `BadAct` when it is not one or its bodies are not the ones it names."""
    if len(untrusted_content) > MAX_PART:
        raise BadAct("part too large")
    try:
        schema, author, scope, incarnation, first_seq, rows, digests = plain_cbor(untrusted_content)
        must(is_number(schema), is_id(scope), is_number(first_seq))
        must(author == header.author, incarnation == header.incarnation)
        must(all(is_id(s) and type(k) is bytes and len(k) == KEY_ID_BYTES and is_digest(d) for s, k, d in digests))
        for row in rows:
            _check_row(row, len(digests))
        operation_count = sum(len(row[3]) for row in rows)
        named = {subject: body_of for subject, _, body_of in digests}
        must(operation_count > 0, len(named) == len(digests))
    except (TypeError, ValueError) as error:
        raise BadAct("not a part") from error
    there = {subject: body_digest(body) for subject, body in bodies.items() if body is not None}
    if bodies.keys() != named.keys() or not there.items() <= named.items():
        raise BadAct("a body is not the one the part names")
    named_by = (header.act_id, scope, incarnation, first_seq, operation_count)
    return Part(*named_by, untrusted_content, bodies)


def _check_row(row: Sequence[Any], subjects: int) -> None:
    entity, row_id, position, fields, seen = row
    must(is_name(entity), is_id(row_id), is_number(position, subjects - 1), type(fields) is list, type(seen) is list)
    must(all(map(is_name, fields)), len(seen) in (0, len(fields)), len(set(fields)) == len(fields))
    must(all(is_id(act_id) and is_number(seq) for dots in seen for act_id, seq in dots))


def operations(part: Part, hlc: int, ring: Ring) -> Iterator[Operation]:
    """The operations of a part with their values; an erased body gives None for each of its values."""
    schema, author, _, _, seq, rows, digests = cbor2.loads(part.content)
    subjects = [subject for subject, _, _ in digests]
    keys = {subject: ring.get(subject, {}).get(key) for subject, key, _ in digests}
    values = {subject: iter(_values(part, author, subject, key)) for subject, key in keys.items()}
    for entity, row_id, position, fields, seen in rows:
        subject = subjects[position]
        for index, name in enumerate(fields):
            dots: tuple[Dot, ...] = tuple((a, s) for a, s in seen[index]) if seen else ()
            value = next(values[subject], None)
            named = (part.incarnation, part.scope, seq, part.act_id, hlc, entity, row_id, subject, name)
            yield Operation(*named, value, dots, schema, not seen)
            seq += 1


def keys_of(content: bytes) -> dict[Id, bytes]:
    """The subjects a part has bodies of, each with the id of the key that closed its body."""
    return {subject: key for subject, key, _ in cbor2.loads(content)[6]}


def rows_in(content: bytes) -> set[tuple[str, Id]]:
    """The rows (entity and id) that a part says something of, whether or not its bodies can be read."""
    return {(entity, row_id) for entity, row_id, *_ in cbor2.loads(content)[5]}


def rows_of(content: bytes, subjects: Collection[Id]) -> set[tuple[str, Id]]:
    """The rows (entity and id) that a part says something of in the bodies of these subjects."""
    _, _, _, _, _, rows, digests = cbor2.loads(content)
    positions = {position for position, (subject, _, _) in enumerate(digests) if subject in subjects}
    return {(entity, row_id) for entity, row_id, position, _, _ in rows if position in positions}


def _values(part: Part, author: Id, subject: Id, key: bytes | None) -> list[Value]:
    """What stands in one body: nothing when it was erased, when its key is not here, or when it does not open."""
    body = part.bodies.get(subject)
    if body is None or key is None:
        return []
    try:
        return open_body(key, author, part.scope, subject, body)
    except SealBroken:
        # Whoever sealed it signed bytes that nobody can read. Every laptop sees the same nothing and goes on.
        return []


def serialised(header: bytes, signature: bytes, part: Part) -> bytes:
    """A part as it travels: header, signature, content, bodies."""
    bodies = [[subject, part.bodies.get(subject)] for subject, _, _ in cbor2.loads(part.content)[6]]
    return cbor2.dumps([header, signature, part.content, bodies])


def deserialised(untrusted_part: bytes) -> tuple[Header, bytes, bytes, Part]:
    """(header, its bytes, signature, part), with every digest checked; the author's key is checked by `authority`."""
    if len(untrusted_part) > MAX_SERIALISED:
        raise BadAct("part too large")
    try:
        header_bytes, signature, content, bodies = plain_cbor(untrusted_part)
        must(type(header_bytes) is bytes, type(content) is bytes)
        must(type(signature) is bytes and len(signature) == SIGNATURE_BYTES)
        must(all(is_id(subject) and (body is None or type(body) is bytes) for subject, body in bodies))
        given = dict(bodies)
    except (TypeError, ValueError) as error:
        raise BadAct("not a part") from error
    header = decode_header(header_bytes, signature)
    part = decode_part(content, given, header)
    if (part.scope, part.digest) not in header.parts:
        raise BadAct("the header does not name this part")
    return header, header_bytes, signature, part
