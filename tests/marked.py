"""People with a mark in everything that is kept of them, and where the mark still stands after they were erased."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from sqlalchemy import text

from kzcase.actions import attachments, calls, cases, drafts, erasing, people, sealed_notes
from kzcase.db import store
from kzcase.db.casebook import Casebook
from kzcase.db.keyrings import Keyrings, ScopeKeys
from kzcase.db.shape import Shape, shape
from kzcase.db.tables import ENTITIES, Base
from kzcase.db.vault import names
from kzcase.domain.classes import FieldClass
from kzcase.domain.ids import Id, new_id
from kzcase.domain.permissions import may
from kzcase.journal.authority import may_touch
from kzcase.journal.kinds import KINDS
from kzcase.journal.parts import deserialised, operations
from kzcase.paper.incoming.door import Clean
from tests.db.raw_pages import plain_pages

LETTERS = "бвгджзклмнпрст"
VOWELS = "аоуи"
Everything = tuple[list[bytes], list[ScopeKeys]]


def mark(chance: Random) -> str:
    """A word nobody else has, in letters of which each is one sound."""
    return "".join(chance.choice(LETTERS) + chance.choice(VOWELS) for _ in range(6)).capitalize()


def key_of(word: str) -> str:
    """The same in the letters of the search index, spelled by hand: not by the program that is tested."""
    return word.lower().translate(str.maketrans("бвгджзклмнпрстаоуи", "bvgdjzklmnprstaoui"))


@dataclass(frozen=True)
class Marked:
    """A person, what marks them, and what another laptop or a backup may still have of them."""

    person: str
    case: str
    word: str
    phone: str
    chunks: tuple[str, ...]
    before: Everything


def marked(book: Casebook, chance: Random, files: int = 1, *, everywhere: bool = False) -> Marked:
    """Names, a corrected name, notes, a task, a call, a sealed note, attachments, a draft; a friend's notes, one of
    them struck since. `everywhere`: besides, a row in every table there is, theirs and somebody else's about them."""
    word, phone = mark(chance), f"+7 70{chance.randint(0, 9)} {chance.randint(10**6, 10**7 - 1)}"
    call = calls.log_call(book, calls.LogCall(channel="phone", language="kk", topics=["stay"], note=f"Звонит {word}",
                                              outcome="out_answered", phone=phone))  # fmt: skip
    facts = people.PersonFacts(
        names=[people.NameFacts(family=word, given=mark(chance))],
        birth="1994-05-17",
        citizenships=["UZ"],
        phones=[people.PhoneFacts(number=phone, who_may_answer=word)],
    )
    wish = cases.OpenCase(kind="trafficking", note=f"{word} пришла", person=facts, call=call.ids["call"].hex())
    opened = cases.open_case(book, wish)
    case, person = opened.ids["case"].hex(), opened.ids["person"].hex()
    people.add_name(book, people.AddName(person=person, family=word.upper(), given="Иная"))
    cases.add_task(book, cases.AddTask(case=case, title=f"Позвонить {word}", due="2026-12-01"))
    reader = book.acting.staff_id.hex()
    sealed_notes.seal_note(book, sealed_notes.SealNote(case=case, kind="legal", readers=[reader], text=word))
    chunks: list[str] = []
    for _ in range(files):
        made = attachments.AddAttachment(case, f"Паспорт {word}", Clean("image/jpeg", 1, chance.randbytes(100)))
        attachments.add_attachment(book, made)
    with book.read("long") as lane:
        rows = lane.session.execute(
            text("SELECT chunks FROM attachments WHERE case_id = :c"), {"c": opened.ids["case"]}
        )
        chunks = [name for (each,) in rows for name in names(each)]
    friend = _friend(book, chance, word, phone)
    drafts.save_draft(book, drafts.KeptDraft(f"note/{case}", {"text": f"{word} не сохранено"}))
    drafts.save_draft(book, drafts.KeptDraft("call", {"note": f"звонили {phone}"}))
    who = Marked(person, case, word, phone, tuple(chunks), ([], []))
    if everywhere:
        planted(book, who)
        told_of(book, who, *friend)
    return replace(who, before=book.everything())


