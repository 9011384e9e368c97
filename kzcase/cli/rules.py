"""The rules, one at a time: same name, identification numbers, deadlines and lengths of stay."""

from datetime import date

import click
import msgspec

from kzcase.cli.desk import as_json
from kzcase.cli.documents import DeadlineAnswer, Iin, SameName, StayCounted
from kzcase.cli.files import read_json
from kzcase.cli.output import answer, said
from kzcase.domain.errors import NoSuchDate, NotADate, TooLarge
from kzcase.i18n import _

_LONGEST = 1_000


def _short(text: str, place: str) -> str:
    """A text that can be a name or a number."""
    if len(text) > _LONGEST:
        raise TooLarge(place=place, limit=_LONGEST)
    return text


@click.command(
    "same-name", help=said(_("Tell whether two names, each perhaps with a birth year, may be one person's."))
)
@click.argument("a")
@click.argument("b")
@as_json
def same_name_command(*, a: str, b: str, as_json: bool) -> None:
    """Score, verdict and reasons."""
    from kzcase.domain.names import same_name

    found = same_name(_short(a, "A"), _short(b, "B"))
    answer(msgspec.convert(found.as_json(), SameName), as_json)


@click.command("iin", help=said(_("Check the twelve digits of an individual identification number.")))
@click.argument("number")
@as_json
def iin_command(*, number: str, as_json: bool) -> None:
    """Whether it was copied correctly; nothing is read out of it."""
    from kzcase.domain.iin import check_iin

    answer(msgspec.convert(check_iin(_short(number, "NUMBER")).as_json(), Iin), as_json)


@click.command("deadline", help=said(_("Work out the day by which a rule asks for something, counted from DATE.")))
@click.argument("rule")
@click.argument("day", metavar="DATE")
@as_json
def deadline_command(*, rule: str, day: str, as_json: bool) -> None:
    """The last day, and every day that did not count."""
    from kzcase.db.rulebook import baseline

    found = baseline().deadline(_short(rule, "RULE"), _day(day))
    answer(msgspec.convert(found.as_json(), DeadlineAnswer), as_json)


def _day(text: str) -> date:
    shaped = len(text) == 10 and text[4] == text[7] == "-" and text.replace("-", "").isdecimal() and text.isascii()
    if not shaped:
        raise NotADate(place="DATE")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NoSuchDate(place="DATE") from None


@click.command("stay", help=said(_("Count days of stay both ways from a JSON question.")))
@click.argument("file")
@as_json
def stay_command(*, file: str, as_json: bool) -> None:
    """Days used and left, and the last safe day."""
    from kzcase.db.rulebook import baseline

    answer(msgspec.convert(baseline().stay(read_json(file)).as_json(), StayCounted), as_json)
