"""What was corrected in a filled form: only the answers that differ, so that two people can correct different ones."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kzcase.forms.answers import AnswerSheet


@dataclass(frozen=True, slots=True)
class Correction:
    """Answers by journal path (`legs{id}/days`): an empty one takes the answer away. `removed` are repeats."""

    answers: Mapping[str, str] = field(default_factory=dict)
    missing: Mapping[str, str] = field(default_factory=dict)
    removed: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.answers or self.missing or self.removed or self.confirmed)


def correction(before: AnswerSheet, after: AnswerSheet) -> Correction:
    """What makes of the first sheet the second. Both answer the same form; repeats keep their ids."""
    old, new = _by_hand(before), _by_hand(after)
    left = set(before.repeat_ids()) - set(after.repeat_ids())
    removed = tuple(path for path in before.repeat_ids() if path in left and not _inside(path, left))
    changed = [path for path in (*old, *new) if old.get(path) != new.get(path) and not _inside(path, left)]
    confirmed = set(before.confirmed(journal=True))
    return Correction(
        {path: new.get(path, _NOTHING).value for path in changed if not new.get(path, _NOTHING).missing},
        {path: new[path].missing for path in changed if path in new and new[path].missing},
        removed,
        tuple(path for path in after.confirmed(journal=True) if path not in confirmed or path in changed),
    )


@dataclass(frozen=True, slots=True)
class _Answered:
    """What stands at one question."""

    value: str = ""
    missing: str = ""


_NOTHING = _Answered()


def _by_hand(sheet: AnswerSheet) -> dict[str, _Answered]:
    """Everything somebody answered, or said why not; what the form works out follows from it."""
    values, reasons = sheet.values(journal=True), sheet.reasons(journal=True)
    return {
        path: _Answered(values.get(path, ""), reasons.get(path, ""))
        for path in dict.fromkeys((*values, *reasons))
        if sheet.question(path).calculation is None
    }


def _inside(path: str, repeats: set[str]) -> bool:
    return any(path.startswith(f"{repeat}/") for repeat in repeats)
