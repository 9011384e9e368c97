"""The demonstration: a casebook of generated people, and a caseworker's day in it from a call to a summary."""

import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from kzcase.actions.desk import Desk, FoundCasebook, found_casebook, open_desk
from kzcase.actions.organisation import DescribeOrganisation, describe_organisation
from kzcase.actions.papers import MadePaper, WantedPaper, blank_paper, print_paper
from kzcase.actions.releases import approve_release
from kzcase.actions.staff import AddColleague, add_colleague
from kzcase.db.files import SUFFIX
from kzcase.demo.acts import Act, Text, said
from kzcase.demo.casebook import generate_casebook
from kzcase.demo.day import CASE, PARTNER, scripted_day
from kzcase.demo.rooms import OpenCase, fill_rooms
from kzcase.demo.runner import Runner
from kzcase.domain.errors import (
    AlreadyThere,
    BadSummary,
    CannotProtect,
    DemonstrationThere,
    NotText,
    OnlyDemonstration,
    while_reading,
    while_writing,
)
from kzcase.domain.papers import neutral_code
from kzcase.domain.permissions import Role
from kzcase.domain.printings import SafeToTake
from kzcase.i18n import LANGUAGES, Language
from kzcase.keys.derivation import FLOOR
from kzcase.keys.passphrase import generate
from kzcase.queries.partners import partner_list
from kzcase.summaries.casebook import Released, close_and_release
from kzcase.summaries.spec import Spec

ADMINISTRATOR: Final = "Айнұр Үлгі"
SUPERVISOR: Final = "Ерлан Мысал"
"""Nobody's names: “sample” and “example”."""
BASE: Final = 5
_ORGANISATION: Final[Text] = (
    "Үлгі ұйым (ойдан шығарылған)",
    "Организация-образец (вымышленная)",
    "Sample organisation",
)
_LAST: Final = 60
"""So many of the cases opened last are looked at for what surrounds a few of them."""
_ADDRESS: Final[Text] = (
    "Үлгі қаласы, Ойдан шығарылған көшесі, 1-үй",
    "г. Образцовый, ул. Вымышленная, 1",
    "1 Invented Street, Sampletown",
)
_PHONE: Final = "+7 709 000 00 00"
_FORM: Final = "victim_screening"

Tell = Callable[[str, float], object]
"""Hears of every step when it is done: the kind of act and its seconds."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the files of a demonstration are."""

    folder: Path

    @property
    def casebook(self) -> Path:
        """The casebook."""
        return self.folder / f"demonstration{SUFFIX}"

    @property
    def passphrase_file(self) -> Path:
        """The administrator's passphrase: in a file, because nobody real is in there."""
        return self.folder / "passphrase.txt"

    @property
    def second_passphrase_file(self) -> Path:
        """The second supervisor's."""
        return self.folder / "passphrase-supervisor.txt"

    @property
    def papers(self) -> Path:
        """What was printed during the day."""
        return self.folder / "papers"

    @property
    def summary(self) -> Path:
        """The protected summary."""
        return self.folder / "summary"


@dataclass(slots=True)
class Course:
    """What a demonstration did so far."""

    tell: Tell
    steps: list[tuple[str, float]] = field(default_factory=list)
    papers: list[Path] = field(default_factory=list)
    summary: list[Path] = field(default_factory=list)

    @contextmanager
    def step(self, kind: str) -> Iterator[None]:
        """Measure one step."""
        began = time.perf_counter()
        yield
        seconds = round(time.perf_counter() - began, 4)
        self.steps.append((kind, seconds))
        self.tell(kind, seconds)


@dataclass(frozen=True, slots=True)
class Wanted:
    """How large the casebook is, which seed its people grow from, and the language of its names and its day.

    `written`: every note is in this language; without it each office of the past writes its own, as offices do.
    """

    cases: int
    seed: int
    language: Language
    written: Language | None = None


