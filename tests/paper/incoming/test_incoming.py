"""What comes in is made anew: it shows and sounds the same, and says nothing about where, when and by whom."""

import io
import re
import zlib

import pytest
from PIL import Image

from kzcase.domain.errors import FileRefused, TooLarge
from kzcase.paper.incoming import door, recordings
from kzcase.paper.incoming.door import cleaned, cover, look
from kzcase.paper.incoming.limits import JPEG, MAX_FILE, MAX_PAGES, PDF, PNG
from tests.paper.incoming import files
from tests.paper.incoming.files import MARKER, TELLING


def says(content: bytes) -> bool:
    """Whether the marker stands in a file, plain, in UTF-16 or compressed."""
    inflated = []
    for found in re.finditer(rb"x[\x01\x5e\x9c\xda]", content):
        with_rest = zlib.decompressobj()
        try:
            inflated.append(with_rest.decompress(content[found.start() :]))
        except zlib.error:
            continue
    wide = MARKER.decode().encode("utf-16-le")
    return any(MARKER in each or wide in each for each in (content, *inflated))


@pytest.mark.parametrize("kind", TELLING)
def test_nothing_a_file_carried_comes_in(kind: str) -> None:
    assert says(TELLING[kind])  # else this test would find nothing in anything
    assert not says(cleaned(TELLING[kind]).content)


@pytest.mark.parametrize(("kind", "media_type"), [("jpeg", JPEG), ("png", PNG), ("webp", JPEG)])
def test_a_picture_shows_the_same(kind: str, media_type: str) -> None:
    made = cleaned(TELLING[kind])
    assert (made.media_type, made.pages) == (media_type, 1)
    with Image.open(io.BytesIO(made.content)) as picture:
        assert picture.size == (60, 40)
        assert picture.convert("L").getpixel((3, 3)) < 40  # type: ignore[operator]
        assert picture.convert("L").getpixel((50, 30)) > 215  # type: ignore[operator]
        assert not picture.getexif()


def test_a_photo_is_turned_as_the_camera_was_held() -> None:
    with Image.open(io.BytesIO(cleaned(files.jpeg(turned=True)).content)) as picture:
        assert picture.size == (40, 60)


def test_what_lay_under_holes_is_not_shown() -> None:
    with Image.open(io.BytesIO(cleaned(files.png(holes=True)).content)) as picture:
        assert picture.convert("L").getextrema() == (255, 255)


def test_a_pdf_is_kept_as_pictures_of_its_pages() -> None:
    made = cleaned(TELLING["pdf"])
    assert (made.media_type, made.pages) == (PDF, 2)
    page = look(made.content, PDF, 1, 200)
    assert (page.width, page.height) == (200, 100)
    assert page.rows[:3] < b"\x20\x20\x20" < page.rows[-3:]  # the black box at the top left, white at the other end


@pytest.mark.parametrize("kind", ["mp3", "wav", "m4a", "ogg"])
def test_a_recording_sounds_the_same(kind: str) -> None:
    sound = {
        "mp3": b"\xff\xfb\x90\x00" + bytes(413),
        "wav": b"\1\2\3\4\5\6\7\10",
        "m4a": b"mdat\1\2\3\4",
        "ogg": b"stays",
    }
    assert sound[kind] in cleaned(TELLING[kind]).content
    assert b"\xde\xad" not in cleaned(TELLING["m4a"]).content


def test_the_checksum_of_a_changed_ogg_page_is_made_anew() -> None:
    made = cleaned(TELLING["ogg"]).content
    first = made.index(b"OggS", 4)
    page = bytearray(made[first : made.index(b"OggS", first + 4)])
    stored, page[22:26] = bytes(page[22:26]), bytes(4)
    assert recordings._ogg_checksum(page).to_bytes(4, "little") == stored != bytes(4)


def test_a_pdf_tells_no_time_and_is_known_again() -> None:
    made = cleaned(TELLING["pdf"]).content
    assert b"CreationDate(D:20000101" in made
    assert b"/ID[<" + b"0" * 32 in made


@pytest.mark.parametrize("kind", ["jpeg", "png", "pdf"])
def test_what_was_covered_is_gone(kind: str) -> None:
    made = cleaned(TELLING[kind])
    page = made.pages - 1
    copy = cover(made.content, made.media_type, {page: [(0.5, 0.0, 1.0, 1.0)]})
    shown = look(copy, made.media_type, page, 60)
    right = [shown.rows[3 * (row * shown.width + shown.width - 4)] for row in range(shown.height)]
    assert max(right) < 40
    assert shown.rows[3 * (shown.width * (shown.height - 3) + 3)] > 215  # the left stays as it was
    if page:
        assert look(copy, made.media_type, 0, 60).rows[-3:] > b"\xd7\xd7\xd7"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "kind"),
        (b"MZ" + bytes(200), "kind"),
        (b"<svg xmlns='x'/>", "kind"),
        (b"GIF89a" + bytes(100), "kind"),
        (files.jpeg()[:200], "damaged"),
        (files.png()[:60], "damaged"),
        (b"%PDF-1.7\n" + bytes(300), "damaged"),
        (files.pdf(password="generated"), "locked"),
        (files.pdf(pages=MAX_PAGES + 1), "pages"),
        (files.mp3()[:20], "damaged"),
        (files.wav()[:30], "damaged"),
        (files.m4a()[:40], "damaged"),
        (files.ogg()[:60], "damaged"),
    ],
)
def test_what_is_not_taken_is_said_in_words(content: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        cleaned(content)
    assert refused.value.code == code


def test_a_flood_of_pixels_is_refused_before_it_is_decoded() -> None:
    out = io.BytesIO()
    Image.new("1", (9_000, 9_000)).save(out, "PNG")
    with pytest.raises(FileRefused) as refused:
        cleaned(out.getvalue())
    assert refused.value.code == "pixels"


def test_too_large_a_file_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "_ask", None)
    with pytest.raises(TooLarge):
        cleaned(bytes(MAX_FILE + 1))


def test_a_child_that_dies_or_says_nothing_has_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for command in (["false"], ["true"], ["echo", '{"bytes": 5}']):
        monkeypatch.setattr(door, "_command", lambda command=command: command)
        with pytest.raises(FileRefused):
            cleaned(b"x")
