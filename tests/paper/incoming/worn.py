"""Sheets as they come back: scanned askew, photographed from the side, in bad light, through a poor camera."""

import io
from dataclasses import replace
from random import Random

import pypdfium2
from PIL import Image, ImageEnhance, ImageFilter

from kzcase.domain.printings import printing_number
from kzcase.forms.definition import Form, QuestionKind
from kzcase.paper.forms import form_sheet
from tests.paper.forms import ask, three
from tests.paper.rows import header

DESK = 150  # the grey of what a sheet lies on


def sheet_of(number: str) -> bytes:
    """A form with this number of printing."""
    story = ask("story", QuestionKind.TEXT, three("Не болды"))
    form = Form("worn", "c" * 64, three("Үлгі"), ("kk",), (story,))
    return form_sheet(form, "kk", None, replace(header(), printing=number))


def page(number: str, dpi: int) -> Image.Image:
    """The first page as a scanner sees it on a good day."""
    with pypdfium2.PdfDocument(sheet_of(number)) as document:
        picture: Image.Image = document[0].render(scale=dpi / 72).to_pil().convert("L")
    return picture


def worn(chance: Random, sharpness: tuple[int, ...] = (150, 200, 300)) -> tuple[str, bytes]:
    """(number, JPEG) of a sheet that went through chance's hands."""
    number = printing_number(chance.randbytes(16))
    picture = page(number, chance.choice(sharpness))
    picture = picture.rotate(chance.choice((0, 90, 180, 270)), expand=True)
    if chance.random() < 0.5:
        picture = _from_the_side(picture, chance)
    picture = picture.rotate(chance.uniform(-8, 8), expand=True, fillcolor=DESK, resample=Image.Resampling.BICUBIC)
    picture = picture.filter(ImageFilter.GaussianBlur(chance.uniform(0, 0.9)))
    noise = Image.effect_noise(picture.size, chance.uniform(5, 40))
    picture = Image.blend(picture, noise, chance.uniform(0, 0.25))
    picture = ImageEnhance.Brightness(picture).enhance(chance.uniform(0.45, 1.2))
    picture = ImageEnhance.Contrast(picture).enhance(chance.uniform(0.5, 1.3))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=chance.randint(30, 90))
    return number, out.getvalue()


def _from_the_side(picture: Image.Image, chance: Random) -> Image.Image:
    """Corners pulled inwards, as a photograph from one side shows them."""
    width, height = picture.size
    pull = [chance.uniform(0, 0.06) for _corner in range(8)]
    corners = (
        (-pull[0] * width, -pull[1] * height),
        (-pull[2] * width, height * (1 + pull[3])),
        (width * (1 + pull[4]), height * (1 + pull[5])),
        (width * (1 + pull[6]), -pull[7] * height),
    )
    flat = tuple(value for corner in corners for value in corner)
    return picture.transform(picture.size, Image.Transform.QUAD, flat, Image.Resampling.BICUBIC, fillcolor=DESK)
