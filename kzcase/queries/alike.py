"""Who may be the same person: for whoever types somebody new, and, in pairs, for whoever decides.

Whoever types is shown nobody beyond their reach, and cannot tell from the time either: always the same number of
people is looked at, read whole and compared, whether any of them is alike or may be shown; only then they are chosen.
"""

import json
import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from kzcase.db.derive import document_keys, phone_keys
from kzcase.db.reader import Reader
from kzcase.db.shape import shape
from kzcase.db.sql import Sql
from kzcase.domain.alike import WORTH_A_LOOK, Alike, Known, alike_to
from kzcase.domain.ids import Id
from kzcase.domain.permissions import Permission, Sight, sight
from kzcase.domain.person_rows import AlikeRow, PairRow
from kzcase.domain.rows import CaseRow
from kzcase.queries.cases import COLUMNS, JOINS, as_case_rows, there
from kzcase.queries.merged import same_people
from kzcase.queries.phone_hands import controlled_phones
from kzcase.queries.reach import people_within_reach
from kzcase.queries.search import people_found

LOOKED_AT: Final = 24
"""So many people are compared for every question, neither more nor fewer, as far as there are so many."""
MOST: Final = 5
DAYS: Final = 90
STEP_S: Final = 0.05
"""What is shown while somebody types comes at steps of this: longer than a look takes beside 100,000 cases."""
_PAIRS_LOOKED_AT: Final = 400
_IN: Final = "(SELECT unhex(value) FROM json_each(?))"
_NAMED_IN: Final = """relations r JOIN cases c ON c.client_id = r.person_id AND r.struck IS NOT 1
  AND (r.keep_until IS NULL OR r.keep_until >= '{today}')
LEFT JOIN people p ON p.id = r.other_id LEFT JOIN staff s ON s.id = c.worker_id"""
_FILL: Final = "SELECT id FROM people WHERE id > ? AND struck IS NOT 1 ORDER BY id LIMIT ?"


def described(names: Iterable[str], birth: str, sex: str, phones: Iterable[str], documents: Iterable[str]) -> Known:
    """Somebody as typed; numbers as they stand in the search index."""
    return Known(
        tuple(name for name in names if name.strip()),
        birth,
        sex,
        frozenset(),
        frozenset(key for phone in phones for key in phone_keys(phone)),
        frozenset(key for document in documents for key in document_keys(document)),
        typing=True,
    )


def alike_people(reader: Reader, known: Known, most: int = MOST) -> list[AlikeRow]:
    """Those within the asker's reach who may be this person, the likeliest first."""
    reader.must_be_allowed(Permission.READ_CASES)
    looked_at = _filled_up(reader, _candidates(reader, known))
    compared = _compared(reader, known, looked_at)
    cases = _cases_of(reader, looked_at)
    near = set(people_within_reach(reader, looked_at))
    rows = [AlikeRow(p.hex(), found.score, found.why, cases[p]) for p, found in compared if p in cases]
    chosen = [row for row in rows if row.score >= WORTH_A_LOOK and bytes.fromhex(row.person) in near]
    return sorted(chosen, key=lambda row: (-row.score, row.person))[:most]


def alike_evenly(reader: Reader, known: Known, most: int = MOST) -> list[AlikeRow]:
    """`alike_people`, answered at the next step of the clock.

    What little the work itself may still differ by, where somebody beyond reach fits, cannot be seen in the answer.
    """
    began = time.monotonic()
    found = alike_people(reader, known, most)
    time.sleep(-(time.monotonic() - began) % STEP_S)
    return found


def _candidates(reader: Reader, known: Known) -> list[Id]:
    """By numbers first, then by the whole of each name, then by two words of it."""
    return people_found(reader, *_questions(known), most=LOOKED_AT)


def _questions(known: Known) -> Iterator[str]:
    yield from sorted(known.documents | known.phones)
    yield from known.names
    for name in known.names:
        words = name.split()
        if len(words) > 2:
            yield " ".join(words[:2])


def _filled_up(reader: Reader, found: Sequence[Id]) -> list[Id]:
    """As many people as for any other question: whoever comes next in the table stands in for those not found."""
    start, sql = found[0] if found else b"", Sql.of(reader.session.connection())
    rows = [*sql.rows(_FILL, [start, LOOKED_AT]), *sql.rows(_FILL, [b"", 2 * LOOKED_AT])]
    return list(dict.fromkeys([*found, *(row[0] for row in rows)]))[:LOOKED_AT]


def _compared(reader: Reader, known: Known, people: Sequence[Id]) -> list[tuple[Id, Alike]]:
    theirs, compared = known_of(reader, people), alike_to(known)
    return [(person, compared(theirs[person])) for person in people]


