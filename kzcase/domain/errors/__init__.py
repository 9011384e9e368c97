"""Everything that can go wrong, in words that say what to do. One module a subject; all are named here.

KzcaseError
├── RuleBroken             the person can put it right; shown at the field        (exit code 2)
│   ├── BadInput           a value, a file or an answer that cannot be taken
│   │   └── BadInputs      several of them, each with its place
│   ├── NotFound           nothing goes by that name, number or code
│   ├── NotAllowed         this role may not, or this person did not agree
│   ├── CannotProtect      a summary that cannot be made safe
│   └── NotPossibleNow     the case is closed, the referral was sent, …
│       └── AlreadyThere   kzcase never overwrites
└── Trouble                the laptop is in the way: disk, lock, passphrase         (exit code 3)
Errors carry ids, codes and places, never names or typed text, so that a log or a report cannot leak.
"""

from kzcase.domain.errors.acts import (
    ActsWrong,
    MissingPerson,
    NoAct,
    NoName,
    NotActs,
    NotAnAct,
    NothingToChange,
    WrongShape,
)
from kzcase.domain.errors.attachments import AttachmentMissing, FileRefused, NamesHidden
from kzcase.domain.errors.backups import (
    BackupDamaged,
    BackupInside,
    DiskNearlyFull,
    LastReleaseUnknown,
    NoBackup,
    PeriodPerhapsClosed,
    ReleaseNumberTooLow,
    ReleasesKnown,
    SeveralCasebooks,
    Stopped,
    TooLittleLeft,
    UnsafePlace,
)
from kzcase.domain.errors.casebooks import (
    CasebookDamaged,
    CasebookInUse,
    CasebookOnlyRead,
    LockedMeanwhile,
    NewerVersionNeeded,
    NoCasebook,
    SharesInside,
)
from kzcase.domain.errors.casework import (
    AlreadyUndone,
    CallTaken,
    CannotBeUndone,
    CaseClosed,
    CaseNotClosed,
    ChangedSince,
    ConsentWithdrawn,
    NoConsent,
    ReferralNotSent,
    ReferralSent,
    TaskDone,
)
from kzcase.domain.errors.consents import *  # noqa: F403  # the family is listed in its own module
from kzcase.domain.errors.consents import __all__ as _of_consents
from kzcase.domain.errors.erasures import *  # noqa: F403  # the family is listed in its own module
from kzcase.domain.errors.erasures import __all__ as _of_erasures
from kzcase.domain.errors.exchange import *  # noqa: F403  # the family is listed in its own module
from kzcase.domain.errors.exchange import __all__ as _of_exchange
from kzcase.domain.errors.files import *  # noqa: F403  # the family is listed in its own module
from kzcase.domain.errors.files import __all__ as _of_files
from kzcase.domain.errors.forms import (
    AnswersWrong,
    BadForm,
    CountedRepeat,
    FormOffered,
    NearFormOfId,
    NoFormOfId,
    NoPaperOfName,
    NoSuchForm,
    NoSuchPaper,
    NoSuchQuestion,
    NotAReason,
    NothingToCheck,
    NothingToPrint,
    ShippedForm,
    TextChecked,
    WorkedOut,
    WorkedOutTooLong,
    WrongAnswer,
)
from kzcase.domain.errors.helpline import *  # noqa: F403  # the family is listed in its own module
from kzcase.domain.errors.helpline import __all__ as _of_helpline
from kzcase.domain.errors.inspection import (
    EndsBeforeItBegins,
    IncidentClosed,
    NoSuchRegister,
    RecipientStopped,
    RequestAnswered,
    ShorterThanTheLaw,
)
from kzcase.domain.errors.kinds import (
    BadInput,
    BadInputs,
    KzcaseError,
    NotAllowed,
    NotFound,
    NotPossibleNow,
    RuleBroken,
    Trouble,
)
from kzcase.domain.errors.papers import (
    AnotherSheet,
    NoSheetFound,
    NotForClients,
    NotForRecipients,
    NotSafeToTake,
    PaperNotInLanguage,
    RecipientUnasked,
    SafeToTakeUnasked,
    ScanThere,
    SeveralSheets,
    UnknownSheet,
    WrongPrintingNumber,
)
from kzcase.domain.errors.pathways import (
    AlreadySuspended,
    FactNeeds,
    GuardHolds,
    KindNotChanged,
    NotStated,
    NotSuspended,
    NotTheirCase,
    SecondPerson,
)
from kzcase.domain.errors.people import *  # noqa: F403  # the family is listed in its own module
from kzcase.domain.errors.people import __all__ as _of_people
from kzcase.domain.errors.reading import (
    KeptAway,
    NeedsReason,
    NobodyFound,
    NobodyLeft,
    NoOfferFound,
    NoReader,
    NotAReader,
    OfferedToYou,
)
from kzcase.domain.errors.referrals import *  # noqa: F403  # the family is listed in its own module
from kzcase.domain.errors.referrals import __all__ as _of_referrals
from kzcase.domain.errors.staff import *  # noqa: F403  # the family is listed in its own module
from kzcase.domain.errors.staff import __all__ as _of_staff
from kzcase.domain.errors.summaries import (
    BadSummary,
    CannotProtect,
    OneEventStandsOut,
    PeriodClosed,
    PeriodNotOver,
    SameApprover,
    TooFewPeople,
)
from kzcase.domain.errors.teamwork import *  # noqa: F403  # the family is listed in its own module
from kzcase.domain.errors.teamwork import __all__ as _of_teamwork
from kzcase.domain.errors.values import *  # noqa: F403  # the family is listed in its own module
from kzcase.domain.errors.values import __all__ as _of_values

