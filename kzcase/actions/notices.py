"""Draft notices of an incident as papers: made for whom, entered in the read log, and only then handed over."""

from collections.abc import Collection

from kzcase.actions.reading import record_look
from kzcase.db.casebook import Casebook
from kzcase.domain.classes import FieldClass
from kzcase.domain.errors import UnknownCode
from kzcase.domain.incidents import TOLD
from kzcase.domain.looks import Look
from kzcase.domain.papers import CLASS_WORDS, IncidentNotice
from kzcase.domain.permissions import Permission
from kzcase.domain.rulebook import Rulebook
from kzcase.i18n import Language, Words, verbatim
from kzcase.queries.incidents import incident
from kzcase.queries.letters import header


def print_notice(book: Casebook, reference: str, whom: str, language: Language) -> bytes:
    """The draft of a notice as PDF. What people wrote about the incident is on none of them."""
    from kzcase.paper.notices import CODES, VERSION, incident_notice

    if whom not in TOLD:
        raise UnknownCode(place="whom", list="incident_told", code=whom[:64], choices=list(TOLD))
    with book.read() as reader:
        reader.must_be_allowed(Permission.KEEP_REGISTERS)
        found = incident(reader, reference)
    record_look(book, Look.PAPER, detail=CODES[whom])
    with book.read() as reader:
        rules = reader.rulebook
        head = header(reader, CODES[whom], found.number, VERSION)
    kind = rules.list("incident_kind").get(found.kind or "")
    first, last = found.happened_from, found.happened_to
    row = IncidentNotice(
        header=head,
        kind=verbatim(kind.name(language) if kind else ""),
        noticed_on=found.noticed_on,
        happened=(first, last) if first and last else None,
        affected=found.affected,
        classes=_classes(rules, found.classes, whom, language),
        authority_told_on=found.authority_told_on,
        people_told_on=found.people_told_on,
    )
    return incident_notice(row, whom, language)


def _classes(rules: Rulebook, given: Collection[str], whom: str, language: Language) -> tuple[Words, ...]:
    """The classes of data concerned: to the people in their own words, to the authority as the law speaks."""
    chosen = [each for each in FieldClass if each in given]
    if whom == "people":
        return tuple(CLASS_WORDS[each] for each in chosen)
    return tuple(verbatim(rules.name("field_class", each, language)) for each in chosen)
