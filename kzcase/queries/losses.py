"""What nobody could open any more if a colleague left or lost a role: counted, never shown."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import func, select

from kzcase.db.reader import Reader
from kzcase.db.tables.cases import Case, CaseBlock
from kzcase.domain.ids import Id
from kzcase.domain.permissions import MAY, Permission, Role, may
from kzcase.queries.freezes import here_with
from kzcase.queries.line_keys import entitled, line_keys
from kzcase.queries.line_keys import holders as holders_of_line
from kzcase.queries.log_key import log_key_holders
from kzcase.queries.package_keys import holders_of as holders_of_packages
from kzcase.queries.package_keys import who_may_open
from kzcase.queries.sealed_notes import readers_of_notes
from kzcase.queries.submission_keys import holders_of, who_may_hold


@dataclass(frozen=True, slots=True)
class Losses:
    """`notes` and `keys` only they can open, `cases` only they may; `log`: they alone can read the log.

    The keys are those to which answers from phones, packages and call sheets written while all was locked are closed.
    """

    notes: int = 0
    keys: int = 0
    log: bool = False
    cases: int = 0

    @property
    def any(self) -> bool:
        """Whether something would be closed that can still be handed on."""
        return bool(self.notes or self.keys or self.log)


def losses(reader: Reader, staff: Id, remaining: Collection[Role] = ()) -> Losses:
    """What would be closed to everybody, if they kept only these roles; none: if they left."""
    open_cases = may(remaining, Permission.READ_CASES)
    return Losses(
        notes=0 if open_cases else _theirs_alone(readers_of_notes(reader).values(), staff),
        keys=_keys_left(reader, staff, remaining),
        log=not may(remaining, Permission.READ_LOG) and log_key_holders(reader) == {staff},
        cases=0 if open_cases else _cases_left(reader, staff),
    )


def _keys_left(reader: Reader, staff: Id, remaining: Collection[Role]) -> int:
    """Keys for what comes in closed, of each sort that their roles would open no more."""
    line = {key.id: holders_of_line(reader, key.id) for key in line_keys(reader)}
    sorts = (
        (Permission.WORK_ON_CASES, holders_of(reader), who_may_hold(reader)),
        (Permission.REFER, holders_of_packages(reader), who_may_open(reader)),
        (Permission.LOG_CALLS, line, entitled(reader)),
    )
    return sum(
        _theirs_alone((each & here for each in held.values()), staff)
        for permission, held, here in sorts
        if not may(remaining, permission)
    )


def _theirs_alone(held: Iterable[Collection[Id]], staff: Id) -> int:
    return sum(set(each) == {staff} for each in held)


def _cases_left(reader: Reader, staff: Id) -> int:
    """Cases that only they may open: the others are kept away, or there are none."""
    every = here_with(reader, MAY[Permission.READ_CASES])
    others = every - {staff}
    if staff not in every:
        return 0
    if not others:
        return reader.session.scalar(select(func.count()).select_from(Case).where(Case.struck.is_not(True))) or 0
    away: dict[Id, set[Id]] = {}
    blocks = select(CaseBlock.case_id, CaseBlock.staff_id).join(Case, Case.id == CaseBlock.case_id)
    held = (CaseBlock.state.is_distinct_from("let_back"), Case.struck.is_not(True))
    for case, who in reader.session.execute(blocks.where(*held)):
        if case and who:
            away.setdefault(case, set()).add(who)
    return sum(others <= blocked and staff not in blocked for blocked in away.values())
