"""The rules, one at a time: same name, identification numbers, deadlines and lengths of stay."""

from datetime import date

import msgspec

from kzcase.cli.desk import as_json
from kzcase.cli.documents import DeadlineAnswer, Iin, SameName, StayCounted
from kzcase.cli.files import read_json_file
from kzcase.cli.output import answer
from kzcase.cli.spoken import PLACE_OF_TEXT, argument, command
from kzcase.domain.errors import NoSuchDate, NotIsoDate, TooLarge
from kzcase.i18n import _

_LONGEST = 1_000


def _short(text: str, place: str) -> str:
    """A text that can be a name or a number."""
    if len(text) > _LONGEST:
        raise TooLarge(place=place, limit=_LONGEST)
    return text


@command("same-name", _("Tell whether two names, each perhaps with a birth year, may be one person's."))
@argument("a", _("A name, perhaps with a birth year."))
@argument("b", _("Another name, perhaps with a birth year."))
@as_json
def same_name_command(*, a: str, b: str, as_json: bool) -> None:
    """Score, verdict and reasons."""
    from kzcase.domain.names import same_name

    found = same_name(_short(a, "A"), _short(b, "B"))
    answer(msgspec.convert(found.as_json(), SameName), as_json)


@command("iin", _("Check the twelve digits of an individual identification number."))
@argument("number", _("The twelve digits."))
@as_json
def iin_command(*, number: str, as_json: bool) -> None:
    """Whether it was copied correctly; nothing is read out of it."""
    from kzcase.domain.iin import check_iin

    answer(msgspec.convert(check_iin(_short(number, "NUMBER")).as_json(), Iin), as_json)


@command("deadline", _("Work out the day by which a rule asks for something, counted from DATE."))
@argument("rule", _("The rule's id, such as host_notice."))
@argument("day", _("The day of the event, written like 2026-11-22."), metavar="DATE")
@as_json
def deadline_command(*, rule: str, day: str, as_json: bool) -> None:
    """The last day, and every day that did not count."""
    from kzcase.db.rulebook import baseline

    found = baseline().deadline(_short(rule, "RULE"), _day(day))
    answer(msgspec.convert(found.as_json(), DeadlineAnswer), as_json)


def _day(text: str) -> date:
    shaped = len(text) == 10 and text[4] == text[7] == "-" and text.replace("-", "").isdecimal() and text.isascii()
    if not shaped:
        raise NotIsoDate(place="DATE")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NoSuchDate(place="DATE") from None


@command("stay", _("Count days of stay both ways from a JSON question."))
@argument("file", _("The question as a JSON file; - is standard input."), type=PLACE_OF_TEXT)
@as_json
def stay_command(*, file: str, as_json: bool) -> None:
    """Days used and left, and the last safe day."""
    from kzcase.db.rulebook import baseline

    answer(msgspec.convert(baseline().stay(read_json_file(file)).as_json(), StayCounted), as_json)
