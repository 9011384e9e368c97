"""The rows of papers about a person: the family of one, and the receipt for an original the office keeps."""

from collections.abc import Iterator

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.lives import Custody, Document
from kzcase.domain.classes import FieldClass
from kzcase.domain.errors import NotFound
from kzcase.domain.family import Family, family_of, suspicions
from kzcase.domain.ids import from_hex
from kzcase.domain.papers import PrintedTable
from kzcase.domain.person_papers import CustodyReceipt, FamilyNode, FamilySheet
from kzcase.domain.person_rows import PersonPage
from kzcase.domain.records import tie_name, told
from kzcase.domain.steps import waited_for
from kzcase.i18n import Language, _, render
from kzcase.queries.case_page import name_of
from kzcase.queries.letters import header
from kzcase.queries.people_around import must_see
from kzcase.queries.persons import person_page
from kzcase.queries.sheets import with_names

FAMILY, RECEIPT = "family", "receipt"


def family_sheet_row(reader: Reader, person: str, language: Language) -> FamilySheet:
    """The family of one person, as far as the asker may see it: of others there is a box without a name."""
    page = person_page(with_names(reader), person)
    ties = [(code.code, code.attribute("keep_days")) for code in reader.rulebook.list("tie")]
    family = family_of(page.relations, suspicions(ties))
    return FamilySheet(
        header(reader, "P44"),
        tuple(_nodes(reader, page, family, language)),
        family.rows,
        family.columns,
        tuple(_tables(reader, page, language)),
        reader.acting.name,
    )


def _nodes(reader: Reader, page: PersonPage, family: Family, language: Language) -> Iterator[FamilyNode]:
    yield FamilyNode((page.person.name or "",), family.row, family.column, centre=True)
    for kin in family.kin:
        said = tie_name(kin.relation, reader.rulebook.codes, language)
        if kin.theirs:
            said = render(_("for them: {relation}", relation=said), language)
        yield FamilyNode((kin.name or "–", said), kin.row, kin.column, suspected=kin.suspected)


def _tables(reader: Reader, page: PersonPage, language: Language) -> Iterator[PrintedTable]:
    """What waits for what. Another member's status never stands on this paper: they are not each other's recipients."""
    lists = reader.rulebook.codes

    def called(step: str) -> str:
        return lists["path_step"].name(step, language)

    rows = tuple(
        (
            called(row.step),
            lists["step_state"].name(row.state, language),
            waited_for(row.waits_for, called, language) or "–",
        )
        for row in page.steps
    )
    columns = (_("Step"), _("How far it is"), _("Waits for"))
    yield PrintedTable(_("Steps to papers and school"), columns, rows, FieldClass.OPERATIONAL, (0.4, 0.2, 0.4))


def custody_receipt_row(reader: Reader, document: str, language: Language) -> tuple[CustodyReceipt, bytes]:
    """The latest receipt for one document, and whose it is."""
    row_id = from_hex(document)
    found = reader.session.get(Document, row_id) if row_id else None
    if found is None or found.struck or found.person_id is None:
        raise NotFound(place="document", what=document[:64])
    must_see(reader, found.person_id, document)
    kept = select(Custody).where(Custody.document_id == found.id, Custody.struck.is_not(True))
    custody = reader.session.scalars(kept.order_by(Custody.returned_on.is_not(None), Custody.taken_on.desc())).first()
    if custody is None:
        raise NotFound(place="document", what=document[:64])
    page = person_page(with_names(reader), found.person_id.hex())
    values = {name: str(value) for name in ("kind", "number", "issuer", "country") if (value := getattr(found, name))}
    said = tuple(
        (render(f.words, language), text) for f, text in told("document", values, reader.rulebook.codes, language)
    )
    receipt = CustodyReceipt(
        header(reader, "P42", custody.number or ""),
        custody.number or "",
        page.person.name or "",
        said,
        custody.taken_on,
        name_of(reader, custody.taken_by) or "",
        custody.returned_on,
    )
    return receipt, found.person_id
