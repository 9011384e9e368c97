"""A referral from others as the beginning of a case: what came stands in the fields, nothing is typed twice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from kzcase.db.reader import Reader
from kzcase.db.tables.office import Partner
from kzcase.domain.dates import parse_edtf
from kzcase.domain.errors import BadInput
from kzcase.domain.incoming_rows import IncomingPage
from kzcase.domain.packages import PackedField
from kzcase.i18n import LANGUAGES
from kzcase.queries.incoming_referrals import incoming_named, incoming_page

_PLACES: Final = frozenset({"name", "birth", "sex", "citizenship", "phone"})
"""Facts that have fields of their own; everything else goes into the note, with its label."""
_NAMES: Final = ("family", "given", "patronymic")


@dataclass(frozen=True, slots=True)
class CaseFromOthers:
    """What a referral from others says, by the fields of a new case; `hidden`: something of it the asker does not see
    now."""

    incoming: str
    number: str
    given: Mapping[str, str]
    hidden: bool


def case_from_others(reader: Reader, reference: str) -> CaseFromOthers:
    """The fields of a new case, filled with what came as far as the asker may see it."""
    found = incoming_named(reader, reference)
    page = incoming_page(reader, reference)
    partner = reader.session.get(Partner, found.partner_id or b"")
    kind = (partner.kind if partner else None) or ""
    given = {
        "urgency": page.row.urgency or "",
        "source": kind if kind in reader.rulebook.codes["case_source"] else "",
        **(_from_package(reader, page) if page.fields else _from_paper(page)),
    }
    kept = {name: said for name, said in given.items() if said}
    return CaseFromOthers(page.row.id, page.row.number, kept, bool(page.row.masked))


def _from_paper(page: IncomingPage) -> dict[str, str]:
    number, rules = _phone(page.row.contact or "")
    written = number if number else ""
    note = [page.row.reason or "", "" if number else page.row.contact or ""]
    return {**_named(page.row.who or ""), "phone": written, "hours": rules, "note": _lines(note)}


def _from_package(reader: Reader, page: IncomingPage) -> dict[str, str]:
    facts: dict[str, PackedField] = {}
    for each in page.fields:
        if each.field in _PLACES:
            facts.setdefault(each.field, each)
    value = {name: facts[name].value if name in facts else "" for name in _PLACES}
    number, rules = _phone(value["phone"])
    given = {
        **_named(value["name"]),
        "birth": _born(value["birth"]),
        "sex": _code(reader, "sex", value["sex"]),
        "citizenship": _code(reader, "country", value["citizenship"]),
        "phone": number,
        "safe": next((code for line in rules.split("; ") if (code := _code(reader, "safe_contact", line))), ""),
        "hours": rules,
    }
    placed = {name for name in _PLACES if given.get("family" if name == "name" else name)}
    rest = [each for each in page.fields if facts.get(each.field) is not each or each.field not in placed]
    forms = [each for form in page.forms for each in (form.title, *(f"{a.label}: {a.value}" for a in form.answers))]
    return {**given, "note": _lines([*(f"{each.label}: {each.value}" for each in rest), *forms])}


def _named(name: str) -> dict[str, str]:
    """Family name, given name, and whatever follows as patronymic: in the order in which letters write them."""
    words = name.split()
    parts = (*words[:2], " ".join(words[2:]))
    return dict(zip(_NAMES, parts, strict=False))


def _phone(said: str) -> tuple[str, str]:
    """The number, and the rules that stand under it."""
    number, _line, rules = said.partition("\n")
    digits = "".join(sign for sign in number if sign.isdigit() or sign == "+")
    rest = number.strip(" +0123456789()-.")
    if len(digits) < 5 or len(rest) > len(number) / 2:
        return "", ""
    start = next((at for at, sign in enumerate(number) if sign.isalpha() or sign in ";,"), len(number))
    lines = (number[start:].strip(" ;,"), *rules.split("\n"))
    return number[:start].strip(" ;,"), "; ".join(filter(None, (each.strip() for each in lines)))


def _born(said: str) -> str:
    """A date as letters write it, for the field of a new case: `17.05.1994`, `05.1994`, `1994`. Other words say no
    date."""
    try:
        return parse_edtf("-".join(reversed(said.strip().split(".")))).text
    except BadInput:
        return ""


def _code(reader: Reader, code_list: str, said: str) -> str:
    """The code whose name this is in any of our languages."""
    wanted = said.strip().casefold()
    codes = reader.rulebook.codes[code_list].choices() if wanted else ()
    return next((code.code for code in codes if wanted in {code.name(each).casefold() for each in LANGUAGES}), "")


def _lines(said: Iterable[str]) -> str:
    return "\n".join(filter(None, said))
