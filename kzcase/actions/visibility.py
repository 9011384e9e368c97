"""Before anything is filed: who learns from it that somebody is here, and whether it is filed, decided with the person.

Each filing is weighed for itself: what was decided before one says nothing about the next.
"""

from kzcase.actions.case_facts import happened
from kzcase.actions.checks import code
from kzcase.actions.finding import find_open_case
from kzcase.actions.wishes import Code, Done, Line, LookReason, Ref, RequiredLine, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.tables.facts import CaseFact
from kzcase.domain.case_facts import FILE_IT, FILINGS, WEIGHED
from kzcase.domain.errors import FieldMissing, UnknownCode


class WeighVisibility(Wish, frozen=True, kw_only=True):
    """Weigh one filing (`step`, a fact such as `filed`) with the person: which authority learns what, whom else it
    shows, and whether it is filed. `ground` says why, and is needed where it is not."""

    case: Ref
    step: Code
    authority: RequiredLine
    learns: RequiredLine
    decision: Code
    decided_with: Code
    relatives: Line = ""
    ground: Line = ""
    on: Code | None = None
    look_reason: LookReason | None = None


@action("visibility.weighed", WeighVisibility)
def weigh_visibility(book: Casebook, wish: WeighVisibility) -> Done:
    """Write down what was weighed and decided before one filing."""
    with book.write("visibility.weighed") as act:
        case = find_open_case(act, wish.case)
        if wish.step not in FILINGS:
            raise UnknownCode(place="step", list="step", code=wish.step[:64], choices=list(FILINGS))
        decision = code(act.rulebook, "filing_decision", wish.decision, "decision")
        if decision != FILE_IT and not wish.ground.strip():
            raise FieldMissing("ground")
        row = act.add(CaseFact(case_id=case.id, person_id=case.client_id, fact=WEIGHED, step=wish.step))
        row.happened_on, row.decision = happened(wish.on, act.today), decision
        row.decided_with = code(act.rulebook, "decided_with", wish.decided_with, "decided_with")
        row.addressee, row.source = wish.authority.strip(), wish.learns.strip()
        row.relatives, row.ground = wish.relatives.strip() or None, wish.ground.strip() or None
        row.stated_by, row.stated_at = act.acting.staff_id, act.now
    return Done(act.id, act.changed, {"statement": row.id, "case": case.id})
