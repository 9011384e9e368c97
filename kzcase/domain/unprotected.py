"""What kzcase does not protect, in the words of those who work with it: each point of the threat model, shortened."""

from dataclasses import dataclass
from typing import Final

from kzcase.i18n import Words, _

HEADING: Final = _("What kzcase does not protect")
WHY: Final = _("Knowing this protects people too. Please read it before you enter anything about somebody in danger.")


@dataclass(frozen=True, slots=True)
class Unprotected:
    """One point: what it is about, and what to know or to do."""

    title: Words
    said: Words


UNPROTECTED: Final[tuple[Unprotected, ...]] = (
    Unprotected(
        _("Inside one casebook"),
        _(
            "Whoever can open a casebook could, with enough skill, read all of it, sealed notes aside. People who "
            "must not share need casebooks of their own."
        ),
    ),
    Unprotected(
        _("Somebody who leaves"),
        _(
            "What they have read stays known to them; copies and backups they made before stay readable to them. A "
            "sealed note that nobody else can read is lost when they go."
        ),
    ),
    Unprotected(
        _("Frozen access"),
        _("Freezing closes a passphrase on this laptop. Other laptops, lost ones and older copies do not know of it."),
    ),
    Unprotected(
        _("Administrators"),
        _("An administrator can take any role without a second person; supervisors and auditors can read of it."),
    ),
    Unprotected(
        _("Withdrawn roles"),
        _("What another laptop signed with a role still counts, even where the role has been withdrawn since."),
    ),
    Unprotected(
        _("Erasing"),
        _(
            "What others hold already stays with them: paper, copies, backups, and laptops that have not met since. "
            "Sealed notes and attachments of others are not searched for their name."
        ),
    ),
    Unprotected(
        _("Incidents"),
        _(
            "Whom an incident endangers is worked out from the looks taken on this laptop; others keep their own "
            "record. Callers without a case are not on the list."
        ),
    ),
    Unprotected(
        _("A laptop with malware, or watched while it is unlocked"),
        _(
            "A spying program or somebody behind you sees what you see and type. At the lock the keys are wiped as "
            "well as possible; traces may stay in memory."
        ),
    ),
    Unprotected(
        _("Whoever holds two recovery shares"),
        _("They can open the casebook, and every backup made since the shares were handed out."),
    ),
    Unprotected(
        _("Drives"),
        _(
            "Modern drives keep old copies of files: please switch on the disk encryption of the laptop as well. A "
            "drive that fails and recovers may lose what it reported as written: please keep backups."
        ),
    ),
    Unprotected(
        _("Metadata"),
        _("The size of the folder and the times of its files show how much work is done, though not what it is."),
    ),
    Unprotected(
        _("What a picture shows"),
        _("A face, a shop sign or the view from a window stays in a picture until you cover it in a copy."),
    ),
    Unprotected(_("Paper"), _("Whoever holds a printed sheet can read it.")),
    Unprotected(
        _("Phones"),
        _(
            "Until answers are finished they can be read on the phone, lists from files at all times. "
            "What comes from a phone is a proposal: nobody proves who typed it. Answers you export are not encrypted."
        ),
    ),
    Unprotected(
        _("Partners"),
        _(
            "What a partner has read cannot be called back: notices ask, they do not delete. A form printed for the "
            "office may hold more than a partner may know; its heading says that it stays."
        ),
    ),
    Unprotected(
        _("Emergencies"),
        _("An emergency release opens what it names to one partner until somebody has reviewed it."),
    ),
    Unprotected(
        _("The helpline"),
        _(
            "A phone's code word can be read in the casebook. Supervisors at the same laptop see the silent alert; "
            "other laptops learn of it when they meet. Who calls without a name may be counted twice."
        ),
    ),
    Unprotected(
        _("Signals of a crime"),
        _(
            "Two signals are taken for the same crime by place, number or case: some are missed. Whoever writes one "
            "learns who of us passed on the other. Whoever is kept away from its case is told nothing."
        ),
    ),
    Unprotected(
        _("Guards of steps"),
        _(
            "A second person is known by their signature. Two people who agree to lie are not stopped, nor is a laptop "
            "that has not heard of a fear yet."
        ),
    ),
    Unprotected(
        _("Tracing"),
        _("A found person's “no” looks like nobody found. Whoever can read the whole casebook could see more."),
    ),
    Unprotected(
        _("Lists taken along"),
        _("A list saved as a file is a copy that nobody can call back. Please delete it when it has served."),
    ),
    Unprotected(
        _("Rules of the office"),
        _("Administrators can change terms and pathways. Each change shows who made it and from what source."),
    ),
    Unprotected(
        _("Discreet papers"),
        _("Telling words are left out by lists. What somebody wrote in free words may still tell."),
    ),
    Unprotected(
        _("Files of cases"),
        _(
            "A summary made from a file of cases, not from a casebook, may show that somebody in it has something "
            "rare. Such summaries are for comparison only; please do not pass them on."
        ),
    ),
    Unprotected(
        _("Numbers"),
        _(
            "Somebody who knows nearly everybody in a summary can guess better than chance about the last one. What "
            "is true of a whole large group stays visible."
        ),
    ),
    Unprotected(
        _("Coercion"),
        _("Whoever makes you unlock the casebook sees what you see. There is no other casebook to show instead."),
    ),
)
"""In the order of the threat model."""
