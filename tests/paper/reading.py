"""Reading papers back: their text, page by page, and the fonts they carry."""

import re
import shutil
import subprocess

import pypdfium2

LINE_HYPHEN = "\x02"  # how pdfium tells a hyphen at the end of a line
POPPLER = shutil.which("pdftotext")


def pages_of(paper: bytes) -> list[str]:
    """The text of each page, as pdfium reads it."""
    document = pypdfium2.PdfDocument(paper)
    try:
        return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]
    finally:
        document.close()


def text_of(paper: bytes) -> str:
    """The whole text with single spaces and unbroken words, so that line breaks do not matter."""
    return " ".join(" ".join(pages_of(paper)).replace(LINE_HYPHEN, "").split())


def poppler_text_of(paper: bytes) -> str:
    """The whole text as poppler's pdftotext reads it, with single spaces."""
    done = subprocess.run([str(POPPLER), "-", "-"], input=paper, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def fonts_of(paper: bytes) -> set[bytes]:
    """The names of all fonts a paper uses, from its font objects, which are never compressed."""
    return set(re.findall(rb"/BaseFont /([A-Za-z0-9+,-]+)", paper))


def squeezed(text: str) -> str:
    """The text without any white space: how letters are compared when lines may break anywhere."""
    return "".join(text.split())