def demonstrate(
    place: Place, wanted: Wanted, *, tell: Tell, progress: Callable[[int, int], object], again: bool = False
) -> Course:
    """Build the casebook unless it is there (then only with `again`), and perform the day in it."""
    course = Course(tell)
    if place.casebook.exists():
        if not again:
            raise DemonstrationThere(place.folder.name)
    else:
        _build(place, wanted, course, progress)
    with _opened(place) as desk:
        _perform_day(desk, place, wanted.language, course)
        released = _release(desk, place, wanted.language, course)
    if released is not None:
        _approve(place, *released, wanted.language, course)
    return course


# The casebook


def _build(place: Place, wanted: Wanted, course: Course, progress: Callable[[int, int], object]) -> None:
    """Under another name first, so that a stopped start leaves nothing that looks finished."""
    unfinished = place.folder / f"unfinished{SUFFIX}"
    ours = (place.passphrase_file, place.second_passphrase_file, place.papers, place.summary)
    if not unfinished.exists() and any(path.exists() for path in ours):
        raise AlreadyThere(place.folder.name)
    with _on_disk(place.folder):
        place.folder.mkdir(parents=True, exist_ok=True)
        if unfinished.exists():
            shutil.rmtree(unfinished)
    own, second = generate(wanted.language), generate(wanted.language)
    with course.step("casebook.founded"):
        wish = FoundCasebook(said(_ORGANISATION, wanted.language), ADMINISTRATOR, demonstration=True)
        found_casebook(unfinished, wish, own, parameters=FLOOR)[0].close()
    with open_desk(unfinished, own) as desk:
        with course.step("staff.added"):
            add_colleague(desk, AddColleague(SUPERVISOR, (Role.SUPERVISOR, Role.CASEWORKER)), second)
        with course.step("organisation.described"):
            describe_organisation(
                desk.book, DescribeOrganisation(address=said(_ADDRESS, wanted.language), phone=_PHONE)
            )
        with course.step("batch.added"):
            _fill(desk, wanted, progress)
    with _on_disk(place.folder):
        for file, passphrase in ((place.passphrase_file, own), (place.second_passphrase_file, second)):
            file.touch(mode=0o600)
            file.write_text(f"{passphrase}\n", encoding="utf-8")
        unfinished.rename(place.casebook)


def _fill(desk: Desk, wanted: Wanted, progress: Callable[[int, int], object]) -> None:
    opened, last = 0, dict[str, str]()

    def count(act: Act) -> None:
        nonlocal opened
        if act["act"] == "case.opened":
            opened += 1
            progress(opened, wanted.cases)
            last[act["ref"]] = act["kind"]
            if len(last) > _LAST:
                del last[next(iter(last))]
        elif act["act"] == "case.closed":
            last.pop(act["case"]["$ref"], None)

    runner, today = Runner(desk.book), _today(desk)
    acts = generate_casebook(wanted.seed, wanted.cases, today, language=wanted.language, written=wanted.written)
    runner.perform_all(acts, count)
    still_open = [OpenCase(runner.made(ref)["case"], runner.made(ref)["person"], kind) for ref, kind in last.items()]
    fill_rooms(desk.book, still_open, colleague=SUPERVISOR, today=today, language=wanted.language, seed=wanted.seed)


def _today(desk: Desk) -> date:
    with desk.book.read() as reader:
        return reader.today


@contextmanager
def _opened(place: Place) -> Iterator[Desk]:
    """The casebook, if it really is a demonstration: a passphrase in a file would betray anybody else."""
    with open_desk(place.casebook, _passphrase(place.passphrase_file)) as desk:
        if not desk.book.facts.demonstration:
            raise OnlyDemonstration(place.casebook.name)
        yield desk