__all__ = [
    "ActsWrong",
    "AlreadySuspended",
    "AlreadyUndone",
    "AnotherSheet",
    "AnswersWrong",
    "AttachmentMissing",
    "BackupDamaged",
    "BackupInside",
    "BadForm",
    "BadInput",
    "BadInputs",
    "BadSummary",
    "CallTaken",
    "CannotBeUndone",
    "CannotProtect",
    "CaseClosed",
    "CaseNotClosed",
    "CasebookDamaged",
    "CasebookInUse",
    "CasebookOnlyRead",
    "ChangedSince",
    "ConsentWithdrawn",
    "CountedRepeat",
    "DiskNearlyFull",
    "EndsBeforeItBegins",
    "FactNeeds",
    "FileRefused",
    "FormOffered",
    "GuardHolds",
    "IncidentClosed",
    "KeptAway",
    "KindNotChanged",
    "KzcaseError",
    "LastReleaseUnknown",
    "LockedMeanwhile",
    "MissingPerson",
    "NamesHidden",
    "NearFormOfId",
    "NeedsReason",
    "NewerVersionNeeded",
    "NoAct",
    "NoBackup",
    "NoCasebook",
    "NoConsent",
    "NoFormOfId",
    "NoName",
    "NoOfferFound",
    "NoPaperOfName",
    "NoReader",
    "NoSheetFound",
    "NoSuchForm",
    "NoSuchPaper",
    "NoSuchQuestion",
    "NoSuchRegister",
    "NobodyFound",
    "NobodyLeft",
    "NotAReader",
    "NotAReason",
    "NotActs",
    "NotAllowed",
    "NotAnAct",
    "NotForClients",
    "NotForRecipients",
    "NotFound",
    "NotPossibleNow",
    "NotSafeToTake",
    "NotStated",
    "NotSuspended",
    "NotTheirCase",
    "NothingToChange",
    "NothingToCheck",
    "NothingToPrint",
    "OfferedToYou",
    "OneEventStandsOut",
    "PaperNotInLanguage",
    "PeriodClosed",
    "PeriodNotOver",
    "PeriodPerhapsClosed",
    "RecipientStopped",
    "RecipientUnasked",
    "ReferralNotSent",
    "ReferralSent",
    "ReleaseNumberTooLow",
    "ReleasesKnown",
    "RequestAnswered",
    "RuleBroken",
    "SafeToTakeUnasked",
    "SameApprover",
    "ScanThere",
    "SecondPerson",
    "SeveralCasebooks",
    "SeveralSheets",
    "SharesInside",
    "ShippedForm",
    "ShorterThanTheLaw",
    "Stopped",
    "TaskDone",
    "TextChecked",
    "TooFewPeople",
    "TooLittleLeft",
    "Trouble",
    "UnknownSheet",
    "UnsafePlace",
    "WorkedOut",
    "WorkedOutTooLong",
    "WrongAnswer",
    "WrongPrintingNumber",
    "WrongShape",
]
__all__ += [
    *_of_consents,
    *_of_erasures,
    *_of_exchange,
    *_of_files,
    *_of_helpline,
    *_of_people,
    *_of_referrals,
    *_of_staff,
    *_of_teamwork,
    *_of_values,
]
