"""Texts of forms in languages of clients: that a native reader checked them, in one version."""

from kzcase.actions.wishes import Code, Done, RequiredLine, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.tables.office import CheckedText
from kzcase.domain.errors import NothingToCheck, TextChecked
from kzcase.queries.form_texts import checked_texts
from kzcase.queries.forms import form_of


class CheckText(Wish, frozen=True, kw_only=True):
    """A native reader checked the texts of a form, as it is offered now, in one language. Their name is asked for, so
    that everybody knows whom to ask."""

    form: Code
    language: Code
    reader: RequiredLine


@action("form.text_checked", CheckText)
def check_text(book: Casebook, wish: CheckText) -> Done:
    """Papers in this language lose their mark. A new version of the form has to be read again."""
    with book.write("form.text_checked") as act:
        form = form_of(act, wish.form)
        if wish.language not in form.further_languages:
            raise NothingToCheck(place="language", what=wish.language[:16])
        if wish.language in checked_texts(act, form.version):
            raise TextChecked(place="language", what=wish.language[:16])
        added = act.add(
            CheckedText(
                form_id=form.id,
                version=form.version,
                language=wish.language,
                reader=wish.reader.strip(),
                checked_on=act.today,
            )
        )
    return Done(act.id, act.changed, {"text": added.id})
