"""Whom the search index leads to: as typed, as it sounds, and where nobody fits, in other ways; not ranked yet."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, Final

from kzcase.db.derive import SOUND
from kzcase.db.reader import Reader
from kzcase.db.sql import Sql
from kzcase.domain.ids import Id
from kzcase.domain.slips import first_half, is_slip, keys_nearby
from kzcase.queries.reach import but_not, kept_away
from kzcase.queries.search_words import FEW_WORDS, Word, joined, patronymics, words_of_search

_ENOUGH: Final = 10
"""With so many who are spelt as typed, nobody is looked for by sound."""
_RARE: Final = 300
_FREQUENT: Final = 2_000
_LOOKED_THROUGH: Final = 4_000
_USUAL_MOST: Final = 301
_RANGES: Final = 4
"""So many ranges of keys are asked about one after the other, by one small statement that stays prepared.

More are given as one text. Each thing given, and each row of a statement inside a statement, takes a place of the
connection's own small memory; once that is full, every passing need goes to the system, which locks and wipes it:
fifty times the work."""
_RANGE: Final = "search_keys WHERE key >= ? AND key < ?"
_COUNTED: Final = f"SELECT count(*) FROM (SELECT 1 FROM {_RANGE} LIMIT ?)"
_CUT: Final = """WITH RECURSIVE ends (until, rest) AS (
  SELECT NULL, ? UNION ALL
  SELECT substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') + 1) FROM ends WHERE rest > ''
), ranges (begin, until) AS (SELECT substr(until, 1, length(until) - 1), until FROM ends WHERE until > '')"""
_SIGNS: Final = """, signs (sign, more) AS MATERIALIZED (
  SELECT NULL, ? UNION ALL
  SELECT substr(more, 1, instr(more, char(10)) - 1), substr(more, instr(more, char(10)) + 1) FROM signs
  WHERE more > '')"""
_ANY_SIGN: Final = "EXISTS (SELECT 1 FROM signs WHERE instr(all_keys, sign))"
_WITHIN: Final = "ranges CROSS JOIN search_keys ON key >= ranges.begin AND key < ranges.until"
_THERE: Final = "SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM search_keys WHERE key = value)"
_BEGUN: Final = """
WITH RECURSIVE words (key) AS (
  SELECT min(key) FROM search_keys WHERE key >= ?1 AND key < ?2
  UNION ALL
  SELECT (SELECT min(key) FROM search_keys WHERE key > words.key AND key < ?2) FROM words WHERE key IS NOT NULL
) SELECT key FROM words WHERE key IS NOT NULL LIMIT 100"""
"""The words that begin so, each once, without reading whose they are."""
_MEANT: Final = "json_each(?) AS meant CROSS JOIN search_keys ON search_keys.key = meant.value"
_MEANT_COUNTED: Final = f"SELECT count(*) FROM (SELECT 1 FROM {_MEANT} LIMIT ?)"
_MOST_NEARBY: Final = 32
_NOBODYS: Final = "\uffff"
"""A key that leads to nobody."""

Found = dict[Id, tuple[str, str]]
"""People who may be meant: the key that led to each, and all their keys."""


@dataclass(frozen=True, slots=True)
class Index:
    """The search index as one question asks it: about at most so many people.

    `evenly`: as much is done whether or not somebody fits, for whoever must not learn from the time that there is
    somebody they may not see.
    """

    reader: Reader
    most: int
    kept: str
    evenly: bool
    answers: dict[tuple[str, ...], list[Any]] = field(default_factory=dict)
    """What was asked before for the same question: one way to read it often asks what another asked."""

    @classmethod
    def of(cls, reader: Reader, most: int, *, evenly: bool = False) -> "Index":
        """The index as it is for the asker: nobody is led to by a case they are kept away from."""
        return cls(reader, most, but_not(kept_away(reader), "source"), evenly)

    def found(self, typed: str, words: Sequence[Word]) -> Found:
        """The people every typed word leads to, or where nobody fits, those whom another way to read it leads to."""
        ways = iter(list(self.ways(typed, words))) if self.evenly else self.ways(typed, words)
        return next(filter(None, ways), {})

    def ways(self, typed: str, words: Sequence[Word]) -> Iterator[Found]:
        """Way after way, each looked for only when it is asked for."""
        if words:
            yield self.as_typed(words)
            yield from self.otherwise(typed, words)

    def as_typed(self, words: Sequence[Word]) -> Found:
        """At most so many people every typed word leads to: as spelt, and when these are few, also as they sound."""
        spelt = self._leading_to(words, heard=False)
        heard = any(word.sound for word in words)
        if not heard or (len(spelt) >= _ENOUGH and not self.evenly):
            return spelt
        both = spelt | self._leading_to(words, heard=True)
        return dict(islice(both.items(), self.most))

    def otherwise(self, typed: str, words: Sequence[Word]) -> Iterator[Found]:
        """Two words may be one, one may be mistyped, and a patronymic need not be on record."""
        if len(words) > FEW_WORDS or any(word.is_number for word in words):
            return
        for fewer in filter(None, map(words_of_search, joined(typed))):
            yield self._leading_to(fewer, heard=True)
        yield self._mistyped(words)
        fathers = patronymics(typed)
        own = [word for word in words if word not in fathers]
        if 1 < len(own) < len(words):
            yield self._leading_to(own, heard=True)
            yield self._mistyped(own)

    def _mistyped(self, words: Sequence[Word]) -> Found:
        """People every word leads to, were one of them mistyped: the one that leads to nobody, if there is one."""
        lost = [word for word in words if not self._frequency(word, 1, heard=True)]
        meant = (lost or words) if len(lost) < 2 else ()
        found: Found = {}
        for word in words if self.evenly else meant:
            led = self._were_it_mistyped(words, word)
            found |= led if word in meant else {}
        return dict(islice(found.items(), self.most))

    def _were_it_mistyped(self, words: Sequence[Word], word: Word) -> Found:
        nearby = self._nearby(word)
        if self.evenly:
            nearby += (_NOBODYS,) * (_MOST_NEARBY - len(nearby))
        if not nearby:
            return {}
        meant = (
            Word((), "", nearby) if self.evenly else replace(word, nearby=nearby)
        )  # as typed it was looked for above
        others = [meant if each is word else each for each in words]
        led = self._leading_to(others, heard=True, begun_with=meant if self.evenly else None)
        return {person: keys for person, keys in led.items() if word.is_meant_by(keys[1])}

    def _nearby(self, word: Word) -> tuple[str, ...]:
        """Which of the keys a slip away are somebody's."""
        typed = word.begins[0]
        words, sounds = keys_nearby(typed, word.sound.removeprefix(SOUND))
        keys = sorted(words | {SOUND + sound for sound in sounds})
        found = {key for (key,) in self._rows(_THERE, [json.dumps(keys)])} if keys else set()
        if half := first_half(typed):
            found |= {key for (key,) in self._rows(_BEGUN, [half, half + "\uffff"]) if is_slip(typed, key)}
        return tuple(sorted(found - {typed, word.sound})[:_MOST_NEARBY])

    def _leading_to(self, words: Sequence[Word], *, heard: bool, begun_with: Word | None = None) -> Found:
        """The people whose keys fit every word: those of the rarest word, as far as they fit the others too.

        Where even the rarest word is on everybody's lips, its first keys are looked through, or, by sound, none at all.
        """
        rarest, fewest = (begun_with, 1) if begun_with else self._rarest(words, heard=heard)
        if (heard and fewest == _FREQUENT) or not (fewest or self.evenly):
            return {}
        found: Found = {}
        others, few = [word for word in words if word is not rarest], not begun_with and fewest < _FREQUENT
        for person, key, all_keys in self._people(rarest, others, heard=heard, few=few):
            if person not in found and len(found) == self.most:
                return found
            if person not in found or not all_keys:
                found[person] = (key, all_keys)
        return found

    def _rarest(self, words: Sequence[Word], *, heard: bool) -> tuple[Word, int]:
        """The word with the fewest keys, and how many; what is frequent is not counted to the end."""
        if len(words) == 1:
            return words[0], 1
        for most in (_FREQUENT,) if self.evenly else (_RARE, _FREQUENT):
            counted = [(self._frequency(word, most, heard=heard), -at) for at, word in enumerate(words)]
            fewest, at = min(counted)
            if fewest < most:
                break
        return words[-at], fewest

    def _people(self, rarest: Word, others: Sequence[Word], *, heard: bool, few: bool) -> list[tuple[Id, str, str]]:
        """Who is led to from the rarest word and has a key for each of the others too; some perhaps twice.

        `few`: the rarest word was counted, so that all its keys are looked through.
        """
        many = self._at_least([word for word in (rarest, *others) if not word.nearby], heard=heard)
        mistyped = next((word for word in others if word.nearby), None)  # one at most
        conditions, given = ["1"], list[str]()
        for word in others:
            signs = word.signs(heard=heard)
            if word is mistyped:
                conditions.append(_ANY_SIGN)
                continue
            signs += signs[-1:] * (many - len(signs))
            conditions.append(f"({' OR '.join(['instr(all_keys, ?)'] * len(signs))})")
            given += signs
        where = f"WHERE {' AND '.join(conditions)}{self.kept} LIMIT ?"
        if not rarest.begins:
            return self._meant(rarest.nearby, where, given)
        ranges = rarest.ranges(heard=heard)
        if mistyped or len(ranges) > _RANGES:
            signs = mistyped.signs(heard=heard) if mistyped else []
            return self._within_many(ranges, signs, where, given)
        ranges += [("", "")] * (many - len(ranges))
        keys, first = f"{_RANGE} {where.replace('WHERE', 'AND', 1)}", list[int]()
        if others and not few:
            keys = f"(SELECT person_id, key, all_keys, source FROM {_RANGE} LIMIT ?) {where}"
            first = [self._looked_through]
        sql, found = f"SELECT person_id, key, all_keys FROM {keys}", list[Any]()
        for within in ranges:
            found += self._rows(sql, [*within, *first, *given, 2 * self.most - len(found)])
        return found

    def _within_many(
        self, ranges: Sequence[tuple[str, str]], signs: Sequence[str], where: str, given: Sequence[str]
    ) -> list[tuple[Id, str, str]]:
        """The same for so many ranges, or signs of a word that was mistyped, that they are given as one text."""
        keys = f"(SELECT person_id, key, all_keys, source FROM {_WITHIN} LIMIT ?)"
        texts = [_one_behind_the_other((until for _begin, until in ranges), " ")]
        texts += [_one_behind_the_other(signs, "\n")] if signs else []
        sql = f"{_CUT}{_SIGNS if signs else ''} SELECT person_id, key, all_keys FROM {keys} {where}"
        return self._rows(sql, [*texts, self._looked_through, *given, 2 * self.most])

    def _meant(self, nearby: Sequence[str], where: str, given: Sequence[str]) -> list[tuple[Id, str, str]]:
        """The same for nothing but what a mistyped word may have been meant for."""
        meant, most = json.dumps(nearby), self._looked_through
        fields, first = f"SELECT person_id, search_keys.key, all_keys FROM {_MEANT}", list[int]()
        fit = rows(self.reader, _MEANT_COUNTED, [meant, most])[0][0]  # each time: keys of nobody would be known before
        if fit == most:  # look through so many and no more
            inner = f"SELECT person_id, search_keys.key, all_keys, source FROM {_MEANT} LIMIT ?"
            fields, first = f"SELECT person_id, key, all_keys FROM ({inner})", [most]
        return self._rows(f"{fields} {where}", [meant, *first, *given, 2 * self.most])

    @property
    def _looked_through(self) -> int:
        """So many keys of a frequent word and no more."""
        return _LOOKED_THROUGH * max(self.most, _USUAL_MOST) // _USUAL_MOST

    def _at_least(self, words: Sequence[Word], *, heard: bool) -> int:
        """So many ways to write each word are asked about, that one cannot tell which of them is the rarest."""
        return max((len(word.ranges(heard=heard)) for word in words), default=0) if self.evenly else 0

    def _frequency(self, word: Word, most: int, *, heard: bool) -> int:
        """How many keys fit a word, counted up to so many."""
        ranges, fit = word.ranges(heard=heard), 0
        if len(ranges) > _RANGES:
            text = _one_behind_the_other((until for _begin, until in ranges), " ")
            counting = f"{_CUT} SELECT count(*) FROM (SELECT 1 FROM {_WITHIN} LIMIT ?)"
            return int(self._rows(counting, [text, most])[0][0])
        for within in ranges:
            fit += int(self._rows(_COUNTED, [*within, most - fit])[0][0])
        return fit

    def _rows(self, sql: str, given: Sequence[str | int]) -> list[Any]:
        asked = (sql, *map(str, given))
        if asked not in self.answers:
            self.answers[asked] = rows(self.reader, sql, given)
        return self.answers[asked]


def _one_behind_the_other(some: Iterable[str], end: str) -> str:
    return "".join(f"{each}{end}" for each in some)


def rows(reader: Reader, sql: str, given: Sequence[str | bytes | int]) -> list[Any]:
    """Plain rows below the ORM: with hundreds of them, anything finer would cost more than the answer."""
    return Sql.of(reader.session.connection()).rows(sql, given)
