"""Papers of working together: the minutes of a case conference, and the receipt for a case taken over."""

from kzcase.domain.team_papers import MinutesSheet, TransferReceipt
from kzcase.i18n import Language, _, ngettext, on_the_wall
from kzcase.paper import style
from kzcase.paper.dates import long_date
from kzcase.paper.sheet import Sheet

_BLANK = "\N{NO-BREAK SPACE}"


def minutes_sheet(row: MinutesSheet, language: Language) -> bytes:
    """The minutes as PDF; an empty sheet has lines to write on."""
    sheet = Sheet(row.header, language, qr=True, to_number=not row.header.number)
    sheet.title(_("Minutes of a case conference"), _("Confidential. For those who took part and for the case only."))
    day, following = (long_date(each) if each else "" for each in (row.held_on, row.next_on))
    sheet.fields(
        [(_("What kind"), row.kind), (_("Date"), day), (_("Place"), row.place), (_("Next meeting"), following)],
        columns=2,
    )
    sheet.heading(_("Who took part"))
    people = row.members or ((_BLANK, _BLANK),) * 4
    sheet.table((_("Name"), _("Organisation")), people, shares=(1, 1), field=_("Who took part"))
    sheet.heading(_("What was said"))
    if row.minutes:
        sheet.paragraph(row.minutes, field=_("What was said"))
    else:
        sheet.lines(8)
    sheet.heading(_("What was decided"))
    heads = (_("Decision"), _("Who does it"), _("Due"))
    if row.decisions or not row.minutes:
        decided = row.decisions or ((_BLANK,) * 3,) * 4
        sheet.table(heads, decided, shares=(4, 2, 1.2), field=_("What was decided"))
    else:
        sheet.paragraph(_("Nothing was decided."), style.HINT)
    sheet.signatures([(_("Minutes by"), row.written_by), (_("Head of the meeting"), "")])
    return sheet.to_bytes(sparing=True)


def transfer_receipt(row: TransferReceipt, language: Language) -> bytes:
    """The receipt as PDF, with a line for each of the two to sign on."""
    sheet = Sheet(row.header, language, qr=True)
    sheet.title(_("Receipt for a case taken over"), _("It says what was handed over, and nothing about the person."))
    taken = on_the_wall(row.taken_at) if row.taken_at else ""
    sheet.fields(
        [
            (_("Case"), row.header.number),
            (_("Given by"), row.giver),
            (_("Taken over by"), row.receiver),
            (_("Offered on"), on_the_wall(row.offered_at) if row.offered_at and not row.at_once else ""),
            (_("Given at once by a supervisor on") if row.at_once else _("Accepted on"), taken),
        ]
    )
    sheet.heading(_("What the giver wrote"))
    sheet.box(row.note, lines=3, field=_("What the giver wrote"))
    sheet.heading(_("Handed over with it"))
    if row.giver:
        sheet.bullets(
            [
                ngettext("{count} open task", "{count} open tasks", len(row.tasks)),
                ngettext("{count} open referral", "{count} open referrals", row.open_referrals),
                ngettext("{count} original kept in the office", "{count} originals kept in the office", row.originals),
                ngettext(
                    "{count} sealed note, which stays with its readers",
                    "{count} sealed notes, which stay with their readers",
                    row.sealed_notes,
                ),
            ],
            field=_("Handed over with it"),
        )
    else:
        sheet.lines(4)
    if row.tasks:
        sheet.table((_("Task"), _("Due")), row.tasks, shares=(4, 1), field=_("Handed over with it"))
    sheet.paragraph(
        _("Until the day of acceptance the giver answered for the case; from that day on the one who took it over."),
        style.HINT,
    )
    sheet.signatures([(_("Given by"), row.giver), (_("Taken over by"), row.receiver)])
    return sheet.to_bytes(sparing=True)