def known_of(reader: Reader, people: Collection[Id]) -> dict[Id, Known]:
    """What is known of these people, field by field as far as the asker's roles ever see such a field."""
    sql, given = Sql.of(reader.session.connection()), [json.dumps([person.hex() for person in people])]

    def rows(query: str, entity: str, field: str) -> list[Any]:
        seen = sight(reader.acting.roles, shape(entity).classes[field], names_shown=True) is Sight.SHOW
        found = sql.rows(query, given)
        return found if seen else []

    live = f"struck IS NOT 1 AND person_id IN {_IN}"
    names: dict[Id, list[str]] = defaultdict(list)
    for person, *parts in rows(
        f"SELECT person_id, family, given, patronymic FROM person_names WHERE {live}", "person_names", "family"
    ):
        names[person].append(" ".join(filter(None, parts)))
    phones, papers, lands = (defaultdict[Id, set[str]](set) for _ in range(3))
    held = controlled_phones(reader)  # the phone of whoever controls two people makes them no one person
    for person, phone, number in rows(f"SELECT person_id, id, number FROM phones WHERE {live}", "phones", "number"):
        phones[person] |= phone_keys(number or "") if bytes(phone) not in held else set()
    for person, number in rows(f"SELECT person_id, number FROM documents WHERE {live}", "documents", "number"):
        papers[person] |= document_keys(number or "")
    for person, country in rows(f"SELECT person_id, country FROM citizenships WHERE {live}", "citizenships", "country"):
        lands[person] |= {country} - {None}
    births = dict(rows(f"SELECT id, birth FROM people WHERE id IN {_IN}", "people", "birth"))
    sexes = dict(rows(f"SELECT id, sex FROM people WHERE id IN {_IN}", "people", "sex"))
    for person, iin in rows(f"SELECT id, iin FROM people WHERE id IN {_IN}", "people", "iin"):
        papers[person] |= document_keys(iin or "")
    return {
        person: Known(
            tuple(names[person]),
            births.get(person) or "",
            sexes.get(person) or "",
            frozenset(lands[person]),
            frozenset(phones[person]),
            frozenset(papers[person]),
        )
        for person in people
    }


def _cases_of(reader: Reader, people: Collection[Id]) -> Mapping[Id, CaseRow]:
    """The latest case of each, as far as the asker sees it; of a relative or a suspect, the case that names them."""
    given = [json.dumps([person.hex() for person in people])]
    found: dict[Id, CaseRow] = {}
    named_in = _NAMED_IN.format(today=reader.today.isoformat())
    for joined, person in ((named_in, "r.other_id"), (f"cases c {JOINS}", "c.client_id")):
        query = f"SELECT {COLUMNS}, {person} FROM {joined} WHERE {person} IN {_IN} AND {there(reader)}"
        rows = sorted(Sql.of(reader.session.connection()).rows(query, given), key=lambda row: (row[9] or "", row[0]))
        found |= {row[-1]: case for row, case in zip(rows, as_case_rows(reader, rows), strict=True)}
    return found


# For supervisors: pairs nobody has decided about


def possible_pairs(reader: Reader, days: int = DAYS) -> list[PairRow]:
    """People new in these days who may be somebody known before, until somebody merges them or tells them apart."""
    reader.must_be_allowed(Permission.MERGE_PEOPLE)
    since = (reader.today - timedelta(days=days)).isoformat()
    sql = Sql.of(reader.session.connection())
    query = "SELECT client_id FROM cases WHERE opened_on >= ? AND struck IS NOT 1 ORDER BY opened_on DESC LIMIT ?"
    new = dict.fromkeys(row[0] for row in sql.rows(query, [since, _PAIRS_LOOKED_AT]) if row[0])
    holds = f"(keep_until IS NULL OR keep_until >= '{reader.today.isoformat()}')"
    tied = f"SELECT other_id FROM relations WHERE struck IS NOT 1 AND {holds} AND person_id IN {_IN}"
    new |= dict.fromkeys(row[0] for row in sql.rows(tied, [json.dumps([one.hex() for one in new])]) if row[0])
    decided = {frozenset(row) for row in sql.rows("SELECT first_id, second_id FROM two_persons WHERE struck IS NOT 1")}
    found: dict[frozenset[Id], PairRow] = {}
    for person, known in known_of(reader, list(new)).items():
        for first, other in pairs_among(reader, person, known):
            pair = frozenset((person, bytes.fromhex(other.person)))
            if pair not in decided:
                found.setdefault(pair, PairRow(first, other))
    return sorted(found.values(), key=lambda row: -row.second.score)


def pairs_among(reader: Reader, person: Id, known: Known) -> Iterator[tuple[AlikeRow, AlikeRow]]:
    """Somebody and, one by one, those of all caseloads within reach who may be the same person."""
    together = set(same_people(reader, person))
    candidates = [one for one in _candidates(reader, known) if one not in together]
    near = set(people_within_reach(reader, [person, *candidates]))
    if person not in near:
        return
    cases = _cases_of(reader, [person, *candidates])
    own = cases.get(person)
    for other, found in _compared(reader, known, candidates):
        if own is not None and other in near and other in cases and found.score >= WORTH_A_LOOK:
            first = AlikeRow(person.hex(), found.score, found.why, own)
            yield first, AlikeRow(other.hex(), found.score, found.why, cases[other])
