"""The rules, one at a time: same name, identification numbers, deadlines and lengths of stay."""

from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kzcase.cli.desk import Way, as_json, casebook_options
from kzcase.cli.documents import (
    CodeLists,
    CodeNamed,
    CodesOfList,
    DeadlineAnswer,
    Iin,
    ListNamed,
    RuleList,
    RuleVersion,
    SameName,
    StayCounted,
)
from kzcase.cli.files import read_json_file
from kzcase.cli.output import answer, language, said, tell
from kzcase.cli.spoken import PLACE, PLACE_OF_TEXT, Example, argument, command, option
from kzcase.cli.usage import WrongUse
from kzcase.domain.deadlines_explained import whole_term_of
from kzcase.domain.errors import DayTooFar, NoSuchDate, NoSuchList, NotIsoDate, TooLarge
from kzcase.domain.limits import FIRST_DAY, LAST_DAY
from kzcase.i18n import KAZAKHSTAN, _

_SUCH = 3

if TYPE_CHECKING:
    from kzcase.domain.deadlines import DeadlineRule
    from kzcase.domain.rulebook import Rulebook

_LONGEST = 1_000
_QUESTION = Example(
    _("An example of the question"),
    '{"citizenship": "UZ", "today": "2026-11-22", "stays": [{"in": "2026-11-01", "out": null}]}',
    (
        ("citizenship", _("A code of the list country; it says which rule holds.")),
        ("regime", _("visa_free or eaeu, where the rule is known to be another.")),
        ("stays", _("Every stay by its days of entry and exit; null where it goes on. “kind”: visa_free or permit.")),
        ("today", _("The day to count from; otherwise that of this laptop.")),
    ),
)


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
@argument("rule", _("The rule's id, such as host_notice."), required=False)
@argument("day", _("The day of the event, written like 2026-11-22."), metavar="DATE", required=False)
@option("--list", "list_them", is_flag=True, words=_("List every rule: its id, its term and when it is in force."))
@option("--casebook", type=PLACE, metavar="C", words=_("The casebook whose own changes of the rules count too."))
@casebook_options
def deadline_command(
    *,
    rule: str | None,
    day: str | None,
    list_them: bool,
    casebook: Path | None,
    passphrase_file: str | None,
    as_name: str | None,
    show_names: bool,
    as_json: bool,
) -> None:
    """The last day, and every day that did not count."""
    rules = _rules_of(None if casebook is None else Way(casebook, passphrase_file, as_name, show_names, as_json))
    if list_them:
        versions = (*rules.deadlines.changes, *rules.deadlines.versions)
        answer(RuleList(rules=[_version(each) for each in versions]), as_json)
        return
    if rule is None or day is None:
        raise WrongUse(_("A rule and a date are needed; --list lists the rules."))
    found = rules.deadline(_short(rule, "RULE"), _day(day))
    said_more = {"name": found.rule.name(language()), "change": found.rule.ours}
    answer(msgspec.convert({**found.as_json(), **said_more}, DeadlineAnswer), as_json)
    if found.rule.doubtful:
        tell(_("A lawyer has not confirmed this rule yet: ask one before you rely on this day."))
    if found.rule.unit == "hours":
        tell(_("The hours of this rule are counted here from 00:00 of that day; in a case from the hour written down."))


def _rules_of(way: Way | None) -> "Rulebook":
    """The rules of a casebook, or those that ship."""
    from kzcase.db.rulebook import baseline

    if way is None:
        return baseline()
    with way.desk() as desk:
        return desk.book.rulebook


def _version(rule: "DeadlineRule") -> RuleVersion:
    spoken = language()
    return RuleVersion.of(rule, name=rule.name(spoken), start=rule.start[spoken], within=said(whole_term_of(rule)))


def _day(text: str) -> date:
    shaped = len(text) == 10 and text[4] == text[7] == "-" and text.replace("-", "").isdecimal() and text.isascii()
    if not shaped:
        raise NotIsoDate(place="DATE")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise NoSuchDate(place="DATE") from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise DayTooFar("DATE", first=FIRST_DAY, last=LAST_DAY)
    return day


@command("stay", _("Count days of stay both ways from a JSON question."), _QUESTION)
@argument("file", _("The question as a JSON file; - is standard input."), type=PLACE_OF_TEXT)
@as_json
def stay_command(*, file: str, as_json: bool) -> None:
    """Days used and left, and the last safe day."""
    from kzcase.db.rulebook import baseline

    question = read_json_file(file)
    undated = isinstance(question, dict) and "today" not in question
    today = datetime.now(KAZAKHSTAN).date()
    if undated:
        question = {**question, "today": today.isoformat()}
    found = baseline().stay(question)
    left = _days_left(found.last_day, date.fromisoformat(question["today"]))
    answer(msgspec.convert({**found.as_json(), "days_left": left}, StayCounted), as_json)
    if undated:
        tell(_("The question does not name “today”: {day} was taken.", day=today))


def _days_left(last: date | None, today: date) -> int | None:
    """From today to the last day, both counted; nothing is left once it has passed."""
    return None if last is None else max(0, (last - today).days + 1)


@command("codes", _("List the code lists, or the codes of one list with their names."))
@argument("list", _("The list's id, such as sex; without one the lists are listed."), metavar="LIST", required=False)
@as_json
def codes_command(*, list: str | None, as_json: bool) -> None:
    """What acts, forms and rules may name."""
    from kzcase.db.rulebook import baseline

    rules = baseline()
    if list is None:
        named = [
            ListNamed(id=name, codes=len(codes), such=", ".join(code.name(language()) for code in islice(codes, _SUCH)))
            for name, codes in rules.codes.items()
        ]
        answer(CodeLists(lists=named), as_json)
        return
    found = rules.codes.get(_short(list, "LIST"))
    if found is None:
        raise NoSuchList(place="LIST")
    codes = [CodeNamed.of(code, name=code.name(language())) for code in found]
    answer(CodesOfList(id=found.id, codes=codes), as_json)
