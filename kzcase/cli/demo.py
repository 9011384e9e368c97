"""The demonstration: a casebook of generated people, a day's work in it, then the window."""

from pathlib import Path

import click

from kzcase import settings
from kzcase.cli.commands import Session
from kzcase.cli.desk import as_json as json_option
from kzcase.cli.documents import Demonstration, Step
from kzcase.cli.output import DONE, answer, put_text, said, tell, window_language
from kzcase.cli.progress import Progress
from kzcase.cli.spoken import PLACE, argument, command, option
from kzcase.cli.window import has_screen, show
from kzcase.i18n import LANGUAGES, Language, _

_MOST = 1_000_000
_LARGEST_SEED = 1_000_000_000_000


@command("demo", _("Build a casebook of generated people and perform a caseworker's day in it."))
@argument("folder", _("A folder of its own for all that is made."), metavar="DIR", type=PLACE)
@option(
    "--cases", type=click.IntRange(0, _MOST), default=200, show_default=True, metavar="N", words=_("How many cases.")
)
@option(
    "--seed",
    type=click.IntRange(-_LARGEST_SEED, _LARGEST_SEED),
    default=1,
    show_default=True,
    metavar="S",
    words=_("A number the people grow from: the same people for the same number, on the same day."),
)
@option(
    "--lang",
    "spoken",
    type=click.Choice(LANGUAGES),
    words=_(
        "Language of every note and name in it, and of the window where none was chosen yet. Without it each office "
        "writes its own language, and the day is in the language of the window."
    ),
)
@option("--no-window", is_flag=True, words=_("Do not open the window afterwards."))
@option("--again", is_flag=True, words=_("Use the demonstration that is there already."))
@json_option
@click.pass_obj
def demo_command(
    session: Session,
    *,
    folder: Path,
    cases: int,
    seed: int,
    spoken: Language | None,
    no_window: bool,
    again: bool,
    as_json: bool,
) -> int:
    """Build, perform, say where everything is, and open the window where there is a screen."""
    from kzcase.demo.main_job import Place, Wanted, demonstrate

    place = Place(folder)
    course = demonstrate(
        place,
        Wanted(cases, seed, spoken or window_language(), spoken),
        tell=_tell_step,
        progress=Progress(_("Generated cases")),
        again=again,
    )
    document = Demonstration(
        casebook=str(place.casebook),
        passphrase_file=str(place.passphrase_file),
        papers=[str(file) for file in course.papers],
        summary=[str(file) for file in course.summary],
        steps=[Step(act=kind, seconds=seconds) for kind, seconds in course.steps],
    )
    if as_json:
        answer(document, as_json=True)
    else:
        put_text([document.casebook, document.passphrase_file, *document.papers, *document.summary])
    tell(_("The papers are in {papers}.", papers=place.papers))
    if course.summary:
        tell(_("The summary is in {summary}.", summary=place.summary))
    else:
        tell(_("There are too few people for a summary that names nobody, so none was made."))
    if no_window or not has_screen() or session.open_window is None:
        return DONE
    if spoken is not None:
        _speak(spoken)
    return show(session.open_window, place.casebook, str(place.passphrase_file))


def _speak(spoken: Language) -> None:
    """Whoever asks for a language on the very first start means the window too; a choice made before stands."""
    preferences = settings.load()
    if not preferences.get(settings.LANGUAGE):
        preferences.set(settings.LANGUAGE, spoken)


def _tell_step(kind: str, seconds: float) -> None:
    from kzcase.journal.kinds import sentence

    tell(f"{seconds:8.3f} s  {said(sentence(kind))}")
