"""What is counted of each person: the casebook's codes, as the release codebook wants them."""

from collections.abc import Sequence

from kzcase.db.reader import Reader
from kzcase.queries.periods import exploitation_of
from kzcase.queries.releases import CountedPerson


def facts_of(reader: Reader, people: Sequence[CountedPerson]) -> list[dict[str, str]]:
    """What is counted of each person, in the codes of the casebook's lists; ages are those on the opening day."""
    victims = [one.person for one in people if one.kind == "trafficking"]
    exploited = exploitation_of(reader, victims)
    return [_fact(reader, one, exploited.get(one.person, ())) for one in people]


def _fact(reader: Reader, one: CountedPerson, exploited: tuple[str, ...]) -> dict[str, str]:
    band = reader.rulebook.age_band("summary", one.birth or "", one.opened_on, one.sex or "unknown")
    return {
        "region": one.region or "",
        "sex": one.sex or "",
        "age": band.attribute("band") or band.code,
        "citizenship": one.citizenship or "",
        "type": one.kind or "",
        "exploitation": exploited[0] if exploited else "",
        "outcome": one.closure_reason or "open",
    }
