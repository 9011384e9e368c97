"""Which paper each printing of a case was of, and in which languages: as the history names it."""

from collections.abc import Collection, Mapping
from typing import Final

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.recorder import heads_of_rows
from kzcase.db.sql import Sql
from kzcase.db.tables.office import Printing
from kzcase.domain.classes import FieldClass
from kzcase.domain.ids import Id
from kzcase.domain.permissions import Sight
from kzcase.forms.languages import name_of_language
from kzcase.forms.library import listed_forms
from kzcase.i18n import Words, _, own_text, verbatim
from kzcase.paper.library import PAPERS
from kzcase.queries.forms import known_forms

PRINTED: Final = "paper.printed"


def printed_papers(reader: Reader, case: Id) -> dict[Id, Words]:
    """By its act what was printed for a case, in words; nothing for who is not shown what a case is worked on with."""
    if reader.sight(FieldClass.OPERATIONAL) is not Sight.SHOW:
        return {}
    query = select(Printing).where(Printing.case_id == case, Printing.struck.is_not(True))
    rows = {row.id: row for row in reader.session.scalars(query) if row.paper}
    heads = heads_of_rows(Sql.of(reader.session.connection()), (("printings", row) for row in rows))
    titles = paper_titles(reader, {row.paper for row in rows.values()})
    return {
        act: _sentence(rows[row], titles)
        for (_entity, row), found in heads.items()
        for act, _seq in found.of("paper").dots
    }


def paper_titles(reader: Reader, papers: Collection[str | None]) -> Mapping[str, Words]:
    """What papers and forms are called; forms are looked up only if one was printed."""
    named = {name: paper.title for name, paper in PAPERS.items()}
    if named.keys() >= set(papers):
        return named
    return {each.form.id: own_text(each.form.title) for each in known_forms(reader)} | named


def titles_of(papers: Collection[str]) -> Mapping[str, Words]:
    """What papers and forms that ship are called, where no casebook is open."""
    named = {name: paper.title for name, paper in PAPERS.items()}
    shipped = {} if named.keys() >= set(papers) else {each.id: own_text(each.title) for each in listed_forms()}
    return shipped | named


def _sentence(row: Printing, titles: Mapping[str, Words]) -> Words:
    paper = row.paper or ""
    spoken = [name_of_language(each) for each in (row.language, row.second_language) if each]
    title = titles.get(paper) or verbatim(paper)
    return _("Paper printed: {paper} ({languages})", paper=title, languages=", ".join(spoken))
