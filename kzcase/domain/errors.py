"""Everything that can go wrong, in words that say what to do.

KzcaseError
├── RuleBroken             the person can put it right; shown at the field        (exit code 2)
│   ├── BadInput           a value, a file or an answer that cannot be taken
│   │   ├── CannotPrint    letters that the paper's font does not have
│   │   ├── BadInputs      several of them, each with its place
│   │   ├── BadForm        the definition of a form that cannot be used, and why
│   │   ├── BadSummary     the wish for a summary, or its file of cases, cannot be used, and why
│   │   ├── WeakPassphrase a new passphrase that can be guessed
│   │   ├── ShareUnreadable a recovery share that was mistyped or does not fit
│   │   ├── NotText, NotJson, NotJsonFile, NotAnAct, WrongShape, WrongAnswer, AnswersWrong
│   │   ├── NameTaken, NoRole, BadPeriod, Ambiguous
│   │   ├── MissingPerson, NothingToChange, TwoOpenStays, NotAFile
│   │   ├── NotADate       what was typed cannot be read as a date
│   │   ├── NoSuchDate     30 February
│   │   ├── InTheFuture    something that happened, on a day that has not come
│   │   ├── NotInForce     a rule, a rate or a list on a day for which it does not hold
│   │   ├── RegimeUnknown  nobody wrote down under which rule these citizens stay
│   │   ├── BrokenDefinition a list, rule or pathway file that cannot be used, and why
│   │   └── TooLarge
│   ├── NotFound
│   │   └── UnknownCode    not in the code list
│   ├── NotAllowed         this role may not, or this person did not agree
│   ├── CannotProtect      a summary that cannot be made safe
│   │   ├── TooFewPeople
│   │   └── OneEventStandsOut
│   └── NotPossibleNow     the case is closed, the referral was sent, …
│       ├── NoPlaceLeft    all places in the key file are taken
│       ├── LastAdministrator, PeriodClosed, PeriodNotOver, SameApprover, CaseClosed, CaseNotClosed, CallTaken, TaskDone
│       ├── NoConsent, ConsentWithdrawn, ReferralSent, ReferralNotSent
│       ├── CannotBeUndone, ChangedSince, NoBench
│       ├── OnlyDemonstration a passphrase from a file, for a casebook with real people
│       └── AlreadyThere   kzcase never overwrites
│           └── DemonstrationThere
└── Trouble                the laptop is in the way: disk, lock, passphrase         (exit code 3)
    ├── NoCasebook
    ├── WrongPassphrase, NotYourSlot
    ├── CasebookInUse
    ├── CasebookDamaged
    ├── NewerVersionNeeded
    ├── NoScreen           the window has nowhere to open
    ├── NotSealedForYou    sealed to somebody else, or changed on the way
    ├── NotEnoughMemory    the passphrase cannot be checked with so little free memory
    └── DiskTrouble

Errors carry ids, codes and places, never names or typed text, so that a log or a report cannot leak.
"""

from collections.abc import Sequence
from typing import ClassVar

from kzcase.i18n import Words, _


class KzcaseError(Exception):
    """Something kzcase can explain. `place` says where (`[1].person.birth`, `sheet survey, row 4`)."""

    words: ClassVar[Words]

    def __init__(self, place: str = "", **facts: object) -> None:
        super().__init__(place)
        self.place = place
        self.facts = facts

    def sentence(self) -> Words:
        """What to say to the person in front of the screen."""
        said = self.words.with_arguments(**self.facts)
        return _("{place}: {sentence}", place=self.place, sentence=said) if self.place else said

    def __str__(self) -> str:
        return type(self).__name__ + (f" at {self.place}" if self.place else "")


class RuleBroken(KzcaseError):
    """The person can put it right."""


class Trouble(KzcaseError):
    """The laptop is in the way."""


class BadInput(RuleBroken):
    """A value, a file or an answer that cannot be taken as it is."""

    words = _("This cannot be taken as it is. Please check it and try again.")


class BadInputs(BadInput):
    """Several bad inputs, each with its place; nothing was taken."""

    words = _("Some values need correcting.")

    def __init__(self, problems: Sequence[BadInput]) -> None:
        super().__init__()
        self.problems = tuple(problems)

    def sentence(self) -> Words:
        """The first problem, and how many more there are."""
        first = self.problems[0].sentence()
        more = len(self.problems) - 1
        return _("{first} (and {more} more)", first=first, more=more) if more else first


class CannotPrint(BadInput):
    """Letters that the paper's font does not have: they would be missing on paper without anybody noticing."""

    words = _("Paper cannot show these letters: {letters}. Please write them in Cyrillic or Latin letters.")


class BadForm(BadInput):
    """The definition of a form cannot be used; `why` holds the Words that say what is wrong."""

    words = _("This form cannot be used: {why}")

    def __init__(self, place: str = "", *, why: Words) -> None:
        super().__init__(place, why=why)
        self.why = why


