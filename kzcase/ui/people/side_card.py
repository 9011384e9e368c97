"""One of two people who are compared: names, birth, sex, citizenship, phones, documents, and their cases."""

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from kzcase.domain.dates import parse_edtf
from kzcase.domain.person_rows import PersonPage
from kzcase.domain.rows import PersonRow
from kzcase.i18n import _, verbatim
from kzcase.ui import language
from kzcase.ui.office import Office, joined, phone_with_rule
from kzcase.ui.tables import MASK
from kzcase.ui.widgets.cards import Card
from kzcase.ui.widgets.labels import Label


class SideCard(Card):
    """One of the two: names, birth, sex, citizenship, phones, documents, and their cases."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(verbatim(""), parent)
        self._office = office
        self._page: PersonPage | None = None
        self.told = Label(None, wrap=True, parent=self)
        self.add(self.told)

    def show_person(self, page: PersonPage) -> None:
        """Show this person on this side."""
        self._page = page
        self.retranslate()

    def retranslate(self) -> None:
        page: PersonPage | None = getattr(self, "_page", None)
        if page is not None:
            name = MASK if "name" in page.person.masked else page.person.name or ""
            self.title.say(verbatim(name))
            self.title.show()
            self.told.say(verbatim("\n".join(self._lines(page))))

    def _lines(self, page: PersonPage) -> Iterator[str]:
        person = page.person
        for row in person.names:
            written = " ".join(filter(None, (row.family, row.given, row.patronymic)))
            yield f"{written or MASK} ({language.text(self._office.said('name_kind', row.kind))})"
        yield from filter(None, (self._birth(person), self._coded(person)))
        yield from (phone_with_rule(phone, self._office) for phone in person.phones)
        for document in page.of("document"):
            kind = language.text(self._office.said("document_type", document.values.get("kind")))
            yield f"{kind}: {document.values.get('number', MASK)}"
        numbers = ", ".join(case.number for case in page.cases)
        if numbers:
            yield language.text(_("Cases: {numbers}", numbers=numbers))
        if page.known_elsewhere:
            yield language.text(_("Known elsewhere too."))

    def _birth(self, person: PersonRow) -> str:
        if "birth" in person.masked:
            return MASK
        return language.text(_("born {date}", date=parse_edtf(person.birth).words())) if person.birth else ""

    def _coded(self, person: PersonRow) -> str:
        sex = [self._office.said("sex", person.sex)] if person.sex else []
        return joined([*sex, *(self._office.said("country", code) for code in person.citizenships)])
