"""What can be printed, by the names it is asked for and by what it is called."""

from difflib import get_close_matches

from kzcase.domain.errors import NoPaperOfName, NoSuchPaper
from kzcase.forms.library import listed_forms, shipped_forms
from kzcase.i18n import Words, _, own_text
from kzcase.paper.library import PAPERS

_NOT_ASKED_FOR = frozenset({"share"})  # printed where keys are made, and nowhere else


def paper_names() -> tuple[str, ...]:
    """Everything that can be printed: the papers of a case, then the forms."""
    return (*(name for name, kind in PAPERS.items() if kind.subject not in _NOT_ASKED_FOR), *shipped_forms())


def is_form(paper: str) -> bool:
    """Whether this is asked for as a form: by an id that none of the program's own papers has."""
    return all(paper not in (name, kind.code) for name, kind in PAPERS.items())


def none_such(name: str) -> NoSuchPaper:
    """That there is no such paper, and which there are, in words."""
    if near := get_close_matches(name[:64].lower(), paper_names(), 3, 0.6):
        return NoPaperOfName(what=name[:64], near=", ".join(near))
    papers = (_named(paper, PAPERS[paper].title) for paper in paper_names() if paper in PAPERS)
    forms = (_named(form.id, own_text(form.title)) for form in listed_forms())
    return NoSuchPaper(what=name[:64], known=(*papers, *forms))


def _named(name: str, title: Words) -> Words:
    return _("{name}: {title}", name=name, title=title)