def _friend(book: Casebook, chance: Random, word: str, phone: str) -> tuple[Id, Id]:
    """Somebody else, whose notes speak of the person; one is replaced since, and stands in the history alone."""
    facts = people.PersonFacts(names=[people.NameFacts(family=mark(chance))])
    friend = cases.open_case(book, cases.OpenCase(kind="stateless", note=f"Подруга {word}, {phone}.", person=facts))
    case = friend.ids["case"].hex()
    cases.close_case(book, cases.CloseCase(case=case, reason="moved", summary=f"Уехала к {word}", feedback_asked=True))
    cases.reopen_case(book, cases.ReopenCase(case=case, reason="Вернулась."))
    cases.add_note(book, cases.AddNote(case=case, text=f"{word} просила"))
    cases.add_note(book, cases.AddNote(case=case, text="Ничего о ней."))
    return friend.ids["person"], friend.ids["case"]


# A mark in every table there is


ERASING = "person.erased"
COUNTED = {"people", "citizenships", "cases", "calls", "call_topics", "incoming_referrals"}
"""Tables of which something remains."""
STAYS = {
    "calls": {"channel", "language", "caller", "region", "outcome"},
    "incoming_referrals": {"need"},
}
"""What remains of a call and of a referral from others: nobody writes words there."""
BELONGS = ("person_id", "case_id", "call_id", "incoming_id")
_SHARED = ("calls", "incoming_referrals")
"""What the office shares and other rows hang on: planted first."""
_WRITTEN = {FieldClass.IDENTIFYING, FieldClass.CONTACT, FieldClass.SENSITIVE, FieldClass.HEALTH}
_OWN_NAMES = {"people", "person_names", "documents", "phones"}


def own_tables() -> list[str]:
    """Every table a row of which hangs on a person, a case, a call or a referral from others."""
    hanging = [name for name in sorted(ENTITIES.keys() - COUNTED) if _hangs(shape(name))]
    return [*_SHARED, *hanging]


def _hangs(known: Shape) -> bool:
    return known.scope_rule in ("person_id", "case_id") or known.subject_rule in BELONGS


def telling_tables() -> list[str]:
    """Every table in which somebody may write of somebody else in words of their own."""
    names = sorted(ENTITIES.keys() - _OWN_NAMES - set(_SHARED) - {"answer_sheets"})
    return [*_SHARED, *(name for name in names if shape(name).scope_rule != "organisation" and _words(shape(name)))]


def _words(known: Shape) -> list[str]:
    """The columns that hold words people write, not codes in an order."""
    texts = [name for name in known.columns if known.kinds[name] is str and name not in known.restrictive]
    return [name for name in texts if known.classes[name] in _WRITTEN and (known.entity, name) != ("answers", "path")]


def planted(book: Casebook, who: Marked) -> dict[str, bytes]:
    """A row of this person in every table that hangs on one, with the mark wherever text or bytes may stand.

    The call is a later one, which is only linked to their case. Tables whose acts this laptop's owner may not do are
    left out.
    """
    person, case = ids_of(who)
    ids = {name: new_id() for name in own_tables()}
    belongs = {"person_id": person, "case_id": case, "call_id": ids["calls"], "incoming_id": ids["incoming_referrals"]}
    rows = {}
    for name in own_tables():
        known = shape(name)
        marks = {column: value for column, value in _everywhere(known, who) if column not in STAYS.get(name, ())}
        named = {column: of for column, of in belongs.items() if column in known.columns and name != "calls"}
        rows[name] = {"id": ids[name], **marks, **named}
    return _added(book, rows)


def _everywhere(known: Shape, who: Marked) -> Iterable[tuple[str, object]]:
    """The mark in every column that holds text, or bytes people made; nothing is held or in dispute."""
    for column in known.columns:
        if column in known.restrictive:
            yield column, known.restrictive[column][-1]
        elif known.kinds[column] is str:
            yield column, who.word
        elif known.kinds[column] is bytes and known.classes[column] in _WRITTEN and column not in ("key", "chunks"):
            yield column, who.word.encode()


def told_of(book: Casebook, who: Marked, person: Id, case: Id) -> dict[str, bytes]:
    """A row of somebody else in every table with words, each word of which names this person and their number."""
    ids = {name: new_id() for name in telling_tables()}
    belongs = {"person_id": person, "case_id": case, "call_id": ids["calls"], "incoming_id": ids["incoming_referrals"]}
    rows = {}
    for name in telling_tables():
        known = shape(name)
        named = {column: of for column, of in belongs.items() if column in known.columns and name not in _SHARED}
        careful = {column: values[-1] for column, values in known.restrictive.items()}
        rows[name] = {"id": ids[name], **careful, **named, **dict.fromkeys(_words(known), f"О {who.word}, {who.phone}")}
    return _added(book, rows)


