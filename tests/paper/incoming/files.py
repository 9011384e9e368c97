"""Generated photos, scans and recordings that say more than they show: each carries MARKER where nobody looks."""

import io
import struct

from PIL import Image, PngImagePlugin
from reportlab.pdfgen import canvas

MARKER = b"MARKER-51.1694N-71.4491E"
WORDS = MARKER.decode()


def drawn(width: int = 60, height: int = 40) -> Image.Image:
    """White with a black corner at the top left, so that turning and covering show."""
    picture = Image.new("RGB", (width, height), "white")
    picture.paste("black", (0, 0, width // 4, height // 4))
    return picture


def jpeg(*, turned: bool = False) -> bytes:
    facts, out = Image.Exif(), io.BytesIO()
    facts[0x010F] = WORDS
    facts[0x0112] = 6 if turned else 1
    drawn().save(out, "JPEG", exif=facts, comment=MARKER, icc_profile=MARKER * 10)
    return out.getvalue()


def png(*, holes: bool = False) -> bytes:
    facts, out = PngImagePlugin.PngInfo(), io.BytesIO()
    facts.add_text("Author", WORDS)
    facts.add_itxt("Place", WORDS, zip=True)
    picture = drawn().convert("RGBA")
    if holes:
        picture.putalpha(0)
    picture.save(out, "PNG", pnginfo=facts)
    return out.getvalue()


def webp() -> bytes:
    facts, out = Image.Exif(), io.BytesIO()
    facts[0x010F] = WORDS
    drawn().save(out, "WEBP", exif=facts, lossless=True)
    return out.getvalue()


def pdf(pages: int = 2, password: str | None = None) -> bytes:
    out = io.BytesIO()
    sheet = canvas.Canvas(out, pagesize=(200, 100), encrypt=password, pageCompression=0)
    sheet.setAuthor(WORDS)
    sheet.setTitle(WORDS)
    for _ in range(pages):
        sheet.drawString(20, 20, WORDS)
        sheet.rect(0, 50, 50, 50, fill=1)
        sheet.showPage()
    sheet.save()
    return out.getvalue()


def mp3() -> bytes:
    tag = b"TIT2" + struct.pack(">I", len(MARKER) + 1) + b"\0\0\3" + MARKER
    head = b"ID3\x03\0\0" + bytes((len(tag) >> shift) & 0x7F for shift in (21, 14, 7, 0))
    return head + tag + b"\xff\xfb\x90\x00" + bytes(413) + b"TAG" + MARKER.ljust(125, b"\0")


def wav() -> bytes:
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, 8000, 16000, 2, 16)
    told = b"LIST" + struct.pack("<I", len(MARKER)) + MARKER
    body = form + told + b"data" + struct.pack("<I", 8) + b"\1\2\3\4\5\6\7\10"
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WAVE" + body


def box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), name) + content


def m4a() -> bytes:
    head = box(b"mvhd", bytes(4) + b"\xde\xad\xbe\xef\xde\xad\xbe\xef" + bytes(88))
    told = box(b"udta", box(b"meta", MARKER))
    return box(b"ftyp", b"M4A \0\0\0\0") + box(b"moov", head + told) + box(b"mdat", b"\1\2\3\4")


def ogg_page(number: int, packets: list[bytes]) -> bytes:
    table = b"".join(b"\xff" * (len(p) // 255) + bytes([len(p) % 255]) for p in packets)
    return struct.pack("<4sBBqIIIB", b"OggS", 0, 0, 0, 7, number, 0, len(table)) + table + b"".join(packets)


def ogg() -> bytes:
    comments = b"OpusTags" + struct.pack("<I", 4) + b"mine" + struct.pack("<II", 1, len(MARKER)) + MARKER
    return ogg_page(0, [b"OpusHead" + bytes(11)]) + ogg_page(1, [comments, b"stays"]) + ogg_page(2, [b"\1\2\3"])


TELLING = {
    "jpeg": jpeg(),
    "png": png(),
    "webp": webp(),
    "pdf": pdf(),
    "mp3": mp3(),
    "wav": wav(),
    "m4a": m4a(),
    "ogg": ogg(),
}
