"""A paper printed through a real queue leaves nothing behind but the sheet: no page, no word, no telling name.

What prints is the program's own preview, followed by strace; what prints to is a real cupsd and a network printer.
"""

import os
import re
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import qGray

from kzcase.ui import paper_pages
from tests.proofs.conftest import Proving
from tests.proofs.hunting import Trace, files_under, traces
from tests.proofs.printer import QUEUE, Printing, printing_system, wait_until
from tests.proofs.proving import Proof

ROOT = Path(__file__).parents[2]
SHEETS = 5
FAMILY, GIVEN, NOTE = "Сыналғанов", "Шерзод", "Кірпіш зауытында"
WORDS = (FAMILY, GIVEN, NOTE)
MEMORY = Path("/dev/shm")
NEUTRAL, ALIKE = "A4", 0.8
PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication
from kzcase.actions.papers import WantedPaper, print_paper
from kzcase.ui.widgets.pdf import PreviewDialog
from tests.actions.steps import CASE, do
from tests.db.books import founded

folder, queue, language = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
application = QApplication(sys.argv[:1])
person = {{"names": [{{"family": "{family}", "given": "{given}"}}], "sex": "male", "birth": "1994-05"}}
with founded(folder) as book:
    case = do(book, **(CASE | {{"person": person, "note": "{note}"}})).ids["case"].hex()
    content = print_paper(book, WantedPaper("case_sheet", language, case)).content
(Path(sys.argv[4]) / "expected.pdf").write_bytes(content)
dialog = PreviewDialog(content)
dialog.show()
while not dialog.preview.sheets.sizes:
    application.processEvents()
done = []
dialog.preview.printed.connect(done.append)
dialog.preview.print_to(QPrinter(QPrinterInfo.printerInfo(queue), QPrinter.PrinterMode.HighResolution))
while not done:
    application.processEvents()
dialog.close()
"""
_HANDED_OVER = re.compile(r"[0-9a-f]{10,14}")
"""How the library of the printing system names its temporary files: the printer's description, then the pages."""
_OPENED = re.compile(r'openat\([^,]*, "([^"]+)", [^)]*O_CREAT')


@dataclass(frozen=True)
class Printed:
    """What one print left: the sheet, every file there is, every file that was ever made, and the paper as shown."""

    sheet: bytes
    left: tuple[Path, ...]
    made: tuple[str, ...]
    paper: bytes
    queue: str

    def words(self) -> list[Trace]:
        return traces(self.left, WORDS)

    def pages(self) -> list[Path]:
        """Files that hold a document or a picture: what only the printer should have."""
        return [file for file in self.left if re.search(rb"%PDF-|%!PS|\x89PNG|\xff\xd8\xff", file.read_bytes()[:1024])]


def one_print(folder: Path, printing: Printing, language: str) -> Printed:
    """A case's sheet printed by the preview in a program of its own."""
    home, shown, session = folder / "home", folder / "shown", Path(mkdtemp(prefix="kzcase-session-", dir=MEMORY))
    for place in (home, shown, folder / "temp"):
        place.mkdir(parents=True)
    before, log = len(printing.printer.sheets), folder / "strace"
    program = PROGRAM.format(family=FAMILY, given=GIVEN, note=NOTE)
    environment = os.environ | printing.environment | {"HOME": str(home), "TMPDIR": str(folder / "temp")}
    environment |= {"QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": str(session), "PYTHONDONTWRITEBYTECODE": "1"}
    strace = ["strace", "-f", "-qq", "-s", "4096", "-e", "trace=openat", "-o", str(log)]
    command = [*strace, sys.executable, "-c", program, str(home), QUEUE, language, str(shown)]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode()[-2000:]
    wait_until(lambda: len(printing.printer.sheets) > before and not printing.jobs("not-completed"))
    (home / "output").write_bytes(ran.stdout + ran.stderr)
    left = files_under(home, session, folder / "temp", printing.root)
    made = tuple(_OPENED.findall(log.read_text(errors="replace")))
    paper = (shown / "expected.pdf").read_bytes()
    rmtree(session)
    return Printed(printing.printer.sheets[-1], tuple(left), made, paper, printing.jobs("completed"))


def alike(sheet: bytes, paper: bytes) -> float:
    """How alike the first pages of two papers look, blurred to the size of a stamp: 1 the same, 0 nothing in common."""
    return statistics.correlation(*(_stamp(pdf) for pdf in (sheet, paper)))


def _stamp(pdf: bytes) -> list[int]:
    """The page's grey values, 60 by 85."""
    smooth = Qt.TransformationMode.SmoothTransformation
    image = paper_pages.picture(pdf, 0, 1.0).scaled(60, 85, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    return [qGray(image.pixel(x, y)) for y in range(85) for x in range(60)]


def nothing_but_the_sheet(proof: Proof, folder: Path, printing: Printing) -> None:
    for number, chance in proof:
        printed = one_print(folder / str(number), printing, chance.choice(("kk", "ru", "en")))
        assert alike(printed.sheet, printed.paper) > ALIKE, proof.which()
        assert printed.words() == [], proof.which()
        assert printed.pages() == [], proof.which()
        ways = [Path(name).is_relative_to(MEMORY) for name in printed.made if _HANDED_OVER.fullmatch(Path(name).name)]
        assert ways[-1], f"{proof.which()}: the pages passed over the disk"
        proof.seen["sheets"] += 1
        proof.seen["files looked through"] += len(printed.left)
        proof.seen["pages passed through memory"] += ways[-1]
    proof.end()
    assert proof.seen["pages passed through memory"] >= proof.done


@pytest.mark.proof
def test_print_queue(tmp_path: Path, proving: Proving) -> None:
    with printing_system() as printing:
        nothing_but_the_sheet(proving("print_queue", SHEETS), tmp_path / "days", printing)
        logs = b"".join(file.read_bytes() for file in files_under(printing.root))
    assert NEUTRAL.encode() in logs
    assert b"kzcase" not in logs.replace(str(printing.root).encode(), b"").lower()


@pytest.mark.proof
def test_print_queue_canary(tmp_path: Path) -> None:
    """A printing system that keeps what it printed is noticed, and so is a sheet that is another one."""
    with printing_system(keeps=True) as printing:
        printed = one_print(tmp_path / "day", printing, "kk")
        assert [file.name[0] for file in printed.pages()] == ["d"]
    assert alike(printed.sheet, _another_page()) < ALIKE


def _another_page() -> bytes:
    from io import BytesIO

    from reportlab.pdfgen.canvas import Canvas

    page = BytesIO()
    canvas = Canvas(page)
    canvas.rect(0, 0, 300, 842, fill=1)
    canvas.save()
    return page.getvalue()