class BadSummary(BadInput):
    """What a summary is asked for, or made of, cannot be used; `why` holds the Words that say what is wrong."""

    words = _("This summary cannot be made: {why}")

    def __init__(self, place: str = "", *, why: Words) -> None:
        super().__init__(place, why=why)
        self.why = why


class BadPeriod(BadInput):
    """Not a reporting period."""

    words = _("“{period}” is not a period. Please write 2026, 2026-H1, 2026-Q3 or 2026-07.")


class Ambiguous(BadInput):
    """A name or number that fits several."""

    words = _("“{what}” fits more than one. Please use the id or the full number.")


class MissingPerson(BadInput):
    """A case without a person."""

    words = _("Please say who the person is: at least one name, or that it is unknown.")


class TwoOpenStays(BadInput):
    """Two stays of one kind that have not ended."""

    words = _("Two stays have no end. Please write the day on which the earlier one ended.")


class NotAFile(BadInput):
    """A place where no file can be written."""

    words = _("This is not the name of an ordinary file. Please choose another name or folder.")


class NotJson(BadInput):
    """A file that is not a JSON list of acts."""

    words = _("This is not a JSON list of acts. Please check brackets, quotes and how deep it is nested.")


class NotText(BadInput):
    """Bytes where letters are expected."""

    words = _("This is not UTF-8 text. Please write it again, or rename the file.")


class NotJsonFile(BadInput):
    """A file that should hold JSON and does not, or not what is expected."""

    words = _("This file is not the JSON that is expected here. Please check brackets, quotes and names.")


class NotAnAct(BadInput):
    """An act nobody knows."""

    words = _("“{kind}” is not an act this version knows. `kzcase act --schema` lists them all.")


class WrongShape(BadInput):
    """A field that is unknown, missing or of the wrong type."""

    words = _("This field does not fit ({detail}). `kzcase act --schema` shows what each act takes.")


class WrongAnswer(BadInput):
    """One answer that does not fit its question."""

    words = _("{sentence}")


class AnswersWrong(BadInputs):
    """Answers of a form that do not fit their questions."""


class NameTaken(BadInput):
    """Two colleagues under one name."""

    words = _("There is a colleague of this name already. Please add a letter or a surname to tell them apart.")


class NoRole(BadInput):
    """A colleague without a role."""

    words = _("Please choose at least one role.")


class NothingToChange(BadInput):
    """A correction that corrects nothing."""

    words = _("Nothing was changed. Please fill in what should be corrected.")


class TooLarge(BadInput):
    """More than the program is willing to read."""

    words = _("This is larger than kzcase reads ({limit}). Please make it smaller.")


class WeakPassphrase(BadInput):
    """A new passphrase that can be guessed."""

    words = _("Please choose another passphrase. {why}")


class ShareUnreadable(BadInput):
    """A recovery share that was mistyped, or does not fit this casebook or the other share."""

    words = _("This recovery share cannot be used. {why}")


class NotADate(BadInput):
    """What was typed cannot be read as a date."""

    words = _("This is not a date. Please write it like 22.11.2026, 11.2026, 2026 or 1990~.")


class NoSuchDate(BadInput):
    """A date that the calendar does not have."""

    words = _("The calendar has no such date. Please check the day, the month and the year.")


class InTheFuture(BadInput):
    """Something that has happened cannot have happened on a day still to come."""

    words = _("This day has not come yet. Please write the day on which it happened.")


class NotInForce(BadInput):
    """A dated rule asked about a day on which it does not hold."""

    words = _("“{what}” is not in force on {day}. Please choose another rule or date, or ask your administrator.")


class RegimeUnknown(BadInput):
    """Nobody wrote down under which rule these citizens stay, so no date is computed."""

    words = _("It is not known under which rule this person stays. Please check it and choose the rule yourself.")


class BrokenDefinition(BadInput):
    """A list, rule or pathway file that cannot be used."""

    words = _("This file cannot be used: {why}")


class NotFound(RuleBroken):
    """Nothing here goes by that name or number."""

    words = _("Nothing was found under “{what}”. Please check the number or name.")


class UnknownCode(NotFound):
    """A code that its list does not have."""

    words = _("The list “{list}” has no code “{code}”. Please choose one from the list.")


class NotAllowed(RuleBroken):
    """The acting person's roles do not allow this."""

    words = _("Your role does not allow this. Please ask your supervisor.")


class NotPossibleNow(RuleBroken):
    """The state of the case, call or referral does not allow this now."""

    words = _("This is not possible in the present state. Please reload and look again.")


class LastAdministrator(NotPossibleNow):
    """Nobody would be left who can add colleagues."""

    words = _("This is the last administrator. Make somebody else an administrator first.")


class PeriodClosed(NotPossibleNow):
    """A period is closed once."""

    words = _("The period {period} is closed already; its protected file never changes.")


class PeriodNotOver(NotPossibleNow):
    """People may still come in the days that are left."""

    words = _("The period {period} is not over yet. It can be closed from {day} on.")


