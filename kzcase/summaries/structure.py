"""What a file of cases shows about its own columns: regions lie in macro-regions, only victims have an exploitation.

A reader of a summary knows such rules. If the rounding ignored them, two tables could contradict the rule and so give
true numbers away. A file says nothing of rules, so they are taken from the spec, and where the file leaves no
reasonable doubt (chance below about one in a hundred million) they are found.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from kzcase.disclosure.codebook import Codebook, Link, joined, never
from kzcase.disclosure.tables import Table
from kzcase.domain.errors import BadSummary
from kzcase.i18n import _
from kzcase.summaries.spec import Spec

if TYPE_CHECKING:
    from numpy.typing import NDArray

EVIDENCE: Final = 18.0
"""People who would have broken the rule, had there been none: e⁻¹⁸ is the chance of seeing nobody."""


def with_links(
    codebook: Codebook, columns: "Mapping[str, NDArray[Any]]", spec: Spec, tables: Sequence[Table]
) -> tuple[Codebook, Codebook]:
    """The codebook with the links of the spec and those found in the file; and one for the engine alone.

    The second also holds what is true of a large group in this file (all migrant children are minors). The rounding
    keeps to it, but it is not published: it might be a fact about these people rather than a rule.
    """
    declared = [*_within(codebook, columns, spec), *_never(codebook, spec)]
    settled = {frozenset((link.first, link.second)) for link in declared}
    found, silent = [], []
    for first, second in combinations(codebook.names(), 2):
        if frozenset((first, second)) in settled:
            continue
        crossed = _crossed(codebook, columns, first, second)
        allowed = _nested(crossed)
        if allowed is None:
            allowed = _halves(crossed)
        if allowed is not None:
            found.append(_link(codebook, first, second, allowed))
        elif not any({first, second} <= set(table) for table in tables):
            implied = _implied(crossed)
            if not implied.all():
                silent.append(_link(codebook, first, second, implied))
    public = joined([*declared, *found])
    return (
        Codebook(codebook.variables, public, codebook.version),
        Codebook(codebook.variables, joined([*public, *silent]), codebook.version),
    )


def _crossed(codebook: Codebook, columns: "Mapping[str, NDArray[Any]]", first: str, second: str) -> Any:
    import numpy

    shape = (len(codebook.categories(first)), len(codebook.categories(second)))
    places = columns[first] * shape[1] + columns[second]
    return numpy.bincount(places, minlength=shape[0] * shape[1]).reshape(shape)


def _nested(crossed: Any) -> Any:
    """Allowed pairs if one variable is a finer version of the other (regions in macro-regions), else None."""
    if crossed.shape[0] < crossed.shape[1]:
        turned = _nested(crossed.T)
        return None if turned is None else turned.T
    people, finer = crossed.sum(), crossed.sum(axis=1)
    if crossed.shape[0] == crossed.shape[1] or not people or ((crossed > 0).sum(axis=1) > 1).any():
        return None
    elsewhere = 1 - ((crossed.sum(axis=0) / people) ** 2).sum()
    if ((finer - 1).clip(0) * elsewhere).sum() < EVIDENCE:
        return None
    return (crossed > 0) | (finer == 0)[:, None]


def _halves(crossed: Any) -> Any:
    """Allowed pairs if both variables fall into the same two or more unconnected parts, else None.

    A part that could be unconnected by chance is joined to the largest.
    """
    import numpy

    part = _parts(crossed)
    people = crossed.sum()
    sizes = {int(one): int(crossed[part == one].sum()) for one in set(part.tolist())}
    sure = [one for one, size in sizes.items() if people and size * (1 - size / people) >= EVIDENCE]
    if len(sure) < 2:
        return None
    largest = max(sure, key=lambda one: (sizes[one], -one))
    rows = numpy.array([one if one in sure else largest for one in part.tolist()])
    allowed = numpy.zeros(crossed.shape, dtype=bool)
    for one in sure:
        across = crossed[rows == one].sum(axis=0) > 0
        allowed |= (rows == one)[:, None] & across[None, :]
    unseen = crossed.sum(axis=0) == 0
    return allowed | unseen[None, :] | (crossed.sum(axis=1) == 0)[:, None]


def _parts(crossed: Any) -> Any:
    """A number for each row; rows that share a column, directly or through others, have the same."""
    import numpy

    part = numpy.arange(crossed.shape[0])
    for _round in range(crossed.shape[0]):
        before = part.copy()
        for column in (crossed > 0).T:
            if column.any():
                part[column] = part[column].min()
        if (before == part).all():
            break
    return part


def _implied(crossed: Any) -> Any:
    """Allowed pairs if some large group is always in one category of the other variable (migrant child: 0-17).

    Only asked for variables that no table crosses: inside a table such a cell must be free to show a decoy.
    """
    import numpy

    people = crossed.sum()
    allowed = numpy.ones(crossed.shape, dtype=bool)
    if not people:
        return allowed
    for counts, open_pairs in ((crossed, allowed), (crossed.T, allowed.T)):
        shares = counts.sum(axis=0) / people
        for row, own in enumerate(counts):
            held = own > 0
            if held.sum() == 1 and own.sum() * (1 - shares[held][0]) >= EVIDENCE:
                open_pairs[row] = held | (shares == 0)
    return allowed


def _link(codebook: Codebook, first: str, second: str, allowed: Any) -> Link:
    pairs = frozenset(
        (one, other)
        for row, one in enumerate(codebook.categories(first))
        for column, other in enumerate(codebook.categories(second))
        if allowed[row, column]
    )
    return Link(first, second, pairs)


def _within(codebook: Codebook, columns: "Mapping[str, NDArray[Any]]", spec: Spec) -> Iterator[Link]:
    """Nesting that the spec declares; a file that breaks it is refused."""
    for finer, coarser in spec.within:
        _known(codebook, finer, "within")
        _known(codebook, coarser, f"within.{finer}")
        crossed = _crossed(codebook, columns, finer, coarser)
        if ((crossed > 0).sum(axis=1) > 1).any():
            raise BadSummary(
                f"within.{finer}", why=_("some category lies in two categories of “{name}”.", name=coarser)
            )
        yield _link(codebook, finer, coarser, (crossed > 0) | (crossed.sum(axis=1) == 0)[:, None])


def _never(codebook: Codebook, spec: Spec) -> Iterator[Link]:
    by_name = {variable.name: variable for variable in codebook.variables}
    for number, ((first, some), (second, others)) in enumerate(spec.never, 1):
        _known(codebook, first, f"never[{number}]")
        _known(codebook, second, f"never[{number}]")
        yield never(by_name[first], some, by_name[second], others)


def _known(codebook: Codebook, name: str, place: str) -> None:
    if name not in codebook.names():
        raise BadSummary(place, why=_("no table uses the column “{name}”.", name=name))
