"""Recordings, kept as they sound: what they say about where, when and with what they were made is taken out."""

import struct
from collections.abc import Callable, Iterator
from typing import Final

from kzcase.paper.incoming.limits import M4A, MP3, OGG, WAV, Refused

_TAG_HEADER: Final = 10
_OLD_TAG: Final = 128
_CONTAINERS: Final = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl"})
_TELLING: Final = frozenset({b"udta", b"meta", b"uuid", b"iods"})
_DATED: Final = frozenset({b"mvhd", b"tkhd", b"mdhd"})
_MAX_BOXES: Final = 100_000
_MOST_TAGS: Final = 16
_MOST_CHUNKS: Final = 1_000


def clean_recording(untrusted: bytes, media_type: str) -> bytes:
    """The same sound without tags. Raises Refused("damaged") where the file does not hold together."""
    return _CLEANERS[media_type](untrusted)


def _mp3(untrusted: bytes) -> bytes:
    """Without ID3 tags before and behind, APE tags behind."""
    at = 0
    for _tag in range(_MOST_TAGS):
        if untrusted[at : at + 3] != b"ID3" or len(untrusted) <= at + _TAG_HEADER:
            break
        sizes = zip(untrusted[at + 6 : at + 10], (21, 14, 7, 0), strict=True)
        size = sum((byte & 0x7F) << shift for byte, shift in sizes)
        at += _TAG_HEADER + size + (_TAG_HEADER if untrusted[at + 5] & 0x10 else 0)
    if len(untrusted) < at + 4 or untrusted[at] != 0xFF or untrusted[at + 1] & 0xE0 != 0xE0:
        raise Refused("damaged")
    sound = untrusted[at:]
    if sound[-_OLD_TAG : -_OLD_TAG + 3] == b"TAG":
        sound = sound[:-_OLD_TAG]
    end = sound.rfind(b"APETAGEX", max(0, len(sound) - (1 << 20)))
    sound = sound[: sound.find(b"APETAGEX", max(0, len(sound) - (1 << 20)))] if end >= 0 else sound
    if len(sound) < 4:
        raise Refused("damaged")
    return sound


def _wav(untrusted: bytes) -> bytes:
    """Only how the samples are written, and the samples."""
    kept, at = [], 12
    for _chunk in range(_MOST_CHUNKS):
        if at + 8 > len(untrusted):
            break
        name, size = struct.unpack_from("<4sI", untrusted, at)
        chunk = untrusted[at : at + 8 + size]
        if name in (b"fmt ", b"data", b"fact"):
            kept.append(chunk + b"\0" * (len(chunk) & 1))
        at += 8 + size + (size & 1)
    body = b"".join(kept)
    if b"fmt " not in body[:4] or not any(chunk[:4] == b"data" for chunk in kept):
        raise Refused("damaged")
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WAVE" + body


def _m4a(untrusted: bytes) -> bytes:
    """Boxes that tell something are emptied in place, so that no sample moves; dates become zero."""
    clean = bytearray(untrusted)
    seen = {name for name, _, _ in _emptied(clean, 0, len(clean), [0])}
    if not {b"ftyp", b"moov", b"mdat"} <= seen:
        raise Refused("damaged")
    return bytes(clean)


def _emptied(clean: bytearray, start: int, end: int, count: list[int]) -> Iterator[tuple[bytes, int, int]]:
    """Walk the boxes of one level, emptying as we go; (name, from, to) of each."""
    at = start
    while at + 8 <= end:
        count[0] += 1
        size, name = struct.unpack_from(">I4s", clean, at)
        head = 16 if size == 1 else 8
        size = struct.unpack_from(">Q", clean, at + 8)[0] if size == 1 and at + 16 <= end else size or end - at
        if not head <= size <= end - at or count[0] > _MAX_BOXES:
            raise Refused("damaged")
        yield name, at + head, at + size
        if name in _TELLING:
            clean[at + 4 : at + 8] = b"free"
            clean[at + head : at + size] = bytes(size - head)
        elif name in _DATED:
            _forget_dates(clean, at + head, at + size)
        elif name in _CONTAINERS:
            yield from _emptied(clean, at + head, at + size, count)
        at += size


def _forget_dates(clean: bytearray, start: int, end: int) -> None:
    """When it was made and changed: two numbers behind the version."""
    length = 16 if end > start and clean[start] == 1 else 8
    if end - start >= 4 + length:
        clean[start + 4 : start + 4 + length] = bytes(length)


def _ogg(untrusted: bytes) -> bytes:
    """The list of comments is emptied in its page, and the page's checksum is made anew."""
    at = pages = 0
    while at < len(untrusted) and pages < 3:
        if untrusted[at : at + 4] != b"OggS" or at + 27 > len(untrusted):
            raise Refused("damaged")
        table = untrusted[at + 27 : at + 27 + untrusted[at + 26]]
        first, end = at + 27 + len(table), at + 27 + len(table) + sum(table)
        mark = next((m for m in (b"OpusTags", b"\x03vorbis") if untrusted.startswith(m, first)), None)
        if mark:
            clean = bytearray(untrusted)
            _forget_comments(clean, first + len(mark), first + _first_packet(table))
            clean[at + 22 : at + 26] = bytes(4)
            clean[at + 22 : at + 26] = struct.pack("<I", _ogg_checksum(clean[at:end]))
            return bytes(clean)
        at, pages = end, pages + 1
    raise Refused("damaged")


def _first_packet(table: bytes | bytearray) -> int:
    """How long the first packet of a page is; one that goes on in the next page carries a picture or a book."""
    short = next((position for position, size in enumerate(table) if size < 255), None)
    if short is None:
        raise Refused("tags")
    return sum(table[: short + 1])


def _forget_comments(clean: bytearray, start: int, end: int) -> None:
    """No vendor, no comments, and the set bit with which Vorbis ends them."""
    if end - start < 9:
        raise Refused("damaged")
    clean[start:end] = bytes(end - start)
    clean[start + 8] = 1


def _ogg_checksum(page: bytes | bytearray) -> int:
    """CRC-32 of RFC 3533: polynomial 0x04c11db7, neither reflected nor inverted."""
    register = 0
    for byte in page:
        register ^= byte << 24
        for _ in range(8):
            register = ((register << 1) ^ (0x04C11DB7 if register & 0x80000000 else 0)) & 0xFFFFFFFF
    return register


_CLEANERS: Final[dict[str, Callable[[bytes], bytes]]] = {MP3: _mp3, WAV: _wav, M4A: _m4a, OGG: _ogg}
