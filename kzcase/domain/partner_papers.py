"""Papers about partners: the card a client takes along, and the slip with the passphrase of a package."""

from dataclasses import dataclass

from kzcase.domain.papers import SheetHeader, Text


@dataclass(frozen=True, slots=True)
class PartnerCard:
    """Where to go for help. A discreet one says neither who sends nor what kind of place it is."""

    header: SheetHeader
    name: str = ""
    kind: Text = ""
    address: str = ""
    phone: str = ""
    hours: str = ""
    languages: str = ""
    services: tuple[Text, ...] = ()
    eligibility: str = ""
    ask_for: str = ""
    appointment: str = ""


@dataclass(frozen=True, slots=True)
class PassphraseSlip:
    """The passphrase of one package, to reach the partner by another way than the package itself."""

    header: SheetHeader
    passphrase: str
    partner: str