class SameApprover(NotPossibleNow):
    """The second signature must be somebody else's."""

    words = _("A second person must approve this summary, not the one who made it.")


class CaseClosed(NotPossibleNow):
    """The case is closed."""

    words = _("This case is closed. Reopen it first; a note can still be added.")


class CaseNotClosed(NotPossibleNow):
    """The case is open already."""

    words = _("This case is open already.")


class CallTaken(NotPossibleNow):
    """The call has become a case already."""

    words = _("This call has become a case already.")


class TaskDone(NotPossibleNow):
    """The task was done before."""

    words = _("This task is done already.")


class NoConsent(NotPossibleNow):
    """No consent in force covers this partner."""

    words = _("No valid consent covers this partner. Record the person's consent first; nothing was sent.")


class ConsentWithdrawn(NotPossibleNow):
    """The consent was withdrawn before."""

    words = _("This consent was withdrawn already.")


class ReferralSent(NotPossibleNow):
    """The referral was sent before."""

    words = _("This referral was sent already.")


class ReferralNotSent(NotPossibleNow):
    """A reply to a referral that was not sent."""

    words = _("This referral has not been sent yet, so a reply cannot be recorded.")


class CannotBeUndone(NotPossibleNow):
    """An act that cannot be taken back."""

    words = _("This cannot be undone: it has left the casebook or was meant to last.")


class ChangedSince(NotPossibleNow):
    """Something an act changed was changed again."""

    words = _("This cannot be undone any more, because it was changed since: {what}.")


class OnlyDemonstration(NotPossibleNow):
    """A passphrase from a file opens only casebooks marked as a demonstration."""

    words = _("A passphrase file opens only a demonstration casebook. Please type the passphrase of this one.")


class AlreadyThere(NotPossibleNow):
    """Something new would overwrite something old."""

    words = _("Something is there already. Please choose another name: kzcase never overwrites.")


class NoBench(NotPossibleNow):
    """The measurements come with the source, not with the installed program."""

    words = _("The measurements are not part of the installed program. They are in the folder bench of its source.")


class DemonstrationThere(AlreadyThere):
    """The folder holds a demonstration already."""

    words = _(
        "There is a demonstration here already. Add --again to perform the day once more in it, "
        "or choose another folder."
    )


class NoCasebook(Trouble):
    """There is no casebook at this place."""

    words = _("There is no casebook at this place. Please check the path.")


class NoPlaceLeft(NotPossibleNow):
    """Every place in the key file is taken."""

    words = _(
        "All {places} places in this casebook are taken. "
        "Please remove somebody who no longer works here, then try again."
    )


class NotSealedForYou(Trouble):
    """Sealed to somebody else or for another purpose, or changed on the way."""

    words = _(
        "This cannot be opened: it was meant for somebody else or was changed on the way. Please ask for it again."
    )


class NoScreen(Trouble):
    """There is no screen to open the window on."""

    words = _("There is no screen here to open the window on. `kzcase --help` lists what works without one.")


class NotEnoughMemory(Trouble):
    """Deriving the key would take more than half of the free memory."""

    words = _(
        "There is not enough free memory to check the passphrase (about {megabytes} MB are needed). "
        "Please close other programs and try again."
    )


class CannotProtect(RuleBroken):
    """No rounding keeps every promise of a summary for these tables."""

    words = _("These tables cannot be protected together. Please choose fewer tables or coarser groups.")


class TooFewPeople(CannotProtect):
    """A summary of so few people would speak about persons."""

    words = _(
        "About {total} people are too few for a summary: at least {fewest} are needed. "
        "Please choose a longer period, such as a half-year or a year."
    )


class OneEventStandsOut(CannotProtect):
    """One raid or one family would be recognised in a table."""

    words = _(
        "One event or family with {people} people would be recognised in the tables. "
        "Please join categories, choose a longer period, or a base of at least {base}."
    )


class WrongPassphrase(Trouble):
    """No slot opens with this passphrase."""

    words = _("This passphrase does not open the casebook. Check the keyboard layout and Caps Lock, then try again.")


class NotYourSlot(Trouble):
    """The passphrase opens somebody else's slot."""

    words = _("This passphrase belongs to another name. Please check the name, or leave it out.")


class CasebookInUse(Trouble):
    """Another program holds the casebook."""

    words = _("This casebook is open in another window or program. Please close it there first.")


class CasebookDamaged(Trouble):
    """The files cannot be read as a casebook."""

    words = _("The casebook is damaged ({part}). Do not delete anything: keep the folder and restore the last backup.")


class NewerVersionNeeded(Trouble):
    """Written by a newer kzcase."""

    words = _("This casebook was written by a newer kzcase. Please install version {version} or later.")


class DiskTrouble(Trouble):
    """The disk is full, missing or not writable."""

    words = _("The disk did not accept the change ({reason}). Nothing was lost; please free space or check the disk.")
