"""How fast paper is: a one-page form and 1,000 referral letters, beside a bare one-page ReportLab document.

Run `python -m bench.paper`; prints one line a measurement with its ratio to the bare document and its budget. What
is counted is the processor's time: nothing here waits, and a busy machine does not lengthen it as much as the clock's.
"""

import io
import statistics
import time
from collections.abc import Callable
from datetime import date

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from kzcase import paths
from kzcase.domain.classes import FieldClass
from kzcase.domain.papers import Organisation, PrintedField, ReferralLetter, SheetHeader
from kzcase.forms.definition import Choice, ChoiceSource, Form, Paper, Question, QuestionKind
from kzcase.i18n import verbatim
from kzcase.paper.forms import form_sheet
from kzcase.paper.letters import referral_letter

LETTERS = 1000
FORM_BUDGET_MS = 60
LETTERS_BUDGET_S = 30
OFFICE = Organisation("«Өріс» қоғамдық қоры", "Алматы қ., Абай даңғылы 1", "+7 700 000 00 00")


def bare_page() -> bytes:
    """What ReportLab costs by itself: one page, one embedded font, forty lines of text."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, initialFontName="Bare")
    canvas.setFont("Bare", 10)
    for line in range(40):
        canvas.drawString(50, 780 - line * 18, f"{line}. Түнейтін орын, тамақ және дәрігер қажет.")
    canvas.save()
    return stream.getvalue()


def header(number: int) -> SheetHeader:
    return SheetHeader(OFFICE, "P12", "1", date(2026, 11, 22), f"2026-A7-{number:05}")


def letter(number: int) -> ReferralLetter:
    fields = (
        PrintedField(verbatim("Тегі, аты"), f"Клиент {number}", FieldClass.IDENTIFYING),
        PrintedField(verbatim("Туған күні"), "17.05.1994", FieldClass.IDENTIFYING),
        PrintedField(verbatim("Телефон"), "+7 701 000 00 00", FieldClass.CONTACT),
    )
    replies = tuple(verbatim(text) for text in ("Қабылданды", "Бас тартылды", "Қосымша мәлімет керек", "Келмеді"))
    reason = "Құжаттары қолында жоқ. Түнейтін орын мен тамақ қажет, қазақ тілінде сөйлейді. " * 3
    return ReferralLetter(
        header(number), "«Үміт» орталығы", "Алматы қ.", fields, frozenset(FieldClass), "Баспана", reason,
        "Ә. Өмірзақова", "+7 700 000 00 00", replies, date(2026, 11, 29),
    )  # fmt: skip


def one_page_form() -> Form:
    """Sixteen questions in pairs and two lists of tick boxes: a full page."""
    yes_no = ChoiceSource("yes_no", tuple(Choice(name, {"kk": name}) for name in ("иә", "жоқ", "белгісіз", "айтпады")))
    half = Paper(width=0.5)
    texts = [
        Question(f"q{number}", f"q{number}", QuestionKind.TEXT, label={"kk": f"{number}-сұрақ"}, paper=half)
        for number in range(14)
    ]
    ticks = [
        Question(
            f"s{number}", f"s{number}", kind, label={"kk": "Қайсысы дұрыс?"}, choices=yes_no, paper=Paper(columns=4)
        )
        for number, kind in enumerate((QuestionKind.SELECT_ONE, QuestionKind.SELECT_MULTIPLE))
    ]
    return Form("bench", "c" * 64, {"kk": "Сауалнама"}, ("kk",), (*texts, *ticks))


def milliseconds(job: Callable[[], object], times: int) -> float:
    """The median of so many runs, the first one left out."""
    job()
    taken = []
    for _run in range(times):
        start = time.process_time()
        job()
        taken.append(1000 * (time.process_time() - start))
    return statistics.median(taken)


def main() -> None:
    """Measure and print."""
    pdfmetrics.registerFont(TTFont("Bare", str(paths.resources("fonts", "Inter-Regular.ttf"))))
    bare = milliseconds(bare_page, 20)
    form = one_page_form()
    answers = {f"q{number}": "Жауап" for number in range(14)} | {"s0": "иә", "s1": "иә жоқ"}
    print(f"bare ReportLab page         {bare:8.1f} ms")
    for name, given in (("one-page form, blank", None), ("one-page form, filled", answers)):
        taken = milliseconds(lambda given=given: form_sheet(form, "kk", given, header(1)), 20)
        print(f"{name:27} {taken:8.1f} ms   {taken / bare:5.1f} x bare   budget {FORM_BUDGET_MS} ms")
    start = time.process_time()
    for number in range(LETTERS):
        referral_letter(letter(number), "kk")
    total = time.process_time() - start
    each = 1000 * total / LETTERS
    print(
        f"{LETTERS:,} referral letters      {total:8.1f} s    {each / bare:5.1f} x bare   budget {LETTERS_BUDGET_S} s"
    )


if __name__ == "__main__":
    main()
