"""Keys of partners: entered, confirmed by six words over the telephone, and changed by two people."""

from kzcase.actions.finding import find_partner
from kzcase.actions.wishes import Done, Ref, RequiredLine, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.organisation import Organisation
from kzcase.db.tables.referrals import PartnerKey
from kzcase.domain.errors import NoKeyWaits, SecondPersonNeeded, SixWordsDiffer
from kzcase.domain.ids import Id
from kzcase.domain.six_words import same_words, six_words
from kzcase.i18n import LANGUAGES
from kzcase.keys.packages import read_key_card
from kzcase.keys.passphrase import word_list
from kzcase.queries.partners import CONFIRMED, ENTERED, confirmed_keys, waiting_key


class EnterPartnerKey(Wish, frozen=True, kw_only=True):
    """The key a partner gave us: the line on their key card."""

    partner: Ref
    card: RequiredLine


class ConfirmPartnerKey(Wish, frozen=True, kw_only=True):
    """The six words the partner read out over the telephone, at a number we knew before."""

    partner: Ref
    words: RequiredLine


@action("partner.key_entered", EnterPartnerKey)
def enter_partner_key(book: Casebook, wish: EnterPartnerKey) -> Done:
    """Enter a key; nothing is closed to it before its six words are confirmed."""
    public = read_key_card(wish.card)
    with book.write("partner.key_entered") as act:
        partner = find_partner(act, wish.partner)
        row = PartnerKey(partner_id=partner.id, public=public, state=ENTERED)
        row.entered_by, row.entered_at = act.acting.staff_id, act.now
        act.add(row)
    return Done(act.id, act.changed, {"key": row.id, "partner": partner.id})


@action("partner.key_confirmed", ConfirmPartnerKey)
def confirm_partner_key(book: Casebook, wish: ConfirmPartnerKey) -> Done:
    """Confirm the key entered last; one in place of another, by somebody else than who entered it."""
    with book.write("partner.key_confirmed") as act:
        partner = find_partner(act, wish.partner)
        key = waiting_key(act, partner.id)
        if key is None:
            raise NoKeyWaits(place="partner")
        if not any(same_words(wish.words, six_words(key.public or b"", word_list(each))) for each in LANGUAGES):
            raise SixWordsDiffer(place="words")
        if _needs_another(act, partner.id) and key.entered_by == act.acting.staff_id:
            raise SecondPersonNeeded(place="partner")
        key.state, key.confirmed_by, key.confirmed_at = CONFIRMED, act.acting.staff_id, act.now
    return Done(act.id, act.changed, {"key": key.id, "partner": partner.id})


def _needs_another(act: Act, partner: Id) -> bool:
    """Whether this key comes in place of another, and there is somebody else."""
    office = act.session.get(Organisation, act.organisation)
    return bool(confirmed_keys(act, partner)) and not (office and office.one_person)