def _added(book: Casebook, rows: Mapping[str, Mapping[str, object]]) -> dict[str, bytes]:
    """One act a kind: kinds are few, and each may write what it may write."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for name in rows:
        kinds = [kind for kind in ("person.corrected", *KINDS) if kind != ERASING and may_touch(kind, name)]
        mine = (kind for kind in kinds if may(book.acting.roles, KINDS[kind].permission))
        by_kind[next(mine, "")].append(name)
    by_kind.pop("", None)
    made: dict[str, bytes] = {}
    for kind, tables in by_kind.items():
        with book.write(kind) as act:
            made |= {name: act.add(ENTITIES[name](**rows[name])).id for name in tables}
    return made


def erase(book: Casebook, who: Marked) -> None:
    """With every mention confirmed."""
    plan = erasing.plan_erasure(book, who.person)
    confirmed = frozenset(each.id for each in plan.mentions)
    erasing.erase_person(book, erasing.ErasePerson(who.person, "request", confirmed))


def still_marked(book: Casebook, who: Marked) -> list[str]:
    """Where a mark still stands: tables, pages, bodies, what the keys still open, files."""
    places: dict[str, Callable[[Casebook, Marked], bool]] = {
        "tables": _in_tables,
        "bodies": _in_bodies,
        "keys": _opened_by_keys,
        "files": _on_disk,
        "pages": _in_pages,
    }
    return [place for place, stands in places.items() if stands(book, who)]


def _marks(who: Marked) -> list[str]:
    digits = "".join(sign for sign in who.phone if sign.isdigit())[1:]
    return [who.word, who.word.upper(), who.word.lower(), key_of(who.word), who.phone, digits]


def _in_tables(book: Casebook, who: Marked) -> bool:
    tables = [mapper.class_.__tablename__ for mapper in Base.registry.mappers]
    wanted = [each for word in _marks(who) for each in (word, repr(word.encode())[2:-1])]
    with book.read("long") as reader:
        rows = (repr(tuple(row)) for name in tables for row in reader.session.execute(text(f"SELECT * FROM {name}")))
        return any(word in row for row in rows for word in wanted)


def _in_bodies(book: Casebook, who: Marked) -> bool:
    """In a body that is held and opens."""
    with book._write_lock, book._transaction("take_in"):
        sql, keyrings = book._sql, Keyrings()
        acts = [row[0] for row in sql.rows("SELECT id FROM acts")]
        parts = (part for act_id in acts for part in store.parts_of(sql, act_id))
        made = (o for part in parts for o in operations(part, 0, keyrings.ring(sql, part.scope, part.bodies)))
        return any(word in str(operation.value) for operation in made for word in _marks(who))


def _opened_by_keys(book: Casebook, who: Marked) -> bool:
    """Whoever kept the old parts and gets today's keys must not read them; what was written of others they may."""
    own = {bytes.fromhex(who.person), bytes.fromhex(who.case)}
    with book._write_lock, book._transaction("take_in"):
        sql, keyrings = book._sql, Keyrings()
        parts = [part for given in who.before[0] for part in (deserialised(given)[3],) if part.scope in own]
        made = (o for part in parts for o in operations(part, 0, keyrings.ring(sql, part.scope, part.bodies)))
        return any(word in str(operation.value) for operation in made for word in _marks(who))


def _on_disk(book: Casebook, who: Marked) -> bool:
    folder = book.folder.attachments
    return any((where / name).exists() for name in who.chunks for where in (folder, folder / "new"))


def _in_pages(book: Casebook, who: Marked) -> bool:
    return in_pages(book.folder.database, bytes(book._key), who)


def in_pages(database: Path, key: bytes, who: Marked) -> bool:
    """In the decrypted pages of the file and its log, those that belong to no table any more included."""
    wanted = [word.encode() for word in _marks(who)]
    return any(word in page for page in plain_pages(database, key) for word in wanted)


def ids_of(who: Marked) -> tuple[Id, Id]:
    """Person and case."""
    return bytes.fromhex(who.person), bytes.fromhex(who.case)
