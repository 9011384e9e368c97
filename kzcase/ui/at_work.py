"""What a page knows about the office from the errands it is given: frozen facts, taken without asking the casebook."""

from kzcase.ui.office import Office, office_of
from kzcase.ui.work import Work


def office_at(work: Work) -> Office:
    """The office whose casebook these errands are for."""
    return office_of(work._book)
