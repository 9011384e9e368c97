"""The standards a form follows are called as they are called in the language spoken."""

from kzcase.forms import standards
from kzcase.forms.library import listed_forms
from kzcase.forms.standards import standards_of
from kzcase.i18n import render


def test_every_standard_of_the_set_is_known_by_its_name() -> None:
    named = {part for form in listed_forms() for part in form.standards.split("; ") if part}
    assert named
    assert not named - set(standards._KNOWN)


def test_they_stand_one_after_the_other_and_an_offices_own_as_it_was_written() -> None:
    assert render(standards_of("HTCDS 2.0; Own rules; Sphere Handbook (2018)"), "en") == (
        "HTCDS 2.0; Own rules; Sphere Handbook (2018)"
    )
    assert render(standards_of(""), "ru") == ""
