"""How long what somebody writes may be, and of which years, for the window and for files of acts alike."""

from datetime import date
from typing import Final

LONGEST_TEXT: Final = 1_000_000
"""A note, a summary, a reason: whatever may have several lines."""
LONGEST_LINE: Final = 300
"""A name, a title, an address: whatever has one line."""
LONGEST_NUMBER: Final = 60
"""A phone, with blanks and brackets."""
FIRST_DAY: Final = date(1900, 1, 1)
LAST_DAY: Final = date(2200, 12, 31)
"""No day before or after is meant by whoever writes one; and at the ends of the calendar nothing can be counted on.

Only what is typed is held to them: what stands in a casebook already is taken as it is.
"""