def _passphrase(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").removesuffix("\n")
    except UnicodeDecodeError:
        raise NotText(file.name) from None
    except OSError as error:
        raise while_reading(error, file.name) from error


@contextmanager
def _on_disk(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise while_writing(error, path.name) from error


# The day


def _perform_day(desk: Desk, place: Place, language: Language, course: Course) -> None:
    """Every act of the day through the same actions as the window; each paper when its time has come."""
    runner = Runner(desk.book)
    known = _known_partner(desk, runner, language)
    case = ""
    for act in scripted_day(_today(desk), language):
        if known and act.get("ref") == PARTNER:
            continue
        with course.step(act["act"]):
            runner.perform(act)
        if act.get("ref") == CASE:
            case = runner.made(CASE)["case"]
        for paper in _PAPERS_AFTER.get(act["act"], ()):
            _print_everywhere(desk, place, paper, case, course)
    _print_everywhere(desk, place, "case_sheet", case, course)
    _print_everywhere(desk, place, _FORM, "", course)


def _known_partner(desk: Desk, runner: Runner, language: Language) -> bool:
    """Whether an earlier day added the partner; then it is not added again."""
    name = next(act["name"] for act in scripted_day(_today(desk), language) if act.get("ref") == PARTNER)
    with desk.book.read() as reader:
        found = [row.id for row in partner_list(reader) if row.name == name]
    if found:
        runner.know(PARTNER, {"partner": found[0]}, partner=True)
    return bool(found)


_PAPERS_AFTER: Final = {
    "case.opened": ("call_sheet",),
    "form.answered": (_FORM,),
    "consent.given": ("consent",),
    "referral.drafted": ("referral_letter",),
}
"""What a caseworker prints right after an act."""
_KEPT: Final = SafeToTake.OFFICE.value
"""The sheets of the demonstration stay at the office."""


def _print_everywhere(desk: Desk, place: Place, paper: str, case: str, course: Course) -> None:
    """One paper in each language: the language of a paper is that of whoever reads it, not of the screen."""
    for language in LANGUAGES:
        _print(desk, place, WantedPaper(paper, language, case, safe_to_take=_KEPT), course)


def _print(desk: Desk, place: Place, wish: WantedPaper, course: Course) -> None:
    with course.step("paper.printed"):
        made = print_paper(desk.book, wish) if wish.case else blank_paper(wish, _today(desk))
        course.papers.append(_written(place, wish, made))


def paper_file(made: MadePaper, *, blank: bool) -> str:
    """What a paper is called on disk: its neutral code, which tells nobody what it is about."""
    return f"{neutral_code(made.paper)}{'-blank' if blank else ''}-{made.language}.pdf"


def _written(place: Place, wish: WantedPaper, made: MadePaper) -> Path:
    target = place.papers / paper_file(made, blank=not wish.case)
    unfinished = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    with _on_disk(target):
        place.papers.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(made.content)
        unfinished.replace(target)
    return target


# The summary


def _release(desk: Desk, place: Place, language: Language, course: Course) -> tuple[str, Released] | None:
    """The latest period that can be protected, released by one supervisor; None where there are too few people."""
    for period in _periods(_today(desk)):
        try:
            with course.step("summary.released"):
                return period, _released(desk, place, period, language)
        except (CannotProtect, BadSummary):  # too few people: a longer period may do
            continue
    return None


def _approve(place: Place, period: str, made: Released, language: Language, course: Course) -> None:
    """Signed by the other supervisor, then written once more without the stamp."""
    if made.stamps:
        with course.step("summary.approved"):
            second = open_desk(place.casebook, _passphrase(place.second_passphrase_file), as_name=SUPERVISOR)
            with second as desk:
                approve_release(desk.book, made.release)
        with course.step("summary.released"), _opened(place) as desk:
            _released(desk, place, period, language)
    course.summary = sorted(file for file in place.summary.iterdir() if not file.name.startswith("."))


def _released(desk: Desk, place: Place, period: str, language: Language) -> Released:
    spec = Spec(BASE, (), period)
    made = close_and_release(desk.book, spec, place.summary, language=language, replace_files=True)
    assert made is not None  # only a watch could have stopped it
    return made


def _periods(today: date) -> tuple[str, ...]:
    """The last quarter that is over, then longer ones."""
    quarter, half = (today.month - 1) // 3, (today.month - 1) // 6
    last_quarter = f"{today.year}-Q{quarter}" if quarter else f"{today.year - 1}-Q4"
    last_half = f"{today.year}-H{half}" if half else f"{today.year - 1}-H2"
    return (last_quarter, last_half, str(today.year - 1))
