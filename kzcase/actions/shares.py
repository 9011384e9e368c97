"""Recovery shares: who holds which since when, new ones when a holder leaves, and the drill that tries two of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from kzcase.actions.key_changes import follow_journal
from kzcase.actions.wishes import Done
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.organisation import RecoveryShare, ShareIssue, ShareTrial
from kzcase.domain.errors import BadInput, NotFound, TooLarge
from kzcase.domain.ids import Id
from kzcase.domain.permissions import Permission
from kzcase.keys.copies import KeyFiles
from kzcase.keys.layout import KeyFile
from kzcase.keys.recovery import Recovered, RootSigner, open_with_shares, reissue_shares
from kzcase.keys.shares import SHARES, Share

if TYPE_CHECKING:
    from kzcase.actions.desk import Desk

LONGEST_NAME: Final = 200
Pair = tuple[Share, Share]


@dataclass(frozen=True, slots=True)
class GiveShare:
    """A share that was handed to its holder, or passed on to another."""

    number: int
    holder: str


def give_share(book: Casebook, wish: GiveShare) -> Done:
    """Write down who holds a share from today on."""
    with book.write("share.given") as act:
        share = next((one for one in current_shares(act) if one.number == wish.number), None)
        if share is None:
            raise NotFound(place="number", what=str(wish.number))
        share.holder, share.given_on = holder_name(wish.holder), act.today
    return Done(act.id, act.changed, {"share": share.id})


def try_shares(desk: "Desk", pair: Pair) -> Done:
    """The drill: two shares are typed in, and they do open this casebook. Nothing else is done with what they open."""
    with desk.book.write("shares.tried") as act:
        opened = _opened(desk, pair)
        opened.wipe()
        numbers = " ".join(str(number) for number in sorted(share.number for share in pair))
        trial = act.add(ShareTrial(issue_id=_latest_issue(act), numbers=numbers, tried_on=act.today))
    return Done(act.id, act.changed, {"trial": trial.id})


class Reissue:
    """Three new shares for three people. The old ones open the casebook until `finish`, and nothing afterwards."""

    def __init__(self, desk: "Desk", pair: Pair) -> None:
        """By two shares of today: no role and no passphrase can make shares. `NotAllowed` without the role."""
        with desk.book.read() as reader:
            reader.must_be_allowed(Permission.MANAGE_STAFF)
        self._desk = desk
        self._opened = _opened(desk, pair)
        self._keyfile, self.shares = reissue_shares(self._opened)

    def finish(self, holders: Sequence[str] = ()) -> Done:
        """The new shares are on paper: from now on they count, on every laptop of the organisation."""
        desk = self._desk
        signer = RootSigner(desk.keys.identity.staff_id, self._opened.root)
        with desk.book.signed_by(signer), desk.book.write("shares.issued") as act:
            issue = issue_shares(act, self._keyfile, holders)
        self.forget()
        follow_journal(desk)
        return Done(act.id, act.changed, {"issue": issue.id})

    def forget(self) -> None:
        """Wipe everything; unless it was finished, the old shares go on counting."""
        self._opened.wipe()
        for share in self.shares:
            share.secret.wipe()


def issue_shares(act: Act, keyfile: KeyFile, holders: Sequence[str] = ()) -> ShareIssue:
    """Note three new shares: what any two of them open, and the holders who are known already."""
    if len(holders) > SHARES:
        raise BadInput(place="holder")
    before = _last_number(act)
    issue = act.add(ShareIssue(number=before + 1, wraps=b"".join(keyfile.recovery_wraps), issued_on=act.today))
    names = [holder_name(holder) if holder.strip() else None for holder in holders]
    for number, holder in enumerate([*names, *[None] * (SHARES - len(names))], 1):
        given_on = act.today if holder else None
        act.add(RecoveryShare(issue_id=issue.id, number=number, holder=holder, given_on=given_on))
    return issue


def current_shares(act: Act) -> Sequence[RecoveryShare]:
    """The three shares that count now."""
    return act.session.scalars(select(RecoveryShare).where(RecoveryShare.issue_id == _latest_issue(act))).all()


def _latest_issue(act: Act) -> Id | None:
    return act.session.scalars(
        select(ShareIssue.id).order_by(ShareIssue.number.desc(), ShareIssue.id.desc()).limit(1)
    ).first()


def _last_number(act: Act) -> int:
    return max((number or 0 for number in act.session.scalars(select(ShareIssue.number))), default=0)


def _opened(desk: "Desk", pair: Pair) -> Recovered:
    return open_with_shares(KeyFiles((desk.keys.keyfile,)), *pair)


def holder_name(given: str) -> str:
    """A name on one line of a paper."""
    name = " ".join(given.split())
    if not name or not name.isprintable():
        raise BadInput(place="holder")
    if len(name) > LONGEST_NAME:
        raise TooLarge(place="holder", limit=LONGEST_NAME)
    return name
